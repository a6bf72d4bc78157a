import type { Browser } from 'playwright-core';
import { messyExport } from '../support/messyExport';
import { FormPages } from './formPages';
import { inARow, intakeOf, setUpClient, stranger, webhookPath } from './n8nUnderTest';
import { lookAtPage } from './lookAt';
import type { Story } from './standIns/agency';
import { firmSettings, hostileText, token } from './standIns/firm';
import { Hubspot } from './standIns/hubspot';
import { Pipedrive } from './standIns/pipedrive';
import { Salesforce } from './standIns/salesforce';
import { HandoffN8n } from './standIns/templateUnderTest';

const told = (page: string) => /<h1>[\s\S]*?<\/p>/.exec(page)?.[0] ?? page;
/** Files that the last page hands to the browser. */
const filesIn = (page: string) => (JSON.parse(decodeURIComponent(/JSON\.parse\(decodeURIComponent\("([^"]*)"/.exec(page)?.[1] ?? '[]')) as { fileName: string; data: { data: number[] } }[])
	.map(({ fileName, data }) => ({ fileName, text: Buffer.from(data.data).toString() }));

const [hubspot, pipedrive, salesforce] = [new Hubspot(token, ['77', '78']), new Pipedrive(token, [77, 78]), new Salesforce(token, ['77', '78'])];
const salesforceUrl = 'https://acme.my.salesforce.com/';
const now = () => new Date().toISOString();

/** Templates that an operator runs beside the live flow, each as it is met: imported, a login entered, published. */
describe('the tools beside the handoff in a real n8n', () => {
	let n8n: HandoffN8n;
	let browser: Browser;

	beforeAll(async () => {
		n8n = await HandoffN8n.start([hubspot, pipedrive, salesforce], {
			hubspotAppToken: { appToken: token }, pipedriveApi: { apiToken: token },
			salesforceOAuth2Api: { clientId: 'id', clientSecret: 'secret', oauthTokenData: { access_token: token, refresh_token: 'again', token_type: 'Bearer' } },
		});
		await n8n.setUpClient('acme', firmSettings());
		await n8n.api.publish(await n8n.api.importTemplate(intake));
		for (const index of [0, 1, 2, 3]) await send(index, { country: index % 2 === 0 ? 'Germany' : 'Ireland', message: index === 0 ? hostileText : 'Please send a quote.' });
		({ browser } = await n8n.tools.openBrowser({ width: 1280, height: 900 }));
	}, 600_000);

	const intake = intakeOf('acme');
	async function send(index: number, more: object): Promise<void> {
		const answer = await fetch(`${n8n.n8n.url}/webhook/${webhookPath(intake)}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...stranger(index), ...more }) });
		expect(answer.status).toBe(200);
	}

	afterAll(async () => {
		await browser?.close();
		await n8n?.stop();
	});

	describe('Show where your last leads leaked', () => {
		let form: FormPages;
		beforeAll(async () => {
			await n8n.useTemplate('show-where-your-last-leads-leaked', {});
			form = await FormPages.ofOwner(n8n.n8n, 'lead-handoff-audit');
		}, 60_000);

		it('is opened with a login to n8n only', async () => {
			expect((await fetch(form.url, { method: 'POST', body: new FormData() })).status).toBe(401);
		});

		it('gives the page of a messy export, with what to do first', async () => {
			const { csv } = messyExport(280, 3);
			const page = await form.send('Muster & <b>Söhne</b>', { content: csv, name: 'export.csv' });
			expect(told(page)).toMatch(/Measured[\s\S]*280 leads were measured/);
			const [{ fileName, text: html }] = filesIn(page);
			expect(fileName).toMatch(/^audit-.*\.html$/);
			expect(html).toContain('Muster &amp; &lt;b&gt;Söhne');
			await lookAtPage(browser, html, 'audit-template');
		}, 60_000);

		it('says why a file can\'t be measured', async () => {
			expect(told(await form.send('Muster', { content: Buffer.from('just some words\nand nothing else'), name: 'export.csv' }))).toMatch(/Measured[\s\S]*0 leads|Not measured/);
		}, 60_000);
	});

	describe('Erase or export a person on request', () => {
		let form: FormPages;
		beforeAll(async () => {
			await n8n.useTemplate('erase-or-export-a-person-on-request', { client: 'acme' });
			form = await FormPages.ofOwner(n8n.n8n, 'lead-handoff-person');
		}, 60_000);

		const leadsOf = async (index: number) => await n8n.ask({ resource: 'lead', operation: 'listLeads', client: 'acme', search: stranger(index).email, returnAll: true });

		it('hands out one file with what is kept', async () => {
			const page = await form.send(stranger(1).email, 'See everything that is kept');
			expect(told(page)).toContain('Here it is');
			const [{ fileName, text }] = filesIn(page);
			expect(fileName).toBe('person.json');
			expect(JSON.parse(text)).toMatchObject([{ found: true, owner: { id: 'mia' } }]);
			expect(text).toContain(stranger(1).email);
		}, 60_000);

		it('says so when nobody is known', async () => {
			expect(told(await form.send('nobody@stranger.example', 'See everything that is kept'))).toContain('Nobody is known');
		}, 60_000);

		it('erases nothing without a second look', async () => {
			const page = await form.send(stranger(2).email, 'Be erased');
			expect(page).toMatch(/1 leads? with 1 enquir/);
			expect(told(await form.goOn('', 'yes please'))).toContain('Nothing was erased');
			expect(await leadsOf(2)).toHaveLength(1);
		}, 60_000);

		it('erases for good, and tells what lies elsewhere', async () => {
			await form.send(stranger(2).email, 'Be erased');
			const page = told(await form.goOn('', 'ERASE'));
			expect(page).toMatch(/Erased[\s\S]*1 leads? with 1 enquir[\s\S]*slack: /);
			expect(await leadsOf(2)).toEqual([]);
			expect(await leadsOf(3)).toHaveLength(1);
		}, 60_000);

		it('runs nothing of a hostile lead', async () => {
			const page = await form.send(stranger(0).email, 'Be erased');
			expect(page).not.toMatch(/<script>alert|evil\.example\/x/);
		}, 60_000);
	});

	describe('Show what other rules would do', () => {
		it('tells the rules\' faults, the share per owner and who would change', async () => {
			const rules = [{ name: 'Germany', tier: 'hard', conditions: [{ field: 'lead.country', operator: 'equals', value: 'DE' }], queue: 'Sales', owner: 'tom' }];
			const everybody = (firmSettings() as { rules: object[] }).rules;
			await setUpClient(n8n, 'acme', firmSettings({ rules: [...rules, ...everybody, { ...rules[0], name: 'Germany again' }] }));
			const template = await n8n.useTemplate('show-what-other-rules-would-do', { client: 'acme' });
			const run = await n8n.api.runByHand(template.workflow, { trigger: 'Run Before a Change' });
			expect(n8n.tools.failureOf(run)).toBeUndefined();
			const outputs = template.outputs(run);
			expect(JSON.stringify(outputs['Check Rules of Client'])).toContain('Germany again');
			expect(outputs['Show Share of Each Owner'].length).toBeGreaterThan(2);
			expect(JSON.stringify(outputs['Show Changed Leads'])).toContain('Tom Example');
		}, 60_000);
	});

	/** More rows than a vendor gives at once, and what matters on the last page. */
	describe('what comes back from a CRM after an import', () => {
		const storyOf = async (index: number) => (await n8n.ask({ resource: 'lead', operation: 'getLead', client: 'acme', findBy: 'email', email: stranger(index).email }))[0] as unknown as Story;
		/** A lead that the CRM knows by this ID. */
		async function lead(index: number, inSystem: string, idInSystem: string): Promise<void> {
			await send(index, { message: 'Please send a quote.' });
			await n8n.ask({ resource: 'lead', operation: 'setExternalId', client: 'acme', findBy: 'email', email: stranger(index).email, inSystem, idInSystem });
		}
		async function readBack(crm: string, config: Record<string, string> = {}): Promise<void> {
			const template = await n8n.useTemplate(`record-what-happens-to-leads-in-${crm.toLowerCase()}`, { client: 'acme', ...config });
			for (let times = 0; times < 2; times++) expect(n8n.tools.failureOf(await n8n.api.runByHand(template.workflow, { trigger: `Watch ${crm}` }))).toBeUndefined();
		}

		it('HubSpot: reads the last page, and a deal closes the leads of all its contacts, its amount once', async () => {
			for (let index = 0; index < 200; index++) hubspot.add('contacts', { firstname: `Import ${index}` });
			const [unknown, first, second] = [hubspot.add('contacts', {}), hubspot.add('contacts', {}), hubspot.add('contacts', {})];
			await lead(4, 'hubspot', first.id);
			await lead(5, 'hubspot', second.id);
			hubspot.change(first, 'contacts', { hubspot_owner_id: '78', notes_last_contacted: now() });
			hubspot.add('deals', { hs_is_closed: 'true', hs_is_closed_won: 'true', amount: '9000', deal_currency_code: 'GBP' }, [unknown.id, first.id, second.id]);
			await readBack('HubSpot');
			const stories = [await storyOf(4), await storyOf(5)];
			expect(stories).toMatchObject([{ owner: { id: 'tom' }, clock: { status: 'met' }, status: 'closed' }, { owner: { id: 'mia' }, status: 'closed' }]);
			const won = stories.flatMap(({ events }) => events.filter(({ type }) => type === 'won'));
			expect(won.map(({ detail }) => detail.amount ?? 0)).toEqual([9000, 0]);
			expect(hubspot.refused).toEqual([]);
		}, 120_000);

		it('Pipedrive: reads the last page', async () => {
			for (let id = 1; id <= 501; id++) pipedrive.persons.push({ id, name: `Import ${id}`, owner_id: id === 501 ? 78 : 77, update_time: now() });
			await lead(6, 'pipedrive', '501');
			await readBack('Pipedrive');
			expect(await storyOf(6)).toMatchObject({ owner: { id: 'tom' } });
			expect(pipedrive.refused).toEqual([]);
		}, 120_000);

		it('Salesforce: reads the last page', async () => {
			salesforce.pageSize = 200;
			for (let index = 0; index < 200; index++) salesforce.add('Contact', { LastName: `Import ${index}`, OwnerId: '77' });
			await lead(7, 'salesforce', salesforce.add('Contact', { LastName: 'Last', OwnerId: '78' }).Id);
			await readBack('Salesforce', { salesforceUrl });
			expect(await storyOf(7)).toMatchObject({ owner: { id: 'tom' } });
			expect(salesforce.refused).toEqual([]);
		}, 120_000);

		it('HubSpot: finds whom a form made behind an import, and nobody whom a rep or an import made', async () => {
			const core = await n8n.api.importTemplate(inARow('A core', { name: 'Receive a Captured Lead', type: 'n8n-nodes-base.executeWorkflowTrigger', typeVersion: 1.1, parameters: { inputSource: 'passthrough' } }, { name: 'Finish', type: 'n8n-nodes-base.noOp', parameters: {} }));
			await n8n.api.publish(core);
			const add = (email: string, values: Record<string, string>) => { hubspot.add('contacts', { email, ...values }).properties.createdate = new Date(Date.now() - 3_600_000).toISOString(); };
			for (let index = 0; index < 200; index++) add(`import${index}@import-works.example`, { hs_object_source: 'IMPORT' });
			add(stranger(8).email, { hs_object_source: 'FORM', num_conversion_events: '1' });
			add(stranger(9).email, { hs_object_source: 'CRM_UI' });
			// a rep made the contact, and then it filled in a form
			add(stranger(10).email, { hs_object_source: 'CRM_UI', num_conversion_events: '1' });
			const template = await n8n.useTemplate('find-leads-in-hubspot-that-the-webhook-missed', { client: 'acme', coreWorkflowId: core.id });
			const run = await n8n.api.runByHand(template.workflow, { trigger: 'Watch for Missed Leads' });
			expect(n8n.tools.failureOf(run)).toBeUndefined();
			expect(template.outputs(run)['Write Missed Lead'].map(({ json }) => json.email)).toEqual([stranger(8).email, stranger(10).email]);
			expect(hubspot.refused).toEqual([]);
		}, 120_000);
	});
});
