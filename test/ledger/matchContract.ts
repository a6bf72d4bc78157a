import type { Ledger } from '../../nodes/ledger/ledger';
import { blockKey, clockOf, delivery, emailKey, live, match, matchOf, minutesLater, monday, newLead } from './samples';

export function matchContract(ledger: () => Ledger): void {
	describe('findCandidates', () => {
		it('finds nobody in an empty ledger', async () => {
			expect(await ledger().findCandidates({ ...live, keys: [emailKey('mia@firm.example')], capPerKey: 10 })).toEqual({ persons: [], cappedKeys: [], asOf: 0 });
		});

		it('gives a person who shares a key once, with all that is compared', async () => {
			const lead = await newLead(ledger(), {}, {
				keys: [emailKey('mia@firm.example'), blockKey('brandt')], externalIds: { hubspot: '7' }, customerStatus: 'customer',
				match: match('create', { existingOwner: 'jon' }),
			});
			const { persons } = await ledger().findCandidates({ ...live, keys: [emailKey('mia@firm.example'), blockKey('brandt')], capPerKey: 10 });
			expect(persons).toEqual([{
				personId: lead.personId, openLead: { leadId: lead.leadId, openedAt: monday, lastTouchAt: monday }, enquiries: 1,
				fields: { email: 'mia@firm.example', fullName: 'Mia Brandt' }, externalIds: { hubspot: '7' }, customerStatus: 'customer', ownerId: 'jon', updatedAt: monday,
				sharedKeys: ['email', 'block:name'],
			}]);
		});

		it('does not find a lead that was only captured', async () => {
			await ledger().capture(delivery());
			expect((await ledger().findCandidates({ ...live, keys: [emailKey('mia@firm.example')], capPerKey: 10 })).persons).toEqual([]);
		});

		it('leaves out the asking person', async () => {
			const lead = await newLead(ledger(), {}, { keys: [emailKey('a@firm.example')] });
			const found = await ledger().findCandidates({ ...live, keys: [emailKey('a@firm.example')], capPerKey: 10, exceptPersonId: lead.personId });
			expect(found.persons).toEqual([]);
		});

		it('gives the newest of a capped key, and says how many share it', async () => {
			const leads = [];
			for (let number = 0; number < 5; number++) leads.push(await newLead(ledger(), {}, { keys: [blockKey('switchboard')] }));
			const { persons, cappedKeys } = await ledger().findCandidates({ ...live, keys: [blockKey('switchboard')], capPerKey: 2 });
			expect(persons.map(({ personId }) => personId).sort()).toEqual([leads[3].personId, leads[4].personId].sort());
			expect(cappedKeys).toEqual([{ kind: 'block:name', value: 'switchboard', persons: 5 }]);
		});

		it('never crosses clients, nor test and live', async () => {
			await newLead(ledger(), {}, { keys: [emailKey('mia@firm.example')] });
			for (const scope of [{ client: 'zeta', test: false }, { client: 'acme', test: true }]) {
				expect(await ledger().findCandidates({ ...scope, keys: [emailKey('mia@firm.example')], capPerKey: 10 })).toEqual({ persons: [], cappedKeys: [], asOf: 0 });
			}
		});

		it('has no open lead for a person whose lead was closed', async () => {
			const lead = await newLead(ledger(), {}, { keys: [emailKey('mia@firm.example')] });
			await ledger().recordEvent({ ...live, leadId: lead.leadId, type: 'won', at: monday, onceKey: 'won' });
			const { persons } = await ledger().findCandidates({ ...live, keys: [emailKey('mia@firm.example')], capPerKey: 10 });
			expect(persons).toHaveLength(1);
			expect(persons[0].openLead).toBeUndefined();
		});
	});

	describe('recordMatch', () => {
		it('writes a new person and moves the submission on', async () => {
			const captured = await ledger().capture(delivery());
			expect(await ledger().recordMatch(matchOf(captured))).toEqual({ status: 'written' });
			expect(await ledger().getLead(live, { leadId: captured.leadId })).toMatchObject({ state: 'decided', verdict: 'create', provisional: false, touches: 1 });
			expect(await ledger().getDecision(live, captured.submissionId, 'clean')).toEqual({
				match: match('create'), leadId: captured.leadId, personId: captured.personId, review: [],
			});
		});

		it('decides once: the first decision of a submission holds and comes back', async () => {
			const captured = await ledger().capture(delivery());
			await ledger().recordMatch(matchOf(captured, { review: ['similar name'] }));
			const again = await ledger().recordMatch(matchOf(captured, { verdict: 'append', leadId: 'other', personId: 'other' }));
			expect(again).toMatchObject({ status: 'written', earlier: { match: { verdict: 'create' }, leadId: captured.leadId, review: [{ reasons: ['similar name'] }] } });
			expect(await ledger().listLeads({ ...live, limit: 10 })).toHaveLength(1);
			expect((await ledger().findCandidates({ ...live, keys: [emailKey('mia@firm.example')], capPerKey: 9 })).persons[0].enquiries).toBe(1);
		});

		it('opens one review item and marks the lead provisional', async () => {
			const captured = await ledger().capture(delivery());
			const result = await ledger().recordMatch(matchOf(captured, { verdict: 'review', match: match('review', { provisional: true }), review: ['similar name'] }));
			const story = await ledger().getLead(live, { leadId: captured.leadId });
			expect(story).toMatchObject({ provisional: true, reviewItems: [{ stage: 'clean', reasons: ['similar name'], ownerId: null, openedAt: monday, settledAt: null }] });
			expect(result).toEqual({ status: 'written', reviewItemId: story?.reviewItems[0].id });
		});

		it('gives an enquiry of a known person to the open lead, and keeps the captured ids as aliases', async () => {
			const known = await newLead(ledger(), {}, { keys: [emailKey('mia@firm.example')] });
			const second = await newLead(ledger(), { at: minutesLater(60) }, {
				verdict: 'append', leadId: known.leadId, personId: known.personId, keys: [emailKey('mia@firm.example')], fields: { email: 'mia@firm.example', phone: '+442079460018' },
			});
			const leads = await ledger().listLeads({ ...live, limit: 10 });
			expect(leads).toHaveLength(1);
			expect(leads[0]).toMatchObject({ leadId: known.leadId, touches: 2, lastTouchAt: minutesLater(60), openedAt: monday, verdict: 'create', fields: { phone: '+442079460018' } });
			expect(await ledger().getLead(live, { leadId: second.leadId })).toMatchObject({ leadId: known.leadId });
			const { persons } = await ledger().findCandidates({ ...live, keys: [emailKey('mia@firm.example')], capPerKey: 10 });
			expect(persons).toMatchObject([{ personId: known.personId, enquiries: 2 }]);
		});

		it('takes keys that are one when they are stored', async () => {
			const twice = [{ kind: 'block:city', value: 'a\0', strength: 'block' as const }, { kind: 'block:city', value: 'a\uFFFD', strength: 'block' as const }, { kind: 'block:city', value: 'a\ud83d', strength: 'block' as const }];
			const known = await newLead(ledger(), {}, { keys: [...twice, ...twice] });
			await newLead(ledger(), {}, { verdict: 'append', leadId: known.leadId, personId: known.personId, keys: twice });
			const { persons } = await ledger().findCandidates({ ...live, keys: twice, capPerKey: 10 });
			expect(persons).toMatchObject([{ personId: known.personId }]);
		});

		it('follows ids that were joined in a ring to one lead, and counts each enquiry once', async () => {
			const first = await newLead(ledger());
			const second = await newLead(ledger(), {}, { verdict: 'append', leadId: first.leadId, personId: first.personId });
			// decided on an old reading: the first goes to the second, which stands for the first already
			const third = await newLead(ledger(), { leadId: first.leadId, personId: first.personId }, { verdict: 'merge', leadId: second.leadId, personId: second.personId });
			const fourth = await newLead(ledger(), {}, { verdict: 'merge', leadId: third.leadId, personId: third.personId });
			const stories = await Promise.all([first, second, third, fourth].map(async ({ leadId }) => await ledger().getLead(live, { leadId })));
			expect(stories.every((story) => story !== undefined)).toBe(true);
			const leads = await ledger().listLeads({ ...live, limit: 10 });
			expect(leads.reduce((sum, { touches }) => sum + touches, 0)).toBe(4);
			for (const story of stories) expect(leads.map(({ leadId }) => leadId)).toContain(story?.leadId);
		});

		it('takes along what was already written for the captured lead', async () => {
			const known = await newLead(ledger());
			const captured = await ledger().capture(delivery());
			await ledger().startClock(clockOf(captured));
			await ledger().recordEvent({ ...live, leadId: captured.leadId, type: 'contacted', at: monday, onceKey: 'call 1' });
			await ledger().recordMatch(matchOf(captured, { asOf: 9, verdict: 'append', leadId: known.leadId, personId: known.personId, keys: [] }));
			const story = await ledger().getLead(live, { leadId: known.leadId });
			expect(story).toMatchObject({ events: [{ type: 'contacted' }], clock: { status: 'running' } });
			expect(await ledger().listDueClocks({ ...live, now: minutesLater(60), limit: 10 })).toMatchObject([{ leadId: known.leadId }]);
		});

		it('opens a new lead of a known person when that is decided', async () => {
			const known = await newLead(ledger());
			const second = await newLead(ledger(), { at: minutesLater(60) }, { verdict: 'append', personId: known.personId });
			const leads = await ledger().listLeads({ ...live, limit: 10 });
			expect(leads.map(({ leadId, personId, verdict }) => ({ leadId, personId, verdict }))).toEqual([
				{ leadId: second.leadId, personId: known.personId, verdict: 'append' },
				{ leadId: known.leadId, personId: known.personId, verdict: 'create' },
			]);
		});

		it('takes a person that only another system knew', async () => {
			const captured = await ledger().capture(delivery());
			await ledger().recordMatch(matchOf(captured, { verdict: 'merge', personId: 'crm-7', externalIds: { hubspot: '7' } }));
			expect(await ledger().getLead(live, { externalId: '7', system: 'hubspot' })).toMatchObject({ leadId: captured.leadId, personId: 'crm-7', externalIds: { hubspot: '7' } });
		});

		it('takes in a lead that this ledger never captured', async () => {
			const stranger = matchOf({ submissionId: 's', leadId: 'l', personId: 'p', receivedAt: monday, state: 'captured', delivery: { number: 1, outcome: 'first' } });
			expect(await ledger().recordMatch(stranger)).toEqual({ status: 'written' });
			expect(await ledger().recordMatch(stranger)).toMatchObject({ status: 'written', earlier: { leadId: 'l' } });
			expect(await ledger().getLead(live, { leadId: 'l' })).toMatchObject({ state: 'decided', touches: 1, verdict: 'create' });
		});

		describe('when another lead came in meanwhile', () => {
			const shared = [emailKey('mia@firm.example'), blockKey('brandt')];
			it.each([
				{ name: 'a new person with the same match key', keys: [shared[0]], verdict: 'create' as const, status: 'changed' },
				{ name: 'a new person with the same blocking key', keys: [shared[1]], verdict: 'create' as const, status: 'changed' },
				{ name: 'a doubtful person with the same blocking key', keys: [shared[1]], verdict: 'review' as const, status: 'changed' },
				{ name: 'a new person with other keys', keys: [emailKey('b@other.example')], verdict: 'create' as const, status: 'written' },
				{ name: 'an enquiry of another person with the same match key', keys: [shared[0]], verdict: 'append' as const, status: 'changed' },
				{ name: 'an enquiry of another person with the same blocking key', keys: [shared[1]], verdict: 'append' as const, status: 'written' },
			])('is $status for $name', async ({ keys, verdict, status }) => {
				const known = await newLead(ledger());
				const captured = await ledger().capture(delivery());
				const { asOf } = await ledger().findCandidates({ ...live, keys, capPerKey: 10 });
				await newLead(ledger(), {}, { keys: shared });
				const ids = verdict === 'append' ? { leadId: known.leadId, personId: known.personId } : {};
				expect((await ledger().recordMatch(matchOf(captured, { asOf, keys, verdict, ...ids }))).status).toBe(status);
			});

			it('writes nothing when it answers changed, and writes after the candidates were read again', async () => {
				const captured = await ledger().capture(delivery());
				const keys = [emailKey('mia@firm.example')];
				const other = await newLead(ledger(), {}, { keys });
				expect(await ledger().recordMatch(matchOf(captured, { keys }))).toEqual({ status: 'changed' });
				expect(await ledger().getDecision(live, captured.submissionId, 'clean')).toBeUndefined();
				const { asOf, persons } = await ledger().findCandidates({ ...live, keys, capPerKey: 10, exceptPersonId: captured.personId });
				expect(persons.map(({ personId }) => personId)).toEqual([other.personId]);
				expect((await ledger().recordMatch(matchOf(captured, { keys, asOf, verdict: 'append', leadId: other.leadId, personId: other.personId }))).status).toBe('written');
			});

			it('is no change when the same person wrote again', async () => {
				const keys = [emailKey('mia@firm.example')];
				const known = await newLead(ledger(), {}, { keys });
				const captured = await ledger().capture(delivery());
				const { asOf } = await ledger().findCandidates({ ...live, keys, capPerKey: 10 });
				await newLead(ledger(), {}, { keys: [...keys, emailKey('second@firm.example')], verdict: 'append', leadId: known.leadId, personId: known.personId });
				const result = await ledger().recordMatch(matchOf(captured, { asOf, keys, verdict: 'append', leadId: known.leadId, personId: known.personId }));
				expect(result.status).toBe('written');
			});
		});

		it('makes one new person of twenty who come in at the same moment', async () => {
			const keys = [emailKey('mia@firm.example')];
			const verdicts = await Promise.all(Array.from({ length: 20 }, async () => {
				const captured = await ledger().capture(delivery());
				for (;;) {
					const { persons, asOf } = await ledger().findCandidates({ ...live, keys, capPerKey: 10, exceptPersonId: captured.personId });
					const known = persons.at(0);
					const decided = known?.openLead
						? { verdict: 'append' as const, leadId: known.openLead.leadId, personId: known.personId }
						: { verdict: 'create' as const };
					const { status } = await ledger().recordMatch(matchOf(captured, { keys, asOf, ...decided }));
					if (status === 'written') return decided.verdict;
				}
			}));
			expect(verdicts.filter((verdict) => verdict === 'create')).toHaveLength(1);
			expect(await ledger().listLeads({ ...live, limit: 10 })).toMatchObject([{ touches: 20 }]);
		});
	});
}
