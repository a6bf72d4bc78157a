import { listsOfClient, rulesOfClient } from '../lead/route/clientRules';
import type { RuleTerms } from '../lead/route/conditions';
import type { Router } from '../lead/route/router';
import { compileRules, type RouterRule } from '../lead/route/ruleTable';
import type { People } from '../lead/route/teams';
import { compileTerritories } from '../lead/route/territories';
import type { ClientSettings } from '../lead/settings/clientSettings';
import { hoursOf } from './workingHours';

/** Rules and people, compiled. */
export function routerOf(rules: readonly RouterRule[], people: People, terms: RuleTerms): Omit<Router, 'fallbackQueue'> {
	const withTerritories = people.teams.filter(({ assignment }) => assignment === 'territory');
	return {
		rules, people, terms,
		table: compileRules(rules, people.teams, terms),
		released: compileRules(rules.map((rule) => (rule.block ? { ...rule, conditions: [], groups: [], row: undefined } : rule)), people.teams, terms),
		territories: new Map(withTerritories.map((team) => [team.name, compileTerritories(team, terms)])),
	};
}

/** The router of settings that passed their check. */
export function clientRouter(settings: ClientSettings): Router {
	const { members, teams, fallbackOwner, fallbackQueue, timeZone, calendars } = settings;
	const people: People = { members, teams, fallbackOwner, timeZone, hoursOf: hoursOf(calendars, timeZone).of };
	return { ...routerOf(rulesOfClient(settings).rules, people, { timeZone, lists: listsOfClient(settings) }), fallbackQueue };
}
