import fc from 'fast-check';
import { readPersonName } from '../../../nodes/lead/clean/personName';

const whole = (fullName: string) => readPersonName({ fullName, firstName: null, lastName: null }).value;

describe('readPersonName', () => {
	it.each([
		['Ada Lovelace', 'Ada', 'Lovelace', 'Ada Lovelace'],
		['ADA LOVELACE', 'Ada', 'Lovelace', 'Ada Lovelace'],
		['ada lovelace', 'Ada', 'Lovelace', 'Ada Lovelace'],
		['Lovelace, Ada', 'Ada', 'Lovelace', 'Ada Lovelace'],
		['Dr. Ada Lovelace', 'Ada', 'Lovelace', 'Ada Lovelace'],
		['Herr Prof. Dr. Jürgen von der Heide', 'Jürgen', 'von der Heide', 'Jürgen von der Heide'],
		['JAN VAN DEN BERG', 'Jan', 'van den Berg', 'Jan van den Berg'],
		['Van Morrison', 'Van', 'Morrison', 'Van Morrison'],
		['MARY MCDONALD', 'Mary', 'McDonald', 'Mary McDonald'],
		['SEAN O\'BRIEN', 'Sean', 'O\'Brien', 'Sean O\'Brien'],
		['jean-luc picard', 'Jean-Luc', 'Picard', 'Jean-Luc Picard'],
		['Mary MacLeod', 'Mary', 'MacLeod', 'Mary MacLeod'],
		['Juan García y Vega', 'Juan', 'García y Vega', 'Juan García y Vega'],
		['John Q. Public', 'John Q.', 'Public', 'John Q. Public'],
		['John Doe Jr.', 'John', 'Doe', 'John Doe Jr.'],
		['John Doe, PhD, MBA', 'John', 'Doe', 'John Doe PhD MBA'],
		['Doe, John III', 'John', 'Doe', 'John Doe III'],
		['M. Dupont', null, 'Dupont', 'Dupont'],
		['M Jones', 'M', 'Jones', 'M Jones'],
		['Cher', 'Cher', null, 'Cher'],
		['山田太郎', null, null, '山田太郎'],
		['Иван Петров', null, null, 'Иван Петров'],
		['Herr Müller', null, 'Müller', 'Müller'],
		['Heide, Jürgen von der', 'Jürgen', 'von der Heide', 'Jürgen von der Heide'],
		['VAN DEN BERG, JAN', 'Jan', 'van den Berg', 'Jan van den Berg'],
		['SMITH, JOHN', 'John', 'Smith', 'John Smith'],
		['ANDREW NG', 'Andrew', 'Ng', 'Andrew Ng'],
		['AJ SMITH', 'AJ', 'Smith', 'AJ Smith'],
		['mary macdonald', 'Mary', 'MacDonald', 'Mary MacDonald'],
		['ANA MACHADO', 'Ana', 'Machado', 'Ana Machado'],
		['Jean DUPONT', 'Jean', 'Dupont', 'Jean Dupont'],
		['Maria da Silva e Souza', 'Maria', 'da Silva e Souza', 'Maria da Silva e Souza'],
		['John and Jane Smith', 'John and Jane', 'Smith', 'John and Jane Smith'],
		['Benjamin (Ben) Franklin', 'Benjamin', 'Franklin', 'Benjamin Franklin'],
		['Smith, J.R.', 'J.R.', 'Smith', 'J.R. Smith'],
		['Jack Ma', 'Jack', 'Ma', 'Jack Ma'],
		['Kenneth Clarke QC MP', 'Kenneth', 'Clarke', 'Kenneth Clarke QC MP'],
		['JOHN SMITH JR', 'John', 'Smith', 'John Smith Jr'],
		['Dean Martin', 'Dean', 'Martin', 'Dean Martin'],
		['Sam Smith 😊', 'Sam', 'Smith', 'Sam Smith'],
	])('reads %s', (given, firstName, lastName, fullName) => {
		expect(whole(given)).toMatchObject({ firstName, lastName, fullName });
	});

	it('mends two fields each, and never cuts a given part in two', () => {
		expect(readPersonName({ fullName: null, firstName: 'MARIA LUISA', lastName: 'DE LA CRUZ' }).value)
			.toMatchObject({ firstName: 'Maria Luisa', lastName: 'de la Cruz', fullName: 'Maria Luisa de la Cruz', title: null });
	});

	it.each([
		['a title in the first name', 'Dr. Ada', 'Lovelace', 'Ada', 'Lovelace', 'Ada Lovelace', 'Dr.'],
		['a suffix in the last name', 'Ada', 'LOVELACE PHD', 'Ada', 'Lovelace', 'Ada Lovelace PHD', null],
		['the whole name in the last name', 'Ada', 'Ada Lovelace', 'Ada', 'Lovelace', 'Ada Lovelace', null],
		['a title and no first name', 'Mr', 'Smith', null, 'Smith', 'Smith', 'Mr'],
		['a first name that begins like a particle', 'VAN', 'MORRISON', 'Van', 'Morrison', 'Van Morrison', null],
	])('finds %s', (_, firstName, lastName, first, last, full, title) => {
		expect(readPersonName({ fullName: null, firstName, lastName }).value).toEqual({ firstName: first, lastName: last, fullName: full, title });
	});

	it('takes one field apart that holds the whole name', () => {
		expect(readPersonName({ fullName: null, firstName: 'Ada Lovelace', lastName: null }).value).toMatchObject({ firstName: 'Ada', lastName: 'Lovelace' });
		expect(readPersonName({ fullName: null, firstName: null, lastName: 'Ada Lovelace' }).value).toMatchObject({ firstName: 'Ada', lastName: 'Lovelace' });
		expect(readPersonName({ fullName: null, firstName: null, lastName: 'van den Berg' }).value).toMatchObject({ firstName: null, lastName: 'van den Berg' });
	});

	it('notes the change with what was given', () => {
		expect(readPersonName({ fullName: 'ADA LOVELACE', firstName: null, lastName: null }).changes)
			.toEqual([expect.objectContaining({ field: 'lead.fullName', before: 'ADA LOVELACE', after: 'Ada Lovelace' })]);
	});

	it('gives no name for signs and numbers', () => {
		expect(readPersonName({ fullName: '-- 123 --', firstName: null, lastName: null })).toMatchObject({ value: { fullName: null }, issues: [{ code: 'NAME_NOT_READABLE' }] });
	});

	it('never throws', () => {
		fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (given) => {
			expect(() => whole(given)).not.toThrow();
		}), { numRuns: 300 });
	});

	it('keeps the last word of a plain name', () => {
		const word = fc.stringMatching(/^[A-Z][a-z]{2,8}$/);
		fc.assert(fc.property(word, word, (first, last) => {
			expect(whole(`${first} Xx${last}`).fullName).toContain(`Xx${last}`);
		}), { numRuns: 100 });
	});
});
