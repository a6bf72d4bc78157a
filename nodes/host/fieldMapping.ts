import type { INodeProperties } from 'n8n-workflow';

/** Columns of known records, where their usual names are not found by themselves. */
export const fieldMappingProperty: INodeProperties = {
	displayName: 'Field Mapping',
	name: 'fieldMapping',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'Columns of the known records, where their usual names are not found by themselves',
	options: [
		column('City', 'city', 'Town'),
		column('Company', 'company', 'Firm'),
		column('Company Aliases', 'companyAliases', 'Other Domains'),
		column('Company Domain', 'domain', 'Website'),
		column('Country', 'country', 'Country Code'),
		column('Customer Status', 'status', 'Lifecycle Stage'),
		column('Date of Birth', 'dateOfBirth', 'Birthday'),
		column('Email', 'email', 'Work Email'),
		column('First Name', 'firstName', 'Given Name'),
		column('Full Name', 'fullName', 'Contact Name'),
		column('House Number', 'houseNumber', 'Street Number'),
		column('ID', 'id', 'Record ID'),
		column('Job Title', 'jobTitle', 'Position'),
		column('Last Name', 'lastName', 'Surname'),
		column('Opt-Out', 'optOut', 'Unsubscribed'),
		column('Owner', 'owner', 'Account Owner'),
		column('Phone', 'phone', 'Mobile'),
		column('Postal Code', 'postalCode', 'ZIP'),
		column('Region', 'region', 'State'),
		column('Second Address Line', 'secondStreet', 'Address 2'),
		column('Street', 'street', 'Address'),
	],
};

function column(displayName: string, name: string, example: string): INodeProperties {
	return { displayName, name, type: 'string', default: '', placeholder: `e.g. ${example}`, description: `Column that holds the ${displayName === 'ID' ? 'ID' : displayName.toLowerCase()} of a known record` };
}
