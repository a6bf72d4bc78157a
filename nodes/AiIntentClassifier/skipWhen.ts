import type { IExecuteFunctions } from 'n8n-workflow';
import { readRules } from '../host/readRules';
import type { HandoffRecord } from '../lead/handoffRecord';
import type { Problem } from '../lead/leadError';
import { compileCondition } from '../lead/route/conditions';

/** Why a lead spends no token, in words; undefined when it may. */
export type SkipWhen = (record: HandoffRecord) => string | undefined;

const label = 'Skip AI When';

/**
 * The node's conditions, read as one hard rule is: raw, paths and fixed values only, on a record without `intent`.
 * What is wrong is added to `problems`. Undefined without conditions.
 */
export function readSkipWhen(ctx: IExecuteFunctions, problems: Problem[]): SkipWhen | undefined {
	const conditions = ctx.getNodeParameter('skipWhen', 0, {}, { rawExpressions: true });
	const parameters: Record<string, unknown> = { 'rules.values': [{ name: label, queue: label, conditions }], operation: 'applyHardRules' };
	// the reader of rules takes its parameters from a node; here it gets the one rule that these conditions are
	const { rules: [rule], problems: found } = readRules({ getNodeParameter: ((name: string) => parameters[name]) as IExecuteFunctions['getNodeParameter'] });
	problems.push(...found.map(inOwnWords));
	if (!rule || rule.conditions.length === 0) return undefined;
	const compiled = rule.conditions.map((condition) => compileCondition(condition, { timeZone: ctx.getTimezone() }));
	rule.conditions.forEach((condition, index) => {
		const { faulty } = compiled[index];
		if (condition.fieldExpression !== undefined || condition.valueExpression !== undefined) {
			problems.push({ code: 'EXPRESSION_IN_CONDITION', message: `"${label}" has a condition with an expression`, description: `Compare a field such as {{ $json.lead.country }} with a fixed value in condition ${index + 1} of "${label}".` });
		} else if (/^intent(\.|$)/.test(condition.field)) {
			problems.push({ code: 'AI_IN_CONDITION', message: `"${label}" asks what AI says, but decides whether AI is asked`, description: `Take another field in condition ${index + 1} of "${label}".` });
		} else if (faulty !== undefined) {
			problems.push({ code: 'CONDITION_VALUE', message: `"${label}" has a condition without a usable value`, description: `Give condition ${index + 1} of "${label}" ${faulty}.` });
		}
	});
	return (lead) => {
		const record = { ...lead, intent: undefined };
		const holding = compiled.filter(({ holds }) => holds(record, noExpression) === true);
		const holds = rule.match === 'any' ? holding.length > 0 : holding.length === compiled.length;
		return holds ? `"${label}" holds: ${holding.map(({ tell }) => tell(record, noExpression)).join(', ')}` : undefined;
	};
}

function noExpression(): undefined {
	return undefined;
}

function inOwnWords({ code, message, description }: Problem): Problem {
	return { code, message: message.replace(/^Rule 1\b/, `"${label}"`), description: description.replace(/ (?:of|in) rule 1\b/, ` of "${label}"`) };
}
