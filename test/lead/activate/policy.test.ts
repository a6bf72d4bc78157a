import { openClocks } from '../../../nodes/lead/activate/openClocks';
import { checkActivation, choosePolicy } from '../../../nodes/lead/activate/policy';
import { clientSettingsSchema } from '../../../nodes/lead/settings/clientSettings';
import { firm, officeHours, routedLead } from './activateFixtures';

const now = Date.parse('2026-11-20T12:00:00Z');
const intent = { name: 'Quote Request', urgency: 'high', evidence: [], highIntent: true };
const routing = routedLead().routing;

describe('choosePolicy', () => {
	const policies = [
		{ name: 'Hot', firstResponseMinutes: 5, appliesTo: { highIntent: true, priority: ['high'] } },
		{ name: 'Quotes', firstResponseMinutes: 30, appliesTo: { intents: ['Quote Request'] } },
		{ name: 'Rest', firstResponseMinutes: 60 },
		{ name: 'Partners', firstResponseMinutes: 240, appliesTo: { queues: ['Partners'] } },
	];
	it.each([
		['takes the one that a rule named', { routing: { ...routing, slaPolicy: 'Partners' }, intent }, 'Partners', 'named by the rule'],
		['takes the first whose conditions all hold', { routing: { ...routing, priority: 'high' }, intent }, 'Hot', 'priority is high, high intent is yes'],
		['passes over one whose conditions hold only in part', { intent }, 'Quotes', 'intent is Quote Request'],
		['looks behind the one for all leads', { routing: { ...routing, queue: 'Partners' } }, 'Partners', 'queue is Partners'],
		['takes the one for all leads when nothing is known', {}, 'Rest', 'the one for all leads'],
	])('%s', (_name, change, policy, words) => {
		const chosen = choosePolicy(routedLead(change), firm({ slaPolicies: policies }));
		expect(chosen.policy.name).toBe(policy);
		expect(chosen.because).toContain(words);
	});

	it('takes the shortest target when no conditions hold', () => {
		const chosen = choosePolicy(routedLead(), firm({ slaPolicies: [policies[1], policies[0]] }));
		expect(chosen).toMatchObject({ policy: { name: 'Hot' }, because: expect.stringContaining('shortest target') });
	});

	it('names a policy that is not there as an issue of the lead', () => {
		const chosen = choosePolicy(routedLead({ routing: { ...routing, slaPolicy: 'Gone' } }), firm());
		expect(chosen.policy.name).toBe('Standard');
		expect(chosen.issues).toMatchObject([{ code: 'SLA_POLICY_UNKNOWN' }]);
	});

	it('counts in the calendar of the policy, else of the team, else of the client', () => {
		const policy = { name: 'Rest', firstResponseMinutes: 60 };
		const american = routedLead({ routing: { ...routing, team: 'US Sales' } });
		expect(choosePolicy(american, firm({ slaPolicies: [{ ...policy, calendar: 'Office' }] })).calendar).toMatchObject({ name: 'Office', timeZone: 'Europe/London' });
		expect(choosePolicy(american, firm({ slaPolicies: [policy] })).calendar).toMatchObject({ name: 'New York', timeZone: 'America/New_York' });
		expect(choosePolicy(routedLead(), firm({ slaPolicies: [policy], defaultCalendar: 'New York' })).calendar.name).toBe('New York');
		expect(choosePolicy(routedLead(), firm({ slaPolicies: [policy] })).calendar.name).toBe('Office');
	});
});

describe('checkActivation', () => {
	const calendar = { ...officeHours(), timeZone: undefined };
	it.each([
		['accepts a whole firm', {}, []],
		['names a policy whose calendar is unknown', { slaPolicies: [{ name: 'Hot', firstResponseMinutes: 5, calendar: 'Moon' }] }, ['CALENDAR_UNKNOWN']],
		['names a team whose calendar is unknown', { teams: [{ name: 'UK', members: ['mia'], calendar: 'Moon' }] }, ['CALENDAR_UNKNOWN']],
		['names a calendar without hours', { calendars: [{ name: 'Office' }], teams: [] }, ['CALENDAR_WITHOUT_HOURS']],
		['accepts no hours when always open', { calendars: [{ name: 'Office', alwaysOpen: true }], teams: [] }, []],
		['names hours that are empty', { calendars: [{ name: 'Office', hours: { monday: ['09:00-09:00'] } }], teams: [] }, ['HOURS_NOT_READABLE']],
		['names hours after midnight', { calendars: [{ name: 'Office', hours: { monday: ['24:00-24:30'] } }], teams: [] }, ['HOURS_NOT_READABLE']],
		['names steps that share a name', { slaPolicies: [{ name: 'Hot', firstResponseMinutes: 5, escalation: [{ name: 'Tell', when: 'atRisk', notify: 'owner' }, { name: 'Tell', when: 'breached', notify: 'owner' }] }] }, ['STEP_NAME_TWICE']],
		['names a target that ten years do not hold', { calendars: [{ ...calendar, hours: { monday: ['09:00-09:30'] } }], teams: [], slaPolicies: [{ name: 'Slow', firstResponseMinutes: 500_000 }] }, ['TARGET_NEVER_REACHED']],
	])('%s', (_name, change, codes) => {
		const problems = checkActivation(firm(change), now);
		expect(problems.map(({ code }) => code)).toEqual(codes);
		for (const { message } of problems) expect(message.length).toBeLessThanOrEqual(80);
	});

	it('names an unknown time zone that came past the schema', () => {
		const settings = clientSettingsSchema.parse(firm());
		expect(checkActivation({ ...settings, timeZone: 'Europe/Atlantis' }, now).map(({ code }) => code)).toEqual(['TIME_ZONE_UNKNOWN']);
	});
});

describe('openClocks', () => {
	it('throws by name when ten years do not hold the target', () => {
		const settings = firm({ slaPolicies: [{ name: 'Slow', firstResponseMinutes: 500_000 }], calendars: [{ name: 'Office', hours: { monday: ['09:00-09:30'] } }], teams: [] });
		expect(() => openClocks(routedLead(), settings, { at: now, from: 'receivedAt' })).toThrow(expect.objectContaining({ code: 'TARGET_NEVER_REACHED' }));
	});
});
