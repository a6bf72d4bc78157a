import type { LeadFields } from './handoffRecord';

/** Lead fields that a form may be required to give, with their names in sentences. */
export const requirableFields = {
	budget: 'budget', city: 'city', company: 'company', companySize: 'company size', country: 'country', email: 'e-mail address', firstName: 'first name', jobTitle: 'job title',
	lastName: 'last name', message: 'message', fullName: 'name', phone: 'phone number', postalCode: 'postal code', region: 'region', serviceInterest: 'service interest',
} as const satisfies Partial<Record<keyof LeadFields, string>>;
export type RequirableField = keyof typeof requirableFields;
