import type { AccountCandidate, Match } from '../handoffRecord';
import { fold } from './similarity';
import { toComparable } from './comparable';
import type { ComparedFields, KnownPerson } from './knownPerson';
import { alikeCompanyNames } from './nameSimilarity';

/** From this score on, 0 to 1, an account is the lead's. */
const accountFrom = 0.75;
/** Two accounts nearer than this are not told apart. */
const tie = 0.01;
const mostShown = 3;

interface RankedAccount extends AccountCandidate {
	country: string;
	person: KnownPerson;
}

/**
 * The known company that a lead belongs to: by domain, else another name of it, its company key, or a name spelled
 * nearly the same; the country breaks ties. Absent when none is alike enough or two are equally alike.
 *
 * @param joins - The person that the lead joins: its company goes first.
 */
export function matchAccount(lead: ComparedFields, known: readonly KnownPerson[], joins?: KnownPerson): Match['account'] {
	const domain = lead.companyDomain ?? '';
	if (domain === '' && !lead.companyKey) return undefined;
	const accounts = new Map<string, RankedAccount>();
	for (const person of known) {
		const { company, companyDomain } = person.fields;
		if (!company && !companyDomain) continue;
		const scored = scoreAccount(lead, domain, person);
		if (scored === undefined) continue;
		const key = companyDomain || toComparable(person.fields).company;
		const before = accounts.get(key);
		if (before === undefined || isBetter(scored, before, joins)) accounts.set(key, withStatus(scored, before));
		else accounts.set(key, withStatus(before, scored));
	}
	const ranked = [...accounts.values()].sort((a, b) => b.score - a.score || compare(a.name, b.name));
	const [best, second] = ranked;
	if (best === undefined || best.score < accountFrom || (second !== undefined && best.score - second.score < tie)) return undefined;
	const others = ranked.slice(1, mostShown + 1).map(({ name, score, because }) => ({ name, score, because }));
	const { name, domain: ofAccount, score, because, id, customerStatus, existingOwner } = best;
	return {
		name,
		...(ofAccount === undefined ? {} : { domain: ofAccount }),
		score,
		because,
		...(id === undefined ? {} : { id }),
		...(customerStatus === undefined ? {} : { customerStatus }),
		...(existingOwner === undefined ? {} : { existingOwner }),
		...(others.length === 0 ? {} : { candidates: others }),
	};
}

function scoreAccount(lead: ComparedFields, domain: string, person: KnownPerson): RankedAccount | undefined {
	const { fields } = person;
	const a = toComparable(lead);
	const b = toComparable(fields);
	const aliases = person.companyAliases ?? [];
	const country = a.country === '' || b.country === '' ? 0 : a.country === b.country ? 1 : -1;
	const found = ((): [number, string] | undefined => {
		if (domain !== '' && domain === b.companyDomain) return [0.96, 'same company domain'];
		if (domain !== '' && aliases.includes(domain)) return [0.93, 'another domain of the company'];
		if (a.company === '') return undefined;
		// a domain of its own on each side speaks for two firms of one name
		const otherDomain = domain !== '' && b.companyDomain !== '' ? 0.12 : 0;
		if (aliases.some((alias) => fold(alias) === a.company)) return [0.92 - otherDomain, 'another name of the company'];
		if (a.company !== '' && a.companyWords.join('') === b.companyWords.join('')) return [0.9 - otherDomain, 'same company name'];
		const alike = b.company === '' ? 0 : alikeCompanyNames(a.company, b.company);
		return alike < 0.8 ? undefined : [0.6 + 0.25 * alike - otherDomain, 'nearly the same company name'];
	})();
	if (found === undefined) return undefined;
	const [score, reason] = found;
	const because = [reason, ...(country > 0 ? ['same country'] : country < 0 ? ['different country'] : [])];
	return {
		name: fields.company ?? b.companyDomain,
		...(fields.companyDomain ? { domain: fields.companyDomain } : {}),
		score: Math.round((score + country * 0.03) * 1000) / 1000,
		because,
		country: b.country,
		person,
		...(Object.values(person.externalIds)[0] === undefined ? {} : { id: Object.values(person.externalIds)[0] }),
		...(person.customerStatus === undefined ? {} : { customerStatus: person.customerStatus }),
		...(person.ownerId === undefined ? {} : { existingOwner: person.ownerId }),
	};
}

function isBetter(one: RankedAccount, other: RankedAccount, joins: KnownPerson | undefined): boolean {
	if (one.score !== other.score) return one.score > other.score;
	if ((one.person === joins) !== (other.person === joins)) return one.person === joins;
	return Number(one.customerStatus !== undefined) > Number(other.customerStatus !== undefined);
}

/** Several people of one company: what one entry does not say of it, another may. */
function withStatus(one: RankedAccount, other: RankedAccount | undefined): RankedAccount {
	return other === undefined ? one : { ...other, ...one, customerStatus: one.customerStatus ?? other.customerStatus, existingOwner: one.existingOwner ?? other.existingOwner };
}

function compare(one: string, other: string): number {
	return one < other ? -1 : Number(one > other);
}
