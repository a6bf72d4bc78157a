import type { Moment } from '../lead/handoffRecord';

/** Times that a step is claimed before it counts as one that nobody confirms. */
export const mostAttempts = 3;

/** The step that tells of a lead that a run left on its way; once a lead. */
export const stuckStep = 'Stuck';

/** Starts the name of each step that gives a held lead to its release. */
export const releasePrefix = 'Release ';

/** The step that gives a held lead to its release; held on until another opening it is another step. */
export function releaseStep(heldUntil: Moment): string {
	return `${releasePrefix}${Date.parse(heldUntil)}`;
}
