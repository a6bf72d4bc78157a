import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeOperationError, type IDataObject, type INodeExecutionData, type INodeProperties } from 'n8n-workflow';
import { HandoffLedger } from '../../nodes/HandoffLedger/HandoffLedger.node';
import { properties } from '../../nodes/HandoffLedger/properties';
import { closeLedgers, openLedger } from '../../nodes/host/openLedger';
import { eventKey } from '../../nodes/lead/capture/submissionKey';
import { checkSettings } from '../../nodes/lead/settings/checkSettings';
import type { Ledger } from '../../nodes/ledger/ledger';
import { sampleSettings } from '../lead/settings/settingsSample';
import { strictContext, type StrictContextOptions } from '../support/strictContext';

let storageFolder: string;
let ledger: Ledger;
const at = '2026-11-20T18:30:00.000Z';

beforeEach(async () => {
	storageFolder = mkdtempSync(join(tmpdir(), 'lead-handoff-ledger-node-'));
	ledger = await openLedger(strictContext({ items: [], storageFolder })) as Ledger;
});
afterEach(closeLedgers);

interface Options extends Partial<StrictContextOptions> {
	items?: (IDataObject | INodeExecutionData)[];
}

/** Runs one operation with the defaults of the panel and gives the items that leave. */
async function run(operation: string, parameters: Record<string, unknown> = {}, options: Options = {}): Promise<INodeExecutionData[]> {
	const ctx = strictContext({ items: [{}], storageFolder, ...options, parameters: { ...defaults(), operation, client: 'acme', ...parameters } });
	const [left] = await new HandoffLedger().execute.call(ctx);
	return left;
}

async function runJson(operation: string, parameters: Record<string, unknown> = {}, options: Options = {}): Promise<IDataObject[]> {
	return (await run(operation, parameters, options)).map(({ json }) => json);
}

/** What the panel would send when nothing is touched; expressions are left to the test. */
function defaults(): Record<string, unknown> {
	return Object.fromEntries(properties.filter((property) => !String(property.default).startsWith('=')).map((property) => [property.name, property.default]));
}

const save = (client: string, change: Record<string, unknown> = {}) => run('saveSettings', { client, settings: { ...sampleSettings(), ...change } });

interface Seed {
	client?: string;
	test?: boolean;
	email?: string;
	company?: string;
	openedAt?: string;
	key?: string;
}

/** A lead as Lead Normalize and Dedupe Match would have stored it. */
async function seedLead(leadId: string, { client = 'acme', test = false, email = `${leadId}@example.com`, company = 'Example Ltd', openedAt = at, key = leadId }: Seed = {}): Promise<void> {
	const scope = { client, test };
	const ids = { submissionId: `${client}-${test}-${leadId}`, leadId, personId: `person-${leadId}` };
	await ledger.capture({ ...scope, ...ids, key, detectResend: true, at: openedAt, formTool: 'n8nForm', payload: {}, record: { leadId } });
	const { asOf } = await ledger.findCandidates({ ...scope, keys: [], capPerKey: 10 });
	const written = await ledger.recordMatch({
		...scope, ...ids, at: openedAt, asOf, verdict: 'create',
		keys: [{ kind: 'email', value: email, strength: 'match' }, { kind: 'externalId:hubspot', value: `hs-${leadId}`, strength: 'match' }],
		match: { verdict: 'create', externalIds: { hubspot: `hs-${leadId}` }, score: 0, because: ['nobody known has this address'], candidates: [], mergePlan: [] },
		fields: { fullName: 'Ada Example', email, emailKey: email, phone: null, company }, externalIds: { hubspot: `hs-${leadId}` },
		source: { complete: true, completeness: 1, campaign: null, source: null },
	});
	expect(written.status).toBe('written');
}

describe('Handoff Ledger: Save Settings', () => {
	it('saves a new version only when something changed', async () => {
		expect((await save('ACME '))[0].json).toEqual({
			client: 'acme', name: 'Acme Services', mode: 'test', version: 1, changed: true, changes: [],
			warnings: ['Nobody of team \'Sales North\' works on Tuesday, Wednesday and Thursday', '5 stages have no owner'],
		});
		expect((await save('acme'))[0].json).toMatchObject({ version: 1, changed: false });
		expect((await save('acme', { mode: 'live' }))[0].json).toMatchObject({ version: 2, changed: true, mode: 'live' });
	});

	it('takes the document as JSON text too', async () => {
		await run('saveSettings', { settings: JSON.stringify(sampleSettings()) });
		expect(await runJson('getSettings')).toMatchObject([{ client: 'acme', version: 1, settings: { fallbackOwner: 'tom', newOpportunityDays: 90 } }]);
	});

	it.each<[string, unknown, string]>([
		['one thing wrong', { ...sampleSettings(), fallbackOwner: 'eve' }, 'The fallback owner names an unknown member \'eve\''],
		['several things wrong', { ...sampleSettings(), fallbackOwner: 'eve', timeZone: 'Mars' }, '2 settings need a change before the first lead'],
		['no JSON', '{ "name": ', 'The settings are not JSON'],
		['a pattern that rules can\'t read', { ...sampleSettings(), rules: [{ name: 'R', tier: 'hard', queue: 'Q', conditions: [{ field: 'lead.email', operator: 'matches', value: '(' }] }] }, 'Rule 1 has a pattern that can\'t be read'],
	])('keeps the last good version when the document has %s', async (_what, settings, message) => {
		await save('acme');
		await expect(run('saveSettings', { settings })).rejects.toMatchObject({ message: expect.stringContaining(message), context: { itemIndex: 0 } });
		expect(await runJson('getSettings')).toMatchObject([{ version: 1, settings: { fallbackOwner: 'tom' } }]);
	});

	it('saves none of several documents when one is wrong', async () => {
		const settings = (itemIndex: number) => (itemIndex === 1 ? {} : sampleSettings());
		const client = (itemIndex: number) => `client-${itemIndex}`;
		await expect(run('saveSettings', { settings, client }, { items: [{}, {}] })).rejects.toMatchObject({ context: { itemIndex: 1 } });
		expect(await ledger.listClients()).toEqual([]);
	});

	it('saves the good ones and tells the wrong one when it is set to continue', async () => {
		const settings = (itemIndex: number) => (itemIndex === 1 ? {} : sampleSettings());
		const client = (itemIndex: number) => `client-${itemIndex}`;
		const left = await run('saveSettings', { settings, client }, { items: [{}, { row: 2 }, {}], continueOnFail: true });
		expect(left.map(({ json, pairedItem }) => [json.client ?? json.error, pairedItem])).toEqual([
			['client-0', { item: 0 }], [expect.stringMatching(/settings need a change/), { item: 1 }], ['client-2', { item: 2 }],
		]);
	});

	it('allows Execute Once, which other operations on items refuse', async () => {
		const node = { executeOnce: true };
		expect(await run('saveSettings', { settings: sampleSettings() }, { node })).toHaveLength(1);
		await expect(run('getLead', { leadId: 'lead-1' }, { node })).rejects.toThrow('Execute Once');
	});

	it('refuses the default client beside others, and keys that are none', async () => {
		await save('acme');
		await expect(save('default')).rejects.toThrow('Client \'default\' can\'t be used beside other clients');
		await expect(save('Acme Ltd!')).rejects.toThrow('This is not a client key');
	});

	it('offers a first document that passes the check', () => {
		expect(checkSettings(defaults().settings).problems).toEqual([]);
	});
});

describe('Handoff Ledger: clients', () => {
	it('lists every client once, however many items come in', async () => {
		await save('acme');
		await save('beta', { name: 'Beta', mode: 'live' });
		expect(await run('listClients', {}, { items: [{}, {}, {}] })).toEqual([
			{ json: { client: 'acme', name: 'Acme Services', mode: 'test', version: 1 }, pairedItem: { item: 0 } },
			{ json: { client: 'beta', name: 'Beta', mode: 'live', version: 1 }, pairedItem: { item: 0 } },
		]);
	});

	it.each(['getSettings', 'listLeads', 'getLead', 'recordEvent', 'resetTestLeads', 'scorecard'])('stops %s for a client that is not set up', async (operation) => {
		await save('acme');
		await expect(run(operation, { client: 'acmee', leadId: 'lead-1' })).rejects.toThrow('Client \'acmee\' is not set up');
	});

	it('tells the error on the item when it is set to continue', async () => {
		await save('acme');
		expect(await run('getSettings', { client: 'acmee' }, { continueOnFail: true })).toEqual([{ json: { error: expect.stringContaining('Client \'acmee\' is not set up. ') as string }, pairedItem: { item: 0 } }]);
	});
});

describe('Handoff Ledger: Record Event', () => {
	beforeEach(async () => {
		await save('acme');
		await seedLead('lead-1', { key: eventKey({ client: 'acme', formTool: 'typeform', formId: 'f1', eventId: 'tok-1' }) });
	});

	const events = async (leadId = 'lead-1', test = false) => (await ledger.getLead({ client: 'acme', test }, { leadId }))?.events;

	it('records an event that is told twice once', async () => {
		const parameters = { leadId: 'lead-1', eventType: 'won', amount: 12000, currency: 'eur', eventOptions: { by: 'mia', at: '2026-12-01T10:00:00' } };
		expect(await runJson('recordEvent', parameters)).toEqual([{ client: 'acme', leadId: 'lead-1', event: 'won', at: '2026-12-01T10:00:00.000Z', recorded: true, because: 'Recorded' }]);
		expect(await runJson('recordEvent', parameters)).toMatchObject([{ recorded: false, because: 'This event was recorded before' }]);
		expect(await events()).toMatchObject([{ type: 'won', by: 'mia', at: '2026-12-01T10:00:00.000Z', detail: { amount: 12000, currency: 'EUR' } }]);
	});

	it('records a second event of its kind by its own ID', async () => {
		for (const eventId of ['call-1', 'call-2', 'call-1']) await run('recordEvent', { leadId: 'lead-1', eventType: 'contacted', eventOptions: { eventId } });
		expect(await events()).toHaveLength(2);
	});

	it.each<[string, Record<string, unknown>]>([
		['lead ID', { findBy: 'leadId', leadId: 'lead-1' }],
		['address in another spelling', { findBy: 'email', email: ' Lead-1@EXAMPLE.com' }],
		['submission of its form tool', { findBy: 'submission', formTool: 'typeform', formId: 'f1', eventId: 'tok-1' }],
		['external ID', { findBy: 'externalId', externalSystem: 'hubspot', externalId: 'hs-lead-1' }],
	])('finds the lead by %s', async (_what, parameters) => {
		expect(await runJson('recordEvent', parameters)).toMatchObject([{ leadId: 'lead-1', recorded: true }]);
	});

	it.each<[string, Record<string, unknown>, string]>([
		['an unknown lead', { leadId: 'lead-9' }, 'This client has no such live lead'],
		['an unknown submission', { findBy: 'submission', formTool: 'typeform', formId: 'f2', eventId: 'tok-1' }, 'This client has no such live lead'],
		['an item that names none', { leadId: '' }, 'The item holds nothing to find a lead by'],
	])('goes on with %s, and says so', async (_what, parameters, because) => {
		expect(await runJson('recordEvent', parameters)).toMatchObject([{ leadId: null, recorded: false, because }]);
	});

	it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
		['rejected', { reason: 'no budget' }, { reason: 'no budget' }],
		['misrouted', { rightQueue: 'South' }, { rightQueue: 'South' }],
		['routingChecked', { routedRight: false }, { right: false }],
		['won', { amount: 0 }, {}],
		['accepted', { reason: 'left over', eventOptions: { note: 'keen' } }, { note: 'keen' }],
	])('keeps of %s what belongs to it', async (eventType, parameters, detail) => {
		await run('recordEvent', { leadId: 'lead-1', eventType, ...parameters });
		expect((await events())?.[0].detail).toEqual(detail);
	});

	it('gives the lead to its new owner', async () => {
		await run('recordEvent', { leadId: 'lead-1', eventType: 'ownerChanged', newOwner: 'mia' });
		expect(await ledger.getLead({ client: 'acme', test: false }, { leadId: 'lead-1' })).toMatchObject({ owner: { id: 'mia', name: 'Mia Example' } });
		await run('recordEvent', { leadId: 'lead-1', eventType: 'ownerChanged', newOwner: 'hs-77' });
		expect(await ledger.getLead({ client: 'acme', test: false }, { leadId: 'lead-1' })).toMatchObject({ owner: { id: 'hs-77', name: 'hs-77' } });
	});

	it('gives the lead to the first who takes it, and tells the second who was first', async () => {
		const takenBy = async (member: string) => await runJson('recordEvent', { leadId: 'lead-1', eventType: 'accepted', takenBy: member });
		await run('recordEvent', { leadId: 'lead-1', eventType: 'ownerChanged', newOwner: 'hs-77' });
		expect(await takenBy('mia')).toMatchObject([{ leadId: 'lead-1', event: 'accepted', recorded: true, because: 'Taken from hs-77' }]);
		expect(await takenBy('hs-77')).toMatchObject([{ recorded: false, because: expect.stringMatching(/^Mia Example was first: taken on /) as string }]);
		expect(await takenBy('mia')).toMatchObject([{ recorded: false, because: expect.stringMatching(/^Mia Example has it already: taken on /) as string }]);
		expect(await ledger.getLead({ client: 'acme', test: false }, { leadId: 'lead-1' })).toMatchObject({ owner: { id: 'mia', name: 'Mia Example' } });
		expect((await events())?.filter(({ type }) => type === 'accepted')).toMatchObject([{ by: 'mia' }]);
		expect(await runJson('explainLead', { leadId: 'lead-1' })).toMatchObject([{ text: expect.stringContaining(': Mia Example took it first.') as string }]);
	});

	it('never writes on a live lead for an item that is a test lead', async () => {
		const items = [{ run: { test: true } }];
		expect(await runJson('recordEvent', { leadId: 'lead-1' }, { items })).toMatchObject([{ recorded: false, because: 'This client has no such test lead' }]);
		expect(await events()).toEqual([]);
	});

	it('never reaches into another client', async () => {
		await save('beta');
		expect(await runJson('recordEvent', { client: 'beta', leadId: 'lead-1' })).toMatchObject([{ recorded: false }]);
		expect(await runJson('getLead', { client: 'beta', findBy: 'email', email: 'lead-1@example.com' })).toMatchObject([{ found: false }]);
		expect(await runJson('listLeads', { client: 'beta' })).toEqual([]);
	});

	it('takes the moment that an expression such as $now makes, and nothing else that is no text', async () => {
		const moment = { toISO: () => '', toString: () => '2026-11-21T09:00:00.000Z' };
		expect(await runJson('recordEvent', { leadId: 'lead-1', eventOptions: { at: moment } })).toMatchObject([{ recorded: true, at: '2026-11-21T09:00:00.000Z' }]);
		expect(await runJson('recordEvent', { leadId: 'lead-1', eventType: 'won', eventOptions: { at: { toString: 1 }, by: { toString: 1 } } })).toMatchObject([{ recorded: true }]);
	});

	it('refuses a moment that is none', async () => {
		await expect(run('recordEvent', { leadId: 'lead-1', eventOptions: { at: 'yesterday' } })).rejects.toThrow('"Happened At" is not a moment');
	});

	it('links every item to the one it came from', async () => {
		const leadId = (itemIndex: number) => `lead-${itemIndex}`;
		const left = await run('recordEvent', { leadId }, { items: [{}, {}, {}] });
		expect(left.map(({ json, pairedItem }) => [json.recorded, pairedItem])).toEqual([[false, { item: 0 }], [true, { item: 1 }], [false, { item: 2 }]]);
	});
});

describe('Handoff Ledger: Get Lead and List Leads', () => {
	beforeEach(async () => {
		await save('acme', { timeZone: 'Europe/Berlin' });
		await seedLead('lead-1');
		await seedLead('lead-2', { company: '100% Müller_Söhne "O\'Neil"', openedAt: '2026-11-20T19:00:00.000Z' });
		await seedLead('lead-3', { test: true });
	});

	it('tells the story of a lead in the client\'s time', async () => {
		const [lead] = await runJson('getLead', { leadId: 'lead-1' });
		expect(lead).toMatchObject({ found: true, leadId: 'lead-1', status: 'open', externalIds: { hubspot: 'hs-lead-1' } });
		expect(lead.story).toEqual([
			'2026-11-20 19:30 Lead opened',
			'2026-11-20 19:30 Matched as create: nobody known has this address',
			'Now open, with no owner in no queue, no clock',
		]);
	});

	it('gives twelve flat columns when simplified', async () => {
		for (const operation of ['getLead', 'listLeads']) {
			const [lead] = await runJson(operation, { leadId: 'lead-1', output: 'simplified' });
			expect(Object.keys(lead)).toHaveLength(12);
			for (const value of Object.values(lead)) expect(typeof value === 'object' ? value : null).toBeNull();
		}
	});

	it('says so when there is no such lead', async () => {
		expect(await runJson('getLead', { leadId: 'lead-9' })).toEqual([{ found: false, client: 'acme', because: 'This client has no such live lead' }]);
		expect(await runJson('getLead', { leadId: 'lead-3' })).toMatchObject([{ found: false }]);
		expect(await runJson('getLead', { leadId: 'lead-3', testLeads: true })).toMatchObject([{ found: true, test: true }]);
	});

	it('lists live leads, newest first, page by page', async () => {
		expect((await runJson('listLeads')).map(({ leadId }) => leadId)).toEqual(['lead-2', 'lead-1']);
		expect((await runJson('listLeads', { limit: 1 })).map(({ leadId }) => leadId)).toEqual(['lead-2']);
		expect((await runJson('listLeads', { limit: 1, filters: { after: 'lead-2' } })).map(({ leadId }) => leadId)).toEqual(['lead-1']);
		expect((await runJson('listLeads', { returnAll: true, testLeads: true })).map(({ leadId }) => leadId)).toEqual(['lead-3']);
		expect(await runJson('listLeads', { filters: { status: 'closed' } })).toEqual([]);
	});

	it('gives all that passes every filter, in full pages, and ends where it should', async () => {
		const intents = ['Quote', 'Support', 'Quote', 'Quote'];
		for (const [index, name] of intents.entries()) {
			const leadId = `read-${index}`;
			await seedLead(leadId, { client: 'beta', openedAt: `2026-11-2${index}T09:00:00.000Z` });
			await ledger.recordDecision({
				client: 'beta', test: false, submissionId: `beta-false-${leadId}`, leadId, personId: `person-${leadId}`, stage: 'classify', at,
				section: { intent: { name, urgency: 'normal', buyingStage: 'ready', sentiment: 'neutral', fit: 'good', language: 'en', summary: '', nextStep: '', evidence: [], engine: 'rules', because: [] }, review: [] },
			} as Parameters<Ledger['recordDecision']>[0]);
		}
		await save('beta');
		const ids = async (filters: object, more: object = {}) => (await runJson('listLeads', { client: 'beta', filters, ...more })).map(({ leadId }) => leadId);
		expect(await ids({ intent: 'QUOTE' })).toEqual(['read-3', 'read-2', 'read-0']);
		expect(await ids({ intent: 'quote' }, { limit: 2 })).toEqual(['read-3', 'read-2']);
		expect(await ids({ intent: 'quote', after: 'read-2' }, { returnAll: true })).toEqual(['read-0']);
		expect(await ids({ intent: 'quote', channel: 'paid search' })).toEqual([]);
		expect(await ids({ email: 'READ-1@Example.com' })).toEqual(['read-1']);
		// midnight of Berlin, the client's zone
		expect(await ids({ from: '2026-11-21', to: '2026-11-23' })).toEqual(['read-2', 'read-1']);
		expect(await ids({ needsReview: false, intent: 'support' })).toEqual(['read-1']);
		expect(await ids({ needsReview: true })).toEqual([]);
	});

	it('says that a page can\'t be found, instead of an empty one that looks like the end', async () => {
		await expect(run('listLeads', { filters: { after: 'removed' } })).rejects.toMatchObject({ message: expect.stringContaining('The lead of "After Lead ID" is not known') });
	});

	it.each<[string, string[]]>([
		['100%', ['lead-2']],
		['r_s', ['lead-2']],
		['o\'neil', ['lead-2']],
		['%', ['lead-2']],
		['_', ['lead-2']],
		['\\', []],
		['\'; DROP TABLE leads; --', []],
		['" OR 1=1 --', []],
	])('takes %p in a search as text', async (search, leadIds) => {
		expect((await runJson('listLeads', { search })).map(({ leadId }) => leadId)).toEqual(leadIds);
		expect(await runJson('listLeads')).toHaveLength(2);
	});
});

describe('Handoff Ledger: Reset Test Leads', () => {
	it('removes test leads of this client only; live leads and settings stay', async () => {
		await save('acme');
		await save('beta');
		await seedLead('lead-1');
		await seedLead('lead-2', { test: true });
		await seedLead('lead-3', { test: true, client: 'beta' });
		expect(await runJson('resetTestLeads')).toEqual([{ client: 'acme', removedLeads: 1 }]);
		expect(await runJson('listLeads')).toHaveLength(1);
		expect(await runJson('listLeads', { testLeads: true })).toEqual([]);
		expect(await runJson('listLeads', { testLeads: true, client: 'beta' })).toHaveLength(1);
		expect(await runJson('getSettings')).toHaveLength(1);
	});
});

describe('Handoff Ledger: Scorecard', () => {
	beforeEach(async () => {
		await save('acme', { timeZone: 'Europe/Berlin' });
		for (const number of [1, 2, 3, 4, 5]) await seedLead(`lead-${number}`);
		await seedLead('lead-6', { test: true });
		await run('recordEvent', { leadId: 'lead-1', eventType: 'duplicateConfirmed' });
	});

	const november = { period: 'range', from: '2026-11-01T00:00:00', to: '2026-12-01T00:00:00' };

	it('gives one item per metric, of live leads of the period in the client\'s time', async () => {
		const rows = await runJson('scorecard', november);
		expect(rows).toHaveLength(24);
		expect(Object.keys(rows[0])).toEqual([
			'label', 'value', 'threshold', 'passes', 'because', 'previous', 'trend', 'name', 'number', 'unit', 'currency', 'thresholdNumber', 'thresholdIs',
			'previousNumber', 'trendIsClear', 'low', 'high', 'count', 'client', 'from', 'to', 'testLeads',
		]);
		expect(rows[0]).toMatchObject({ client: 'acme', from: '2026-10-31T23:00:00.000Z', to: '2026-11-30T23:00:00.000Z', testLeads: false });
		expect(rows.find(({ name }) => name === 'duplicateRate')).toMatchObject({ value: '20 %', threshold: 'at most 3 %', number: 0.2, thresholdNumber: 0.03, passes: false, count: 5, because: '1 of 5 created leads turned out to be duplicates: nothing in common with the known record (1)' });
		expect(rows.find(({ name }) => name === 'routingAccuracy')).toMatchObject({ value: null, because: 'Not measured: no sample of leads was checked' });
	});

	it('gives one report item with all figures', async () => {
		expect(await runJson('scorecard', { ...november, give: 'report' })).toMatchObject([{ name: 'Acme Services', leads: 5, metrics: expect.any(Array) }]);
	});

	it('gives one item per part, owners by name', async () => {
		await run('recordEvent', { leadId: 'lead-1', eventType: 'meetingBooked' });
		await ledger.recordEvent({ client: 'acme', test: false, leadId: 'lead-2', type: 'ownerChanged', at, detail: { owner: { id: 'tom' } }, onceKey: 'x' });
		const rows = await runJson('scorecard', { ...november, give: 'parts', splitBy: ['owner', 'form'] });
		expect(rows.map(({ split, part, leads }) => [split, part, leads])).toEqual([['Owner', 'unknown', 4], ['Owner', 'Tom Example', 1], ['Form', 'n8nForm', 5]]);
		expect(rows[2]).toMatchObject({ meetingsPerLead: '20 %', meetingsPerLeadNumber: 0.2, failed: 'Campaign Present, Duplicate Rate, Leads Without an Owner', splitName: 'form', partValue: 'n8nForm' });
	});

	it('judges by the client\'s own thresholds', async () => {
		await save('acme', { timeZone: 'Europe/Berlin', scorecard: { thresholds: { duplicateRate: 0.5, noOwnerRate: null }, leastLeads: 2 } });
		const rows = await runJson('scorecard', november);
		expect(rows.find(({ name }) => name === 'duplicateRate')).toMatchObject({ threshold: 'at most 50 %', passes: true });
		expect(rows.find(({ name }) => name === 'noOwnerRate')).toMatchObject({ threshold: null, passes: null });
		await expect(save('acme', { scorecard: { thresholds: { duplicateRate: 50 } } })).rejects.toThrow();
	});

	it('says that there are too few test leads for a figure', async () => {
		const rows = await runJson('scorecard', { ...november, testLeads: true });
		expect(rows.find(({ name }) => name === 'noOwnerRate')).toMatchObject({ value: null, count: 1, because: 'Too few leads for a figure (1 of at least 5)' });
	});

	it.each<[string, Record<string, unknown>, string]>([
		['ends before it begins', { ...november, to: '2026-10-01' }, 'The period ends before it begins'],
		['has no beginning', { ...november, from: '' }, '"From" is not a moment'],
		['has no days', { period: 'lastDays', days: 0 }, '"Days" is not a whole number above 0'],
	])('refuses a period that %s', async (_what, parameters, message) => {
		await expect(run('scorecard', parameters)).rejects.toThrow(message);
	});

	it('measures the days up to now', async () => {
		const [{ from, to }] = await runJson('scorecard', { period: 'lastDays', days: 7 });
		expect(Date.parse(to as string) - Date.parse(from as string)).toBeGreaterThanOrEqual(7 * 24 * 3_600_000 - 3_600_000);
	});
});

const files = { prepareBinaryData: async (data: Buffer, fileName: string, mimeType: string) => ({ data: data.toString('base64'), fileName, mimeType }) };

describe('Handoff Ledger: Report Page', () => {
	it('gives the page as a file and a field, the same for Slack, and rows', async () => {
		await save('acme', { timeZone: 'Europe/Berlin', language: 'de', mode: 'live', liveSince: '2026-01-01T00:00:00Z' });
		for (const number of [1, 2, 3, 4, 5]) await seedLead(`lead-${number}`);
		const [item] = await run('writeReport', { period: 'range', from: '2026-11-01T00:00:00', to: '2026-12-01T00:00:00' }, { helpers: files });
		expect(item.json).toMatchObject({ client: 'acme', leads: 5, title: 'Acme Services · Lead-Übergabe', slackBlocks: expect.any(Array), rows: expect.any(Array) });
		expect(item.json.html).toContain('5 Leads');
		expect(item.binary?.report).toMatchObject({ mimeType: 'text/html', fileName: 'acme-2026-10-31.html' });
		expect(Buffer.from(item.binary?.report.data ?? '', 'base64').toString('utf8')).toBe(item.json.html);
	});
});

describe('Handoff Ledger: Agency Overview', () => {
	it('gives one row per client, those first that need somebody', async () => {
		await save('acme', { mode: 'live', liveSince: '2026-01-01T00:00:00Z' });
		await save('beta', { name: 'Beta' });
		await seedLead('lead-1');
		const rows = await runJson('overview', { overviewGive: 'clients', period: 'lastDays', days: 3_000 });
		expect(rows).toMatchObject([
			{ client: 'acme', name: 'Acme Services', leads: 1, lastLeadAt: at, hoursWithoutLead: expect.any(Number), isQuiet: true },
			{ client: 'beta', name: 'Beta', status: 'test', because: 'in test mode', leads: 0, lastLeadAt: null },
		]);
		const [page] = await run('overview', { period: 'sinceGoLive' }, { helpers: files });
		expect(page.json).toMatchObject({ clients: 2, inTest: 1, html: expect.stringContaining('Beta') });
		expect(page.binary?.report.mimeType).toBe('text/html');
	});
});

describe('Handoff Ledger: Fairness', () => {
	it('tells each member\'s share beside the weight', async () => {
		await save('acme');
		for (const [number, owner] of ['mia', 'mia', 'mia', 'tom'].entries()) {
			await seedLead(`lead-${number}`);
			await ledger.recordDecision({
				client: 'acme', test: false, submissionId: `acme-false-lead-${number}`, leadId: `lead-${number}`, stage: 'route', at, queue: 'North', owner: { id: owner, name: owner, email: null },
				section: { routing: { queue: 'North', team: 'Sales North', rule: { number: 1, name: 'x' }, matchedRules: [], tier: 'hard', because: [], skipped: ['Tom Example: away until 2026-11-30'], priority: 'normal', readMessageWithAi: true } },
			});
		}
		const rows = await runJson('fairness', { period: 'lastDays', days: 3_000 });
		expect(rows.map(({ owner, leads, leadShare, skipped }) => [owner, leads, leadShare, skipped])).toEqual([['Mia Example', 3, '75 %', null], ['Tom Example', 1, '25 %', 'away (4)']]);
		expect(rows[0]).toMatchObject({ team: 'Sales North', busiestHours: '18–19 (3)', fair: true });
	});
});

describe('Handoff Ledger: Lift', () => {
	const november = { period: 'range', from: '2026-11-01T00:00:00', to: '2026-12-01T00:00:00', liftLeads: 400 };

	beforeEach(async () => {
		await save('acme');
		for (let number = 0; number < 25; number++) {
			await seedLead(`lead-${number}`);
			if (number < 20) await run('recordEvent', { leadId: `lead-${number}`, eventType: number < 7 ? 'meetingBooked' : 'contacted' });
		}
	});

	it('compares with rates that were typed in', async () => {
		expect(await runJson('lift', { ...november, liftBefore: 'typed', liftContact: 55, liftMeeting: 30 })).toMatchObject([{ leads: 400, meetingsBefore: 66, meetingsAfter: 112, more: 46, low: expect.any(Number), high: expect.any(Number), contactAfter: 0.8, meetingAfter: 0.35 }]);
		await expect(run('lift', { ...november, liftBefore: 'typed', liftContact: 0, liftMeeting: 30 })).rejects.toThrow('"Before: Contact Rate (%)" is not a percentage');
	});

	it.each<[string, IDataObject[]]>([
		['one item of an audit', [{ contactRate: 0.55, meetingRate: 0.3, leads: 50 }]],
		['items of a scorecard', [{ name: 'contactRate', number: 0.55, count: 50 }, { name: 'meetingRate', number: 0.3, count: 27 }]],
	])('compares with %s', async (_what, items) => {
		expect(await runJson('lift', { ...november, liftBefore: 'items' }, { items })).toMatchObject([{ meetingsBefore: 66, more: 46 }]);
	});

	it('compares with an earlier period, and says when there is none', async () => {
		await expect(run('lift', { ...november, liftBefore: 'period', liftFrom: '2026-10-01', liftTo: '2026-11-01' })).rejects.toThrow('The period before has too few leads to compare');
		await expect(run('lift', { ...november, liftBefore: 'items' })).rejects.toThrow('The items hold no contact and meeting rate');
		expect(await runJson('lift', { ...november, liftBefore: 'period', liftFrom: '2026-11-01', liftTo: '2026-12-01' })).toMatchObject([{ more: 0 }]);
	});
});

describe('Handoff Ledger for a client in test mode', () => {
	async function hintsOf(operation: string, parameters: Record<string, unknown>): Promise<string[]> {
		const ctx = strictContext({ items: [{}, {}], storageFolder, parameters: { ...defaults(), operation, client: 'acme', leadId: 'lead-1', ...parameters } });
		await new HandoffLedger().execute.call(ctx);
		return ctx.hints.map(({ message }) => message);
	}

	it.each(['getLead', 'listLeads', 'scorecard'])('says once why %s finds no live lead', async (operation) => {
		await save('acme');
		await seedLead('lead-1', { test: true });
		expect(await hintsOf(operation, {})).toEqual(['No live leads. This client is in test mode: turn on Test Leads.']);
		expect(await hintsOf(operation, { testLeads: true })).toEqual([]);
		await save('acme', { mode: 'live', liveSince: '2026-01-01T00:00:00Z' });
		expect(await hintsOf(operation, {})).toEqual([]);
	});
});

describe('Handoff Ledger without a ledger', () => {
	it.each(['getLead', 'listClients'])('stops %s with an n8n error when the file cannot be opened', async (operation) => {
		const notAFolder = join(storageFolder, 'file');
		writeFileSync(notAFolder, '');
		await expect(run(operation, { leadId: 'lead-1' }, { storageFolder: notAFolder })).rejects.toBeInstanceOf(NodeOperationError);
		await expect(run(operation, { leadId: 'lead-1', ledger: 'none' })).rejects.toThrow('Handoff Ledger needs a ledger');
	});
});

describe('the panel of Handoff Ledger', () => {
	it('lists the events in alphabetical order', () => {
		const { options = [] } = properties.find(({ name }) => name === 'eventType') as INodeProperties;
		const names = options.map(({ name }) => name);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
	});
});
