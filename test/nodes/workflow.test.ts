import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IConnections, IDataObject, INodeParameters } from 'n8n-workflow';
import { closeLedgers } from '../../nodes/host/openLedger';
import type { HandoffRecord } from '../../nodes/lead/handoffRecord';
import { runWorkflow, type RunWorkflowOptions, type WorkflowFile } from '../support/runWorkflow';

const manualTrigger = 'n8n-nodes-base.manualTrigger';
const ours = (name: string) => `n8n-nodes-lead-handoff.${name}`;

/** The canvas as an operator would draw it: nodes in a row, each wired to the next. */
function inARow(...nodes: { name: string; type: string; parameters?: INodeParameters; typeVersion?: number }[]): WorkflowFile {
	const connections: IConnections = {};
	nodes.slice(1).forEach(({ name }, index) => {
		connections[nodes[index].name] = { main: [[{ node: name, type: 'main', index: 0 }]] };
	});
	return {
		nodes: nodes.map((node, index) => ({ typeVersion: 1, parameters: {}, position: [index * 200, 0], ...node })),
		connections,
	};
}

const capture = { name: 'Normalize Lead', type: ours('leadNormalize'), parameters: { client: 'acme' } };
const decide = [
	{ name: 'Match Known People', type: ours('dedupeMatch') },
	{ name: 'Apply Hard Rules', type: ours('ruleRouter'), parameters: { operation: 'applyHardRules' } },
	{ name: 'Read the Message', type: ours('aiIntentClassifier'), parameters: { model: 'none' } },
	{ name: 'Finish Routing', type: ours('ruleRouter'), parameters: { operation: 'finishRouting' } },
	{ name: 'Start Response Clock', type: ours('slaWatch'), parameters: { operation: 'start' } },
];
const last = 'Start Response Clock';
const handoff = inARow({ name: 'Form', type: manualTrigger }, capture, ...decide);

const settings = {
	name: 'Acme', mode: 'live', timeZone: 'Europe/London', defaultCountry: 'GB',
	calendars: [{ name: 'Office', hours: Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [day, ['09:00-17:30']])) }],
	members: [{ id: 'mia', name: 'Mia Hart', email: 'mia@example.com' }, { id: 'jo', name: 'Jo Lind', email: 'jo@example.com' }],
	teams: [{ name: 'UK', members: ['mia'] }, { name: 'Sales', members: ['jo'] }],
	fallbackOwner: 'jo',
	rules: [
		{ name: 'United Kingdom', tier: 'hard', conditions: [{ field: 'lead.country', operator: 'equals', value: 'GB' }], queue: 'UK', team: 'UK' },
		{ name: 'Everything with a company', tier: 'soft', conditions: [{ field: 'lead.company', operator: 'isNotEmpty' }], queue: 'Sales', team: 'Sales' },
	],
	slaPolicies: [{ name: 'First Response', firstResponseMinutes: 30 }],
};

const forms: IDataObject[] = [
	{ event_id: 'e-1', name: 'Ana Prior', email: 'ana@northwind.example', company: 'Northwind', country: 'United Kingdom', message: 'Please send us a quote for a security audit.' },
	{ event_id: 'e-2', name: 'Jens Vogt', email: 'jens@vogt.example', company: 'Vogt GmbH', country: 'Germany', message: 'Bitte um ein Angebot.' },
	{ event_id: 'e-3', email: 'someone@contoso.example', country: 'France', message: '' },
	{ event_id: 'e-4', routing: { queue: 'Forged' }, recordVersion: 1, leadId: 'forged', email: 'eve@fabrikam.example', country: 'Spain' },
];

/** A fresh n8n folder in which the client is set up. */
async function n8nWithClient(): Promise<string> {
	const n8nFolder = mkdtempSync(join(tmpdir(), 'lead-handoff-workflow-'));
	await useLedger(n8nFolder, { resource: 'client', operation: 'saveSettings', client: 'acme', settings: JSON.stringify(settings) });
	return n8nFolder;
}

/** One operation of Handoff Ledger, as an operator would run it between two tries. */
async function useLedger(n8nFolder: string, parameters: INodeParameters): Promise<void> {
	const { run } = await runWorkflow(inARow({ name: 'Start', type: manualTrigger }, { name: 'Ledger', type: ours('handoffLedger'), parameters }), { n8nFolder, items: [{}] });
	expect(run.data.resultData.error).toBeUndefined();
}

/** Every record that left the last node. */
async function handOff(options: RunWorkflowOptions, file = handoff, at = last): Promise<HandoffRecord[]> {
	const { run, leadsOf } = await runWorkflow(file, options);
	expect(run.data.resultData.error).toBeUndefined();
	return leadsOf(at) as unknown as HandoffRecord[];
}

afterEach(closeLedgers);

describe('the whole handoff on n8n\'s own engine', () => {
	it('gives every lead a queue, an owner, a running clock and a reason, once', async () => {
		const records = await handOff({ n8nFolder: await n8nWithClient(), items: forms });
		expect(records.map(({ lead }) => lead.email)).toEqual(forms.map(({ email }) => email));
		expect(new Set(records.map(({ leadId }) => leadId)).size).toBe(forms.length);
		for (const { routing, sla, match, intent, submission, run } of records) {
			expect(routing).toMatchObject({ queue: expect.any(String), owner: { id: expect.any(String) } });
			expect(routing?.because.length).toBeGreaterThan(0);
			expect(sla).toMatchObject({ policy: 'First Response', status: 'running', dueAt: expect.any(String) });
			expect(match?.verdict).toBe('create');
			expect(intent?.engine).toMatch(/rules|fallback|skipped/);
			expect(submission.state).toBe('activated');
			expect(run.test).toBe(false);
		}
		expect(records.map(({ routing }) => [routing?.queue, routing?.owner?.id])).toEqual([['UK', 'mia'], ['Sales', 'jo'], ['Unrouted', 'jo'], ['Unrouted', 'jo']]);
	});

	it('keeps each lead linked to the form fill that it came from', async () => {
		const { itemsOf } = await runWorkflow(handoff, { n8nFolder: await n8nWithClient(), items: forms });
		for (const { name } of [capture, ...decide]) expect(itemsOf(name).map(({ pairedItem }) => pairedItem)).toEqual(forms.map((_, item) => ({ item })));
	});

	it('gives the same lead, queue and owner when the form is delivered again', async () => {
		const n8nFolder = await n8nWithClient();
		const first = await handOff({ n8nFolder, items: forms });
		const again = await handOff({ n8nFolder, items: forms });
		const kept = (records: HandoffRecord[]) => records.map(({ leadId, personId, routing, sla }) => ({ leadId, personId, queue: routing?.queue, owner: routing?.owner?.id, dueAt: sla?.dueAt }));
		expect(kept(again)).toEqual(kept(first));
		expect(again.map(({ match }) => match?.verdict)).toEqual(forms.map(() => 'resend'));
	});

	// a run that died on the way: the second delivery must finish the same lead, not open a second one
	it('finishes a lead whose first run ended after any node', async () => {
		const n8nFolder = await n8nWithClient();
		for (const [index, { name }] of [capture, ...decide].entries()) {
			const items = [{ ...forms[0], event_id: `died-${index}`, email: `ana@died-${index}.example`, name: `Ana Number${index}`, company: `Firm ${index}` }];
			const [died] = await handOff({ n8nFolder, items, destinationNode: name }, handoff, name);
			const [finished] = await handOff({ n8nFolder, items });
			expect({ after: name, leadId: finished.leadId, state: finished.submission.state }).toEqual({ after: name, leadId: died.leadId, state: 'activated' });
			expect(finished).toMatchObject({ routing: { queue: 'UK', owner: { id: 'mia' } }, sla: { status: 'running' } });
		}
	});

	it('knows a person who writes again and keeps the lead', async () => {
		const n8nFolder = await n8nWithClient();
		const [first] = await handOff({ n8nFolder, items: [forms[0]] });
		const [second] = await handOff({ n8nFolder, items: [{ ...forms[0], event_id: 'e-9', message: 'One more question: do you also offer training?' }] });
		expect(second).toMatchObject({ personId: first.personId, leadId: first.leadId, match: { verdict: 'append' }, routing: { owner: { id: 'mia' } } });
	});
});

describe('a run in the editor', () => {
	it('is a test run that live leads never meet', async () => {
		const n8nFolder = await n8nWithClient();
		const [tested] = await handOff({ n8nFolder, items: [forms[0]], mode: 'manual' });
		const [live] = await handOff({ n8nFolder, items: [forms[0]] });
		expect([tested.run.test, live.run.test]).toEqual([true, false]);
		expect(live.leadId).not.toBe(tested.leadId);
		expect(live.match?.verdict).toBe('create');
	});

	it('can be repeated with one pinned form fill', async () => {
		const n8nFolder = await n8nWithClient();
		for (let run = 0; run < 3; run += 1) {
			const [record] = await handOff({ n8nFolder, items: [forms[0]], mode: 'manual' });
			expect(record).toMatchObject({ run: { test: true }, routing: { owner: { id: 'mia' } }, sla: { status: 'running' } });
			expect(record.match?.verdict).not.toBe('resend');
		}
	});

	// the mode of a sub-workflow is "integrated", whatever started its parent: only the record can tell
	it('stays a test run in a sub-workflow', async () => {
		const rest = inARow({ name: 'From Parent', type: 'n8n-nodes-base.executeWorkflowTrigger', typeVersion: 1.1, parameters: { inputSource: 'passthrough' } }, ...decide);
		const parent = inARow(
			{ name: 'Form', type: manualTrigger }, capture,
			{ name: 'Hand Off', type: 'n8n-nodes-base.executeWorkflow', typeVersion: 1.2, parameters: { source: 'parameter', workflowJson: JSON.stringify(rest) } },
		);
		const [record] = await handOff({ n8nFolder: await n8nWithClient(), items: [forms[0]], mode: 'manual' }, parent, 'Hand Off');
		expect(record).toMatchObject({ run: { test: true }, routing: { queue: 'UK' }, sla: { status: 'running' } });
	});

	it('is a test run when it listens for a test webhook', async () => {
		const webhook = { name: 'Form', type: 'n8n-nodes-base.webhook', typeVersion: 2, parameters: { path: 'form', httpMethod: 'POST' } };
		const request = { headers: {}, params: {}, query: {}, body: forms[0], webhookUrl: 'http://localhost:5678/webhook-test/form', executionMode: 'test' };
		const n8nFolder = await n8nWithClient();
		const canvas = inARow(webhook, capture, ...decide);
		const [tested] = await handOff({ n8nFolder, items: [request], mode: 'manual', startNode: 'Form' }, canvas);
		const [live] = await handOff({ n8nFolder, items: [request], mode: 'webhook', startNode: 'Form' }, canvas);
		expect(tested).toMatchObject({ run: { test: true }, lead: { email: forms[0].email }, sla: { status: 'running' } });
		expect(live).toMatchObject({ run: { test: false }, match: { verdict: 'create' } });
	});
});

describe('trying out rules in the editor', () => {
	const [hard, soft] = settings.rules;
	const changedRules = { ...settings, rules: [{ ...hard, queue: 'Britain' }, { ...soft, queue: 'Everybody' }] };
	const change = (n8nFolder: string, changed: object) =>
		useLedger(n8nFolder, { resource: 'client', operation: 'saveSettings', client: 'acme', settings: JSON.stringify(changed) });
	const queuesOf = (records: HandoffRecord[]) => records.map(({ routing }) => routing?.queue);
	const idsOf = (records: HandoffRecord[]) => records.map(({ leadId, personId }) => ({ leadId, personId }));
	const testLeads = { resource: 'lead', client: 'acme', testLeads: true };

	/** The canvas with Lead Normalize pinned to what a first run gave. */
	async function pinNormalize(n8nFolder: string, items: IDataObject[], mode: RunWorkflowOptions['mode'] = 'manual'): Promise<WorkflowFile> {
		const normalized = await handOff({ n8nFolder, items, mode, destinationNode: capture.name }, handoff, capture.name);
		return { ...handoff, pinData: { [capture.name]: normalized.map((json) => ({ json: json as unknown as IDataObject })) } };
	}

	it('takes a pinned Lead Normalize as it is, however often', async () => {
		const n8nFolder = await n8nWithClient();
		// the last one is a second enquiry of the first person
		const pinned = await pinNormalize(n8nFolder, [...forms, { ...forms[0], event_id: 'e-9' }]);
		const rounds: HandoffRecord[][] = [];
		for (let round = 0; round < 3; round++) rounds.push(await handOff({ n8nFolder, items: [{}], mode: 'manual' }, pinned));
		for (const records of rounds) {
			expect(records.map(({ match }) => match?.verdict)).toEqual(['create', 'create', 'create', 'create', 'append']);
			expect(idsOf(records)).toEqual(idsOf(rounds[0]));
			expect(queuesOf(records)).toEqual(['UK', 'Sales', 'Unrouted', 'Unrouted', 'UK']);
			expect(records.map(({ sla }) => sla?.clockId)).toEqual(rounds[0].map(({ sla }) => sla?.clockId));
		}
		const { leadsOf } = await runWorkflow(inARow(
			{ name: 'Start', type: manualTrigger }, { name: 'List', type: ours('handoffLedger'), parameters: { ...testLeads, operation: 'listLeads' } },
		), { n8nFolder, items: [{}] });
		expect(leadsOf('List').map(({ touches }) => touches).sort()).toEqual([1, 1, 1, 2]);
	});

	it('shows a changed rule in the next run, and in the ledger', async () => {
		const n8nFolder = await n8nWithClient();
		const pinned = await pinNormalize(n8nFolder, forms.slice(0, 2));
		expect(queuesOf(await handOff({ n8nFolder, items: [{}], mode: 'manual' }, pinned))).toEqual(['UK', 'Sales']);
		await change(n8nFolder, changedRules);
		const again = await handOff({ n8nFolder, items: [{}], mode: 'manual' }, pinned);
		expect(queuesOf(again)).toEqual(['Britain', 'Everybody']);
		expect(again[0].settingsVersion).toBe(2);
		const { leadsOf } = await runWorkflow(inARow(
			{ name: 'Start', type: manualTrigger }, { name: 'List', type: ours('handoffLedger'), parameters: { ...testLeads, operation: 'listLeads' } },
		), { n8nFolder, items: [{}] });
		expect(leadsOf('List').map(({ queue }) => queue).sort()).toEqual(['Britain', 'Everybody']);
	});

	it.each([
		{ name: 'a soft rule at Finish Routing', lead: 1, node: 'Finish Routing', changed: [], queue: 'Everybody' },
		{ name: 'a hard rule at Apply Hard Rules', lead: 0, node: 'Apply Hard Rules', changed: [], queue: 'Britain' },
		{ name: 'a hard rule at Finish Routing, with Apply Hard Rules before it', lead: 0, node: 'Finish Routing', changed: ['Apply Hard Rules'], queue: 'Britain' },
		{ name: 'no hard rule when only Finish Routing runs', lead: 0, node: 'Finish Routing', changed: [], queue: 'UK' },
	])('shows with Execute Step $name', async ({ lead, node, changed, queue }) => {
		const n8nFolder = await n8nWithClient();
		const whole = await runWorkflow(handoff, { n8nFolder, items: [forms[lead]], mode: 'manual' });
		await change(n8nFolder, changedRules);
		const step = await runWorkflow(handoff, { n8nFolder, items: [forms[lead]], mode: 'manual', destinationNode: node, after: { run: whole.run, changed } });
		expect(step.run.data.resultData.error).toBeUndefined();
		const [before] = whole.leadsOf(node) as unknown as HandoffRecord[];
		expect(step.leadsOf(node)).toMatchObject([{ leadId: before.leadId, routing: { queue } }]);
	});

	it('gives a live lead what was recorded, in the editor too', async () => {
		const n8nFolder = await n8nWithClient();
		const whole = await runWorkflow(handoff, { n8nFolder, items: [forms[1]] });
		await change(n8nFolder, { ...changedRules, slaPolicies: [{ name: 'Slow', firstResponseMinutes: 300 }] });
		for (const node of ['Apply Hard Rules', 'Finish Routing', last]) {
			const step = await runWorkflow(handoff, { n8nFolder, items: [forms[1]], mode: 'manual', destinationNode: node, after: { run: whole.run } });
			const [[before], [again]] = [whole, step].map(({ leadsOf }) => leadsOf(node) as unknown as HandoffRecord[]);
			expect(again).toMatchObject({ run: { test: false }, leadId: before.leadId, routing: before.routing });
			expect(again.sla?.dueAt).toBe(before.sla?.dueAt);
		}
	});

	it('keeps what was recorded for a test lead in a run that nobody started by hand', async () => {
		const n8nFolder = await n8nWithClient();
		const pinned = await pinNormalize(n8nFolder, [forms[1]]);
		const [first] = await handOff({ n8nFolder, items: [{}], mode: 'manual' }, pinned);
		await change(n8nFolder, changedRules);
		const [again] = await handOff({ n8nFolder, items: [{}], mode: 'trigger' }, pinned);
		expect(again.routing).toEqual(first.routing);
	});

	it('starts the clock of a test lead anew when its policy was changed', async () => {
		const n8nFolder = await n8nWithClient();
		const pinned = await pinNormalize(n8nFolder, [forms[0], { ...forms[0], event_id: 'e-9' }]);
		const first = await handOff({ n8nFolder, items: [{}], mode: 'manual' }, pinned);
		await change(n8nFolder, { ...settings, slaPolicies: [{ name: 'Slow', firstResponseMinutes: 300 }] });
		const again = await handOff({ n8nFolder, items: [{}], mode: 'manual' }, pinned);
		expect(again.map(({ sla }) => sla?.policy)).toEqual(['Slow', 'Slow']);
		// the second enquiry joins the clock of the first, and does not restart it
		expect(again.map(({ sla }) => sla?.startedAt)).toEqual(first.map(() => first[0].sla?.startedAt));
	});

	it('shows how strictly people are matched', async () => {
		const n8nFolder = await n8nWithClient();
		const alike = { ...forms[0], event_id: 'e-9', email: 'ana.prior@mail.example' };
		const pinned = await pinNormalize(n8nFolder, [forms[0], alike]);
		const strictly = { ...pinned, nodes: pinned.nodes.map((node) => (node.name === decide[0].name ? { ...node, parameters: { options: { matchThreshold: 1, reviewThreshold: 1 } } } : node)) };
		const seen: unknown[] = [];
		for (const canvas of [pinned, strictly, pinned]) {
			const [, second] = await handOff({ n8nFolder, items: [{}], mode: 'manual' }, canvas);
			seen.push([second.match?.verdict, second.review.map(({ stage }) => stage)]);
		}
		expect(seen).toEqual([['review', ['clean']], ['create', []], ['review', ['clean']]]);
	});

	it('goes on with a pinned Lead Normalize after test leads were reset', async () => {
		const n8nFolder = await n8nWithClient();
		const pinned = await pinNormalize(n8nFolder, [forms[0], { ...forms[0], event_id: 'e-9' }]);
		for (const queue of ['UK', 'Britain']) {
			await useLedger(n8nFolder, { ...testLeads, operation: 'resetTestLeads' });
			for (let round = 0; round < 2; round++) {
				const records = await handOff({ n8nFolder, items: [{}], mode: 'manual' }, pinned);
				expect(records.map(({ match, routing, sla }) => [match?.verdict, routing?.queue, sla?.status])).toEqual([['create', queue, 'running'], ['append', queue, 'running']]);
			}
			await change(n8nFolder, changedRules);
		}
	});
});
