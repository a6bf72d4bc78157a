import type { CountName, Money, PartTally, PeriodTally, SplitName, Tally } from '../../lead/measure/tally';
import { factFlags } from '../factFlags';
import type { TallyInput } from '../ledger';
import { flag, query, type Operation, type OperationContext } from '../operation';
import { fromJson, toMillis } from '../stored';
import { Minutes } from './minutes';

/** Leads at once: on PostgreSQL they are counted on n8n's own thread, some milliseconds for each page. */
const pageSize = 1_000;
/** Values of one split that are told apart while counting; who sends a new campaign with each form must not fill the memory. */
const mostValues = 5_000;
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

type Deals = ['pipeline' | 'won', number, string][];

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
	return { from, to, reps: count.reps(), ...yield* count.tally() };
}

interface Split {
	place: number;
	name: SplitName;
	groups: Map<string | null, Group>;
	/** Values that came when there were too many already. */
	rest: Group;
}

/** Everything that is counted of a period while its leads go by, once. */
class Count {
	private readonly total = new Group(0);
	private readonly wanted: Split[];
	private readonly minutes: Minutes;
	/** The groups of each combination of values that was seen, the whole first. */
	private readonly groupsOf = new Map<string, Group[]>();

	constructor(private readonly input: TallyInput) {
		// owners are counted in any case: there are figures per rep
		this.wanted = splitOrder.flatMap((name, place) => (name === 'owner' || input.splits.includes(name) ? [{ place, name, groups: new Map<string | null, Group>(), rest: new Group(mostValues) }] : []));
		this.minutes = new Minutes(1 + this.wanted.length);
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
		if (row.business !== null || row.wall !== null) this.minutes.add(row, groups);
		const money = row.money === null ? undefined : fromJson<Deals>(row.money);
		for (const group of groups) {
			increase(group.masks, mask);
			if (money) group.addMoney(money);
			if (row.cause !== null) increase(group.causes, row.cause);
		}
	}

	reps(): number {
		const owners = this.wanted.find(({ name }) => name === 'owner')?.groups.keys() ?? [];
		return [...owners].filter((owner) => owner !== null).length;
	}

	*tally(): Operation<Pick<PeriodTally, 'total' | 'splits'>> {
		const splits: PeriodTally['splits'] = {};
		yield* this.minutes.sort();
		const [spread] = yield* this.minutes.spreads(0, [0]);
		for (const [index, { name, groups, rest }] of this.wanted.entries()) {
			if (!this.input.splits.includes(name)) continue;
			const sorted = [...groups].map(([value, group]) => ({ value, group, leads: group.leads() })).sort((a, b) => b.leads - a.leads || compare(a.value, b.value));
			const shown = sorted.slice(0, this.input.most ?? 100);
			for (const { group } of sorted.slice(shown.length)) rest.take(group);
			// what is not shown is one group behind the others
			const spreads = yield* this.minutes.spreads(1 + index, shown.map(({ group }) => group.number));
			const parts: PartTally[] = shown.map(({ value, group }, place) => ({ value, ...group.tally(spreads[place]) }));
			splits[name] = rest.leads() === 0 ? parts : [...parts, { value: null, rest: true, ...rest.tally(spreads[shown.length]) }];
		}
		return { total: this.total.tally(spread), splits };
	}

	private findGroups(values: (string | null)[]): Group[] {
		return [this.total, ...this.wanted.map(({ place, name, groups, rest }) => {
			const given = values[place] ?? null;
			const value = name === 'territory' && this.input.byRegion !== true ? given?.split('/', 1)[0] ?? null : given;
			let group = groups.get(value);
			if (!group && groups.size < mostValues) groups.set(value, (group = new Group(groups.size)));
			return group ?? rest;
		})];
	}
}

/** Leads that have a value in common. Their flags are counted as they are, for few combinations come to be. */
class Group {
	readonly masks = new Map<number, number>();
	readonly causes = new Map<string, number>();
	private readonly money = { pipeline: new Map<string, Money>(), won: new Map<string, Money>() };

	/** @param number its place among the groups of its split, from 0 */
	constructor(readonly number: number) {}

	addMoney(deals: Deals): void {
		for (const [kind, amount, currency] of deals) this.addAmount(kind, { currency, amount, leads: 1 });
	}

	take(other: Group): void {
		for (const [mask, leads] of other.masks) increase(this.masks, mask, leads);
		for (const [cause, leads] of other.causes) increase(this.causes, cause, leads);
		for (const kind of ['pipeline', 'won'] as const) for (const money of other.money[kind].values()) this.addAmount(kind, money);
	}

	leads(): number {
		let leads = 0;
		for (const count of this.masks.values()) leads += count;
		return leads;
	}

	tally(minutes: Pick<Tally, 'business' | 'wall'>): Tally {
		const amounts = (kind: 'pipeline' | 'won') => [...this.money[kind].values()].sort((a, b) => b.leads - a.leads || compare(a.currency, b.currency));
		return {
			leads: this.leads(), counts: countsOf(this.masks), ...minutes,
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
	const sums = countedFlags.map(() => 0);
	let [due, highDue] = [0, 0];
	for (const [mask, leads] of masks) {
		for (let index = 0; index < sums.length; index++) if ((mask & countedFlags[index][1]) !== 0) sums[index] += leads;
		if ((mask & stillInTimeFlag) !== 0) continue;
		if ((mask & clock) !== 0) due += leads;
		if ((mask & highClock) !== 0) highDue += leads;
	}
	const counts = Object.fromEntries(countedFlags.map(([name], index) => [name, sums[index]])) as Record<Counted, number>;
	return { due, highDue, ...counts };
}

function increase<Key>(map: Map<Key, number>, key: Key, by = 1): void {
	map.set(key, (map.get(key) ?? 0) + by);
}

function compare(a: string | null, b: string | null): number {
	return (a ?? '') < (b ?? '') ? -1 : 1;
}
