import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { captureLead } from '../../../nodes/lead/capture/captureLead';
import { asGiven, written } from '../../../nodes/lead/clean/changeLog';
import { normalizeLead } from '../../../nodes/lead/clean/normalizeLead';
import type { HandoffRecord } from '../../../nodes/lead/handoffRecord';

const now = new Date('2026-11-20T18:30:00Z');
const folder = join(__dirname, '..', '..', 'fixtures', 'forms');

function normalize(payload: unknown) {
	const ids = { submissionId: 's', leadId: 'l', personId: 'p' };
	const captured = captureLead({ payload, client: 'acme', submissionId: 's', now, zone: { timeZone: 'UTC', from: 'the client' }, requiredSource: [] });
	return { read: captured.read, record: normalizeLead({ captured, client: 'acme', ids, now, test: false, defaultCountry: 'GB' }) };
}

/** What the log promises: taken back the last first, each change leaves what was there before it. */
function undo({ lead, source, quality }: HandoffRecord): { lead: Record<string, unknown>; custom: Record<string, unknown>; source: Record<string, unknown> } {
	const undone = { lead: { ...lead } as Record<string, unknown>, custom: { ...lead.custom }, source: { ...source } as Record<string, unknown> };
	for (const { field, before, after } of [...quality.changes].reverse()) {
		const [section, name] = field.startsWith('lead.custom.') ? ['custom', field.slice('lead.custom.'.length)] as const : field.split('.') as ['lead' | 'source', string];
		expect(written(undone[section][name])).toBe(after);
		undone[section][name] = before === '' ? null : before;
	}
	return undone;
}

/** Whether every field that the form gave is as the form gave it again. */
function expectRestored(payload: unknown): void {
	const { read, record } = normalize(payload);
	const { lead, custom, source } = undo(record);
	const asked = { firstName: ['firstName'], lastName: ['lastName'], fullName: ['fullName'], email: ['email'], phone: ['phone', 'mobile'], company: ['company'], companyDomain: ['website'], jobTitle: ['jobTitle'], country: ['country'], region: ['region'], city: ['city'], postalCode: ['postalCode'], timeZone: ['timeZone'], serviceInterest: ['serviceInterest'], companySize: ['companySize'], budget: ['budget'] } as const;
	for (const [name, fields] of Object.entries(asked)) {
		const given = fields.flatMap((field) => read.fields[field] ?? []);
		if (given.length > 0) expect(given).toContain(lead[name]);
	}
	const message = asGiven(read);
	if (message.length > 0) expect(message).toContain(lead.message);
	for (const [label, given] of Object.entries(read.custom)) if (typeof given === 'string') expect(custom[label]).toBe(given);
	for (const name of ['source', 'medium', 'campaign', 'term', 'content', 'landingPage', 'referrer'] as const) if (read.fields[name]) expect(read.fields[name]).toContain(source[name]);
}

describe('the change log', () => {
	it('tells field, before, after and rule of what was changed, and only of that', () => {
		const { record } = normalize({ name: 'ADA LOVELACE', email: 'Ada@Acme.EXAMPLE', phone: '020 7946 0018', city: 'London', message: 'Hello\r\n\r\n\r\n\r\nyou', 'Floor ': ' 3rd\u200b ', utm_source: 'google' });
		const changes = Object.fromEntries(record.quality.changes.map((change) => [change.field, change]));
		expect(changes['lead.email']).toEqual({ field: 'lead.email', before: 'Ada@Acme.EXAMPLE', after: 'Ada@acme.example', rule: expect.any(String) as string });
		expect(changes['lead.phone']).toMatchObject({ before: '020 7946 0018', after: '+442079460018' });
		expect(changes['lead.message']).toMatchObject({ before: 'Hello\r\n\r\n\r\n\r\nyou', after: 'Hello\n\nyou' });
		expect(changes['lead.custom.Floor']).toMatchObject({ before: ' 3rd\u200b ', after: '3rd' });
		expect(changes['lead.city']).toBeUndefined();
		expect(changes['source.source']).toBeUndefined();
	});

	it('tells of what could not be used', () => {
		const { record } = normalize({ email: 'ada@acme.example', phone: 'after six', utm_campaign: '(not set)' });
		expect(record.quality.changes).toEqual(expect.arrayContaining([
			expect.objectContaining({ field: 'lead.phone', before: 'after six', after: '' }), expect.objectContaining({ field: 'source.campaign', before: '(not set)', after: '' }),
		]));
	});

	it.each(readdirSync(folder))('of %s can be undone', (file) => {
		expectRestored(JSON.parse(readFileSync(join(folder, file), 'utf8')));
	});

	it('of any form can be undone', () => {
		const labels = fc.constantFrom('email', 'E-Mail', 'phone', 'Telefon', 'mobile', 'name', 'Vorname', 'Nachname', 'company', 'website', 'country', 'state', 'city', 'zip', 'budget', 'employees', 'message', 'comments', 'subject', 'time zone', 'service', 'title', 'utm_source', 'utm_campaign', 'referrer', 'landing page', 'Floor', 'note 7');
		const texts = fc.oneof(
			fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.emailAddress(), fc.webUrl(), fc.integer(),
			fc.constantFrom('ADA LOVELACE', 'Dr. von der Heide, Jürgen', ' ada@ACME.example ', 'ada@gmial.com', '+44 (0)20 7946 0018', '020 7946 0018 / 07700 900123', 'Acme GmbH &amp; Co. KG', 'Deutschland', 'GB', 'Bayern', '£5k–10k', '11-50', '<p>Hello&nbsp;you</p>', 'a\r\n\r\n\r\nb', 'Europe/Berlin', '(not set)', 'acme.example/x', 'MÃ¼ller', 'ａｄａ', '2 Mio €'),
		);
		fc.assert(fc.property(fc.dictionary(labels, texts), expectRestored), { numRuns: 400 });
	});
});
