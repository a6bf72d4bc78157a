import type { Spread, Tally } from '../../lead/measure/tally';
import { query, type Operation } from '../operation';

/** Leads at a stretch: some milliseconds. */
const leadsAtOnce = 100_000;
/** Values that one pass of the sort tells apart. */
const digits = 2_048;

const kinds = ['business', 'wall'] as const;
type Kind = (typeof kinds)[number];

/**
 * Minutes of a period's answered leads, in columns: one for each kind, and one for each split with the lead's group there. They
 * are sorted once, and each split's middle and ninth tenth are found by going through them in order. A map of minutes for each
 * group takes nearly twice as long for 100,000 leads.
 */
export class Minutes {
	private leads = 0;
	private readonly columns = { business: new Float64Array(1_024), wall: new Float64Array(1_024) };
	private readonly groups: Uint16Array[];
	private readonly orders: Partial<Record<Kind, Uint32Array>> = {};

	/** @param splits that a lead has a group in */
	constructor(splits: number) {
		this.groups = Array.from({ length: splits }, () => new Uint16Array(1_024));
	}

	/** Tenths of a minute of one lead, and its group in each split: numbers below 65,536. */
	add(row: Record<Kind, number | null>, groups: readonly { number: number }[]): void {
		const place = this.leads++;
		if (place === this.columns.wall.length) {
			for (const kind of kinds) this.columns[kind] = grown(this.columns[kind], new Float64Array(2 * place));
			for (const [split, column] of this.groups.entries()) this.groups[split] = grown(column, new Uint16Array(2 * place));
		}
		for (const kind of kinds) this.columns[kind][place] = row[kind] ?? NaN;
		for (const [split, { number }] of groups.entries()) this.groups[split][place] = number;
	}

	/** To be called once, when all leads are there. */
	*sort(): Operation<void> {
		for (const kind of kinds) this.orders[kind] = yield* sortedPlaces(this.columns[kind].subarray(0, this.leads));
	}

	/** The spreads of these groups of a split, and at the end that of all others. */
	*spreads(split: number, shown: readonly number[]): Operation<Pick<Tally, Kind>[]> {
		if (this.leads > leadsAtOnce / 10) yield* breathe();
		const seats = new Uint16Array(65_536).fill(shown.length);
		for (const [seat, number] of shown.entries()) seats[number] = seat;
		const [business, wall] = [yield* this.spreadsOf('business', split, seats, shown.length + 1), yield* this.spreadsOf('wall', split, seats, shown.length + 1)];
		return business.map((spread, seat) => ({ business: spread, wall: wall[seat] }));
	}

	private *spreadsOf(kind: Kind, split: number, seats: Uint16Array, length: number): Operation<Spread[]> {
		const order = this.orders[kind] ?? new Uint32Array();
		const [values, groups] = [this.columns[kind], this.groups[split]];
		const [seatOf, counts] = [new Uint16Array(order.length), new Uint32Array(length)];
		yield* inStretches(order.length, (start, end) => {
			for (let index = start; index < end; index++) {
				const seat = seats[groups[order[index]]];
				seatOf[index] = seat;
				counts[seat]++;
			}
		});
		const [seen, ...ranks] = [counts.map(() => 0), counts.map((count) => Math.ceil(count / 2)), counts.map((count) => Math.floor(count / 2) + 1), counts.map((count) => Math.ceil((count * 9) / 10))];
		const [lowRank, highRank, ninthRank] = ranks;
		const [low, high, ninth] = ranks.map(() => new Float64Array(length));
		yield* inStretches(order.length, (start, end) => {
			for (let index = start; index < end; index++) {
				const seat = seatOf[index];
				const rank = ++seen[seat];
				if (rank === lowRank[seat]) low[seat] = values[order[index]];
				if (rank === highRank[seat]) high[seat] = values[order[index]];
				if (rank === ninthRank[seat]) ninth[seat] = values[order[index]];
			}
		});
		return Array.from(counts, (count, seat) => (count === 0 ? { count, median: null, p90: null } : { count, median: (low[seat] / 10 + high[seat] / 10) / 2, p90: ninth[seat] / 10 }));
	}
}

/** Places of the numbers, least number first; whole numbers are sorted digit by digit, the last digit first. */
function* sortedPlaces(values: Float64Array): Operation<Uint32Array> {
	let [least, most, known] = [Infinity, -Infinity, 0];
	let [from, to] = [new Uint32Array(values.length), new Uint32Array(values.length)];
	yield* inStretches(values.length, (start, end) => {
		for (let place = start; place < end; place++) {
			const value = values[place];
			if (Number.isNaN(value)) continue;
			from[known++] = place;
			if (value < least) least = value;
			if (value > most) most = value;
		}
	});
	for (let unit = 1; (most - least) / unit >= 1; unit *= digits) {
		const digitOf = (place: number) => Math.floor((values[place] - least) / unit) % digits;
		const [source, target, starts] = [from, to, new Uint32Array(digits + 1)];
		yield* inStretches(known, (start, end) => {
			for (let index = start; index < end; index++) starts[digitOf(source[index]) + 1]++;
		});
		for (let digit = 0; digit < digits; digit++) starts[digit + 1] += starts[digit];
		yield* inStretches(known, (start, end) => {
			for (let index = start; index < end; index++) target[starts[digitOf(source[index])]++] = source[index];
		});
		[from, to] = [target, source];
	}
	return from.subarray(0, known);
}

/** n8n does what else it has to do: on PostgreSQL the ledger counts on n8n's own thread. */
function breathe(): Operation<unknown> {
	return query('SELECT 1 AS breath');
}

function* inStretches(length: number, take: (start: number, end: number) => void): Operation<void> {
	for (let start = 0; start < length; start += leadsAtOnce) {
		if (start > 0) yield* breathe();
		take(start, Math.min(length, start + leadsAtOnce));
	}
}

function grown<Column extends Float64Array | Uint16Array>(column: Column, larger: Column): Column {
	larger.set(column);
	return larger;
}
