import de from 'i18n-iso-countries/langs/de.json';
import da from 'i18n-iso-countries/langs/da.json';
import en from 'i18n-iso-countries/langs/en.json';
import es from 'i18n-iso-countries/langs/es.json';
import fr from 'i18n-iso-countries/langs/fr.json';
import it from 'i18n-iso-countries/langs/it.json';
import nl from 'i18n-iso-countries/langs/nl.json';
import pl from 'i18n-iso-countries/langs/pl.json';
import pt from 'i18n-iso-countries/langs/pt.json';
import sv from 'i18n-iso-countries/langs/sv.json';
import codes from 'i18n-iso-countries/codes.json';
import { foldText } from './foldText';

/** What people call their country beside its official names, folded. Parts of a country count as the country. */
const aliases: Record<string, string> = {
	uk: 'GB', 'u k': 'GB', 'great britain': 'GB', britain: 'GB', england: 'GB', scotland: 'GB', wales: 'GB', 'northern ireland': 'GB', grossbritannien: 'GB',
	'gross britannien': 'GB', angleterre: 'GB', inglaterra: 'GB', inghilterra: 'GB', 'united kingdom of great britain': 'GB', engeland: 'GB', 'royaume uni': 'GB', 'reino unido': 'GB', 'regno unito': 'GB',
	usa: 'US', 'u s a': 'US', 'u s': 'US', america: 'US', 'united states of america': 'US', 'the united states': 'US', 'the states': 'US', 'etats unis': 'US', 'estados unidos': 'US', eeuu: 'US', 'ee uu': 'US', eua: 'US', 'stati uniti': 'US', 'vereinigte staaten': 'US', 'verenigde staten': 'US',
	brd: 'DE', deutschland: 'DE', bundesrepublik: 'DE', 'bundesrepublik deutschland': 'DE', 'federal republic of germany': 'DE',
	holland: 'NL', 'the netherlands': 'NL', nederland: 'NL', 'pays bas': 'NL', 'paises bajos': 'NL',
	schweiz: 'CH', suisse: 'CH', svizzera: 'CH', 'confoederatio helvetica': 'CH', osterreich: 'AT', oesterreich: 'AT',
	'czech republic': 'CZ', czechia: 'CZ', tschechien: 'CZ', 'republic of ireland': 'IE', eire: 'IE', 'south korea': 'KR', korea: 'KR', 'republic of korea': 'KR', 'north korea': 'KP',
	russia: 'RU', vietnam: 'VN', uae: 'AE', 'u a e': 'AE', emirates: 'AE', 'dubai': 'AE', macedonia: 'MK', 'hong kong sar': 'HK', turkey: 'TR', turkiye: 'TR', 'ivory coast': 'CI', 'cape verde': 'CV',
	bosnia: 'BA', palestine: 'PS', syria: 'SY', iran: 'IR', laos: 'LA', moldova: 'MD', tanzania: 'TZ', venezuela: 'VE', bolivia: 'BO', brunei: 'BN', taiwan: 'TW', 'el': 'GR',
};

const english = en.countries as Record<string, string | string[]>;
let names: Map<string, string> | undefined;
/** Asking the runtime takes a third of a millisecond. */
const timeZones = new Map<string, string | null>();

/**
 * ISO 3166-1 alpha-2 of a country as people and form tools write it: name in ten languages, alpha-2, alpha-3, number,
 * flag, or name and code together (`Germany (DE)`, `de - Deutschland`). `null` when it is none of these.
 */
export function readCountry(given: string | null): string | null {
	// what Lead Normalize writes, and so nearly every lead that a rule looks at
	if (given !== null && Object.hasOwn(english, given)) return given;
	const text = given?.trim() ?? '';
	if (text === '' || text.length > 200) return null;
	const flag = /^([\u{1F1E6}-\u{1F1FF}])([\u{1F1E6}-\u{1F1FF}])/u.exec(text);
	if (flag) return byName(String.fromCodePoint(...[flag[1], flag[2]].map((letter) => (letter.codePointAt(0) as number) - 0x1f1e6 + 65)));
	const whole = byName(text);
	if (whole) return whole;
	const parts = text.split(/\s*[()[\],;|/]\s*|\s+[-–—:]\s+/).filter((part) => part.trim() !== '');
	const found = new Set(parts.map(byName).filter((code) => code !== null));
	return parts.length > 1 && found.size === 1 ? [...found][0] : null;
}

/** English name of an ISO 3166-1 alpha-2 code, e.g. `United Kingdom`; undefined when it is none. */
export function countryName(code: string): string | undefined {
	return Object.hasOwn(english, code) ? [english[code]].flat()[0] : undefined;
}

/** The country's time zone when it has but one; `null` for countries with several. */
export function timeZoneOfCountry(country: string | null): string | null {
	if (country === null || !/^[A-Z]{2}$/.test(country)) return null;
	const earlier = timeZones.get(country);
	if (earlier !== undefined) return earlier;
	// zones of a region are newer than the library types
	const locale = new Intl.Locale('und', { region: country }) as Intl.Locale & { getTimeZones?: () => string[] | undefined };
	const zones = (locale.getTimeZones?.() ?? []).filter((zone) => zone !== 'Europe/Busingen');
	const zone = zones.length === 1 ? zones[0] : null;
	timeZones.set(country, zone);
	return zone;
}

function byName(text: string): string | null {
	names ??= readNames();
	return names.get(foldText(text)) ?? null;
}

function readNames(): Map<string, string> {
	const found = new Map<string, string>();
	for (const locale of [sv, da, pl, pt, nl, it, es, fr, de, en]) {
		for (const [code, given] of Object.entries(locale.countries as Record<string, string | string[]>)) {
			for (const one of [given].flat()) found.set(foldText(one), code);
		}
	}
	for (const [alpha2, alpha3, number] of codes as string[][]) {
		found.set(alpha2.toLowerCase(), alpha2);
		found.set(alpha3.toLowerCase(), alpha2);
		if (number) found.set(number, alpha2);
	}
	for (const [alias, code] of Object.entries(aliases)) found.set(alias, code);
	return found;
}
