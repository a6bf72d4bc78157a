import type { Team } from '../settings/clientSettings';
import { readCell } from './cells';
import { territoryParts } from './checkPeople';
import type { RuleTerms } from './conditions';
import { compileRules, type CompiledRule } from './ruleTable';

const noExpressions = (): never => { throw new Error('territories hold no expressions'); };

/**
 * Makes a team's territories ready to be asked: gives, for a lead, the ids of the members whose territory it lies in, in
 * the order of the list. A territory in which nothing is asked is everywhere.
 */
export function compileTerritories(team: Team, terms: RuleTerms): (record: object) => string[] {
	const territories = (team.territories ?? []).map((territory, index): { member: string; rule: CompiledRule } => {
		const cells = territoryParts.map((part) => readCell(territory[part], `lead.${part}`));
		const [rule] = compileRules([{
			name: `Territory ${index + 1}`, tier: 'hard', match: 'all', readMessageWithAi: true, continue: false, queue: team.name,
			conditions: cells.flatMap(({ all, any }) => [...all, ...(any.length === 1 ? any : [])]),
			groups: cells.filter(({ any }) => any.length > 1).map(({ any }) => ({ match: 'any' as const, conditions: any })),
			row: { number: index + 1, hitPolicy: 'first' },
		}], [], terms).hard;
		return { member: territory.member, rule };
	});
	return (record) => [...new Set(territories.filter(({ rule }) => rule.holds(record, noExpressions) === true).map(({ member }) => member))];
}
