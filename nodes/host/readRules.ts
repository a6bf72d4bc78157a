import type { IExecuteFunctions } from 'n8n-workflow';
import type { Problem } from '../lead/leadError';
import type { RouterCondition } from '../lead/route/conditions';
import { isKnownField } from '../lead/route/fields';
import type { ConditionOperator } from '../lead/route/operators';
import type { RouterRule } from '../lead/route/ruleTable';

/** A rule of the node's list, as n8n stores it. */
interface RuleParameter {
	name?: string;
	/** Counts only where one node decides before and after AI. */
	tier?: 'hard' | 'soft';
	conditions?: FilterParameter;
	queue?: string;
	assignTo?: 'queueTeam' | 'team' | 'member';
	team?: string;
	member?: string;
	then?: 'stop' | 'continue';
	options?: {
		block?: boolean;
		priority?: 'open' | 'high' | 'normal' | 'low';
		skills?: string;
		readMessageWithAi?: boolean;
		sequence?: string;
		slaPolicy?: string;
	};
}

/** n8n's condition builder, version 2. Its option `caseSensitive` has no effect here: rules compare by meaning. */
interface FilterParameter {
	combinator?: string;
	conditions?: FilterCondition[];
}

interface FilterCondition {
	leftValue?: unknown;
	rightValue?: unknown;
	operator?: { type?: string; operation?: string };
}

const operatorNames: Record<string, ConditionOperator> = {
	equals: 'equals', notEquals: 'notEquals',
	contains: 'contains', notContains: 'notContains',
	startsWith: 'startsWith', notStartsWith: 'notStartsWith',
	endsWith: 'endsWith', notEndsWith: 'notEndsWith',
	regex: 'matches', notRegex: 'notMatches',
	exists: 'isNotEmpty', notEmpty: 'isNotEmpty', notExists: 'isEmpty', empty: 'isEmpty',
	gt: 'greaterThan', gte: 'atLeast', lt: 'lessThan', lte: 'atMost',
	true: 'isTrue', false: 'isFalse',
	after: 'after', before: 'before', afterOrEquals: 'atLeast', beforeOrEquals: 'atMost',
};
/** A value of a list is compared as a whole, as n8n does it. */
const listOperatorNames: Record<string, ConditionOperator> = { contains: 'equals', notContains: 'notEquals' };
/** The kind that all rules of an operation have; absent where each rule says it. */
const tierOf: Record<string, RouterRule['tier'] | undefined> = { applyHardRules: 'hard', finishRouting: 'soft' };
const valueless = new Set<ConditionOperator>(['isEmpty', 'isNotEmpty', 'isTrue', 'isFalse']);

/**
 * Reads the node's rules once, without n8n evaluating anything: 20 rules of 3 conditions cost 10 ms a lead otherwise.
 * `{{ $json.lead.country }}` becomes a field path; other expressions stay, for soft rules only.
 * An empty condition of an otherwise empty rule is left out, so that `checkRules` tells the rule as one problem.
 */
export function readRules(ctx: Pick<IExecuteFunctions, 'getNodeParameter'>): { rules: RouterRule[]; problems: Problem[] } {
	const given = ctx.getNodeParameter('rules.values', 0, [], { rawExpressions: true }) as RuleParameter[];
	const operation = ctx.getNodeParameter('operation', 0, 'route') as string;
	const problems: Problem[] = [];
	const rules = (Array.isArray(given) ? given : []).map((rule, index) => {
		const number = index + 1;
		const found: Problem[] = [];
		const read = readRule(rule, tierOf[operation] ?? (rule.tier === 'soft' ? 'soft' : 'hard'), number, found);
		problems.push(...found.map((problem) => ({ ...problem, rule: number })));
		return read;
	});
	return { rules, problems };
}

function readRule(rule: RuleParameter, tier: RouterRule['tier'], number: number, problems: Problem[]): RouterRule {
	const plain = (value: unknown, label: string): string | undefined => {
		const text = typeof value === 'string' ? value.trim() : '';
		if (!isExpression(text)) return text === '' ? undefined : text;
		problems.push({
			code: 'EXPRESSION_IN_RULE',
			message: `Rule ${number} has an expression in "${label}"`,
			description: `Enter a fixed text in "${label}" of rule ${number}: only conditions and, in soft rules, their values may be expressions.`,
		});
		return undefined;
	};
	const conditions = isEmptyRule(rule) ? [] : (rule.conditions?.conditions ?? []);
	const { block, priority, readMessageWithAi, sequence, skills, slaPolicy } = rule.options ?? {};
	const needed = plain(skills, 'Skills')?.split(/[,;]/).map((skill) => skill.trim()).filter((skill) => skill !== '');
	return {
		name: plain(rule.name, 'Name') ?? '',
		tier,
		match: rule.conditions?.combinator === 'or' ? 'any' : 'all',
		conditions: conditions.map((condition, index) => readCondition(condition, `${number}.${index + 1}`, number, problems)),
		queue: plain(rule.queue, 'Queue'),
		team: rule.assignTo === 'team' ? plain(rule.team, 'Team') : undefined,
		owner: rule.assignTo === 'member' ? plain(rule.member, 'Member') : undefined,
		sequence: plain(sequence, 'Sequence'),
		priority: priority === 'open' ? undefined : priority,
		slaPolicy: plain(slaPolicy, 'SLA Policy'),
		readMessageWithAi: tier === 'soft' || readMessageWithAi !== false,
		continue: rule.then === 'continue',
		...(block === true ? { block } : {}),
		...(needed && needed.length > 0 ? { skills: needed } : {}),
	};
}

function isEmptyRule({ name, queue, conditions }: RuleParameter): boolean {
	return [name, queue, ...(conditions?.conditions ?? []).map(({ leftValue }) => leftValue)].every((text) => String(text ?? '').trim() === '');
}

function readCondition({ leftValue, rightValue, operator }: FilterCondition, place: string, number: number, problems: Problem[]): RouterCondition {
	const { type = 'string', operation = 'equals' } = operator ?? {};
	const name = (type === 'array' ? listOperatorNames[operation] : undefined) ?? (Object.hasOwn(operatorNames, operation) ? operatorNames[operation] : undefined);
	if (name === undefined) {
		problems.push({
			code: 'OPERATOR_UNKNOWN',
			message: `Rule ${number} uses a comparison that rules don't have`,
			description: `Choose another comparison than ${type}: ${operation} in "Conditions" of rule ${number}.`,
		});
	}
	const left = readLeft(leftValue, number, problems);
	// a condition of its own, so that no other check speaks about it too
	if (!left) return { field: `lead.custom.condition ${place}`, operator: 'isNotEmpty' };
	const known = name ?? 'isEmpty';
	return { ...left, operator: known, ...(valueless.has(known) ? {} : readRight(rightValue, type)) };
}

function readLeft(value: unknown, number: number, problems: Problem[]): Pick<RouterCondition, 'field' | 'fieldExpression'> | undefined {
	const text = typeof value === 'string' ? value.trim() : '';
	if (isExpression(text)) {
		const field = fieldOf(text);
		return field === undefined ? { field: 'expression', fieldExpression: text.slice(1) } : { field };
	}
	// someone who types lead.country means the field
	if (isKnownField(text)) return { field: text };
	problems.push({
		code: 'CONDITION_WITHOUT_FIELD',
		message: text === '' ? `Rule ${number} has a condition without a field` : `Rule ${number} compares fixed text, not a field`,
		description: `Drag a field of the lead, such as {{ $json.lead.country }}, into the left side of the condition in rule ${number}.`,
	});
	return undefined;
}

function readRight(value: unknown, type: string): Pick<RouterCondition, 'value' | 'valueField' | 'valueExpression'> {
	if (typeof value === 'string' && isExpression(value)) {
		const valueField = fieldOf(value);
		if (valueField !== undefined) return { valueField };
		const literal = literalOf(inner(value));
		return literal === undefined ? { valueExpression: value.slice(1) } : { value: literal };
	}
	if (typeof value === 'string') {
		const text = value.startsWith('=') ? value.slice(1) : value;
		// what n8n stores as text is a number when the comparison is one
		return { value: type === 'number' && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text };
	}
	return typeof value === 'number' || typeof value === 'boolean' || isList(value) ? { value } : {};
}

/** `={{ $json.lead.custom["Team Size"] }}` is `lead.custom.Team Size`; undefined for any other expression. */
export function fieldOf(expression: string): string | undefined {
	const step = /\s*(?:\?\.|\.)\s*([A-Za-z_$][\w$]*)|\s*(?:\?\.)?\s*\[\s*(?:"([^"\\]*)"|'([^'\\]*)')\s*\]/y;
	const code = inner(expression);
	if (!/^\$json\b/.test(code)) return undefined;
	const path = code.slice('$json'.length);
	const names: string[] = [];
	while (step.lastIndex < path.length) {
		const found = step.exec(path);
		if (!found) return undefined;
		names.push(found[1] ?? found[2] ?? found[3]);
	}
	return names.length === 0 ? undefined : names.join('.');
}

function isExpression(text: string): boolean {
	return text.startsWith('=') && text.includes('{{');
}

function isOneExpression(text: string): boolean {
	return /^=\s*\{\{((?!\}\}|\{\{).)*\}\}\s*$/s.test(text);
}

/** The code of a single expression, without its braces; empty when text or a second expression stands around it. */
function inner(text: string): string {
	return isOneExpression(text) ? text.trim().replace(/^=\s*\{\{/, '').replace(/\}\}$/, '').trim() : '';
}

function literalOf(code: string): RouterCondition['value'] {
	const quoted = /^'([^'\\]*)'$/.exec(code);
	if (quoted) return quoted[1];
	try {
		const value: unknown = JSON.parse(code);
		return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || isList(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

function isList(value: unknown): value is (string | number)[] {
	return Array.isArray(value) && value.every((part) => typeof part === 'string' || typeof part === 'number');
}
