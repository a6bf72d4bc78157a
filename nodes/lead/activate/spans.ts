export const dayMinutes = 1_440;

/** Minutes since local midnight, the start included, the end not; past 1,440 the span runs into the next day. */
export interface Span {
	from: number;
	to: number;
}

/** The spans of one day in order, joined where they touch; texts that are none are left out. */
export function readSpans(texts: readonly string[]): Span[] {
	return joinTouching(texts.map(readSpan).filter((span) => span !== undefined));
}

/** Whether the text is a span that a calendar can hold, e.g. `09:00-17:30` or `22:00-06:00`; one that ends when it starts is none. */
export function isSpan(text: string): boolean {
	return readSpan(text) !== undefined;
}

function readSpan(text: string): Span | undefined {
	const [, fromHour, fromMinute, toHour, toMinute] = /^(\d\d):([0-5]\d)-(\d\d):([0-5]\d)$/.exec(text) ?? [];
	if (fromHour === undefined) return undefined;
	const from = Number(fromHour) * 60 + Number(fromMinute);
	const to = Number(toHour) * 60 + Number(toMinute);
	if (from >= dayMinutes || to > dayMinutes || from === to) return undefined;
	return { from, to: to > from ? to : to + dayMinutes };
}

/** In order, and joined where they touch or overlap. */
export function joinTouching(spans: Span[]): Span[] {
	const joined: Span[] = [];
	for (const span of [...spans].sort((one, other) => one.from - other.from)) {
		const last = joined.at(-1);
		if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
		else joined.push({ ...span });
	}
	return joined;
}

/** What is left of spans when breaks are taken out of them. */
export function takeOut(spans: Span[], breaks: Span[]): Span[] {
	return breaks.reduce((left, { from, to }) => left.flatMap((span) => [
		{ from: span.from, to: Math.min(span.to, from) },
		{ from: Math.max(span.from, to), to: span.to },
	].filter((part) => part.to > part.from)), spans);
}

/** How long spans are together. */
export function minutesOf(spans: readonly Span[]): number {
	return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}
