import { isObject } from '../../isObject';
import { typedLabel } from '../fieldLabels';
import { nestBrackets } from '../nestBrackets';
import { joinValues, readValues, type ReadValues } from '../readValues';
import { asText, type FormTool } from './formTool';

/**
 * Elementor Pro forms: the webhook action, plain (labels and values) and with Advanced Data (`fields[email][value]`).
 * Shapes from Elementor's help pages on form webhooks; not yet held against a live form.
 */
export const elementor: FormTool = {
	name: 'elementor',
	label: 'Elementor',
	recognize(body) {
		const nested = nestBrackets(body);
		if (isObject(nested.form) && isAdvanced(nested.fields)) return 'the body holds a form and its fields with title, type and value';
		if (body['Powered by'] === 'Elementor') return 'the body says that it is powered by Elementor';
		return /^[0-9a-f]{6,8}$/.test(asText(body.form_id) ?? '') && typeof body.form_name === 'string' ? 'the body holds a form ID and a form name as Elementor gives them' : undefined;
	},
	read(body) {
		const { form, fields, meta, ...rest } = nestBrackets(body);
		const about = isObject(meta) ? meta : {};
		const valueOf = (name: string) => asText(isObject(about[name]) ? about[name].value : about[name]);
		if (!isObject(fields)) {
			const { 'Date': date, 'Time': time, 'Page URL': page, ...answers } = body;
			return {
				...readValues(answers), formId: asText(body.form_id), eventId: null, submittedAt: moment(asText(date), asText(time)), source: { pageUrl: asText(page) },
			};
		}
		return {
			...joinValues([...Object.entries(fields).map(readField), readValues(rest)]),
			formId: isObject(form) ? asText(form.id) : null,
			eventId: null,
			submittedAt: moment(valueOf('date'), valueOf('time')),
			source: { pageUrl: valueOf('page_url') },
		};
	},
};

function isAdvanced(fields: unknown): boolean {
	return isObject(fields) && Object.values(fields).some((field) => isObject(field) && 'value' in field && ('type' in field || 'title' in field || 'raw_value' in field));
}

function readField([key, field]: [string, unknown]): ReadValues {
	if (!isObject(field)) return readValues({ [key]: field });
	const type = asText(field.type) ?? '';
	const label = asText(field.title) ?? asText(field.id) ?? key;
	if (type === 'honeypot') return readValues({ honeypot: field.value });
	if (type === 'recaptcha' || type === 'recaptcha_v3' || type === 'step') return readValues(undefined);
	// a box gives "on" or nothing
	if (type === 'acceptance') return readValues({ [label]: field.value === 'on' || field.value === 'yes' || field.value === true });
	const name = type === 'hidden' ? asText(field.id) ?? label : label;
	return readValues({ [typedLabel(name, type === 'email' ? 'email' : type === 'tel' ? 'phone' : undefined)]: field.value });
}

/** As the site writes it, e.g. `November 20, 2026` and `6:31 pm`, in the site's own zone. */
function moment(date: string | null, time: string | null): string | null {
	return date === null || time === null ? null : `${date} ${time}`;
}
