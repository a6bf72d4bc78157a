import { detectAll } from 'tinyld/light';
import { foldText } from '../foldText';

/** Shorter texts name no language: "Demo?" is all of them. Scripts that write a word in a sign or two say more in less. */
const shortestText = 20;
const shortestDense = 5;
const longestText = 2_000;

let languageNames: Map<string, string> | undefined;

/** Scripts of one language, or of one that is told from its neighbours by letters of its own. */
const scripts: [RegExp, (text: string) => string | null][] = [
	[/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, () => 'ja'],
	[/\p{Script=Hangul}/gu, () => 'ko'],
	[/\p{Script=Han}/gu, () => 'zh'],
	[/\p{Script=Thai}/gu, () => 'th'],
	[/\p{Script=Hebrew}/gu, () => 'he'],
	[/\p{Script=Greek}/gu, () => 'el'],
	[/\p{Script=Arabic}/gu, (text) => (/[ٹڈڑےں]/u.test(text) ? 'ur' : /[پچژگ]/u.test(text) ? 'fa' : 'ar')],
	[/\p{Script=Devanagari}/gu, (text) => (/[ळ]|आहे|आणि/u.test(text) ? 'mr' : 'hi')],
	[/\p{Script=Bengali}/gu, () => 'bn'], [/\p{Script=Tamil}/gu, () => 'ta'], [/\p{Script=Telugu}/gu, () => 'te'], [/\p{Script=Gujarati}/gu, () => 'gu'],
	[/\p{Script=Georgian}/gu, () => 'ka'], [/\p{Script=Armenian}/gu, () => 'hy'],
	[/\p{Script=Cyrillic}/gu, cyrillicLanguage],
];

/** Small words that stand in nearly every sentence, folded. They settle short messages, where letter statistics fail. */
const smallWords: Record<string, string> = {
	en: 'the a and to of for we you our your i is are in with have need would please like my can this that on about us want looking at it be how could me call back by if what when do next thanks pricing quote interested hi hello seats team',
	de: 'der die das und ich wir sie ist sind ein eine einen fur mit nicht auf zu bitte uns unsere ihr ihre haben mochte mochten suchen von den dem im wie benotigen brauchen gerne um hatte konnen mir angebot hallo guten tag interesse nachste woche bezuglich danke',
	fr: 'le la les de des et je nous vous un une pour avec est sont dans notre votre sur que pas merci bonjour du au cherchons voudrais souhaite avons besoin devis pouvez demande',
	es: 'el la los las de y que en un una para con por es somos nos nuestra nuestro necesito necesitamos hola gracias su quiero me queremos buscamos del se quisiera buenos dias presupuesto proxima semana cuanto cuesta agendar mi empresa',
	it: 'il la le di e che un una per con sono siamo abbiamo vorrei vorremmo buongiorno grazie del della nostro nostra i gli ho ci cerchiamo bisogno non potete preventivo domani mia azienda salve',
	nl: 'de het een en van ik wij we u voor met is zijn op niet graag ons onze uw naar te bij hebben zoeken willen dat die kunt mij over offerte ontvang',
	pt: 'o a os as de e que um uma para com por nos nossa nosso preciso precisamos ola obrigado em do da gostaria nao quero temos estamos voces podem orcamento empresa minha amanha receber',
	pl: 'i w z na do sie nie jest prosze o dzien dobry szukamy dla nas nasz firmy oferta oferty oferte kontakt sprawie chcemy czy jak dziekuje mam potrzebujemy za po od',
	cs: 'a v na se je dobry den mam zajem o pro nas nase prosim dekuji potrebujeme hledame nabidku chteli bychom jsme s z ze firmu zajem cenovou',
	sk: 'a v na sa je dobry den mam zaujem o pre nas nase prosim dakujem potrebujeme hladame ponuku chceli by sme som zaujem cenovu',
	sv: 'och att det som en ett vi jag for med ar pa av till inte hej gerna garna vill ha har er ert oss vart offert kan tack',
	da: 'og at det som en et vi jeg for med er pa af til ikke hej gerne vil have har jeres os vores tilbud kan tak',
	no: 'og at det som en et vi jeg for med er pa av til ikke hei gjerne vil ha har deres oss vart tilbud kan takk onsker losningen',
	fi: 'ja on ei se etta hei haluaisimme tarjouksen meidan teidan me olemme kiitos voitteko tarvitsemme etsimme kun myos yrityksemme haluan',
	hu: 'a az es egy nem hogy szeretnenk arajanlatot kerni kernenk koszonjuk udvozlom van kell meg nekunk cegunk szeretnek tisztelt',
	ro: 'si de la o un in pentru cu nu este buna ziua dorim oferta pret firma noastra va rog multumesc am vrea sa ne avem nevoie',
	tr: 've bir bu icin ile merhaba fiyat teklifi almak istiyoruz istiyorum bize bizim lutfen tesekkurler var mi firmamiz',
	vi: 'toi muon nhan cho cong ty xin chao bao gia cua va la co khong chung cam on duoc',
	id: 'dan yang untuk dengan kami saya ini di ke dari halo ingin meminta penawaran harga mohon terima kasih bisa perusahaan apakah',
	hr: 'i je u na da se za ne molim dobar dan trebamo ponudu nas nasu hvala zelimo sa smo kako bismo',
};
/** Letters that one language writes and its neighbours do not. */
const ownLetters: [RegExp, string][] = [
	[/[łżźśń]/giu, 'pl'], [/[řěů]/giu, 'cs'], [/[ľĺŕ]/giu, 'sk'], [/[őű]/giu, 'hu'], [/[șțşţ]|ă(?![\u0300-\u036f])/giu, 'ro'], [/[ğıİ]/gu, 'tr'], [/[ạảấầẩẫậắằẳẵặẹẻẽếềểễệịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ]/giu, 'vi'], [/ß/gu, 'de'], [/[ñ¿¡]/giu, 'es'], [/[ãõ]/giu, 'pt'], [/[œ]/giu, 'fr'],
];

let languagesByWord: Map<string, string[]> | undefined;

/** ISO 639-1 of a message; `null` when it is too short or too mixed to tell. */
export function detectLanguage(message: string | null): string | null {
	const text = message?.slice(0, longestText).replace(/https?:\S+|\S+@\S+/g, ' ').trim() ?? '';
	if (text.length < shortestDense) return null;
	if (!/^[\p{Script=Latin}\p{ASCII}\p{P}\p{S}\s]*$/u.test(text)) {
		const byScript = languageOfScript(text);
		if (byScript !== null) return byScript;
	}
	if (text.length < shortestText) return null;
	const { language, likely } = byWords(text);
	return language ?? byStatistics(text, likely);
}

/** The language of the small words when they are clear, and the two that they speak for when they are not. */
function byWords(text: string): { language: string | null; likely: string[] } {
	languagesByWord ??= readSmallWords();
	const words = foldText(text).split(' ');
	const hits = new Map<string, number>();
	for (const word of words) for (const language of languagesByWord.get(word) ?? []) hits.set(language, (hits.get(language) ?? 0) + 1);
	if (/\P{ASCII}/u.test(text)) {
		for (const [letters, language] of ownLetters) {
			const found = text.match(letters)?.length ?? 0;
			if (found > 0) hits.set(language, (hits.get(language) ?? 0) + Math.min(found, 4));
		}
		// "ett", "er" stand in all three: the letters part Swedish from its neighbours
		if (/[äö]/i.test(text)) for (const language of ['da', 'no', 'nl']) hits.delete(language);
		if (/[æø]/i.test(text)) hits.delete('sv');
	}
	const [best, second] = [...hits].sort((one, other) => other[1] - one[1]);
	if (!best) return { language: null, likely: [] };
	const [language, count] = best;
	const rival = second?.[1] ?? 0;
	// close relatives share most small words
	const isClear = count >= rival * 1.5 || (isRelated(language, second?.[0]) && count > rival);
	const isLanguage = count >= 2 && isClear && count / words.length >= 0.15;
	return { language: isLanguage ? language : null, likely: second ? [language, second[0]] : [language] };
}

const families = [['da', 'no'], ['cs', 'sk'], ['es', 'pt'], ['hr', 'sk', 'cs']];

function isRelated(one: string, other: string | undefined): boolean {
	return other !== undefined && families.some((family) => family.includes(one) && family.includes(other));
}

/** Letter statistics: sure of themselves, or of the same mind as the small words. */
function byStatistics(text: string, likely: string[]): string | null {
	const [guess] = detectAll(text);
	return guess && guess.lang.length === 2 && (guess.accuracy >= 0.5 || likely.includes(guess.lang)) ? guess.lang : null;
}

/** The language of the script that most letters are of, when it is not Latin. */
function languageOfScript(text: string): string | null {
	const letters = text.match(/\p{L}/gu)?.length ?? 0;
	let japanese = 0;
	for (const [pattern, tell] of scripts) {
		const found = (text.match(pattern)?.length ?? 0) + japanese;
		// Japanese is written in both, and its own signs decide
		if (tell(text) === 'ja' && found > 0) {
			japanese = found;
			if (found / letters >= 0.1 && /\p{Script=Han}/u.test(text)) return 'ja';
		}
		if (found >= 3 && found / letters >= 0.4) return tell(text);
		japanese = 0;
	}
	return null;
}

function cyrillicLanguage(text: string): string | null {
	if (/[ўЎ]/u.test(text)) return 'be';
	if (/[їєґЇЄҐ]/u.test(text)) return 'uk';
	if (/[ђћџљњЂЋЏЉЊ]/u.test(text)) return /[ѓќѕ]/u.test(text) ? 'mk' : 'sr';
	if (/[ѓќѕ]/u.test(text)) return 'mk';
	if (/[әғқңөұүһ]/u.test(text)) return 'kk';
	if (/[ыэёЫЭЁ]/u.test(text)) return 'ru';
	if (/[іІ]/u.test(text)) return 'uk';
	const words = text.toLowerCase().split(/[^\p{L}]+/u);
	const count = (list: string) => words.filter((word) => list.split(' ').includes(word)).length;
	const bulgarian = count('и за да се на от ще сме бихме искаме нас ни вашата вашия моля здравейте нужда имаме ли с как търсим') + (/ъ\p{L}{2}/u.test(text) ? 2 : 0) + (/(?:ата|ето|ият|ите)(?!\p{L})/u.test(text) ? 1 : 0);
	const russian = count('и в не на я что с как для мы нам вы вас нас пожалуйста здравствуйте нужно нужен хотим можно спасибо по от у о');
	return bulgarian > russian ? 'bg' : 'ru';
}

function readSmallWords(): Map<string, string[]> {
	const found = new Map<string, string[]>();
	for (const [language, words] of Object.entries(smallWords)) {
		for (const word of new Set(words.split(' '))) found.set(word, [...(found.get(word) ?? []), language]);
	}
	return found;
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
	const known = ['ar', 'be', 'bg', 'bn', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'fa', 'fi', 'fr', 'gu', 'he', 'hi', 'hr', 'hu', 'hy', 'id', 'it', 'ja', 'ka', 'kk', 'ko', 'lt', 'lv', 'mk', 'mr', 'nl', 'no', 'pl', 'pt', 'ro', 'ru', 'sk', 'sl', 'sr', 'sv', 'ta', 'te', 'th', 'tr', 'uk', 'ur', 'vi', 'zh'];
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
