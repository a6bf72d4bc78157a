import type { Run } from '../host/openRun';
import type { HandoffRecord, Routing } from '../lead/handoffRecord';
import { LeadError } from '../lead/leadError';
import { assignOwner, type AssignedOwner, type OwnerPool } from '../lead/route/assignOwner';
import { findTeamFullness } from '../lead/route/availability';
import type { EvaluateExpression } from '../lead/route/conditions';
import { applyHardRules, finishRules, readHardRouting, type QueuedRouting, type TraceDepth } from '../lead/route/routeLead';
import { assignInputOf, withOwner, type Router } from '../lead/route/router';
import { findTeam } from '../lead/route/teams';
import type { Ledger, Scope } from '../ledger/ledger';
import { askedOf, limitsOf } from '../host/assignmentQuestion';
import { routerWithoutClient, type RouterOperation } from './settings';

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
	trace: TraceDepth;
}

/** Each round that is lost was won by another lead, so this many means that something else is wrong. */
const mostRounds = 1000;

/** Decides once per submission and stage: a rerun gives what was decided then, and takes no turn; a test lead in the editor is decided afresh. */
export async function decide(operation: RouterOperation, lead: LeadToRoute): Promise<Decision> {
	if (lead.router === routerWithoutClient) return withoutClient(lead);
	if (operation === 'release') return await release(lead);
	return operation === 'applyHardRules' ? await decideHard(lead) : await decideRoute(operation, lead);
}

function withoutClient({ record, router }: LeadToRoute): Decision {
	const alarm = 'This lead names no client, so there are no rules and nobody to give it to';
	return { routing: { ...applyHardRules(record, router.table, router.fallbackQueue), because: [alarm], alarm }, earlier: false, assigned: false };
}

async function decideHard({ record, ledger, router, run, trace }: LeadToRoute): Promise<Decision> {
	const replace = run.decidesAfresh(record, record.routing);
	// nothing but time is spent on rules, so an earlier decision is found when this one is recorded
	const routing = applyHardRules(record, router.table, router.fallbackQueue, trace);
	if (!ledger) return { routing, earlier: false, assigned: false };
	const recorded = await ledger.recordDecision({ ...placeOf(record, router, run), stage: 'route.hard', section: { routing }, replace });
	return { routing: recorded.section.routing, earlier: recorded.earlier, assigned: false };
}

async function decideRoute(operation: RouterOperation, lead: LeadToRoute): Promise<Decision> {
	const { record, ledger, router, run, evaluate } = lead;
	const replace = run.decidesAfresh(record, record.routing?.owner);
	const decided = await ledger?.getDecisions(scopeOf(record), record.submission.id);
	if (decided?.route && !replace) return { routing: decided.route.routing, earlier: true, assigned: true };
	const hard = hardRoutingOf(operation, lead, decided?.['route.hard']?.routing);
	const { routing: queued, pool } = finishRules(record, router.table, hard, router.fallbackQueue, evaluate, lead.trace);
	const routing = withOwner(queued, await assign(pool, lead));
	const unowned = queued.tier !== 'fallback' && pool.team === undefined && pool.owner === undefined && !pool.blocked;
	if (!ledger) return { routing, earlier: false, assigned: true, unowned };
	const recorded = await ledger.recordDecision({
		...placeOf(record, router, run), stage: 'route', section: { routing }, state: 'assigned', owner: routing.owner, queue: routing.queue, replace,
	});
	return { routing: recorded.section.routing, earlier: recorded.earlier, assigned: true, unowned: unowned && !recorded.earlier };
}

/** The ledger's word counts, never the item's, for a lead that the ledger knows. */
function hardRoutingOf(operation: RouterOperation, { record, ledger, router, run, trace }: LeadToRoute, decided: Routing | undefined): QueuedRouting {
	// on a canvas that is being changed, what an Apply Hard Rules left that no longer stands before this node is old
	const isOld = run.decidesAfresh(record, record.routing);
	const recorded = ledger && !isOld ? decided : record.routing;
	const before = readHardRouting(recorded, router.fallbackQueue);
	if (before) return before;
	const now = applyHardRules(record, router.table, router.fallbackQueue, trace);
	if (operation === 'route') return now;
	const instead = router.table.hard.length > 0 ? 'so the hard rules were applied now' : 'so no hard rule was applied';
	return { ...now, trace: [`Apply Hard Rules had not run for this lead, ${instead}`, ...now.trace] };
}

/** Routes a lead that was blocked, held or waits in a queue as if nothing had kept it back; once, and only such a lead. */
async function release({ record, ledger, router, run, evaluate, trace }: LeadToRoute): Promise<Decision> {
	const current = ledger ? (await ledger.getDecision(scopeOf(record), record.submission.id, 'route'))?.routing : record.routing;
	if (!current?.blocked && current?.heldUntil === undefined && !current?.waiting) {
		if (current) return { routing: current, earlier: true, assigned: current.owner !== undefined };
		throw new LeadError('NOTHING_TO_RELEASE', 'This lead was never routed, so nothing keeps it back', 'Route leads first, with "Operation" set to Route; Release is for leads that were blocked or held.');
	}
	const hard = applyHardRules(record, router.released, router.fallbackQueue, trace);
	const { routing: queued, pool } = finishRules(record, router.released, hard, router.fallbackQueue, evaluate, trace);
	const was = current.blocked ? 'blocked' : current.waiting ? 'waiting in its queue' : 'held';
	const assigned = withOwner(queued, await assign(pool, { record, ledger, router, run }));
	const routing = { ...assigned, trace: [`Released: it was ${was} in queue ${current.queue}`, ...(assigned.trace ?? [])] };
	if (!ledger) return { routing, earlier: false, assigned: true };
	const released = await ledger.releaseLead({ ...scopeOf(record), submissionId: record.submission.id, at: run.now().toISOString(), routing, settingsVersion: router.settingsVersion });
	return released.status === 'earlier' ? { routing: released.routing, earlier: true, assigned: true } : { routing, earlier: false, assigned: true };
}

async function assign(pool: OwnerPool, { record, ledger, router, run }: Pick<LeadToRoute, 'record' | 'ledger' | 'router' | 'run'>): Promise<AssignedOwner> {
	const input = assignInputOf(record, pool, router, { at: run.now(), remembered: ledger !== undefined });
	const team = findTeam(router.people, pool.team);
	if (!ledger || !team || pool.blocked) return assignOwner(input);
	const scope = scopeOf(record);
	for (let round = 0; round < mostRounds; round++) {
		const { version, state, turnOf, stickyOwner, ...counts } = await ledger.getAssignment({ ...scope, ...askedOf(record, team, input) });
		const assigned = assignOwner({ ...input, turns: state, counts, turnOf, stickyOwner });
		if (!assigned.turn) return assigned;
		const { memberId, next, sticky } = assigned.turn;
		const taken = await ledger.takeTurn({
			...scope, pool: team.name, leadId: record.leadId, expectedVersion: version, memberId, next, at: input.at.toISOString(),
			// who gets leads although the team is full or away is not counted out again
			limits: findTeamFullness(team, counts) === undefined ? limitsOf(memberId, input, counts) : undefined,
			...(sticky && input.stickyKey !== undefined ? { stickyKey: input.stickyKey } : {}),
		});
		if (taken.status === 'taken') return assigned;
		if (taken.status === 'earlier') return assignOwner({ ...input, turns: state, counts, turnOf: taken.memberId });
	}
	throw new LeadError('LEDGER_BUSY', 'The rotation of a team changes all the time', 'Run the workflow again for the leads that failed; if it goes on, look at the disk that holds the "Ledger".');
}

function scopeOf(record: HandoffRecord): Scope {
	return { client: record.client, test: record.run.test };
}

function placeOf(record: HandoffRecord, router: Router, run: Run): Scope & { submissionId: string; leadId: string; at: string; settingsVersion?: number } {
	return { ...scopeOf(record), submissionId: record.submission.id, leadId: record.leadId, at: run.now().toISOString(), settingsVersion: router.settingsVersion };
}
