import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { readCsv } from '../../host/readCsv';
import { readDefaultCountry } from '../../host/readDefaultCountry';
import { startYielding } from '../../host/yielding';
import { checkCalendar, openCalendar, sayHours } from '../../lead/activate/calendar';
import { hoursWordsOf } from '../../lead/activate/hoursWords';
import { isSpan } from '../../lead/activate/spans';
import { isObject } from '../../lead/isObject';
import { throwProblems, type Problem } from '../../lead/leadError';
import { auditCard, type AuditCard } from '../../lead/measure/audit/auditCard';
import { auditParts, type AuditPart } from '../../lead/measure/audit/auditColumns';
import type { DateOrder } from '../../lead/measure/audit/auditDates';
import type { AuditLead } from '../../lead/measure/audit/auditLead';
import { buildAuditReport, sayReading, type AuditReading } from '../../lead/measure/audit/auditReport';
import { metricRow } from '../../lead/measure/metricRow';
import { reportPage } from '../../lead/measure/report/reportPage';
import { slackReport } from '../../lead/measure/report/slackReport';
import { saidIn } from '../../lead/measure/sayFigure';
import { english } from '../../lead/measure/words/english';
import { sayCause } from '../../lead/measure/words/wordsOf';
import { isHolidayPlace } from '../../lead/publicHolidays';
import { isTimeZone, weekdays, type CalendarSettings } from '../../lead/settings/clientSettings';
import { sheetCells } from '../../lead/sheetCells';
import { readAuditLeads, type AuditSettings } from './auditRows';
import { readIncomingFile } from '../incomingFile';
import { htmlFile } from './reportOperation';

/** What an audit needs of the world; it has no ledger, because it comes before everything else. */
export interface AuditRun {
	now(): Date;
	/** The workflow's. */
	timeZone: string;
	hint(message: string | undefined): void;
}

interface Options {
	timeZone?: string;
	workingDays?: (typeof weekdays)[number][];
	workingHours?: string;
	publicHolidays?: string;
	dateOrder?: 'recognize' | DateOrder;
	defaultCountry?: string;
	targetMinutes?: number;
	name?: string;
	language?: string;
	ownerNames?: boolean;
}

/** Measures an export of leads from any system: the figures of before, on which nothing is guessed. */
export async function auditLeads(ctx: IExecuteFunctions, run: AuditRun): Promise<INodeExecutionData[]> {
	const options = ctx.getNodeParameter('auditOptions', 0, {}) as Options;
	const settings = readSettings(ctx, options, run);
	const targetMinutes = options.targetMinutes ?? usualTarget;
	const { rows, items } = await readRows(ctx);
	const { leads, reading } = await readAuditLeads(rows, settings);
	if (rows.some((row) => isObject(row) && Object.hasOwn(row, ''))) run.hint('The first line of the file leaves columns without a name, and all but one of them were lost on the way: switch "Header Row" off in Extract from File, or set "Leads From" to CSV File.');
	tellDoubts(run, reading, leads);
	const card = auditCard(leads, { targetMinutes });
	const give = ctx.getNodeParameter('auditGive', 0) as 'figures' | 'leads' | 'page';
	if (give === 'leads') return leads.map((lead) => ({ json: leadRow(lead, settings.timeZone) as IDataObject, pairedItem: { item: items[lead.row] } }));
	const given = (json: object) => ({ json, pairedItem: { item: 0 } }) as INodeExecutionData;
	const figures = figureRows(card);
	if (give === 'figures') return figures.map((figure) => given({ ...figure, leads: leads.length }));
	return [await pageItem(ctx, { card, reading, figures, options, madeAt: run.now().toISOString(), timeZone: settings.timeZone })];
}

const usualTarget = 30;
const usualHours = '09:00-17:00';
const usualDays = weekdays.slice(0, 5);

function readSettings(ctx: IExecuteFunctions, options: Options, run: AuditRun): AuditSettings {
	const given = ctx.getNodeParameter('auditColumns', 0, {}) as Partial<Record<AuditPart, string>>;
	const mapping = Object.fromEntries(auditParts.filter((part) => (given[part] ?? '').trim() !== '').map((part) => [part, String(given[part]).trim()]));
	const timeZone = (options.timeZone ?? '').trim() || run.timeZone;
	const country = readDefaultCountry(options.defaultCountry ?? '');
	const spans = (options.workingHours ?? usualHours).split(',').map((span) => span.trim()).filter((span) => span !== '');
	const days = options.workingDays ?? usualDays;
	const holidays = (options.publicHolidays ?? '').trim();
	const calendar: CalendarSettings & { timeZone: string } = {
		name: 'Working Hours', timeZone, alwaysOpen: false, hours: Object.fromEntries(days.map((day) => [day, spans])), holidays: [], publicHolidays: holidays === '' ? [] : [holidays], breaks: [], overrides: [],
	};
	const problems: Problem[] = [...country.problems];
	if (!isTimeZone(timeZone)) problems.push({ code: 'TIME_ZONE_UNKNOWN', message: 'The time zone of the export is not known', description: 'Set "Time Zone" to a name such as Europe/Berlin.' });
	if (spans.length === 0 || !spans.every(isSpan)) problems.push({ code: 'HOURS_NOT_READABLE', message: 'The working hours can\'t be read', description: 'Set "Working Hours" to hours such as 09:00-17:00, or 09:00-12:00, 13:00-17:00.' });
	else if (days.length === 0) problems.push({ code: 'CALENDAR_WITHOUT_HOURS', message: 'There is no working day', description: 'Choose at least one day in "Working Days".' });
	if (holidays !== '' && !isHolidayPlace(holidays)) problems.push({ code: 'HOLIDAYS_UNKNOWN', message: 'No public holidays are known for that place', description: 'Set "Public Holidays Of" to a country or region such as DE or DE-BY, or leave it empty.' });
	const target = options.targetMinutes ?? usualTarget;
	if (!(target > 0)) problems.push({ code: 'TARGET_INVALID', message: 'The target is not a number of minutes', description: 'Set "First Response Target (Minutes)" to 1 or more.' });
	throwProblems(problems);
	throwProblems(checkCalendar(calendar));
	const order = options.dateOrder === 'dayFirst' || options.dateOrder === 'monthFirst' ? options.dateOrder : undefined;
	return { mapping, timeZone, calendar: openCalendar(calendar), hours: sayHours(calendar, hoursWordsOf(options.language ?? 'en')), defaultCountry: country.defaultCountry, now: run.now(), ...(order ? { order } : {}) };
}

/** The rows of the export, and for each the item that it came from. */
async function readRows(ctx: IExecuteFunctions): Promise<{ rows: unknown[]; items: number[] }> {
	const from = ctx.getNodeParameter('auditFrom', 0) as 'items' | 'csvFile';
	const incoming = ctx.getInputData();
	if (from === 'items') return { rows: incoming.map(({ json }) => json), items: [...incoming.keys()] };
	const rows: unknown[] = [];
	const items: number[] = [];
	for (const item of incoming.keys()) {
		// without a header row nothing of a file with two of them is lost
		for await (const { json } of readCsv((await readIncomingFile(ctx, item, { setting: 'auditBinaryField', what: 'CSV file' })).bytes, { header: false })) {
			rows.push(json ?? {});
			items.push(item);
		}
	}
	return { rows, items };
}

function tellDoubts(run: AuditRun, reading: AuditReading, leads: readonly AuditLead[]): void {
	if (leads.length === 0) return run.hint('No lead was found in the rows: check "Leads From", or map the columns under "Columns".');
	if (reading.columns.created === undefined) run.hint('No column tells when a lead came, so no time is measured: set "Created" under "Columns".');
	if (reading.columns.firstContact === undefined && reading.columns.responseMinutes === undefined) run.hint('No column tells of the first contact, so no response time is measured: set "First Contact" under "Columns" if there is one.');
	if (reading.ambiguousDates > 0) run.hint(`${reading.ambiguousDates} dates such as 03/04/2026 may be of two days, and nothing in their column tells: set "Date Order" under Options.`);
}

/** A figure as a row: first what people read, then the same for programs, by the names that Scorecard gives and Lift reads. */
function figureRows(card: AuditCard): object[] {
	const say = saidIn(english);
	return [
		...card.metrics.map((metric) => {
			const { label, value, threshold, passes, because, name, number, unit, low, high, count } = metricRow(metric);
			return { label, value: value ?? 'not measured', measuredOn: `${count} of ${card.leads}`, threshold, passes, because: because + (metric.name === 'duplicateRate' ? sayCauses(card) : ''), name, number, unit, count, low, high };
		}),
		...card.extras.map(({ name, value, unit, count, interval, because }) => ({
			label: english.audit[name], value: value === null ? 'not measured' : say(value, unit), measuredOn: `${count} of ${card.leads}`, threshold: null, passes: null, because,
			name, number: value, unit, count, low: interval && round(interval.low), high: interval && round(interval.high),
		})),
	];
}

function sayCauses({ duplicateCauses }: AuditCard): string {
	return duplicateCauses.length === 0 ? '' : `: ${duplicateCauses.map(({ cause, leads }) => `${sayCause(cause, english)} (${leads})`).join(', ')}`;
}

/** What was found of one lead; names and addresses stay in the export, where `exportRow` finds them. */
function leadRow(lead: AuditLead, timeZone: string): object {
	const minutes = (value: number | null) => (value === null ? null : Math.round(value * 10) / 10);
	return sheetCells({
		exportRow: lead.row + 1,
		createdAt: lead.createdAt === null ? null : DateTime.fromMillis(lead.createdAt, { zone: timeZone }).toISO(),
		minutesToContact: minutes(lead.wallMinutes), businessMinutesToContact: minutes(lead.businessMinutes),
		contacted: lead.contacted, afterHours: lead.afterHours, owner: lead.owner, hasOwner: lead.hasOwner, queue: lead.queue, routedRight: lead.routedRight,
		missingSource: lead.missingSource.join(', ') || null,
		duplicateOfRow: lead.duplicateOf === null ? null : lead.duplicateOf + 1, maybeDuplicate: lead.maybeDuplicate,
		findings: findingsOf(lead).join('; ') || null,
	});
}

const faults: Record<NonNullable<AuditLead['minutesFault']>, string> = {
	dayOnly: 'only the day of contact is known', unreadable: 'a date could not be read', ambiguous: 'a date may be of two days', beforeCreation: 'contacted before it was created',
};

function findingsOf(lead: AuditLead): string[] {
	return [
		...(lead.contacted === false ? ['not contacted'] : []), ...(lead.hasOwner === false ? ['no owner'] : []), ...(lead.routedRight === false ? ['misrouted'] : []),
		...(lead.duplicateCause === null ? [] : [`duplicate: ${sayCause(lead.duplicateCause, english)}`]), ...(lead.maybeDuplicate ? ['may be a duplicate'] : []),
		...(lead.minutesFault === null ? [] : [faults[lead.minutesFault]]), ...(lead.sourceComplete === false ? [`source incomplete: no ${lead.missingSource.join(', no ')}`] : []),
	];
}

interface PageInput {
	card: AuditCard;
	reading: AuditReading;
	figures: object[];
	options: Options;
	madeAt: string;
	timeZone: string;
}

async function pageItem(ctx: IExecuteFunctions, { card, reading, figures, options, madeAt, timeZone }: PageInput): Promise<INodeExecutionData> {
	const { name = 'Leads', language = 'en', ownerNames = false } = options;
	const pause = startYielding();
	const model = buildAuditReport({ card, reading, client: { name, language, timeZone }, ownerNames, madeAt });
	await pause();
	// the library of charts is loaded only here
	const { drawChart } = await import('../../lead/measure/report/drawChart');
	await pause();
	const html = reportPage(model, drawChart);
	const slack = slackReport(model);
	return {
		json: {
			leads: card.leads, from: card.from || null, to: card.to || null, title: `${name} · ${model.title}`, actions: model.actions, notes: sayReading(reading, english), reading,
			duplicateCauses: card.duplicateCauses, slackText: slack.text, slackBlocks: slack.blocks, rows: figures, html,
		} as unknown as IDataObject,
		binary: { report: await htmlFile(ctx, html, `audit-${madeAt.slice(0, 10)}.html`) },
		pairedItem: { item: 0 },
	};
}

function round(share: number): number {
	return Math.round(share * 1000) / 1000;
}
