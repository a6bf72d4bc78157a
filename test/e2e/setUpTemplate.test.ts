import { FormPages } from './formPages';
import { intakeOf, stranger, webhookPath } from './n8nUnderTest';
import { googleCredential, hostileText, token } from './standIns/firm';
import { SheetTabs } from './standIns/sheetTabs';
import { HandoffN8n, type PublishedTemplate } from './standIns/templateUnderTest';

const told = (page: string) => /<h1>[\s\S]*?<\/div>/.exec(page)?.[0] ?? page;

const sheet = new SheetTabs(token, 'sheet-1');
let n8n: HandoffN8n;
beforeAll(async () => { n8n = await HandoffN8n.start([sheet], googleCredential); }, 600_000);
afterAll(async () => { await n8n?.stop(); });
const saved = async (client = 'acme') => (await n8n.ask({ resource: 'client', operation: 'getSettings', client }))[0] as { version: number; settings: Record<string, unknown> };

/** The form as whoever sets up the first client meets it. */
describe('the template "Set up a client in a form" in a real n8n', () => {
	let form: FormPages;

	beforeAll(async () => {
		await n8n.useTemplate('set-up-a-client-in-a-form', {});
		form = await FormPages.ofOwner(n8n.n8n, 'lead-handoff-set-up');
	}, 60_000);

	const filled = { client: 'acme', name: 'Acme Services', timeZone: 'Europe/London', country: 'GB', publicHolidays: 'GB-ENG', hours: '09:00-12:30, 13:30-17:30', people: 'Mia Example, mia@example.com, U012AB3CD, 77\nTom Example, tom@example.com', minutes: '15', highMinutes: '5', known: 'Change nothing' };
	const send = async (change: Partial<typeof filled> = {}) => told(await form.send(...Object.values({ ...filled, ...change })));

	it('is opened with a login to n8n only', async () => {
		const stranger = await fetch(form.url);
		expect([stranger.url, (await fetch(form.url, { method: 'POST', body: new FormData() })).status]).toEqual([expect.stringMatching(/\/oauth\/consent|\/signin/), 401]);
	});

	it('sets up a client that leads can be routed by', async () => {
		const page = await send();
		expect(page).toMatch(/Set up[\s\S]*acme is saved as version 1, in test mode[\s\S]*Next: write acme/);
		// nothing is left to do that this form could have asked
		expect(page).not.toMatch(/Worth a look/);
		const { settings } = await saved();
		expect(settings).toMatchObject({
			name: 'Acme Services', mode: 'test', timeZone: 'Europe/London', defaultCountry: 'GB', fallbackOwner: (settings.members as { id: string }[])[0].id,
			calendars: [{ name: 'Office', hours: { monday: ['09:00-12:30', '13:30-17:30'] }, publicHolidays: ['GB-ENG'] }],
			members: [{ name: 'Mia Example', email: 'mia@example.com', slackId: 'U012AB3CD', crmId: '77' }, { name: 'Tom Example', email: 'tom@example.com' }],
			teams: [{ name: 'Sales' }],
			rules: [{ name: 'Everybody', tier: 'soft', queue: 'Sales' }],
			slaPolicies: [{ firstResponseMinutes: 5, appliesTo: { highIntent: true } }, { firstResponseMinutes: 15 }],
		});
	}, 60_000);

	it('shares out leads in turn', async () => {
		const intake = intakeOf('acme');
		await n8n.api.publish(await n8n.api.importTemplate(intake));
		const owners = [];
		for (const index of [0, 1]) {
			const answer = await fetch(`${n8n.n8n.url}/webhook/${webhookPath(intake)}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...stranger(index), message: 'Please send a quote.' }) });
			owners.push((await answer.json() as { routing: { owner: { name: string } } }).routing.owner.name);
		}
		expect(new Set(owners).size).toBe(2);
	}, 60_000);

	it('leaves a known client alone unless told, and then changes only what it asks', async () => {
		expect(await send({ name: 'Other' })).toContain('Nothing was changed');
		expect((await saved()).version).toBe(1);
		const { settings } = await saved();
		await n8n.setUpClient('acme', { ...settings, requiredFields: ['phone'] });
		expect(await send({ minutes: '30', known: 'Change what this form asks' })).toMatch(/Changed[\s\S]*version 3/);
		expect((await saved()).settings).toMatchObject({ requiredFields: ['phone'], slaPolicies: [{ firstResponseMinutes: 5 }, { firstResponseMinutes: 30 }] });
	}, 60_000);

	it('tells all that is wrong together, and saves nothing', async () => {
		const page = await send({ client: 'globex', timeZone: 'London', hours: 'nine to five', people: 'Nobody, not an address' });
		expect(page).toContain('Not saved');
		expect(page).toMatch(/Time Zone[\s\S]*Monday/i);
		expect(JSON.stringify(await n8n.ask({ resource: 'client', operation: 'listClients' }))).not.toContain('globex');
	}, 60_000);

	it('shows hostile text as text', async () => {
		const page = await send({ client: 'globex', name: hostileText, timeZone: '<img src=x onerror=alert(1)>' });
		expect(page).not.toMatch(/<script|<img/);
	}, 60_000);
});

/** As an operator has it: an empty sheet, four nodes to connect, a press after each change. */
describe('the template "Set up a client from a Google Sheet" in a real n8n', () => {
	let template: PublishedTemplate;
	beforeAll(async () => { template = await n8n.useTemplate('set-up-a-client-from-a-google-sheet', { client: 'sheety', sheet: 'https://docs.google.com/spreadsheets/d/sheet-1/edit#gid=0' }); }, 60_000);
	beforeEach(() => { sheet.comeBack(); });

	const press = async () => {
		const run = await n8n.api.runByHand(template.workflow, { trigger: 'Run After a Change' });
		return { said: n8n.tools.failureOf(run), outputs: template.outputs(run) };
	};
	const rowsOf = (tab: string) => sheet.tabs.get(tab)!;

	it('adds the tabs with headings and examples to an empty sheet', async () => {
		const { said, outputs } = await press();
		expect(said).toBeUndefined();
		expect(JSON.stringify(outputs['Show That Tabs Were Added'])).toContain('press again');
		expect([...sheet.tabs.keys()]).toEqual(['Sheet1', 'Client', 'Team', 'Calendars', 'Holidays', 'Time Off', 'SLA', 'Rules']);
		expect(sheet.refused).toEqual([]);
	}, 60_000);

	it('saves a client that leads can be routed by from the examples alone', async () => {
		sheet.failNext(429);
		const { said, outputs } = await press();
		expect(said).toBeUndefined();
		expect(outputs['Save Client Settings'][0].json).toMatchObject({ client: 'sheety', version: 1 });
		expect((await saved('sheety')).settings).toMatchObject({
			name: 'My business', mode: 'test', timeZone: 'Europe/London', calendars: [{ name: 'Office', hours: { friday: ['09:00-17:30'] } }],
			members: [{ name: 'Mia Example', email: 'mia@example.com' }], teams: [{ name: 'Sales' }], slaPolicies: [{ firstResponseMinutes: 5 }, { firstResponseMinutes: 15 }],
		});
	}, 60_000);

	it('takes changes and leaves tabs of your own alone', async () => {
		rowsOf('Team').push(['Ben Example', 'ben@example.com', 'Sales', '', '', '+44 7700 900123', '78']);
		rowsOf('Rules').push(['German firms', 'Germany', '', '', 'DACH', 'Sales']);
		sheet.tabs.set('Ideas', [['What'], ['Paint the office']]);
		const { said } = await press();
		expect(said).toBeUndefined();
		expect((await saved('sheety')).settings).toMatchObject({ members: [{ name: 'Mia Example' }, { name: 'Ben Example', phone: '+44 7700 900123', crmId: '78' }], rules: [{ name: 'German firms', queue: 'DACH', conditions: [{ field: 'lead.country', value: 'Germany' }] }] });
	}, 60_000);

	it('names every bad cell, and saves nothing', async () => {
		const { version } = await saved('sheety');
		rowsOf('Time Off').push(['Nobody Known', '24.12.2026', 'soon']);
		const { said } = await press();
		expect(said).toMatch(/Time Off, row 2/);
		expect((await saved('sheety')).version).toBe(version);
		rowsOf('Time Off').pop();
	}, 60_000);
});
