import type { Problem } from './leadError';
import type { RoutingRule, RuleCondition } from './settings/clientSettings';
import { quote } from './shorten';

/** Names that a rule may use; an absent set is not known, and then nothing is said about its names. */
export interface NamesForRules {
	teams?: ReadonlySet<string>;
	/** Member ids. */
	members?: ReadonlySet<string>;
	slaPolicies?: ReadonlySet<string>;
}

/** What the settings of a rule are called where they are entered: in the panel of Rule Router, or in a settings document. */
export const ruleLabels = {
	node: { name: 'Name', queue: 'Queue', team: 'Team', owner: 'Member', slaPolicy: 'SLA Policy', makeSoft: 'set its "Rule Kind" to Soft' },
	document: { name: 'name', queue: 'queue', team: 'team', owner: 'owner', slaPolicy: 'slaPolicy', makeSoft: 'set its "tier" to soft' },
	table: { name: 'Rule', queue: 'Queue', team: 'Team', owner: 'Owner', slaPolicy: 'SLA Policy', makeSoft: 'set its "Kind" to soft' },
} as const;
export type RuleLabels = Record<keyof (typeof ruleLabels)['node'], string>;

interface ConditionToCheck extends RuleCondition {
	valueField?: string;
}

type RuleToCheck = Omit<RoutingRule, 'conditions' | 'groups'> & {
	conditions: readonly ConditionToCheck[];
	groups?: readonly { conditions: readonly ConditionToCheck[] }[];
	/** The row of a table that it was. */
	row?: { number: number };
};

/** How a rule is called in sentences: `rule 3`, or `row 3` of a table. */
export function placeOfRule({ row }: Pick<RuleToCheck, 'row'>, number: number): string {
	return row ? `row ${row.number}` : `rule ${number}`;
}

/** Whether AI writes this path, so that no hard rule may read it. */
export function isAiField(path: string): boolean {
	return path === 'intent' || path.startsWith('intent.');
}

/** What is wrong with one rule, whoever entered it: no queue, names that nobody has, a hard rule that reads what AI said. */
export function checkRule(rule: RuleToCheck, number: number, names: NamesForRules, labels: RuleLabels): Problem[] {
	const problems: Problem[] = [];
	const place = placeOfRule(rule, number);
	const say = (code: string, message: string, description: string): void => {
		problems.push({ code, message: `${place[0].toUpperCase()}${place.slice(1)} ${message}`, description });
	};
	const need = (code: string, noun: string, label: string, name: string | undefined, known: ReadonlySet<string> | undefined): void => {
		if (name === undefined || !known || known.has(name)) return;
		say(code, `names an unknown ${noun} ${quote(name)}`, `Correct "${label}" in ${place}, or add what it names: ${listKnown(known)}.`);
	};
	if (!rule.queue && !rule.continue && !rule.block) {
		say('RULE_WITHOUT_QUEUE', 'has no queue', `Choose a "${labels.queue}" in ${place}, let it continue with the next rule, or delete it.`);
	}
	need('TEAM_UNKNOWN', 'team', labels.team, rule.team, names.teams);
	need('OWNER_UNKNOWN', 'member', labels.owner, rule.owner, names.members);
	need('POLICY_UNKNOWN', 'SLA policy', labels.slaPolicy, rule.slaPolicy, names.slaPolicies);
	if (rule.block && rule.tier === 'soft') {
		say('BLOCK_IN_SOFT_RULE', 'is a soft rule that blocks', `Let ${place} give a queue instead, or make it a hard rule: nothing that AI said may stop a lead.`);
	}
	const conditions = [...rule.conditions, ...(rule.groups ?? []).flatMap((group) => group.conditions)];
	if (rule.tier === 'hard' && conditions.some(({ field, valueField }) => isAiField(field) || isAiField(valueField ?? ''))) {
		say('HARD_RULE_READS_INTENT', 'is a hard rule but reads what AI said', `Take the conditions on intent out of ${place}, or ${labels.makeSoft}: hard rules decide before AI.`);
	}
	return problems;
}

/** Rules that have the name of an earlier one, however it is written; reasons tell rules by name. */
export function checkRuleNames(rules: readonly { number: number; name: string }[], labels: RuleLabels): Problem[] {
	const first = new Map<string, number>();
	return rules.flatMap(({ number, name }) => {
		const folded = name.trim().toLowerCase();
		const earlier = first.get(folded);
		if (earlier === undefined) first.set(folded, number);
		if (folded === '' || earlier === undefined) return [];
		return [{ code: 'RULE_NAME_TWICE', rule: number, message: `Rules ${earlier} and ${number} have one name`, description: `Give rule ${number} a "${labels.name}" of its own: reasons tell rules by name.` }];
	});
}

/** The names that are known, for the sentence that asks to correct one: `known are 'mia', 'tom'`. */
export function listKnown(names: ReadonlySet<string> | undefined): string {
	const all = [...(names ?? [])];
	return all.length === 0 ? 'none is set up' : `known are ${all.slice(0, 8).map((name) => quote(name)).join(', ')}${all.length > 8 ? ' and others' : ''}`;
}
