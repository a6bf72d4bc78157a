import { isObject } from '../../isObject';
import { joinValues, readValues, type ReadValues } from '../readValues';
import { asText, type FormTool, type Json } from './formTool';

/** What an entry holds besides its answers. */
const entryParts = new Set([
	'id', 'form_id', 'post_id', 'date_created', 'date_updated', 'is_starred', 'is_read', 'ip', 'source_url', 'source_id', 'user_agent', 'currency', 'payment_status', 'payment_date',
	'payment_amount', 'payment_method', 'transaction_id', 'transaction_type', 'is_fulfilled', 'created_by', 'status', '_labels', 'form', 'entry', 'fields', 'form_title', 'resume_url', 'submission_speeds',
]);
const answerKey = /^\d+(?:\.\d+)?$/;
/** Inputs of Gravity Forms' name and address fields, by the number after the dot. */
const nameInputs: Record<string, string> = { 2: 'salutation', 3: 'first name', 4: 'middle name', 6: 'last name', 8: 'name suffix' };
const addressInputs: Record<string, string> = { 1: 'street', 2: 'street line 2', 3: 'city', 4: 'state', 5: 'postal code', 6: 'country' };

/**
 * Gravity Forms: an entry of the Webhooks Add-On (all fields or named ones) or of the REST API, with labels from `_labels`
 * or the form beside it, and by the fixed numbers of its name and address inputs where there are none.
 * Shapes from Gravity Forms' Entry Object and REST API references; not yet held against a live form.
 */
export const gravityForms: FormTool = {
	name: 'gravityForms',
	label: 'Gravity Forms',
	recognize(body) {
		const entry = isObject(body.entry) ? body.entry : body;
		if (!('form_id' in entry) || !('date_created' in entry || 'source_url' in entry)) return undefined;
		return Object.keys(entry).some((key) => answerKey.test(key)) || 'is_starred' in entry || 'payment_status' in entry ? 'the body is an entry with numbered fields, as Gravity Forms sends it' : undefined;
	},
	read(body) {
		const entry = isObject(body.entry) ? body.entry : body;
		const labels = readLabels(body, entry);
		const numbered = new Map<string, [sub: string, value: unknown][]>();
		const named: [string, unknown][] = [];
		for (const [key, value] of Object.entries(entry)) {
			if (answerKey.test(key)) {
				const [id, sub = ''] = key.split('.');
				const inputs = numbered.get(id) ?? [];
				inputs.push([sub, value]);
				numbered.set(id, inputs);
			} else if (!entryParts.has(key) && !key.startsWith('gpdf_')) named.push([key, value]);
		}
		return {
			...joinValues([...[...numbered].map(([id, inputs]) => readField(id, inputs, labels)), readValues(Object.fromEntries(named))]),
			formId: asText(entry.form_id),
			eventId: asText(entry.id),
			submittedAt: asText(entry.date_created),
			timeZone: 'UTC',
			source: { pageUrl: asText(entry.source_url) },
		};
	},
};

/** Labels by key, e.g. `1` and `1.3`. */
function readLabels(body: Json, entry: Json): Map<string, string> {
	const labels = new Map<string, string>();
	const add = (id: unknown, label: unknown): void => {
		const [key, text] = [asText(id), asText(label)];
		if (key !== null && text !== null) labels.set(key, text);
	};
	const given = isObject(entry._labels) ? entry._labels : isObject(body._labels) ? body._labels : {};
	for (const [id, label] of Object.entries(given)) {
		if (isObject(label)) for (const [input, text] of Object.entries(label)) add(input, text);
		else add(id, label);
	}
	const form = isObject(body.form) ? body.form : {};
	for (const field of [form.fields, body.fields].flatMap((list) => (Array.isArray(list) ? list.filter(isObject) : []))) {
		add(field.id, field.adminLabel || field.label);
		for (const input of Array.isArray(field.inputs) ? field.inputs.filter(isObject) : []) add(input.id, input.customLabel || input.label);
	}
	return labels;
}

function readField(id: string, inputs: [sub: string, value: unknown][], labels: Map<string, string>): ReadValues {
	const label = labels.get(id);
	if (inputs.length === 1 && inputs[0][0] === '') return readValues(label === undefined ? unlabelled(id, inputs[0][1]) : { [label]: parseList(inputs[0][1]) });
	const consent = readConsentBox(inputs);
	if (consent) return consent;
	const filled = inputs.filter(([, value]) => asText(value) !== null);
	const ticked = filled.every(([sub, value]) => labels.get(`${id}.${sub}`) === value);
	const known = inputs.some(([sub]) => labels.has(`${id}.${sub}`)) && !ticked ? undefined : fixedInputs(inputs);
	if (known) return readValues(Object.fromEntries(filled.map(([sub, value]) => [known[sub] ?? `field ${id}.${sub}`, value])));
	if (ticked) return readValues({ [label ?? `field ${id}`]: filled.map(([, value]) => value) });
	return joinValues(filled.map(([sub, value]) => readValues(label === undefined ? { [labels.get(`${id}.${sub}`) ?? `field ${id}.${sub}`]: value } : { [label]: { [labels.get(`${id}.${sub}`) ?? sub]: value } })));
}

/** A consent field holds the tick, its wording, and the number of the wording's version. */
function readConsentBox(inputs: [sub: string, value: unknown][]): ReadValues | undefined {
	const [tick, wording, version] = ['1', '2', '3'].map((sub) => inputs.find(([one]) => one === sub)?.[1]);
	if (inputs.length !== 3 || !['1', '', 1, true, false, null, undefined].includes(tick as string) || !/^\d+$/.test(asText(version) ?? '') || asText(wording) === null) return undefined;
	return readValues({ [asText(wording) as string]: tick === '1' || tick === 1 || tick === true });
}

function fixedInputs(inputs: [sub: string, value: unknown][]): Record<string, string> | undefined {
	const subs = new Set(inputs.map(([sub]) => sub));
	if ([...subs].every((sub) => sub in nameInputs) && (subs.has('3') || subs.has('6'))) return nameInputs;
	return [...subs].every((sub) => sub in addressInputs) && subs.has('1') && subs.has('5') ? addressInputs : undefined;
}

/** Without a label only the value itself tells: an address and a message are found by their look, a number by its signs. */
function unlabelled(id: string, value: unknown): Json {
	const text = asText(value) ?? '';
	const isPhone = /^\s*(?:\+|\(?0)[\d\s()./-]{6,24}$/.test(text) && text.replace(/\D/g, '').length >= 8;
	return { [isPhone ? 'phone' : `field ${id}`]: value };
}

/** Several choices of one list come as JSON text. */
function parseList(value: unknown): unknown {
	if (typeof value !== 'string' || !/^\["/.test(value)) return value;
	try {
		return JSON.parse(value) as unknown;
	} catch {
		return value;
	}
}
