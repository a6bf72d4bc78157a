import { auditPartOf, findAuditColumns } from '../../../../nodes/lead/measure/audit/auditColumns';
import { readAuditTable } from '../../../../nodes/lead/measure/audit/auditTable';

const isKnown = (name: string) => auditPartOf(name) !== undefined || ['E-Mail', 'email', 'Firma'].includes(name);
const cells = (table: ReturnType<typeof readAuditTable>) => table.rows.map(({ cells: own }) => ({ ...own }));

describe('readAuditTable', () => {
	it('takes items by column as they are, without empty lines', () => {
		const table = readAuditTable([{ 'Created At': '1', Owner: 'Mia' }, { 'Created At': '', Owner: null }, {}, { 'Created At': '2', Owner: 'Bo' }], isKnown);
		expect(cells(table)).toEqual([{ 'Created At': '1', Owner: 'Mia' }, { 'Created At': '2', Owner: 'Bo' }]);
		expect(table).toMatchObject({ emptyLines: 2, headingLines: 0, columns: ['Created At', 'Owner'] });
		expect(table.rows.map(({ row }) => row)).toEqual([0, 3]);
	});

	it.each([
		['lists', (line: string[]) => ({ row: line })],
		['numbered cells, as n8n gives them without a header row', (line: string[]) => ({ row: Object.fromEntries(line.map((cell, place) => [place, cell]).filter(([, cell]) => cell !== '')) })],
	])('finds the names under a title and a line of groups: %s', (_how, make) => {
		const lines = [['Export'], ['Lead', '', 'Person'], ['Erstellt am', 'Zuständig', 'E-Mail'], ['1.2.2026', 'Mia', 'a@b.example'], ['Erstellt am', 'Zuständig', 'E-Mail'], ['2.2.2026', '', 'b@b.example']];
		const table = readAuditTable(lines.map(make), isKnown);
		expect(cells(table)[0]).toEqual({ 'Erstellt am': '1.2.2026', 'Zuständig': 'Mia', 'E-Mail': 'a@b.example' });
		expect(cells(table)[1]).toMatchObject({ 'Erstellt am': '2.2.2026', 'E-Mail': 'b@b.example' });
		expect(table.headingLines).toBe(4);
	});

	it('leaves out a second line of names, in other words too', () => {
		const table = readAuditTable([{ 'Create Date': 'created_at', Owner: 'owner', 'E-Mail': 'email' }, { 'Create Date': '2026-01-01', Owner: 'Mia', 'E-Mail': 'x' }], isKnown);
		expect(table).toMatchObject({ headingLines: 1, rows: [{ row: 1 }] });
	});

	it('keeps a lead whose firm or owner is called like a column', () => {
		const table = readAuditTable([{ 'Created At': '2026-01-01', Owner: 'Team', Company: 'Source' }], isKnown);
		expect(table.rows).toHaveLength(1);
	});

	it('reads the fields of a CRM\'s record, and survives anything', () => {
		expect(cells(readAuditTable([{ id: '1', properties: { createdate: '2026-01-01' } }], isKnown))).toMatchObject([{ id: '1', createdate: '2026-01-01' }]);
		expect(readAuditTable([null, 7, 'text', [], [[]], { a: Number.NaN }, { __proto__: { b: 1 } }, JSON.parse('{"__proto__":"x","constructor":"y"}')], isKnown).rows.length).toBe(2);
	});
});

describe('findAuditColumns', () => {
	it('knows columns of several languages and CRMs, each for one part', () => {
		expect(findAuditColumns(['Create Date', 'Contact owner', 'Date of first engagement', 'Original Source', 'Correct Team', 'Team']).read).toEqual({ created: 'Create Date', owner: 'Contact owner', firstContact: 'Date of first engagement', source: 'Original Source', rightQueue: 'Correct Team', queue: 'Team' });
		expect(findAuditColumns(['Erstellt am (UTC)', 'Zuständig', 'Erstkontakt am', 'Quelle', 'Kampagne', 'Termin']).read).toEqual({ created: 'Erstellt am (UTC)', owner: 'Zuständig', firstContact: 'Erstkontakt am', source: 'Quelle', campaign: 'Kampagne', meeting: 'Termin' });
		expect(findAuditColumns(['Créé le', 'Premier contact', 'Responsable', 'Campagne']).read).toEqual({ created: 'Créé le', firstContact: 'Premier contact', owner: 'Responsable', campaign: 'Campagne' });
	});

	it('takes what was mapped before what is usual, and names what is missing', () => {
		expect(findAuditColumns(['Date', 'Created At', 'Wer'], { created: 'date', owner: 'WER' }).read).toEqual({ created: 'Date', owner: 'Wer' });
		expect(findAuditColumns(['Date'], { owner: 'Besitz' })).toEqual({ read: { created: 'Date' }, missing: ['owner'] });
	});
});
