import { isObject } from '../../isObject';
import { joinValues, parseText, readValues, type ReadValues } from '../readValues';
import { asMoment, asText, type FormTool, type Json } from './formTool';

const questionKey = /^q\d+_/;
/** What the form's own script adds. */
const ofTheScript = /^(?:slug|jsExecutionTracker|submitSource|submitDate|buildDate|uploadServerUrl|eventObserver|event_id|timeToSubmit|validatedNewRequiredFieldIDs|visitedPages|path|website|simple_spc|embedUrl|JF-.*|temp_upload|file_server|appID|teamID|product|preview|jtk)$/;

/**
 * Jotform: the webhook (answers as JSON text in `rawRequest`), what n8n's JotForm Trigger makes of it, and a submission of
 * the API. Shapes from Jotform's API reference and webhook guide; not yet held against a live form.
 */
export const jotform: FormTool = {
	name: 'jotform',
	label: 'Jotform',
	recognize(body) {
		if ('rawRequest' in body && ('formID' in body || 'submissionID' in body)) return 'the body holds "rawRequest" and a form ID';
		if (isObject(body.answers) && 'form_id' in body && Object.values(body.answers).some((answer) => isObject(answer) && 'type' in answer && 'text' in answer)) return 'the answers carry Jotform\'s control types';
		return Object.keys(body).filter((key) => questionKey.test(key)).length >= 2 ? 'the fields are called q1_…, q2_… as Jotform calls them' : undefined;
	},
	read(body) {
		if (isObject(body.answers)) {
			return {
				...readApiAnswers(body.answers),
				formId: asText(body.form_id), eventId: asText(body.id), submittedAt: asText(body.created_at),
				// the API gives times in US Eastern Time
				timeZone: 'America/New_York',
			};
		}
		const raw = 'rawRequest' in body ? parseText(body.rawRequest) : body;
		const answers = isObject(raw) ? raw : {};
		const page = asText(answers.embedUrl);
		return {
			...joinValues([readRawAnswers(answers, asText(body.pretty) ?? ''), readValues({ 'time to submit': answers.timeToSubmit })]),
			formId: asText(body.formID),
			eventId: asText(body.submissionID),
			submittedAt: asMoment(answers.submitDate),
			source: { pageUrl: page },
		};
	},
};

/** Keys such as `q3_fullName3` hold the question only roughly; `pretty` has its words. */
function readRawAnswers(answers: Json, pretty: string): ReadValues {
	return joinValues(Object.entries(answers).filter(([key]) => !ofTheScript.test(key)).map(([key, given]) => {
		const label = key.replace(questionKey, '').replace(/(?<=\D)\d+$/, '');
		return readValues({ [prettyLabel(pretty, given) ?? label]: readControl(given) });
	}));
}

/** The words before a plain answer in text such as `Full Name:Ada Lovelace, Company:Acme`. */
function prettyLabel(pretty: string, given: unknown): string | undefined {
	const answer = (Array.isArray(given) && given.length > 0 ? given.map(asText).join(', ') : asText(given))?.trim();
	if (answer === undefined || answer.length > 300 || pretty.length > 20_000) return undefined;
	const end = pretty.indexOf(`:${answer}`);
	if (end < 0) return undefined;
	const after = pretty.slice(end + 1 + answer.length);
	if (after !== '' && !after.startsWith(',')) return undefined;
	const label = pretty.slice(pretty.lastIndexOf(', ', end) + (pretty.lastIndexOf(', ', end) < 0 ? 1 : 2), end).trim();
	return label === '' || label.length > 120 || label.includes(':') ? undefined : label;
}

/** Controls of several boxes: `{ full: "(020) 7946 0018" }`, `{ area, phone }`, `{ addr_line1, city, state, postal, country }`. */
function readControl(given: unknown): unknown {
	if (!isObject(given)) return given;
	if (typeof given.full === 'string') return given.full;
	if ('phone' in given || 'area' in given) return [given.country, given.area, given.phone].map(asText).filter((part) => part !== null).join(' ');
	if ('addr_line1' in given || 'postal' in given) {
		const { addr_line1: street, addr_line2: more, postal, ...place } = given;
		return { street, 'street line 2': more, ...place, 'postal code': postal };
	}
	return given;
}

function readApiAnswers(answers: Json): ReadValues {
	const controls = Object.values(answers).filter(isObject).filter((control) => control.answer !== undefined);
	return joinValues(controls.map((control) => readValues({ [asText(control.text) ?? asText(control.name) ?? '']: readControl(control.answer) })));
}
