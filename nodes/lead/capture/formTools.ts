import { isObject } from '../isObject';
import { readValues, type GivenValue, type ReadValues } from './readValues';

/** What a form tool sent, without its wrapping. */
export interface FormFill extends ReadValues {
	/** Name in `submission.formTool`. */
	tool: string;
	formId: string | null;
	/** The tool's own id of this one submission, the same when it delivers again. */
	eventId: string | null;
	/** As given: ISO text or epoch number. */
	submittedAt: string | number | null;
}

type Json = Record<string, unknown>;

interface FormTool {
	name: string;
	isSentBy: (body: Json) => boolean;
	read: (body: Json) => Omit<FormFill, 'tool'>;
}

/** Tools with a payload of their own shape; the first that fits reads it. Shapes from the tools' webhook references, read 2026-11. */
const formTools: FormTool[] = [
	{
		name: 'typeform',
		isSentBy: (body) => isObject(body.form_response) && Array.isArray(body.form_response.answers),
		read: readTypeform,
	},
	{
		name: 'tally',
		isSentBy: (body) => body.eventType === 'FORM_RESPONSE' && isObject(body.data) && Array.isArray(body.data.fields),
		read: readTally,
	},
	{
		name: 'hubspot',
		isSentBy: (body) => isHubSpotSubmission(body) || isHubSpotContact(body),
		read: readHubSpot,
	},
	{
		name: 'n8nForm',
		isSentBy: (body) => typeof body.formMode === 'string' && typeof body.submittedAt === 'string',
		// "formMode" is left among the answers, where its label is known as technical
		read: ({ submittedAt, formQueryParameters, ...answers }) => {
			const values = readValues(answers);
			return { ...values, values: [...values.values, ...readValues(formQueryParameters).values], formId: null, eventId: null, submittedAt: submittedAt as string };
		},
	},
];

/** Tool names that a setting may force, besides `webhook` and `generic`. */
export const formToolNames = [...formTools.map((tool) => tool.name), 'webhook', 'generic'];

/** Reads a payload as the tool that sent it, known by its shape; `name` forces the label, not the reading. */
export function readFormFill(body: unknown, { fromWebhook, name }: { fromWebhook: boolean; name?: string }): FormFill {
	const tool = isObject(body) ? formTools.find((one) => one.isSentBy(body)) : undefined;
	const label = name || (tool?.name ?? (fromWebhook ? 'webhook' : 'generic'));
	if (tool) return { tool: label, ...tool.read(body as Json) };
	return { tool: label, ...readValues(body), formId: null, eventId: null, submittedAt: null };
}

function readTypeform(body: Json): Omit<FormFill, 'tool'> {
	const response = body.form_response as Json;
	const definition = isObject(response.definition) && Array.isArray(response.definition.fields) ? response.definition.fields.filter(isObject) : [];
	const values: GivenValue[] = [];
	for (const answer of (response.answers as unknown[]).filter(isObject)) {
		const field = isObject(answer.field) ? answer.field : {};
		const question = definition.find((one) => one.id === field.id || (one.ref !== undefined && one.ref === field.ref));
		const label = asText(question?.title) ?? asText(field.ref) ?? asText(answer.type) ?? '';
		const type = asText(answer.type) ?? '';
		const given = Object.hasOwn(answer, type) ? answer[type] : undefined;
		const text = isObject(given) ? (given.labels ?? given.label ?? given.other) : given;
		const typed = type === 'email' ? 'email' : type === 'phone_number' ? 'phone' : label;
		values.push(...readValues({ [typed]: text }).values);
	}
	const hidden = readValues(response.hidden);
	return {
		values: [...values, ...hidden.values],
		cut: hidden.cut,
		leads: 1,
		formId: asText(response.form_id),
		// the token names the response, the event only a try to deliver it
		eventId: asText(response.token) ?? asText(body.event_id),
		submittedAt: asText(response.submitted_at),
	};
}

function readTally(body: Json): Omit<FormFill, 'tool'> {
	const sent = body.data as Json;
	const values: GivenValue[] = [];
	let cut = false;
	for (const field of (sent.fields as unknown[]).filter(isObject)) {
		const options = Array.isArray(field.options) ? field.options.filter(isObject) : [];
		const chosen = [field.value].flat().map((one) => options.find((option) => option.id === one)?.text ?? one);
		const label = asText(field.label) ?? asText(field.key) ?? '';
		const type = asText(field.type) ?? '';
		const read = readValues({ [type === 'INPUT_EMAIL' ? 'email' : type === 'INPUT_PHONE_NUMBER' ? 'phone' : label]: chosen });
		values.push(...read.values);
		cut ||= read.cut;
	}
	return {
		values, cut, leads: 1,
		formId: asText(sent.formId),
		eventId: asText(sent.submissionId) ?? asText(sent.responseId) ?? asText(body.eventId),
		submittedAt: asText(sent.createdAt) ?? asText(body.createdAt),
	};
}

function isHubSpotSubmission(body: Json): boolean {
	const list = body.fields ?? body.values;
	return Array.isArray(list) && list.some((one) => isObject(one) && typeof one.name === 'string' && ('objectTypeId' in one || (isObject(body.context) && 'pageUri' in body.context)));
}

function isHubSpotContact(body: Json): boolean {
	return isObject(body.properties) && (body.vid !== undefined || body['form-submissions'] !== undefined || (typeof body.id === 'string' && 'archived' in body));
}

function readHubSpot(body: Json): Omit<FormFill, 'tool'> {
	if (isHubSpotSubmission(body)) {
		const context = isObject(body.context) ? body.context : {};
		const values = readValues(body.fields ?? body.values);
		const page = readValues({ pageUrl: body.pageUrl ?? context.pageUri, legalConsent: body.legalConsentOptions ?? body.legalConsent });
		return {
			...values,
			values: [...values.values, ...page.values],
			formId: asText(body.formId) ?? asText(body.formGuid),
			eventId: asText(body.conversionId),
			submittedAt: asMoment(body.submittedAt),
		};
	}
	const properties = Object.fromEntries(Object.entries(body.properties as Json).map(([key, given]) => [key, isObject(given) && 'value' in given ? given.value : given]));
	const submissions = Array.isArray(body['form-submissions']) ? body['form-submissions'].filter(isObject) : [];
	const latest = submissions[0];
	const values = readValues(properties);
	return {
		...values,
		values: [...values.values, ...readValues({ pageUrl: latest?.['page-url'] }).values],
		formId: asText(latest?.['form-id']),
		// the id of a contact is that of the person, not of this submission
		eventId: asText(latest?.['conversion-id']),
		submittedAt: asMoment(latest?.timestamp),
	};
}

function asText(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
}

function asMoment(value: unknown): string | number | null {
	return typeof value === 'number' ? value : asText(value);
}
