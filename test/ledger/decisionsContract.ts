import type { Intent, Owner, Routing } from '../../nodes/lead/handoffRecord';
import type { Ledger } from '../../nodes/ledger/ledger';
import { live, monday, newLead } from './samples';

const mia: Owner = { id: 'mia', name: 'Mia', email: 'mia@acme.example' };
const routing = (queue: string): Routing => ({
	queue, owner: mia, rule: { number: 1, name: 'UK' }, matchedRules: [], tier: 'hard', because: ['country is GB'], skipped: [], priority: 'normal', readMessageWithAi: true,
});
const intent = (name: string): Intent => ({
	name, urgency: 'normal', buyingStage: 'ready', sentiment: 'neutral', fit: 'good', language: 'en', summary: '', nextStep: '', evidence: [], engine: 'rules', because: [],
});

export function decisionsContract(ledger: () => Ledger): void {
	describe('recordDecision', () => {
		it('knows no decision before one was recorded', async () => {
			const { submissionId } = await newLead(ledger());
			expect(await ledger().getDecision(live, submissionId, 'route')).toBeUndefined();
		});

		it('gives back the section that was recorded first, whatever a rerun decides', async () => {
			const { submissionId, leadId } = await newLead(ledger());
			const first = await ledger().recordDecision({ ...live, submissionId, leadId, stage: 'route', at: monday, section: { routing: routing('UK') } });
			const second = await ledger().recordDecision({ ...live, submissionId, leadId, stage: 'route', at: monday, section: { routing: routing('US') } });
			expect([first.earlier, second.earlier]).toEqual([false, true]);
			expect(second.section.routing.queue).toBe('UK');
			expect((await ledger().getDecision(live, submissionId, 'route'))?.routing.queue).toBe('UK');
		});

		it('keeps the decisions of two stages and of two submissions apart', async () => {
			const [one, two] = [await newLead(ledger()), await newLead(ledger())];
			await ledger().recordDecision({ ...live, ...one, stage: 'route.hard', at: monday, section: { routing: routing('UK') } });
			await ledger().recordDecision({ ...live, ...two, stage: 'route.hard', at: monday, section: { routing: routing('US') } });
			expect(await ledger().getDecision(live, one.submissionId, 'route')).toBeUndefined();
			expect((await ledger().getDecision(live, two.submissionId, 'route.hard'))?.routing.queue).toBe('US');
		});

		it('writes owner and queue to the lead and hands its open doubts to the owner', async () => {
			const { submissionId, leadId } = await newLead(ledger(), {}, { review: ['similar name'] });
			await ledger().recordDecision({ ...live, submissionId, leadId, stage: 'route', at: monday, section: { routing: routing('UK') }, state: 'assigned', owner: mia, queue: 'UK' });
			expect(await ledger().getLead(live, { leadId })).toMatchObject({ state: 'assigned', queue: 'UK', owner: mia, reviewItems: [{ ownerId: 'mia' }] });
		});

		it('never moves a submission back', async () => {
			const { submissionId, leadId } = await newLead(ledger());
			await ledger().recordDecision({ ...live, submissionId, leadId, stage: 'route', at: monday, section: { routing: routing('UK') }, state: 'assigned' });
			await ledger().recordDecision({ ...live, submissionId, leadId, stage: 'classify', at: monday, section: { intent: intent('quote'), review: [] }, state: 'decided' });
			expect(await ledger().getLead(live, { leadId })).toMatchObject({ state: 'assigned', decisions: { classify: { intent: { name: 'quote' } } } });
		});

		it('opens a review item once', async () => {
			const { submissionId, leadId } = await newLead(ledger());
			const decide = () => ledger().recordDecision({
				...live, submissionId, leadId, stage: 'classify', at: monday, section: { intent: intent('quote'), review: [] },
				review: { stage: 'classify', reasons: ['two intents are equally likely'], ownerId: 'jon' },
			});
			const [first, second] = [await decide(), await decide()];
			expect(first.reviewItemId).toBeDefined();
			expect(second.reviewItemId).toBe(first.reviewItemId);
			expect((await ledger().getLead(live, { leadId }))?.reviewItems).toMatchObject([{ id: first.reviewItemId, ownerId: 'jon' }]);
		});

		it('takes in a lead that this ledger never captured', async () => {
			const given = { ...live, submissionId: 's', leadId: 'l', stage: 'route' as const, at: monday, section: { routing: routing('UK') }, owner: mia, queue: 'UK', state: 'assigned' as const };
			expect((await ledger().recordDecision(given)).earlier).toBe(false);
			expect((await ledger().recordDecision(given)).earlier).toBe(true);
			expect(await ledger().getLead(live, { leadId: 'l' })).toMatchObject({ state: 'assigned', queue: 'UK', touches: 1 });
		});

		it('records under the decided lead when the item still holds the captured one', async () => {
			const known = await newLead(ledger());
			const second = await newLead(ledger(), {}, { verdict: 'append', leadId: known.leadId, personId: known.personId });
			await ledger().recordDecision({ ...live, ...second, stage: 'route', at: monday, section: { routing: routing('UK') }, owner: mia, queue: 'UK' });
			expect(await ledger().getLead(live, { leadId: known.leadId })).toMatchObject({ queue: 'UK', decisions: { route: { routing: { queue: 'UK' } } } });
		});

		describe('with replace', () => {
			const tested = { ...live, test: true };
			const jon: Owner = { id: 'jon', name: 'Jon', email: null };
			const newTestLead = () => newLead(ledger(), { test: true }, { review: ['similar name'] });

			it('gives a test lead the new decision, owner and queue, and its doubts to the new owner', async () => {
				const { submissionId, leadId } = await newTestLead();
				const route = (queue: string, owner: Owner, settingsVersion: number) => ledger().recordDecision({
					...tested, submissionId, leadId, stage: 'route', at: monday, section: { routing: { ...routing(queue), owner } }, state: 'assigned', owner, queue, settingsVersion, replace: true,
				});
				await route('UK', mia, 1);
				expect(await route('US', jon, 2)).toMatchObject({ earlier: false, section: { routing: { queue: 'US' } } });
				expect(await ledger().getLead(tested, { leadId })).toMatchObject({ queue: 'US', owner: jon, decisions: { route: { routing: { queue: 'US' } } }, reviewItems: [{ ownerId: 'jon' }] });
			});

			it('keeps what a live lead was given', async () => {
				const { submissionId, leadId } = await newLead(ledger());
				const route = (queue: string) => ledger().recordDecision({ ...live, submissionId, leadId, stage: 'route', at: monday, section: { routing: routing(queue) }, owner: mia, queue, replace: true });
				await route('UK');
				expect(await route('US')).toMatchObject({ earlier: true, section: { routing: { queue: 'UK' } } });
				expect(await ledger().getLead(live, { leadId })).toMatchObject({ queue: 'UK' });
			});

			it('gives the open review item of the stage the new reasons, and settles it when there are none', async () => {
				const { submissionId, leadId } = await newTestLead();
				const classify = (reasons?: string[]) => ledger().recordDecision({
					...tested, submissionId, leadId, stage: 'classify', at: monday, section: { intent: intent('quote'), review: [] }, replace: true, ...(reasons && { review: { stage: 'classify', reasons } }),
				});
				const items = async () => (await ledger().getLead(tested, { leadId }))?.reviewItems.filter(({ stage }) => stage === 'classify');
				const { reviewItemId } = await classify(['two intents are equally likely']);
				expect(await classify(['the message is empty'])).toMatchObject({ reviewItemId });
				expect(await items()).toMatchObject([{ id: reviewItemId, reasons: ['the message is empty'], settledAt: null }]);
				expect((await classify()).reviewItemId).toBeUndefined();
				expect(await items()).toMatchObject([{ id: reviewItemId, settledAt: monday }]);
				await classify(['the message is empty']);
				expect(await items()).toMatchObject([{ id: reviewItemId, settledAt: null }]);
			});
		});

		it('records one decision when the same submission is decided ten times at once', async () => {
			const { submissionId, leadId } = await newLead(ledger());
			const decided = await Promise.all(Array.from({ length: 10 }, (_, index) => ledger().recordDecision({
				...live, submissionId, leadId, stage: 'route', at: monday, section: { routing: routing(`queue ${index}`) },
			})));
			expect(decided.filter(({ earlier }) => !earlier)).toHaveLength(1);
			expect(new Set(decided.map(({ section }) => section.routing.queue)).size).toBe(1);
		});
	});
}
