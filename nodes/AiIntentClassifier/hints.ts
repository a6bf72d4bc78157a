import type { IExecuteFunctions } from 'n8n-workflow';
import type { Intent } from '../lead/handoffRecord';

/** What to do about a failure, by its beginning; others need no more than their own words. */
const cures: [beginning: string, cure: string][] = [
	['the model service refused the key', 'Check the API key in the credential.'],
	['the model service does not know this model', 'Check "Model Name", and the base URL in the credential.'],
	['the model service is over its limit', 'Lower "Concurrency" under Options, or raise the limit at the service.'],
	['the model did not answer within', 'Raise "Deadline (Seconds)" under Options, or choose a faster model.'],
	['no chat model is connected', 'Connect a chat model to this node, or set "Model" to Rules Only.'],
	['the model or its credential is not ready', 'Open the chat model or the credential and check it.'],
	['the model service could not be reached', 'Check the base URL in the credential, and n8n\'s way to the network.'],
];

/** Says once per run what kept AI from reading, and what makes the intents a poor list. */
export function tellHints(ctx: IExecuteFunctions, intents: readonly Intent[], warnings: readonly string[]): void {
	const failures = new Map<string, number>();
	for (const { engine, because } of intents) {
		if (engine === 'fallback') failures.set(because[0], (failures.get(because[0]) ?? 0) + 1);
	}
	for (const [reason, count] of failures) {
		const cure = cures.find(([beginning]) => reason.startsWith(beginning))?.[1];
		ctx.addExecutionHints({
			message: `AI did not read ${count} of ${intents.length} leads: ${reason}. The rules decided instead, and a review item was added.${cure ? ` ${cure}` : ''}`,
			type: 'warning',
			location: 'outputPane',
		});
	}
	const overBudget = intents.filter(({ because: [first] }) => first.startsWith('the token budget')).length;
	if (overBudget > 0) {
		ctx.addExecutionHints({
			message: `The rules read ${overBudget} of ${intents.length} leads, because the token budget is used up. Raise "Tokens per Run" or "Tokens per Day" under Options to let AI read more.`,
			type: 'warning', location: 'outputPane',
		});
	}
	for (const message of new Set(warnings)) ctx.addExecutionHints({ message: `${message}.`, location: 'outputPane' });
}
