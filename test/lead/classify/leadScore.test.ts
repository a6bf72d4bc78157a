import fc from 'fast-check';
import { scoreLead, type ScoreLine } from '../../../nodes/lead/classify/leadScore';

const holds = (because: string) => () => because;
const line = (name: string, points: number, more: Partial<ScoreLine> = {}): ScoreLine => ({ name, points, holds: holds('so it is'), ...more });

describe('the lead score', () => {
	it.each<[string, ScoreLine[], { ageDays?: number; mostPerGroup?: number }, number, string[]]>([
		['no line holds', [line('Large', 20, { holds: () => undefined })], {}, 0, []],
		['lines add up', [line('Large', 20), line('Free mail', -5)], {}, 15, ['+20 Large: so it is', '−5 Free mail: so it is']],
		['against the lead', [line('Free mail', -5)], {}, 0, ['−5 Free mail: so it is', '0 instead of −5, the least']],
		['over the most', [line('Large', 70), line('Demo', 60)], {}, 100, ['+70 Large: so it is', '+60 Demo: so it is', '100 instead of 130, the most']],
		['a group within its limit', [line('UK', 20, { group: 'Firm' }), line('Large', 20, { group: 'Firm' }), line('Demo', 10)], { mostPerGroup: 30 }, 40,
			['+20 UK: so it is', '+20 Large: so it is', '+10 Demo: so it is', 'Firm: +30 instead of +40, the most of a group']],
		['a group against the lead', [line('Demo', 60), line('Free', -20, { group: 'Bad' }), line('Spam', -30, { group: 'Bad' })], { mostPerGroup: 40 }, 20,
			['+60 Demo: so it is', '−20 Free: so it is', '−30 Spam: so it is', 'Bad: −40 instead of −50, the most of a group']],
		['half after its half-life', [line('Demo', 40, { halfLifeDays: 7 }), line('Large', 20)], { ageDays: 7.5 }, 39, ['+19 Demo of +40, sent 7 days ago: so it is', '+20 Large: so it is']],
		['nothing after years', [line('Demo', 40, { halfLifeDays: 1 })], { ageDays: 1 + 365 * 5 }, 0, ['+0 Demo of +40, sent 1826 days ago: so it is']],
		['whole when fresh', [line('Demo', 40, { halfLifeDays: 7 })], { ageDays: 0 }, 40, ['+40 Demo: so it is']],
		['whole when the form clock is ahead', [line('Demo', 40, { halfLifeDays: 7 })], { ageDays: -3 }, 40, ['+40 Demo: so it is']],
	])('%s', (_name, lines, terms, score, because) => {
		expect(scoreLead(lines, {}, { ageDays: 0, ...terms })).toEqual({ score, because });
	});

	it('asks each line about the lead', () => {
		const lines = [line('Large', 20, { holds: (record) => ('size' in record ? 'has a size' : undefined) })];
		expect(scoreLead(lines, { size: 3 }, { ageDays: 0 }).because).toEqual(['+20 Large: has a size']);
	});

	it('is from 0 to 100, and what the reasons say add up to it', () => {
		const anyLine = fc.record({ points: fc.integer({ min: -100, max: 100 }).filter((points) => points !== 0), group: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }), halfLifeDays: fc.option(fc.double({ min: 0.5, max: 60, noNaN: true }), { nil: undefined }), does: fc.boolean() });
		fc.assert(fc.property(fc.array(anyLine, { maxLength: 12 }), fc.double({ min: 0, max: 400, noNaN: true }), fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }), (given, ageDays, mostPerGroup) => {
			const lines = given.map(({ does, ...rest }, index): ScoreLine => ({ ...rest, name: `line${index}`, holds: () => (does ? 'yes' : undefined) }));
			const { score, because } = scoreLead(lines, {}, { ageDays, mostPerGroup });
			expect(Number.isInteger(score) && score >= 0 && score <= 100).toBe(true);
			const told = (text: string) => Number(/^([+−]\d+)/.exec(text)![1].replace('−', '-'));
			let total = 0;
			const groups = new Map<string, number>();
			for (const text of because.filter((one) => one.endsWith(': yes'))) {
				const { group } = lines[Number(/line(\d+)/.exec(text)![1])];
				if (group) groups.set(group, (groups.get(group) ?? 0) + told(text));
				else total += told(text);
			}
			for (const points of groups.values()) total += Math.sign(points) * Math.min(Math.abs(points), mostPerGroup ?? Infinity) || 0;
			expect(score).toBe(Math.min(100, Math.max(0, total)));
		}));
	});

	it('of a lead that is no younger is no higher, where all speaks for it', () => {
		fc.assert(fc.property(fc.integer({ min: 1, max: 100 }), fc.double({ min: 0.5, max: 60, noNaN: true }), fc.double({ min: 0, max: 400, noNaN: true }), fc.double({ min: 0, max: 400, noNaN: true }), (points, halfLifeDays, one, other) => {
			const at = (ageDays: number) => scoreLead([line('Demo', points, { halfLifeDays })], {}, { ageDays }).score;
			expect(at(Math.max(one, other))).toBeLessThanOrEqual(at(Math.min(one, other)));
		}));
	});
});
