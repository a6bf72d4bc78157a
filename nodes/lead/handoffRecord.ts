// Longer than other files because it is the one record that every room speaks, each section beside what it may hold.

/** Times are ISO 8601 with a zone, e.g. `2026-11-20T18:30:00.000+00:00`. */
export type Moment = string;

export const recordVersion = 1;

/** `captured`: stored and may be acknowledged. `decided`: matched. `assigned`: has a queue and an owner. `activated`: has a clock. */
export const submissionStates = ['captured', 'decided', 'assigned', 'activated'] as const;
export type SubmissionState = (typeof submissionStates)[number];

/**
 * What this delivery is to the submission that it carries.
 * `first`: never seen. `resume`: an earlier delivery died on the way, this one goes on with its ids.
 * `inProgress`: an earlier delivery is still running. `done`: an earlier delivery reached `activated`.
 */
export type DeliveryOutcome = 'first' | 'resume' | 'inProgress' | 'done';

/** One delivery of one form fill. */
export interface Submission {
	id: string;
	/** Client + form + the provider's event id, else a fingerprint without time. */
	key: string;
	/** Whether `key` rests on the provider's own event id; false means a fingerprint. */
	keyFromEventId: boolean;
	submittedAt?: Moment;
	/** First receipt, also on a resend. */
	receivedAt: Moment;
	/** Name of the tool that sent the form, e.g. `typeform`. */
	formTool: string;
	/** Why the payload was taken for this tool's, in words. */
	formToolBecause?: string;
	formId?: string;
	eventId?: string;
	state: SubmissionState;
	delivery: { number: number; outcome: DeliveryOutcome };
}

/** Where a lead's time zone came from, and how sure it is, 0 to 1. */
export interface TimeZoneBasis {
	from: 'form' | 'region' | 'country' | 'phone';
	confidence: number;
}

export interface NumberRange {
	min: number | null;
	max: number | null;
}

/** Every key is always present and `null` when unknown, so that it can be dragged into a CRM node. */
export interface LeadFields {
	firstName: string | null;
	lastName: string | null;
	fullName: string | null;
	/** The address to write to, as given (trimmed, lower-case domain). */
	email: string | null;
	/** Canonical form for matching only (provider rules for dots and tags). */
	emailKey: string | null;
	/** Registrable domain of the address, e.g. `acme.co.uk`. */
	emailDomain: string | null;
	/** E.164, e.g. `+442079460018`. */
	phone: string | null;
	phoneType: 'mobile' | 'landline' | 'landlineOrMobile' | 'tollFree' | 'premium' | 'voip' | 'other' | null;
	phoneExtension: string | null;
	company: string | null;
	/** Company name folded for comparison, without legal form, e.g. `acme services`. */
	companyKey: string | null;
	/** Registrable domain of the company, never a free-mail domain. */
	companyDomain: string | null;
	jobTitle: string | null;
	/** ISO 3166-1 alpha-2, e.g. `GB`. */
	country: string | null;
	region: string | null;
	city: string | null;
	postalCode: string | null;
	timeZone: string | null;
	timeZoneBasis: TimeZoneBasis | null;
	/** ISO 639-1 of the message, e.g. `de`. */
	language: string | null;
	serviceInterest: string | null;
	companySize: NumberRange | null;
	budget: (NumberRange & { currency: string | null }) | null;
	message: string | null;
	/** Form fields that have no place of their own, by their label or name. */
	custom: Record<string, unknown>;
}

export interface SourceTouch {
	channel: string | null;
	source: string | null;
	medium: string | null;
	campaign: string | null;
	at: Moment | null;
}

/** Where the lead came from. Every key is always present, `null` when unknown. */
export interface SourceContext {
	channel: string | null;
	/** The rule that gave `channel`, in words. */
	channelBecause: string | null;
	source: string | null;
	medium: string | null;
	campaign: string | null;
	term: string | null;
	content: string | null;
	clickId: string | null;
	clickIdType: string | null;
	landingPage: string | null;
	referrer: string | null;
	firstTouch: SourceTouch | null;
	complete: boolean;
	/** Share of the required parts that are known, 0 to 1. */
	completeness: number;
	missing: string[];
}

/** What the lead agreed to. A channel that was not asked for is absent: unknown is not no. */
export interface Consent {
	email?: boolean;
	phone?: boolean;
	sms?: boolean;
	whatsapp?: boolean;
	/** The wording that was agreed to. */
	text?: string;
	at?: Moment;
}

export interface LeadIssue {
	/** Path in the record, e.g. `lead.phone`. */
	field: string;
	/** Stable name, e.g. `PHONE_NOT_READABLE`. */
	code: string;
	/** Without the value itself when it may be personal. */
	message: string;
	severity: 'info' | 'warning' | 'error';
	/** What the value should perhaps be; never applied by itself. Personal, like the value. */
	suggestion?: string;
}

export interface FieldChange {
	field: string;
	before: string;
	after: string;
	rule: string;
}

/** How likely a lead is spam. A signal: no lead is dropped for it. */
export interface SpamReading {
	/** 0 to 100; from 50 on `flags.suspectedSpam` is set. */
	score: number;
	/** What speaks for it, in words with its points, e.g. `3 links in the message (30)`. */
	because: string[];
}

export interface Quality {
	/** 0 to 100. */
	score: number;
	/** What took points from 100, e.g. `no phone number (−5)`; absent when nobody judged. */
	because?: string[];
	issues: LeadIssue[];
	flags: {
		disposableEmail: boolean;
		freeEmail: boolean;
		roleEmail: boolean;
		suspectedSpam: boolean;
		suspectedInjection: boolean;
	};
	changes: FieldChange[];
	/** Absent when nobody looked. */
	spam?: SpamReading;
	/** Whether there is any way to answer: a usable e-mail address or phone number. */
	replyPath: boolean;
}

export const verdicts = ['create', 'merge', 'append', 'review', 'resend'] as const;
/**
 * `create`: new person, new lead.
 * `append`: another enquiry of a person who enquired before; same `leadId` while that lead is open and inside the
 * new-opportunity window, else a new one.
 * `merge`: the person was known only as a record (CRM contact, customer, sheet row); lead and record become one person.
 * `review`: doubtful; goes on as its own lead, marked provisional, with a review item.
 * `resend`: the same submission again, nothing to do.
 */
export type Verdict = (typeof verdicts)[number];

export interface MatchCandidate {
	personId: string;
	leadId?: string;
	/** 0 to 1. */
	score: number;
	/** What became of it: `chosen`, or why it lost. */
	outcome?: string;
	because: string[];
}

/** A known company that a lead may belong to. */
export interface AccountCandidate {
	name: string;
	domain?: string;
	/** 0 to 1. */
	score: number;
	because: string[];
	/** The known record's id. */
	id?: string;
	customerStatus?: string;
	existingOwner?: string;
}

export interface MergePlanEntry {
	field: string;
	known: string | null;
	incoming: string | null;
	result: string | null;
	because: string;
}

export interface Match {
	verdict: Verdict;
	externalIds: Record<string, string>;
	/** 0 to 1. */
	score: number;
	because: string[];
	candidates: MatchCandidate[];
	mergePlan: MergePlanEntry[];
	/** Ways in which the known person opted out before; `consent` then says `false`, whatever this submission says. */
	optOut?: ('email' | 'phone' | 'sms')[];
	/** Whether the lead is its own only until a person settles the review item. */
	provisional?: boolean;
	/** The known company, with the others that were considered. */
	account?: AccountCandidate & { candidates?: AccountCandidate[] };
	/** As the known record says, e.g. `customer`, `openOpportunity`, `partner`, `competitor`. */
	customerStatus?: string;
	/** Id of the known record's owner: a member id, or the CRM's owner id. */
	existingOwner?: string;
}

/** What was looked up of the lead's company or person beside the form. */
export interface Enrichment {
	/** Who said it, e.g. `People Data Labs`. */
	service: string;
	at: Moment;
	/** Values that were filled in, by path, e.g. `lead.companySize` or `lead.custom.industry`: none of them was written by the lead. */
	filled: Record<string, unknown>;
	/** What was not taken, and why, in words. */
	because: string[];
}

export const urgencies = ['high', 'normal', 'low'] as const;
export const buyingStages = ['researching', 'comparing', 'ready', 'customer', 'unknown'] as const;
export const sentiments = ['positive', 'neutral', 'negative'] as const;
export const fits = ['good', 'unclear', 'poor'] as const;

export const confidenceSources = ['draws', 'tokens', 'examples'] as const;

export interface Intent {
	/** Name of an intent of the taxonomy. */
	name: string;
	/** Absent when unknown; never taken from urgency. */
	highIntent?: boolean;
	/** 0 to 1, or absent; never invented, and never a model's own figure. */
	confidence?: number;
	/** What it rests on: agreement of several draws, the model's token probabilities, or the intents' own examples (words only). */
	confidenceFrom?: (typeof confidenceSources)[number];
	urgency: (typeof urgencies)[number];
	buyingStage: (typeof buyingStages)[number];
	sentiment: (typeof sentiments)[number];
	fit: (typeof fits)[number];
	/** ISO 639-1. */
	language: string | null;
	summary: string;
	nextStep: string;
	/** Words quoted from the message, checked to be in it. */
	evidence: string[];
	/** 0 to 100, from the operator's score rules; absent without any. */
	score?: number;
	/** Each score rule that holds with its points, and what was cut. */
	scoreBecause?: string[];
	engine: 'ai' | 'rules' | 'fallback' | 'skipped';
	/** Why this engine and this intent, in words. */
	because: string[];
	/** What this lead cost, all calls together; absent when no model was asked or it told nothing. */
	usage?: { inputTokens: number; outputTokens: number; model: string; calls?: number; cost?: number; currency?: string };
	/** True: the same text was read before, and that answer holds. */
	fromCache?: boolean;
	promptVersion?: string;
}

export interface Owner {
	id: string;
	name: string;
	email: string | null;
	slackId?: string;
	crmId?: string;
	bookingUrl?: string;
}

export const ruleTiers = ['hard', 'soft', 'fallback'] as const;
export type RuleTier = (typeof ruleTiers)[number];

export const assignments = ['fixed', 'rotation', 'leastLoaded', 'hash', 'sticky', 'existingOwner', 'territory'] as const;
export type Assignment = (typeof assignments)[number];

export interface Routing {
	queue: string;
	sequence?: string;
	/** Owner pool that a rule fixed; the owner comes from it. */
	team?: string;
	/** Absent between Apply Hard Rules and Finish Routing. */
	owner?: Owner;
	/** Number 0 and name `Fallback` when no rule matched. */
	rule: { number: number; name: string };
	/** Every rule that matched, in order. */
	matchedRules: { number: number; name: string; tier: RuleTier }[];
	tier: RuleTier;
	/** What decided, for a rep: the rule that fixed the queue and the values that matched, what other rules set, how the owner was found. */
	because: string[];
	/** The rest, for audit: each rule that matched with number, tier and comparisons, what was refused, which rules stayed open. */
	trace?: string[];
	/** Members who were not chosen, each with the reason, e.g. `Mia: away until 2026-12-01`. */
	skipped: string[];
	assignment?: Assignment;
	priority: 'high' | 'normal' | 'low';
	slaPolicy?: string;
	/** False when a hard rule excused this lead from AI. */
	readMessageWithAi: boolean;
	/** Set when the lead had to fall through to the fallback owner. */
	alarm?: string;
	/** When the team is expected to be there again: until then the fallback owner has the lead, and no clock of the team runs. */
	heldUntil?: Moment;
	/** Set when a rule blocked the lead: it has an owner, alerts nobody and can be released. */
	blocked?: boolean;
	/** Set when the lead waits in its queue for somebody to take it; `owner` answers for it meanwhile. */
	waiting?: boolean;
	/** What hard rules fixed, by part; no soft rule changes it. An absent part is open. */
	hard?: FixedParts;
}

/** Parts of a routing that a rule may set: queue and team by name, owner by member id. */
export interface FixedParts {
	queue?: string;
	team?: string;
	owner?: string;
	sequence?: string;
	priority?: Routing['priority'];
	slaPolicy?: string;
	/** What the owner must be able to do. */
	skills?: string[];
	blocked?: boolean;
}

export const clockStatuses = ['running', 'at_risk', 'paused', 'met', 'met_late', 'breached'] as const;
export type ClockStatus = (typeof clockStatuses)[number];

export interface Sla {
	policy: string;
	/** Name of the clock, e.g. `First Response`. */
	clock: string;
	clockId?: string;
	startedAt: Moment;
	/** `submittedAt` or `receivedAt`: which moment started the clock. */
	startedFrom: 'submittedAt' | 'receivedAt';
	dueAt: Moment;
	warnAt: Moment;
	status: ClockStatus;
	/** Business minutes, to one decimal. */
	elapsedMinutes: number;
	/** Business minutes, negative after a breach. */
	remainingMinutes: number;
	step?: { id: string; name: string; claimToken: string; attempt: number; notify: string; text: string };
	nextCheckAt: Moment | null;
	/** Clocks of the lead beside this one, e.g. Acceptance. */
	otherClocks?: { clock: string; dueAt: Moment; status: ClockStatus }[];
	/** Of a lead that came in while its calendar was closed. */
	afterHours?: AfterHours;
	because: string[];
}

/** What is done for a lead that comes in while its team is not there. */
export interface AfterHours {
	/** `wait`, `autoReply` (tell the lead when the team is there), `queue` (tell the owner at the opening), `onCall` (tell `onCall` now). */
	do: 'wait' | 'autoReply' | 'queue' | 'onCall';
	/** When the team opens; null when that is not within ten years. */
	opensAt: Moment | null;
	/** The opening for a promise to the lead, in the calendar's zone, e.g. `on Monday at 09:00`. */
	promise: string | null;
	/** Who is told in place of the owner until then. */
	onCall?: Pick<Owner, 'id' | 'name' | 'email'> & { slackId: string | null; phone?: string | null };
}

/** The lead as a message to its owner. All of it is safe where it is meant to go: no mention, no link, no markup, no formula. */
export interface RepCard {
	/** One line, e.g. `New lead: Jane Doe, Northwind Ltd`; a mail's subject. */
	title: string;
	/** A line for each thing to know. */
	text: string;
	/** The title for Slack, as notifications show it. */
	slackText: string;
	/** Blocks of a Slack message. */
	slackBlocks: object[];
	html: string;
	/** Flat, for a sheet: the simplified lead with when it came, source, campaign, message and `submissionId`. */
	row: Record<string, string | boolean | null>;
}

export interface ReviewEntry {
	stage: Stage;
	reasons: string[];
	itemId?: string;
}

export const stages = ['capture', 'clean', 'classify', 'route', 'activate'] as const;
export type Stage = (typeof stages)[number];

/** What flows through the canvas. Each node adds or updates its own section and leaves the others. */
export interface HandoffRecord {
	recordVersion: typeof recordVersion;
	/** Registered client key, lower case, e.g. `acme`. */
	client: string;
	run: { test: boolean };
	leadId: string;
	personId: string;
	submission: Submission;
	lead: LeadFields;
	source: SourceContext;
	consent: Consent;
	quality: Quality;
	match?: Match;
	enrichment?: Enrichment;
	intent?: Intent;
	routing?: Routing;
	sla?: Sla;
	review: ReviewEntry[];
	/** Version of the client settings that the last decision used; absent without client settings. */
	settingsVersion?: number;
	/**
	 * The whole lead in a few plain sentences on one line, for a message. Safe in Slack's text and in a mail: it holds what
	 * the lead wrote, but no mention, no markup, and `(link)` for a web address. Raw text stands in `lead` and `intent.evidence`.
	 */
	text?: string;
	/** The lead as a message to its owner, when SLA Watch was asked for it. */
	card?: RepCard;
	/** The raw payload, only when asked for or when there is no ledger. */
	payload?: unknown;
}

/** All lead fields, unknown. */
export function emptyLeadFields(): LeadFields {
	return {
		firstName: null, lastName: null, fullName: null,
		email: null, emailKey: null, emailDomain: null,
		phone: null, phoneType: null, phoneExtension: null,
		company: null, companyKey: null, companyDomain: null, jobTitle: null,
		country: null, region: null, city: null, postalCode: null, timeZone: null, timeZoneBasis: null,
		language: null, serviceInterest: null, companySize: null, budget: null,
		message: null, custom: {},
	};
}

/** A source context of which nothing is known. */
export function emptySourceContext(): SourceContext {
	return {
		channel: null, channelBecause: null, source: null, medium: null, campaign: null, term: null, content: null,
		clickId: null, clickIdType: null, landingPage: null, referrer: null, firstTouch: null,
		complete: false, completeness: 0, missing: [],
	};
}
