import type { ClaimStepInput, ClaimStepResult, Scope } from '../ledger';
import { mostAttempts } from '../leadSteps';
import { execute, flag, query, queryOne, type Operation, type OperationContext } from '../operation';
import { currentId } from './openLead';

const defaultLeaseSeconds = 300;

interface StepRow {
	stepId: string;
	claimToken: string;
	attempt: number;
	leaseUntil: number;
	confirmedAt: number | null;
}

/** Where the steps of a clock and those of a lead are kept, and whose lock a claim takes. */
const stepTables = {
	clock: { steps: 'steps', holder: 'clock_id', lock: 'UPDATE clocks SET name = name WHERE client = $1 AND test = $2 AND id = $3 RETURNING id' },
	lead: { steps: 'lead_steps', holder: 'lead_id', lock: 'UPDATE leads SET status = status WHERE client = $1 AND test = $2 AND id = $3 RETURNING id' },
};

/**
 * Claims a step of a clock or a lead: one live claim at a time, by the database's own clock. A step of one that is gone is
 * `exhausted`. A confirmed step stays confirmed, also when the clock of the machine jumps back.
 */
export function* claimStep(context: OperationContext, input: ClaimStepInput): Operation<ClaimStepResult> {
	const { steps, holder, lock } = stepTables['clockId' in input ? 'clock' : 'lead'];
	const scope = [input.client, flag(input.test), 'clockId' in input ? input.clockId : yield* currentId(input, 'lead', input.leadId)] as const;
	const maxAttempts = input.maxAttempts ?? mostAttempts;
	// in PostgreSQL two claims come one after the other by this lock
	const holders = yield* query(lock, scope);
	if (holders.length === 0) return { status: 'exhausted' };
	const step = yield* queryOne<StepRow>(
		`SELECT id AS "stepId", claim_token AS "claimToken", attempt, lease_until AS "leaseUntil", confirmed_at AS "confirmedAt"
		FROM ${steps} WHERE client = $1 AND test = $2 AND ${holder} = $3 AND name = $4`,
		[...scope, input.name],
	);
	if (step && step.confirmedAt !== null) return { status: 'confirmed' };
	if (step && step.leaseUntil > context.now) return { status: 'held' };
	if (step && step.attempt >= maxAttempts) return { status: 'exhausted' };
	const stepId = step?.stepId ?? context.newId();
	const claimToken = context.newId();
	const attempt = (step?.attempt ?? 0) + 1;
	const leaseMs = (input.leaseSeconds ?? defaultLeaseSeconds) * 1000 * (input.leaseDoubles ? 2 ** (attempt - 1) : 1);
	yield* execute(
		`INSERT INTO ${steps} (client, test, ${holder}, name, id, claim_token, attempt, lease_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (client, test, ${holder}, name) DO UPDATE SET
			claim_token = excluded.claim_token, attempt = excluded.attempt, lease_until = excluded.lease_until`,
		[...scope, input.name, stepId, claimToken, attempt, context.now + Math.trunc(leaseMs)],
	);
	return { status: 'claimed', stepId, claimToken, attempt };
}

/**
 * Condition that a lead's step may be claimed now, of a query on rows with a `lead_id`: it was not confirmed, nobody holds it,
 * and it was not claimed as often as it may be. What can't be claimed would crowd out the leads behind it.
 *
 * @param name - SQL of the step's name.
 * @param now - Placeholder of the database's moment.
 * @param rows - Table of those rows.
 */
export function stepIsFree(name: string, now: string, { rows = 'submissions', most = mostAttempts }: { rows?: string; most?: number } = {}): string {
	return `NOT ${stepExists(name, rows, `lead_steps.confirmed_at IS NOT NULL OR lead_steps.lease_until > ${now} OR lead_steps.attempt >= ${most}`)}`;
}

/** Condition that a lead's step was claimed as often as it may be and the last claim is over. */
export function stepIsExhausted(name: string, now: string, { rows, most }: { rows: string; most: number }): string {
	return stepExists(name, rows, `lead_steps.confirmed_at IS NULL AND lead_steps.lease_until <= ${now} AND lead_steps.attempt >= ${most}`);
}

function stepExists(name: string, rows: string, as: string): string {
	return `EXISTS (SELECT 1 FROM lead_steps WHERE lead_steps.client = ${rows}.client AND lead_steps.test = ${rows}.test
		AND lead_steps.lead_id = ${rows}.lead_id AND lead_steps.name = ${name} AND (${as}))`;
}

/**
 * Confirms a step by its newest claim; false for an older one. A claim whose time is over may still confirm as long as
 * nobody took the step after it, because the message has been sent. Confirming twice is true twice.
 */
export function* confirmStep(context: OperationContext, { client, test }: Scope, stepId: string, claimToken: string): Operation<boolean> {
	for (const { steps } of Object.values(stepTables)) {
		const confirmed = yield* query(
			`UPDATE ${steps} SET confirmed_at = COALESCE(confirmed_at, $5)
			WHERE client = $1 AND test = $2 AND id = $3 AND claim_token = $4 RETURNING id`,
			[client, flag(test), stepId, claimToken, context.now],
		);
		if (confirmed.length > 0) return true;
	}
	return false;
}
