import type { INodeExecutionData, INodeType } from 'n8n-workflow';
import { runWorkflow } from '../support/runWorkflow';
import { readTemplates } from './template';

type Main = { main: { node: string; type: 'main'; index: number }[][] };
const kept = ['Start Each Minute', 'Client Config', 'Choose How to Tell', 'Send Text Message', 'Check Text Was Sure', 'Send Slack Message', 'Confirm Alert'];
const saysWhich = { type: 'n8n-nodes-base.set', typeVersion: 3.4, retryOnFail: false, onError: undefined, parameters: { mode: 'raw', jsonOutput: '={{ { alert: $(\'Choose How to Tell\').item.json.text } }}', options: {} } };

/** Like n8n's own: what it gives names no item that it came from. */
function twilioThatFailsFor(failing: string[]): INodeType {
	const properties = ['from', 'to', 'message', 'toWhatsapp'].map((name) => ({ displayName: name, name, type: name === 'toWhatsapp' ? 'boolean' as const : 'string' as const, default: '' }));
	return {
		description: { displayName: 'Twilio', name: 'twilio', group: ['output'], version: 1, description: '', defaults: { name: 'Twilio' }, inputs: ['main'], outputs: ['main'], properties },
		async execute() {
			const given: INodeExecutionData[] = this.getInputData().map((_, index) => {
				const message = String(this.getNodeParameter('message', index));
				return { json: failing.includes(message) ? { error: 'Too many requests' } : { sid: message, byWhatsapp: this.getNodeParameter('toWhatsapp', index) as boolean } };
			});
			return [given];
		},
	};
}

/** The part of the sweep that tells, with so many missed leads of people who have a phone, all due in one minute. */
async function tell(textBy: string, alerts: string[], failing: string[] = []) {
	const { template } = readTemplates().find(({ file }) => file === 'watch-response-clocks-and-alert-owners-in-slack')!;
	const config = template.nodes.find(({ name }) => name === 'Client Config')!.parameters.assignments as unknown as { assignments: { name: string; value: string }[] };
	for (const entry of config.assignments) entry.value = { textBy, smsFrom: '+447700900999' }[entry.name] ?? entry.value;
	const nodes = template.nodes.filter(({ name }) => kept.includes(name)).map((node) => {
		if (node.name === 'Start Each Minute') return { ...node, type: 'n8n-nodes-base.manualTrigger', parameters: {} };
		if (node.name === 'Send Text Message') return { ...node, retryOnFail: false };
		return node.name === 'Send Slack Message' || node.name === 'Confirm Alert' ? { ...node, ...saysWhich } : node;
	});
	const wired = (name: string): Main => ({ main: (template.connections as Record<string, Main>)[name].main.map((output) => output.filter(({ node }) => kept.includes(node))) });
	const connections = {
		...Object.fromEntries(['Start Each Minute', 'Choose How to Tell', 'Send Text Message', 'Check Text Was Sure'].map((name) => [name, wired(name)])),
		'Client Config': { main: [[{ node: 'Choose How to Tell', type: 'main' as const, index: 0 }]] },
	};
	const items = alerts.map((text) => ({ text, status: 'breached', run: { test: false }, step: { toldAs: 'owner', who: { phone: '+447400123456', slackId: 'U0KIM' } } }));
	const { run, leadsOf } = await runWorkflow({ nodes, connections }, { items, nodeTypes: { 'n8n-nodes-base.twilio': twilioThatFailsFor(failing) } });
	expect(run.data.resultData.error).toBeUndefined();
	const alertsOf = (name: string) => leadsOf(name).map(({ alert }) => alert);
	return { texts: leadsOf('Send Text Message'), confirmed: alertsOf('Confirm Alert'), inSlack: alertsOf('Send Slack Message') };
}

describe('text messages of the sweep', () => {
	// n8n's Twilio node names no item: with an error output of its own, two texts in one minute ended the run red, and both came again
	it('are each confirmed, also when several are due in one minute', async () => {
		expect(await tell('sms', ['first', 'second', 'third'])).toMatchObject({ texts: [{ byWhatsapp: false }, { byWhatsapp: false }, { byWhatsapp: false }], confirmed: ['first', 'second', 'third'], inSlack: [] });
	});

	it('go to Slack where one was not taken, and only there', async () => {
		expect(await tell('sms', ['first', 'second', 'third'], ['second'])).toMatchObject({ confirmed: ['first', 'third'], inSlack: ['second'] });
	});

	// Twilio takes what WhatsApp drops later
	it.each(['whatsapp', ' WhatsApp '])('by "%s" are told in Slack too', async (textBy) => {
		expect(await tell(textBy, ['first', 'second'])).toMatchObject({ texts: [{ byWhatsapp: true }, { byWhatsapp: true }], confirmed: [], inSlack: ['first', 'second'] });
	});
});
