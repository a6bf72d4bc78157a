import * as fc from 'fast-check';
import { chooseNextOwner, restsUntil, type ReassignInput } from '../../../nodes/lead/route/reassign';
import type { People } from '../../../nodes/lead/route/teams';
import { firm } from '../activate/activateFixtures';

const at = new Date('2026-11-23T10:00:00Z');

function peopleOf(change: Record<string, unknown> = {}, team: Record<string, unknown> = {}): People {
	const { members, teams, fallbackOwner, timeZone } = firm({
		members: ['ann', 'ben', 'cat', 'theo', 'noor'].map((id) => ({ id, name: id.toUpperCase(), ...(change[id] as object | undefined) })),
		teams: [{ name: 'UK Sales', members: ['ann', 'ben', 'cat'], manager: 'noor', ...team }],
	});
	return { members, teams, fallbackOwner, timeZone };
}

const ask = (change: Partial<ReassignInput> = {}, people = peopleOf()) =>
	chooseNextOwner({ pool: { team: 'UK Sales' }, people, personKey: 'p', at, owner: 'ann', had: [], turns: {}, counts: { today: {}, thisWeek: {}, thisMonth: {}, open: {}, team: { today: 0, thisWeek: 0, thisMonth: 0 } }, ...change });

describe('chooseNextOwner', () => {
	it('takes the next in turn who has not had the lead, and lets that one pay for the turn', () => {
		const next = ask({ had: ['ann'], turns: { ann: 0, ben: -1, cat: 1 } });
		expect(next).toMatchObject({ owner: { id: 'cat' }, turn: { memberId: 'cat' }, because: ['next turn in team UK Sales'], skipped: ['ANN: has had this lead', 'BEN: available, not next in turn'] });
		// who has had the lead keeps what was gathered in the rotation
		expect(Object.keys(next.turn?.next ?? {}).sort()).toEqual(['ann', 'ben', 'cat']);
	});

	it.each<[string, Parameters<typeof ask>[0], People, string | undefined, string]>([
		['everybody of the team has had it', { owner: 'cat', had: ['ann', 'ben'] }, peopleOf(), 'theo', 'everybody of team UK Sales has had it, so it is the fallback owner'],
		['it was given on as often as it may be', { hops: { done: 2, most: 2 } }, peopleOf(), 'theo', 'it was given on 2 times, which is the most, so it is the fallback owner'],
		['who is left is away', { owner: 'ann', had: ['ben'] }, peopleOf({ cat: { timeOff: [{ from: '2026-11-23', to: '2026-11-24' }] } }), 'theo', 'nobody else of team UK Sales can take leads now, so it is the fallback owner'],
		['a team gives leads to absent members only at first', { owner: 'ann', had: ['ben'] }, peopleOf({ cat: { active: false } }, { whenNobodyAvailable: 'anyone' }), 'theo', 'nobody else of team UK Sales can take leads now, so it is the fallback owner'],
		['somebody is on call', { owner: 'ann', had: ['ben', 'cat'] }, peopleOf({}, { members: ['ann', 'ben', 'cat', 'noor'], whenNobodyAvailable: 'onCall', onCall: ['cat', 'noor'] }), 'noor', 'next turn in team UK Sales'],
		['the fallback owner has had it too', { owner: 'theo', had: ['ann', 'ben', 'cat'] }, peopleOf(), undefined, 'everybody of team UK Sales has had it, and the fallback owner has had it too, so it stays where it is'],
		['no team is known', { pool: {}, owner: 'noor' }, peopleOf(), 'theo', 'the lead belongs to no team, so it is the fallback owner'],
		['the team follows from the owner', { pool: {}, owner: 'ben', had: ['ann'] }, peopleOf(), 'cat', 'next turn in team UK Sales'],
	])('when %s', (_name, change, people, owner, because) => {
		const next = ask(change, people);
		expect(next.owner?.id).toBe(owner);
		expect(next.because).toEqual([because]);
	});

	it('passes over who is out of rotation, and says until when', () => {
		const resting = { today: {}, thisWeek: {}, thisMonth: {}, open: {}, team: { today: 0, thisWeek: 0, thisMonth: 0 }, resting: { ben: '2026-11-24T00:00:00.000Z' } };
		expect(ask({ counts: resting })).toMatchObject({ owner: { id: 'cat' }, skipped: ['ANN: has had this lead', 'BEN: out of rotation until Tue 24 Nov 00:00, left a lead unanswered'] });
	});

	it('never gives a lead back, and ends after everybody and the fallback owner', () => {
		fc.assert(fc.property(fc.shuffledSubarray(['ann', 'ben', 'cat', 'theo', 'noor']), fc.constantFrom('rotation', 'leastLoaded', 'hash', 'fixed', 'sticky', 'existingOwner'), (away, assignment) => {
			const people = peopleOf(Object.fromEntries(away.map((id) => [id, { timeOff: [{ from: '2026-11-01', to: '2026-12-01' }] }])), { assignment });
			const had: string[] = [];
			let owner = 'ann';
			for (let hop = 0; hop < 10; hop++) {
				const next = ask({ owner, had: [...had] }, people).owner;
				had.push(owner);
				if (!next) return;
				expect(had).not.toContain(next.id);
				if (next.id !== 'theo') expect(away).not.toContain(next.id);
				owner = next.id;
			}
			throw new Error('given on without end');
		}));
	});
});

describe('restsUntil', () => {
	it('is the start of the next day where the member lives', () => {
		const { members, ...people } = peopleOf({ ann: { timeZone: 'America/New_York' } });
		expect(new Date(restsUntil(members[0], at, people)).toISOString()).toBe('2026-11-24T05:00:00.000Z');
	});
});
