import { z } from 'zod/v4';
import { clientSettingsSchema } from './clientSettings';

/** The keys that the settings document knows at a place such as `['members', 0]`; none where it holds no object. */
export function keysAt(path: readonly PropertyKey[]): string[] {
	let here: z.ZodType | undefined = clientSettingsSchema;
	for (const part of path) here = here && schemaBelow(here, part);
	const holder = here && unwrapped(here);
	if (holder instanceof z.ZodObject) return Object.keys(holder.shape as object);
	return holder instanceof z.ZodRecord ? wordsOf(holder.keyType as z.ZodType) : [];
}

function schemaBelow(schema: z.ZodType, part: PropertyKey): z.ZodType | undefined {
	const holder = unwrapped(schema);
	if (holder instanceof z.ZodArray) return holder.element as z.ZodType;
	if (holder instanceof z.ZodRecord) return holder.valueType as z.ZodType;
	const shape = holder instanceof z.ZodObject ? (holder.shape as Record<PropertyKey, z.ZodType>) : {};
	return Object.hasOwn(shape, part) ? shape[part] : undefined;
}

/** Without what only says that a value may be missing. */
export function unwrapped(schema: z.ZodType): z.ZodType {
	return schema instanceof z.ZodDefault || schema instanceof z.ZodOptional || schema instanceof z.ZodNullable
		? unwrapped(schema.unwrap() as z.ZodType)
		: schema;
}

/** A record that need not have every key says so with a union of its words and nothing. */
export function wordsOf(schema: z.ZodType): string[] {
	if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => wordsOf(option as z.ZodType));
	return schema instanceof z.ZodEnum ? schema.options.map(String) : [];
}
