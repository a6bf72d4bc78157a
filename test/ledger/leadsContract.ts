import type { Ledger } from '../../nodes/ledger/ledger';
import { clockOf, delivery, live, minutesLater, monday, newLead, settings } from './samples';

export function leadsContract(ledger: () => Ledger): void {
	describe('events', () => {
		it('records an event once per key', async () => {
			const { leadId } = await newLead(ledger());
			const event = { ...live, leadId, type: 'contacted', at: monday, by: 'mia', detail: { channel: 'phone' }, onceKey: 'call 1' };
			expect([await ledger().recordEvent(event), await ledger().recordEvent(event)]).toEqual([true, false]);
			expect((await ledger().getLead(live, { leadId }))?.events).toMatchObject([{ type: 'contacted', at: monday, by: 'mia', leadId, detail: { channel: 'phone' } }]);
		});

		it('keeps events in the order in which they were recorded', async () => {
			const { leadId } = await newLead(ledger());
			for (const type of ['accepted', 'contacted', 'meetingBooked']) {
				await ledger().recordEvent({ ...live, leadId, type, at: minutesLater(type === 'contacted' ? -5 : 5), onceKey: type });
			}
			const events = (await ledger().getLead(live, { leadId }))?.events ?? [];
			expect(events.map(({ type }) => type)).toEqual(['accepted', 'contacted', 'meetingBooked']);
			expect(events.map(({ sequence }) => sequence)).toEqual([...events.map(({ sequence }) => sequence)].sort((a, b) => a - b));
		});

		it.each([
			{ types: ['contacted', 'accepted', 'meetingBooked', 'misrouted', 'constructor'], status: 'open' },
			{ types: ['won'], status: 'closed' },
			{ types: ['lost'], status: 'closed' },
			{ types: ['rejected'], status: 'closed' },
			{ types: ['won', 'reopened'], status: 'open' },
		])('leaves a lead $status after $types', async ({ types, status }) => {
			const { leadId } = await newLead(ledger());
			for (const type of types) await ledger().recordEvent({ ...live, leadId, type, at: monday, onceKey: type });
			expect(await ledger().getLead(live, { leadId })).toMatchObject({ status });
		});

		it.each([
			{ name: 'to its new owner', owner: { id: 'jon', name: 'Jon', email: null, slackId: 'U7' }, holds: { id: 'jon', name: 'Jon', email: null, slackId: 'U7' } },
			{ name: 'to an owner of whom only the ID is told', owner: { id: 'jon' }, holds: { id: 'jon', name: 'jon', email: null } },
			{ name: 'to nobody when no owner is told', owner: 'jon', holds: null },
		])('gives a lead $name', async ({ owner, holds }) => {
			const { leadId } = await newLead(ledger());
			await ledger().recordEvent({ ...live, leadId, type: 'ownerChanged', at: monday, detail: { owner }, onceKey: 'x' });
			expect((await ledger().getLead(live, { leadId }))?.owner).toEqual(holds);
			expect(await ledger().countOpenLeads(live, ['jon'])).toEqual({ jon: holds ? 1 : 0 });
		});

		it('takes an event of a lead that it does not know', async () => {
			expect(await ledger().recordEvent({ ...live, leadId: 'nobody', type: 'won', at: monday, onceKey: 'x' })).toBe(true);
		});
	});

	describe('getLead', () => {
		it.each([
			{ name: 'lead id', by: (leadId: string) => ({ leadId }) },
			{ name: 'e-mail address in any case', by: () => ({ email: ' Mia.Brandt+News@Firm.example ' }) },
			{ name: 'e-mail key', by: () => ({ email: 'miabrandt@firm.example' }) },
			{ name: 'key of its submission', by: () => ({ submissionKey: 'event:tok-1' }) },
			{ name: 'id in another system', by: () => ({ externalId: '7', system: 'hubspot' }) },
		])('finds a lead by $name', async ({ by }) => {
			const fields = { email: 'Mia.Brandt+News@firm.example', emailKey: 'miabrandt@firm.example' };
			const { leadId } = await newLead(ledger(), { key: 'event:tok-1' }, { fields, externalIds: { hubspot: '7' } });
			await newLead(ledger());
			expect(await ledger().getLead(live, by(leadId))).toMatchObject({ leadId, fields, externalIds: { hubspot: '7' } });
		});

		it('finds a test by the key of its submission, also where each test is a lead of its own, and nobody else', async () => {
			const test = { test: true, key: 'event:tok-2', detectResend: false };
			const scope = { ...live, test: true };
			await newLead(ledger(), test);
			const second = await newLead(ledger(), { ...test, at: minutesLater(5) });
			expect(await ledger().getLead(scope, { submissionKey: 'event:tok-2' })).toMatchObject({ leadId: second.leadId });
			expect(await ledger().getLead(scope, { submissionKey: 'event:tok-' })).toBeUndefined();
			expect(await ledger().getLead(live, { submissionKey: 'event:tok-2' })).toBeUndefined();
		});

		it('gives the newest lead of a person', async () => {
			const known = await newLead(ledger());
			const second = await newLead(ledger(), { at: minutesLater(5) }, { verdict: 'append', personId: known.personId });
			expect(await ledger().getLead(live, { email: 'mia@firm.example' })).toMatchObject({ leadId: second.leadId });
		});

		it('gives the normalized record of the newest submission', async () => {
			const known = await newLead(ledger(), { record: { text: 'first' } });
			await newLead(ledger(), { at: minutesLater(5), record: { text: 'second', leadId: 'at-capture', submission: { id: 'one', state: 'captured' } } }, { verdict: 'append', leadId: known.leadId, personId: known.personId });
			expect((await ledger().getLead(live, { leadId: known.leadId }))?.record).toEqual({
				text: 'second', leadId: known.leadId, personId: known.personId, submission: { id: 'one', state: 'decided' },
			});
		});

		it('finds nobody of another client or run kind', async () => {
			const { leadId } = await newLead(ledger());
			expect(await ledger().getLead({ client: 'zeta', test: false }, { leadId })).toBeUndefined();
			expect(await ledger().getLead({ ...live, test: true }, { email: 'mia@firm.example' })).toBeUndefined();
		});
	});

	describe('listLeads', () => {
		it('lists newest first, page after page, each lead once', async () => {
			for (let number = 0; number < 7; number++) await newLead(ledger(), { at: minutesLater(Math.floor(number / 2)) });
			const seen: string[] = [];
			const opened: string[] = [];
			for (let after: string | undefined; ;) {
				const page = await ledger().listLeads({ ...live, limit: 3, after });
				if (page.length === 0) break;
				seen.push(...page.map(({ leadId }) => leadId));
				opened.push(...page.map(({ openedAt }) => openedAt));
				after = seen.at(-1);
			}
			expect(new Set(seen).size).toBe(7);
			expect(seen).toHaveLength(7);
			expect(opened).toEqual([...opened].sort().reverse());
		});

		it('gives at least one and at most 1,000 leads', async () => {
			await newLead(ledger());
			expect(await ledger().listLeads({ ...live, limit: 0 })).toHaveLength(1);
			expect(await ledger().listLeads({ ...live, limit: 1e9 })).toHaveLength(1);
		});

		it.each([
			{ search: 'brandt', found: true },
			{ search: 'JÜRGEN', found: true },
			{ search: 'jurgen', found: true },
			{ search: '+44207', found: true },
			{ search: '100%', found: true },
			{ search: '100_', found: false },
			{ search: '%zzz', found: false },
			{ search: `' OR 1=1 --`, found: false },
			{ search: '\\', found: false },
			{ search: '  ', found: true },
		])('finds by text: $search → $found', async ({ search, found }) => {
			await newLead(ledger(), {}, { fields: { fullName: 'Jürgen Brandt', phone: '+442079460018', company: '100% Dach' } });
			expect(await ledger().listLeads({ ...live, search, limit: 10 })).toHaveLength(found ? 1 : 0);
		});

		it('filters by status, queue and owner, and shows the clock', async () => {
			const lead = await newLead(ledger());
			await newLead(ledger());
			await ledger().recordDecision({
				...live, ...lead, stage: 'route', at: monday, owner: { id: 'mia', name: 'Mia', email: null }, queue: 'UK',
				section: { routing: { queue: 'UK', rule: { number: 1, name: 'UK' }, matchedRules: [], tier: 'hard', because: [], skipped: [], priority: 'normal', readMessageWithAi: true } },
			});
			const clock = clockOf(lead);
			await ledger().startClock(clock);
			await ledger().recordEvent({ ...live, leadId: lead.leadId, type: 'won', at: monday, onceKey: 'won' });
			for (const filter of [{ status: 'closed' as const }, { queue: 'UK' }, { ownerId: 'mia' }]) {
				expect(await ledger().listLeads({ ...live, ...filter, limit: 10 })).toMatchObject([{ leadId: lead.leadId, clock: { status: 'running', dueAt: clock.dueAt } }]);
			}
			expect(await ledger().listLeads({ ...live, queue: 'UK', status: 'open', limit: 10 })).toEqual([]);
		});

		it('filters by address, by the moment of opening from (included) to (excluded), and by open reviews', async () => {
			const first = await newLead(ledger(), { at: monday }, { fields: { email: 'Ada@Firm.example'.toLowerCase(), emailKey: 'ada@firm.example' } });
			const doubted = await newLead(ledger(), { at: minutesLater(10) }, { review: ['similar name'] });
			const ids = async (filter: object) => (await ledger().listLeads({ ...live, ...filter, limit: 10 })).map(({ leadId }) => leadId);
			expect(await ids({ email: 'ada@firm.example' })).toEqual([first.leadId]);
			expect(await ids({ email: 'nobody@firm.example' })).toEqual([]);
			expect(await ids({ from: monday, to: minutesLater(10) })).toEqual([first.leadId]);
			expect(await ids({ from: minutesLater(10) })).toEqual([doubted.leadId]);
			expect(await ids({ needsReview: true })).toEqual([doubted.leadId]);
			expect(await ids({ needsReview: false })).toEqual([first.leadId]);
			expect((await ledger().listLeads({ ...live, limit: 10 })).map(({ needsReview }) => needsReview)).toEqual([true, false]);
		});

		it('tells the intent as it was read or corrected, and the source of the enquiry that opened the lead', async () => {
			const lead = await newLead(ledger(), {}, { source: { complete: true, completeness: 1, channel: 'paid search', source: 'google', campaign: 'autumn' } as never });
			await newLead(ledger(), { at: minutesLater(9) }, { verdict: 'append', leadId: lead.leadId, personId: lead.personId, source: { complete: true, completeness: 1, source: 'later', campaign: null } });
			const one = async () => (await ledger().listLeads({ ...live, limit: 10 }))[0];
			expect(await one()).toMatchObject({ intent: null, source: { channel: 'paid search', source: 'google', campaign: 'autumn' } });
			const intent = { name: 'Quote', urgency: 'normal', buyingStage: 'ready', sentiment: 'neutral', fit: 'good', language: 'en', summary: '', nextStep: '', evidence: [], engine: 'ai', because: [] } as const;
			await ledger().recordDecision({ ...live, ...lead, stage: 'classify', at: monday, section: { intent: { ...intent, evidence: [], because: [] }, review: [] } });
			expect(await one()).toMatchObject({ intent: 'Quote' });
			await ledger().correctIntent({ ...live, leadId: lead.leadId, intent: { name: 'Support' }, at: monday });
			expect(await one()).toMatchObject({ intent: 'Support' });
		});

		it('goes on from a place also when the lead that stood there is gone', async () => {
			const leads = [await newLead(ledger(), { at: monday }), await newLead(ledger(), { at: minutesLater(1) })];
			const page = await ledger().listLeads({ ...live, limit: 9, after: { openedAt: minutesLater(1), leadId: `${leads[1].leadId}!` } });
			expect(page.map(({ leadId }) => leadId)).toEqual([leads[1].leadId, leads[0].leadId]);
			expect(await ledger().listLeads({ ...live, limit: 9, after: 'gone' })).toEqual([]);
		});
	});

	describe('resetTestLeads', () => {
		it('removes the client\'s test leads with all that belongs to them, and nothing else', async () => {
			const test = { ...live, test: true };
			await ledger().saveSettings({ client: 'acme', settings: settings(), at: monday });
			const gone = await newLead(ledger(), { ...test, key: 'form 1' }, { review: ['similar name'] });
			await ledger().capture(delivery(test));
			await ledger().startClock(clockOf(gone, { test: true }));
			await ledger().takeTurn({ ...test, pool: 'Sales', leadId: gone.leadId, expectedVersion: 0, next: { mia: 1 }, memberId: 'mia', at: monday });
			const stays = [await newLead(ledger()), await newLead(ledger(), { client: 'zeta', test: true })];
			expect(await ledger().resetTestLeads('acme')).toEqual({ leads: 2 });
			expect(await ledger().getLead(test, { leadId: gone.leadId })).toBeUndefined();
			expect(await ledger().getRotation(test, 'Sales')).toEqual({ version: 0, state: {} });
			expect(await ledger().listDueClocks({ test: true, now: minutesLater(60), limit: 10 })).toEqual([]);
			expect((await ledger().capture(delivery({ ...test, key: 'form 1' }))).delivery.outcome).toBe('first');
			expect(await ledger().getLead(live, { leadId: stays[0].leadId })).toBeDefined();
			expect(await ledger().getLead({ client: 'zeta', test: true }, { leadId: stays[1].leadId })).toBeDefined();
			expect(await ledger().getClient('acme')).toBeDefined();
			expect(await ledger().resetTestLeads('acme')).toEqual({ leads: 1 });
		});
	});
}
