import { captureLead, type CaptureLeadInput } from '../../../nodes/lead/capture/captureLead';
import { eventKey } from '../../../nodes/lead/capture/submissionKey';

const now = new Date('2026-11-20T18:30:00Z');
const capture = (payload: unknown, more: Partial<CaptureLeadInput> = {}) => captureLead({
	payload, client: 'acme', submissionId: 'submission-1', now, zone: { timeZone: 'Europe/Berlin', from: 'the client' }, requiredSource: [], ...more,
});
const codes = (payload: unknown) => capture(payload).issues.map((issue) => issue.code);

describe('the time of a submission', () => {
	it.each([
		['with a zone', '2026-11-20T10:00:00+02:00', '2026-11-20T08:00:00.000Z'],
		['in UTC', '2026-11-20T10:00:00Z', '2026-11-20T10:00:00.000Z'],
		['as epoch milliseconds', 1795111200000, '2026-11-19T18:00:00.000Z'],
		['as epoch seconds', '1795111200', '2026-11-19T18:00:00.000Z'],
		['as in a mail', 'Fri, 20 Nov 2026 10:00:00 +0100', '2026-11-20T09:00:00.000Z'],
		['as Meta writes it', '2026-11-20T08:49:14+0000', '2026-11-20T08:49:14.000Z'],
	])('is read %s', (_, submittedAt, at) => {
		expect(capture({ submittedAt })).toMatchObject({ submittedAt: at, issues: [] });
	});

	it('without a zone is read in the assumed one, and says so', () => {
		const captured = capture({ submitted_at: '2026-11-20 10:00:00' });
		expect(captured.submittedAt).toBe('2026-11-20T09:00:00.000Z');
		expect(captured.issues).toEqual([expect.objectContaining({ code: 'TIME_ZONE_ASSUMED', severity: 'info', message: expect.stringContaining('Europe/Berlin, the zone of the client') })]);
	});

	it.each([
		['two readings', '03/04/2026 10:00', 'TIME_NOT_READABLE'], ['no time', 'yesterday', 'TIME_NOT_READABLE'], ['a day that is not', '2026-02-30', 'TIME_NOT_READABLE'],
		['the future', '2026-11-21T00:00:00Z', 'TIME_IN_FUTURE'], ['the last century', '1999-12-31T00:00:00Z', 'TIME_TOO_OLD'],
	])('with %s is left out', (_, submittedAt, code) => {
		expect(capture({ submittedAt }).submittedAt).toBeUndefined();
		expect(codes({ submittedAt })).toEqual([code]);
	});

	it('a little ahead of our clock counts as now', () => {
		expect(capture({ submittedAt: '2026-11-20T18:33:00Z' }).submittedAt).toBe('2026-11-20T18:30:00.000Z');
	});
});

describe('the submission key', () => {
	const lead = { email: 'ada@acme.example', message: 'Please call' };

	it('rests on the provider\'s event id where there is one', () => {
		const first = capture({ ...lead, event_id: 'e1' });
		expect(first.keyFromEventId).toBe(true);
		expect(capture({ ...lead, event_id: 'e1', message: 'other words' }).key).toBe(first.key);
		expect(capture({ ...lead, event_id: 'e2' }).key).not.toBe(first.key);
	});

	it('is the one by which that submission is looked up', () => {
		expect(capture({ ...lead, event_id: 'e1', form_id: 'f1' }).key).toBe(eventKey({ client: 'acme', formTool: 'generic', formId: 'f1', eventId: 'e1' }));
	});

	it('else on what was said, without time, token and order', () => {
		const first = capture({ ...lead, submittedAt: '2026-11-20T10:00:00Z', _wpnonce: 'a', 'g-recaptcha-response': 'b' });
		expect(first.keyFromEventId).toBe(false);
		expect(capture({ message: ' Please call', email: 'ada@acme.example', submittedAt: '2026-11-20T10:00:01Z', _wpnonce: 'c' }).key).toBe(first.key);
		expect(capture({ ...lead, message: 'Please write' }).key).not.toBe(first.key);
		expect(capture({ ...lead, floor: '3' }).key).not.toBe(capture({ ...lead, floor: '4' }).key);
	});

	it('differs between clients and forms', () => {
		const keys = [capture(lead), capture(lead, { client: 'other' }), capture(lead, { formId: 'form-2' }), capture({ ...lead, form_id: 'form-3' })].map(({ key }) => key);
		expect(new Set(keys).size).toBe(4);
	});

	// two empty forms are two submissions: neither may vanish as a resend of the other
	it('of a lead that said nothing is its own', () => {
		expect(capture({}).key).not.toBe(capture({}, { submissionId: 'submission-2' }).key);
	});

	it('tells apart long messages that differ only at their end', () => {
		const long = 'word '.repeat(100_000);
		expect(capture({ message: `${long}a` }).key).not.toBe(capture({ message: `${long}b` }).key);
	});

	it('holds nothing readable of the lead', () => {
		expect(capture(lead).key).toMatch(/^content:[0-9a-f]{40}$/);
	});
});

describe('consent', () => {
	const at = now.toISOString();

	it.each<[string, Record<string, unknown>, object]>([
		['a ticked newsletter box', { newsletter: true }, { email: true, at }],
		['a box left empty', { newsletter: 'no' }, { email: false, at }],
		['a box sent as nothing', { newsletter: '' }, { email: false, at }],
		['a question of boxes with none ticked', { 'I want to receive offers by email': [] }, { email: false, at }],
		['a box that was not there', { newsletter: null }, {}],
		['a German yes', { 'Newsletter-Anmeldung': 'Ja' }, { email: true, at }],
		['its own label back', { 'Subscribe to our newsletter': 'Subscribe to our newsletter' }, { email: true, text: 'Subscribe to our newsletter', at }],
		['neither yes nor no', { newsletter: 'weekly' }, {}],
		['texts and calls', { sms_consent: 'on', phone_consent: 'off' }, { sms: true, phone: false, at }],
		['WhatsApp, which is no SMS', { 'You may contact me on WhatsApp': true }, { whatsapp: true, text: 'You may contact me on WhatsApp', at }],
		['a sentence with two ways', { 'I agree to be contacted by phone and e-mail': true }, { phone: true, email: true, text: 'I agree to be contacted by phone and e-mail', at }],
		['the wording as the answer', { consent: 'I agree to receive newsletters by e-mail.' }, { email: true, text: 'I agree to receive newsletters by e-mail.', at }],
		['a list of allowed ways', { 'Marketing preferences': 'Email, SMS' }, { email: true, sms: true, at }],
		['a refusal that is ticked', { 'Please do not send me marketing emails': true }, { email: false, at }],
		['a refusal that is not ticked', { 'Please do not send me marketing emails': false }, {}],
		['two boxes that disagree', { newsletter: true, 'Send me offers by email': false }, { email: false, at }],
		['a privacy policy, which is no opt-in', { 'I agree to the privacy policy': true }, { text: 'I agree to the privacy policy', at }],
		['a privacy policy that was left empty', { 'I agree to the privacy policy': '' }, {}],
		['the wording and the time', { consent_text: 'You may write to me.', consent_at: '2026-11-20T10:00:00Z' }, { text: 'You may write to me.', at: '2026-11-20T10:00:00.000Z' }],
		['the time of the form', { newsletter: true, submitted_at: '2026-11-20T10:00:00Z' }, { email: true, at: '2026-11-20T10:00:00.000Z' }],
		['a preferred way, which is no consent', { 'Preferred contact method': 'Phone' }, {}],
		['a question about a phone', { 'Do you have a phone system?': true }, {}],
		['nothing asked', { email: 'ada@acme.example' }, {}],
	])('is read from %s', (_, payload, consent) => {
		expect(capture(payload).consent).toEqual(JSON.parse(JSON.stringify(consent)));
	});

	it.each([
		['German', 'Ja, ich möchte den Newsletter per E-Mail erhalten', { email: true }], ['German calls', 'Ich bin einverstanden, telefonisch kontaktiert zu werden', { phone: true }],
		['French', 'J’accepte de recevoir des offres par e-mail', { email: true }], ['French calls', 'J\'accepte d\'être contacté par téléphone', { phone: true }],
		['Spanish', 'Acepto recibir novedades por correo electrónico', { email: true }], ['Italian', 'Acconsento a ricevere la newsletter', { email: true }],
		['Portuguese', 'Aceito receber novidades por WhatsApp', { whatsapp: true }], ['Dutch', 'Ja, ik wil de nieuwsbrief ontvangen', { email: true }],
		['Polish', 'Wyrażam zgodę na otrzymywanie newslettera i marketing', { email: true }], ['Swedish', 'Jag samtycker till att få nyhetsbrev', { email: true }],
		['Danish', 'Jeg accepterer at modtage nyhedsbrev', { email: true }], ['Norwegian', 'Jeg samtykker til å motta SMS', { sms: true }],
	])('is read from a ticked box in %s', (_, label, consent) => {
		expect(capture({ [label]: true }).consent).toMatchObject({ ...consent, text: label });
	});

	it('says when two boxes disagree', () => {
		expect(codes({ newsletter: true, 'Send me offers by email': false })).toEqual(['CONSENT_CONFLICT']);
	});
});

describe('the time to fill in a form', () => {
	it.each<[string, object, number | undefined]>([
		['counted by the form', { time_to_submit: '12' }, 12],
		['from the moment it was shown', { form_loaded_at: '2026-11-20T18:29:58Z', submitted_at: '2026-11-20T18:30:00Z' }, 2],
		['until now, when the form does not say when it was sent', { form_loaded_at: '2026-11-20T18:29:00Z' }, 60],
		['that may be milliseconds', { elapsed: '15000' }, undefined],
		['that no form takes', { form_loaded_at: '2026-11-19T18:30:00Z' }, undefined],
		['that nobody tells', {}, undefined],
	])('is read where it is %s', (_, payload, seconds) => {
		expect(capture(payload).secondsToSubmit).toBe(seconds);
	});
});
