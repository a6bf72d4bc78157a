import fc from 'fast-check';
import { elapsedBetween } from '../../../nodes/lead/activate/businessTime';
import { openCalendar } from '../../../nodes/lead/activate/calendar';
import { explainLead, sayDuration, type LeadWay } from '../../../nodes/lead/measure/explainLead';
import { officeHours } from '../activate/activateFixtures';

const calendar = openCalendar(officeHours());
const options = { now: Date.parse('2026-11-23T12:00:00Z'), timeZone: 'Europe/London', openBetween: (from: number, to: number) => elapsedBetween(calendar, from, to) };

function way(change: Partial<LeadWay> = {}): LeadWay {
	return {
		lead: 'Jane Doe of Northwind Ltd', formTool: 'typeform', source: 'google / autumn', submittedAt: '2026-11-20T18:29:50.000Z', receivedAt: '2026-11-20T18:30:00.000Z',
		activatedAt: '2026-11-20T18:30:04.000Z', crmAt: '2026-11-20T18:30:09.000Z', queue: 'UK', because: ['"UK": country is United Kingdom', 'next turn in team UK'],
		owners: [{ name: 'Mia Stone', since: '2026-11-20T18:30:00.000Z' }],
		clock: { status: 'met', dueAt: '2026-11-23T09:15:00.000Z', respondedAt: '2026-11-23T09:12:00.000Z', respondedBy: 'Mia Stone' },
		...change,
	};
}

describe('explainLead', () => {
	it('says why this owner and where the time went', () => {
		expect(explainLead(way(), options).text).toBe(
			'Jane Doe of Northwind Ltd came in on Fri 20 Nov 18:30 through typeform (google / autumn). Mia Stone has it in queue UK because "UK": country is United Kingdom; next turn in team UK. '
			+ 'It was first answered on Mon 23 Nov 09:12 by Mia Stone, in time (due Mon 23 Nov 09:15). '
			+ 'Of 62 h 42 min in all, the form tool took 10 s, n8n 4 s, the CRM 5 s, 62 h 30 min were outside working hours and 12 min of working time passed with Mia Stone.',
		);
	});

	it('tells the working time of each owner apart', () => {
		const { text, wait } = explainLead(way({
			owners: [{ name: 'Mia Stone', since: '2026-11-20T18:30:00.000Z' }, { name: 'Ben Ward', since: '2026-11-23T09:15:00.000Z', because: 'next turn in team UK' }],
			clock: { status: 'met_late', dueAt: '2026-11-23T09:15:00.000Z', respondedAt: '2026-11-23T10:00:00.000Z', respondedBy: null },
		}), options);
		expect(wait.parts.filter(({ part }) => part === 'owner')).toEqual([
			{ part: 'owner', owner: 'Mia Stone', minutes: 15, words: '15 min of working time passed with Mia Stone' },
			{ part: 'owner', owner: 'Ben Ward', minutes: 45, words: '45 min of working time passed with Ben Ward' },
		]);
		expect(text).toContain('Ben Ward has it in queue UK');
		expect(text).toContain('It went to Ben Ward on Mon 23 Nov 09:15: next turn in team UK. It was first answered on Mon 23 Nov 10:00, late (due Mon 23 Nov 09:15).');
	});

	it.each<[string, Partial<LeadWay>, string]>([
		['nobody answered and it is late', { clock: { status: 'breached', dueAt: '2026-11-23T09:15:00.000Z', respondedAt: null, respondedBy: null } }, 'It is not answered yet, and late (due Mon 23 Nov 09:15)'],
		['there is time left', { clock: { status: 'running', dueAt: '2026-11-23T14:00:00.000Z', respondedAt: null, respondedBy: null } }, 'It is not answered yet, and still in time'],
		['the clock stands still', { clock: { status: 'paused', dueAt: '2026-11-23T09:15:00.000Z', respondedAt: null, respondedBy: null } }, 'its clock stands still'],
		['nobody has it', { owners: [], clock: { status: 'breached', dueAt: '2026-11-23T09:15:00.000Z', respondedAt: null, respondedBy: null } }, 'Nobody has it yet'],
		['no clock runs', { clock: undefined }, 'No clock runs for it'],
		['nothing is known of form and source', { formTool: null, source: null, submittedAt: undefined }, 'came in on Fri 20 Nov 18:30. Mia'],
		['a name is a mention with a link', { lead: '<!channel> see https://evil.example' }, '!channel see (link) came in'],
	])('when %s', (_name, change, words) => {
		const { text } = explainLead(way(change), options);
		expect(text).toContain(words);
		expect(text).not.toMatch(/[<>\n]|https?:/);
	});

	it('splits any wait into parts that add up to it', () => {
		const moment = fc.integer({ min: Date.parse('2026-11-16T00:00:00Z'), max: Date.parse('2026-11-27T00:00:00Z') }).map((at) => new Date(at).toISOString());
		const maybe = fc.option(moment, { nil: undefined });
		fc.assert(fc.property(moment, maybe, maybe, maybe, fc.option(moment), fc.array(moment, { maxLength: 4 }), (receivedAt, submittedAt, activatedAt, crmAt, respondedAt, handovers) => {
			const owners = [receivedAt, ...handovers.filter((at) => at > receivedAt).sort()].map((since, index) => ({ name: `Owner ${index}`, since }));
			const { wait } = explainLead(way({ receivedAt, submittedAt, activatedAt, crmAt, owners, clock: { status: 'met', dueAt: receivedAt, respondedAt, respondedBy: null } }), options);
			const sum = wait.parts.reduce((total, { minutes }) => total + minutes, 0);
			// each part is rounded to a tenth of a minute, and parts under a second are left out
			expect(Math.abs(sum - wait.minutes)).toBeLessThanOrEqual(0.1 * (wait.parts.length + 4));
			for (const { minutes } of wait.parts) expect(minutes).toBeGreaterThanOrEqual(0);
		}));
	});
});

describe('sayDuration', () => {
	it.each([[0, '0 s'], [0.2, '12 s'], [4.5, '4.5 min'], [59.4, '59 min'], [130, '2 h 10 min'], [120, '2 h'], [4320, '72 h'], [7200, '5 d'], [7320, '5 d 2 h']])('says %p minutes as %s', (minutes, words) => {
		expect(sayDuration(minutes)).toBe(words);
	});
});
