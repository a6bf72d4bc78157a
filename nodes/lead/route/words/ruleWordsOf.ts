import { englishRules } from './english';
import { frenchRules } from './french';
import { germanRules } from './german';
import type { RuleWords } from './ruleWords';
import { spanishRules } from './spanish';

const languages: Record<string, RuleWords> = { de: germanRules, en: englishRules, es: spanishRules, fr: frenchRules };

/** The words of a client's language, e.g. `de`; English for one in which there are none. */
export function ruleWordsOf(language: string): RuleWords {
	return Object.hasOwn(languages, language) ? languages[language] : englishRules;
}
