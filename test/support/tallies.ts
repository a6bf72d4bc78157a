import type { CountName, PartTally, PeriodTally, Tally } from '../../nodes/lead/measure/tally';

const names: CountName[] = [
	'due', 'inSla', 'highDue', 'highUnder5', 'highUnder15', 'highIntent', 'contacted', 'meeting', 'checked', 'right', 'sourceComplete', 'campaign', 'created',
	'duplicate', 'repeat', 'noOwner', 'judged', 'accepted', 'mql', 'mqlToSql', 'opportunity', 'won', 'inReview', 'aiAsked', 'aiFallback',
];

/** What was counted of some leads; what is not given is 0. */
export function tally(leads: number, counts: Partial<Record<CountName, number>> = {}, change: Partial<Tally> = {}): Tally {
	const none = { count: 0, median: null, p90: null };
	return {
		leads, counts: { ...Object.fromEntries(names.map((name) => [name, 0])) as Record<CountName, number>, ...counts },
		business: none, wall: none, pipeline: [], won: [], duplicateCauses: [], ...change,
	};
}

export function part(value: string | null, leads: number, counts: Partial<Record<CountName, number>> = {}, change: Partial<PartTally> = {}): PartTally {
	return { value, ...tally(leads, counts), ...change };
}

export function periodTally(total: Tally, change: Partial<PeriodTally> = {}): PeriodTally {
	return { from: '2026-11-16T00:00:00.000Z', to: '2026-11-23T00:00:00.000Z', reps: 2, total, splits: {}, ...change };
}
