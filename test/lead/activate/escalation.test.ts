import fc from 'fast-check';
import { chooseWho, dueSteps, findPeople, labelLead, plainText, refreshPeople, sayAlert, stepTimes, usualSteps } from '../../../nodes/lead/activate/escalation';
import { openCalendar } from '../../../nodes/lead/activate/calendar';
import { firm, officeHours, routedLead } from './activateFixtures';

const at = (text: string) => Date.parse(text);
const calendar = openCalendar(officeHours());

describe('findPeople', () => {
	it('finds the owner, the manager of the team and the fallback owner', () => {
		expect(findPeople(routedLead(), firm())).toEqual({
			owner: { id: 'mia', name: 'Mia Stone', email: 'mia@acme.example', slackId: 'U0MIA', phone: null },
			manager: { id: 'noor', name: 'Noor Khan', email: 'noor@acme.example', slackId: 'U0NOOR', phone: null },
			fallbackOwner: { id: 'theo', name: 'Theo Park', email: 'theo@acme.example', slackId: null, phone: null },
		});
	});

	it('finds nobody where the settings name nobody', () => {
		expect(findPeople(routedLead({ routing: undefined }), firm({ fallbackOwner: 'gone' }))).toEqual({});
	});
});

describe('refreshPeople', () => {
	it('takes today\'s address and today\'s owner', () => {
		const people = findPeople(routedLead(), firm());
		const { members } = firm();
		members[1].email = 'noor.khan@acme.example';
		expect(refreshPeople(people, 'theo', members)).toMatchObject({ owner: { id: 'theo' }, manager: { email: 'noor.khan@acme.example' } });
	});

	it('keeps whom it knows when the settings no longer know them', () => {
		expect(refreshPeople(findPeople(routedLead(), firm()), 'mia', [])).toMatchObject({ owner: { id: 'mia' }, manager: { id: 'noor' } });
	});
});

describe('chooseWho', () => {
	const people = findPeople(routedLead(), firm());
	it.each([
		['tells the one asked for', 'manager', people, 'manager'],
		['tells the manager when there is no owner', 'owner', { manager: people.manager }, 'manager'],
		['tells the fallback owner when there is no manager', 'manager', { owner: people.owner, fallbackOwner: people.fallbackOwner }, 'fallbackOwner'],
		['tells the owner when there is nobody else', 'fallbackOwner', { owner: people.owner }, 'owner'],
	] as const)('%s', (_name, notify, known, as) => {
		expect(chooseWho(notify, known)?.as).toBe(as);
	});

	it('says that nobody is known', () => {
		expect(chooseWho('owner', {})).toBeNull();
	});
});

describe('dueSteps', () => {
	const times = stepTimes(firm().slaPolicies[1].escalation, calendar, { warnAt: at('2026-11-20T17:25:00Z'), breachAt: at('2026-11-20T17:30:00Z') }, []);
	const names = (status: 'running' | 'at_risk' | 'breached' | 'met', now: string, confirmed: string[] = []) =>
		dueSteps(times, status, at(now), confirmed).map(({ name }) => name);

	it('sends nothing while the clock runs or after it was met', () => {
		expect(names('running', '2026-11-20T17:26:00Z')).toEqual([]);
		expect(names('met', '2026-11-23T12:00:00Z')).toEqual([]);
	});

	it('sends the warning at risk, and not again once it is confirmed', () => {
		expect(names('at_risk', '2026-11-20T17:26:00Z')).toEqual(['Remind Owner']);
		expect(names('at_risk', '2026-11-20T17:26:00Z', ['Remind Owner'])).toEqual([]);
	});

	it('leaves a warning that was never sent once the clock is breached', () => {
		expect(names('breached', '2026-11-23T09:01:00Z')).toEqual(['Tell Manager']);
	});

	it('counts the minutes of a step in business time', () => {
		expect(names('breached', '2026-11-23T09:09:00Z')).toEqual(['Tell Manager']);
		expect(names('breached', '2026-11-23T09:10:00Z')).toEqual(['Tell Manager', 'Tell Fallback']);
	});

	it('gives a policy without steps a warning and a breach', () => {
		expect(stepTimes([], calendar, { warnAt: 0, breachAt: 1 }, []).map(({ step }) => step)).toEqual(usualSteps);
	});
});

describe('sayAlert', () => {
	const owner = { id: 'mia', name: 'Mia Stone', email: null, slackId: null, phone: null };
	const alert = { clock: 'First Response', lead: 'Jane Doe (Northwind Ltd)', dueAt: at('2026-11-23T09:15:00Z'), timeZone: 'Europe/London', owner };
	it('says what is at risk, until when and whose it is', () => {
		expect(sayAlert({ ...alert, status: 'at_risk', remainingMinutes: 4.5 }))
			.toBe('At risk: Jane Doe (Northwind Ltd) has no answer yet, 4.5 min left (due Mon 23 Nov 09:15 Europe/London). Owner: Mia Stone.');
	});

	it.each([[-119.5, '119.5 min'], [-120, '2 h'], [-401.2, '6 h 41 min']])('says %d min in hours when there are many', (remainingMinutes, words) => {
		expect(sayAlert({ ...alert, status: 'breached', remainingMinutes })).toContain(`${words} past the target`);
	});

	it('says by how much it is overdue, and that nobody owns it', () => {
		expect(sayAlert({ ...alert, owner: undefined, status: 'breached', remainingMinutes: -22.5 }))
			.toBe('Overdue: Jane Doe (Northwind Ltd) has no answer yet, 22.5 min past the target (was due Mon 23 Nov 09:15 Europe/London). No owner yet.');
	});
});

describe('hostile input', () => {
	it.each([
		['a mention of everyone', '<!channel> Jane', '!channel Jane'],
		['a link', '<https://evil.example|Click>', '(link) Click'],
		['markup', '*Jane* _Doe_ `x` ~y~', 'Jane Doe x y'],
		['an @here', '@here Jane', 'here Jane'],
		['line breaks and hidden characters', 'Jane\n\u202EDoe\u200B', 'Jane Doe'],
		['a very long name', 'J'.repeat(500), `${'J'.repeat(79)}…`],
	])('takes %s out of a name', (_name, given, plain) => {
		expect(plainText(given)).toBe(plain);
	});

	it('never lets markup into an alert, whatever was typed', () => {
		fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string(), (fullName, company) => {
			expect(labelLead(routedLead({ lead: { fullName, company } }))).not.toMatch(/[<>@*_`~|\r\n]|:\/\//);
		}));
	});

	it('names a lead without a name', () => {
		expect(labelLead(routedLead({ lead: { fullName: '***', email: 'jane@northwind.example' } }))).toBe('A lead without a name');
	});
});
