import type { INodeProperties } from 'n8n-workflow';

const measuring = { operation: ['scorecard'] };
const inPeriod = { operation: ['listCorrections', 'scorecard'] };

export const scorecardProperties: INodeProperties[] = [
	{
		displayName: 'Period',
		name: 'period',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: inPeriod },
		options: [
			{ name: 'Between Two Moments', value: 'range', description: 'What happened from one moment up to another' },
			{ name: 'Last Days', value: 'lastDays', description: 'What happened in the days up to now' },
		],
		default: 'lastDays',
		description: 'When the leads were opened, or the corrections made',
	},
	{
		displayName: 'Days',
		name: 'days',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 30,
		displayOptions: { show: { ...inPeriod, period: ['lastDays'] } },
		description: 'Number of days up to now',
	},
	{
		displayName: 'From',
		name: 'from',
		type: 'dateTime',
		default: '',
		displayOptions: { show: { ...inPeriod, period: ['range'] } },
		description: 'First moment of the period; without a zone it is read in the client\'s zone',
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'dateTime',
		default: '',
		displayOptions: { show: { ...inPeriod, period: ['range'] } },
		description: 'End of the period, not itself part of it; now when empty',
	},
	{
		displayName: 'Give',
		name: 'give',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: measuring },
		options: [
			{ name: 'One Item per Metric', value: 'metrics', description: 'A table with one row for each figure' },
			{ name: 'One Report Item', value: 'report', description: 'One item that holds all figures' },
		],
		default: 'metrics',
		description: 'How the figures leave this node',
	},
];
