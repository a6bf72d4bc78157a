import type { MemberFairness } from '../../../../nodes/lead/measure/fairness';
import { drawChart } from '../../../../nodes/lead/measure/report/drawChart';
import { buildReport, type ReportInput } from '../../../../nodes/lead/measure/report/reportModel';
import { reportPage } from '../../../../nodes/lead/measure/report/reportPage';
import { slackReport } from '../../../../nodes/lead/measure/report/slackReport';
import { scorecard } from '../../../../nodes/lead/measure/scorecard';
import { splitNames, type PartTally } from '../../../../nodes/lead/measure/tally';
import { wordsOf } from '../../../../nodes/lead/measure/words/wordsOf';
import { part, periodTally, tally } from '../../../support/tallies';

const hostile = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '</style></svg><svg onload=alert(1)>', '&lt;b&gt;', 'robin@firm.example called +44 20 7946 0018', '\u202Egnirts <!channel> *bold*'];
const spread = { count: 90, median: 12.5, p90: 140 };
const counts = {
	due: 90, inSla: 50, highDue: 20, highUnder5: 5, highUnder15: 9, highIntent: 22, contacted: 80, meeting: 24, checked: 20, right: 17, sourceComplete: 70, campaign: 80,
	created: 95, duplicate: 6, repeat: 9, noOwner: 3, judged: 40, accepted: 30, mql: 20, mqlToSql: 9, opportunity: 10, won: 4, inReview: 2, aiAsked: 90, aiFallback: 2,
};

function parts(names: (string | null)[]): PartTally[] {
	return names.map((value, place) => part(value, 20 - place, { ...counts, due: 18, inSla: 12 - place }, { business: spread, won: [{ currency: 'EUR', amount: 900, leads: 2 }, { currency: '<b>', amount: 5, leads: 1 }] }));
}

function input(change: Partial<ReportInput> = {}): ReportInput {
	const splits = Object.fromEntries(splitNames.map((split) => [split, parts(split === 'owner' ? ['mia-personal-id', 'jon', null] : [...hostile, null])]));
	const now = periodTally(tally(100, counts, { business: spread, wall: spread, duplicateCauses: [{ cause: hostile[0], leads: 4 }, { cause: 'nothingInCommon', leads: 2 }] }), { splits });
	const before = periodTally(tally(80, { ...counts, contacted: 40 }, { business: { ...spread, median: 30 } }), { splits: {} });
	return {
		card: scorecard(now, before), history: [scorecard(before, undefined), scorecard(before, undefined)],
		client: { name: `Acme ${hostile[0]}`, language: 'en', timeZone: 'Europe/London' }, madeAt: '2026-11-23T09:00:00.000Z', test: false, ...change,
	};
}

const page = (change?: Partial<ReportInput>) => reportPage(buildReport(input(change)), drawChart);

describe('reportPage', () => {
	it('holds no script, no form, nothing that loads, and every text escaped', () => {
		const html = page();
		expect(html.match(/<script|<iframe|<form|<link|<object|<foreignObject|<[^>]*\son\w+=|<[^>]*javascript:|@import|url\((?!#)/i)).toBeNull();
		expect(html).not.toMatch(/<img/);
		expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
		expect(html).toContain('&amp;lt;b&amp;gt;');
		expect(html.match(/<style/g)).toHaveLength(1);
		expect(html).not.toContain('\u202E');
		// what is not a tag of ours is no tag
		const tags = new Set([...html.matchAll(/<\/?([a-z!][a-z0-9]*)/gi)].map(([, name]) => name.toLowerCase()));
		expect([...tags].sort()).toEqual([
			'!doctype', 'b', 'body', 'clippath', 'defs', 'div', 'figcaption', 'figure', 'footer', 'g', 'h1', 'h2', 'head', 'header', 'html', 'i', 'li', 'main', 'meta', 'ol', 'p',
			'path', 'section', 'small', 'span', 'style', 'svg', 'table', 'tbody', 'td', 'text', 'th', 'thead', 'title', 'tr', 'ul',
		]);
	});

	it('shows who got more than the weight promises, numbered unless names are wanted, and nobody as number 0', () => {
		const member = (ownerId: string, leads: number, isClear: boolean): MemberFairness => ({
			team: `North ${hostile[0]}`, ownerId, owner: ownerId, weight: 1, weightShare: 0.5, leads, leadShare: leads / 20, difference: leads - 10, isClear, hotShare: null, coldShare: null, hotIsClear: false, byHour: [], skipped: [], because: '',
		});
		const fairness = [member('mia-personal-id', 18, true), member('new-personal-id', 2, true)];
		const chart = buildReport(input({ fairness })).charts.find(({ id }) => id === 'fairness');
		expect(chart).toMatchObject({ labels: [expect.stringMatching(/^Rep 1 · North /), expect.stringMatching(/^Rep 3 · North /)], lines: [{ values: [0.9, 0.1], passes: [false, false], said: ['90 % / 50 %', '10 % / 50 %'] }] });
		expect(page({ fairness })).not.toMatch(/personal-id|<script/);
		expect(buildReport(input({ fairness: [] })).charts.some(({ id }) => id === 'fairness')).toBe(false);
	});

	it('holds no personal data unless names are wanted', () => {
		const html = page();
		expect(['mia-personal-id', 'robin@firm', '7946 0018'].filter((personal) => html.includes(personal))).toEqual([]);
		expect(html.includes('Rep 1')).toBe(true);
		expect(html.includes('No personal data')).toBe(true);
		const named = page({ members: new Map([['mia-personal-id', 'Mia Example']]) });
		expect([named.includes('Mia Example'), named.includes('No personal data')]).toEqual([true, false]);
	});

	it('is at most 200 kB with a hundred parts in every split, twelve periods and a logo', () => {
		const splits = Object.fromEntries(splitNames.map((split) => [split, parts(Array.from({ length: 100 }, (_, place) => `${'Long name of a part, number '.repeat(4)}${place}`))]));
		const card = scorecard(periodTally(tally(5_000, counts, { business: spread }), { splits }), undefined);
		const html = page({ card, history: Array.from({ length: 12 }, () => card), client: { name: 'Acme', language: 'de', timeZone: 'Europe/Berlin', logo: 'https://example.com/logo.png' } });
		expect(Buffer.byteLength(html)).toBeLessThan(200_000);
		expect(html).toContain('<img src="https://example.com/logo.png" alt="">');
	});

	it.each(['de', 'en', 'es', 'fr'])('is written in the client\'s language: %s', (language) => {
		const { text, metrics } = wordsOf(language);
		const html = page({ client: { name: 'Acme', language, timeZone: 'Europe/London' } });
		expect(html).toContain(`<html lang="${language}">`);
		for (const said of [text.title, text.actions, text.changed, text.allFigures, metrics.noOwnerRate]) expect(html).toContain(said.replace(/'/g, '&#39;'));
		expect(html).not.toMatch(/\{\w*\}(?![^<]*<\/style>)/);
	});

	it('shows five figures with target and the period before, then what to do and what changed', () => {
		const { headlines, actions, changes } = buildReport(input());
		expect(headlines.map(({ label, value, target, passes, before }) => [label, value, target, passes, before])).toEqual([
			['Median First Response', '12.5 min', 'Target ≤ 15.0 min', true, 'Before 30.0 min'],
			['Contacted Within SLA', '55.6 %', 'Target ≥ 80 %', false, 'Before 55.6 %'],
			['Contact Rate', '80 %', 'no target', null, 'Before 50 %'],
			['Meeting Rate After Contact', '30 %', 'no target', null, 'Before 60 %'],
			['Routing Accuracy', '85 %', 'Target ≥ 95 %', false, 'Before 85 %'],
		]);
		expect(actions).toHaveLength(3);
		expect(actions[0]).toBe('3 leads have no owner. Give each one today, and check the fallback owner in the client settings.');
		expect(actions[1]).toMatch(/^Only 55.6 % of leads were answered in time \(target 80 %\). Start with Queue “.*”: add people/);
		expect(changes.map(({ text }) => text)).toEqual(expect.arrayContaining(['20 more leads than before', 'Contact Rate: 50 % → 80 %']));
	});

	it('says what is missing instead of a figure', () => {
		const empty = buildReport(input({ card: scorecard(periodTally(tally(0)), undefined), history: [] }));
		expect(empty.headlines.every(({ isMeasured }) => !isMeasured)).toBe(true);
		expect(empty.actions).toEqual(['no leads in this period']);
		const few = buildReport(input({ card: scorecard(periodTally(tally(3)), undefined), history: [] }));
		expect(few.headlines[2].value).toBe('too few leads (3)');
		const good = buildReport(input({ card: scorecard(periodTally(tally(50, { contacted: 45, meeting: 20, checked: 20, right: 20, due: 40, inSla: 39, sourceComplete: 50, campaign: 50 }, { business: { count: 40, median: 3, p90: 9 } })), undefined) }));
		expect(good.actions).toEqual([wordsOf('en').actions.keep]);
	});

	it('says to check the sample and to record what became of the leads where nobody does', () => {
		const silent = buildReport(input({ card: scorecard(periodTally(tally(50, { sourceComplete: 50, campaign: 50 })), undefined) }));
		expect(silent.actions).toEqual([wordsOf('en').actions.record, wordsOf('en').actions.sample]);
	});
});

describe('drawChart', () => {
	it('draws with the page\'s own colours, and ids of its own', () => {
		const { charts } = buildReport(input());
		expect(charts.map(({ id }) => id)).toEqual(['path', 'quality', 'speed', 'queues']);
		const drawn = charts.flatMap((chart) => [500, 330].map((width) => drawChart({ ...chart, title: 'x' }, width)));
		const ids = drawn.flatMap((svg) => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
		expect(new Set(ids).size).toBe(ids.length);
		for (const svg of drawn) {
			expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 \d+ \d+" role="img" aria-label="x">/);
			expect(svg).not.toMatch(/#00000[a-f]|#00001|class=|<style|ecmeta|\[CDATA/);
		}
		expect(drawn[0]).toContain('var(--main)');
	});

	it('draws the same chart the same way each time', () => {
		const [chart] = buildReport(input()).charts;
		expect(drawChart(chart, 500)).toBe(drawChart(chart, 500));
	});
});

describe('slackReport', () => {
	it('tells the first page within Slack\'s bounds, mentions nobody and marks nothing', () => {
		const { text, blocks } = slackReport(buildReport(input()));
		expect(blocks.map(({ type }) => type)).toEqual(['header', 'context', 'section', 'section', 'section', 'context']);
		// the headline is plain text to Slack
		const written = JSON.stringify([text, blocks.slice(1)]);
		expect(written).not.toMatch(/<script|<!channel|<@/);
		for (const block of blocks) {
			if (block.type === 'section') {
				expect(block.text?.text.length ?? 0).toBeLessThanOrEqual(3_000);
				expect(block.fields?.length ?? 0).toBeLessThanOrEqual(10);
			}
			if (block.type === 'header') expect(block.text.text.length).toBeLessThanOrEqual(150);
		}
		expect(blocks[2]).toMatchObject({ fields: expect.arrayContaining([{ type: 'mrkdwn', text: ':red_circle: *Contacted Within SLA*\n*55.6 %*  Target ≥ 80 %\nBefore 55.6 %' }]) });
	});
});
