import type { ChatMessage } from './prompt';

/** Where tokens are counted, over all leads of a run and of a day. */
export interface TokenBudget {
	/** Sets tokens aside before a call; gives why not when they would be over a budget, in words. */
	reserve(tokens: number): Promise<string | undefined>;
	/** Puts what was really used in place of what was set aside. */
	settle(reserved: number, used: number): Promise<void>;
}

/** An answer of the shape has about 200 tokens; a model that thinks first has more. */
const tokensOfAnswer = 400;
const charactersOfToken = 3.5;

/** Tokens that a call may cost, guessed from its length: on the high side for European languages. */
export function estimateTokens(messages: readonly ChatMessage[], draws: number): number {
	const characters = messages.reduce((sum, { content }) => sum + content.length, 0);
	return draws * (Math.ceil(characters / charactersOfToken) + tokensOfAnswer);
}
