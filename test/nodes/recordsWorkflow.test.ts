import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IConnections, IDataObject, INodeParameters } from 'n8n-workflow';
import { closeLedgers } from '../../nodes/host/openLedger';
import { sampleSettings } from '../lead/settings/settingsSample';
import { runWorkflow, type WorkflowFile } from '../support/runWorkflow';

const ours = (name: string) => `n8n-nodes-lead-handoff.${name}`;
const start = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };
const ledgerNode = (name: string, parameters: INodeParameters) => ({ name, type: ours('handoffLedger'), parameters: { client: 'acme', ...parameters } });

/** Nodes in a row, each wired to the next. */
function inARow(...nodes: { name: string; type: string; parameters?: INodeParameters }[]): WorkflowFile {
	const connections: IConnections = {};
	nodes.slice(1).forEach(({ name }, index) => { connections[nodes[index].name] = { main: [[{ node: name, type: 'main', index: 0 }]] }; });
	return { nodes: nodes.map((node, index) => ({ typeVersion: 1, parameters: {}, position: [index * 200, 0], ...node })), connections };
}

const n8nFolder = mkdtempSync(join(tmpdir(), 'lead-handoff-records-flow-'));
afterAll(closeLedgers);

async function run(items: IDataObject[], ...nodes: { name: string; type: string; parameters?: INodeParameters }[]): Promise<IDataObject[]> {
	const { leadsOf } = await runWorkflow(inARow(start, ...nodes), { n8nFolder, items });
	return leadsOf(nodes[nodes.length - 1].name);
}

describe('workflows on n8n\'s own engine', () => {
	it('load the CRM, know a customer from the first lead, correct its owner, back up, erase, and restore without the person', async () => {
		const settings = JSON.stringify({ ...sampleSettings(), mode: 'live' });
		await run([{}], ledgerNode('Save Settings', { resource: 'client', operation: 'saveSettings', settings }));
		const csv = 'Record ID,Email,First Name,Last Name,Lifecycle Stage,Contact Owner\n501,ada@love.example,Ada,Loveless,customer,77\n502,,,,,\n';
		expect(await run([{ csv }], ledgerNode('Load CRM', { resource: 'knownRecord', operation: 'loadKnownRecords', recordsFrom: 'csvText', csvText: '={{ $json.csv }}', system: 'hubspot' })))
			.toMatchObject([{ created: 1, skipped: 1 }, { row: 2, verdict: 'skipped' }]);

		const form = { event_id: 'e-1', name: 'Ada Loveless', email: 'ada@love.example', message: 'Please send us a quote' };
		const [lead] = await run(
			[form],
			{ name: 'Normalize Lead', type: ours('leadNormalize'), parameters: { client: 'acme' } },
			{ name: 'Match Known People', type: ours('dedupeMatch') },
			{ name: 'Finish Routing', type: ours('ruleRouter'), parameters: { operation: 'finishRouting' } },
			{ name: 'Start Response Clock', type: ours('slaWatch'), parameters: { operation: 'start' } },
		);
		expect(lead).toMatchObject({ match: { verdict: 'merge', externalIds: { hubspot: '501' }, customerStatus: 'customer' }, sla: { clock: 'First Response' } });

		const correct = ledgerNode('Correct Owner', { resource: 'lead', operation: 'correctLead', leadId: String(lead.leadId), rightOwner: (lead.routing as { owner: { id: string } }).owner.id === 'mia' ? 'tom' : 'mia' });
		expect(await run([{}], correct)).toMatchObject([{ corrected: true, ownClock: { dueAt: expect.any(String) as string } }]);
		const [story] = await run([{}], ledgerNode('Get Lead', { resource: 'lead', operation: 'getLead', leadId: String(lead.leadId) }));
		expect((story.story as string[]).join('\n')).toMatch(/Owner corrected: from .+, to /);

		expect(await run([{}], ledgerNode('Back Up', { resource: 'ledgerFile', operation: 'backUp' }))).toMatchObject([{ leads: 1, persons: 1 }]);
		const erase = { resource: 'person', operation: 'erasePerson', personBy: 'email', personEmail: 'ada@love.example', keepMode: 'do' };
		expect(await run([{}], ledgerNode('Erase', erase))).toMatchObject([{ state: 'erased', persons: 1, leads: 1 }]);
		expect(await run([{}], ledgerNode('Restore', { resource: 'ledgerFile', operation: 'restore', keepMode: 'do' }))).toMatchObject([{ restored: true, erasedAgain: 1 }]);
		expect(await run([{}], ledgerNode('List Leads', { resource: 'lead', operation: 'listLeads' }))).toEqual([]);
		// nothing of what was done on the way is left lying about
		expect(readdirSync(join(n8nFolder, 'storage', 'n8n-nodes-lead-handoff')).sort().filter((name) => !/-(wal|shm)$/.test(name))).toEqual(['backups', 'ledger.sqlite']);
	});
});
