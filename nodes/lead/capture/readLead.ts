import { foldText, toOneLine } from '../foldText';
import type { LeadIssue } from '../handoffRecord';
import { isObject } from '../isObject';
import { fieldOf, isOfFirm, isTransparent, type FormField } from './fieldLabels';
import { readFormFill } from './formTools';
import { mostValues, parseText, type GivenValue } from './readValues';

/** A form fill as labelled values, before anything is cleaned. */
export interface ReadLead {
	formTool: string;
	formId: string | null;
	eventId: string | null;
	submittedAt: string | number | null;
	/** Values by field in the order of trust; the first usable one counts. */
	fields: Partial<Record<FormField, string[]>>;
	/** What has no place of its own, by its label; bounded. */
	custom: Record<string, string | number | boolean>;
	/** Labels of consent boxes, for the wording that was agreed to. */
	labels: Partial<Record<FormField, string>>;
	honeypotFilled: boolean;
	/** Label and uncut value of everything the lead said, for the fingerprint. */
	said: [label: string, value: string][];
	issues: LeadIssue[];
}

/** Bounds of `lead.custom`: what lies outside is only in the raw payload. */
export const mostCustomFields = 100;
export const longestCustomValue = 1_000;
const longestCustomLabel = 80;
/** A field holds no more: enough for the longest message and its mending. */
const longestValue = 40_000;

/** Names with a meaning of their own in JavaScript objects, such as `__proto__` or `toString`: they get a number. */
const isUnsafeName = (name: string) => name in Object.prototype || name === 'prototype';

/**
 * Reads any payload as one form fill: an n8n Webhook item, an n8n Form, a form tool's own JSON, a URL-encoded body,
 * lists of questions and answers, flat or nested fields, or no object at all. Never throws.
 * Every key of the payload is payload, also one named like a section of the record.
 */
export function readLead(payload: unknown, forced: { formTool?: string; formId?: string } = {}): ReadLead {
	const { body, query, headers } = unwrapWebhook(payload);
	const fill = readFormFill(body, { fromWebhook: headers !== undefined, name: forced.formTool });
	const fromQuery = query === undefined ? [] : readFormFill(query, { fromWebhook: true }).values;
	const lead: ReadLead = {
		formTool: fill.tool, formId: forced.formId || fill.formId, eventId: fill.eventId, submittedAt: fill.submittedAt,
		fields: {}, custom: {}, labels: {}, honeypotFilled: false, said: [], issues: [],
	};
	const unplaced: GivenValue[] = [];
	for (const given of [...fill.values, ...fromQuery]) {
		if (!place(lead, given)) unplaced.push(given);
	}
	placeBySense(lead, unplaced);
	readNameFields(lead);
	let dropped = 0;
	for (const given of unplaced) if (!keepCustom(lead, given)) dropped++;
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

function place(lead: ReadLead, given: GivenValue): boolean {
	const field = fieldOf(given.path);
	if (field === undefined) return false;
	if (field === 'honeypot') {
		lead.honeypotFilled ||= !isNo(given.text);
		return true;
	}
	if (field === 'technical') return true;
	if (!['submittedAt', 'eventId', 'consentAt'].includes(field)) lead.said.push([field, given.text]);
	const text = cutValue(lead, field, given.text);
	const earlier = lead.fields[field];
	if (earlier === undefined) {
		lead.fields[field] = [text];
		lead.labels[field] = given.path[given.path.length - 1];
	} else if (!earlier.includes(text)) {
		earlier.push(text);
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

const senses: [FormField, words: RegExp, isLikely: (text: string) => boolean][] = [
	['email', /\b(?:e ?mail|mail|courriel|correo)\b/, (text) => /^\S+@\S+\.\S+$/.test(text.trim())],
	['phone', /\b(?:phone|telephone|telefon\w*|tel|mobile|handy|telefono|telefoon\w*|telefone|whatsapp|call)\b/, (text) => text.length < 60 && (text.match(/\d/g)?.length ?? 0) >= 6],
	['company', /\b(?:company|unternehmen|firma|entreprise|societe|empresa|azienda|bedrijf)\b/, (text) => text.length < 120 && !/^(?:yes|no|ja|nein|oui|non|si|sim)$/i.test(text.trim())],
];

/** Boxes with a sentence beside them, folded. A box that fits neither is an answer like any other. */
const boxes: [FormField, RegExp][] = [
	['consentEmail', /\b(?:newsletter|marketing|promotional|werb\w+|nieuwsbrief|boletin|novidades|promotions|offers by email)\b/],
	['consentAny', /\b(?:privacy|privacidad|privacidade|privacyverklaring|datenschutz\w*|dsgvo|gdpr|rgpd|lgpd|confidentialite|einwilligung|terms and conditions|agb|consent|i agree)\b/],
];

/** Whole questions, such as "Which email can we reach you at?": the word and the value together tell the field. */
function placeBySense(lead: ReadLead, unplaced: GivenValue[]): void {
	const take = (field: FormField, isIt: (given: GivenValue) => boolean, isBox = false) => {
		if (lead.fields[field]) return;
		const at = unplaced.findIndex((given) => (isBox || typeof given.plain !== 'boolean') && !isOfFirm(given.path) && isIt(given));
		if (at < 0) return;
		const [given] = unplaced.splice(at, 1);
		lead.labels[field] = given.path[given.path.length - 1];
		lead.fields[field] = [cutValue(lead, field, given.text)];
		lead.said.push([field, given.text]);
	};
	for (const [field, words] of boxes) take(field, ({ path, plain, text }) => (typeof plain === 'boolean' || isBoxAnswer(text)) && words.test(foldText(path[path.length - 1] ?? '')), true);
	for (const [field, words, isLikely] of senses) take(field, ({ path, text }) => words.test(foldText(path[path.length - 1] ?? '')) && isLikely(text));
	// an address is an address wherever it stands
	take('email', ({ text }) => text.length < 255 && /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[a-z]{2,}$/i.test(text.trim()));
	take('message', ({ text, path }) => path.length === 0 || (text.trim().split(/\s+/, 9).length >= 8 && !/^https?:/i.test(text)));
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

/** The browser's own words about the page, when the form was sent straight to the webhook. */
function addHeaders(lead: ReadLead, headers: Record<string, unknown>): void {
	const header = (name: string) => {
		const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
		return typeof found === 'string' && found !== '' ? found.slice(0, 2_000) : undefined;
	};
	const page = header('referer');
	if (page !== undefined && !lead.fields.pageUrl) lead.fields.pageUrl = [page];
	const key = header('idempotency-key');
	if (key !== undefined) lead.eventId ??= key;
}

function isBoxAnswer(text: string): boolean {
	return /^(?:true|false|yes|no|on|off|1|0|ja|nein|nee|oui|non|s[ií]|sim|n[aã]o|accepted|checked)$/i.test(text.trim());
}

function isNo(text: string): boolean {
	return /^(?:false|0|no|off)?$/i.test(text.trim());
}
