import type { IExecuteFunctions } from 'n8n-workflow';
import { testModeHint } from '../../host/testModeHint';
import { readEmail } from '../../lead/clean/email';
import { foldLetters } from '../../lead/foldText';
import { LeadError } from '../../lead/leadError';
import type { LeadSummary, ListLeadsInput, Scope } from '../../ledger/ledger';
import { readLimit } from '../limit';
import type { LedgerRun } from '../operations';
import { readClient, readMomentSetting, readMomentText, readTestLeads, readText } from '../settings';
import { simplifySummary } from '../simplify';

/** Most leads that the ledger gives at once. */
const pageSize = 1000;

/** The leads of a client that pass every filter, newest first. */
export async function listLeads(ctx: IExecuteFunctions, run: LedgerRun): Promise<object[]> {
	const client = readClient(ctx, 0);
	const saved = await run.client(client);
	const filters = ctx.getNodeParameter('filters', 0, {}) as Record<string, unknown>;
	const most = readLimit(ctx);
	const wanted = readWanted(ctx, filters, { client, test: readTestLeads(ctx, 0) }, saved?.settings.timeZone ?? run.timeZone);
	const passes = readWords(filters);
	const leads: LeadSummary[] = [];
	let after = await readAfter(run, wanted, filters);
	for (;;) {
		// what words are asked for is known of a lead only when it is read, so that pages are full ones then
		const limit = passes ? pageSize : Math.min(pageSize, most - leads.length);
		const page = await run.ledger.listLeads({ ...wanted, limit, after });
		leads.push(...(passes ? page.filter(passes) : page));
		if (leads.length >= most || page.length < limit) break;
		const { openedAt, leadId } = page[page.length - 1];
		after = { openedAt, leadId };
	}
	if (leads.length === 0) run.hint(testModeHint(saved, wanted.test));
	const given = leads.slice(0, most);
	return ctx.getNodeParameter('output', 0, 'full') === 'simplified' ? given.map(simplifySummary) : given;
}

function readWanted(ctx: IExecuteFunctions, filters: Record<string, unknown>, scope: Scope, timeZone: string): Omit<ListLeadsInput, 'limit' | 'after'> {
	const moment = (name: string, label: string) => {
		const text = readMomentText(filters[name]);
		return text === undefined ? undefined : readMomentSetting(text, timeZone, label);
	};
	const email = readText(filters.email);
	return {
		...scope,
		search: readText(ctx.getNodeParameter('search', 0, '')),
		status: readText(filters.status) as ListLeadsInput['status'],
		queue: readText(filters.queue),
		ownerId: readText(filters.ownerId),
		email: email === undefined ? undefined : (readEmail(email).value.emailKey ?? email),
		from: moment('from', 'Opened From'),
		to: moment('to', 'Opened Before'),
		needsReview: typeof filters.needsReview === 'boolean' ? filters.needsReview : undefined,
	};
}

/** Filters by words that stand in the leads, in any case; undefined when there are none. */
function readWords(filters: Record<string, unknown>): ((lead: LeadSummary) => boolean) | undefined {
	const asked = Object.entries({
		intent: (lead: LeadSummary) => lead.intent,
		channel: (lead: LeadSummary) => lead.source.channel,
		source: (lead: LeadSummary) => lead.source.source,
		campaign: (lead: LeadSummary) => lead.source.campaign,
	}).flatMap(([name, read]) => {
		const word = readText(filters[name]);
		return word === undefined ? [] : [{ word: foldLetters(word), read }];
	});
	return asked.length === 0 ? undefined : (lead) => asked.every(({ word, read }) => foldLetters(read(lead) ?? '') === word);
}

/** @throws LeadError `CURSOR_UNKNOWN`: an empty page would look like the end of the list. */
async function readAfter(run: LedgerRun, { client, test }: Scope, filters: Record<string, unknown>): Promise<ListLeadsInput['after']> {
	const leadId = readText(filters.after);
	if (leadId === undefined) return undefined;
	const last = await run.ledger.getLead({ client, test }, { leadId });
	if (last) return { openedAt: last.openedAt, leadId: last.leadId };
	throw new LeadError('CURSOR_UNKNOWN', 'The lead of "After Lead ID" is not known', 'Set "After Lead ID" to the last leadId of the page before, or begin anew without it: that lead may have been removed.');
}

