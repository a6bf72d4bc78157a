import codes from 'i18n-iso-countries/codes.json';
import da from 'i18n-iso-countries/langs/da.json';
import de from 'i18n-iso-countries/langs/de.json';
import en from 'i18n-iso-countries/langs/en.json';
import es from 'i18n-iso-countries/langs/es.json';
import fr from 'i18n-iso-countries/langs/fr.json';
import it from 'i18n-iso-countries/langs/it.json';
import nl from 'i18n-iso-countries/langs/nl.json';
import pl from 'i18n-iso-countries/langs/pl.json';
import pt from 'i18n-iso-countries/langs/pt.json';
import sv from 'i18n-iso-countries/langs/sv.json';
import { foldText } from './foldText';

/** What people call their country beside its official names, folded. Parts of a country count as the country. */
const aliases: Record<string, string> = {
	GB: 'uk|u k|g b|great britain|britain|england|scotland|wales|northern ireland|grossbritannien|gross britannien|angleterre|inglaterra|inghilterra|united kingdom of great britain|united kingdom of great britain and northern ireland|great britain and northern ireland|engeland|schottland|ecosse|escocia|scozia|schotland|cymru|pays de galles|gales|galles|nordirland|royaume uni|reino unido|regno unito|gran bretana|gran bretagna|grande bretagne|gra bretanha|groot brittannie|verenigd koninkrijk|england uk|scotland uk|wales uk|united kingdom uk|vereinigtes konigreich|velika britanija|velka britanie|wielka brytania|англия|великобритания|英国|英國|イギリス|영국',
	US: 'usa|u s a|u s|america|united states of america|the united states|the states|etats unis|etats unis d amerique|estados unidos|estados unidos de america|estados unidos da america|eeuu|ee uu|e e u u|eua|stati uniti|stati uniti d america|vereinigte staaten|vereinigte staaten von amerika|verenigde staten|verenigde staten van amerika|amerika|amerique|estados unidos eeuu|united states usa|сша|америка|美国|美國|アメリカ|米国|미국|أمريكا|الولايات المتحدة الأمريكية|abd|ηπα',
	DE: 'brd|ger|deutschland|bundesrepublik|bundesrepublik deutschland|federal republic of germany|alemania|allemagne|germania|duitsland|tyskland|niemcy|германия',
	NL: 'holland|the netherlands|nederland|pays bas|paises bajos|hollande|holanda|olanda|holandia|голландия|nederlanden|los paises bajos|la hollande',
	CH: 'schweiz|suisse|svizzera|swiss|sui|confoederatio helvetica|confederation suisse|schweizerische eidgenossenschaft|die schweiz',
	AT: 'osterreich|oesterreich|republik osterreich|autriche|at osterreich',
	CZ: 'czech republic|czechia|tschechien|tschechische republik|czech|cesko|ceska republika|republique tcheque|republica checa|repubblica ceca|tjeckien|czechy|чехия',
	SK: 'slovak republic|slovensko', IE: 'republic of ireland|eire|irish republic|ireland republic of|southern ireland|poblacht na heireann',
	KR: 'south korea|korea|korea south|republic of korea|s korea|sudkorea|coree du sud|corea del sur|corea del sud|zuid korea|coreia do sul|korea republic of|대한민국|한국|韩国|韓国|韓國|южная корея',
	KP: 'north korea|korea north|dprk|democratic people s republic of korea|nordkorea|coree du nord|corea del norte|corea del nord|noord korea|coreia do norte|korea democratic people s republic of',
	RU: 'russia|russian federation|rossiya|rossija|rossia|rusia|россия|россииская федерация|рф', BY: 'belarus|byelorussia|weissrussland|bielorussie|bielorrusia|wit rusland|беларусь|белоруссия', UA: 'ukraine|ukraina|ucrania|украина|україна',
	VN: 'vietnam|viet nam|viet nam cong hoa xa hoi chu nghia', AE: 'uae|u a e|emirates|united arab emirates uae|dubai|abu dhabi|vae|vereinigte arabische emirate|emirats arabes unis|emiratos arabes unidos|emirati arabi uniti|eau|оаэ',
	MK: 'macedonia|republic of macedonia|fyrom|north macedonia|mazedonien|macedoine', HK: 'hong kong sar|hongkong|hong kong china|hong kong sar china|hk sar|香港', MO: 'macau|macau sar|macao sar|macao sar china|澳门|澳門',
	TR: 'turkey|turkiye|turquia|turchia|turquie|turkei|turkije|turkiye cumhuriyeti', CI: 'ivory coast|cote d ivoire|elfenbeinkuste|costa de marfil|costa d avorio|ivoorkust', CV: 'cape verde|cabo verde',
	BA: 'bosnia|bosnia and herzegovina|bosnia herzegovina|bosnien|bih', PS: 'palestine|palestina|palastina|palestinian territories|west bank|gaza', SY: 'syria|syrien|syrie|siria', IR: 'iran|persia', LA: 'laos|lao', MD: 'moldova|moldavia|moldawien|moldavie|republic of moldova',
	TZ: 'tanzania|tansania|tanzanie', VE: 'venezuela', BO: 'bolivia|bolivien|bolivie', BN: 'brunei', TW: 'taiwan|taiwan roc|republic of china|republic of china taiwan|chinese taipei|台湾|台灣|臺灣', GR: 'el|hellas|ellada|hellenic republic|greece|grece|griechenland|ελλαδα|ελλας',
	CN: 'china|prc|p r china|pr china|people s republic of china|mainland china|china mainland|volksrepublik china|vr china|中国|中國|中华人民共和国', JP: 'japan|nippon|nihon|日本|日本国', IN: 'india|bharat|hindustan', ES: 'spain|espana|espanha|kingdom of spain', IT: 'italy|italia|italie',
	FR: 'france|francia|frankreich|frankrijk|republique francaise|france metropolitaine', BR: 'brasil|brazil|bresil|brasilien', MX: 'mexico|mexique|mexiko|messico|estados unidos mexicanos', PL: 'poland|polska|pologne|polonia|polen', HU: 'hungary|magyarorszag|hongrie|ungarn',
	SE: 'sweden|sverige|suecia|schweden', DK: 'denmark|danmark', NO: 'norway|norge|noreg|norvege|noruega', FI: 'finland|suomi|finlande', EE: 'estonia|eesti', LV: 'latvia|latvija', LT: 'lithuania|lietuva|litauen', IS: 'iceland', RO: 'romania|roumanie', BG: 'bulgaria|българия|balgariya', HR: 'croatia|hrvatska',
	SI: 'slovenia|slovenija', RS: 'serbia|srbija|србија', AL: 'albania|shqiperia|shqiperi', GE: 'georgia|sakartvelo', AM: 'armenia|hayastan', EG: 'egypt|misr|مصر', SA: 'saudi|saudi arabia|ksa|k s a|kingdom of saudi arabia', ZA: 'south africa|rsa|r s a|sudafrika|suid afrika|afrique du sud|sudafrica',
	NZ: 'new zealand|aotearoa|neuseeland|n z', AU: 'australia|aus|oz|commonwealth of australia', PH: 'philippines|the philippines|pilipinas|phillipines|philippine', SG: 'singapore|singapur|republic of singapore', MM: 'myanmar|burma|birma|birmanie', SZ: 'eswatini|swaziland', TL: 'east timor|timor leste', LK: 'sri lanka|ceylon',
	CD: 'drc|dr congo|d r congo|democratic republic of congo|democratic republic of the congo|congo kinshasa|congo democratic republic|congo democratic republic of the|congo the democratic republic of the|zaire|rdc', CG: 'congo brazzaville|republic of the congo|republic of congo|congo republic|congo republic of', VA: 'vatican|vatican city|holy see',
	FM: 'micronesia', XK: 'kosovo|kosova', TT: 'trinidad|trinidad tobago|trinidad and tobago', AG: 'antigua', KN: 'saint kitts|st kitts|st kitts nevis|st kitts and nevis', VC: 'saint vincent|st vincent|st vincent and the grenadines', ST: 'sao tome|sao tome and principe', IM: 'isle of man', GM: 'gambia|the gambia', BS: 'bahamas|the bahamas', MV: 'maldives|the maldives', SD: 'sudan|the sudan',
	VI: 'us virgin islands|u s virgin islands|virgin islands us', VG: 'british virgin islands|bvi|virgin islands british', SX: 'sint maarten', RE: 'reunion|la reunion', FK: 'falkland islands|falklands|islas malvinas|malvinas', TH: 'thailand|ประเทศไทย|ไทย|thai', MY: 'malaysia', IL: 'israel|ישראל', LU: 'luxembourg|luxemburg|luxemburgo|lussemburgo',
};

/** Names that are closer to a country's than to what they mean, and words that forms hold instead of a country; folded. */
const noCountries = new Set([
	'congo', 'kongo', 'columbia', 'british columbia', 'district of columbia', 'germane', 'germanic', 'virgin islands', 'guiana', 'islands', 'man', 'granada spain',
	'na', 'n a', 'no', 'non', 'none', 'null', 'nil', 'other', 'others', 'andere', 'autre', 'otro', 'altro', 'select', 'please select', 'country', 'land', 'test', 'unknown', 'world', 'worldwide', 'international', 'global', 'europe', 'europa', 'eu', 'asia', 'africa', 'afrika', 'earth', 'everywhere', 'anywhere', 'here', 'home', 'yes', 'and', 'can', 'per', 'nor', 'are',
]);

export const english = en.countries as Record<string, string | string[]>;

/** Languages that people and browsers name countries in beside the ten above, by script (Unicode CLDR, through the runtime). */
const languagesByScript: [RegExp, string][] = [
	[/\p{Script=Latin}/u, 'cs sk hu ro tr fi nb nn is et lv lt hr sl sq ca eu gl ga cy vi id ms fil sw af bs az uz'],
	[/\p{Script=Cyrillic}/u, 'ru uk bg sr mk be kk ky mn'],
	[/\p{Script=Greek}/u, 'el'],
	[/\p{Script=Arabic}/u, 'ar fa ur ps'],
	[/\p{Script=Hebrew}/u, 'he'],
	[/\p{Script=Hangul}/u, 'ko'],
	[/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja zh zh-Hant'],
	[/\p{Script=Thai}/u, 'th'],
	[/\p{Script=Devanagari}/u, 'hi mr ne'],
	[/[\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Gujarati}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Gurmukhi}\p{Script=Sinhala}]/u, 'bn ta te gu kn ml pa si'],
	[/[\p{Script=Georgian}\p{Script=Armenian}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}\p{Script=Ethiopic}]/u, 'ka hy km lo my am'],
];

const alpha2 = (codes as string[][]).map(([code]) => code);
let isoCodes: Set<string> | undefined;
let common: Map<string, string> | undefined;
const byScript = new Map<string, Map<string, string>>();

/** A name folded for the tables below: marks of Indic, Thai and other scripts carry the vowels and stay. */
export function foldCountry(text: string): string {
	if (/^[\x20-\x7e]*$/.test(text)) return foldText(text);
	if (/[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\d]/u.test(text)) return foldText(text);
	return text.normalize('NFKC').replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ').trim();
}

/** Code by folded name, alpha-2, alpha-3 and number, in ten languages and by the names in use. */
export function commonNames(): ReadonlyMap<string, string> {
	common ??= readCommonNames();
	return common;
}

/** All ISO 3166-1 alpha-2 codes, and XK of Kosovo. */
export function countryCodes(): readonly string[] {
	return alpha2;
}

/** Whether folded text is an alpha-2 or alpha-3 code. */
export function isCountryCode(folded: string): boolean {
	isoCodes ??= new Set((codes as string[][]).flatMap(([two, three]) => [two.toLowerCase(), three.toLowerCase()]));
	return isoCodes.has(folded);
}

/** Whether folded text stands in a country field and names none. */
export function isNoCountry(folded: string): boolean {
	return noCountries.has(folded);
}

/** The one country that a folded name means in any language of its script; undefined when it means two, or none. */
export function inAnyLanguage(folded: string, shortest = 4): string | undefined {
	const found = languagesByScript.find(([script]) => script.test(folded));
	// short Latin words are words of many languages
	if (!found || (found[1].startsWith('cs') && folded.length < shortest)) return undefined;
	let names = byScript.get(found[1]);
	if (!names) {
		names = readLanguages(found[1].split(' '));
		byScript.set(found[1], names);
	}
	return names.get(folded) || undefined;
}

function readLanguages(languages: string[]): Map<string, string> {
	const names = new Map<string, string>();
	for (const language of languages) {
		const display = new Intl.DisplayNames([language], { type: 'region' });
		for (const code of alpha2) {
			const folded = foldCountry(display.of(code) ?? code);
			const earlier = names.get(folded);
			names.set(folded, earlier === undefined || earlier === code ? code : '');
		}
	}
	return names;
}

function readCommonNames(): Map<string, string> {
	const found = new Map<string, string>();
	// the later language wins where two names meet
	for (const locale of [sv, da, pl, pt, nl, it, es, fr, de, en]) {
		for (const [code, given] of Object.entries(locale.countries as Record<string, string | string[]>)) {
			for (const one of [given].flat()) {
				const folded = foldText(one);
				for (const saint of [folded, folded.replace(/^saint /, 'st ')]) {
					found.set(saint, code);
					// `&` is no letter
					found.set(saint.replace(/ (?:and|und|et|y|e|en|og|och) /, ' '), code);
				}
			}
		}
	}
	for (const [two, three, number] of codes as string[][]) {
		found.set(two.toLowerCase(), two);
		found.set(three.toLowerCase(), two);
		if (number) found.set(number.padStart(3, '0'), two);
	}
	for (const [code, list] of Object.entries(aliases)) for (const alias of list.split('|')) found.set(foldCountry(alias), code);
	return found;
}
