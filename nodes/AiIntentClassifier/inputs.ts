/**
 * The node's inputs: leads, and a chat model only while one is to be connected.
 * n8n stores this function as text: it may use its argument and plain literals, nothing imported.
 */
export function aiIntentClassifierInputs(parameters: { model?: string }): (string | { type: string; displayName: string; maxConnections: number; required: boolean })[] {
	if (parameters.model !== 'connected') return ['main'];
	return ['main', { type: 'ai_languageModel', displayName: 'Chat Model', maxConnections: 1, required: true }];
}
