import { toComparable, type Comparable } from './comparable';
import type { ComparedFields, PersonKey } from './knownPerson';

/** More keys cost more reads a lead than they find. */
const mostKeys = 24;
/** First and last word of a name and one between: longer names are sentences. */
const mostNameWords = 4;

/** Takes one key: its kind, and its value in one or two parts. */
export type TakeKey = (kind: string, one: string, other: string) => void;

/**
 * Cheap keys that decide which persons a lead is compared with at all. Wide on purpose: each survives another kind of
 * error (typing errors, swapped names, nicknames, a missing country code, a new mailbox), the comparison decides.
 * Keys are found equal only when made by the same version of this function.
 */
export function blockingKeys(fields: ComparedFields): PersonKey[] {
	const keys = new Map<string, PersonKey>();
	walkBlockingKeys(toComparable(fields), (kind, one, other) => {
		const value = other === '' ? one : `${one}|${other}`;
		if (keys.size < mostKeys) keys.set(`${kind} ${value}`, { kind: `block:${kind}`, value, strength: 'block' });
	});
	return [...keys.values()];
}

/** Gives the same keys one by one, the tellingest first, some of them twice; for lists of many persons. */
export function walkBlockingKeys(person: Comparable, take: TakeKey): void {
	const both = (kind: string, one: string, other: string): void => {
		if (one !== '' && other !== '') take(kind, one, other);
	};
	const words = nameWords(person);
	const sounds = words.map(soundOf).filter((sound) => sound.length > 1);
	const company = person.companyWords.length > 1 ? person.companyWords.join('') : person.company;
	const { postalCode, city, companyDomain } = person;
	const mailbox = person.mailbox.length >= 5 ? person.mailbox.replace(/[^a-z]+/g, '') : '';

	if (person.phone.length >= 7) take('phoneTail', person.phone.slice(-7), '');
	if (mailbox.length >= 5) take('mailbox', mailbox, '');
	if (words.length > 1) take('name', inOrder(words), '');
	if (sounds.length > 1) take('nameSound', inOrder(sounds), '');
	for (const word of words) {
		both('companyInitial', company, word[0]);
		both('domainInitial', companyDomain, word[0]);
	}
	for (const sound of sounds) {
		both('postalCodeSound', postalCode, sound);
		both('citySound', city, sound);
	}
	if (person.street !== '') {
		const street = inOrder(person.street.split(' '));
		both('street', street, person.houseNumber);
		for (const word of words) take('streetInitial', street, word[0]);
	}
	for (const { key, kind, value } of person.also) {
		if (kind === 'date' || kind === 'code') take(key, value, '');
		if (kind === 'date') for (const sound of sounds) take(`${key}.year`, value.slice(0, 4), sound);
	}
	// the firm itself, also of people: a lead may belong to a known company whose people it is none of
	if (company !== '') take('company', company, '');
	both('domain', companyDomain, '-');
	if (words.length === 0) walkFirmKeys(person, take, both);
}

/** A firm without a person: its name in other orders and spellings. */
function walkFirmKeys({ companyWords, postalCode, city, houseNumber, street }: Comparable, take: TakeKey, both: TakeKey): void {
	const words = [...new Set(companyWords)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).slice(0, 3).map(soundOf);
	const starts = companyWords.slice(0, 3).map((word) => word.slice(0, 2));
	if (starts.length > 1) take('companyStarts', inOrder(starts), '');
	if (companyWords.length > 1) take('companyEnds', inOrder(companyWords.slice(0, 3).map((word) => word.slice(-3))), '');
	if (words.length > 1) take('companyWords', inOrder(words.slice(0, 2)), '');
	if (words.length > 2) take('companyWords', inOrder([words[0], words[2]]), '');
	for (const word of words.slice(0, 2)) {
		both('postalCodeCompany', postalCode, word);
		both('cityCompany', city, word);
		both('houseNumberCompany', houseNumber, word);
	}
	if (street !== '') take('streetOnly', street, '');
}

function nameWords({ first, last }: Comparable): string[] {
	if (first === '' && last === '') return [];
	const plain = !first.includes(' ') && !last.includes(' ');
	if (plain) return first === '' ? [last] : last === '' ? [first] : [first, last];
	const words = `${first} ${last}`.split(' ').filter(Boolean);
	return words.length > mostNameWords ? [...words.slice(0, mostNameWords - 1), words[words.length - 1]] : words;
}

function inOrder(words: readonly string[]): string {
	if (words.length === 1) return words[0];
	if (words.length === 2) return words[0] < words[1] ? `${words[0]} ${words[1]}` : `${words[1]} ${words[0]}`;
	return [...words].sort().join(' ');
}

const sounds = new Map<string, string>();
/** Names repeat; a list of a hundred thousand people has a few thousand words. */
const mostSounds = 50_000;

/** First letter and the next consonants, doubled ones once: typing errors in vowels keep it. */
export function soundOf(word: string): string {
	let sound = sounds.get(word);
	if (sound !== undefined) return sound;
	sound = makeSound(word);
	if (sounds.size >= mostSounds) sounds.clear();
	sounds.set(word, sound);
	return sound;
}

const silent = new Set('aeiouyhw');
const soundsLike = new Map([...'cq'].map((letter): [string, string] => [letter, 'k']).concat([['z', 's']]));

function makeSound(word: string): string {
	const startsWithF = word.startsWith('ph');
	let sound = startsWithF ? 'f' : /^c[aoukr]/.test(word) ? 'k' : word[0];
	let before = '';
	for (let at = startsWithF ? 2 : 1; at < word.length && sound.length < 5; at++) {
		const letter = word[at];
		let heard = soundsLike.get(letter) ?? letter;
		if (letter === 'p' && word[at + 1] === 'h') heard = 'f';
		if ((letter === 'd' && word[at + 1] === 't') || silent.has(letter)) continue;
		if (heard !== before) sound += heard;
		before = heard;
	}
	return sound;
}
