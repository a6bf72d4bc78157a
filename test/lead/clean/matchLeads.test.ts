import { cleanLeadFields, readComparedFields } from '../../../nodes/lead/clean/comparedFields';
import { KnownIndex } from '../../../nodes/lead/clean/knownIndex';
import type { KnownPerson } from '../../../nodes/lead/clean/knownPerson';
import { keysOf, matchLead, type MatchInput } from '../../../nodes/lead/clean/matchLeads';
import { thresholdsOf } from '../../../nodes/lead/clean/verdict';
import { emptyLeadFields, type HandoffRecord, type LeadFields } from '../../../nodes/lead/handoffRecord';
import { readRecord } from '../../../nodes/lead/readRecord';

const at = '2026-11-20T10:00:00.000Z';
const ada = { firstName: 'Ada', lastName: 'Byron', email: 'ada@acme.example', phone: '+442079460018', company: 'Acme' };

function lead(fields: Partial<LeadFields>): HandoffRecord {
	let count = 0;
	return readRecord({ json: { ...fields, leadId: 'lead-new', personId: 'person-new' }, now: new Date(at), newId: () => `id-${++count}` }).record;
}

function person(personId: string, fields: KnownPerson['fields'], more: Partial<KnownPerson> = {}): KnownPerson {
	return { personId, enquiries: 1, fields: { ...fields, ...cleanLeadFields({ ...emptyLeadFields(), ...fields }) }, externalIds: {}, updatedAt: at, ...more };
}

function match(record: HandoffRecord, input: Partial<MatchInput> = {}) {
	return matchLead({ record, fields: { ...readComparedFields(record), ...cleanLeadFields(record.lead) }, known: [], cappedKeys: [], thresholds: thresholdsOf.balanced, newOpportunityDays: 90, at, isRemembered: true, ...input });
}

describe('matchLead', () => {
	it('gives a new person the lead\'s own ids', () => {
		expect(match(lead(ada))).toMatchObject({ leadId: 'lead-new', personId: 'person-new', match: { verdict: 'create', score: 0, candidates: [], mergePlan: [] }, review: [] });
	});

	it('adds an enquiry to the open lead inside the window, and opens a new lead after it', () => {
		const open = (openedAt: string) => ({ openLead: { leadId: 'lead-1', openedAt, lastTouchAt: openedAt } });
		expect(match(lead(ada), { known: [person('person-1', ada, open('2026-11-01T10:00:00.000Z'))] })).toMatchObject({ leadId: 'lead-1', personId: 'person-1', match: { verdict: 'append' } });
		expect(match(lead(ada), { known: [person('person-1', ada, open('2026-01-01T10:00:00.000Z'))] })).toMatchObject({ leadId: 'lead-new', personId: 'person-1', match: { verdict: 'append' } });
		expect(match(lead(ada), { known: [person('person-1', ada)] })).toMatchObject({ leadId: 'lead-new', personId: 'person-1', match: { verdict: 'append' } });
	});

	it('keeps a doubtful lead its own, provisional, with the reason to review it', () => {
		const doubtful = match(lead({ ...ada, email: 'lovelace@mail.example', phone: null }), { known: [person('person-1', ada)] });
		expect(doubtful).toMatchObject({ leadId: 'lead-new', personId: 'person-new', match: { verdict: 'review', provisional: true, externalIds: {}, mergePlan: [], candidates: [{ personId: 'person-1' }] } });
		expect(doubtful.review).toContain('possible duplicate');
	});

	it('takes ids, status and owner from a listed record', () => {
		const row = person('crm:7', ada, { enquiries: 0, externalIds: { crm: '7' }, customerStatus: 'customer', ownerId: 'owner-4' });
		const decided = match(lead(ada), { listed: [row] });
		expect(decided).toMatchObject({ personId: 'person-new', match: { verdict: 'merge', externalIds: { crm: '7' }, customerStatus: 'customer', existingOwner: 'owner-4' } });
		expect(match(lead(ada), { listed: [row], isRemembered: false }).personId).toBe('crm:7');
	});

	it('takes the listed record\'s word beside a person remembered already', () => {
		const row = person('crm:7', ada, { enquiries: 0, externalIds: { crm: '7' }, customerStatus: 'customer' });
		expect(match(lead(ada), { known: [person('person-1', ada)], listed: [row] })).toMatchObject({ personId: 'person-1', match: { verdict: 'append', externalIds: { crm: '7' }, customerStatus: 'customer' } });
		expect(match(lead(ada), { known: [person('person-1', ada, { externalIds: { crm: '7' } })], listed: [row] })).toMatchObject({ personId: 'person-1', match: { customerStatus: 'customer' } });
	});

	it('treats a number under two first names as a switchboard', () => {
		const known = [person('person-1', { firstName: 'Ada', phone: ada.phone }), person('person-2', { firstName: 'Peter', phone: ada.phone })];
		const decided = match(lead({ firstName: 'Ada', phone: ada.phone }), { known });
		expect(decided.match.verdict).toBe('create');
		expect(decided.match.because.join()).toContain('a number that several people use');
	});

	it('treats a number beyond the cap as a switchboard', () => {
		const cappedKeys = [{ kind: 'phone', value: ada.phone, persons: 100_000 }];
		expect(match(lead({ phone: ada.phone }), { known: [person('person-1', { phone: ada.phone })], cappedKeys }).match.verdict).toBe('create');
	});

	it('shows at most five candidates, best first', () => {
		const known = Array.from({ length: 9 }, (_, number) => person(`person-${number}`, { firstName: 'Ada', lastName: number === 8 ? 'Byron' : 'Smith', city: 'London' }));
		const { candidates } = match(lead({ firstName: 'Ada', lastName: 'Byron', city: 'London' }), { known }).match;
		expect(candidates).toHaveLength(5);
		expect(candidates[0].personId).toBe('person-8');
	});

	it.each<[string, KnownPerson, KnownPerson[]]>([
		['the ledger\'s person', person('person-1', { ...ada, 'consent.email': 'no' }), []],
		['a record of the list', person('person-1', ada), [person('crm:7', { ...ada, 'consent.email': 'no' }, { enquiries: 0 })]],
	])('says that %s opted out, whatever the new enquiry says', (_, known, listed) => {
		const record = { ...lead(ada), consent: { email: true, phone: true } };
		const { match: { verdict, optOut, because, mergePlan }, fields } = match(record, { known: [known], listed });
		expect({ verdict, optOut }).toEqual({ verdict: 'append', optOut: ['email'] });
		expect(because).toContain('opted out of e-mail before, and that stays');
		expect(mergePlan).toContainEqual({ field: 'consent.email', known: 'no', incoming: 'yes', result: 'no', because: 'an opt-out stays' });
		expect(fields['consent.email']).toBe('no');
	});

	it('takes nobody\'s opt-out for a lead of its own', () => {
		const known = [person('person-1', { ...ada, 'consent.email': 'no' })];
		expect(match(lead({ ...ada, email: 'lovelace@mail.example', phone: null }), { known }).match).not.toHaveProperty('optOut');
		expect(match(lead({ email: 'peter@other.example' }), { known }).match).not.toHaveProperty('optOut');
	});

	it('keeps what follows from the ledger\'s address when the list has another', () => {
		const row = person('crm:7', { ...ada, email: 'info@acme.example' }, { enquiries: 0 });
		const { fields } = match(lead({ ...ada, email: null }), { known: [person('person-1', ada)], listed: [row] });
		expect(fields).toMatchObject({ email: ada.email, emailKey: ada.email });
		expect(fields.sharedEmail ?? null).toBeNull();
	});

	it('remembers the merged fields of the person', () => {
		const { fields, match: { mergePlan } } = match(lead({ ...ada, phone: null, jobTitle: 'CTO' }), { known: [person('person-1', ada)] });
		expect(fields).toMatchObject({ phone: ada.phone, jobTitle: 'CTO', email: ada.email });
		expect(mergePlan).toContainEqual({ field: 'jobTitle', known: null, incoming: 'CTO', result: 'CTO', because: 'was empty' });
	});
});

describe('KnownIndex', () => {
	it('caps the persons of a key and says so', () => {
		const index = new KnownIndex(3);
		const keys = keysOf({ phone: ada.phone });
		for (let number = 0; number < 10; number++) index.add(person(`person-${number}`, { phone: ada.phone }), keys);
		const found = index.find(keys);
		expect(found.persons).toHaveLength(3);
		expect(found.cappedKeys).toContainEqual({ kind: 'phone', value: ada.phone, persons: 10 });
	});

	it('counts a person seen twice once, and gives the newer entry', () => {
		const index = new KnownIndex(3);
		const keys = keysOf({ phone: ada.phone });
		for (let enquiries = 1; enquiries <= 5; enquiries++) index.add(person('person-1', { phone: ada.phone }, { enquiries }), keys);
		expect(index.find(keys)).toMatchObject({ persons: [{ enquiries: 5 }], cappedKeys: [] });
	});
});
