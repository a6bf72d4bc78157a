import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { captureLead, type CaptureLeadInput } from '../../../nodes/lead/capture/captureLead';
import { nestBrackets } from '../../../nodes/lead/capture/nestBrackets';
import { formToolNames } from '../../../nodes/lead/capture/tools/formTool';
import { normalizeLead } from '../../../nodes/lead/clean/normalizeLead';
import type { HandoffRecord } from '../../../nodes/lead/handoffRecord';
import { isObject } from '../../../nodes/lead/isObject';

const folder = join(__dirname, '..', '..', 'fixtures', 'forms');
const fixture = (name: string): unknown => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
const fixtureNames = readdirSync(folder).map((file) => file.replace('.json', ''));
const now = new Date('2026-11-20T18:30:00Z');

function recordOf(payload: unknown, how: Partial<CaptureLeadInput> = {}): HandoffRecord {
	const ids = { submissionId: 's', leadId: 'l', personId: 'p' };
	const captured = captureLead({
		payload, client: 'acme', submissionId: ids.submissionId, now, zone: { timeZone: 'Europe/Berlin', from: 'the client' }, requiredSource: ['source', 'medium', 'campaign'], ...how,
	});
	return normalizeLead({ captured, client: 'acme', ids, now, test: captured.read.isTest, defaultCountry: 'GB' });
}

interface Expected {
	formTool: string;
	eventId?: string;
	formId?: string;
	submittedAt?: string;
	lead: object;
	source?: object;
	consent?: object;
	custom?: object;
	spam?: number;
	test?: boolean;
	issue?: string;
}

/** Each story with the record that an operator would write down for it. */
const stories: Record<string, Expected> = {
	'n8n-form-with-query': {
		formTool: 'n8nForm', submittedAt: '2026-11-20T17:00:00.000Z', lead: { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@analytical.example', message: 'We need help with our billing engine.' },
		source: { source: 'partner-portal', medium: 'partner', channel: 'partner' }, custom: {},
	},
	'webhook-spanish-contact': {
		formTool: 'webhook', lead: { firstName: 'Lucía', lastName: 'García Márquez', company: 'García Márquez, S.L.', country: 'ES', budget: { min: 10000, max: 20000, currency: 'EUR' } },
		source: { source: 'google', medium: 'organic', campaign: 'otoño', channel: 'organicSearch', complete: true }, consent: { text: 'Acepto la política de privacidad' }, custom: { 'Color favorito': 'verde' },
	},
	'webhook-url-encoded': {
		formTool: 'webhook', lead: { firstName: 'Zoë', lastName: 'van den Berg', email: 'zoe@vandenberg.example', message: 'Retour\n\nHallo, ik heb een vraag over mijn bestelling.' },
		source: { channel: 'organicSearch', landingPage: 'https://shop.example/kontakt?utm_source=google&utm_medium=organic' }, consent: { email: false }, custom: {},
	},
	'typeform-german-enquiry': {
		formTool: 'typeform', eventId: 'tok-anna-0001', formId: 'kontakt1', submittedAt: '2026-11-20T17:31:40.000Z',
		lead: { fullName: 'Anna Schäfer', email: 'anna.schaefer@schaefer-technik.example', companySize: { min: 51, max: 200 }, message: 'Wir suchen jemanden für die Wartung unserer Server.' },
		source: { source: 'linkedin', medium: 'paid-social', channel: 'paidSocial', complete: true }, custom: { 'Welche Themen beschäftigen Sie?': 'Server, Netzwerk' },
	},
	'typeform-contact-block': {
		formTool: 'typeform', eventId: 'tok-ines-0002', formId: 'Demo26', submittedAt: '2026-11-20T09:14:40.000Z',
		lead: { firstName: 'Inés', lastName: 'Ruiz Calderón', email: 'ines.ruiz@talleres-ruiz.example', phone: '+34612345678', company: 'Talleres Ruiz', companySize: { min: 11, max: 50 }, message: 'Please show us the planning board with our own orders.' },
		source: { campaign: 'crm-es', clickId: 'Cj0-abc-123', clickIdType: 'gclid', channel: 'paidSearch' }, consent: { email: false, at: '2026-11-20T09:14:40.000Z' },
		custom: { 'Email of a colleague who should join': 'colleague@talleres-ruiz.example', 'How did you hear about us?': 'I met two of your people at a fair in Valencia in May', 'How urgent is it?': 8, estimate: 4200 },
	},
	'tally-french-enquiry': {
		formTool: 'tally', eventId: 'sub-0001', formId: 'wA1bC2', submittedAt: '2026-11-20T10:00:00.000Z',
		lead: { firstName: 'Chloé', lastName: 'Lefèvre', email: 'chloe@lefevre-conseil.example', phone: '+33199001234', company: 'Lefèvre Conseil SARL', serviceInterest: 'Infogérance' }, source: { source: 'newsletter', channel: 'email' },
	},
	'tally-consent-boxes': {
		formTool: 'tally', eventId: 'sub-0002', formId: 'nPz8Xk', submittedAt: '2026-11-20T14:03:08.000Z',
		lead: { firstName: 'Mareike', lastName: 'Hoffmann', email: 'm.hoffmann@hoffmann-bau.example', phone: '+4915112345678', company: 'Hoffmann Bau GmbH', serviceInterest: 'Planung, Wartung', message: 'Wir bauen um und suchen jemanden für Planung und Wartung.' },
		source: { campaign: 'herbst' }, consent: { email: true, phone: false, text: 'Ich möchte den Newsletter per E-Mail erhalten.' }, custom: { 'Zeitplan.Start': 'in drei Monaten', 'Pläne': 'https://files.example/plan.pdf' },
	},
	'jotform-webhook': {
		formTool: 'jotform', eventId: '6012345678901234567', formId: '261234567890', submittedAt: '2026-11-20T11:00:00.000Z',
		lead: {
			firstName: 'Oluwaseun', lastName: 'Adeyemi', email: 'seun@adeyemi-foods.example', phone: '+442079460123', company: 'Adeyemi Foods Ltd', country: 'GB', city: 'Leeds', postalCode: 'LS1 4AB',
			serviceInterest: 'Packaging, Cold storage', message: 'We need cold storage for two lorries a week, starting in March.',
		},
		source: { source: 'bing', medium: 'cpc', campaign: 'cold-chain', channel: 'paidSearch', complete: true }, consent: { email: false }, custom: { street: '4 Mill Lane', 'How did you find us?': 'A friend told me' },
	},
	'jotform-api-submission': {
		formTool: 'jotform', eventId: '6012345678900000001', formId: '261234567890', submittedAt: '2026-11-20T11:30:00.000Z',
		lead: { firstName: 'Greta', lastName: 'Lindqvist', email: 'greta@lindqvist.example', phone: '+442079460555', message: 'Only mornings, please.' }, custom: {},
	},
	'webflow-form-submission': {
		formTool: 'webflow', eventId: '6556321ca84df3949bfc0001', formId: '65429eadebe8a9f3a30f0001', submittedAt: '2026-11-20T15:45:56.340Z',
		lead: { firstName: 'Tobias', lastName: 'Wenger', email: 't.wenger@wenger-optik.example', phone: '+41446681800', country: 'CH', message: 'Could you look at our shop\'s checkout?' },
		source: { source: 'newsletter', medium: 'email', campaign: 'november', channel: 'email', complete: true }, consent: { email: false }, custom: {},
	},
	'webflow-older-webhook': {
		formTool: 'webflow', eventId: '6321ca84df3949bfc0001', formId: 'Sample Form', submittedAt: '2026-11-20T12:35:16.117Z',
		lead: { fullName: 'Yara Haddad', email: 'yara@haddad-legal.example', message: 'We would like to talk about a retainer for next year.' }, custom: {},
	},
	'gravity-forms-entry': {
		formTool: 'gravityForms', eventId: '117', formId: '2', submittedAt: '2026-11-20T17:05:30.000Z',
		lead: { firstName: 'Annegret', lastName: 'Diekmann', email: 'annegret.diekmann@web.example', phone: '+494211234567', country: 'DE', city: 'Bremen', postalCode: '28199', budget: { min: 10000, max: 20000, currency: 'EUR' }, message: 'Wir planen einen Wintergarten mit Beschattung, Süden, etwa 25 m².' },
		source: { campaign: 'wintergarten', clickId: 'EAIa-77', channel: 'paidSearch', complete: true }, consent: { email: false, text: 'Ich habe die Datenschutzerklärung gelesen und stimme zu.' },
		custom: { Anrede: 'Frau', 'Straße': 'Am Deich 9', 'field 5': 'Glas, Beschattung' },
	},
	'gravity-forms-entry-with-form': {
		formTool: 'gravityForms', eventId: '118', formId: '3', lead: { firstName: 'Hamza', lastName: 'Yılmaz', email: 'hamza@yilmaz-glas.example', serviceInterest: 'Glas, Beschattung', message: 'Bitte um Rückruf.' }, custom: {},
	},
	'gravity-forms-without-labels': {
		formTool: 'gravityForms', eventId: '119', formId: '5',
		lead: { firstName: 'Piotr', lastName: 'Zieliński', email: 'piotr@zielinski.example', phone: '+48512345678', country: 'PL', city: 'Gdańsk', postalCode: '80-827', message: 'Proszę o kontakt w sprawie szyb do sklepu w Gdańsku.' }, custom: { street: 'ul. Długa 5' },
	},
	'gravity-forms-named-fields': {
		formTool: 'gravityForms', formId: '4', submittedAt: '2026-11-20T17:12:00.000Z', lead: { firstName: 'Sofie', lastName: 'Aerts', email: 'sofie@aerts.example', phone: '+32470123456', message: 'Graag een offerte.' }, custom: {},
	},
	'elementor-plain': {
		formTool: 'elementor', formId: '3f2a9c1', submittedAt: '2026-11-20T17:31:00.000Z', lead: { fullName: 'Beatriz Lopes', email: 'beatriz@lopes-interiores.example', phone: '+351912345678', message: 'Gostaria de um orçamento para mobilar três escritórios.' },
		source: { clickId: 'IwAR0-xyz', clickIdType: 'fbclid', channel: 'social' }, consent: { text: 'Aceito a política de privacidade' }, custom: {}, issue: 'TIME_ZONE_ASSUMED',
	},
	'elementor-advanced': {
		formTool: 'elementor', formId: '7c1d2e3', submittedAt: '2026-11-20T16:02:00.000Z', lead: { fullName: 'Kwame Boateng', email: 'kwame@boateng-print.example', phone: '+233244123456', message: '2,000 flyers, both sides, by Friday.' },
		source: { source: 'flyer', landingPage: 'https://print.example/quote/' }, consent: { email: false }, custom: {}, spam: 60,
	},
	'hubspot-form-submission': {
		formTool: 'hubspot', eventId: 'conv-0001', formId: '0f1e2d3c-0001', submittedAt: '2026-11-19T18:00:00.000Z', lead: { firstName: 'Maya', lastName: 'O\'Brien', email: 'maya@northwind.example', company: 'Northwind Ltd', companySize: { min: 1000, max: null } },
		source: { source: 'google', campaign: 'brand', clickId: 'abc123', channel: 'paidSearch' }, custom: {},
	},
	'hubspot-form-with-consent': {
		formTool: 'hubspot', formId: '0f1e2d3c-0002', submittedAt: '2026-11-20T09:00:00.000Z', lead: { fullName: 'Lucie Moreau', email: 'l.moreau@moreau-vins.example', company: 'Moreau Vins SAS', companyDomain: 'moreau-vins.example', message: 'Nous cherchons un logiciel de gestion de caves.' },
		source: { source: 'linkedin', clickIdType: 'li_fat_id', channel: 'paidSocial' }, consent: { email: true, text: 'J\'accepte que mes données soient traitées.; J\'accepte de recevoir la newsletter par e-mail.' }, custom: {},
	},
	'hubspot-known-contact': { formTool: 'hubspot', eventId: 'conv-0002', formId: 'form-9', lead: { fullName: 'Tom Baker', email: 'tom@baker.example' }, source: { landingPage: 'https://acme.example/contact' } },
	'meta-lead': {
		formTool: 'metaLeadAds', eventId: '1234567890000001', formId: '998877665544', submittedAt: '2026-11-20T08:49:14.000Z', lead: { fullName: 'Nele Brandt', email: 'nele.brandt@post.example', phone: '+4917612345678', city: 'Berlin' },
		source: { source: 'instagram', medium: 'paid_social', campaign: 'Küchen Herbst', term: 'Berlin 30+', content: 'Küche A', channel: 'paidSocial', complete: true }, consent: { email: false, whatsapp: true },
		custom: { 'wann möchten sie ihre neue küche?': 'in_3_monaten', ad_id: '23850000000000111', adset_id: '23850000000000222', campaign_id: '23850000000000333' },
	},
	'meta-lead-from-n8n-trigger': {
		formTool: 'metaLeadAds', eventId: '1234567890000002', formId: '998877665545', submittedAt: '2026-11-20T09:00:00.000Z', lead: { fullName: 'Samira Osei', email: 'samira@osei-events.example', company: 'Osei Events' },
		source: { source: 'facebook', campaign: 'UK weddings', content: 'Marquee', channel: 'paidSocial' },
	},
	'meta-test-lead': { formTool: 'metaLeadAds', eventId: '1234567890000003', lead: { email: 'test@meta.com' }, spam: 35, test: true, issue: 'FORM_TOOL_TEST' },
	'meta-notice-without-answers': { formTool: 'metaLeadAds', eventId: '1234567890000004', formId: '998877665545', submittedAt: '2026-11-20T09:00:00.000Z', lead: { email: null, phone: null }, issue: 'LEAD_NOT_IN_PAYLOAD' },
	'google-ads-lead': {
		formTool: 'googleAds', eventId: 'TeSter-00000001', formId: '40000000001', lead: { fullName: 'Rhys Bevan', email: 'rhys@bevan-roofing.example', phone: '+442920180123', company: 'Bevan Roofing', postalCode: 'CF10 1AA' },
		source: { source: 'google', medium: 'cpc', campaign: '20000000001', content: '50000000001', clickId: 'CjwK-0001', clickIdType: 'gclid', channel: 'paidSearch', complete: true },
		custom: { 'Which roof do you have?': 'Slate', campaign_id: 20000000001, adgroup_id: 30000000001, creative_id: 50000000001 },
	},
	'google-ads-test-lead': { formTool: 'googleAds', eventId: 'TeSter-00000002', lead: { email: 'test@example.com' }, test: true, issue: 'FORM_TOOL_TEST' },
	'calendly-booking': {
		formTool: 'calendly', eventId: 'https://api.calendly.com/scheduled_events/EEE1/invitees/AAA1', formId: 'https://api.calendly.com/event_types/TTT1', submittedAt: '2026-11-20T16:20:00.123Z',
		lead: { fullName: 'Ingrid Solberg', email: 'ingrid@solberg-fisk.example', phone: '+4740612345', company: 'Solberg Fisk AS', timeZone: 'Europe/Oslo', message: 'We export to Japan and want to talk about cold chain sensors.' },
		source: { source: 'linkedin', medium: 'paid_social', campaign: 'sensors', channel: 'paidSocial', complete: true }, custom: { 'Meeting': '30 Minute Meeting', 'Meeting starts at': '2026-11-25T09:00:00.000000Z', 'Meeting status': 'active' },
	},
	'calendly-cancellation': { formTool: 'calendly', eventId: 'https://api.calendly.com/scheduled_events/EEE1/invitees/AAA1#canceled', submittedAt: '2026-11-20T18:00:00.000Z', lead: { fullName: 'Ingrid Solberg' }, issue: 'BOOKING_CANCELED' },
	'whatsapp-from-an-advert': {
		formTool: 'whatsapp', eventId: 'wamid.HBgMNDQ3NzAwOTAwMTIzFQIAEhgUM0EAdvert01A', formId: '106540352242922', submittedAt: '2026-11-20T18:12:05.000Z',
		lead: { fullName: 'Nia Pritchard', phone: '+447400123456', email: null, country: 'GB', message: 'Hello! Can I get a quote for a loft conversion in Cardiff?' },
		source: { source: 'whatsapp', medium: 'paid_social', campaign: 'Loft conversions from £20k', content: '120226305854810726', referrer: 'https://fb.me/3cr4Wqqkv', clickId: 'Aff-n8ZTODiE79d22KtAwQKj9e', clickIdType: 'ctwa_clid', channel: 'paidSocial', complete: true },
		custom: {},
	},
	'whatsapp-webhook-with-picture': {
		formTool: 'whatsapp', eventId: 'wamid.HBgNNDkxNzYxMjM0NTY3OBUCABIYFDNBPicture02', formId: '106540352242922', submittedAt: '2026-11-20T18:20:00.000Z',
		lead: { fullName: 'Jonas Keller', phone: '+4917612345678', country: 'DE', message: 'So sieht unser Dach aus, was kostet das?' }, source: { source: 'whatsapp', medium: 'whatsapp', campaign: null, channel: 'sms' },
		custom: { 'Attachment': 'image', 'Attachment ID': '1003383421387256' },
	},
};

describe('a form tool\'s payload', () => {
	it('has a story for every fixture, and a fixture for every tool', () => {
		expect(Object.keys(stories).sort()).toEqual([...fixtureNames].sort());
		const covered = new Set(Object.values(stories).map(({ formTool }) => formTool));
		expect(formToolNames.filter((name) => name !== 'generic' && !covered.has(name))).toEqual([]);
	});

	it.each(Object.entries(stories))('gives the right record of %s', (name, expected) => {
		const record = recordOf(fixture(name));
		expect(record.submission).toMatchObject({ formTool: expected.formTool, formToolBecause: expect.stringMatching(/\w/) as string });
		expect(record.submission.eventId).toBe(expected.eventId);
		if (expected.formId !== undefined) expect(record.submission.formId).toBe(expected.formId);
		if (expected.submittedAt !== undefined) expect(record.submission.submittedAt).toBe(expected.submittedAt);
		expect(record.lead).toMatchObject(expected.lead);
		expect(record.source).toMatchObject(expected.source ?? {});
		expect(record.consent).toMatchObject(expected.consent ?? {});
		if (expected.consent === undefined) expect(record.consent).toEqual({});
		if (expected.custom !== undefined) expect(record.lead.custom).toEqual(expected.custom);
		expect(record.quality.spam?.score).toBe(expected.spam ?? 0);
		expect(record.run.test).toBe(expected.test ?? false);
		if (expected.issue !== undefined) expect(record.quality.issues.map(({ code }) => code)).toContain(expected.issue);
	});

	// a webhook is posted again when the first answer was slow; headers, times and tokens differ then
	it.each(fixtureNames)('of %s has the same key when it is posted twice, and another when the words differ', (name) => {
		const payload = fixture(name);
		const key = (given: unknown) => recordOf(given).submission.key;
		const later = isObject(payload) && isObject(payload.headers) ? { ...payload, headers: { ...payload.headers, date: 'later', 'x-request-start': '2' } } : payload;
		expect(captureLead({ payload: later, client: 'acme', submissionId: 's-2', now: new Date('2026-11-20T19:30:00Z'), zone: { timeZone: 'UTC', from: 'the client' }, requiredSource: [] }).key).toBe(key(payload));
		expect(recordOf(payload, { client: 'other' }).submission.key).not.toBe(key(payload));
	});

	it('in bracketed keys is the same as in nested ones', () => {
		const flat = fixture('elementor-advanced') as { body: Record<string, unknown> };
		const nested = { ...flat, body: nestBrackets(flat.body) };
		expect(recordOf(nested)).toEqual(recordOf(flat));
	});

	it('of Typeform is read from what n8n\'s Typeform Trigger makes of it', () => {
		const whole = fixture('typeform-german-enquiry') as { form_response: { answers: { field: { id: string } }[] } };
		const byField = Object.fromEntries(whole.form_response.answers.map((answer) => [answer.field.id, answer]));
		expect(recordOf(byField)).toMatchObject({ submission: { formTool: 'typeform' }, lead: { email: 'anna.schaefer@schaefer-technik.example' } });
		const simplified = { ...whole, form_response: { ...whole.form_response, answers: { 'Wie ist Ihr Name?': 'Anna Schäfer', 'E-Mail': 'anna@acme.example' } } };
		expect(recordOf(simplified)).toMatchObject({ submission: { formTool: 'typeform', eventId: 'tok-anna-0001' }, lead: { fullName: 'Anna Schäfer', email: 'anna@acme.example' } });
	});

	it('of Typeform is one submission from the webhook and from the Responses API, also without an answer', () => {
		const { form_response: sent } = fixture('typeform-german-enquiry') as { form_response: { token: string; answers: object[] } };
		// the API's item names no form and no questions: both are added from the form
		const item = { ...sent, landing_id: sent.token, response_id: sent.token, response_type: 'completed', metadata: { user_agent: 'Mozilla/5.0', platform: 'other', referer: 'https://acme.typeform.com/to/kontakt1?utm_source=linkedin', network_id: 'a1', browser: 'default' }, calculated: { score: 0 } };
		const key = (form_response: object) => captureLead({ payload: { event_type: 'form_response', form_response }, client: 'acme', submissionId: 's', now, zone: { timeZone: 'Europe/Berlin', from: 'the client' }, requiredSource: [] }).key;
		expect(key(item)).toBe(key(sent));
		expect(recordOf({ form_response: item })).toMatchObject({ submission: { formTool: 'typeform' }, lead: recordOf({ form_response: sent }).lead, source: { source: 'linkedin', campaign: 'wartung-2026' } });
		expect(key({ ...item, answers: [] })).toBe(key({ ...sent, answers: undefined }));
	});

	it('of Jotform is read from the answers alone, as n8n\'s JotForm Trigger gives them', () => {
		const { body } = fixture('jotform-webhook') as { body: { rawRequest: string } };
		expect(recordOf(JSON.parse(body.rawRequest))).toMatchObject({ submission: { formTool: 'jotform', submittedAt: '2026-11-20T11:00:00.000Z' }, lead: { fullName: 'Oluwaseun Adeyemi', phone: '+442079460123' } });
	});

	it('without a shape is one of a webhook, or of nothing that is known', () => {
		expect(recordOf({ headers: {}, params: {}, query: {}, body: { email: 'ada@acme.example' } }).submission.formTool).toBe('webhook');
		expect(recordOf({ email: 'ada@acme.example' }).submission.formTool).toBe('generic');
	});

	describe('whose tool is set by hand', () => {
		it('is read as that tool\'s', () => {
			expect(recordOf(fixture('tally-french-enquiry'), { formTool: 'tally' }).submission).toMatchObject({ formTool: 'tally', formToolBecause: 'set in "Form Tool"', eventId: 'sub-0001' });
			expect(recordOf(fixture('tally-french-enquiry'), { formTool: 'generic' }).submission).toMatchObject({ formTool: 'generic' });
		});

		it('is read like any form when it has another shape, and says so', () => {
			const record = recordOf({ email: 'ada@acme.example', name: 'Ada' }, { formTool: 'webflow' });
			expect(record).toMatchObject({ submission: { formTool: 'webflow' }, lead: { email: 'ada@acme.example', fullName: 'Ada' } });
			expect(record.quality.issues.map(({ code }) => code)).toContain('FORM_TOOL_DIFFERS');
		});
	});
});

describe('nestBrackets', () => {
	it('leaves a body without brackets as it is', () => {
		const body = { 'a.b': 1, 'c[': 2 };
		expect(nestBrackets(body)).toBe(body);
	});

	it('keeps "__proto__" a key like any other', () => {
		const nested = nestBrackets({ 'fields[__proto__][polluted]': 'yes', '__proto__[polluted]': 'yes', 'constructor[prototype][polluted]': 'yes' });
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
		expect(Object.hasOwn(nested.fields as object, '__proto__')).toBe(true);
	});
});
