import { assignOwner, type AssignInput } from '../../../nodes/lead/route/assignOwner';
import { findAbsence } from '../../../nodes/lead/route/availability';
import { compileTerritories } from '../../../nodes/lead/route/territories';
import { nextTurn, type Turns } from '../../../nodes/lead/route/turns';
import { calendarSchema, type Member, type Team } from '../../../nodes/lead/settings/clientSettings';
import { hoursOf } from '../../../nodes/host/workingHours';
import { memberOf, peopleOf, recordOf, teamOf } from './samples';

// a Friday evening in London, and afternoon in New York
const at = new Date('2026-11-20T18:30:00Z');
const calendar = calendarSchema.parse({ name: 'Office', hours: Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [day, ['09:00-17:30']])) });
const none = { today: {}, thisWeek: {}, thisMonth: {}, open: {}, team: { today: 0, thisWeek: 0, thisMonth: 0 } };

function assign(team: Partial<Team>, members: Member[], more: Partial<AssignInput> = {}): ReturnType<typeof assignOwner> {
	const people = peopleOf({ teams: [teamOf('UK Team', members.map(({ id }) => id), team)], members: [...members, memberOf('ops')] });
	return assignOwner({ pool: { team: 'UK Team' }, people: { ...people, hoursOf: hoursOf([calendar], 'Europe/London').of }, personKey: 'anna@example.com', at, turns: {}, ...more });
}

describe('working hours', () => {
	it('skip who is not at work, by the member\'s calendar, else the team\'s, in the member\'s zone', () => {
		const members = [memberOf('mia'), memberOf('tom', { timeZone: 'America/New_York' }), memberOf('zoe', { calendar: 'Office' })];
		expect(assign({ calendar: 'Office' }, members)).toMatchObject({
			owner: { id: 'tom' }, skipped: ['MIA: outside working hours until Mon 23 Nov 09:00', 'ZOE: outside working hours until Mon 23 Nov 09:00'],
		});
		expect(assign({}, members).owner.id).toBe('mia');
	});

	it('leave a lead with who is only outside hours before who is on leave, where absent members get it', () => {
		const away = memberOf('mia', { timeOff: [{ from: '2026-11-20', to: '2026-12-01' }] });
		expect(assign({ calendar: 'Office' }, [away, memberOf('tom')])).toMatchObject({ owner: { id: 'tom' } });
	});

	it('hold a lead until the first of the team is there, with leave counted', () => {
		const away = memberOf('mia', { timeOff: [{ from: '2026-11-23', to: '2026-11-23' }] });
		const held = assign({ calendar: 'Office', whenNobodyAvailable: 'hold' }, [away]);
		expect(held).toMatchObject({ owner: { id: 'ops' }, heldUntil: Date.parse('2026-11-24T09:00:00Z'), because: [expect.stringContaining('held for team UK Team until Tue 24 Nov 09:00, when MIA is there')] });
		expect(held.alarm).toBeUndefined();
		expect(assign({ calendar: 'Office', whenNobodyAvailable: 'hold' }, [away, memberOf('tom')]).heldUntil).toBe(Date.parse('2026-11-23T09:00:00Z'));
	});

	it('let a lead wait in the queue with the manager, or call who is on call, as the team says', () => {
		const boss = memberOf('boss');
		expect(assign({ calendar: 'Office', whenNobodyAvailable: 'queue', manager: 'boss' }, [memberOf('mia'), boss])).toMatchObject({ owner: { id: 'boss' }, waiting: true });
		expect(assign({ calendar: 'Office', whenNobodyAvailable: 'queue' }, [memberOf('mia')])).toMatchObject({ owner: { id: 'ops' }, waiting: true });
		expect(assign({ calendar: 'Office', whenNobodyAvailable: 'onCall', onCall: ['gone', 'mia'] }, [memberOf('tom'), memberOf('mia')])).toMatchObject({ owner: { id: 'mia' }, because: [expect.stringContaining('who is on call')] });
	});
});

describe('caps', () => {
	it.each<[string, Partial<Member>, Partial<typeof none>, string]>([
		['a day', { capPerDay: 2 }, { today: { mia: 2 } }, 'MIA: 2 of 2 leads today'],
		['a week', { capPerWeek: 5 }, { thisWeek: { mia: 6 } }, 'MIA: 6 of 5 leads this week'],
		['a month', { capPerMonth: 40, capPerWeek: 6 }, { thisMonth: { mia: 40 }, thisWeek: { mia: 6 } }, 'MIA: 40 of 40 leads this month'],
		['open leads', { maxOpenLeads: 20 }, { open: { mia: 20 } }, 'MIA: 20 of 20 leads open'],
	])('skip a member with the most leads of %s', (_, cap, counts, reason) => {
		const assigned = assign({}, [memberOf('mia', cap), memberOf('tom')], { counts: { ...none, ...counts } });
		expect(assigned).toMatchObject({ owner: { id: 'tom' }, skipped: [reason] });
		expect(assign({}, [memberOf('mia', cap), memberOf('tom')], { counts: none }).owner.id).toBe('mia');
	});

	it('send a lead of a full team on by the policy of the team', () => {
		expect(assign({ capPerDay: 3, whenNobodyAvailable: 'fallback' }, [memberOf('mia')], { counts: { ...none, team: { today: 3, thisWeek: 3, thisMonth: 3 } } })).toMatchObject({ owner: { id: 'ops' }, alarm: 'team UK Team: 3 of 3 leads today' });
		expect(assign({ capPerMonth: 9, whenNobodyAvailable: 'fallback' }, [memberOf('mia')], { counts: { ...none, team: { today: 0, thisWeek: 0, thisMonth: 9 } } })).toMatchObject({ owner: { id: 'ops' }, alarm: 'team UK Team: 9 of 9 leads this month' });
	});

	it('end with their period, on the member\'s own calendar', () => {
		const full = (cap: Partial<Member>) => findAbsence(memberOf('mia', { ...cap, timeZone: 'Pacific/Auckland' }), { people: peopleOf(), team: undefined, at: new Date('2026-11-30T12:00:00Z'), counts: { ...none, today: { mia: 1 }, thisWeek: { mia: 1 }, thisMonth: { mia: 1 } } })?.endsAt;
		expect(full({ capPerDay: 1 })).toBe(Date.parse('2026-12-02T00:00:00+13:00'));
		expect(full({ capPerWeek: 1 })).toBe(Date.parse('2026-12-07T00:00:00+13:00'));
		expect(full({ capPerMonth: 1 })).toBe(Date.parse('2027-01-01T00:00:00+13:00'));
	});
});

describe('skills, languages and ramp-up', () => {
	it('skip who lacks a skill that the rule asks for', () => {
		const members = [memberOf('mia'), memberOf('tom', { skills: ['Enterprise'] })];
		expect(assign({}, members, { pool: { team: 'UK Team', skills: ['enterprise'] } })).toMatchObject({ owner: { id: 'tom' }, skipped: ['MIA: lacks enterprise'] });
		expect(assign({}, [memberOf('mia')], { pool: { team: 'UK Team', skills: ['enterprise'] } })).toMatchObject({ owner: { id: 'ops' }, alarm: expect.any(String) });
	});

	it('prefer who speaks the language, and take anybody when nobody does', () => {
		const members = [memberOf('mia'), memberOf('tom', { languages: ['fr'] })];
		expect(assign({ preferLanguage: true }, members, { language: 'fr' })).toMatchObject({ owner: { id: 'tom' }, because: ['speaks French', 'next turn in team UK Team'], skipped: ['MIA: does not speak French'] });
		expect(assign({ preferLanguage: true }, members, { language: 'de' })).toMatchObject({ owner: { id: 'mia' }, because: ['nobody who is there speaks German', expect.anything()] });
	});

	it('give who is new a share of the turns until the date, and all of them after it', () => {
		const members = [memberOf('mia'), memberOf('new', { rampUp: [{ until: '2026-11-30', percent: 50 }] })];
		const shareOn = (day: string): number => {
			let turns: Turns = {};
			let count = 0;
			for (let lead = 0; lead < 30; lead++) {
				const { owner, turn } = assign({}, members, { at: new Date(day), turns });
				turns = turn?.next ?? turns;
				if (owner.id === 'new') count++;
			}
			return count;
		};
		expect([shareOn('2026-11-30T12:00:00Z'), shareOn('2026-12-01T12:00:00Z')]).toEqual([10, 15]);
	});

	// a turn that only some can take must not wipe out what the others have gathered
	it('keep shares even where some leads only one can take', () => {
		const members = ['a', 'b', 'c'].map((id) => ({ id, weight: 1 }));
		let turns: Turns = {};
		const counts: Record<string, number> = { a: 0, b: 0, c: 0 };
		for (let lead = 0; lead < 300; lead++) {
			const { member, next } = nextTurn(members, turns, lead % 5 === 0 ? [members[2]] : members);
			counts[member.id]++;
			turns = next;
		}
		expect(counts).toEqual({ a: 100, b: 100, c: 100 });
	});
});

describe('territories and sticky owners', () => {
	const team: Partial<Team> = { assignment: 'territory', territories: [{ member: 'mia', country: 'US', postalCode: '94000..94999' }, { member: 'tom', country: 'UK, IE' }, { member: 'zoe', region: 'California' }] };
	const ownerOf = (lead: Parameters<typeof recordOf>[0], members = ['mia', 'tom', 'zoe'].map((id) => memberOf(id))): ReturnType<typeof assign> => {
		const territoryOf = compileTerritories(teamOf('UK Team', ['mia', 'tom', 'zoe'], team), { timeZone: 'UTC' })(recordOf(lead));
		return assign(team, members, { territoryOf });
	};

	it('give a lead to who has its part of the world, and else to the next in turn', () => {
		expect(ownerOf({ country: 'US', postalCode: '94107' })).toMatchObject({ owner: { id: 'mia' }, assignment: 'territory' });
		expect(ownerOf({ country: 'IE' }).owner.id).toBe('tom');
		expect(ownerOf({ country: 'FR' })).toMatchObject({ assignment: 'rotation', because: ['no territory of team UK Team covers the lead', expect.anything()] });
	});

	it('go on with the next territory when its member is away', () => {
		const members = [memberOf('mia', { timeOff: [{ from: '2026-11-20', to: '2026-11-21' }] }), memberOf('tom'), memberOf('zoe')];
		expect(ownerOf({ country: 'US', postalCode: '94107', region: 'California' }, members).owner.id).toBe('zoe');
	});

	it('keep a company with its owner without charging a turn, and give a new one to the next in turn', () => {
		const members = ['mia', 'tom'].map((id) => memberOf(id));
		expect(assign({ assignment: 'sticky' }, members, { stickyKey: 'acme.example', stickyOwner: 'tom', turns: { mia: 1, tom: -1 } })).toMatchObject({ owner: { id: 'tom' }, assignment: 'sticky', turn: { memberId: 'tom', next: { mia: 1, tom: -1 }, sticky: true } });
		expect(assign({ assignment: 'sticky' }, members, { stickyKey: 'acme.example' })).toMatchObject({ owner: { id: 'mia' }, because: ['first lead of its company', expect.anything()], turn: { sticky: true } });
	});

	it('keep an existing owner outside hours and when full, and charge the turn only where the team says so', () => {
		const members = [memberOf('mia', { capPerDay: 1 }), memberOf('tom')];
		const kept = { existingOwner: 'mia', counts: { ...none, today: { mia: 1 } } };
		expect(assign({ assignment: 'existingOwner', calendar: 'Office' }, members, kept)).toMatchObject({ owner: { id: 'mia' }, assignment: 'existingOwner' });
		expect(assign({ assignment: 'existingOwner' }, members, kept).turn).toBeUndefined();
		expect(assign({ assignment: 'existingOwner', existingOwnerCounts: true }, members, kept).turn?.next).toEqual({ mia: -1, tom: 1 });
	});

	it('leave a lead with who has it already, also outside hours', () => {
		expect(assign({ calendar: 'Office' }, [memberOf('mia'), memberOf('tom')], { turnOf: 'tom' })).toMatchObject({ owner: { id: 'tom' }, assignment: 'rotation' });
	});

	it('give a blocked lead the fallback owner and no turn', () => {
		const blocked = assign({}, [memberOf('mia')], { pool: { team: 'UK Team', blocked: true } });
		expect([blocked.owner.id, blocked.turn, blocked.alarm]).toEqual(['ops', undefined, undefined]);
	});

	it('raise an alarm when the owner that a rule names is not active, although the team has the lead', () => {
		expect(assign({}, [memberOf('mia', { active: false }), memberOf('tom')], { pool: { team: 'UK Team', owner: 'mia' } })).toMatchObject({ owner: { id: 'tom' }, alarm: 'the owner that the rule names is not active' });
	});
});
