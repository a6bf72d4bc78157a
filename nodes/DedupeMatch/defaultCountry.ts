import type { Run } from '../host/openRun';
import type { DedupeMatchSettings } from './settings';

/**
 * Country of phone numbers without one, by client: what this node says, else the client settings. Each client is read
 * once; one that is not set up has none here, for a flat lead may name any.
 */
export function startFindingCountries({ ledger }: Run, { defaultCountry }: DedupeMatchSettings): (client: string) => Promise<string | undefined> {
	const countries = new Map<string, Promise<string | undefined>>();
	return async (client) => {
		if (defaultCountry !== undefined || !ledger) return defaultCountry;
		const known = countries.get(client) ?? ledger.getClient(client).then((found) => found?.settings.defaultCountry);
		countries.set(client, known);
		return await known;
	};
}
