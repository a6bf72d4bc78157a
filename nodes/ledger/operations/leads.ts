import type { ClockStatus, Owner, Verdict } from '../../lead/handoffRecord';
import type { DecisionSections, Ledger, LeadStory, LeadSummary, ListLeadsInput, ReviewItem, Scope } from '../ledger';
import { flag, inList, query, queryOne, type Operation, type OperationContext, type SqlValue } from '../operation';
import { foldForSearch, fromJson, fromJsonOrNull, toMillis, toMoment, toMomentOrNull, toState } from '../stored';
import { heldDecisions } from './decisions';
import { eventsOf } from './events';
import { leadIds, personIds } from './findLeads';

interface LeadRow {
	leadId: string;
	personId: string;
	client: string;
	test: number;
	status: 'open' | 'closed';
	provisional: number;
	openedAt: number;
	lastTouchAt: number;
	touches: number;
	state: number;
	verdict: Verdict | null;
	queue: string | null;
	owner: string | null;
	fields: string;
	externalIds: string;
}

const selectLeads = `SELECT leads.id AS "leadId", leads.person_id AS "personId", leads.client, leads.test, leads.status, leads.provisional,
	leads.opened_at AS "openedAt", leads.last_touch_at AS "lastTouchAt", leads.touches, leads.state, leads.verdict, leads.queue, leads.owner,
	persons.fields, persons.external_ids AS "externalIds"
	FROM leads JOIN persons ON persons.client = leads.client AND persons.test = leads.test AND persons.id = leads.person_id
	WHERE leads.client = $1 AND leads.test = $2`;

/** A client's leads, newest first. */
export function* listLeads(_: OperationContext, input: ListLeadsInput): Operation<LeadSummary[]> {
	const values: SqlValue[] = [input.client, flag(input.test)];
	const bind = (value: SqlValue) => `$${values.push(value)}`;
	let where = '';
	if (input.status !== undefined) where += ` AND leads.status = ${bind(input.status)}`;
	if (input.queue !== undefined) where += ` AND leads.queue = ${bind(input.queue)}`;
	if (input.ownerId !== undefined) where += ` AND leads.owner_id = ${bind(input.ownerId)}`;
	if (input.search !== undefined && input.search.trim() !== '') {
		const text = foldForSearch(input.search.trim());
		where += ` AND (leads.id = ${bind(input.search.trim())} OR persons.search_text LIKE ${bind(`%${text.replace(/[\\%_]/g, '\\$&')}%`)} ESCAPE '\\')`;
	}
	if (input.from !== undefined) where += ` AND leads.opened_at >= ${bind(toMillis(input.from))}`;
	if (input.to !== undefined) where += ` AND leads.opened_at < ${bind(toMillis(input.to))}`;
	if (input.needsReview !== undefined) {
		where += ` AND ${input.needsReview ? '' : 'NOT '}EXISTS (SELECT 1 FROM review_items items
			WHERE items.client = leads.client AND items.test = leads.test AND items.lead_id = leads.id AND ${openDoubt})`;
	}
	if (input.email !== undefined) {
		const persons = yield* personIds(input, { email: input.email });
		if (persons.length === 0) return [];
		where += ` AND leads.person_id IN (${[...new Set(persons)].map(bind).join(', ')})`;
	}
	if (input.after !== undefined) {
		const last = yield* placeOf(input, input.after);
		if (!last) return [];
		where += ` AND (leads.opened_at, leads.id) < (${bind(last.openedAt)}, ${bind(last.leadId)})`;
	}
	const limit = bind(Math.min(1000, Math.max(1, Math.trunc(input.limit))));
	// a sum is in no index: for one person's few leads SQLite would else walk all leads of the client in order
	const opened = input.email === undefined ? 'leads.opened_at' : 'leads.opened_at + 0';
	const rows = yield* query<LeadRow>(`${selectLeads}${where} ORDER BY ${opened} DESC, leads.id DESC LIMIT ${limit}`, values);
	return yield* toSummaries(input, rows);
}

function* placeOf({ client, test }: Scope, after: NonNullable<ListLeadsInput['after']>): Operation<{ openedAt: number; leadId: string } | undefined> {
	if (typeof after !== 'string') return { openedAt: toMillis(after.openedAt), leadId: after.leadId };
	const known = 'SELECT opened_at AS "openedAt", id AS "leadId" FROM leads WHERE client = $1 AND test = $2 AND id = $3';
	return yield* queryOne(known, [client, flag(test), after]);
}

/** All that is known of one lead. */
export function* getLead(_: OperationContext, scope: Scope, by: Parameters<Ledger['getLead']>[1]): Operation<LeadStory | undefined> {
	const found = yield* findLead(scope, by);
	if (!found) return undefined;
	const { row, among } = found;
	const { leadId } = row;
	const values = [scope.client, flag(scope.test), leadId];
	const [summary] = yield* toSummaries(scope, [row]);
	const decisions = yield* query<{ stage: string; section: string; decidedAt: number }>(
		`${heldDecisions} AND decisions.lead_id = $3 ORDER BY decisions.decided_at`, values,
	);
	const newest = yield* queryOne<{ record: string; state: number }>(
		'SELECT record, state FROM submissions WHERE client = $1 AND test = $2 AND lead_id = $3 ORDER BY received_at DESC, id DESC LIMIT 1',
		values,
	);
	return {
		...summary,
		events: yield* eventsOf(scope, leadId),
		reviewItems: yield* reviewItemsOf(scope, leadId),
		decisions: Object.fromEntries(decisions.map(({ stage, section }) => [stage, fromJson(section)])) as Partial<DecisionSections>,
		// in reverse, so that the first of each stage holds
		decidedAt: Object.fromEntries([...decisions].reverse().map(({ stage, decidedAt }) => [stage, toMoment(decidedAt)])),
		record: newest ? asItStands(fromJson<unknown>(newest.record), row, newest.state) : null,
		externalIds: fromJson(row.externalIds),
		foundAmong: among,
	};
}

/** The record was stored at capture; matching may have given it to another lead since. */
function asItStands(record: unknown, { leadId, personId }: LeadRow, state: number): unknown {
	if (typeof record !== 'object' || record === null) return record;
	const { submission } = record as { submission?: unknown };
	const moved = typeof submission === 'object' && submission !== null ? { submission: { ...submission, state: toState(state) } } : {};
	return { ...record, leadId, personId, ...moved };
}

function* findLead(scope: Scope, by: Parameters<Ledger['getLead']>[1]): Operation<{ row: LeadRow; among: number } | undefined> {
	const leads = yield* leadIds(scope, by);
	const leadId = leads.at(-1);
	if (leadId === undefined) return undefined;
	const row = yield* queryOne<LeadRow>(`${selectLeads} AND leads.id = $3`, [scope.client, flag(scope.test), leadId]);
	return row && { row, among: leads.length };
}

interface LeadClock {
	leadId: string;
	status: ClockStatus;
	dueAt: number;
}

/** The clock of each lead that was started first: a later owner's own clock stands beside it. */
function* clocksOf({ client, test }: Scope, leadIds: string[]): Operation<Map<string, LeadClock>> {
	const leads = inList(leadIds, 3);
	const clocks = yield* query<LeadClock>(
		`SELECT lead_id AS "leadId", status, due_at AS "dueAt" FROM clocks
		WHERE client = $1 AND test = $2 AND lead_id IN (${leads.list}) ORDER BY started_at DESC, id DESC`,
		[client, flag(test), ...leads.values],
	);
	return new Map(clocks.map((clock) => [clock.leadId, clock]));
}

function* reviewItemsOf({ client, test }: Scope, leadId: string): Operation<ReviewItem[]> {
	const rows = yield* query<{ id: string; leadId: string; stage: ReviewItem['stage']; reasons: string; ownerId: string | null; openedAt: number; settledAt: number | null }>(
		`SELECT id, lead_id AS "leadId", stage, reasons, owner_id AS "ownerId", opened_at AS "openedAt", settled_at AS "settledAt"
		FROM review_items WHERE client = $1 AND test = $2 AND lead_id = $3 ORDER BY opened_at, id`,
		[client, flag(test), leadId],
	);
	return rows.map((row) => ({ ...row, reasons: fromJson(row.reasons), openedAt: toMoment(row.openedAt), settledAt: toMomentOrNull(row.settledAt) }));
}

/** What stands beside the leads of one page. */
interface Beside {
	clocks: Map<string, LeadClock>;
	intents: Map<string, string>;
	sources: Map<string, LeadSummary['source']>;
	doubted: Set<string>;
}

function* toSummaries(scope: Scope, rows: LeadRow[]): Operation<LeadSummary[]> {
	if (rows.length === 0) return [];
	const leadIds = rows.map(({ leadId }) => leadId);
	const beside: Beside = {
		clocks: yield* clocksOf(scope, leadIds), intents: yield* intentsOf(scope, leadIds), sources: yield* sourcesOf(scope, leadIds), doubted: yield* doubtedOf(scope, leadIds),
	};
	return rows.map((row) => toSummary(row, beside));
}

function* intentsOf({ client, test }: Scope, leadIds: string[]): Operation<Map<string, string>> {
	const leads = inList(leadIds, 3);
	const read = yield* query<{ leadId: string; section: string }>(
		`${heldDecisions} AND decisions.lead_id IN (${leads.list}) AND decisions.stage = 'classify' ORDER BY decisions.decided_at, decisions.submission_id`, [client, flag(test), ...leads.values],
	);
	return new Map(read.map(({ leadId, section }) => [leadId, fromJson<DecisionSections['classify']>(section).intent.name]));
}

function* sourcesOf({ client, test }: Scope, leadIds: string[]): Operation<Map<string, LeadSummary['source']>> {
	const leads = inList(leadIds, 3);
	// newest first, so that the enquiry that opened the lead holds
	const rows = yield* query<{ leadId: string; source: string | null }>(
		`SELECT lead_id AS "leadId", source FROM submissions WHERE client = $1 AND test = $2 AND lead_id IN (${leads.list}) ORDER BY received_at DESC, id DESC`,
		[client, flag(test), ...leads.values],
	);
	return new Map(rows.map(({ leadId, source }) => {
		const given = fromJsonOrNull<Record<string, unknown>>(source) ?? {};
		const read = (name: string) => (typeof given[name] === 'string' ? given[name] : null);
		return [leadId, { channel: read('channel'), source: read('source'), campaign: read('campaign') }];
	}));
}

/** An open review that doubts a decision; one of a random sample doubts nothing. */
const openDoubt = "settled_at IS NULL AND stage <> 'sample'";

function* doubtedOf({ client, test }: Scope, leadIds: string[]): Operation<Set<string>> {
	const leads = inList(leadIds, 3);
	const rows = yield* query<{ leadId: string }>(
		`SELECT DISTINCT lead_id AS "leadId" FROM review_items WHERE client = $1 AND test = $2 AND lead_id IN (${leads.list}) AND ${openDoubt}`,
		[client, flag(test), ...leads.values],
	);
	return new Set(rows.map(({ leadId }) => leadId));
}

function toSummary(row: LeadRow, { clocks, intents, sources, doubted }: Beside): LeadSummary {
	const clock = clocks.get(row.leadId);
	return {
		leadId: row.leadId,
		personId: row.personId,
		client: row.client,
		test: row.test === 1,
		status: row.status,
		provisional: row.provisional === 1,
		openedAt: toMoment(row.openedAt),
		lastTouchAt: toMoment(row.lastTouchAt),
		touches: row.touches,
		queue: row.queue,
		owner: fromJsonOrNull<Owner>(row.owner),
		verdict: row.verdict,
		fields: fromJson(row.fields),
		state: toState(row.state),
		clock: clock ? { status: clock.status, dueAt: toMoment(clock.dueAt) } : null,
		intent: intents.get(row.leadId) ?? null,
		source: sources.get(row.leadId) ?? { channel: null, source: null, campaign: null },
		needsReview: doubted.has(row.leadId),
	};
}
