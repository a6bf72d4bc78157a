import { isAiField } from '../../checkRule';
import type { RuleCondition } from '../clientSettings';
import { conditionField, readConditionCell, readOperator, toCondition } from './conditionCells';
import { entryCalled, mergeRow, type Draft, type Entry } from './draft';
import { isBlank } from './readCell';
import type { TabRow } from './readRows';

/**
 * Rules from top to bottom, as a decision table (a column for each field of the lead) or with one condition a row in the
 * columns Field, Operator and Value; a row without a name brings the rule above it one more. A rule that says nothing of its
 * kind is soft when it reads what AI said, else hard.
 */
export function applyRules(draft: Draft, rows: readonly TabRow[]): void {
	const list = draft.list('rules');
	const rules: Entry[] = draft.mode === 'replace' ? [] : list;
	let current: Entry | undefined;
	for (const row of rows) {
		const name = row.values.get('name');
		const known = entryCalled(list, name);
		if (draft.mode === 'remove') {
			if (known) list.splice(list.indexOf(known), 1);
			else draft.tell(row, 'Name', 'a rule that is there');
			continue;
		}
		const conditions = conditionsOf(draft, row);
		if (name === undefined && current && conditions.length > 0 && row.values.get('queue') === undefined) {
			current.conditions = [...((current.conditions ?? []) as RuleCondition[]), ...conditions];
			inferTier(current, row);
			continue;
		}
		if (name === undefined) {
			if (!row.faulty) draft.tell(row, 'Name', 'a name');
			continue;
		}
		current = mergeRow(known, row, draft.mode);
		draft.origins.set(current, { tab: row.tab, row: row.number });
		if (conditions.length > 0 || draft.mode === 'replace') current.conditions = conditions;
		inferTier(current, row);
		if (draft.mode === 'change' && known) rules[rules.indexOf(known)] = current;
		else rules.push(current);
	}
	draft.document.rules = rules;
}

const inferred = new WeakSet<Entry>();

function inferTier(rule: Entry, { values }: TabRow): void {
	if (values.get('tier') !== undefined) return;
	if (rule.tier !== undefined && !inferred.has(rule)) return;
	inferred.add(rule);
	rule.tier = ((rule.conditions ?? []) as RuleCondition[]).some(({ field }) => isAiField(field)) ? 'soft' : 'hard';
}

function conditionsOf(draft: Draft, row: TabRow): RuleCondition[] {
	const conditions: RuleCondition[] = [];
	for (const [field, cell] of row.conditions) {
		const condition = readConditionCell(field, cell);
		if (condition) conditions.push(condition);
	}
	const [field, operator, value] = [':field', ':operator', ':value'].map((place) => row.values.get(place));
	if (field === undefined) {
		if (!isBlank(value)) draft.tell(row, 'Field', 'a field such as lead.country');
		return conditions;
	}
	const path = conditionField(String(field)) ?? String(field);
	const read = operator === undefined ? 'equals' : readOperator(operator);
	if (read === undefined) draft.tell(row, 'Operator', 'a comparison such as equals, is one of, at least');
	else if (operator === undefined) conditions.push(readConditionCell(path, value) ?? { field: path, operator: 'isNotEmpty' });
	else conditions.push(toCondition(path, read, value));
	return conditions;
}
