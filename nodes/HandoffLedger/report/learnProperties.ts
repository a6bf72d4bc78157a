import type { INodeProperties } from 'n8n-workflow';

const applying = { operation: ['applySuggestion'] };

/** What repeated corrections teach, once a person says so. */
export const learnProperties: INodeProperties[] = [
	{
		displayName: 'Suggestion ID',
		name: 'suggestionId',
		type: 'string',
		default: '={{ $json.suggestionId }}',
		required: true,
		displayOptions: { show: applying },
		description: 'ID of the suggestion, as List Suggestions gives it for the same period',
	},
	{
		displayName: 'Mode',
		name: 'applyMode',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: applying },
		options: [
			{ name: 'Preview', value: 'preview', description: 'Try it on the newest 500 leads and change nothing' },
			{ name: 'Save It', value: 'save', description: 'Try it, then save it as a new version of the settings' },
		],
		default: 'preview',
		description: 'Whether to look first',
	},
	{
		displayName: 'Applied By',
		name: 'appliedBy',
		type: 'string',
		default: '',
		placeholder: 'e.g. Mia',
		displayOptions: { show: applying },
		description: 'Who stands as author of the new version',
	},
];
