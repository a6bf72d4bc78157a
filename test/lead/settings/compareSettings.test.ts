import fc from 'fast-check';
import { checkSettings } from '../../../nodes/lead/settings/checkSettings';
import type { ClientSettings } from '../../../nodes/lead/settings/clientSettings';
import { compareSettings } from '../../../nodes/lead/settings/compareSettings';
import { sampleSettings } from './settingsSample';

const sample = () => checkSettings(sampleSettings()).settings as ClientSettings;

function changes(change: (settings: ClientSettings) => void): string[] {
	const after = sample();
	change(after);
	return compareSettings(sample(), after).map((one) => one.change);
}

const rule = (name: string) => ({ ...sample().rules[0], name });

describe('compareSettings', () => {
	it.each<[string, (settings: ClientSettings) => void, string[]]>([
		['nothing', () => undefined, []],
		['time off that was added', ({ members }) => { members[0].timeOff.push({ from: '2026-12-24', to: '2027-01-02' }); }, ['Mia Example: time off 24 Dec 2026 to 2 Jan 2027 added']],
		['time off that was moved', ({ members }) => { members[0].timeOff = [{ from: '2026-12-02', to: '2026-12-02' }]; }, ['Mia Example: time off 2 Dec 2026 added', 'Mia Example: time off 1 Dec 2026 removed']],
		['a holiday', ({ calendars }) => { calendars[0].holidays.push('2027-01-01'); }, ['Calendar \'Office\': holiday 1 Jan 2027 added']],
		['hours of a day', ({ calendars }) => { calendars[0].hours.monday = []; calendars[0].hours.tuesday = ['09:00-12:00']; }, ['Calendar \'Office\': Monday from 09:00-12:00 and 13:00-17:30 to closed', 'Calendar \'Office\': Tuesday from closed to 09:00-12:00']],
		['hours of one date', ({ calendars }) => { calendars[0].overrides = []; }, ['Calendar \'Office\': hours of one day 24 Dec 2026 (09:00-12:00) removed']],
		['public holidays and a break', ({ calendars }) => { calendars[0].publicHolidays = ['GB-ENG']; calendars[0].breaks = [{ date: '2026-12-10', hours: ['12:00-14:00'] }]; }, ['Calendar \'Office\': public holiday GB-ENG added', 'Calendar \'Office\': break 10 Dec 2026 (12:00-14:00) added']],
		['a member who is no longer active', ({ members }) => { members[0].active = false; }, ['Mia Example: no longer active']],
		['a member\'s share of turns', ({ members }) => { members[0].weight = 3; }, ['Mia Example: weight from 1 to 3']],
		['a Slack ID that is new, and an address that is gone', ({ members }) => { members[0].slackId = 'U1'; members[0].email = null; }, ['Mia Example: email removed (was mia@example.com)', 'Mia Example: Slack ID set to U1']],
		['a new member, who is in a team now', ({ members, teams }) => { members.push({ ...members[0], id: 'ada', name: 'Ada Example' }); teams[0].members.push('ada'); }, ['Member Ada Example added', 'Team \'Sales North\': member Ada Example added']],
		['a member who left', ({ members, teams }) => { members.splice(0, 1); teams[0].members = ['tom']; }, ['Member Mia Example removed', 'Team \'Sales North\': member Mia Example removed']],
		['the order of a team', ({ teams }) => { teams[0].members.reverse(); }, ['Team \'Sales North\': order of members changed to Tom Example, Mia Example']],
		['members by name', (settings) => { settings.fallbackOwner = 'mia'; settings.stageOwners = { route: 'mia' }; settings.teams[0].manager = undefined; }, ['Fallback owner from Tom Example to Mia Example', 'Owner of route from Tom Example to Mia Example', 'Owner of first contact removed (was Mia Example)', 'Team \'Sales North\': manager removed (was Tom Example)']],
		['a rule\'s queue and condition', ({ rules }) => { rules[0].queue = 'South'; rules[0].conditions = [{ field: 'lead.country', operator: 'isOneOf', value: ['GB', 'IE'] }]; }, ['Rule 1 \'UK\': condition lead.country is one of GB, IE added', 'Rule 1 \'UK\': condition lead.country equals GB removed', 'Rule 1 \'UK\': queue from North to South']],
		['a rule that is new at the top', ({ rules }) => { rules.unshift(rule('Spam')); }, ['Rule 1 \'Spam\' added']],
		['a rule with another name', ({ rules }) => { rules[1].name = 'Very Hot'; }, ['Rule 2 \'Hot\' renamed to \'Very Hot\'']],
		['a policy\'s target and condition', ({ slaPolicies }) => { slaPolicies[0].firstResponseMinutes = 10; slaPolicies[0].appliesTo = { highIntent: true }; }, ['SLA policy \'Hot\': first response target (minutes) from 5 to 10', 'SLA policy \'Hot\': applies to high intent set to yes', 'SLA policy \'Hot\': applies to intents removed (was Request Demo)']],
		['an escalation step', ({ slaPolicies }) => { slaPolicies[0].escalation = [{ name: 'Late', when: 'breached', afterMinutes: 10, notify: 'manager' }]; }, ['SLA policy \'Hot\': escalation step Late (breached for 10 minutes: manager) added']],
		['mode and language', (settings) => { settings.mode = 'live'; settings.language = 'de'; settings.requiredSource = ['source']; }, ['Mode from test to live', 'Language from en to de', 'Required source part medium removed', 'Required source part campaign removed']],
		['a logo, which is too long to be told', (settings) => { settings.logo = 'data:image/png;base64,AAAA'; }, ['Logo added']],
	])('tells %s', (_what, change, told) => {
		expect(changes(change)).toEqual(told);
	});

	it('tells only the rule that moved', () => {
		const names = ['A', 'B', 'C', 'D', 'E'];
		const before = { ...sample(), rules: names.map(rule) };
		const after = { ...sample(), rules: ['E', 'A', 'B', 'C', 'D'].map(rule) };
		expect(compareSettings(before, after)).toEqual([{ part: 'Rules', change: 'Rule 1 \'E\' moved from 5 to 1', before: 5, after: 1 }]);
	});

	it('finds nothing between a version and itself, and something wherever JSON differs', () => {
		fc.assert(fc.property(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 2, max: 100 }), fc.array(fc.constantFrom('2026-01-01', '2026-02-01'), { maxLength: 3 }), (index, weight, dates) => {
			const after = sample();
			after.members[index].weight = weight;
			after.calendars[0].holidays = dates;
			expect(compareSettings(after, after)).toEqual([]);
			const found = compareSettings(sample(), after);
			expect(found.length).toBeGreaterThan(0);
			for (const { change } of found) expect(change).not.toMatch(/undefined|\[object|\.$/);
		}), { numRuns: 100 });
	});

	it('shows names as plain text', () => {
		expect(changes(({ members, teams }) => { members[0].name = '<!channel> @here'; teams[0].members = ['tom']; }).join()).not.toMatch(/[<@]/);
		expect(changes(({ members }) => { members[0].bookingUrl = 'https://evil.example/<b>'; })[0]).not.toContain('<b>');
	});
});
