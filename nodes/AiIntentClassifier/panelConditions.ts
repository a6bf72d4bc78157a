import type { IExecuteFunctions } from 'n8n-workflow';
import { readRules } from '../host/readRules';
import type { Problem } from '../lead/leadError';
import { compileCondition, type CompiledCondition, type RouterCondition, type RuleTerms } from '../lead/route/conditions';

export interface PanelConditions {
	match: 'all' | 'any';
	conditions: RouterCondition[];
}

/**
 * Reads n8n's condition builder as one rule of the router: raw, paths and fixed values only. What is wrong is added to
 * `problems`, and begins with `label`: `"Skip AI When"`, `Score rule 2`. Without conditions the list is empty.
 */
export function readPanelConditions(given: unknown, label: string, problems: Problem[]): PanelConditions {
	const parameters: Record<string, unknown> = { 'rules.values': [{ name: label, queue: label, conditions: given }], operation: 'applyHardRules' };
	// the reader of rules takes its parameters from a node; here it gets the one rule that these conditions are
	const { rules: [rule], problems: found } = readRules({ getNodeParameter: ((name: string) => parameters[name]) as IExecuteFunctions['getNodeParameter'] });
	problems.push(...found.map((problem) => inOwnWords(problem, label)));
	const conditions = rule?.conditions ?? [];
	conditions.forEach(({ fieldExpression, valueExpression }, index) => {
		if (fieldExpression === undefined && valueExpression === undefined) return;
		problems.push({ code: 'EXPRESSION_IN_CONDITION', message: `${label} has a condition with an expression`, description: `Compare a field such as {{ $json.lead.country }} with a fixed value in condition ${index + 1} of ${inSentence(label)}.` });
	});
	return { match: rule?.match === 'any' ? 'any' : 'all', conditions };
}

/** Makes the conditions ready; what they are compared with is checked into `problems`. */
export function compilePanelConditions({ match, conditions }: PanelConditions, label: string, terms: RuleTerms, problems: Problem[]): (record: object) => string | undefined {
	const compiled = conditions.map((condition) => compileCondition(condition, terms));
	compiled.forEach(({ faulty }, index) => {
		if (faulty === undefined) return;
		problems.push({ code: 'CONDITION_VALUE', message: `${label} has a condition without a usable value`, description: `Give condition ${index + 1} of ${inSentence(label)} ${faulty}.` });
	});
	return (record) => tellHolding(compiled, match, record);
}

/** What of the lead makes the conditions hold, in words; undefined when they don't. */
function tellHolding(compiled: readonly CompiledCondition[], match: 'all' | 'any', record: object): string | undefined {
	const holding = compiled.filter(({ holds }) => holds(record, noExpression) === true);
	const holds = match === 'any' ? holding.length > 0 : holding.length === compiled.length;
	return holds ? holding.map(({ tell }) => tell(record, noExpression)).join(', ') : undefined;
}

function noExpression(): undefined {
	return undefined;
}

function inOwnWords({ code, message, description }: Problem, label: string): Problem {
	return { code, message: message.replace(/^Rule 1\b/, label), description: description.replace(/ (?:of|in) rule 1\b/, ` of ${inSentence(label)}`) };
}

function inSentence(label: string): string {
	return label[0].toLowerCase() + label.slice(1);
}
