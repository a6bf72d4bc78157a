import { FormPages } from './formPages';
import { byHand, inARow, ours, readTemplate, setUpClient, startWithPackage, type Api, type RunningN8n, type Tools, type Workflow } from './n8nUnderTest';

const login = { user: 'team', password: 'only-for-this-test' };
const ledger = (parameters: Record<string, unknown>) => ({ name: 'Ledger', type: ours('handoffLedger'), parameters: { resource: 'client', client: 'demo', ...parameters } });
const settings = {
	name: 'Acme Services', timeZone: 'Europe/London', fallbackOwner: 'tom',
	calendars: [{ name: 'Always', alwaysOpen: true }],
	members: [{ id: 'mia', name: 'Mia Example', email: 'mia@example.com' }, { id: 'tom', name: 'Tom Example', email: 'tom@example.com' }],
	teams: [{ name: 'Sales', manager: 'tom', members: ['mia', 'tom'] }],
	slaPolicies: [{ name: 'First Response', firstResponseMinutes: 15 }],
};
const away = 'I will be away';
const back = 'I will be there after all';

interface Filled { email: string; change: string; firstDay: string; lastDay: string }
interface Saved { version: number; settings: { members: { id: string; timeOff: { from: string; to: string }[] }[] } }

/** The form as a rep meets it: a login, a page, a button, a page that answers. */
describe('the template "Record time off from a form" in a real n8n', () => {
	let tools: Tools;
	let n8n: RunningN8n;
	let api: Api;
	let lookUp: Workflow;
	let path: string;

	beforeAll(async () => {
		({ tools, n8n, api } = await startWithPackage());
		await setUpClient({ tools, api }, 'demo', settings);
		lookUp = await api.importTemplate(inARow('Look at settings', byHand, ledger({ operation: 'getSettings' })));

		// what the operator does after the import: one credential, chosen in the trigger
		const credential = await api.request('POST', '/rest/credentials', { name: 'Time off form', type: 'httpBasicAuth', data: login }) as { id: string; name: string };
		const template = await readTemplate('record-time-off-from-a-form');
		const trigger = template.nodes.find(({ name }) => name === 'Receive Time Off')!;
		trigger.credentials = { httpBasicAuth: { id: credential.id, name: credential.name } };
		({ path } = trigger.parameters.options as { path: string });
		await api.publish(await api.importTemplate(template));
	}, 600_000);

	afterAll(async () => { await n8n?.stop('SIGKILL'); });

	/** Sends the form and gives the text of the page that follows. */
	async function send({ email, change, firstDay, lastDay }: Filled): Promise<string> {
		return /<h1>[\s\S]*?<\/p>/.exec(await new FormPages(n8n, path, login).send(email, change, firstDay, lastDay))?.[0] ?? '';
	}

	async function current(): Promise<{ version: number; mia: { from: string; to: string }[] }> {
		const run = await api.runByHand(lookUp, { trigger: 'Run' });
		const { version, settings: kept } = tools.outputsOf(run).Ledger[0].json as unknown as Saved;
		return { version, mia: kept.members.find(({ id }) => id === 'mia')?.timeOff ?? [] };
	}

	it('shows the form only behind its login', async () => {
		const form = new FormPages(n8n, path, login);
		expect((await fetch(form.url)).status).toBe(401);
		const page = await form.open();
		expect([page.status, (await page.text()).includes('Time off')]).toEqual([200, true]);
	});

	it('saves the days, says so, and takes them back', async () => {
		const days = { email: 'mia@example.com', firstDay: '2031-03-10', lastDay: '2031-03-14' };
		expect(await send({ email: days.email, change: away, firstDay: days.firstDay, lastDay: days.lastDay })).toMatch(/Saved[\s\S]*Mia Example: time off .*added/);
		expect(await current()).toEqual({ version: 2, mia: [{ from: '2031-03-10', to: '2031-03-14' }] });

		expect(await send({ email: days.email, change: away, firstDay: days.firstDay, lastDay: days.lastDay })).toContain('This was saved before');
		expect((await current()).version).toBe(2);

		expect(await send({ email: days.email, change: back, firstDay: days.firstDay, lastDay: days.lastDay })).toMatch(/Saved[\s\S]*removed/);
		expect(await current()).toEqual({ version: 3, mia: [] });
	}, 120_000);

	it('takes an empty last day as one day', async () => {
		await send({ email: 'mia@example.com', change: away, firstDay: '2031-04-01', lastDay: '' });
		expect((await current()).mia).toEqual([{ from: '2031-04-01', to: '2031-04-01' }]);
	}, 60_000);

	it.each<[string, Filled, string]>([
		['a stranger', { email: 'nobody@example.com', change: away, firstDay: '2031-05-01', lastDay: '' }, 'a member'],
		['a last day before the first', { email: 'mia@example.com', change: away, firstDay: '2031-05-09', lastDay: '2031-05-01' }, ''],
		['days that were never entered', { email: 'mia@example.com', change: back, firstDay: '2031-06-01', lastDay: '' }, 'time off that is there'],
		['a hostile address', { email: '<script>alert(1)</script><img src=x onerror=alert(1)>', change: away, firstDay: '2031-05-01', lastDay: '' }, ''],
	])('changes nothing and says why for %s', async (_, filled, reason) => {
		const before = await current();
		const page = await send(filled);
		expect(page).toContain('Not saved');
		expect(page).toContain(reason);
		expect(page).toContain('Nothing was changed');
		expect(page).not.toMatch(/<script|<img/i);
		expect(await current()).toEqual(before);
	}, 60_000);

	it('loses none of ten forms sent at once', async () => {
		const days = Array.from({ length: 10 }, (_, index) => `2032-01-${String(index + 10)}`);
		await Promise.all(days.map((firstDay) => send({ email: 'mia@example.com', change: away, firstDay, lastDay: '' })));
		expect((await current()).mia.map(({ from }) => from)).toEqual(expect.arrayContaining(days));
	}, 120_000);
});
