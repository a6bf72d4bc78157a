import type { HeldLead, Ledger } from '../ledger';
import { releasePrefix } from '../leadSteps';
import { flag, query, type Operation, type OperationContext } from '../operation';
import { fromJson, toMillis, toMoment } from '../stored';
import { getDecisions } from './decisions';
import { stepIsFree } from './steps';

interface HeldRow {
	client: string;
	leadId: string;
	submissionId: string;
	heldUntil: number;
	record: string;
}

/** Leads whose time to be released has come, first held first, with what was decided of them. Who was given to the release for this moment is left out. */
export function* listHeldLeads(context: OperationContext, { client, test, now, limit }: Parameters<Ledger['listHeldLeads']>[0]): Operation<HeldLead[]> {
	const values = [flag(test), toMillis(now), Math.trunc(limit), context.now];
	const rows = yield* query<HeldRow>(
		`SELECT client, lead_id AS "leadId", id AS "submissionId", held_until AS "heldUntil", record FROM submissions
		WHERE test = $1 AND held_until IS NOT NULL AND held_until <= $2${client === undefined ? '' : ' AND client = $5'}
		AND ${stepIsFree(`'${releasePrefix}' || CAST(held_until AS TEXT)`, '$4')} ORDER BY held_until, id LIMIT $3`,
		client === undefined ? values : [...values, client],
	);
	const leads: HeldLead[] = [];
	for (const row of rows) {
		const decisions = yield* getDecisions(context, { client: row.client, test }, row.submissionId);
		leads.push({ ...row, test, heldUntil: toMoment(row.heldUntil), record: fromJson<unknown>(row.record), decisions });
	}
	return leads;
}
