import type { CountName, Money, PartTally, PeriodTally, Spread, SplitName, Tally } from '../../lead/measure/tally';
import { factFlags } from '../factFlags';
import type { TallyInput } from '../ledger';
import { flag, query, type Operation, type OperationContext } from '../operation';
import { fromJson, toMillis } from '../stored';

/** Leads at once: on PostgreSQL they are counted on n8n's own thread, some milliseconds for each page. */
const pageSize = 2_500;
/** Values of one split that are told apart while counting; who sends a new campaign with each form must not fill the memory. */
const mostValues = 5_000;
/** Numbers that are put together at a stretch: some milliseconds. */
const entriesAtOnce = 20_000;
/** Different combinations of values kept in mind. */
const mostCombinations = 20_000;

/** The order of the values in `lead_facts.splits`. */
const splitOrder: readonly SplitName[] = ['source', 'campaign', 'queue', 'owner', 'intent', 'form', 'territory', 'service', 'tier'];

interface FactRow {
	leadId: string;
	openedAt: number;
	splits: string;
	flags: number;
	dueAt: number | null;
	business: number | null;
	wall: number | null;
	money: string | null;
	cause: string | null;
}

/** Counts the leads of a period by the facts that are known of them; see `Ledger`. */
export function* tallyLeads(_: OperationContext, input: TallyInput): Operation<PeriodTally> {
	const { client, test, from, to, asOf } = input;
	const count = new Count(input);
	const [end, now] = [toMillis(to), toMillis(asOf)];
	let last = { openedAt: toMillis(from), leadId: '' };
	for (;;) {
		const rows = yield* query<FactRow>(
			`SELECT lead_id AS "leadId", opened_at AS "openedAt", splits, flags, due_at AS "dueAt", business, wall, money, cause FROM lead_facts
			WHERE client = $1 AND test = $2 AND (opened_at, lead_id) > ($3, $4) AND opened_at < $5 ORDER BY opened_at, lead_id LIMIT ${pageSize}`,
			[client, flag(test), last.openedAt, last.leadId, end],
		);
		for (const row of rows) count.add(row, now);
		if (rows.length < pageSize) break;
		last = rows[rows.length - 1];
	}
	return { from, to, reps: count.reps(), total: count.total.tally(), splits: yield* count.splits() };
}

/** Everything that is counted of a period while its leads go by, once. */
class Count {
	readonly total = new Group();
	private readonly wanted: { place: number; name: SplitName; groups: Map<string | null, Group>; rest: Group }[];
	/** The groups of each combination of values that was seen. */
	private readonly groupsOf = new Map<string, Group[]>();

	constructor(private readonly input: TallyInput) {
		// owners are counted in any case: there are figures per rep
		this.wanted = splitOrder.flatMap((name, place) => (name === 'owner' || input.splits.includes(name) ? [{ place, name, groups: new Map<string | null, Group>(), rest: new Group() }] : []));
	}

	add(row: FactRow, now: number): void {
		let groups = this.groupsOf.get(row.splits);
		if (!groups) {
			if (this.groupsOf.size >= mostCombinations) this.groupsOf.clear();
			groups = this.findGroups(fromJson<(string | null)[]>(row.splits));
			this.groupsOf.set(row.splits, groups);
		}
		const { flags, dueAt } = row;
		const isOpen = (flags & (factFlags.clock | factFlags.answered)) === factFlags.clock;
		const stillInTime = isOpen && ((flags & factFlags.paused) !== 0 || Number(dueAt) > now);
		const mask = stillInTime ? flags | stillInTimeFlag : flags;
		for (const group of groups) {
			increase(group.masks, mask);
			if (row.business !== null) increase(group.business, row.business);
			if (row.wall !== null) increase(group.wall, row.wall);
			if (row.money !== null) group.addMoney(fromJson(row.money));
			if (row.cause !== null) increase(group.causes, row.cause);
		}
	}

	reps(): number {
		const owners = this.wanted.find(({ name }) => name === 'owner')?.groups.keys() ?? [];
		return [...owners].filter((owner) => owner !== null).length;
	}

	*splits(): Operation<PeriodTally['splits']> {
		const splits: PeriodTally['splits'] = {};
		let entries = 0;
		for (const { name, groups, rest } of this.wanted) {
			if (!this.input.splits.includes(name)) continue;
			const sorted = [...groups].map(([value, group]) => ({ value, group, leads: group.leads() })).sort((a, b) => b.leads - a.leads || compare(a.value, b.value));
			const parts: PartTally[] = [];
			for (const [place, { value, group }] of sorted.entries()) {
				if (place >= (this.input.most ?? 100)) rest.take(group);
				else parts.push({ value, ...group.tally() });
				entries += group.entries();
				if (entries < entriesAtOnce) continue;
				// on PostgreSQL this lets n8n do what else it has to do
				yield* query('SELECT 1 AS breath');
				entries = 0;
			}
			splits[name] = rest.leads() === 0 ? parts : [...parts, { value: null, rest: true, ...rest.tally() }];
		}
		return splits;
	}

	private findGroups(values: (string | null)[]): Group[] {
		return [this.total, ...this.wanted.map(({ place, name, groups, rest }) => {
			const given = values[place] ?? null;
			const value = name === 'territory' && this.input.byRegion !== true ? given?.split('/', 1)[0] ?? null : given;
			let group = groups.get(value);
			if (!group && groups.size < mostValues) groups.set(value, (group = new Group()));
			return group ?? rest;
		})];
	}
}

/** Leads that have a value in common. Their flags are counted as they are, for few combinations come to be. */
class Group {
	readonly masks = new Map<number, number>();
	/** Leads by tenths of a minute. */
	readonly business = new Map<number, number>();
	readonly wall = new Map<number, number>();
	readonly causes = new Map<string, number>();
	private readonly money = { pipeline: new Map<string, Money>(), won: new Map<string, Money>() };

	addMoney(deals: ['pipeline' | 'won', number, string][]): void {
		for (const [kind, amount, currency] of deals) this.addAmount(kind, { currency, amount, leads: 1 });
	}

	take(other: Group): void {
		for (const name of ['masks', 'business', 'wall'] as const) for (const [key, leads] of other[name]) increase(this[name], key, leads);
		for (const [cause, leads] of other.causes) increase(this.causes, cause, leads);
		for (const kind of ['pipeline', 'won'] as const) for (const money of other.money[kind].values()) this.addAmount(kind, money);
	}

	leads(): number {
		let leads = 0;
		for (const count of this.masks.values()) leads += count;
		return leads;
	}

	/** How much there is to put together. */
	entries(): number {
		return this.masks.size + this.business.size + this.wall.size;
	}

	tally(): Tally {
		const amounts = (kind: 'pipeline' | 'won') => [...this.money[kind].values()].sort((a, b) => b.leads - a.leads || compare(a.currency, b.currency));
		return {
			leads: this.leads(), counts: countsOf(this.masks), business: spreadOf(this.business), wall: spreadOf(this.wall),
			pipeline: amounts('pipeline'), won: amounts('won'),
			duplicateCauses: [...this.causes].map(([cause, leads]) => ({ cause, leads })).sort((a, b) => b.leads - a.leads || compare(a.cause, b.cause)),
		};
	}

	private addAmount(kind: 'pipeline' | 'won', { currency, amount, leads }: Money): void {
		const sum = this.money[kind].get(currency);
		if (sum) {
			sum.amount += amount;
			sum.leads += leads;
		} else this.money[kind].set(currency, { currency, amount, leads });
	}
}

/** Beside the stored flags: its clock has no answer, and does not need one yet. */
const stillInTimeFlag = 1 << 29;

const { clock, highClock, ...counted } = { ...factFlags };
type Counted = Exclude<keyof typeof counted, 'answered' | 'paused'>;
const countedFlags = Object.entries(counted).filter(([name]) => name !== 'answered' && name !== 'paused') as [Counted, number][];

function countsOf(masks: ReadonlyMap<number, number>): Record<CountName, number> {
	const counts = Object.fromEntries(['due', 'highDue', ...countedFlags.map(([name]) => name)].map((name) => [name, 0])) as Record<CountName, number>;
	for (const [mask, leads] of masks) {
		for (const [name, bit] of countedFlags) if ((mask & bit) !== 0) counts[name] += leads;
		if ((mask & stillInTimeFlag) !== 0) continue;
		if ((mask & clock) !== 0) counts.due += leads;
		if ((mask & highClock) !== 0) counts.highDue += leads;
	}
	return counts;
}

/** The middle and the ninth tenth of leads by tenths of a minute. */
function spreadOf(histogram: ReadonlyMap<number, number>): Spread {
	const values = Float64Array.from(histogram.keys()).sort();
	let count = 0;
	for (const leads of histogram.values()) count += leads;
	if (count === 0) return { count, median: null, p90: null };
	const ranks = [Math.ceil(count / 2), Math.floor(count / 2) + 1, Math.ceil((count * 9) / 10)];
	const found: number[] = [];
	let passed = 0;
	for (const value of values) {
		passed += histogram.get(value) ?? 0;
		while (found.length < ranks.length && passed >= ranks[found.length]) found.push(value / 10);
		if (found.length === ranks.length) break;
	}
	return { count, median: (found[0] + found[1]) / 2, p90: found[2] };
}

function increase<Key>(map: Map<Key, number>, key: Key, by = 1): void {
	map.set(key, (map.get(key) ?? 0) + by);
}

function compare(a: string | null, b: string | null): number {
	return (a ?? '') < (b ?? '') ? -1 : 1;
}
