import type { Moment } from '../../handoffRecord';
import { fill } from '../../fill';
import type { Chart } from '../report/chart';
import { buildReport, sayLeads, sayMoment, type FigureRow, type ReportModel } from '../report/reportModel';
import { saidIn } from '../sayFigure';
import { wordsOf } from '../words/wordsOf';
import type { AuditNote, ReportWords } from '../words/reportWords';
import { waitSteps, type AuditCard } from './auditCard';

/** How an export was read. */
export interface AuditReading {
	/** Columns that were read, by what they hold. */
	columns: Record<string, string>;
	/** Lines that are empty, or name columns, and rows in which nobody and no time was found. */
	emptyLines: number;
	headingLines: number;
	notLeads: number;
	/** Dates that could not be read without doubt, and of these such as `03/04/2026`, whose order nothing tells. */
	unreadDates: number;
	ambiguousDates: number;
	dayOnly: number;
	beforeCreation: number;
	zonesAssumed: number;
	timeZone: string;
	spoiltPhones: number;
	/** Working hours in words. */
	hours: string;
}

/** What to know of the export before its figures are believed, in a language. */
export function sayReading(reading: AuditReading, { audit }: Pick<ReportWords, 'audit'>): string[] {
	const counted: [AuditNote, number][] = [
		['leftOut', reading.emptyLines + reading.headingLines + reading.notLeads], ['unread', reading.unreadDates], ['dayOnly', reading.dayOnly],
		['beforeCreation', reading.beforeCreation], ['spoiltPhones', reading.spoiltPhones], ['zone', reading.zonesAssumed],
	];
	return [
		...counted.filter(([, n]) => n > 0).map(([note, n]) => fill(audit[note], { n: String(n), zone: reading.timeZone })),
		fill(audit.hours, { hours: reading.hours }),
		fill(audit.columns, { columns: [...new Set(Object.values(reading.columns))].join(', ') }),
	];
}

export interface AuditReportInput {
	card: AuditCard;
	reading: AuditReading;
	client: { name: string; language: string; timeZone: string };
	/** Whether owners are named; else they are numbered. */
	ownerNames: boolean;
	madeAt: Moment;
}

/** The figures of an export as a report: the same page as a client's own later on, to be laid beside it. */
export function buildAuditReport({ card, reading, client, ownerNames, madeAt }: AuditReportInput): ReportModel {
	const words = wordsOf(client.language);
	const dated = card.from === '' ? { ...card, from: madeAt, to: madeAt } : card;
	const report = buildReport({ card: dated, history: [], client, madeAt, test: false, isExport: true, ...(ownerNames ? { members: new Map<string, string>() } : {}) });
	const isContactKnown = card.metrics.some(({ name, count }) => name === 'contactRate' && count > 0);
	return {
		...report,
		title: words.audit.title, period: card.from === '' ? '' : report.period,
		changesTitle: words.audit.rests, changes: sayReading(reading, words).map((text) => ({ text, trend: null })),
		charts: [...report.charts.filter(({ id }) => id !== 'path' || isContactKnown), ...waitChart(card, words)],
		figures: [...report.figures, ...extraRows(card, words)],
		unmeasured: [...report.unmeasured, ...card.extras.filter(({ count }) => count === 0).map(({ name }) => words.audit[name])],
		madeAt: fill(words.audit.made, { at: sayMoment(madeAt, client.timeZone, words) }),
	};
}

function extraRows({ extras }: AuditCard, words: ReportWords): FigureRow[] {
	const say = saidIn(words);
	return extras.filter(({ count }) => count > 0).map(({ name, value, unit, count, hits }) => ({
		label: words.audit[name], value: value === null ? fill(words.text.tooFew, { n: String(count) }) : say(value, unit),
		target: '', passes: null, before: '', trend: null, isClear: false,
		note: value === null ? '' : hits === null ? sayLeads(count, words) : fill(words.text.ofLeads, { n: String(hits), part: String(count) }),
	}));
}

/** How long leads waited: the picture that a mean hides. */
function waitChart({ waits }: AuditCard, words: ReportWords): Chart[] {
	const { minute, hour } = words.units;
	const all = waits.reduce((sum, count) => sum + count, 0);
	if (all === 0) return [];
	const label = (step: number) => (step < 60 ? `${step} ${minute}` : `${step / 60} ${hour}`);
	const number = new Intl.NumberFormat(words.locale);
	return [{
		id: 'waits', title: words.audit.waits, kind: 'rows',
		labels: [...waitSteps.map((step) => `≤ ${label(step)}`), `> ${label(waitSteps[waitSteps.length - 1])}`, words.audit.uncontacted],
		lines: [{ name: words.audit.waits, values: waits, said: waits.map((count) => `${number.format(count)} · ${Math.round((count / all) * 100)} %`) }],
	}];
}
