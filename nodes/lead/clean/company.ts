import { foldText } from '../foldText';
import { changed, type Cleaned } from './cleaned';
import { companyKey } from './companyKey';
import { isDisposableDomain, isFreeDomain, registrableDomain } from './email';
import { cutText, repairLine } from './text';

export interface CompanyReading {
	company: string | null;
	companyKey: string | null;
	companyDomain: string | null;
}

const longestCompany = 200;

/** What people write when the form insists on a company and they have none, folded. */
const noCompany = new Set(['', 'n a', 'na', 'none', 'no', 'no company', 'not applicable', 'nil', 'null', 'undefined', 'test', 'private', 'privat', 'privatperson', 'individual', 'self', 'self employed', 'selfemployed', 'freelance', 'freelancer', 'personal', 'keine', 'kein', 'aucune', 'aucun', 'particulier', 'ninguna', 'ninguno', 'particular', 'nessuna', 'privato', 'geen', 'particulier', 'nenhuma', 'x', 'xx', 'xxx', 'tbd']);

const longestNoCompany = 20;

/** Company name, its key for comparison, and its own domain: from the website, else from an address of its own. */
export function readCompany(given: { company: string | null; website: string | null; emailOwnDomain: string | null }): Cleaned<CompanyReading> {
	const written = given.company === null ? '' : cutText(repairLine(given.company), longestCompany).text.replace(/^["'“”]+|["'“”]+$/g, '');
	const company = written.length <= longestNoCompany && noCompany.has(foldText(written)) && !/\p{Lo}/u.test(written) ? null : written || null;
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

/** Registrable domain of a web address or host as people type it; `null` for free mail, throw-away and unreadable ones. */
export function websiteDomain(website: string | null): string | null {
	const text = website?.trim() ?? '';
	if (text === '' || text.length > 2_000 || text.includes('@') || /\s/.test(text)) return null;
	const domain = registrableDomain(text);
	return domain && !isFreeDomain(domain) && !isDisposableDomain(domain) ? domain : null;
}
