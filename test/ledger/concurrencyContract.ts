import type { ClaimStepResult, Ledger } from '../../nodes/ledger/ledger';
import type { DeliveryOutcome, Verdict } from '../../nodes/lead/handoffRecord';
import type { ChildTask } from './child';
import { buildChild, runChild, runChildren, startChild } from './childProcess';
import type { LedgerUnderTest } from './contract';
import type { LedgerAddress } from './ledgerAddress';
import { clockOf, live, minutesLater } from './samples';

/** For several processes of Node.js on a machine under load. */
const longestMs = 120_000;

/** What holds when several processes work on one ledger. */
export function concurrencyContract(name: string, driver: LedgerUnderTest): void {
	describe(`ledger contract, several processes: ${name}`, () => {
		let address: LedgerAddress;
		let ledger: Ledger;
		beforeAll(buildChild);
		beforeEach(async () => {
			address = driver.makeAddress();
			ledger = await driver.open(address);
		});
		afterEach(async () => { await ledger.close(); });

		it('has one first delivery among 50 of the same submission', async () => {
			const tasks = Array.from({ length: 5 }, (): ChildTask => ({ name: 'capture', address, keys: Array.from({ length: 10 }, () => 'same') }));
			const outcomes = (await runChildren<DeliveryOutcome[]>(tasks)).flat();
			expect(outcomes).toHaveLength(50);
			expect(outcomes.filter((outcome) => outcome === 'first')).toHaveLength(1);
		}, longestMs);

		// the same person sends fifty different forms in the same second
		it('creates one person among 50 form fills at once', async () => {
			const tasks = Array.from({ length: 5 }, (): ChildTask => ({ name: 'decide', address, people: Array.from({ length: 10 }, () => 'mia@firm.example') }));
			const verdicts = (await runChildren<Verdict[]>(tasks)).flat();
			expect(verdicts.filter((verdict) => verdict === 'create')).toHaveLength(1);
			expect(verdicts.filter((verdict) => verdict === 'append')).toHaveLength(49);
			expect(await ledger.listLeads({ ...live, limit: 1000 })).toEqual([expect.objectContaining({ touches: 50 })]);
		}, longestMs);

		it('loses none of 500 distinct submissions', async () => {
			const tasks = Array.from({ length: 5 }, (_, process): ChildTask => ({ name: 'capture', address, keys: Array.from({ length: 100 }, (__, index) => `${process}/${index}`) }));
			const outcomes = (await runChildren<DeliveryOutcome[]>(tasks)).flat();
			expect(outcomes.filter((outcome) => outcome === 'first')).toHaveLength(500);
			expect(await ledger.listLeads({ ...live, limit: 1000 })).toHaveLength(500);
		}, longestMs);

		it('gives exactly the turns that a single process would give', async () => {
			const members = ['ann', 'jon', 'mia'];
			await runChildren(Array.from({ length: 8 }, (): ChildTask => ({ name: 'takeTurns', address, pool: 'Sales', members, turns: 15 })));
			expect(await ledger.getRotation(live, 'Sales')).toEqual({ version: 120, state: { ann: 40, jon: 40, mia: 40 } });
		}, longestMs);

		it('gives equal weights the same and other weights their exact share, from 8 processes at once', async () => {
			const equal = ['ann', 'jon', 'mia'].map((id) => ({ id, weight: 1 }));
			const weighted = [{ id: 'ann', weight: 5 }, { id: 'jon', weight: 1 }, { id: 'mia', weight: 2 }];
			const tasks = Array.from({ length: 8 }, (_, process): ChildTask => ({ name: 'assign', address, pool: process % 2 === 0 ? 'Equal' : 'Weighted', members: process % 2 === 0 ? equal : weighted, leads: 6 }));
			const given = await runChildren<string[]>(tasks);
			expect(tally(given.filter((_, process) => process % 2 === 0))).toEqual({ ann: 8, jon: 8, mia: 8 });
			expect(tally(given.filter((_, process) => process % 2 === 1))).toEqual({ ann: 15, jon: 3, mia: 6 });
		}, 120_000);

		it('lets nobody pass a daily cap, also when two teams choose the same member at once', async () => {
			const members = [{ id: 'ann', weight: 1 }, { id: 'jon', weight: 1 }];
			const given = tally(await runChildren<string[]>(Array.from({ length: 8 }, (_, process): ChildTask => ({ name: 'assign', address, pool: process % 2 === 0 ? 'Sales' : 'Service', members, leads: 4, perDay: 10 }))));
			expect(given).toEqual({ ann: 10, jon: 10, nobody: 12 });
		}, 120_000);

		it('has one live claim of a step among 20 claims', async () => {
			const { clock } = await ledger.startClock(clockOf({ leadId: 'a' }));
			const tasks = Array.from({ length: 4 }, (): ChildTask => ({ name: 'claim', address, clockId: clock.id, claims: 5 }));
			const claims = (await runChildren<ClaimStepResult['status'][]>(tasks)).flat();
			expect(claims).toHaveLength(20);
			expect(claims.filter((status) => status === 'claimed')).toHaveLength(1);
		}, longestMs);

		it('sends 1,000 alerts of 1,000 due steps, whatever the 20 checks of several processes', async () => {
			await Promise.all(Array.from({ length: 1_000 }, (_, index) => ledger.startClock(clockOf({ leadId: `lead ${index}` }))));
			const sent = (await runChildren<string[]>(Array.from({ length: 4 }, (): ChildTask => ({ name: 'sweep', address, sweeps: 5, now: minutesLater(11) })))).flat();
			expect(sent).toHaveLength(1_000);
			expect(new Set(sent).size).toBe(1_000);
		}, longestMs);

		it('is made once by 6 who open it for the first time at once', async () => {
			const fresh = driver.makeAddress();
			const children = await Promise.all(Array.from({ length: 6 }, () => startChild({ name: 'capture', address: fresh, keys: ['same'] })));
			const outcomes = (await Promise.all(children.map((child) => runChild<DeliveryOutcome[]>(child)))).flat();
			expect(outcomes.filter((outcome) => outcome === 'first')).toHaveLength(1);
		}, longestMs);
	});
}

function tally(given: string[][]): Record<string, number> {
	return given.flat().reduce<Record<string, number>>((counts, id) => ({ ...counts, [id]: (counts[id] ?? 0) + 1 }), {});
}
