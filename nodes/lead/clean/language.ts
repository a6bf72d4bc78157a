import { detectAll } from 'tinyld/light';
import { foldText } from '../foldText';

/** Shorter texts name no language: "Demo?" is all of them. */
const shortestText = 20;
const longestText = 2_000;

let languageNames: Map<string, string> | undefined;

/** Small words that stand in nearly every sentence, folded. They settle short messages, where letter statistics fail. */
const smallWords: Record<string, Set<string>> = Object.fromEntries(Object.entries({
	en: 'the a and to of for we you our your i is are in with have need would please like my can this that on about us want looking at it be how',
	de: 'der die das und ich wir sie ist sind ein eine einen fur mit nicht auf zu bitte uns unsere ihr ihre haben mochte mochten suchen von den dem im wie benotigen brauchen gerne',
	fr: 'le la les de des et je nous vous un une pour avec est sont dans notre votre sur que pas merci bonjour du au cherchons voudrais souhaite avons besoin',
	es: 'el la los las de y que en un una para con por es somos nos nuestra nuestro necesito necesitamos hola gracias su quiero me queremos buscamos del se',
	it: 'il la le di e che un una per con sono siamo abbiamo vorrei vorremmo buongiorno grazie del della nostro nostra i gli ho ci cerchiamo bisogno non',
	nl: 'de het een en van ik wij we u voor met is zijn op niet graag ons onze uw naar te bij hebben zoeken willen dat die',
	pt: 'o a os as de e que um uma para com por nos nossa nosso preciso precisamos ola obrigado em do da gostaria nao quero temos estamos',
}).map(([language, words]) => [language, new Set(words.split(' '))]));

/** ISO 639-1 of a message; `null` when it is too short or too mixed to tell. */
export function detectLanguage(message: string | null): string | null {
	const text = message?.slice(0, longestText).replace(/https?:\S+|\S+@\S+/g, ' ').trim() ?? '';
	if (text.length < shortestText) return null;
	const words = foldText(text).split(' ');
	const counts = Object.entries(smallWords)
		.map(([language, small]) => ({ language, hits: words.filter((word) => small.has(word)).length }))
		.sort((one, other) => other.hits - one.hits);
	const [best, second] = counts;
	if (best.hits >= 2 && best.hits >= second.hits * 1.5 && best.hits / words.length >= 0.15) return best.language;
	const [guess] = detectAll(text);
	return guess && guess.accuracy >= 0.5 && guess.lang.length === 2 ? guess.lang : null;
}

/** ISO 639-1 of a language given as code, locale or name: `de`, `de-AT`, `German`, `Deutsch`. */
export function readLanguage(given: string | null): string | null {
	const text = given?.trim() ?? '';
	const code = /^([a-z]{2})(?:[-_][a-z]{2,4})?$/i.exec(text)?.[1].toLowerCase();
	languageNames ??= readLanguageNames();
	if (code) return new Set(languageNames.values()).has(code) ? code : null;
	return languageNames.get(foldText(text)) ?? null;
}

function readLanguageNames(): Map<string, string> {
	const found = new Map<string, string>();
	const known = ['ar', 'bg', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'fi', 'fr', 'he', 'hi', 'hr', 'hu', 'id', 'it', 'ja', 'ko', 'lt', 'lv', 'nl', 'no', 'pl', 'pt', 'ro', 'ru', 'sk', 'sl', 'sr', 'sv', 'th', 'tr', 'uk', 'vi', 'zh'];
	for (const inLanguage of ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt']) {
		const display = new Intl.DisplayNames([inLanguage], { type: 'language' });
		for (const code of known) found.set(foldText(display.of(code) ?? code), code);
	}
	for (const code of known) {
		const own = new Intl.DisplayNames([code], { type: 'language' }).of(code);
		if (own) found.set(foldText(own), code);
	}
	return found;
}
