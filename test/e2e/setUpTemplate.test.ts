import { FormPages } from './formPages';
import { hostileText } from './standIns/firm';
import { HandoffN8n } from './standIns/templateUnderTest';

const login = { user: 'team', password: 'only-for-this-test' };
const told = (page: string) => /<h1>[\s\S]*?<\/div>/.exec(page)?.[0] ?? page;

/** The form as whoever sets up the first client meets it. */
describe('the template "Set up a client in a form" in a real n8n', () => {
	let n8n: HandoffN8n;
	let form: FormPages;

	beforeAll(async () => {
		n8n = await HandoffN8n.start([], { httpBasicAuth: login });
		await n8n.useTemplate('set-up-a-client-in-a-form', {});
		form = new FormPages(n8n.n8n, 'lead-handoff-set-up', login);
	}, 600_000);

	afterAll(async () => { await n8n?.stop(); });

	const filled = { client: 'acme', name: 'Acme Services', timeZone: 'Europe/London', country: 'GB', publicHolidays: 'GB-ENG', hours: '09:00-12:30, 13:30-17:30', people: 'Mia Example, mia@example.com, U012AB3CD, 77\nTom Example, tom@example.com', minutes: '15', highMinutes: '5', known: 'Change nothing' };
	const send = async (change: Partial<typeof filled> = {}) => told(await form.send(...Object.values({ ...filled, ...change })));
	const saved = async (client = 'acme') => (await n8n.ask({ resource: 'client', operation: 'getSettings', client }))[0] as { version: number; settings: Record<string, unknown> };

	it('is opened with a login only', async () => {
		expect((await fetch(form.url)).status).toBe(401);
	});

	it('sets up a client that leads can be routed by', async () => {
		const page = await send();
		expect(page).toMatch(/Set up[\s\S]*acme is saved as version 1, in test mode/);
		const { settings } = await saved();
		expect(settings).toMatchObject({
			name: 'Acme Services', mode: 'test', timeZone: 'Europe/London', defaultCountry: 'GB', fallbackOwner: (settings.members as { id: string }[])[0].id,
			calendars: [{ name: 'Office', hours: { monday: ['09:00-12:30', '13:30-17:30'] }, publicHolidays: ['GB-ENG'] }],
			members: [{ name: 'Mia Example', email: 'mia@example.com', slackId: 'U012AB3CD', crmId: '77' }, { name: 'Tom Example', email: 'tom@example.com' }],
			teams: [{ name: 'Sales' }],
			slaPolicies: [{ firstResponseMinutes: 5, appliesTo: { highIntent: true } }, { firstResponseMinutes: 15 }],
		});
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
