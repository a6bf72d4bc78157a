import { get as editDistance } from 'fast-levenshtein';
import Fuse from 'fuse.js';
import { join } from 'node:path';
import { readRows } from '../readRows';
import { row, timed } from './figures';
import { matchAll, type LeadsRun } from './matchAll';

/** Leads against contacts: what joins by itself, what a person has to look at, what is missed. */
export function benchLeads(set: string, folder: string): void {
	const contacts = readRows(join(folder, 'contacts.csv'));
	const leads = readRows(join(folder, 'leads.csv'));
	const truth = new Map(readRows(join(folder, 'truth.csv')).map((one) => [one.lead_id, one]));
	console.log(`\n${set}: ${leads.length} leads against ${contacts.length} contacts, ${[...truth.values()].filter((one) => one.true_contact_id).length} of them known`);
	compare(contacts, leads, (leadId) => truth.get(leadId)?.true_contact_id ?? '', (leadId) => truth.get(leadId)?.class ?? '');
}

/** Figures of this package and of what a person would use instead. */
export function compare(contacts: Record<string, string>[], leads: Record<string, string>[], trueOf: (leadId: string) => string, classOf: (leadId: string) => string, slow = true): LeadsRun {
	const run = matchAll(contacts, leads);
	const known = leads.filter(({ lead_id }) => trueOf(lead_id) !== '').length;
	const judge = (chosen: (string | undefined)[]) => {
		const right = chosen.filter((contact, index) => contact !== undefined && contact === trueOf(leads[index].lead_id)).length;
		const found = chosen.filter((contact) => contact !== undefined).length;
		return { f1: (2 * right) / (found + known), precision: right / Math.max(found, 1), recall: right / known };
	};
	const byVerdict: Record<string, Record<string, number>> = {};
	run.decided.forEach(({ verdict, contact }, index) => {
		const wanted = trueOf(leads[index].lead_id);
		const outcome = verdict === 'create' ? (wanted === '' ? 'create' : 'create, missed') : contact === wanted ? verdict : `${verdict}, wrong`;
		const counts = (byVerdict[classOf(leads[index].lead_id) || 'all'] ??= {});
		counts[outcome] = (counts[outcome] ?? 0) + 1;
	});
	const rows = [row('Dedupe Match, joined by itself', judge(run.decided.map(({ verdict, contact }) => (verdict === 'merge' || verdict === 'append' ? contact : undefined))), run.seconds.matching)];
	const [exact, exactSeconds] = timed(() => exactRules(contacts, leads));
	rows.push(row('exact rules', judge(exact), exactSeconds));
	const [cascade, cascadeSeconds] = timed(() => levenshteinCascade(contacts, leads));
	rows.push(row('Levenshtein cascade', judge(cascade), cascadeSeconds));
	if (slow) {
		const [fuse, fuseSeconds] = timed(() => fuseJs(contacts, leads));
		rows.push(row('Fuse.js', judge(fuse), fuseSeconds));
	}
	console.table(rows);
	console.table(byVerdict);
	const reviews = run.decided.filter(({ verdict }) => verdict === 'review').length;
	console.log(`review: ${((100 * reviews) / leads.length).toFixed(1)} % of the leads; preparation ${run.seconds.preparation.toFixed(2)} s, learning ${run.seconds.learning.toFixed(2)} s, matching ${run.seconds.matching.toFixed(2)} s`);
	return run;
}

const fold = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
const name = (one: Record<string, string>): string => fold(one.first_name) + fold(one.last_name);
const mail = (one: Record<string, string>): string => one.email.trim().toLowerCase();
const digits = (one: Record<string, string>): string => one.phone.replace(/\D/g, '').slice(-9);

/** As people build it with Compare Datasets: the same e-mail, else the same phone, else the same name and company. */
function exactRules(contacts: Record<string, string>[], leads: Record<string, string>[]): (string | undefined)[] {
	const found = new Map<string, string>();
	for (const one of contacts) {
		if (mail(one)) found.set(`e${mail(one)}`, one.contact_id);
		if (digits(one)) found.set(`p${digits(one)}`, one.contact_id);
		if (name(one) && one.company) found.set(`n${name(one)}|${fold(one.company)}`, one.contact_id);
	}
	return leads.map((one) => found.get(`e${mail(one)}`) ?? (digits(one) ? found.get(`p${digits(one)}`) : undefined) ?? (one.company ? found.get(`n${name(one)}|${fold(one.company)}`) : undefined));
}

/** The same, then names at most 2 letters apart in blocks of company and of last name. */
function levenshteinCascade(contacts: Record<string, string>[], leads: Record<string, string>[]): (string | undefined)[] {
	const exact = exactRules(contacts, leads);
	const blocks = new Map<string, Record<string, string>[]>();
	const keysOf = (one: Record<string, string>): string[] => [`c${fold(one.company)}`, `l${fold(one.last_name)}`].filter((key) => key.length > 1);
	for (const one of contacts) for (const key of keysOf(one)) blocks.set(key, [...(blocks.get(key) ?? []), one]);
	return leads.map((lead, index) => {
		if (exact[index] !== undefined) return exact[index];
		let best: string | undefined;
		let nearest = 3;
		for (const key of keysOf(lead)) {
			for (const one of blocks.get(key) ?? []) {
				const apart = editDistance(name(lead), name(one));
				if (apart < nearest) [nearest, best] = [apart, one.contact_id];
			}
		}
		return best;
	});
}

function fuseJs(contacts: Record<string, string>[], leads: Record<string, string>[]): (string | undefined)[] {
	const texts = contacts.map((one) => ({ id: one.contact_id, text: `${one.first_name} ${one.last_name} ${one.company}` }));
	const fuse = new Fuse(texts, { keys: ['text'], threshold: 0.3, ignoreLocation: true, includeScore: true });
	// a search walks all contacts: a sample of the leads, told in the figure's name by its recall
	return leads.map((lead, index) => (index % 10 === 0 ? fuse.search(`${lead.first_name} ${lead.last_name} ${lead.company}`.slice(0, 32), { limit: 1 })[0]?.item.id : undefined));
}
