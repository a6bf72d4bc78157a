import { isObject } from '../isObject';
import { labelOfSetting, sayDate, sayDays, sayValue, splitName } from './settingWords';

/** One thing that differs. */
export interface FieldDifference {
	/** What changed, to stand after the name of whom it belongs to, e.g. `weight from 1 to 2`. */
	words: string;
	before: unknown;
	after: unknown;
}

/** Turns what the document calls a member by id into a name. */
export type NameMember = (id: string) => string;

type Compare = (before: unknown, after: unknown, nameMember: NameMember) => FieldDifference[];

/** Settings that are told otherwise than by "from … to …". */
const ownWords: Record<string, Compare> = {
	timeOff: (before, after) => compareLists(before, after, { one: 'time off', say: (one) => sayDays(one as { from: string; to: string }) }),
	holidays: (before, after) => compareLists(before, after, { one: 'holiday', say: (one) => sayDate(String(one)) }),
	overrides: (before, after) => compareLists(before, after, { one: 'hours of one day', say: sayOverride }),
	breaks: (before, after) => compareLists(before, after, { one: 'break', say: sayOverride }),
	escalation: (before, after) => compareLists(before, after, { one: 'escalation step', say: sayStep }),
	members: (before, after, nameMember) => compareLists(before, after, { one: 'member', say: (one) => nameMember(String(one)), order: 'order of members' }),
	conditions: (before, after) => compareLists(before, after, { one: 'condition', say: sayCondition }),
	active: (before, after) => [{ words: after === true ? 'active again' : 'no longer active', before, after }],
	hours: compareHours,
	logo: (before, after) => [{ words: before === undefined ? 'logo added' : after === undefined ? 'logo removed' : 'logo changed', before: null, after: null }],
};

const namesMember = new Set(['fallbackOwner', 'manager', 'owner']);

/** What differs between two states of one entry, in the order of `keys`; keys in `except` are told elsewhere. */
export function compareEntry(before: object, after: object, nameMember: NameMember, except: readonly string[] = []): FieldDifference[] {
	const [old, now] = [before as Record<string, unknown>, after as Record<string, unknown>];
	const keys = [...new Set([...Object.keys(now), ...Object.keys(old)])].filter((key) => !except.includes(key));
	return keys.flatMap((key) => (same(old[key], now[key]) ? [] : compareSetting(key, old[key], now[key], nameMember)));
}

function compareSetting(key: string, before: unknown, after: unknown, nameMember: NameMember): FieldDifference[] {
	if (Object.hasOwn(ownWords, key)) return ownWords[key](before, after, nameMember);
	const label = labelOfSetting(key);
	if (key === 'stageOwners') return compareObjects(before, after, (stage) => `owner of ${splitName(stage)}`, nameMember, true);
	if (isObject(before) || isObject(after)) return compareObjects(before, after, (inner) => (key === 'appliesTo' ? `applies to ${labelOfSetting(inner)}` : `${label} ${labelOfSetting(inner)}`), nameMember);
	if (Array.isArray(before ?? []) && Array.isArray(after ?? [])) return compareLists(before, after, { one: label.replace(/s$/, ''), say: sayValue, order: `order of ${label}` });
	return [fromTo(label, before, after, (value) => (namesMember.has(key) && typeof value === 'string' ? nameMember(value) : sayValue(value)))];
}

function fromTo(label: string, before: unknown, after: unknown, say: (value: unknown) => string): FieldDifference {
	const words = isNothing(before) ? `${label} set to ${say(after)}` : isNothing(after) ? `${label} removed (was ${say(before)})` : `${label} from ${say(before)} to ${say(after)}`;
	return { words, before: before ?? null, after: after ?? null };
}

function compareObjects(before: unknown, after: unknown, label: (key: string) => string, nameMember: NameMember, members = false): FieldDifference[] {
	const [old, now] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
	return [...new Set([...Object.keys(now), ...Object.keys(old)])].filter((key) => !same(old[key], now[key]))
		.map((key) => fromTo(label(key), old[key], now[key], (value) => (members && typeof value === 'string' ? nameMember(value) : sayValue(value))));
}

interface ListWords {
	one: string;
	say: (entry: unknown) => string;
	/** What is told when the same entries stand in another order; nothing when order says nothing. */
	order?: string;
}

function compareLists(before: unknown, after: unknown, { one, say, order }: ListWords): FieldDifference[] {
	const [old, now] = [Array.isArray(before) ? before : [], Array.isArray(after) ? after : []] as [unknown[], unknown[]];
	const added = without(now, old).map((entry) => ({ words: `${one} ${say(entry)} added`, before: null, after: entry }));
	const removed = without(old, now).map((entry) => ({ words: `${one} ${say(entry)} removed`, before: entry, after: null }));
	if (added.length + removed.length > 0) return [...added, ...removed];
	return order === undefined ? [] : [{ words: `${order} changed to ${sayValue(now.map(say))}`, before: old, after: now }];
}

/** Entries of the first list that the second has not, as often as it has not. */
function without(entries: readonly unknown[], others: readonly unknown[]): unknown[] {
	const left = others.map((entry) => JSON.stringify(entry));
	return entries.filter((entry) => {
		const place = left.indexOf(JSON.stringify(entry));
		if (place >= 0) left.splice(place, 1);
		return place < 0;
	});
}

function compareHours(before: unknown, after: unknown): FieldDifference[] {
	const [old, now] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
	const days = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((day) => !same(old[day] ?? [], now[day] ?? []));
	const say = (spans: unknown) => (Array.isArray(spans) && spans.length > 0 ? spans.join(' and ') : 'closed');
	return days.map((day) => ({ words: `${day.charAt(0).toUpperCase()}${day.slice(1)} from ${say(old[day])} to ${say(now[day])}`, before: old[day] ?? null, after: now[day] ?? null }));
}

function sayOverride(one: unknown): string {
	const { date, hours } = one as { date: string; hours: string[] };
	return `${sayDate(date)} (${hours.length === 0 ? 'closed' : hours.join(' and ')})`;
}

function sayStep(one: unknown): string {
	const { name, when, afterMinutes, notify } = one as { name: string; when: string; afterMinutes: number; notify: string };
	return `${sayValue(name)} (${splitName(when)}${afterMinutes > 0 ? ` for ${afterMinutes} minutes` : ''}: ${splitName(notify)})`;
}

function sayCondition(one: unknown): string {
	const { field, operator, value } = one as { field: string; operator: string; value?: unknown };
	return `${sayValue(field)} ${splitName(operator)}${value === undefined ? '' : ` ${sayValue(value)}`}`;
}

function isNothing(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

/** Equal as JSON, whatever the order of keys. */
export function same(one: unknown, other: unknown): boolean {
	return inOrder(one) === inOrder(other);
}

function inOrder(value: unknown): string {
	return JSON.stringify(value, (_key, inner: unknown) => (isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner)) ?? 'undefined';
}
