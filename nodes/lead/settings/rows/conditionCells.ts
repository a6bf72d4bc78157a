import { foldText } from '../../foldText';
import { emptyLeadFields, emptySourceContext } from '../../handoffRecord';
import { conditionOperators, type RuleCondition } from '../clientSettings';
import { splitName } from '../settingWords';
import { foldHeader } from './columns';
import { isBlank, splitCell } from './readCell';

type Operator = (typeof conditionOperators)[number];

/** Fields of leads by the headers that name them. What a setting of a rule is called, such as "priority", is none. */
const fields = new Map<string, string>([
	...Object.keys(emptyLeadFields()).filter((key) => key !== 'custom').map((key): [string, string] => [foldHeader(key), `lead.${key}`]),
	...Object.keys(emptySourceContext()).map((key): [string, string] => [foldHeader(key), `source.${key}`]),
	...['name', 'highIntent', 'confidence', 'urgency', 'buyingStage', 'sentiment', 'fit'].map((key): [string, string] => [key === 'name' ? 'intent' : foldHeader(key), `intent.${key}`]),
	...['verdict', 'customerStatus', 'existingOwner'].map((key): [string, string] => [foldHeader(key), `match.${key}`]),
	['suspected spam', 'quality.flags.suspectedSpam'], ['free email', 'quality.flags.freeEmail'], ['quality score', 'quality.score'],
	['form', 'submission.formId'], ['form tool', 'submission.formTool'], ['service', 'lead.serviceInterest'], ['employees', 'lead.companySize'],
	['land', 'lead.country'], ['pays', 'lead.country'], ['pais', 'lead.country'], ['firmengrosse', 'lead.companySize'], ['nachricht', 'lead.message'],
]);

/** The field of leads that a header names, by its path such as `lead.country` or by its label; undefined when it names none. */
export function conditionField(header: string): string | undefined {
	const path = header.trim().replace(/^\{\{\s*\$json\.|\s*\}\}$/g, '');
	if (/^(lead|source|intent|match|quality|consent|submission|payload)\.[^\s].*$/.test(path)) return path;
	return fields.get(foldHeader(header));
}

const signs: [RegExp, Operator][] = [
	[/^(?:>=|≥|=>)/, 'atLeast'], [/^(?:<=|≤|=<)/, 'atMost'], [/^(?:!=|<>|≠|not equal to\b)/i, 'notEquals'], [/^>/, 'greaterThan'], [/^</, 'lessThan'], [/^={1,2}/, 'equals'],
];

/** Operators as people write them beside their own names; folded. */
const called: Record<string, Operator> = {
	'is': 'equals', 'equal': 'equals', 'is not': 'notEquals', 'not': 'notEquals', 'does not contain': 'notContains', 'not contains': 'notContains',
	'starts with': 'startsWith', 'ends with': 'endsWith', 'is empty': 'isEmpty', 'unknown': 'isEmpty', 'is unknown': 'isEmpty', 'is not empty': 'isNotEmpty', 'known': 'isNotEmpty', 'is known': 'isNotEmpty',
	'is true': 'isTrue', 'is false': 'isFalse', 'in': 'isOneOf', 'one of': 'isOneOf', 'is one of': 'isOneOf', 'not in': 'isNotOneOf', 'is not one of': 'isNotOneOf', 'none of': 'isNotOneOf',
	'at least': 'atLeast', 'at most': 'atMost', 'more than': 'greaterThan', 'greater than': 'greaterThan', 'less than': 'lessThan', 'matches pattern': 'matches',
};

/** The operator that a cell names by its name, its words or a sign; undefined when it names none. */
export function readOperator(cell: unknown): Operator | undefined {
	const text = String(cell ?? '').trim();
	const sign = signs.find(([pattern]) => text.replace(pattern, '').trim() === '' && pattern.test(text));
	const folded = foldText(text);
	return sign?.[1] ?? conditionOperators.find((one) => foldText(splitName(one)) === foldText(splitName(text))) ?? called[folded];
}

const withoutValue: readonly Operator[] = ['isEmpty', 'isNotEmpty', 'isTrue', 'isFalse'];
const ofNumbers: readonly Operator[] = ['greaterThan', 'atLeast', 'lessThan', 'atMost'];

/** A condition of its three cells, its value in the form that the operator compares with. */
export function toCondition(field: string, operator: Operator, value: unknown): RuleCondition {
	if (withoutValue.includes(operator)) return { field, operator };
	if (operator === 'isOneOf' || operator === 'isNotOneOf') return { field, operator, value: splitCell(value) };
	const text = String(value ?? '').trim();
	return { field, operator, value: ofNumbers.includes(operator) && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text };
}

/**
 * The condition that a cell of a decision table asks: `GB` equals, `GB, IE` is one of, `>= 200`, `not GB`, `yes`, `no`,
 * `known`, `unknown`, `contains demo`; undefined for a blank cell, `any`, `-` or `*`, which ask nothing.
 */
export function readConditionCell(field: string, cell: unknown): RuleCondition | undefined {
	if (isBlank(cell)) return undefined;
	const text = Array.isArray(cell) ? cell.join(', ') : String(cell).trim();
	const folded = foldText(text);
	if (/^[-–*]$/.test(text) || folded === 'any') return undefined;
	if (cell === true || folded === 'yes' || folded === 'true' || folded === 'ja') return { field, operator: 'isTrue' };
	if (cell === false || folded === 'no' || folded === 'false' || folded === 'nein') return { field, operator: 'isFalse' };
	if (folded === 'known' || folded === 'unknown') return { field, operator: folded === 'known' ? 'isNotEmpty' : 'isEmpty' };
	for (const [pattern, operator] of signs) {
		if (pattern.test(text)) return toCondition(field, operator, text.replace(pattern, ''));
	}
	const [, words, rest] = /^(not contains|does not contain|contains|starts with|ends with|not in|not|matches)\s+(.+)$/i.exec(text) ?? [];
	const several = splitCell(rest ?? text);
	if (words !== undefined) {
		const operator = readOperator(words) ?? 'equals';
		return toCondition(field, operator === 'notEquals' && several.length > 1 ? 'isNotOneOf' : operator, rest);
	}
	return toCondition(field, several.length > 1 ? 'isOneOf' : 'equals', text);
}
