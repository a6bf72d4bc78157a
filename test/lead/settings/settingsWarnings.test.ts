import { checkSettings } from '../../../nodes/lead/settings/checkSettings';
import type { ClientSettings } from '../../../nodes/lead/settings/clientSettings';
import { settingsWarnings } from '../../../nodes/lead/settings/settingsWarnings';

const fourDays = { monday: ['09:00-17:00'], tuesday: ['09:00-17:00'], wednesday: ['09:00-17:00'], thursday: ['09:00-17:00'] };
const weekday = { ...fourDays, friday: ['09:00-17:00'] };

/** Settings that warn of nothing on 25 November 2026. */
function quiet(): Record<string, unknown> & { teams: Record<string, unknown>[]; members: Record<string, unknown>[]; calendars: Record<string, unknown>[] } {
	return {
		name: 'Acme', timeZone: 'Europe/London', fallbackOwner: 'tom',
		calendars: [{ name: 'Office', hours: weekday, holidays: ['2026-12-25'] }, { name: 'Four Days', hours: fourDays, holidays: ['2026-12-25'] }],
		members: [{ id: 'mia', name: 'Mia', email: 'mia@example.com' }, { id: 'tom', name: 'Tom', slackId: 'U0TOM' }],
		teams: [{ name: 'Sales', manager: 'tom', members: ['mia'] }],
		rules: [{ name: 'UK', tier: 'hard', conditions: [{ field: 'lead.country', operator: 'equals', value: 'GB' }], queue: 'Sales' }],
		slaPolicies: [{ name: 'All', firstResponseMinutes: 15 }],
		stageOwners: { capture: 'tom', clean: 'tom', classify: 'tom', route: 'tom', activate: 'tom', firstContact: 'mia', accepted: 'mia' },
	};
}

function warn(change: (document: ReturnType<typeof quiet>) => void): string[] {
	const document = quiet();
	change(document);
	const { settings, problems } = checkSettings(document);
	expect(problems).toEqual([]);
	return settingsWarnings(settings as ClientSettings, '2026-11-25').map(({ message }) => message);
}

describe('settingsWarnings', () => {
	it.each<[string, (document: ReturnType<typeof quiet>) => void, string[]]>([
		['settings that leave nothing open', () => undefined, []],
		['a team without a manager', ({ teams }) => { delete teams[0].manager; }, ['Team \'Sales\' has no manager']],
		['a weekday on which nobody works', ({ members }) => { members[0].calendar = 'Four Days'; }, ['Nobody of team \'Sales\' works on Friday']],
		['nobody, when a second member works that day', ({ members, teams }) => { members[0].calendar = 'Four Days'; teams[0].members = ['mia', 'tom']; }, []],
		['a Sunday on which clocks run and nobody works', ({ calendars, members, teams }) => { calendars.push({ name: 'Always', alwaysOpen: true }); teams[0].calendar = 'Always'; members[0].calendar = 'Office'; }, ['Nobody of team \'Sales\' works on Saturday and Sunday']],
		['days on which all are away', ({ members }) => { members[0].timeOff = [{ from: '2026-12-24', to: '2027-01-02' }]; }, ['All of team \'Sales\' are away 24 Dec 2026 to 2 Jan 2027']],
		['two absences, the first one', ({ members }) => { members[0].timeOff = [{ from: '2026-12-01', to: '2026-12-01' }, { from: '2026-12-24', to: '2027-01-02' }]; }, ['All of team \'Sales\' are away 1 Dec 2026']],
		['an absence that is over, or far away', ({ members }) => { members[0].timeOff = [{ from: '2026-11-01', to: '2026-11-24' }, { from: '2027-06-01', to: '2027-06-10' }]; }, []],
		['a member whom no rule and no team knows', ({ members }) => { members.push({ id: 'ada', name: 'Ada', email: 'ada@example.com' }); }, ['\'Ada\' can get no lead']],
		['a calendar that knows past holidays only', ({ calendars }) => { calendars[0].holidays = ['2025-12-25']; }, ['Calendar \'Office\' knows no holiday after 25 Nov 2026']],
		['nothing, where a calendar keeps the holidays of a place', ({ calendars }) => { calendars[0].holidays = []; calendars[0].publicHolidays = ['GB-ENG']; }, []],
		['stages without an owner', (document) => { document.stageOwners = { route: 'tom' }; }, ['6 stages have no owner']],
		['a stage whose owner has left', ({ members, stageOwners }) => { members.push({ id: 'eve', name: 'Eve', email: 'eve@example.com', active: false }); (stageOwners as Record<string, string>).classify = 'eve'; }, ['The owner of a stage is not active']],
		['a queue that no team has', (document) => { (document.rules as Record<string, unknown>[])[0].queue = 'North'; }, ['Rule 1 gives a queue that no team has']],
		['a member whom no alert reaches', ({ members }) => { delete members[0].email; }, ['\'Mia\' can\'t be alerted']],
	])('warns of %s', (_what, change, messages) => {
		expect(warn(change)).toEqual(messages);
	});

	it('keeps every message short when the names are long', () => {
		const long = 'x'.repeat(120);
		const messages = warn((document) => {
			document.teams[0] = { name: long, members: ['mia'] };
			(document.rules as Record<string, unknown>[])[0].queue = long.slice(1);
			document.members.push({ id: long, name: long }, { id: 'b', name: long }, { id: 'c', name: long }, { id: 'd', name: long });
			document.calendars[0].name = long;
			document.calendars[0].holidays = [];
		});
		expect(messages.length).toBeGreaterThan(4);
		for (const message of messages) expect(message.length).toBeLessThanOrEqual(80);
	});
});
