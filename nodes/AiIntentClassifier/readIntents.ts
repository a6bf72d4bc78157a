import type { Problem } from '../lead/leadError';
import { intentSchema, type IntentDefinition } from '../lead/settings/clientSettings';

/** An intent as it stands in the panel: lists are text. */
export type IntentRow = Partial<Record<keyof IntentDefinition, unknown>>;

const labels: Record<string, string> = {
	name: 'Name', description: 'Description', nextStep: 'Next Step', buyingStage: 'Buying Stage', urgency: 'Urgency', confidenceThreshold: 'Confidence Threshold',
};

/** The intents of the panel; what is wrong with one is added to `problems` (`INTENT_INCOMPLETE`). */
export function readIntents(given: unknown, problems: Problem[]): IntentDefinition[] {
	const intents: IntentDefinition[] = [];
	const rows: IntentRow[] = Array.isArray(given) ? given : [];
	rows.forEach((row, index) => {
		const read = intentSchema.safeParse({
			...row,
			highIntent: row.highIntent === true,
			alwaysReview: row.alwaysReview === true,
			// the panel has no empty number
			confidenceThreshold: typeof row.confidenceThreshold === 'number' && row.confidenceThreshold > 0 ? row.confidenceThreshold : undefined,
			examples: listOf(row.examples, '\n'),
			counterExamples: listOf(row.counterExamples, '\n'),
			keywords: listOf(row.keywords, /[,\n]/),
			decidingKeywords: listOf(row.decidingKeywords, /[,\n]/),
		});
		if (read.success) {
			intents.push(read.data);
			return;
		}
		for (const field of new Set(read.error.issues.map(({ path }) => String(path[0])))) {
			const label = labels[field] ?? field;
			problems.push({ code: 'INTENT_INCOMPLETE', message: `Intent ${index + 1} has no usable ${label}`, description: `Fill in "${label}" of intent ${index + 1}, or delete the intent.` });
		}
	});
	return intents;
}

/** An expression may give a list where the panel gives text. */
function listOf(text: unknown, separator: string | RegExp): string[] {
	if (Array.isArray(text)) return text.flatMap((part: unknown) => listOf(part, separator));
	return typeof text === 'string' ? text.split(separator).map((part) => part.trim()).filter((part) => part !== '') : [];
}
