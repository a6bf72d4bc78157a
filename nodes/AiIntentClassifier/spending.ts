import { createHmac } from 'node:crypto';
import type { Run } from '../host/openRun';
import { dayIn } from '../lead/activate/moments';
import type { AnswerCache, KeptAnswer } from '../lead/classify/askForAnswer';
import type { Usage } from '../lead/classify/modelReply';
import type { TokenBudget } from '../lead/classify/tokenBudget';
import type { Intent } from '../lead/handoffRecord';
import type { Ledger } from '../ledger/ledger';
import type { LeadToRead, Reading } from './readings';
import type { ClassifierSettings } from './settings';

/** What a run may spend, and what it need not spend again. */
export interface Spending {
	budgetFor(lead: LeadToRead, reading: Reading): TokenBudget | undefined;
	answersFor(lead: LeadToRead): AnswerCache | undefined;
}

/** One run's spending: tokens of the run are counted here, those of the day and the answers in the ledger. */
export function openSpending(run: Run, settings: ClassifierSettings): Spending {
	const { tokensPerRun, tokensPerDay, reuseAnswers, modelName } = settings;
	const secrets = new Map<string, Promise<string>>();
	let spentInRun = 0;

	const secretOf = (ledger: Ledger, client: string): Promise<string> => {
		let secret = secrets.get(client);
		if (!secret) secrets.set(client, (secret = ledger.getAnswerSecret(client)));
		return secret;
	};

	return {
		budgetFor({ record: { client } }, { timeZone }) {
			const { ledger } = run;
			const perDay = ledger && tokensPerDay > 0 ? ledger : undefined;
			if (tokensPerRun === 0 && !perDay) return undefined;
			const row = { client, purpose: 'aiTokens', day: dayIn(timeZone ?? run.timeZone, run.now()) };
			return {
				reserve: async (tokens) => {
					if (tokensPerRun > 0 && spentInRun + tokens > tokensPerRun) return 'the token budget of this run is used up';
					spentInRun += tokens;
					if (!perDay || (await perDay.spend({ ...row, amount: tokens, budget: tokensPerDay })).within) return undefined;
					spentInRun -= tokens;
					return 'the token budget of today is used up';
				},
				settle: async (reserved, used) => {
					spentInRun += used - reserved;
					if (perDay && used !== reserved) await perDay.spend({ ...row, amount: used - reserved });
				},
			};
		},
		answersFor({ record, captured }) {
			const { ledger } = run;
			if (!ledger || !captured || !reuseAnswers) return undefined;
			const scope = { client: record.client, test: record.run.test, submissionId: record.submission.id };
			const keyOf = async (asked: string) => createHmac('sha256', await secretOf(ledger, record.client)).update(JSON.stringify([modelName, asked])).digest('base64url');
			return {
				find: async (asked) => {
					const found = await ledger.findAnswer({ ...scope, key: await keyOf(asked) });
					return found ? JSON.parse(found.answer) as KeptAnswer : undefined;
				},
				keep: async (asked, kept) => await ledger.keepAnswer({ ...scope, key: await keyOf(asked), answer: JSON.stringify(kept), at: run.now().toISOString() }),
			};
		},
	};
}

/** Usage with what it cost, to a millionth of the currency. */
export function withCost(usage: Usage | undefined, prices: ClassifierSettings['prices']): Intent['usage'] {
	if (!usage || !prices) return usage;
	const cost = (usage.inputTokens * prices.input + usage.outputTokens * prices.output) / 1e6;
	return { ...usage, cost: Math.round(cost * 1e6) / 1e6, currency: prices.currency };
}
