import type { ReleaseInput, ReleaseResult } from '../ledger';
import { execute, flag, type Operation, type OperationContext } from '../operation';
import { toJson, toMillis } from '../stored';
import { lockSubmission } from './capture';
import { getDecision, writeDecision } from './decisions';
import { recordEvent } from './events';
import { markStale } from './openLead';

/**
 * Gives a lead that was blocked, held or waiting its owner, in place of the routing that it had. Once: of two that
 * release at once the first decides, and the other gets its routing.
 */
export function* releaseLead(context: OperationContext, input: ReleaseInput): Operation<ReleaseResult> {
	const { client, test, submissionId, routing } = input;
	const submission = yield* lockSubmission(input, submissionId);
	const earlier = yield* getDecision(context, input, submissionId, 'route');
	if (!submission || !earlier) return { status: 'unknown' };
	if (!isReleasable(earlier.routing)) return { status: 'earlier', routing: earlier.routing };
	const at = toMillis(input.at);
	yield* writeDecision(input, { submissionId, leadId: submission.leadId, stage: 'route', section: { routing }, settingsVersion: input.settingsVersion, at });
	yield* markStale(input, submission.leadId);
	// nobody is there yet: the lead stays with whom it is
	if (isReleasable(routing)) return { status: 'held' };
	const { owner } = routing;
	yield* execute(
		'UPDATE leads SET queue = $4, owner_id = COALESCE($5, owner_id), owner = COALESCE($6, owner) WHERE client = $1 AND test = $2 AND id = $3',
		[client, flag(test), submission.leadId, routing.queue, owner?.id ?? null, owner ? toJson(owner) : null],
	);
	// its clocks belong to the new owner, and the next check looks at those that alerted nobody
	yield* execute(
		`UPDATE clocks SET owner_id = COALESCE($4, owner_id), next_check_at = COALESCE(next_check_at, started_at), revision = revision + 1
		WHERE client = $1 AND test = $2 AND lead_id = $3 AND responded_at IS NULL AND status <> 'paused'`,
		[client, flag(test), submission.leadId, owner?.id ?? null],
	);
	yield* recordEvent(context, {
		client, test, leadId: submission.leadId, submissionId, type: 'released', at: input.at, by: input.by, onceKey: `${submissionId} released`,
		detail: { from: earlier.routing.queue, to: routing.queue, ...(owner ? { owner: owner.id } : {}) },
	});
	return { status: 'released' };
}

function isReleasable({ blocked, heldUntil, waiting }: ReleaseInput['routing']): boolean {
	return blocked === true || heldUntil !== undefined || waiting === true;
}
