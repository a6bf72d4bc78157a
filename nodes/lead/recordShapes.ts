/** Longer than other files because it is one table: the shape of every section of the record, side by side. */
import {
	assignments, buyingStages, clockStatuses, confidenceSources, fits, ruleTiers, sentiments, stages, submissionStates, urgencies, verdicts,
	type AccountCandidate, type AfterHours, type Consent, type Enrichment, type Intent, type LeadFields, type LeadIssue, type Match, type Quality, type ReviewEntry, type Routing, type Sla, type SourceContext, type SpamReading, type Submission,
} from './handoffRecord';
import { isObject } from './isObject';

const unreadable = Symbol('unreadable');
/** Gives the very value back when it is as it should be, a copy without what is not, or `unreadable`. */
export type Shape<Value> = (given: unknown) => Value | typeof unreadable;

/** One part of an object, and what stands there when it is missing or can't be read. */
interface Part<Value> {
	shape: Shape<unknown>;
	missing: () => Value | typeof unreadable;
}

const needed = <Value>(shape: Shape<Value>): Part<Value> => ({ shape, missing: () => unreadable });
const optional = <Value>(shape: Shape<Value>): Part<Value | undefined> => ({ shape, missing: () => undefined });
const otherwise = <Value>(shape: Shape<Value>, missing: () => Value): Part<Value> => ({ shape, missing });

const text: Shape<string> = (given) => (typeof given === 'string' ? given : unreadable);
const someText: Shape<string> = (given) => (given === '' ? unreadable : text(given));
const number: Shape<number> = (given) => (typeof given === 'number' && Number.isFinite(given) ? given : unreadable);
const yesOrNo: Shape<boolean> = (given) => (typeof given === 'boolean' ? given : unreadable);
const orNull = <Value>(shape: Shape<Value>): Shape<Value | null> => (given) => (given === null ? null : shape(given));
const oneOf = <Value>(values: readonly Value[]): Shape<Value> => (given) => ((values as readonly unknown[]).includes(given) ? (given as Value) : unreadable);

/** A list without what does not belong in it. */
function list<Value>(shape: Shape<Value>): Shape<Value[]> {
	return (given) => {
		if (!Array.isArray(given)) return unreadable;
		const read = Array.from(given, shape);
		return read.every((value, index) => value === given[index]) ? (given as Value[]) : read.filter((value): value is Exclude<typeof value, symbol> => value !== unreadable);
	};
}

/** Texts by any name. */
const namedTexts: Shape<Record<string, string>> = (given) => {
	if (!isObject(given)) return unreadable;
	const entries = Object.entries(given);
	const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
	return texts.length === entries.length ? given as Record<string, string> : Object.fromEntries(texts);
};

/** An object with these parts; others that it has are kept. */
function object<Section extends object>(parts: { [Key in keyof Section]-?: Part<Section[Key]> }): Shape<Section> {
	const entries = Object.entries(parts) as [string, Part<unknown>][];
	return (given) => {
		if (!isObject(given)) return unreadable;
		// most records are as they should be, and are not copied
		let read = given;
		for (const [key, { shape, missing }] of entries) {
			const value = given[key];
			const found = value === undefined ? unreadable : shape(value);
			if (found === value) continue;
			const part = found === unreadable ? missing() : found;
			if (part === unreadable) return unreadable;
			if (part === undefined && value === undefined) continue;
			if (read === given) read = { ...given };
			if (part === undefined) delete read[key];
			else read[key] = part;
		}
		return read as Section;
	};
}

const someTexts = otherwise(list(text), () => []);
const textOrNull = otherwise(orNull(text), () => null);
const numberOrNull = needed(orNull(number));
const yes = otherwise(yesOrNo, () => true);
const no = otherwise(yesOrNo, () => false);
const nothing = otherwise(text, () => '');
const zero = otherwise(number, () => 0);
const priorities = oneOf(['high', 'normal', 'low'] as const);

const accountParts = {
	name: needed(text), domain: optional(text), score: needed(number), because: needed(list(text)), id: optional(text), customerStatus: optional(text), existingOwner: optional(text),
};

const match = object<Match>({
	verdict: needed(oneOf(verdicts)),
	externalIds: needed(namedTexts),
	score: zero,
	because: needed(list(text)),
	candidates: otherwise(list(object<Match['candidates'][number]>({ personId: needed(text), leadId: optional(text), score: needed(number), outcome: optional(text), because: needed(list(text)) })), () => []),
	mergePlan: otherwise(list(object<Match['mergePlan'][number]>({
		field: needed(text), known: needed(orNull(text)), incoming: needed(orNull(text)), result: needed(orNull(text)), because: needed(text),
	})), () => []),
	optOut: optional(list(oneOf(['email', 'phone', 'sms'] as const))),
	provisional: optional(yesOrNo),
	account: optional(object<NonNullable<Match['account']>>({ ...accountParts, candidates: optional(list(object<AccountCandidate>(accountParts))) })),
	customerStatus: optional(text),
	existingOwner: optional(text),
});

const enrichment = object<Enrichment>({
	service: needed(someText),
	at: nothing,
	filled: needed((given) => (isObject(given) ? given : unreadable)),
	because: someTexts,
});

const intent = object<Intent>({
	name: needed(someText),
	highIntent: optional(yesOrNo),
	confidence: optional(number),
	confidenceFrom: optional(oneOf(confidenceSources)),
	urgency: needed(oneOf(urgencies)),
	buyingStage: otherwise(oneOf(buyingStages), () => 'unknown'),
	sentiment: otherwise(oneOf(sentiments), () => 'neutral'),
	fit: otherwise(oneOf(fits), () => 'unclear'),
	language: textOrNull,
	summary: nothing,
	nextStep: nothing,
	evidence: needed(list(text)),
	score: optional(number),
	scoreBecause: optional(list(text)),
	engine: otherwise(oneOf(['ai', 'rules', 'fallback', 'skipped'] as const), () => 'skipped'),
	because: someTexts,
	usage: optional(object<NonNullable<Intent['usage']>>({
		inputTokens: needed(number), outputTokens: needed(number), model: needed(text), calls: optional(number), cost: optional(number), currency: optional(text),
	})),
	fromCache: optional(yesOrNo),
	promptVersion: optional(text),
});

const routing = object<Routing>({
	queue: needed(someText),
	sequence: optional(text),
	team: optional(text),
	owner: optional(object<NonNullable<Routing['owner']>>({
		id: needed(someText), name: needed(text), email: needed(orNull(text)), slackId: optional(text), crmId: optional(text), bookingUrl: optional(text),
	})),
	rule: needed(object<Routing['rule']>({ number: needed(number), name: needed(text) })),
	matchedRules: needed(list(object<Routing['matchedRules'][number]>({ number: needed(number), name: needed(text), tier: needed(oneOf(ruleTiers)) }))),
	tier: otherwise(oneOf(ruleTiers), () => 'fallback'),
	because: needed(list(text)),
	trace: optional(list(text)),
	skipped: needed(list(text)),
	assignment: optional(oneOf(assignments)),
	priority: otherwise(priorities, () => 'normal'),
	slaPolicy: optional(text),
	readMessageWithAi: yes,
	alarm: optional(text),
	heldUntil: optional(text),
	blocked: optional(yesOrNo),
	waiting: optional(yesOrNo),
	hard: optional(object<NonNullable<Routing['hard']>>({
		queue: optional(text), team: optional(text), owner: optional(text), sequence: optional(text), priority: optional(priorities), slaPolicy: optional(text),
		skills: optional(list(text)), blocked: optional(yesOrNo),
	})),
});

const sla = object<Sla>({
	policy: needed(someText),
	clock: nothing,
	clockId: optional(text),
	startedAt: nothing,
	startedFrom: otherwise(oneOf(['submittedAt', 'receivedAt'] as const), () => 'receivedAt'),
	dueAt: needed(someText),
	warnAt: nothing,
	status: otherwise(oneOf(clockStatuses), () => 'running'),
	elapsedMinutes: zero,
	remainingMinutes: zero,
	step: optional(object<NonNullable<Sla['step']>>({
		id: needed(text), name: needed(text), claimToken: needed(text), attempt: needed(number), notify: needed(text), text: needed(text),
	})),
	nextCheckAt: textOrNull,
	otherClocks: optional(list(object<NonNullable<Sla['otherClocks']>[number]>({ clock: needed(someText), dueAt: needed(someText), status: needed(oneOf(clockStatuses)) }))),
	afterHours: optional(object<AfterHours>({
		do: otherwise(oneOf(['wait', 'autoReply', 'queue', 'onCall'] as const), () => 'wait'),
		opensAt: textOrNull,
		promise: textOrNull,
		onCall: optional(object<NonNullable<AfterHours['onCall']>>({ id: needed(someText), name: needed(text), email: needed(orNull(text)), slackId: needed(orNull(text)), phone: optional(orNull(text)) })),
	})),
	because: needed(list(text)),
});

/** What a record must hold for the ledger to know its lead. */
export const submissionShape = object<Submission>({
	id: needed(someText),
	key: needed(someText),
	keyFromEventId: no,
	submittedAt: optional(text),
	receivedAt: needed(someText),
	formTool: otherwise(text, () => 'unknown'),
	formToolBecause: optional(text),
	formId: optional(text),
	eventId: optional(text),
	state: needed(oneOf(submissionStates)),
	delivery: needed(object<Submission['delivery']>({ number: needed(number), outcome: needed(oneOf(['first', 'resume', 'inProgress', 'done'] as const)) })),
});

/** Where the lead came from. */
export const sourceShape = object<SourceContext>({
	channel: textOrNull, channelBecause: textOrNull, source: textOrNull, medium: textOrNull, campaign: textOrNull, term: textOrNull, content: textOrNull,
	clickId: textOrNull, clickIdType: textOrNull, landingPage: textOrNull, referrer: textOrNull,
	firstTouch: otherwise(orNull(object<NonNullable<SourceContext['firstTouch']>>({
		channel: needed(orNull(text)), source: needed(orNull(text)), medium: needed(orNull(text)), campaign: needed(orNull(text)), at: needed(orNull(text)),
	})), () => null),
	complete: no,
	completeness: zero,
	missing: someTexts,
});

/** What the lead agreed to. */
export const consentShape = object<Consent>({ email: optional(yesOrNo), phone: optional(yesOrNo), sms: optional(yesOrNo), whatsapp: optional(yesOrNo), text: optional(text), at: optional(text) });

/** What is known of the lead's quality. */
export const qualityShape = object<Quality>({
	score: zero,
	because: optional(list(text)),
	issues: otherwise(list(object<LeadIssue>({ field: needed(text), code: needed(text), message: needed(text), severity: needed(oneOf(['info', 'warning', 'error'] as const)), suggestion: optional(text) })), () => []),
	flags: otherwise(
		object<Quality['flags']>({ disposableEmail: no, freeEmail: no, roleEmail: no, suspectedSpam: no, suspectedInjection: no }),
		() => ({ disposableEmail: false, freeEmail: false, roleEmail: false, suspectedSpam: false, suspectedInjection: false }),
	),
	changes: otherwise(list(object<Quality['changes'][number]>({ field: needed(text), before: needed(text), after: needed(text), rule: needed(text) })), () => []),
	spam: optional(object<SpamReading>({ score: needed(number), because: someTexts })),
	replyPath: no,
});

/** What a person should settle. */
export const reviewShape = list(object<ReviewEntry>({ stage: needed(oneOf(stages)), reasons: needed(list(text)), itemId: optional(text) }));

export const rangeShape = object<NonNullable<LeadFields['companySize']>>({ min: numberOrNull, max: numberOrNull });
export const budgetShape = object<NonNullable<LeadFields['budget']>>({ min: numberOrNull, max: numberOrNull, currency: needed(orNull(text)) });
export const timeZoneBasisShape = object<NonNullable<LeadFields['timeZoneBasis']>>({ from: needed(oneOf(['form', 'region', 'country', 'phone'] as const)), confidence: needed(number) });

/** Sections that a stage adds; one that lacks what it stands for is no section. */
export const sectionShapes = { match, enrichment, intent, routing, sla };

/**
 * Reads a section whose parts may have been taken away or overwritten: a part that is not of its shape is left out and
 * named in `lost`, and what the section can do without gets its default. Undefined when the rest is no such section.
 * Keys that the shape does not know are kept.
 */
export function readShape<Section extends object>(shape: Shape<Section>, given: unknown): { section?: Section; lost: string[] } {
	const section = shape(given);
	if (section === unreadable) return { lost: [] };
	if (section === given) return { section, lost: [] };
	if (!isObject(given)) return { section, lost: ['some of its entries'] };
	return { section, lost: Object.keys(given).filter((key) => given[key] !== undefined && given[key] !== (section as Record<string, unknown>)[key]) };
}

/** Says of a record's section that it, or these parts of it, were left out. */
export function notReadable(section: string, lost: string[]): LeadIssue {
	return {
		field: section,
		code: 'SECTION_NOT_READABLE',
		message: lost.length === 0
			? `The section "${section}" was not of its shape and was left out`
			: `Parts of the section "${section}" were not of their shape and were left out: ${lost.join(', ')}`,
		severity: 'warning',
	};
}
