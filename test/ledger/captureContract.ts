import type { Ledger } from '../../nodes/ledger/ledger';
import { clockOf, delivery, live, match, minutesLater, monday, newLead } from './samples';

export function captureContract(ledger: () => Ledger): void {
	async function activate(submissionId: string, leadId: string): Promise<void> {
		const { clock } = await ledger().startClock(clockOf({ leadId }));
		const sla = {
			policy: clock.policy, clock: clock.name, startedAt: clock.startedAt, startedFrom: clock.startedFrom, dueAt: clock.dueAt, warnAt: clock.warnAt,
			status: clock.status, elapsedMinutes: 0, remainingMinutes: 15, nextCheckAt: clock.nextCheckAt, because: [],
		};
		await ledger().recordDecision({ ...live, submissionId, leadId, stage: 'activate', at: monday, section: { sla }, state: 'activated' });
	}

	describe('capture', () => {
		it('takes an unseen key as the first delivery', async () => {
			const given = delivery();
			expect(await ledger().capture(given)).toEqual({
				submissionId: given.submissionId, leadId: given.leadId, personId: given.personId, receivedAt: monday,
				state: 'captured', delivery: { number: 1, outcome: 'first' },
			});
		});

		it('calls a second delivery in progress while the first one runs, with the first one\'s ids and moment', async () => {
			const first = await ledger().capture(delivery({ key: 'form 1' }));
			const second = await ledger().capture(delivery({ key: 'form 1', at: minutesLater(1) }));
			expect(second).toEqual({ ...first, delivery: { number: 2, outcome: 'inProgress' } });
		});

		it('resumes when the first delivery\'s time is over, and then holds the submission itself', async () => {
			const first = await ledger().capture(delivery({ key: 'form 1', leaseSeconds: 0 }));
			expect(await ledger().capture(delivery({ key: 'form 1' }))).toEqual({ ...first, delivery: { number: 2, outcome: 'resume' } });
			expect((await ledger().capture(delivery({ key: 'form 1' }))).delivery).toEqual({ number: 3, outcome: 'inProgress' });
		});

		// Retry On Fail runs the whole node again within its own lease
		it('resumes at once when the same delivery asks again', async () => {
			await ledger().capture(delivery({ key: 'form 1', deliveryId: 'execution 7, item 0' }));
			const same = await ledger().capture(delivery({ key: 'form 1', deliveryId: 'execution 7, item 0' }));
			const other = await ledger().capture(delivery({ key: 'form 1', deliveryId: 'execution 7, item 1' }));
			expect([same.delivery.outcome, other.delivery.outcome]).toEqual(['resume', 'inProgress']);
		});

		// a driver begins a call again when the answer to its commit was lost
		it('stays the first delivery when the very same call is done twice', async () => {
			const call = delivery({ review: ['nobody can answer'] });
			const first = await ledger().capture(call);
			expect(await ledger().capture(call)).toEqual(first);
			expect((await ledger().capture(delivery({ key: call.key }))).delivery).toEqual({ number: 2, outcome: 'inProgress' });
		});

		it('is done when an earlier delivery was activated', async () => {
			const first = await ledger().capture(delivery({ key: 'form 1' }));
			await activate(first.submissionId, first.leadId);
			const second = await ledger().capture(delivery({ key: 'form 1' }));
			expect(second).toMatchObject({ submissionId: first.submissionId, state: 'activated', delivery: { number: 2, outcome: 'done' } });
		});

		it('gives a resumed delivery the lead and person that were decided', async () => {
			const known = await newLead(ledger());
			const second = await ledger().capture(delivery({ key: 'form 2', leaseSeconds: 0 }));
			await ledger().recordMatch({
				...live, submissionId: second.submissionId, leadId: known.leadId, personId: known.personId, at: monday, asOf: 1000, keys: [],
				match: match('append'), verdict: 'append', fields: {}, externalIds: {}, source: {},
			});
			const resumed = await ledger().capture(delivery({ key: 'form 2' }));
			expect(resumed).toMatchObject({ leadId: known.leadId, personId: known.personId, state: 'decided', delivery: { outcome: 'resume' } });
		});

		it('keeps equal keys of two clients, and of test and live, apart', async () => {
			const outcomes = [];
			for (const scope of [live, { client: 'zeta', test: false }, { client: 'acme', test: true }]) {
				outcomes.push((await ledger().capture(delivery({ ...scope, key: 'form 1' }))).delivery.outcome);
			}
			expect(outcomes).toEqual(['first', 'first', 'first']);
		});

		it('takes every delivery as a first one when resends are not looked for', async () => {
			for (let run = 0; run < 3; run++) {
				const captured = await ledger().capture(delivery({ test: true, key: 'pinned', detectResend: false }));
				expect(captured.delivery).toEqual({ number: 1, outcome: 'first' });
			}
		});

		describe('resend window', () => {
			it.each([
				{ name: 'inside the window', hours: 23, outcome: 'inProgress' },
				{ name: 'exactly at its end', hours: 24, outcome: 'inProgress' },
				{ name: 'after the window', hours: 24.01, outcome: 'first' },
			])('is $outcome $name', async ({ hours, outcome }) => {
				await ledger().capture(delivery({ key: 'form 1', resendWindowHours: 24 }));
				const later = await ledger().capture(delivery({ key: 'form 1', resendWindowHours: 24, at: minutesLater(hours * 60) }));
				expect(later.delivery.outcome).toBe(outcome);
			});

			it('knows resends of the new submission from then on, and keeps the old lead', async () => {
				const old = await ledger().capture(delivery({ key: 'form 1', resendWindowHours: 24 }));
				const fresh = await ledger().capture(delivery({ key: 'form 1', resendWindowHours: 24, at: minutesLater(3000) }));
				const again = await ledger().capture(delivery({ key: 'form 1', resendWindowHours: 24, at: minutesLater(3001) }));
				expect(again).toMatchObject({ submissionId: fresh.submissionId, delivery: { number: 2, outcome: 'inProgress' } });
				expect(await ledger().getLead(live, { leadId: old.leadId })).toMatchObject({ state: 'captured' });
			});

			it('never ends for a provider\'s own ids', async () => {
				await ledger().capture(delivery({ key: 'event 1' }));
				const later = await ledger().capture(delivery({ key: 'event 1', at: minutesLater(1_000_000) }));
				expect(later.delivery.outcome).toBe('inProgress');
			});
		});

		it('opens one review item for what the form lacks, and names it on every delivery', async () => {
			const review = ['nobody can answer'];
			const first = await ledger().capture(delivery({ key: 'form 1', review }));
			const second = await ledger().capture(delivery({ key: 'form 1', review }));
			expect(first.reviewItemId).toBeDefined();
			expect(second.reviewItemId).toBe(first.reviewItemId);
			expect(await ledger().getLead(live, { leadId: first.leadId })).toMatchObject({ reviewItems: [{ id: first.reviewItemId, stage: 'capture', reasons: review, openedAt: monday, ownerId: null }] });
			expect(await ledger().capture(delivery({ review: [] }))).not.toHaveProperty('reviewItemId');
		});

		it('makes the lead findable before anything else is decided', async () => {
			const { leadId } = await ledger().capture(delivery());
			expect(await ledger().getLead(live, { leadId })).toMatchObject({
				leadId, state: 'captured', status: 'open', touches: 1, verdict: null, owner: null, clock: null, openedAt: monday,
				fields: { email: 'mia@firm.example', fullName: 'Mia Brandt' },
			});
		});

		describe('hostile input', () => {
			const record = JSON.parse('{"lead":{"email":"mia@firm.example","__proto__":{"a":1},"constructor":"x"},"__proto__":{"b":2}}') as unknown;
			it.each([
				{ name: 'a NUL in text', change: { key: 'a\0b', record: { lead: { fullName: 'Mi\0a' } } } },
				{ name: 'half a surrogate pair', change: { key: '\ud83d', record: { lead: { fullName: '\ud83d' } } } },
				{ name: 'quotes, comments and parameters of SQL', change: { key: `'; DROP TABLE leads; -- $1 ?1`, formTool: '$2' } },
				{ name: 'keys of an object\'s prototype', change: { record, payload: record } },
				{ name: 'one megabyte of payload', change: { payload: { message: 'ä'.repeat(1_000_000) } } },
				{ name: 'no payload and no record', change: { payload: undefined, record: undefined } },
				{ name: 'a record that is a list', change: { record: [1, 2], payload: 'text' } },
			])('takes $name and knows it again', async ({ change }) => {
				const first = await ledger().capture(delivery({ key: 'same', ...change }));
				const second = await ledger().capture(delivery({ key: 'same', ...change }));
				expect([first.delivery.outcome, second.delivery.outcome]).toEqual(['first', 'inProgress']);
				expect(await ledger().listLeads({ ...live, limit: 10 })).toHaveLength(1);
			});

			it('says so in its own error when an argument is no JSON', async () => {
				const circle: { self?: unknown } = {};
				circle.self = circle;
				await expect(ledger().capture(delivery({ payload: circle }))).rejects.toMatchObject({ name: 'LeadError', code: 'LEDGER_FAILED' });
			});
		});
	});
}
