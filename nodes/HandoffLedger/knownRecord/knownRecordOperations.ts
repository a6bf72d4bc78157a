import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { loadKnownRecords, type GivenRow, type RowVerdict } from '../../host/loadKnownRecords';
import { readCsv } from '../../host/readCsv';
import { readDefaultCountry } from '../../host/readDefaultCountry';
import { findColumns, type FoundColumns } from '../../lead/clean/findColumns';
import { rowParts, type RowPart } from '../../lead/clean/knownRows';
import { throwProblems } from '../../lead/leadError';
import { readIncomingFile } from '../incomingFile';
import type { LedgerRun } from '../operations';
import { readClient } from '../settings';

type Mapping = Partial<Record<RowPart, string>>;
/** A row with the item that it came from. */
type ItemRow = GivenRow & { item: number };

/** Remembers the people of a CRM, sheet or file, and says for each row what became of it. */
export async function loadRecords(ctx: IExecuteFunctions, run: LedgerRun): Promise<INodeExecutionData[]> {
	const client = readClient(ctx, 0);
	const settings = (await run.client(client))?.settings;
	const { system, mapping, defaultCountry } = readLoadSettings(ctx);
	const rows: ItemRow[] = [];
	for await (const row of givenRows(ctx)) rows.push(row);
	const columns = findColumns(rows.map(({ json }) => json), mapping);
	refuseWrongColumns(columns, mapping);

	const loadFor = ctx.getNodeParameter('loadFor', 0, 'live') as 'live' | 'test' | 'both';
	const scopes = loadFor === 'both' ? [false, true] : [loadFor === 'test'];
	let verdicts: RowVerdict[] = [];
	let optedOut = 0;
	const numbered = rows.map((row, index) => ({ ...row, row: index + 1 }));
	for (const test of scopes) {
		const loaded = await loadKnownRecords({
			ledger: run.ledger, scope: { client, test }, system, mapping, rows: numbered, now: run.now,
			defaultCountry: defaultCountry ?? settings?.defaultCountry, members: settings?.members ?? [],
		});
		// what is told is the first of both
		if (verdicts.length === 0) ({ verdicts, optedOut } = loaded);
	}
	const shown = ctx.getNodeParameter('giveRows', 0, 'problems') === 'all' ? verdicts : verdicts.filter(({ verdict }) => verdict === 'skipped' || verdict === 'erased');
	const known = await run.ledger.countKnownRecords({ client, test: scopes[0] });
	const counts = countVerdicts(verdicts);
	if (counts.skipped > 0) run.hint(`${counts.skipped} of ${rows.length} rows were left out: each says why. If a column was not found, name it in "Field Mapping".`);
	return [
		{ json: { client, system, rows: rows.length, ...counts, optedOut, knownRecords: known[system] ?? 0, columns: columns.read, unreadColumns: columns.unread }, pairedItem: { item: 0 } },
		...shown.map(({ row, verdict, recordId, because }) => ({
			// the row as it is numbered where it came from
			json: { row: rows[row - 1].row, verdict, ...(recordId === undefined ? {} : { recordId }), because } as IDataObject, pairedItem: { item: rows[row - 1].item },
		})),
	];
}

function countVerdicts(verdicts: readonly RowVerdict[]): Record<RowVerdict['verdict'], number> {
	const counts = { created: 0, updated: 0, unchanged: 0, skipped: 0, erased: 0 };
	for (const { verdict } of verdicts) counts[verdict]++;
	return counts;
}

async function* givenRows(ctx: IExecuteFunctions): AsyncGenerator<ItemRow> {
	const from = ctx.getNodeParameter('recordsFrom', 0, 'items') as 'items' | 'csvFile' | 'csvText';
	let before: Uint8Array | string | undefined;
	for (const [item, { json }] of ctx.getInputData().entries()) {
		const csv = from === 'items' ? undefined : await csvOf(ctx, from, item);
		if (csv === undefined) yield { row: item + 1, json, item };
		// a text that is typed into the node is the same for every item
		else if (csv !== before) for await (const row of readCsv(csv)) yield { ...row, item };
		before = csv;
	}
}

/** The CSV text that an item carries, or that stands in the node. @throws LeadError `FILE_MISSING`. */
async function csvOf(ctx: IExecuteFunctions, from: 'csvFile' | 'csvText', item: number): Promise<Uint8Array | string> {
	if (from === 'csvText') return String(ctx.getNodeParameter('csvText', item, ''));
	return (await readIncomingFile(ctx, item, { setting: 'binaryField', what: 'CSV file' })).bytes;
}

function readLoadSettings(ctx: IExecuteFunctions): { system: string; mapping: Mapping; defaultCountry?: string } {
	const system = String(ctx.getNodeParameter('system', 0, 'crm')).trim();
	const { defaultCountry = '' } = ctx.getNodeParameter('loadOptions', 0, {}) as { defaultCountry?: string };
	const country = readDefaultCountry(defaultCountry);
	throwProblems([
		...country.problems,
		...(/^[A-Za-z][\w-]{0,39}$/.test(system) ? [] : [{
			code: 'SYSTEM_NAME_INVALID', message: 'The name of the system is not a plain word', description: 'Set "System" to a word such as hubspot: letters, digits, - and _, at most 40.',
		}]),
	]);
	const given = ctx.getNodeParameter('fieldMapping', 0, {}) as Mapping;
	return { system, defaultCountry: country.defaultCountry, mapping: Object.fromEntries(rowParts.filter((part) => (given[part] ?? '').trim() !== '').map((part) => [part, given[part]])) };
}

/** Before the first row is written: a wrong column would make every row of the list a bad one. */
function refuseWrongColumns({ missing, unread }: FoundColumns, mapping: Mapping): void {
	throwProblems(missing.map((part) => ({
		code: 'COLUMN_MISSING',
		message: `The column for ${part} is in none of the records`,
		description: `Correct "${String(mapping[part]).slice(0, 40)}" in "Field Mapping", or take it out. Columns that are not read yet: ${unread.slice(0, 12).join(', ') || 'none'}.`,
	})));
}
