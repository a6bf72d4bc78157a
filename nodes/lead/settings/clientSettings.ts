/** Longer than other files because it is the whole settings document in one place, each part beside what it may hold. */
import { z } from 'zod/v4';
import { assignments, buyingStages, stages, urgencies } from '../handoffRecord';
import { LeadError } from '../leadError';
import { metricKinds, metricNames, type MetricName } from '../metricNames';
import { requirableFields, type RequirableField } from '../requirableFields';
import { isHolidayPlace } from '../publicHolidays';
import { quote } from '../shorten';

const name = z.string().trim().min(1).max(120);
/** Client keys are lower case: letters, digits, `-` and `_`, at most 64 characters. */
export const clientKeyPattern = /^[a-z0-9][a-z0-9_-]{0,63}$/;
const localDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-12-25');
const span = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d-([01]\d|2[0-4]):[0-5]\d$/, 'hours such as 09:00-17:30');
const recipient = z.string().trim().max(254).regex(/^([^\s@]+@[^\s@]+\.[^\s@]+|#[\p{L}\p{N}_-]+|[CDGU][A-Z0-9]{6,})$/u, 'an address such as mia@example.com, or a Slack channel such as #leads');
/** As n8n's address of the workflow ends. */
const workflowId = z.string().trim().regex(/^[A-Za-z0-9_-]{1,64}$/, 'the ID of a workflow, as its address in n8n ends');
const timeZone = z.string().refine(isTimeZone, 'a time zone such as Europe/London');

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** Open hours. A span that ends before it starts runs over midnight. No hours and not `alwaysOpen` is an error. */
export const calendarSchema = z.strictObject({
	name,
	timeZone: timeZone.optional(),
	alwaysOpen: z.boolean().default(false),
	hours: z.partialRecord(z.enum(weekdays), z.array(span)).default({}),
	/** Local dates on which nobody works. */
	holidays: z.array(localDate).default([]),
	/** Places whose public holidays are kept, e.g. `GB-ENG`; see `publicHolidays`. */
	publicHolidays: z.array(z.string().refine(isHolidayPlace, 'a country or region such as GB or GB-ENG')).default([]),
	/** Time taken out of one local date, whatever its hours are; each span ends on that date. */
	breaks: z.array(z.strictObject({ date: localDate, hours: z.array(span) })).default([]),
	/** Replaces the hours of one local date; empty means closed. */
	overrides: z.array(z.strictObject({ date: localDate, hours: z.array(span) })).default([]),
});

export const memberSchema = z.strictObject({
	id: name,
	name,
	email: z.string().trim().min(3).nullable().default(null),
	active: z.boolean().default(true),
	/** Share of turns: 2 gets twice as many as 1. Whole number from 1 to 100. */
	weight: z.int().min(1).max(100).default(1),
	/** Local dates, both included, in the member's time zone, else in the client's. */
	timeOff: z.array(z.strictObject({ from: localDate, to: localDate })).default([]),
	/** Name of the calendar of this member's working hours. Absent: the team's, else the client's default. */
	calendar: name.optional(),
	/** Zone in which this member's hours and time off count. Absent: the calendar's for hours, the client's for time off. */
	timeZone: timeZone.optional(),
	languages: z.array(z.string().regex(/^[a-z]{2}$/, 'two letters such as en')).default([]),
	/** What this member can do that not everybody can, as rules ask for it, e.g. `enterprise`. */
	skills: z.array(name).optional(),
	/** Most leads that come by assignment in one day, week or month, 0 for none, in the member's zone, else in the client's; weeks begin on Monday. */
	capPerDay: z.int().min(0).max(10_000).optional(),
	capPerWeek: z.int().min(0).max(50_000).optional(),
	capPerMonth: z.int().min(0).max(200_000).optional(),
	/** Most leads that may be open at once; at that many the member gets no other one. */
	maxOpenLeads: z.int().min(0).max(100_000).optional(),
	/** Lower share for who is new: until that date, included, this percentage of the weight; after the last one, all of it. */
	rampUp: z.array(z.strictObject({ until: localDate, percent: z.int().min(1).max(100) })).optional(),
	slackId: z.string().optional(),
	/** Mobile number for urgent alerts by text message. */
	phone: z.string().regex(/^\+[1-9][\d ()./-]{6,24}$/, 'a phone number with its country code such as +44 7700 900123').optional(),
	crmId: z.string().optional(),
	bookingUrl: z.url({ protocol: /^https$/ }).optional(),
});

/**
 * What happens to a lead when nobody of the team can take it. `anyone`: a member gets it although away. `fallback`: the
 * fallback owner. `hold`: the fallback owner has it until somebody can. `queue`: it waits in the queue, and belongs to the
 * team's manager, else to the fallback owner. `onCall`: the first of `onCall` who is not away.
 */
export const absencePolicies = ['anyone', 'fallback', 'hold', 'queue', 'onCall'] as const;

/** Whose part of the world is whose. Cells as in a decision table, e.g. `UK, IE` or `94000..94999`; an absent one is any. */
export const territorySchema = z.strictObject({
	member: name,
	country: z.string().optional(),
	region: z.string().optional(),
	postalCode: z.string().optional(),
	city: z.string().optional(),
});

export const teamSchema = z.strictObject({
	name,
	calendar: name.optional(),
	assignment: z.enum(assignments).default('rotation'),
	whenNobodyAvailable: z.enum(absencePolicies).default('anyone'),
	/** Member ids in the order in which they are called. */
	onCall: z.array(name).optional(),
	/** Most leads that the team takes by assignment in one day, week or month of the client's zone. */
	capPerDay: z.int().min(0).max(100_000).optional(),
	capPerWeek: z.int().min(0).max(500_000).optional(),
	capPerMonth: z.int().min(0).max(2_000_000).optional(),
	/** For `sticky`: the same owner for one company (default), or for one household. */
	stickyBy: z.enum(['company', 'household']).optional(),
	/** For `sticky` with a ledger: days for which a company or household keeps its last owner; default 90. */
	stickyDays: z.int().min(1).max(3650).optional(),
	/** For `existingOwner`: whether a kept owner counts as a turn and towards caps. */
	existingOwnerCounts: z.boolean().optional(),
	/** Whether members who speak the lead's language come first. */
	preferLanguage: z.boolean().optional(),
	/** For `territory`, from top to bottom. */
	territories: z.array(territorySchema).optional(),
	manager: name.optional(),
	members: z.array(name).min(1),
});

/** Comparison of a rule's condition. Kept apart from n8n's names; `host/readRules` translates. */
export const conditionOperators = [
	'equals', 'notEquals', 'contains', 'notContains', 'startsWith', 'notStartsWith', 'endsWith', 'notEndsWith',
	'matches', 'notMatches', 'isEmpty', 'isNotEmpty', 'isTrue', 'isFalse',
	'greaterThan', 'atLeast', 'lessThan', 'atMost', 'isBetween', 'isNotBetween', 'before', 'after',
	'isOneOf', 'isNotOneOf', 'isInList', 'isNotInList',
] as const;

export const conditionSchema = z.strictObject({
	/** Path in the handoff record, e.g. `lead.country`. */
	field: name,
	operator: z.enum(conditionOperators),
	/** A literal; unused by `isEmpty`, `isNotEmpty`, `isTrue`, `isFalse`. Two bounds for `isBetween`, the name of a list for `isInList`. */
	value: z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))]).optional(),
});

/** Conditions that count as one: all of these, or any of these. */
export const conditionGroupSchema = z.strictObject({ match: z.enum(['all', 'any']), conditions: z.array(conditionSchema).min(1) });

export const ruleSchema = z.strictObject({
	name,
	tier: z.enum(['hard', 'soft']),
	match: z.enum(['all', 'any']).default('all'),
	/** At least one, here or in a group. */
	conditions: z.array(conditionSchema).default([]),
	/** Each counts as one more condition. */
	groups: z.array(conditionGroupSchema).optional(),
	/** Needed unless `continue` or `block` is true. */
	queue: name.optional(),
	/** True: the lead goes to the queue `Blocked` or the one named, has an owner, alerts nobody and can be released. */
	block: z.boolean().optional(),
	/** What the owner must be able to do; members without all of these are skipped. */
	skills: z.array(name).optional(),
	team: name.optional(),
	/** Member id. */
	owner: name.optional(),
	sequence: name.optional(),
	priority: z.enum(['high', 'normal', 'low']).optional(),
	slaPolicy: name.optional(),
	/** Hard rules only: false excuses the lead from AI. */
	readMessageWithAi: z.boolean().default(true),
	/** True: set what this rule sets and go on to the next rule. */
	continue: z.boolean().default(false),
});

export const hitPolicies = ['first', 'unique', 'priority'] as const;

/** Rules as rows, one column for each field and for each result, cells in the words of a sheet such as `UK, IE` or `>= 50`. */
export const decisionTableSchema = z.strictObject({
	/** `first`: the first row that matches. `unique`: the only one; two are an alarm. `priority`: the one of lowest `Rank`. */
	hitPolicy: z.enum(hitPolicies).default('first'),
	rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))).default([]),
});

/** Values that rules ask for together, e.g. the domains of named accounts. */
export const valueListSchema = z.strictObject({ name, values: z.array(z.union([z.string(), z.number()])).min(1) });

export const intentSchema = z.strictObject({
	name,
	description: z.string().trim().min(1),
	examples: z.array(z.string()).default([]),
	counterExamples: z.array(z.string()).default([]),
	/** Words that speak for this intent in the fallback classifier. */
	keywords: z.array(z.string()).default([]),
	/** Words of which one is enough: no model is asked. */
	decidingKeywords: z.array(z.string()).default([]),
	/** True: a person looks at every lead with this intent. */
	alwaysReview: z.boolean().default(false),
	/** Confidence, 0 to 1, below which a person should look; absent: the node's. */
	confidenceThreshold: z.number().min(0).max(1).optional(),
	highIntent: z.boolean().default(false),
	nextStep: z.string().trim().min(1),
	buyingStage: z.enum(buyingStages).default('unknown'),
	urgency: z.enum(urgencies).default('normal'),
});

/** A rule of the lead score. */
export const scoreRuleSchema = z.strictObject({
	name,
	/** Added to the score when its conditions hold; below 0 they speak against the lead. */
	points: z.int().min(-100).max(100).refine((points) => points !== 0, 'other than 0'),
	match: z.enum(['all', 'any']).default('all'),
	/** May read what AI said. */
	conditions: z.array(conditionSchema).min(1),
	/** Rules of one group count together at most `mostPointsPerGroup`, either way. */
	group: name.optional(),
	/** Days after the form was sent in which its points become half as many; absent: they stay. */
	halfLifeDays: z.number().positive().max(3650).optional(),
});

/** How a lead's score, 0 to 100, comes about. */
export const leadScoreSchema = z.strictObject({
	rules: z.array(scoreRuleSchema).min(1),
	/** Absent: a group has no limit. */
	mostPointsPerGroup: z.int().min(1).max(100).optional(),
});

export const escalationStepSchema = z.strictObject({
	name,
	/** `opening`: when the calendar opens, for a lead that came in while it was closed. `atRisk`: when the warning begins. `breached`: at the breach. */
	when: z.enum(['opening', 'atRisk', 'breached']),
	/** Business minutes after that moment. */
	afterMinutes: z.number().min(0).default(0),
	/**
	 * `ops`: the member who answers for activation, see `stageOwners`. `nextOwner`: the lead is given to the next of its team
	 * who has not had it, and that one is told; see `reassign` of the policy.
	 */
	notify: z.enum(['owner', 'manager', 'fallbackOwner', 'ops', 'nextOwner']),
});

const targetMinutes = z.number().positive().max(60 * 24 * 365);
/** When a clock is at risk: the earlier of the two that are given; a quarter of the target before the due time when none is. */
const warning = {
	/** Business minutes before the due time. */
	warnMinutesBefore: z.number().min(0).optional(),
	/** Share of the target that has run, e.g. 75. */
	warnAtPercent: z.number().min(1).max(99).optional(),
};

/** A clock beside the first response. */
export const clockSchema = z.strictObject({
	name,
	/** Minutes until the event is due. */
	minutes: targetMinutes,
	/** `handoff`: with the first response clock. `firstResponse`: with the first human answer, e.g. for the next touch. */
	startsWith: z.enum(['handoff', 'firstResponse']).default('handoff'),
	/** What stops it: `accepted` by sales, any `contacted` after the start, `meetingBooked`. */
	stopsWith: z.enum(['accepted', 'contacted', 'meetingBooked']),
	...warning,
	roundTheClock: z.boolean().default(false),
	escalation: z.array(escalationStepSchema).default([]),
});

export const slaPolicySchema = z.strictObject({
	name,
	/** Business minutes until the first human answer is due. */
	firstResponseMinutes: targetMinutes,
	...warning,
	/** Every minute of every day counts, whatever the calendar says. */
	roundTheClock: z.boolean().default(false),
	/** Absent: the team's calendar, else the client's default. */
	calendar: name.optional(),
	/** Used for leads that no rule gave a policy: the first policy whose conditions hold, else the one without any. */
	appliesTo: z.strictObject({
		priority: z.array(z.enum(['high', 'normal', 'low'])).optional(),
		urgency: z.array(z.enum(urgencies)).optional(),
		intents: z.array(name).optional(),
		queues: z.array(name).optional(),
		/** Names of routing rules, any of which matched. */
		rules: z.array(name).optional(),
		highIntent: z.boolean().optional(),
	}).default({}),
	escalation: z.array(escalationStepSchema).default([]),
	/**
	 * For a lead that comes in while its calendar is closed. `wait`: its clock waits for the opening. `autoReply`: so it does,
	 * and the lead is marked for an honest reply with the opening. `queue`: its clock waits, and at the opening the owner is told
	 * that it is there, once. `onCall`: its clock runs at once, and until the opening
	 * the first of the team's `onCall` who is not away is told in place of the owner.
	 */
	afterHours: z.enum(['wait', 'autoReply', 'queue', 'onCall']).default('wait'),
	/** For steps that notify `nextOwner`. */
	reassign: z.strictObject({
		/** How often a lead is given on before the fallback owner gets it. */
		mostTimes: z.int().min(1).max(10).default(2),
		/** Whether who left it unanswered gets no lead by assignment until the next day, or until answering or accepting one. */
		silentOwnerRests: z.boolean().default(false),
	}).optional(),
	/** Clocks beside the first response, e.g. Acceptance and Next Touch. */
	clocks: z.array(clockSchema).default([]),
});

const thresholdOf = (name: MetricName) => (metricKinds[name].unit === 'share' ? z.number().min(0).max(1, 'a share from 0 to 1, such as 0.9') : z.number().min(0)).nullable().optional();
/** Figures that can have a threshold: amounts of money come in several currencies, and repeat enquiries are neither good nor bad. */
const judged = metricNames.filter((name) => metricKinds[name].unit !== 'money' && metricKinds[name].better !== 'neither');

/** How the client's figures are judged. */
export const scorecardSchema = z.strictObject({
	/** Shares from 0 to 1, times in minutes; null: told without pass or fail. Absent: the threshold of `measure/thresholds`. */
	thresholds: z.strictObject(Object.fromEntries(judged.map((name) => [name, thresholdOf(name)]))).default({}),
	/** Least number of leads under a figure. */
	leastLeads: z.int().min(1).max(1000).default(5),
	/** Business hours without a live lead after which the agency overview says so. */
	noLeadHours: z.number().positive().max(1000).default(8),
});

/**
 * All that one client has decided, as one document. Every part has a default but `name`, `timeZone`,
 * `calendars`, `members`, `fallbackOwner` and `slaPolicies`.
 */
export const clientSettingsSchema = z.strictObject({
	name,
	mode: z.enum(['test', 'live']).default('test'),
	timeZone,
	defaultCountry: z.string().regex(/^[A-Z]{2}$/, 'two capital letters such as GB').optional(),
	language: z.string().regex(/^[a-z]{2}$/, 'two letters such as en').default('en'),
	calendars: z.array(calendarSchema).min(1),
	/** Name of a calendar; default the first. */
	defaultCalendar: name.optional(),
	members: z.array(memberSchema).min(1),
	teams: z.array(teamSchema).default([]),
	/** Member id: owner of every lead that nobody else can take. */
	fallbackOwner: name,
	fallbackQueue: name.default('Unrouted'),
	rules: z.array(ruleSchema).default([]),
	/** Rules as a table; its rows stand after `rules`. */
	decisionTable: decisionTableSchema.optional(),
	lists: z.array(valueListSchema).optional(),
	intents: z.array(intentSchema).default([]),
	/** Absent: leads have no score. */
	leadScore: leadScoreSchema.optional(),
	/** True: a person looks at every lead, as in a regulated trade. */
	alwaysReview: z.boolean().default(false),
	slaPolicies: z.array(slaPolicySchema).min(1),
	stageOwners: z.partialRecord(z.enum([...stages, 'firstContact', 'accepted']), name).default({}),
	/** Lead fields without which a lead needs a review; none when absent. */
	requiredFields: z.array(z.enum(Object.keys(requirableFields) as [RequirableField, ...RequirableField[]])).optional(),
	requiredSource: z.array(z.enum(['channel', 'source', 'medium', 'campaign', 'landingPage', 'referrer', 'clickId'])).default(['source', 'medium', 'campaign']),
	/** Addresses, Slack channels or Slack ids. */
	reportRecipients: z.array(recipient).default([]),
	/** Shown on reports: an https address, or a small picture as a data URI. */
	logo: z.string().refine(isLogo, 'an https address, or a PNG, JPEG, GIF or WebP picture as a data URI of at most 100,000 characters').optional(),
	/** Moment from which the scorecard counts; stamped when the client goes live. */
	liveSince: z.iso.datetime({ offset: true }).optional(),
	/** Absent: as its defaults say. */
	scorecard: scorecardSchema.optional(),
	/** Workflows that the shared handoff core calls for this client, by their IDs in n8n. */
	workflows: z.strictObject({
		/** Looks the lead's company up after it was matched and before it is classified. Absent: nobody is asked. */
		enrichment: workflowId.optional(),
		/** Writes the lead to the client's CRM. Absent: there is none. */
		crmWriter: workflowId.optional(),
		/** Says who has a lead in the CRM and whether it is answered, and gives it to a new owner there, before somebody is alerted. Absent: the CRM is not asked. */
		crmSync: workflowId.optional(),
		/** Tells the owner. */
		notifier: workflowId.optional(),
		/** Writes to the lead who answers and when. Absent: nobody does. */
		autoReply: workflowId.optional(),
		/** Does what follows beside sales: a support ticket, a nurture sequence. Absent: nothing does. */
		followUp: workflowId.optional(),
	}).optional(),
	/** Days after which closed leads are removed. */
	retentionDays: z.int().min(1).max(3650).default(365),
	/** Days after which a new enquiry of a known person opens a new lead. */
	newOpportunityDays: z.int().min(1).max(3650).default(90),
});

export type ClientSettings = z.infer<typeof clientSettingsSchema>;
export type ScorecardSettings = z.infer<typeof scorecardSchema>;
export type CalendarSettings = z.infer<typeof calendarSchema>;
export type Member = z.infer<typeof memberSchema>;
export type Team = z.infer<typeof teamSchema>;
export type Territory = z.infer<typeof territorySchema>;
export type AbsencePolicy = (typeof absencePolicies)[number];
export type RuleCondition = z.infer<typeof conditionSchema>;
export type ConditionGroup = z.infer<typeof conditionGroupSchema>;
export type HitPolicy = (typeof hitPolicies)[number];
export type DecisionTable = z.infer<typeof decisionTableSchema>;
export type ValueList = z.infer<typeof valueListSchema>;
export type RoutingRule = z.infer<typeof ruleSchema>;
export type IntentDefinition = z.infer<typeof intentSchema>;
export type LeadScoreSettings = z.infer<typeof leadScoreSchema>;
export type SlaPolicy = z.infer<typeof slaPolicySchema>;
export type EscalationStep = z.infer<typeof escalationStepSchema>;
export type ClockDefinition = z.infer<typeof clockSchema>;

/** One client as the ledger knows it. */
export interface Client {
	key: string;
	settings: ClientSettings;
	/** From 1; every saved change is one more. */
	version: number;
}

/** Settings as they were saved, with the default of every part that came into the house since. */
export function completeSettings(saved: ClientSettings): ClientSettings {
	const read = clientSettingsSchema.safeParse(saved);
	return read.success ? read.data : saved;
}

/** Whether the name is one that this runtime's time zone data knows. */
export function isTimeZone(value: string): boolean {
	if (knownZones.has(value)) return true;
	try {
		new Intl.DateTimeFormat('en', { timeZone: value });
	} catch {
		return false;
	}
	if (!value.includes('/') && value !== 'UTC') return false;
	knownZones.add(value);
	return true;
}

/** Zones that were asked for before: each lead's calendar asks, and a formatter takes a tenth of a millisecond. They are as many as there are names. */
const knownZones = new Set<string>();

/** A data URI grows the document, which every run reads. */
const longestLogo = 100_000;

/** SVG is left out, because a page that shows it in place runs what stands in it. */
function isLogo(value: string): boolean {
	if (value.startsWith('data:')) return value.length <= longestLogo && /^data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2}$/.test(value);
	if (value.length > 2048 || /\s/.test(value) || !URL.canParse(value)) return false;
	const { protocol, username, password } = new URL(value);
	return protocol === 'https:' && username === '' && password === '';
}

/** What "Client" holds, trimmed and in lower case: text, or what n8n keeps of a choice from a list, `{ mode, value }`; empty when it is neither. */
export function clientText(value: unknown): string {
	const given = typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
	return typeof given === 'string' ? given.trim().toLowerCase() : '';
}

/**
 * Reads a client key as `clientText` does.
 *
 * @throws LeadError `CLIENT_KEY_INVALID` when what is left is not a key.
 */
export function readClientKey(value: unknown): string {
	const key = clientText(value);
	if (clientKeyPattern.test(key)) return key;
	throw new LeadError(
		'CLIENT_KEY_INVALID',
		key === '' ? 'No client is chosen' : 'This is not a client key',
		'Set "Client" to the key of a client that was set up, such as acme: letters, digits, - and _.',
	);
}

/** A client as an error names it. What is no key may be what a lead wrote in a field called client, and is not repeated. */
export function nameClient(key: string): string {
	return clientKeyPattern.test(key) ? `Client ${quote(key, 40)}` : 'This client';
}
