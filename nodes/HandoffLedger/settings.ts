import type { IExecuteFunctions } from 'n8n-workflow';
import { readMoment } from '../lead/activate/moments';
import { eventKey } from '../lead/capture/submissionKey';
import { readEmail } from '../lead/clean/email';
import { readPhone } from '../lead/clean/phone';
import { isObject } from '../lead/isObject';
import { LeadError } from '../lead/leadError';
import { readHandoffParts, type EventType, type HandoffPart } from '../lead/measure/eventTypes';
import { readClientKey } from '../lead/settings/clientSettings';

export type OperationName =
	| 'backToTest' | 'changeSettings' | 'checkSettings' | 'compareSettings' | 'deleteClient' | 'exportClient' | 'getSettings' | 'goLive' | 'listClients' | 'saveSettings'
	| 'getLead' | 'listLeads' | 'recordEvent' | 'resetTestLeads' | 'scorecard' | 'writeReport' | 'fairness' | 'lift' | 'overview'
	| 'auditLeads' | 'writePlaybook' | 'applySuggestion' | 'listExceptions' | 'listSuggestions' | 'listVersions'
	| 'addLookedUp' | 'checkLookUp' | 'explainLead' | 'setExternalId' | 'listReviewItems' | 'changeReviewItem' | 'settleReviewItem' | 'drawSample'
	| 'loadKnownRecords' | 'correctLead' | 'listCorrections' | 'erasePerson' | 'backUp' | 'restore' | 'applyRetention' | 'moveToPostgres';

/** The client key of this item. */
export function readClient(ctx: IExecuteFunctions, itemIndex: number): string {
	return readClientKey(ctx.getNodeParameter('client', itemIndex));
}

/** Whether the operation looks among test leads: as set, and always for an item that is a test lead. */
export function readTestLeads(ctx: IExecuteFunctions, itemIndex: number): boolean {
	if (ctx.getNodeParameter('testLeads', itemIndex, false) === true) return true;
	const { run } = ctx.getInputData()[itemIndex]?.json ?? {};
	return isObject(run) && run.test === true;
}

export type FindBy = { leadId: string } | { submissionKey: string } | { email: string } | { phone: string } | { externalId: string; system: string };

/** What the operator knows of the lead, an address as its key for matching; undefined when this item holds none of it. */
export function readFindBy(ctx: IExecuteFunctions, itemIndex: number, client: string, defaultCountry: string | undefined): FindBy | undefined {
	const read = (name: string) => readText(ctx.getNodeParameter(name, itemIndex, ''));
	const findBy = ctx.getNodeParameter('findBy', itemIndex) as 'leadId' | 'email' | 'phone' | 'externalId' | 'submission';
	if (findBy === 'submission') {
		const [formTool, formId = null, eventId] = [read('formTool'), read('formId'), read('eventId')];
		return formTool && eventId ? { submissionKey: eventKey({ client, formTool, formId, eventId }) } : undefined;
	}
	if (findBy === 'externalId') {
		const [system, externalId] = [read('externalSystem'), read('externalId')];
		return system && externalId ? { system, externalId } : undefined;
	}
	const value = read(findBy);
	if (!value) return undefined;
	if (findBy === 'phone') {
		const { phone } = readPhone({ given: value, leadCountry: null, dialCode: null, defaultCountry }).value;
		return phone ? { phone } : undefined;
	}
	return findBy === 'email' ? { email: readEmail(value).value.emailKey ?? value } : { leadId: value };
}

export interface EventSettings {
	type: EventType;
	detail: Record<string, unknown>;
	by?: string;
	eventId?: string;
	/** As given, to be read in the client's zone. */
	at?: string;
}

/** The event that this item tells, with the details that belong to its type. */
export function readEvent(ctx: IExecuteFunctions, itemIndex: number): EventSettings {
	const type = ctx.getNodeParameter('eventType', itemIndex) as EventType;
	const options = ctx.getNodeParameter('eventOptions', itemIndex, {}) as Record<string, unknown>;
	const detail = readDetail(ctx, itemIndex, type);
	const note = readText(options.note);
	if (note) detail.note = note;
	return { type, detail, by: readText(options.by), eventId: readText(options.eventId), at: readMomentText(options.at) };
}

function readDetail(ctx: IExecuteFunctions, itemIndex: number, type: EventType): Record<string, unknown> {
	const read = (name: string) => readText(ctx.getNodeParameter(name, itemIndex, ''));
	const known = (name: string, value: string | undefined) => (value === undefined ? {} : { [name]: value });
	if (type === 'notDelivered') return { ...known('reason', read('reason')), failed: readFailed(ctx.getNodeParameter('failed', itemIndex, [])) };
	if (type === 'lost' || type === 'rejected') return known('reason', read('reason'));
	if (type === 'misrouted') return known('rightQueue', read('rightQueue'));
	if (type === 'accepted') return known('takenBy', read('takenBy'));
	if (type === 'ownerChanged') return known('newOwner', read('newOwner'));
	if (type === 'routingChecked') {
		const right = ctx.getNodeParameter('routedRight', itemIndex) === true;
		return { right, ...(right ? {} : known('rightQueue', read('rightQueue'))) };
	}
	if (type === 'duplicateConfirmed' || type === 'duplicateRefuted') return known('otherLead', read('otherLead'));
	if (type !== 'won') return {};
	const amount = Number(ctx.getNodeParameter('amount', itemIndex, 0));
	return amount > 0 && Number.isFinite(amount) ? { amount, ...known('currency', read('currency')?.toUpperCase()) } : {};
}

/** What was not delivered, of the known parts in their order; an expression may give a list or words with commas between. */
function readFailed(value: unknown): HandoffPart[] {
	return readHandoffParts((Array.isArray(value) ? value : String(value ?? '').split(',')).map((part) => String(part).trim()));
}

/**
 * A moment of a setting as UTC; a date alone is its midnight.
 *
 * @throws LeadError `MOMENT_NOT_READABLE`, naming the setting.
 */
export function readMomentSetting(text: string, timeZone: string, label: string): string {
	const read = readMoment(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00` : text, timeZone);
	if (read) return new Date(read.at).toISOString();
	throw new LeadError('MOMENT_NOT_READABLE', `"${label}" is not a moment`, `Set "${label}" to a date and time such as 2026-11-20T18:30:00+00:00.`);
}

/** A moment as n8n gives it: text, or what an expression such as $now makes. */
export function readMomentText(value: unknown): string | undefined {
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
	const { toISO } = (value ?? {}) as { toISO?: unknown };
	// of a lead's own JSON nothing can be called
	return readText(typeof toISO === 'function' ? String(value) : value);
}

/** Text without white space at its ends; undefined when nothing is left. Numbers, as many CRMs' ids are, become text. */
export function readText(value: unknown): string | undefined {
	const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
	return text === '' ? undefined : text;
}
