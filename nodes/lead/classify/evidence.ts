const mostQuotes = 5;
/** A shorter quote proves nothing, a longer one is no quote. */
const quoteLength = { min: 3, max: 200 };

/**
 * The quotes that really stand in the message, each once, at most five.
 * Compared after every run of white space is read as one space; case and accents count.
 */
export function checkEvidence(quotes: readonly string[], message: string): string[] {
	const whole = oneSpaced(message);
	const found = quotes.map(oneSpaced).filter((quote) => quote.length >= quoteLength.min && quote.length <= quoteLength.max && whole.includes(quote));
	return [...new Set(found)].slice(0, mostQuotes);
}

function oneSpaced(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}
