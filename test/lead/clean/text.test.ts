import fc from 'fast-check';
import { foldText, toOneLine } from '../../../nodes/lead/foldText';
import { cutText, repairText } from '../../../nodes/lead/clean/text';
import { detectLanguage } from '../../../nodes/lead/clean/language';

describe('repairText', () => {
	it.each([
		['composes letters', 'Jose\u0301', 'José'],
		['takes zero-width and direction marks away', 'A\u200Bda\u202E \uFEFFL', 'Ada L'],
		['takes controls away', 'Ada\u0000\u0007', 'Ada'],
		['keeps joined emoji', '👩\u200D💻', '👩\u200D💻'],
		['reads entities', 'R&amp;D &lt;3 &#8364; &#x20AC; &eacute;', 'R&D <3 € € é'],
		['reads an entity once only', '&amp;lt;', '&lt;'],
		['keeps what is no entity', 'AT&T &nosuch;', 'AT&T &nosuch;'],
		['turns HTML to text', '<p>Hello<br>there</p><p>you</p>', 'Hello\nthere\nyou'],
		['keeps the address of a link', '<a href="https://acme.example/x">our site</a>', 'our site [https://acme.example/x]'],
		['drops scripts and comments with what they hold', 'a<script>alert(1)</script>b<!-- c -->d', 'a b d'],
		['keeps signs that are no tags', 'budget <5k, x < y > z', 'budget <5k, x < y > z'],
		['keeps what follows a tag that never ends', 'a <script> b', 'a b'],
		['joins white space', ' a \t b\r\n\r\n\r\n\r\nc ', 'a b\n\nc'],
	])('%s', (_, given, repaired) => {
		expect(repairText(given)).toBe(repaired);
	});

	it('leaves repaired text of plain words as it is', () => {
		fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }).filter((text) => !/[<&]/.test(text)), (text) => {
			expect(repairText(repairText(text))).toBe(repairText(text));
		}), { numRuns: 300 });
	});

	describe('hostile input', () => {
		it.each([
			['open scripts', '<script>'.repeat(5_000)], ['open comments', '<!--'.repeat(10_000)], ['half links', '<a href=http:'.repeat(3_000)], ['open angles', '<'.repeat(40_000)],
			['many entities', '&amp;'.repeat(8_000)], ['a closing tag and open ones', `</script>${'<script'.repeat(5_000)}`],
		])('ends with %s', (_, given) => {
			expect(typeof repairText(given)).toBe('string');
		});
	});
});

describe('cutText', () => {
	it('cuts no character in two', () => {
		expect(cutText('ab😀', 3)).toEqual({ text: 'ab', cut: true });
		expect(cutText('abc', 3)).toEqual({ text: 'abc', cut: false });
	});
});

describe('foldText', () => {
	it.each([['Téléphone*', 'telephone'], ['Müller & Söhne', 'muller sohne'], ['STRASSE Straße', 'strasse strasse'], ['  E-Mail ', 'e mail'], ['東京', '東京']])('folds %s', (given, folded) => {
		expect(foldText(given)).toBe(folded);
	});
});

describe('toOneLine', () => {
	it('holds no line break', () => {
		expect(toOneLine(' a\r\n b\u2028c ')).toBe('a b c');
	});
});

describe('detectLanguage', () => {
	it.each([
		['Please send me a quote', 'en'], ['Wir suchen einen Anbieter für die Wartung unserer Server.', 'de'], ['Bonjour, nous cherchons une solution pour notre équipe.', 'fr'],
		['Hola, necesitamos una propuesta para la próxima semana.', 'es'], ['Buongiorno, vorremmo un preventivo per il nostro ufficio.', 'it'],
		['Wij zoeken een partij voor het onderhoud van onze servers.', 'nl'], ['Olá, precisamos de uma proposta para a nossa empresa.', 'pt'],
	])('knows %s', (message, language) => {
		expect(detectLanguage(message)).toBe(language);
	});
	it.each(['Demo?', '', null, '1234567890 1234567890 12345', 'https://acme.example/a/very/long/path/to/something'])('does not guess for %s', (message) => {
		expect(detectLanguage(message)).toBeNull();
	});
});
