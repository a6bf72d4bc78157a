import type { ComparedFields } from '../../lead/clean/knownPerson';
import { listOfLeads } from '../../lead/clean/knownList';
import { learnFromLists } from '../../lead/clean/learnFromLists';
import { keysOf, matchLead } from '../../lead/clean/matchLeads';
import { RunPersons } from '../../lead/clean/runPersons';
import { thresholdsOf } from '../../lead/clean/verdict';
import type { AuditCause, AuditLead } from '../../lead/measure/audit/auditLead';

/** Persons compared for one key, as in Dedupe Match. */
const capPerKey = 50;
/** Two rows this close are one form sent twice. */
const sentTwiceMs = 10 * 60_000;
/** A second row of a person is one however old the first is. */
const anyAge = 36_500;

interface AuditPerson {
	fields: ComparedFields;
	email: string | null;
	at: number | null;
	row: number;
}

type Found = Pick<AuditLead, 'duplicate' | 'duplicateCause' | 'duplicateOf' | 'maybeDuplicate'>;

/** Which rows are a second one of a person, by the matcher of Dedupe Match, the earliest row first; the answers stand in the order of the rows. */
export async function findDuplicates(rows: readonly AuditPerson[], pause: () => Promise<void>): Promise<Found[]> {
	const learning = learnFromLists({ leads: listOfLeads(rows.map(({ fields }) => fields), capPerKey), leadFields: rows.map(({ fields }) => fields) });
	let step = learning.next();
	while (!step.done) {
		await pause();
		step = learning.next();
	}
	const weights = { known: step.value, listed: step.value };
	const persons = new RunPersons(capPerKey);
	const earlier = new Map<string, AuditPerson[]>();
	const found: Found[] = rows.map(() => ({ duplicate: null, duplicateCause: null, duplicateOf: null, maybeDuplicate: false }));
	const inTime = rows.map((row, index) => ({ row, index })).sort((a, b) => (a.row.at ?? Infinity) - (b.row.at ?? Infinity) || a.index - b.index);
	for (const { row, index } of inTime) {
		await pause();
		const { fields } = row;
		if (!fields.emailKey && !fields.phone && !fields.fullName && !fields.companyKey) continue;
		const known = persons.find(keysOf(fields));
		const at = new Date(row.at ?? 0).toISOString();
		const decision = matchLead({
			record: { leadId: `lead ${index}`, personId: `person ${index}` }, fields, known: known.persons, cappedKeys: known.cappedKeys, weights,
			thresholds: thresholdsOf.balanced, newOpportunityDays: anyAge, at, isRemembered: false,
		});
		persons.add({ fields, at }, decision);
		const before = earlier.get(decision.personId) ?? [];
		earlier.set(decision.personId, [...before, row]);
		const { verdict } = decision.match;
		const isDuplicate = verdict === 'append' || verdict === 'merge';
		found[index] = { duplicate: isDuplicate, duplicateCause: null, duplicateOf: null, maybeDuplicate: verdict === 'review', ...(isDuplicate ? causeOf(row, before) : {}) };
	}
	return found;
}

/** What the row has in common with the earlier row that is most like it. */
function causeOf(row: AuditPerson, before: readonly AuditPerson[]): Pick<AuditLead, 'duplicateCause' | 'duplicateOf'> {
	const sameMailbox = before.filter(({ fields }) => fields.emailKey !== undefined && fields.emailKey === row.fields.emailKey);
	const last = sameMailbox.at(-1);
	if (last) {
		const isSoon = row.at !== null && last.at !== null && row.at - last.at <= sentTwiceMs;
		return told(isSoon ? 'sentTwice' : sameMailbox.some(({ email }) => email === row.email) ? 'sameEmail' : 'emailWrittenDifferently', last);
	}
	const samePhone = before.filter(({ fields }) => fields.phone !== undefined && fields.phone === row.fields.phone).at(-1);
	return samePhone ? told('otherEmailSamePhone', samePhone) : told('nameAlike', before.at(-1));
}

function told(duplicateCause: AuditCause, of: AuditPerson | undefined): Pick<AuditLead, 'duplicateCause' | 'duplicateOf'> {
	return { duplicateCause, duplicateOf: of?.row ?? null };
}
