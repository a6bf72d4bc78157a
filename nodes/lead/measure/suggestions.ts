import { createHash } from 'node:crypto';
import type { Moment } from '../handoffRecord';
import { foldLetters } from '../foldText';
import { isObject } from '../isObject';
import type { ClientSettings, RoutingRule } from '../settings/clientSettings';
import { cutAt, plainLine } from '../shorten';

/** What a person put right; corrections of the ledger are of this shape. */
export interface Corrected {
	kind: 'owner' | 'merge' | 'intent' | 'misrouted' | 'notDuplicate';
	leadId: string | null;
	at: Moment;
	detail: Record<string, unknown>;
	message: string | null;
	/** The normalized record of the enquiry. */
	record: unknown;
}

/** What to change. Nothing of it is done before a person applies it. */
export type SuggestedChange =
	| { kind: 'rule'; rule: RoutingRule }
	| { kind: 'example'; intent: string; example: string }
	| { kind: 'neverMatch'; leadId: string; otherLeadId: string };

export interface Suggestion {
	/** The same for the same change, whatever it rests on. */
	id: string;
	/** In plain words, on one line. */
	text: string;
	change: SuggestedChange;
	/** Leads that were corrected so. */
	evidence: string[];
	/** Leads with the same value that were corrected to something else. */
	against: string[];
}

/** Equal corrections that make a rule. */
const leastForRule = 5;
/** Equal corrections of an intent that make examples, and how many of their messages are taken, newest first. */
const leastForExamples = 2;
const mostExamples = 3;
const longestExample = 300;
/** A rule may be contradicted by one correction to five that speak for it. */
const mostAgainst = 0.2;
/** A narrower field is taken for a broader one as long as it explains so much of what that explains. */
const narrowEnough = 0.8;

/** Fields by which leads may be told apart, the narrow ones first. Nothing of one person stands here. */
const fields = [
	'lead.companyDomain', 'lead.serviceInterest', 'source.campaign', 'submission.formId', 'lead.city', 'lead.region', 'lead.language', 'source.source', 'lead.country',
] as const;

/**
 * What repeated corrections teach: a rule when five or more that say the same share the value of a field, examples for an
 * intent that is misread again and again, pairs that are never one person. Of a lead that was corrected twice, the last counts.
 *
 * @param hide - Takes personal values out of a message, for examples outlive the lead.
 */
export function suggestImprovements(corrections: readonly Corrected[], settings: Pick<ClientSettings, 'rules' | 'intents' | 'members'>, hide: (message: string, record: unknown) => string): Suggestion[] {
	return [...suggestRules(corrections, settings), ...suggestExamples(corrections, settings, hide), ...suggestPairs(corrections)];
}

interface Target {
	queue?: string;
	owner?: string;
	words: string;
}

interface Moved {
	leadId: string;
	target: string;
	values: ReadonlyMap<string, string>;
}

function suggestRules(corrections: readonly Corrected[], { rules, members }: Pick<ClientSettings, 'rules' | 'members'>): Suggestion[] {
	const targets = new Map<string, Target>();
	const moved = new Map<string, Moved>();
	for (const one of inOrder(corrections)) {
		const target = one.leadId === null ? undefined : targetOf(one, members);
		if (one.leadId === null || !target) continue;
		targets.set(target.words, target);
		moved.set(one.leadId, { leadId: one.leadId, target: target.words, values: valuesOf(one.record) });
	}
	const suggestions: Suggestion[] = [];
	for (const [words, target] of targets) {
		let open = [...moved.values()].filter((lead) => lead.target === words);
		while (open.length >= leastForRule) {
			const shared = bestShared(open, [...moved.values()]);
			if (!shared) break;
			open = open.filter(({ leadId }) => !shared.evidence.includes(leadId));
			const rule = ruleFor(target, shared, rules);
			if (isThere(rule, rules)) continue;
			suggestions.push(suggestion({ kind: 'rule', rule }, `${shared.evidence.length} leads with ${labelOf(shared.field)} ${plainLine(shared.value, 60)} were corrected to ${words}: make it a rule`, shared.evidence, shared.against));
		}
	}
	return suggestions;
}

/** Where the lead belonged; undefined when the correction does not say, or names somebody who is no member any more. */
function targetOf({ kind, detail }: Corrected, members: ClientSettings['members']): Target | undefined {
	const queue = textOf(kind === 'owner' ? detail.toQueue : kind === 'misrouted' ? detail.rightQueue : undefined);
	if (queue !== undefined) return { queue, words: `queue ${plainLine(queue, 60)}` };
	if (kind !== 'owner') return undefined;
	const named = members.filter(({ name }) => name === detail.to);
	return named.length === 1 ? { owner: named[0].id, words: `owner ${plainLine(named[0].name, 60)}` } : undefined;
}

function valuesOf(record: unknown): Map<string, string> {
	const values = new Map<string, string>();
	for (const path of fields) {
		const [section, name] = path.split('.');
		const part = isObject(record) ? record[section] : undefined;
		const value = textOf(isObject(part) ? part[name] : undefined);
		if (value !== undefined && value.length <= 120) values.set(path, value);
	}
	return values;
}

interface Shared {
	field: string;
	value: string;
	evidence: string[];
	against: string[];
}

/** The value that most of these leads share and others contradict least; a narrow field before a broad one. */
function bestShared(open: readonly Moved[], all: readonly Moved[]): Shared | undefined {
	const found = fields.flatMap((field): Shared[] => {
		const groups = new Map<string, Moved[]>();
		for (const lead of open) {
			const value = lead.values.get(field);
			if (value !== undefined) groups.set(foldLetters(value), [...(groups.get(foldLetters(value)) ?? []), lead]);
		}
		return [...groups].flatMap(([folded, leads]) => {
			const against = all.filter(({ target, values }) => target !== leads[0].target && foldLetters(values.get(field) ?? '') === folded);
			if (leads.length < leastForRule || against.length > leads.length * mostAgainst) return [];
			return [{ field, value: leads[0].values.get(field) ?? '', evidence: leads.map(({ leadId }) => leadId), against: against.map(({ leadId }) => leadId) }];
		});
	});
	const most = Math.max(0, ...found.map(({ evidence }) => evidence.length));
	return found.find(({ evidence }) => evidence.length >= most * narrowEnough);
}

/** Takes over what another rule of that queue gives, so that the new one has the same team and target. */
function ruleFor({ queue, owner, words }: Target, { field, value }: Shared, rules: readonly RoutingRule[]): RoutingRule {
	const like = queue === undefined ? undefined : rules.find((rule) => rule.queue === queue && !rule.block);
	const kept = like && Object.fromEntries(Object.entries({ team: like.team, owner: like.owner, slaPolicy: like.slaPolicy, priority: like.priority }).filter(([, given]) => given !== undefined));
	return {
		name: cutAt(`Corrected: ${labelOf(field)} ${plainLine(value, 40)} to ${words}`, 120),
		tier: 'hard', match: 'all', conditions: [{ field, operator: 'equals', value }], readMessageWithAi: true,
		...(queue === undefined ? { owner, continue: true } : { queue, ...kept, continue: false }),
	};
}

function isThere(wanted: RoutingRule, rules: readonly RoutingRule[]): boolean {
	const same = (rule: RoutingRule) => JSON.stringify([rule.conditions, rule.queue ?? null, rule.queue === undefined ? rule.owner : null]);
	return rules.some((rule) => rule.groups === undefined && same(rule) === same(wanted));
}

function suggestExamples(corrections: readonly Corrected[], { intents }: Pick<ClientSettings, 'intents'>, hide: (message: string, record: unknown) => string): Suggestion[] {
	const last = new Map(inOrder(corrections).filter(({ kind, leadId }) => kind === 'intent' && leadId !== null).map((one) => [one.leadId, one]));
	const groups = new Map<string, Corrected[]>();
	for (const one of last.values()) {
		const key = JSON.stringify([one.detail.from, one.detail.to]);
		groups.set(key, [...(groups.get(key) ?? []), one]);
	}
	return [...groups.values()].filter((group) => group.length >= leastForExamples).flatMap((group) => {
		const intent = intents.find(({ name }) => name === group[0].detail.to);
		if (!intent) return [];
		const said = `${group.length} messages were read as ${plainLine(textOf(group[0].detail.from) ?? 'nothing', 60)} and corrected to ${plainLine(intent.name, 60)}`;
		const examples = [...group].reverse().flatMap(({ message, record, leadId }) => {
			const example = message === null ? '' : plainLine(hide(message, record), longestExample);
			return example === '' || leadId === null ? [] : [{ example, leadId }];
		});
		return examples.filter(({ example }) => !intent.examples.includes(example)).slice(0, mostExamples)
			.map(({ example, leadId }) => suggestion({ kind: 'example', intent: intent.name, example }, `${said}: add this one as an example`, [leadId, ...group.flatMap((one) => (one.leadId === null || one.leadId === leadId ? [] : [one.leadId]))], []));
	});
}

function suggestPairs(corrections: readonly Corrected[]): Suggestion[] {
	const pairs = new Map<string, [string, string]>();
	for (const { kind, leadId, detail } of corrections) {
		const other = kind === 'notDuplicate' ? textOf(detail.otherLead) : undefined;
		if (leadId === null || other === undefined || other === leadId) continue;
		const pair = [leadId, other].sort() as [string, string];
		pairs.set(pair.join('\n'), pair);
	}
	return [...pairs.values()].map(([leadId, otherLeadId]) => suggestion({ kind: 'neverMatch', leadId, otherLeadId }, 'Found not to be one person: never match these two again', [leadId, otherLeadId], []));
}

/** Settings with the change in them; the same document when it is no matter of settings. A rule stands after those that block or only add. */
export function withSuggestion(settings: ClientSettings, change: SuggestedChange): ClientSettings {
	if (change.kind === 'rule') {
		const first = settings.rules.findIndex(({ block, continue: goesOn }) => block !== true && !goesOn);
		const at = first === -1 ? settings.rules.length : first;
		return { ...settings, rules: [...settings.rules.slice(0, at), change.rule, ...settings.rules.slice(at)] };
	}
	if (change.kind === 'neverMatch') return settings;
	return { ...settings, intents: settings.intents.map((intent) => (intent.name === change.intent ? { ...intent, examples: [...intent.examples, change.example] } : intent)) };
}

function suggestion(change: SuggestedChange, text: string, evidence: string[], against: string[]): Suggestion {
	const id = createHash('sha256').update(JSON.stringify(change)).digest('hex').slice(0, 16);
	return { id, text, change, evidence, against };
}

function inOrder(corrections: readonly Corrected[]): Corrected[] {
	return [...corrections].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** `lead.serviceInterest` as `service interest`. */
function labelOf(path: string): string {
	const name = path.slice(path.indexOf('.') + 1).replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
	return name.replace(/ id$/, '');
}
