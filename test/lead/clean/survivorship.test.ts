import fc from 'fast-check';
import type { ComparedFields } from '../../../nodes/lead/clean/knownPerson';
import { planMerge, type Winner, type Winners } from '../../../nodes/lead/clean/survivorship';

describe('planMerge', () => {
	it.each([
		['the newest value', { city: 'Leeds' }, { city: 'York' }, { city: 'York' }, 'newest value'],
		['a value for an empty field', { city: null }, { city: 'York' }, { city: 'York' }, 'was empty'],
		['the first touch', { 'firstTouch.source': 'linkedin' }, { 'firstTouch.source': 'google' }, { 'firstTouch.source': 'linkedin' }, 'the first touch stays'],
		['a number that can be dialled', { phone: '+442079460018' }, { phone: '9460018' }, { phone: '+442079460018' }, 'the new number could not be read'],
		['a number with its country', { phone: '9460018' }, { phone: '+442079460018' }, { phone: '+442079460018' }, 'newest value'],
		['an opt-out', { 'consent.email': 'no' }, { 'consent.email': 'yes' }, { 'consent.email': 'no' }, 'an opt-out stays'],
		['a new opt-out', { 'consent.email': 'yes' }, { 'consent.email': 'no' }, { 'consent.email': 'no' }, 'newest value'],
	])('keeps %s', (_, known, incoming, fields, because) => {
		const merged = planMerge(known, incoming);
		expect(merged.fields).toEqual(fields);
		expect(merged.plan).toEqual([{
			field: Object.keys(incoming)[0], known: Object.values(known)[0], incoming: Object.values(incoming)[0], result: Object.values(fields)[0], because,
		}]);
	});

	it('keeps the kind of a number that stays', () => {
		expect(planMerge({ phone: '+442079460018', phoneType: 'landline' }, { phone: '9460018' }).fields).toEqual({ phone: '+442079460018', phoneType: 'landline' });
	});

	it('keeps a known value that the new enquiry does not give', () => {
		expect(planMerge({ phone: '+442079460018' }, { phone: '  ', email: null })).toEqual({ fields: { phone: '+442079460018', email: null }, plan: [] });
	});

	it('moves a key with the value it was made from', () => {
		const known = { company: 'Acme Ltd', companyKey: 'acme', companyDomain: 'acme.example', email: 'ada@acme.example', emailKey: 'ada@acme.example' };
		expect(planMerge(known, { company: 'Veldt', companyKey: 'veldt' }).fields).toEqual({ ...known, company: 'Veldt', companyKey: 'veldt', companyDomain: null });
		expect(planMerge(known, {}).fields).toEqual(known);
	});

	it('never fills up a known first touch from a later one', () => {
		expect(planMerge({ 'firstTouch.source': 'linkedin' }, { 'firstTouch.campaign': 'spring' }).fields).toEqual({ 'firstTouch.source': 'linkedin', 'firstTouch.campaign': null });
	});

	it('loses no known field that the new enquiry leaves empty', () => {
		const fields = fc.dictionary(fc.constantFrom('city', 'phone', 'firstName', 'consent.email', 'firstTouch.source'), fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''));
		fc.assert(fc.property(fields, (known) => {
			expect(planMerge(known, {})).toEqual({ fields: known, plan: [] });
			expect(planMerge(known, known)).toEqual({ fields: known, plan: [] });
		}));
	});
});

describe('planMerge by choice', () => {
	const plan = (usual: Winner, more: Partial<Winners> = {}) => (known: ComparedFields, incoming: ComparedFields) => planMerge(known, incoming, { usual, byField: {}, sources: [], ...more }).fields;

	it.each<[Winner, string, string, string]>([
		['newest', 'CTO', 'Chief Technology Officer', 'Chief Technology Officer'],
		['oldest', 'CTO', 'Chief Technology Officer', 'CTO'],
		['mostComplete', 'Chief Technology Officer', 'CTO', 'Chief Technology Officer'],
		['union', 'CTO', 'Founder', 'CTO; Founder'],
	])('takes the %s', (winner, known, incoming, expected) => {
		expect(plan(winner)({ jobTitle: known }, { jobTitle: incoming }).jobTitle).toBe(expected);
	});

	it('takes the value of the preferred source, and the newest of two equal ones', () => {
		const merge = plan('source', { sources: ['crm', 'typeform'] });
		expect(merge({ city: 'London', recordedBy: 'crm' }, { city: 'Leeds', recordedBy: 'webhook' }).city).toBe('London');
		expect(merge({ city: 'London', recordedBy: 'webhook' }, { city: 'Leeds', recordedBy: 'typeform' }).city).toBe('Leeds');
		expect(merge({ city: 'London', recordedBy: 'webhook' }, { city: 'Leeds', recordedBy: 'form' }).city).toBe('Leeds');
	});

	it('obeys a field of its own before all fields, a name as one', () => {
		const merge = plan('newest', { byField: { fullName: 'oldest', company: 'oldest' } });
		expect(merge({ firstName: 'Robert', lastName: 'Allen', fullName: 'Robert Allen', company: 'Acme' }, { firstName: 'Bob', lastName: 'Alen', fullName: 'Bob Alen', company: 'Other', city: 'Leeds' }))
			.toMatchObject({ firstName: 'Robert', lastName: 'Allen', fullName: 'Robert Allen', company: 'Acme', city: 'Leeds' });
	});

	it.each<Winner>(['newest', 'oldest', 'mostComplete', 'source', 'union'])('keeps first touch and opt-out with %s', (winner) => {
		expect(plan(winner)({ 'consent.email': 'no', 'firstTouch.source': 'google' }, { 'consent.email': 'yes', 'firstTouch.source': 'linkedin' }))
			.toEqual({ 'consent.email': 'no', 'firstTouch.source': 'google' });
	});

	it('keeps one address when both values are kept', () => {
		expect(plan('union')({ email: 'a@acme.example', emailKey: 'a@acme.example' }, { email: 'b@acme.example', emailKey: 'b@acme.example' })).toEqual({ email: 'b@acme.example', emailKey: 'b@acme.example' });
	});

	it('moves what follows from a field with it', () => {
		expect(plan('oldest')({ email: 'a@acme.example', emailKey: 'a@acme.example' }, { email: 'b@acme.example', emailKey: 'b@acme.example' }).emailKey).toBe('a@acme.example');
	});
});
