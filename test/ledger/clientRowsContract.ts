import { clientTables } from '../../nodes/ledger/tables';
import type { Ledger } from '../../nodes/ledger/ledger';
import { clockOf, live, monday, newLead, settings } from './samples';

export function clientRowsContract(ledger: () => Ledger): void {
	async function exported(client: string, limit = 100): Promise<Record<string, Record<string, unknown>[]>> {
		const tables: Record<string, Record<string, unknown>[]> = {};
		for (const { name } of clientTables) {
			tables[name] = [];
			let after: (string | number | null)[] | undefined;
			do {
				const page = await ledger().exportRows({ client, table: name, after, limit });
				expect(page.rows.length).toBeLessThanOrEqual(limit);
				tables[name].push(...page.rows);
				after = page.next;
			} while (after);
		}
		return tables;
	}

	/** A lead with all that can belong to one. */
	async function fullLead(client: string, test: boolean): Promise<string> {
		const scope = { client, test };
		const lead = await newLead(ledger(), { ...scope, review: ['no reply path'] }, scope);
		await ledger().takeTurn({ ...scope, pool: 'Sales', leadId: lead.leadId, expectedVersion: (await ledger().getRotation(scope, 'Sales')).version, next: { mia: 1 }, memberId: 'mia', at: monday });
		const { clock } = await ledger().startClock(clockOf(lead, scope));
		await ledger().claimStep({ ...scope, clockId: clock.id, name: 'Warn' });
		await ledger().claimStep({ ...scope, leadId: lead.leadId, name: 'Stuck' });
		await ledger().getAnswerSecret(client);
		await ledger().keepAnswer({ ...scope, key: `key ${lead.leadId}`, submissionId: lead.submissionId, answer: '{"intent":"Other"}', at: monday });
		await ledger().recordEvent({ ...scope, leadId: lead.leadId, type: 'accepted', at: monday, onceKey: lead.leadId, detail: { note: '[x]' } });
		await ledger().refreshFacts({ ...scope, limit: 100 });
		return lead.leadId;
	}

	describe('exportRows', () => {
		it('gives everything of one client, and nothing of another', async () => {
			await ledger().saveSettings({ client: 'acme', settings: settings(), by: 'ada', at: monday });
			const leadId = await fullLead('acme', false);
			await fullLead('beta', false);
			const tables = await exported('acme');
			expect(Object.entries(tables).filter(([, rows]) => rows.length === 0).map(([name]) => name).sort()).toEqual(['aliases', 'corrections', 'known_records', 'match_undo', 'member_rests', 'member_turns', 'never_match', 'removed_counts', 'spending', 'sticky_owners', 'suppressed']);
			expect(tables.leads).toMatchObject([{ id: leadId, test: false, openedAt: monday, status: 'open' }]);
			expect(tables.submissions).toMatchObject([{ payload: { body: { email: 'mia@firm.example' } }, receivedAt: monday }]);
			expect(tables.client_settings).toMatchObject([{ version: 1, savedBy: 'ada', savedAt: monday, settings: { name: 'Acme' } }]);
			expect(tables.events).toMatchObject([{ type: 'accepted', detail: { note: '[x]' } }]);
			expect(tables.clocks).toMatchObject([{ dueAt: '2026-11-23T09:15:00.000Z', terms: { calendar: 'Office' } }]);
		});

		it('gives each row once, however small the pages are', async () => {
			for (let count = 0; count < 5; count++) await fullLead('acme', count % 2 === 0);
			const whole = await exported('acme');
			expect(await exported('acme', 2)).toEqual(whole);
			expect(whole.leads).toHaveLength(5);
		});

		it('knows nothing of a table that is none', async () => {
			expect(await ledger().exportRows({ client: 'acme', table: 'instances; DROP TABLE leads', limit: 10 })).toEqual({ rows: [] });
		});
	});

	describe('deleteClient', () => {
		it('removes everything of one client, live leads too, and nothing of another', async () => {
			for (const client of ['acme', 'beta']) {
				await ledger().saveSettings({ client, settings: settings(), at: monday });
				await ledger().saveSettings({ client, settings: settings({ mode: 'test' }), at: monday });
				await fullLead(client, false);
				await fullLead(client, true);
			}
			const before = await exported('beta');
			expect(await ledger().deleteClient('acme')).toEqual({ found: true, leads: 2, versions: 2 });
			expect(Object.values(await exported('acme')).flat()).toEqual([]);
			expect(await exported('beta')).toEqual(before);
			expect((await ledger().listClients()).map(({ key }) => key)).toEqual(['beta']);
		});

		it('lets the key be used again, from version 1', async () => {
			await ledger().saveSettings({ client: 'acme', settings: settings(), at: monday });
			await ledger().deleteClient('acme');
			expect(await ledger().saveSettings({ client: 'acme', settings: settings(), at: monday })).toEqual({ version: 1, changed: true });
		});

		it('says when there was no such client', async () => {
			expect(await ledger().deleteClient('nobody')).toEqual({ found: false, leads: 0, versions: 0 });
			await newLead(ledger(), live);
			expect(await ledger().deleteClient('acme')).toMatchObject({ found: false, leads: 1 });
		});
	});
}
