import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { HandoffLedger } from '../../nodes/HandoffLedger/HandoffLedger.node';
import { closeLedgers, openLedger } from '../../nodes/host/openLedger';
import type { Ledger } from '../../nodes/ledger/ledger';
import { firm, routedLead as sampleRecord } from '../lead/activate/activateFixtures';
import { newLead } from '../ledger/samples';
import { strictContext } from '../support/strictContext';

let storageFolder: string;
let ledger: Ledger;
const friday = '2026-11-20T18:30:00.000Z';

beforeEach(async () => {
	storageFolder = mkdtempSync(join(tmpdir(), 'lead-handoff-enrich-'));
	ledger = await openLedger(strictContext({ items: [], storageFolder })) as Ledger;
	await ledger.saveSettings({ client: 'acme', settings: firm(), at: friday });
});
afterEach(closeLedgers);

async function run(operation: string, item: IDataObject, parameters: Record<string, unknown> = {}): Promise<IDataObject> {
	const ctx = strictContext({ items: [item], storageFolder, parameters: { resource: 'lead', operation, service: 'Firms', lookUpsPerDay: 2, lookedUp: item.lookedUp, ...parameters } });
	const [[{ json }]] = await new HandoffLedger().execute.call(ctx);
	return json;
}

async function capturedLead(email = 'jane@northwind.example'): Promise<IDataObject> {
	const record = sampleRecord({}, friday);
	const lead = { ...record.lead, email, emailKey: email, emailDomain: email.split('@')[1], companyDomain: email.split('@')[1] };
	const { leadId, submissionId } = await newLead(ledger, { at: friday });
	return { ...record, leadId, lead, submission: { ...record.submission, id: submissionId }, quality: { ...record.quality, replyPath: true } } as unknown as IDataObject;
}

const checkOf = async (item: IDataObject, parameters = {}) => (await run('checkLookUp', item, parameters)).lookUp;

describe('Check Look-Up', () => {
	it('allows as many in one day as the operator pays for, and lets the others go on without', async () => {
		const leads = await Promise.all([0, 1, 2].map(async () => await capturedLead()));
		expect(await checkOf(leads[0])).toEqual({ allowed: true, service: 'Firms', domain: 'northwind.example', because: 'look-up 1 of 2 today' });
		expect(await checkOf(leads[1])).toMatchObject({ allowed: true, because: 'look-up 2 of 2 today' });
		expect(await checkOf(leads[2])).toMatchObject({ allowed: false, because: 'the 2 look-ups of today are used up' });
		// another service has a limit of its own
		expect(await checkOf(leads[2], { service: 'Others' })).toMatchObject({ allowed: true });
	});

	it('never passes the limit when many ask at once', async () => {
		const leads = await Promise.all(Array.from({ length: 12 }, async () => await capturedLead()));
		const answers = await Promise.all(leads.map(async (lead) => await checkOf(lead, { lookUpsPerDay: 5 }) as { allowed: boolean }));
		expect(answers.filter(({ allowed }) => allowed)).toHaveLength(5);
	});

	it('pays nothing for a lead that is not worth it', async () => {
		const lead = await capturedLead();
		const spam = { ...lead, quality: { ...lead.quality as object, flags: { ...(lead.quality as { flags: object }).flags, suspectedSpam: true } } };
		expect(await checkOf(spam)).toMatchObject({ allowed: false, because: 'the lead looks like spam' });
		expect(await checkOf(lead)).toMatchObject({ because: 'look-up 1 of 2 today' });
	});

	it('gives the lead on as it was', async () => {
		const lead = await capturedLead();
		expect(await run('checkLookUp', lead)).toEqual({ ...lead, lookUp: expect.anything() as unknown });
	});

	it.each([['', 'The service is not named'], ['   ', 'The service is not named']])('names a missing service (%j)', async (service, message) => {
		await expect(run('checkLookUp', await capturedLead(), { service })).rejects.toThrow(message);
	});

	it('names a limit that is none', async () => {
		await expect(run('checkLookUp', await capturedLead(), { lookUpsPerDay: -1 })).rejects.toThrow('"Look-Ups per Day" is no whole number');
	});
});

describe('Add Looked-Up Values', () => {
	it('fills in, marks, and remembers, so that a run that comes again asks nobody', async () => {
		const lead = await capturedLead();
		const enriched = await run('addLookedUp', { ...lead, lookUp: { allowed: true }, lookedUp: { companySize: '51-200', industry: 'software' } });
		expect(enriched).toMatchObject({ enrichment: { service: 'Firms', filled: { 'lead.companySize': { min: 51, max: 200 } } }, lead: { companySize: { min: 51, max: 200 }, custom: { industry: 'software' } } });
		for (const key of ['lookUp', 'lookedUp']) expect(enriched).not.toHaveProperty(key);

		const again = await run('checkLookUp', lead);
		expect(again).toMatchObject({ lookUp: { allowed: false, because: 'it was looked up at Firms before' }, lead: { companySize: { min: 51, max: 200 } } });
		expect(await run('addLookedUp', { ...lead, lookedUp: { industry: 'toys' } })).toMatchObject({ lead: { custom: { industry: 'software' } } });
		const [story] = [await run('getLead', {}, { client: 'acme', findBy: 'leadId', leadId: lead.leadId, testLeads: false, output: 'full' })];
		expect(story.story).toContainEqual(expect.stringContaining('Looked up at Firms: company size, industry'));
	});

	it('gives the lead on when the service could not be asked, and asks again the next time', async () => {
		const lead = await capturedLead();
		expect((await run('addLookedUp', lead, { lookedUp: '' })).enrichment).toBeUndefined();
		expect(await checkOf(lead)).toMatchObject({ allowed: true });
	});

	it('remembers that nothing was found', async () => {
		const lead = await capturedLead();
		expect(await run('addLookedUp', lead, { lookedUp: '{}' })).toMatchObject({ enrichment: { filled: {} } });
		expect(await checkOf(lead)).toMatchObject({ allowed: false });
	});

	it('names values that can not be read', async () => {
		await expect(run('addLookedUp', await capturedLead(), { lookedUp: '[1' })).rejects.toThrow('"Looked-Up Values" is no JSON object');
	});
});
