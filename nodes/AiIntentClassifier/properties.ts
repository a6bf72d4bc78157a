import type { INodeProperties } from 'n8n-workflow';
import { ledgerProperty, outputProperty, settingsFromProperty } from '../host/sharedProperties';
import { intentsProperty } from './intentProperties';
import { optionsProperty } from './optionProperties';
import { scoreRulesProperty } from './scoreProperties';

const forEvaluation = { show: { operation: ['evaluate'] } };

/** What the operator sees, from what is needed on the first run to what is rare. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Classify', value: 'classify', action: 'Read what leads want', description: 'Adds the intent to each lead, and records it' },
			{ name: 'Evaluate', value: 'evaluate', action: 'Measure readings against labelled rows', description: 'Reads labelled rows and tells how often it is right; records nothing' },
		],
		default: 'classify',
	},
	{
		displayName: 'Model',
		name: 'model',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Connected Chat Model', value: 'connected', description: 'Any chat model that is connected to this node on the canvas' },
			{ name: 'OpenAI-Compatible API', value: 'credential', description: 'OpenAI, Azure, Groq, OpenRouter, vLLM, Ollama or any other service with that API' },
			{ name: 'Rules Only', value: 'none', description: 'No model: the words, examples and keywords of the intents decide, with the ready set in English, German, French, Spanish, Italian and Dutch' },
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
	{
		displayName: 'Expected Intent Field',
		name: 'intentField',
		type: 'string',
		noDataExpression: true,
		default: 'expectedIntent',
		displayOptions: forEvaluation,
		description: 'Field of each row that holds the intent that is right, by its name in the list',
	},
	{
		displayName: 'Expected Urgency Field',
		name: 'urgencyField',
		type: 'string',
		noDataExpression: true,
		default: 'expectedUrgency',
		displayOptions: forEvaluation,
		description: 'Field of each row that holds high, normal or low; rows without it don\'t count for urgency',
	},
	{
		displayName: 'Expected Stage Field',
		name: 'stageField',
		type: 'string',
		noDataExpression: true,
		default: 'expectedStage',
		displayOptions: forEvaluation,
		description: 'Field of each row that holds the buying stage; rows without it don\'t count for the stage',
	},
	{
		displayName: 'Wanted Precision',
		name: 'wantedPrecision',
		type: 'number',
		typeOptions: { minValue: 0.5, maxValue: 1, numberPrecision: 2 },
		default: 0.95,
		displayOptions: forEvaluation,
		description: 'Share from 0.5 to 1 of the readings at or above the threshold that must be right; the report tells the threshold',
	},
	{
		displayName: 'Result',
		name: 'evaluateOutput',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Report', value: 'report', description: 'One item: accuracy, what is mixed up, how reliable the confidence is, and the threshold' },
			{ name: 'Rows', value: 'rows', description: 'Each row with flat fields for a sheet or for n8n\'s own Evaluations' },
		],
		default: 'report',
		displayOptions: forEvaluation,
		description: 'What leaves this node',
	},
	settingsFromProperty,
	intentsProperty,
	scoreRulesProperty,
	{
		displayName: 'Skip AI When',
		name: 'skipWhen',
		type: 'filter',
		placeholder: 'Add Condition',
		default: {},
		typeOptions: { multipleValues: false, filter: { caseSensitive: false, typeValidation: 'loose', version: 2 } },
		displayOptions: { show: { model: ['credential', 'connected'] } },
		description: 'Leads for which this holds cost no token: the rules read them. Fields and fixed values only; a field that the lead lacks matches only "is empty".',
	},
	{
		displayName: 'Outputs',
		name: 'outputs',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'One', value: 'one', description: 'Every lead leaves on the same branch, also those that a person should look at' },
			{ name: 'Reviews Apart', value: 'reviewsApart', description: 'Leads whose reading is doubtful, and failed leads, get a branch of their own' },
		],
		default: 'one',
		displayOptions: { show: { operation: ['classify'] } },
		description: 'How many branches leave this node',
	},
	ledgerProperty,
	{ ...outputProperty, displayOptions: { show: { operation: ['classify'] } } },
	optionsProperty,
];
