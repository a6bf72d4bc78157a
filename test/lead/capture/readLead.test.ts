import { readLead } from '../../../nodes/lead/capture/readLead';

/** First value of each field. */
function fieldsOf(payload: unknown): Record<string, string> {
	return Object.fromEntries(Object.entries(readLead(payload).fields).map(([field, values]) => [field, values[0]]));
}

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

	it('keeps answers without a place of their own by their label', () => {
		expect(readLead({ 'Favourite colour': 'green', dogs: 2, subscribed_to: ['a', 'b'], product: { name: 'X' } }).custom)
			.toEqual({ 'Favourite colour': 'green', dogs: 2, subscribed_to: 'a, b', 'product.name': 'X' });
	});

	it('finds a whole question\'s field by its words and its answer', () => {
		expect(fieldsOf({ 'Which email can we reach you at?': 'ada@acme.example', 'On which telephone do we find you?': '020 7946 0018', 'Tell us about it': 'We would like to move our servers to another place.' }))
			.toEqual({ email: 'ada@acme.example', phone: '020 7946 0018', message: 'We would like to move our servers to another place.' });
	});

	it('takes the number that answers how somebody is reached', () => {
		expect(fieldsOf({ Vollname: 'Jürgen Heide', 'Wie erreichen wir Sie?': '0171 2345678' })).toEqual({ fullName: 'Jürgen Heide', phone: '0171 2345678' });
		expect(fieldsOf({ 'How can we reach you?': 'mail me please' })).not.toHaveProperty('phone');
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

	it.each([
		['"Title" as a form of address', { Title: 'Mrs', name: 'Ada' }, 'jobTitle'],
		['a number of somebody else', { 'Phone number of referee': '020 7946 0018', name: 'Ada' }, 'phone'],
		['an address of a friend', { 'Email of a friend': 'bob@acme.example', name: 'Ada' }, 'email'],
		['an emergency contact', { emergency_contact: { name: 'Bob', phone: '020 7946 0018' } }, 'phone'],
		['how the lead heard of the firm', { 'How did you hear about us?': 'I read about you in the paper that came with the post last week' }, 'message'],
		['the same in German', { 'Wie sind Sie auf uns aufmerksam geworden?': 'Ein Kollege hat mir letzte Woche beim Mittagessen von Ihnen erzählt, danke' }, 'message'],
		['a browser\'s name', { browser: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36' }, 'message'],
		['a ticked box beside a word', { Phone: true, Company: false }, 'phone'],
		['what a company is like', { 'What does your company do?': 'Roofing', 'Type of company': 'GmbH', 'Company stage': 'Seed' }, 'company'],
		['a product\'s name', { 'Name of your project': 'Apollo', 'Project name': 'Apollo' }, 'fullName'],
	])('takes no field from %s', (_, payload, field) => {
		expect(readLead(payload).fields[field as 'phone']).toBeUndefined();
		expect(Object.keys(readLead(payload).custom).length).toBeGreaterThan(0);
	});

	it('knows a filled honeypot that the operator names', () => {
		expect(readLead({ 'Second fax': 'x', email: 'ada@acme.example' }, { honeypotField: 'second_fax' })).toMatchObject({ honeypotFilled: true, custom: {} });
		expect(readLead({ second_fax: '', email: 'ada@acme.example' }, { honeypotField: 'second_fax' }).honeypotFilled).toBe(false);
	});

	it.each(['idempotency-key', 'webhook-id'])('takes the header %s for the name of the delivery', (header) => {
		expect(readLead({ headers: { [header]: 'd-1' }, params: {}, query: {}, body: { email: 'ada@acme.example' } }).eventId).toBe('d-1');
	});

	describe('with fields mapped by hand', () => {
		it('lets them win, and keeps what was found', () => {
			const read = readLead({ name: 'Front Desk', contact_name: 'Ada Lovelace', a: 'We need help' }, { mapped: { fullName: 'Ada Lovelace', message: 'We need help' } });
			expect(read.fields).toMatchObject({ fullName: ['Ada Lovelace'], message: ['We need help'] });
			expect(read.custom).toMatchObject({ name: 'Front Desk' });
		});

		it('takes a name by hand for the whole name', () => {
			expect(readLead({ first_name: 'Desk', last_name: 'Front' }, { mapped: { fullName: 'Ada Lovelace' } }).fields).toEqual({ fullName: ['Ada Lovelace'] });
		});

		it('finds a field as usual when what is mapped is empty', () => {
			expect(readLead({ email: 'ada@acme.example' }, { mapped: { email: null, phone: '', company: [] } }).fields).toEqual({ email: ['ada@acme.example'] });
		});

		it('reads lists, numbers, times, ids and consent', () => {
			const read = readLead({ a: 1 }, { mapped: { serviceInterest: ['Audit', 'Support'], postalCode: 12345, submittedAt: 1795111200000, eventId: 'e-1', formId: 7, consentEmail: 'ja', consentSms: false } });
			expect(read).toMatchObject({
				fields: { serviceInterest: ['Audit, Support'], postalCode: ['12345'] }, submittedAt: 1795111200000, eventId: 'e-1', formId: '7',
				consents: [{ channels: ['email'], agreed: true, mapped: true }, { channels: ['sms'], agreed: false, mapped: true }],
			});
		});
	});
});
