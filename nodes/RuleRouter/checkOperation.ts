import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { openRun, type Run } from '../host/openRun';
import { isObject } from '../lead/isObject';
import { inRuleOrder } from '../lead/leadError';
import { analyzeRules } from '../lead/route/analyzeRules';
import { ruleSentence } from '../lead/route/sentences';
import { readClientKey, type Client } from '../lead/settings/clientSettings';
import { buildRouter, readSettings } from './settings';

/** Tells everything about the rules, one row for each finding, under a row that counts them. Nothing stops it. */
export async function checkOperation(ctx: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const settings = readSettings(ctx);
	const { router, problems } = buildRouter(settings, await clientOf(ctx, await openRun(ctx)));
	const { findings, overlaps, complete } = analyzeRules(router.rules, router.people.teams, router.terms);
	const nameOf = (rule: number | undefined): string | undefined => (rule === undefined ? undefined : router.rules[rule - 1]?.name);
	const sayRule = (rule: number | undefined): string | null => (rule === undefined || !router.rules[rule - 1] ? null : ruleSentence(router.rules[rule - 1]));
	const rows: IDataObject[] = [
		...inRuleOrder([...settings.problems, ...problems]).map(({ code, message, description, rule }) => ({ severity: 'error', rule: rule ?? null, ruleName: nameOf(rule) ?? null, message, description, otherRules: null, leads: null, example: null, sentence: sayRule(rule), code })),
		...findings.map(({ severity, code, rule, others, message, description, leads, example }) => ({
			severity, rule: rule ?? null, ruleName: nameOf(rule) ?? null, message, description, otherRules: others?.join(', ') ?? null, leads: leads ?? null, example: (example as IDataObject | undefined) ?? null, sentence: sayRule(rule), code,
		})),
	];
	const count = (severity: string, noun: string): string => {
		const found = rows.filter((row) => row.severity === severity).length;
		return `${found} ${noun}${found === 1 ? '' : 's'}`;
	};
	const summary: IDataObject = {
		severity: 'summary', rule: null, ruleName: null,
		message: `${router.rules.length} rules checked: ${count('error', 'error')}, ${count('warning', 'warning')}, ${count('note', 'note')}`,
		description: complete ? 'Errors stop the run before the first lead. Warnings are most likely not meant. Notes may be meant.' : 'The check was not completed: the rules meet each other in too many ways. What is told holds; there may be more.',
		otherRules: null, leads: null, example: null, sentence: null, code: 'SUMMARY', overlaps,
	};
	return [[summary, ...rows].map((json) => ({ json, pairedItem: { item: 0 } }))];
}

/** The client that "Client" names, else the one of the first item; undefined without a ledger, or when rules stand in the node and nobody names one. */
export async function clientOf(ctx: IExecuteFunctions, run: Run): Promise<Client | undefined> {
	const named = String(ctx.getNodeParameter('client', 0, '') ?? '').trim();
	const carried: unknown = ctx.getInputData()[0]?.json;
	const key = named !== '' ? named : isObject(carried) && typeof carried.client === 'string' && carried.client !== '' ? carried.client : 'default';
	return await run.client(readClientKey(key));
}
