import { stuckStep } from '../../nodes/ledger/leadSteps';
import type { Ledger } from '../../nodes/ledger/ledger';
import { clockOf, live, minutesLater, monday, newLead } from './samples';

export function clocksContract(ledger: () => Ledger): void {
	describe('clocks', () => {
		it('gives a started clock back as it was given', async () => {
			const given = clockOf(await newLead(ledger()));
			expect(await ledger().startClock(given)).toEqual({ clock: given, earlier: false });
			expect(await ledger().getClock(live, given.leadId, given.name)).toEqual(given);
		});

		it('keeps the clock that a lead has', async () => {
			const first = clockOf(await newLead(ledger()));
			await ledger().startClock(first);
			expect(await ledger().startClock(clockOf(first, { dueAt: minutesLater(99) }))).toEqual({ clock: first, earlier: true });
			expect((await ledger().startClock(clockOf(first, { name: 'Resolution' }))).earlier).toBe(false);
		});

		it('starts a test lead\'s clock anew when it is to be replaced and differs, without its answer and steps', async () => {
			const given = clockOf({ leadId: 'a' }, { test: true });
			await ledger().startClock(given);
			const claim = await ledger().claimStep({ ...live, test: true, clockId: given.id, name: 'Warn' });
			if (claim.status === 'claimed') await ledger().confirmStep({ ...live, test: true }, claim.stepId, claim.claimToken);
			await ledger().updateClock({ ...live, test: true }, given.id, { status: 'met', respondedAt: minutesLater(5) });
			expect(await ledger().startClock(clockOf({ leadId: 'a' }, { test: true }), { replace: true })).toMatchObject({ earlier: true, clock: { id: given.id, confirmedSteps: ['Warn'] } });
			const slower = clockOf({ leadId: 'a' }, { test: true, policy: 'Slow', dueAt: minutesLater(99) });
			expect(await ledger().startClock(slower, { replace: true })).toEqual({ clock: slower, earlier: false });
			expect(await ledger().getClock({ ...live, test: true }, 'a', given.name)).toEqual(slower);
		});

		it('never starts a live lead\'s clock anew', async () => {
			const given = clockOf({ leadId: 'a' });
			await ledger().startClock(given);
			expect(await ledger().startClock(clockOf({ leadId: 'a' }, { dueAt: minutesLater(99) }), { replace: true })).toEqual({ clock: given, earlier: true });
		});

		it('finds the clock by an alias of its lead', async () => {
			const known = await newLead(ledger());
			const clock = clockOf(known);
			await ledger().startClock(clock);
			const second = await newLead(ledger(), {}, { verdict: 'append', leadId: known.leadId, personId: known.personId });
			expect(await ledger().getClock(live, second.leadId, clock.name)).toEqual(clock);
			expect(await ledger().startClock(clockOf(second))).toEqual({ clock, earlier: true });
		});

		it('lists clocks whose time has come, oldest first', async () => {
			const lead = await newLead(ledger());
			for (const minutes of [30, 10, 20, 40]) await ledger().startClock(clockOf(lead, { name: `${minutes}`, nextCheckAt: minutesLater(minutes) }));
			await ledger().startClock(clockOf(lead, { name: 'stopped', nextCheckAt: null }));
			const due = await ledger().listDueClocks({ ...live, now: minutesLater(30), limit: 10 });
			expect(due.map(({ name }) => name)).toEqual(['10', '20', '30']);
			expect(await ledger().listDueClocks({ ...live, now: minutesLater(30), limit: 1 })).toMatchObject([{ name: '10' }]);
		});

		it('lists clocks of all clients when none is named, never test with live', async () => {
			await ledger().startClock(clockOf({ leadId: 'a' }));
			await ledger().startClock(clockOf({ leadId: 'b' }, { client: 'zeta' }));
			await ledger().startClock(clockOf({ leadId: 'c' }, { test: true }));
			const leads = async (input: { client?: string; test: boolean }) =>
				(await ledger().listDueClocks({ ...input, now: minutesLater(60), limit: 10 })).map(({ leadId }) => leadId).sort();
			expect(await leads({ test: false })).toEqual(['a', 'b']);
			expect(await leads({ client: 'zeta', test: false })).toEqual(['b']);
			expect(await leads({ test: true })).toEqual(['c']);
		});

		it('changes the given fields only', async () => {
			const clock = clockOf({ leadId: 'a' });
			await ledger().startClock(clock);
			await ledger().updateClock(live, clock.id, { status: 'met', respondedAt: minutesLater(5), respondedBy: 'mia', elapsedMinutes: 4.5, nextCheckAt: null });
			await ledger().updateClock(live, clock.id, {});
			await ledger().updateClock({ ...live, test: true }, clock.id, { status: 'breached' });
			expect(await ledger().getClock(live, 'a', clock.name)).toEqual({
				...clock, status: 'met', respondedAt: minutesLater(5), respondedBy: 'mia', elapsedMinutes: 4.5, nextCheckAt: null, revision: 1,
			});
		});
	});

	describe('steps', () => {
		async function startedClock(): Promise<string> {
			const { clock } = await ledger().startClock(clockOf({ leadId: 'a' }));
			return clock.id;
		}

		it('is claimed once while the claim lives', async () => {
			const clockId = await startedClock();
			expect(await ledger().claimStep({ ...live, clockId, name: 'Warn' })).toMatchObject({ status: 'claimed', attempt: 1 });
			expect(await ledger().claimStep({ ...live, clockId, name: 'Warn' })).toEqual({ status: 'held' });
			expect(await ledger().claimStep({ ...live, clockId, name: 'Breach' })).toMatchObject({ status: 'claimed' });
		});

		it('stays confirmed, and stands on the clock', async () => {
			const clockId = await startedClock();
			const claim = await ledger().claimStep({ ...live, clockId, name: 'Warn', leaseSeconds: 0 });
			if (claim.status !== 'claimed') throw new Error('not claimed');
			expect(await ledger().confirmStep(live, claim.stepId, claim.claimToken)).toBe(true);
			expect(await ledger().claimStep({ ...live, clockId, name: 'Warn' })).toEqual({ status: 'confirmed' });
			expect(await ledger().confirmStep(live, claim.stepId, claim.claimToken)).toBe(true);
			expect(await ledger().getClock(live, 'a', 'First Response')).toMatchObject({ confirmedSteps: ['Warn'] });
			expect(await ledger().listDueClocks({ ...live, now: minutesLater(60), limit: 10 })).toMatchObject([{ confirmedSteps: ['Warn'] }]);
		});

		it('is claimed anew after a sweep died, with the same step and another token', async () => {
			const clockId = await startedClock();
			const dead = await ledger().claimStep({ ...live, clockId, name: 'Warn', leaseSeconds: 0 });
			const next = await ledger().claimStep({ ...live, clockId, name: 'Warn' });
			if (dead.status !== 'claimed' || next.status !== 'claimed') throw new Error('not claimed');
			expect(next).toMatchObject({ stepId: dead.stepId, attempt: 2 });
			expect(await ledger().confirmStep(live, dead.stepId, dead.claimToken)).toBe(false);
			expect(await ledger().confirmStep(live, next.stepId, next.claimToken)).toBe(true);
		});

		it('is given up after the last attempt', async () => {
			const clockId = await startedClock();
			const claim = () => ledger().claimStep({ ...live, clockId, name: 'Warn', leaseSeconds: 0, maxAttempts: 2 });
			expect([(await claim()).status, (await claim()).status, (await claim()).status]).toEqual(['claimed', 'claimed', 'exhausted']);
		});

		it('is not claimed for a clock that is gone', async () => {
			expect(await ledger().claimStep({ ...live, clockId: 'gone', name: 'Warn' })).toEqual({ status: 'exhausted' });
			expect(await ledger().confirmStep(live, 'gone', 'token')).toBe(false);
		});

		it('is not confirmed from another client or run kind', async () => {
			const clockId = await startedClock();
			const claim = await ledger().claimStep({ ...live, clockId, name: 'Warn' });
			if (claim.status !== 'claimed') throw new Error('not claimed');
			expect(await ledger().confirmStep({ client: 'zeta', test: false }, claim.stepId, claim.claimToken)).toBe(false);
			expect(await ledger().confirmStep({ ...live, test: true }, claim.stepId, claim.claimToken)).toBe(false);
		});
	});

	describe('a clock that changes', () => {
		it('keeps its pauses and moved moments, and counts its changes', async () => {
			const { clock } = await ledger().startClock(clockOf({ leadId: 'a' }));
			const pauses = [{ from: monday, to: minutesLater(5), reason: 'on holiday' }];
			expect(await ledger().updateClock(live, clock.id, { pauses, dueAt: minutesLater(20), warnAt: minutesLater(16) })).toBe(true);
			expect(await ledger().getClock(live, 'a', clock.name)).toEqual({ ...clock, pauses, dueAt: minutesLater(20), warnAt: minutesLater(16), revision: 1 });
		});

		it('is not written over by one who read it before another change', async () => {
			const { clock } = await ledger().startClock(clockOf({ leadId: 'a' }));
			expect(await ledger().updateClock(live, clock.id, { respondedAt: minutesLater(3), status: 'met' }, clock.revision)).toBe(true);
			expect(await ledger().updateClock(live, clock.id, { status: 'breached' }, clock.revision)).toBe(false);
			expect(await ledger().getClock(live, 'a', clock.name)).toMatchObject({ status: 'met', revision: 1 });
			expect(await ledger().updateClock(live, 'gone', { status: 'met' })).toBe(false);
		});

		it('is listed with the others of its lead, in the order in which they were started', async () => {
			await ledger().startClock(clockOf({ leadId: 'a' }, { name: 'Next Touch', startedAt: minutesLater(9) }));
			await ledger().startClock(clockOf({ leadId: 'a' }));
			await ledger().startClock(clockOf({ leadId: 'b' }));
			expect((await ledger().listClocks(live, 'a')).map(({ name }) => name)).toEqual(['First Response', 'Next Touch']);
			expect(await ledger().listClocks({ ...live, test: true }, 'a')).toEqual([]);
		});
	});

	describe('a lead that a run left on its way', () => {
		const stuck = (change: Partial<Parameters<Ledger['listStuckLeads']>[0]> = {}) =>
			ledger().listStuckLeads({ test: false, now: minutesLater(10), afterSeconds: 120, limit: 10, ...change });

		it('is found after the given time, oldest first, until its clock has started', async () => {
			const first = await newLead(ledger(), { key: 'first', at: monday, submissionId: 's1', leadId: 'l1', personId: 'p1' });
			await newLead(ledger(), { key: 'second', at: minutesLater(5), submissionId: 's2', leadId: 'l2', personId: 'p2' });
			expect((await stuck()).map(({ leadId, state }) => [leadId, state])).toEqual([['l1', 'decided'], ['l2', 'decided']]);
			expect((await stuck({ now: minutesLater(6) })).map(({ leadId }) => leadId)).toEqual(['l1']);
			expect(await stuck({ limit: 1 })).toHaveLength(1);
			expect(await stuck({ test: true })).toEqual([]);
			expect(await stuck({ client: 'zeta' })).toEqual([]);
			await ledger().recordDecision({ ...live, submissionId: first.submissionId, leadId: 'l1', stage: 'activate', at: minutesLater(6), section: { sla: {} as never }, state: 'activated' });
			expect((await stuck({ client: live.client })).map(({ leadId }) => leadId)).toEqual(['l2']);
		});

		it('has steps that are claimed and confirmed like those of a clock', async () => {
			await newLead(ledger(), { key: 'k', submissionId: 's1', leadId: 'l1', personId: 'p1' });
			const claim = () => ledger().claimStep({ ...live, leadId: 'l1', name: 'Stuck' });
			const claims = await Promise.all(Array.from({ length: 10 }, claim));
			const [own] = claims.filter((one) => one.status === 'claimed');
			expect(claims.filter(({ status }) => status === 'held')).toHaveLength(9);
			if (own?.status !== 'claimed') throw new Error('not claimed');
			expect(await ledger().confirmStep(live, own.stepId, own.claimToken)).toBe(true);
			expect(await claim()).toEqual({ status: 'confirmed' });
			expect(await ledger().claimStep({ ...live, leadId: 'gone', name: 'Stuck' })).toEqual({ status: 'exhausted' });
		});

		it('is found no more while it is told of, once that was confirmed, and after three times; so it keeps nobody waiting', async () => {
			for (const id of ['1', '2', '3']) await newLead(ledger(), { key: id, at: monday, submissionId: `s${id}`, leadId: `l${id}`, personId: `p${id}` });
			const claim = (leadId: string, leaseSeconds: number) => ledger().claimStep({ ...live, leadId, name: stuckStep, leaseSeconds });
			const told = await claim('l1', 60);
			await claim('l2', -1);
			expect((await stuck()).map(({ leadId }) => leadId)).toEqual(['l2', 'l3']);
			for (let again = 0; again < 2; again++) await claim('l2', -1);
			expect((await stuck({ limit: 1 })).map(({ leadId }) => leadId)).toEqual(['l3']);
			if (told.status === 'claimed') await ledger().confirmStep(live, told.stepId, told.claimToken);
			expect((await stuck()).map(({ leadId }) => leadId)).toEqual(['l3']);
		});
	});
}
