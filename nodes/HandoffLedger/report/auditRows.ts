import { elapsedBetween, nextOpening } from '../../lead/activate/businessTime';
import type { Calendar } from '../../lead/activate/calendar';
import { captureLead } from '../../lead/capture/captureLead';
import { fieldOf } from '../../lead/capture/fieldLabels';
import type { SourcePart } from '../../lead/capture/sourceContext';
import { readComparedFields } from '../../lead/clean/comparedFields';
import { normalizeLead } from '../../lead/clean/normalizeLead';
import type { HandoffRecord } from '../../lead/handoffRecord';
import { isRight, readAnswer, readCellText, readMinutes, readName } from '../../lead/measure/audit/auditCells';
import { auditPartOf, findAuditColumns, type AuditPart } from '../../lead/measure/audit/auditColumns';
import { orderOf, readSheetMoment, type DateOrder, type SheetMoment } from '../../lead/measure/audit/auditDates';
import type { AuditLead } from '../../lead/measure/audit/auditLead';
import type { AuditReading } from '../../lead/measure/audit/auditReport';
import { isBlank, readAuditTable } from '../../lead/measure/audit/auditTable';
import { LeadError } from '../../lead/leadError';
import { startYielding } from '../../host/yielding';
import { findDuplicates } from './auditDuplicates';

export interface AuditSettings {
	mapping: Partial<Record<AuditPart, string>>;
	timeZone: string;
	calendar: Calendar;
	/** Its open hours, in the language of the page. */
	hours: string;
	order?: DateOrder;
	defaultCountry?: string;
	now: Date;
}

/** Parts that are not of the lead itself, and would only disturb the reading of its fields. */
const ofTheFirm = new Set<AuditPart>(['created', 'firstContact', 'responseMinutes', 'contacted', 'meeting', 'owner', 'queue', 'rightQueue', 'rightOwner', 'id']);
/** Under these names Lead Normalize knows them whatever their column is called. */
const sourceNames: Partial<Record<AuditPart, string>> = { source: 'utm_source', medium: 'utm_medium', campaign: 'utm_campaign' };
const addressFields = new Set(['landingPage', 'pageUrl']);
/** What a spreadsheet makes of a long number: its last digits are gone. */
const eaten = /^\+?\d(?:[.,]\d+)?e\+?\d+$/i;

/** Leads of an export, read by the same code that reads a form, each with what the export tells of its handling. */
export async function readAuditLeads(items: readonly unknown[], settings: AuditSettings): Promise<{ leads: AuditLead[]; reading: AuditReading }> {
	const { mapping, timeZone, calendar, hours, defaultCountry, now } = settings;
	const pause = startYielding();
	const table = readAuditTable(items, (name) => auditPartOf(name) !== undefined || fieldOf([name]) !== undefined);
	const { read, missing } = findAuditColumns(table.columns, mapping);
	if (missing.length > 0) {
		throw new LeadError('COLUMN_MISSING', `A mapped column is in none of the rows: ${missing.join(', ')}`, `Correct it in "Columns", or take it out. The rows have: ${table.columns.slice(0, 20).join(', ').slice(0, 300)}.`);
	}
	const plan = planColumns(table.columns, read);
	const required = requiredSource(table.columns, read);
	const orders = [read.created, read.firstContact].map((column) => (column === undefined ? undefined : orderOf(table.rows.map(({ cells }) => cells[column]))));
	const reading: AuditReading = {
		columns: { ...read, ...plan.fields }, emptyLines: table.emptyLines, headingLines: table.headingLines, notLeads: 0, unreadDates: 0, ambiguousDates: 0,
		dayOnly: 0, beforeCreation: 0, zonesAssumed: 0, timeZone, spoiltPhones: 0, hours,
	};
	const readTime = (cells: Record<string, unknown>, part: 'created' | 'firstContact', place: number): SheetMoment | 'unreadable' | 'ambiguous' | undefined => {
		const column = read[part];
		const moment = column === undefined ? undefined : readSheetMoment(cells[column], { zone: timeZone, order: settings.order ?? orders[place] ?? orders[1 - place] });
		if (moment === 'ambiguous') reading.ambiguousDates++;
		if (typeof moment === 'string') reading.unreadDates++;
		else if (moment?.zoneAssumed) reading.zonesAssumed++;
		return moment;
	};

	await pause();
	const found: { record: HandoffRecord; lead: AuditLead; contact?: SheetMoment; created?: SheetMoment }[] = [];
	for (const { row, cells } of table.rows) {
		await pause();
		const { payload, spoilt } = payloadOf(cells, plan.columns);
		reading.spoiltPhones += spoilt;
		const captured = captureLead({ payload, client: 'audit', submissionId: String(row), now, zone: { timeZone, from: 'the audit' }, requiredSource: required });
		const id = String(row);
		const record = normalizeLead({ captured, client: 'audit', ids: { submissionId: id, leadId: id, personId: id }, now, test: false, defaultCountry });
		const created = readTime(cells, 'created', 0);
		const contact = readTime(cells, 'firstContact', 1);
		if (created === undefined && !hasSomebody(record)) {
			reading.notLeads++;
			continue;
		}
		const lead = { ...handlingOf(cells, read, created, contact, calendar), ...sourceOf(record, required), row };
		if (lead.minutesFault === 'dayOnly') reading.dayOnly++;
		if (lead.minutesFault === 'beforeCreation') reading.beforeCreation++;
		found.push({ record, lead, ...(typeof created === 'object' ? { created } : {}), ...(typeof contact === 'object' ? { contact } : {}) });
	}
	// an export may be old: what nobody contacted has waited until its newest moment, not until today
	const asOf = found.reduce((latest, { created, contact }) => Math.max(latest, created?.at ?? 0, contact?.at ?? 0), 0);
	for (const { lead, created } of found) {
		if (lead.contacted === false && created && !created.dayOnly) lead.waitedMinutes = elapsedBetween(calendar, created.at, asOf) / 60_000;
	}
	const duplicates = await findDuplicates(found.map(({ record, lead }) => ({ fields: readComparedFields(record), email: record.lead.email, at: lead.createdAt, row: lead.row })), pause);
	return { leads: found.map(({ lead }, index) => ({ ...lead, ...duplicates[index] })), reading };
}

/** Which columns are given to Lead Normalize, and under which name; `fields`: what it knows them as. */
function planColumns(columns: readonly string[], read: Partial<Record<AuditPart, string>>): { columns: Map<string, string>; fields: Record<string, string> } {
	const partOf = new Map(Object.entries(read).map(([part, column]) => [column, part as AuditPart]));
	const plan = new Map<string, string>();
	const fields: Record<string, string> = {};
	for (const column of columns) {
		const part = partOf.get(column);
		if (part !== undefined && ofTheFirm.has(part)) continue;
		plan.set(column, (part && sourceNames[part]) ?? column);
		const field = part === undefined ? fieldOf([column]) : undefined;
		if (field !== undefined && !Object.hasOwn(fields, field)) fields[field] = column;
	}
	return { columns: plan, fields };
}

/** Parts of the source that the export could tell; an address of a page may hold all three. */
function requiredSource(columns: readonly string[], read: Partial<Record<AuditPart, string>>): SourcePart[] {
	const hasAddress = columns.some((column) => addressFields.has(fieldOf([column]) ?? ''));
	return (['source', 'medium', 'campaign'] as const).filter((part) => hasAddress || read[part] !== undefined);
}

function payloadOf(cells: Record<string, unknown>, columns: ReadonlyMap<string, string>): { payload: Record<string, unknown>; spoilt: number } {
	let spoilt = 0;
	const kept: [string, unknown][] = [];
	for (const [column, name] of columns) {
		const value = cells[column];
		if (isBlank(value)) continue;
		const isPhone = ['phone', 'mobile'].includes(fieldOf([column]) ?? '');
		if (isPhone && typeof value === 'string' && eaten.test(value.trim())) spoilt++;
		else kept.push([name, isPhone && typeof value === 'number' ? String(value) : value]);
	}
	return { payload: Object.fromEntries(kept), spoilt };
}

function hasSomebody({ lead }: HandoffRecord): boolean {
	return [lead.emailKey, lead.phone, lead.fullName, lead.companyKey].some((value) => value !== null);
}

type Handling = Omit<AuditLead, 'row' | 'sourceComplete' | 'missingSource' | 'hasCampaign' | 'source' | 'campaign' | 'territory' | 'service'>;

/** When it came, when it was contacted, who had it and where it belonged. */
function handlingOf(cells: Record<string, unknown>, read: Partial<Record<AuditPart, string>>, created: ReturnType<typeof readSheetMoment>, contact: ReturnType<typeof readSheetMoment>, calendar: Calendar): Handling {
	const text = (part: AuditPart): string | undefined => (read[part] === undefined ? undefined : readCellText(cells[read[part]]));
	const answer = (part: AuditPart): boolean | null => readAnswer(text(part));
	const minutes = readMinutes(text('responseMinutes'), read.responseMinutes);
	const contacted = contact !== undefined || minutes !== null ? true : answer('contacted') ?? (read.firstContact === undefined && read.responseMinutes === undefined ? null : false);
	const from = typeof created === 'object' ? created : undefined;
	const to = typeof contact === 'object' ? contact : undefined;
	const fault = typeof contact === 'string' ? contact : to && created === 'ambiguous' ? 'ambiguous' : to && !from ? 'unreadable' : from && to ? faultOf(from, to) : null;
	const isMeasured = from !== undefined && to !== undefined && fault === null;
	const owner = readName(text('owner'));
	const queue = readName(text('queue'));
	return {
		createdAt: from?.at ?? null,
		wallMinutes: isMeasured ? (to.at - from.at) / 60_000 : minutes,
		businessMinutes: isMeasured ? elapsedBetween(calendar, from.at, to.at) / 60_000 : null,
		minutesFault: minutes === null ? fault : null,
		contacted, waitedMinutes: null,
		afterHours: from && !from.dayOnly ? nextOpening(calendar, from.at) !== from.at : null,
		meeting: answer('meeting'),
		hasOwner: read.owner === undefined ? null : owner !== null,
		routedRight: isRight(text('rightQueue'), queue) ?? isRight(text('rightOwner'), owner),
		duplicate: null, duplicateCause: null, duplicateOf: null, maybeDuplicate: false, owner, queue,
	};
}

function faultOf(from: SheetMoment, to: SheetMoment): AuditLead['minutesFault'] {
	if (from.dayOnly || to.dayOnly) return 'dayOnly';
	return to.at < from.at ? 'beforeCreation' : null;
}

function sourceOf({ source, lead }: HandoffRecord, required: readonly SourcePart[]): Pick<AuditLead, 'sourceComplete' | 'missingSource' | 'hasCampaign' | 'source' | 'campaign' | 'territory' | 'service'> {
	return {
		sourceComplete: required.length === 3 ? source.complete : null, missingSource: source.missing,
		hasCampaign: required.includes('campaign') ? source.campaign !== null : null,
		source: source.source, campaign: source.campaign, territory: lead.country, service: lead.serviceInterest,
	};
}
