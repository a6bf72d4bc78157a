import { countryOfZone, readTimeZone } from '../../../nodes/lead/clean/timeZone';

const nothing = { given: null, country: null, region: null, phone: null, isMobile: false };

describe('readTimeZone', () => {
	it.each([
		['what the form says', { ...nothing, given: 'Europe/Vienna', country: 'US' }, 'Europe/Vienna', 'form', 1],
		['the only zone of the country', { ...nothing, country: 'GB' }, 'Europe/London', 'country', 0.95],
		['the zone where nearly all live', { ...nothing, country: 'ES' }, 'Europe/Madrid', 'country', 0.9],
		['the part of the country', { ...nothing, country: 'US', region: 'US-CA' }, 'America/Los_Angeles', 'region', 0.9],
		['a part with two zones', { ...nothing, country: 'US', region: 'US-TX' }, 'America/Chicago', 'region', 0.75],
		['the islands before the mainland', { ...nothing, country: 'ES', region: 'ES-CN' }, 'Atlantic/Canary', 'region', 0.9],
		['the area of a number', { ...nothing, country: 'US', phone: '+12125550123' }, 'America/New_York', 'phone', 0.7],
		['an area code that people keep', { ...nothing, country: 'US', phone: '+14155550123', isMobile: true }, 'America/Los_Angeles', 'phone', 0.5],
		['the area of an Australian landline', { ...nothing, country: 'AU', phone: '+61733331234' }, 'Australia/Brisbane', 'phone', 0.7],
	] as const)('takes %s', (_, given, timeZone, from, confidence) => {
		expect(readTimeZone(given)).toEqual({ timeZone, basis: { from, confidence } });
	});

	it.each([
		['a country with several zones', { ...nothing, country: 'US' }], ['a number of no area', { ...nothing, country: 'US', phone: '+18005550123' }], ['nothing', nothing],
		['a zone that is none', { ...nothing, given: 'Europe/Atlantis' }], ['a foreign number', { ...nothing, country: 'RU', phone: '+12125550123' }], ['no country', { ...nothing, country: 'constructor', region: '__proto__-x' }],
	])('guesses none from %s', (_, given) => {
		expect(readTimeZone(given)).toEqual({ timeZone: null, basis: null });
	});
});

describe('countryOfZone', () => {
	it.each([['Europe/Vienna', 'AT'], ['America/New_York', 'US'], ['UTC', null], ['Europe/Atlantis', null], [null, null]])('of %s', (zone, country) => {
		expect(countryOfZone(zone)).toBe(country);
	});
});
