import type { Owner, Routing } from '../../nodes/lead/handoffRecord';
import type { Captured, Ledger, LeadStory } from '../../nodes/ledger/ledger';
import type { ReassignInput } from '../../nodes/ledger/reassignLedger';
import { clockOf, live, minutesLater, monday, newLead } from './samples';

const mia: Owner = { id: 'mia', name: 'Mia Example', email: 'mia@agency.example' };
const jon: Owner = { id: 'jon', name: 'Jon Example', email: null };
const routing: Routing = { queue: 'UK', owner: jon, rule: { number: 1, name: 'UK' }, matchedRules: [], tier: 'hard', because: ['rule UK'], skipped: [], priority: 'normal', readMessageWithAi: true };

/** Giving leads on to the next owner. */
export function reassignContract(ledger: () => Ledger): void {
	async function routedLead(): Promise<Captured> {
		const lead = await newLead(ledger());
		await ledger().recordDecision({ ...live, ...lead, stage: 'route', at: monday, section: { routing }, owner: jon, queue: 'UK' });
		return lead;
	}
	const handover = (lead: { leadId: string }, change: Partial<ReassignInput> = {}): ReassignInput => ({
		...live, leadId: lead.leadId, from: 'jon', owner: mia, at: minutesLater(20), because: ['next turn in team UK'], isHop: true, onceKey: 'step:1', ...change,
	});
	const asked = { ...live, pool: 'UK', at: minutesLater(30), leadId: 'other', counted: [], open: [] };

	describe('reassignLead', () => {
		it('gives the lead with its alerts to the next owner, and a node that runs again that owner', async () => {
			const lead = await routedLead();
			const { clock } = await ledger().startClock(clockOf(lead, { ownerId: 'jon' }));
			expect(await ledger().reassignLead(handover(lead))).toEqual({ status: 'reassigned', handover: { from: jon, to: mia, at: minutesLater(20), because: 'next turn in team UK' } });
			const story = (await ledger().getLead(live, { leadId: lead.leadId })) as LeadStory;
			expect(story.owner).toEqual(mia);
			expect(story.events).toMatchObject([{ type: 'reassigned', detail: { from: 'Jon Example', to: 'Mia Example', because: 'next turn in team UK', hop: 1, before: jon, owner: mia } }]);
			expect(await ledger().getClock(live, lead.leadId, clock.name)).toEqual({ ...clock, ownerId: 'mia', revision: 1 });
			expect(await ledger().getDecision(live, lead.submissionId, 'route')).toMatchObject({ routing: { owner: mia, because: ['reassigned from Jon Example to Mia Example', 'next turn in team UK', 'rule UK'] } });
		});

		it('remembers who has had the lead, and how often it was given on', async () => {
			const lead = await routedLead();
			expect(await ledger().getHandovers(live, lead.leadId)).toEqual({ ownerId: 'jon', had: ['jon'], hops: 0 });
			await ledger().reassignLead(handover(lead));
			await ledger().reassignLead(handover(lead, { from: 'mia', owner: { id: 'theo', name: 'Theo', email: null }, isHop: false, onceKey: 'by hand' }));
			expect(await ledger().getHandovers(live, lead.leadId)).toEqual({ ownerId: 'theo', had: ['jon', 'mia', 'theo'], hops: 1, since: minutesLater(20), lastKey: 'by hand' });
			expect((await ledger().getHandovers(live, 'nobody\'s')).ownerId).toBeUndefined();
		});

		it('remembers also whom a correction or the CRM gave it to', async () => {
			const lead = await routedLead();
			await ledger().correctOwner({ ...live, leadId: lead.leadId, owner: mia, at: minutesLater(1) });
			await ledger().recordEvent({ ...live, leadId: lead.leadId, type: 'ownerChanged', at: minutesLater(2), detail: { owner: { id: 'zoe', name: 'Zoe' } }, onceKey: 'crm' });
			expect(await ledger().getHandovers(live, lead.leadId)).toMatchObject({ ownerId: 'zoe', had: ['jon', 'mia', 'zoe'], hops: 0, since: minutesLater(2) });
		});

		it('tells a run that asks again what was done then, although the lead has gone further', async () => {
			const lead = await routedLead();
			const first = await ledger().reassignLead(handover(lead, { reason: 'silent', rest: { memberId: 'jon', until: minutesLater(600) } }));
			await ledger().reassignLead(handover(lead, { from: 'mia', owner: { id: 'theo', name: 'Theo', email: null }, onceKey: 'by hand' }));
			expect(await ledger().reassignLead(handover(lead, { from: 'theo', owner: jon }))).toEqual({ ...first, status: 'earlier' });
		});

		it('leaves a lead where it is that was answered or closed meanwhile', async () => {
			const lead = await routedLead();
			const { clock } = await ledger().startClock(clockOf(lead, { ownerId: 'jon' }));
			await ledger().updateClock(live, clock.id, { respondedAt: minutesLater(19), status: 'met_late' });
			expect(await ledger().reassignLead(handover(lead, { unlessAnswered: clock.id }))).toEqual({ status: 'answered' });
			await ledger().recordEvent({ ...live, leadId: lead.leadId, type: 'closed', at: minutesLater(20), onceKey: 'closed' });
			expect(await ledger().reassignLead(handover(lead))).toEqual({ status: 'closed' });
			expect((await ledger().getHandovers(live, lead.leadId)).ownerId).toBe('jon');
		});

		it('counts the caps of the new owner again', async () => {
			const lead = await routedLead();
			await ledger().takeTurn({ ...live, pool: 'DE', leadId: 'another', expectedVersion: 0, next: {}, memberId: 'mia', at: minutesLater(1) });
			const turn = { pool: 'UK', expectedVersion: 0, next: {}, limits: { dayFrom: monday, weekFrom: monday, monthFrom: monday, perDay: 1 } };
			expect(await ledger().reassignLead(handover(lead, { turn }))).toEqual({ status: 'changed' });
			expect(await ledger().reassignLead(handover(lead, { turn: { ...turn, limits: { ...turn.limits, perDay: 2 } } }))).toMatchObject({ status: 'reassigned' });
		});

		it('takes the lead\'s turn from who had it, whoever gets it, so that a new enquiry does not go back', async () => {
			const lead = await routedLead();
			await ledger().takeTurn({ ...live, pool: 'UK', leadId: lead.leadId, expectedVersion: 0, next: {}, memberId: 'jon', at: monday });
			await ledger().reassignLead(handover(lead, { owner: { id: 'theo', name: 'Theo', email: null } }));
			expect((await ledger().getAssignment({ ...asked, leadId: lead.leadId })).turnOf).toBe('theo');
		});

		it('does one handover once, and none when the owner is no longer the one that was seen', async () => {
			const lead = await routedLead();
			const done = await Promise.all(Array.from({ length: 8 }, () => ledger().reassignLead(handover(lead))));
			expect(done.filter(({ status }) => status === 'reassigned')).toHaveLength(1);
			expect(done.filter(({ status }) => status === 'earlier')).toHaveLength(7);
			expect(await ledger().reassignLead(handover(lead, { onceKey: 'step:2' }))).toEqual({ status: 'changed' });
			expect(await ledger().reassignLead(handover({ leadId: 'nobody\'s' }, { onceKey: 'step:3' }))).toEqual({ status: 'unknown' });
		});

		it('passes the lead\'s turn to the new owner, unless the rotation has moved on', async () => {
			const lead = await routedLead();
			await ledger().takeTurn({ ...live, pool: 'UK', leadId: lead.leadId, expectedVersion: 0, next: { jon: -1 }, memberId: 'jon', at: monday });
			const turn = { pool: 'UK', expectedVersion: 0, next: { jon: 0, mia: -1 } };
			expect(await ledger().reassignLead(handover(lead, { turn }))).toEqual({ status: 'changed' });
			expect(await ledger().getHandovers(live, lead.leadId)).toMatchObject({ ownerId: 'jon', hops: 0 });
			await ledger().reassignLead(handover(lead, { turn: { ...turn, expectedVersion: 1 } }));
			expect(await ledger().getAssignment({ ...asked, leadId: lead.leadId })).toMatchObject({ version: 2, state: { jon: 0, mia: -1 }, turnOf: 'mia' });
		});

		it('takes a silent owner out of rotation until that time, or until answering or accepting a lead', async () => {
			const lead = await routedLead();
			await ledger().reassignLead(handover(lead, { rest: { memberId: 'jon', until: minutesLater(600) } }));
			expect((await ledger().getAssignment(asked)).resting).toEqual({ jon: minutesLater(600) });
			expect((await ledger().getAssignment({ ...asked, at: minutesLater(600) })).resting).toEqual({});
			expect((await ledger().getAssignment({ ...asked, test: true })).resting).toEqual({});
			await ledger().recordEvent({ ...live, type: 'misrouted', at: minutesLater(40), by: 'jon', onceKey: 'a' });
			expect((await ledger().getAssignment(asked)).resting).toEqual({ jon: minutesLater(600) });
			await ledger().recordEvent({ ...live, type: 'contacted', at: minutesLater(41), by: 'jon', onceKey: 'b' });
			expect((await ledger().getAssignment(asked)).resting).toEqual({});
		});
	});
}
