/** Longer than other files because it holds all that a table of rules can be found to do, one function each. */
import { quote } from '../shorten';
import { doMeet, intersection, isEmptyBox, isInside, subtract, type Box, type Budget } from './boxes';
import type { RuleTerms } from './conditions';
import { exampleOf, laySpace, sayBox, type RuleSpace } from './ruleSpace';
import { compileRules, type CompiledRule, type RouterRule } from './ruleTable';

export const findingCodes = ['QUEUE_UNKNOWN', 'RULE_UNREACHABLE', 'RULE_DUPLICATE', 'ROWS_OVERLAP', 'RULES_OVERLAP', 'RULES_LEAVE_GAP', 'RULES_LEAVE_VAGUE_GAP', 'RULE_NOT_DECIDED', 'GAP_NOT_DECIDED'] as const;

/** Something about rules that are each right for themselves. */
export interface RuleFinding {
	code: (typeof findingCodes)[number];
	/** `warning`: most likely not meant. `note`: may be meant. */
	severity: 'warning' | 'note';
	/** Number of the rule it is about; absent for gaps. */
	rule?: number;
	/** Numbers of the rules that make it so: those that cover it, the one that it overlaps. */
	others?: number[];
	message: string;
	description: string;
	/** The leads that it is about, in words. */
	leads?: string;
	/** A lead that shows it, by section; fields that no rule asks about are left out. */
	example?: Record<string, unknown>;
}

export interface RuleAnalysis {
	findings: RuleFinding[];
	/** Overlaps with different owners, also those that are not listed. */
	overlaps: number;
	/** False when a search was given up. */
	complete: boolean;
}

export interface AnalysisOptions {
	/** Steps after which what is not yet found is told as not decided; default 3 million, some tenths of a second. */
	mostSteps?: number;
	/** Most gaps and most overlaps that are listed; default 100 each. */
	mostListed?: number;
	/** Looks only for rules that are never reached, as before each run. */
	reachOnly?: boolean;
}

/** Of so many rules only some gaps are listed: who keeps them closes these first, and checks again. */
const manyRules = 300;
const mostOfMany = 10;

interface Analysis {
	rules: CompiledRule[];
	space: RuleSpace;
	/** Of each rule its boxes of plain leads. */
	plain: Box[][];
	budget: Budget;
	most: number;
	findings: RuleFinding[];
	complete: boolean;
}

/**
 * Finds what rules do together: rules that are never reached, also because several earlier ones together take all their
 * leads; rules that ask the same; rules that overlap and give the lead to different people; leads that no rule takes.
 * Exact for equality, order, beginnings, parts, ends, postal ranges, lists and "is empty", in any combination of all and
 * any. Patterns, expressions and comparisons of two fields are not looked into, and it is said where that matters.
 */
export function analyzeRules(rules: readonly RouterRule[], teams: readonly { name: string }[], terms: RuleTerms, options: AnalysisOptions = {}): RuleAnalysis {
	const table = compileRules(rules, teams, terms);
	const budget: Budget = { steps: options.mostSteps ?? 3_000_000 };
	const all = [...table.hard, ...table.soft];
	const space = laySpace(all, terms);
	const analysis: Analysis = { rules: all, space, plain: space.boxes.map((boxes) => plainBoxes(boxes ?? [], space)), budget, most: options.mostListed ?? 100, findings: [], complete: true };
	const reach = [table.hard, table.soft].map((some) => findUnreachable(analysis, all.indexOf(some[0]), some.length));
	let overlaps = 0;
	if (!options.reachOnly) {
		overlaps = [table.hard, table.soft].reduce((sum, some, kind) => sum + findOverlaps(analysis, all.indexOf(some[0]), some.length, reach[kind]), 0);
		findGaps(analysis);
		tellUndecided(analysis);
		findQueuesOfNobody(analysis);
	}
	const order = (finding: RuleFinding): number => (finding.rule ?? Infinity);
	return { findings: analysis.findings.sort((one, other) => Number(one.severity === 'note') - Number(other.severity === 'note') || order(one) - order(other)), overlaps, complete: analysis.complete };
}

/** Rules of one kind, from the place of the first; gives the places of those that are never reached. */
function findUnreachable(analysis: Analysis, first: number, count: number): Set<number> {
	const { rules, space, budget } = analysis;
	const unreachable = new Set<number>();
	const takers: { place: number; box: Box }[] = [];
	for (let place = first; place < first + count; place++) {
		const rule = rules[place];
		const boxes = space.boxes[place];
		if (!boxes) {
			analysis.complete = false;
			continue;
		}
		const plain = analysis.plain[place];
		if (boxes.length === 0) {
			unreachable.add(place);
			analysis.findings.push({ code: 'RULE_UNREACHABLE', severity: 'warning', rule: rule.number, others: [], message: `Rule ${rule.number} can match no lead`, description: `The conditions of rule ${rule.number} ${quote(rule.name)} contradict each other: no lead can fulfil all of them. Correct them, or delete the rule.` });
		} else {
			const meeting = takers.filter(({ box }) => boxes.some((one) => doMeet(one, box, space.layout)));
			const covering = plain.length === 0 ? [] : coveredBy(plain, meeting, analysis);
			if (covering === 'undecided') tellReachUndecided(analysis, rule);
			else if (covering) {
				unreachable.add(place);
				const vague = coveredBy(boxes, meeting, analysis) === undefined;
				analysis.findings.push(unreachableFinding(rule, covering.map((one) => rules[one]), place, analysis, vague));
			}
		}
		if (!rule.continue && !rule.unique && budget.steps > 0) takers.push(...boxes.map((box) => ({ place, box })));
	}
	return unreachable;
}

/** Places of the rules that together take all of these leads; undefined when some are left. */
function coveredBy(boxes: readonly Box[], takers: readonly { place: number; box: Box }[], { space, budget }: Analysis): number[] | 'undecided' | undefined {
	const used = new Set<number>();
	for (const box of boxes) {
		const left = subtract(box, takers.map((taker) => taker.box), space.layout, budget, 1);
		if (left.boxes.length > 0) return undefined;
		if (!left.complete) return 'undecided';
		for (const taker of left.used) used.add(takers[taker].place);
	}
	return fewest([...used].sort((one, other) => one - other), boxes, takers, { space, budget });
}

/** Leaves out each rule that is not needed, latest first, so that the reason is as short as it can be told. */
function fewest(used: number[], boxes: readonly Box[], takers: readonly { place: number; box: Box }[], { space, budget }: Pick<Analysis, 'space' | 'budget'>): number[] {
	let needed = used;
	if (used.length > 6) return needed;
	for (const place of [...used].reverse()) {
		if (needed.length === 1) break;
		const rest = needed.filter((one) => one !== place);
		const those = takers.filter((taker) => rest.includes(taker.place)).map(({ box }) => box);
		const trial: Budget = { steps: Math.min(budget.steps, 20_000) };
		if (boxes.every((box) => { const left = subtract(box, those, space.layout, trial, 1); return left.complete && left.boxes.length === 0; })) needed = rest;
	}
	return needed;
}

function unreachableFinding(rule: CompiledRule, covering: CompiledRule[], place: number, { space, rules }: Analysis, vague: boolean): RuleFinding {
	const numbers = covering.map(({ number }) => number);
	const [only] = covering;
	const same = covering.length === 1 && asksTheSame(space.boxes[place] ?? [], space.boxes[rules.indexOf(only)] ?? []);
	if (numbers.length === 0) {
		return {
			code: 'RULE_UNREACHABLE', severity: 'warning', rule: rule.number, others: [], message: `Rule ${rule.number} matches no lead with plain values`,
			description: `Only a range across a bound, or text where a number is asked, could fulfil rule ${rule.number} ${quote(rule.name)}. Correct its conditions if that is not meant.`,
		};
	}
	const why = covering.length > 1 ? `rules ${listed(numbers)} together take all its leads` : same ? `rule ${only.number} asks the same` : `rule ${only.number} takes all its leads`;
	const except = vague ? ' Only leads with a range across a bound, or with no such value, could still come to it.' : '';
	return {
		code: 'RULE_UNREACHABLE', severity: 'warning', rule: rule.number, others: numbers,
		message: numbers.length > 6 ? `Rule ${rule.number} is never reached: ${numbers.length} earlier rules take all its leads` : `Rule ${rule.number} is never reached: ${why}`,
		description: `Delete rule ${rule.number} ${quote(rule.name)}, change its conditions, move it up, or let rule ${listed(numbers)} continue with the next rule.${except}`,
	};
}

function tellReachUndecided(analysis: Analysis, { number, name }: CompiledRule): void {
	analysis.complete = false;
	analysis.findings.push({
		code: 'RULE_NOT_DECIDED', severity: 'note', rule: number,
		message: `Whether rule ${number} is reached was not decided`,
		description: `Rule ${number} ${quote(name)} meets so many others that the search was given up. Split the table, or use fewer "any of" groups.`,
	});
}

/** Pairs of one kind that take some lead both and give it to different people; gives how many there are. */
function findOverlaps(analysis: Analysis, first: number, count: number, unreachable: ReadonlySet<number>): number {
	const { rules, space, budget, most } = analysis;
	let found = 0;
	let listedPairs = 0;
	for (let later = first + 1; later < first + count; later++) {
		const boxes = analysis.plain[later];
		for (let earlier = first; earlier < later; earlier++) {
			const earlierBoxes = analysis.plain[earlier];
			if (--budget.steps < 0) {
				analysis.complete = false;
				return found;
			}
			if (!earlierBoxes.some((one) => boxes.some((other) => doMeet(one, other, space.layout)))) continue;
			const bothUnique = rules[earlier].unique && rules[later].unique;
			const same = asksTheSame(earlierBoxes, boxes);
			const told = unreachable.has(later) && !rules[earlier].continue;
			if (same && !told) {
				analysis.findings.push(duplicateFinding(rules[earlier], rules[later]));
				continue;
			}
			if (!bothUnique && (told || sameTarget(rules[earlier], rules[later]))) continue;
			found++;
			if (++listedPairs > most) continue;
			const meeting = meetingOf(earlierBoxes, boxes, space) ?? space.whole;
			const inside = earlierBoxes.every((box) => boxes.some((outer) => isInside(box, outer)));
			analysis.findings.push(overlapFinding(rules[earlier], rules[later], { bothUnique, inside, meeting, space }));
		}
	}
	return found;
}

function duplicateFinding(earlier: CompiledRule, later: CompiledRule): RuleFinding {
	return {
		code: 'RULE_DUPLICATE', severity: 'warning', rule: later.number, others: [earlier.number],
		message: `Rules ${earlier.number} and ${later.number} ask the same`,
		description: `Put ${quote(earlier.name)} and ${quote(later.name)} into one rule, or change the conditions of one of them.`,
	};
}

function overlapFinding(earlier: CompiledRule, later: CompiledRule, { bothUnique, inside, meeting, space }: { bothUnique: boolean; inside: boolean; meeting: Box; space: RuleSpace }): RuleFinding {
	const { lead } = exampleOf(meeting, space);
	const about = { rule: later.number, others: [earlier.number], leads: sayBox(meeting, space), example: lead };
	if (bothUnique) {
		return { code: 'ROWS_OVERLAP', severity: 'warning', ...about, message: `Rows ${earlier.number} and ${later.number} both match a lead, but only one may`, description: `Change ${quote(earlier.name)} or ${quote(later.name)}, or set "Hit Policy" to First: a lead that two rows match goes to the fallback queue with an alarm.` };
	}
	const order = earlier.continue ? 'what rule ' + String(earlier.number) + ' set first holds' : `rule ${earlier.number} has it, because it stands first`;
	return {
		code: 'RULES_OVERLAP', severity: inside ? 'note' : 'warning', ...about,
		message: `Rules ${earlier.number} and ${later.number} both match some leads, with different owners`,
		description: inside
			? `Rule ${earlier.number} ${quote(earlier.name)} is the special case of rule ${later.number} ${quote(later.name)}: ${order}. Nothing needs to change when that is meant.`
			: `For such a lead ${order}. If that is not meant, change ${quote(earlier.name)} or ${quote(later.name)}, or their order.`,
	};
}

/** Leads that no rule gives a queue. */
function findGaps(analysis: Analysis): void {
	const { rules, space, budget, most } = analysis;
	if (rules.length === 0) return;
	const takers = rules.flatMap((rule, place) => (rule.sets.queue === undefined ? [] : space.boxes[place] ?? []));
	const undecided = rules.some((rule, place) => rule.sets.queue !== undefined && !space.boxes[place]);
	const left = subtract(space.plain, takers, space.layout, budget, takers.length > manyRules ? mostOfMany : most * 10);
	const gaps = widest(left.boxes, takers, space.plain, analysis);
	for (const box of gaps.slice(0, most)) analysis.findings.push(gapFinding(box, space, undecided));
	if (!left.complete || gaps.length > most) {
		analysis.complete = false;
		analysis.findings.push({ code: 'GAP_NOT_DECIDED', severity: 'note', message: 'There may be more leads that no rule takes', description: `The search for gaps was given up after ${Math.min(gaps.length, most)} of them. Close these first, then check again.` });
	}
	if (gaps.length > 0 || budget.steps <= 0) return;
	const vague = subtract(space.whole, takers, space.layout, budget, 1).boxes.at(0);
	if (!vague) return;
	const { lead } = exampleOf(vague, space);
	analysis.findings.push({
		code: 'RULES_LEAVE_VAGUE_GAP', severity: 'note', leads: sayBox(vague, space), example: lead,
		message: 'Only leads with vague values are taken by no rule',
		description: 'A range that lies across a bound, or text where a number is asked, fits no condition; such a lead goes to the fallback queue.',
	});
}

/** Each gap as wide as it goes, so that one sentence tells it; those inside another are left out. */
function widest(boxes: readonly Box[], takers: readonly Box[], plain: Box, { space, budget }: Analysis): Box[] {
	const wide: Box[] = [];
	const { offsets, sizes } = space.layout;
	for (const box of boxes) {
		if (wide.some((one) => isInside(box, one))) continue;
		let grown = box;
		for (let column = 0; column < sizes.length; column++) {
			const before = grown;
			const wider = grown.slice();
			for (let word = offsets[column]; word < offsets[column + 1]; word++) wider[word] = plain[word];
			// what of the wider column is free of every rule
			for (const taker of takers) {
				budget.steps--;
				if (!doMeet(taker, wider, space.layout)) continue;
				for (let word = offsets[column]; word < offsets[column + 1]; word++) wider[word] &= ~taker[word];
			}
			for (let word = offsets[column]; word < offsets[column + 1]; word++) wider[word] |= before[word];
			grown = wider;
		}
		wide.push(grown);
	}
	return wide.filter((box, place) => !wide.some((other, at) => at !== place && isInside(box, other) && (at < place || !isInside(other, box))));
}

function gapFinding(box: Box, space: RuleSpace, undecided: boolean): RuleFinding {
	const { lead, kind, opaque } = exampleOf(box, space);
	const leads = sayBox(box, space);
	if (opaque || undecided) {
		return {
			code: 'GAP_NOT_DECIDED', severity: 'note', leads, example: lead,
			message: 'Some leads may be taken by no rule',
			description: `Whether there are such leads can't be decided, because a pattern, an expression or a comparison of two fields is in between: ${leads}.`,
		};
	}
	return {
		code: 'RULES_LEAVE_GAP', severity: kind === 'value' ? 'warning' : 'note', leads, example: lead,
		message: kind === 'value' ? 'Some leads are taken by no rule' : 'Some leads that lack a field are taken by no rule',
		description: `They go to the fallback queue: ${leads}. Add a rule for them if that is not meant.`,
	};
}

/** Patterns and expressions in so many words, once for each rule. */
function tellUndecided(analysis: Analysis): void {
	analysis.rules.forEach(({ number, name }, place) => {
		if (!analysis.space.opaque[place] && analysis.space.boxes[place]) return;
		if (analysis.findings.some((finding) => finding.code === 'RULE_NOT_DECIDED' && finding.rule === number)) return;
		analysis.findings.push({
			code: 'RULE_NOT_DECIDED', severity: 'note', rule: number,
			message: `Rule ${number} can't be looked into altogether`,
			description: `Rule ${number} ${quote(name)} holds a pattern, an expression, a comparison of two fields or too many alternatives. What it takes away from later rules, and whether its own leads exist, is not decided.`,
		});
	});
}

/** Queues whose leads only the fallback owner gets, because nobody works on them. */
function findQueuesOfNobody({ rules, findings }: Analysis): void {
	for (const { number, name, sets } of rules) {
		if (sets.queue === undefined || sets.team !== undefined || sets.owner !== undefined || sets.blocked) continue;
		findings.push({
			code: 'QUEUE_UNKNOWN', severity: 'warning', rule: number,
			message: `Rule ${number} gives a queue that no team has`,
			description: `Add a team called ${quote(sets.queue, 60)}, or let rule ${number} ${quote(name)} name a team or a member: until then the fallback owner gets its leads.`,
		});
	}
}

function plainBoxes(boxes: readonly Box[], { plain, layout }: RuleSpace): Box[] {
	return boxes.map((box) => intersection(box, plain)).filter((box) => !isEmptyBox(box, layout));
}

function meetingOf(some: readonly Box[], others: readonly Box[], { layout }: RuleSpace): Box | undefined {
	for (const one of some) {
		for (const other of others) if (doMeet(one, other, layout)) return intersection(one, other);
	}
	return undefined;
}

function asksTheSame(some: readonly Box[], others: readonly Box[]): boolean {
	return some.length === others.length && some.every((box) => others.some((other) => isInside(box, other) && isInside(other, box)));
}

/** Rules that only set a priority or a policy give the lead to nobody. */
function sameTarget({ sets: one }: CompiledRule, { sets: other }: CompiledRule): boolean {
	const targetOf = ({ queue, team, owner }: CompiledRule['sets']): string => JSON.stringify([owner ?? null, owner === undefined ? team ?? queue ?? null : null]);
	const silent = ({ queue, team, owner }: CompiledRule['sets']): boolean => queue === undefined && team === undefined && owner === undefined;
	return silent(one) || silent(other) || targetOf(one) === targetOf(other);
}

function listed(numbers: readonly number[]): string {
	if (numbers.length > 6) return `${numbers.slice(0, 6).join(', ')} and others`;
	return numbers.length === 1 ? String(numbers[0]) : `${numbers.slice(0, -1).join(', ')} and ${numbers[numbers.length - 1]}`;
}
