import type { Owner, Routing } from '../../nodes/lead/handoffRecord';
import type { MergeToSplit, SplitMergeInput } from '../../nodes/ledger/correctionsLedger';
import type { Captured, Ledger, LeadStory } from '../../nodes/ledger/ledger';
import { clockOf, delivery, emailKey, live, match, matchOf, minutesLater, monday, newLead } from './samples';

const mia: Owner = { id: 'mia', name: 'Mia Example', email: 'mia@agency.example' };
const jon: Owner = { id: 'jon', name: 'Jon Example', email: null };
const routing: Routing = { queue: 'UK', owner: jon, rule: { number: 1, name: 'UK' }, matchedRules: [], tier: 'hard', because: ['rule UK'], skipped: [], priority: 'normal', readMessageWithAi: true };
const intent = {
	name: 'quote', urgency: 'normal', buyingStage: 'ready', sentiment: 'neutral', fit: 'good', language: 'en', summary: '', nextStep: '', evidence: [], engine: 'ai', because: ['asks for a price'],
} as const;

/** What people put right: events, added and never changed. */
export function correctionsContract(ledger: () => Ledger): void {
	async function routedLead(): Promise<Captured> {
		const lead = await newLead(ledger(), { record: { lead: { message: 'Please send a quote', email: 'mia@firm.example' } } });
		await ledger().recordDecision({ ...live, ...lead, stage: 'classify', at: monday, section: { intent: { ...intent, evidence: [], because: [...intent.because] }, review: [] } });
		await ledger().recordDecision({ ...live, ...lead, stage: 'route', at: monday, section: { routing }, owner: jon, queue: 'UK', review: { stage: 'route', reasons: ['no rule for this city'] } });
		return lead;
	}
	const story = async (lead: { leadId: string }) => (await ledger().getLead(live, { leadId: lead.leadId })) as LeadStory;

	describe('correctOwner', () => {
		it('gives the lead to its right owner, keeps the clock as it was started and moves its alerts', async () => {
			const lead = await routedLead();
			const { clock } = await ledger().startClock(clockOf(lead, { ownerId: 'jon' }));
			expect(await ledger().correctOwner({ ...live, leadId: lead.leadId, owner: mia, queue: 'Key Accounts', at: minutesLater(5), by: 'ann', reason: 'her customer' })).toEqual({ status: 'corrected', from: 'Jon Example' });
			expect(await story(lead)).toMatchObject({
				owner: mia, queue: 'Key Accounts',
				events: [{ type: 'ownerCorrected', by: 'ann', detail: { from: 'Jon Example', to: 'Mia Example', fromQueue: 'UK', toQueue: 'Key Accounts', reason: 'her customer' } }],
				// whoever corrects an owner has answered the doubt about the routing
				reviewItems: [{ stage: 'route', ownerId: 'mia', settledAt: minutesLater(5) }],
			});
			const kept = await ledger().getClock(live, lead.leadId, clock.name);
			expect(kept).toEqual({ ...clock, ownerId: 'mia', revision: 1 });
		});

		it('is what a node that runs again is given, while the decision itself stays', async () => {
			const lead = await routedLead();
			await ledger().correctOwner({ ...live, leadId: lead.leadId, owner: mia, at: minutesLater(5) });
			expect(await ledger().getDecision(live, lead.submissionId, 'route')).toMatchObject({ routing: { queue: 'UK', owner: { id: 'mia' }, because: ['owner corrected from Jon Example to Mia Example', 'rule UK'] } });
			const again = await ledger().recordDecision({ ...live, ...lead, stage: 'route', at: minutesLater(9), section: { routing }, owner: jon });
			expect(again).toMatchObject({ earlier: true, section: { routing: { owner: { id: 'mia' } } } });
			expect((await story(lead)).owner).toMatchObject({ id: 'mia' });
			const [[, , , , , section]] = (await ledger().readRows('decisions', undefined, 9)).filter((row) => row.includes('route'));
			expect(section).toContain('"id":"jon"');
		});

		it('changes nothing when told twice, and follows a lead that goes back and forth', async () => {
			const lead = await routedLead();
			const give = (owner: Owner) => ledger().correctOwner({ ...live, leadId: lead.leadId, owner, at: minutesLater(5) });
			expect([await give(mia), await give(mia), await give(jon), await give(mia)].map(({ status }) => status)).toEqual(['corrected', 'already', 'corrected', 'corrected']);
			expect((await story(lead)).events).toHaveLength(3);
			expect(await ledger().correctOwner({ ...live, leadId: 'nobody\'s', owner: mia, at: monday })).toEqual({ status: 'unknown' });
		});

		it('lets an owner\'s own clock stand still when the lead goes on to somebody else', async () => {
			const lead = await routedLead();
			await ledger().startClock(clockOf(lead));
			await ledger().startClock(clockOf(lead, { name: 'First Response: mia', startedAt: minutesLater(5) }));
			await ledger().correctOwner({ ...live, leadId: lead.leadId, owner: mia, at: minutesLater(6) });
			const clocks = await ledger().listClocks(live, lead.leadId);
			expect(clocks).toMatchObject([{ name: 'First Response', status: 'running', ownerId: 'mia' }, { status: 'paused', nextCheckAt: null }]);
			expect((await ledger().listDueClocks({ ...live, now: minutesLater(99), limit: 9 })).map(({ name }) => name)).toEqual(['First Response']);
			// what the customer waits for is the lead's own clock
			expect((await story(lead)).clock).toMatchObject({ status: 'running' });
			await ledger().updateClock(live, clocks[0].id, { status: 'met', respondedAt: minutesLater(7), elapsedMinutes: 7 });
			await ledger().refreshFacts({ ...live, limit: 9 });
			expect(await ledger().tallyLeads({ ...live, from: monday, to: minutesLater(9), asOf: minutesLater(9), splits: [] })).toMatchObject({ total: { wall: { count: 1, median: 7 } } });
		});
	});

	describe('an owner changed in the CRM', () => {
		const change = (lead: Captured, owner: Owner, key: string) => ledger().recordEvent({ ...live, leadId: lead.leadId, type: 'ownerChanged', at: minutesLater(5), detail: { owner }, onceKey: key });

		it('moves alerts to the new owner and asks whether it was a misroute', async () => {
			const lead = await routedLead();
			await ledger().startClock(clockOf(lead, { ownerId: 'jon' }));
			expect(await change(lead, mia, 'crm 1')).toBe(true);
			expect(await change(lead, mia, 'crm 1')).toBe(false);
			expect(await ledger().getClock(live, lead.leadId, 'First Response')).toMatchObject({ ownerId: 'mia' });
			expect((await story(lead)).reviewItems).toMatchObject([{
				stage: 'route', ownerId: 'mia', settledAt: null,
				reasons: ['no rule for this city', 'owner changed from Jon Example to Mia Example: was it a misroute?'],
			}]);
		});

		it('asks nothing when the owner is the same, or there was none', async () => {
			const lead = await newLead(ledger());
			await change(lead, mia, '1');
			await change(lead, mia, '2');
			expect((await story(lead)).reviewItems).toEqual([]);
		});

		it.each(['misrouted', 'routingChecked'])('has its question answered by %s', async (type) => {
			const lead = await routedLead();
			await change(lead, mia, '1');
			await ledger().recordEvent({ ...live, leadId: lead.leadId, type, at: minutesLater(7), onceKey: type });
			expect((await story(lead)).reviewItems).toMatchObject([{ settledAt: minutesLater(7) }]);
		});
	});

	describe('correctIntent', () => {
		it('records what the message wanted, once, and lists it with the message as a label', async () => {
			const lead = await routedLead();
			const right = { ...live, leadId: lead.leadId, intent: { name: 'support', highIntent: false }, at: minutesLater(5), by: 'ann' };
			expect(await ledger().correctIntent(right)).toEqual({ status: 'corrected', from: 'quote' });
			expect(await ledger().correctIntent(right)).toEqual({ status: 'already', from: 'support' });
			expect((await story(lead)).decisions.classify).toMatchObject({ intent: { name: 'support', highIntent: false, because: ['corrected from quote', 'asks for a price'] } });
			expect(await ledger().listCorrections(live, monday, minutesLater(60))).toMatchObject([
				{ kind: 'intent', leadId: lead.leadId, by: 'ann', detail: { from: 'quote', to: 'support', engine: 'ai' }, message: 'Please send a quote', queue: 'UK' },
			]);
			expect(await ledger().listCorrections(live, monday, minutesLater(5))).toEqual([]);
			expect(await ledger().listCorrections({ ...live, test: true }, monday, minutesLater(60))).toEqual([]);
		});
	});

	describe('a wrong merge', () => {
		/** Jon's enquiry that was put to Mia, who is another person with the same phone. */
		async function wrongly(change: { ownLead?: boolean } = {}): Promise<{ known: Captured; put: Captured }> {
			const known = await newLead(ledger(), {}, { keys: [emailKey('mia@firm.example')], fields: { email: 'mia@firm.example', fullName: 'Mia Brandt' }, externalIds: { crm: '5' } });
			const put = await ledger().capture(delivery({ at: minutesLater(30), record: { lead: { email: 'jon@firm.example', fullName: 'Jon Brandt' } } }));
			const { asOf } = await ledger().findCandidates({ ...live, keys: [], capPerKey: 1 });
			await ledger().recordMatch(matchOf(put, {
				asOf, verdict: 'append', personId: known.personId, leadId: change.ownLead ? put.leadId : known.leadId, keys: [emailKey('jon@firm.example')], match: match('append'),
				fields: { email: 'jon@firm.example', fullName: 'Jon Brandt', phone: '+442079460018' }, customerStatus: 'customer',
			}));
			return { known, put };
		}

		function takeApart(merge: MergeToSplit): SplitMergeInput {
			return {
				...live, leadId: merge.leadId, submissionId: merge.submissionId, at: minutesLater(60), by: 'ann', expected: merge.now,
				known: { ...merge.before, keys: [emailKey('mia@firm.example')] }, own: { fields: { email: 'jon@firm.example', fullName: 'Jon Brandt' }, keys: [emailKey('jon@firm.example')] },
				section: { match: match('create', { because: ['corrected'] }), ...merge.own, review: [] },
			};
		}
		const readMerge = async (by: { leadId: string; submissionId?: string }) => (await ledger().readMerge(live, by)) as MergeToSplit;

		it.each([{ name: 'on the known person\'s lead', ownLead: false }, { name: 'on a lead of its own', ownLead: true }])('$name is taken apart: both persons and leads are as if it had never been', async ({ ownLead }) => {
			const { known, put } = await wrongly({ ownLead });
			const merge = await readMerge({ leadId: put.leadId });
			expect(merge).toMatchObject({ submissionId: put.submissionId, personId: known.personId, own: { leadId: put.leadId, personId: put.personId }, verdict: 'append', followed: false, before: { fields: { fullName: 'Mia Brandt' }, externalIds: { crm: '5' } } });
			expect(await ledger().splitMerge(takeApart(merge))).toMatchObject({ status: 'corrected', persons: [known.personId, put.personId] });
			expect(await story(known)).toMatchObject({ personId: known.personId, touches: 1, lastTouchAt: monday, fields: { email: 'mia@firm.example', fullName: 'Mia Brandt' } });
			expect(await story(put)).toMatchObject({ leadId: put.leadId, personId: put.personId, touches: 1, verdict: 'create', fields: { email: 'jon@firm.example' }, decisions: { clean: { match: { verdict: 'create', because: ['corrected'] } } } });
			const { persons } = await ledger().findCandidates({ ...live, keys: [emailKey('mia@firm.example'), emailKey('jon@firm.example')], capPerKey: 9 });
			expect(persons.map(({ personId, enquiries }) => [personId, enquiries]).sort()).toEqual([[known.personId, 1], [put.personId, 1]].sort());
			expect((await story(put)).events).toMatchObject([{ type: 'mergeCorrected', by: 'ann' }]);
			expect(await ledger().readMerge(live, { leadId: put.leadId })).toBeUndefined();
		});

		it('never matches again: neither is given as candidate for the other, and each says so of the other', async () => {
			const { known, put } = await wrongly();
			await ledger().splitMerge(takeApart(await readMerge({ leadId: known.leadId })));
			const keys = [emailKey('mia@firm.example'), emailKey('jon@firm.example')];
			const ask = async (exceptPersonId: string) => (await ledger().findCandidates({ ...live, keys, capPerKey: 9, exceptPersonId })).persons.map(({ personId }) => personId);
			expect([await ask(known.personId), await ask(put.personId)]).toEqual([[], []]);
			const { persons } = await ledger().findCandidates({ ...live, keys, capPerKey: 9 });
			expect(persons.map(({ neverMatch }) => neverMatch?.length)).toEqual([1, 1]);
		});

		it('is what a node that runs again is given', async () => {
			const { known, put } = await wrongly();
			await ledger().splitMerge(takeApart(await readMerge({ leadId: known.leadId })));
			expect(await ledger().getDecision(live, put.submissionId, 'clean')).toMatchObject({ leadId: put.leadId, personId: put.personId, match: { verdict: 'create' } });
			expect(await ledger().recordMatch(matchOf(put, { verdict: 'append', leadId: known.leadId, personId: known.personId }))).toMatchObject({ earlier: { leadId: put.leadId } });
		});

		it('is written only while the person is as it was read', async () => {
			const { known } = await wrongly();
			const merge = await readMerge({ leadId: known.leadId });
			expect(await ledger().splitMerge({ ...takeApart(merge), expected: { ...merge.now, enquiries: 9 } })).toEqual({ status: 'changed' });
			expect(await story(known)).toMatchObject({ touches: 2 });
		});

		it('takes the enquiry that is named, and leaves those that came after it', async () => {
			const { known, put } = await wrongly();
			const later = await newLead(ledger(), { at: minutesLater(40) }, { verdict: 'append', leadId: known.leadId, personId: known.personId, match: match('append') });
			expect(await readMerge({ leadId: known.leadId })).toMatchObject({ submissionId: later.submissionId });
			await ledger().splitMerge(takeApart(await readMerge({ leadId: known.leadId, submissionId: put.submissionId })));
			expect(await story(known)).toMatchObject({ touches: 2, lastTouchAt: minutesLater(40) });
			expect(await story(put)).toMatchObject({ leadId: put.leadId });
		});

		it('says when later enquiries stand on its own lead', async () => {
			const { known, put } = await wrongly({ ownLead: true });
			await newLead(ledger(), { at: minutesLater(40) }, { verdict: 'append', leadId: put.leadId, personId: known.personId, match: match('append') });
			expect(await readMerge({ leadId: put.leadId, submissionId: put.submissionId })).toMatchObject({ followed: true });
		});

		it('finds nothing on a lead that joined nobody', async () => {
			expect(await ledger().readMerge(live, { leadId: (await newLead(ledger())).leadId })).toBeUndefined();
		});
	});
}
