import { readCompany, websiteDomain } from '../../../nodes/lead/clean/company';
import { companyKey } from '../../../nodes/lead/clean/companyKey';

describe('companyKey', () => {
	it.each([
		['ACME Services, Ltd.', 'acme services'], ['Acme GmbH & Co. KG', 'acme'], ['Müller & Söhne OHG', 'muller and sohne'], ['Mueller und Soehne OHG', 'mueller and soehne'],
		['García Márquez, S.L.', 'garcia marquez'], ['Société Générale S.A.', 'societe generale'], ['Rossi S.r.l.', 'rossi'], ['De Vries B.V.', 'de vries'], ['Silva Lda.', 'silva'],
		['Kowalski Sp. z o.o.', 'kowalski'], ['Oy Nordic Ab', 'nordic'], ['The Acme Company, Inc.', 'acme'], ['Marks & Spencer plc', 'marks and spencer'], ['Marks and Spencer', 'marks and spencer'],
		["Sainsbury's Ltd", 'sainsburys'], ['AG', 'ag'], ['Limited', 'limited'], ['株式会社テスト', 'テスト'], ['삼성전자 주식회사', '삼성전자'], ['ОАО Новатэк', 'новатэк'], ['Hello pty ltd World', 'hello world'], ['Acme Pty Ltd', 'acme'], ['A/S Torm', 'torm'],
		['Nordic A/S', 'nordic'], ['Müller GmbH Berlin', 'muller berlin'], ['Carlsberg Group Holdings Ltd', 'carlsberg group holdings'], ['Acme Anonim Şirketi', 'acme'], ['Acme Spółka z ograniczoną odpowiedzialnością', 'acme'], ['Acme S. de R.L. de C.V.', 'acme'],
		['Acme eG', 'acme'], ['Tell Me', 'tell me'], ['So What Is It', 'so what is it'], ['PT Maju Jaya Tbk', 'maju jaya'], ['Acme d/b/a Zenith', 'acme'],
	])('of %s', (name, key) => {
		expect(companyKey(name)).toBe(key);
	});

	it('is never empty', () => {
		for (const name of ['&', 'Ltd. & Co.', '!!', 'S.A.']) expect(companyKey(name)).not.toBe('');
	});
});

describe('readCompany', () => {
	const read = (company: string | null, website: string | null = null, emailOwnDomain: string | null = null) => readCompany({ company, website, emailOwnDomain }).value;

	it('keeps the name as written, repaired', () => {
		expect(read(' Acme &amp; Sons  Ltd ')).toMatchObject({ company: 'Acme & Sons Ltd', companyKey: 'acme and sons' });
	});

	it.each(['n/a', 'None', '-', 'privat', 'self-employed', 'Freelance', ''])('takes "%s" for no company', (given) => {
		expect(read(given)).toMatchObject({ company: null, companyKey: null });
	});

	it('takes the website before the mail\'s domain, and never a free one', () => {
		expect(read('Acme', 'https://www.acme.co.uk/about', 'other.example').companyDomain).toBe('acme.co.uk');
		expect(read('Acme', 'facebook', 'acme.example').companyDomain).toBe('acme.example');
		expect(read('Acme', 'gmail.com').companyDomain).toBeNull();
	});
});

describe('websiteDomain', () => {
	it.each([['acme.example', 'acme.example'], ['http://blog.acme.example:8080/x?y', 'acme.example'], ['none', null], ['ada@acme.example', null], ['two words.example', null], [null, null]])('of %s', (given, domain) => {
		expect(websiteDomain(given)).toBe(domain);
	});
});
