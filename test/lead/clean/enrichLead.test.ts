import fc from 'fast-check';
import { companyDomainOf, enrichLead, readLookedUp, whyNoLookUp } from '../../../nodes/lead/clean/enrichLead';
import { emptyLeadFields, type HandoffRecord, type LeadFields } from '../../../nodes/lead/handoffRecord';
import { readRecord } from '../../../nodes/lead/readRecord';

const at = '2026-11-20T18:30:00.000Z';
const service = 'People Data Labs';

function leadOf(fields: Partial<LeadFields> = {}, flags: Partial<HandoffRecord['quality']['flags']> = {}): HandoffRecord {
	const { record } = readRecord({ json: {}, now: new Date(at), newId: () => 'x' });
	return { ...record, lead: { ...emptyLeadFields(), ...fields }, quality: { ...record.quality, replyPath: true, flags: { ...record.quality.flags, ...flags } } };
}

const lookUp = (lead: Partial<LeadFields>, values: unknown) => readLookedUp(leadOf(lead), { service, at, values });

describe('readLookedUp', () => {
	it.each<[string, Partial<LeadFields>, object, object]>([
		['fills what the lead left open', {}, { companySize: '51-200', industry: 'software' }, { 'lead.companySize': { min: 51, max: 200 }, 'lead.custom.industry': 'software' }],
		['reads a number of employees', {}, { companySize: 120 }, { 'lead.companySize': { min: 120, max: 120 } }],
		['brings a company to its standard form', {}, { company: 'Acme Services Ltd', website: 'https://www.acme.co.uk/en' }, { 'lead.company': 'Acme Services Ltd', 'lead.companyKey': 'acme services', 'lead.companyDomain': 'acme.co.uk' }],
		['takes the place of the company for a lead that told none', {}, { country: 'united states', region: 'california', city: 'San Francisco' }, { 'lead.country': 'US', 'lead.region': 'US-CA', 'lead.city': 'San Francisco' }],
		['leaves the place of a lead in another country', { country: 'GB' }, { country: 'united states', region: 'california', city: 'San Francisco' }, {}],
		['leaves the city of a lead that told its region', { country: 'US', region: 'US-NY' }, { country: 'united states', city: 'San Francisco' }, {}],
		['leaves what the lead wrote', { companySize: { min: 1, max: 10 }, custom: { industry: 'toys' } }, { companySize: '51-200', industry: 'software' }, {}],
		['takes labels of one meaning for one', { custom: { 'Year Founded': '1990', Industry: 'toys' } }, { industry: 'software', yearFounded: 1987 }, {}],
		['never says who the lead is', {}, { fullName: 'Somebody Else', email: 'else@acme.example', phone: '+442079460018', message: 'Call me' }, {}],
		['leaves out what is no value', {}, { tags: ['a'], more: { deep: 1 }, nothing: null, much: Number.NaN, __proto__: { polluted: true } }, {}],
		['leaves out names that are no plain words', {}, { 'a.b': 'x', constructor: 'x', '<b>': 'x', '=1+1': 'x' }, {}],
	])('%s', (_, lead, values, filled) => {
		expect(lookUp(lead, values).filled).toEqual(filled);
	});

	it('says what it did not take, and not the value', () => {
		expect(lookUp({ country: 'GB', custom: { industry: 'toys' } }, { country: 'France', industry: 'software', email: 'else@acme.example' }).because).toEqual([
			'country as the lead gave it: People Data Labs says otherwise', 'industry as the lead gave it', 'email is for the lead to say',
		]);
	});

	it('takes any answer, and never more than thirty values of it', () => {
		fc.assert(fc.property(fc.oneof(fc.anything(), fc.dictionary(fc.string(), fc.anything(), { maxKeys: 60 })), (values) => {
			const { filled } = lookUp({}, values);
			expect(Object.keys(filled).length).toBeLessThanOrEqual(32);
			for (const value of Object.values(filled)) expect(JSON.stringify(value).length).toBeLessThan(1_000 * 6);
		}), { numRuns: 200 });
	});
});

describe('enrichLead', () => {
	it('marks each value, and changes nothing else', () => {
		const record = leadOf({ fullName: 'Jane Doe', email: 'jane@acme.example' });
		const enriched = enrichLead(record, lookUp(record.lead, { companySize: '51-200', industry: 'software' }));
		expect(enriched.lead).toEqual({ ...record.lead, companySize: { min: 51, max: 200 }, custom: { industry: 'software' } });
		expect(enriched.quality.changes).toEqual([
			{ field: 'lead.companySize', before: '', after: '{"min":51,"max":200}', rule: 'looked up at People Data Labs' },
			{ field: 'lead.custom.industry', before: '', after: 'software', rule: 'looked up at People Data Labs' },
		]);
		expect(enriched.enrichment).toMatchObject({ service, at });
		expect(record.lead.custom).toEqual({});
	});

	it('never puts a value over what the lead wrote, whatever was looked up, and the same twice changes nothing more', () => {
		const texts = fc.option(fc.string({ minLength: 1 }), { nil: null });
		const leads = fc.record({ company: texts, jobTitle: texts, city: texts, country: fc.constantFrom(null, 'GB', 'US'), custom: fc.dictionary(fc.constantFrom('industry', 'founded'), fc.string()) });
		const answers = fc.record({ company: fc.string(), jobTitle: fc.string(), city: fc.string(), country: fc.constantFrom('France', 'US', ''), industry: fc.string(), founded: fc.integer() }, { requiredKeys: [] });
		fc.assert(fc.property(leads, answers, (given, values) => {
			const record = leadOf(given);
			const enrichment = readLookedUp(record, { service, at, values });
			const once = enrichLead(record, enrichment);
			for (const [name, value] of Object.entries({ ...given, ...given.custom })) {
				if (name === 'custom' || value === null) continue;
				expect(name in given.custom ? once.lead.custom[name] : once.lead[name as 'city']).toBe(value);
			}
			expect(enrichLead(once, enrichment)).toEqual(once);
		}));
	});
});

describe('whyNoLookUp', () => {
	it.each<[string, HandoffRecord, string | undefined]>([
		['a lead of a company', leadOf({ companyDomain: 'acme.example' }), undefined],
		['a business address alone', leadOf({ emailDomain: 'acme.example' }), undefined],
		['a free address', leadOf({ emailDomain: 'gmail.com' }, { freeEmail: true }), 'neither company website nor business address is known'],
		['spam', leadOf({ companyDomain: 'acme.example' }, { suspectedSpam: true }), 'the lead looks like spam'],
		['a lead without a way to answer', { ...leadOf({ companyDomain: 'acme.example' }), quality: { ...leadOf().quality, replyPath: false } }, 'the lead cannot be answered'],
		['a resend', { ...leadOf({ companyDomain: 'acme.example' }), match: { verdict: 'resend', externalIds: {}, score: 1, because: [], candidates: [], mergePlan: [] } }, 'this form was sent again'],
	])('of %s', (_, record, reason) => {
		expect(whyNoLookUp(record, companyDomainOf(record))).toBe(reason);
	});
});
