import fc from 'fast-check';
import type { Ledger } from '../../nodes/ledger/ledger';
import { checkScorecard } from '../support/checkScorecard';
import { leadCase } from '../support/randomLeads';
import { live, minutesLater, monday, newLead } from './samples';

export function scorecardContract(ledger: () => Ledger): void {
	const period = { ...live, from: monday, to: minutesLater(60), asOf: minutesLater(60) };

	describe('tallyLeads', () => {
		// a thousand more are counted in memory, in scorecard.test
		it('has in every figure of random ledgers what plain counting gives', async () => {
			for (const [place, leads] of fc.sample(fc.array(leadCase, { minLength: 4, maxLength: 12 }), { numRuns: 8, seed: 20261126 }).entries()) {
				await checkScorecard(ledger(), { client: `c${place}`, test: place % 2 === 1 }, leads, place % 3 === 0);
			}
		}, 120_000);

		it('counts leads opened in the period, its end not included, of one client and kind', async () => {
			for (const minutes of [-1, 0, 59, 60]) await newLead(ledger(), { at: minutesLater(minutes) });
			await newLead(ledger(), { test: true });
			await newLead(ledger(), { client: 'zeta' });
			await ledger().refreshFacts({ ...live, limit: 100 });
			expect(await ledger().tallyLeads({ ...period, splits: [] })).toMatchObject({ total: { leads: 2 }, reps: 0, splits: {} });
		});

		it('puts parts with fewest leads together where there are more than asked for', async () => {
			const campaigns = ['a', 'b', 'b', 'c', 'c', 'c'];
			for (const campaign of campaigns) await newLead(ledger(), {}, { source: { complete: true, completeness: 1, source: 's', campaign } });
			await ledger().refreshFacts({ ...live, limit: 100 });
			const { splits } = await ledger().tallyLeads({ ...period, splits: ['campaign'], most: 1 });
			expect(splits.campaign).toMatchObject([{ value: 'c', leads: 3 }, { value: null, rest: true, leads: 3, counts: { campaign: 3 } }]);
		});

		it('takes regions of a country together unless they are to be told apart', async () => {
			for (const region of ['North', 'South']) await newLead(ledger(), { record: { lead: { country: 'GB', region } } });
			await ledger().refreshFacts({ ...live, limit: 100 });
			const parts = async (byRegion: boolean) => (await ledger().tallyLeads({ ...period, splits: ['territory'], byRegion })).splits.territory?.map(({ value, leads }) => [value, leads]);
			expect(await parts(false)).toEqual([['GB', 2]]);
			expect(await parts(true)).toEqual([['GB/North', 1], ['GB/South', 1]]);
		});
	});

	describe('refreshFacts', () => {
		it('reads only what was changed since, and as many leads as it is told', async () => {
			const leads = [await newLead(ledger()), await newLead(ledger()), await newLead(ledger())];
			expect(await ledger().refreshFacts({ ...live, limit: 2 })).toBe(2);
			expect(await ledger().refreshFacts({ ...live, limit: 2 })).toBe(1);
			expect(await ledger().refreshFacts({ ...live, limit: 2 })).toBe(0);
			await ledger().recordEvent({ ...live, leadId: leads[1].leadId, type: 'meetingBooked', at: monday, onceKey: 'm' });
			expect(await ledger().refreshFacts({ ...live, limit: 2 })).toBe(1);
			expect(await ledger().tallyLeads({ ...period, splits: [] })).toMatchObject({ total: { leads: 3, counts: { meeting: 1, contacted: 1 } } });
		});

		it('takes the leads of one client after the other when none is named', async () => {
			await newLead(ledger());
			await newLead(ledger(), { client: 'zeta' });
			await newLead(ledger(), { test: true });
			const any = async () => await ledger().refreshFacts({ test: false, limit: 9 });
			expect([await any(), await any(), await any()]).toEqual([1, 1, 0]);
		});

		it('counts nothing any more of a person who was erased', async () => {
			const { leadId } = await newLead(ledger());
			await newLead(ledger());
			await ledger().refreshFacts({ ...live, limit: 9 });
			await ledger().erasePerson('acme', { leadId }, monday);
			expect(await ledger().tallyLeads({ ...period, splits: [] })).toMatchObject({ total: { leads: 1 } });
		});
	});

	describe('listAssigned', () => {
		it('gives leads page by page, with owner and who was passed over', async () => {
			for (const minutes of [0, 1, 2]) {
				const lead = await newLead(ledger(), { at: minutesLater(minutes) });
				await ledger().recordDecision({
					...live, ...lead, stage: 'route', at: monday, owner: { id: 'mia', name: 'Mia', email: null }, queue: 'UK',
					section: { routing: { queue: 'UK', team: 'Sales', rule: { number: 1, name: 'UK' }, matchedRules: [], tier: 'hard', because: [], skipped: ['Jon: away'], priority: 'normal', readMessageWithAi: true } },
				});
			}
			await ledger().refreshFacts({ ...live, limit: 9 });
			const first = await ledger().listAssigned({ ...live, from: monday, to: minutesLater(60), limit: 2 });
			expect(first.leads).toEqual([0, 1].map((minutes) => ({ openedAt: minutesLater(minutes), team: 'Sales', ownerId: 'mia', highIntent: false, skipped: ['Jon: away'] })));
			const second = await ledger().listAssigned({ ...live, from: monday, to: minutesLater(60), limit: 2, after: first.next });
			expect(second.leads.map(({ openedAt }) => openedAt)).toEqual([minutesLater(2)]);
			expect(second.next).toBeUndefined();
		});
	});
}
