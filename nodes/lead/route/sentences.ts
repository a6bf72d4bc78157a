import type { RouterCondition } from './conditions';
import { labelOfField, tellComparison } from './inWords';
import { blockedQueue, type RouterGroup, type RouterRule } from './ruleTable';

/**
 * A rule as one sentence, e.g. `If country is United Kingdom and company size is at least 500, the lead goes to queue UK
 * Enterprise, to team Team A, with priority high.`
 */
export function ruleSentence(rule: RouterRule): string {
	const parts = [...rule.conditions.map(sayCondition), ...(rule.groups ?? []).map(sayGroup)];
	const when = parts.length === 0 ? 'Always' : `If ${parts.join(rule.match === 'any' ? ' or ' : ' and ')}`;
	return `${when}, ${whatHappens(rule)}.`;
}

function whatHappens({ block, queue, team, owner, priority, slaPolicy, sequence, skills, readMessageWithAi, ...rule }: RouterRule): string {
	const parts: string[] = [];
	if (block) parts.push(`the lead is blocked in queue ${queue ?? blockedQueue}`);
	else if (queue !== undefined) parts.push(`the lead goes to queue ${queue}`);
	if (owner !== undefined) parts.push(`to member ${owner}`);
	else if (team !== undefined) parts.push(`to team ${team}`);
	if (skills && skills.length > 0) parts.push(`to somebody with ${skills.join(' and ')}`);
	if (priority !== undefined) parts.push(`with priority ${priority}`);
	if (slaPolicy !== undefined) parts.push(`with SLA policy ${slaPolicy}`);
	if (sequence !== undefined) parts.push(`with sequence ${sequence}`);
	if (!readMessageWithAi) parts.push('and AI does not read the message');
	if (rule.continue) parts.push('and the next rules are tried too');
	return parts.length === 0 ? 'nothing happens' : (block || queue !== undefined ? '' : 'the lead goes ') + parts.join(', ').replaceAll(', and', ' and');
}

function sayGroup({ match, conditions }: RouterGroup): string {
	return `(${conditions.map(sayCondition).join(match === 'any' ? ' or ' : ' and ')})`;
}

/** Said of a value that is not missing, because only then the words of the comparison stand in the sentence. */
function sayCondition(condition: RouterCondition): string {
	if (condition.fieldExpression !== undefined || condition.valueExpression !== undefined) return 'an expression holds';
	const label = labelOfField(condition.field);
	const value = condition.operator === 'isEmpty' ? null : (condition.value ?? 'known');
	const expected = condition.valueField === undefined ? condition.value : labelOfField(condition.valueField);
	return tellComparison({ path: condition.field, label, operator: condition.operator, value: Array.isArray(value) ? value.join(', ') : value, expected }).replace(/ \([^()]*\)$/, '');
}
