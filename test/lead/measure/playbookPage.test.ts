import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { englishHours } from '../../../nodes/lead/activate/calendar';
import { metricNames } from '../../../nodes/lead/metricNames';
import { thresholds } from '../../../nodes/lead/measure/thresholds';
import { english } from '../../../nodes/lead/measure/words/english';
import { isKnownField } from '../../../nodes/lead/route/fields';
import { englishSentences } from '../../../nodes/lead/route/sentences';
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
	/** All texts by their path; labels of fields are more than English has, and comparisons are told in another order. */
	const flat = (words: object, path = ''): [string, string][] => Object.entries(words).flatMap(([key, value]: [string, unknown]) => {
		if (key === 'labels' || key === 'isTrue' || key === 'isFalse' || (path.endsWith('.operators') && key.startsWith('isB')) || key === 'isNotBetween') return [];
		return typeof value === 'object' && value !== null ? flat(value, `${path}.${key}`) : [[`${path}.${key}`, String(value)] as [string, string]];
	}).sort(([one], [other]) => (one < other ? -1 : 1));
	const places = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

	it.each(['de', 'es', 'fr'])('are complete in %s, with the same places to fill in', (language) => {
		const words = wordsOf(language);
		expect(words).not.toBe(english);
		for (const part of ['metrics', 'splits', 'tiers', 'causes', 'actions', 'audit', 'text'] as const) {
			const [own, other] = [words[part], english[part]] as Record<string, unknown>[];
			expect(Object.keys(own).sort()).toEqual(Object.keys(other).sort());
			for (const [key, text] of Object.entries(other)) {
				if (typeof text === 'string') expect([key, places(String(own[key]))]).toEqual([key, places(text)]);
			}
		}
		const inEnglish = flat({ ...english.playbook, hours: englishHours, rules: englishSentences });
		expect(flat(words.playbook).map(([path]) => path)).toEqual(inEnglish.map(([path]) => path));
		const others = new Map(flat(words.playbook));
		for (const [path, text] of inEnglish) expect([path, places(others.get(path) ?? '')]).toEqual([path, places(text)]);
		const labelled = Object.keys(words.playbook.rules?.labels ?? {});
		expect(labelled).toEqual(Object.keys(wordsOf('de').playbook.rules?.labels ?? {}));
		expect(labelled.filter((path) => !isKnownField(path))).toEqual([]);
		// what is the same in both languages is a word of both
		const same = inEnglish.filter(([path, text]) => text === others.get(path) && text.includes(' '));
		expect(same).toEqual([]);
	});

	it('are English for a language in which there are none', () => {
		expect(wordsOf('pt')).toBe(english);
		expect(wordsOf('constructor')).toBe(english);
	});
});
