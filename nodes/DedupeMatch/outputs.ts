/**
 * The node's branches: all leads on one, or resends (and leads that need a review) on their own.
 * n8n stores this function as text: it may use its argument and plain literals, nothing imported.
 */
export function dedupeMatchOutputs(parameters: { outputs?: string }): { type: 'main'; displayName: string }[] {
	const leads = { type: 'main' as const, displayName: 'Leads' };
	const resends = { type: 'main' as const, displayName: 'Resends' };
	const reviews = { type: 'main' as const, displayName: 'Needs Review' };
	if (parameters.outputs === 'resendsApart') return [leads, resends];
	if (parameters.outputs === 'reviewsApart') return [leads, resends, reviews];
	return [leads];
}
