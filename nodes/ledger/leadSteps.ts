import type { Moment } from '../lead/handoffRecord';

/** Times that a step is claimed before it counts as one that nobody confirms. */
export const mostAttempts = 3;

/** A run that is alive takes no longer to go on with a lead; what was left for longer may be taken up by another. */
export const workSeconds = 120;

/** The step by which one run takes up an enquiry that another one left, so that no two go on with it. */
export function takeUpStep(submissionId: string): string {
	return `Take Up ${submissionId}`;
}

/** The step that tells of a lead that a run left on its way; once a lead. */
export const stuckStep = 'Stuck';

/** Starts the name of the step that delivers again what was not delivered, by the number of the event that told of it. */
export const deliverPrefix = 'Deliver ';

/** Times that a delivery is tried again, each after twice the time: from five minutes on they reach over some 42 hours. */
export const mostDeliveries = 9;

/** Starts the name of the step that tells a person that a delivery is not tried any more. */
export const givenUpPrefix = 'Given Up ';

/** Starts the name of each step that gives a held lead to its release. */
export const releasePrefix = 'Release ';

/** The step that gives a held lead to its release; held on until another opening it is another step. */
export function releaseStep(heldUntil: Moment): string {
	return `${releasePrefix}${Date.parse(heldUntil)}`;
}
