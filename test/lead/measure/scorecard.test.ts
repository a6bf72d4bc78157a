import fc from 'fast-check';
import { clockStatuses, verdicts } from '../../../nodes/lead/handoffRecord';
import type { MeasuredLead } from '../../../nodes/lead/measure/measuredLead';
import { scorecard, type Metric } from '../../../nodes/lead/measure/scorecard';
import { metricNames, passesThreshold, type MetricName } from '../../../nodes/lead/measure/thresholds';

const asOf = '2026-11-20T12:00:00.000Z';
const minute = (minutes: number) => new Date(Date.parse(asOf) + minutes * 60_000).toISOString();

function lead(part: Partial<MeasuredLead> = {}): MeasuredLead {
	return {
		leadId: 'lead-1', touches: 1, verdict: 'create', ownerId: 'mia', intent: null, source: { complete: true }, clock: null, events: {}, openReviewItems: 0,
		...part,
	};
}

const answered = (elapsedMinutes: number, due = 15) => ({
	dueAt: minute(-60), respondedAt: minute(-60 + elapsedMinutes - due), elapsedMinutes, status: 'met' as const,
});
const unanswered = (dueIn: number) => ({ dueAt: minute(dueIn), respondedAt: null, elapsedMinutes: null, status: 'running' as const });

function metric(leads: MeasuredLead[], name: MetricName): Metric {
	return scorecard(leads, { asOf, leastLeads: 1 }).find((one) => one.name === name) as Metric;
}

describe('scorecard', () => {
	it('gives every metric once, in one order', () => {
		expect(scorecard([], { asOf }).map(({ name }) => name)).toEqual([...metricNames]);
	});

	it('says so instead of a figure when there are no leads', () => {
		for (const { value, passes, count, because } of scorecard([], { asOf })) {
			expect({ value, passes, count }).toEqual({ value: null, passes: null, count: 0 });
			expect(because).toMatch(/^Not measured: /);
		}
	});

	it('says so instead of a figure when there are fewer than five leads', () => {
		const four = Array.from({ length: 4 }, () => lead());
		expect(scorecard(four, { asOf }).find(({ name }) => name === 'noOwnerRate')).toMatchObject({
			value: null, passes: null, count: 4, because: 'Too few leads for a figure (4 of at least 5)',
		});
		expect(scorecard([...four, lead()], { asOf }).find(({ name }) => name === 'noOwnerRate')).toMatchObject({ value: 0, passes: true, count: 5 });
	});

	it.each<[string, MetricName, Partial<MeasuredLead>[], number | null]>([
		['the middle of an odd number of answers', 'medianFirstResponse', [{ clock: answered(3) }, { clock: answered(30) }, { clock: answered(5) }], 5],
		['the mean of the two middle answers', 'medianFirstResponse', [{ clock: answered(4) }, { clock: answered(5) }], 4.5],
		['the answer that nine in ten are not above', 'p90FirstResponse', Array.from({ length: 10 }, (_, index) => ({ clock: answered(index + 1) })), 9],
		['no first response for unanswered leads', 'medianFirstResponse', [{ clock: unanswered(5) }], null],
		['five minutes as not under five', 'highIntentUnder5', [{ intent: { highIntent: true, engine: 'ai' as const }, clock: answered(5) }, { intent: { highIntent: true, engine: 'ai' as const }, clock: answered(4.9) }], 0.5],
		['high intent by its flag only', 'highIntentUnder15', [{ intent: { engine: 'ai' as const }, clock: answered(1) }], null],
		['an answer at the due moment as in time', 'contactedWithinSla', [{ clock: answered(15) }, { clock: answered(15.1) }], 0.5],
		['an overdue lead without an answer as late', 'contactedWithinSla', [{ clock: unanswered(-1) }, { clock: answered(1) }], 0.5],
		['no lead that is still in time', 'contactedWithinSla', [{ clock: unanswered(1) }, { clock: answered(1) }], 1],
		['no paused lead', 'contactedWithinSla', [{ clock: { ...unanswered(-1), status: 'paused' as const } }, { clock: answered(1) }], 1],
		['checked leads only as the routing sample', 'routingAccuracy', [{ events: { routingChecked: { right: true } } }, { events: { routingChecked: { right: false } } }, { events: { misrouted: {} } }], 0.5],
		['no routing accuracy without a sample', 'routingAccuracy', [{ events: { misrouted: {} } }], null],
		['an unknown source as incomplete', 'sourceCompleteness', [{ source: null }, {}], 0.5],
		['confirmed duplicates among created leads', 'duplicateRate', [{ events: { duplicateConfirmed: {} } }, {}, { verdict: 'append' as const, events: { duplicateConfirmed: {} } }], 0.5],
		['no refuted duplicate', 'duplicateRate', [{ events: { duplicateConfirmed: {}, duplicateRefuted: {} } }], 0],
		['repeat enquiries', 'repeatEnquiryShare', [{ touches: 2 }, { verdict: 'append' as const }, {}, {}], 0.5],
		['leads without an owner', 'noOwnerRate', [{ ownerId: null }, {}], 0.5],
		['leads that sales judged only', 'salesAcceptance', [{ events: { accepted: {} } }, { events: { rejected: {} } }, {}], 0.5],
		['open reviews', 'reviewShare', [{ openReviewItems: 2 }, {}], 0.5],
		['AI failures among leads that AI was asked about', 'aiFallbackShare', [{ intent: { engine: 'ai' as const } }, { intent: { engine: 'fallback' as const } }, { intent: { engine: 'rules' as const } }, { intent: { engine: 'skipped' as const } }], 0.5],
	])('counts %s', (_what, name, parts, value) => {
		expect(metric(parts.map(lead), name).value).toBe(value);
	});

	it('judges a figure at its threshold as passed', () => {
		expect(passesThreshold(15, { is: 'atMost', value: 15 })).toBe(true);
		expect(passesThreshold(0.9, { is: 'atLeast', value: 0.9 })).toBe(true);
		expect(passesThreshold(15.1, { is: 'atMost', value: 15 })).toBe(false);
		expect(passesThreshold(null, { is: 'atMost', value: 15 })).toBeNull();
		expect(passesThreshold(1, undefined)).toBeNull();
	});

	it('equals a straightforward calculation', () => {
		fc.assert(fc.property(fc.array(anyLead, { maxLength: 60 }), (leads) => {
			const figures = Object.fromEntries(scorecard(leads, { asOf, leastLeads: 1 }).map(({ name, value }) => [name, value]));
			expect(figures).toEqual(straightforward(leads));
		}), { numRuns: 300 });
	});
});

const anyEvents = fc.subarray(['accepted', 'rejected', 'routingChecked', 'duplicateConfirmed', 'duplicateRefuted', 'misrouted', 'won'])
	.chain((types) => fc.boolean().map((right) => Object.fromEntries(types.map((type) => [type, { right }]))));

const anyLead: fc.Arbitrary<MeasuredLead> = fc.record({
	leadId: fc.uuid(),
	touches: fc.integer({ min: 1, max: 3 }),
	verdict: fc.constantFrom(...verdicts, null),
	ownerId: fc.constantFrom('mia', null),
	intent: fc.option(fc.oneof(
		fc.record({ highIntent: fc.boolean(), engine: fc.constantFrom('ai' as const, 'rules' as const, 'fallback' as const, 'skipped' as const) }),
		fc.constant({ engine: 'ai' as const }),
	)),
	source: fc.option(fc.record({ complete: fc.boolean() })),
	clock: fc.option(fc.record({
		dueAt: fc.integer({ min: -100, max: 100 }).map(minute),
		respondedAt: fc.option(fc.integer({ min: -100, max: 0 }).map(minute)),
		elapsedMinutes: fc.option(fc.integer({ min: 0, max: 300 }).map((tenths) => tenths / 10)),
		status: fc.constantFrom(...clockStatuses),
	})),
	events: anyEvents,
	openReviewItems: fc.integer({ min: 0, max: 2 }),
});

/** The definitions of the glossary once more, each as one filter over another. */
function straightforward(leads: MeasuredLead[]): Record<MetricName, number | null> {
	const share = (all: MeasuredLead[], hit: (one: MeasuredLead) => boolean) => (all.length === 0 ? null : all.filter(hit).length / all.length);
	const has = (one: MeasuredLead, type: string) => type in one.events;
	const times = leads.filter(({ clock }) => clock?.respondedAt && clock.elapsedMinutes !== null).map(({ clock }) => clock?.elapsedMinutes as number).sort((a, b) => a - b);
	const round = (value: number) => Math.round(value * 10) / 10;
	const settled = leads.filter(({ clock }) => clock && (clock.respondedAt || (clock.status !== 'paused' && new Date(clock.dueAt) <= new Date(asOf))));
	const hot = settled.filter(({ intent }) => intent?.highIntent);
	const under = (minutes: number) => share(hot, ({ clock }) => Boolean(clock?.respondedAt) && clock?.elapsedMinutes !== null && (clock?.elapsedMinutes as number) < minutes);
	return {
		medianFirstResponse: times.length === 0 ? null : round((times[Math.floor((times.length - 1) / 2)] + times[Math.floor(times.length / 2)]) / 2),
		p90FirstResponse: times.length === 0 ? null : round(times.find((one) => times.filter((other) => other <= one).length * 10 >= times.length * 9) as number),
		highIntentUnder5: under(5),
		highIntentUnder15: under(15),
		contactedWithinSla: share(settled, ({ clock }) => Boolean(clock?.respondedAt) && new Date(clock?.respondedAt as string) <= new Date(clock?.dueAt as string)),
		routingAccuracy: share(leads.filter((one) => has(one, 'routingChecked')), ({ events }) => events.routingChecked.right === true),
		sourceCompleteness: share(leads, ({ source }) => source !== null && source.complete),
		duplicateRate: share(leads.filter(({ verdict }) => verdict === 'create'), (one) => has(one, 'duplicateConfirmed') && !has(one, 'duplicateRefuted')),
		repeatEnquiryShare: share(leads, ({ touches, verdict }) => touches > 1 || verdict === 'append'),
		noOwnerRate: share(leads, ({ ownerId }) => !ownerId),
		salesAcceptance: share(leads.filter((one) => has(one, 'accepted') || has(one, 'rejected')), (one) => has(one, 'accepted')),
		reviewShare: share(leads, ({ openReviewItems }) => openReviewItems > 0),
		aiFallbackShare: share(leads.filter(({ intent }) => intent && ['ai', 'fallback'].includes(intent.engine)), ({ intent }) => intent?.engine === 'fallback'),
	};
}
