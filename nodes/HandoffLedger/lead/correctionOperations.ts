import type { IExecuteFunctions } from 'n8n-workflow';
import type { Intent, Owner } from '../../lead/handoffRecord';
import { LeadError } from '../../lead/leadError';
import { findMember, toOwner } from '../../lead/route/teams';
import { readyIntents } from '../../lead/classify/readyIntents';
import type { ClientSettings } from '../../lead/settings/clientSettings';
import type { CorrectionResult } from '../../ledger/correctionsLedger';
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
async function correctOwner(wrong: Wrong): Promise<object> {
	const { run, scope, leadId, at, by, reason } = wrong;
	const right = readRightOwner(wrong);
	return await tellOwnerCorrected(wrong, right, await run.ledger.correctOwner({ ...scope, leadId, ...right, at, by, reason }));
}

/** The owner and the queue that the panel names. */
export function readRightOwner({ ctx, itemIndex, settings }: Pick<Wrong, 'ctx' | 'itemIndex' | 'settings'>): { owner: Owner; queue?: string } {
	const id = readText(ctx.getNodeParameter('rightOwner', itemIndex, ''));
	const member = id === undefined ? undefined : settings && findMember(settings, id);
	if (id === undefined || (settings && !member)) {
		throw new LeadError('OWNER_UNKNOWN', id === undefined ? 'No right owner is named' : 'The right owner is no member of this client', 'Set "Right Owner" to the ID of a member, or to the member\'s owner ID in the CRM.');
	}
	const owner = member ? toOwner(member) : { id, name: id, email: null };
	return { owner, queue: readText(ctx.getNodeParameter('rightQueue', itemIndex, '')) };
}

/** Starts the new owner's own clock once the ledger has given the lead to them. */
export async function tellOwnerCorrected({ run, scope, leadId, settings, at }: Wrong, { owner, queue }: { owner: Owner; queue?: string }, result: CorrectionResult): Promise<{ corrected: boolean; because: string }> {
	if (result.status !== 'corrected') return { corrected: false, because: `This lead is with ${owner.name} already` };
	const clock = await startClockOfOwner(run, scope, { leadId, owner, settings, at, how: 'by a correction' });
	const told = { from: result.from, to: owner.name, ...(queue === undefined ? {} : { queue }), ownClock: clock };
	return { corrected: true, ...told, because: `${owner.name} has the lead now; the lead's clock runs on as it was started` };
}

/** The message had another intent. */
async function correctIntent(wrong: Wrong): Promise<object> {
	const { run, scope, leadId, at, by, reason } = wrong;
	const intent = readRightIntent(wrong);
	return tellIntentCorrected(intent.name, await run.ledger.correctIntent({ ...scope, leadId, intent, at, by, reason }));
}

/** The intent that the panel names, with what follows from it. */
export function readRightIntent({ ctx, itemIndex, settings }: Pick<Wrong, 'ctx' | 'itemIndex' | 'settings'>): Pick<Intent, 'name' | 'highIntent' | 'nextStep'> {
	const name = readText(ctx.getNodeParameter('rightIntent', itemIndex, ''));
	const intents = settings && settings.intents.length > 0 ? settings.intents : readyIntents;
	const right = intents.find((intent) => intent.name.toLowerCase() === name?.toLowerCase());
	if (!right) {
		throw new LeadError('INTENT_UNKNOWN', 'The right intent is not one of this client\'s', `Set "Right Intent" to one of: ${intents.map((intent) => intent.name).slice(0, 12).join(', ')}.`);
	}
	return { name: right.name, highIntent: right.highIntent, nextStep: right.nextStep };
}

export function tellIntentCorrected(name: string, result: CorrectionResult): { corrected: boolean; because: string } {
	if (result.status !== 'corrected') return { corrected: false, because: `This lead is ${name} already` };
	const told = { from: result.from, to: name };
	return { corrected: true, ...told, because: 'Recorded; the message is a labelled example from now on' };
}

async function correctMerge({ run, scope, leadId, settings, at, by, reason, submissionId }: Wrong): Promise<object> {
	const split = await splitWrongMerge(run, scope, { leadId, submissionId, at, by, reason });
	if ('because' in split) return { corrected: false, because: split.because };
	const [keeps, own] = split.leads;
	if (settings) await startClockOfLead(run, scope, { leadId: own, settings, at });
	return { corrected: true, leadId: keeps, ownLeadId: own, persons: split.persons, because: 'The enquiry stands by itself again, and the two never match again' };
}
