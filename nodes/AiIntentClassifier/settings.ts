import type { IExecuteFunctions } from 'n8n-workflow';
import { credentialName } from '../host/modelApi';
import { checkTaxonomy } from '../lead/classify/taxonomy';
import { throwProblems, type Problem } from '../lead/leadError';
import type { IntentDefinition } from '../lead/settings/clientSettings';
import { readScoreRules, type ScoreRules } from './leadScore';
import { readIntents, type IntentRow } from './readIntents';
import { readSkipWhen, type SkipWhen } from './skipWhen';

export interface ClassifierSettings {
	operation: 'classify' | 'evaluate';
	model: 'none' | 'credential' | 'connected';
	modelName: string;
	settingsFrom: 'client' | 'node';
	/** Only when `settingsFrom` is `node`; empty means the ready set. */
	intents: IntentDefinition[];
	/** What makes these intents a poor list. */
	warnings: string[];
	outputs: 'one' | 'reviewsApart';
	output: 'full' | 'simplified';
	evaluateOutput: 'report' | 'rows';
	/** 0 to 1. */
	wantedPrecision: number;
	confidenceThreshold: number;
	deadlineSeconds: number;
	concurrency: number;
	draws: number;
	maxMessageCharacters: number;
	/** ISO 639-1; empty: all. */
	coveredLanguages: string[];
	reuseAnswers: boolean;
	/** 0: no limit. */
	tokensPerRun: number;
	tokensPerDay: number;
	/** Per million tokens; absent: no cost is told. */
	prices?: { input: number; output: number; currency: string };
	skipWhen?: SkipWhen;
	/** Only when `settingsFrom` is `node`. */
	leadScore?: ScoreRules;
}

/**
 * Reads and checks all settings before the first lead.
 *
 * @throws LeadError with every problem: `CREDENTIAL_MISSING`, `MODEL_NAME_MISSING`, `INTENT_INCOMPLETE`, `INTENT_TWICE`, `OPTION_OUT_OF_RANGE`,
 * `LANGUAGE_UNKNOWN`, `BUDGET_NEEDS_LEDGER`, `SCORE_RULE_INCOMPLETE`, and those of a condition.
 */
export function readSettings(ctx: IExecuteFunctions): ClassifierSettings {
	const operation = ctx.getNodeParameter('operation', 0, 'classify') as ClassifierSettings['operation'];
	const model = ctx.getNodeParameter('model', 0, 'none') as ClassifierSettings['model'];
	const settingsFrom = ctx.getNodeParameter('settingsFrom', 0, 'client') as ClassifierSettings['settingsFrom'];
	const modelName = model === 'credential' ? String(ctx.getNodeParameter('modelName', 0, '')).trim() : '';
	const options = ctx.getNodeParameter('options', 0, {}) as Record<string, unknown>;
	const problems: Problem[] = [];

	if (model === 'credential' && !ctx.getNode().credentials?.[credentialName]) {
		problems.push({ code: 'CREDENTIAL_MISSING', message: 'No credential is chosen for the model', description: 'Choose a "Lead Handoff OpenAI-Compatible API" credential, or set "Model" to Rules Only.' });
	}
	if (model === 'credential' && modelName === '') {
		problems.push({ code: 'MODEL_NAME_MISSING', message: 'No model is named', description: 'Set "Model Name" to a model of the service.' });
	}
	const intents = settingsFrom === 'node' ? readIntents(ctx.getNodeParameter('intents.values', 0, []) as IntentRow[], problems) : [];
	const taxonomy = checkTaxonomy(intents);
	const number = (name: string, label: string, byDefault: number, min: number, max: number) => {
		const given = options[name] ?? byDefault;
		const value = typeof given === 'number' ? given : Number(String(given).trim() || NaN);
		if (value >= min && value <= max) return value;
		problems.push({ code: 'OPTION_OUT_OF_RANGE', message: `${label} is out of range`, description: `Set "${label}" to a number from ${min} to ${max}.` });
		return byDefault;
	};
	const tokensPerDay = Math.floor(number('tokensPerDay', 'Tokens per Day', 0, 0, 1e12));
	if (tokensPerDay > 0 && model !== 'none' && ctx.getNodeParameter('ledger', 0, 'embedded') === 'none') {
		problems.push({ code: 'BUDGET_NEEDS_LEDGER', message: 'Tokens per Day can\'t be counted without a ledger', description: 'Set "Ledger" to one that keeps state, or use "Tokens per Run".' });
	}
	const settings: ClassifierSettings = {
		operation, model, modelName, settingsFrom, intents,
		warnings: taxonomy.warnings,
		outputs: ctx.getNodeParameter('outputs', 0, 'one') as ClassifierSettings['outputs'],
		output: ctx.getNodeParameter('output', 0, 'full') as ClassifierSettings['output'],
		evaluateOutput: ctx.getNodeParameter('evaluateOutput', 0, 'report') as ClassifierSettings['evaluateOutput'],
		wantedPrecision: number('wantedPrecision', 'Wanted Precision', 0.95, 0.5, 1),
		confidenceThreshold: number('confidenceThreshold', 'Confidence Threshold', 0.6, 0, 1),
		deadlineSeconds: number('deadlineSeconds', 'Deadline (Seconds)', 20, 0.05, 300),
		concurrency: Math.floor(number('concurrency', 'Concurrency', 5, 1, 50)),
		draws: Math.floor(number('draws', 'Draws', 1, 1, 9)),
		maxMessageCharacters: Math.floor(number('maxMessageCharacters', 'Longest Message (Characters)', 4000, 100, 20_000)),
		coveredLanguages: readLanguages(options.coveredLanguages, problems),
		reuseAnswers: options.reuseAnswers !== false,
		tokensPerRun: Math.floor(number('tokensPerRun', 'Tokens per Run', 0, 0, 1e12)),
		tokensPerDay,
		prices: readPrices(options, number),
		leadScore: settingsFrom === 'node' && operation === 'classify' ? readScoreRules(ctx, Math.floor(number('mostPointsPerGroup', 'Most Points per Group', 0, 0, 100)), problems) : undefined,
		skipWhen: model === 'none' ? undefined : readSkipWhen(ctx, problems),
	};
	throwProblems([...problems, ...taxonomy.problems]);
	return settings;
}

function readLanguages(given: unknown, problems: Problem[]): string[] {
	const languages = typeof given === 'string' ? given.split(/[\s,;]+/).filter((one) => one !== '').map((one) => one.toLowerCase()) : [];
	if (languages.every((one) => /^[a-z]{2}$/.test(one))) return languages;
	problems.push({ code: 'LANGUAGE_UNKNOWN', message: 'Languages Covered holds something else than codes', description: 'Write "Languages Covered" as two-letter codes, such as en, de, fr.' });
	return [];
}

function readPrices(options: Record<string, unknown>, number: (name: string, label: string, byDefault: number, min: number, max: number) => number): ClassifierSettings['prices'] {
	const input = number('inputPrice', 'Price per Million Input Tokens', 0, 0, 100_000);
	const output = number('outputPrice', 'Price per Million Output Tokens', 0, 0, 100_000);
	if (input === 0 && output === 0) return undefined;
	return { input, output, currency: String(options.currency ?? 'USD').trim().slice(0, 8) || 'USD' };
}
