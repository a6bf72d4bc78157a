import { readBudget, readRange } from '../../../nodes/lead/clean/range';
import { readRegion } from '../../../nodes/lead/clean/region';

describe('readRegion', () => {
	it.each([
		['California', 'US', 'US-CA'], ['ca', 'US', 'US-CA'], ['Calif.', 'US', 'US-CA'], ['US-CA', null, 'US-CA'], ['Québec', 'CA', 'CA-QC'], ['NSW', 'AU', 'AU-NSW'],
		['Bayern', 'DE', 'DE-BY'], ['Baden-Württemberg', 'DE', 'DE-BW'], ['Scotland', 'GB', 'GB-SCT'], ['Kent', 'GB', 'Kent'], ['Île-de-France', 'FR', 'FR-IDF'], ['Kanton Zürich', 'CH', 'CH-ZH'], ['State of California', 'US', 'US-CA'], ['Wien', 'AT', 'AT-9'], ['São Paulo', 'BR', 'BR-SP'], ['Lombardia', 'IT', 'IT-25'],
	])('reads %s in %s', (given, country, region) => {
		expect(readRegion(given, country)).toBe(region);
	});

	// Georgia is a state, CA is a country and a state
	it.each(['Georgia', 'CA', 'Washington'])('guesses no country for %s', (given) => {
		expect(readRegion(given, null)).toBe(given);
	});

	it('does not move a region of another country', () => {
		expect(readRegion('US-CA', 'DE')).toBe('US-CA');
		expect(readRegion(null, 'DE')).toBeNull();
	});
});

describe('readRange', () => {
	it.each([
		['11-50', 11, 50], ['51–200 employees', 51, 200], ['1.000 - 5.000', 1000, 5000], ['1,000+', 1000, null], ['500', 500, 500], ['<10', null, 10], ['more than 500', 500, null], ['mehr als 500', 500, null],
		['bis 20', null, 20], ['1 to 10', 1, 10], ['5-10k', 5000, 10000], ['500-1k', 500, 1000],
	])('reads %s', (given, min, max) => {
		expect(readRange(given)).toEqual({ min, max });
	});
	it.each(['many', '', '50-11', '2024-11-20', null])('gives nothing for %s', (given) => {
		expect(readRange(given)).toBeNull();
	});
});

describe('readBudget', () => {
	it.each([
		['£5k–10k', 5000, 10000, 'GBP'], ['2 Mio €', 2e6, 2e6, 'EUR'], ['50.000 €', 50000, 50000, 'EUR'], ['under £5k', null, 5000, 'GBP'], ['CHF 10\'000', 10000, 10000, 'CHF'], ['$500', 500, 500, null],
		['1.5 million USD', 1.5e6, 1.5e6, 'USD'], ['10.000,50 EUR', 10000.5, 10000.5, 'EUR'],
	])('reads %s', (given, min, max, currency) => {
		expect(readBudget(given)).toEqual({ min, max, currency });
	});
});
