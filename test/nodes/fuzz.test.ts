import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { IDataObject, INodeExecutionData, INodeProperties, INodeType } from 'n8n-workflow';
import { AiIntentClassifier } from '../../nodes/AiIntentClassifier/AiIntentClassifier.node';
import { DedupeMatch } from '../../nodes/DedupeMatch/DedupeMatch.node';
import { HandoffLedger } from '../../nodes/HandoffLedger/HandoffLedger.node';
import { closeLedgers, openLedger } from '../../nodes/host/openLedger';
import * as errors from '../../nodes/host/toNodeError';
import { clientSettingsSchema } from '../../nodes/lead/settings/clientSettings';
import { LeadNormalize } from '../../nodes/LeadNormalize/LeadNormalize.node';
import { RuleRouter } from '../../nodes/RuleRouter/RuleRouter.node';
import { SlaWatch } from '../../nodes/SlaWatch/SlaWatch.node';
import { anyItem, sectionDamage, damage, type Damage } from '../support/hostileItems';
import { strictContext } from '../support/strictContext';

let storageFolder: string;
let execution = 0;

const settings = clientSettingsSchema.parse({
	name: 'Acme', mode: 'live', timeZone: 'Europe/London', defaultCountry: 'GB',
	calendars: [{ name: 'Office', hours: { monday: ['09:00-17:30'], tuesday: ['09:00-17:30'] } }],
	members: ['mia', 'tom', 'jo'].map((id) => ({ id, name: id, email: `${id}@example.com` })),
	teams: [{ name: 'UK', members: ['mia', 'tom'] }, { name: 'Demos', members: ['jo'], assignment: 'leastLoaded' }],
	fallbackOwner: 'jo',
	rules: [
		{ name: 'United Kingdom', tier: 'hard', conditions: [{ field: 'lead.country', operator: 'equals', value: 'GB' }], queue: 'UK' },
		{
			name: 'Odd', tier: 'hard', match: 'any', queue: 'Demos', team: 'Demos', continue: true,
			conditions: [
				{ field: 'lead.custom.toString', operator: 'contains', value: 'a' }, { field: 'lead.custom.website', operator: 'matches', value: '^http' }, { field: 'lead.custom.data', operator: 'greaterThan', value: 5 },
				{ field: 'match.externalIds.crm', operator: 'startsWith', value: 'x' }, { field: 'lead.companySize', operator: 'atLeast', value: 10 }, { field: 'submission.submittedAt', operator: 'after', value: '2026-01-01' },
				{ field: 'lead.custom.length', operator: 'isTrue' }, { field: 'payload.body', operator: 'notContains', value: 'quote' },
			],
		},
		{ name: 'Written', tier: 'soft', conditions: [{ field: 'lead.message', operator: 'isNotEmpty' }], queue: 'Demos', team: 'Demos' },
	],
	slaPolicies: [{ name: 'First Response', firstResponseMinutes: 30 }],
});

beforeAll(async () => {
	// shows where an error comes from
	jest.spyOn(errors, 'toNodeError').mockImplementation((_ctx, caught) => { throw caught; });
	storageFolder = mkdtempSync(join(tmpdir(), 'lead-handoff-fuzz-'));
	const ledger = await openLedger(strictContext({ items: [], storageFolder }));
	await ledger?.saveSettings({ client: 'acme', settings, at: '2026-11-20T18:30:00.000Z' });
});
afterAll(closeLedgers);

interface Step {
	node: INodeType;
	parameters: Record<string, unknown>;
}

/** The canvas, in order; each setting as the panel has it at first, but for what makes it this step. */
const chain: Step[] = [
	{ node: new LeadNormalize(), parameters: { client: 'acme' } },
	{ node: new DedupeMatch(), parameters: { outputs: 'reviewsApart' } },
	{ node: new RuleRouter(), parameters: { operation: 'applyHardRules' } },
	{ node: new AiIntentClassifier(), parameters: {} },
	{ node: new RuleRouter(), parameters: { operation: 'finishRouting', outputs: 'perQueue', queues: ['UK'] } },
	{ node: new SlaWatch(), parameters: { operation: 'start' } },
];
const readBack: Step = { node: new HandoffLedger(), parameters: { operation: 'getLead', client: 'acme' } };
const recordEvent: Step = { node: new HandoffLedger(), parameters: { operation: 'recordEvent', client: 'acme', eventType: 'accepted' } };

/** Runs one node on items and gives what left, over all outputs, in the order of the items. */
async function leave({ node, parameters }: Step, items: INodeExecutionData[]): Promise<INodeExecutionData[]> {
	execution++;
	const outputs = await node.execute?.call(strictContext({
		items, storageFolder, parameters: { ...fromItems(panel(node.description.properties, parameters.operation), items), ...fromItems(parameters, items) },
		extra: { getExecutionId: () => String(execution), evaluateExpression: () => 0 },
	})) as INodeExecutionData[][];
	const left = outputs.flat().sort((one, other) => itemOf(one) - itemOf(other));
	expect(left.map(itemOf)).toEqual(items.map((_, index) => index));
	expect(left.map(({ binary }) => binary)).toEqual(items.map(({ binary }) => binary));
	expect(left.every(({ json }) => typeof json === 'object' && json !== null && !('error' in json && Object.keys(json).length === 1))).toBe(true);
	expect(JSON.parse(JSON.stringify(left))).toEqual(left);
	return left;
}

const itemOf = ({ pairedItem }: INodeExecutionData): number => (pairedItem as { item: number }).item;

/** The defaults of the panel for one operation. */
function panel(properties: INodeProperties[], operation: unknown): Record<string, unknown> {
	const shown = properties.filter(({ displayOptions }) => {
		const operations = displayOptions?.show?.operation as unknown[] | undefined;
		return operations === undefined || operations.includes(operation);
	});
	return Object.fromEntries(shown.map(({ name, default: value }) => [name, value]));
}

/** What reads `$json` is read from each item, as n8n would. */
function fromItems(parameters: Record<string, unknown>, items: INodeExecutionData[]): Record<string, unknown> {
	return Object.fromEntries(Object.entries(parameters).map(([name, value]) => {
		const [, path] = /^=\{\{ \$json\.(.+) \}\}$/.exec(String(value)) ?? [];
		return [name, path === undefined ? value : (itemIndex: number) => valueAt(items[itemIndex]?.json, path.split('.')) ?? ''];
	}));
}

function valueAt(json: unknown, path: string[]): unknown {
	return path.reduce((value, part) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined), json);
}

function expectRouted(left: INodeExecutionData[]): void {
	for (const { json } of left) {
		expect(json).toMatchObject({
			client: 'acme', leadId: expect.any(String), personId: expect.any(String), submission: { id: expect.any(String) },
			routing: { queue: expect.stringMatching(/./), owner: { id: expect.stringMatching(/./) }, because: expect.any(Array) },
		});
	}
}

function expectClock(left: INodeExecutionData[]): void {
	for (const { json } of left) {
		expect(json).toMatchObject({ client: 'acme', sla: { policy: 'First Response', dueAt: expect.stringMatching(/^\d{4}-/), status: expect.stringMatching(/./) } });
	}
}

const untouched = Object.getOwnPropertyNames(Object.prototype);
afterEach(() => expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(untouched));

const items = (item: fc.Arbitrary<INodeExecutionData>, size: number) => fc.array(item, { minLength: size, maxLength: size });

describe('hostile input through all six nodes', () => {
	it('hands every payload off once, with a queue, an owner and a clock', async () => {
		await fc.assert(fc.asyncProperty(items(anyItem, 50), async (payloads) => {
			let left = payloads;
			for (const step of chain) left = await leave(step, left);
			expectRouted(left);
			expectClock(left);
			for (const { json } of await leave(readBack, left)) expect(json).toMatchObject({ found: true, clock: { status: expect.any(String) } });
			for (const { json } of await leave(recordEvent, left)) expect(json).toMatchObject({ client: 'acme', event: 'accepted' });
		}), { numRuns: 26, endOnFailure: true });
	}, 180_000);

	// a Set or Code node in between may take away or overwrite anything but the client
	it('hands every lead off whose record was damaged between two nodes', async () => {
		await fc.assert(fc.asyncProperty(items(anyItem, 25), fc.array(sectionDamage, { minLength: 25 * chain.length, maxLength: 25 * chain.length }), async (payloads, damages) => {
			let left = payloads;
			for (const [index, step] of chain.entries()) {
				left = await leave(step, index === 0 ? left : left.map((item, at) => damaged(item, damages[index * 25 + at])));
				if (index === 4) expectRouted(left);
			}
			expectClock(left);
			await leave(readBack, left);
			await leave(recordEvent, left);
		}), { numRuns: 30, endOnFailure: true });
	}, 180_000);

	it('lets every lead leave once that lost its client after any node', async () => {
		await fc.assert(fc.asyncProperty(items(anyItem, chain.length - 1), async (payloads) => {
			let left = payloads;
			for (const [index, step] of chain.entries()) {
				left = await leave(step, left.map((item, at) => (at + 1 === index ? { ...item, json: { ...item.json, client: undefined } } : item)));
			}
		}), { numRuns: 10, endOnFailure: true });
	}, 180_000);

	it.each([2_000, 20_000, 200_000])('hands off a payload of %i levels', async (levels) => {
		const nested = ['['.repeat(levels) + ']'.repeat(levels), '{"email":"ana@northwind.example","a":'.repeat(levels) + '1' + '}'.repeat(levels)].map((text) => ({ json: { body: JSON.parse(text) as IDataObject } }));
		let left: INodeExecutionData[] = nested;
		for (const step of chain) left = await leave(step, left);
		expectRouted(left);
		expectClock(left);
	}, 180_000);

	it('hands off messages of a million characters', async () => {
		const long = ['a', 'é ', '<b>', '@', '\u{1F600}', 'https://a.example/?q=', '9', '\n', '({['].map((part) => part.repeat(Math.ceil(1_000_000 / part.length)));
		let left: INodeExecutionData[] = long.map((message) => ({ json: { email: 'ana@northwind.example', message } }));
		left.push({ json: { body: long[1], name: long[0], email: long[3], phone: long[6], company: long[2], country: long[4], utm_source: long[5] } }, { json: { [long[0]]: long[0] } });
		for (const step of chain) left = await leave(step, left);
		expectRouted(left);
		expectClock(left);
	}, 180_000);
});

/** Settings that need no ledger. */
const alone: Record<string, Step> = {
	'Lead Normalize': { node: new LeadNormalize(), parameters: { client: 'acme' } },
	'Dedupe Match': { node: new DedupeMatch(), parameters: { compareWith: 'secondInput' } },
	'AI Intent Classifier': { node: new AiIntentClassifier(), parameters: { settingsFrom: 'node' } },
	'Rule Router': { node: new RuleRouter(), parameters: { operation: 'route', settingsFrom: 'node', fallbackOwner: 'ops@example.com' } },
	'SLA Watch: Start': { node: new SlaWatch(), parameters: { operation: 'start', settingsFrom: 'node' } },
	'SLA Watch: Check': { node: new SlaWatch(), parameters: { operation: 'check' } },
	'SLA Watch: Record Response': { node: new SlaWatch(), parameters: { operation: 'recordResponse' } },
};

describe('items that are no records', () => {
	it.each(Object.entries(alone))('leave %s once each without a ledger', async (_name, { node, parameters }) => {
		await fc.assert(fc.asyncProperty(items(anyItem, 20), async (given) => {
			await leave({ node, parameters: { ...parameters, ledger: 'none' } }, given);
		}), { numRuns: 15, endOnFailure: true });
	}, 180_000);

	it.each<[string, Step]>([
		['Dedupe Match', chain[1]],
		['AI Intent Classifier', chain[3]],
		['Rule Router', chain[4]],
		['SLA Watch: Start', chain[5]],
		['SLA Watch: Confirm Step', { node: new SlaWatch(), parameters: { operation: 'confirmStep', client: 'acme', stepId: '={{ $json.name }}', claimToken: '={{ $json.email }}' } }],
		['SLA Watch: Record Response', { node: new SlaWatch(), parameters: { operation: 'recordResponse', client: 'acme', leadId: '={{ $json.name }}', answeredAt: '={{ $json.submittedAt }}', answeredBy: '={{ $json.email }}' } }],
		['Handoff Ledger: Get Lead', readBack],
		['Handoff Ledger: Record Event', recordEvent],
		['Handoff Ledger: Get Lead by email', { ...readBack, parameters: { ...readBack.parameters, findBy: 'email', email: '={{ $json.email }}' } }],
		['Handoff Ledger: Get Lead by external ID', { ...readBack, parameters: { ...readBack.parameters, findBy: 'externalId', externalId: '={{ $json.phone }}' } }],
	])('leave %s once each with a ledger', async (_name, step) => {
		await fc.assert(fc.asyncProperty(items(anyItem, 20), async (given) => {
			await leave(step, given.map((item) => ({ ...item, json: { ...item.json, client: 'acme' } })));
		}), { numRuns: 15, endOnFailure: true });
	}, 180_000);

	it('are known records that Dedupe Match leaves out', async () => {
		await fc.assert(fc.asyncProperty(items(anyItem, 10), items(anyItem, 20), async (leads, known) => {
			const ctx = strictContext({ items: leads, otherInputs: { 1: known.map(({ json }) => json) }, parameters: { ledger: 'none', compareWith: 'secondInput' } });
			const [left] = await new DedupeMatch().execute.call(ctx);
			expect(left).toHaveLength(leads.length);
		}), { numRuns: 15, endOnFailure: true });
	}, 180_000);
});

function damaged(item: INodeExecutionData, one: Damage): INodeExecutionData {
	return { ...item, json: damage(item.json, one) as IDataObject };
}
