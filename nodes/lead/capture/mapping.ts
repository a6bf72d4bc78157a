import { readConsentAnswer, type ConsentChannel } from './consentAnswers';
import type { FormField } from './labelTable';
import type { ReadLead } from './readLead';
import { readValues } from './readValues';

/** Fields that an operator can map by hand, with their names in the panel, in its order. */
export const mappableFields = {
	fullName: 'Full Name', firstName: 'First Name', lastName: 'Last Name', email: 'Email', phone: 'Phone', company: 'Company', website: 'Company Website', jobTitle: 'Job Title',
	message: 'Message', subject: 'Subject', serviceInterest: 'Service Interest', budget: 'Budget', companySize: 'Company Size',
	country: 'Country', region: 'Region', city: 'City', postalCode: 'Postal Code', timeZone: 'Time Zone', language: 'Language',
	source: 'Source (utm_source)', medium: 'Medium (utm_medium)', campaign: 'Campaign (utm_campaign)', term: 'Term (utm_term)', content: 'Content (utm_content)',
	gclid: 'Google Click ID (gclid)', pageUrl: 'Page URL', landingPage: 'Landing Page', referrer: 'Referrer',
	firstSource: 'First Touch Source', firstMedium: 'First Touch Medium', firstCampaign: 'First Touch Campaign',
	consentEmail: 'Email Consent', consentPhone: 'Phone Consent', consentSms: 'SMS Consent', consentWhatsapp: 'WhatsApp Consent', consentText: 'Consent Text', consentAt: 'Consent Time',
	submittedAt: 'Submitted At', eventId: 'Event ID', formId: 'Form ID',
} as const satisfies Partial<Record<FormField, string>>;
export type MappableField = keyof typeof mappableFields;

/** Values by field; an empty one leaves the field to be found. */
export type Mapped = Partial<Record<MappableField, unknown>>;

const channelOf: Partial<Record<MappableField, ConsentChannel>> = { consentEmail: 'email', consentPhone: 'phone', consentSms: 'sms', consentWhatsapp: 'whatsapp' };
/** Not what the lead said. */
const unsaid = new Set<MappableField>(['submittedAt', 'eventId', 'consentAt']);

/** Places what the operator mapped, before anything is found: what is found for the same field comes after it. */
export function placeMapped(lead: ReadLead, mapped: Mapped): void {
	for (const field of Object.keys(mappableFields) as MappableField[]) {
		const text = readValues({ [field]: mapped[field] }).values.map((value) => value.text).join(', ');
		if (text === '') continue;
		const channel = channelOf[field];
		if (!unsaid.has(field)) lead.said.push([field, text]);
		if (channel !== undefined) {
			const answer = readConsentAnswer({ path: [field], text, plain: text });
			lead.consents.push({ channels: [channel], agreed: answer?.agreed, wording: answer?.wording, mapped: true });
		} else if (field === 'submittedAt') lead.submittedAt = typeof mapped[field] === 'number' ? mapped[field] : text;
		else if (field === 'eventId' || field === 'formId') lead[field] = text;
		else {
			lead.fields[field] = [text];
			// a second address or number is of use where the first can't be read
			if (field !== 'email' && field !== 'phone') lead.mapped.add(field);
		}
	}
	// a name that was found in parts would be taken for the better one
	if (lead.mapped.has('fullName') && !lead.mapped.has('firstName') && !lead.mapped.has('lastName')) {
		lead.mapped.add('firstName');
		lead.mapped.add('lastName');
	}
}
