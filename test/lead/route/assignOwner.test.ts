import { assignOwner, type AssignInput } from '../../../nodes/lead/route/assignOwner';
import type { Member, Team } from '../../../nodes/lead/settings/clientSettings';
import { memberOf, peopleOf, teamOf } from './samples';

const at = new Date('2026-11-20T18:30:00Z');
const noCounts = { today: {}, thisWeek: {}, thisMonth: {}, open: {}, team: { today: 0, thisWeek: 0, thisMonth: 0 } };
const away = { timeOff: [{ from: '2026-11-20', to: '2026-12-01' }] };

function assign(more: Partial<AssignInput> = {}): ReturnType<typeof assignOwner> {
	return assignOwner({ pool: { team: 'UK Team' }, people: peopleOf(), personKey: 'anna@example.com', at, turns: {}, ...more });
}

function ukTeam(team: Partial<Team>, members: Member[] = [memberOf('mia'), memberOf('tom'), memberOf('zoe')]): Partial<AssignInput> {
	return { people: peopleOf({ teams: [teamOf('UK Team', members.map(({ id }) => id), team)], members: [...members, memberOf('ops')] }) };
}

describe('assignOwner', () => {
	it('takes the next turn of a rotation and tells what to write down', () => {
		expect(assign()).toEqual({
			owner: { id: 'mia', name: 'MIA', email: 'mia@example.com' }, assignment: 'rotation', because: ['next turn in team UK Team'], skipped: ['TOM: available, not next in turn', 'ZOE: available, not next in turn'],
			turn: { memberId: 'mia', next: { mia: -2, tom: 1, zoe: 1 }, sticky: false },
		});
	});

	it('keeps the turn that the lead took before', () => {
		const assigned = assign({ turnOf: 'zoe' });
		expect([assigned.owner.id, assigned.turn]).toEqual(['zoe', undefined]);
	});

	it('passes a turn on, without a second one, when its member can no longer take it', () => {
		const assigned = assign({ turnOf: 'gone' });
		expect([assigned.owner.id, assigned.turn]).toEqual(['mia', undefined]);
	});

	it('skips who is away or not active, with the reason', () => {
		const assigned = assign(ukTeam({}, [memberOf('mia', away), memberOf('tom', { active: false }), memberOf('zoe')]));
		expect(assigned).toMatchObject({ owner: { id: 'zoe' }, skipped: ['MIA: away until 2026-12-01', 'TOM: not active'] });
	});

	it.each([
		['counts the first day of time off', '2026-11-20T00:00:00Z', 'tom'],
		['counts the last day of time off', '2026-12-01T23:59:00Z', 'tom'],
		['ends the day after', '2026-12-02T00:00:00Z', 'mia'],
	])('%s', (_, moment, owner) => {
		expect(assign({ ...ukTeam({}, [memberOf('mia', away), memberOf('tom')]), at: new Date(moment) }).owner.id).toBe(owner);
	});

	// 18:30 in London on the 19th is the 20th in Auckland
	it('reads time off in the client\'s zone', () => {
		const people = ukTeam({}, [memberOf('mia', away), memberOf('tom')]).people as AssignInput['people'];
		const at = new Date('2026-11-19T18:30:00Z');
		expect(assign({ people: { ...people, timeZone: 'Pacific/Auckland' }, at }).owner.id).toBe('tom');
		expect(assign({ people: { ...people, timeZone: 'Europe/London' }, at }).owner.id).toBe('mia');
	});

	it('gives an absent member the lead when the team says so, and the fallback owner otherwise', () => {
		const members = [memberOf('mia', away), memberOf('tom', { active: false })];
		expect(assign(ukTeam({ whenNobodyAvailable: 'anyone' }, members))).toMatchObject({ owner: { id: 'mia' }, because: [expect.stringContaining('absent member'), expect.anything()] });
		expect(assign(ukTeam({ whenNobodyAvailable: 'fallback' }, members))).toMatchObject({ owner: { id: 'ops' }, alarm: 'nobody of team UK Team can take leads now' });
	});

	it('never gives a lead to who is not active', () => {
		expect(assign(ukTeam({ whenNobodyAvailable: 'anyone' }, [memberOf('mia', { active: false })]))).toMatchObject({ owner: { id: 'ops' }, alarm: expect.any(String) });
	});

	it.each([
		['no pool at all', {}, undefined],
		['a team that is not there', { team: 'Gone' }, 'the team Gone is not there'],
		['an owner who is not there', { owner: 'gone' }, 'the owner that the rule names can\'t take leads now'],
	])('gives the fallback owner for %s', (_, pool, alarm) => {
		expect(assign({ pool })).toMatchObject({ owner: { id: 'ops' }, assignment: 'fixed' });
		expect(assign({ pool }).alarm).toBe(alarm);
	});

	it('takes the owner that the rule names, and the team when that one is away', () => {
		expect(assign({ pool: { owner: 'zoe', team: 'UK Team' } })).toMatchObject({ owner: { id: 'zoe' }, assignment: 'fixed' });
		const members = [memberOf('mia'), memberOf('zoe', away)];
		expect(assign({ ...ukTeam({}, members), pool: { owner: 'zoe', team: 'UK Team' } })).toMatchObject({ owner: { id: 'mia' }, skipped: ['ZOE: away until 2026-12-01'] });
	});

	it.each([
		['by member id', 'zoe', 'zoe', 'existingOwner'],
		['by CRM owner id', 'crm-7', 'tom', 'existingOwner'],
		['else in turn', 'crm-99', 'mia', 'rotation'],
	])('keeps the existing owner %s', (_, existingOwner, owner, assignment) => {
		const members = [memberOf('mia'), memberOf('tom', { crmId: 'crm-7' }), memberOf('zoe')];
		expect(assign({ ...ukTeam({ assignment: 'existingOwner' }, members), existingOwner })).toMatchObject({ owner: { id: owner }, assignment });
	});

	it('gives a rotation turn when the existing owner is away', () => {
		expect(assign({ ...ukTeam({ assignment: 'existingOwner' }, [memberOf('mia', away), memberOf('tom')]), existingOwner: 'mia' })).toMatchObject({ owner: { id: 'tom' }, assignment: 'rotation' });
	});

	it('gives who has the fewest open leads', () => {
		expect(assign({ ...ukTeam({ assignment: 'leastLoaded' }), counts: { ...noCounts, open: { mia: 2, tom: 1, zoe: 3 } } })).toMatchObject({ owner: { id: 'tom' }, assignment: 'leastLoaded' });
	});

	it.each(['rotation', 'leastLoaded'] as const)('stands the hash in for %s without a ledger, and says so', (assignment) => {
		const assigned = assign({ ...ukTeam({ assignment }), turns: undefined });
		expect(assigned).toMatchObject({ assignment: 'hash', because: [expect.stringMatching(/^without a ledger/)] });
		expect(assign({ ...ukTeam({ assignment }), turns: undefined }).owner).toEqual(assigned.owner);
	});

	it('keeps a company with one owner in a sticky team', () => {
		const ownerOf = (personKey: string): string => assign({ ...ukTeam({ assignment: 'sticky' }), personKey, turns: undefined, stickyKey: 'acme.example' }).owner.id;
		expect(new Set(['a', 'b', 'c', 'd', 'e'].map(ownerOf)).size).toBe(1);
	});

	it('takes the first available member of a fixed team', () => {
		expect(assign(ukTeam({ assignment: 'fixed' }, [memberOf('mia', away), memberOf('tom')]))).toMatchObject({ owner: { id: 'tom' }, assignment: 'fixed' });
	});
});
