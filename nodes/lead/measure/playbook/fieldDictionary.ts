import type { ClientSettings } from '../../settings/clientSettings';

/** One field that every system of the client should mean the same by. */
export interface FieldRow {
	/** As it stands on the lead, e.g. `lead.email`. */
	field: string;
	meaning: string;
	/** Whether the client's settings ask for it. */
	required: boolean;
}

/** The fields that people talk about, in the order of the record; others stand in `lead.custom`. */
const fields: readonly [string, string][] = [
	['lead.fullName', 'Name of the person, as written, with its letters put right'],
	['lead.email', 'Address to write to; never changed'],
	['lead.phone', 'Number to call, with country code (E.164); what can\'t be read for sure stays raw'],
	['lead.company', 'Company, as written'],
	['lead.country', 'Country in two letters (ISO 3166-1)'],
	['lead.region', 'State, county or canton'],
	['lead.postalCode', 'Postal code'],
	['lead.jobTitle', 'What the person does there'],
	['lead.serviceInterest', 'What was ticked on the form'],
	['lead.companySize', 'People in the company, from and to'],
	['lead.budget', 'Amount the person named, with its currency'],
	['lead.message', 'The person\'s own words; the only text that AI reads'],
	['source.source', 'Who sent the visitor: google, linkedin, a partner'],
	['source.medium', 'By what kind of link: cpc, email, referral'],
	['source.campaign', 'Which campaign, as the link says it'],
	['source.landingPage', 'First page of the visit'],
	['source.firstTouch', 'What brought the person the very first time; never overwritten'],
	['consent.email', 'Whether the person allows e-mail; unknown is not yes'],
	['match.verdict', 'New person (create), known person (append, merge), doubtful (review), same form again (resend)'],
	['intent.name', 'What the person wants, from the list of intents'],
	['routing.queue', 'Team or line that the lead belongs to'],
	['routing.owner', 'The one person who answers for the first contact'],
	['sla.dueAt', 'Moment until which the first human answer is due'],
];

/** What each field means, and which the client requires. */
export function fieldDictionary({ requiredFields = [], requiredSource }: Pick<ClientSettings, 'requiredFields' | 'requiredSource'>): FieldRow[] {
	const required = new Set([...requiredFields.map((name) => `lead.${name}`), ...requiredSource.map((name) => `source.${name}`)]);
	const rows = fields.map(([field, meaning]) => ({ field, meaning, required: required.has(field) }));
	const others = [...required].filter((field) => !rows.some((row) => row.field === field)).map((field) => ({ field, meaning: 'Required by the settings', required: true }));
	return [...rows, ...others];
}
