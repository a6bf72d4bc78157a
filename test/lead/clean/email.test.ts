import { emailKey, readEmail, registrableDomain } from '../../../nodes/lead/clean/email';
import { suggestDomain } from '../../../nodes/lead/clean/emailTypos';

const codes = (given: string) => readEmail(given).issues.map((issue) => issue.code);

describe('readEmail', () => {
	it.each([
		['keeps the name before the @ as written', 'Ada.Lovelace@ACME.Example', 'Ada.Lovelace@acme.example'],
		['takes white space away', ' \u200Bada@acme.example\n', 'ada@acme.example'],
		['reads a mail link', 'mailto:ada@acme.example', 'ada@acme.example'],
		['reads the address beside a name', 'Ada Lovelace <ada@acme.example>', 'ada@acme.example'],
		['reads a hidden @', 'ada (at) acme (dot) example', 'ada@acme.example'],
		['drops a full stop at the end', 'ada@acme.example.', 'ada@acme.example'],
		['keeps a tag, for it is the address to write to', 'ada+shop@gmail.com', 'ada+shop@gmail.com'],
		['keeps letters of other languages', 'jörg@bücher.example', 'jörg@bücher.example'],
		['takes the first of several', 'ada@acme.example, bob@acme.example', 'ada@acme.example'],
	])('%s', (_, given, email) => {
		expect(readEmail(given).value.email).toBe(email);
	});

	it.each([
		['a word', 'nope'], ['no domain', 'ada@'], ['no name', '@acme.example'], ['no ending', 'ada@acme'], ['two dots', 'ada..l@acme.example'], ['a number as host', 'ada@[127.0.0.1]'],
		['a number as ending', 'ada@acme.123'], ['a space inside', 'ada love@acme.example'], ['a quoted name', '"ada l"@acme.example'], ['an ending nobody reaches', 'ada@acme.invalid'],
		['a name of 65 characters', `${'a'.repeat(65)}@acme.example`], ['a label of 64 characters', `ada@${'a'.repeat(64)}.example`],
	])('gives no address for %s, and says so', (_, given) => {
		expect(readEmail(given).value.email).toBeNull();
		expect(codes(given)).toEqual(['EMAIL_NOT_VALID']);
	});

	it('says nothing about an address that was not given', () => {
		expect(readEmail(null)).toMatchObject({ value: { email: null }, issues: [], changes: [] });
		expect(readEmail('  ')).toMatchObject({ value: { email: null }, issues: [] });
	});

	it('suggests the likely domain and leaves the address alone', () => {
		const { value, issues } = readEmail('ada@gmail.con');
		expect(value.email).toBe('ada@gmail.con');
		expect(issues.find((issue) => issue.code === 'EMAIL_TYPO_SUSPECTED')?.message).toContain('gmail.com');
	});

	it('says what to write instead, and only as a suggestion', () => {
		const { value, issues } = readEmail('ada@GNAIL.con');
		expect(value.email).toBe('ada@gnail.con');
		expect(issues).toContainEqual(expect.objectContaining({ code: 'EMAIL_TYPO_SUSPECTED', suggestion: 'ada@gmail.com' }));
		expect(readEmail('ada@#gmail.com')).toMatchObject({ value: { email: null }, issues: [{ code: 'EMAIL_NOT_VALID' }, { code: 'EMAIL_TYPO_SUSPECTED', suggestion: 'ada@gmail.com' }] });
	});

	it('believes the client\'s lists before its own', () => {
		const set = (...entries: string[]) => new Set(entries);
		expect(readEmail('x@gmail.com', { allowedDomains: set('gmail.com') }).value).toMatchObject({ free: false, ownDomain: 'gmail.com' });
		expect(readEmail('x@mailinator.com', { allowedDomains: set('mailinator.com') }).value.disposable).toBe(false);
		expect(readEmail('x@mail.acme.example', { blockedDomains: set('acme.example') }).value).toMatchObject({ disposable: true, ownDomain: null });
		expect(readEmail('x@acme.example', { freeDomains: set('acme.example') }).value).toMatchObject({ free: true, ownDomain: null });
		expect(readEmail('hello@acme.example', { personalMailboxes: set('hello') }).value.role).toBe(false);
		expect(readEmail('desk+x@acme.example', { sharedMailboxes: set('desk') }).value.role).toBe(true);
	});

	it('tests for throw-away providers before free ones, because the lists overlap', () => {
		expect(readEmail('x@mailinator.com').value).toMatchObject({ disposable: true, free: false, ownDomain: null });
		expect(readEmail('x@mail.mailinator.com').value).toMatchObject({ disposable: true });
		expect(readEmail('x@gmail.com').value).toMatchObject({ disposable: false, free: true, ownDomain: null });
		expect(readEmail('x@mail.acme.co.uk').value).toMatchObject({ free: false, emailDomain: 'acme.co.uk', ownDomain: 'acme.co.uk' });
	});

	it.each(['info@acme.example', 'Sales@acme.example', 'no-reply@acme.example', 'vertrieb@acme.example', 'info+web@acme.example'])('knows the shared mailbox %s', (given) => {
		expect(readEmail(given).value.role).toBe(true);
	});

	it('never puts the address in an issue', () => {
		for (const given of ['secret-name', 'secret-name@mailinator.com', 'info@secret-name.con']) {
			for (const issue of readEmail(given).issues) expect(issue.message).not.toContain('secret-name@');
		}
	});
});

describe('emailKey', () => {
	it.each([
		['Gmail ignores dots and tags', 'Ada.L+x@googlemail.com', 'adal@gmail.com'],
		['Outlook ignores tags, not dots', 'ada.l+x@outlook.com', 'ada.l@outlook.com'],
		['Yahoo tags with a hyphen', 'ada-shop@yahoo.co.uk', 'ada@yahoo.co.uk'],
		['iCloud is one mailbox under three domains', 'ada@me.com', 'ada@icloud.com'],
		['Proton is one mailbox under three domains', 'ada@pm.me', 'ada@proton.me'],
		['other firms may give tags a meaning', 'ada+x@acme.example', 'ada+x@acme.example'],
		['a name that begins with the tag sign stays', '+x@gmail.com', '+x@gmail.com'],
	])('%s', (_, email, key) => {
		expect(emailKey(email)).toBe(key);
	});
});

describe('suggestDomain', () => {
	it.each([['gmial.com', 'gmail.com'], ['gmail.co', 'gmail.com'], ['hotmial.com', 'hotmail.com'], ['yaho.com', 'yahoo.com'], ['acme-tools.con', 'acme-tools.com'], ['outlok.com', 'outlook.com'], ['hotmail.con', 'hotmail.com'], ['rocketmail.co', 'rocketmail.com'], ['acme.ocm', 'acme.com']])('suggests for %s', (given, meant) => {
		expect(suggestDomain(given)).toBe(meant);
	});
	it.each(['gmail.com', 'mail.com', 'ymail.com', 'gmx.at', 'acme.example', 'kicksend.com', 'live.nl', 'constructor', 'yahoo.dk', 'hotmail.se', 'acme.co', 'acme.om', '127.0.0.1', ''])('suggests nothing for %s', (given) => {
		expect(suggestDomain(given)).toBeUndefined();
	});
});

describe('registrableDomain', () => {
	it.each([['www.acme.co.uk', 'acme.co.uk'], ['https://shop.acme.example/x', 'acme.example'], ['127.0.0.1', null], ['co.uk', null], ['host.nosuchending', null]])('of %s', (host, domain) => {
		expect(registrableDomain(host)).toBe(domain);
	});
});
