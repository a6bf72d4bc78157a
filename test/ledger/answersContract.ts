import { randomUUID } from 'node:crypto';
import type { Ledger } from '../../nodes/ledger/ledger';
import { live, monday, newLead } from './samples';

export function answersContract(ledger: () => Ledger): void {
	const tested = { ...live, test: true };
	const kept = async (key: string, submissionId: string, scope = live, answer = '{"intent":"Demo"}') => await ledger().keepAnswer({ ...scope, key, submissionId, answer, at: monday });

	describe('answers of AI', () => {
		it('gives each client one secret of its own, also to two who ask at once', async () => {
			const [one, again, other] = await Promise.all(['acme', 'acme', 'globex'].map((client) => ledger().getAnswerSecret(client)));
			expect(one.length).toBeGreaterThan(60);
			expect(again).toBe(one);
			expect(other).not.toBe(one);
			expect(await ledger().getAnswerSecret('acme')).toBe(one);
		});

		it('gives a kept answer to every lead that asks the same', async () => {
			const [first, second] = [await newLead(ledger()), await newLead(ledger())];
			expect(await ledger().findAnswer({ ...live, key: 'k', submissionId: first.submissionId })).toBeUndefined();
			await kept('k', first.submissionId);
			expect(await ledger().findAnswer({ ...live, key: 'k', submissionId: second.submissionId })).toEqual({ answer: '{"intent":"Demo"}' });
		});

		it('holds the first answer when two keep one', async () => {
			const { submissionId } = await newLead(ledger());
			await kept('k', submissionId);
			await kept('k', submissionId, live, '{"intent":"Other"}');
			expect(await ledger().findAnswer({ ...live, key: 'k', submissionId })).toEqual({ answer: '{"intent":"Demo"}' });
		});

		it('never crosses clients, nor test and live', async () => {
			const { submissionId } = await newLead(ledger());
			await kept('k', submissionId);
			const trial = await newLead(ledger(), { test: true });
			const theirs = await newLead(ledger(), { client: 'globex' });
			expect(await ledger().findAnswer({ ...tested, key: 'k', submissionId: trial.submissionId })).toBeUndefined();
			expect(await ledger().findAnswer({ client: 'globex', test: false, key: 'k', submissionId: theirs.submissionId })).toBeUndefined();
		});

		it('keeps and gives nothing for a submission that it does not know, because nothing could remove it', async () => {
			const { submissionId } = await newLead(ledger());
			await kept('k', randomUUID());
			expect(await ledger().findAnswer({ ...live, key: 'k', submissionId })).toBeUndefined();
			await kept('k', submissionId);
			expect(await ledger().findAnswer({ ...live, key: 'k', submissionId: randomUUID() })).toBeUndefined();
		});

		it('forgets the answers of test leads when they are reset', async () => {
			const { submissionId } = await newLead(ledger(), { test: true });
			await kept('k', submissionId, tested);
			await ledger().resetTestLeads('acme');
			const later = await newLead(ledger(), { test: true });
			expect(await ledger().findAnswer({ ...tested, key: 'k', submissionId: later.submissionId })).toBeUndefined();
		});
	});

	describe('tokens of a day', () => {
		const day = '2026-11-23';

		it('are added up to the budget, never past it, however many add at once', async () => {
			const asked = Array.from({ length: 30 }, () => ledger().spend({ client: 'acme', purpose: 'aiTokens', day, amount: 100, budget: 1_050 }));
			const results = await Promise.all(asked);
			expect(results.filter(({ within }) => within)).toHaveLength(10);
			expect(await ledger().spend({ client: 'acme', purpose: 'aiTokens', day, amount: 0 })).toEqual({ within: true, spent: 1_000 });
		});

		it('may be given back, and pass the budget only when there is none', async () => {
			expect(await ledger().spend({ client: 'acme', purpose: 'aiTokens', day, amount: 500, budget: 400 })).toEqual({ within: false, spent: 0 });
			expect(await ledger().spend({ client: 'acme', purpose: 'aiTokens', day, amount: 500 })).toEqual({ within: true, spent: 500 });
			expect(await ledger().spend({ client: 'acme', purpose: 'aiTokens', day, amount: -700 })).toEqual({ within: true, spent: 0 });
		});

		it('belong to one client and one day', async () => {
			await ledger().spend({ client: 'acme', purpose: 'aiTokens', day, amount: 50 });
			expect((await ledger().spend({ client: 'globex', purpose: 'aiTokens', day, amount: 1 })).spent).toBe(1);
			expect((await ledger().spend({ client: 'acme', purpose: 'aiTokens', day: '2026-11-24', amount: 2 })).spent).toBe(2);
		});
	});
}
