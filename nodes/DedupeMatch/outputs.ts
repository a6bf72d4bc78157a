/**
 * The node's branches: all leads on one; resends (and leads that need a review) on their own; or one branch for each verdict.
 * n8n stores this function as text: it may use its argument and plain literals, nothing imported.
 */
export function dedupeMatchOutputs(parameters: { outputs?: string }): { type: 'main'; displayName: string }[] {
	const branch = (displayName: string) => ({ type: 'main' as const, displayName });
	if (parameters.outputs === 'resendsApart') return [branch('Leads'), branch('Resends')];
	if (parameters.outputs === 'reviewsApart') return [branch('Leads'), branch('Resends'), branch('Needs Review')];
	const verdicts = [branch('New'), branch('New Enquiry of Known Person'), branch('Merge'), branch('Resend')];
	if (parameters.outputs === 'byVerdict') return verdicts;
	if (parameters.outputs === 'byVerdictAndReview') return [...verdicts, branch('Needs Review')];
	return [branch('Leads')];
}
