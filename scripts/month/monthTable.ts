import type { IDataObject } from 'n8n-workflow';
import type { PlayedMonth } from './playMonth';

const shown = [
	'medianFirstResponse', 'p90FirstResponse', 'medianFirstResponseWall', 'contactedWithinSla', 'contactRate', 'meetingRate', 'meetingsPerLead', 'routingAccuracy', 'sourceCompleteness', 'campaignPresent', 'duplicateRate', 'repeatEnquiryShare', 'noOwnerRate', 'salesAcceptance',
];

/** Both months side by side, and what an audit of the export says of the first. */
export function monthTable({ before, after, audit }: PlayedMonth): string {
	const value = (rows: readonly IDataObject[], name: string) => String(rows.find((row) => row.name === name)?.value ?? 'not measured');
	// an enquiry that came twice in the same words is one lead of the ledger
	const count = (figures: readonly IDataObject[]) => String(figures.find(({ name }) => name === 'contactRate')?.count);
	const label = (name: string) => String(before.figures.find((row) => row.name === name)?.label ?? name);
	const percent = ({ hits, count }: { hits: number; count: number }) => `${Math.round((hits / count) * 1_000) / 10} %`;
	const rows = [
		['', 'Audit of the export', 'Before', 'After'],
		['Leads', String(audit.leads), count(before.figures), count(after.figures)],
		...shown.map((name) => [label(name), value(audit.rows as IDataObject[], name), value(before.figures, name), value(after.figures, name)]),
		['Misrouted, Counted Against the Truth', '', percent(before.misrouted), percent(after.misrouted)],
	];
	const widths = rows[0].map((_cell, place) => Math.max(...rows.map((row) => row[place].length)));
	return rows.map((row) => row.map((cell, place) => (place === 0 ? cell.padEnd(widths[place]) : cell.padStart(widths[place]))).join('  ')).join('\n');
}
