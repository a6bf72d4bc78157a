import type { Ledger } from '../../nodes/ledger/ledger';
import { deliverPrefix, givenUpPrefix, mostDeliveries } from '../../nodes/ledger/leadSteps';
import { live, minutesLater, monday, newLead } from './samples';

/** What was not delivered is found until it is, and nothing that failed for good keeps the others waiting. */
export function deliveriesContract(ledger: () => Ledger): void {
	describe('a lead that a CRM or a message tool did not take', () => {
		const waiting = async (change: Partial<Parameters<Ledger['listUndelivered']>[0]> = {}) =>
			(await ledger().listUndelivered({ test: false, since: monday, limit: 10, ...change })).map(({ leadId }) => leadId);
		const told = async (leadId: string, type: string, minutes: number) =>
			await ledger().recordEvent({ ...live, leadId, type, at: minutesLater(minutes), onceKey: `${leadId} ${type} ${minutes}` });
		const makeLeads = async (...ids: string[]) => {
			for (const id of ids) await newLead(ledger(), { key: id, submissionId: `s${id}`, leadId: id, personId: `p${id}` });
		};
		const sequenceOf = async (leadId: string) => (await ledger().listUndelivered({ test: false, since: monday, limit: 10 })).find((lead) => lead.leadId === leadId)?.sequence ?? -1;

		it('is listed, oldest first, until it was delivered, and again when it fails anew', async () => {
			await makeLeads('a', 'b', 'c');
			await told('b', 'notDelivered', 2);
			await told('a', 'notDelivered', 1);
			expect(await ledger().listUndelivered({ client: live.client, test: false, since: monday, limit: 10 })).toMatchObject([
				{ ...live, leadId: 'a', failedAt: minutesLater(1), sequence: expect.any(Number) }, { ...live, leadId: 'b', failedAt: minutesLater(2) },
			]);
			expect(await waiting({ limit: 1 })).toEqual(['a']);
			expect(await waiting({ since: minutesLater(2) })).toEqual(['b']);
			expect([await waiting({ test: true }), await waiting({ client: 'zeta' })]).toEqual([[], []]);
			await told('a', 'delivered', 3);
			expect(await waiting()).toEqual(['b']);
			await told('a', 'notDelivered', 4);
			await told('a', 'notDelivered', 5);
			expect(await waiting()).toEqual(['b', 'a']);
		});

		it('is not listed once it is closed', async () => {
			await makeLeads('a');
			await told('a', 'notDelivered', 1);
			await told('a', 'rejected', 2);
			expect(await waiting()).toEqual([]);
		});

		it('waits while a run delivers it, each time twice as long, and lets the others pass', async () => {
			await makeLeads('a', 'b');
			for (const id of ['a', 'b']) await told(id, 'notDelivered', 1);
			const name = `${deliverPrefix}${await sequenceOf('a')}`;
			expect(await ledger().claimStep({ ...live, leadId: 'a', name, leaseDoubles: true, maxAttempts: mostDeliveries })).toMatchObject({ status: 'claimed', attempt: 1 });
			expect(await waiting({ limit: 1 })).toEqual(['b']);
			// a step of its own for what fails later
			await told('a', 'notDelivered', 2);
			expect(await waiting()).toEqual(['b', 'a']);
		});

		it('comes once more when its tries are over, until a person was told', async () => {
			await makeLeads('a');
			await told('a', 'notDelivered', 1);
			const sequence = await sequenceOf('a');
			const claim = async (name: string, more: object = {}) => await ledger().claimStep({ ...live, leadId: 'a', name: `${name}${sequence}`, leaseSeconds: -1, ...more });
			for (let attempt = 1; attempt <= mostDeliveries; attempt++) {
				expect(await waiting()).toEqual(['a']);
				expect(await claim(deliverPrefix, { maxAttempts: mostDeliveries })).toMatchObject({ status: 'claimed', attempt });
			}
			expect(await claim(deliverPrefix, { maxAttempts: mostDeliveries })).toEqual({ status: 'exhausted' });
			expect(await waiting()).toEqual(['a']);
			const last = await claim(givenUpPrefix);
			if (last.status !== 'claimed') throw new Error(`not claimed: ${last.status}`);
			expect(await waiting()).toEqual(['a']);
			await ledger().confirmStep(live, last.stepId, last.claimToken);
			expect(await waiting()).toEqual([]);
		});
	});

	it('lets a claim that doubles last twice as long each time', async () => {
		await newLead(ledger(), { key: 'k', submissionId: 's', leadId: 'l', personId: 'p' });
		const claim = async () => (await ledger().claimStep({ ...live, leadId: 'l', name: 'Deliver 1', leaseSeconds: 0.2, leaseDoubles: true, maxAttempts: 9 })).status;
		const pause = async (ms: number) => await new Promise<void>((resolve) => setTimeout(resolve, ms));
		expect(await claim()).toBe('claimed');
		await pause(250);
		const from = Date.now();
		expect(await claim()).toBe('claimed');
		let held = 0;
		while ((await claim()) === 'held') {
			held = Date.now() - from;
			await pause(20);
		}
		// the second lease is 400 ms; the last look that found it held may be a slow machine's pause before its end
		expect(held).toBeGreaterThan(200);
	});
}
