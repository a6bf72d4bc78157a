import { DateTime } from 'luxon';
import { fill } from '../../fill';
import type { Moment } from '../../handoffRecord';
import type { ClientSettings } from '../../settings/clientSettings';
import { sayDuration, type WaitPart } from '../explainLead';
import type { MetricRow } from '../metricRow';
import { spreadOf } from '../spread';
import { english } from '../words/english';
import type { PlaybookWords } from '../words/playbookWords';
import type { ReportWords } from '../words/reportWords';
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
	/** The figures of the period, in the language of the playbook. */
	figures: readonly Pick<MetricRow, 'label' | 'value' | 'threshold'>[];
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
	versionNumber: number;
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

const stages = ['capture', 'clean', 'classify', 'route', 'activate', 'firstContact', 'accepted'] as const;
export type StageName = (typeof stages)[number];

/** One page on which marketing and sales agree: how leads go, who answers for what, and what machines may do. */
export function buildPlaybook(input: PlaybookInput, all: ReportWords = english): Playbook {
	const { settings, version, rules, facts } = input;
	const { playbook: words } = all;
	const { text } = words;
	const nameOf = (id: string) => settings.members.find((member) => member.id === id)?.name ?? id;
	const stageRows = stages.map((stage): StageRow => {
		const owner = settings.stageOwners[stage];
		return { stage: words.stages[stage].name, definition: words.stages[stage].definition, owner: owner === undefined ? null : nameOf(owner) };
	});
	const ownerless = stageRows.filter(({ owner }) => owner === null).map(({ stage }) => stage);
	const few = tooFewLeads(facts, words);
	const saved = { n: String(version.number), date: DateTime.fromISO(version.savedAt, { zone: settings.timeZone }).toISODate() ?? version.savedAt.slice(0, 10), name: version.savedBy ?? '' };
	return {
		client: settings.name, version: fill(version.savedBy === null ? text.version : text.versionBy, saved), versionNumber: version.number,
		period: input.period,
		figures: input.figures.map(({ label, value, threshold }) => `${label}: ${value}${threshold === null ? '' : ` (${fill(text.target, { value: threshold })})`}`),
		warnings: [...(few === undefined ? [] : [few]), ...(ownerless.length === 0 ? [] : [fill(text.ownerless, { stages: ownerless.join(', ') })])],
		delays: delaysOf(input.waits, all), stages: stageRows, fields: fieldDictionary(settings, words), rules,
		otherwise: fill(text.otherwise, { queue: settings.fallbackQueue, name: nameOf(settings.fallbackOwner) }),
		teams: settings.teams.map((team) => ({
			team: team.name, members: team.members.map(nameOf).join(', '), hours: input.hours.get(team.calendar ?? settings.defaultCalendar ?? settings.calendars[0].name) ?? '',
			turns: words.turns[team.assignment], nobodyThere: words.absence[team.whenNobodyAvailable],
		})),
		policies: settings.slaPolicies.map((policy) => ({ name: policy.name, sentence: sayPolicy(policy, input.hours, settings, all) })),
		automation: automationPlan(settings, facts, words), reviews: reviewsOf(settings, words),
	};
}

/** Where leads wait: the parts of the wait, of the newest leads. */
function delaysOf(waits: PlaybookInput['waits'], words: ReportWords): DelayRow[] {
	const all = waits.flat().reduce((sum, { minutes }) => sum + minutes, 0);
	return (['formTool', 'n8n', 'crm', 'closedHours', 'owner'] as const).flatMap((part) => {
		// a lead may have had several owners: what it waited with all of them is one step
		const minutes = waits.map((parts) => parts.filter((one) => one.part === part).reduce((sum, one) => sum + one.minutes, 0)).filter((sum) => sum > 0);
		if (minutes.length === 0) return [];
		const leads = fill(words.playbook.text.ofLeads, { n: String(minutes.length), all: String(waits.length) });
		return [{ step: words.playbook.waits[part], median: sayDuration(spreadOf(minutes).median, words), leads, share: minutes.reduce((sum, one) => sum + one, 0) / all }];
	});
}

function sayPolicy({ firstResponseMinutes, warnMinutesBefore, warnAtPercent, roundTheClock, calendar, appliesTo, escalation, clocks }: ClientSettings['slaPolicies'][number], hours: PlaybookInput['hours'], settings: ClientSettings, words: ReportWords): string {
	const { policy, ...all } = words.playbook;
	const say = (minutes: number) => sayDuration(minutes, words);
	const during = roundTheClock ? policy.dayAndNight : hours.get(calendar ?? settings.defaultCalendar ?? settings.calendars[0].name) ?? policy.inHours;
	const warned = warnMinutesBefore !== undefined ? fill(policy.warnedBefore, { time: say(warnMinutesBefore) }) : warnAtPercent !== undefined ? fill(policy.warnedAfter, { n: String(warnAtPercent) }) : '';
	const applied = (Object.keys(appliesTo) as (keyof typeof appliesTo)[]).flatMap((key) => {
		const value = appliesTo[key];
		return value === undefined ? [] : [`${all.appliesTo[key]} ${Array.isArray(value) ? value.join(policy.or) : value ? policy.yes : policy.no}`];
	});
	const steps = escalation.map(({ when, afterMinutes, notify }) => fill(afterMinutes > 0 ? policy.stepAfter : policy.step, { time: say(afterMinutes), when: all.toldWhen[when], who: all.told[notify] }));
	const others = clocks.map((clock) => fill(policy.clock, { name: clock.name, time: say(clock.minutes) }));
	return [fill(policy.within, { time: say(firstResponseMinutes), hours: during }) + warned, ...(applied.length === 0 ? [] : [fill(policy.appliesTo, { what: applied.join(', ') })]), ...steps, ...others].join('; ');
}

function reviewsOf({ intents, alwaysReview, members, stageOwners }: ClientSettings, { reviews: words }: PlaybookWords): string[] {
	const who = members.find(({ id }) => id === stageOwners.route)?.name;
	const always = intents.filter((intent) => intent.alwaysReview).map(({ name }) => name);
	return [
		words.intro, ...(alwaysReview ? [words.all] : []), ...(always.length === 0 ? [] : [fill(words.intents, { names: always.join(', ') })]),
		words.pairs, words.confidence, words.reply, who === undefined ? words.sample : fill(words.sampleBy, { name: who }),
	];
}
