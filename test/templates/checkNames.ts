import { descriptionOf } from './knownNodes';
import { stepsOf, type Check } from './template';

/** First words of node names. A new one is added here when it really is a verb. */
const verbs = [
	'Acknowledge', 'Add', 'Alert', 'Append', 'Apply', 'Ask', 'Assign', 'Build', 'Check', 'Choose', 'Claim', 'Clear', 'Compare', 'Confirm', 'Copy', 'Count', 'Create', 'Deliver', 'Erase', 'Fetch', 'Find', 'Finish', 'Get', 'Give',
	'Keep', 'List', 'Load', 'Look', 'Mark', 'Match', 'Measure', 'Merge', 'Normalize', 'Open', 'Pause', 'Post', 'Read', 'Receive', 'Record', 'Reassign', 'Release', 'Remind', 'Reset', 'Route', 'Run', 'Save', 'Send', 'Set', 'Settle', 'Show', 'Sign',
	'Skip', 'Split', 'Start', 'Stop', 'Sum', 'Tell', 'Update', 'Upsert', 'Wait', 'Warn', 'Watch', 'Write',
];
const smallWords = ['a', 'an', 'and', 'as', 'at', 'by', 'for', 'from', 'in', 'of', 'on', 'or', 'the', 'to', 'with'];

/** Names: of each node, and of the template itself. */
export const checkNames: Check = (template) => [
	...stepsOf(template).flatMap((node) => faultsOf(node.name, descriptionOf(node)?.defaults.name).map((fault) => `${node.name}: ${fault}`)),
	...(verbs.includes(template.name.split(' ')[0]) ? [] : [`${template.name}: does not start with a verb`]),
	...(template.name.split(' ').slice(1).some((word) => /^[A-Z][a-z]+$/.test(word) && !knownNames.includes(word)) ? [`${template.name}: is not in sentence case`] : []),
	...repeated(template.nodes.map(({ name }) => name)).map((name) => `${name}: two nodes have this name`),
	...repeated(template.nodes.map(({ id }) => id)).map((id) => `two nodes have the id ${id}`),
];

/** Names of products and places in titles. */
const knownNames = ['Slack', 'HubSpot', 'Salesforce', 'Sheet', 'Sheets', 'Google', 'Typeform', 'Gmail', 'Pipedrive', 'Webflow', 'Elementor', 'Ads', 'Calendly', 'Meta', 'People', 'Data', 'Labs'];

function faultsOf(name: string, unnamed: unknown): string[] {
	if (name === 'Client Config') return [];
	const [first, ...others] = name.split(' ');
	return [
		...(typeof unnamed === 'string' && name.replace(/\d+$/, '').toLowerCase() === unnamed.toLowerCase() ? ['still has its default name'] : []),
		...(verbs.includes(first) ? [] : ['does not start with a verb']),
		...(others.every((word) => /^[A-Z0-9]/.test(word) || smallWords.includes(word)) ? [] : ['is not in Title Case']),
		...(name.length < 40 ? [] : ['is longer than 39 characters']),
	];
}

export function repeated<Value>(values: Value[]): Value[] {
	return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
