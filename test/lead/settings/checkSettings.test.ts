import fc from 'fast-check';
import { checkSettings } from '../../../nodes/lead/settings/checkSettings';
import { sampleSettings } from './settingsSample';

/** The sample with one place changed, e.g. `teams.0.members`. */
function sampleWith(path: string, value: unknown): unknown {
	const document = sampleSettings();
	const parts = path.split('.');
	const last = parts.pop() as string;
	let here: Record<string, unknown> = document;
	for (const part of parts) here = here[part] as Record<string, unknown>;
	if (value === undefined) delete here[last];
	else here[last] = value;
	return document;
}

const messages = (document: unknown) => checkSettings(document).problems.map(({ message }) => message);

describe('checkSettings', () => {
	it('gives the settings with their defaults when nothing is wrong', () => {
		const { settings, problems } = checkSettings(sampleSettings());
		expect(problems).toEqual([]);
		expect(settings).toMatchObject({ mode: 'test', fallbackQueue: 'Unrouted', retentionDays: 365, members: [{ weight: 1, active: true }, {}] });
	});

	it.each<[string, string, unknown, string]>([
		['an unknown member in a team', 'teams.0.members', ['mia', 'eve'], 'Team \'Sales North\' names an unknown member \'eve\''],
		['a member twice in a team', 'teams.0.members', ['mia', 'mia'], 'Team \'Sales North\' holds member \'mia\' twice'],
		['an unknown manager', 'teams.0.manager', 'eve', 'Team \'Sales North\' names an unknown manager \'eve\''],
		['an unknown calendar of a team', 'teams.0.calendar', 'Night', 'Team \'Sales North\' names an unknown calendar \'Night\''],
		['an unknown calendar of a policy', 'slaPolicies.0.calendar', 'Night', 'SLA policy \'Hot\' names an unknown calendar \'Night\''],
		['an unknown default calendar', 'defaultCalendar', 'Night', 'The default names an unknown calendar \'Night\''],
		['an unknown team in a rule', 'rules.0.team', 'South', 'Rule 1 names an unknown team \'South\''],
		['an unknown owner in a rule', 'rules.1.owner', 'eve', 'Rule 2 names an unknown member \'eve\''],
		['an unknown policy in a rule', 'rules.0.slaPolicy', 'Cold', 'Rule 1 names an unknown SLA policy \'Cold\''],
		['an unknown intent in a policy', 'slaPolicies.0.appliesTo.intents', ['Demo'], 'SLA policy \'Hot\' names an unknown intent \'Demo\''],
		['an unknown fallback owner', 'fallbackOwner', 'eve', 'The fallback owner names an unknown member \'eve\''],
		['an inactive fallback owner', 'members.1.active', false, 'The fallback owner \'tom\' is not active'],
		['an unknown stage owner', 'stageOwners.route', 'eve', 'The owner of route names an unknown member \'eve\''],
		['two members with one id', 'members.2', { id: 'MIA', name: 'Mia Two' }, 'Two members are called \'mia\''],
		['two calendars with one name', 'calendars.2', { name: 'office', alwaysOpen: true }, 'Two calendars are called \'Office\''],
		['two rules with one name', 'rules.1.name', 'UK', 'Rules 1 and 2 have one name'],
		['two policies with one name', 'slaPolicies.1.name', 'Hot', 'Two SLA policies are called \'Hot\''],
		['a calendar without hours', 'calendars.0.hours', {}, 'Calendar \'Office\' has no hours'],
		['a span that is empty', 'calendars.0.hours.monday', ['09:00-09:00'], 'Calendar \'Office\': the span 09:00-09:00 is empty'],
		['a span after the end of the day', 'calendars.0.hours.monday', ['09:00-24:30'], 'Calendar \'Office\': the span 09:00-24:30 ends at no time of day'],
		['a span that starts at the end of the day', 'calendars.0.hours.monday', ['24:00-06:00'], 'Calendar \'Office\': the span 24:00-06:00 starts after the day'],
		['a holiday that does not exist', 'calendars.0.holidays', ['2026-02-30'], 'Calendar \'Office\': there is no 2026-02-30'],
		['time off that ends before it begins', 'members.0.timeOff', [{ from: '2026-12-24', to: '2026-12-20' }], 'Member \'mia\': time off 2026-12-24 to 2026-12-20 is backwards'],
		['a hard rule on what AI said', 'rules.1.tier', 'hard', 'Rule 2 is a hard rule but reads what AI said'],
		['a rule without a queue', 'rules.1.continue', false, 'Rule 2 has no queue'],
		['no policy for every lead', 'slaPolicies.1.appliesTo', { highIntent: false }, 'Every SLA policy has conditions, so a lead could be without a clock'],
		['a warning before the start', 'slaPolicies.0.warnMinutesBefore', 6, 'SLA policy \'Hot\' warns before its clock starts'],
		['a time zone that nobody knows', 'timeZone', 'Europe/Londn', 'timeZone: a time zone such as Europe/London'],
		['a word that is no setting', 'calender', {}, 'The settings have no \'calender\''],
		['a key that a member has not', 'members.0.hours', '09:00-17:00', 'Member 1 \'Mia Example\' has no \'hours\''],
		['an unknown calendar of a member', 'members.0.calendar', 'Night', 'Member \'Mia Example\' names an unknown calendar \'Night\''],
		['a time zone of a member that nobody knows', 'members.0.timeZone', 'Mars/Base', 'Member 1 \'Mia Example\', timeZone: a time zone such as Europe/London'],
		['a recipient of reports that is neither an address nor a channel', 'reportRecipients', ['mia'], 'reportRecipients 1: an address such as mia@example.com, or a Slack channel such…'],
		['a logo without encryption', 'logo', 'http://acme.example/logo.png', 'logo: an https address, or a PNG, JPEG, GIF or WebP picture as a data URI of at…'],
		['a logo with a key in its address', 'logo', 'https://key:secret@acme.example/logo.png', 'logo: an https address, or a PNG, JPEG, GIF or WebP picture as a data URI of at…'],
		['a logo that can hold a script', 'logo', 'data:image/svg+xml;base64,PHN2Zz4=', 'logo: an https address, or a PNG, JPEG, GIF or WebP picture as a data URI of at…'],
		['a logo that is too large', 'logo', `data:image/png;base64,${'A'.repeat(100_000)}`, 'logo: an https address, or a PNG, JPEG, GIF or WebP picture as a data URI of at…'],
		['a day that is no weekday', 'calendars.0.hours.tusday', ['09:00-17:00'], 'Calendar 1 \'Office\', hours: \'tusday\' is not a weekday'],
		['a stage that nobody knows', 'stageOwners.routing', 'mia', 'stageOwners: \'routing\' is not a stage'],
		['a team of a wrong shape', 'teams.0.members', 'mia', 'Team 1 \'Sales North\', members: expected array, received string'],
	])('names %s', (_what, path, value, message) => {
		expect(messages(sampleWith(path, value))).toEqual([message]);
	});

	it.each<[string, string, unknown]>([
		['a policy for the ready intents, which are not in the document', 'intents', undefined],
		['no teams and no rules', 'teams', undefined],
		['a member with hours and a zone of its own', 'members.0', { id: 'mia', name: 'Mia Example', calendar: 'Always', timeZone: 'America/New_York' }],
		['a logo by address', 'logo', 'https://acme.example/logo.png'],
		['a logo in the document', 'logo', 'data:image/png;base64,iVBORw0KGgo='],
		['recipients of each kind', 'reportRecipients', ['mia@example.com', '#leads', 'C0123ABCD']],
		['hours over midnight and up to midnight', 'calendars.0.hours.monday', ['22:00-06:00', '18:00-24:00']],
	])('accepts %s', (_what, path, value) => {
		const document = sampleWith(path, value) as Record<string, unknown>;
		if (path === 'teams') document.rules = [];
		expect(messages(document)).toEqual([]);
	});

	it('tells what is wrong with shapes and names together', () => {
		const document = sampleWith('members.0.email', 7) as Record<string, unknown>;
		document.fallbackOwner = 'eve';
		expect(messages(document)).toEqual([
			'Member 1 \'Mia Example\', email: expected string, received number',
			'The fallback owner names an unknown member \'eve\'',
		]);
	});

	// a member whose entry is broken is still there: the team that names it is not wrong
	it('does not call a member unknown because its own entry is wrong', () => {
		expect(messages(sampleWith('members.0.weight', 0))).toHaveLength(1);
	});

	it.each([null, undefined, 7, '7', [], () => 1])('says that %p is not an object', (document) => {
		expect(checkSettings(document)).toMatchObject({ problems: [{ code: 'SETTINGS_INVALID' }] });
	});
});

describe('settings as JSON text', () => {
	it('are read', () => {
		expect(checkSettings(JSON.stringify(sampleSettings())).problems).toEqual([]);
	});

	it('are named by the place of the fault, without quoting them', () => {
		const [problem] = checkSettings('{\n  "members": [{ "email": "mia@example.com" }],,\n}').problems;
		expect(problem).toMatchObject({ code: 'SETTINGS_NOT_JSON', message: 'The settings are not JSON (line 2 column 47)' });
		expect(JSON.stringify(problem)).not.toContain('mia');
	});
});

describe('hostile input', () => {
	it('never throws, and keeps every message short and without a full stop', () => {
		fc.assert(fc.property(fc.constantFrom(...Object.keys(sampleSettings()), '__proto__', 'constructor'), fc.anything(), (key, value) => {
			const document = { ...sampleSettings() };
			Object.defineProperty(document, key, { value, enumerable: true, configurable: true });
			const { settings, problems } = checkSettings(document);
			expect(settings === undefined).toBe(problems.length > 0);
			for (const { message, code } of problems) {
				expect(message.length).toBeLessThanOrEqual(80);
				expect(message).not.toMatch(/\.$/);
				expect(code).toMatch(/^[A-Z_]+$/);
			}
		}), { numRuns: 500 });
	});

	it('keeps a message short when the names are long', () => {
		const long = 'x'.repeat(120);
		const document = sampleWith('teams', [{ name: long, members: [`${long}`.slice(1)], manager: long, calendar: long }]) as Record<string, unknown>;
		document.members = [{ id: long, name: long, timeOff: [{ from: '2026-12-24', to: '2026-12-20' }] }];
		const found = messages(document);
		expect(found.length).toBeGreaterThan(4);
		for (const message of found) expect(message.length).toBeLessThanOrEqual(80);
	});
});
