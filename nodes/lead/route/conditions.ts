import type { RuleCondition } from '../settings/clientSettings';
import { labelOfField, readField } from './fields';
import { isMissing, toWords } from './meaning';
import { operators, type Answer, type Expected, type Test } from './operators';

/** A rule's condition as the router knows it: literals and paths, and in soft rules n8n expressions. */
export interface RouterCondition extends RuleCondition {
	/** Read instead of `field`, evaluated per lead. */
	fieldExpression?: string;
	/** Path whose value stands for `value`. */
	valueField?: string;
	/** Read instead of `value`, evaluated per lead. */
	valueExpression?: string;
}

/** Gives the value of an n8n expression for the lead at hand; may throw. */
export type EvaluateExpression = (expression: string) => unknown;

export interface CompiledCondition {
	/** True, false, or undefined when it is unknown: the lead lacks the field, or the value cannot be compared. Never throws. */
	holds: (record: object, evaluate: EvaluateExpression) => Answer;
	/** The condition with the lead's own value, e.g. `Company Size is at least 50 (200-500)`. */
	explain: (record: object, evaluate: EvaluateExpression) => string;
	/** What the rule's value should be, when it is not usable. */
	faulty?: string;
	/** The same for two conditions that ask the same. */
	signature: string;
}

/** Stands for an expression that failed: neither a value nor the lack of one. */
const failed = Symbol('failed');

/**
 * Makes a condition ready once, so that asking it for a lead costs little.
 *
 * @param timeZone - For times without a zone of their own, e.g. `Europe/London`.
 */
export function compileCondition(condition: RouterCondition, timeZone: string): CompiledCondition {
	const operator = operators[condition.operator];
	const terms = { country: /(^|\.)country$/i.test(condition.field), timeZone };
	const perLead = condition.valueField !== undefined || condition.valueExpression !== undefined;
	const once = perLead ? undefined : operator.prepare(condition.value, terms);
	const label = condition.fieldExpression ? 'The expression' : labelOfField(condition.field);

	const readValue = (record: object, evaluate: EvaluateExpression): unknown =>
		condition.fieldExpression === undefined ? readField(record, condition.field) : guarded(() => evaluate(condition.fieldExpression ?? ''));
	const readExpected = (record: object, evaluate: EvaluateExpression): unknown => {
		if (condition.valueField !== undefined) return readField(record, condition.valueField);
		return condition.valueExpression === undefined ? condition.value : guarded(() => evaluate(condition.valueExpression ?? ''));
	};
	const testFor = (record: object, evaluate: EvaluateExpression): Test | undefined => {
		if (!perLead) return once;
		const expected = readExpected(record, evaluate);
		return isExpected(expected) ? operator.prepare(expected, terms) : undefined;
	};

	return {
		holds: (record, evaluate) => {
			const value = readValue(record, evaluate);
			if (value === failed) return undefined;
			const missing = isMissing(value);
			if (condition.operator === 'isEmpty') return missing;
			if (condition.operator === 'isNotEmpty') return !missing;
			return missing ? undefined : testFor(record, evaluate)?.(value);
		},
		explain: (record, evaluate) => {
			const value = readValue(record, evaluate);
			if (value === failed) return `${label} could not be read`;
			if (isMissing(value)) return condition.operator === 'isEmpty' ? `${label} is empty` : `${label} is not known`;
			const expected = readExpected(record, evaluate);
			const asked = operator.takes === undefined || expected === failed ? operator.words : `${operator.words} ${toWords(expected)}`;
			const found = toWords(value);
			const saidAlready = condition.operator === 'isTrue' || condition.operator === 'isFalse' || found === toWords(expected);
			return saidAlready ? `${label} ${asked}` : `${label} ${asked} (${found})`;
		},
		faulty: perLead || once ? undefined : operator.takes,
		signature: JSON.stringify([condition.fieldExpression ?? condition.field, condition.operator, condition.valueField ?? condition.valueExpression ?? condition.value ?? null]),
	};
}

function guarded(evaluate: () => unknown): unknown {
	try {
		return evaluate();
	} catch {
		return failed;
	}
}

function isExpected(value: unknown): value is Expected {
	return ['string', 'number', 'boolean'].includes(typeof value) || Array.isArray(value);
}
