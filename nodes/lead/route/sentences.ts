import { fill } from '../fill';
import type { RouterCondition } from './conditions';
import { labelOfField, sayQuestion } from './inWords';
import { blockedQueue, type RouterGroup, type RouterRule } from './ruleTable';
import { englishRules } from './words/english';
import type { RuleWords } from './words/ruleWords';

/**
 * A rule as one sentence, e.g. `If country is United Kingdom and company size is at least 500, the lead goes to queue UK
 * Enterprise, to team Team A, with priority high.`
 */
export function ruleSentence(rule: RouterRule, words = englishRules): string {
	const parts = [...rule.conditions.map((condition) => sayCondition(condition, words)), ...(rule.groups ?? []).map((group) => sayGroup(group, words))];
	const what = whatHappens(rule, words);
	return parts.length === 0 ? fill(words.always, { what }) : fill(words.sentence, { when: parts.join(rule.match === 'any' ? words.or : words.and), what });
}

function whatHappens({ block, queue, team, owner, priority, slaPolicy, sequence, skills, readMessageWithAi, ...rule }: RouterRule, words: RuleWords): string {
	const parts: string[] = [];
	const say = (part: 'blocked' | 'queue' | 'member' | 'team' | 'skills' | 'priority' | 'slaPolicy' | 'sequence', value: string) => parts.push(fill(words[part], { value }));
	if (block) say('blocked', queue ?? blockedQueue);
	else if (queue !== undefined) say('queue', queue);
	if (owner !== undefined) say('member', owner);
	else if (team !== undefined) say('team', team);
	if (skills && skills.length > 0) say('skills', skills.join(words.and));
	if (priority !== undefined) say('priority', words.priorities[priority]);
	if (slaPolicy !== undefined) say('slaPolicy', slaPolicy);
	if (sequence !== undefined) say('sequence', sequence);
	const more = [...(readMessageWithAi ? [] : [words.notRead]), ...(rule.continue ? [words.goesOn] : [])];
	if (parts.length === 0 && more.length === 0) return words.nothing;
	return (block || queue !== undefined ? '' : words.goes) + parts.join(', ') + more.join('');
}

function sayGroup({ match, conditions }: RouterGroup, words: RuleWords): string {
	return `(${conditions.map((condition) => sayCondition(condition, words)).join(match === 'any' ? words.or : words.and)})`;
}

function sayCondition({ field, operator, value, valueField, fieldExpression, valueExpression }: RouterCondition, words: RuleWords): string {
	if (fieldExpression !== undefined || valueExpression !== undefined) return words.expression;
	return sayQuestion({ path: field, label: labelOfField(field, words), operator, expected: valueField === undefined ? value : labelOfField(valueField, words) }, words);
}
