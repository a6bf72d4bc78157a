import { closedNow, firmSettings, slackChannels, token } from './standIns/firm';
import { Slack } from './standIns/slack';
import { HandoffN8n } from './standIns/templateUnderTest';

interface Finding { result: string; area: string; finding: string; whatToDo: string }

/** As an operator presses it before the first real lead. */
describe('the template "Check a client before going live" in a real n8n', () => {
	const slack = new Slack(token, Object.values(slackChannels));
	let n8n: HandoffN8n;

	beforeAll(async () => { n8n = await HandoffN8n.start([slack], { slackApi: { accessToken: token } }); }, 600_000);
	afterAll(async () => { await n8n?.stop(); });

	async function check(config: Record<string, string> = {}): Promise<Finding[]> {
		const template = await n8n.useTemplate('check-a-client-before-going-live', { client: 'acme', slackChannel: slackChannels.live, slackTestChannel: slackChannels.test, ...config });
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
});
