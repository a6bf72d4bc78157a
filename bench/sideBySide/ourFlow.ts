import type { Template, TemplateNode } from '../../test/e2e/n8nUnderTest';
import { edges, node, ours } from './canvas';

export const members = ['amelia', 'ben', 'grace', 'jonas'];

/** Settings of the client, as one document: the same teams, rules and targets that the stock flow has in its nodes. */
export const clientSettings = {
	name: 'Side by Side', mode: 'live', timeZone: 'Europe/London', defaultCountry: 'GB',
	calendars: [{ name: 'Always', alwaysOpen: true }],
	defaultCalendar: 'Always',
	members: members.map((id) => ({ id, name: id[0].toUpperCase() + id.slice(1), email: `${id}@agency.example` })),
	teams: [{ name: 'UK', members: ['amelia', 'ben'] }, { name: 'International', members: ['grace', 'jonas'] }],
	fallbackOwner: 'amelia',
	rules: [
		{ name: 'UK', tier: 'hard', conditions: [{ field: 'lead.country', operator: 'equals', value: 'GB' }], queue: 'UK', team: 'UK' },
		{ name: 'Elsewhere', tier: 'hard', conditions: [{ field: 'lead.country', operator: 'isNotEmpty' }], queue: 'International', team: 'International' },
	],
	slaPolicies: [{ name: 'Standard', firstResponseMinutes: 5, warnMinutesBefore: 1, escalation: [{ name: 'Remind Owner', when: 'atRisk', notify: 'owner' }] }],
};

/** Saves the settings once, or others. */
export function settingsFlow(settings: object = clientSettings): Template {
	return {
		name: 'Save client settings', settings: { executionOrder: 'v1' },
		nodes: [node('Run', 'n8n-nodes-base.manualTrigger', 1, {}), node('Save Settings', ours('handoffLedger'), 1, { resource: 'client', operation: 'saveSettings', client: 'acme', settings: JSON.stringify(settings) })],
		connections: edges(['Run', 'Save Settings']),
	};
}

/**
 * A form through all five stages; the form is answered as soon as it is captured, and told to try again when it can't be.
 *
 * @param chat - Where the message goes; without it the flow ends after the clock was started.
 * @param classify - How messages are read; rules alone unless a model is named.
 */
export function ourFlow(path: string, chat?: string, classify: Record<string, unknown> = { settingsFrom: 'client' }, credentials?: TemplateNode['credentials']): Template {
	const stages: TemplateNode[] = [
		node('Receive Form', 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path, responseMode: 'responseNode', options: {} }, path),
		{ ...node('Normalize Lead', ours('leadNormalize'), 1, { client: 'acme' }), onError: 'continueErrorOutput' },
		node('Answer Form', 'n8n-nodes-base.respondToWebhook', 1.1, { respondWith: 'json', responseBody: '={{ { leadId: $json.leadId } }}', options: {} }),
		node('Match Known People', ours('dedupeMatch'), 1, { outputs: 'resendsApart' }),
		node('Apply Hard Rules', ours('ruleRouter'), 1, { operation: 'applyHardRules', settingsFrom: 'client' }),
		{ ...node('Read Message', ours('aiIntentClassifier'), 1, classify), ...(credentials && { credentials }) },
		node('Finish Routing', ours('ruleRouter'), 1, { operation: 'finishRouting', settingsFrom: 'client' }),
		node('Start Clock', ours('slaWatch'), 1, { operation: 'start' }),
		...(chat ? [node('Tell Slack', 'n8n-nodes-base.httpRequest', 4.2, {
			method: 'POST', url: chat, sendBody: true, specifyBody: 'json', options: {},
			jsonBody: '={{ { key: $json.submission.eventId, email: $json.lead.email, leadId: $json.leadId, owner: $json.routing.owner.id, queue: $json.routing.queue, text: $json.text } }}',
		})] : []),
	];
	const retry = node('Ask Form to Try Again', 'n8n-nodes-base.respondToWebhook', 1.1, { respondWith: 'json', responseBody: '={{ { tryAgain: true } }}', options: { responseCode: 503 } });
	const connections = edges(stages.map(({ name }) => name));
	connections['Normalize Lead'].main.push([{ node: retry.name, type: 'main', index: 0 }]);
	return { name: `Ours ${path}`, nodes: [...stages, retry], connections, settings: { executionOrder: 'v1', saveDataSuccessExecution: 'none' } };
}

/**
 * The reference: a form is taken and answered, nothing more.
 *
 * @param followers - So many nodes that do nothing come after: what n8n itself takes for as many nodes as ours.
 */
export function bareFlow(path: string, followers = 0): Template {
	const passing = Array.from({ length: followers }, (_, index) => node(`Pass ${index + 1}`, 'n8n-nodes-base.noOp', 1, {}));
	return {
		name: `Bare ${path}`, settings: { executionOrder: 'v1', saveDataSuccessExecution: 'none' }, connections: edges(['Receive Form', 'Answer Form', ...passing.map(({ name }) => name)]),
		nodes: [
			node('Receive Form', 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path, responseMode: 'responseNode', options: {} }, path),
			node('Answer Form', 'n8n-nodes-base.respondToWebhook', 1.1, { respondWith: 'json', responseBody: '={{ { received: true } }}', options: {} }),
			...passing,
		],
	};
}
