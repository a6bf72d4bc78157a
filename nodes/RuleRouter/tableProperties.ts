import type { INodeProperties } from 'n8n-workflow';

const inNode = { settingsFrom: ['node'] };

/** Rules as a table, when they stand in the node. */
export const tableProperties: INodeProperties[] = [
	{
		displayName: 'Rules From',
		name: 'rulesFrom',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'List', value: 'list', description: 'Rules with conditions, entered one by one' },
			{ name: 'Decision Table', value: 'table', description: 'One row for each rule, as in a sheet' },
		],
		default: 'list',
		displayOptions: { show: inNode },
		description: 'How the rules are entered',
	},
	{
		displayName: 'Table From',
		name: 'tableFrom',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'CSV Text', value: 'csv', description: 'Rows with commas, semicolons or tabs, as copied from a sheet' },
			{ name: 'JSON', value: 'json', description: 'A list of rows' },
			{ name: 'Second Input', value: 'input', description: 'The items of the input called Table, e.g. from a Data Table or a sheet' },
		],
		default: 'csv',
		displayOptions: { show: { ...inNode, rulesFrom: ['table'] } },
		description: 'Where the rows come from',
	},
	{
		displayName: 'Table (CSV)',
		name: 'tableCsv',
		type: 'string',
		typeOptions: { rows: 8 },
		default: 'Rule,Country,Company Size,Queue\nUK Enterprise,"UK, IE",>= 500,UK Enterprise',
		displayOptions: { show: { ...inNode, rulesFrom: ['table'], tableFrom: ['csv'] } },
		description: 'First line: names of columns, such as Country, Company Size, Custom: Team Size, and Rule, Queue, Team, Owner, Priority. Cells such as "UK, IE", ">= 50", "10..49", "!= partner", "starts with 94"; an empty cell takes any value.',
	},
	{
		displayName: 'Table (JSON)',
		name: 'tableJson',
		type: 'json',
		typeOptions: { rows: 8 },
		default: '[\n  { "Rule": "UK Enterprise", "Country": "UK, IE", "Company Size": ">= 500", "Queue": "UK Enterprise" }\n]',
		displayOptions: { show: { ...inNode, rulesFrom: ['table'], tableFrom: ['json'] } },
		description: 'A list of rows; columns and cells are written as in a sheet',
	},
	{
		displayName: 'Hit Policy',
		name: 'hitPolicy',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'First', value: 'first', description: 'The first row that matches' },
			{ name: 'Priority', value: 'priority', description: 'The row with the lowest number in the column Rank' },
			{ name: 'Unique', value: 'unique', description: 'The only row that matches; two of them send the lead to the fallback queue with an alarm' },
		],
		default: 'first',
		displayOptions: { show: { ...inNode, rulesFrom: ['table'] } },
		description: 'Which row decides when several match',
	},
];
