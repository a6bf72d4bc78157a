import { readCountry } from '../country';
import { countryOfZone } from './timeZone';

/** A country that something else than a country field points to. */
export interface CountryHint {
	/** Alpha-2. */
	country: string;
	/** What points to it, in words. */
	from: string;
}

/** Country endings that firms anywhere use for their sound, or that are no country of ISO 3166-1. */
const notACountry = new Set('io ai co me tv cc fm ly gg to sh ac im is us eu am la nu tk ws so st vc bz gl pw su id in sx cx ms mu sc ag gs lc vg ml ga cf gq pn'.split(' '));

/** The country that the browser's zone or language, or the ending of a mail or web address points to; `null` when none does. */
export function hintCountry({ timeZone, language, emailDomain, website }: { timeZone: string | null; language: string | null; emailDomain: string | null; website: string | null }): CountryHint | null {
	const ofZone = countryOfZone(timeZone);
	if (ofZone !== null) return { country: ofZone, from: 'time zone' };
	const ofEnding = countryOfEnding(emailDomain);
	if (ofEnding !== null) return { country: ofEnding, from: 'e-mail address' };
	const host = /^(?:https?:\/\/)?([a-z0-9.-]{3,200})(?:[/:?#]|$)/i.exec(website?.trim() ?? '')?.[1] ?? null;
	const ofSite = countryOfEnding(host);
	if (ofSite !== null) return { country: ofSite, from: 'website' };
	// "en-US" is what browsers say in half the world
	const locale = /^([a-z]{2})[-_]([A-Za-z]{2})\b/.exec(language?.trim() ?? '');
	const ofLocale = locale && locale[1] !== 'en' ? readCountry(locale[2].toUpperCase()) : null;
	return ofLocale === null ? null : { country: ofLocale, from: 'language' };
}

function countryOfEnding(host: string | null): string | null {
	const ending = /\.([a-z]{2})$/i.exec(host ?? '')?.[1].toLowerCase();
	if (ending === undefined || notACountry.has(ending)) return null;
	return readCountry(ending === 'uk' ? 'GB' : ending.toUpperCase());
}
