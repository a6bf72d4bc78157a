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
			{ name: 'Between Two Moments', value: 'range', description: 'From one moment up to another, beside as long a time before it' },
			{ name: 'Last Days', value: 'lastDays', description: 'The days up to now, beside as many days before' },
			{ name: 'Last Month', value: 'lastMonth', description: 'The calendar month before this one, beside the month before it' },
			{ name: 'Last Week', value: 'lastWeek', description: 'Monday to Sunday of the week before this one, beside the week before it' },
			{ name: 'Since Go Live', value: 'sinceGoLive', description: 'All the time since the client went live' },
			{ name: 'This Month', value: 'thisMonth', description: 'The first of the month up to now, beside last month up to the same day' },
			{ name: 'This Week', value: 'thisWeek', description: 'Monday up to now, beside last week up to the same hour' },
		],
		default: 'lastDays',
		description: 'When the leads were opened, or the corrections made; in days and weeks of the client\'s time zone',
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
			{ name: 'One Item per Metric', value: 'metrics', description: 'A table with one row for each figure of all leads' },
			{ name: 'One Item per Part', value: 'parts', description: 'A table with one row for each source, campaign, queue and so on' },
			{ name: 'One Report Item', value: 'report', description: 'One item that holds all figures, for all leads and for each part' },
		],
		default: 'metrics',
		description: 'How the figures leave this node',
	},
	{
		displayName: 'Split By',
		name: 'splitBy',
		type: 'multiOptions',
		noDataExpression: true,
		displayOptions: { show: { ...measuring, give: ['parts', 'report'] } },
		options: [
			{ name: 'Campaign', value: 'campaign' },
			{ name: 'Form', value: 'form' },
			{ name: 'Intent', value: 'intent' },
			{ name: 'Owner', value: 'owner' },
			{ name: 'Queue', value: 'queue' },
			{ name: 'Rule Tier', value: 'tier' },
			{ name: 'Service Line', value: 'service' },
			{ name: 'Source', value: 'source' },
			{ name: 'Territory', value: 'territory' },
		],
		default: ['source', 'campaign', 'queue', 'owner', 'intent', 'form', 'territory', 'service', 'tier'],
		description: 'By what the leads are told apart; each way counts every lead once',
	},
];
