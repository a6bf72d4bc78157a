import type { Template } from '../../test/e2e/n8nUnderTest';
import { edges, node, ours, wire } from '../sideBySide/canvas';
import { clientSettings } from '../sideBySide/ourFlow';

/** Each lead's owner is told some seconds after it came in; nothing else falls due while the faults run. */
export const faultSettings = {
	...clientSettings,
	slaPolicies: [{ name: 'Standard', firstResponseMinutes: 600, warnMinutesBefore: 599.9, escalation: [{ name: 'Remind Owner', when: 'atRisk', notify: 'owner' }] }],
};

/** The flow with a CRM at its end: what it does not take in three tries is kept with the lead. */
export function withCrm(flow: Template, crm: string): Template {
	const write = {
		...node('Write to CRM', 'n8n-nodes-base.httpRequest', 4.2, { method: 'POST', url: crm, sendBody: true, specifyBody: 'json', options: { timeout: 5000 }, jsonBody: '={{ { leadId: $json.leadId } }}' }),
		onError: 'continueErrorOutput', retryOnFail: true, maxTries: 3, waitBetweenTries: 1000,
	};
	const keep = node('Record What Failed', ours('handoffLedger'), 1, {
		resource: 'lead', operation: 'recordEvent', client: `={{ $('Start Clock').item.json.client }}`, leadId: `={{ $('Start Clock').item.json.leadId }}`, eventType: 'notDelivered', reason: 'The CRM took nothing',
		eventOptions: { eventId: `={{ $('Start Clock').item.json.submission.id }}` },
	});
	const connections = structuredClone(flow.connections);
	wire(connections, 'Start Clock', 0, write.name);
	wire(connections, write.name, 1, keep.name);
	return { ...flow, nodes: [...flow.nodes, write, keep], connections };
}

/**
 * Every two seconds: what is due is sent, and confirmed after it was sent.
 *
 * @param leaseSeconds after which an alert that was not confirmed is given again
 */
export function sweepFlow(chat: string, leaseSeconds: number): Template {
	const names = ['Every Two Seconds', 'Check Clocks', 'Tell Slack', 'Confirm Step'];
	return {
		name: 'Sweep', settings: { executionOrder: 'v1', saveDataSuccessExecution: 'none' }, connections: edges(names),
		nodes: [
			node(names[0], 'n8n-nodes-base.scheduleTrigger', 1.2, { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } }),
			node(names[1], ours('slaWatch'), 1, { operation: 'check', options: { alertLeaseMinutes: leaseSeconds / 60, alertsPerCheck: 50 } }),
			node(names[2], 'n8n-nodes-base.httpRequest', 4.2, {
				method: 'POST', url: chat, sendBody: true, specifyBody: 'json', options: { timeout: 5000 },
				jsonBody: '={{ { step: $json.step.name, stepId: $json.step.id, attempt: $json.step.attempt, leadId: $json.leadId, status: $json.status } }}',
			}),
			node(names[3], ours('slaWatch'), 1, {
				operation: 'confirmStep', client: `={{ $('Check Clocks').item.json.client }}`, stepId: `={{ $('Check Clocks').item.json.step.id }}`, claimToken: `={{ $('Check Clocks').item.json.step.claimToken }}`,
			}),
		],
	};
}
