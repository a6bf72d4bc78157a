import type { z } from 'zod/v4';
import { isObject } from '../isObject';
import type { Problem } from '../leadError';
import { quote, shorten } from '../shorten';
import { checkNames } from './checkNames';
import { checkTimes } from './checkTimes';
import { clientSettingsSchema, type ClientSettings } from './clientSettings';
import { keysAt } from './knownKeys';
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
		...(read.success ? [] : read.error.issues.flatMap((issue) => shapeProblems(issue, document))),
		...checkNames(document, parts),
		...checkTimes(parts),
	];
	return problems.length === 0 && read.success ? { settings: read.data, problems } : { problems };
}

function shapeProblems(issue: z.core.$ZodIssue, document: unknown): Problem[] {
	if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(issue.path, key, document));
	if (issue.code === 'invalid_key') return [unknownName(issue.path, document)];
	const place = placeInWords(issue.path, document);
	const said = issue.message.replace(/^Invalid input: /, '');
	return [{
		code: 'SETTINGS_INVALID',
		message: shorten(`${place}: ${said}`, 80),
		description: `Correct ${place === 'The settings' ? 'the settings' : `"${place}"`} in "Settings".`,
	}];
}

/** What operators write on a member or a team when they look for its working hours. */
const hoursKeys = new Set(['hours', 'workingHours']);

function unknownKey(path: PropertyKey[], key: string, document: unknown): Problem {
	const place = placeInWords(path, document);
	const isPerson = path[0] === 'members' || path[0] === 'teams';
	const elsewhere = isPerson && hoursKeys.has(key) ? ' Working hours stand in one of "calendars", which "calendar" names.' : '';
	return {
		code: 'SETTINGS_INVALID',
		message: shorten(`${place} ${path.length === 0 ? 'have' : 'has'} no ${quote(key)}`, 80),
		description: `Correct or remove it in "Settings"; known here are ${keysAt(path).join(', ')}.${elsewhere}`,
	};
}

/** A name that is none of a fixed list: a day of the week in hours, a stage in its owners. */
function unknownName(path: PropertyKey[], document: unknown): Problem {
	const holder = path.slice(0, -1);
	const noun = path[0] === 'calendars' ? 'a weekday' : 'a stage';
	return {
		code: 'SETTINGS_INVALID',
		message: shorten(`${placeInWords(holder, document)}: ${quote(String(path.at(-1)), 16)} is not ${noun}`, 80),
		description: `Write one of ${keysAt(holder).join(', ')} in "Settings".`,
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
