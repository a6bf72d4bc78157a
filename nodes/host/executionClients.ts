import type { Ledger } from '../ledger/ledger';
import type { FoundClient } from './openRun';

/** Settings that somebody else saves count after this at the latest, also in an execution that goes on. */
const freshMs = 5_000;

interface Known {
	execution: string;
	until: number;
	found: Promise<FoundClient>;
}

/** By ledger, execution and client; the oldest first. */
const known = new Map<string, Known>();
const ledgerNumbers = new WeakMap<Ledger, number>();
let ledgers = 0;

/**
 * A client as this execution saw it some seconds ago: its five or six nodes go by one version of the settings, and ask the ledger
 * once. What was not found is asked again.
 *
 * @param of.execution - n8n's ID of it; without one nothing is kept.
 */
export async function knownToExecution(of: { ledger: Ledger; execution: string | undefined; key: string }, read: () => Promise<FoundClient>): Promise<FoundClient> {
	const { ledger, execution, key } = of;
	if (!execution) return await read();
	const now = Date.now();
	for (const [place, { until }] of known) {
		if (until > now) break;
		known.delete(place);
	}
	const number = ledgerNumbers.get(ledger) ?? ++ledgers;
	ledgerNumbers.set(ledger, number);
	const place = `${number} ${execution} ${key}`;
	const before = known.get(place);
	// a clock that fell back lets nothing live longer
	if (before && before.until > now && before.until <= now + freshMs) return await before.found;
	const found = read();
	known.delete(place);
	known.set(place, { execution, until: now + freshMs, found });
	const isWhole = await found.then(({ client, problem }) => client !== undefined && problem === undefined, () => false);
	if (!isWhole) known.delete(place);
	return await found;
}

/** What an execution knew of its clients counts no more: it saves settings now. */
export function forgetExecution(execution: string): void {
	for (const [place, one] of known) if (one.execution === execution) known.delete(place);
}
