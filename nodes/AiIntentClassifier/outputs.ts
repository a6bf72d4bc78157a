/**
 * The node's branches: all leads on one, or those that need a review on their own. Evaluate has one.
 * n8n stores this function as text: it may use its argument and plain literals, nothing imported.
 */
export function aiIntentClassifierOutputs(parameters: { operation?: string; outputs?: string }): { type: 'main'; displayName: string }[] {
	if (parameters.operation === 'evaluate') return [{ type: 'main', displayName: 'Evaluation' }];
	const leads = { type: 'main' as const, displayName: 'Leads' };
	return parameters.outputs === 'reviewsApart' ? [leads, { type: 'main', displayName: 'Needs Review' }] : [leads];
}
