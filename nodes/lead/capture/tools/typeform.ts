import { isObject } from '../../isObject';
import { typedLabel } from '../fieldLabels';
import { joinValues, readValues, type ReadValues } from '../readValues';
import { asText, type FormTool, type Json, type ToolFill } from './formTool';

/**
 * Typeform: the webhook, a response of the Responses API, and what n8n's Typeform Trigger makes of them.
 * Shapes from Typeform's webhook and Responses API references; not yet held against a live form.
 */
export const typeform: FormTool = {
	name: 'typeform',
	label: 'Typeform',
	recognize(body) {
		if (isObject(body.form_response) && (Array.isArray(body.form_response.answers) || isObject(body.form_response.answers))) return 'the body holds "form_response" with answers';
		// every question may be optional; the hidden fields may still name the lead
		if (isObject(body.form_response) && asText(body.form_response.token) !== null) return 'the body holds "form_response" with a token';
		if (Array.isArray(body.answers) && body.answers.some(isAnswer) && ('landed_at' in body || 'token' in body)) return 'the answers carry a type and a field';
		const parts = Object.values(body);
		return parts.length > 0 && parts.every(isAnswer) ? 'every part is an answer with a type and a field' : undefined;
	},
	read(body) {
		const response = isObject(body.form_response) ? body.form_response : Array.isArray(body.answers) ? body : { answers: Object.values(body) };
		const metadata = isObject(response.metadata) ? response.metadata : {};
		const answers = Array.isArray(response.answers) ? readAnswers(response.answers, questionsOf(response.definition)) : readValues(response.answers);
		return {
			...joinValues([answers, readValues(response.hidden), readVariables(response.variables), readValues({ 'landed at': response.landed_at })]),
			formId: asText(response.form_id),
			// the token names the response, the event only a try to deliver it
			eventId: asText(response.token) ?? asText(response.response_id) ?? asText(body.event_id),
			submittedAt: asText(response.submitted_at),
			source: { pageUrl: asText(metadata.referer) },
		} satisfies ToolFill;
	},
};

function isAnswer(one: unknown): one is Json {
	return isObject(one) && typeof one.type === 'string' && isObject(one.field) && typeof one.field.id === 'string';
}

/** Questions by id and ref; those of a group, an address or a contact block stand inside it. */
function questionsOf(definition: unknown): Map<unknown, string> {
	const titles = new Map<unknown, string>();
	const add = (fields: unknown, depth: number): void => {
		if (!Array.isArray(fields) || depth > 3) return;
		for (const field of fields.filter(isObject)) {
			// a title may repeat an earlier answer: "Thanks {{field:abc}}, which company is it?"
			const title = asText(field.title)?.replace(/\{\{[^{}]*\}\}/g, ' ');
			for (const name of title === undefined ? [] : [field.id, field.ref]) if (name !== undefined && !titles.has(name)) titles.set(name, title as string);
			add(field.fields, depth + 1);
			if (isObject(field.properties)) add(field.properties.fields, depth + 1);
		}
	};
	if (isObject(definition)) add(definition.fields, 0);
	return titles;
}

function readAnswers(answers: unknown[], questions: Map<unknown, string>): ReadValues {
	return joinValues(answers.filter(isObject).map((answer) => {
		const field = isObject(answer.field) ? answer.field : {};
		const type = asText(answer.type) ?? '';
		const label = questions.get(field.id) ?? questions.get(field.ref) ?? asText(field.title) ?? asText(field.ref) ?? type;
		const given = Object.hasOwn(answer, type) ? answer[type] : undefined;
		const chosen = isObject(given) ? [given.labels ?? given.label ?? [], given.other ?? []].flat() : given;
		return readValues({ [typedLabel(label, type === 'email' ? 'email' : type === 'phone_number' ? 'phone' : undefined)]: chosen });
	}));
}

/** Values that the form's logic worked out, such as a price; a score of 0 is what every form without a score has. */
function readVariables(variables: unknown): ReadValues {
	const given = Array.isArray(variables) ? variables.filter(isObject) : [];
	return readValues(Object.fromEntries(given.map((one) => [asText(one.key) ?? '', one.number ?? one.text]).filter(([key, value]) => key !== '' && !(key === 'score' && value === 0))));
}
