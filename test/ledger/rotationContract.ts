import { releaseStep } from '../../nodes/ledger/leadSteps';
import type { Ledger, TakeTurnInput } from '../../nodes/ledger/ledger';
import { live, minutesLater, monday, newLead } from './samples';

export function rotationContract(ledger: () => Ledger): void {
	const turn = (change: Partial<TakeTurnInput> = {}): TakeTurnInput => ({
		...live, pool: 'Sales', leadId: 'lead 1', expectedVersion: 0, next: { mia: 1 }, memberId: 'mia', at: monday, ...change,
	});

	describe('rotation', () => {
		it('starts at version 0 without state', async () => {
			expect(await ledger().getRotation(live, 'Sales')).toEqual({ version: 0, state: {} });
		});

		it('takes a turn and counts the version up', async () => {
			expect(await ledger().takeTurn(turn())).toEqual({ status: 'taken' });
			expect(await ledger().getRotation(live, 'Sales')).toEqual({ version: 1, state: { mia: 1 } });
		});

		it('gives a lead its earlier turn, whatever version it asks with', async () => {
			await ledger().takeTurn(turn());
			expect(await ledger().takeTurn(turn({ memberId: 'jon', expectedVersion: 1 }))).toEqual({ status: 'earlier', memberId: 'mia' });
			expect((await ledger().getRotation(live, 'Sales')).version).toBe(1);
		});

		it('takes no turn from a rotation that has moved on', async () => {
			await ledger().takeTurn(turn());
			expect(await ledger().takeTurn(turn({ leadId: 'lead 2' }))).toEqual({ status: 'changed' });
			expect(await ledger().takeTurn(turn({ leadId: 'lead 2', expectedVersion: 1, memberId: 'jon' }))).toEqual({ status: 'taken' });
		});

		it('keeps pools, clients, and test and live apart', async () => {
			await ledger().takeTurn(turn());
			for (const [scope, pool] of [[live, 'Service'], [{ client: 'zeta', test: false }, 'Sales'], [{ client: 'acme', test: true }, 'Sales']] as const) {
				expect(await ledger().getRotation(scope, pool)).toEqual({ version: 0, state: {} });
			}
		});
	});

	describe('getAssignment', () => {
		const tuesday = '2026-11-24T09:00:00.000Z';
		const asked = { ...live, pool: 'Sales', at: tuesday, leadId: 'lead 9', counted: [{ id: 'mia', dayFrom: tuesday, weekFrom: monday, monthFrom: monday }], open: [] };

		it('counts turns of the day and of the week, in every team, and the team\'s own', async () => {
			await ledger().takeTurn(turn({ at: monday }));
			await ledger().takeTurn(turn({ pool: 'Service', leadId: 'lead 2', at: tuesday }));
			const state = await ledger().getAssignment({ ...asked, team: { dayFrom: tuesday, weekFrom: monday, monthFrom: monday } });
			expect(state).toMatchObject({ version: 1, state: { mia: 1 }, today: { mia: 1 }, thisWeek: { mia: 2 }, thisMonth: { mia: 2 }, team: { today: 0, thisWeek: 1, thisMonth: 1 } });
			// the first of a month lies within a week, and a week within a month
			expect(await ledger().getAssignment({ ...asked, counted: [{ id: 'mia', dayFrom: tuesday, weekFrom: tuesday, monthFrom: monday }] })).toMatchObject({ thisWeek: { mia: 1 }, thisMonth: { mia: 2 } });
			expect(await ledger().getAssignment({ ...asked, counted: [{ id: 'mia', dayFrom: tuesday, weekFrom: monday, monthFrom: tuesday }] })).toMatchObject({ thisWeek: { mia: 2 }, thisMonth: { mia: 1 } });
			expect(state.turnOf).toBeUndefined();
			expect((await ledger().getAssignment({ ...asked, leadId: 'lead 1' })).turnOf).toBe('mia');
		});

		it('counts a lead whose turn was taken a moment ago as open, but not the asking one', async () => {
			const { leadId } = await newLead(ledger());
			await ledger().takeTurn(turn({ leadId }));
			expect((await ledger().getAssignment({ ...asked, open: ['mia', 'jon'] })).open).toEqual({ mia: 1, jon: 0 });
			expect((await ledger().getAssignment({ ...asked, leadId, open: ['mia'] })).open).toEqual({ mia: 0 });
		});

		it('remembers who has a company, for as long as is asked', async () => {
			await ledger().takeTurn(turn({ stickyKey: 'acme.example', at: monday }));
			expect((await ledger().getAssignment({ ...asked, sticky: { key: 'acme.example', since: monday } })).stickyOwner).toBe('mia');
			expect((await ledger().getAssignment({ ...asked, sticky: { key: 'acme.example', since: tuesday } })).stickyOwner).toBeUndefined();
			expect((await ledger().getAssignment({ ...asked, pool: 'Service', sticky: { key: 'acme.example', since: monday } })).stickyOwner).toBeUndefined();
		});

		it('takes no turn for a member who is full by now', async () => {
			const limits = { dayFrom: monday, weekFrom: monday, monthFrom: monday, perDay: 1 };
			expect(await ledger().takeTurn(turn({ limits }))).toEqual({ status: 'taken' });
			expect(await ledger().takeTurn(turn({ pool: 'Service', leadId: 'lead 2', limits }))).toEqual({ status: 'changed' });
			const monthly = { dayFrom: tuesday, weekFrom: tuesday, monthFrom: monday, perMonth: 1 };
			expect(await ledger().takeTurn(turn({ pool: 'Service', leadId: 'lead 2', limits: monthly }))).toEqual({ status: 'changed' });
			const { leadId } = await newLead(ledger());
			expect(await ledger().takeTurn(turn({ pool: 'Other', leadId, memberId: 'jon', limits: { dayFrom: monday, weekFrom: monday, monthFrom: monday, open: 0 } }))).toEqual({ status: 'changed' });
		});
	});

	describe('releaseLead', () => {
		const routing = { queue: 'Blocked', rule: { number: 1, name: 'Spam' }, matchedRules: [], tier: 'hard' as const, because: [], skipped: [], priority: 'normal' as const, readMessageWithAi: false, blocked: true, owner: { id: 'ops', name: 'Ops', email: null } };
		const released = { ...routing, queue: 'UK', blocked: undefined, owner: { id: 'mia', name: 'Mia', email: null } };

		it('gives a blocked lead another routing, owner and queue, once, and notes it', async () => {
			const { submissionId, leadId } = await newLead(ledger());
			await ledger().recordDecision({ ...live, submissionId, leadId, stage: 'route', at: monday, section: { routing }, owner: routing.owner, queue: 'Blocked' });
			expect(await ledger().releaseLead({ ...live, submissionId, at: monday, routing: released, by: 'ann' })).toEqual({ status: 'released' });
			const again = await ledger().releaseLead({ ...live, submissionId, at: monday, routing: { ...released, queue: 'Elsewhere' } });
			expect(again).toMatchObject({ status: 'earlier', routing: { queue: 'UK' } });
			const story = await ledger().getLead(live, { leadId });
			expect(story).toMatchObject({ queue: 'UK', owner: { id: 'mia' }, decisions: { route: { routing: { queue: 'UK' } } } });
			expect(story?.events.map(({ type, by }) => [type, by])).toContainEqual(['released', 'ann']);
		});

		it('gives a held lead when its time has come, until it is released or held on', async () => {
			const { submissionId, leadId } = await newLead(ledger());
			const held = { ...routing, blocked: undefined, heldUntil: minutesLater(10) };
			const listed = async (now: string, more: Partial<Parameters<Ledger['listHeldLeads']>[0]> = {}) => (await ledger().listHeldLeads({ test: false, now, limit: 5, ...more })).map((one) => [one.leadId, one.heldUntil]);
			await ledger().recordDecision({ ...live, submissionId, leadId, stage: 'route', at: monday, section: { routing: held }, owner: held.owner, queue: 'UK' });
			expect(await listed(minutesLater(9))).toEqual([]);
			expect(await listed(minutesLater(10))).toEqual([[leadId, minutesLater(10)]]);
			expect([await listed(minutesLater(10), { test: true }), await listed(minutesLater(10), { client: 'zeta' })]).toEqual([[], []]);
			expect(await ledger().listHeldLeads({ client: live.client, test: false, now: minutesLater(10), limit: 5 })).toMatchObject([{ submissionId, record: expect.anything(), decisions: { route: { routing: { heldUntil: minutesLater(10) } } } }]);
			expect(await ledger().claimStep({ ...live, leadId, name: releaseStep(minutesLater(10)) })).toMatchObject({ status: 'claimed' });
			expect(await listed(minutesLater(10))).toEqual([]);
			expect(await ledger().releaseLead({ ...live, submissionId, at: minutesLater(10), routing: { ...held, heldUntil: minutesLater(60) } })).toEqual({ status: 'held' });
			expect([await listed(minutesLater(59)), await listed(minutesLater(60))]).toEqual([[], [[leadId, minutesLater(60)]]]);
			expect(await ledger().releaseLead({ ...live, submissionId, at: minutesLater(60), routing: released })).toEqual({ status: 'released' });
			expect(await listed(minutesLater(600))).toEqual([]);
		});

		it('knows nothing of a submission that was never routed', async () => {
			const { submissionId } = await newLead(ledger());
			expect(await ledger().releaseLead({ ...live, submissionId, at: monday, routing: released })).toEqual({ status: 'unknown' });
		});
	});

	describe('countOpenLeads', () => {
		it('counts open leads of each owner, 0 for one who has none', async () => {
			for (const owner of ['mia', 'mia', 'jon']) {
				const { submissionId, leadId } = await newLead(ledger());
				await ledger().recordDecision({
					...live, submissionId, leadId, stage: 'route', at: monday, owner: { id: owner, name: owner, email: null },
					section: { routing: { queue: 'Q', rule: { number: 0, name: 'Fallback' }, matchedRules: [], tier: 'fallback', because: [], skipped: [], priority: 'normal', readMessageWithAi: true } },
				});
				if (owner === 'jon') await ledger().recordEvent({ ...live, leadId, type: 'rejected', at: monday, onceKey: `${leadId} rejected` });
			}
			expect(await ledger().countOpenLeads(live, ['mia', 'jon', 'ann'])).toEqual({ mia: 2, jon: 0, ann: 0 });
			expect(await ledger().countOpenLeads({ ...live, test: true }, ['mia'])).toEqual({ mia: 0 });
			expect(await ledger().countOpenLeads(live, [])).toEqual({});
			const [newest] = await ledger().listLeads({ ...live, ownerId: 'mia', limit: 1 });
			expect(await ledger().countOpenLeads(live, ['mia', 'jon'], newest.leadId)).toEqual({ mia: 1, jon: 0 });
			expect(await ledger().countOpenLeads(live, ['jon'], newest.leadId)).toEqual({ jon: 0 });
		});
	});
}
