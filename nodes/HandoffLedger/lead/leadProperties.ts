import type { INodeProperties } from 'n8n-workflow';
import { outputProperty } from '../../host/sharedProperties';
import { correctionProperties } from './correctionProperties';
import { enrichProperties } from './enrichProperties';
import { eventProperties } from './eventProperties';
import { externalIdProperties } from './externalIdProperties';
import { listLeadsProperties } from './listLeadsProperties';
import { reviewProperties } from '../reviewItem/reviewProperties';

const one = ['correctLead', 'explainLead', 'getLead', 'recordEvent', 'setExternalId'];

/** Which lead: shared by the operations on one lead. */
const findProperties: INodeProperties[] = [
	{
		displayName: 'Find Lead By',
		name: 'findBy',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { operation: one } },
		options: [
			{ name: 'Email', value: 'email', description: 'The newest lead of the person with this address' },
			{ name: 'External ID', value: 'externalId', description: 'The newest lead of the person with this ID in a CRM' },
			{ name: 'Lead ID', value: 'leadId', description: 'The ID that Lead Normalize gave' },
			{ name: 'Phone', value: 'phone', description: 'The newest lead with this number; several people may share it' },
			{ name: 'Submission', value: 'submission', description: 'The lead of one form fill, by the ID that its form tool gave it' },
		],
		default: 'leadId',
		description: 'What is known of the lead',
	},
	{
		displayName: 'Lead ID',
		name: 'leadId',
		type: 'string',
		default: '={{ $json.leadId }}',
		displayOptions: { show: { operation: one, findBy: ['leadId'] } },
		description: 'ID of the lead, as in leadId of the handoff record',
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'name@email.com',
		displayOptions: { show: { operation: one, findBy: ['email'] } },
		description: 'Address of the person, in any spelling that Lead Normalize takes for the same',
	},
	{
		displayName: 'Phone',
		name: 'phone',
		type: 'string',
		default: '',
		placeholder: 'e.g. +44 20 7946 0018',
		displayOptions: { show: { operation: one, findBy: ['phone'] } },
		description: 'Number of the person; without its country code it is read in the client\'s country',
	},
	{
		displayName: 'External System',
		name: 'externalSystem',
		type: 'string',
		default: 'hubspot',
		placeholder: 'e.g. hubspot',
		displayOptions: { show: { operation: one, findBy: ['externalId'] } },
		description: 'Name of the system that gave the ID, as in match.externalIds of the handoff record',
	},
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 501',
		displayOptions: { show: { operation: one, findBy: ['externalId'] } },
		description: 'ID of the person in that system',
	},
	{
		displayName: 'Form Tool',
		name: 'formTool',
		type: 'string',
		default: 'typeform',
		placeholder: 'e.g. typeform',
		displayOptions: { show: { operation: one, findBy: ['submission'] } },
		description: 'Name of the tool that sent the form, as in submission.formTool of the handoff record',
	},
	{
		displayName: 'Form ID',
		name: 'formId',
		type: 'string',
		default: '',
		displayOptions: { show: { operation: one, findBy: ['submission'] } },
		description: 'ID of the form, as in submission.formId of the handoff record; empty for a tool that gives none',
	},
	{
		displayName: 'Event ID',
		name: 'eventId',
		type: 'string',
		default: '',
		displayOptions: { show: { operation: one, findBy: ['submission'] } },
		description: 'ID of the form fill in that tool, as in submission.eventId of the handoff record, such as the token of a Typeform response',
	},
];

export const leadProperties: INodeProperties[] = [
	...findProperties,
	...correctionProperties,
	...enrichProperties,
	...eventProperties,
	...externalIdProperties,
	...reviewProperties,
	...listLeadsProperties,
	{
		displayName: 'Test Leads',
		name: 'testLeads',
		type: 'boolean',
		default: false,
		displayOptions: { show: { operation: ['applySuggestion', 'changeReviewItem', 'correctLead', 'drawSample', 'explainLead', 'fairness', 'getLead', 'lift', 'listCorrections', 'listExceptions', 'listLeads', 'listReviewItems', 'listSuggestions', 'recordEvent', 'scorecard', 'setExternalId', 'settleReviewItem', 'writePlaybook', 'writeReport'] } },
		description: 'Whether to look among the test leads instead of the live ones; an item that is itself a test lead always is one',
	},
	{ ...outputProperty, displayOptions: { show: { operation: ['getLead', 'listLeads'] } } },
];
