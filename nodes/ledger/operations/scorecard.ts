import type { ClockStatus, Intent, Moment, Routing, Verdict } from '../../lead/handoffRecord';
import type { Scope, ScorecardRow } from '../ledger';
import { flag, inList, query, type Operation, type OperationContext } from '../operation';
import { fromJson, fromJsonOrNull, toMillis, toMoment, toMomentOrNull } from '../stored';

interface LeadRow {
	leadId: string;
	openedAt: number;
	touches: number;
	verdict: Verdict | null;
	queue: string | null;
	ownerId: string | null;
}

/** Leads whose rows are read with one statement. */
const pageSize = 512;

/** One row per lead that was opened from `from` (included) to `to` (excluded), oldest first. */
export function* scorecardRows(_: OperationContext, scope: Scope, from: Moment, to: Moment): Operation<ScorecardRow[]> {
	const leads = yield* query<LeadRow>(
		`SELECT id AS "leadId", opened_at AS "openedAt", touches, verdict, queue, owner_id AS "ownerId" FROM leads
		WHERE client = $1 AND test = $2 AND opened_at >= $3 AND opened_at < $4 ORDER BY opened_at, id`,
		[scope.client, flag(scope.test), toMillis(from), toMillis(to)],
	);
	const rows: ScorecardRow[] = [];
	for (let start = 0; start < leads.length; start += pageSize) {
		rows.push(...(yield* readPage(scope, leads.slice(start, start + pageSize))));
	}
	return rows;
}

interface ClockColumns {
	leadId: string;
	dueAt: number;
	status: ClockStatus;
	startedAt: number;
	respondedAt: number | null;
	elapsedMinutes: number | null;
}

function* readPage({ client, test }: Scope, leads: LeadRow[]): Operation<ScorecardRow[]> {
	const ids = inList(leads.map(({ leadId }) => leadId), 3);
	const values = [client, flag(test), ...ids.values];
	const ofLeads = `WHERE client = $1 AND test = $2 AND lead_id IN (${ids.list})`;
	// each in such an order that a map keeps the newest of a lead, and of its clocks the first: a later owner's own clock is not the lead's
	const decisions = yield* query<{ leadId: string; stage: string; section: string }>(
		`SELECT lead_id AS "leadId", stage, section FROM decisions ${ofLeads} AND stage IN ('classify', 'route') ORDER BY decided_at`, values,
	);
	const clocks = yield* query<ClockColumns>(
		`SELECT lead_id AS "leadId", due_at AS "dueAt", status, started_at AS "startedAt", responded_at AS "respondedAt", elapsed_minutes AS "elapsedMinutes"
		FROM clocks ${ofLeads} ORDER BY started_at DESC`, values,
	);
	const events = yield* query<{ leadId: string; sequence: number; type: string; detail: string }>(
		`SELECT lead_id AS "leadId", sequence, type, detail FROM events ${ofLeads}`, values,
	);
	// sorted here, for an ORDER BY would make SQLite walk all events
	events.sort((a, b) => a.sequence - b.sequence);
	const reviews = yield* query<{ leadId: string; items: number }>(
		`SELECT lead_id AS "leadId", COUNT(*) AS items FROM review_items ${ofLeads} AND settled_at IS NULL GROUP BY lead_id`, values,
	);
	// the submission that opened the lead counts, so it comes last
	const submissions = yield* query<{ leadId: string; source: string | null }>(
		`SELECT lead_id AS "leadId", source FROM submissions ${ofLeads} ORDER BY received_at DESC`, values,
	);
	const intents = new Map(decisions.filter(({ stage }) => stage === 'classify').map((row) => [row.leadId, fromJson<{ intent: Intent }>(row.section).intent]));
	const routings = new Map(decisions.filter(({ stage }) => stage === 'route').map((row) => [row.leadId, fromJson<{ routing: Routing }>(row.section).routing]));
	const clockOf = new Map(clocks.map((clock) => [clock.leadId, clock]));
	const sourceOf = new Map(submissions.map((row) => [row.leadId, fromJsonOrNull<Record<string, unknown>>(row.source)]));
	const reviewsOf = new Map(reviews.map((row) => [row.leadId, row.items]));
	const eventsOf = new Map<string, ScorecardRow['events']>();
	for (const { leadId, type, detail } of events) {
		eventsOf.set(leadId, { ...eventsOf.get(leadId), [type]: fromJson<Record<string, unknown>>(detail) });
	}
	return leads.map((lead) => ({
		...lead,
		openedAt: toMoment(lead.openedAt),
		intent: intents.get(lead.leadId) ?? null,
		routing: routings.get(lead.leadId) ?? null,
		source: readSource(sourceOf.get(lead.leadId)),
		clock: readClock(clockOf.get(lead.leadId)),
		events: eventsOf.get(lead.leadId) ?? {},
		openReviewItems: reviewsOf.get(lead.leadId) ?? 0,
	}));
}

function readSource(source: Record<string, unknown> | null | undefined): ScorecardRow['source'] {
	if (typeof source?.complete !== 'boolean' || typeof source.completeness !== 'number') return null;
	const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null);
	return { complete: source.complete, completeness: source.completeness, campaign: textOrNull(source.campaign), source: textOrNull(source.source) };
}

function readClock(clock: ClockColumns | undefined): ScorecardRow['clock'] {
	return clock ? {
		dueAt: toMoment(clock.dueAt),
		status: clock.status,
		startedAt: toMoment(clock.startedAt),
		respondedAt: toMomentOrNull(clock.respondedAt),
		elapsedMinutes: clock.elapsedMinutes,
	} : null;
}
