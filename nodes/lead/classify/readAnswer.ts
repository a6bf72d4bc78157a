import type { Answer, AnswerSchema } from './answerSchema';

/** A checked answer, or why there is none: in words, without anything that the model or the lead wrote. */
export type ReadAnswer = { status: 'read'; answer: Answer } | { status: 'unreadable'; reason: string };

/** Longer answers are noise: the whole of a good one is under 3,000 characters. */
const longestAnswer = 50_000;

/**
 * Reads a model's answer: an object, JSON text, JSON in a code fence, or one JSON object with prose around it.
 * Two objects in one text are not read: the second may be what the lead wrote, said again.
 */
export function readAnswer(content: unknown, schema: AnswerSchema): ReadAnswer {
	const value = typeof content === 'string' ? readText(content) : { json: content };
	if ('reason' in value) return { status: 'unreadable', reason: value.reason };
	if (typeof value.json !== 'object' || value.json === null) return { status: 'unreadable', reason: 'the answer was empty' };
	const checked = schema.safeParse(value.json);
	if (checked.success) return { status: 'read', answer: checked.data };
	const fields = [...new Set(checked.error.issues.map(({ path }) => String(path[0] ?? 'the answer')))];
	return { status: 'unreadable', reason: `the answer was not of its shape (${fields.slice(0, 4).join(', ')})` };
}

function readText(text: string): { json: unknown } | { reason: string } {
	const trimmed = text.trim();
	if (trimmed === '') return { reason: 'the answer was empty' };
	if (trimmed.length > longestAnswer) return { reason: 'the answer was far too long' };
	const whole = parse(trimmed);
	if (whole !== undefined) return { json: whole };
	const objects = outerObjects(trimmed).map(parse).filter((one) => one !== undefined);
	if (objects.length === 1) return { json: objects[0] };
	return { reason: objects.length > 1 ? 'the answer held more than one object' : 'the answer was not JSON' };
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** The outermost `{…}` of a text, braces inside JSON strings not counted. */
function outerObjects(text: string): string[] {
	const objects: string[] = [];
	let depth = 0;
	let start = 0;
	let inString = false;
	for (let at = 0; at < text.length; at++) {
		const character = text[at];
		if (inString) {
			if (character === '\\') at++;
			else if (character === '"') inString = false;
		} else if (character === '"' && depth > 0) inString = true;
		else if (character === '{') {
			if (depth++ === 0) start = at;
		} else if (character === '}' && depth > 0 && --depth === 0) objects.push(text.slice(start, at + 1));
	}
	return objects;
}
