import type { ComparedFields, PersonKey } from './knownPerson';
import { fold, foldName, nationalDigits } from './similarity';

/** More keys cost more reads a lead than they find. */
const mostKeys = 24;
/** First and last word of a name and one between: longer names are sentences. */
const mostNameWords = 4;

/**
 * Cheap keys that decide which persons a lead is compared with at all. Wide on purpose: each survives another kind of
 * error (typing errors, swapped names, nicknames, a missing country code, a new mailbox), the comparison decides.
 * Keys are found equal only when made by the same version of this function.
 */
export function blockingKeys(fields: ComparedFields): PersonKey[] {
	const words = nameWords(fields);
	const sounds = words.map(soundOf).filter((sound) => sound.length > 1);
	const digits = nationalDigits(fields.phone);
	const company = fold(fields.companyKey).replaceAll(' ', '');
	const domain = fields.companyDomain ?? '';
	const mailbox = fold((fields.emailKey ?? '').split('@')[0]).replace(/[\d ]/g, '');
	const postalCode = fold(fields.postalCode).replaceAll(' ', '');
	const city = foldName(fields.city).replaceAll(' ', '');
	const keys = new Map<string, PersonKey>();
	const add = (kind: string, ...parts: string[]): void => {
		if (parts.some((part) => part === '') || keys.size >= mostKeys) return;
		const value = parts.join('|');
		keys.set(`${kind} ${value}`, { kind: `block:${kind}`, value, strength: 'block' });
	};

	if (digits.length >= 7) add('phoneTail', digits.slice(-7));
	if (words.length > 1) add('name', [...words].sort().join(' '));
	if (sounds.length > 1) add('nameSound', [...sounds].sort().join(' '));
	if (mailbox.length >= 5) add('mailbox', mailbox);
	for (const initial of new Set(words.map((word) => word[0]))) {
		add('companyInitial', company, initial);
		add('domainInitial', domain, initial);
	}
	for (const sound of new Set(sounds)) {
		add('postalCodeSound', postalCode, sound);
		add('citySound', city, sound);
	}
	return [...keys.values()];
}

function nameWords({ firstName, lastName, fullName }: ComparedFields): string[] {
	const name = firstName || lastName ? `${firstName ?? ''} ${lastName ?? ''}` : fullName;
	const words = foldName(name).split(' ').filter((word) => word !== '');
	return words.length > mostNameWords ? [...words.slice(0, mostNameWords - 1), words[words.length - 1]] : words;
}

/** First letter and the next consonants, doubled ones once: typing errors in vowels keep it. */
function soundOf(word: string): string {
	const rest = word.slice(1).replace(/ph/g, 'f').replace(/[ckq]+/g, 'k').replace(/[sz]+/g, 's').replace(/dt/g, 't').replace(/[aeiouyhw]/g, '');
	return (word.replace(/^ph/, 'f').replace(/^c(?=[aoukr])/, 'k')[0] + rest.replace(/(.)\1+/g, '$1')).slice(0, 5);
}
