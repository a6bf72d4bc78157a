import type { IExecuteFunctions } from 'n8n-workflow';
import { LeadError } from '../../lead/leadError';
import { findMember, toOwner } from '../../lead/route/teams';
import { readyIntents } from '../../lead/classify/readyIntents';
import type { ClientSettings } from '../../lead/settings/clientSettings';
import type { Scope } from '../../ledger/ledger';
import { findLead } from './leadOperations';
import type { LedgerRun } from '../operations';
import { startClockOfLead, startClockOfOwner } from '../../host/ownerClocks';
import { readText } from '../settings';
import { splitWrongMerge } from './splitWrongMerge';

/** One thing that a person found to be wrong. */
export interface Wrong {
	ctx: IExecuteFunctions;
	run: LedgerRun;
	itemIndex: number;
	scope: Scope;
	leadId: string;
	settings?: ClientSettings;
	at: string;
	by?: string;
	reason?: string;
	submissionId?: string;
}

/** Puts right what was decided wrongly. Told twice, the second time changes nothing. */
export async function correctLead(ctx: IExecuteFunctions, run: LedgerRun, itemIndex: number): Promise<object> {
	const { lead, scope, settings, because } = await findLead(ctx, run, itemIndex);
	if (!lead) return { client: scope.client, leadId: null, corrected: false, because };
	const options = ctx.getNodeParameter('correctionOptions', itemIndex, {}) as Record<string, unknown>;
	const given = readText(ctx.getNodeParameter('leadId', itemIndex, ''));
	const wrong: Wrong = {
		ctx, run, itemIndex, scope, settings, at: run.now().toISOString(),
		// the id that an enquiry came with says which one is meant
		leadId: ctx.getNodeParameter('findBy', itemIndex) === 'leadId' && given ? given : lead.leadId,
		by: readText(options.by), reason: readText(options.reason), submissionId: readText(options.submissionId),
	};
	const what = ctx.getNodeParameter('whatWasWrong', itemIndex, 'owner') as 'owner' | 'merge' | 'intent';
	const correct = { owner: correctOwner, merge: correctMerge, intent: correctIntent }[what];
	return { client: scope.client, leadId: lead.leadId, whatWasWrong: what, ...(await correct(wrong)) };
}

/** The lead goes to the right owner, whose own clock starts. */
export async function correctOwner({ ctx, run, itemIndex, scope, leadId, settings, at, by, reason }: Wrong): Promise<object> {
	const id = readText(ctx.getNodeParameter('rightOwner', itemIndex, ''));
	const member = id === undefined ? undefined : settings && findMember(settings, id);
	if (id === undefined || (settings && !member)) {
		throw new LeadError('OWNER_UNKNOWN', id === undefined ? 'No right owner is named' : 'The right owner is no member of this client', 'Set "Right Owner" to the ID of a member, or to the member\'s owner ID in the CRM.');
	}
	const owner = member ? toOwner(member) : { id, name: id, email: null };
	const queue = readText(ctx.getNodeParameter('rightQueue', itemIndex, ''));
	const result = await run.ledger.correctOwner({ ...scope, leadId, owner, queue, at, by, reason });
	if (result.status !== 'corrected') return { corrected: false, because: `This lead is with ${owner.name} already` };
	const clock = await startClockOfOwner(run, scope, { leadId, owner, settings, at, how: 'by a correction' });
	return {
		corrected: true, from: result.from, to: owner.name, ...(queue === undefined ? {} : { queue }), ownClock: clock,
		because: `${owner.name} has the lead now; the lead's clock runs on as it was started`,
	};
}

/** The message had another intent. */
export async function correctIntent({ ctx, run, itemIndex, scope, leadId, settings, at, by, reason }: Wrong): Promise<object> {
	const name = readText(ctx.getNodeParameter('rightIntent', itemIndex, ''));
	const intents = settings && settings.intents.length > 0 ? settings.intents : readyIntents;
	const right = intents.find((intent) => intent.name.toLowerCase() === name?.toLowerCase());
	if (!right) {
		throw new LeadError('INTENT_UNKNOWN', 'The right intent is not one of this client\'s', `Set "Right Intent" to one of: ${intents.map((intent) => intent.name).slice(0, 12).join(', ')}.`);
	}
	const intent = { name: right.name, highIntent: right.highIntent, nextStep: right.nextStep };
	const result = await run.ledger.correctIntent({ ...scope, leadId, intent, at, by, reason });
	if (result.status !== 'corrected') return { corrected: false, because: `This lead is ${right.name} already` };
	return { corrected: true, from: result.from, to: right.name, because: 'Recorded; the message is a labelled example from now on' };
}

async function correctMerge({ run, scope, leadId, settings, at, by, reason, submissionId }: Wrong): Promise<object> {
	const split = await splitWrongMerge(run, scope, { leadId, submissionId, at, by, reason });
	if ('because' in split) return { corrected: false, because: split.because };
	const [keeps, own] = split.leads;
	if (settings) await startClockOfLead(run, scope, { leadId: own, settings, at });
	return { corrected: true, leadId: keeps, ownLeadId: own, persons: split.persons, because: 'The enquiry stands by itself again, and the two never match again' };
}
