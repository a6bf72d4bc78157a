import { KnownList } from '../../nodes/lead/clean/knownList';
import type { KnownPerson } from '../../nodes/lead/clean/knownPerson';
import { readKnownRow } from '../../nodes/lead/clean/knownRows';
import { learnFromLists } from '../../nodes/lead/clean/learnFromLists';
import { keysOf, matchLead } from '../../nodes/lead/clean/matchLeads';
import { RunPersons } from '../../nodes/lead/clean/runPersons';
import { thresholdsOf } from '../../nodes/lead/clean/verdict';
import type { Verdict } from '../../nodes/lead/handoffRecord';
import { drain, timed } from './figures';

const capPerKey = 50;
const at = '2026-01-01T00:00:00.000Z';

export interface LeadsRun {
	decided: { verdict: Verdict; contact?: string; because: string[] }[];
	seconds: { preparation: number; learning: number; matching: number };
}

/** All leads against all contacts from a cold start, as the node does it with a second input and no ledger. */
export function matchAll(contacts: Record<string, string>[], leads: Record<string, string>[], namesAreCompanies = false): LeadsRun {
	const mapping = {};
	const [{ list, own, leadFields }, preparation] = timed(() => {
		const known = new KnownList(contacts.length, (index): KnownPerson | undefined => readKnownRow({ row: contacts[index], index, mapping, system: 'crm', at, namesAreCompanies }), capPerKey);
		contacts.forEach((_, index) => known.add(index));
		known.seal();
		const persons = leads.map((lead, index) => readKnownRow({ row: { ...lead, lead_id: undefined }, index, mapping, system: 'form', at, namesAreCompanies }));
		const ofLeads = new KnownList(leads.length, (index) => persons[index], capPerKey);
		leads.forEach((_, index) => ofLeads.add(index));
		ofLeads.seal();
		return { list: known, own: ofLeads, leadFields: persons.map((person) => person?.fields ?? {}) };
	});
	const [weights, learning] = timed(() => drain(learnFromLists({ leads: own, leadFields, known: list })));
	const [decided, matching] = timed(() => {
		const run = new RunPersons(capPerKey);
		return leadFields.map((fields, index) => {
			const keys = keysOf(fields);
			const ofRun = run.find(keys);
			const rows = list.find(keys);
			const decision = matchLead({
				record: { leadId: `l${index}`, personId: `p${index}` }, fields, known: ofRun.persons, listed: rows.persons, cappedKeys: [...ofRun.cappedKeys, ...rows.cappedKeys],
				weights: { known: weights, listed: weights }, thresholds: thresholdsOf.balanced, newOpportunityDays: 90, at, isRemembered: false,
			});
			run.add({ fields, at }, decision);
			const { verdict, externalIds, candidates, because } = decision.match;
			const chosen = candidates.find(({ outcome }) => outcome === 'chosen')?.personId.replace(/^crm:/, '');
			const contact = externalIds.crm ?? chosen;
			return { verdict, because, ...(verdict === 'create' || contact === undefined ? {} : { contact }) };
		});
	});
	return { decided, seconds: { preparation, learning, matching } };
}
