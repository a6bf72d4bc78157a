import { countryName, readCountry } from '../../nodes/lead/country';
import { timeZoneOfCountry } from '../../nodes/lead/clean/timeZone';

describe('readCountry', () => {
	it.each([
		['GB', 'GB'], ['gb', 'GB'], ['GBR', 'GB'], ['826', 'GB'], ['UK', 'GB'], ['U.K.', 'GB'], ['England', 'GB'], ['Scotland', 'GB'], ['United Kingdom', 'GB'], ['Great Britain', 'GB'],
		['Vereinigtes Königreich', 'GB'], ['Royaume-Uni', 'GB'], ['Reino Unido', 'GB'], ['Deutschland', 'DE'], ['Allemagne', 'DE'], ['Alemania', 'DE'], ['Germania', 'DE'], ['Duitsland', 'DE'], ['Alemanha', 'DE'],
		['USA', 'US'], ['U.S.', 'US'], ['United States of America', 'US'], ['Estados Unidos', 'US'], ['Holland', 'NL'], ['Schweiz', 'CH'], ['Suisse', 'CH'], ['Österreich', 'AT'], ['España', 'ES'],
		['Germany (DE)', 'DE'], ['de - Deutschland', 'DE'], ['🇩🇪', 'DE'], ['🇬🇧 United Kingdom', 'GB'], ['  france ', 'FR'], ['Georgia', 'GE'], ['Россия', 'RU'], ['日本', 'JP'], ['대한민국', 'KR'], ['Ελλάδα', 'GR'], ['Magyarország', 'HU'], ['Türkiye', 'TR'], ['المملكة العربية السعودية', 'SA'], ['ไทย', 'TH'],
		['Untied Kingdom', 'GB'], ['Germny', 'DE'], ['Berlin, Germany', 'DE'], ['London, UK', 'GB'], ['Republic of China', 'TW'], ['Republic of Korea', 'KR'], ['St. Vincent & the Grenadines', 'VC'], ['NOR', 'NO'],
	])('reads %s', (given, country) => {
		expect(readCountry(given)).toBe(country);
	});

	it.each(['Atlantis', 'Europe', 'XX', 'Germany or France', '-', 'constructor', 'no', 'na', 'N/A', 'none', 'Columbia', 'San Jose, CA', 'Wilmington, DE', 'Virgin Islands, U.S. of', 'Ireland/UK', 'Austrlia', 'Nigera', 'Nga', 'Congo', 'Latin America', 'London', '__proto__', '', null])('gives nothing for %s', (given) => {
		expect(readCountry(given)).toBeNull();
	});
});

describe('countryName', () => {
	it('is the English name of a code, and nothing for any other text', () => {
		expect(['GB', 'US', 'CH', 'gb', 'XX', 'constructor', ''].map((code) => countryName(code))).toEqual(['United Kingdom', 'United States of America', 'Switzerland', undefined, undefined, undefined, undefined]);
	});
});

describe('timeZoneOfCountry', () => {
	it('knows the zone of a country that has but one', () => {
		expect(timeZoneOfCountry('GB')).toBe('Europe/London');
		expect(timeZoneOfCountry('DE')).toBe('Europe/Berlin');
	});
	it('gives none for a country with several, or none at all', () => {
		expect(timeZoneOfCountry('US')).toBeNull();
		expect(timeZoneOfCountry('XX')).toBeNull();
		expect(timeZoneOfCountry(null)).toBeNull();
	});
});
