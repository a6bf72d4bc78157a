import type { IExecuteFunctions } from 'n8n-workflow';
import { credentialName } from '../host/askModel';
import { checkTaxonomy } from '../lead/classify/taxonomy';
import { throwProblems, type Problem } from '../lead/leadError';
import { intentSchema, type IntentDefinition } from '../lead/settings/clientSettings';

export interface ClassifierSettings {
	model: 'none' | 'credential' | 'connected';
	modelName: string;
	settingsFrom: 'client' | 'node';
	/** Only when `settingsFrom` is `node`; empty means the ready set. */
	intents: IntentDefinition[];
	/** What makes these intents a poor list. */
	warnings: string[];
	output: 'full' | 'simplified';
	confidenceThreshold: number;
	deadlineSeconds: number;
	concurrency: number;
	maxMessageCharacters: number;
}

/**
 * Reads and checks all settings before the first lead.
 *
 * @throws LeadError with every problem: `CREDENTIAL_MISSING`, `MODEL_NAME_MISSING`, `INTENT_INCOMPLETE`, `INTENT_TWICE`, `OPTION_OUT_OF_RANGE`.
 */
export function readSettings(ctx: IExecuteFunctions): ClassifierSettings {
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
		const value = options[name] === undefined ? byDefault : Number(options[name]);
		if (value >= min && value <= max) return value;
		problems.push({ code: 'OPTION_OUT_OF_RANGE', message: `${label} is out of range`, description: `Set "${label}" to a number from ${min} to ${max}.` });
		return byDefault;
	};
	const settings: ClassifierSettings = {
		model, modelName, settingsFrom, intents,
		warnings: taxonomy.warnings,
		output: ctx.getNodeParameter('output', 0, 'full') as ClassifierSettings['output'],
		confidenceThreshold: number('confidenceThreshold', 'Confidence Threshold', 0.6, 0, 1),
		deadlineSeconds: number('deadlineSeconds', 'Deadline (Seconds)', 20, 0.05, 300),
		concurrency: Math.floor(number('concurrency', 'Concurrency', 5, 1, 50)),
		maxMessageCharacters: Math.floor(number('maxMessageCharacters', 'Longest Message (Characters)', 4000, 100, 20_000)),
	};
	throwProblems([...problems, ...taxonomy.problems]);
	return settings;
}

type IntentRow = Partial<Record<keyof IntentDefinition, unknown>>;

const labels: Record<string, string> = { name: 'Name', description: 'Description', nextStep: 'Next Step', buyingStage: 'Buying Stage', urgency: 'Urgency' };

function readIntents(rows: readonly IntentRow[], problems: Problem[]): IntentDefinition[] {
	const intents: IntentDefinition[] = [];
	rows.forEach((row, index) => {
		const read = intentSchema.safeParse({
			...row,
			highIntent: row.highIntent === true,
			examples: listOf(row.examples, '\n'),
			counterExamples: listOf(row.counterExamples, '\n'),
			keywords: listOf(row.keywords, /[,\n]/),
		});
		if (read.success) intents.push(read.data);
		else {
			for (const field of new Set(read.error.issues.map(({ path }) => String(path[0])))) {
				const label = labels[field] ?? field;
				problems.push({ code: 'INTENT_INCOMPLETE', message: `Intent ${index + 1} has no usable ${label}`, description: `Fill in "${label}" of intent ${index + 1}, or delete the intent.` });
			}
		}
	});
	return intents;
}

function listOf(text: unknown, separator: string | RegExp): string[] {
	return typeof text === 'string' ? text.split(separator).map((part) => part.trim()).filter((part) => part !== '') : [];
}
