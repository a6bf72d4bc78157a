import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { sampleSettings } from '../lead/settings/settingsSample';
import { runWorkflow, type WorkflowFile } from '../support/runWorkflow';

const ours = (name: string) => `n8n-nodes-lead-handoff.${name}`;

/** Forms of a live client: three strangers, one who asks twice, one whom the CRM knows, one that reads like a slip. */
export const liveForms: IDataObject[] = [
	{ event_id: 'u-1', form_id: 'contact', name: 'Ines Castillo', email: 'ines@castillo-works.example', phone: '020 7946 0018', company: 'Castillo Works', country: 'GB', message: 'Please show us a demo of your product.', utm_source: 'google', utm_medium: 'cpc', gclid: 'c-1' },
	{ event_id: 'u-2', form_id: 'contact', name: 'Pavel Dvorak', email: 'pavel@dvorak-werke.example', company: 'Dvorak Werke', country: 'DE', message: 'Wir brauchen ein Angebot für 40 Plätze.', utm_source: 'newsletter' },
	{ event_id: 'u-3', form_id: 'pricing', name: 'Ines Castillo', email: 'ines@castillo-works.example', country: 'GB', message: 'One more question about your prices.' },
	{ event_id: 'u-4', form_id: 'contact', name: 'Ada Loveless', email: 'ada@love.example', country: 'GB', message: 'My laptop does not start any more.' },
	{ event_id: 'u-5', form_id: 'contact', name: 'I. Castillo', email: 'i.castillo@castillo-works.example', phone: '+44 20 7946 0018', company: 'Castillo Works Ltd', country: 'GB', message: 'Call me about the quote.' },
	{ event_id: 'u-6', form_id: 'contact', name: 'Olga Petrov', email: 'olga@petrov-trade.example', country: 'GB', message: 'Please delete what you know of me.' },
];

/** Nodes in a row on n8n's own engine, with the ledger of a folder; what the last one gave. */
export async function runInRow(n8nFolder: string, items: IDataObject[], ...nodes: [type: string, parameters: INodeParameters][]): Promise<IDataObject[]> {
	const steps = [{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} }, ...nodes.map(([type, parameters], index) => ({ name: `Step ${index}`, type: ours(type), parameters }))];
	const file: WorkflowFile = {
		nodes: steps.map((step, index) => ({ typeVersion: 1, position: [index * 200, 0], ...step })),
		connections: Object.fromEntries(steps.slice(1).map(({ name }, index) => [steps[index].name, { main: [[{ node: name, type: 'main', index: 0 }]] }])),
	};
	const { run, leadsOf } = await runWorkflow(file, { n8nFolder, items });
	if (run.data.resultData.error) throw run.data.resultData.error;
	return leadsOf(steps[steps.length - 1].name);
}

/** The live client's forms through all stages, in the order given, each in a run of its own. */
export async function handOffLive(n8nFolder: string, forms: IDataObject[]): Promise<IDataObject[]> {
	const leads: IDataObject[] = [];
	for (const form of forms) {
		leads.push(...await runInRow(n8nFolder, [form],
			['leadNormalize', { client: 'acme' }], ['dedupeMatch', {}], ['ruleRouter', { operation: 'applyHardRules', settingsFrom: 'client' }], ['aiIntentClassifier', { settingsFrom: 'client' }],
			['ruleRouter', { operation: 'finishRouting', settingsFrom: 'client' }], ['slaWatch', { operation: 'start', settingsFrom: 'client' }]));
	}
	return leads;
}

/** One operation of Handoff Ledger on the live client. */
export async function ask(n8nFolder: string, resource: string, operation: string, parameters: INodeParameters = {}, items: IDataObject[] = [{}]): Promise<IDataObject[]> {
	return await runInRow(n8nFolder, items, ['handoffLedger', { client: 'acme', resource, operation, ...parameters }]);
}

/** Makes the live client, its known people and leads, and what became of them. */
export async function liveStory(n8nFolder: string): Promise<void> {
	await ask(n8nFolder, 'client', 'saveSettings', { settings: JSON.stringify({ ...sampleSettings(), mode: 'live', alwaysReview: true }) });
	const csv = 'Record ID,Email,First Name,Last Name,Lifecycle Stage,Contact Owner\n501,ada@love.example,Ada,Loveless,customer,77\n502,kai@known.example,Kai,Known,lead,78\n';
	await ask(n8nFolder, 'knownRecord', 'loadKnownRecords', { recordsFrom: 'csvText', csvText: '={{ $json.csv }}', system: 'hubspot' }, [{ csv }]);
	const leads = await handOffLive(n8nFolder, liveForms);
	const [first, second, , known] = leads.map(({ leadId }) => String(leadId));
	const event = async (leadId: string, eventType: string, more: INodeParameters = {}) => await ask(n8nFolder, 'lead', 'recordEvent', { leadId, eventType, ...more });
	await runInRow(n8nFolder, [{ leadId: first }], ['slaWatch', { operation: 'recordResponse', client: 'acme' }]);
	await event(first, 'contacted');
	await event(first, 'accepted');
	await event(first, 'won', { amount: 1200, currency: 'GBP' });
	await event(second, 'rejected', { reason: 'no budget this year' });
	await ask(n8nFolder, 'lead', 'setExternalId', { leadId: first, inSystem: 'hubspot', idInSystem: '900' });
	const owner = (leads[3].routing as { owner: { id: string } }).owner.id;
	await ask(n8nFolder, 'lead', 'correctLead', { leadId: known, whatWasWrong: 'owner', rightOwner: owner === 'mia' ? 'tom' : 'mia' });
	await ask(n8nFolder, 'reviewItem', 'drawSample', { sampleSize: 2 });
	const [item] = await ask(n8nFolder, 'reviewItem', 'listReviewItems');
	await ask(n8nFolder, 'reviewItem', 'settleReviewItem', { reviewItemId: String(item.reviewItemId), reviewOutcome: 'right' });
	await ask(n8nFolder, 'person', 'erasePerson', { personBy: 'email', personEmail: 'olga@petrov-trade.example', keepMode: 'do' });
	await runInRow(n8nFolder, [{}], ['slaWatch', { operation: 'check', client: 'acme' }]);
	await ask(n8nFolder, 'report', 'scorecard');
}
