import type { Run } from '../host/openRun';
import type { HandoffRecord, Routing } from '../lead/handoffRecord';
import { LeadError } from '../lead/leadError';
import { assignOwner, type AssignedOwner, type AssignInput, type OwnerPool } from '../lead/route/assignOwner';
import type { EvaluateExpression } from '../lead/route/conditions';
import { applyHardRules, finishRules, readHardRouting, type QueuedRouting } from '../lead/route/routeLead';
import { findTeam, membersOf } from '../lead/route/teams';
import type { Ledger, Scope } from '../ledger/ledger';
import { routerWithoutClient, type Router, type RouterOperation } from './settings';

export interface Decision {
	routing: Routing;
	/** Whether the ledger had this decision from an earlier run. */
	earlier: boolean;
	/** Whether the lead has its owner now. */
	assigned: boolean;
	/** Whether a rule gave the queue, but none a team or an owner, so that the fallback owner has the lead. */
	unowned?: boolean;
}

interface LeadToRoute {
	record: HandoffRecord;
	/** The ledger when it knows this lead. */
	ledger?: Ledger;
	router: Router;
	run: Run;
	evaluate: EvaluateExpression;
}

/** Each round that is lost was won by another lead, so this many means that something else is wrong. */
const mostRounds = 1000;

/** Decides once per submission and stage: a rerun gives what was decided then, and takes no turn; a test lead in the editor is decided afresh. */
export async function decide(operation: RouterOperation, lead: LeadToRoute): Promise<Decision> {
	if (lead.router === routerWithoutClient) return withoutClient(lead);
	return operation === 'applyHardRules' ? await decideHard(lead) : await decideRoute(operation, lead);
}

function withoutClient({ record, router }: LeadToRoute): Decision {
	const alarm = 'This lead names no client, so there are no rules and nobody to give it to';
	return { routing: { ...applyHardRules(record, router.table, router.fallbackQueue), because: [alarm], alarm }, earlier: false, assigned: false };
}

async function decideHard({ record, ledger, router, run }: LeadToRoute): Promise<Decision> {
	const replace = run.decidesAfresh(record, record.routing);
	const earlier = replace ? undefined : await ledger?.getDecision(scopeOf(record), record.submission.id, 'route.hard');
	if (earlier) return { routing: earlier.routing, earlier: true, assigned: false };
	const routing = applyHardRules(record, router.table, router.fallbackQueue);
	if (!ledger) return { routing, earlier: false, assigned: false };
	const recorded = await ledger.recordDecision({ ...placeOf(record, router, run), stage: 'route.hard', section: { routing }, replace });
	return { routing: recorded.section.routing, earlier: recorded.earlier, assigned: false };
}

async function decideRoute(operation: RouterOperation, lead: LeadToRoute): Promise<Decision> {
	const { record, ledger, router, run, evaluate } = lead;
	const replace = run.decidesAfresh(record, record.routing?.owner);
	const earlier = replace ? undefined : await ledger?.getDecision(scopeOf(record), record.submission.id, 'route');
	if (earlier) return { routing: earlier.routing, earlier: true, assigned: true };
	const hard = await hardRoutingOf(operation, lead);
	const { routing: queued, pool } = finishRules(record, router.table, hard, router.fallbackQueue, evaluate);
	const routing = withOwner(queued, await assign(pool, lead));
	const unowned = queued.tier !== 'fallback' && pool.team === undefined && pool.owner === undefined;
	if (!ledger) return { routing, earlier: false, assigned: true, unowned };
	const recorded = await ledger.recordDecision({
		...placeOf(record, router, run), stage: 'route', section: { routing }, state: 'assigned', owner: routing.owner, queue: routing.queue, replace,
	});
	return { routing: recorded.section.routing, earlier: recorded.earlier, assigned: true, unowned: unowned && !recorded.earlier };
}

/** The ledger's word counts, never the item's, for a lead that the ledger knows. */
async function hardRoutingOf(operation: RouterOperation, { record, ledger, router, run }: LeadToRoute): Promise<QueuedRouting> {
	// on a canvas that is being changed, what an Apply Hard Rules left that no longer stands before this node is old
	const isOld = run.decidesAfresh(record, record.routing);
	const recorded = ledger && !isOld ? (await ledger.getDecision(scopeOf(record), record.submission.id, 'route.hard'))?.routing : record.routing;
	const before = readHardRouting(recorded, router.fallbackQueue);
	if (before) return before;
	const now = applyHardRules(record, router.table, router.fallbackQueue);
	if (operation === 'route') return now;
	const instead = router.table.hard.length > 0 ? 'so the hard rules were applied now' : 'so no hard rule was applied';
	return { ...now, trace: [`Apply Hard Rules had not run for this lead, ${instead}`, ...now.trace] };
}

async function assign(pool: OwnerPool, { record, ledger, router, run }: LeadToRoute): Promise<AssignedOwner> {
	const { lead, match } = record;
	const input: AssignInput = {
		pool,
		people: router.people,
		existingOwner: match?.existingOwner,
		// without a ledger ids are new on every delivery, the address is not
		personKey: ledger ? record.personId : (lead.emailKey ?? lead.phone ?? record.personId),
		companyKey: lead.companyDomain ?? match?.account?.domain ?? lead.companyKey ?? undefined,
		at: run.now(),
	};
	const team = findTeam(router.people, pool.team);
	if (!ledger || !team) return assignOwner(input);
	if (team.assignment === 'leastLoaded') {
		return assignOwner({ ...input, openLeads: await ledger.countOpenLeads(scopeOf(record), membersOf(router.people, team).map(({ id }) => id), record.leadId) });
	}
	return team.assignment === 'rotation' || team.assignment === 'existingOwner' ? await assignByTurn(ledger, team.name, input, record) : assignOwner(input);
}

async function assignByTurn(ledger: Ledger, pool: string, input: AssignInput, record: HandoffRecord): Promise<AssignedOwner> {
	const scope = scopeOf(record);
	for (let round = 0; round < mostRounds; round++) {
		const { version, state } = await ledger.getRotation(scope, pool);
		const assigned = assignOwner({ ...input, turns: state });
		if (!assigned.turn) return assigned;
		const { memberId, next } = assigned.turn;
		const taken = await ledger.takeTurn({ ...scope, pool, leadId: record.leadId, expectedVersion: version, memberId, next, at: input.at.toISOString() });
		if (taken.status === 'taken') return assigned;
		if (taken.status === 'earlier') return assignOwner({ ...input, turns: state, turnOf: taken.memberId });
	}
	throw new LeadError('LEDGER_BUSY', 'The rotation of a team changes all the time', 'Run the workflow again for the leads that failed; if it goes on, look at the disk that holds the "Ledger".');
}

function withOwner(queued: QueuedRouting, { owner, assignment, because, skipped, alarm }: AssignedOwner): Routing {
	return { ...queued, owner, assignment, because: [...queued.because, ...because], skipped, ...(alarm ? { alarm } : {}) };
}

function scopeOf(record: HandoffRecord): Scope {
	return { client: record.client, test: record.run.test };
}

function placeOf(record: HandoffRecord, router: Router, run: Run): Scope & { submissionId: string; leadId: string; at: string; settingsVersion?: number } {
	return { ...scopeOf(record), submissionId: record.submission.id, leadId: record.leadId, at: run.now().toISOString(), settingsVersion: router.settingsVersion };
}
