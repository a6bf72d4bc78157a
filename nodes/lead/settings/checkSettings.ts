import { isObject } from '../isObject';
import type { Problem } from '../leadError';
import { shorten } from '../shorten';
import { checkNames } from './checkNames';
import { checkTimes } from './checkTimes';
import { clientSettingsSchema, type ClientSettings } from './clientSettings';
import { placeInWords } from './placeInWords';
import { readParts } from './settingsParts';

export interface CheckedSettings {
	/** With every default filled in; absent when there is any problem. */
	settings?: ClientSettings;
	/** Everything that is wrong, in the order of the checks; empty when the document is good. */
	problems: Problem[];
}

/**
 * Reads a client settings document, or its JSON text, and tells everything that is wrong with it together:
 * its shape, its names, its hours and dates. Never throws.
 */
export function checkSettings(given: unknown): CheckedSettings {
	const document = typeof given === 'string' ? parse(given) : given;
	if (document instanceof NotJson) return { problems: [notJson(document)] };
	if (!isObject(document)) {
		return { problems: [{
			code: 'SETTINGS_INVALID',
			message: 'The settings are not an object',
			description: 'Give "Settings" one JSON object that begins with {.',
		}] };
	}
	const read = clientSettingsSchema.safeParse(document);
	const parts = readParts(document);
	const problems = [
		...(read.success ? [] : read.error.issues.map((issue) => shapeProblem(issue, document))),
		...checkNames(document, parts),
		...checkTimes(parts),
	];
	return problems.length === 0 && read.success ? { settings: read.data, problems } : { problems };
}

function shapeProblem(issue: { path: PropertyKey[]; message: string }, document: unknown): Problem {
	const place = placeInWords(issue.path, document);
	const said = issue.message.replace(/^Invalid input: /, '');
	return {
		code: 'SETTINGS_INVALID',
		message: shorten(`${place}: ${said}`, 80),
		description: `Correct ${place === 'The settings' ? 'the settings' : `"${place}"`} in "Settings".`,
	};
}

class NotJson {
	/** e.g. `line 3 column 7`; absent when the parser does not tell. */
	constructor(readonly place: string | undefined) {}
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (caught) {
		// the parser's own message would quote the document
		return new NotJson(/line \d+ column \d+/.exec(caught instanceof Error ? caught.message : '')?.[0]);
	}
}

function notJson({ place }: NotJson): Problem {
	return {
		code: 'SETTINGS_NOT_JSON',
		message: `The settings are not JSON${place === undefined ? '' : ` (${place})`}`,
		description: 'Correct "Settings": a comma, quote or bracket is missing or too many.',
	};
}
