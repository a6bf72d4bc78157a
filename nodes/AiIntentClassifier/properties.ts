import type { INodeProperties } from 'n8n-workflow';
import { buyingStages, urgencies } from '../lead/handoffRecord';
import { ledgerProperty, outputProperty, settingsFromProperty } from '../host/sharedProperties';

const stageLabels: Record<(typeof buyingStages)[number], string> = {
	comparing: 'Comparing', customer: 'Customer', ready: 'Ready', researching: 'Researching', unknown: 'Unknown',
};
const urgencyLabels: Record<(typeof urgencies)[number], string> = { high: 'High', low: 'Low', normal: 'Normal' };

const intentsProperty: INodeProperties = {
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
					displayName: 'Buying Stage',
					name: 'buyingStage',
					type: 'options',
					options: Object.entries(stageLabels).map(([value, name]) => ({ name, value })),
					default: 'unknown',
					description: 'How far a lead with this intent usually is, used when no model reads the message',
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
					description: 'Messages with this intent, one a line, in the languages of your leads',
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
					description: 'Words and phrases that speak for this intent, separated by commas; they decide when no model reads the message',
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

export const properties: INodeProperties[] = [
	{
		displayName: 'Model',
		name: 'model',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Connected Chat Model', value: 'connected', description: 'Any chat model that is connected to this node on the canvas' },
			{ name: 'OpenAI-Compatible API', value: 'credential', description: 'OpenAI, Azure, Groq, OpenRouter, vLLM, Ollama or any other service with that API' },
			{ name: 'Rules Only', value: 'none', description: 'No model: the words, examples and keywords of the intents decide, in English, German and French with the ready set' },
		],
		default: 'none',
		description: 'Who reads the message; when a model fails, the rules decide and the lead is marked for review',
	},
	{
		displayName: 'Model Name',
		name: 'modelName',
		type: 'string',
		default: 'gpt-4.1-mini',
		displayOptions: { show: { model: ['credential'] } },
		description: 'Name of the model as the service knows it',
	},
	settingsFromProperty,
	intentsProperty,
	ledgerProperty,
	outputProperty,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Concurrency',
				name: 'concurrency',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 50 },
				default: 5,
				description: 'Leads that are read at once',
			},
			{
				displayName: 'Confidence Threshold',
				name: 'confidenceThreshold',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
				default: 0.6,
				description: 'Confidence from 0 to 1 below which a person should look; the lead goes on in any case',
			},
			{
				displayName: 'Deadline (Seconds)',
				name: 'deadlineSeconds',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 300 },
				default: 20,
				description: 'Seconds that a lead may wait for a model, over all tries, before the rules decide',
			},
			{
				displayName: 'Longest Message (Characters)',
				name: 'maxMessageCharacters',
				type: 'number',
				typeOptions: { minValue: 100, maxValue: 20000 },
				default: 4000,
				description: 'Characters of a message that are read; the rest stays on the lead',
			},
		],
	},
];
