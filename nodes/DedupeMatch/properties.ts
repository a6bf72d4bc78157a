import type { INodeProperties } from 'n8n-workflow';
import { fieldMappingProperty } from '../host/fieldMapping';
import { ledgerProperty, outputProperty } from '../host/sharedProperties';

const withSecondInput = { compareWith: ['secondInput', 'both'] };

export const properties: INodeProperties[] = [
	{
		displayName: 'Compare With',
		name: 'compareWith',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Ledger', value: 'ledger', description: 'Everyone who enquired before, as the ledger remembers them' },
			{ name: 'Second Input', value: 'secondInput', description: 'Known records such as CRM contacts or sheet rows on the second input, and the leads of the same run' },
			{ name: 'Both', value: 'both', description: 'The ledger, and known records on the second input' },
		],
		default: 'ledger',
		description: 'Whom each lead is compared with',
	},
	{
		displayName: 'Strictness',
		name: 'strictness',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Careful', value: 'careful', description: 'Joins only what is beyond doubt; more leads need a review' },
			{ name: 'Balanced', value: 'balanced', description: 'Joins what is very likely one person; the doubtful rest needs a review' },
			{ name: 'Eager', value: 'eager', description: 'Joins what is probably one person; fewer leads need a review' },
		],
		default: 'balanced',
		description: 'How alike a lead and a known person must be to count as one person',
	},
	{
		displayName: 'Outputs',
		name: 'outputs',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'One', value: 'one', description: 'Every lead leaves on the same branch, with its verdict' },
			{ name: 'Resends Apart', value: 'resendsApart', description: 'The same submission again leaves on a branch of its own' },
			{ name: 'Resends and Reviews Apart', value: 'reviewsApart', description: 'Possible duplicates and failed leads get a branch of their own too' },
		],
		default: 'one',
		description: 'How many branches leave this node',
	},
	ledgerProperty,
	outputProperty,
	{ ...fieldMappingProperty, displayOptions: { show: withSecondInput } },
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Default Country',
				name: 'defaultCountry',
				type: 'string',
				default: '',
				placeholder: 'e.g. GB',
				description: 'Country of phone numbers without a country code, when a known record names none; replaces what the client settings say',
			},
			{
				displayName: 'Match Threshold',
				name: 'matchThreshold',
				type: 'number',
				default: 0.95,
				typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 3 },
				description: 'Match score from 0 to 1 at which a lead joins the known person; replaces what Strictness says',
			},
			{
				displayName: 'Name of Known Records\' System',
				name: 'system',
				type: 'string',
				default: 'crm',
				placeholder: 'e.g. hubspot',
				description: 'Name under which the IDs of known records stand in match.externalIds',
			},
			{
				displayName: 'New Opportunity After (Days)',
				name: 'newOpportunityDays',
				type: 'number',
				default: 90,
				typeOptions: { minValue: 1, maxValue: 3650 },
				description: 'Days after which a new enquiry of a known person opens a new lead; replaces what the client settings say',
			},
			{
				displayName: 'Review Threshold',
				name: 'reviewThreshold',
				type: 'number',
				default: 0.5,
				typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 3 },
				description: 'Match score from 0 to 1 at which a lead is a possible duplicate; replaces what Strictness says',
			},
		],
	},
];
