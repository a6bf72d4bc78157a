import fc from 'fast-check';
import { learnIntents, type Example } from '../../../nodes/lead/classify/intentModel';
import { chanceOfIntent } from '../../../nodes/lead/classify/tokenChance';
import { createFallbackClassifier } from '../../../nodes/lead/classify/fallbackClassifier';
import { toTaxonomy } from '../../../nodes/lead/classify/taxonomy';
import { foldedWords } from '../../../nodes/lead/classify/words';
import { intentSchema } from '../../../nodes/lead/settings/clientSettings';

const words = ['roof', 'leak', 'tile', 'gutter', 'tax', 'return', 'audit', 'ledger', 'piano', 'lesson', 'violin', 'score'];
/** Three subjects of four words each, in sentences that also hold words of none. */
function sentences(label: number, count: number, seed: number): Example[] {
	return Array.from({ length: count }, (_, index) => {
		const own = [0, 1, 2].map((at) => words[label * 4 + ((index + at * (seed + 1)) % 4)]);
		return { text: `please help us with ${own.join(' and ')} number ${index * seed}`, label };
	});
}
const examples = [0, 1, 2].flatMap((label) => sentences(label, 8, 1));
const best = (probabilities: readonly number[]) => probabilities.indexOf(Math.max(...probabilities));

describe('learnIntents', () => {
	const model = learnIntents(examples, 3);

	it('tells apart what it has seen examples of', () => {
		for (const { text, label } of [0, 1, 2].flatMap((one) => sentences(one, 6, 2))) expect(best(model(foldedWords(text)).probabilities)).toBe(label);
	});

	it('gives probabilities, and a low chance of scope to what resembles nothing', () => {
		const known = model(foldedWords('leak in the roof near a gutter'));
		expect(known.probabilities.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9);
		expect(known.inScope).toBeGreaterThan(model(foldedWords('wer backt morgen frischen Kuchen')).inScope);
	});

	it('takes any text and any number of labels', () => {
		fc.assert(fc.property(fc.array(fc.record({ text: fc.string({ maxLength: 40 }), label: fc.integer({ min: -1, max: 3 }) }), { maxLength: 14 }), fc.string({ unit: 'grapheme', maxLength: 60 }), (given, text) => {
			const { probabilities, inScope } = learnIntents(given, 4)(foldedWords(text));
			expect(probabilities).toHaveLength(4);
			for (const one of [...probabilities, inScope]) expect(one >= 0 && one <= 1).toBe(true);
		}), { numRuns: 60 });
	});
});

describe('a taxonomy of any size', () => {
	const intents = (count: number) => Array.from({ length: count }, (_, index) => intentSchema.parse({ name: `Subject ${index}`, description: `Asks about ${words[index % words.length]}${index}`, examples: [`a question on ${words[index % words.length]}${index}`], nextStep: 'Call' }));

	it.each([1, 2, 50])('of %i intents is read', (count) => {
		const read = createFallbackClassifier(toTaxonomy(intents(count)));
		expect(read('a question on roof0').intent.name).toBe('Subject 0');
		expect(read('').outOfScope).toBe(true);
		expect(read('x'.repeat(100_000)).likelihood).toBeGreaterThan(0);
	});
});

describe('counter-examples', () => {
	it('keep a message away from the intent that it resembles', () => {
		const build = (counterExamples: string[]) => createFallbackClassifier(toTaxonomy([
			intentSchema.parse({ name: 'Website', description: 'Wants a website', examples: ['build us a website for our shop', 'we need a new website soon'], counterExamples, nextStep: 'Call' }),
			intentSchema.parse({ name: 'Hosting', description: 'Wants servers', examples: ['host our servers', 'we need servers'], nextStep: 'Call' }),
		]));
		const text = 'We can build your website, see our offer';
		expect(build([])(text).intent.name).toBe('Website');
		expect(build([text])('We can build a website for you, see our offer').intent.name).toBe('Other');
	});
});

describe('chanceOfIntent', () => {
	const tokens = (...given: [string, number][]) => given.map(([text, chance]) => ({ text, logprob: Math.log(chance) }));
	it.each([
		['multiplies the tokens of the name', tokens(['{"intent":"', 1], ['Call', 0.5], [' Request', 0.8], ['","x":1}', 0.1]), 0.4],
		['counts a token that holds the end of the name', tokens(['{"intent": "Call', 0.5], [' Request",', 0.5], ['}', 1]), 0.25],
		['gives none for another name', tokens(['{"intent":"Spam"}', 0.5]), undefined],
		['gives none for a name said twice', tokens(['{"intent":"Call Request"}{"intent":"Call Request"}', 0.5]), undefined],
		['gives none without tokens', [], undefined],
	])('%s', (_name, given, expected) => {
		const chance = chanceOfIntent(given, 'Call Request');
		if (expected === undefined) expect(chance).toBeUndefined();
		else expect(chance).toBeCloseTo(expected, 9);
	});
});
