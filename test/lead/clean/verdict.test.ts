import type { KnownPerson } from '../../../nodes/lead/clean/knownPerson';
import { decideVerdict, isInsideWindow, rank, strictnesses, thresholdsOf, type ScoredPerson } from '../../../nodes/lead/clean/verdict';

const at = '2026-11-20T10:00:00.000Z';

function scored(personId: string, score: number, more: Partial<ScoredPerson> = {}, person: Partial<KnownPerson> = {}): ScoredPerson {
	return {
		person: { personId, enquiries: 1, fields: {}, externalIds: {}, updatedAt: at, ...person },
		score, bits: 20, atMost: 'match', because: ['same e-mail'], agrees: ['email'], isListed: false, ...more,
	};
}

const balanced = thresholdsOf.balanced;
const decide = (...persons: ScoredPerson[]) => decideVerdict(rank(persons), balanced);

describe('decideVerdict', () => {
	it('creates when nobody is known', () => {
		expect(decide()).toMatchObject({ verdict: 'create', because: ['nobody known is like this lead'] });
	});

	it('appends to a person who enquired before, and merges with one who was only known', () => {
		expect(decide(scored('a', 0.99))).toMatchObject({ verdict: 'append', chosen: { person: { personId: 'a' } } });
		expect(decide(scored('a', 0.99, {}, { enquiries: 0 }))).toMatchObject({ verdict: 'merge' });
	});

	it('includes the thresholds themselves', () => {
		expect(decide(scored('a', balanced.match)).verdict).toBe('append');
		expect(decide(scored('a', balanced.review)).verdict).toBe('review');
		expect(decide(scored('a', balanced.review - 0.01)).verdict).toBe('create');
	});

	it('obeys the rules whatever the score', () => {
		expect(decide(scored('a', 1, { atMost: 'review' })).verdict).toBe('review');
		expect(decide(scored('a', 1, { atMost: 'never' })).verdict).toBe('create');
	});

	it('tells why the nearest person is another', () => {
		expect(decide(scored('a', 0.2, { atMost: 'never', because: ['same phone', 'different name'] })).because)
			.toEqual(['nobody known is alike enough', 'nearest: same phone', 'nearest: different name']);
	});

	it('reviews two persons who match equally well', () => {
		expect(decide(scored('a', 0.97, { agrees: ['name', 'company'] }), scored('b', 0.97, { agrees: ['name', 'company'] })))
			.toMatchObject({ verdict: 'review', because: ['same e-mail', 'two known persons match equally well'] });
	});

	it('takes the same one of two entries with one address, whatever their order', () => {
		const older = scored('a', 0.99, {}, { updatedAt: '2026-01-01T00:00:00.000Z' });
		const newer = scored('b', 0.99);
		for (const order of [[older, newer], [newer, older]]) {
			expect(decide(...order)).toMatchObject({ verdict: 'append', chosen: { person: { personId: 'b' } } });
		}
	});

	it('says of every person why it lost', () => {
		const [chosen, weaker, apart] = [scored('a', 1), scored('b', 0.96, { bits: 5 }), scored('c', 0.2, { atMost: 'never' })];
		const { outcomes } = decide(apart, weaker, chosen);
		expect([chosen, weaker, apart].map((one) => outcomes.get(one))).toEqual(['chosen', 'less alike than the chosen one', 'kept apart by a rule']);
	});

	it('takes two entries with one address for two persons when somebody told them apart', () => {
		expect(decide(scored('a', 0.99, {}, { neverMatch: ['b'] }), scored('b', 0.99, {}, { neverMatch: ['a'] })).verdict).toBe('review');
		expect(decide(scored('a', 0.99, { bits: 30 }, { neverMatch: ['b'] }), scored('b', 0.99, {}, { neverMatch: ['a'] }))).toMatchObject({ verdict: 'append', chosen: { person: { personId: 'a' } } });
	});

	it.each([
		['the person has as many enquiries as it may', { groupSize: 3, joinsLeft: 10 }, 'this person has 3 enquiries, the most that join without a look'],
		['the run has joined as many as it may', { groupSize: 10, joinsLeft: 0 }, 'this run has joined as many leads as it may'],
	])('reviews when %s', (_, limits, reason) => {
		const { verdict, because } = decideVerdict(rank([scored('a', 1, {}, { enquiries: 3 })]), balanced, limits);
		expect({ verdict, reason: because.at(-1) }).toEqual({ verdict: 'review', reason });
	});

	it('joins a remembered person before a listed record that is more alike', () => {
		const listed = scored('crm:1', 1, { isListed: true }, { enquiries: 0 });
		expect(decide(listed, scored('a', 0.96))).toMatchObject({ verdict: 'append', chosen: { person: { personId: 'a' } } });
	});
});

describe('thresholdsOf', () => {
	it('asks for more, the more careful the word', () => {
		const matches = strictnesses.map((strictness) => thresholdsOf[strictness].match);
		expect(matches).toEqual([...matches].sort((a, b) => b - a));
		for (const { match, review } of Object.values(thresholdsOf)) expect(review).toBeLessThan(match);
	});
});

describe('isInsideWindow', () => {
	it.each([
		['a lead of today', '2026-11-20T09:00:00.000Z', true],
		['a lead exactly 90 days old', '2026-08-22T10:00:00.000Z', true],
		['a lead a second older', '2026-08-22T09:59:59.000Z', false],
		['a lead in another zone', '2026-11-20T19:00:00.000+09:00', true],
		['a moment that is none', 'yesterday', false],
	])('knows %s', (_, openedAt, expected) => {
		expect(isInsideWindow(openedAt, at, 90)).toBe(expected);
	});
});
