import type { INodeProperties } from 'n8n-workflow';
import type { EmailLists } from '../lead/clean/email';
import type { Problem } from '../lead/leadError';

/** Options of the node that say what the client knows better than the built-in lists, by their name in `EmailLists`. */
const lists = {
	allowedDomains: { label: 'Allowed Email Domains', holds: 'domains', placeholder: 'e.g. proton.me, partner.example', description: 'Domains never flagged as free mail or throw-away, separated by commas' },
	blockedDomains: { label: 'Blocked Email Domains', holds: 'domains', placeholder: 'e.g. rival.example', description: 'Domains flagged as throw-away besides the built-in list, separated by commas' },
	freeDomains: { label: 'Free Email Domains', holds: 'domains', placeholder: 'e.g. localisp.example', description: 'Domains where anybody can get an address, besides the built-in list, separated by commas; they name no company' },
	personalMailboxes: { label: 'Personal Mailboxes', holds: 'names', placeholder: 'e.g. hello, it', description: 'Names before the @ that belong to one person after all, separated by commas' },
	sharedMailboxes: { label: 'Shared Mailboxes', holds: 'names', placeholder: 'e.g. crew, praxis', description: 'Names before the @ that a team reads, besides the built-in list, separated by commas' },
} as const satisfies Record<keyof EmailLists, { label: string; holds: 'domains' | 'names'; placeholder: string; description: string }>;

const entryPattern = { domains: /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,}$/u, names: /^[^\s@,;]{1,64}$/u };
/** More is a file, not an option. */
const mostEntries = 1_000;

/** The five lists as options, in the order of their labels. */
export const emailListOptions: INodeProperties[] = Object.entries(lists).map(([name, { label, placeholder, description }]) => ({
	displayName: label, name, type: 'string', default: '', placeholder, description,
}));

/** What the options hold, in small letters; each entry that can't be meant adds a problem. Undefined when nothing is listed. */
export function readEmailLists(options: Partial<Record<keyof EmailLists, unknown>>, problems: Problem[]): EmailLists | undefined {
	const found: { [Name in keyof EmailLists]: Set<string> } = {};
	for (const [name, { label, holds }] of Object.entries(lists) as [keyof EmailLists, (typeof lists)[keyof EmailLists]][]) {
		const entries = String(options[name] ?? '').toLowerCase().split(/[\s,;]+/).map((entry) => entry.replace(/^@/, '')).filter(Boolean);
		if (entries.length === 0) continue;
		const wrong = entries.findIndex((entry) => !entryPattern[holds].test(entry));
		if (wrong >= 0 || entries.length > mostEntries) {
			problems.push({
				code: 'EMAIL_LIST_INVALID',
				message: wrong >= 0 ? `Entry ${wrong + 1} of ${label} is no ${holds === 'domains' ? 'domain' : 'mailbox name'}` : `${label} has more than ${mostEntries} entries`,
				description: `Set "${label}" to ${holds === 'domains' ? 'domains such as acme.example' : 'names such as info, without @'}, separated by commas.`,
			});
			continue;
		}
		found[name] = new Set(entries);
	}
	return Object.keys(found).length === 0 ? undefined : found;
}
