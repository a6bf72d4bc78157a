import { isObject } from '../../isObject';
import { joinValues, readValues, type ReadValues } from '../readValues';
import { asMoment, asText, type FormTool, type Json, type ToolFill } from './formTool';

/** Objects that a field may belong to; the same name means another thing on each. From HubSpot's list of object types, read 2026-11. */
const companyType = '0-2';

/**
 * HubSpot: a form submission (as sent to the Forms API, and as its list of submissions gives it), and the contact that a
 * workflow's webhook sends. Shapes from HubSpot's forms and contacts references, read 2026-11.
 */
export const hubspot: FormTool = {
	name: 'hubspot',
	label: 'HubSpot',
	recognize(body) {
		if (isSubmission(body)) return 'the fields are HubSpot\'s, with their object type or page context';
		return isContact(body) ? 'the body is a HubSpot contact' : undefined;
	},
	read: (body) => (isSubmission(body) ? readSubmission(body) : readContact(body)),
};

function fieldsOf(body: Json): Json[] {
	const list = body.fields ?? body.values;
	return Array.isArray(list) ? list.filter(isObject) : [];
}

function isSubmission(body: Json): boolean {
	const named = fieldsOf(body).filter((one) => typeof one.name === 'string');
	if (named.length === 0) return false;
	return named.some((one) => 'objectTypeId' in one) || (isObject(body.context) && 'pageUri' in body.context) || ('conversionId' in body && 'pageUrl' in body) || isObject(body.legalConsentOptions);
}

function isContact(body: Json): boolean {
	return isObject(body.properties) && (body.vid !== undefined || body['form-submissions'] !== undefined || (typeof body.id === 'string' && 'archived' in body));
}

function readSubmission(body: Json): ToolFill {
	const context = isObject(body.context) ? body.context : {};
	const values = fieldsOf(body).map((field) => {
		const name = asText(field.name) ?? '';
		const [, type, bare] = /^(0-\d+)\/(.+)$/.exec(name) ?? [undefined, asText(field.objectTypeId), name];
		// "name" and "domain" of a company
		return readValues(type === companyType ? { company: { [bare]: field.value } } : { [bare]: field.value });
	});
	return {
		...joinValues([...values, readLegalConsent(body.legalConsentOptions ?? body.legalConsent)]),
		formId: asText(body.formId) ?? asText(body.formGuid),
		eventId: asText(body.conversionId),
		submittedAt: asMoment(body.submittedAt),
		source: { pageUrl: asText(body.pageUrl) ?? asText(context.pageUri) },
	};
}

/** The wording stands beside each answer: `{ consent: { consentToProcess, text, communications: [{ value, text }] } }`. */
function readLegalConsent(given: unknown): ReadValues {
	if (!isObject(given)) return readValues(undefined);
	const parts = isObject(given.consent) ? given.consent : isObject(given.legitimateInterest) ? given.legitimateInterest : {};
	const communications = Array.isArray(parts.communications) ? parts.communications.filter(isObject) : [parts];
	const ticked = communications.filter((one) => typeof one.value === 'boolean').map((one) => readValues({ [`${asText(one.text) ?? 'marketing emails'}`]: one.value }));
	return joinValues([readValues({ 'consent text': parts.text }), ...ticked]);
}

function readContact(body: Json): ToolFill {
	const given = isObject(body.properties) ? body.properties : {};
	const properties = Object.fromEntries(Object.entries(given).map(([key, one]) => [key, isObject(one) && 'value' in one ? one.value : one]));
	const submissions = Array.isArray(body['form-submissions']) ? body['form-submissions'].filter(isObject) : [];
	const latest = submissions[0] ?? {};
	return {
		...readValues(properties),
		formId: asText(latest['form-id']),
		// the id of a contact is that of the person, not of this submission
		eventId: asText(latest['conversion-id']),
		submittedAt: asMoment(latest.timestamp),
		source: { pageUrl: asText(latest['page-url']) },
	};
}
