import { readCountry } from '../lead/country';
import type { Problem } from '../lead/leadError';

/** What a node's "Default Country" says, as alpha-2; undefined when it is empty. */
export function readDefaultCountry(given: string): { defaultCountry?: string; problems: Problem[] } {
	const defaultCountry = readCountry(given) ?? undefined;
	if (given.trim() === '' || defaultCountry !== undefined) return { defaultCountry, problems: [] };
	return {
		problems: [{ code: 'DEFAULT_COUNTRY_INVALID', message: 'The default country is not a country', description: 'Set "Default Country" to two letters such as GB, or leave it empty.' }],
	};
}
