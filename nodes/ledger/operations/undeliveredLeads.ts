import type { Ledger, UndeliveredLead } from '../ledger';
import { deliverPrefix, givenUpPrefix, mostDeliveries } from '../leadSteps';
import { flag, query, type Operation, type OperationContext } from '../operation';
import { toMillis, toMoment } from '../stored';
import { stepIsExhausted, stepIsFree } from './steps';

interface UndeliveredRow {
	client: string;
	leadId: string;
	submissionId: string;
	sequence: number;
	failedAt: number;
}

const step = (prefix: string) => `'${prefix}' || CAST(told.sequence AS TEXT)`;
const deliver = { rows: 'told', most: mostDeliveries };

/** Open leads that a CRM or a message tool did not take and that may be tried again now, or whose tries are over and nobody was told; oldest first. */
export function* listUndelivered(context: OperationContext, { client, test, since, limit }: Parameters<Ledger['listUndelivered']>[0]): Operation<UndeliveredLead[]> {
	const values = [flag(test), toMillis(since), Math.trunc(limit), context.now];
	const rows = yield* query<UndeliveredRow>(
		`SELECT told.client, told.lead_id AS "leadId", told.sequence, told.happened_at AS "failedAt",
			(SELECT id FROM submissions WHERE submissions.client = told.client AND submissions.test = told.test AND submissions.lead_id = told.lead_id
				ORDER BY received_at DESC, id DESC LIMIT 1) AS "submissionId"
		FROM events AS told
		JOIN leads ON leads.client = told.client AND leads.test = told.test AND leads.id = told.lead_id AND leads.status = 'open'
		WHERE told.type = 'notDelivered' AND told.test = $1 AND told.happened_at >= $2${client === undefined ? '' : ' AND told.client = $5'}
		AND NOT EXISTS (SELECT 1 FROM events AS later WHERE later.client = told.client AND later.test = told.test AND later.lead_id = told.lead_id
			AND later.sequence > told.sequence AND later.type IN ('delivered', 'notDelivered'))
		AND (${stepIsFree(step(deliverPrefix), '$4', deliver)}
			OR (${stepIsExhausted(step(deliverPrefix), '$4', deliver)} AND ${stepIsFree(step(givenUpPrefix), '$4', { rows: 'told' })}))
		ORDER BY told.happened_at, told.sequence LIMIT $3`,
		client === undefined ? values : [...values, client],
	);
	return rows.map((row) => ({ ...row, test, failedAt: toMoment(row.failedAt) }));
}
