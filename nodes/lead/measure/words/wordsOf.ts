import { english } from './english';
import { french } from './french';
import { german } from './german';
import type { ReportWords } from './reportWords';
import { spanish } from './spanish';

const languages: Record<string, ReportWords> = { de: german, en: english, es: spanish, fr: french };

/** The words of a client's language, e.g. `de`; English for one in which there are none. */
export function wordsOf(language: string): ReportWords {
	return Object.hasOwn(languages, language) ? languages[language] : english;
}

/** Why a duplicate was not found, in words; what somebody told stays as it was told. */
export function sayCause(cause: string, { causes }: Pick<ReportWords, 'causes'>): string {
	return Object.hasOwn(causes, cause) ? causes[cause as keyof ReportWords['causes']] : cause;
}
