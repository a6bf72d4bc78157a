import { isObject } from '../../isObject';
import { typedLabel } from '../fieldLabels';
import { joinValues, readValues } from '../readValues';
import { asText, type FormTool, type Json } from './formTool';

/** Tally: the webhook. Shape from Tally's webhook reference; not yet held against a live form. */
export const tally: FormTool = {
	name: 'tally',
	label: 'Tally',
	recognize: (body) => (body.eventType === 'FORM_RESPONSE' && isObject(body.data) && Array.isArray(body.data.fields) ? 'the event type is FORM_RESPONSE' : undefined),
	read(body) {
		const sent = isObject(body.data) ? body.data : {};
		const fields = Array.isArray(sent.fields) ? sent.fields.filter(isObject) : [];
		const keys = new Set(fields.map(({ key }) => key));
		return {
			...joinValues(fields.filter((field) => !isTickOfAnother(field, keys)).map((field) => readValues(fieldValue(field)))),
			formId: asText(sent.formId),
			eventId: asText(sent.submissionId) ?? asText(sent.responseId) ?? asText(body.eventId),
			submittedAt: asText(sent.createdAt) ?? asText(body.createdAt),
		};
	},
};

/** Beside a question of boxes Tally sends each box once more, with true or false and a key that begins with the question's. */
function isTickOfAnother({ key, type, value }: Json, keys: Set<unknown>): boolean {
	if (type !== 'CHECKBOXES' || typeof value !== 'boolean' || typeof key !== 'string') return false;
	return keys.has(key.slice(0, key.lastIndexOf('_'))) || keys.has(key.split('_').slice(0, 2).join('_'));
}

function fieldValue(field: Json): Json {
	const type = asText(field.type) ?? '';
	const label = asText(field.label) ?? '';
	const options = Array.isArray(field.options) ? field.options.filter(isObject) : [];
	const given: unknown[] = Array.isArray(field.value) ? field.value : [field.value ?? []].flat();
	if (type === 'CHECKBOXES' && options.length === 1) {
		// one box, such as a consent: its text is what is ticked
		const text = asText(options[0].text) ?? '';
		return { [text.length > label.length ? text : label]: given.includes(options[0].id) || given.includes(true) };
	}
	if (type === 'FILE_UPLOAD') return { [label]: given.map((file) => (isObject(file) ? file.url : file)) };
	if (type === 'MATRIX' && isObject(field.value)) return { [label]: readMatrix(field.value, field) };
	const chosen = given.map((one) => options.find((option) => option.id === one)?.text ?? one);
	const name = label || (asText(field.key) ?? '');
	return { [typedLabel(name, type === 'INPUT_EMAIL' ? 'email' : type === 'INPUT_PHONE_NUMBER' ? 'phone' : undefined)]: field.value === null || field.value === undefined ? '' : chosen };
}

/** Rows and columns by their texts. */
function readMatrix(value: Json, { rows, columns }: Json): Json {
	const textOf = (list: unknown, id: unknown): string => asText((Array.isArray(list) ? list.filter(isObject) : []).find((one) => one.id === id)?.text) ?? asText(id) ?? '';
	return Object.fromEntries(Object.entries(value).map(([row, chosen]) => [textOf(rows, row), (Array.isArray(chosen) ? chosen : [chosen]).map((column: unknown) => textOf(columns, column))]));
}
