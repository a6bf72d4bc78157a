import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IConnections, IDataObject, INodeParameters, WorkflowExecuteMode } from 'n8n-workflow';
import { closeLedgers } from '../../nodes/host/openLedger';
import type { HandoffRecord } from '../../nodes/lead/handoffRecord';
import { runWorkflow, type WorkflowFile, type WorkflowRun } from '../support/runWorkflow';

const ours = (name: string) => `n8n-nodes-lead-handoff.${name}`;
const chain: { name: string; type: string; parameters?: INodeParameters }[] = [
	{ name: 'Form', type: 'n8n-nodes-base.manualTrigger' },
	{ name: 'Normalize', type: ours('leadNormalize'), parameters: { client: 'acme' } },
	{ name: 'Match', type: ours('dedupeMatch') },
	{ name: 'Route', type: ours('ruleRouter'), parameters: { operation: 'route' } },
	{ name: 'Clock', type: ours('slaWatch'), parameters: { operation: 'start' } },
];

function canvas(change: Record<string, INodeParameters> = {}, nodes = chain): WorkflowFile {
	const connections: IConnections = {};
	nodes.slice(1).forEach(({ name }, index) => { connections[nodes[index].name] = { main: [[{ node: name, type: 'main', index: 0 }]] }; });
	return { nodes: nodes.map(({ name, type, parameters }, index) => ({ name, type, typeVersion: 1, position: [index * 200, 0], parameters: { ...parameters, ...change[name] } })), connections };
}

const settings = {
	name: 'Acme', timeZone: 'Europe/London', fallbackOwner: 'mia', calendars: [{ name: 'Always', alwaysOpen: true }],
	members: [{ id: 'mia', name: 'Mia Hart', email: 'mia@example.com' }, { id: 'jo', name: 'Jo Lind', email: 'jo@example.com' }],
	teams: [{ name: 'Sales', members: ['mia', 'jo'] }],
	rules: [{ name: 'All', tier: 'hard', conditions: [{ field: 'lead.email', operator: 'isNotEmpty' }], queue: 'Sales', team: 'Sales' }],
	slaPolicies: [{ name: 'First Response', firstResponseMinutes: 30 }],
};
const form = (name: string): IDataObject => ({ name: `${name} Case`, email: `${name}@firm-${name}.example`, message: 'Please send us a quote.' });

let n8nFolder: string;
beforeEach(async () => { n8nFolder = mkdtempSync(join(tmpdir(), 'lead-handoff-test-live-')); await ledger({ resource: 'client', operation: 'saveSettings', settings: JSON.stringify(settings) }); });
afterEach(closeLedgers);

async function ledger(parameters: INodeParameters): Promise<IDataObject[]> {
	const file = canvas({}, [chain[0], { name: 'Ledger', type: ours('handoffLedger'), parameters: { client: 'acme', ...parameters } }]);
	const { run, leadsOf } = await runWorkflow(file, { n8nFolder, items: [{}] });
	expect(run.data.resultData.error).toBeUndefined();
	return leadsOf('Ledger');
}

interface Handing {
	mode?: WorkflowExecuteMode;
	change?: Record<string, INodeParameters>;
}

const start = async (items: IDataObject[], { mode, change }: Handing = {}): Promise<WorkflowRun> => await runWorkflow(canvas(change), { n8nFolder, items, mode });

async function handOff(items: IDataObject[], handing: Handing = {}): Promise<HandoffRecord[]> {
	const { run, leadsOf } = await start(items, handing);
	expect(run.data.resultData.error).toBeUndefined();
	return leadsOf('Clock') as unknown as HandoffRecord[];
}

const goLive = () => ledger({ resource: 'client', operation: 'goLive' });
const listed = (testLeads: boolean) => ledger({ resource: 'lead', operation: 'listLeads', testLeads });

describe('a lead is a test lead', () => {
	it.each<[string, boolean, Handing, boolean]>([
		['in test mode, whatever started the run', false, {}, true],
		['in an editor run of a live client', true, { mode: 'manual' }, true],
		['in an evaluation run of a live client', true, { mode: 'evaluation' }, true],
		['in no other run of a live client', true, {}, false],
		['in no editor run where "Treat Test Runs as Live" is on', true, { mode: 'manual', change: { Normalize: { options: { treatTestRunsAsLive: true } } } }, false],
		['in test mode even where "Treat Test Runs as Live" is on', false, { mode: 'manual', change: { Normalize: { options: { treatTestRunsAsLive: true } } } }, true],
	])('%s', async (_what, live, handing, test) => {
		if (live) await goLive();
		const [record] = await handOff([form('ana')], handing);
		expect(record.run.test).toBe(test);
		expect(await listed(test)).toMatchObject([{ leadId: record.leadId }]);
		expect(await listed(!test)).toEqual([]);
	});

	// the mode of a sub-workflow does not show how its parent was started
	it.each<[WorkflowExecuteMode, WorkflowExecuteMode]>([['manual', 'integrated'], ['trigger', 'manual']])('by its own flag alone, after Lead Normalize of a %s run, in a run that is %s', async (first, then) => {
		await goLive();
		const captured = (await runWorkflow(canvas({}, chain.slice(0, 2)), { n8nFolder, items: [form('ana')], mode: first })).leadsOf('Normalize');
		const { leadsOf } = await runWorkflow(canvas({}, [chain[0], ...chain.slice(2)]), { n8nFolder, items: captured, mode: then });
		expect(leadsOf('Clock')).toMatchObject([{ run: { test: first === 'manual' } }]);
		expect(await listed(first === 'manual')).toMatchObject([{ clock: { status: 'running' } }]);
		expect(await listed(first !== 'manual')).toEqual([]);
	});
});

describe('test leads', () => {
	it('never match live leads, take no live turn, start no live clock and don\'t count', async () => {
		await goLive();
		const [first] = await handOff([form('ana')]);
		const tests = await handOff([form('ana'), form('ben'), form('cleo')], { mode: 'manual' });
		expect(tests.map(({ match }) => match?.verdict)).toEqual(['create', 'create', 'create']);
		const [second] = await handOff([form('dan')]);
		// turns alternate between the two live leads, as if there had been no test leads between them
		expect([first.routing?.owner?.id, second.routing?.owner?.id]).toEqual(['mia', 'jo']);
		const check = (testLeads: boolean) => runWorkflow(canvas({}, [chain[0], { name: 'Watch', type: ours('slaWatch'), parameters: { operation: 'check', clients: 'one', client: 'acme', options: { testLeads, asOf: '2100-01-01T00:00:00Z' } } }]), { n8nFolder, items: [{}], mode: 'manual' });
		expect(new Set((await check(false)).leadsOf('Watch').map(({ leadId }) => leadId))).toEqual(new Set([first.leadId, second.leadId]));
		const [report] = await ledger({ resource: 'report', operation: 'scorecard', give: 'report' });
		expect(report).toMatchObject({ testLeads: false, leads: 2 });
	});

	it('can be the same one twenty times, and are resends only when asked for', async () => {
		const pinned = Array.from({ length: 3 }, () => form('ana'));
		for (const item of pinned) expect((await handOff([item], { mode: 'manual' }))[0].match?.verdict).not.toBe('resend');
		const change = { Normalize: { options: { detectResendsInTest: true } } };
		await handOff([form('ben')], { change });
		expect((await handOff([form('ben')], { change }))[0].match?.verdict).toBe('resend');
	});

	it('are cleared with one operation; live leads and settings stay', async () => {
		await handOff([form('ana'), form('ben')]);
		await goLive();
		await handOff([form('cleo')]);
		expect(await ledger({ resource: 'lead', operation: 'resetTestLeads' })).toMatchObject([{ removedLeads: 2 }]);
		expect([await listed(true), await listed(false)]).toMatchObject([[], [{}]]);
		expect(await ledger({ resource: 'client', operation: 'getSettings' })).toMatchObject([{ mode: 'live' }]);
	});
});

describe('As Of', () => {
	it.each<[string, boolean, WorkflowExecuteMode, 'start' | 'check', boolean]>([
		['refused when Start would write a live clock', true, 'trigger', 'start', true],
		['taken when Start writes a test lead\'s clock', false, 'trigger', 'start', false],
		['refused when Check would claim live steps', true, 'trigger', 'check', true],
		['taken by a preview of live clocks', true, 'manual', 'check', false],
	])('is %s', async (_what, live, mode, operation, refused) => {
		if (live) await goLive();
		const options = { asOf: '2026-11-23T09:00:00Z' };
		const { run } = operation === 'start'
			? await start([form('ana')], { mode, change: { Clock: { options } } })
			: await runWorkflow(canvas({}, [chain[0], { name: 'Watch', type: ours('slaWatch'), parameters: { operation, clients: 'one', client: 'acme', options } }]), { n8nFolder, items: [{}], mode });
		expect(run.data.resultData.error?.message).toBe(refused ? 'As Of is set, but live clocks would be written' : undefined);
		if (operation === 'start') expect(await listed(!live)).toMatchObject([{ clock: refused ? null : { dueAt: '2026-11-23T09:30:00.000Z' } }]);
	});
});

describe('an operator in the editor', () => {
	it('is told which version of the settings each node goes by', async () => {
		const { run } = await start([form('ana')], { mode: 'manual' });
		const hints = ['Normalize', 'Route', 'Clock'].map((node) => run.data.resultData.runData[node][0].hints?.map(({ message }) => message));
		for (const told of hints) expect(told).toContain('Settings of acme: version 1, in test mode');
	});

	it('finds the version on every lead, also in production', async () => {
		await goLive();
		expect(await handOff([form('ana')])).toMatchObject([{ settingsVersion: 2 }]);
	});
});

describe('a client that is not set up', () => {
	it('stops the run before any lead, with the name that was meant', async () => {
		const { run } = await start([form('ana')], { change: { Normalize: { client: 'acmee' } } });
		expect(run.data.resultData.error).toMatchObject({ message: 'Client \'acmee\' is not set up', description: expect.stringContaining('Did you mean \'acme\'?') });
		expect([await listed(true), await listed(false)]).toEqual([[], []]);
	});

	it('is "default", too, as soon as there is another', async () => {
		const { run } = await start([form('ana')], { change: { Normalize: { client: 'default' } } });
		expect(run.data.resultData.error).toMatchObject({ message: 'Client \'default\' is not set up' });
	});
});
