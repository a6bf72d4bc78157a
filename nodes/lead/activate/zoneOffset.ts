/** How far the local clocks of a zone are ahead of UTC, in milliseconds, at a moment in epoch milliseconds. */
export type ZoneOffset = (at: number) => number;

const minuteMs = 60_000;
/**
 * Offsets are read at the ends of stretches this long; where both ends agree, nothing changed between them.
 * The shortest time between two changes of any zone since 2000 is a week (northern Brazil, October 2000).
 */
const stretchMs = 6 * 86_400_000;
/** Stretches that one zone remembers: a hundred years. */
const rememberedStretches = 6_200;

/** The offset before and from the change inside a stretch on; `changesAt` is its end where there is none. */
interface Stretch {
	before: number;
	changesAt: number;
	after: number;
}

const zones = new Map<string, ZoneOffset>();

/**
 * The offsets of a time zone by this runtime's own time zone data. One `Intl` call costs about a microsecond, and a
 * calendar asks thousands of times: so each stretch is read once per zone and process.
 *
 * @param timeZone - A name that `isTimeZone` accepts.
 */
export function zoneOffset(timeZone: string): ZoneOffset {
	let offset = zones.get(timeZone);
	if (!offset) zones.set(timeZone, (offset = remember(readOffset(timeZone))));
	return offset;
}

function remember(read: ZoneOffset): ZoneOffset {
	const ends = new Map<number, number>();
	const stretches = new Map<number, Stretch>();
	const endOf = (index: number): number => {
		let offset = ends.get(index);
		if (offset === undefined) ends.set(index, (offset = read(index * stretchMs)));
		return offset;
	};
	return (at) => {
		const index = Math.floor(at / stretchMs);
		let stretch = stretches.get(index);
		if (!stretch) {
			if (stretches.size >= rememberedStretches) { stretches.clear(); ends.clear(); }
			const before = endOf(index);
			const after = endOf(index + 1);
			const end = (index + 1) * stretchMs;
			stretches.set(index, (stretch = { before, after, changesAt: before === after ? end : findChange(read, before, index * stretchMs, end) }));
		}
		return at < stretch.changesAt ? stretch.before : stretch.after;
	};
}

/** First moment with another offset than `before`; zones change at whole minutes. */
function findChange(read: ZoneOffset, before: number, from: number, to: number): number {
	let low = from / minuteMs;
	let high = to / minuteMs;
	while (high - low > 1) {
		const middle = Math.floor((low + high) / 2);
		if (read(middle * minuteMs) === before) low = middle;
		else high = middle;
	}
	return high * minuteMs;
}

function readOffset(timeZone: string): ZoneOffset {
	// gives e.g. `2026, GMT-05:00`; UTC itself is `GMT` alone, and old local times have seconds
	const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset', year: 'numeric' });
	return (at) => {
		const [, sign, hours, minutes, seconds] = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(format.format(at)) ?? [];
		if (sign === undefined) return 0;
		const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds ?? 0)) * 1_000;
		return sign === '-' ? -ms : ms;
	};
}
