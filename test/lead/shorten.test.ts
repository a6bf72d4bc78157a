import fc from 'fast-check';
import { cutAt, plainLine, plainWords, quote, shorten } from '../../nodes/lead/shorten';

describe('shorten', () => {
	it.each([
		['abcde', 5, 'abcde'],
		['abcdef', 5, 'abcd…'],
		['abc def', 5, 'abc…'],
		['abc😀def', 5, 'abc…'],
		['', 5, ''],
	])('of %j to %d is %j', (text, longest, expected) => {
		expect(shorten(text, longest)).toBe(expected);
	});

	it('never gives more than was asked for, nor half a character', () => {
		fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 20 }), (text, longest) => {
			expect(shorten(text, longest).length).toBeLessThanOrEqual(longest);
			expect(cutAt(text, longest)).not.toMatch(/[\uD800-\uDBFF]$/);
		}));
	});
});

describe('plainLine', () => {
	it.each([
		['leaves nothing that a chat tool would act on', 'a <!channel>\n<https://x.example|y> `b`', 'a !channel (link) y b'],
		['keeps the bar of a name', 'DACH | Managed IT', 'DACH | Managed IT'],
		['leaves out what nobody sees', 'a\u200Bb\u202Ec\u0007', 'abc'],
		['writes one line', ' a \r\n\t b ', 'a b'],
	])('%s', (_, text, expected) => {
		expect(plainLine(text, 100)).toBe(expected);
	});

	it.each([
		['a bare address', 'see https://evil.example.com/x?y=1.', 'see (link)'],
		['an address in brackets', 'here (http://evil.example.com) now', 'here (link) now'],
		['a Markdown link', '[your invoice](https://evil.example.com)', 'your invoice (link)'],
		['an address of a chat app', 'slack://channel?id=1', '(link)'],
		['an address without its scheme', 'www.example.com or example.com/login', '(link) or (link)'],
		['an image of Markdown', '![x](//evil.example.com/a.png)', '! x (link)'],
		['a mention of all', '@channel @here please, @everyone!', 'channel here please, everyone!'],
		['a mention inside a word', 'x@everyone.now x@here', 'x everyone.now x here'],
		['a mention by id', '<@U012AB3CD> <!subteam^S1|team> <#C1|general>', 'U012AB3CD !subteam^S1 team #C1 general'],
		['emphasis and code', '*bold* _it_ ~old~ `code` __both__ \\*', 'bold it old code both'],
		['a line break that starts a new sentence of its own', 'ok\r\n*Approved by the CEO*', 'ok Approved by the CEO'],
	])('takes away %s', (_, text, expected) => {
		expect(plainLine(text, 100)).toBe(expected);
	});

	it.each([
		'Jo Smith <jo.smith@acme.example.com>'.replace(/[<>]/g, ''), 'monday.com', 'We use Node.js/React and z.B. 24/7, and/or 1.5/2', 'Röhm & Söhne GmbH', 'snake_case_name', 'a + b = c', '100 % (ca. £5k)', 'domain is acme.co.uk',
	])('leaves %j as it is', (text) => {
		expect(plainLine(text, 100)).toBe(text);
	});

	it('lets no mention, link or markup through, whatever was typed', () => {
		const piece = fc.oneof(fc.string({ unit: 'binary', maxLength: 5 }), fc.constantFrom('@', 'https://', 'www.', '.com', '/', '<', '>', '|', '_', '*', '[', ']', '(', ')', '`', ' ', 'a', 'here', 'everyone', '\\', '.', '-'));
		fc.assert(fc.property(fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')), (text) => {
			for (const plain of [plainLine, plainWords]) {
				expect(plain(text, 200)).not.toMatch(/[<>`*~[\]\\\p{Cc}]|:\/\/|(?<![^\s(])@|@(?:here|everyone|channel)\b|\bwww\.[a-z]/u);
			}
		}), { numRuns: 2_000 });
	});

	it('ends a long line with an ellipsis', () => {
		expect(plainLine('abcdefgh', 5)).toBe('abcd…');
	});
});

describe('plainWords', () => {
	it.each([
		['Log in at evil-crm.com now', 'Log in at (link) now'],
		['example.com, please', '(link), please'],
		['Write to jo.smith@example.com', 'Write to jo.smith@example.com'],
		['We use Node.js, z.B. in the backend.And', 'We use Node.js, z.B. in the backend.And'],
	])('of %j is %j', (text, expected) => {
		expect(plainWords(text, 100)).toBe(expected);
	});
});

describe('quote', () => {
	it('sets a name in single quotes, trimmed and short', () => {
		expect([quote(' UK '), quote('x'.repeat(50), 5)]).toEqual(['\'UK\'', '\'xxxx…\'']);
	});
});
