import type { INodeOutputConfiguration } from 'n8n-workflow';

/** The branches of Check by what an item is about, in their order; wires are stored by it. */
export const checkOutputs = ['At Risk', 'Breached', 'Stuck', 'Release', 'Met', 'Running or Paused'] as const;

const outputByStatus: Record<string, (typeof checkOutputs)[number]> = {
	at_risk: 'At Risk', breached: 'Breached', stuck: 'Stuck', release: 'Release', met: 'Met', met_late: 'Met',
};

/** Number of the branch of an item with this status. */
export function outputOf(status: string): number {
	return checkOutputs.indexOf(Object.hasOwn(outputByStatus, status) ? outputByStatus[status] : 'Running or Paused');
}

/**
 * The node's branches: one, or for Check one for each status.
 * n8n stores this function as text: it may use its argument and plain literals, nothing imported.
 */
export function slaWatchOutputs(parameter: { operation?: string; outputs?: string }): INodeOutputConfiguration[] {
	if (parameter.operation !== 'check' || parameter.outputs !== 'byStatus') return [{ type: 'main' }];
	return ['At Risk', 'Breached', 'Stuck', 'Release', 'Met', 'Running or Paused'].map((displayName): INodeOutputConfiguration => ({ type: 'main', displayName }));
}
