import { readyIntents } from '../../../nodes/lead/classify/readyIntents';
import { checkTaxonomy, toTaxonomy } from '../../../nodes/lead/classify/taxonomy';
import { answerSchema, toJsonSchema } from '../../../nodes/lead/classify/answerSchema';
import { intentSchema, type IntentDefinition } from '../../../nodes/lead/settings/clientSettings';

const named = (name: string): IntentDefinition => intentSchema.parse({ name, description: `About ${name}`, nextStep: 'Answer' });

describe('the ready set', () => {
	it('is eight intents that pass the settings schema and their own check', () => {
		expect(readyIntents).toHaveLength(8);
		expect(readyIntents.map((intent) => intentSchema.parse(intent))).toEqual(readyIntents);
		expect(checkTaxonomy(readyIntents)).toEqual({ problems: [], warnings: [] });
	});

	it('has keywords that belong to one intent only', () => {
		const keywords = readyIntents.flatMap((intent) => intent.keywords);
		expect(keywords.filter((keyword, index) => keywords.indexOf(keyword) !== index)).toEqual([]);
	});
});

describe('checkTaxonomy', () => {
	it('finds nothing in an empty list, for which the ready set stands in', () => {
		expect(checkTaxonomy([])).toEqual({ problems: [], warnings: [] });
		expect(toTaxonomy([]).intents).toHaveLength(8);
	});

	it('refuses two intents of one name, however they are written', () => {
		expect(checkTaxonomy([named('Café Quote'), named('Other'), named(' cafe  QUOTE')]).problems).toEqual([
			{ code: 'INTENT_TWICE', message: 'Intents 1 and 3 have the same name', description: expect.stringContaining('"Name"') },
		]);
	});

	it.each([
		['more than ten', [...Array.from({ length: 10 }, (_, index) => named(`Kind ${index}x`)), named('Other')], /^11 intents are hard/],
		['no catch-all', [named('Audit')], /^No intent is a catch-all/],
		['overlapping names', [named('Quote'), named('Other'), named('Urgent Quote')], /^The names of intents 1 and 3 overlap/],
	])('warns of %s', (_name, intents, warning) => {
		expect(checkTaxonomy(intents).warnings).toEqual([expect.stringMatching(warning)]);
	});

	it('warns, but takes fifty intents', () => {
		const { problems, warnings } = checkTaxonomy([...Array.from({ length: 49 }, (_, index) => named(`Kind ${index}x`)), named('Other')]);
		expect(problems).toEqual([]);
		expect(warnings).toHaveLength(1);
	});
});

describe('toTaxonomy', () => {
	it.each([['Other'], ['Something else'], ['Sonstiges'], ['Autres']])('knows %s as the catch-all', (name) => {
		const taxonomy = toTaxonomy([named('Audit'), named(name)]);
		expect(taxonomy.catchAll.name).toBe(name);
		expect(taxonomy.intents).toHaveLength(2);
	});

	it('adds Other where there is no catch-all', () => {
		expect(toTaxonomy([named('Audit')]).intents.map(({ name }) => name)).toEqual(['Audit', 'Other']);
	});
});

describe('toJsonSchema', () => {
	it('requires every key, allows no other and holds no bounds, as strict structured output wants it', () => {
		const schema = toJsonSchema(answerSchema(toTaxonomy([])));
		const keys = Object.keys(schema.properties as object);
		expect(schema).toMatchObject({ type: 'object', additionalProperties: false, required: keys });
		expect(keys).not.toContain('nextStep');
		expect(JSON.stringify(schema)).not.toMatch(/minimum|maximum|\$schema/);
	});
});
