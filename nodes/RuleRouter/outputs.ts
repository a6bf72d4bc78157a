import type { INodeOutputConfiguration } from 'n8n-workflow';

/**
 * The node's branches: one, or Fallback and then one per listed queue, at most 20 queues.
 * n8n stores this function as text: it may use its argument and plain literals, nothing imported.
 */
export function ruleRouterOutputs(parameter: { outputs?: string; queues?: unknown }): INodeOutputConfiguration[] {
	if (parameter.outputs !== 'perQueue') return [{ type: 'main' }];
	const queues: unknown[] = Array.isArray(parameter.queues) ? parameter.queues.slice(0, 20) : [];
	return [
		{ type: 'main', displayName: 'Fallback' },
		...queues.map((queue): INodeOutputConfiguration => ({ type: 'main', displayName: String(queue) })),
	];
}
