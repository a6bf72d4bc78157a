import { addCell, hasCell, isEmptyBox, layOut, wholeBox, type Box, type Layout } from './boxes';
import type { CompiledCondition, RuleTerms } from './conditions';
import { sayStretches, valuesOf, type FieldValue, type FieldValues } from './fieldValues';
import { labelOfField } from './inWords';
import type { CompiledRule } from './ruleTable';

/** One thing that rules ask about: the value of a field, or a yes or no that nobody can look into. */
export interface Column {
	/** Path of the field; of an opaque one what it is called. */
	name: string;
	cells: FieldValue[];
	/** A pattern, an expression or a comparison of two fields: its cells are "holds" and "does not hold". */
	opaque: boolean;
}

/** All leads as the rules can tell them apart, and which of them each rule takes. */
export interface RuleSpace {
	columns: Column[];
	layout: Layout;
	whole: Box;
	/** Only leads whose values are plain or not known. */
	plain: Box;
	/** Of each rule the boxes of the leads that it takes; undefined where there are too many to look at. */
	boxes: (Box[] | undefined)[];
	/** Of each rule whether it holds a condition that cannot be looked into. */
	opaque: boolean[];
}

/** Boxes above which one rule with groups is not decided. */
const mostBoxes = 256;

/** Lays out the space that these rules ask about. */
export function laySpace(rules: readonly CompiledRule[], terms: RuleTerms): RuleSpace {
	const joint = jointly(rules);
	const byName = new Map<string, CompiledCondition[]>();
	const opaqueNames = new Set<string>();
	const columnOf = new Map<CompiledCondition, string>();
	for (const rule of rules) {
		for (const given of rule.parts.flatMap((part) => part.conditions)) {
			const condition = joint(given);
			const opaque = isOpaque(condition);
			const name = opaque ? condition.signature : (condition.plain?.field ?? condition.signature);
			if (opaque) opaqueNames.add(name);
			columnOf.set(condition, name);
			const known = byName.get(name);
			if (known) known.push(condition);
			else byName.set(name, [condition]);
		}
	}
	const columns: Column[] = [];
	/** Of each condition the place at which the cells of its column say whether it holds. */
	const order = new Map<string, { values: FieldValues; places: Map<string, number> }>();
	const places = new Map<string, number>();
	for (const [name, conditions] of byName) {
		const unlike = [...new Map(conditions.map((condition) => [condition.signature, condition])).values()];
		const values = opaqueNames.has(name) ? undefined : valuesOf(name, unlike, terms.timeZone, terms.lists);
		if (values) {
			places.set(name, columns.push({ name, cells: values.cells, opaque: false }) - 1);
			order.set(name, { values, places: new Map(unlike.map(({ signature }, place) => [signature, place])) });
			continue;
		}
		// each condition that cannot be looked into is a yes or no of its own
		for (const condition of unlike) {
			places.set(condition.signature, columns.push({ name: nameOfOpaque(condition), cells: yesAndNo(condition), opaque: true }) - 1);
		}
		for (const condition of conditions) columnOf.set(condition, condition.signature);
		opaqueNames.add(name);
	}
	const layout = layOut(columns.map(({ cells }) => cells.length));
	const whole = wholeBox(layout);
	const plain = new Int32Array(whole.length);
	columns.forEach(({ cells }, column) => cells.forEach((cell, place) => { if (cell.kind !== 'vague') addCell(plain, layout.offsets[column], place); }));
	const answers = new Map<string, Int32Array>();
	const boxOf = (given: CompiledCondition): { column: number; bits: Int32Array } => {
		const condition = joint(given);
		const column = places.get(columnOf.get(condition) ?? '') ?? 0;
		const key = `${column} ${condition.signature}`;
		let bits = answers.get(key);
		if (!bits) {
			bits = new Int32Array(layout.offsets[column + 1] - layout.offsets[column]);
			const { name, opaque } = columns[column];
			const known = order.get(name);
			const holders = opaque ? [0] : (known?.values.holders[known.places.get(condition.signature) ?? -1] ?? []);
			for (const cell of holders) addCell(bits, 0, cell);
			answers.set(key, bits);
		}
		return { column, bits };
	};
	return {
		columns, layout, whole, plain,
		boxes: rules.map((rule) => boxesOf(rule, whole, layout, boxOf)),
		opaque: rules.map((rule) => rule.parts.some((part) => part.conditions.some((condition) => columns[places.get(columnOf.get(joint(condition)) ?? '') ?? 0].opaque))),
	};
}

/**
 * `lead.companySize`, its lower and its upper bound are one field where rules ask for more than one of them: a lead
 * whose size is at least 50 has a lower bound of 50 too.
 */
function jointly(rules: readonly CompiledRule[]): (condition: CompiledCondition) => CompiledCondition {
	const paths = new Set(rules.flatMap((rule) => rule.parts.flatMap((part) => part.conditions.flatMap(({ plain }) => plain?.field ?? []))));
	const bases = ['lead.companySize', 'lead.budget'].filter((base) => [base, `${base}.min`, `${base}.max`].filter((path) => paths.has(path)).length > 1);
	const wrapped = new Map<CompiledCondition, CompiledCondition>();
	return (condition) => {
		const { plain } = condition;
		const base = bases.find((one) => plain?.field === `${one}.min` || plain?.field === `${one}.max`);
		if (!plain || base === undefined) return condition;
		let joined = wrapped.get(condition);
		if (!joined) {
			const bound = plain.field.endsWith('.min') ? 'min' : 'max';
			const answer = (value: unknown): ReturnType<typeof plain.answer> => plain.answer(typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[bound] : undefined);
			wrapped.set(condition, (joined = { ...condition, plain: { field: base, answer } }));
		}
		return joined;
	};
}

/** The leads that one rule takes: one box where all conditions must hold, one for each alternative where any must. */
function boxesOf(rule: CompiledRule, whole: Box, layout: Layout, boxOf: (condition: CompiledCondition) => { column: number; bits: Int32Array }): Box[] | undefined {
	if (rule.parts.length === 0) return [whole.slice()];
	const alternatives = rule.parts.map(({ match, conditions }) => alternativesOf(match, conditions, whole, layout, boxOf));
	if (rule.match === 'any') return withoutEmpty(alternatives.flat(), layout);
	let boxes: Box[] = [whole.slice()];
	for (const some of alternatives) {
		if (boxes.length * some.length > mostBoxes) return undefined;
		boxes = boxes.flatMap((box) => some.map((one) => both(box, one)));
	}
	return withoutEmpty(boxes, layout);
}

/** Conditions on one field are one set of its cells, also where any of them is enough. */
function alternativesOf(match: 'all' | 'any', conditions: readonly CompiledCondition[], whole: Box, layout: Layout, boxOf: (condition: CompiledCondition) => { column: number; bits: Int32Array }): Box[] {
	const byColumn = new Map<number, Int32Array>();
	for (const condition of conditions) {
		const { column, bits } = boxOf(condition);
		const known = byColumn.get(column);
		byColumn.set(column, known ? known.map((word, place) => (match === 'any' ? word | bits[place] : word & bits[place])) : bits);
	}
	const restricted = (box: Box, column: number, bits: Int32Array): Box => {
		bits.forEach((word, place) => { box[layout.offsets[column] + place] &= word; });
		return box;
	};
	if (match === 'any') return [...byColumn].map(([column, bits]) => restricted(whole.slice(), column, bits));
	const box = whole.slice();
	for (const [column, bits] of byColumn) restricted(box, column, bits);
	return [box];
}

function both(one: Box, other: Box): Box {
	return one.map((word, place) => word & other[place]);
}

function withoutEmpty(boxes: Box[], layout: Layout): Box[] {
	return boxes.filter((box) => !isEmptyBox(box, layout));
}

function isOpaque({ plain, given }: CompiledCondition): boolean {
	return !plain || given.operator === 'matches' || given.operator === 'notMatches';
}

function nameOfOpaque({ given }: CompiledCondition): string {
	if (given.fieldExpression !== undefined || given.valueExpression !== undefined) return 'an expression';
	return given.valueField === undefined ? `${labelOfField(given.field)} and a pattern` : `${labelOfField(given.field)} and ${labelOfField(given.valueField)}`;
}

function yesAndNo({ given }: CompiledCondition): FieldValue[] {
	const about = given.fieldExpression !== undefined || given.valueExpression !== undefined ? 'the expression' : 'the comparison';
	return [{ kind: 'value', value: undefined, words: `${about} holds` }, { kind: 'value', value: undefined, words: `${about} does not hold` }];
}

/** The leads of a box in words, e.g. `country is France or something else, company size up to 9`; every lead when nothing is asked. */
export function sayBox(box: Box, { columns, layout }: RuleSpace): string {
	const parts = columns.flatMap(({ name, cells, opaque }, column) => {
		const inside = cells.filter((_, place) => hasCell(box, layout.offsets[column], place));
		if (cells.every(({ kind }, place) => kind === 'vague' || hasCell(box, layout.offsets[column], place))) return [];
		if (opaque) return [`${name}: ${inside.map(({ words }) => words).join(' or ')}`];
		const told = inside.some(({ kind }) => kind !== 'vague') ? inside.filter(({ kind }) => kind !== 'vague') : inside;
		return [`${labelOfField(name)} ${sayCells(told, cells)}`];
	});
	return parts.length === 0 ? 'every lead' : parts.join(', ');
}

function sayCells(told: readonly FieldValue[], cells: readonly FieldValue[]): string {
	const stretches = told.flatMap((cell) => cell.stretches ?? []);
	const texts = told.filter((cell) => !cell.stretches && cell.kind !== 'missing').map(({ words }) => words);
	const missing = told.some(({ kind }) => kind === 'missing');
	const inside = new Set(told);
	const left = cells.filter((cell) => cell.kind === 'value' && !cell.stretches && !inside.has(cell));
	const words: string[] = [];
	if (stretches.length > 0) words.push(sayStretches(stretches));
	if (texts.length > 0) {
		// "none of UK, IE" says more than a list of all others
		const others = told.some(({ other }) => other) && left.length > 0 && left.length <= 12;
		words.push(others ? `none of ${left.map((cell) => cell.words).join(', ')}` : texts.length > 6 ? `${texts.slice(0, 6).join(', ')} or ${texts.length - 6} others` : texts.join(' or '));
	}
	const known = words.join(' or ');
	if (!missing) return known;
	return known === '' ? 'is not known' : `${known} or not known`;
}

/**
 * A lead that lies in the box, by section, e.g. `{ lead: { country: 'FR', companySize: null } }`: plain values where
 * there are some, else nothing, else a vague one. Fields that no rule asks about are left out.
 */
export function exampleOf(box: Box, { columns, layout }: RuleSpace): { lead: Record<string, unknown>; kind: FieldValue['kind']; opaque: boolean } {
	const example: Record<string, unknown> = {};
	let kind: FieldValue['kind'] = 'value';
	let opaque = false;
	columns.forEach((column, place) => {
		const inside = column.cells.filter((_, cell) => hasCell(box, layout.offsets[place], cell));
		if (column.opaque) {
			opaque ||= inside.length < column.cells.length;
			return;
		}
		const cell = inside.find((one) => one.kind === 'value') ?? inside.find((one) => one.kind === 'missing') ?? inside[0];
		if (cell.kind === 'vague' || (cell.kind === 'missing' && kind === 'value')) kind = cell.kind;
		put(example, column.name, cell.value);
	});
	return { lead: example, kind, opaque };
}

function put(example: Record<string, unknown>, path: string, value: unknown): void {
	const custom = ['lead.custom.', 'match.externalIds.', 'payload.'].find((start) => path.startsWith(start));
	const names = custom ? [...custom.slice(0, -1).split('.'), path.slice(custom.length)] : path.split('.');
	let here = example;
	for (const name of names.slice(0, -1)) {
		const next = here[name];
		here[name] = typeof next === 'object' && next !== null ? next : {};
		here = here[name] as Record<string, unknown>;
	}
	here[names[names.length - 1]] = value;
}
