import fc from 'fast-check';
import { repairMojibake } from '../../../nodes/lead/clean/mojibake';

/** Text as it looks when its UTF-8 is read as Windows-1252 (with the controls that this encoding has no sign for) or Latin-1. */
function misread(text: string, as: 'windows-1252' | 'latin1'): string {
	const bytes = Buffer.from(text, 'utf8');
	return as === 'latin1' ? bytes.toString('latin1') : new TextDecoder('windows-1252').decode(bytes);
}

describe('repairMojibake', () => {
	it.each([
		['MÃ¼ller', 'Müller'], ['MÃƒÂ¼ller', 'Müller'], ['donâ€™t', 'don’t'], ['â‚¬5k', '€5k'], ['Ã–sterreich', 'Österreich'], ['JosÃ© GarcÃ\u00ada', 'José García'], ['Ã\u00ADndice', 'índice'], ['ð\u0178\u02dc€ hi', '😀 hi'],
	])('mends %s', (given, meant) => {
		expect(repairMojibake(given)).toBe(meant);
	});

	// each of these holds letters that are also a UTF-8 sequence
	it.each(['»Spaß«', '« il est né…»', '“AMANHÔ', 'naïve café', 'Ångström', 'Straße', '¡Hola!', '10 Â', 'Ñ', 'Привет', '日本', 'À «Paris»'])('leaves %s alone', (given) => {
		expect(repairMojibake(given)).toBe(given);
	});

	it('gives words of the western languages back, once and twice misread', () => {
		const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzäöüßéèêçñáíóúàâîôûãõåøæÄÖÜÉÑÇ');
		const word = fc.array(letter, { minLength: 1, maxLength: 12 }).map((letters) => letters.join(''));
		fc.assert(fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), fc.constantFrom('windows-1252' as const, 'latin1' as const), (words, as) => {
			const text = words.join(' ');
			expect(repairMojibake(text)).toBe(text);
			expect(repairMojibake(misread(text, as))).toBe(text);
			expect(repairMojibake(misread(misread(text, as), as))).toBe(text);
		}), { numRuns: 300 });
	});

	it('never throws, on any plane', () => {
		fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (given) => {
			expect(typeof repairMojibake(given)).toBe('string');
		}), { numRuns: 300 });
	});
});
