import { emptyLeadFields, emptySourceContext, type HandoffRecord } from '../handoffRecord';

/** Sections that no AI writes to: all that a hard rule can see. */
const hardSections = ['client', 'leadId', 'personId', 'run', 'submission', 'lead', 'source', 'consent', 'quality', 'match', 'payload'] as const;

/** The record as hard rules see it: nothing that AI wrote is in it. */
export type HardView = Pick<HandoffRecord, (typeof hardSections)[number]>;

/** Below these paths every name may stand, also one with dots. */
export const freeBelow = ['lead.custom.', 'match.externalIds.', 'payload.'];

const knownFields = new Set([
	'client', 'leadId', 'personId', 'run.test',
	...below('submission', ['id', 'key', 'keyFromEventId', 'submittedAt', 'receivedAt', 'formTool', 'formId', 'eventId', 'state']),
	...below('lead', Object.keys(emptyLeadFields())),
	...below('lead.companySize', ['min', 'max']),
	...below('lead.budget', ['min', 'max', 'currency']),
	...below('lead.timeZoneBasis', ['from', 'confidence']),
	...below('source', Object.keys(emptySourceContext())),
	...below('source.firstTouch', ['channel', 'source', 'medium', 'campaign', 'at']),
	...below('consent', ['email', 'phone', 'sms', 'text', 'at']),
	...below('quality', ['score', 'replyPath']),
	...below('quality.flags', ['disposableEmail', 'freeEmail', 'roleEmail', 'suspectedSpam', 'suspectedInjection']),
	...below('match', ['verdict', 'score', 'provisional', 'customerStatus', 'existingOwner', 'account', 'account.name', 'account.domain', 'account.score']),
	...below('intent', ['name', 'highIntent', 'confidence', 'urgency', 'buyingStage', 'sentiment', 'fit', 'language', 'summary', 'nextStep', 'evidence', 'score', 'engine']),
]);

/** What stands in a field, as far as its comparison depends on it; `free` is a form's own field, which may hold anything. */
export type FieldKind = 'text' | 'number' | 'range' | 'boolean' | 'date' | 'country' | 'postalCode' | 'free';

const numberFields = new Set([
	'lead.companySize.min', 'lead.companySize.max', 'lead.budget.min', 'lead.budget.max', 'quality.score', 'source.completeness', 'match.score', 'match.account.score', 'intent.confidence', 'intent.score',
]);
const booleanFields = new Set([
	'run.test', 'submission.keyFromEventId', 'source.complete', 'quality.replyPath', 'consent.email', 'consent.phone', 'consent.sms', 'match.provisional', 'intent.highIntent',
	...below('quality.flags', ['disposableEmail', 'freeEmail', 'roleEmail', 'suspectedSpam', 'suspectedInjection']),
]);
const dateFields = new Set(['submission.submittedAt', 'submission.receivedAt', 'source.firstTouch.at', 'consent.at']);
/** Numbers of things that come whole, so that nothing lies between 49 and 50. */
const wholeFields = new Set(['lead.companySize', 'lead.companySize.min', 'lead.companySize.max', 'quality.score', 'intent.score']);

/** What stands in the field at this path. */
export function kindOfField(path: string): FieldKind {
	if (/(^|\.)country$/i.test(path)) return 'country';
	if (path === 'lead.companySize' || path === 'lead.budget') return 'range';
	if (numberFields.has(path)) return 'number';
	if (booleanFields.has(path)) return 'boolean';
	if (dateFields.has(path)) return 'date';
	if (path === 'lead.postalCode' || /(^|\.)(post(al)?[ _-]?code|zip([ _-]?code)?|plz)$/i.test(path)) return 'postalCode';
	return freeBelow.some((start) => path.startsWith(start)) || path === 'source.missing' || path === 'intent.evidence' ? 'free' : 'text';
}

/** Whether the numbers of this field are whole. */
export function isWholeField(path: string): boolean {
	return wholeFields.has(path);
}

/** All paths that stand fixed, for a table's columns. */
export function fixedFields(): string[] {
	return [...knownFields];
}

/** Whether a rule may read this path, e.g. `lead.country` or `lead.custom.Team Size`. */
export function isKnownField(path: string): boolean {
	return knownFields.has(path) || freeBelow.some((start) => path.startsWith(start) && path.length > start.length);
}

/** The record without anything that AI wrote. */
export function hardView(record: HandoffRecord): HardView {
	const view: Record<string, unknown> = {};
	for (const section of hardSections) view[section] = record[section];
	return view as unknown as HardView;
}

/** `readField` for a path that is asked often: known paths are taken apart once. */
export function fieldReader(path: string): (record: object) => unknown {
	if (!knownFields.has(path)) return (record) => readField(record, path);
	const names = path.split('.');
	return (record) => {
		let value: unknown = record;
		for (const name of names) {
			if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
			value = (value as Record<string, unknown>)[name];
		}
		return value;
	};
}

/**
 * Reads a path such as `lead.companySize.min`; undefined where there is nothing.
 * Only own properties count, and below `lead.custom` a name may hold dots itself.
 */
export function readField(record: object, path: string): unknown {
	let value: unknown = record;
	let rest = path;
	while (rest !== '') {
		if (typeof value !== 'object' || value === null) return undefined;
		if (Object.hasOwn(value, rest)) return (value as Record<string, unknown>)[rest];
		const dot = rest.indexOf('.');
		const name = dot === -1 ? rest : rest.slice(0, dot);
		if (!Object.hasOwn(value, name)) return undefined;
		value = (value as Record<string, unknown>)[name];
		rest = dot === -1 ? '' : rest.slice(dot + 1);
	}
	return value;
}

function below(section: string, names: readonly string[]): string[] {
	return names.map((name) => `${section}.${name}`);
}
