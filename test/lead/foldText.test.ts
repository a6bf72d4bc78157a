import fc from 'fast-check';
import { foldLetters, foldText, removeInvisible } from '../../nodes/lead/foldText';

describe('foldText', () => {
	it.each([['Téléphone*', 'telephone'], ['Müller & Søn', 'muller son'], ['  E-Mail  ', 'e mail'], ['first_name', 'first name'], ['ＡＢＣ１', 'abc1'], ['電話番号', '電話番号'], ['', '']])('folds %j', (text, folded) => {
		expect(foldText(text)).toBe(folded);
	});

	// plain text takes a shorter way, which must lead to the same place
	it('folds plain text as it folds any other', () => {
		const plain = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)), maxLength: 60 });
		fc.assert(fc.property(plain, (text) => {
			expect(foldText(`${text} é`)).toBe(`${foldText(text)} e`.trim());
			expect(foldLetters(`${text}é`)).toBe(`${foldLetters(text)}e`);
			expect(removeInvisible(`${text}é\u200b`)).toBe(`${removeInvisible(text)}é`);
		}));
	});
});
