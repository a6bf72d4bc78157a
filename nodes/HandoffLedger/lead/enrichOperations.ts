import type { IExecuteFunctions } from 'n8n-workflow';
import { dayIn } from '../../lead/activate/moments';
import { companyDomainOf, enrichLead, readLookedUp, whyNoLookUp } from '../../lead/clean/enrichLead';
import type { Enrichment, HandoffRecord } from '../../lead/handoffRecord';
import { isObject } from '../../lead/isObject';
import { LeadError } from '../../lead/leadError';
import { orderRecord } from '../../lead/orderRecord';
import { readRecord } from '../../lead/readRecord';
import type { LedgerRun } from '../operations';
import { readText } from '../settings';

/** What the check tells the look-up. */
export interface LookUp {
	allowed: boolean;
	service: string;
	/** Domain of the company; null when none is known. */
	domain: string | null;
	because: string;
}

/** Whether a lead is looked up at a service that is paid for: not twice, not for nothing, and no more in one day than the operator allows. */
export async function checkLookUp(ctx: IExecuteFunctions, run: LedgerRun, itemIndex: number): Promise<object> {
	const service = readService(ctx, itemIndex);
	const budget = readLimit(ctx, itemIndex);
	const { record, client } = await readLead(ctx, run, itemIndex);
	const earlier = await findEarlier(run, record);
	if (earlier) return told(enrichLead(record, earlier), { allowed: false, service, domain: companyDomainOf(record), because: `it was looked up at ${earlier.service} before` });
	const domain = companyDomainOf(record);
	const answer = (allowed: boolean, because: string) => told(record, { allowed, service, domain, because });
	const reason = whyNoLookUp(record, domain);
	if (reason !== undefined) return answer(false, reason);
	const day = dayIn(client?.settings.timeZone ?? run.timeZone, run.now());
	const { within, spent } = await run.ledger.spend({ client: record.client, purpose: `lookUps: ${service}`, day, amount: 1, budget });
	return within ? answer(true, `look-up ${spent} of ${budget} today`) : answer(false, `the ${budget} look-ups of today are used up`);
}

/** Puts what was looked up on the lead, where it says nothing itself, and remembers it, so that a run that comes again asks nobody. */
export async function addLookedUp(ctx: IExecuteFunctions, run: LedgerRun, itemIndex: number): Promise<object> {
	const service = readService(ctx, itemIndex);
	const values = readValues(ctx.getNodeParameter('lookedUp', itemIndex, ''));
	const { record, captured } = await readLead(ctx, run, itemIndex);
	const earlier = await findEarlier(run, record);
	if (earlier) return orderRecord(withoutLookUp(enrichLead(record, earlier)), 'enrichment');
	// the service could not be asked: the next run may
	if (values === undefined) return orderRecord(withoutLookUp(record), 'lead');
	const at = run.now().toISOString();
	const enrichment = readLookedUp(record, { service, at, values });
	if (!captured) return orderRecord(withoutLookUp(enrichLead(record, enrichment)), 'enrichment');
	const { section } = await run.ledger.recordDecision({
		...scopeOf(record), submissionId: record.submission.id, leadId: record.leadId, stage: 'enrich', at, section: { enrichment },
		replace: run.decidesAfresh(record, record.enrichment),
	});
	return orderRecord(withoutLookUp(enrichLead(record, section.enrichment)), 'enrichment');
}

async function readLead(ctx: IExecuteFunctions, run: LedgerRun, itemIndex: number) {
	const lead = readRecord({ json: ctx.getInputData()[itemIndex].json, now: run.now(), newId: run.newId });
	return { ...lead, ...(await run.clientOf(lead)) };
}

async function findEarlier(run: LedgerRun, record: HandoffRecord): Promise<Enrichment | undefined> {
	if (run.decidesAfresh(record, record.enrichment)) return undefined;
	return (await run.ledger.getDecision(scopeOf(record), record.submission.id, 'enrich'))?.enrichment;
}

function scopeOf({ client, run: { test } }: HandoffRecord) {
	return { client, test };
}

function told(record: HandoffRecord, lookUp: LookUp): object {
	return { lookUp, ...orderRecord(record, 'lead') };
}

/** What the check and the service said is on the lead by now, or not worth carrying on. */
function withoutLookUp(record: HandoffRecord & { lookUp?: unknown; lookedUp?: unknown }): HandoffRecord {
	const rest = { ...record };
	delete rest.lookUp;
	delete rest.lookedUp;
	return rest;
}

function readService(ctx: IExecuteFunctions, itemIndex: number): string {
	const service = readText(ctx.getNodeParameter('service', itemIndex, ''));
	if (service === undefined) throw new LeadError('SERVICE_MISSING', 'The service is not named', 'Set "Service" to the name of who is asked, such as People Data Labs.');
	return service.slice(0, 60);
}

/** Typed text or what an expression gave; undefined when that is nothing. */
function readValues(given: unknown): Record<string, unknown> | undefined {
	if (given === undefined || given === null || given === '') return undefined;
	let values = given;
	try {
		if (typeof given === 'string') values = JSON.parse(given);
	} catch {
		// told below
	}
	if (isObject(values)) return values;
	throw new LeadError('LOOKED_UP_NOT_READABLE', '"Looked-Up Values" is no JSON object', 'Set "Looked-Up Values" to an object such as { "companySize": "51-200", "industry": "software" }.');
}

function readLimit(ctx: IExecuteFunctions, itemIndex: number): number {
	const limit = Number(ctx.getNodeParameter('lookUpsPerDay', itemIndex, 100));
	if (!Number.isInteger(limit) || limit < 0 || limit > 1_000_000) throw new LeadError('LOOK_UPS_PER_DAY_OUT_OF_RANGE', '"Look-Ups per Day" is no whole number from 0 to 1,000,000', 'Set "Look-Ups per Day" to the most that may be paid for in one day.');
	return limit;
}
