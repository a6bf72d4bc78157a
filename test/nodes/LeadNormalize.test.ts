import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import * as ledgers from '../../nodes/host/openLedger';
import type { HandoffRecord } from '../../nodes/lead/handoffRecord';
import { LeadError } from '../../nodes/lead/leadError';
import { clientSettingsSchema } from '../../nodes/lead/settings/clientSettings';
import { LeadNormalize } from '../../nodes/LeadNormalize/LeadNormalize.node';
import type { Ledger } from '../../nodes/ledger/ledger';
import { openSqliteLedger } from '../../nodes/ledger/sqliteLedger';
import { strictContext, type StrictContextOptions } from '../support/strictContext';

const payload = { name: 'ADA LOVELACE', email: 'Ada@Acme.example', phone: '020 7946 0018', country: 'UK', message: 'Please call' };

const newFolder = () => mkdtempSync(join(tmpdir(), 'lead-handoff-test-'));
let execution = 0;

async function run(options: Partial<StrictContextOptions> & { parameters?: Record<string, unknown> } = {}): Promise<INodeExecutionData[]> {
	execution++;
	const ctx = strictContext({
		items: [payload],
		...options,
		extra: { getExecutionId: () => String(execution), evaluateExpression: () => 0, ...options.extra },
	});
	const [left, ...more] = await new LeadNormalize().execute.call(ctx);
	expect(more).toEqual([]);
	lastHints = ctx.hints.map(({ message }) => message);
	return left;
}

/** What the last run told the operator. */
let lastHints: string[] = [];

const recordsOf = (left: INodeExecutionData[]) => left.map((item) => item.json as unknown as HandoffRecord);
const withoutLedger = { ledger: 'none' };

/** Client settings in the ledger of this storage folder, as Handoff Ledger would save them. */
async function saveClient(storageFolder: string, key: string, given: Record<string, unknown> = {}): Promise<void> {
	const ledger = await openSqliteLedger({ file: join(storageFolder, 'storage', 'n8n-nodes-lead-handoff', 'ledger.sqlite') });
	await ledger.saveSettings({
		client: key, at: '2026-11-20T10:00:00.000Z',
		settings: clientSettingsSchema.parse({
			name: key, mode: 'live', timeZone: 'Europe/Berlin', defaultCountry: 'DE', calendars: [{ name: 'Office', alwaysOpen: true }],
			members: [{ id: 'mia', name: 'Mia' }], fallbackOwner: 'mia', slaPolicies: [{ name: 'First Response', firstResponseMinutes: 30 }], requiredSource: ['source'], ...given,
		}),
	});
	await ledger.close();
}

afterAll(ledgers.closeLedgers);

describe('LeadNormalize', () => {
	it('gives each lead once, linked to its item, with its binary', async () => {
		const items: INodeExecutionData[] = [{ json: payload, binary: { file: { data: '', mimeType: 'text/plain' } } }, { json: {} }, { json: { body: 'x' } }];
		const left = await run({ items, parameters: withoutLedger });
		expect(left.map((item) => item.pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(left[0].binary).toEqual(items[0].binary);
		expect(new Set(recordsOf(left).map((record) => record.leadId)).size).toBe(3);
	});

	it('keeps the payload on the item when there is no ledger, else only if asked', async () => {
		expect(recordsOf(await run({ parameters: withoutLedger }))[0].payload).toEqual(payload);
		expect(recordsOf(await run())[0].payload).toBeUndefined();
		expect(recordsOf(await run({ parameters: { options: { includePayload: true } } }))[0].payload).toEqual(payload);
	});

	it('gives at most twelve columns when simplified', async () => {
		const [item] = await run({ parameters: { ...withoutLedger, output: 'simplified' } });
		expect(Object.keys(item.json).length).toBeLessThanOrEqual(12);
		expect(item.json).toMatchObject({ fullName: 'Ada Lovelace', email: 'Ada@acme.example', country: 'GB', quality: 90, needsReview: false });
	});

	it('needs no set-up for the client "default", and reads times in the workflow\'s zone', async () => {
		const [record] = recordsOf(await run({ items: [{ ...payload, submittedAt: '2026-01-01 12:00' }], timeZone: 'Asia/Tokyo' }));
		expect(record).toMatchObject({ client: 'default', run: { test: false }, submission: { submittedAt: '2026-01-01T03:00:00.000Z', state: 'captured', delivery: { number: 1, outcome: 'first' } } });
		expect(record.settingsVersion).toBeUndefined();
	});

	it('works by the client\'s settings, and by its own where it has some', async () => {
		const storageFolder = newFolder();
		await saveClient(storageFolder, 'acme');
		const item = { ...payload, country: undefined, phone: '030 12345678', utm_source: 'google', submittedAt: '2026-01-01 12:00' } as unknown as IDataObject;
		const [record] = recordsOf(await run({ storageFolder, items: [item], parameters: { client: ' ACME ' } }));
		expect(record).toMatchObject({ client: 'acme', settingsVersion: 1, lead: { phone: '+493012345678' }, source: { complete: true }, submission: { submittedAt: '2026-01-01T11:00:00.000Z' } });
		const [own] = recordsOf(await run({
			storageFolder, items: [{ ...item, phone: '01 5123456' }],
			parameters: { client: 'acme', settingsFrom: 'node', defaultCountry: 'Austria', requiredSource: ['source', 'medium'], timeZone: 'Asia/Tokyo' },
		}));
		expect(own).toMatchObject({ lead: { phone: '+4315123456' }, source: { missing: ['medium'] }, submission: { submittedAt: '2026-01-01T03:00:00.000Z' } });
	});

	it('takes the client of each lead by expression', async () => {
		const storageFolder = newFolder();
		await saveClient(storageFolder, 'acme');
		await saveClient(storageFolder, 'globex');
		const left = await run({ storageFolder, items: [{ ...payload, form: 'a' }, { ...payload, form: 'b' }], parameters: { client: (itemIndex: number) => ['acme', 'globex'][itemIndex] } });
		expect(recordsOf(left).map((record) => record.client)).toEqual(['acme', 'globex']);
	});

	describe('a resend', () => {
		it('keeps the ids of the first delivery', async () => {
			const storageFolder = newFolder();
			const [first] = recordsOf(await run({ storageFolder }));
			const [again] = recordsOf(await run({ storageFolder }));
			expect(again).toMatchObject({ leadId: first.leadId, personId: first.personId, submission: { id: first.submission.id, receivedAt: first.submission.receivedAt, delivery: { number: 2, outcome: 'inProgress' } } });
		});

		it('is another lead when the words differ, or the form', async () => {
			const storageFolder = newFolder();
			const records = [
				...recordsOf(await run({ storageFolder })),
				...recordsOf(await run({ storageFolder, items: [{ ...payload, message: 'Please write' }] })),
				...recordsOf(await run({ storageFolder, parameters: { options: { formId: 'form-2' } } })),
			];
			expect(new Set(records.map((record) => record.leadId)).size).toBe(3);
			expect(records.every((record) => record.submission.delivery.outcome === 'first')).toBe(true);
		});

		// Retry On Fail runs the node again inside one execution: its own lease must not hold it back
		it('of the same execution resumes at once', async () => {
			const storageFolder = newFolder();
			const extra = { getExecutionId: () => 'same' };
			const [first] = recordsOf(await run({ storageFolder, extra }));
			const [again] = recordsOf(await run({ storageFolder, extra }));
			expect(again).toMatchObject({ leadId: first.leadId, submission: { delivery: { number: 2, outcome: 'resume' } } });
		});

		it('is not detected in test runs, unless asked for', async () => {
			const storageFolder = newFolder();
			const records = [...recordsOf(await run({ storageFolder, mode: 'manual' })), ...recordsOf(await run({ storageFolder, mode: 'manual' }))];
			expect(new Set(records.map((record) => record.leadId)).size).toBe(2);
			const parameters = { options: { detectResendsInTest: true } };
			const [first] = recordsOf(await run({ storageFolder, mode: 'manual', parameters }));
			const [again] = recordsOf(await run({ storageFolder, mode: 'manual', parameters }));
			expect(again.leadId).toBe(first.leadId);
		});
	});

	it.each([
		['a live run', 'webhook', 'live', {}, false],
		['an editor run', 'manual', 'live', {}, true],
		['an evaluation', 'evaluation', 'live', {}, true],
		['an editor run treated as live', 'manual', 'live', { treatTestRunsAsLive: true }, false],
		['a client in test mode', 'webhook', 'test', { treatTestRunsAsLive: true }, true],
	] as const)('marks leads of %s', async (_, mode, clientMode, options, test) => {
		const storageFolder = newFolder();
		await saveClient(storageFolder, 'acme', { mode: clientMode });
		const [record] = recordsOf(await run({ storageFolder, mode, parameters: { client: 'acme', options } }));
		expect(record.run.test).toBe(test);
	});

	describe('with "Settings From"', () => {
		const parameters = { settingsFrom: 'node', requiredFields: ['company'], requiredSource: ['channel'] };

		it('This Node, requires what the node says', async () => {
			const [record] = recordsOf(await run({ parameters: { ...withoutLedger, ...parameters } }));
			expect(record).toMatchObject({ source: { missing: ['channel'] }, review: [{ stage: 'capture', reasons: [expect.stringContaining('company')] }] });
		});

		it('Client Settings, requires what the client says and nothing of the node', async () => {
			const storageFolder = newFolder();
			await saveClient(storageFolder, 'acme', { requiredFields: ['jobTitle'] });
			const [record] = recordsOf(await run({ storageFolder, parameters: { ...parameters, client: 'acme', settingsFrom: 'client' } }));
			expect(record).toMatchObject({ source: { missing: ['source'] }, review: [{ reasons: [expect.stringContaining('job title')] }] });
		});

		it('This Node, falls back to the client\'s country and zone where the node has none', async () => {
			const storageFolder = newFolder();
			await saveClient(storageFolder, 'acme');
			const item = { email: 'ada@acme.example', phone: '030 12345678', submittedAt: '2026-01-01 12:00' };
			const [record] = recordsOf(await run({ storageFolder, items: [item], parameters: { client: 'acme', settingsFrom: 'node' } }));
			expect(record).toMatchObject({ lead: { phone: '+493012345678' }, submission: { submittedAt: '2026-01-01T11:00:00.000Z' } });
		});
	});

	describe('with a branch for leads that need a review', () => {
		const parameters = { ...withoutLedger, outputs: 'reviewsApart', settingsFrom: 'node', requiredFields: ['phone'] };
		const outputsOf = async (items: IDataObject[], more: Partial<StrictContextOptions> = {}) =>
			await new LeadNormalize().execute.call(strictContext({ items, parameters, extra: { getExecutionId: () => 'x', evaluateExpression: () => 0 }, ...more }));

		it('sends each lead to exactly one', async () => {
			const [leads, reviews] = await outputsOf([payload, { email: 'ada@acme.example' }, payload, {}]);
			expect([leads, reviews].map((left) => left.map((item) => item.pairedItem))).toEqual([[{ item: 0 }, { item: 2 }], [{ item: 1 }, { item: 3 }]]);
			expect(recordsOf(reviews).every(({ review }) => review.length > 0)).toBe(true);
		});

		it('sends a wrong setting of a node that continues to it, never to the leads', async () => {
			const [leads, reviews] = await outputsOf([payload], { parameters: { ...parameters, client: '' }, continueOnFail: true });
			expect(leads).toEqual([]);
			expect(reviews).toEqual([{ json: { ...payload, error: expect.any(String) as string }, pairedItem: { item: 0 } }]);
		});

		it('names it in the outputs, which work as text, the way n8n runs them', () => {
			const { outputs } = new LeadNormalize().description;
			const text = /^=\{\{\((.*)\)\(\$parameter\)\}\}$/s.exec(outputs as string)?.[1] ?? '';
			const asN8n = new Function(`return (${text})`) as () => (parameters: object) => unknown;
			expect(asN8n()({})).toEqual([{ type: 'main' }]);
			expect(asN8n()({ outputs: 'one' })).toEqual([{ type: 'main' }]);
			expect(asN8n()({ outputs: 'reviewsApart' })).toEqual([{ type: 'main', displayName: 'Leads' }, { type: 'main', displayName: 'Needs Review' }]);
		});
	});

	describe('with fields mapped by hand', () => {
		const mapped = (value: (itemIndex: number) => unknown) => ({ ...withoutLedger, mapping: 'byHand', fieldMapping: { value } });

		it('takes them lead by lead', async () => {
			const items = [{ a: 'Ada Lovelace', b: 'ada@acme.example' }, { a: 'Bob Baker', b: 'bob@acme.example' }];
			const records = recordsOf(await run({ items, parameters: mapped((itemIndex) => ({ fullName: items[itemIndex].a, email: items[itemIndex].b, nonsense: 'x' })) }));
			expect(records.map(({ lead }) => [lead.fullName, lead.email])).toEqual([['Ada Lovelace', 'ada@acme.example'], ['Bob Baker', 'bob@acme.example']]);
		});

		it('goes on without them when an expression fails for one lead, and tells', async () => {
			const records = recordsOf(await run({ items: [payload, payload], parameters: mapped((itemIndex) => { if (itemIndex === 0) throw new Error('bad expression'); return { company: 'Acme' }; }) }));
			expect(records.map(({ lead }) => lead.company)).toEqual([null, 'Acme']);
			expect(records[0].quality.issues.map(({ code }) => code)).toContain('MAPPING_FAILED');
			expect(lastHints).toEqual([expect.stringContaining('1 lead,')]);
		});

		it('offers every field without a type, because n8n stops the run at a value of another', async () => {
			const { fields } = await new LeadNormalize().methods.resourceMapping.getLeadFields();
			expect(fields.map(({ id }) => id)).toEqual(expect.arrayContaining(['fullName', 'email', 'phone', 'source', 'consentEmail', 'submittedAt']));
			expect(fields.every((field) => field.type === undefined && !field.required)).toBe(true);
		});
	});

	it('tells once how many phone numbers lack a country', async () => {
		await run({ items: [{ phone: '030 12345678' }, { phone: '030 12345678' }, payload], parameters: withoutLedger });
		expect(lastHints).toEqual([expect.stringContaining('2 phone numbers could not be read without a country')]);
		await run({ items: [{ phone: '030 12345678' }], parameters: { ...withoutLedger, settingsFrom: 'node', defaultCountry: 'DE' } });
		expect(lastHints).toEqual([]);
	});

	it('marks what a form tool calls a test, unless tests are treated as live', async () => {
		const test = { lead_id: 'x', user_column_data: [{ column_id: 'EMAIL', string_value: 'ada@acme.example' }], is_test: true };
		expect(recordsOf(await run({ items: [test], parameters: withoutLedger }))[0].run.test).toBe(true);
		expect(recordsOf(await run({ items: [test], parameters: { ...withoutLedger, options: { treatTestRunsAsLive: true } } }))[0].run.test).toBe(false);
		expect(recordsOf(await run({ items: [{ ...payload, is_test: true }], parameters: withoutLedger }))[0].run.test).toBe(false);
	});

	it('reads a constant client once, not once a lead', async () => {
		let reads = 0;
		const client = () => { reads++; return 'acme'; };
		await run({ items: Array.from({ length: 50 }, () => payload), parameters: { ...withoutLedger, client }, node: { parameters: { client: 'acme' } } });
		expect(reads).toBe(1);
		await run({ items: Array.from({ length: 50 }, () => payload), parameters: { ...withoutLedger, client }, node: { parameters: { client: '={{ $json.client }}' } } });
		expect(reads).toBe(51);
	});

	it('believes the lists of its options before the built-in ones', async () => {
		const parameters = { ...withoutLedger, options: { allowedDomains: 'gmail.com, @mailinator.com', blockedDomains: 'rival.example', personalMailboxes: 'Hello', sharedMailboxes: 'crew' } };
		const items = ['x@gmail.com', 'x@mailinator.com', 'x@mail.rival.example', 'hello@acme.example', 'crew@acme.example'].map((email) => ({ json: { email } }));
		const flags = recordsOf(await run({ items, parameters })).map(({ quality }) => [quality.flags.freeEmail, quality.flags.disposableEmail, quality.flags.roleEmail]);
		expect(flags).toEqual([[false, false, false], [false, false, false], [false, true, false], [false, false, false], [false, false, true]]);
	});

	it('names the entry of a list that is no domain, before the first lead', async () => {
		const thrown = run({ parameters: { ...withoutLedger, options: { allowedDomains: 'acme.example, nonsense' } } });
		await expect(thrown).rejects.toMatchObject({ message: expect.stringContaining('Entry 2 of Allowed Email Domains is no domain') });
	});

	describe('a bad setting stops the run before the first lead', () => {
		it.each([
			['an unknown client', { client: 'acmee' }, 'Client \'acmee\' is not set up'],
			['no client', { client: '' }, 'No client is chosen'],
			['an unknown country', { settingsFrom: 'node', defaultCountry: 'Atlantis' }, 'The default country is not a country'],
			['an unknown zone', { settingsFrom: 'node', timeZone: 'Mars/Base' }, 'The time zone is not one that exists'],
			['a window of no hours', { options: { resendWindowHours: 0 } }, 'The resend window is not a number of hours'],
			['several of them', { client: '', settingsFrom: 'node', defaultCountry: 'Atlantis' }, '2 settings need a change before the first lead'],
		])('for %s', async (_, parameters, message) => {
			await expect(run({ parameters })).rejects.toMatchObject({ message });
		});

		it('for "Execute Once", which would drop leads', async () => {
			await expect(run({ node: { executeOnce: true }, parameters: withoutLedger })).rejects.toMatchObject({ message: '"Execute Once" would drop every lead but the first' });
		});

		it('captures no lead when the last one has an unknown client', async () => {
			const storageFolder = newFolder();
			await saveClient(storageFolder, 'acme');
			const client = (itemIndex: number) => ['acme', 'nobody'][itemIndex];
			await expect(run({ storageFolder, items: [payload, payload], parameters: { client } })).rejects.toThrow('nobody');
			const [record] = recordsOf(await run({ storageFolder, parameters: { client: 'acme' } }));
			expect(record.submission.delivery.number).toBe(1);
		});
	});

	// a lead that the ledger did not take must never look captured
	describe('a lead that the ledger does not take', () => {
		beforeEach(() => {
			const capture = async () => { throw new LeadError('LEDGER_BUSY', 'The ledger is busy', 'Try again.'); };
			const busy = { capture, getClient: async () => undefined, listClients: async () => [] } as unknown as Ledger;
			jest.spyOn(ledgers, 'openLedger').mockResolvedValue(busy);
		});
		afterEach(() => jest.restoreAllMocks());

		it('stops the run, named by its index', async () => {
			await expect(run({ items: [payload] })).rejects.toMatchObject({ message: 'The ledger is busy', context: { itemIndex: 0 } });
		});

		it('goes on as failed with its fields when the node continues', async () => {
			const [item] = await run({ continueOnFail: true });
			expect(item).toEqual({ json: { ...payload, error: expect.stringContaining('The ledger is busy') as string }, pairedItem: { item: 0 } });
		});

		it('leaves by the error branch as n8n wants it', async () => {
			const [item] = await run({ node: { onError: 'continueErrorOutput' } });
			expect(item).toEqual({ json: { error: expect.stringContaining('The ledger is busy') as string }, pairedItem: { item: 0 } });
		});
	});

	it('opens one review item for a lead that nobody can answer, also when it is delivered again', async () => {
		const storageFolder = newFolder();
		await saveClient(storageFolder, 'acme');
		const once = async () => recordsOf(await run({ items: [{ event_id: 'e-1', name: 'Ada' }, payload], storageFolder, parameters: { client: 'acme' } }));
		const [[first, whole], [second]] = [await once(), await once()];
		expect(first.review).toEqual([{ stage: 'capture', reasons: [expect.stringContaining('nobody can answer')], itemId: expect.any(String) }]);
		expect(second.review).toEqual(first.review);
		expect(whole.review).toEqual([]);
		const ledger = await openSqliteLedger({ file: join(storageFolder, 'storage', 'n8n-nodes-lead-handoff', 'ledger.sqlite') });
		const story = await ledger.getLead({ client: 'acme', test: false }, first);
		expect(story?.reviewItems).toMatchObject([{ id: first.review[0].itemId, stage: 'capture', reasons: first.review[0].reasons, settledAt: null }]);
		await ledger.close();
	});

	it('handles a thousand payloads of every kind, each once', async () => {
		const kinds: IDataObject[] = [payload, {}, { lead: { routing: 'x' } }, { headers: {}, query: {}, body: 'a=b' }, { recordVersion: 1, leadId: 'forged' }, { message: 'x'.repeat(5_000) }];
		const items = Array.from({ length: 1_000 }, (_, index) => kinds[index % kinds.length]);
		const left = await run({ items, parameters: withoutLedger });
		expect(left.map((item) => item.pairedItem)).toEqual(items.map((_, item) => ({ item })));
		expect(recordsOf(left).every((record) => record.recordVersion === 1 && record.leadId !== 'forged')).toBe(true);
	});
});
