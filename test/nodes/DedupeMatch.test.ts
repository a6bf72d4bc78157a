import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { IDataObject, INode } from 'n8n-workflow';
import { DedupeMatch } from '../../nodes/DedupeMatch/DedupeMatch.node';
import { dedupeMatchOutputs } from '../../nodes/DedupeMatch/outputs';
import { closeLedgers, openLedger } from '../../nodes/host/openLedger';
import type { HandoffRecord, LeadFields, Verdict } from '../../nodes/lead/handoffRecord';
import { clientSettingsSchema } from '../../nodes/lead/settings/clientSettings';
import type { Ledger } from '../../nodes/ledger/ledger';
import { recordOf } from '../lead/route/samples';
import { runWorkflow } from '../support/runWorkflow';
import { strictContext, type StrictContextOptions } from '../support/strictContext';

const parameters = { compareWith: 'ledger', strictness: 'balanced', outputs: 'one', ledger: 'embedded', output: 'full', options: {} };
const alone = { compareWith: 'secondInput', ledger: 'none' };
const ada = { firstName: 'Ada', lastName: 'Byron', fullName: 'Ada Byron', email: 'ada@acme.example', emailKey: 'ada@acme.example', company: 'Acme' };

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'lead-handoff-test-')); });
afterAll(closeLedgers);

async function runNode(items: object[], changed: object = {}, options: Partial<StrictContextOptions> = {}): Promise<HandoffRecord[][]> {
	const context = strictContext({ items: items as IDataObject[], parameters: { ...parameters, ...changed }, storageFolder: folder, ...options });
	const sorted = await new DedupeMatch().execute.call(context);
	return sorted.map((output) => output.map(({ json }) => json as unknown as HandoffRecord));
}

const ledgerOf = async (): Promise<Ledger> => (await openLedger(strictContext({ items: [], parameters, storageFolder: folder }))) as Ledger;
const verdictsOf = (records: HandoffRecord[]): (Verdict | undefined)[] => records.map(({ match }) => match?.verdict);

function lead(number: number, fields: Partial<LeadFields> = ada, more: Partial<HandoffRecord> = {}): HandoffRecord {
	const record = recordOf(fields, { leadId: `lead-${number}`, personId: `person-${number}`, client: 'default', ...more });
	return { ...record, submission: { ...record.submission, id: `submission-${number}`, key: `key-${number}`, state: 'captured', receivedAt: new Date().toISOString(), ...more.submission } };
}

/** The lead as Lead Normalize would hand it on. */
async function captured(record: HandoffRecord, submissionId = record.submission.id): Promise<HandoffRecord> {
	const { key, formTool, receivedAt } = record.submission;
	const got = await (await ledgerOf()).capture({
		client: record.client, test: record.run.test, key, detectResend: true, at: receivedAt, submissionId,
		leadId: record.leadId, personId: record.personId, formTool, payload: {}, record,
	});
	return {
		...record, leadId: got.leadId, personId: got.personId,
		submission: { ...record.submission, id: got.submissionId, receivedAt: got.receivedAt, state: got.state, delivery: got.delivery },
	};
}

describe('with the ledger', () => {
	it('creates a person once, and adds the next enquiry to the open lead', async () => {
		const [first] = (await runNode([await captured(lead(1))]))[0];
		const [second] = (await runNode([await captured(lead(2, { ...ada, email: 'ADA@acme.example' }))]))[0];
		expect(first).toMatchObject({ leadId: 'lead-1', personId: 'person-1', match: { verdict: 'create' }, submission: { state: 'decided' } });
		expect(second).toMatchObject({ leadId: 'lead-1', personId: 'person-1', match: { verdict: 'append', because: ['same e-mail', 'same name', 'same company'] } });
	});

	it('knows the same person twice in one batch', async () => {
		const [records] = await runNode([await captured(lead(1)), await captured(lead(2))]);
		expect(verdictsOf(records)).toEqual(['create', 'append']);
		expect(records[1].leadId).toBe('lead-1');
	});

	it('gives a rerun the recorded decision', async () => {
		const items = [await captured(lead(1)), await captured(lead(2, { ...ada, email: 'lovelace@mail.example', emailKey: 'lovelace@mail.example' }))];
		const [first] = await runNode(items);
		const [again] = await runNode(items);
		expect(verdictsOf(first)).toEqual(['create', 'review']);
		expect(again).toEqual(first);
		const story = await (await ledgerOf()).getLead({ client: 'default', test: false }, { leadId: 'lead-2' });
		expect(story?.reviewItems).toHaveLength(1);
		expect(first[1].review).toEqual([{ stage: 'clean', reasons: expect.arrayContaining(['possible duplicate']) as unknown, itemId: story?.reviewItems[0].id }]);
	});

	describe('of an enquiry that its run left', () => {
		const left = async () => {
			const item = await captured(lead(1));
			return { ...item, submission: { ...item.submission, receivedAt: new Date(Date.now() - 180_000).toISOString() } };
		};

		it('lets one run take it up at a time, also when it joins somebody known', async () => {
			await runNode([await captured(lead(2))]);
			const item = await left();
			const [[first]] = await runNode([item], { outputs: 'resendsApart' });
			expect(first).toMatchObject({ leadId: 'lead-2', match: { verdict: 'append' } });
			const [ours, apart] = await runNode([item], { outputs: 'resendsApart' });
			expect(ours).toEqual([]);
			expect(apart).toMatchObject([{ leadId: 'lead-2', match: { verdict: 'resend' } }]);
		});

		it('lets no run take it up again once it has its clock', async () => {
			const item = await left();
			const [[first]] = await runNode([item]);
			const ledger = await ledgerOf();
			const { leadId, submission } = first;
			const sla = { status: 'running' } as never;
			await ledger.recordDecision({ client: 'default', test: false, leadId, submissionId: submission.id, stage: 'activate', at: submission.receivedAt, section: { sla }, state: 'activated' });
			const claim = jest.spyOn(ledger, 'claimStep');
			expect(verdictsOf((await runNode([item]))[0])).toEqual(['resend']);
			expect(claim).not.toHaveBeenCalled();
			claim.mockRestore();
		});
	});

	// between a run's look at the ledger and its writing, another run may have decided the same submission
	it('gives what another run has decided on the same submission, by whatever rules', async () => {
		const item = await captured(lead(1));
		const [[first]] = await runNode([item]);
		const [[second]] = await runNode([item], { options: { matchThreshold: 1, reviewThreshold: 1 } });
		expect(second).toEqual(first);
	});

	describe('on a test lead in the editor', () => {
		const test = { run: { test: true } };
		const manual = { mode: 'manual' as const };
		const other = { ...ada, email: 'lovelace@mail.example', emailKey: 'lovelace@mail.example' };

		it('decides afresh, as if nothing had been decided', async () => {
			const items = [await captured(lead(1, ada, test)), await captured(lead(2, ada, test)), await captured(lead(3, other, test))];
			const [first] = await runNode(items, {}, manual);
			const [again] = await runNode(items, {}, manual);
			expect(again).toEqual(first);
			const [strict] = await runNode(items, { options: { matchThreshold: 1, reviewThreshold: 1 } }, manual);
			expect([first, strict].map(verdictsOf)).toEqual([['create', 'append', 'review'], ['create', 'append', 'create']]);
			expect(strict[2]).toMatchObject({ leadId: 'lead-3', personId: 'person-3', review: [] });
		});

		it('keeps the recorded decision when the person was decided on in another run since', async () => {
			const item = await captured(lead(1, ada, test));
			await runNode([item], {}, manual);
			await runNode([await captured(lead(2, ada, test))], {}, manual);
			const [[again]] = await runNode([item], { options: { matchThreshold: 1, reviewThreshold: 1 } }, manual);
			expect(again).toMatchObject({ leadId: 'lead-1', match: { verdict: 'create' } });
		});

		it('keeps the recorded decision in production, and that of a live lead', async () => {
			const items = [await captured(lead(1)), await captured(lead(3, other)), await captured(lead(4, ada, test)), await captured(lead(6, other, test))];
			const strictly = { options: { matchThreshold: 1, reviewThreshold: 1 } };
			const [first] = await runNode(items);
			expect((await runNode(items, strictly))[0]).toEqual(first);
			expect(verdictsOf((await runNode(items, strictly, manual))[0])).toEqual(['create', 'review', 'create', 'create']);
		});
	});

	it('calls a second delivery a resend, with the ids of the first', async () => {
		await runNode([await captured(lead(1))]);
		await runNode([await captured(lead(2))]);
		const resent = await captured(lead(2), 'again');
		const sorted = await runNode([resent], { outputs: 'resendsApart' });
		expect(sorted[0]).toEqual([]);
		expect(sorted[1]).toMatchObject([{ leadId: 'lead-1', personId: 'person-1', match: { verdict: 'resend' } }]);
	});

	it('calls it a resend too while the first delivery is not decided yet', async () => {
		await captured(lead(1));
		const [[resent]] = await runNode([await captured(lead(1), 'again')]);
		expect(resent).toMatchObject({ leadId: 'lead-1', match: { verdict: 'resend' } });
	});

	it('goes on with a delivery that resumes', async () => {
		const item = await captured(lead(1));
		const resumed = { ...item, submission: { ...item.submission, delivery: { number: 2, outcome: 'resume' } } };
		expect((await runNode([resumed]))[0][0]).toMatchObject({ leadId: 'lead-1', match: { verdict: 'create' } });
		expect((await runNode([resumed]))[0][0]).toMatchObject({ leadId: 'lead-1', match: { verdict: 'create' } });
	});

	it('creates one person of 20 runs at once', async () => {
		const items = await Promise.all(Array.from({ length: 20 }, (_, number) => captured(lead(number))));
		const records = (await Promise.all(items.map((item) => runNode([item])))).map(([[record]]) => record);
		expect(verdictsOf(records).filter((verdict) => verdict === 'create')).toHaveLength(1);
		expect(verdictsOf(records).filter((verdict) => verdict === 'append')).toHaveLength(19);
		expect(new Set(records.map(({ leadId }) => leadId)).size).toBe(1);
		expect(new Set(records.map(({ personId }) => personId)).size).toBe(1);
	});

	it('opens a new lead for a known person after the client\'s window', async () => {
		const ledger = await ledgerOf();
		await ledger.saveSettings({
			client: 'acme', at: '2026-11-01T00:00:00.000Z',
			settings: clientSettingsSchema.parse({
				name: 'Acme', timeZone: 'Europe/London', newOpportunityDays: 1, calendars: [{ name: 'Office', alwaysOpen: true }],
				members: [{ id: 'ops', name: 'Ops' }], fallbackOwner: 'ops', slaPolicies: [{ name: 'Fast', firstResponseMinutes: 15 }],
			}),
		});
		const later = lead(2, ada, { client: 'acme' });
		await runNode([await captured(lead(1, ada, { client: 'acme' }))]);
		const openedAt = (await ledger.getLead({ client: 'acme', test: false }, { leadId: 'lead-1' }))?.openedAt as string;
		later.submission.receivedAt = new Date(Date.parse(openedAt) + 2 * 86_400_000).toISOString();
		const item = await captured(later);
		const [[record]] = await runNode([item]);
		expect(record).toMatchObject({ leadId: 'lead-2', personId: 'person-1', match: { verdict: 'append' }, settingsVersion: 1 });
	});

	it('that can\'t be reached lets each lead out once with the reason, or stops the run', async () => {
		const getCredentials = async () => await Promise.resolve({ host: '127.0.0.1', port: 9, database: 'none', user: 'nobody', password: 'secret-word' });
		const unreachable: Partial<StrictContextOptions> = { extra: { getCredentials }, continueOnFail: true };
		const out = await runNode([lead(1), lead(2)], { ledger: 'postgres' }, unreachable);
		expect(out.flat()).toMatchObject([1, 2].map((number) => ({ leadId: `lead-${number}`, error: expect.stringContaining('can\'t be reached') as string })));
		expect(JSON.stringify(out)).not.toContain('secret-word');
		await expect(runNode([lead(1)], { ledger: 'postgres' }, { ...unreachable, continueOnFail: false })).rejects.toThrow('The ledger\'s database can\'t be reached');
	}, 60_000);

	it('never matches test leads with live ones', async () => {
		await runNode([await captured(lead(1))]);
		const [[test]] = await runNode([await captured(lead(2, ada, { run: { test: true } }))]);
		expect(test.match?.verdict).toBe('create');
	});

	it('leaves the ledger alone for a lead that did not come through Lead Normalize', async () => {
		await runNode([await captured(lead(1))]);
		const [[flat]] = await runNode([{ email: 'ada@acme.example', fullName: 'Ada Byron' }]);
		expect(flat.match?.verdict).toBe('create');
		expect(flat.quality.issues.map(({ code }) => code)).toEqual(['NOT_CAPTURED']);
	});

	it('joins a listed record, then knows the person itself', async () => {
		const rows = [{ id: 7, name: 'Ada Byron', email: 'ada@acme.example', status: 'Customer', owner: 'crm-41', phone: '020 7946 0018' }];
		const [[first]] = await runNode([await captured(lead(1))], { compareWith: 'both' }, { otherInputs: { 1: rows } });
		const [[second]] = await runNode([await captured(lead(2))], { compareWith: 'both' }, { otherInputs: { 1: rows } });
		const [[third]] = await runNode([await captured(lead(3))]);
		expect(first).toMatchObject({ personId: 'person-1', match: { verdict: 'merge', externalIds: { crm: '7' }, customerStatus: 'customer', existingOwner: 'crm-41' } });
		expect(second).toMatchObject({ leadId: 'lead-1', personId: 'person-1', match: { verdict: 'append', externalIds: { crm: '7' }, existingOwner: 'crm-41' } });
		expect(third).toMatchObject({ personId: 'person-1', match: { verdict: 'append', externalIds: { crm: '7' }, customerStatus: 'customer', existingOwner: 'crm-41' } });
	});
});

describe('an opt-out', () => {
	const optedOut = [{ id: 7, name: 'Ada Byron', email: 'ada@acme.example', unsubscribed: true }];
	const consenting = (number: number) => lead(number, ada, { consent: { email: true, phone: true, text: 'Yes, write to me' } });

	it('of a known record stands on the lead, on its rerun and on every later enquiry', async () => {
		const item = await captured(consenting(1));
		const [[first]] = await runNode([item], { compareWith: 'both' }, { otherInputs: { 1: optedOut } });
		const [[again]] = await runNode([item]);
		const [[later]] = await runNode([await captured(consenting(2))]);
		for (const record of [first, again, later]) {
			expect(record.consent).toEqual({ email: false, phone: true, text: 'Yes, write to me' });
			expect(record.match).toMatchObject({ optOut: ['email'], because: expect.arrayContaining(['opted out of e-mail before, and that stays']) as unknown });
		}
	});

	it('stands on a lead without a ledger too', async () => {
		const [[flat]] = await runNode([{ email: 'ada@acme.example', fullName: 'Ada Byron' }], alone, { otherInputs: { 1: optedOut } });
		expect(flat).toMatchObject({ consent: { email: false }, match: { verdict: 'merge', optOut: ['email'] } });
	});

	it('of somebody else changes nothing', async () => {
		const [[record]] = await runNode([await captured(consenting(1))], { compareWith: 'both' }, { otherInputs: { 1: [{ ...optedOut[0], email: 'peter@other.example', name: 'Peter Smith' }] } });
		expect(record.consent).toEqual(consenting(1).consent);
		expect(record.match).not.toHaveProperty('optOut');
	});
});

describe('known records', () => {
	const verdictOf = async (json: object, row: IDataObject, options: object = {}) => (await runNode([json], { ...alone, options }, { otherInputs: { 1: [row] } }))[0][0].match?.verdict;

	it.each<[string, object, IDataObject, object]>([
		['a Gmail address with dots and a tag', { email: 'a.dabyron@gmail.com' }, { email: 'Ada.Byron+crm@googlemail.com' }, {}],
		['a phone in its country\'s own writing', { fullName: 'Ada Byron', phone: '+442079460018' }, { name: 'BYRON, Ada', phone: '(0) 20 7946 0018', country: 'United Kingdom' }, {}],
		['a phone in the default country', { fullName: 'Ada Byron', phone: '+442079460018' }, { name: 'Ada Byron', phone: '442079460018' }, { defaultCountry: 'England' }],
		['a firm with another legal form', { fullName: 'Ada Byron', company: 'Acme & Söhne GmbH', city: 'Köln' }, { name: 'Ada Byron', company: 'ACME und Söhne KG', city: 'Koeln', country: 'Germany' }, {}],
	])('meet a lead by %s', async (_, json, row, options) => {
		expect(await verdictOf(json, row, options)).toBe('merge');
	});

	it('take the default country from the client settings', async () => {
		await (await ledgerOf()).saveSettings({
			client: 'acme', at: '2026-11-01T00:00:00.000Z',
			settings: clientSettingsSchema.parse({
				name: 'Acme', timeZone: 'Europe/London', defaultCountry: 'GB', calendars: [{ name: 'Office', alwaysOpen: true }],
				members: [{ id: 'ops', name: 'Ops' }], fallbackOwner: 'ops', slaPolicies: [{ name: 'Fast', firstResponseMinutes: 15 }],
			}),
		});
		const item = await captured(lead(1, { fullName: 'Ada Byron', phone: '+442079460018' }, { client: 'acme' }));
		const [[record]] = await runNode([item], { compareWith: 'both' }, { otherInputs: { 1: [{ id: 7, name: 'Ada Byron', phone: '(0) 20 7946 0018' }] } });
		expect(record.match).toMatchObject({ verdict: 'merge', mergePlan: expect.not.arrayContaining([expect.objectContaining({ field: 'phone' })]) as unknown });
	});

	it('of a role mailbox or a free mail provider are no proof', async () => {
		expect(await verdictOf({ email: 'vertrieb@acme.example' }, { email: 'vertrieb@acme.example' })).toBe('create');
		expect(await verdictOf({ email: 'peter.smith@gmail.com', fullName: 'Peter Smith' }, { email: 'p.byron@gmail.com', name: 'Paul Smith' })).toBe('create');
	});
});

describe('without a ledger', () => {
	it('matches known records on the second input, and the leads of the run', async () => {
		const rows = [{ Kontakt: 'Ada Byron', Mail: 'ada@acme.example', Nr: 'K7' }];
		const [records] = await runNode(
			[{ email: 'Ada@acme.example', fullName: 'Ada Byron' }, { email: 'new@acme.example' }, { email: 'ada@acme.example' }],
			{ ...alone, fieldMapping: { fullName: 'Kontakt', id: 'Nr' }, options: { system: 'sheet' } },
			{ otherInputs: { 1: rows } },
		);
		expect(verdictsOf(records)).toEqual(['merge', 'create', 'append']);
		expect(records[0]).toMatchObject({ personId: 'sheet:K7', match: { externalIds: { sheet: 'K7' } } });
		expect(records[2]).toMatchObject({ personId: 'sheet:K7', leadId: records[0].leadId, match: { externalIds: { sheet: 'K7' } } });
	});

	it('tells a resend by the provider\'s event id only', async () => {
		const first = lead(1);
		const fingerprint = { ...lead(2), submission: { ...lead(2).submission, keyFromEventId: false } };
		const [records] = await runNode([first, first, fingerprint, fingerprint], alone);
		expect(verdictsOf(records)).toEqual(['create', 'resend', 'append', 'append']);
	});

	it('leaves rotten known records out and says how many', async () => {
		const context = strictContext({
			items: [ada], parameters: { ...parameters, ...alone }, storageFolder: folder,
			otherInputs: { 1: [{}, { id: 7 }, { email: 'n/a' }, { email: ['ada@acme.example'] }, { name: null, phone: {} }] as IDataObject[] },
		});
		const [[{ json }]] = await new DedupeMatch().execute.call(context);
		expect(json).toMatchObject({ match: { verdict: 'merge' } });
		expect(context.hints.map(({ message }) => message).join()).toContain('4 of 5 known records were left out');
	});

	it('survives a thousand records that share one phone', async () => {
		const rows = Array.from({ length: 1000 }, (_, id) => ({ id, name: `Person ${id}`, phone: '+442079460018' }));
		const [[record]] = await runNode([{ fullName: 'Ada Byron', phone: '+442079460018' }], alone, { otherInputs: { 1: rows } });
		expect(record.match?.verdict).toBe('create');
	});
});

describe('every lead', () => {
	it.each([
		['one', 1, [4, 0, 0]],
		['resendsApart', 2, [3, 1, 0]],
		['reviewsApart', 3, [2, 1, 1]],
	])('leaves once with outputs %s', async (outputs, count, expected) => {
		const doubtful = lead(2, { ...ada, email: 'lovelace@mail.example', emailKey: 'lovelace@mail.example' });
		const sorted = await runNode([lead(1), lead(1), doubtful, lead(3)], { ...alone, outputs });
		expect(sorted).toHaveLength(count);
		expect([0, 1, 2].map((output) => sorted[output]?.length ?? 0)).toEqual(expected);
	});

	it('is linked to its input and keeps its file', async () => {
		const binary = { cv: { data: '', mimeType: 'text/plain' } };
		const context = strictContext({ items: [{ json: { email: 'a@acme.example' } }, { json: { email: 'b@acme.example' }, binary }], parameters: { ...parameters, ...alone }, storageFolder: folder });
		const [items] = await new DedupeMatch().execute.call(context);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(items[1].binary).toEqual(binary);
	});

	it('leaves as one flat row when simplified', async () => {
		const [[row]] = await runNode([ada], { ...alone, output: 'simplified' });
		expect(row).toMatchObject({ fullName: 'Ada Byron', verdict: 'create', why: 'nobody known is like this lead', needsReview: false });
	});

	it('keeps its other sections and its earlier reviews', async () => {
		const review = [{ stage: 'capture' as const, reasons: ['no way to answer'] }];
		const [[record]] = await runNode([{ ...lead(1), review, text: 'A lead' }], alone);
		expect(record).toMatchObject({ review, text: 'A lead', source: lead(1).source });
	});

	it('leaves once whatever the item is', async () => {
		const hostile = { email: 'ada@acme.example', match: { verdict: 'merge' }, lead: { email: ['x'] }, recordVersion: 1, submission: 7, __proto__: { test: true } };
		await fc.assert(fc.asyncProperty(fc.array(fc.oneof(fc.object(), fc.constant(hostile), fc.constant(lead(1))), { maxLength: 6 }), async (items) => {
			const [records] = await runNode(items, alone);
			expect(records).toHaveLength(items.length);
			for (const { match } of records) expect(match?.because.length).toBeGreaterThan(0);
		}), { numRuns: 50 });
	});

	it('is decided by this node even when the item brings a match section', async () => {
		const forged = { ...lead(1), match: { verdict: 'append', because: ['trust me'], externalIds: {}, score: 1, candidates: [], mergePlan: [] } };
		const [[record]] = await runNode([await captured(forged as HandoffRecord)]);
		expect(record.match).toMatchObject({ verdict: 'create', score: 0 });
	});
});

describe('settings', () => {
	it.each([
		['no ledger to compare with', { ledger: 'none' }, 'Leads are to be compared with the ledger, but there is none'],
		['crossed thresholds', { options: { matchThreshold: 0.5, reviewThreshold: 0.9 } }, 'The review threshold is above the match threshold'],
		['a threshold in per cent', { options: { matchThreshold: 95 } }, 'A threshold is not a number between 0 and 1'],
		['a default country that is none', { options: { defaultCountry: 'Atlantis' } }, 'The default country is not a country'],
		['half a day', { options: { newOpportunityDays: 0.5 } }, 'The days until a new opportunity are not a whole number from 1'],
		['several problems', { ledger: 'none', options: { system: '' } }, '2 settings need a change before the first lead'],
	])('stop the run before the first lead with %s', async (_, changed, message) => {
		await expect(runNode([ada], changed)).rejects.toThrow(message);
	});

	it('refuse one list of known records for several clients', async () => {
		await expect(runNode([lead(1), { ...lead(2), client: 'acme' }], alone, { otherInputs: { 1: [{ email: 'a@acme.example' }] } }))
			.rejects.toThrow('One list of known records cannot serve the leads of several clients');
	});

	it('make doubt out of less when careful, and a match out of less when eager', async () => {
		const other = { fullName: 'Ava Byrom', phone: '+442071234567', company: 'Acme' };
		const rows = [{ name: 'Ada Byron', phone: '+442079460018', company: 'Acme' }];
		const verdictWhen = async (strictness: string) => (await runNode([other], { ...alone, strictness }, { otherInputs: { 1: rows } }))[0][0].match?.verdict;
		expect([await verdictWhen('careful'), await verdictWhen('balanced'), await verdictWhen('eager')]).toEqual(['review', 'merge', 'merge']);
	});

	it('name an unknown client', async () => {
		const item = await captured(lead(1, ada, { client: 'acmee' }));
		await expect(runNode([item])).rejects.toThrow('Client \'acmee\' is not set up');
	});
});

describe('dedupeMatchOutputs', () => {
	it('still works as text, the way n8n runs it', () => {
		const asText = new Function(`return (${dedupeMatchOutputs.toString()})`)() as typeof dedupeMatchOutputs;
		for (const outputs of [undefined, 'one', 'resendsApart', 'reviewsApart']) expect(asText({ outputs })).toEqual(dedupeMatchOutputs({ outputs }));
	});
});

describe('in n8n\'s engine', () => {
	const engine = (rows: IDataObject[] | undefined, changed: object) => runWorkflow({
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
			{ name: 'Contacts', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [0, 200], parameters: {} },
			{ name: 'Match', type: 'n8n-nodes-lead-handoff.dedupeMatch', typeVersion: 1, position: [200, 0], parameters: { ...parameters, ...changed } as INode['parameters'] },
		],
		connections: {
			Start: { main: [[{ node: 'Match', type: 'main', index: 0 }, ...(rows ? [{ node: 'Contacts', type: 'main' as const, index: 0 }] : [])]] },
			Contacts: { main: [[{ node: 'Match', type: 'main', index: 1 }]] },
		},
		pinData: rows ? { Contacts: rows.map((json) => ({ json })) } : {},
	}, { items: [lead(1) as unknown as IDataObject], nodeTypes: { 'n8n-nodes-lead-handoff.dedupeMatch': new DedupeMatch() } });

	it.each<[string, IDataObject[] | undefined, Verdict]>([
		['is not connected', undefined, 'create'],
		['is empty', [], 'create'],
		['holds the person', [{ id: 7, email: 'ada@acme.example', name: 'Ada Byron' }], 'merge'],
	])('runs when the second input %s', async (_, rows, verdict) => {
		const done = await engine(rows, { compareWith: 'both', outputs: 'resendsApart' });
		expect(done.leadsOf('Match')).toMatchObject([{ leadId: 'lead-1', match: { verdict } }]);
	});
});
