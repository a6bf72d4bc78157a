import type { ComparedFields, KnownPerson } from '../../../nodes/lead/clean/knownPerson';
import { matchAccount } from '../../../nodes/lead/clean/matchAccount';

const at = '2026-11-20T10:00:00.000Z';
const account = (personId: string, fields: ComparedFields, more: Partial<KnownPerson> = {}): KnownPerson => ({ personId, enquiries: 0, externalIds: { crm: personId }, fields, updatedAt: at, ...more });
const acme = account('1', { company: 'Acme Services Ltd', companyKey: 'acme services', companyDomain: 'acme.example', country: 'GB' }, { customerStatus: 'customer', ownerId: 'mia', companyAliases: ['acme-group.example', 'acme facilities'] });
const nordic = account('2', { company: 'Acme Services AB', companyKey: 'acme services', companyDomain: 'acme.se', country: 'SE' });
const other = account('3', { company: 'Brock Motors', companyKey: 'brock motors', companyDomain: 'brock.example', country: 'DE' });

describe('matchAccount', () => {
	it.each<[name: string, lead: ComparedFields, id: string | undefined, reason: string]>([
		['the domain before the name', { company: 'Brock Motors', companyKey: 'brock motors', companyDomain: 'acme.example' }, '1', 'same company domain'],
		['another domain of the company', { companyDomain: 'acme-group.example' }, '1', 'another domain of the company'],
		['another name of the company', { company: 'Acme Facilities', companyKey: 'acme facilities' }, '1', 'another name of the company'],
		['the name in the lead\'s country', { company: 'ACME Services', companyKey: 'acme services', country: 'SE' }, '2', 'same country'],
		['a name spelled nearly the same', { company: 'Brok Motors', companyKey: 'brok motors' }, '3', 'nearly the same company name'],
		['nobody for a name that two have', { company: 'Acme Services', companyKey: 'acme services' }, undefined, ''],
		['nobody for a name that is only alike', { company: 'Brock Media', companyKey: 'brock media' }, undefined, ''],
		['nobody for a lead without a company', { firstName: 'Ada' }, undefined, ''],
	])('takes %s', (_, lead, id, reason) => {
		const found = matchAccount(lead, [acme, nordic, other]);
		expect(found?.id).toBe(id);
		expect(found?.because ?? ['']).toContain(reason);
	});

	it('brings status and owner, and the others that were considered', () => {
		expect(matchAccount({ company: 'Acme Services', companyKey: 'acme services', country: 'GB' }, [acme, nordic])).toMatchObject({
			name: 'Acme Services Ltd', customerStatus: 'customer', existingOwner: 'mia', candidates: [{ name: 'Acme Services AB' }],
		});
	});

	it('takes several people of one company for one account', () => {
		const colleague = account('4', { firstName: 'Ada', company: 'Acme Services', companyKey: 'acme services', companyDomain: 'acme.example' });
		expect(matchAccount({ companyDomain: 'acme.example' }, [colleague, acme])).toMatchObject({ customerStatus: 'customer', existingOwner: 'mia' });
	});
});
