import type { Owner } from '../../lead/handoffRecord';
import type { TakeResult } from '../../lead/measure/takenLead';
import type { TakeInput } from '../ledger';
import { flag, nextNumber, query, queryOne, type Operation, type OperationContext } from '../operation';
import { fromJsonOrNull, toMoment } from '../stored';
import { recordEvent } from './events';
import { currentId } from './openLead';

/** What a person did with a lead by which it is theirs. */
interface Done {
	type: 'accepted' | 'contacted';
	at: number;
	by: string | null;
}

/** See `Ledger`. */
export function* takeLead(context: OperationContext, { owner, ...input }: TakeInput): Operation<TakeResult> {
	const scope = [input.client, flag(input.test)] as const;
	// first of all locks, as in `recordEvent`: of two who press at once, the second sees what the first did
	yield* nextNumber(input.client, input.test, 'event');
	const leadId = yield* currentId(input, 'lead', input.leadId);
	const place = [...scope, leadId] as const;
	// takes the lead's lock in PostgreSQL: a handover by a rule or a person comes before or after
	const lead = yield* queryOne<{ owner: string | null; status: string }>('UPDATE leads SET touches = touches WHERE client = $1 AND test = $2 AND id = $3 RETURNING owner, status', place);
	if (!lead) return { status: 'unknown' };
	const before = fromJsonOrNull<Owner>(lead.owner);
	const known = yield* queryOne('SELECT once_key FROM events WHERE client = $1 AND test = $2 AND once_key = $3', [...scope, input.onceKey]);
	if (known) return { status: 'taken', before: null };
	if (before) {
		const done = yield* query<Done>(
			`SELECT type, happened_at AS at, recorded_by AS "by" FROM events
			WHERE client = $1 AND test = $2 AND lead_id = $3 AND type IN ('accepted', 'contacted') ORDER BY sequence`, place,
		);
		const isOwn = before.id === owner.id;
		// an owner who has answered may still take it, but once; what nobody is named with is the owner's, when others ask
		const first = done.find(({ type, by }) => (isOwn ? type === 'accepted' && names(by, before) : isNobody(by) || names(by, before)));
		if (first) return { status: isOwn ? 'already' : 'earlier', owner: before, event: first.type, at: toMoment(first.at) };
	}
	if (lead.status === 'closed') return { status: 'closed' };
	if (before?.id !== owner.id) {
		const from = before?.name ?? 'nobody';
		yield* recordEvent(context, {
			...input, leadId, type: 'ownerChanged', by: owner.id, onceKey: `${input.onceKey}:owner`,
			detail: { from, to: owner.name, because: `${owner.name} took it first`, before, owner },
		});
	}
	yield* recordEvent(context, { ...input, leadId, type: 'accepted', by: owner.id });
	return { status: 'taken', before: before?.id === owner.id ? null : before };
}

function isNobody(by: string | null): boolean {
	return by === null || by.trim() === '';
}

/** Whether this is how the owner is told of: by a card with the member's ID, by a sheet with the name, by a CRM with its own ID. */
function names(by: string | null, { id, name, email, crmId }: Owner): boolean {
	if (isNobody(by)) return false;
	const said = String(by).trim().toLowerCase();
	return [id, name, email, crmId].some((one) => typeof one === 'string' && one.trim().toLowerCase() === said);
}
