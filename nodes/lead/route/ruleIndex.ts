import type { EvaluateExpression } from './conditions';
import { fieldReader } from './fields';
import type { Answer, Test } from './operators';
import type { CompiledRule } from './ruleTable';

/** Values of one field whose answers are remembered; more than that are forgotten together. */
const rememberedValues = 2_000;
/** A longer text is a message, and no second lead has it. */
const longestRemembered = 120;

/** What the conditions on one field say of one value: of each condition, and as bits of the rules that they decide. */
interface FieldAnswers {
	/** By place in `FieldIndex.conditions`. */
	answers: Answer[];
	/** Rules of which all must hold, with a condition here that fails. */
	failed: Int32Array;
	/** Rules of which all must hold, with a condition here that is unknown. */
	unknown: Int32Array;
	/** Rules of which any must hold, with a condition here that holds; and with one that is unknown. */
	anyHeld: Int32Array;
	anyUnknown: Int32Array;
}

interface FieldIndex {
	path: string;
	read: (record: object) => unknown;
	conditions: { answer: Test; signature: string; all: number[]; any: number[] }[];
	/** By the value itself; ranges by their bounds, apart from texts that only look like one. */
	remembered: Map<unknown, FieldAnswers>;
	rememberedRanges: Map<string, FieldAnswers>;
}

/** How all rules stand to one lead: bit `n` of word `n >> 5` is the rule at place `n`. */
export interface RuleOutcomes {
	matched: Int32Array;
	/** Rules that a value keeps open which the lead lacks or which cannot be compared. */
	open: Int32Array;
	/** What each condition says, by field; the words are made from it and from the record when somebody reads them. */
	answers: readonly FieldAnswers[];
}

/**
 * Answers all rules for one lead at once. Conditions are asked once per field and value, not once per rule: leads share
 * countries, sizes and flags, so nearly every answer is a look-up, and rules are put together as bits.
 * Rules with groups, expressions or two fields in a comparison are asked one by one.
 */
export class RuleIndex {
	private readonly words: number;
	private readonly fields: FieldIndex[] = [];
	private readonly byCondition = new Map<string, number>();
	/** Places of the rules that are asked one by one. */
	private readonly slow: number[] = [];
	private readonly allRules: Int32Array;

	constructor(private readonly rules: readonly CompiledRule[]) {
		this.words = Math.ceil(rules.length / 32);
		this.allRules = new Int32Array(this.words);
		rules.forEach((rule, place) => this.add(rule, place));
	}

	/** Never throws; the outcomes are this lead's own. */
	ask(record: object, evaluate: EvaluateExpression): RuleOutcomes {
		const { words } = this;
		const failed = new Int32Array(words);
		const unknown = new Int32Array(words);
		const anyHeld = new Int32Array(words);
		const anyUnknown = new Int32Array(words);
		const answers: FieldAnswers[] = new Array(this.fields.length);
		for (let place = 0; place < this.fields.length; place++) {
			const found = this.answersFor(this.fields[place], record);
			answers[place] = found;
			for (let word = 0; word < words; word++) {
				failed[word] |= found.failed[word];
				unknown[word] |= found.unknown[word];
				anyHeld[word] |= found.anyHeld[word];
				anyUnknown[word] |= found.anyUnknown[word];
			}
		}
		const matched = anyHeld;
		const open = anyUnknown;
		for (let word = 0; word < words; word++) {
			open[word] &= ~anyHeld[word];
			matched[word] |= this.allRules[word] & ~failed[word] & ~unknown[word];
			open[word] |= this.allRules[word] & ~failed[word] & unknown[word];
		}
		for (const place of this.slow) {
			const holds = this.rules[place].holds(record, evaluate);
			if (holds === true) setBit(matched, place);
			else if (holds === undefined) setBit(open, place);
		}
		return { matched, open, answers };
	}

	/** What one condition of one rule said: true, false, or undefined when it was unknown or is not of the kind that is kept. */
	answerOf({ answers }: RuleOutcomes, field: string, signature: string): Answer {
		const place = this.fields.findIndex(({ path }) => path === field);
		const condition = this.fields[place]?.conditions.findIndex((one) => one.signature === signature) ?? -1;
		return condition === -1 ? undefined : answers[place].answers[condition];
	}

	private add(rule: CompiledRule, place: number): void {
		const conditions = rule.parts.flatMap((part) => (part.conditions.length === 1 ? part.conditions : []));
		if (conditions.length !== rule.parts.length || conditions.length === 0 || conditions.some(({ plain }) => !plain)) {
			this.slow.push(place);
			return;
		}
		if (rule.match === 'all') setBit(this.allRules, place);
		for (const { plain, signature } of conditions) {
			if (!plain) continue;
			const field = this.fieldAt(plain.field);
			const key = `${plain.field}\n${signature}`;
			let known = this.byCondition.get(key);
			if (known === undefined) {
				known = field.conditions.push({ answer: plain.answer, signature, all: [], any: [] }) - 1;
				this.byCondition.set(key, known);
			}
			field.conditions[known][rule.match].push(place);
		}
	}

	private fieldAt(path: string): FieldIndex {
		let field = this.fields.find((one) => one.path === path);
		if (!field) this.fields.push((field = { path, read: fieldReader(path), conditions: [], remembered: new Map(), rememberedRanges: new Map() }));
		return field;
	}

	private answersFor(field: FieldIndex, record: object): FieldAnswers {
		const value = field.read(record);
		if (typeof value === 'object' && value !== null) {
			const key = keyOfRange(value);
			return key === undefined ? this.answer(field, value) : recall(field.rememberedRanges, key, () => this.answer(field, value));
		}
		if (typeof value === 'string' && value.length > longestRemembered) return this.answer(field, value);
		return recall(field.remembered, value, () => this.answer(field, value));
	}

	private answer({ conditions }: FieldIndex, value: unknown): FieldAnswers {
		const bits = (): Int32Array => new Int32Array(this.words);
		const found: FieldAnswers = { answers: [], failed: bits(), unknown: bits(), anyHeld: bits(), anyUnknown: bits() };
		for (const { answer, all, any } of conditions) {
			const one = answer(value);
			found.answers.push(one);
			if (one === false) for (const place of all) setBit(found.failed, place);
			if (one === undefined) {
				for (const place of all) setBit(found.unknown, place);
				for (const place of any) setBit(found.anyUnknown, place);
			}
			if (one === true) for (const place of any) setBit(found.anyHeld, place);
		}
		return found;
	}
}

/** Places whose bit is set, in order. */
export function* placesOf(bits: Int32Array): Generator<number> {
	for (let word = 0; word < bits.length; word++) {
		let left = bits[word];
		while (left !== 0) {
			const lowest = left & -left;
			yield word * 32 + 31 - Math.clz32(lowest);
			left ^= lowest;
		}
	}
}

function setBit(bits: Int32Array, place: number): void {
	bits[place >> 5] |= 1 << (place & 31);
}

function recall<Key>(remembered: Map<Key, FieldAnswers>, key: Key, answer: () => FieldAnswers): FieldAnswers {
	let found = remembered.get(key);
	if (!found) {
		if (remembered.size >= rememberedValues) remembered.clear();
		remembered.set(key, (found = answer()));
	}
	return found;
}

/** Lists and other objects have none. */
function keyOfRange(value: object): string | undefined {
	const { min, max, ...others } = value as Record<string, unknown>;
	const isPlainRange = [min, max].every((bound) => bound === null || typeof bound === 'number') && Object.keys(others).every((name) => name === 'currency');
	return isPlainRange ? `${String(min)}..${String(max)}` : undefined;
}
