import type { Problem } from '../leadError';
import type { ClientSettings } from '../settings/clientSettings';
import type { RuleTerms } from './conditions';
import { readTable } from './decisionTable';
import type { RouterRule } from './ruleTable';

type RulesOfClient = Pick<ClientSettings, 'rules' | 'decisionTable' | 'lists'>;

/** The rules of a client's settings, those of the table after those of the list, and what is wrong with the table. */
export function rulesOfClient({ rules, decisionTable }: Pick<RulesOfClient, 'rules' | 'decisionTable'>): { rules: RouterRule[]; problems: Problem[] } {
	if (!decisionTable) return { rules, problems: [] };
	const rows = decisionTable.rows.map((row, index) => ({ row, number: index + 1 }));
	const table = readTable({ rows, hitPolicy: decisionTable.hitPolicy, tier: 'hard', label: 'decisionTable' });
	return { rules: [...rules, ...table.rules], problems: table.problems };
}

/** Values of a client's lists by name, as conditions ask for them. */
export function listsOfClient({ lists }: Pick<RulesOfClient, 'lists'>): NonNullable<RuleTerms['lists']> {
	return new Map((lists ?? []).map(({ name, values }) => [name.trim().toLowerCase(), values]));
}
