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
	...below('intent', ['name', 'highIntent', 'confidence', 'urgency', 'buyingStage', 'sentiment', 'fit', 'language', 'summary', 'nextStep', 'evidence', 'engine']),
]);

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
