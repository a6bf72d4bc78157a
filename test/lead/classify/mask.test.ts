import fc from 'fast-check';
import { createMask } from '../../../nodes/lead/classify/mask';
import { emptyLeadFields } from '../../../nodes/lead/handoffRecord';

const lead = { ...emptyLeadFields(), firstName: 'Jürgen', lastName: 'Weiß', fullName: 'Jürgen Weiß', postalCode: '80331', custom: { Street: 'Hauptstraße 7' } };
const hide = (text: string) => createMask(lead, [text]).hide(text);

describe('createMask', () => {
	it.each([
		['an e-mail address', 'Write to j.weiss+web@mail.example.com today', 'Write to [EMAIL_1] today'],
		['a phone number', 'Call +44 20 7946 0018, please', 'Call [PHONE_1], please'],
		['a phone number in brackets', 'Call (020) 7946-0018.', 'Call [PHONE_1].'],
		['a card number', 'Card 4111 1111 1111 1111 was charged', 'Card [ACCOUNT_1] was charged'],
		['an account number', 'IBAN DE89 3704 0044 0532 0130 00 please', 'IBAN [ACCOUNT_1] please'],
		['the lead\'s whole name', 'Regards, Jürgen Weiß', 'Regards, [NAME_1]'],
		['the lead\'s name in lower case', 'jürgen here', '[NAME_1] here'],
		['the lead\'s street and postal code', 'We sit at Hauptstraße 7, 80331 Munich', 'We sit at [ADDRESS_1], [ADDRESS_2] Munich'],
	])('hides %s', (_name, text, expected) => {
		expect(hide(text)).toBe(expected);
	});

	it.each([
		['a date', 'We start on 2026-11-20 or 20.11.2026'],
		['an amount', 'Our budget is 1.000.000 or 250 000'],
		['a year and a count', 'In 2026 we have 450 people'],
		['a part of a word', 'Weißblech'],
	])('leaves %s', (_name, text) => {
		expect(hide(text)).toBe(text);
	});

	it('gives one value the same mark in every text', () => {
		const mask = createMask(lead, []);
		expect([mask.hide('a@b.example'), mask.hide('again a@b.example')]).toEqual(['[EMAIL_1]', 'again [EMAIL_1]']);
	});

	it('puts every text back as it was, marks that the lead typed included', () => {
		const parts = fc.constantFrom('[EMAIL_1]', '[NAME_1]', '[PHONE_2]', 'Jürgen', 'Weiß', 'a@b.example', '+44 20 7946 0018', '80331', ' ', '[', '_1]', 'IBAN DE89370400440532013000');
		fc.assert(fc.property(fc.array(fc.oneof(parts, fc.string({ unit: 'grapheme' }))), (pieces) => {
			const text = pieces.join('');
			const mask = createMask(lead, [text]);
			expect(mask.restore(mask.hide(text))).toBe(text);
		}), { numRuns: 500 });
	});

	it('hides every address that it is given', () => {
		fc.assert(fc.property(fc.emailAddress(), (address) => {
			const local = address.split('@')[0];
			if (!/^[a-z0-9._%+'-]+$/i.test(local)) return;
			expect(hide(`mail ${address} now`)).not.toContain(address);
		}));
	});
});

describe('createMask with people and places that nobody told it of', () => {
	it.each([
		['a name after a title', 'Please call Ms Olivia Hart about it', 'Please call Ms [NAME_1] about it'],
		['a name that is introduced', 'My name is Carlos Ruiz and I need help', 'My name is [NAME_1] and I need help'],
		['a German name', 'Ansprechpartnerin ist Frau Schneider', 'Ansprechpartnerin ist Frau [NAME_1]'],
		['a name under a greeting', 'Send an offer.\nBest regards,\nTom Becker', 'Send an offer.\nBest regards,\n[NAME_1]'],
		['that name wherever else it stands', 'I am Tom Becker.\nThanks,\nTom Becker', 'I am [NAME_1].\nThanks,\n[NAME_1]'],
		['an English street', 'We are at 14 Green Park Road in Leeds', 'We are at [ADDRESS_1] in Leeds'],
		['a German street', 'Büro in der Lindenstraße 12a', 'Büro in der [ADDRESS_1]'],
		['a French street', 'au 7, rue de la République', 'au [ADDRESS_1]'],
		['a Spanish street', 'en Calle del Olmo 22', 'en [ADDRESS_1]'],
		['an Italian street', 'in Via Garibaldi 9', 'in [ADDRESS_1]'],
		['a Dutch street', 'aan de Keizersgracht 100', 'aan de [ADDRESS_1]'],
		['an account number', 'account 12345678 at your bank', 'account [PHONE_1] at your bank'],
	])('hides %s', (_name, text, expected) => {
		expect(createMask(emptyLeadFields(), [text]).hide(text)).toBe(expected);
	});

	it.each(['We want to buy 40 Green Screens', 'Acme Services Ltd needs an audit', 'Thanks for the demo', 'via email or via phone', 'on our way to 3 sites', 'Dr. Oetker makes pizza, 2 of them'])('leaves %j but for what a title stands before', (text) => {
		expect(createMask(emptyLeadFields(), [text]).hide(text).replace('[NAME_1]', 'Oetker')).toBe(text);
	});
});
