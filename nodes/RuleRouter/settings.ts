import type { IExecuteFunctions } from 'n8n-workflow';
import { routerOf } from '../host/clientRouter';
import { readRules } from '../host/readRules';
import type { Problem } from '../lead/leadError';
import { checkRules } from '../lead/route/checkRules';
import { listsOfClient, rulesOfClient } from '../lead/route/clientRules';
import type { RuleTerms } from '../lead/route/conditions';
import type { TraceDepth } from '../lead/route/routeLead';
import type { Router } from '../lead/route/router';
import type { RouterRule } from '../lead/route/ruleTable';
import type { People } from '../lead/route/teams';
import { memberSchema, type Client, type Member, type Team } from '../lead/settings/clientSettings';
import { readNodeTable } from './nodeTable';
import { readNodeTeams } from './nodeTeams';
import { hoursOf } from '../host/workingHours';

/** What the node does with leads; the other operations look at rules only. */
export type RouterOperation = 'applyHardRules' | 'finishRouting' | 'release' | 'route';
export type AnyOperation = RouterOperation | 'checkRules' | 'simulate';

export interface RouterSettings {
	operation: AnyOperation;
	settingsFrom: 'client' | 'node';
	output: 'full' | 'simplified';
	/** How much of what did not decide each lead carries for audit. */
	trace: TraceDepth;
	/** Queues that have an output each, from output 1 on; undefined for one output. */
	queues?: string[];
	/** What the node holds; undefined with client settings. */
	own?: { rules: RouterRule[]; members: Member[]; teams: Team[]; fallbackQueue: string; fallbackOwner: string };
	/** The workflow's zone, for clients without settings. */
	timeZone: string;
	/** What is wrong with the node's own parameters. */
	problems: Problem[];
}

/** n8n stores wires by the number of the output: more would be hard to wire, and harder to read. */
const mostQueues = 20;

export function readSettings(ctx: IExecuteFunctions): RouterSettings {
	const problems: Problem[] = [];
	const settingsFrom = ctx.getNodeParameter('settingsFrom', 0, 'client') as RouterSettings['settingsFrom'];
	const operation = ctx.getNodeParameter('operation', 0, 'route') as AnyOperation;
	const routes = operation !== 'checkRules' && operation !== 'simulate';
	return {
		operation,
		settingsFrom,
		output: ctx.getNodeParameter('output', 0, 'full') as RouterSettings['output'],
		trace: (ctx.getNodeParameter('options.trace', 0, 'decisive') as TraceDepth),
		queues: routes && ctx.getNodeParameter('outputs', 0, 'one') === 'perQueue' ? readQueues(ctx, problems) : undefined,
		own: settingsFrom === 'node' ? readOwn(ctx, operation, problems) : undefined,
		timeZone: ctx.getTimezone(),
		problems,
	};
}

/** Rules and people for the leads of one client, and what is wrong with them. */
export function buildRouter(settings: RouterSettings, client: Client | undefined): { router: Router; problems: Problem[] } {
	const { own } = settings;
	if (!own && !client) return { router: noRouter, problems: [withoutClientSettings] };
	const fromClient = client?.settings;
	const ownMembers = own?.members ?? [];
	const members = [...ownMembers, ...(fromClient?.members ?? []).filter(({ id }) => !ownMembers.some((member) => member.id === id))];
	const timeZone = fromClient?.timeZone ?? settings.timeZone;
	const hours = hoursOf(fromClient?.calendars ?? [], timeZone);
	const people: People = {
		members,
		teams: own && own.teams.length > 0 ? own.teams : (fromClient?.teams ?? []),
		fallbackOwner: own?.fallbackOwner || (fromClient?.fallbackOwner ?? ''),
		timeZone,
		hoursOf: hours.of,
	};
	if (own) addFallbackOwner(people, members);
	const clientCounts = !own || own.teams.length === 0 || own.fallbackOwner === '';
	const { rules, problems } = own ? { rules: own.rules, problems: [] } : rulesOfClient(fromClient ?? { rules: [] });
	const fallbackQueue = own?.fallbackQueue || (fromClient?.fallbackQueue ?? '');
	const terms: RuleTerms = { timeZone, lists: listsOfClient(fromClient ?? {}) };
	const found = checkRules({
		rules, people, fallbackQueue, lists: terms.lists, slaPolicies: fromClient?.slaPolicies.map(({ name }) => name),
		inNode: own !== undefined, hardOnly: settings.operation === 'applyHardRules',
	});
	return {
		router: { ...routerOf(rules, people, terms), fallbackQueue, settingsVersion: clientCounts ? client?.version : undefined },
		problems: [...problems, ...found, ...hours.problemsOf(people)],
	};
}

const noRouter: Router = {
	...routerOf([], { members: [], teams: [], fallbackOwner: '', timeZone: 'UTC' }, { timeZone: 'UTC' }), fallbackQueue: '',
};

/** For a lead that names no client, when rules and people stand in client settings: it has a queue and nobody to own it. */
export const routerWithoutClient: Router = { ...noRouter, fallbackQueue: 'Unrouted' };

const withoutClientSettings: Problem = {
	code: 'CLIENT_SETTINGS_MISSING',
	message: 'There are no client settings to route by',
	description: 'Save the client\'s settings with a Handoff Ledger node and set "Ledger" to Embedded or PostgreSQL, or set "Settings From" to This Node.',
};

function readOwn(ctx: IExecuteFunctions, operation: AnyOperation, problems: Problem[]): RouterSettings['own'] {
	const { rules, problems: ruleProblems } = ctx.getNodeParameter('rulesFrom', 0, 'list') === 'table' ? readNodeTable(ctx, operation) : readRules(ctx);
	const { members, teams, problems: teamProblems } = readNodeTeams(ctx);
	problems.push(...ruleProblems, ...teamProblems);
	const textOf = (name: string, otherwise: string): string => String(ctx.getNodeParameter(name, 0, otherwise) ?? '').trim();
	return { rules, members, teams, fallbackQueue: textOf('fallbackQueue', 'Unrouted'), fallbackOwner: textOf('fallbackOwner', '') };
}

/** The node's fallback owner may be a member's id, address or name, or the address of someone who is in no team. */
function addFallbackOwner(people: People, members: Member[]): void {
	const given = people.fallbackOwner;
	const member = members.find(({ id }) => id === given) ?? members.find(({ name, email }) => [name, email ?? ''].some((text) => text.toLowerCase() === given.toLowerCase() && text !== ''));
	if (member) {
		people.fallbackOwner = member.id;
	} else if (/^[^\s@]+@[^\s@]+$/.test(given)) {
		members.push(memberSchema.parse({ id: given.slice(0, 120), name: given.slice(0, 120), email: given }));
		people.fallbackOwner = given.slice(0, 120);
	}
}

function readQueues(ctx: IExecuteFunctions, problems: Problem[]): string[] {
	const given = ctx.getNodeParameter('queues', 0, []) as unknown;
	const queues = (Array.isArray(given) ? given : []).map((queue) => String(queue ?? '').trim());
	if (queues.length > mostQueues) {
		problems.push({ code: 'TOO_MANY_QUEUES', message: `${queues.length} queues have an output, at most ${mostQueues} can`, description: 'Take queues out of "Queues": leads of a queue that is not listed leave on Fallback.' });
	}
	if (queues.some((queue) => queue === '')) {
		problems.push({ code: 'QUEUE_WITHOUT_NAME', message: 'A queue without a name has an output', description: 'Enter the name of each queue in "Queues", or delete the empty one.' });
	}
	if (queues.some((queue) => queue.startsWith('=') && queue.includes('{{'))) {
		problems.push({ code: 'QUEUE_IS_EXPRESSION', message: 'A queue that has an output is an expression', description: 'Enter fixed names in "Queues": n8n draws the outputs before there is a lead.' });
	}
	if (new Set(queues).size < queues.length) {
		problems.push({ code: 'QUEUE_TWICE', message: 'A queue has two outputs', description: 'List each queue once in "Queues".' });
	}
	return queues;
}
