/** Open hours in a language: `{hours}`, `{zone}` and `{places}` are filled in; weekdays from Monday on. */
export interface HoursWords {
	open: string;
	roundTheClock: string;
	holidays: string;
	weekdays: readonly string[];
}

export const englishHours: HoursWords = { open: 'open {hours} {zone}', roundTheClock: 'open round the clock {zone}', holidays: ', public holidays of {places}', weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] };

const languages: Record<string, HoursWords> = {
	en: englishHours,
	de: { open: 'offen {hours} {zone}', roundTheClock: 'offen rund um die Uhr {zone}', holidays: ', Feiertage von {places}', weekdays: ['Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa', 'So'] },
	es: { open: 'abierto {hours} {zone}', roundTheClock: 'abierto día y noche {zone}', holidays: ', festivos de {places}', weekdays: ['lun', 'mar', 'mié', 'jue', 'vie', 'sáb', 'dom'] },
	fr: { open: 'ouvert {hours} {zone}', roundTheClock: 'ouvert jour et nuit {zone}', holidays: ', jours fériés de {places}', weekdays: ['lun.', 'mar.', 'mer.', 'jeu.', 'ven.', 'sam.', 'dim.'] },
};

/** The words of a client's language, e.g. `de`; English for one in which there are none. */
export function hoursWordsOf(language: string): HoursWords {
	return Object.hasOwn(languages, language) ? languages[language] : englishHours;
}
