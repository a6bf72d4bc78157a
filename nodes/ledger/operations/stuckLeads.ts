import type { Ledger, StuckLead } from '../ledger';
import { stuckStep } from '../leadSteps';
import { flag, query, type Operation, type OperationContext } from '../operation';
import { fromJson, toMillis, toMoment, toState } from '../stored';
import { stepIsFree } from './steps';

interface StuckRow {
	client: string;
	leadId: string;
	submissionId: string;
	receivedAt: number;
	state: number;
	record: string;
}

/** Leads that were captured but not activated some time later, oldest first: their run died or failed on the way. Who was told of is left out. */
export function* listStuckLeads(context: OperationContext, { client, test, now, afterSeconds, limit }: Parameters<Ledger['listStuckLeads']>[0]): Operation<StuckLead[]> {
	const values = [flag(test), toMillis(now) - afterSeconds * 1_000, Math.trunc(limit), context.now];
	const rows = yield* query<StuckRow>(
		`SELECT client, lead_id AS "leadId", id AS "submissionId", received_at AS "receivedAt", state, record FROM submissions
		WHERE test = $1 AND state < 3 AND received_at <= $2${client === undefined ? '' : ' AND client = $5'} AND ${stepIsFree(`'${stuckStep}'`, '$4')}
		ORDER BY received_at, id LIMIT $3`,
		client === undefined ? values : [...values, client],
	);
	return rows.map((row) => ({ ...row, test, receivedAt: toMoment(row.receivedAt), state: toState(row.state), record: fromJson<unknown>(row.record) }));
}
