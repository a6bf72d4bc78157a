import { foldText, toOneLine } from '../foldText';
import type { LeadIssue } from '../handoffRecord';
import { isObject } from '../isObject';
import { readConsentAnswer, readEmptyConsent, type ConsentAnswer } from './consentAnswers';
import { fieldOf, isTransparent } from './fieldLabels';
import { readFormFill } from './formTools';
import type { FormField } from './labelTable';
import { placeMapped, type Mapped } from './mapping';
import { placeBySense } from './placeBySense';
import { mostValues, parseText, type GivenValue } from './readValues';
import type { FormToolName } from './tools/formTool';

/** A form fill as labelled values, before anything is cleaned. */
export interface ReadLead {
	formTool: FormToolName;
	/** Why the payload is taken for this tool's, in words. */
	formToolBecause: string;
	formId: string | null;
	eventId: string | null;
	submittedAt: string | number | null;
	/** Zone of a submission time that names none, where the form tool's documentation says it. */
	submittedZone?: string;
	/** Whether the form tool calls this a test of its own. */
	isTest: boolean;
	/** Values by field in the order of trust; the first usable one counts. */
	fields: Partial<Record<FormField, string[]>>;
	/** Fields that the operator mapped: what is found for them stays in `custom`. */
	mapped: Set<FormField>;
	/** What has no place of its own, by its label; bounded. */
	custom: Record<string, string | number | boolean>;
	/** What each box and question says about consent. */
	consents: ConsentAnswer[];
	honeypotFilled: boolean;
	/** Label and uncut value of everything the lead said, for the fingerprint. */
	said: [label: string, value: string][];
	issues: LeadIssue[];
}

/** What the operator says about the payload. */
export interface ReadLeadOptions {
	formTool?: FormToolName;
	formId?: string;
	/** Values by field, taken from the payload by hand; they win over what is found. */
	mapped?: Mapped;
	/** Label or name of the field that people cannot see, besides the usual names. */
	honeypotField?: string;
}

/** Bounds of `lead.custom`: what lies outside is only in the raw payload. */
export const mostCustomFields = 100;
export const longestCustomValue = 1_000;
const longestCustomLabel = 80;
/** A field holds no more: enough for the longest message and its mending. */
const longestValue = 40_000;

/** Names with a meaning of their own in JavaScript objects, such as `__proto__` or `toString`: they get a number. */
const isUnsafeName = (name: string) => name in Object.prototype || name === 'prototype';

/** Read by itself or from the clock: not what the lead said. */
const unsaid = new Set<FormField>(['submittedAt', 'eventId', 'consentAt', 'firstAt', 'loadedAt', 'timeToSubmit']);
/** Fields that a tick cannot fill. */
const textFields = new Set<FormField>([
	'firstName', 'lastName', 'fullName', 'email', 'phone', 'mobile', 'dialCode', 'company', 'website', 'jobTitle', 'country', 'region', 'city', 'postalCode', 'timeZone', 'language',
	'serviceInterest', 'companySize', 'budget', 'message', 'subject', 'source', 'medium', 'campaign', 'term', 'content', 'landingPage', 'pageUrl', 'referrer', 'formId', 'eventId',
]);
/** "Title" asks for a form of address as often as for a job. */
const salutation = /^(?:mr|mrs|ms|miss|mx|dr|prof|herr|frau|divers|monsieur|madame|m|mme|mlle|sr|sra|sig|sig\.ra|dhr|mevr|pan|pani)\.?$/i;

/**
 * Reads any payload as one form fill: an n8n Webhook item, an n8n Form, a form tool's own JSON, a URL-encoded body,
 * lists of questions and answers, flat or nested fields, or no object at all. Never throws.
 * Every key of the payload is payload, also one named like a section of the record.
 */
export function readLead(payload: unknown, options: ReadLeadOptions = {}): ReadLead {
	const { body, query, headers } = unwrapWebhook(payload);
	const fill = readFormFill(body, { fromWebhook: headers !== undefined, named: options.formTool });
	const fromQuery = query === undefined ? [] : readFormFill(query, { fromWebhook: true }).values;
	const lead: ReadLead = {
		formTool: fill.tool, formToolBecause: fill.because,
		formId: options.formId || fill.formId, eventId: fill.eventId, submittedAt: fill.submittedAt, isTest: fill.isTest === true,
		...(fill.timeZone === undefined ? {} : { submittedZone: fill.timeZone }),
		fields: {}, mapped: new Set(), custom: {}, consents: [], honeypotFilled: false, said: [], issues: [...(fill.issues ?? [])],
	};
	if (options.mapped) placeMapped(lead, options.mapped);
	const honeypot = options.honeypotField === undefined ? undefined : foldText(options.honeypotField);
	const unplaced = [...fill.values, ...fromQuery].filter((given) => !place(lead, given, honeypot));
	for (const path of fill.empty) {
		const answer = readEmptyConsent(path);
		if (answer) lead.consents.push(answer);
	}
	const taken = new Set<GivenValue>();
	placeBySense(unplaced, {
		isOpen: (field) => lead.fields[field] === undefined && !lead.mapped.has(field),
		take: (field, given) => {
			taken.add(given);
			lead.fields[field] = [cutValue(lead, field, given.text)];
			lead.said.push([field, given.text]);
		},
	});
	readNameFields(lead);
	let dropped = 0;
	for (const given of unplaced) if (!taken.has(given) && !keepCustom(lead, given)) dropped++;
	for (const [field, known] of Object.entries(fill.source ?? {}) as [FormField, string | null][]) if (known !== null) lead.fields[field] ??= [known];
	if (headers) addHeaders(lead, headers);
	lead.formId ??= lead.fields.formId?.[0] ?? null;
	lead.eventId ??= lead.fields.eventId?.[0] ?? null;
	lead.submittedAt ??= lead.fields.submittedAt?.[0] ?? null;
	if (fill.cut || dropped > 0) {
		lead.issues.push({ field: 'lead.custom', code: 'PAYLOAD_CUT', message: `Only ${mostValues} values of the form and ${mostCustomFields} fields of its own are kept on the lead`, severity: 'warning' });
	}
	if (fill.leads > 1) {
		lead.issues.push({ field: 'submission', code: 'SEVERAL_LEADS', message: `${fill.leads} leads came in one item and only the first was read: put a Split Out node before Lead Normalize`, severity: 'error' });
	}
	return lead;
}

/** The item of n8n's Webhook node, or the payload itself. */
function unwrapWebhook(payload: unknown): { body: unknown; query?: unknown; headers?: Record<string, unknown> } {
	const given = parseText(payload);
	if (isObject(given) && isObject(given.headers) && 'body' in given && ('query' in given || 'params' in given || 'webhookUrl' in given)) {
		const body = parseText(given.body);
		return { body: Array.isArray(body) && body.length === 1 ? body[0] : body, query: given.query, headers: given.headers };
	}
	return { body: Array.isArray(given) && given.length === 1 ? given[0] : given };
}

function place(lead: ReadLead, given: GivenValue, honeypot: string | undefined): boolean {
	const { path, text, plain } = given;
	if (honeypot !== undefined && (foldText(path[path.length - 1] ?? '') === honeypot || foldText(path.join(' ')) === honeypot)) {
		lead.honeypotFilled ||= !isNo(text);
		return true;
	}
	const consent = readConsentAnswer(given);
	if (consent) {
		lead.consents.push(consent);
		lead.said.push([path.join('.'), text]);
		return true;
	}
	const field = fieldOf(path);
	if (field === undefined || (typeof plain === 'boolean' && textFields.has(field)) || (field === 'jobTitle' && salutation.test(text.trim()))) return false;
	if (field === 'honeypot') {
		lead.honeypotFilled ||= !isNo(text);
		return true;
	}
	if (field === 'technical') return true;
	if (lead.mapped.has(field)) return false;
	if (!unsaid.has(field)) lead.said.push([field, text]);
	const kept = cutValue(lead, field, text);
	const earlier = lead.fields[field];
	if (earlier === undefined) {
		lead.fields[field] = [kept];
	} else if (!earlier.includes(kept)) {
		earlier.push(kept);
		// all messages end in one; of other fields only one value finds its place
		if (field !== 'message') keepCustom(lead, given, false);
	}
	return true;
}

function cutValue(lead: ReadLead, field: FormField, text: string): string {
	if (text.length <= longestValue) return text;
	lead.issues.push({ field: `lead.${field}`, code: 'VALUE_CUT', message: `Only the first ${longestValue} characters were read; the whole is in the payload`, severity: 'warning' });
	return text.slice(0, longestValue);
}

/** "Name" beside "Vorname" is a family name, beside "Surname" a first name. */
function readNameFields({ fields }: ReadLead): void {
	const [whole] = fields.fullName ?? [];
	if (whole === undefined) return;
	if (fields.firstName && !fields.lastName && !foldText(whole).includes(foldText(fields.firstName[0]))) fields.lastName = [whole];
	else if (fields.lastName && !fields.firstName && !foldText(whole).includes(foldText(fields.lastName[0]))) fields.firstName = [whole];
}

function keepCustom(lead: ReadLead, { path, text, plain }: GivenValue, isSaid = true): boolean {
	const named = path.filter((part, index) => index === path.length - 1 || !isTransparent(part)).join('.');
	const label = toOneLine(named).slice(0, longestCustomLabel).trim() || 'value';
	if (isSaid) lead.said.push([label, text]);
	if (Object.keys(lead.custom).length >= mostCustomFields) return false;
	let name = label;
	for (let number = 2; Object.hasOwn(lead.custom, name) || isUnsafeName(name); number++) name = `${label} ${number}`;
	lead.custom[name] = typeof plain === 'string' ? text.slice(0, longestCustomValue) : plain;
	return true;
}

/** The browser's own words about the page, when the form was sent straight to the webhook, and the sender's name of the delivery. */
function addHeaders(lead: ReadLead, headers: Record<string, unknown>): void {
	const header = (name: string) => {
		const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
		return typeof found === 'string' && found !== '' ? found.slice(0, 2_000) : undefined;
	};
	const page = header('referer');
	if (page !== undefined && !lead.fields.pageUrl) lead.fields.pageUrl = [page];
	// "webhook-id" by the Standard Webhooks specification: the same when a delivery is tried again
	const delivery = header('idempotency-key') ?? header('webhook-id') ?? header('svix-id');
	if (delivery !== undefined) lead.eventId ??= delivery;
}

function isNo(text: string): boolean {
	return /^(?:false|0|no|off)?$/i.test(text.trim());
}
