import type { Ledger } from '../../nodes/ledger/ledger';
import { live, minutesLater, monday, newLead } from './samples';

/** What a weekly review talks about. */
export function exceptionsContract(ledger: () => Ledger): void {
	describe('listExceptions', () => {
		it('gives events of these types and doubts of the period, oldest first, never those of test leads', async () => {
			const lead = await newLead(ledger(), { at: monday }, { review: ['similar name'] });
			const tested = await newLead(ledger(), { test: true });
			const tell = (type: string, minutes: number, of = lead, test = false) => ledger().recordEvent({ ...live, test, leadId: of.leadId, type, at: minutesLater(minutes), by: 'ann', detail: { rightQueue: 'South' }, onceKey: `${type} ${minutes}` });
			await tell('misrouted', 30);
			await tell('won', 10);
			await tell('misrouted', 60);
			await tell('misrouted', 5, tested, true);
			const read = { ...live, from: monday, to: minutesLater(60), types: ['misrouted', 'rejected'] };
			const found = await ledger().listExceptions(read);
			expect(found).toEqual([
				{ leadId: lead.leadId, at: monday, type: 'doubt', stage: 'clean', by: null, detail: {}, reasons: ['similar name'], settledAt: null, outcome: null, queue: null, owner: null },
				{ leadId: lead.leadId, at: minutesLater(30), type: 'misrouted', stage: null, by: 'ann', detail: { rightQueue: 'South' }, reasons: [], settledAt: null, outcome: null, queue: null, owner: null },
			]);
			expect(await ledger().listExceptions({ ...read, test: true })).toMatchObject([{ leadId: tested.leadId, type: 'misrouted' }]);
			expect(await ledger().listExceptions({ ...read, client: 'other' })).toEqual([]);
		});
	});

	describe('getLead by phone', () => {
		it('finds the newest lead with the number, and tells among how many', async () => {
			const keys = [{ kind: 'phone', value: '+442079460018', strength: 'match' as const }];
			await newLead(ledger(), { at: monday }, { keys });
			const newest = await newLead(ledger(), { at: minutesLater(9) }, { keys });
			expect(await ledger().getLead(live, { phone: '+442079460018' })).toMatchObject({ leadId: newest.leadId, foundAmong: 2 });
			expect(await ledger().getLead(live, { leadId: newest.leadId })).toMatchObject({ foundAmong: 1 });
			expect(await ledger().getLead(live, { phone: '+442079460019' })).toBeUndefined();
		});
	});
}
