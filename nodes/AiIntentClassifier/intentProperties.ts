import type { INodeProperties } from 'n8n-workflow';
import { buyingStages, urgencies } from '../lead/handoffRecord';

const stageLabels: Record<(typeof buyingStages)[number], string> = {
	comparing: 'Comparing', customer: 'Customer', ready: 'Ready', researching: 'Researching', unknown: 'Unknown',
};
const urgencyLabels: Record<(typeof urgencies)[number], string> = { high: 'High', low: 'Low', normal: 'Normal' };

/** The closed list of intents, entered in the node. */
export const intentsProperty: INodeProperties = {
	displayName: 'Intents',
	name: 'intents',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Intent',
	default: {},
	displayOptions: { show: { settingsFrom: ['node'] } },
	description: 'The closed list that each lead is read against; without any, a ready set of eight for B2B services is used',
	options: [
		{
			displayName: 'Intent',
			name: 'values',
			values: [
				{
					displayName: 'Always Review',
					name: 'alwaysReview',
					type: 'boolean',
					default: false,
					description: 'Whether a person looks at every lead with this intent, as in a regulated trade',
				},
				{
					displayName: 'Buying Stage',
					name: 'buyingStage',
					type: 'options',
					options: Object.entries(stageLabels).map(([value, name]) => ({ name, value })),
					default: 'unknown',
					description: 'How far a lead with this intent usually is, used when no model reads the message',
				},
				{
					displayName: 'Confidence Threshold',
					name: 'confidenceThreshold',
					type: 'number',
					typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
					default: 0,
					description: 'Confidence from 0 to 1 below which a person should look at this intent; 0 takes the one under Options',
				},
				{
					displayName: 'Counter-Examples',
					name: 'counterExamples',
					type: 'string',
					typeOptions: { rows: 2 },
					default: '',
					description: 'Messages that look like this intent but are not, one a line',
				},
				{
					displayName: 'Deciding Keywords',
					name: 'decidingKeywords',
					type: 'string',
					default: '',
					placeholder: 'e.g. unsubscribe, abmelden',
					description: 'Words and phrases of which one decides for this intent without asking a model, separated by commas',
				},
				{
					displayName: 'Description',
					name: 'description',
					type: 'string',
					default: '',
					placeholder: 'e.g. Wants a quote for a security audit',
					description: 'What a lead with this intent wants, in one sentence; the model reads it',
				},
				{
					displayName: 'Examples',
					name: 'examples',
					type: 'string',
					typeOptions: { rows: 3 },
					default: '',
					description: 'Messages with this intent, one a line, in the languages of your leads; about ten make the rules read well',
				},
				{
					displayName: 'High Intent',
					name: 'highIntent',
					type: 'boolean',
					default: false,
					description: 'Whether a lead with this intent is likely to buy',
				},
				{
					displayName: 'Keywords',
					name: 'keywords',
					type: 'string',
					default: '',
					placeholder: 'e.g. audit, penetration test, prüfung',
					description: 'Words and phrases that speak for this intent, separated by commas; they count when no model reads the message',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Audit Request',
					description: 'What rules and reports call this intent; name one of them Other for leads that fit nowhere else',
				},
				{
					displayName: 'Next Step',
					name: 'nextStep',
					type: 'string',
					default: 'Read the message and answer',
					description: 'What the rep is told to do next; never written by a model',
				},
				{
					displayName: 'Urgency',
					name: 'urgency',
					type: 'options',
					options: Object.entries(urgencyLabels).map(([value, name]) => ({ name, value })),
					default: 'normal',
					description: 'Urgency of this intent when the message names none and no model reads it',
				},
			],
		},
	],
};
