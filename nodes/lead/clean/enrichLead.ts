import type { Enrichment, FieldChange, HandoffRecord, LeadFields, Moment } from '../handoffRecord';
import { isObject } from '../isObject';
import { written } from './changeLog';
import { cleanFields } from './cleanFields';
import { cutText, longestField, repairLine } from './text';

/** What a service says of the company or the person, as it wrote it, e.g. `{ company: 'Acme Ltd', companySize: '51-200', industry: 'software' }`. */
export interface LookedUp {
	/** Its name, e.g. `People Data Labs`. */
	service: string;
	at: Moment;
	values: unknown;
}

/** Where a company is: of one place or of none. */
const places = ['region', 'city', 'postalCode'] as const;
const ownFields = ['company', 'website', 'jobTitle', 'country', 'companySize', ...places] as const;
/** Who the lead is, how to reach it and what it wants is for the lead to say. */
const neverFilled = ['firstName', 'lastName', 'fullName', 'email', 'phone', 'mobile', 'message', 'budget', 'serviceInterest'];
const safeLabel = /^\p{L}[\p{L}\p{N} _-]{0,59}$/u;
const unsafeLabels = ['constructor', 'prototype'];
const mostValues = 30;

/**
 * Why a lead is not worth a look-up that costs money; undefined when it is.
 *
 * @param domain Of the company; see `companyDomainOf`.
 */
export function whyNoLookUp({ match, quality }: Pick<HandoffRecord, 'match' | 'quality'>, domain: string | null): string | undefined {
	if (match?.verdict === 'resend') return 'this form was sent again';
	if (quality.flags.suspectedSpam) return 'the lead looks like spam';
	if (!quality.replyPath) return 'the lead cannot be answered';
	if (domain === null) return 'neither company website nor business address is known';
	return undefined;
}

/** By what a company is looked up: its domain, never that of a mail provider. */
export function companyDomainOf({ lead, quality: { flags } }: Pick<HandoffRecord, 'lead' | 'quality'>): string | null {
	return lead.companyDomain ?? (flags.freeEmail || flags.disposableEmail ? null : lead.emailDomain);
}

/**
 * What of a look-up says more than the lead did. Fields of the record by their names (`company`, `website`, `jobTitle`,
 * `country`, `region`, `city`, `postalCode`, `companySize`), everything else under `lead.custom`. Values that are no text,
 * number or yes and no are left out; at most 30 are read. Never throws.
 */
export function readLookedUp({ lead }: Pick<HandoffRecord, 'lead'>, { service, at, values }: LookedUp): Enrichment {
	const given = Object.entries(isObject(values) ? values : {}).slice(0, mostValues).flatMap(([name, value]) => textOf(name, value));
	const text = new Map(given.map(({ name, text: said }) => [name, said]));
	const { lead: said } = cleanFields({ fields: Object.fromEntries(ownFields.flatMap((name) => (text.has(name) ? [[name, [text.get(name) as string]]] : []))), custom: {} });
	const enrichment: Enrichment = { service, at, filled: {}, because: [] };
	const take = (name: keyof LeadFields, label: string) => {
		if (said[name] === null) return;
		if (lead[name] === null) enrichment.filled[`lead.${name}`] = said[name];
		else if (written(said[name]) !== written(lead[name])) enrichment.because.push(`${label} as the lead gave it: ${service} says otherwise`);
	};
	take('company', 'company');
	if (lead.company === null && said.companyKey !== null) enrichment.filled['lead.companyKey'] = said.companyKey;
	if (lead.companyDomain === null && said.companyDomain !== null) enrichment.filled['lead.companyDomain'] = said.companyDomain;
	take('jobTitle', 'job title');
	take('companySize', 'company size');
	take('country', 'country');
	if (lead.country === null || lead.country === said.country) {
		// a city of another place than the lead's region would be worse than none
		if (places.every((name) => lead[name] === null)) places.forEach((name) => { take(name, name); });
	}
	// a form's "Industry" and a service's "industry" are one thing
	const labels = new Set(Object.keys(lead.custom).map(foldLabel));
	for (const { name, value } of given) {
		if ((ownFields as readonly string[]).includes(name)) continue;
		if (neverFilled.includes(name)) enrichment.because.push(`${name} is for the lead to say`);
		else if (!safeLabel.test(name) || unsafeLabels.includes(name)) enrichment.because.push('a value whose name is no plain words');
		else if (labels.has(foldLabel(name))) enrichment.because.push(`${name} as the lead gave it`);
		else enrichment.filled[`lead.custom.${name}`] = value;
	}
	return enrichment;
}

/** The lead with what was looked up, if anything was, each value marked in `quality.changes`; what the lead says itself by now stays. */
export function enrichLead(record: HandoffRecord, enrichment: Enrichment | undefined): HandoffRecord {
	if (!enrichment) return record;
	const lead: LeadFields = { ...record.lead, custom: { ...record.lead.custom } };
	const changes: FieldChange[] = [];
	for (const [field, value] of Object.entries(enrichment.filled)) {
		const name = field.slice(field.lastIndexOf('.') + 1);
		const room: Record<string, unknown> = field.startsWith('lead.custom.') ? lead.custom : lead as never;
		if ((room[name] ?? null) !== null) continue;
		room[name] = value;
		changes.push({ field, before: '', after: written(value), rule: `looked up at ${enrichment.service}` });
	}
	return { ...record, lead, quality: { ...record.quality, changes: [...record.quality.changes, ...changes] }, enrichment };
}

function foldLabel(label: string): string {
	return label.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function textOf(name: string, value: unknown): { name: string; text: string; value: unknown }[] {
	if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return [{ name, text: String(value), value }];
	if (typeof value !== 'string') return [];
	const { text } = cutText(repairLine(value), longestField);
	return text === '' ? [] : [{ name, text, value: text }];
}
