import type { Ledger } from '../../nodes/ledger/ledger';
import { copyRows } from '../../nodes/ledger/copyRows';
import { ledgerTables } from '../../nodes/ledger/tables';
import { clockOf, delivery, emailKey, live, match, minutesLater, monday, newLead, settings } from './samples';

const test = { ...live, test: true };
const erasedAt = minutesLater(60);

/** Keeping, moving and forgetting. */
export function keepContract(ledger: () => Ledger, another: () => Promise<Ledger>): void {
	/** A person with a row in every table that can have one. */
	async function ada(change: Parameters<typeof newLead>[1] = {}) {
		const lead = await newLead(ledger(), {
			deliveryId: '4711/Lead Normalize/0', record: { lead: { email: 'ada@love.example', emailKey: 'ada@love.example', fullName: 'Ada Loveless', message: 'Call me' } },
			payload: { body: { email: 'ada@love.example' } }, review: ['no company'], ...change,
		}, {
			fields: { email: 'ada@love.example', emailKey: 'ada@love.example', fullName: 'Ada Loveless', phone: '+442079460111' },
			keys: [emailKey('ada@love.example'), { kind: 'phone', value: '+442079460111', strength: 'match' }], externalIds: { crm: 'ada-501' }, review: ['similar name'],
		});
		const scope = { client: 'acme', test: change?.test ?? false };
		await ledger().startClock(clockOf(lead, { ...scope, leadText: 'Ada Loveless' }));
		const claim = await ledger().claimStep({ ...scope, clockId: (await ledger().listClocks(scope, lead.leadId))[0].id, name: 'At Risk' });
		if (claim.status === 'claimed') await ledger().confirmStep(scope, claim.stepId, claim.claimToken);
		await ledger().takeTurn({ ...scope, pool: 'Sales', leadId: lead.leadId, expectedVersion: (await ledger().getRotation(scope, 'Sales')).version, next: {}, memberId: 'mia', at: monday });
		await ledger().recordEvent({ ...scope, leadId: lead.leadId, personId: lead.personId, type: 'won', at: minutesLater(5), onceKey: `won ${lead.leadId}`, detail: { note: 'Ada Loveless is happy' } });
		return lead;
	}

	describe('erasePerson', () => {
		it('previews what would go, and changes nothing', async () => {
			const lead = await ada();
			const before = await ledger().countRows();
			const preview = await ledger().previewErasure('acme', { email: 'ada@love.example' });
			expect(preview).toMatchObject({
				persons: [{ test: false, personId: lead.personId, leadIds: [lead.leadId], externalIds: { crm: 'ada-501' } }], executionIds: ['4711'],
				rows: { persons: 1, leads: 1, submissions: 1, decisions: 1, events: 1, review_items: 2, match_keys: 3, clocks: 1, steps: 1, turns: 1 },
			});
			expect(await ledger().countRows()).toEqual(before);
		});

		it.each([
			{ name: 'address', by: { email: 'ada@love.example' } },
			{ name: 'number', by: { phone: '+442079460111' } },
			{ name: 'id in another system', by: { system: 'crm', externalId: 'ada-501' } },
		])('deletes everything of a person found by $name, live and test, and leaves no trace in any column', async ({ by }) => {
			await newLead(ledger());
			const before = await ledger().countRows();
			await ada();
			await ada({ test: true });
			const { persons, rows, traces } = await ledger().erasePerson('acme', by, erasedAt);
			expect(persons.map((person) => person.test)).toEqual([false, true]);
			expect(rows).toMatchObject({ persons: 2, leads: 2, submissions: 2, review_items: 4 });
			const after = await ledger().countRows();
			const { suppressed, suppression_keys: keys, removed_counts: counts, counters, rotations, ...left } = after;
			expect({ ...before, ...left }).toEqual(before);
			expect([suppressed > 0, keys, counts > 0, counters > 0, rotations]).toEqual([true, 1, true, true, 2]);
			expect(await ledger().findTraces([...traces, 'Ada Loveless', 'ada@love.example', '2079460111', 'ada-501'])).toEqual({});
			expect(await ledger().scrub(traces)).toEqual({ state: 'erased' });
		});

		it('looks at every table and column for traces', async () => {
			await ada();
			expect(Object.keys(await ledger().findTraces(['Ada Loveless'])).sort()).toEqual(['clocks', 'events', 'persons', 'submissions']);
			expect(await ledger().findTraces(['100%_nothing'])).toEqual({});
			expect(await ledger().scrub(['Ada Loveless'])).toMatchObject({ state: 'others' });
		});

		it('finds the person of a lead that went into another, with an address of before', async () => {
			const first = await ada();
			await newLead(ledger(), { at: minutesLater(9) }, { verdict: 'append', leadId: first.leadId, personId: first.personId, match: match('append'), keys: [emailKey('new@love.example')], fields: { email: 'new@love.example', emailKey: 'new@love.example' } });
			expect((await ledger().previewErasure('acme', { email: 'ada@love.example' })).rows).toMatchObject({ persons: 1, submissions: 2, match_undo: 1 });
			const { traces } = await ledger().erasePerson('acme', { leadId: first.leadId }, erasedAt);
			expect(traces).toEqual(expect.arrayContaining(['ada@love.example', 'new@love.example']));
			expect(await ledger().findTraces(traces)).toEqual({});
		});

		it('keeps numbers that name nobody', async () => {
			await ada();
			await ledger().erasePerson('acme', { email: 'ada@love.example' }, erasedAt);
			expect(await ledger().listRemovedCounts('acme')).toEqual(['enquiries', 'leads', 'unanswered', 'won'].map((name) => ({ month: '2026-11', cause: 'erased', name, value: 1 })));
		});

		it('leaves other clients alone', async () => {
			await ada({ client: 'acme' });
			expect((await ledger().erasePerson('beta', { email: 'ada@love.example' }, erasedAt)).persons).toEqual([]);
			expect(await ledger().countRows()).toMatchObject({ leads: 1 });
		});

		describe('afterwards', () => {
			const form = (change: object = {}) => delivery({ record: { lead: { email: 'ada@love.example', emailKey: 'ada@love.example' } }, ...change });

			it.each([
				{ name: 'an old form that a backstop brings late', change: { at: minutesLater(90), submittedAt: minutesLater(20) }, erased: true },
				{ name: 'the very same delivery again, whenever', change: { key: 'ada\'s form', at: minutesLater(90) }, erased: true },
				{ name: 'a form that the person sends later', change: { at: minutesLater(90), submittedAt: minutesLater(80) }, erased: undefined },
				{ name: 'a form without a time of its own that comes later', change: { at: minutesLater(90) }, erased: undefined },
				{ name: 'another client\'s form', change: { client: 'beta', at: minutesLater(1) }, erased: undefined },
			])('takes $name for what it is', async ({ change, erased }) => {
				await ada({ key: 'ada\'s form' });
				await ledger().erasePerson('acme', { email: 'ada@love.example' }, erasedAt);
				const before = await ledger().countRows();
				const { client, key, at, submittedAt } = form(change);
				expect(await ledger().wasErased(client, { key, sentAt: submittedAt ?? at, emailKey: 'ada@love.example', phone: null })).toBe(erased === true);
				const captured = await ledger().capture(form(change));
				expect(captured.erased).toBe(erased);
				if (erased) expect(captured).toMatchObject({ state: 'activated', delivery: { outcome: 'done' } });
				expect((await ledger().countRows()).submissions - before.submissions).toBe(erased ? 0 : 1);
			});

			it('takes the person in from no list, until a form of their own brings them back', async () => {
				await ada();
				await ledger().erasePerson('acme', { email: 'ada@love.example' }, erasedAt);
				const record = { recordId: '501', externalIds: {}, emailKey: 'ada@love.example', digest: '1' };
				expect((await ledger().findKnownRecords(live, 'sheet', [record, { ...record, recordId: '502', emailKey: undefined, externalIds: { crm: 'ada-501' } }])).found).toEqual([{ status: 'erased' }, { status: 'erased' }]);
				await newLead(ledger(), { ...form({ at: minutesLater(90) }) }, { keys: [emailKey('ada@love.example')] });
				expect((await ledger().findKnownRecords(live, 'sheet', [record])).found).toMatchObject([{ status: 'known' }]);
			});
		});
	});

	describe('applyRetention', () => {
		it('removes closed leads without a touch or event since, with all their rows, and keeps the numbers', async () => {
			const empty = await ledger().countRows();
			const old = await ada();
			const touched = await newLead(ledger(), { at: minutesLater(30) });
			const open = await newLead(ledger());
			const told = await newLead(ledger());
			for (const { leadId } of [touched, told]) await ledger().recordEvent({ ...live, leadId, type: 'lost', at: minutesLater(leadId === told.leadId ? 30 : 1), onceKey: leadId });
			expect(await ledger().applyRetention({ client: 'acme', before: minutesLater(20), limit: 100 })).toEqual({ leads: 1, persons: 1 });
			expect((await ledger().listLeads({ ...live, limit: 9 })).map(({ leadId }) => leadId).sort()).toEqual([touched, open, told].map(({ leadId }) => leadId).sort());
			expect(await ledger().findTraces([old.leadId, old.personId, 'Ada Loveless'])).toEqual({});
			expect((await ledger().countRows()).clocks).toBe(empty.clocks);
			expect(await ledger().listRemovedCounts('acme')).toContainEqual({ month: '2026-11', cause: 'retention', name: 'won', value: 1 });
			expect(await ledger().applyRetention({ client: 'acme', before: minutesLater(20), limit: 100 })).toEqual({ leads: 0, persons: 0 });
		});

		it('removes a few at a time, and all test leads, open ones too', async () => {
			for (let lead = 0; lead < 5; lead++) await newLead(ledger(), { test: true });
			const removed = [];
			for (let round = 0; round < 3; round++) removed.push((await ledger().applyRetention({ client: 'acme', before: minutesLater(20), limit: 2 })).leads);
			expect(removed).toEqual([2, 2, 1]);
			expect(await ledger().listRemovedCounts('acme')).toEqual([]);
		});

		it('keeps a person who is a known record, or has another lead', async () => {
			const first = await ada();
			await newLead(ledger(), { at: minutesLater(30) }, { verdict: 'append', personId: first.personId, match: match('append') });
			expect(await ledger().applyRetention({ client: 'acme', before: minutesLater(20), limit: 9 })).toEqual({ leads: 1, persons: 0 });
			expect((await ledger().findCandidates({ ...live, keys: [emailKey('ada@love.example')], capPerKey: 9 })).persons).toHaveLength(1);
		});
	});

	describe('a copy', () => {
		const checkClocksFrom = minutesLater(500);
		async function filled(): Promise<void> {
			await ledger().saveSettings({ client: 'acme', settings: settings(), at: monday });
			const lead = await ada();
			await newLead(ledger(), { test: true });
			await newLead(ledger(), {}, { verdict: 'append', leadId: lead.leadId, personId: lead.personId, match: match('append') });
			await ledger().correctOwner({ ...live, leadId: lead.leadId, owner: { id: 'jon', name: 'Jon', email: null }, at: monday });
			await ledger().writeKnownRecords({ ...live, system: 'crm', at: monday, asOf: 99, records: [{ recordId: '1', externalIds: { crm: '1' }, digest: 'd', personId: 'known', fields: { fullName: 'Known One' }, optedOut: true, keys: [] }] });
		}
		const copy = (to: Ledger, expected?: Record<string, number>) => copyRows(ledger().readAll, to, { at: minutesLater(400), checkClocksFrom, expected });

		it('holds every row of every table, and works like the first', async () => {
			await filled();
			const to = await another();
			await newLead(to, { client: 'gone' });
			const rows = await ledger().countRows();
			expect(await copy(to)).toEqual({ status: 'replaced', rows, erasedAgain: 0 });
			expect(await to.countRows()).toEqual(rows);
			for (const { name } of ledgerTables) {
				const [here, there] = await Promise.all([ledger(), to].map((one) => one.readRows(name, undefined, 99)));
				if (name !== 'clocks') expect(there).toEqual(here);
			}
			expect(await to.getClient('acme')).toEqual(await ledger().getClient('acme'));
			expect(await to.listLeads({ client: 'gone', test: false, limit: 1 })).toEqual([]);
			await newLead(to);
			await to.close();
		});

		it('replaces nothing when a row is missing', async () => {
			await filled();
			const to = await another();
			const kept = await newLead(to);
			const before = await to.countRows();
			expect(await copy(to, { ...(await ledger().countRows()), leads: 99 })).toEqual({ status: 'different', tables: ['leads'] });
			expect(await to.countRows()).toEqual(before);
			expect(await to.getLead(live, kept)).toBeDefined();
			expect((await copy(to)).status).toBe('replaced');
			await to.close();
		});

		it('lets overdue clocks rest, and no others', async () => {
			await ledger().startClock(clockOf(await newLead(ledger()), { id: 'overdue', nextCheckAt: minutesLater(10) }));
			await ledger().startClock(clockOf(await newLead(ledger()), { id: 'later', nextCheckAt: minutesLater(900) }));
			const to = await another();
			await copy(to);
			expect(await to.listDueClocks({ test: false, now: minutesLater(499), limit: 9 })).toEqual([]);
			expect((await to.listDueClocks({ test: false, now: minutesLater(999), limit: 9 })).map(({ id, nextCheckAt }) => [id, nextCheckAt])).toEqual([['overdue', checkClocksFrom], ['later', minutesLater(900)]]);
			await to.passSteps(live, 'overdue', ['Warn'], minutesLater(400));
			expect(await to.claimStep({ ...live, clockId: 'overdue', name: 'Warn' })).toEqual({ status: 'confirmed' });
			await to.close();
		});

		it('does not bring back whom the ledger erased since, and keeps who came back', async () => {
			await ada();
			await newLead(ledger(), { at: minutesLater(2) }, { keys: [emailKey('bob@new.example')], fields: { email: 'bob@new.example', emailKey: 'bob@new.example' } });
			const backup = await another();
			await copy(backup);
			for (const email of ['ada@love.example', 'bob@new.example']) await ledger().erasePerson('acme', { email }, erasedAt);
			// bob wrote again by himself before this second backup was made
			const later = await newLead(backup, { at: minutesLater(90) }, { keys: [emailKey('bob@new.example'), emailKey('x')], asOf: 99, fields: { email: 'bob@new.example', emailKey: 'bob@new.example' } });
			const result = await copyRows(backup.readAll, ledger(), { at: minutesLater(400), checkClocksFrom });
			expect(result).toMatchObject({ status: 'replaced', erasedAgain: 2 });
			expect(await ledger().findTraces(['ada@love.example', 'Ada Loveless'])).toEqual({});
			expect((await ledger().listLeads({ ...live, limit: 9 })).map(({ leadId }) => leadId)).toEqual([later.leadId]);
			expect((await ledger().capture(delivery({ at: minutesLater(500), submittedAt: minutesLater(3), record: { lead: { emailKey: 'ada@love.example' } } }))).erased).toBe(true);
			await backup.close();
		});

		it('is of one moment, while leads go on coming in', async () => {
			for (let lead = 0; lead < 20; lead++) await newLead(ledger());
			const to = await another();
			let more: Promise<unknown> = Promise.resolve();
			const counts: Record<string, number> = {};
			await ledger().readAll(async (table, rows) => {
				counts[table] = (counts[table] ?? 0) + rows.length;
				// between two tables that belong together
				if (table === 'persons') await (more = newLead(ledger()));
			});
			await more;
			expect([counts.persons, counts.leads, counts.submissions]).toEqual([20, 20, 20]);
			await to.close();
		});

		it('takes no note along', async () => {
			await ledger().setNote('movedTo', monday);
			const to = await another();
			await copy(to);
			expect([await ledger().getNote('movedTo'), await to.getNote('movedTo')]).toEqual([monday, null]);
			await ledger().setNote('movedTo', null);
			expect(await ledger().getNote('movedTo')).toBeNull();
			await to.close();
		});
	});

	it('removes the rows of one kind of leads only', async () => {
		await ada();
		await ada(test);
		await ledger().resetTestLeads('acme');
		expect(await ledger().countRows()).toMatchObject({ leads: 1, persons: 1 });
	});
}
