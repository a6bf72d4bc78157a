const mostQuotes = 5;
/** A shorter quote proves nothing, a longer one is no quote. */
const quoteLength = { min: 3, max: 200 };

/** Where a quote stands in the message, in UTF-16 units; the end is excluded. */
export type QuotePlace = [start: number, end: number];

/**
 * Where quotes really stand in the message, each once, at most five; what does not stand there is left out.
 * Every run of white space is read as one space; case and accents count.
 */
export function placeQuotes(quotes: readonly string[], message: string): QuotePlace[] {
	const { text, places } = oneSpaced(message);
	const found: QuotePlace[] = [];
	for (const quote of new Set(quotes.map((one) => oneSpaced(one.slice(0, 2 * quoteLength.max)).text.trim()))) {
		if (quote.length < quoteLength.min || quote.length > quoteLength.max || found.length >= mostQuotes) continue;
		const at = text.indexOf(quote);
		if (at !== -1) found.push([places[at], places[at + quote.length - 1] + 1]);
	}
	return found;
}

/** The quotes themselves, on one line. A place that is none, as in a damaged answer, gives nothing. */
export function quotesAt(places: readonly QuotePlace[], message: string): string[] {
	const quotes = places.map(([start, end]) => oneSpaced(message.slice(start, end)).text.trim());
	return [...new Set(quotes)].filter((quote) => quote.length >= quoteLength.min);
}

function oneSpaced(text: string): { text: string; places: number[] } {
	let whole = '';
	const places: number[] = [];
	for (let at = 0; at < text.length; at++) {
		const isSpace = /\s/.test(text[at]);
		if (isSpace && whole.endsWith(' ')) continue;
		whole += isSpace ? ' ' : text[at];
		places.push(at);
	}
	return { text: whole, places };
}
