import type { z } from 'zod/v4';
import { isObject } from '../isObject';
import {
	calendarSchema, intentSchema, memberSchema, ruleSchema, slaPolicySchema, teamSchema,
	type CalendarSettings, type IntentDefinition, type Member, type RoutingRule, type SlaPolicy, type Team,
} from './clientSettings';

/** One entry of a list, with its place. */
export interface Entry<T> {
	/** From 1, as an operator counts. */
	number: number;
	value: T;
}

/** A list of the document: every name that stands in it, and the entries that are of their shape. */
export interface Part<T> {
	/** Absent when the document has no such list, so that nothing can be said about names. */
	names?: ReadonlySet<string>;
	entries: Entry<T>[];
	/** Whether every entry is of its shape. */
	whole: boolean;
}

/** What can be read of a settings document, also when other places of it are wrong. */
export interface SettingsParts {
	calendars: Part<CalendarSettings>;
	/** Named by id. */
	members: Part<Member>;
	teams: Part<Team>;
	rules: Part<RoutingRule>;
	intents: Part<IntentDefinition>;
	slaPolicies: Part<SlaPolicy>;
}

/**
 * Reads each list of the document on its own, so that one broken team does not hide an unknown member in another.
 * A missing list of teams, rules or intents is an empty one, as in the schema.
 */
export function readParts(document: Record<string, unknown>): SettingsParts {
	return {
		calendars: readPart(document.calendars, calendarSchema, 'name'),
		members: readPart(document.members, memberSchema, 'id'),
		teams: readPart(document.teams ?? [], teamSchema, 'name'),
		rules: readPart(document.rules ?? [], ruleSchema, 'name'),
		intents: readPart(document.intents ?? [], intentSchema, 'name'),
		slaPolicies: readPart(document.slaPolicies, slaPolicySchema, 'name'),
	};
}

function readPart<S extends z.ZodType>(list: unknown, schema: S, nameKey: string): Part<z.infer<S>> {
	if (!Array.isArray(list)) return { entries: [], whole: false };
	const names = new Set<string>();
	const entries: Entry<z.infer<S>>[] = [];
	for (const [index, one] of list.entries()) {
		const name = isObject(one) ? one[nameKey] : undefined;
		if (typeof name === 'string') names.add(name.trim());
		const read = schema.safeParse(one);
		if (read.success) entries.push({ number: index + 1, value: read.data });
	}
	return { names, entries, whole: entries.length === list.length };
}

/** Each value that stands more than once, once. */
export function repeated(values: readonly string[]): string[] {
	const seen = new Set<string>();
	const again = new Set<string>();
	for (const value of values) (seen.has(value) ? again : seen).add(value);
	return [...again];
}
