import type { Ledger, TakeTurnInput } from '../../nodes/ledger/ledger';
import { live, monday, newLead } from './samples';

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
