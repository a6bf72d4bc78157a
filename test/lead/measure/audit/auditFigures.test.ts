import fc from 'fast-check';
import { auditCard, waitSteps } from '../../../../nodes/lead/measure/audit/auditCard';
import { auditMeasures } from '../../../../nodes/lead/measure/audit/auditFigures';
import { spreadOf } from '../../../../nodes/lead/measure/spread';
import { auditCauses, type AuditLead } from '../../../../nodes/lead/measure/audit/auditLead';

const maybe = fc.constantFrom(true, false, null);
const minutes = fc.option(fc.integer({ min: 0, max: 60_000 }).map((tenth) => tenth / 10), { nil: null });
const name = fc.constantFrom('one', 'two', '__proto__', null);
const lead: fc.Arbitrary<AuditLead> = fc.record({
	row: fc.nat(), createdAt: fc.option(fc.integer({ min: 1.7e12, max: 1.8e12 }), { nil: null }), wallMinutes: minutes, businessMinutes: minutes, minutesFault: fc.constant(null), contacted: maybe,
	waitedMinutes: minutes, afterHours: maybe, meeting: maybe, hasOwner: maybe, sourceComplete: maybe, missingSource: fc.constant([]), hasCampaign: maybe, routedRight: maybe, duplicate: maybe,
	duplicateCause: fc.constantFrom(...auditCauses, null), duplicateOf: fc.constant(null), maybeDuplicate: fc.boolean(), source: name, campaign: name, queue: name, owner: name, territory: name, service: name,
});

/** The same figures, counted one by one without any of the house's code. */
function plainly(leads: readonly AuditLead[], target: number): Record<string, { hits?: number; count: number; value: number }> {
	const count = (is: (one: AuditLead) => boolean) => leads.reduce((sum, one) => (is(one) ? sum + 1 : sum), 0);
	const share = (hits: number, of: number) => ({ hits, count: of, value: of === 0 ? 0 : hits / of });
	const time = (key: 'wallMinutes' | 'businessMinutes', nth: 'middle' | 'ninety', some = leads) => {
		const sorted = some.flatMap((one) => (one[key] === null ? [] : [one[key]])).sort((a, b) => a - b);
		const middle = sorted.length % 2 === 1 ? sorted[(sorted.length - 1) / 2] : (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
		const ninety = sorted.find((value) => sorted.filter((other) => other <= value).length >= 0.9 * sorted.length) ?? 0;
		return { count: sorted.length, value: sorted.length === 0 ? 0 : Math.round((nth === 'middle' ? middle : ninety) * 10) / 10 };
	};
	const inTime = count((one) => one.businessMinutes !== null && one.businessMinutes <= target);
	const late = count((one) => one.businessMinutes !== null ? one.businessMinutes > target : one.contacted === false && one.waitedMinutes !== null && one.waitedMinutes > target);
	const reached = (one: AuditLead) => one.contacted === true || one.meeting === true;
	return {
		medianFirstResponse: time('businessMinutes', 'middle'), p90FirstResponse: time('businessMinutes', 'ninety'), medianFirstResponseWall: time('wallMinutes', 'middle'), p90FirstResponseWall: time('wallMinutes', 'ninety'),
		contactedWithinSla: share(inTime, inTime + late),
		contactRate: share(count((one) => one.contacted === true), count((one) => one.contacted !== null)),
		meetingRate: share(count((one) => reached(one) && one.meeting === true), count((one) => reached(one) && one.meeting !== null)),
		meetingsPerLead: share(count((one) => one.meeting === true), count((one) => one.meeting !== null)),
		routingAccuracy: share(count((one) => one.routedRight === true), count((one) => one.routedRight !== null)),
		sourceCompleteness: share(count((one) => one.sourceComplete === true), count((one) => one.sourceComplete !== null)),
		campaignPresent: share(count((one) => one.hasCampaign === true), count((one) => one.hasCampaign !== null)),
		duplicateRate: share(count((one) => one.duplicate === true), count((one) => one.duplicate !== null)),
		noOwnerRate: share(count((one) => one.hasOwner === false), count((one) => one.hasOwner !== null)),
		afterHoursShare: share(count((one) => one.afterHours === true), count((one) => one.afterHours !== null)),
		medianWallInHours: time('wallMinutes', 'middle', leads.filter((one) => one.afterHours === false)),
		medianWallAfterHours: time('wallMinutes', 'middle', leads.filter((one) => one.afterHours === true)),
		contactRateAfterHours: share(count((one) => one.afterHours === true && one.contacted === true), count((one) => one.afterHours === true && one.contacted !== null)),
		maybeDuplicateShare: share(count((one) => one.duplicate !== null && one.maybeDuplicate), count((one) => one.duplicate !== null)),
	};
}

describe('the figures of an audit', () => {
	it('equal a straightforward calculation on 1,000 random exports', () => {
		fc.assert(fc.property(fc.array(lead, { maxLength: 60 }), fc.integer({ min: 1, max: 500 }), (leads, targetMinutes) => {
			const measures = auditMeasures(leads, { targetMinutes });
			const told = Object.fromEntries(Object.entries(measures).map(([key, { hits, count, value }]) => [key, { ...(hits === undefined ? {} : { hits }), count, value }]));
			expect(told).toEqual(plainly(leads, targetMinutes));
		}), { numRuns: 1_000 });
	});

	it('count every lead once in every split, and give no figure on fewer than five leads', () => {
		fc.assert(fc.property(fc.array(lead, { maxLength: 40 }), (leads) => {
			const card = auditCard(leads, { targetMinutes: 30 });
			for (const parts of Object.values(card.splits)) expect(parts.reduce((sum, part) => sum + part.leads, 0)).toBe(leads.length);
			for (const { value, count } of [...card.metrics, ...card.extras]) expect(value === null).toBe(count < 5);
			expect(card.waits).toHaveLength(waitSteps.length + 2);
			expect(card.waits.reduce((sum, of) => sum + of, 0)).toBe(leads.filter(({ contacted, wallMinutes }) => contacted === false || wallMinutes !== null).length);
			expect(card.duplicateCauses.reduce((sum, of) => sum + of.leads, 0)).toBe(leads.filter(({ duplicateCause }) => duplicateCause !== null).length);
		}));
	});

	it('tell the middle and the ninetieth of a hundred', () => {
		expect(spreadOf([3, 1, 2])).toEqual({ count: 3, median: 2, p90: 3 });
		expect(spreadOf([4, 1, 2, 3])).toEqual({ count: 4, median: 2.5, p90: 4 });
		expect(spreadOf(Array.from({ length: 100 }, (_, index) => 100 - index)).p90).toBe(90);
		expect(spreadOf([])).toEqual({ count: 0, median: 0, p90: 0 });
	});
});
