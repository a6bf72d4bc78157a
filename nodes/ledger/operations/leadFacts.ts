import type { ClockStatus, Intent, Match, Routing, Verdict } from '../../lead/handoffRecord';
import { factFlags } from '../factFlags';
import type { Ledger, Scope } from '../ledger';
import { flag, inList, insertRows, query, queryOne, type Operation, type OperationContext, type SqlValue } from '../operation';
import { fromJson, fromJsonOrNull, toJson } from '../stored';

/** Leads whose rows are read with one statement. */
const pageSize = 256;
/** Longest text of a split: what a form sent as a campaign may be a page. */
const longestValue = 120;

interface StaleLead {
	id: string;
	openedAt: number;
	touches: number;
	verdict: Verdict | null;
	queue: string | null;
	ownerId: string | null;
}

/** Makes the facts of leads anew that were changed since; see `Ledger`. */
export function* refreshFacts(_: OperationContext, { client: given, test, limit }: Parameters<Ledger['refreshFacts']>[0]): Operation<number> {
	const client = given ?? (yield* queryOne<{ client: string }>('SELECT client FROM leads WHERE test = $1 AND stale = 1 LIMIT 1', [flag(test)]))?.client;
	if (client === undefined) return 0;
	// takes the leads' locks in PostgreSQL before anything is read: who changes one meanwhile marks it again afterwards
	const leads = yield* query<StaleLead>(
		`UPDATE leads SET stale = 0 WHERE client = $1 AND test = $2
			AND id IN (SELECT id FROM leads WHERE test = $2 AND client = $1 AND stale = 1 ORDER BY id LIMIT $3)
		RETURNING id, opened_at AS "openedAt", touches, verdict, queue, owner_id AS "ownerId"`,
		[client, flag(test), Math.trunc(limit)],
	);
	for (let start = 0; start < leads.length; start += pageSize) yield* writeFacts({ client, test }, leads.slice(start, start + pageSize));
	return leads.length;
}

const columns = ['client', 'test', 'lead_id', 'opened_at', 'splits', 'flags', 'due_at', 'business', 'wall', 'money', 'cause', 'team', 'skipped'];

function* writeFacts(scope: Scope, leads: StaleLead[]): Operation<void> {
	const read = yield* readLeads(scope, leads.map(({ id }) => id));
	const rows = leads.map((lead): SqlValue[] => {
		const facts = factsOf(lead, read(lead.id));
		return [scope.client, flag(scope.test), lead.id, lead.openedAt, toJson(facts.splits), facts.flags, facts.dueAt, facts.business, facts.wall, facts.money, facts.cause, facts.team, facts.skipped];
	});
	yield* insertRows('lead_facts', columns, rows, `ON CONFLICT (client, test, lead_id) DO UPDATE SET ${columns.slice(3).map((column) => `${column} = excluded.${column}`).join(', ')}`);
}

interface ClockColumns {
	leadId: string;
	dueAt: number;
	status: ClockStatus;
	startedAt: number;
	respondedAt: number | null;
	elapsedMinutes: number | null;
}

/** What stands in other tables of a lead. */
interface ReadLead {
	match?: Match;
	intent?: Intent;
	routing?: Routing;
	clock?: ClockColumns;
	/** Newest detail of each type. */
	events: ReadonlyMap<string, Record<string, unknown>>;
	openReviews: number;
	/** The enquiry that opened it. */
	opening?: { source: Record<string, unknown> | null; form: string; service: string | null; territory: string | null };
}

function* readLeads({ client, test }: Scope, leadIds: string[]): Operation<(leadId: string) => ReadLead> {
	const ids = inList(leadIds, 3);
	const values = [client, flag(test), ...ids.values];
	const ofLeads = (table: string) => `WHERE ${table}.client = $1 AND ${table}.test = $2 AND ${table}.lead_id IN (${ids.list})`;
	// newest last, so that a map keeps it
	const decisions = yield* query<{ leadId: string; stage: string; section: string; at: number }>(
		`SELECT decisions.lead_id AS "leadId", decisions.stage, COALESCE(corrections.section, decisions.section) AS section, decisions.decided_at AS at
		FROM decisions LEFT JOIN corrections ON corrections.client = decisions.client AND corrections.test = decisions.test
			AND corrections.submission_id = decisions.submission_id AND corrections.stage = decisions.stage
		${ofLeads('decisions')} AND decisions.stage IN ('clean', 'classify', 'route')`, values,
	);
	decisions.sort((a, b) => a.at - b.at);
	// a later owner's own clock, and clocks of acceptance and the like, are not the lead's first response
	const clocks = yield* query<ClockColumns>(
		`SELECT lead_id AS "leadId", due_at AS "dueAt", status, started_at AS "startedAt", responded_at AS "respondedAt", elapsed_minutes AS "elapsedMinutes"
		FROM clocks ${ofLeads('clocks')} AND name = 'First Response'`, values,
	);
	const events = yield* query<{ leadId: string; sequence: number; type: string; detail: string }>(
		`SELECT lead_id AS "leadId", sequence, type, detail FROM events ${ofLeads('events')}`, values,
	);
	events.sort((a, b) => a.sequence - b.sequence);
	const reviews = yield* query<{ leadId: string; items: number }>(
		`SELECT lead_id AS "leadId", COUNT(*) AS items FROM review_items ${ofLeads('review_items')} AND settled_at IS NULL AND stage <> 'sample' GROUP BY lead_id`, values,
	);
	const submissions = yield* query<{ leadId: string; source: string | null; formTool: string; formId: string | null; record: string; at: number }>(
		`SELECT lead_id AS "leadId", source, form_tool AS "formTool", form_id AS "formId", record, received_at AS at FROM submissions ${ofLeads('submissions')}`, values,
	);
	const opening = new Map<string, (typeof submissions)[number]>();
	for (const one of submissions) {
		const earlier = opening.get(one.leadId);
		if (!earlier || one.at < earlier.at) opening.set(one.leadId, one);
	}
	const decided = new Map(decisions.map((row) => [`${row.leadId} ${row.stage}`, row.section]));
	const clockOf = new Map(clocks.map((clock) => [clock.leadId, clock]));
	const reviewsOf = new Map(reviews.map((row) => [row.leadId, Number(row.items)]));
	const eventsOf = new Map<string, Map<string, Record<string, unknown>>>();
	for (const { leadId, type, detail } of events) {
		const of = eventsOf.get(leadId) ?? new Map<string, Record<string, unknown>>();
		eventsOf.set(leadId, of.set(type, fromJson(detail)));
	}
	const section = <Section>(leadId: string, stage: string) => {
		const text = decided.get(`${leadId} ${stage}`);
		return text === undefined ? undefined : fromJson<Section>(text);
	};
	return (leadId) => ({
		match: section<{ match: Match }>(leadId, 'clean')?.match,
		intent: section<{ intent: Intent }>(leadId, 'classify')?.intent,
		routing: section<{ routing: Routing }>(leadId, 'route')?.routing,
		clock: clockOf.get(leadId),
		events: eventsOf.get(leadId) ?? new Map<string, Record<string, unknown>>(),
		openReviews: reviewsOf.get(leadId) ?? 0,
		opening: readOpening(opening.get(leadId)),
	});
}

function readOpening(row: { source: string | null; formTool: string; formId: string | null; record: string } | undefined): ReadLead['opening'] {
	if (!row) return undefined;
	const record = fromJson<{ lead?: Record<string, unknown> } | null>(row.record);
	const lead = (typeof record?.lead === 'object' && record.lead !== null ? record.lead : {}) as Record<string, unknown>;
	const [country, region] = [textOf(lead.country), textOf(lead.region)];
	return {
		source: fromJsonOrNull(row.source),
		form: row.formId === null ? row.formTool : `${row.formTool}/${row.formId}`,
		service: textOf(lead.serviceInterest),
		territory: country === null ? null : region === null ? country : `${country}/${region}`,
	};
}

interface Facts {
	/** In the order of `splitNames`. */
	splits: (string | null)[];
	flags: number;
	dueAt: number | null;
	/** Tenths of a minute. */
	business: number | null;
	wall: number | null;
	money: string | null;
	cause: string | null;
	team: string | null;
	skipped: string | null;
}

function factsOf(lead: StaleLead, { match, intent, routing, clock, events, openReviews, opening }: ReadLead): Facts {
	const source = opening?.source;
	const isAnswered = typeof clock?.respondedAt === 'number';
	const high = intent?.highIntent === true;
	const under = (minutes: number) => high && isAnswered && clock.elapsedMinutes !== null && clock.elapsedMinutes < minutes;
	const has = (type: string) => events.has(type);
	const isDuplicate = lead.verdict === 'create' && has('duplicateConfirmed') && !has('duplicateRefuted');
	const set: Record<keyof typeof factFlags, boolean> = {
		clock: clock !== undefined,
		highClock: clock !== undefined && high,
		answered: isAnswered,
		highUnder5: under(5),
		highUnder15: under(15),
		inSla: isAnswered && Number(clock.respondedAt) <= clock.dueAt,
		paused: clock?.respondedAt === null && clock.status === 'paused',
		contacted: isAnswered || has('contacted') || has('meetingBooked'),
		meeting: has('meetingBooked'),
		checked: has('routingChecked'),
		right: events.get('routingChecked')?.right === true,
		sourceComplete: source?.complete === true,
		campaign: textOf(source?.campaign) !== null,
		created: lead.verdict === 'create',
		duplicate: isDuplicate,
		repeat: lead.touches > 1 || lead.verdict === 'append',
		noOwner: lead.ownerId === null,
		judged: has('accepted') || has('rejected'),
		accepted: has('accepted'),
		mql: has('becameMql'),
		mqlToSql: has('becameMql') && has('becameSql'),
		opportunity: has('opportunity'),
		won: has('won'),
		inReview: openReviews > 0,
		aiAsked: intent?.engine === 'ai' || intent?.engine === 'fallback',
		aiFallback: intent?.engine === 'fallback',
		highIntent: high,
	};
	const flags = (Object.keys(factFlags) as (keyof typeof factFlags)[]).reduce((sum, name) => (set[name] ? sum | factFlags[name] : sum), 0);
	const money = [...moneyOf('pipeline', events.get('opportunity')), ...moneyOf('won', events.get('won'))];
	return {
		splits: [
			textOf(source?.source), textOf(source?.campaign), lead.queue, lead.ownerId, intent?.name ?? null,
			opening?.form ?? null, opening?.territory ?? null, opening?.service ?? null, routing?.tier ?? null,
		].map(textOf),
		flags,
		dueAt: clock?.dueAt ?? null,
		business: isAnswered && clock.elapsedMinutes !== null ? Math.round(Number(clock.elapsedMinutes) * 10) : null,
		wall: isAnswered ? Math.max(0, Math.round((Number(clock.respondedAt) - clock.startedAt) / 6_000)) : null,
		money: money.length === 0 ? null : toJson(money),
		cause: isDuplicate ? causeOf(match, events.get('duplicateConfirmed')) : null,
		team: routing?.team ?? routing?.queue ?? null,
		skipped: routing && routing.skipped.length > 0 ? toJson(routing.skipped) : null,
	};
}

/** A deal with its amount, when one was told. */
function moneyOf(kind: 'pipeline' | 'won', detail: Record<string, unknown> | undefined): ['pipeline' | 'won', number, string][] {
	const amount = detail?.amount;
	return typeof amount === 'number' && Number.isFinite(amount) ? [[kind, amount, textOf(detail?.currency)?.toUpperCase() ?? '']] : [];
}

/** Why a lead was taken for new although it was known: as somebody told it, else as the match saw it. */
function causeOf(match: Match | undefined, told: Record<string, unknown> | undefined): string {
	const said = textOf(told?.cause) ?? textOf(told?.reason);
	if (said !== null) return said;
	if (!match) return 'notMatched';
	return match.candidates.length > 0 ? 'notAlikeEnough' : 'nothingInCommon';
}

function textOf(value: unknown): string | null {
	if (typeof value !== 'string') return null;
	const text = value.trim();
	return text === '' ? null : text.slice(0, longestValue);
}
