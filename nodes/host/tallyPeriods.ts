import type { Period } from '../lead/measure/periods';
import type { PeriodTally, SplitName } from '../lead/measure/tally';
import type { Ledger, Scope } from '../ledger/ledger';

/** Leads whose facts are read anew in one transaction: some tens of milliseconds of the ledger's time. */
const refreshedAtOnce = 1_000;

/** Reads anew what counts of leads that were changed; how many there were. */
export async function refreshAllFacts(ledger: Ledger, scope: Scope): Promise<number> {
	for (let refreshed = 0; ;) {
		const now = await ledger.refreshFacts({ ...scope, limit: refreshedAtOnce });
		refreshed += now;
		if (now < refreshedAtOnce) return refreshed;
	}
}

/** What is counted of a period. */
export interface WantedTally {
	period: Period;
	splits: readonly SplitName[];
}

/** Counts the leads of some periods as they are now. Of a period that is undefined, nothing. */
export async function tallyPeriods<Wanted extends (WantedTally | undefined)[]>(
	ledger: Ledger, scope: Scope, { asOf, byRegion }: { asOf: string; byRegion: boolean }, wanted: [...Wanted],
): Promise<{ [Index in keyof Wanted]: Wanted[Index] extends WantedTally ? PeriodTally : PeriodTally | undefined }> {
	await refreshAllFacts(ledger, scope);
	const tallies: (PeriodTally | undefined)[] = [];
	// one after the other: each takes a processor of its own
	for (const one of wanted) tallies.push(one && (await ledger.tallyLeads({ ...scope, ...one.period, asOf, byRegion, splits: one.splits })));
	return tallies as Awaited<ReturnType<typeof tallyPeriods<Wanted>>>;
}
