import fc from 'fast-check';
import type { ComparedFields } from '../../../nodes/lead/clean/knownPerson';
import { splitPerson } from '../../../nodes/lead/clean/splitPerson';
import { planMerge } from '../../../nodes/lead/clean/survivorship';

const before = { fullName: 'Mia Brandt', email: 'mia@firm.example', phone: null };
const own = { fullName: 'Jon Brandt', phone: '+442079460018' };
const now = { fullName: 'Jon Brandt', email: 'mia@firm.example', phone: '+442079460018' };

describe('splitPerson', () => {
	it.each<[string, Partial<Parameters<typeof splitPerson>[0]>, ComparedFields]>([
		['goes back to what stood before', {}, { fullName: 'Mia Brandt', email: 'mia@firm.example' }],
		['keeps what another enquiry of the person said too', { others: [{ phone: '+442079460018' }] }, { fullName: 'Mia Brandt', email: 'mia@firm.example', phone: '+442079460018' }],
		['keeps what came later from elsewhere', { now: { ...now, fullName: 'Mia King' } }, { fullName: 'Mia King', email: 'mia@firm.example' }],
		['takes back an opt-out of the other person', { own: { ...own, 'consent.email': 'no' }, now: { ...now, 'consent.email': 'no' } }, { fullName: 'Mia Brandt', email: 'mia@firm.example' }],
		['keeps an opt-out of the person\'s own record', { own: { ...own, 'consent.email': 'no' }, now: { ...now, 'consent.email': 'no' }, optedOut: true }, { fullName: 'Mia Brandt', email: 'mia@firm.example', 'consent.email': 'no' }],
		['keeps an opt-out of before', { before: { ...before, 'consent.sms': 'no' }, now: { ...now, 'consent.sms': 'no' } }, { fullName: 'Mia Brandt', email: 'mia@firm.example', 'consent.sms': 'no' }],
	])('%s', (_name, change, fields) => {
		expect(splitPerson({ before, now, own, others: [], optedOut: false, ...change })).toEqual(fields);
	});

	it('is the way back of every merge that nothing followed', () => {
		const fields = fc.dictionary(fc.constantFrom('fullName', 'email', 'phone', 'company', 'city', 'consent.email'), fc.constantFrom('a', 'b', 'no'), { maxKeys: 6 });
		fc.assert(fc.property(fields, fields, (known, incoming) => {
			const merged = planMerge(known, incoming).fields;
			expect(splitPerson({ before: known, now: merged, own: incoming, others: [], optedOut: false })).toEqual(known);
		}));
	});
});
