import { foldText } from '../foldText';
import { changed, type Cleaned } from './cleaned';
import { isDisposableDomain, isFreeDomain, registrableDomain } from './email';
import { cutText, repairLine } from './text';

export interface CompanyReading {
	company: string | null;
	companyKey: string | null;
	companyDomain: string | null;
}

const longestCompany = 200;

/**
 * Legal forms, folded, as they stand at the end of a firm's name (some also at its beginning).
 * From the statutes' own abbreviations: UK Companies Act 2006, German HGB/GmbHG/AktG, French Code de commerce,
 * Spanish LSC, Italian Codice civile, Dutch BW 2, Portuguese CSC, Nordic and Central European company acts, US state law.
 */
const legalForms = [
	'ltd', 'limited', 'plc', 'llp', 'lp', 'cic', 'uk ltd', 'uk limited', 'inc', 'incorporated', 'corp', 'corporation', 'co', 'company', 'llc', 'l l c', 'pllc', 'pc', 'p c',
	'gmbh', 'g m b h', 'mbh', 'ggmbh', 'gmbh co kg', 'gmbh and co kg', 'gmbh u co kg', 'ag', 'a g', 'kg', 'ohg', 'ug', 'ug haftungsbeschrankt', 'e k', 'ek', 'e v', 'ev', 'gbr', 'kgaa',
	'se', 'eg', 'partg mbb', 'partgmbb', 'ag co kg', 'ag and co kg', 'se co kg', 'se and co kg', 'co kg', 'and co kg', 'and co', 'gesmbh', 'ges m b h',
	'sa', 's a', 'sas', 's a s', 'sasu', 'sarl', 's a r l', 'eurl', 'sci', 'snc', 's n c', 'scop',
	'sl', 's l', 'slu', 's l u', 'sau', 's a u', 'sociedad limitada', 'sociedad anonima', 's de rl', 's de r l', 's de rl de cv', 's de r l de c v', 'sa de cv', 's a de c v',
	'srl', 's r l', 'srls', 'spa', 's p a', 'sapa', 'bv', 'b v', 'nv', 'n v', 'vof', 'v o f', 'cv', 'bvba', 'sprl', 'lda', 'limitada', 'ltda', 'eireli', 'me',
	'ab', 'as', 'a s', 'asa', 'aps', 'oy', 'oyj', 'hf', 'ehf', 'is', 'sp z o o', 'spolka z o o', 'spzoo', 'sp j', 'sp k', 's r o', 'sro', 'spol s r o', 'a s', 'doo', 'd o o', 'dd', 'd d', 'kft', 'zrt', 'bt', 'nyrt',
	'ood', 'eood', 'ad', 'uab', 'sia', 'ou', 'pty ltd', 'pty limited', 'pty', 'pvt ltd', 'pvt limited', 'private limited', 'pvt', 'pte ltd', 'pte', 'sdn bhd', 'bhd', 'kk', 'k k', 'co ltd', 'kabushiki kaisha', 'gk', 'fzco', 'fze', 'fz llc', 'wll', 'jsc', 'ooo', 'zao', 'oao', 'pao', 'pt', 'tbk', 'as', 'a o',
].map((form) => form.split(' '));
const leadingForms = new Set(['oy', 'ab', 'pt', 'ooo', 'zao', 'oao', 'sia', 'uab', 'sarl', 'sas']);
const longestForm = Math.max(...legalForms.map((form) => form.length));
const formKeys = new Set(legalForms.map((form) => form.join(' ')));

/** What people write when the form insists on a company and they have none, folded. */
const noCompany = new Set(['', 'n a', 'na', 'none', 'no', 'no company', 'not applicable', 'nil', 'null', 'undefined', 'test', 'private', 'privat', 'privatperson', 'individual', 'self', 'self employed', 'selfemployed', 'freelance', 'freelancer', 'personal', 'keine', 'kein', 'aucune', 'aucun', 'particulier', 'ninguna', 'ninguno', 'particular', 'nessuna', 'privato', 'geen', 'particulier', 'nenhuma', 'x', 'xx', 'xxx', 'tbd']);

/** Company name, its key for comparison, and its own domain: from the website, else from an address of its own. */
export function readCompany(given: { company: string | null; website: string | null; emailOwnDomain: string | null }): Cleaned<CompanyReading> {
	const written = given.company === null ? '' : cutText(repairLine(given.company), longestCompany).text.replace(/^["'“”]+|["'“”]+$/g, '');
	const company = noCompany.has(foldText(written)) && !/\p{Lo}/u.test(written) ? null : written || null;
	return {
		value: {
			company,
			companyKey: company === null ? null : companyKey(company),
			companyDomain: websiteDomain(given.website) ?? given.emailOwnDomain,
		},
		issues: [],
		changes: changed('lead.company', given.company, company, company === null ? 'not a company' : 'text repaired'),
	};
}

/**
 * Company name folded for comparison, without legal form: `ACME Services, Ltd.` gives `acme services`.
 * `&`, `+`, `und`, `et`, `y`, `e`, `en` between words all give `and`. Never empty: a name that is only a legal form stays.
 */
export function companyKey(name: string): string {
	const words = foldText(name.replace(/[&+]/g, ' and ').replace(/['’`´]/g, '').replace(/\bt\s*\/\s*a\b.*/i, ' '))
		.split(' ')
		.map((word, index, all) => (index > 0 && index < all.length - 1 && /^(?:und|et|y|en)$/.test(word) ? 'and' : word))
		.filter(Boolean);
	let end = words.length;
	for (let taken = true; taken && end > 1; ) {
		taken = false;
		for (let length = Math.min(longestForm, end - 1); length > 0; length--) {
			if (!formKeys.has(words.slice(end - length, end).join(' '))) continue;
			end -= length;
			taken = true;
			break;
		}
	}
	while (end > 1 && words[end - 1] === 'and') end--;
	let start = 0;
	if (end - start > 1 && leadingForms.has(words[start])) start++;
	if (end - start > 1 && words[start] === 'the') start++;
	return words.slice(start, end).join(' ') || foldText(name) || name.trim().toLowerCase();
}

/** Registrable domain of a web address or host as people type it; `null` for free mail, throw-away and unreadable ones. */
export function websiteDomain(website: string | null): string | null {
	const text = website?.trim() ?? '';
	if (text === '' || text.length > 2_000 || text.includes('@') || /\s/.test(text)) return null;
	const domain = registrableDomain(text);
	return domain && !isFreeDomain(domain) && !isDisposableDomain(domain) ? domain : null;
}
