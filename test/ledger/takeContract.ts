import type { Owner, Routing } from '../../nodes/lead/handoffRecord';
import type { Captured, Ledger, LeadStory, TakeInput } from '../../nodes/ledger/ledger';
import { clockOf, live, minutesLater, monday, newLead } from './samples';

const jon: Owner = { id: 'jon', name: 'Jon Example', email: 'jon@agency.example', crmId: '77' };
const mia: Owner = { id: 'mia', name: 'Mia Example', email: 'mia@agency.example' };
const theo: Owner = { id: 'theo', name: 'Theo Example', email: null };
const routing: Routing = { queue: 'UK', owner: jon, rule: { number: 1, name: 'UK' }, matchedRules: [], tier: 'hard', because: ['rule UK'], skipped: [], priority: 'normal', readMessageWithAi: true };

/** The first who takes a lead has it. */
export function takeContract(ledger: () => Ledger): void {
	async function leadOfJon(): Promise<Captured> {
		const lead = await newLead(ledger());
		await ledger().recordDecision({ ...live, ...lead, stage: 'route', at: monday, section: { routing }, owner: jon, queue: 'UK' });
		return lead;
	}
	let wishes = 0;
	const take = async ({ leadId }: { leadId: string }, owner: Owner, change: Partial<TakeInput> = {}) => await ledger().takeLead({ ...live, leadId, owner, at: minutesLater(5), onceKey: `wish ${wishes++}`, ...change });
	const tell = async ({ leadId }: Captured, type: string, by?: string, detail = {}) => await ledger().recordEvent({ ...live, leadId, type, at: minutesLater(4), by, detail, onceKey: `${type} ${leadId} ${by}` });
	const story = async ({ leadId }: Captured) => (await ledger().getLead(live, { leadId })) as LeadStory;
	const told = async (lead: Captured) => (await story(lead)).events.map(({ type, by }) => `${type} by ${by}`);

	describe('takeLead', () => {
		it('leaves a lead with the owner who took it first', async () => {
			const lead = await leadOfJon();
			expect(await take(lead, jon)).toEqual({ status: 'taken', before: null });
			expect(await take(lead, mia)).toEqual({ status: 'earlier', owner: jon, event: 'accepted', at: minutesLater(5) });
			expect([(await story(lead)).owner, await told(lead)]).toEqual([jon, ['accepted by jon']]);
		});

		it('gives a lead with its alerts to a colleague who takes it first, and leaves it there', async () => {
			const lead = await leadOfJon();
			await ledger().startClock(clockOf(lead, { ownerId: 'jon' }));
			expect(await take(lead, mia)).toEqual({ status: 'taken', before: jon });
			for (const late of [jon, theo]) expect(await take(lead, late)).toMatchObject({ status: 'earlier', owner: mia });
			expect([(await story(lead)).owner, await told(lead)]).toEqual([mia, ['ownerChanged by mia', 'accepted by mia']]);
			expect((await story(lead)).events[0].detail).toEqual({ from: 'Jon Example', to: 'Mia Example', because: 'Mia Example took it first', before: jon, owner: mia });
			expect(await ledger().getClock(live, lead.leadId, 'First Response')).toMatchObject({ ownerId: 'mia' });
			expect((await story(lead)).reviewItems.flatMap(({ reasons }) => reasons)).toContain('owner changed from Jon Example to Mia Example: was it a misroute?');
		});

		it('has one who takes it among many at once', async () => {
			const lead = await leadOfJon();
			const results = await Promise.all(Array.from({ length: 9 }, (_, index) => take(lead, [jon, mia, theo][index % 3])));
			expect(results.filter(({ status }) => status === 'taken')).toHaveLength(1);
			expect(results.filter(({ status }) => status === 'already')).toHaveLength(2);
			const winner = [jon, mia, theo][results.findIndex(({ status }) => status === 'taken')];
			expect((await story(lead)).owner?.id).toBe(winner.id);
			expect((await told(lead)).filter((one) => one.startsWith('accepted'))).toEqual([`accepted by ${winner.id}`]);
		});

		it('knows a wish that is run again, and one of the same person', async () => {
			const lead = await leadOfJon();
			for (let times = 0; times < 2; times++) expect(await take(lead, mia, { onceKey: 'mia, run again' })).toMatchObject({ status: 'taken' });
			expect(await take(lead, mia)).toMatchObject({ status: 'already', owner: mia });
			expect(await told(lead)).toHaveLength(2);
		});

		it('follows a handover by a person or a rule: who is given a lead has not taken it yet', async () => {
			const lead = await leadOfJon();
			await take(lead, jon);
			await tell(lead, 'ownerChanged', undefined, { owner: mia });
			expect((await story(lead)).owner).toEqual(mia);
			expect(await take(lead, mia)).toEqual({ status: 'taken', before: null });
			expect(await take(lead, jon)).toMatchObject({ status: 'earlier', owner: mia });
			const handover = { ...live, leadId: lead.leadId, from: 'mia', owner: theo, at: minutesLater(9), because: ['nobody answered'], isHop: true, onceKey: 'sweep' };
			expect(await ledger().reassignLead(handover)).toMatchObject({ status: 'reassigned' });
			expect(await take(lead, jon, { at: minutesLater(10) })).toMatchObject({ status: 'taken', before: theo });
		});

		it.each<[string, string, string | undefined]>([
			['took it, as a sheet tells by the name', 'accepted', 'Jon Example'],
			['took it, as a CRM tells by its own ID', 'accepted', '77'],
			['took it, as a CRM tells without a name', 'accepted', undefined],
			['answered it', 'contacted', 'jon'],
			['answered it, as a mailbox tells by the address', 'contacted', 'Jon@agency.example'],
		])('leaves a lead with the owner who %s', async (_, type, by) => {
			const lead = await leadOfJon();
			await tell(lead, type, by);
			expect(await take(lead, mia)).toEqual({ status: 'earlier', owner: jon, event: type, at: minutesLater(4) });
			expect((await story(lead)).owner).toEqual(jon);
		});

		it('lets an owner take what is answered, and a colleague what another colleague has answered', async () => {
			const [own, other] = [await leadOfJon(), await leadOfJon()];
			await tell(own, 'contacted', 'jon');
			expect(await take(own, jon)).toMatchObject({ status: 'taken' });
			await tell(other, 'contacted', 'mia');
			expect(await take(other, mia)).toMatchObject({ status: 'taken', before: jon });
		});

		it('gives nobody a closed lead, one of another client, or one of the other kind', async () => {
			const lead = await leadOfJon();
			expect(await take(lead, mia, { test: true })).toEqual({ status: 'unknown' });
			expect(await take(lead, mia, { client: 'beta' })).toEqual({ status: 'unknown' });
			await tell(lead, 'rejected', 'jon');
			expect(await take(lead, mia)).toEqual({ status: 'closed' });
			expect((await story(lead)).owner).toEqual(jon);
		});

		it('gives a lead that nobody has, and a test lead', async () => {
			const lead = await newLead(ledger(), { test: true });
			expect(await take(lead, mia, { test: true })).toEqual({ status: 'taken', before: null });
			expect((await ledger().getLead({ ...live, test: true }, { leadId: lead.leadId }))?.owner).toEqual(mia);
		});
	});
}
