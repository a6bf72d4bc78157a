import { foldText } from '../foldText';
import type { Problem } from '../leadError';
import type { HitPolicy } from '../settings/clientSettings';
import { shorten } from '../shorten';
import { readCell, type CellValue } from './cells';
import { fixedFields, isKnownField } from './fields';
import { labelOfField } from './inWords';
import { toBoolean } from './meaning';
import type { RouterRule } from './ruleTable';

/** A row as it came: from client settings, JSON, CSV or a second input. */
export interface NumberedRow {
	/** From 1, without the line of names, as an operator counts. */
	number: number;
	row: Readonly<Record<string, unknown>>;
}

export interface TableToRead {
	rows: readonly NumberedRow[];
	hitPolicy: HitPolicy;
	/** Kind of rows that say none. */
	tier: RouterRule['tier'];
	/** Name of the setting that holds the rows, as its label says. */
	label: string;
}

/** Columns that say what a row does, by folded name. */
const resultColumns: Record<string, 'name' | 'queue' | 'team' | 'owner' | 'priority' | 'slaPolicy' | 'sequence' | 'rank' | 'tier' | 'then' | 'ai' | 'block' | 'skills' | 'note'> = {
	rule: 'name', name: 'name', 'rule name': 'name', queue: 'queue', team: 'team', owner: 'owner', member: 'owner', priority: 'priority',
	'sla policy': 'slaPolicy', sla: 'slaPolicy', sequence: 'sequence', rank: 'rank', kind: 'tier', 'rule kind': 'tier', tier: 'tier', then: 'then',
	'read message with ai': 'ai', ai: 'ai', block: 'block', skills: 'skills', skill: 'skills', note: 'note', notes: 'note', comment: 'note', id: 'note', createdat: 'note', updatedat: 'note', 'row number': 'note',
};
/** What sheets call fields that have another label here. */
const otherNames: Record<string, string> = {
	zip: 'lead.postalCode', 'zip code': 'lead.postalCode', postcode: 'lead.postalCode', 'post code': 'lead.postalCode', plz: 'lead.postalCode', state: 'lead.region', province: 'lead.region',
	employees: 'lead.companySize', size: 'lead.companySize', domain: 'lead.companyDomain', account: 'lead.companyDomain', service: 'lead.serviceInterest', interest: 'lead.serviceInterest',
	'free mail': 'quality.flags.freeEmail', 'free email': 'quality.flags.freeEmail', spam: 'quality.flags.suspectedSpam', customer: 'match.customerStatus', status: 'match.customerStatus',
	intent: 'intent.name', 'high intent': 'intent.highIntent', urgency: 'intent.urgency', form: 'submission.formId',
};
const sections = ['lead.', 'source.', 'match.', 'quality.', 'intent.', 'consent.', 'submission.', 'run.'];
let labels: Map<string, string> | undefined;

/**
 * Makes rules of the rows of a table, each with everything that is wrong with it: columns that are no field, cells that
 * can't be read. Columns are fields by path (`lead.country`), by label (`Country`, `Company Size`) or, for a form's own
 * ones, by `Custom: Team Size`.
 */
export function readTable({ rows, hitPolicy, tier, label }: TableToRead): { rules: RouterRule[]; problems: Problem[] } {
	const problems: Problem[] = [];
	const columns = new Map<string, string | undefined>();
	for (const { row } of rows) for (const name of Object.keys(row)) if (!columns.has(name)) columns.set(name, undefined);
	for (const name of columns.keys()) {
		if (isResult(name)) continue;
		const field = fieldOfColumn(name);
		if (field !== undefined) columns.set(name, field);
		else if (rows.some(({ row }) => textOf(row[name]) !== '')) {
			problems.push({
				code: 'TABLE_COLUMN_UNKNOWN',
				message: shorten(`The table has a column that is no field: ${name}`, 80),
				description: `Name the column in "${label}" after a field (Country, Company Size, lead.country), "Custom: ${shorten(name, 40)}" for a form's own field, or a result (Queue, Team, Owner, Priority, SLA Policy, Sequence, Rank).`,
			});
		}
	}
	const rules = rows.flatMap((numbered) => {
		if (Object.values(numbered.row).every((cell) => textOf(cell) === '')) return [];
		const read = readRow(numbered, columns, { hitPolicy, tier, label });
		problems.push(...read.problems);
		return [read.rule];
	});
	return { rules, problems };
}

function readRow({ number, row }: NumberedRow, columns: ReadonlyMap<string, string | undefined>, { hitPolicy, tier, label }: Omit<TableToRead, 'rows'>): { rule: RouterRule; problems: Problem[] } {
	const problems: Problem[] = [];
	const bad = (column: string, what: string): void => {
		problems.push({ code: 'TABLE_CELL_INVALID', message: shorten(`Row ${number}, ${shorten(column, 30)}: the cell ${what}`, 80), description: shorten(`Correct "${column}" in row ${number} of "${label}": the cell ${what}.`, 400) });
	};
	const result = (what: (typeof resultColumns)[string]): { column: string; text: string } => {
		const column = [...columns.keys()].find((name) => resultColumns[foldText(name)] === what && textOf(row[name]) !== '');
		return column === undefined ? { column: '', text: '' } : { column, text: textOf(row[column]) };
	};
	const oneOf = <Word extends string>(what: (typeof resultColumns)[string], words: readonly Word[]): Word | undefined => {
		const { column, text } = result(what);
		const found = words.find((word) => word.toLowerCase() === text.toLowerCase());
		if (text !== '' && found === undefined) bad(column, `needs ${words.join(', ')}: ${text}`);
		return found;
	};
	const yesOrNo = (what: (typeof resultColumns)[string], otherwise: boolean): boolean => {
		const { column, text } = result(what);
		const yes = toBoolean(text);
		if (text !== '' && yes === undefined) bad(column, `needs yes or no: ${text}`);
		return yes ?? otherwise;
	};
	const rank = result('rank');
	if (rank.text !== '' && !Number.isFinite(Number(rank.text))) bad(rank.column, `needs a number: ${rank.text}`);
	if (hitPolicy === 'priority' && rank.text === '') {
		problems.push({ code: 'TABLE_RANK_MISSING', message: `Row ${number} has no rank`, description: `Give row ${number} a number in the column "Rank", 1 for the row that wins over all others, or set "Hit Policy" to First.` });
	}
	const rule: RouterRule = {
		name: result('name').text || `Row ${number}`,
		tier: oneOf('tier', ['hard', 'soft']) ?? tier,
		match: 'all',
		conditions: [],
		queue: result('queue').text || undefined,
		team: result('team').text || undefined,
		owner: result('owner').text || undefined,
		sequence: result('sequence').text || undefined,
		priority: oneOf('priority', ['high', 'normal', 'low']),
		slaPolicy: result('slaPolicy').text || undefined,
		readMessageWithAi: yesOrNo('ai', true),
		continue: oneOf('then', ['stop', 'continue']) === 'continue',
		row: { number, hitPolicy, ...(hitPolicy === 'priority' && rank.text !== '' ? { rank: Number(rank.text) } : {}) },
	};
	if (yesOrNo('block', false)) rule.block = true;
	const skills = result('skills').text.split(/[,;]/).map((skill) => skill.trim()).filter((skill) => skill !== '');
	if (skills.length > 0) rule.skills = skills;
	for (const [column, field] of columns) {
		if (field === undefined) continue;
		const { all, any, problem } = readCell(row[column] as CellValue, field);
		if (problem !== undefined) bad(column, problem);
		rule.conditions.push(...all, ...(any.length === 1 ? any : []));
		if (any.length > 1) rule.groups = [...(rule.groups ?? []), { match: 'any', conditions: any }];
	}
	return { rule, problems };
}

/** The field that a column stands for; undefined when it is none. */
export function fieldOfColumn(name: string): string | undefined {
	const text = name.trim();
	if (isKnownField(text)) return text;
	const custom = /^(?:lead\.)?custom\s*[:.]\s*(\S.*)$/i.exec(text)?.[1];
	if (custom !== undefined) return `lead.custom.${custom}`;
	labels ??= readLabels();
	const folded = foldText(text);
	return labels.get(folded) ?? (Object.hasOwn(otherNames, folded) ? otherNames[folded] : undefined);
}

function isResult(name: string): boolean {
	return Object.hasOwn(resultColumns, foldText(name)) || name.trim().startsWith('#') || name.trim() === '';
}

/** Labels of all fields; where two fields have one label, the lead's own has it. */
function readLabels(): Map<string, string> {
	const found = new Map<string, string>();
	const rankOf = (path: string): number => sections.findIndex((section) => path.startsWith(section));
	for (const path of fixedFields().sort((one, other) => rankOf(one) - rankOf(other) || one.length - other.length)) {
		const label = foldText(labelOfField(path));
		if (!found.has(label)) found.set(label, path);
	}
	return found;
}

function textOf(cell: unknown): string {
	if (typeof cell === 'string') return cell.trim();
	return typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : '';
}
