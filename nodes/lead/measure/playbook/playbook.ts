import { DateTime } from 'luxon';
import type { Moment } from '../../handoffRecord';
import type { ClientSettings } from '../../settings/clientSettings';
import { sayDuration, type WaitPart } from '../explainLead';
import { spreadOf } from '../spread';
import { automationPlan, tooFewLeads, type AutomationFacts, type AutomationRow } from './automation';
import { fieldDictionary, type FieldRow } from './fieldDictionary';

export interface PlaybookInput {
	settings: ClientSettings;
	version: { number: number; savedAt: Moment; savedBy: string | null };
	/** Rules in the order in which they are asked, each as a sentence. */
	rules: readonly { name: string; tier: 'hard' | 'soft'; sentence: string }[];
	/** Open hours in words, by the name of the calendar. */
	hours: ReadonlyMap<string, string>;
	facts: AutomationFacts;
	/** The waits of the newest leads, each in its parts. */
	waits: readonly (readonly WaitPart[])[];
	/** What the figures of the period say, each as `label: value`. */
	figures: readonly string[];
	period: string;
}

export interface DelayRow {
	step: string;
	/** The middle over the leads in which it took any time. */
	median: string;
	/** Leads in which it took any time, of those that were looked at. */
	leads: string;
	/** Share of all waiting, 0 to 1. */
	share: number;
}

export interface StageRow {
	stage: string;
	definition: string;
	/** Null: nobody answers for it, which is a finding. */
	owner: string | null;
}

export interface Playbook {
	client: string;
	version: string;
	period: string;
	figures: readonly string[];
	warnings: string[];
	delays: DelayRow[];
	stages: StageRow[];
	fields: FieldRow[];
	rules: PlaybookInput['rules'];
	otherwise: string;
	teams: { team: string; members: string; hours: string; turns: string; nobodyThere: string }[];
	policies: { name: string; sentence: string }[];
	automation: AutomationRow[];
	reviews: string[];
}

const stageNames = {
	capture: ['Capture', 'The form is in the ledger and was acknowledged; from here on nothing is lost'],
	clean: ['Clean', 'Fields are put right, the source is known or marked as missing, duplicates are decided'],
	classify: ['Classify', 'What the person wants is read, with the words that say so'],
	route: ['Route', 'The lead has one queue and one owner, with the reason'],
	activate: ['Activate', 'The owner was told and the clock runs'],
	firstContact: ['First Contact', 'A person, no automatic reply, has called or written to the lead'],
	accepted: ['Accepted', 'Sales has said that it works on the lead, or has rejected it with a reason'],
} as const;

const turnWords: Record<string, string> = {
	rotation: 'in turn, by weight', leastLoaded: 'to whoever has fewest', hash: 'the same lead always to the same', sticky: 'a company or household keeps its owner',
	existingOwner: 'to the owner that the CRM knows', territory: 'by territory', fixed: 'to one person',
};
const absenceWords: Record<string, string> = {
	anyone: 'somebody gets it all the same', fallback: 'the fallback owner', hold: 'held until somebody is there', queue: 'waits in the queue', onCall: 'who is on call',
};
const partWords: Record<WaitPart['part'], string> = { formTool: 'In the form tool', n8n: 'In n8n, until the owner was told', crm: 'Until it was in the CRM', closedHours: 'Outside working hours', owner: 'With its owner, in working hours' };

/** One page on which marketing and sales agree: how leads go, who answers for what, and what machines may do. */
export function buildPlaybook(input: PlaybookInput): Playbook {
	const { settings, version, rules, facts } = input;
	const nameOf = (id: string) => settings.members.find((member) => member.id === id)?.name ?? id;
	const stages = (Object.keys(stageNames) as (keyof typeof stageNames)[]).map((stage): StageRow => {
		const owner = settings.stageOwners[stage];
		return { stage: stageNames[stage][0], definition: stageNames[stage][1], owner: owner === undefined ? null : nameOf(owner) };
	});
	const ownerless = stages.filter(({ owner }) => owner === null).map(({ stage }) => stage);
	const few = tooFewLeads(facts);
	return {
		client: settings.name,
		version: `Settings version ${version.number}, saved ${DateTime.fromISO(version.savedAt, { zone: settings.timeZone }).toISODate() ?? version.savedAt.slice(0, 10)}${version.savedBy === null ? '' : ` by ${version.savedBy}`}`,
		period: input.period, figures: input.figures,
		warnings: [...(few === undefined ? [] : [few]), ...(ownerless.length === 0 ? [] : [`Nobody answers for: ${ownerless.join(', ')}. Name somebody under "stageOwners" in the settings.`])],
		delays: delaysOf(input.waits), stages, fields: fieldDictionary(settings), rules,
		otherwise: `A lead for which no rule fits goes to queue ${settings.fallbackQueue} and to ${nameOf(settings.fallbackOwner)}.`,
		teams: settings.teams.map((team) => ({
			team: team.name, members: team.members.map(nameOf).join(', '), hours: input.hours.get(team.calendar ?? settings.defaultCalendar ?? settings.calendars[0].name) ?? '',
			turns: turnWords[team.assignment] ?? team.assignment, nobodyThere: absenceWords[team.whenNobodyAvailable] ?? team.whenNobodyAvailable,
		})),
		policies: settings.slaPolicies.map((policy) => ({ name: policy.name, sentence: sayPolicy(policy, input.hours, settings) })),
		automation: automationPlan(settings, facts), reviews: reviewsOf(settings),
	};
}

/** Where leads wait: the parts of the wait, of the newest leads. */
function delaysOf(waits: PlaybookInput['waits']): DelayRow[] {
	const all = waits.flat().reduce((sum, { minutes }) => sum + minutes, 0);
	return (Object.keys(partWords) as WaitPart['part'][]).flatMap((part) => {
		// a lead may have had several owners: what it waited with all of them is one step
		const minutes = waits.map((parts) => parts.filter((one) => one.part === part).reduce((sum, one) => sum + one.minutes, 0)).filter((sum) => sum > 0);
		if (minutes.length === 0) return [];
		return [{ step: partWords[part], median: sayDuration(spreadOf(minutes).median), leads: `${minutes.length} of ${waits.length}`, share: minutes.reduce((sum, one) => sum + one, 0) / all }];
	});
}

const toldWords: Record<string, string> = { owner: 'the owner', manager: 'the team\'s manager', fallbackOwner: 'the fallback owner', ops: 'whoever answers for activation', nextOwner: 'the next of the team, who gets the lead' };
const whenWords: Record<string, string> = { opening: 'at the opening', atRisk: 'when it is at risk', breached: 'when it is breached' };

function sayPolicy({ firstResponseMinutes, warnMinutesBefore, warnAtPercent, roundTheClock, calendar, appliesTo, escalation, clocks }: ClientSettings['slaPolicies'][number], hours: PlaybookInput['hours'], settings: ClientSettings): string {
	const during = roundTheClock ? 'by day and night' : hours.get(calendar ?? settings.defaultCalendar ?? settings.calendars[0].name) ?? 'in working hours';
	const warned = warnMinutesBefore !== undefined ? `, at risk ${sayDuration(warnMinutesBefore)} before` : warnAtPercent !== undefined ? `, at risk after ${warnAtPercent} % of it` : '';
	const [applied] = [Object.entries(appliesTo).filter(([, value]) => value !== undefined).map(([key, value]) => `${key.replace(/([A-Z])/g, ' $1').toLowerCase()} ${Array.isArray(value) ? value.join(' or ') : value ? 'yes' : 'no'}`)];
	const steps = escalation.map(({ when, afterMinutes, notify }) => `${afterMinutes > 0 ? `${sayDuration(afterMinutes)} after that: ` : ''}${whenWords[when]} it tells ${toldWords[notify]}`);
	const others = clocks.map((clock) => `${clock.name} within ${sayDuration(clock.minutes)}`);
	return [`First human answer within ${sayDuration(firstResponseMinutes)} (${during})${warned}`, ...(applied.length === 0 ? [] : [`for leads with ${applied.join(', ')}`]), ...steps, ...others].join('; ');
}

function reviewsOf({ intents, alwaysReview, members, stageOwners }: ClientSettings): string[] {
	const who = members.find(({ id }) => id === stageOwners.route)?.name;
	const always = intents.filter((intent) => intent.alwaysReview).map(({ name }) => name);
	return [
		'A review never holds a lead back: it has its owner and its clock meanwhile.',
		...(alwaysReview ? ['Every lead is looked at by a person.'] : []),
		...(always.length === 0 ? [] : [`Every lead with intent ${always.join(', ')}.`]),
		'Pairs that may be one person, before they are joined.', 'Messages that were read with little confidence, and those that speak to a machine.',
		'Leads without a way to answer, or without a field that is required.',
		`A random sample of 20 routed leads each week${who === undefined ? '' : `, settled by ${who}`}: without it nobody knows whether routing is right.`,
	];
}
