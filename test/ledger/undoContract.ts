import type { Captured, Ledger, RecordMatchInput, Scope } from '../../nodes/ledger/ledger';
import { blockKey, clockOf, delivery, emailKey, match, matchOf, minutesLater, monday, newLead } from './samples';

const test: Scope = { client: 'acme', test: true };
const keys = [emailKey('mia@firm.example'), emailKey('second@firm.example'), blockKey('brandt')];

export function undoContract(ledger: () => Ledger): void {
	const newTestLead = (decided: Partial<RecordMatchInput> = {}) => newLead(ledger(), { test: true }, decided);
	const candidates = () => ledger().findCandidates({ ...test, keys, capPerKey: 10 });

	/** Decides one more enquiry of somebody. */
	async function decide(captured: Captured, change: Partial<RecordMatchInput>): Promise<string | undefined> {
		const { asOf } = await candidates();
		const result = await ledger().recordMatch(matchOf(captured, { ...test, asOf, keys, at: minutesLater(60), ...change }));
		if (result.status !== 'written' || result.earlier) throw new Error('not written');
		return result.reviewItemId;
	}

	/** All that can be read of test leads, in one piece. */
	async function everything(submissionId: string): Promise<unknown> {
		const leads = await ledger().listLeads({ ...test, limit: 10 });
		const stories = await Promise.all(leads.map(({ leadId }) => ledger().getLead(test, { leadId })));
		const { persons, cappedKeys } = await candidates();
		return { stories, persons, cappedKeys, clean: await ledger().getDecision(test, submissionId, 'clean') };
	}

	describe('undoMatch', () => {
		const known = { keys: keys.slice(0, 1), externalIds: { hubspot: '7' }, fields: { email: 'mia@firm.example' } };
		const changed = { fields: { email: 'mia@firm.example', phone: '+442079460018' }, externalIds: { crm: '9' }, customerStatus: 'customer' };

		it.each([
			{ name: 'a new person', decided: () => ({}) },
			{ name: 'a doubt', decided: () => ({ verdict: 'review' as const, match: match('review', { provisional: true }), keys: [] }) },
			{ name: 'a new enquiry on an open lead', decided: (other: Captured) => ({ ...changed, verdict: 'append' as const, leadId: other.leadId, personId: other.personId }) },
			{ name: 'a new lead of a known person', decided: (other: Captured) => ({ ...changed, verdict: 'append' as const, personId: other.personId, match: match('append', { existingOwner: 'jon' }) }) },
			{ name: 'a record that was known', decided: () => ({ ...changed, verdict: 'merge' as const }) },
		])('leaves no trace of $name', async ({ decided }) => {
			const other = await newTestLead(known);
			const captured = await ledger().capture(delivery(test));
			const before = await everything(captured.submissionId);
			await decide(captured, decided(other));
			expect(await everything(captured.submissionId)).not.toEqual(before);
			expect(await ledger().undoMatch(test, captured.submissionId)).toBe(true);
			const after = await everything(captured.submissionId) as { stories: { leadId: string; state: string }[] };
			// a state never goes back
			for (const story of after.stories) if (story.leadId === captured.leadId) story.state = 'captured';
			expect(after).toEqual(before);
			expect(await ledger().undoMatch(test, captured.submissionId)).toBe(false);
		});

		it('lets a lead that was new join another, and the other way round', async () => {
			const other = await newTestLead(known);
			const captured = await ledger().capture(delivery(test));
			const append = { verdict: 'append' as const, leadId: other.leadId, personId: other.personId };
			for (let round = 0; round < 2; round++) {
				await decide(captured, { keys: [blockKey('brandt')] });
				expect(await ledger().listLeads({ ...test, limit: 10 })).toHaveLength(2);
				await ledger().undoMatch(test, captured.submissionId);
				await decide(captured, append);
				expect(await ledger().listLeads({ ...test, limit: 10 })).toMatchObject([{ leadId: other.leadId, touches: 2 }]);
				expect(await ledger().getLead(test, { leadId: captured.leadId })).toMatchObject({ leadId: other.leadId });
				expect((await candidates()).persons).toMatchObject([{ personId: other.personId, enquiries: 2 }]);
				await ledger().undoMatch(test, captured.submissionId);
			}
			expect(await ledger().getLead(test, { leadId: captured.leadId })).toMatchObject({ leadId: captured.leadId, touches: 1, verdict: null });
		});

		it('takes back several enquiries of one person from the newest on, and none that was followed', async () => {
			const first = await newTestLead({ keys });
			const second = await ledger().capture(delivery(test));
			await decide(second, { verdict: 'append', leadId: first.leadId, personId: first.personId });
			expect(await ledger().undoMatch(test, first.submissionId)).toBe(false);
			expect(await ledger().getLead(test, { leadId: first.leadId })).toMatchObject({ touches: 2, decisions: { clean: { match: { verdict: 'append' } } } });
			for (const { submissionId } of [second, first]) expect(await ledger().undoMatch(test, submissionId)).toBe(true);
			expect((await candidates()).persons).toEqual([]);
			expect(await ledger().listLeads({ ...test, limit: 10 })).toHaveLength(2);
		});

		it('takes what later nodes decided back to the lead\'s own id', async () => {
			const other = await newTestLead(known);
			const captured = await ledger().capture(delivery(test));
			await decide(captured, { verdict: 'append', leadId: other.leadId, personId: other.personId });
			await ledger().startClock(clockOf(other, test));
			await ledger().recordDecision({
				...test, submissionId: captured.submissionId, leadId: other.leadId, stage: 'classify', at: monday, review: { stage: 'classify', reasons: ['unclear'] },
				section: { intent: { name: 'quote', urgency: 'normal', buyingStage: 'ready', sentiment: 'neutral', fit: 'good', language: 'en', summary: '', nextStep: '', evidence: [], engine: 'rules', because: [] }, review: [] },
			});
			await ledger().undoMatch(test, captured.submissionId);
			expect(await ledger().getLead(test, { leadId: captured.leadId })).toMatchObject({ decisions: { classify: { intent: { name: 'quote' } } }, reviewItems: [{ stage: 'classify' }], clock: null });
			expect(await ledger().getLead(test, { leadId: other.leadId })).toMatchObject({ decisions: { clean: {} }, reviewItems: [], clock: { status: 'running' } });
		});

		it('keeps one review item, which gets the new reasons or is settled', async () => {
			const captured = await ledger().capture(delivery(test));
			const doubt = { verdict: 'review' as const, match: match('review', { provisional: true }) };
			const itemId = await decide(captured, { ...doubt, review: ['similar name'] });
			await ledger().undoMatch(test, captured.submissionId);
			expect(await decide(captured, { ...doubt, review: ['same phone'] })).toBe(itemId);
			expect((await ledger().getLead(test, captured))?.reviewItems).toMatchObject([{ id: itemId, reasons: ['same phone'], settledAt: null }]);
			await ledger().undoMatch(test, captured.submissionId);
			expect(await decide(captured, {})).toBeUndefined();
			expect(await ledger().getLead(test, captured)).toMatchObject({ provisional: false, reviewItems: [{ id: itemId, settledAt: minutesLater(60) }] });
		});

		it('works for a submission that this ledger never captured', async () => {
			const other = await newTestLead(known);
			const unknown: Captured = { submissionId: 's', leadId: 'l', personId: 'p', receivedAt: monday, state: 'captured', delivery: { number: 1, outcome: 'first' } };
			const own = { leadId: 'l', personId: 'p' };
			await decide(unknown, { own, verdict: 'append', leadId: other.leadId, personId: other.personId });
			expect(await ledger().getLead(test, { leadId: 'l' })).toMatchObject({ leadId: other.leadId, touches: 2 });
			expect(await ledger().undoMatch(test, 's')).toBe(true);
			await decide(unknown, { own });
			expect(await ledger().getLead(test, { leadId: 'l' })).toMatchObject({ leadId: 'l', personId: 'p', verdict: 'create', touches: 1 });
			expect(await ledger().getLead(test, other)).toMatchObject({ touches: 1 });
		});

		it('never takes back what a live lead was given', async () => {
			const live = { ...test, test: false };
			const { submissionId } = await newLead(ledger());
			expect(await ledger().undoMatch(live, submissionId)).toBe(false);
			expect(await ledger().undoMatch(test, submissionId)).toBe(false);
			expect(await ledger().getDecision(live, submissionId, 'clean')).toMatchObject({ match: { verdict: 'create' } });
		});

		it('finds nothing to take back on an undecided or unknown submission, nor after a reset', async () => {
			const captured = await ledger().capture(delivery(test));
			const decided = await newTestLead();
			await ledger().resetTestLeads('acme');
			for (const submissionId of [captured.submissionId, decided.submissionId, 'unknown']) expect(await ledger().undoMatch(test, submissionId)).toBe(false);
		});
	});
}
