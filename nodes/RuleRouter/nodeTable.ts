import type { IExecuteFunctions } from 'n8n-workflow';
import { isObject } from '../lead/isObject';
import type { Problem } from '../lead/leadError';
import { readCsvRows } from '../lead/route/csvRows';
import { readTable, type NumberedRow } from '../lead/route/decisionTable';
import type { RouterRule } from '../lead/route/ruleTable';
import type { HitPolicy } from '../lead/settings/clientSettings';
import type { AnyOperation } from './settings';

/** Rows that a person keeps; more than that would be looked through for every lead. */
const mostRows = 10_000;

/** The node's decision table, as rules: from JSON, from CSV text or from the items of the second input. */
export function readNodeTable(ctx: IExecuteFunctions, operation: AnyOperation): { rules: RouterRule[]; problems: Problem[] } {
	const from = ctx.getNodeParameter('tableFrom', 0, 'csv') as 'csv' | 'input' | 'json';
	const { rows, problems, label } = { csv: readCsv, input: readInput, json: readJson }[from](ctx);
	if (rows.length > mostRows) {
		problems.push({ code: 'TABLE_TOO_LONG', message: `The table has ${rows.length} rows, at most ${mostRows} can be used`, description: `Put values that are treated alike into one cell of "${label}", or into a list of the client settings.` });
		return { rules: [], problems };
	}
	if (rows.length === 0 && problems.length === 0) {
		problems.push({ code: 'TABLE_EMPTY', message: 'The table has no rows', description: `Give "${label}" a line with the names of the columns and at least one row.` });
	}
	const read = readTable({ rows, hitPolicy: ctx.getNodeParameter('hitPolicy', 0, 'first') as HitPolicy, tier: operation === 'finishRouting' ? 'soft' : 'hard', label });
	return { rules: read.rules, problems: [...problems, ...read.problems] };
}

interface ReadRows {
	rows: NumberedRow[];
	problems: Problem[];
	label: string;
}

function readCsv(ctx: IExecuteFunctions): ReadRows {
	return { rows: readCsvRows(String(ctx.getNodeParameter('tableCsv', 0, '') ?? '')), problems: [], label: 'Table (CSV)' };
}

function readInput(ctx: IExecuteFunctions): ReadRows {
	const rows = (ctx.getInputData(1) ?? []).map(({ json }, index) => ({ row: json, number: index + 1 }));
	return { rows, problems: [], label: 'the second input' };
}

function readJson(ctx: IExecuteFunctions): ReadRows {
	const label = 'Table (JSON)';
	const given: unknown = ctx.getNodeParameter('tableJson', 0, '[]');
	const read = typeof given === 'string' ? parse(given) : given;
	if (Array.isArray(read) && read.every(isObject)) return { rows: read.map((row, index) => ({ row, number: index + 1 })), problems: [], label };
	return { rows: [], label, problems: [{ code: 'TABLE_NOT_JSON', message: 'The table is not a JSON list of rows', description: `Give "${label}" a list such as [{ "Country": "UK", "Queue": "UK Team" }].` }] };
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
