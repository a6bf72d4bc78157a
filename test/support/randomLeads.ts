import fc from 'fast-check';
import type { DecisionSections, Ledger, Scope } from '../../nodes/ledger/ledger';

/** What is known of one lead of a random ledger, told to the ledger by `playLead` and counted plainly by `plainScorecard`. */
export interface LeadCase {
	/** Minutes after the start of the period; below 0 it lies before, from 1,000 on after it. */
	openedAfter: number;
	verdict: 'create' | 'append' | 'merge' | 'review';
	source: { complete: boolean; source: string | null; campaign: string | null } | null;
	formId: string | null;
	country: string | null;
	region: string | null;
	service: string | null;
	secondTouch: boolean;
	intent: { name: string; highIntent?: boolean; engine: 'ai' | 'rules' | 'fallback' | 'skipped' } | null;
	route: { queue: string; owner: string | null; tier: 'hard' | 'soft' | 'fallback' } | null;
	clock: { dueIn: number; paused: boolean; response: { after: number; elapsed: number } | null } | null;
	events: { type: string; detail: Record<string, unknown> }[];
	review: 'open' | 'settled' | 'none';
	candidates: boolean;
}

const name = (...names: (string | null)[]) => fc.constantFrom(...names);
const tenths = (max: number) => fc.integer({ min: 0, max: max * 10 }).map((value) => value / 10);
const money = fc.record({ amount: fc.constantFrom<unknown>(100, 2_500.5, 0, 'much', undefined), currency: fc.constantFrom<unknown>('EUR', 'usd', undefined) });

const event = fc.oneof(
	fc.constantFrom('accepted', 'rejected', 'contacted', 'meetingBooked', 'becameMql', 'becameSql', 'duplicateRefuted', 'misrouted', 'constructor').map((type) => ({ type, detail: {} })),
	fc.record({ type: fc.constant('routingChecked'), detail: fc.record({ right: fc.boolean() }) }),
	fc.record({ type: fc.constantFrom('won', 'opportunity'), detail: money as fc.Arbitrary<Record<string, unknown>> }),
	fc.record({ type: fc.constant('duplicateConfirmed'), detail: fc.constantFrom({}, { cause: 'typed otherwise' }) }),
);

export const leadCase: fc.Arbitrary<LeadCase> = fc.record({
	openedAfter: fc.integer({ min: -30, max: 1_030 }),
	verdict: fc.constantFrom('create', 'create', 'append', 'merge', 'review'),
	source: fc.option(fc.record({ complete: fc.boolean(), source: name('google', 'news', null), campaign: name('spring', 'autumn', ' ', null) })),
	formId: name('contact', 'quote', null),
	country: name('GB', 'DE', null),
	region: name('North', 'South', null),
	service: name('Cloud', 'Security', null),
	secondTouch: fc.boolean(),
	intent: fc.option(fc.record({ name: fc.constantFrom('Quote', 'Support'), highIntent: fc.option(fc.boolean(), { nil: undefined }), engine: fc.constantFrom('ai', 'rules', 'fallback', 'skipped') })),
	route: fc.option(fc.record({ queue: fc.constantFrom('North', 'South'), owner: name('mia', 'jon', null), tier: fc.constantFrom('hard', 'soft', 'fallback') })),
	clock: fc.option(fc.record({
		dueIn: fc.integer({ min: 5, max: 2_000 }), paused: fc.boolean(),
		response: fc.option(fc.record({ after: fc.integer({ min: 0, max: 300 }), elapsed: tenths(200) })),
	})),
	events: fc.array(event, { maxLength: 5 }),
	review: fc.constantFrom('open', 'settled', 'none'),
	candidates: fc.boolean(),
});

/** First moment of the period in which most random leads are opened. */
export const periodStart = Date.parse('2026-11-23T09:00:00.000Z');
export const moment = (minutes: number) => new Date(periodStart + minutes * 60_000).toISOString();

type Used = Pick<Ledger, 'capture' | 'recordMatch' | 'recordDecision' | 'startClock' | 'updateClock' | 'recordEvent' | 'refreshFacts'>;

/** Tells the ledger of a lead as the nodes would: first what is decided, later what became of it. */
export async function playLead(ledger: Used, scope: Scope, one: LeadCase, id: string): Promise<{ later: () => Promise<void> }> {
	const at = moment(one.openedAfter);
	const ids = { submissionId: `sub-${id}`, leadId: `lead-${id}`, personId: `person-${id}` };
	const source = one.source && { ...one.source, completeness: 1 };
	await ledger.capture({
		...scope, ...ids, key: id, detectResend: true, at, formTool: 'typeform', ...(one.formId === null ? {} : { formId: one.formId }), payload: {},
		record: { lead: { country: one.country, region: one.region, serviceInterest: one.service }, source },
	});
	await match(ledger, scope, ids, at, one, source);
	if (one.intent) await decide(ledger, scope, ids, at, 'classify', { intent: one.intent } as never);
	if (one.route) {
		const { queue, owner, tier } = one.route;
		await decide(ledger, scope, ids, at, 'route', { routing: { queue, tier, skipped: [], because: [] } } as never, { queue, ...(owner === null ? {} : { owner: { id: owner, name: owner, email: null } }) });
	}
	const clockId = `clock-${id}`;
	if (one.clock) {
		await ledger.startClock({
			...scope, id: clockId, leadId: ids.leadId, name: 'First Response', policy: 'Standard', startedAt: at, startedFrom: 'receivedAt', warnAt: at, dueAt: moment(one.openedAfter + one.clock.dueIn),
			terms: {}, status: 'running', respondedAt: null, respondedBy: null, elapsedMinutes: null, nextCheckAt: null, ownerId: null, pauses: [], revision: 0, confirmedSteps: [], leadText: null,
		});
		// a clock of another name is not the first response
		await ledger.startClock({
			...scope, id: `${clockId}-2`, leadId: ids.leadId, name: 'Acceptance', policy: 'Standard', startedAt: at, startedFrom: 'receivedAt', warnAt: at, dueAt: at,
			terms: {}, status: 'met', respondedAt: at, respondedBy: null, elapsedMinutes: 0, nextCheckAt: null, ownerId: null, pauses: [], revision: 0, confirmedSteps: [], leadText: null,
		});
	}
	return {
		later: async () => {
			if (one.secondTouch) {
				const second = { ...ids, submissionId: `sub-${id}-2` };
				await ledger.capture({ ...scope, ...second, leadId: `lead-${id}-2`, personId: `person-${id}-2`, key: `${id}-2`, detectResend: true, at: moment(one.openedAfter + 1), formTool: 'other', payload: {}, record: {} });
				await match(ledger, scope, second, moment(one.openedAfter + 1), { ...one, verdict: 'append', review: 'none' }, { complete: false, source: 'second', campaign: 'second', completeness: 0 });
			}
			if (one.clock?.response) await ledger.updateClock(scope, clockId, { status: 'met', respondedAt: moment(one.openedAfter + one.clock.response.after), elapsedMinutes: one.clock.response.elapsed });
			else if (one.clock?.paused) await ledger.updateClock(scope, clockId, { status: 'paused' });
			for (const [place, { type, detail }] of one.events.entries()) await ledger.recordEvent({ ...scope, leadId: ids.leadId, type, at, detail, onceKey: `${id} ${place}` });
		},
	};
}

async function match(ledger: Used, scope: Scope, ids: { submissionId: string; leadId: string; personId: string }, at: string, one: LeadCase, source: unknown): Promise<void> {
	const candidates = one.candidates ? [{ personId: 'other', score: 0.4, because: [] }] : [];
	await ledger.recordMatch({
		...scope, ...ids, at, asOf: Number.MAX_SAFE_INTEGER, keys: [], verdict: one.verdict, fields: {}, externalIds: {}, source,
		match: { verdict: one.verdict, externalIds: {}, score: 0, because: [], candidates, mergePlan: [] },
		...(one.review === 'none' ? {} : { review: ['doubt'] }),
	});
	// nothing to be said any more about the match
	if (one.review === 'settled') await ledger.recordDecision({ ...scope, ...ids, at, stage: 'activate', section: { sla: {} } as never, review: { stage: 'clean', reasons: [] } });
}

async function decide<S extends 'classify' | 'route'>(
	ledger: Used, scope: Scope, ids: { submissionId: string; leadId: string }, at: string, stage: S, section: DecisionSections[S],
	given: { queue?: string; owner?: { id: string; name: string; email: null } } = {},
): Promise<void> {
	await ledger.recordDecision({ ...scope, ...ids, at, stage, section, ...given });
}
