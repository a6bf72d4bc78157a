/** First letters of the months as folded words, in ten languages of Europe; longer ones first where one begins another. */
const monthStarts: readonly (readonly string[])[] = [
	['jan', 'ene', 'gen', 'sty'], ['feb', 'fev', 'lut'], ['mar', 'maer', 'mrz', 'mrt', 'maart'], ['apr', 'avr', 'abr', 'kwi'],
	['may', 'mai', 'mag', 'mei', 'maj'], ['jun', 'juin', 'giu', 'cze'], ['jul', 'juil', 'lug', 'lip'], ['aug', 'aou', 'ago', 'sie'],
	['sep', 'set', 'wrz'], ['oct', 'okt', 'ott', 'out', 'paz'], ['nov', 'lis'], ['dec', 'dez', 'dic', 'gru'],
];

/** The month that a folded word names, 1 to 12, e.g. `marz`, `oct`, `fevrier`; 0 for any other word. */
export function monthOf(word: string): number {
	return monthStarts.findIndex((starts) => starts.some((start) => word.startsWith(start))) + 1;
}
