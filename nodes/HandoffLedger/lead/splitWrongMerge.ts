import { readComparedFields } from '../../lead/clean/comparedFields';
import type { ComparedFields } from '../../lead/clean/knownPerson';
import { keysOf } from '../../lead/clean/matchLeads';
import { splitPerson } from '../../lead/clean/splitPerson';
import { readRecord } from '../../lead/readRecord';
import type { MergeToSplit, SplitMergeInput } from '../../ledger/correctionsLedger';
import type { Scope } from '../../ledger/ledger';
import type { LedgerRun } from '../operations';

/** Each lost try means that another enquiry of the same person was written meanwhile. */
const mostTries = 50;

interface Split {
	leadId: string;
	submissionId?: string;
	at: string;
	by?: string;
	reason?: string;
}

/** Takes an enquiry out of the person and lead it was put to; `because` says why not. */
export async function splitWrongMerge(run: LedgerRun, scope: Scope, { leadId, submissionId, at, by, reason }: Split): Promise<{ leads: [string, string]; persons: [string, string] } | { because: string }> {
	for (let tries = 0; tries < mostTries; tries++) {
		const merge = await run.ledger.readMerge(scope, { leadId, submissionId });
		if (!merge) return { because: 'No enquiry of this lead was put to a known person, or it was taken apart before' };
		if (merge.followed) return { because: 'Later enquiries stand on this lead: correct those first, the newest first' };
		const result = await run.ledger.splitMerge({ ...scope, leadId: merge.leadId, at, by, reason, ...takeApart(run, merge, at, by) });
		if (result.status === 'corrected') return result;
	}
	return { because: 'Enquiries of this person kept arriving; run this again' };
}

function takeApart(run: LedgerRun, merge: MergeToSplit, at: string, by: string | undefined): Pick<SplitMergeInput, 'submissionId' | 'expected' | 'known' | 'own' | 'section'> {
	const compared = (json: unknown): ComparedFields => readComparedFields(readRecord({ json, now: new Date(at), newId: run.newId }).record);
	const own = compared(merge.record);
	const fields = splitPerson({ before: merge.before.fields, now: merge.now.fields, own, others: merge.otherRecords.map(compared), optedOut: merge.optedOut });
	const brought = Object.keys(merge.broughtIds).filter((system) => merge.before.externalIds[system] === undefined);
	const externalIds = Object.fromEntries(Object.entries(merge.now.externalIds).filter(([system, id]) => !(brought.includes(system) && merge.broughtIds[system] === id)));
	// a record that was loaded since speaks for the known person
	const { customerStatus, ownerId } = merge.loadedSince ? merge.now : merge.before;
	const { enquiries, updatedAt } = merge.now;
	return {
		submissionId: merge.submissionId,
		expected: { enquiries, updatedAt },
		known: { fields, externalIds, customerStatus, ownerId, keys: keysOf(fields, externalIds) },
		own: { fields: own, keys: keysOf(own) },
		section: {
			leadId: merge.own.leadId, personId: merge.own.personId, review: [],
			match: { verdict: 'create', externalIds: {}, score: 0, because: [`corrected${by === undefined ? '' : ` by ${by}`}: it was taken for another person (${merge.verdict})`], candidates: [], mergePlan: [] },
		},
	};
}
