import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hoursWordsOf } from '../../../nodes/lead/activate/hoursWords';
import { metricNames } from '../../../nodes/lead/metricNames';
import { thresholds } from '../../../nodes/lead/measure/thresholds';
import { english } from '../../../nodes/lead/measure/words/english';
import { isKnownField } from '../../../nodes/lead/route/fields';
import { ruleWordsOf } from '../../../nodes/lead/route/words/ruleWordsOf';
import { wordsOf } from '../../../nodes/lead/measure/words/wordsOf';

const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'playbook.md'), 'utf8');

describe('the figures in docs/playbook.md', () => {
	const rows = page.split('\n').filter((line) => line.startsWith('| ')).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));

	it.each(metricNames)('explain %s with its threshold', (name) => {
		const row = rows.find(([, names]) => names?.includes(`\`${name}\``));
		expect(row?.[2]).toMatch(/÷|middle|least|median|p90|same/);
		const threshold = thresholds[name];
		const unit = threshold && (threshold.value <= 1 ? `${threshold.value * 100} %` : `${threshold.value} min`);
		expect(row?.[3]).toBe(threshold ? `at ${threshold.is === 'atLeast' ? 'least' : 'most'} ${unit}` : row?.[3].startsWith('can\'t') ? row[3] : 'none');
		if (!name.includes('Per')) expect(row?.[0]).toBe(english.metrics[name]);
	});
});

describe('the words of the reports', () => {
	/** All texts by their path; in English most fields need no label. */
	const flat = (words: object, path = ''): [string, string][] => Object.entries(words).filter(([key]) => key !== 'labels').flatMap(([key, value]: [string, unknown]): [string, string][] => (
		typeof value === 'object' && value !== null ? flat(value, `${path}.${key}`) : [[`${path}.${key}`, String(value)]]
	)).sort(([one], [other]) => (one < other ? -1 : 1));
	const places = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

	it.each(['de', 'es', 'fr'])('are complete in %s, with the same places to fill in', (language) => {
		expect(wordsOf(language)).not.toBe(english);
		const allOf = (code: string) => flat({ report: wordsOf(code), rules: ruleWordsOf(code), hours: hoursWordsOf(code) });
		const [own, inEnglish] = [new Map(allOf(language)), allOf('en')];
		expect([...own.keys()]).toEqual(inEnglish.map(([path]) => path));
		for (const [path, text] of inEnglish) expect([path, places(own.get(path) ?? '')]).toEqual([path, places(text)]);
		const labelled = Object.keys(ruleWordsOf(language).labels);
		expect(labelled).toEqual(Object.keys(ruleWordsOf('de').labels));
		expect(labelled.filter((path) => !isKnownField(path))).toEqual([]);
		// what is the same in both languages is a word of both
		const same = inEnglish.filter(([path, text]) => text === own.get(path) && text.split(' ').length > 2);
		expect(same).toEqual([]);
	});

	it('are English for a language in which there are none', () => {
		expect(wordsOf('pt')).toBe(english);
		expect(wordsOf('constructor')).toBe(english);
	});
});
