import { wrongLeads, type Kept } from '../../bench/faults/checkLeads';
import type { Message } from '../../bench/rig/standIn';

const kept = (change: Partial<Kept> = {}): Kept => ({ event: 'e-1', submissions: 1, leads: 1, leadId: 'lead-1', owner: 'mia', clocks: 1, alertsOpen: 0, ...change });
const told = (...moments: number[]): Message[] => moments.map((at) => ({ at, body: { step: 'Remind Owner', leadId: 'lead-1' } }));
const wrong = (lead: Kept | undefined, messages: Message[], troubles: { from: number; to: number }[] = [], ids = ['lead-1']) => (
	wrongLeads(new Map([['e-1', new Set(ids)]]), new Map(lead ? [['e-1', lead]] : []), messages, troubles, 10));

describe('the check after a fault', () => {
	it('finds nothing wrong with a lead that is there once and was told once', () => {
		expect(wrong(kept(), told(1_000))).toEqual([]);
	});

	it.each<[string, ReturnType<typeof wrong>, string]>([
		['a lead that is gone', wrong(undefined, []), 'not in the ledger'],
		['one that is there twice', wrong(kept({ submissions: 2, leads: 2 }), told(1)), '2 submissions and 2 leads'],
		['a form that was told two ids', wrong(kept(), told(1), [], ['lead-1', 'lead-2']), 'told 2 lead ids'],
		['one without an owner', wrong(kept({ owner: null }), told(1)), 'no owner'],
		['one without a clock', wrong(kept({ clocks: 0 }), told(1)), '0 clocks'],
		['an owner who was never told', wrong(kept(), []), 'never told'],
		['a message that came twice in peace', wrong(kept(), told(1_000, 20_000)), 'nothing was broken'],
		['a message that came twice at once, also under a fault', wrong(kept(), told(20_000, 20_500), [{ from: 19_000, to: 21_000 }]), 'nothing was broken'],
	])('tells %s', (_, found, words) => {
		expect(found).toEqual([expect.stringContaining(words)]);
	});

	it('takes a message again, after its lease, for what a broken run leaves behind', () => {
		expect(wrong(kept(), told(20_000, 31_000), [{ from: 21_000, to: 26_000 }])).toEqual([]);
	});
});
