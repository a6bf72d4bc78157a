import type { Compared, Level } from './comparisons';

/** Kinds of evidence; one kind alone never merges, but for an address of one's own. */
export type Evidence = 'email' | 'phone' | 'name' | 'company' | 'place' | 'own' | 'externalId';

const evidence: Record<string, Evidence> = {
	firstName: 'name', lastName: 'name', email: 'email', phone: 'phone', company: 'company',
	street: 'place', houseNumber: 'place', city: 'place', postalCode: 'place', region: 'place', country: 'place',
};

/** The kind of evidence that a compared field gives; a field that the operator named is one of its own. */
export function evidenceOf(name: string): Evidence {
	return evidence[name] ?? 'own';
}

/** What a level is called in a reason, by field. A level without words is not worth a word. */
const words: Record<string, Partial<Record<Level, string>>> = {
	firstName: { same: 'same first name', close: 'nearly the same first name', other: 'nickname or other form of the first name', initial: 'fitting initial', similar: 'similar first name', different: 'different first name' },
	lastName: { same: 'same last name', close: 'nearly the same last name', other: 'part of the same last name', initial: 'fitting initial of the last name', similar: 'similar last name', different: 'different last name' },
	email: { same: 'same e-mail', close: 'nearly the same e-mail', other: 'same mailbox name at another provider', similar: 'similar e-mail', different: 'different e-mail' },
	phone: { same: 'same phone', close: 'nearly the same phone', similar: 'similar phone', different: 'different phone' },
	company: { same: 'same company', close: 'nearly the same company', other: 'similar company', similar: 'partly the same company name', different: 'different company' },
	street: { same: 'same street', close: 'nearly the same street', similar: 'similar street', different: 'different street' },
	city: { same: 'same city', close: 'nearly the same city' },
	postalCode: { same: 'same postal code', close: 'nearly the same postal code' },
	country: { different: 'different country' },
};

const sharedWords: Record<string, string> = {
	email: 'same e-mail, but of a mailbox that is not one person\'s',
	phone: 'same phone, but of a number that several people use',
};

/** A compared field as a reason; undefined when it is not worth a word. */
export function inWords({ name, level }: Compared, isShared: boolean, levelOf: (name: string) => Level): string | undefined {
	if (isShared) return sharedWords[name];
	if (name === 'firstName' && level === 'same' && levelOf('lastName') === 'same') return 'same name';
	if (name === 'lastName' && level === 'same' && levelOf('firstName') === 'same') return undefined;
	if (!name.startsWith('also.')) return words[name]?.[level];
	const label = name.split('.').slice(2).join('.');
	return level === 'same' ? `same ${label}` : level === 'close' ? `nearly the same ${label}` : level === 'different' ? `different ${label}` : undefined;
}
