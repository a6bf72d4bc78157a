import { get as editDistance } from 'fast-levenshtein';
import { existsSync, readFileSync } from 'node:fs';
import { KnownList } from '../../nodes/lead/clean/knownList';
import type { KnownPerson } from '../../nodes/lead/clean/knownPerson';
import { readKnownRow } from '../../nodes/lead/clean/knownRows';
import { matchAccount } from '../../nodes/lead/clean/matchAccount';
import { keysOf } from '../../nodes/lead/clean/matchLeads';
import { seeded } from '../../test/support/seeded';
import { f1, row, timed } from './figures';

const at = '2026-01-01T00:00:00.000Z';
const forms = ['Ltd', 'Limited', 'GmbH', 'Inc.', 'LLC', 'S.A.', 'SAS', 'B.V.', 'AG', 'S.r.l.', 'Oy', 'Pty Ltd'];
const countries = ['GB', 'DE', 'US', 'FR', 'ES', 'NL'];
const places = ['North', 'South', 'Nordic', 'Iberia', 'Pacific', 'Alpine'];

/**
 * Leads and the known companies they belong to: names of `company_names/cases.json`, and made-up ones, as accounts; leads
 * with another legal form, capitals, a typing error, words in another order, only a domain, or of a firm that is only like
 * one of them. One best match a lead counts.
 */
export function benchCompanies(file: string): void {
	const random = seeded(11);
	const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)];
	const names = [...new Set([...namesOf(file), ...madeUp(random, 2_000)])];
	const plain = (text: string): string => text.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]/g, '');
	const accounts = names.map((name, index) => ({ id: String(index), company: `${name} ${pick(forms)}`, website: random() < 0.7 ? `${plain(name).slice(0, 30) || 'firm'}${index}.com` : '', country: pick(countries), base: name }));
	const leads = Array.from({ length: 2_000 }, () => {
		const account = pick(accounts);
		const kind = pick(kinds);
		const given = change(kind, account, random, pick);
		return { kind, row: given, wanted: kind.startsWith('other') ? '' : account.id };
	});
	const persons = accounts.map((one, index) => readKnownRow({ row: { id: one.id, company: one.company, website: one.website, country: one.country }, index, mapping: {}, system: 'crm', at }));

	const [ours, seconds] = timed(() => {
		const list = new KnownList(persons.length, (index): KnownPerson | undefined => persons[index], 50);
		persons.forEach((_, index) => list.add(index));
		list.seal();
		return leads.map(({ row: given }, index) => {
			const fields = readKnownRow({ row: given, index, mapping: {}, system: 'form', at })?.fields;
			return fields === undefined ? undefined : matchAccount(fields, list.find(keysOf(fields)).persons)?.id;
		});
	});
	const [exact, exactSeconds] = timed(() => {
		const byName = new Map(accounts.map((one) => [one.company.toLowerCase(), one.id]));
		const byDomain = new Map(accounts.filter(({ website }) => website).map((one) => [one.website, one.id]));
		return leads.map(({ row: given }) => byDomain.get(given.website ?? '') ?? byName.get((given.company ?? '').toLowerCase()));
	});
	const [cascade, cascadeSeconds] = timed(() => leads.map(({ row: given }) => {
		const name = plain(given.company ?? '');
		let best: string | undefined;
		let nearest = 4;
		for (const one of name === '' ? [] : accounts) {
			if (Math.abs(plain(one.company).length - name.length) > 3) continue;
			const apart = editDistance(plain(one.company), name);
			if (apart < nearest) [nearest, best] = [apart, one.id];
		}
		return best;
	}));
	const judge = (chosen: (string | undefined)[]): ReturnType<typeof f1> => f1(
		chosen.filter((id, index) => id !== undefined && id === leads[index].wanted).length, chosen.filter((id) => id !== undefined).length, leads.filter(({ wanted }) => wanted !== '').length,
	);
	console.log(`\ncompanies: ${leads.length} leads against ${accounts.length} accounts`);
	console.table([row('lead to account', judge(ours), seconds), row('exact name or domain', judge(exact), exactSeconds), row('Levenshtein, up to 3 letters', judge(cascade), cascadeSeconds)]);
	const byKind: Record<string, Record<string, number>> = {};
	leads.forEach(({ kind, wanted }, index) => {
		const outcome = ours[index] === undefined ? (wanted === '' ? 'right, none' : 'missed') : ours[index] === wanted ? 'right' : 'wrong';
		(byKind[kind] ??= {})[outcome] = (byKind[kind][outcome] ?? 0) + 1;
	});
	console.table(byKind);
}

const kinds = ['same', 'other legal form', 'capitals', 'typing error', 'words in another order', 'only the domain', 'another domain, same name', 'other firm of a place', 'other firm, new'].map((kind) => kind.replace('other legal form', 'a new legal form'));

function change(kind: string, account: { company: string; website: string; country: string; base: string }, random: () => number, pick: <T>(from: readonly T[]) => T): Record<string, string> {
	const { base, country } = account;
	const named = (company: string): Record<string, string> => ({ company, country: random() < 0.7 ? country : '' });
	if (kind === 'same') return named(account.company);
	if (kind === 'a new legal form') return named(`${base} ${pick(forms)}`);
	if (kind === 'capitals') return named(base.toUpperCase());
	if (kind === 'typing error') return named(typo(base, random));
	if (kind === 'words in another order') return named(base.split(' ').reverse().join(' '));
	if (kind === 'only the domain') return account.website === '' ? named(base) : { website: `https://www.${account.website}/`, country };
	if (kind === 'another domain, same name') return { ...named(account.company), website: 'https://shop-of-somebody.example' };
	if (kind === 'other firm of a place') return named(`${pick(places)} ${madeUp(random, 1)[0]} ${pick(forms)}`);
	return { ...named(madeUp(random, 1)[0]), website: `new${Math.floor(random() * 1e6)}.com` };
}

function typo(name: string, random: () => number): string {
	const long = name.split(' ').map((word, at) => ({ word, at })).sort((a, b) => b.word.length - a.word.length)[0];
	if (long.word.length < 6) return name;
	const at = 1 + Math.floor(random() * (long.word.length - 2));
	const wrong = random() < 0.5 ? long.word.slice(0, at) + long.word[at + 1] + long.word[at] + long.word.slice(at + 2) : long.word.slice(0, at) + long.word.slice(at + 1);
	return name.split(' ').map((word, place) => (place === long.at ? wrong : word)).join(' ');
}

const syllables = 'bar bel cor dan el fen gar hol jor kal lin mar nor ol pra qui ros sal tam ul vor wes yan zet'.split(' ');
const trades = ['Analytics', 'Bakery', 'Capital', 'Ceramics', 'Chemicals', 'Consulting', 'Design', 'Energy', 'Foods', 'Health', 'Logistics', 'Machines', 'Media', 'Motors', 'Pharma', 'Plastics', 'Robotics', 'Shipping', 'Solar', 'Tools', 'Travel'];

function madeUp(random: () => number, count: number): string[] {
	const word = (): string => {
		const text = Array.from({ length: 2 + Math.floor(random() * 2) }, () => syllables[Math.floor(random() * syllables.length)]).join('');
		return text[0].toUpperCase() + text.slice(1);
	};
	return Array.from({ length: count }, () => `${word()} ${trades[Math.floor(random() * trades.length)]}`);
}

interface CompanyCases { basename?: { expect?: unknown }[] }

function namesOf(file: string): string[] {
	if (!existsSync(file)) return [];
	const { basename = [] } = JSON.parse(readFileSync(file, 'utf8')) as CompanyCases;
	return basename.map(({ expect }) => expect).filter((name): name is string => typeof name === 'string' && name.trim().length > 3);
}
