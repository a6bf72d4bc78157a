import type { HandoffRecord, LeadFields } from '../handoffRecord';
import { readAlsoFields, type AlsoField } from './alsoFields';
import { cleanFields, type GivenFields } from './cleanFields';
import { companyKey } from './companyKey';
import type { ComparedFields } from './knownPerson';
import { cutText, longestField } from './text';

/** Fields of a lead that are compared, and remembered of a person. */
const comparedFields = [
	'firstName', 'lastName', 'fullName', 'email', 'emailKey', 'emailDomain', 'phone', 'phoneType', 'company', 'companyKey', 'companyDomain',
	'jobTitle', 'country', 'region', 'city', 'postalCode', 'timeZone', 'language',
] as const satisfies readonly (keyof LeadFields)[];

/** Ways to reach a person that can be consented to, or opted out of. */
export const consentWays = ['email', 'phone', 'sms'] as const;
export type ConsentWay = (typeof consentWays)[number];

/**
 * What is compared and remembered of a lead: its known fields, its consent and the first touch of its source, and what the
 * operator wants compared, too.
 */
export function readComparedFields(
	{ lead, consent, source, quality, submission }: Pick<HandoffRecord, 'lead' | 'consent' | 'source' | 'quality'> & { submission?: Pick<HandoffRecord['submission'], 'formTool'> },
	also: readonly AlsoField[] = [],
): ComparedFields {
	const fields = { ...pickFields(lead), ...readAlsoFields(lead, also) };
	if (submission) fields.recordedBy = submission.formTool;
	// a company that was written to the item after Lead Normalize has no key of its own
	if (fields.company && !fields.companyKey) fields.companyKey = companyKey(cutText(fields.company, longestField).text);
	for (const way of consentWays) {
		if (typeof consent[way] === 'boolean') fields[`consent.${way}`] = consent[way] ? 'yes' : 'no';
	}
	const first = source.firstTouch ?? source;
	for (const part of ['source', 'medium', 'campaign'] as const) {
		if (typeof first[part] === 'string') fields[`firstTouch.${part}`] = first[part];
	}
	if (quality.flags?.roleEmail === true || quality.flags?.disposableEmail === true) fields.sharedEmail = 'yes';
	return fields;
}

/** What is compared of somebody who did not come through Lead Normalize: the same fields, cleaned the same way. */
export function cleanComparedFields(given: GivenFields['fields'], defaultCountry?: string): ComparedFields {
	const { lead, email } = cleanFields({ fields: given, custom: {} }, defaultCountry);
	const fields = pickFields(lead);
	if (email.role || email.disposable) fields.sharedEmail = 'yes';
	return fields;
}

/** What a flat item says of a person; all else of the compared fields follows from it. */
const saidFields = [
	'firstName', 'lastName', 'fullName', 'email', 'phone', 'company', 'jobTitle', 'country', 'region', 'city', 'postalCode', 'timeZone', 'language',
] as const satisfies readonly (keyof LeadFields & keyof GivenFields['fields'])[];

/** What is compared of a flat item, cleaned. */
export function cleanLeadFields(lead: LeadFields, defaultCountry?: string, also: readonly AlsoField[] = []): ComparedFields {
	const given: GivenFields['fields'] = {};
	for (const name of saidFields) {
		const said = lead[name];
		if (said !== null) given[name] = [said];
	}
	if (lead.companyDomain !== null) given.website = [lead.companyDomain];
	return { ...cleanComparedFields(given, defaultCountry), ...readAlsoFields(lead, also) };
}

function pickFields(lead: LeadFields): ComparedFields {
	const fields: ComparedFields = {};
	for (const name of comparedFields) if (typeof lead[name] === 'string') fields[name] = lead[name];
	const digits = fields.phone ? '' : unreadDigits(lead.custom.phoneRaw);
	if (digits !== '') fields.phone = digits;
	return fields;
}

/** A number that can't be read, mostly for want of its country, is compared by its end. Empty when it can't be a number. */
function unreadDigits(phoneRaw: unknown): string {
	const digits = typeof phoneRaw === 'string' ? phoneRaw.replace(/\(\s*0\s*\)|\D/g, '') : '';
	return digits.length >= 6 && digits.length <= 15 ? digits : '';
}
