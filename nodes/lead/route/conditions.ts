import type { RuleCondition } from '../settings/clientSettings';
import { fieldReader, kindOfField, readField } from './fields';
import { labelOfField, tellComparison, tellValue, type AskedCondition } from './inWords';
import { isMissing } from './meaning';
import { operators, type Answer, type ComparisonTerms, type Expected, type Test } from './operators';

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
	/** As it was given. */
	given: RouterCondition;
	/** True, false, or undefined when it is unknown: the lead lacks the field, or the value cannot be compared. Never throws. */
	holds: (record: object, evaluate: EvaluateExpression) => Answer;
	/** What the lead has, for a rep, e.g. `country is United Kingdom`. */
	tell: (record: object, evaluate: EvaluateExpression) => string;
	/** Both sides, for audit, e.g. `company size is at least 50 (200 to 500)`. */
	compare: (record: object, evaluate: EvaluateExpression) => string;
	/** What the rule's value should be, when it is not usable. */
	faulty?: string;
	/** The same for two conditions that ask the same. */
	signature: string;
	/** Set when the answer depends on the value of one field alone. */
	plain?: { field: string; answer: Test };
}

/** What conditions need to know besides themselves. */
export type RuleTerms = Omit<ComparisonTerms, 'kind'>;

/** Stands for an expression that failed: neither a value nor the lack of one. */
const failed = Symbol('failed');

/** Makes a condition ready once, so that asking it for a lead costs little. */
export function compileCondition(condition: RouterCondition, { timeZone, lists }: RuleTerms): CompiledCondition {
	const operator = operators[condition.operator];
	const terms = { kind: condition.fieldExpression === undefined ? kindOfField(condition.field) : 'free', timeZone, lists } as const;
	const perLead = condition.valueField !== undefined || condition.valueExpression !== undefined;
	const once = perLead ? undefined : operator.prepare(condition.value, terms);
	const label = condition.fieldExpression ? 'the expression' : labelOfField(condition.field);

	const readOwn = fieldReader(condition.field);
	const readValue = (record: object, evaluate: EvaluateExpression): unknown =>
		condition.fieldExpression === undefined ? readOwn(record) : guarded(() => evaluate(condition.fieldExpression ?? ''));
	const readExpected = (record: object, evaluate: EvaluateExpression): unknown => {
		if (condition.valueField !== undefined) return readField(record, condition.valueField);
		return condition.valueExpression === undefined ? condition.value : guarded(() => evaluate(condition.valueExpression ?? ''));
	};
	const testFor = (record: object, evaluate: EvaluateExpression): Test | undefined => {
		if (!perLead) return once;
		const expected = readExpected(record, evaluate);
		return isExpected(expected) ? operator.prepare(expected, terms) : undefined;
	};

	const describe = (record: object, evaluate: EvaluateExpression, inWords: (asked: AskedCondition) => string): string => {
		const value = readValue(record, evaluate);
		const expected = readExpected(record, evaluate);
		if (value === failed || expected === failed) return `${value === failed ? label : `what ${label} is compared with`} could not be read`;
		if (perLead && isMissing(expected)) return `what ${label} is compared with is not known`;
		return inWords({ path: condition.field, label, operator: condition.operator, value, expected });
	};

	const answer = (value: unknown, test: Test | undefined): Answer => {
		const missing = isMissing(value);
		if (condition.operator === 'isEmpty') return missing;
		if (condition.operator === 'isNotEmpty') return !missing;
		return missing ? undefined : test?.(value);
	};
	const plain = perLead || condition.fieldExpression !== undefined ? undefined : { field: condition.field, answer: (value: unknown) => answer(value, once) };

	return {
		given: condition,
		holds: (record, evaluate) => {
			const value = readValue(record, evaluate);
			return value === failed ? undefined : answer(value, testFor(record, evaluate));
		},
		tell: (record, evaluate) => describe(record, evaluate, tellValue),
		compare: (record, evaluate) => describe(record, evaluate, tellComparison),
		faulty: perLead || once ? undefined : operator.takes,
		signature: JSON.stringify([condition.fieldExpression ?? condition.field, condition.operator, condition.valueField ?? condition.valueExpression ?? condition.value ?? null]),
		...(plain ? { plain } : {}),
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
