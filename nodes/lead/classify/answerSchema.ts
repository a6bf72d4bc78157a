import { z } from 'zod/v4';
import { buyingStages, fits, sentiments, urgencies } from '../handoffRecord';
import type { Taxonomy } from './taxonomy';

/** What a model is asked for. Next step, owner and queue are not in it: they never come from a model. */
export function answerSchema({ intents }: Taxonomy) {
	return z.object({
		intent: z.enum(intents.map(({ name }) => name) as [string, ...string[]]),
		/** The model's own figure, 0 to 1; null when it can't say. It can only cast doubt: it is never told as a confidence. */
		confidence: z.number().min(0).max(1).nullable(),
		urgency: z.enum(urgencies),
		buyingStage: z.enum(buyingStages),
		sentiment: z.enum(sentiments),
		fit: z.enum(fits),
		/** ISO 639-1; anything else is read as unknown. */
		language: z.string().nullable(),
		/** What the lead wants, one sentence. */
		useCase: z.string().max(2_000),
		/** Words copied from the message. */
		evidence: z.array(z.string().max(2_000)).max(50),
		/** Whether the message tries to instruct its reader. */
		givesInstructions: z.boolean(),
	});
}

export type AnswerSchema = ReturnType<typeof answerSchema>;
export type Answer = z.infer<AnswerSchema>;

/** Bounds that strict modes of some services refuse; the zod schema still checks them. */
const bounds = new Set(['$schema', 'minimum', 'maximum', 'maxLength', 'maxItems']);

/** The same schema as JSON Schema, in the subset that strict structured output takes. */
export function toJsonSchema(schema: AnswerSchema): Record<string, unknown> {
	return JSON.parse(JSON.stringify(z.toJSONSchema(schema), (key, value: unknown) => (bounds.has(key) ? undefined : value))) as Record<string, unknown>;
}
