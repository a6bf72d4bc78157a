import type { INodeProperties } from 'n8n-workflow';

/** In the order in which a rule is read: what it is called, what it counts, when. */
const scoreRuleParts: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		noDataExpression: true,
		default: '',
		placeholder: 'e.g. Large Company',
		description: 'Told beside the points',
	},
	{
		displayName: 'Points',
		name: 'points',
		type: 'number',
		noDataExpression: true,
		typeOptions: { minValue: -100, maxValue: 100 },
		default: 10,
		description: 'Added when the conditions hold; below 0 they speak against the lead',
	},
	{
		displayName: 'Conditions',
		name: 'conditions',
		type: 'filter',
		placeholder: 'Add Condition',
		default: {},
		typeOptions: { multipleValues: false, filter: { caseSensitive: false, typeValidation: 'loose', version: 2 } },
		description: 'Compared by meaning, as rules do: UK is GB, case and accents do not count. May read the intent. Fields and fixed values only.',
	},
	{
		displayName: 'Group',
		name: 'group',
		type: 'string',
		noDataExpression: true,
		default: '',
		placeholder: 'e.g. Company',
		description: 'Rules of one group count together at most "Most Points per Group" of the options; empty: on its own',
	},
	{
		displayName: 'Half-Life (Days)',
		name: 'halfLifeDays',
		type: 'number',
		noDataExpression: true,
		typeOptions: { minValue: 0, maxValue: 3650 },
		default: 0,
		description: 'Days after the form was sent in which the points become half as many; 0: they stay',
	},
];

/** The rules of the lead score, entered in the node. */
export const scoreRulesProperty: INodeProperties = {
	displayName: 'Score Rules',
	name: 'scoreRules',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Score Rule',
	default: {},
	displayOptions: { show: { settingsFrom: ['node'], operation: ['classify'] } },
	description: 'Points for what speaks for or against a lead; together they are its score from 0 to 100, with each reason. Without any, leads have no score.',
	options: [
		{
			displayName: 'Score Rule',
			name: 'values',
			values: scoreRuleParts,
		},
	],
};
