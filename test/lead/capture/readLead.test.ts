import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fieldOf } from '../../../nodes/lead/capture/fieldLabels';
import { readLead } from '../../../nodes/lead/capture/readLead';

const fixture = (name: string): unknown => JSON.parse(readFileSync(join(__dirname, '..', '..', 'fixtures', 'forms', `${name}.json`), 'utf8'));

/** First value of each field. */
function fieldsOf(payload: unknown): Record<string, string> {
	return Object.fromEntries(Object.entries(readLead(payload).fields).map(([field, values]) => [field, values[0]]));
}

describe('fieldOf', () => {
	it.each([
		['First Name', 'firstName'], ['first_name', 'firstName'], ['firstName', 'firstName'], ['Vorname', 'firstName'], ['Prénom', 'firstName'], ['Nombre', 'firstName'], ['Voornaam', 'firstName'], ['Primeiro nome', 'firstName'],
		['Nachname', 'lastName'], ['Nom de famille', 'lastName'], ['Apellidos', 'lastName'], ['Cognome', 'lastName'], ['Achternaam', 'lastName'], ['Sobrenome', 'lastName'], ['Surname *', 'lastName'],
		['E-Mail', 'email'], ['Work email', 'email'], ['Your Email Address (required)', 'email'], ['Ihre E-Mail-Adresse', 'email'], ['Adresse e-mail', 'email'], ['Correo electrónico', 'email'], ['Indirizzo e-mail', 'email'], ['E-mailadres', 'email'],
		['Téléphone', 'phone'], ['Telefonnummer', 'phone'], ['Teléfono', 'phone'], ['Numero di telefono', 'phone'], ['Telefoonnummer', 'phone'], ['Telefone', 'phone'], ['Handy', 'mobile'], ['Móvil', 'mobile'],
		['Company', 'company'], ['Firma', 'company'], ['Société', 'company'], ['Empresa', 'company'], ['Azienda', 'company'], ['Bedrijf', 'company'], ['Organization name', 'company'],
		['Land', 'country'], ['Pays', 'country'], ['País', 'country'], ['Paese', 'country'], ['PLZ', 'postalCode'], ['Ort', 'city'], ['Código postal', 'postalCode'],
		['Nachricht', 'message'], ['How can we help you?', 'message'], ['Mensagem', 'message'], ['Berufsbezeichnung', 'jobTitle'], ['Anzahl der Mitarbeiter', 'companySize'], ['Orçamento', 'budget'],
		['utm_source', 'source'], ['UTM Campaign', 'campaign'], ['gclid', 'gclid'], ['_gotcha', 'honeypot'], ['g-recaptcha-response', 'technical'],
		['Favourite colour', undefined], ['constructor', undefined], ['', undefined],
	])('knows %s', (label, field) => {
		expect(fieldOf([label])).toBe(field);
	});

	it('reads a path from its end, and a vague word only with what stands before it', () => {
		expect(fieldOf(['contact', 'name'])).toBe('fullName');
		expect(fieldOf(['form_fields', 'email'])).toBe('email');
		expect(fieldOf(['name', 'first'])).toBe('firstName');
		expect(fieldOf(['company', 'name'])).toBe('company');
		expect(fieldOf(['email', 'value'])).toBe('email');
		expect(fieldOf(['product', 'name'])).toBeUndefined();
		expect(fieldOf(['routing', 'source'])).toBeUndefined();
	});
});

describe('readLead', () => {
	it.each([
		['plain JSON', { email: 'ada@acme.example', name: 'Ada' }],
		['a webhook item', { headers: {}, params: {}, query: {}, body: { email: 'ada@acme.example', name: 'Ada' } }],
		['a webhook item with the form in its query', { headers: {}, params: {}, query: { email: 'ada@acme.example', name: 'Ada' }, body: {} }],
		['a URL-encoded body', { headers: {}, params: {}, query: {}, body: 'email=ada%40acme.example&name=Ada' }],
		['a JSON text', '{"email":"ada@acme.example","name":"Ada"}'],
		['a nested body', { payload: { contact: { email: 'ada@acme.example', name: 'Ada' } } }],
		['a list of one', [{ email: 'ada@acme.example', name: 'Ada' }]],
		['names and values', [{ name: 'email', value: 'ada@acme.example' }, { name: 'name', value: 'Ada' }]],
		['questions and answers', { answers: [{ question: 'What is your email?', answer: 'ada@acme.example' }, { question: 'Your name', answer: 'Ada' }] }],
		['keys and values', { fields: [{ key: 'email', value: 'ada@acme.example' }, { key: 'name', value: 'Ada' }] }],
		['bracketed keys', { 'form_fields[email]': 'ada@acme.example', 'form_fields[name]': 'Ada' }],
		['dotted keys', { 'contact.email': 'ada@acme.example', 'contact.name': 'Ada' }],
		['values in objects', { email: { value: 'ada@acme.example' }, name: { value: 'Ada' } }],
	])('reads %s', (_, payload) => {
		expect(fieldsOf(payload)).toEqual({ email: 'ada@acme.example', fullName: 'Ada' });
	});

	it.each([
		['typeform-german-enquiry', 'typeform', 'tok-anna-0001', { fullName: 'Anna Schäfer', email: 'anna.schaefer@schaefer-technik.example', companySize: '51-200', source: 'linkedin' }],
		['tally-french-enquiry', 'tally', 'sub-0001', { firstName: 'Chloé', lastName: 'Lefèvre', email: 'chloe@lefevre-conseil.example', serviceInterest: 'Infogérance', source: 'newsletter' }],
		['hubspot-form-submission', 'hubspot', 'conv-0001', { firstName: 'Maya', email: 'maya@northwind.example', companySize: '1,000+' }],
		['hubspot-known-contact', 'hubspot', 'conv-0002', { firstName: 'Tom', email: 'tom@baker.example' }],
		['n8n-form-with-query', 'n8nForm', null, { firstName: 'Ada', email: 'ada@analytical.example', message: 'We need help with our billing engine.', source: 'partner-portal' }],
		['webhook-spanish-contact', 'webhook', null, { firstName: 'Lucía', email: 'lucia@garciamarquez.example', company: 'García Márquez, S.L.', country: 'España', campaign: 'otoño' }],
	])('knows %s by its shape', (name, formTool, eventId, fields) => {
		const read = readLead(fixture(name));
		expect(read).toMatchObject({ formTool, eventId });
		expect(fieldsOf(fixture(name))).toMatchObject(fields);
	});

	it('keeps answers without a place of their own by their label', () => {
		expect(readLead({ 'Favourite colour': 'green', dogs: 2, subscribed_to: ['a', 'b'], product: { name: 'X' } }).custom)
			.toEqual({ 'Favourite colour': 'green', dogs: 2, subscribed_to: 'a, b', 'product.name': 'X' });
	});

	it('finds a whole question\'s field by its words and its answer', () => {
		expect(fieldsOf({ 'Which email can we reach you at?': 'ada@acme.example', 'On which telephone do we find you?': '020 7946 0018', 'Tell us about it': 'We would like to move our servers to another place.' }))
			.toEqual({ email: 'ada@acme.example', phone: '020 7946 0018', message: 'We would like to move our servers to another place.' });
	});

	it('reads "Name" by what stands beside it', () => {
		expect(fieldsOf({ Name: 'Schäfer', Vorname: 'Anna' })).toMatchObject({ firstName: 'Anna', lastName: 'Schäfer' });
		expect(fieldsOf({ Name: 'Ada', Surname: 'Lovelace' })).toMatchObject({ firstName: 'Ada', lastName: 'Lovelace' });
	});

	// a payload also names the rep it is meant for; a reply to the rep would never reach the lead
	it.each([{ owner: { email: 'rep@firm.example' } }, { to: 'sales@firm.example' }, { 'Account Owner Email': 'rep@firm.example' }, { routing: { owner: { email: 'rep@firm.example' } } }])('takes no address of the firm\'s own people: %j', (payload) => {
		expect(readLead(payload).fields.email).toBeUndefined();
		expect(readLead({ ...payload, from: 'ada@acme.example' }).fields.email).toEqual(['ada@acme.example']);
	});

	it('keeps a second value of a field', () => {
		const read = readLead({ email: 'ada@acme.example', 'work email': 'ada@other.example' });
		expect(read.fields.email).toEqual(['ada@acme.example', 'ada@other.example']);
		expect(read.custom).toEqual({ 'work email': 'ada@other.example' });
	});

	it('says when more than one lead came in one item', () => {
		const read = readLead([{ email: 'ada@acme.example', city: 'London' }, { email: 'bob@acme.example', city: 'Leeds' }]);
		expect(read.fields.email).toEqual(['ada@acme.example']);
		expect(read.issues).toEqual([expect.objectContaining({ code: 'SEVERAL_LEADS', severity: 'error' })]);
	});

	it('says when a payload was too large to keep whole', () => {
		const read = readLead(Object.fromEntries(Array.from({ length: 700 }, (_, index) => [`answer ${index}`, 'x'])));
		expect(Object.keys(read.custom)).toHaveLength(100);
		expect(read.issues.map((issue) => issue.code)).toEqual(['PAYLOAD_CUT']);
	});

	// a page's own measurements often come before the answers and are nested deep
	it.each<[string, unknown]>([
		['objects', { a: { b: { c: { d: { e: { f: { g: { h: { i: { j: 'deep' } } } } } } } } } }],
		['lists', JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`)],
		['lists and objects', JSON.parse(`${'[{"a":'.repeat(5_000)}1${'}]'.repeat(5_000)}`)],
	])('reads on after %s that are nested too deep', (_name, tracking) => {
		const read = readLead({ tracking, email: 'ada@acme.example' });
		expect(read.fields.email).toEqual(['ada@acme.example']);
		expect(read.issues.map((issue) => issue.code)).toEqual(['PAYLOAD_CUT']);
	});

	// no text can be made of such a value: `String` would throw
	it.each([
		{ form_response: { answers: [{ type: { toString: 1 }, field: { ref: { toString: 1 } } }, { type: 'email', email: 'ada@acme.example' }] } },
		{ eventType: 'FORM_RESPONSE', data: { fields: [{ type: { toString: 1 }, label: { toString: 1 }, value: { toString: 1 } }, { type: 'INPUT_EMAIL', label: 'Mail', value: 'ada@acme.example' }] } },
		{ name: { toString: 1, valueOf: 1 }, email: 'ada@acme.example' },
	])('reads on beside values that are no text: %j', (payload) => {
		expect(readLead(payload).fields.email).toEqual(['ada@acme.example']);
	});

	it('notices a filled honeypot only when it is filled', () => {
		expect(readLead({ honeypot: 'x' }).honeypotFilled).toBe(true);
		expect(readLead({ honeypot: '' }).honeypotFilled).toBe(false);
		expect(readLead({ honeypot: false }).honeypotFilled).toBe(false);
	});
});
