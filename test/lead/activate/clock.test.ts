import fc from 'fast-check';
import { elapsedBetween } from '../../../nodes/lead/activate/businessTime';
import { nextCheckAt, pauseClock, readClock, readTerms, resumeClock, toSla, type ClockFacts } from '../../../nodes/lead/activate/clock';
import { chooseStart, openClocks, openFollowing } from '../../../nodes/lead/activate/openClocks';
import { openCalendar } from '../../../nodes/lead/activate/calendar';
import { firm, officeHours, routedLead } from './activateFixtures';

const at = (text: string) => Date.parse(text);

describe('chooseStart', () => {
	const receivedAt = '2026-11-20T18:30:00.000Z';
	const now = at('2026-11-20T18:31:00Z');
	it.each([
		['takes the submission', { submittedAt: '2026-11-20T18:29:00+00:00', receivedAt }, '2026-11-20T18:29:00.000Z', 'submittedAt', []],
		['takes the receipt when the form gives no time', { receivedAt }, receivedAt, 'receivedAt', []],
		['reads a time without a zone in the client\'s zone', { submittedAt: '2026-11-20T13:29:00', receivedAt }, '2026-11-20T18:29:00.000Z', 'submittedAt', ['TIME_ZONE_ASSUMED']],
		['leaves a submission after the receipt', { submittedAt: '2026-11-21T09:00:00Z', receivedAt }, receivedAt, 'receivedAt', ['SUBMITTED_AT_NOT_USED']],
		['leaves a submission that is not readable', { submittedAt: 'last Friday', receivedAt }, receivedAt, 'receivedAt', ['SUBMITTED_AT_NOT_USED']],
		['leaves the zero date of a machine', { submittedAt: '0001-01-01T00:00:00Z', receivedAt }, receivedAt, 'receivedAt', ['SUBMITTED_AT_NOT_USED']],
		['counts from now when nothing is known', {}, '2026-11-20T18:31:00.000Z', 'receivedAt', ['RECEIVED_AT_MISSING']],
		['counts from now when the receipt is no moment', { receivedAt: { at: 5 } }, '2026-11-20T18:31:00.000Z', 'receivedAt', ['RECEIVED_AT_MISSING']],
		['never starts in the future', { receivedAt: '2026-12-01T00:00:00Z' }, '2026-11-20T18:31:00.000Z', 'receivedAt', []],
	])('%s', (_name, given, start, from, codes) => {
		const chosen = chooseStart(given, now, 'America/New_York');
		expect({ start: new Date(chosen.at).toISOString(), from: chosen.from, codes: chosen.issues.map(({ code }) => code) }).toEqual({ start, from, codes });
	});
});

describe('a clock of 15 business minutes, warned 5 before', () => {
	const [opened] = openClocks(routedLead(), firm(), { at: at('2026-11-20T18:30:00Z'), from: 'receivedAt' }).clocks;
	const calendar = openCalendar(opened.terms.calendar);

	it('is due on Monday when the lead came on Friday evening, and says why', () => {
		expect(opened.facts).toMatchObject({ warnAt: '2026-11-23T09:10:00.000Z', dueAt: '2026-11-23T09:15:00.000Z' });
		expect(opened.terms.because).toEqual([
			'policy Standard: the one for all leads',
			'open Mon–Fri 09:00–17:30 Europe/London: 15 min from Mon 23 Nov 09:00',
			'the clock started when the form was received',
		]);
	});

	it.each([
		['runs over the weekend', '2026-11-22T12:00:00Z', 'running', 0, 15],
		['runs until the warning', '2026-11-23T09:09:59.999Z', 'running', 10, 5],
		['is at risk from the warning on', '2026-11-23T09:10:00Z', 'at_risk', 10, 5],
		['is not breached when elapsed equals the target', '2026-11-23T09:15:00Z', 'at_risk', 15, 0],
		['is breached a moment later', '2026-11-23T09:15:00.001Z', 'breached', 15, 0],
		['goes on measuring after the breach', '2026-11-23T09:37:30Z', 'breached', 37.5, -22.5],
	])('%s', (_name, now, status, elapsedMinutes, remainingMinutes) => {
		expect(readClock(opened.facts, calendar, at(now))).toMatchObject({ status, elapsedMinutes, remainingMinutes });
	});

	it.each([
		['is met by an answer before opening', '2026-11-21T10:00:00Z', 'met', 0],
		['is met by an answer at the due time', '2026-11-23T09:15:00Z', 'met', 15],
		['is met late by an answer after it', '2026-11-23T09:16:00Z', 'met_late', 16],
	])('%s, whatever the time is now', (_name, respondedAt, status, elapsedMinutes) => {
		expect(readClock({ ...opened.facts, respondedAt }, calendar, at('2027-01-01T00:00:00Z'))).toMatchObject({ status, elapsedMinutes });
	});

	it('does not breach overnight when it is due at closing', () => {
		const [{ facts }] = openClocks(routedLead(), firm(), { at: at('2026-11-20T17:15:00Z'), from: 'receivedAt' }).clocks;
		expect(facts.dueAt).toBe('2026-11-20T17:30:00.000Z');
		expect(readClock(facts, calendar, at('2026-11-22T12:00:00Z'))).toMatchObject({ status: 'at_risk', remainingMinutes: 0 });
		expect(readClock({ ...facts, respondedAt: '2026-11-22T12:00:00.000Z' }, calendar, at('2026-11-24T12:00:00Z')).status).toBe('met');
		expect(readClock(facts, calendar, at('2026-11-23T09:00:00.001Z')).status).toBe('breached');
		// and is not looked at all weekend
		expect(nextCheckAt(facts, opened.terms, at('2026-11-20T18:00:00Z'), ['Remind Owner'])).toBe('2026-11-23T09:00:00.000Z');
	});

	it('warns from the opening on when the warning is longer than the target', () => {
		const settings = firm({ slaPolicies: [{ name: 'Hot', firstResponseMinutes: 5, warnMinutesBefore: 60 }] });
		expect(openClocks(routedLead(), settings, { at: at('2026-11-21T10:00:00Z'), from: 'receivedAt' }).clocks[0].facts.warnAt).toBe('2026-11-23T09:00:00.000Z');
	});

	it('warns for the last quarter when the policy does not say', () => {
		const settings = firm({ slaPolicies: [{ name: 'Slow', firstResponseMinutes: 60 }] });
		expect(openClocks(routedLead(), settings, { at: at('2026-11-23T09:00:00Z'), from: 'receivedAt' }).clocks[0].facts.warnAt).toBe('2026-11-23T09:45:00.000Z');
	});

	it('says which node is missing when the lead has no owner', () => {
		const { issues } = openClocks(routedLead({ routing: undefined }), firm(), { at: at('2026-11-23T09:00:00Z'), from: 'receivedAt' });
		expect(issues).toMatchObject([{ code: 'NOT_ROUTED', message: expect.stringContaining('Rule Router') }]);
	});

	it.each([
		['at the warning while it runs', '2026-11-21T00:00:00Z', [], '2026-11-23T09:10:00.000Z'],
		['now while a step is due', '2026-11-23T09:11:00Z', [], '2026-11-23T09:11:00.000Z'],
		['at the breach once the warning was sent', '2026-11-23T09:11:00Z', ['Remind Owner'], '2026-11-23T09:15:00.000Z'],
		['at the next step after the breach', '2026-11-23T09:16:00Z', ['Tell Manager'], '2026-11-23T09:25:00.000Z'],
		['never when all was said', '2026-11-23T12:00:00Z', ['Tell Manager', 'Tell Fallback'], null],
	])('is looked at again %s', (_name, now, settled, next) => {
		expect(nextCheckAt(opened.facts, opened.terms, at(now), settled)).toBe(next);
	});

	it('is not looked at again after an answer', () => {
		expect(nextCheckAt({ ...opened.facts, respondedAt: '2026-11-23T09:11:00.000Z' }, opened.terms, at('2026-11-23T09:12:00Z'), [])).toBeNull();
	});

	it('comes back whole from JSON, and counts round the clock when its terms are lost', () => {
		expect(readTerms(JSON.parse(JSON.stringify(opened.terms)))).toEqual(opened.terms);
		const lost = toSla({ ...opened.facts, policy: 'Standard', name: 'First Response', startedFrom: 'receivedAt' }, readTerms({ calendar: 'x' }), at('2026-11-23T09:30:00Z'));
		expect(lost).toMatchObject({ status: 'breached', because: [expect.stringContaining('could not be read')] });
	});
});

describe('calendar words', () => {
	const office = ['09:00-17:30'];
	it.each([
		['names a run of days once', {}, 'open Mon–Fri 09:00–17:30 Europe/London'],
		['names other hours on other days', { hours: { monday: office, tuesday: office, saturday: ['10:00-12:00', '13:00-15:00'] } }, 'open Mon, Tue 09:00–17:30; Sat 10:00–12:00, 13:00–15:00 Europe/London'],
		['writes a night as it is read', { hours: { friday: ['22:00-06:00'] } }, 'open Fri 22:00–06:00 Europe/London'],
		['says round the clock', { alwaysOpen: true }, 'open round the clock Europe/London'],
	])('%s', (_name, change, words) => {
		expect(openCalendar(officeHours(change)).words).toBe(words);
	});
});

describe('a policy with more than one clock', () => {
	const settings = firm({
		slaPolicies: [{
			name: 'Hot', firstResponseMinutes: 5, roundTheClock: true, warnAtPercent: 60,
			clocks: [
				{ name: 'Acceptance', minutes: 60, stopsWith: 'accepted', warnAtPercent: 50, warnMinutesBefore: 10 },
				{ name: 'Next Touch', minutes: 480, startsWith: 'firstResponse', stopsWith: 'contacted' },
			],
		}],
	});
	const { clocks } = openClocks(routedLead(), settings, { at: at('2026-11-20T18:30:00Z'), from: 'receivedAt' });

	it('starts those of the handoff together, each in its own time', () => {
		expect(clocks.map(({ name, facts: { warnAt, dueAt } }) => ({ name, warnAt, dueAt }))).toEqual([
			{ name: 'First Response', warnAt: '2026-11-20T18:33:00.000Z', dueAt: '2026-11-20T18:35:00.000Z' },
			// half of the hour comes before its last ten minutes
			{ name: 'Acceptance', warnAt: '2026-11-23T09:30:00.000Z', dueAt: '2026-11-23T10:00:00.000Z' },
		]);
		expect(clocks[0].terms.because[1]).toBe('open round the clock Europe/London: 5 min from Fri 20 Nov 18:30');
	});

	it('starts those that follow the first answer from it, in business time again', () => {
		expect(openFollowing(clocks[0], at('2026-11-20T18:34:00Z'))).toMatchObject([
			{ name: 'Next Touch', policy: 'Hot', facts: { startedAt: '2026-11-20T18:34:00.000Z', dueAt: '2026-11-23T17:00:00.000Z' }, terms: { stopsWith: 'contacted', people: { owner: { id: 'mia' } } } },
		]);
		expect(openFollowing(clocks[1], at('2026-11-23T09:10:00Z'))).toEqual([]);
	});

	it('gives the terms back as they were stored', () => {
		expect(readTerms(JSON.parse(JSON.stringify(clocks[0].terms)))).toEqual(clocks[0].terms);
	});
});

describe('a pause', () => {
	const [{ facts, terms }] = openClocks(routedLead(), firm(), { at: at('2026-11-23T09:00:00Z'), from: 'receivedAt' }).clocks;
	const calendar = openCalendar(terms.calendar);
	const pausedAt = (moment: string, until?: string) => {
		const paused = pauseClock(facts, { at: at(moment), ...(until === undefined ? {} : { until: at(until) }), reason: 'on holiday' });
		if (!paused) throw new Error('not paused');
		return paused;
	};

	it('stops the clock, and no alert is due', () => {
		const paused = pausedAt('2026-11-23T09:04:00Z');
		expect(readClock(paused, calendar, at('2026-11-25T12:00:00Z'))).toMatchObject({ status: 'paused', elapsedMinutes: 4, remainingMinutes: 11 });
		expect(nextCheckAt(paused, terms, at('2026-11-25T12:00:00Z'), [])).toBeNull();
	});

	it('leaves as much business time as there was, whatever hours it lasted over', () => {
		const resumed = resumeClock(pausedAt('2026-11-23T09:04:00Z'), calendar, at('2026-11-24T17:25:00Z'));
		expect(resumed).toMatchObject({ warnAt: '2026-11-25T09:01:00.000Z', dueAt: '2026-11-25T09:06:00.000Z', pauses: [{ from: '2026-11-23T09:04:00.000Z', to: '2026-11-24T17:25:00.000Z', reason: 'on holiday' }] });
		expect(readClock(resumed as ClockFacts, calendar, at('2026-11-24T17:27:00Z'))).toMatchObject({ status: 'running', elapsedMinutes: 6, remainingMinutes: 9 });
	});

	it('ends by itself at the moment that was said', () => {
		const paused = pausedAt('2026-11-23T09:04:00Z', '2026-11-24T10:00:00Z');
		expect(nextCheckAt(paused, terms, at('2026-11-23T12:00:00Z'), [])).toBe('2026-11-24T10:00:00.000Z');
		expect(readClock(paused, calendar, at('2026-11-24T10:03:00Z'))).toMatchObject({ status: 'running', elapsedMinutes: 7, remainingMinutes: 8 });
		expect(resumeClock(paused, calendar, at('2026-11-24T12:00:00Z'))?.dueAt).toBe('2026-11-24T10:11:00.000Z');
	});

	it('does not forgive a breach that came before it, and counts none of its minutes', () => {
		const resumed = resumeClock(pausedAt('2026-11-23T09:20:00Z'), calendar, at('2026-11-23T12:00:00Z')) as ClockFacts;
		expect(resumed.dueAt).toBe(facts.dueAt);
		expect(readClock(resumed, calendar, at('2026-11-23T12:05:00Z'))).toMatchObject({ status: 'breached', elapsedMinutes: 25, remainingMinutes: -10 });
	});

	it('ends with an answer', () => {
		const answered = { ...pausedAt('2026-11-23T09:04:00Z'), respondedAt: '2026-11-23T11:00:00.000Z' };
		expect(readClock(answered, calendar, at('2026-11-24T12:00:00Z'))).toMatchObject({ status: 'met', elapsedMinutes: 4 });
	});

	it.each([
		['a clock that stands still already', () => pauseClock(pausedAt('2026-11-23T09:04:00Z'), { at: at('2026-11-23T09:10:00Z'), reason: '' })],
		['a clock that was answered', () => pauseClock({ ...facts, respondedAt: facts.startedAt }, { at: at('2026-11-23T09:10:00Z'), reason: '' })],
		['a resume of a clock that runs', () => resumeClock(facts, calendar, at('2026-11-23T09:10:00Z'))],
	])('is not for %s', (_name, change) => {
		expect(change()).toBeUndefined();
	});

	it('takes exactly its own open time out of the wait, wherever pauses fall', () => {
		const minutes = fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 8 });
		fc.assert(fc.property(minutes, fc.integer({ min: 1, max: 3_000 }), (steps, last) => {
			let clock: ClockFacts = facts;
			let now = at(facts.startedAt);
			let expected = 0;
			steps.forEach((step, index) => {
				const next = now + step * 60_000;
				if (index % 2 === 0) expected += elapsedBetween(calendar, now, next);
				clock = (index % 2 === 0 ? pauseClock(clock, { at: next, reason: 'x' }) : resumeClock(clock, calendar, next)) as ClockFacts;
				now = next;
			});
			if (steps.length % 2 === 0) {
				expected += elapsedBetween(calendar, now, now + last * 60_000);
				now += last * 60_000;
			}
			const reading = readClock(clock, calendar, now);
			expect(reading.elapsedMinutes).toBeCloseTo(expected / 60_000, 5);
			expect(reading.remainingMinutes).toBeCloseTo(15 - expected / 60_000, 5);
		}));
	});
});
