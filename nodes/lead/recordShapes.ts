import { z } from 'zod/v4';
import {
	assignments, buyingStages, clockStatuses, fits, ruleTiers, sentiments, stages, submissionStates, urgencies, verdicts,
	type Consent, type HandoffRecord, type Intent, type LeadFields, type LeadIssue, type Match, type Quality, type ReviewEntry, type Routing, type Sla,
	type SourceContext, type Submission,
} from './handoffRecord';
import { isObject } from './isObject';

const text = z.string();
const someText = text.min(1);
const texts = z.array(text).default([]);
const textOrNull = text.nullable().default(null);
const numberOrNull = z.number().nullable();
const yesNo = z.boolean().default(false);
/** A part that the type gets and the shape forgets would pass unread. */
type Parts<Section> = Record<keyof Section, z.ZodType>;
const priorities = ['high', 'normal', 'low'] as const;

const match: z.ZodType<Match> = z.object({
	verdict: z.enum(verdicts),
	externalIds: z.record(text, text),
	score: z.number().default(0),
	because: z.array(text),
	candidates: z.array(z.object({ personId: text, leadId: text.optional(), score: z.number(), because: z.array(text) })).default([]),
	mergePlan: z.array(z.object({ field: text, known: text.nullable(), incoming: text.nullable(), result: text.nullable(), because: text })).default([]),
	optOut: z.array(z.enum(['email', 'phone', 'sms'])).optional(),
	provisional: z.boolean().optional(),
	account: z.object({ name: text, domain: text.optional(), score: z.number(), because: z.array(text) }).optional(),
	customerStatus: text.optional(),
	existingOwner: text.optional(),
} satisfies Parts<Match>);

const intent: z.ZodType<Intent> = z.object({
	name: someText,
	highIntent: z.boolean().optional(),
	confidence: z.number().optional(),
	urgency: z.enum(urgencies),
	buyingStage: z.enum(buyingStages).default('unknown'),
	sentiment: z.enum(sentiments).default('neutral'),
	fit: z.enum(fits).default('unclear'),
	language: textOrNull,
	summary: text.default(''),
	nextStep: text.default(''),
	evidence: z.array(text),
	engine: z.enum(['ai', 'rules', 'fallback', 'skipped']).default('skipped'),
	because: texts,
	usage: z.object({ inputTokens: z.number(), outputTokens: z.number(), model: text }).optional(),
	promptVersion: text.optional(),
} satisfies Parts<Intent>);

const routing: z.ZodType<Routing> = z.object({
	queue: someText,
	sequence: text.optional(),
	team: text.optional(),
	owner: z.object({ id: someText, name: text, email: text.nullable(), slackId: text.optional(), crmId: text.optional(), bookingUrl: text.optional() }).optional(),
	rule: z.object({ number: z.number(), name: text }),
	matchedRules: z.array(z.object({ number: z.number(), name: text, tier: z.enum(ruleTiers) })),
	tier: z.enum(ruleTiers).default('fallback'),
	because: z.array(text),
	trace: z.array(text).optional(),
	skipped: z.array(text),
	assignment: z.enum(assignments).optional(),
	priority: z.enum(priorities).default('normal'),
	slaPolicy: text.optional(),
	readMessageWithAi: z.boolean().default(true),
	alarm: text.optional(),
	hard: z.object({
		queue: text.optional(), team: text.optional(), owner: text.optional(), sequence: text.optional(), priority: z.enum(priorities).optional(), slaPolicy: text.optional(),
	}).optional(),
} satisfies Parts<Routing>);

const sla: z.ZodType<Sla> = z.object({
	policy: someText,
	clock: text.default(''),
	clockId: text.optional(),
	startedAt: text.default(''),
	startedFrom: z.enum(['submittedAt', 'receivedAt']).default('receivedAt'),
	dueAt: someText,
	warnAt: text.default(''),
	status: z.enum(clockStatuses).default('running'),
	elapsedMinutes: z.number().default(0),
	remainingMinutes: z.number().default(0),
	step: z.object({ id: text, name: text, claimToken: text, attempt: z.number(), notify: text, text }).optional(),
	nextCheckAt: textOrNull,
	because: z.array(text),
} satisfies Parts<Sla>);

/** What a record must hold for the ledger to know its lead. */
export const submissionShape: z.ZodType<Submission> = z.object({
	id: someText,
	key: someText,
	keyFromEventId: yesNo,
	submittedAt: text.optional(),
	receivedAt: someText,
	formTool: text.default('unknown'),
	formId: text.optional(),
	eventId: text.optional(),
	state: z.enum(submissionStates),
	delivery: z.object({ number: z.number(), outcome: z.enum(['first', 'resume', 'inProgress', 'done']) }),
} satisfies Parts<Submission>);

export const sourceShape: z.ZodType<SourceContext> = z.object({
	channel: textOrNull, channelBecause: textOrNull, source: textOrNull, medium: textOrNull, campaign: textOrNull, term: textOrNull, content: textOrNull,
	clickId: textOrNull, clickIdType: textOrNull, landingPage: textOrNull, referrer: textOrNull,
	firstTouch: z.object({ channel: text.nullable(), source: text.nullable(), medium: text.nullable(), campaign: text.nullable(), at: text.nullable() }).nullable().default(null),
	complete: yesNo,
	completeness: z.number().default(0),
	missing: texts,
} satisfies Parts<SourceContext>);

export const consentShape: z.ZodType<Consent> = z.object({
	email: z.boolean().optional(), phone: z.boolean().optional(), sms: z.boolean().optional(), text: text.optional(), at: text.optional(),
} satisfies Parts<Consent>);

const noFlags: Quality['flags'] = { disposableEmail: false, freeEmail: false, roleEmail: false, suspectedSpam: false, suspectedInjection: false };

export const qualityShape: z.ZodType<Quality> = z.object({
	score: z.number().default(0),
	issues: z.array(z.object({ field: text, code: text, message: text, severity: z.enum(['info', 'warning', 'error']) })).default([]),
	flags: z.object({ disposableEmail: yesNo, freeEmail: yesNo, roleEmail: yesNo, suspectedSpam: yesNo, suspectedInjection: yesNo }).default(noFlags),
	changes: z.array(z.object({ field: text, before: text, after: text, rule: text })).default([]),
	replyPath: yesNo,
} satisfies Parts<Quality>);

export const reviewShape: z.ZodType<{ entries: ReviewEntry[] }> = z.object({
	entries: z.array(z.object({ stage: z.enum(stages), reasons: z.array(text), itemId: text.optional() })).default([]),
});

export const rangeShape: z.ZodType<LeadFields['companySize']> = z.object({ min: numberOrNull, max: numberOrNull });
export const budgetShape: z.ZodType<LeadFields['budget']> = z.object({ min: numberOrNull, max: numberOrNull, currency: text.nullable() });

/** Sections that a stage adds; one that lacks what it stands for is no section. */
export const sectionShapes = { match, intent, routing, sla } satisfies { [Section in keyof HandoffRecord]?: unknown };

/** One part after another is given up from the inside out; no section is deeper. */
const mostTries = 5;

/**
 * Reads a section whose parts may have been taken away or overwritten: a part that is not of its shape is left out and
 * named in `lost`, and what the section can do without gets its default. Undefined when the rest is no such section.
 * Keys that the shape does not know are kept.
 */
export function readShape<Section>(shape: z.ZodType<Section>, given: unknown): { section?: Section; lost: string[] } {
	let value = given;
	const lost = new Set<string>();
	for (let tries = 0; tries < mostTries && isObject(value); tries++) {
		const read = shape.safeParse(value);
		if (read.success) return { section: withDefaults(value, read.data as Record<string, unknown>) as Section, lost: [...lost] };
		const paths = new Map<string, PropertyKey[]>();
		for (const { path } of read.error.issues) {
			lost.add(String(path[0]));
			const part = path.slice(0, Math.max(1, path.length - tries));
			paths.set(JSON.stringify(part), part);
		}
		// from the last to the first, so that places in lists keep their numbers
		for (const path of [...paths.values()].reverse()) value = without(value, path);
	}
	return { lost: [...lost] };
}

function withDefaults(value: Record<string, unknown>, read: Record<string, unknown>): Record<string, unknown> {
	const filled = { ...value };
	for (const [key, part] of Object.entries(read)) filled[key] ??= part;
	return filled;
}

/** A copy without one part. */
function without(value: unknown, [key, ...deeper]: PropertyKey[]): unknown {
	if (Array.isArray(value)) {
		return deeper.length === 0 ? value.filter((_, index) => index !== key) : value.map((part: unknown, index) => (index === key ? without(part, deeper) : part));
	}
	if (!isObject(value)) return value;
	const { [key as string]: part, ...rest } = value;
	return deeper.length === 0 || part === undefined ? rest : { ...rest, [key]: without(part, deeper) };
}

/** Says of a record's section what was left out. */
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
