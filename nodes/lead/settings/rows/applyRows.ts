import { isObject } from '../../isObject';
import type { Problem } from '../../leadError';
import { shorten } from '../../shorten';
import { checkSettings } from '../checkSettings';
import { Draft, entryCalled, fold, memberCalled, type Entry, type ListKey, type RowsMode } from './draft';
import { readRows, type GivenRow, type TabRow } from './readRows';
import { applyHolidays, applyTimeOff } from './tabDates';
import { applyClient, applyList } from './tabLists';
import { applyRules } from './tabRules';
import { applyTeam } from './tabTeam';
import { tabNames, tabs, type TabName } from './tabs';

export interface AppliedRows {
	/** The document with the rows in it, not checked yet. */
	document: Entry;
	/** What can't be read, or is wrong with the document; empty when it can be saved. */
	problems: Problem[];
	/** What was left out or assumed. */
	warnings: string[];
	/** The parts that rows came for, in words. */
	parts: string[];
}

const writers: Record<TabName, (draft: Draft, rows: readonly TabRow[]) => void> = {
	client: applyClient,
	calendars: (draft, rows) => applyList(draft, 'calendars', rows),
	holidays: applyHolidays,
	team: applyTeam,
	teams: (draft, rows) => applyList(draft, 'teams', rows),
	timeOff: applyTimeOff,
	intents: (draft, rows) => applyList(draft, 'intents', rows),
	sla: (draft, rows) => applyList(draft, 'slaPolicies', rows),
	rules: applyRules,
};

/**
 * Writes rows of a sheet, or fields of a form, into a settings document: each tab changes its own part, the others stay.
 * The document itself is not changed. Everything wrong is told together: cells first, then what the check says of the rest.
 */
export function applyRows(settings: object, given: readonly GivenRow[], { mode, tab }: { mode: RowsMode; tab?: TabName }): AppliedRows {
	const { rows, problems, warnings } = readRows(given, tab);
	const draft = new Draft(structuredClone(settings) as Entry, mode);
	const present = tabNames.filter((name) => rows.some((row) => row.tab === name) || name === tab);
	for (const name of present) writers[name](draft, rows.filter((row) => row.tab === name));
	settleNames(draft.document);
	const cellProblems = [...problems, ...draft.problems];
	const found = checkSettings(draft.document).problems
		// an entry that lost a cell which can't be read is told by that cell
		.filter(({ code }) => cellProblems.length === 0 || code !== 'SETTINGS_INVALID');
	return {
		document: draft.document,
		problems: [...cellProblems, ...found.map((problem) => withRow(problem, draft))],
		warnings: [...warnings, ...draft.warnings],
		parts: present.map((name) => tabs[name].label),
	};
}

/** The sheet's place of what is wrong with an entry that came from one, also for what is found later. */
function withRow(problem: Problem, draft: Draft): Problem {
	const origin = originOf(problem.message, draft);
	return origin ? { ...problem, description: `${problem.description} It stands in tab "${tabs[origin.tab].label}", row ${origin.row}.` } : problem;
}

const nouns: [noun: string, key: ListKey][] = [['Rule', 'rules'], ['Team', 'teams'], ['Member', 'members'], ['Intent', 'intents'], ['SLA policy', 'slaPolicies'], ['Calendar', 'calendars']];

function originOf(message: string, draft: Draft): { tab: TabName; row: number } | undefined {
	for (const [noun, key] of nouns) {
		const list = draft.list(key);
		const [, number, name] = new RegExp(`^${noun} (?:(\\d+)\\b|'(.*?)')`).exec(message) ?? [];
		const entry = number === undefined ? list.find((one) => name !== undefined && [one.id, one.name].some((own) => typeof own === 'string' && [shorten(own, 20), shorten(own, 24), shorten(own, 30)].includes(name))) : list[Number(number) - 1];
		const origin = entry && draft.origins.get(entry);
		if (origin) return origin;
	}
	return undefined;
}

/** Names as they are called where they are set up: sheets are filled in by people, who write `sales` and mean `Sales`. */
function settleNames(document: Entry): void {
	const list = (key: ListKey): Entry[] => (Array.isArray(document[key]) ? (document[key] as unknown[]).filter(isObject) : []);
	const [members, teams, calendars, policies, intents] = (['members', 'teams', 'calendars', 'slaPolicies', 'intents'] as const).map(list);
	const settle = (holder: Entry, key: string, find: (name: unknown) => unknown) => {
		if (fold(holder[key]) !== '') holder[key] = find(holder[key]) ?? holder[key];
	};
	const member = (name: unknown) => memberCalled(members, name)?.id;
	const named = (entries: Entry[]) => (name: unknown) => entryCalled(entries, name)?.name;
	settle(document, 'fallbackOwner', member);
	settle(document, 'defaultCalendar', named(calendars));
	if (isObject(document.stageOwners)) for (const stage of Object.keys(document.stageOwners)) settle(document.stageOwners, stage, member);
	for (const one of members) settle(one, 'calendar', named(calendars));
	for (const team of teams) {
		settle(team, 'calendar', named(calendars));
		settle(team, 'manager', member);
		if (Array.isArray(team.members)) team.members = [...new Set((team.members as unknown[]).map((id) => member(id) ?? id))];
	}
	for (const rule of list('rules')) {
		settle(rule, 'team', named(teams));
		settle(rule, 'owner', member);
		settle(rule, 'slaPolicy', named(policies));
	}
	for (const policy of policies) {
		settle(policy, 'calendar', named(calendars));
		const { appliesTo } = policy;
		if (isObject(appliesTo) && Array.isArray(appliesTo.intents)) appliesTo.intents = (appliesTo.intents as unknown[]).map((name) => named(intents)(name) ?? name);
	}
}
