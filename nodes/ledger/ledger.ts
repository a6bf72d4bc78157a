/** Longer than other files because it is the whole contract between the house and its drivers, in one place. */
import type { CappedKey, ComparedFields, KnownPerson, PersonKey } from '../lead/clean/knownPerson';
import type { ClockStatus, DeliveryOutcome, Enrichment, Intent, Match, Moment, Owner, ReviewEntry, Routing, Sla, Stage, SubmissionState, Verdict } from '../lead/handoffRecord';
import type { Pause } from '../lead/activate/pauses';
import type { GivenLead } from '../lead/measure/fairness';
import type { TakeResult } from '../lead/measure/takenLead';
import type { PeriodTally, SplitName } from '../lead/measure/tally';
import type { Client, ClientSettings } from '../lead/settings/clientSettings';
import type { CorrectionsLedger } from './correctionsLedger';
import type { ExceptionsLedger } from './exceptionsLedger';
import type { KeepLedger, LedgerFiles } from './keepLedger';
import type { KnownRecordsLedger } from './knownRecordsLedger';
import type { ReassignLedger } from './reassignLedger';
import type { ReviewLedger, ReviewStage } from './reviewLedger';

/** Every row belongs to a client, and test rows never meet live ones. */
export interface Scope {
	client: string;
	test: boolean;
}

export interface CaptureInput extends Scope {
	/** Unique per client and run kind. */
	key: string;
	/** False: every delivery is a first one (test runs without resend detection). */
	detectResend: boolean;
	at: Moment;
	/** Fingerprints older than this count as a new submission; absent for provider ids, which never age. */
	resendWindowHours?: number;
	/** How long a delivery counts as in progress. Default 2 minutes. */
	leaseSeconds?: number;
	/** Names this delivery, e.g. by execution id and item index: the same one asked again (Retry On Fail) resumes at once. */
	deliveryId?: string;
	submissionId: string;
	leadId: string;
	personId: string;
	formTool: string;
	formId?: string;
	eventId?: string;
	submittedAt?: Moment;
	/** The raw payload, kept as JSON. */
	payload: unknown;
	/** The normalized record, kept as JSON. */
	record: unknown;
	/** Opens a review item of the capture stage with these reasons. */
	review?: string[];
}

/** Ids and moments are those of the first delivery when there was one. */
export interface Captured {
	submissionId: string;
	leadId: string;
	personId: string;
	receivedAt: Moment;
	state: SubmissionState;
	delivery: { number: number; outcome: DeliveryOutcome };
	/** The submission's review item of the capture stage, if it has one. */
	reviewItemId?: string;
	/** The person was erased after this form was sent, so nothing of it was stored; a form that they send later is a new lead. */
	erased?: boolean;
}

export interface CandidatesInput extends Scope {
	keys: PersonKey[];
	/** Most persons given for one blocking key; match keys are capped too. */
	capPerKey: number;
	/** The asking lead's own person, left out. */
	exceptPersonId?: string;
}

export interface Candidates {
	persons: KnownPerson[];
	/** Keys with more persons than the cap: their evidence is weak, e.g. a switchboard number. */
	cappedKeys: CappedKey[];
	/** Pass it back to `recordMatch`: writes on the same keys after this moment are noticed. */
	asOf: number;
}

export interface RecordMatchInput extends Scope {
	submissionId: string;
	at: Moment;
	asOf: number;
	keys: PersonKey[];
	match: Match;
	/** Decided ids; for `append` and `merge` the known person's. */
	leadId: string;
	personId: string;
	/** The lead's own ids, as its item carries them: a submission that this ledger never captured is taken in with these. Absent: the decided ones. */
	own?: { leadId: string; personId: string };
	verdict: Exclude<Verdict, 'resend'>;
	/** Fields to store for the person after the merge plan. */
	fields: ComparedFields;
	externalIds: Record<string, string>;
	customerStatus?: string;
	source: unknown;
	/** Opens a review item with these reasons. */
	review?: string[];
	settingsVersion?: number;
}

/**
 * `changed`: another lead with one of these keys was written since `asOf`; read the candidates again.
 * `earlier`: this submission was decided before, and that decision holds.
 */
export type RecordMatchResult =
	| { status: 'written'; reviewItemId?: string; earlier?: DecisionSections['clean'] }
	| { status: 'changed' };

/** Sections as a node decided them. */
export interface DecisionSections {
	clean: { match: Match; leadId: string; personId: string; review: ReviewEntry[] };
	enrich: { enrichment: Enrichment };
	classify: { intent: Intent; review: ReviewEntry[] };
	'route.hard': { routing: Routing };
	route: { routing: Routing };
	activate: { sla: Sla };
}
export type DecisionStage = keyof DecisionSections;

export interface RecordDecisionInput<S extends DecisionStage> extends Scope {
	submissionId: string;
	leadId: string;
	stage: S;
	at: Moment;
	section: DecisionSections[S];
	settingsVersion?: number;
	/** Moves the submission on, e.g. `assigned` after routing. Never backwards. */
	state?: SubmissionState;
	/** After routing: written to the lead. */
	owner?: Owner;
	queue?: string;
	review?: { stage: Stage; reasons: string[]; ownerId?: string };
	/**
	 * For a test lead, the earlier decision gives way to this one, with owner, queue and settings version; its review item
	 * gets the new reasons, or is settled when there are none. What a live lead was given always holds.
	 */
	replace?: boolean;
}

/** The section that holds: the one given, or the earlier one when this submission was decided before and nothing was replaced. */
export interface RecordedDecision<S extends DecisionStage> {
	section: DecisionSections[S];
	earlier: boolean;
	reviewItemId?: string;
}

/** Names one question to AI: a keyed hash, at most 200 characters. */
export interface FindAnswerInput extends Scope {
	key: string;
	/** Whose lead is asked about; the answer goes when the last submission goes that used it. */
	submissionId: string;
}

export interface KeepAnswerInput extends FindAnswerInput {
	/** JSON, opaque to the ledger; holds no personal value that the mask knows. */
	answer: string;
	at: Moment;
}

export interface KeptAnswerRow {
	answer: string;
}

export interface SpendInput {
	client: string;
	/** What is counted, e.g. `aiTokens`, or `lookUps` at a service. */
	purpose: string;
	/** Local date, e.g. `2026-11-20`. */
	day: string;
	/** Below 0 gives back. */
	amount: number;
	/** Most of that day; absent: no limit. */
	budget?: number;
}

/** `within` false: the budget would be passed, and nothing was added. */
export interface SpendResult {
	within: boolean;
	/** Of that day, after this. */
	spent: number;
}

export interface LeadEventInput extends Scope {
	leadId?: string;
	personId?: string;
	submissionId?: string;
	/** e.g. `contacted`, `accepted`, `rejected`, `meetingBooked`, `won`, `misrouted`. */
	type: string;
	at: Moment;
	by?: string;
	detail?: Record<string, unknown>;
	/** Events with one key are recorded once. */
	onceKey: string;
}

/** Who wishes to have a lead; `onceKey` is of this one wish, so that one that is run again is known. */
export interface TakeInput extends Omit<LeadEventInput, 'leadId' | 'submissionId' | 'type' | 'by'> {
	leadId: string;
	owner: Owner;
}

export interface LeadEvent {
	sequence: number;
	type: string;
	at: Moment;
	leadId: string | null;
	by: string | null;
	detail: Record<string, unknown>;
}

export interface LeadSummary {
	leadId: string;
	personId: string;
	client: string;
	test: boolean;
	status: 'open' | 'closed';
	provisional: boolean;
	openedAt: Moment;
	lastTouchAt: Moment;
	touches: number;
	queue: string | null;
	owner: Owner | null;
	/** Of the lead's first enquiry; that of the newest stands in a story's `decisions.clean`. */
	verdict: Verdict | null;
	fields: Record<string, string | null>;
	/** Furthest state of its submissions. */
	state: SubmissionState;
	clock: { status: ClockStatus; dueAt: Moment } | null;
	/** As it was read last, or corrected; `null` when nobody read it. */
	intent: string | null;
	/** Of the enquiry that opened it. */
	source: { channel: string | null; source: string | null; campaign: string | null };
	/** Whether a doubt about it is open. */
	needsReview: boolean;
}

export interface LeadStory extends LeadSummary {
	events: LeadEvent[];
	reviewItems: ReviewItem[];
	/** Newest decision of each stage. */
	decisions: Partial<DecisionSections>;
	/** When each stage was first decided. */
	decidedAt: Partial<Record<DecisionStage, Moment>>;
	/** The normalized record of the newest submission, with the lead, person and state that it has by now. */
	record: unknown;
	externalIds: Record<string, string>;
	/** Leads of whoever was asked for, of which this is the newest; 1 when it was asked for by its id. */
	foundAmong: number;
}

export interface ReviewItem {
	id: string;
	leadId: string;
	stage: ReviewStage;
	reasons: string[];
	ownerId: string | null;
	openedAt: Moment;
	settledAt: Moment | null;
}

export interface ListLeadsInput extends Scope {
	search?: string;
	status?: 'open' | 'closed';
	queue?: string;
	ownerId?: string;
	/** Address of the person, or its key for matching. */
	email?: string;
	/** Opened at or after, and before. */
	from?: Moment;
	to?: Moment;
	/** Only leads with an open review, or only those without. */
	needsReview?: boolean;
	/** From 1 to 1,000. */
	limit: number;
	/** Last lead of the page before: its id while the ledger knows it, or its place, which outlives it. */
	after?: string | { openedAt: Moment; leadId: string };
}

/** State of a rotation: opaque JSON to the ledger, made by `lead/route/assignOwner`. */
export interface RotationState {
	version: number;
	state: Record<string, number>;
}

/** Moments at which the day, the week and the month began in which caps count. */
export interface PeriodStarts {
	dayFrom: Moment;
	weekFrom: Moment;
	monthFrom: Moment;
}

/** What to read for a choice among the members of one team. */
export interface AssignmentInput extends Scope {
	pool: string;
	/** Moment of the choice. */
	at: Moment;
	/** Left out of its owner's load. */
	leadId: string;
	/** Members with caps. */
	counted: ({ id: string } & PeriodStarts)[];
	/** For a team with caps of its own. */
	team?: PeriodStarts;
	/** Members whose open leads are asked for. */
	open: string[];
	/** Owner of a company or household since that moment. */
	sticky?: { key: string; since: Moment };
}

export interface AssignmentState extends RotationState {
	/** Member who has this lead's turn already. */
	turnOf?: string;
	stickyOwner?: string;
	today: Record<string, number>;
	thisWeek: Record<string, number>;
	thisMonth: Record<string, number>;
	open: Record<string, number>;
	team: { today: number; thisWeek: number; thisMonth: number };
	/** Members who are out of rotation at that moment, and until when. */
	resting: Record<string, Moment>;
}

/** Caps of one member, and since when they count. */
export interface TurnLimits extends PeriodStarts {
	perDay?: number;
	perWeek?: number;
	perMonth?: number;
	open?: number;
}

export interface TakeTurnInput extends Scope {
	pool: string;
	/** A lead takes one turn; asked again, the same member comes back. */
	leadId: string;
	expectedVersion: number;
	next: Record<string, number>;
	memberId: string;
	at: Moment;
	/** Counted again in the same transaction. */
	limits?: TurnLimits;
	/** Remembers the member as owner of this company or household. */
	stickyKey?: string;
}

/** `changed`: another lead took a turn meanwhile, or the member is full by now; read the assignment again. */
export type TakeTurnResult = { status: 'taken' } | { status: 'earlier'; memberId: string } | { status: 'changed' };

export interface ReleaseInput extends Scope {
	submissionId: string;
	at: Moment;
	/** What the lead has from now on. */
	routing: Routing;
	settingsVersion?: number;
	by?: string;
}

/**
 * `held`: by its new routing nobody is there yet, so it is held on. `earlier`: somebody released it before, and that routing
 * holds. `unknown`: the ledger has no routing of this submission.
 */
export type ReleaseResult = { status: 'released' | 'held' } | { status: 'earlier'; routing: Routing } | { status: 'unknown' };

export interface ClockRow extends Scope {
	id: string;
	leadId: string;
	name: string;
	policy: string;
	startedAt: Moment;
	startedFrom: 'submittedAt' | 'receivedAt';
	warnAt: Moment;
	dueAt: Moment;
	/** What the clock was started with, so that it can be recomputed: calendar, target, escalation. */
	terms: unknown;
	status: ClockStatus;
	respondedAt: Moment | null;
	respondedBy: string | null;
	/** Stretches in which it stood still, made by `lead/activate/clock`; opaque to the ledger. */
	pauses: Pause[];
	/** Counts the changes of this clock; given back to `updateClock`, it tells whether somebody else wrote meanwhile. */
	revision: number;
	/** Owner's business minutes between start and response. */
	elapsedMinutes: number | null;
	nextCheckAt: Moment | null;
	ownerId: string | null;
	/** Names of confirmed steps. */
	confirmedSteps: string[];
	leadText: string | null;
}

/** What may change of a clock. */
export type ClockChange = Partial<Pick<ClockRow, 'status' | 'respondedAt' | 'respondedBy' | 'elapsedMinutes' | 'nextCheckAt' | 'ownerId' | 'pauses' | 'dueAt' | 'warnAt'>>;

/** A lead that a run left on its way. */
export interface StuckLead extends Scope {
	leadId: string;
	submissionId: string;
	receivedAt: Moment;
	state: SubmissionState;
	/** The normalized record as it was captured. */
	record: unknown;
}

/** An open lead that a CRM or a message tool did not take. */
export interface UndeliveredLead extends Scope {
	leadId: string;
	/** Its newest enquiry. */
	submissionId: string;
	/** Of the newest event that told of it. */
	sequence: number;
	failedAt: Moment;
}

/** A step of a clock, or of a lead that has none. */
export type StepOf = { clockId: string } | { leadId: string };

/** A lead that waited until somebody of its team is there. */
export interface HeldLead extends Scope {
	leadId: string;
	submissionId: string;
	heldUntil: Moment;
	/** The normalized record as it was captured. */
	record: unknown;
	decisions: Partial<DecisionSections>;
}

export type ClaimStepInput = Scope & StepOf & {
	name: string;
	/** The claim of a sweep that died ends after this. Default 300 seconds. */
	leaseSeconds?: number;
	/** Each claim of this step lasts twice as long as the one before. */
	leaseDoubles?: boolean;
	/** Attempts after which a step is given up. Default 3. */
	maxAttempts?: number;
};

export type ClaimStepResult =
	| { status: 'claimed'; stepId: string; claimToken: string; attempt: number }
	| { status: 'held' | 'confirmed' | 'exhausted' };

/** What to count of a client's leads that were opened from `from` (included) to `to` (excluded). */
export interface TallyInput extends Scope {
	from: Moment;
	to: Moment;
	/** Moment at which the figures are taken: an unanswered lead whose due time is later is still in time. */
	asOf: Moment;
	splits: readonly SplitName[];
	/** Tells the regions of a country apart in the split `territory`. */
	byRegion?: boolean;
	/** Parts that each split gives; the others are one part. Default 100. */
	most?: number;
}

export interface SaveSettingsInput {
	client: string;
	/** Already checked by `checkSettings`. */
	settings: ClientSettings;
	by?: string;
	at: Moment;
	/** Saves only while this is the newest version; 0 for a client that is not set up yet. */
	expectedVersion?: number;
}

/** `conflict`: somebody saved since the expected version, which is not the newest any more; nothing was saved. */
export interface SavedVersion {
	version: number;
	changed: boolean;
	conflict?: true;
}

/** Settings as they were saved once. */
export interface SettingsVersion {
	version: number;
	settings: ClientSettings;
	savedAt: Moment;
	savedBy: string | null;
}

export interface ClientRowsInput {
	client: string;
	/** Name of a table of `clientTables`. */
	table: string;
	/** `next` of the page before. */
	after?: (string | number | null)[];
	/** Rows of one page, from 1. */
	limit: number;
}

export interface ClientRows {
	rows: Record<string, unknown>[];
	/** Absent on the last page. */
	next?: (string | number | null)[];
}

/**
 * Where state lives: asynchronous, and every method one short transaction.
 * All methods throw `LeadError` (`LEDGER_BUSY`, `LEDGER_NOT_WRITABLE`, `LEDGER_FULL`, `LEDGER_TOO_NEW`, `LEDGER_FAILED`; of a server also
 * `LEDGER_UNREACHABLE`, `LEDGER_REFUSED`, `LEDGER_CROWDED`), never a driver's own error.
 * Two drivers pass the same contract tests in `test/ledger`.
 */
export interface Ledger extends KnownRecordsLedger, CorrectionsLedger, ExceptionsLedger, ReassignLedger, ReviewLedger, KeepLedger, LedgerFiles {
	/** Same settings again give the same version. */
	saveSettings(input: SaveSettingsInput): Promise<SavedVersion>;
	getClient(key: string): Promise<Client | undefined>;
	/** Any version, the newest when none is named. */
	getSettings(of: { client: string; version?: number }): Promise<SettingsVersion | undefined>;
	/** What the ledger knows of a client, one page of one table. */
	exportRows(input: ClientRowsInput): Promise<ClientRows>;
	/** Removes the client with all its leads, live ones too, and every version of its settings. */
	deleteClient(client: string): Promise<{ found: boolean; leads: number; versions: number }>;
	listClients(): Promise<{ key: string; name: string; mode: 'test' | 'live'; version: number }[]>;

	capture(input: CaptureInput): Promise<Captured>;

	findCandidates(input: CandidatesInput): Promise<Candidates>;
	recordMatch(input: RecordMatchInput): Promise<RecordMatchResult>;
	/**
	 * Takes back what `recordMatch` wrote for a test lead, all of it: the lead has its own ids again, known persons are as
	 * they were, and the submission can be decided anew. False, and nothing is changed, when it was never decided, is live,
	 * or its person was decided on again since: of several enquiries of one person, take back the newest first.
	 */
	undoMatch(scope: Scope, submissionId: string): Promise<boolean>;

	getDecision<S extends DecisionStage>(scope: Scope, submissionId: string, stage: S): Promise<DecisionSections[S] | undefined>;
	/** What each stage decided for a submission, or a person corrected. */
	getDecisions(scope: Scope, submissionId: string): Promise<Partial<DecisionSections>>;
	recordDecision<S extends DecisionStage>(input: RecordDecisionInput<S>): Promise<RecordedDecision<S>>;

	/** The client's secret for the keys of its answers; the same ever after. */
	getAnswerSecret(client: string): Promise<string>;
	findAnswer(input: FindAnswerInput): Promise<KeptAnswerRow | undefined>;
	/** Nothing is kept for a submission that is not in the ledger. */
	keepAnswer(input: KeepAnswerInput): Promise<void>;
	/** Counts what a client spends on one purpose in one day; two who spend at once never pass the budget together. */
	spend(input: SpendInput): Promise<SpendResult>;

	getRotation(scope: Scope, pool: string): Promise<RotationState>;
	/** Turns, counts and loads that a choice of one team's members rests on; pass its `version` back to `takeTurn`. */
	getAssignment(input: AssignmentInput): Promise<AssignmentState>;
	takeTurn(input: TakeTurnInput): Promise<TakeTurnResult>;
	/** Gives a lead that was blocked, held or waiting another routing, once. */
	releaseLead(input: ReleaseInput): Promise<ReleaseResult>;
	/** Open leads per owner id, for least loaded; the lead that is to be assigned is no load yet. */
	countOpenLeads(scope: Scope, ownerIds: string[], exceptLeadId?: string): Promise<Record<string, number>>;

	/**
	 * A clock of that lead and name that is already there is kept and given back: a new enquiry does not restart it.
	 * With `replace`, a test lead's clock that was started otherwise gives way to this one, with its answer and its steps.
	 */
	startClock(clock: ClockRow, options?: { replace?: boolean }): Promise<{ clock: ClockRow; earlier: boolean }>;
	getClock(scope: Scope, leadId: string, name: string): Promise<ClockRow | undefined>;
	/** Clocks whose `nextCheckAt` is not after `now`, oldest first; of all clients when `client` is absent. */
	listDueClocks(input: { client?: string; test: boolean; now: Moment; limit: number }): Promise<ClockRow[]>;
	/** False, and nothing is written, when the clock is gone or its revision is no longer that one. */
	updateClock(scope: Scope, clockId: string, change: ClockChange, ifRevision?: number): Promise<boolean>;
	/** All clocks of a lead, in the order in which they were started. */
	listClocks(scope: Scope, leadId: string): Promise<ClockRow[]>;
	/** Leads that are held and whose time has come; of all clients when `client` is absent. */
	listHeldLeads(input: { client?: string; test: boolean; now: Moment; limit: number }): Promise<HeldLead[]>;
	/** Leads that were captured but have no clock `seconds` later, oldest first; of all clients when `client` is absent. */
	listStuckLeads(input: { client?: string; test: boolean; now: Moment; afterSeconds: number; limit: number }): Promise<StuckLead[]>;
	/**
	 * Open leads with a `notDelivered` event after `since` and no `delivered` one after that, oldest first, that may be tried
	 * again now or whose last try was in vain and nobody was told; of all clients when `client` is absent.
	 */
	listUndelivered(input: { client?: string; test: boolean; since: Moment; limit: number }): Promise<UndeliveredLead[]>;
	/** At most one live claim per step, by the database's own clock. */
	claimStep(input: ClaimStepInput): Promise<ClaimStepResult>;
	/** False when the claim is no longer the live one. */
	confirmStep(scope: Scope, stepId: string, claimToken: string): Promise<boolean>;

	/**
	 * False when an event with that key was recorded before. `won`, `lost`, `rejected` and `closed` close the lead,
	 * `reopened` opens it, `ownerChanged` with `detail.owner` gives it to that owner and asks whether it was a misroute.
	 */
	recordEvent(input: LeadEventInput): Promise<boolean>;
	/**
	 * Gives a lead to the first who takes it: not when its owner took or answered it before (event `accepted` or `contacted`
	 * that names the owner, or nobody). Writes `accepted`, and `ownerChanged` before it when somebody else had the lead. Who is
	 * given a lead by a rule, a CRM or a person has not taken it by that.
	 */
	takeLead(input: TakeInput): Promise<TakeResult>;
	/**
	 * By lead id, by the key of a submission, else the newest lead of whoever has this address (its key for matching),
	 * number (E.164) or external id.
	 */
	getLead(scope: Scope, by: { leadId: string } | { submissionKey: string } | { email: string } | { phone: string } | { externalId: string; system: string }): Promise<LeadStory | undefined>;
	listLeads(input: ListLeadsInput): Promise<LeadSummary[]>;
	/**
	 * Reads anew what counts of leads that were changed since it was last read, `limit` at most, and gives their number.
	 * What is counted is as old as that: before a count, ask until it gives less than the limit. Of any one client when
	 * `client` is absent.
	 */
	refreshFacts(input: { client?: string; test: boolean; limit: number }): Promise<number>;
	tallyLeads(input: TallyInput): Promise<PeriodTally>;
	/** To whom leads went, oldest first; `next` of the page before goes on from there. */
	listAssigned(input: Scope & { from: Moment; to: Moment; limit: number; after?: (string | number)[] }): Promise<{ leads: GivenLead[]; next?: (string | number)[] }>;

	/** Removes the client's test leads with all that belongs to them; settings and live leads stay. */
	resetTestLeads(client: string): Promise<{ leads: number }>;

	close(): Promise<void>;
}
