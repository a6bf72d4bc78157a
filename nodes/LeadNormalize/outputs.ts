import type { INodeOutputConfiguration } from 'n8n-workflow';

/**
 * The node's branches: all leads on one, or those that a person should look at first on a branch of their own.
 * n8n stores this function as text: it may use its argument and plain literals, nothing imported.
 */
export function leadNormalizeOutputs(parameters: { outputs?: string }): INodeOutputConfiguration[] {
	if (parameters.outputs !== 'reviewsApart') return [{ type: 'main' }];
	return [
		{ type: 'main', displayName: 'Leads' },
		{ type: 'main', displayName: 'Needs Review' },
	];
}
