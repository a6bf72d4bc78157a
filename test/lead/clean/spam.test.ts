import { isGibberish, isGibberishText } from '../../../nodes/lead/clean/gibberish';
import { readSpam, suspectedFrom } from '../../../nodes/lead/clean/spam';
import { emptyLeadFields, type LeadFields } from '../../../nodes/lead/handoffRecord';

const read = (lead: Partial<LeadFields>, more: { honeypotFilled?: boolean; secondsToSubmit?: number; disposableEmail?: boolean } = {}) =>
	readSpam({ lead: { ...emptyLeadFields(), ...lead }, honeypotFilled: false, disposableEmail: false, ...more });

describe('readSpam', () => {
	it.each<[string, Partial<LeadFields>, object, string]>([
		['a filled honeypot', {}, { honeypotFilled: true }, 'a field that people cannot see was filled in (60)'],
		['an offer of search engine ranking', { message: 'We sell guest posts and backlinks' }, {}, 'offers search engine ranking (50)'],
		['three links', { message: 'https://a.example https://b.example https://c.example see these for your site' }, {}, '3 links in the message (50)'],
		['forum markup', { message: '[url=https://a.example]cheap[/url]' }, {}, 'the message holds forum markup (50)'],
		['a web address as a name', { fullName: 'Buy at https://a.example' }, {}, 'a web address as a name (50)'],
		['a name and a message typed at random', { fullName: 'wJkLmQxVbRt', message: 'xKqZbWpTnM' }, {}, 'the name looks typed at random (35)'],
		['a bare link sent at once', { message: 'https://a.example' }, { secondsToSubmit: 1 }, 'filled in within 2 seconds (40)'],
	])('suspects %s and says why', (_, lead, more, reason) => {
		const { score, because } = read(lead, more);
		expect(score).toBeGreaterThanOrEqual(suspectedFrom);
		expect(because).toContain(reason);
	});

	it.each<[string, Partial<LeadFields>, object]>([
		['one link', { message: 'This is our shop: https://acme.example. Could you build one like it?' }, {}],
		['two links', { message: 'We like https://a.example and https://b.example, please quote for both.' }, {}],
		['a quick form', { message: 'Please call' }, { secondsToSubmit: 3 }],
		['a throw-away address', { message: 'Please call' }, { disposableEmail: true }],
		['an address with dots', { email: 'a.b.c.d.e@acme.example', message: 'Please call' }, {}],
		['an odd name alone', { fullName: 'asdf', message: 'We need a new roof before winter.' }, {}],
		['nothing', {}, {}],
	])('does not suspect %s alone', (_, lead, more) => {
		expect(read(lead, more).score).toBeLessThan(suspectedFrom);
	});

	it('adds weak signs up, and never beyond 100', () => {
		expect(read({ fullName: 'asdf asdf', message: 'https://bit.ly/x' }, { secondsToSubmit: 1, disposableEmail: true, honeypotFilled: true }).score).toBe(100);
	});

	it('quotes nothing of what the lead wrote', () => {
		expect(read({ fullName: 'SecretXkq wJkLmQxVbRt', message: 'SecretWord https://secret.example https://secret.example https://secret.example' }).because.join(' ')).not.toMatch(/secret/i);
	});
});

describe('isGibberish', () => {
	it.each(['wJkLmQxVbRt', 'asdfgh', 'qwerty', 'asdasd', 'zxcvbnm', 'bcdfghk', 'xqzjvkw', 'aaaaaaa', 'LoUqRtBnMsXe', 'testtest'])('knows %s', (word) => {
		expect(isGibberish(word)).toBe(true);
	});

	// a lead called spam for its name is a lead lost
	it.each([
		'Krzysztof', 'Schwarzkopf', 'Nguyen', 'McDonald', 'MacKenzie', 'DeLaCruz', 'YouTube', 'Szczęsny', 'Wróblewski', 'Angstschweiss', 'Rechtsschutzversicherung', 'Ng', 'Smyth', 'Llywelyn', 'Vlk', 'Brzęczyszczykiewicz', 'Hrvoje', 'Srdjan',
		'Xiaoqing', 'Zhuang', 'Qiang', 'Qureshi', 'Iqbal', 'Tariq', 'Sadiq', 'Nasr', 'Hjördis', 'Bjork', 'Tkachenko', 'Mstislav', 'Vsevolod', 'Schmidt', 'Pfrommer', 'HSBC', 'KPMG', 'DHL', 'BMW', 'WordPress', 'HubSpot', 'LinkedIn', 'JavaScript', 'Ljubljana', 'Włodzimierz',
		'Przybylski', 'Dvořák', 'Jiří', 'Oğuz', 'Kjeldsen', 'Vijayakumar', 'Subrahmanyam', 'Xhosa', 'Tlaxcala', 'Tchaikovsky', 'Ixchel', 'Xóchitl', 'Ndjamena', 'Mfundo', 'Nkrumah', 'Dlamini', 'Hlengiwe', 'rhythm', 'strengths', 'Knightsbridge', 'Vásquez', 'Marquez', 'Jacques',
	])('takes %s for a word', (word) => {
		expect(isGibberish(word)).toBe(false);
	});

	it('judges a text by its long words', () => {
		expect(isGibberishText('xKqZbWpTnM wJkLmQxVbRt')).toBe(true);
		expect(isGibberishText('Please look at order xKqZbWpTnM again')).toBe(false);
		expect(isGibberishText('Wir suchen eine Rechtsschutzversicherung für Schwertransporte')).toBe(false);
		expect(isGibberishText('Proszę o kontakt w sprawie szyb')).toBe(false);
		expect(isGibberishText('')).toBe(false);
	});
});
