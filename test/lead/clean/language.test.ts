import { readLanguage } from '../../../nodes/lead/clean/language';

describe('readLanguage', () => {
	it.each([['de', 'de'], ['de-AT', 'de'], ['en_US', 'en'], ['German', 'de'], ['Deutsch', 'de'], ['français', 'fr'], ['xx', null], ['klingon', null], [null, null]])('reads %s', (given, language) => {
		expect(readLanguage(given)).toBe(language);
	});
});
