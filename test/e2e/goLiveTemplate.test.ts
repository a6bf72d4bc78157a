import { inARow, type Template, type TemplateNode, type Workflow } from './n8nUnderTest';
import { closedNow, firmSettings, slackChannels, token } from './standIns/firm';
import { Hubspot } from './standIns/hubspot';
import { Slack } from './standIns/slack';
import { HandoffN8n, type PublishedTemplate } from './standIns/templateUnderTest';

interface Finding { result: string; area: string; finding: string; whatToDo: string }

/** As an operator presses it before the first real lead. */
describe('the template "Check a client before going live" in a real n8n', () => {
	const slack = new Slack(token, Object.values(slackChannels));
	const hubspot = new Hubspot(token, ['77', '78', '79']);
	let n8n: HandoffN8n;

	beforeAll(async () => {
		n8n = await HandoffN8n.start([slack, hubspot], { slackApi: { accessToken: token }, hubspotAppToken: { appToken: token }, crypto: { hmacSecret: token }, smtp: { user: '', password: '', host: '127.0.0.1', port: 25, secure: false } });
		const { rawApiKey } = await n8n.api.request('POST', '/rest/api-keys', { label: 'go live', scopes: ['workflow:read', 'workflow:list'], expiresAt: null }) as { rawApiKey: string };
		await n8n.addCredential('n8nApi', { apiKey: rawApiKey, baseUrl: `${n8n.n8n.url}/api/v1` });
	}, 600_000);
	afterAll(async () => { await n8n?.stop(); });

	async function check(config: Record<string, string> = {}, change?: (node: TemplateNode) => void): Promise<Finding[]> {
		const template = await n8n.useTemplate('check-a-client-before-going-live', { client: 'acme', slackChannel: slackChannels.live, slackTestChannel: slackChannels.test, ...config }, change);
		const run = await n8n.api.runByHand(template.workflow, { trigger: 'Run Before Going Live' });
		expect(n8n.tools.failureOf(run)).toBeUndefined();
		return template.outputs(run)['Write Findings'].map(({ json }) => json as unknown as Finding);
	}

	const of = (findings: Finding[], area: string) => findings.filter((one) => one.area === area);

	it('says that a client is not set up', async () => {
		const findings = await check();
		expect(findings[0].result).toBe('not ready');
		expect(of(findings, 'Client')).toMatchObject([{ result: 'problem' }]);
	}, 60_000);

	it('tells what is wrong, problems first, and the journey of the test lead', async () => {
		const firm = firmSettings() as { rules: { name: string }[] };
		await n8n.setUpClient('acme', firmSettings({ calendars: closedNow().calendars, rules: [...firm.rules, { ...firm.rules[0], name: 'Never reached' }] }));
		slack.without.add(slackChannels.live);
		const findings = await check({ slackTestChannel: 'C0GONE' });
		slack.without.clear();
		expect(findings[0]).toMatchObject({ result: 'not ready', finding: expect.stringMatching(/^2 problems, /) as string });
		expect(of(findings, 'Slack')).toMatchObject([{ result: 'problem', finding: 'The channel for leads: the app is not in it' }, { result: 'problem', finding: 'The channel for test leads: channel_not_found' }]);
		expect(of(findings, 'Rules')).toEqual(expect.arrayContaining([expect.objectContaining({ result: 'warning', finding: expect.stringContaining('is never reached') as string })]));
		expect(of(findings, 'Known records')).toMatchObject([{ result: 'warning' }]);
		const journey = of(findings, 'Test lead').map(({ finding }) => finding);
		expect(journey).toEqual([expect.stringMatching(/^Came in on Friday \d+ \w+, 18:30, read as /), 'Goes to Mia Example in Sales', expect.stringMatching(/^First answer is due on \w+ \d+ \w+, \d\d:\d\d$/), expect.stringContaining('The team is closed then')]);
		expect(findings.slice(1).map(({ result }) => result)).toEqual([...findings.slice(1).map(({ result }) => result)].sort((one, other) => ['problem', 'warning', 'fine'].indexOf(one) - ['problem', 'warning', 'fine'].indexOf(other)));
	}, 60_000);

	it('tells all else while Slack is down, and tries again when it is busy', async () => {
		await n8n.setUpClient('acme', firmSettings());
		slack.goDown();
		const findings = await check();
		slack.comeBack();
		expect(findings[0].result).toBe('not ready');
		expect(of(findings, 'Slack').map(({ result, finding }) => [result, finding.startsWith('The channel for')])).toEqual([['problem', true], ['problem', true]]);
		expect(of(findings, 'Test lead')[1].finding).toBe('Goes to Mia Example in Sales');
		slack.failNext(429, 503);
		expect((await check())[0].result).toBe('ready');
	}, 90_000);

	it('sets the client live when told, and not while anything is wrong', async () => {
		const modeOf = async () => (await n8n.ask({ resource: 'client', operation: 'getSettings', client: 'acme' }))[0].mode;
		await n8n.setUpClient('acme', firmSettings({ mode: 'test' }));
		expect((await check({ goLive: 'yes', slackTestChannel: 'C0GONE' }))[0].result).toBe('not ready');
		expect((await check())[0]).toMatchObject({ result: 'ready', whatToDo: 'Set goLive to yes in Client Config, and press again' });
		expect(await modeOf()).toBe('test');
		expect((await check({ goLive: 'yes' }))[0].whatToDo).toBe('The client goes live now: Set Client Live');
		expect(await modeOf()).toBe('live');
		expect((await check({ goLive: 'yes' }))[0].whatToDo).toBe('The client is live');
	}, 90_000);

	it('finds the same when it is pressed twice, and takes what names and IDs hold for text', async () => {
		const evil = '=1+1 {{ 6 * 7777 }} <!channel> <script>alert(1)</script>';
		const firm = firmSettings() as { members: { id: string }[]; rules: object[] };
		await n8n.setUpClient('acme', firmSettings({
			members: firm.members.map((member) => (member.id === 'mia' ? { ...member, name: `Mia ${evil}` } : member)),
			rules: [{ ...firm.rules[0], name: evil }, { ...firm.rules[0], name: `${evil} again` }],
		}));
		const version = async () => (await n8n.ask({ resource: 'client', operation: 'getSettings', client: 'acme' }))[0].version;
		const before = await version();
		const slackChannel = `${slackChannels.live}&channel=${slackChannels.test}#`;
		const first = await check({ slackChannel, goLive: 'yes' });
		expect(await check({ slackChannel, goLive: 'yes' })).toEqual(first);
		expect(slack.requests.some(({ query }) => query.channel === slackChannel)).toBe(true);
		expect(of(first, 'Slack')[0]).toMatchObject({ result: 'problem', finding: 'The channel for leads: channel_not_found' });
		expect(of(first, 'Test lead')[1].finding).toBe(`Goes to Mia ${evil} in Sales`);
		expect(of(first, 'Rules')).toEqual(expect.arrayContaining([expect.objectContaining({ result: 'warning', finding: expect.stringContaining('is never reached') as string })]));
		expect(JSON.stringify(first)).not.toContain('46662');
		expect(await version()).toBe(before);
	}, 60_000);

	it('is ready when all is well, and the test lead never counts', async () => {
		await n8n.setUpClient('acme', firmSettings());
		const findings = await check();
		expect(findings[0].result).toBe('ready');
		// always open: a quarter of an hour from the lead's Friday 18:30 on, whenever the check is pressed
		const [cameIn, , due] = of(findings, 'Test lead').map(({ finding }) => finding);
		const friday = /^Came in on (Friday \d+ \w+), 18:30, /.exec(cameIn)?.[1];
		expect(friday).toBeDefined();
		expect(due).toBe(`First answer is due on ${friday}, 18:45`);
		expect(await n8n.ask({ resource: 'lead', operation: 'listLeads', client: 'acme', returnAll: true })).toEqual([]);
		expect(slack.messages).toEqual([]);
	}, 60_000);

	describe('for a client with workflows around the core', () => {
		const channels = { slackChannel: slackChannels.live, slackTestChannel: slackChannels.test };
		const [writerName, syncName, notifierName, replyName] = ['Write leads to HubSpot', 'Keep leads in step with HubSpot', 'Tell owners in Slack', 'Send leads an honest answer by email'].map((name) => `${name} for the handoff core`);
		let writer: PublishedTemplate;
		let workflows: Record<string, string>;
		const setUp = async (change: Record<string, string> = {}) => await n8n.setUpClient('acme', firmSettings({ workflows: { ...workflows, ...change } }));
		const without = (node: TemplateNode) => { if (node.name === 'Get Workflows') node.disabled = true; };
		const said = async (change?: (node: TemplateNode) => void) => of(await check({}, change), 'Credentials').map(({ result, finding }) => `${result}: ${finding}`).sort();
		const fine = [
			'fine: its account answers, and each node has its credential', 'fine: its account answers, and each node has its credential', 'fine: Acme answers, and each node has its credential',
			'warning: a mail server can only be tried by sending a mail',
		];
		/** Without the workflows' names. */
		const parts = (findings: string[]) => findings.map((one) => one.replace(/^(\w+): \w+, .* for the handoff core: /, '$1: '));
		/** Takes the credential out of these nodes, as when a copy was imported and not connected. */
		async function disconnect({ workflow: { id } }: PublishedTemplate, ...names: string[]): Promise<() => Promise<void>> {
			const change = async (how: (node: TemplateNode) => TemplateNode) => {
				const now = await n8n.api.request('GET', `/rest/workflows/${id}`) as Workflow & Template & { versionId: string };
				await n8n.api.request('PATCH', `/rest/workflows/${id}`, { nodes: now.nodes.map(how), connections: now.connections, versionId: now.versionId });
			};
			await change((node) => (names.includes(node.name) ? { ...node, credentials: undefined } : node));
			return async () => {
				await change((node) => (names.includes(node.name) ? { ...node, credentials: { hubspotAppToken: n8n.credential('hubspotAppToken') } } : node));
				await n8n.api.publish(await n8n.api.request('GET', `/rest/workflows/${id}`) as Workflow);
			};
		}

		beforeAll(async () => {
			writer = await n8n.useTemplate('write-leads-to-hubspot-for-the-handoff-core', { hubspotAccountId: '4711' });
			const [sync, notifier, reply] = [
				await n8n.useTemplate('keep-leads-in-step-with-hubspot-for-the-handoff-core', {}), await n8n.useTemplate('tell-owners-in-slack-for-the-handoff-core', channels),
				await n8n.useTemplate('send-leads-an-honest-answer-by-email-for-the-handoff-core', { mailFrom: 'hello@acme.example', businessName: 'Acme' }),
			];
			workflows = { crmWriter: writer.workflow.id, crmSync: sync.workflow.id, notifier: notifier.workflow.id, autoReply: reply.workflow.id };
			await setUp();
		}, 60_000);
		afterEach(() => { hubspot.comeBack(); });

		it('asks each of them, and writes and tells nothing', async () => {
			const findings = await said();
			expect(findings).toEqual(expect.arrayContaining([`fine: crmWriter, ${writerName}: its account answers, and each node has its credential`, `fine: notifier, ${notifierName}: Acme answers, and each node has its credential`]));
			expect(parts(findings)).toEqual(fine);
			expect([slack.messages, slack.errors.filter((error) => error !== 'invalid_auth'), hubspot.objects.contacts, hubspot.objects.tasks, hubspot.refused]).toEqual([[], [], [], [], []]);
			expect([...new Set(hubspot.requests.map(({ method, path }) => `${method} ${path}`))]).toEqual(['POST /crm/v3/objects/contacts/search']);
		}, 60_000);

		it('tells what it can\'t see without an API key of n8n', async () => {
			const findings = await said(without);
			expect(findings).toEqual(expect.arrayContaining([`fine: crmSync, ${syncName}: its account answers`, `warning: autoReply, ${replyName}: a mail server can only be tried by sending a mail`, 'warning: Which nodes lack a credential was not looked at']));
		}, 60_000);

		it('finds a token that the vendor refuses', async () => {
			hubspot.failNext(401, 401, 401);
			const findings = await said();
			expect(findings.filter((one) => one.startsWith('problem'))).toEqual([`problem: crmWriter, ${writerName}: Authorization failed - please check your credentials`]);
		}, 60_000);

		it('finds credentials that are missing, also in a node that is not asked', async () => {
			const connect = await disconnect(writer, 'Ask HubSpot', 'Create Task');
			expect((await said()).filter((one) => one.startsWith('problem'))).toEqual([`problem: crmWriter, ${writerName}: no credential in Create Task (HubSpot), Ask HubSpot (HubSpot)`]);
			expect((await said(without)).filter((one) => one.startsWith('problem'))).toEqual([`problem: crmWriter, ${writerName}: Credentials not found`]);
			await connect();
			expect(parts(await said())).toEqual(fine);
		}, 90_000);

		it('finds workflows that are gone, not published, or not able to answer', async () => {
			const own = await n8n.api.importTemplate(inARow('Tell owners in our own way', { name: 'Called', type: 'n8n-nodes-base.executeWorkflowTrigger', typeVersion: 1.1, parameters: { inputSource: 'passthrough' } }, { name: 'Tell', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} }));
			await n8n.api.publish(own);
			await n8n.api.request('POST', `/rest/workflows/${workflows.crmSync}/deactivate`, {});
			await setUp({ crmWriter: 'goneGoneGoneGone', notifier: own.id });
			for (const change of [undefined, without]) {
				const findings = await said(change);
				expect(findings.filter((one) => one.startsWith('problem'))).toEqual([`problem: crmSync, ${syncName}: it is not published`, expect.stringMatching(/^problem: crmWriter, the workflow goneGoneGoneGone: (it is not in this n8n|asked, it fails: Workflow does not exist)/)]);
				expect(findings).toContainEqual(expect.stringMatching(/^warning: notifier, .*: it does not say whether its account answers$/));
			}
			await n8n.api.publish({ ...await n8n.api.request('GET', `/rest/workflows/${workflows.crmSync}`) as Workflow });
			await setUp();
		}, 90_000);

		it('lets nobody go live while a credential is missing', async () => {
			await n8n.setUpClient('acme', firmSettings({ mode: 'test', workflows: { crmWriter: 'goneGoneGoneGone' } }));
			expect((await check({ goLive: 'yes' }))[0].result).toBe('not ready');
			expect((await n8n.ask({ resource: 'client', operation: 'getSettings', client: 'acme' }))[0].mode).toBe('test');
		}, 60_000);
	});
});
