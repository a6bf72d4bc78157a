import type { Captured, Ledger } from '../../nodes/ledger/ledger';
import { live, minutesLater, monday, newLead } from './samples';

/** Doubts that people settle, and ids that systems gave. */
export function reviewContract(ledger: () => Ledger): void {
	async function doubtfulLead(minutes = 0, change: Record<string, unknown> = {}): Promise<Captured & { itemId: string }> {
		const lead = await newLead(ledger(), { record: { lead: { message: 'Please call me' } }, at: minutesLater(minutes) });
		const routing = { queue: 'UK', owner: { id: 'mia', name: 'Mia', email: null }, rule: { number: 1, name: 'UK' }, matchedRules: [], tier: 'hard' as const, because: [], skipped: [], priority: 'normal' as const, readMessageWithAi: true };
		const { reviewItemId } = await ledger().recordDecision({
			...live, ...lead, stage: 'route', at: minutesLater(minutes), section: { routing }, owner: routing.owner, queue: 'UK', review: { stage: 'route', reasons: ['no rule for this city'], ownerId: 'mia' }, ...change,
		});
		return { ...lead, itemId: String(reviewItemId) };
	}
	const list = (change: object = {}) => ledger().listReviewItems({ ...live, limit: 10, ...change });

	describe('review items', () => {
		it('are listed oldest first, page by page, with what one needs to see of the lead', async () => {
			const [first, second, third] = [await doubtfulLead(0), await doubtfulLead(1), await doubtfulLead(2)];
			const [item, next] = await list({ limit: 2 });
			expect(item).toMatchObject({
				id: first.itemId, leadId: first.leadId, stage: 'route', reasons: ['no rule for this city'], ownerId: 'mia', openedAt: monday, dueAt: null, settledAt: null, outcome: null,
				lead: { message: 'Please call me', fullName: 'Mia Brandt', queue: 'UK', owner: { name: 'Mia' }, status: 'open' },
			});
			expect(next.id).toBe(second.itemId);
			expect((await list({ after: next })).map(({ id }) => id)).toEqual([third.itemId]);
			expect(await list({ stage: 'clean' })).toEqual([]);
			expect(await list({ ownerId: 'jon' })).toEqual([]);
			expect(await list({ from: minutesLater(2) })).toHaveLength(1);
			expect(await list({ test: true })).toEqual([]);
		});

		it('are given to somebody, put off, and settled once', async () => {
			const { itemId } = await doubtfulLead();
			expect(await ledger().changeReviewItem({ ...live, id: itemId, ownerId: 'jon', dueAt: minutesLater(99), snoozedUntil: minutesLater(60) })).toBe('changed');
			expect(await list({ awakeAt: minutesLater(59) })).toEqual([]);
			expect(await list({ awakeAt: minutesLater(60) })).toMatchObject([{ ownerId: 'jon', dueAt: minutesLater(99), snoozedUntil: minutesLater(60) }]);
			const settle = () => ledger().settleReviewItem({ ...live, id: itemId, outcome: 'right', at: minutesLater(70), by: 'jon', note: 'fine' });
			expect((await Promise.all([settle(), settle(), settle()])).map(({ status }) => status).sort()).toEqual(['earlier', 'earlier', 'settled']);
			expect(await list({ state: 'open' })).toEqual([]);
			expect(await list({ state: 'settled' })).toMatchObject([{ settledAt: minutesLater(70), settledBy: 'jon', outcome: 'right', note: 'fine' }]);
			expect(await ledger().changeReviewItem({ ...live, id: itemId, ownerId: 'mia' })).toBe('settled');
			expect(await ledger().changeReviewItem({ ...live, id: 'none', ownerId: 'mia' })).toBe('unknown');
			expect(await ledger().settleReviewItem({ ...live, id: 'none', outcome: 'right', at: monday })).toEqual({ status: 'unknown' });
		});

		it('are put right by the first of two people who settle them at once, and by nobody else', async () => {
			const { itemId, leadId } = await doubtfulLead();
			const settle = (id: string) => ledger().settleReviewItem({
				...live, id: itemId, outcome: 'wrong', at: minutesLater(70), by: id, putRight: { events: [{ type: 'misrouted', detail: { rightQueue: id } }], owner: { owner: { id, name: id, email: null }, queue: id } },
			});
			const results = await Promise.all(['jon', 'ann', 'kim'].map(settle));
			expect(results.map(({ status }) => status).sort()).toEqual(['earlier', 'earlier', 'settled']);
			expect(results.find(({ status }) => status === 'settled')).toMatchObject({ done: { events: ['misrouted'], owner: { status: 'corrected', from: 'Mia' } } });
			const [{ settledBy }] = await list({ state: 'settled' });
			const story = await ledger().getLead(live, { leadId });
			expect(story).toMatchObject({ owner: { id: settledBy }, queue: settledBy });
			expect(story?.events.map(({ type, by }) => [type, by])).toEqual([['misrouted', settledBy], ['ownerCorrected', settledBy]]);
		});

		it('of a drawn sample are opened once for each lead, and done when the routing was checked', async () => {
			const [one, other] = [await doubtfulLead(0), await doubtfulLead(1)];
			const leads = [one, other].map(({ leadId }) => ({ leadId, question: 'right?' }));
			expect(await ledger().openSample({ ...live, leads: [...leads, { leadId: 'gone', question: 'right?' }], at: minutesLater(5), ownerId: 'ann' })).toBe(2);
			expect(await ledger().openSample({ ...live, leads, at: minutesLater(6) })).toBe(0);
			expect(await list({ stage: 'sample' })).toMatchObject([{ stage: 'sample', reasons: ['right?'], ownerId: 'ann', openedAt: minutesLater(5) }, { stage: 'sample' }]);
			await ledger().recordEvent({ ...live, leadId: one.leadId, type: 'routingChecked', at: minutesLater(7), detail: { right: true }, onceKey: 'x' });
			expect(await list({ stage: 'sample', state: 'open' })).toHaveLength(1);
		});
	});

	describe('listRouted', () => {
		it('gives the leads of a period that have an owner, in pages', async () => {
			const ids = [(await doubtfulLead(0)).leadId, (await doubtfulLead(1)).leadId].sort();
			await newLead(ledger(), { at: minutesLater(1) });
			await doubtfulLead(10);
			const period = { ...live, from: monday, to: minutesLater(5) };
			expect((await ledger().listRouted({ ...period, limit: 9 })).map(({ leadId }) => leadId)).toEqual(ids);
			expect(await ledger().listRouted({ ...period, limit: 1, after: ids[0] })).toMatchObject([{ leadId: ids[1], queue: 'UK', owner: { id: 'mia' } }]);
		});
	});

	describe('setExternalId', () => {
		it('is remembered once, finds the lead, and belongs to one person', async () => {
			const [one, other] = [await newLead(ledger()), await newLead(ledger())];
			const set = (lead: Captured, externalId: string, replace?: boolean) => ledger().setExternalId({ ...live, leadId: lead.leadId, system: 'hubspot', externalId, at: minutesLater(1), replace });
			expect(await set(one, '501')).toEqual({ status: 'set' });
			expect(await set(one, '501')).toEqual({ status: 'already' });
			expect(await ledger().getLead(live, { system: 'hubspot', externalId: '501' })).toMatchObject({ leadId: one.leadId, externalIds: { hubspot: '501' } });
			expect(await set(other, '501')).toEqual({ status: 'taken', by: 'person' });
			expect(await set(one, '502')).toEqual({ status: 'taken', by: 'id' });
			expect(await set(one, '502', true)).toEqual({ status: 'set' });
			expect(await ledger().getLead(live, { system: 'hubspot', externalId: '501' })).toBeUndefined();
			expect(await set(other, '501')).toEqual({ status: 'set' });
			expect(await ledger().setExternalId({ ...live, leadId: 'none', system: 'hubspot', externalId: '9', at: monday })).toEqual({ status: 'unknown' });
		});

		it('is told to the next match', async () => {
			const lead = await newLead(ledger());
			await ledger().setExternalId({ ...live, leadId: lead.leadId, system: 'hubspot', externalId: '501', at: minutesLater(1) });
			const { persons } = await ledger().findCandidates({ ...live, keys: [{ kind: 'externalId:hubspot', value: '501', strength: 'match' }], capPerKey: 5 });
			expect(persons).toMatchObject([{ personId: lead.personId }]);
		});
	});

	describe('keepApart', () => {
		it('keeps two persons from matching, from both sides', async () => {
			const [one, other] = [await newLead(ledger()), await newLead(ledger())];
			const apart = (personId: string, otherId: string) => ledger().keepApart({ ...live, personId, otherId, at: monday });
			expect([await apart(one.personId, other.personId), await apart(other.personId, one.personId), await apart(one.personId, 'gone'), await apart(one.personId, one.personId)]).toEqual([true, false, false, false]);
			expect((await ledger().readRows('never_match', undefined, 9))).toHaveLength(2);
		});
	});
}
