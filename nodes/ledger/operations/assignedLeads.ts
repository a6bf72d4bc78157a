import type { GivenLead } from '../../lead/measure/fairness';
import { factFlags } from '../factFlags';
import type { Ledger } from '../ledger';
import { flag, query, type Operation, type OperationContext } from '../operation';
import { fromJson, toMillis, toMoment } from '../stored';

interface FactRow {
	leadId: string;
	openedAt: number;
	splits: string;
	flags: number;
	team: string | null;
	skipped: string | null;
}

/** Where the owner stands in `lead_facts.splits`. */
const ownerPlace = 3;

/** One page of leads with the member who has each; see `Ledger`. */
export function* listAssigned(
	_: OperationContext, { client, test, from, to, limit, after }: Parameters<Ledger['listAssigned']>[0],
): Operation<{ leads: GivenLead[]; next?: (string | number)[] }> {
	const rows = yield* query<FactRow>(
		`SELECT lead_id AS "leadId", opened_at AS "openedAt", splits, flags, team, skipped FROM lead_facts
		WHERE client = $1 AND test = $2 AND (opened_at, lead_id) > ($3, $4) AND opened_at < $5 ORDER BY opened_at, lead_id LIMIT $6`,
		[client, flag(test), ...(after ?? [toMillis(from), '']), toMillis(to), Math.trunc(limit)],
	);
	const leads = rows.map(({ openedAt, splits, flags, team, skipped }): GivenLead => ({
		openedAt: toMoment(openedAt), team, ownerId: fromJson<(string | null)[]>(splits)[ownerPlace] ?? null,
		highIntent: (flags & factFlags.highIntent) !== 0, skipped: skipped === null ? [] : fromJson<string[]>(skipped),
	}));
	const last = rows.at(-1);
	return { leads, ...(last && rows.length === limit ? { next: [last.openedAt, last.leadId] } : {}) };
}
