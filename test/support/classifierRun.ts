import type { IDataObject, INodeExecutionData, NodeExecutionHint } from 'n8n-workflow';
import { AiIntentClassifier } from '../../nodes/AiIntentClassifier/AiIntentClassifier.node';
import { properties } from '../../nodes/AiIntentClassifier/properties';
import { emptyLeadFields, emptySourceContext, type HandoffRecord } from '../../nodes/lead/handoffRecord';
import type { Ledger } from '../../nodes/ledger/ledger';
import { delivery } from '../ledger/samples';
import { httpRequest } from './fakeOpenAi';
import { strictContext, type StrictContextOptions } from './strictContext';

export interface ClassifierRun {
	outputs: INodeExecutionData[][];
	records: HandoffRecord[];
	hints: NodeExecutionHint[];
}

/** Runs the node with the defaults of its panel, its credential pointing at `baseUrl`. */
export async function runClassifier(
	{ storageFolder, baseUrl }: { storageFolder: string; baseUrl: string },
	items: object[], parameters: Record<string, unknown> = {}, options: Partial<StrictContextOptions> = {},
): Promise<ClassifierRun> {
	const ctx = strictContext({
		items: items as IDataObject[], storageFolder, helpers: { httpRequest }, ...options,
		node: { credentials: { leadHandoffOpenAiApi: { id: '1', name: 'Fake' } }, ...options.node },
		parameters: { ...Object.fromEntries(properties.map((property) => [property.name, property.default])), ...parameters },
		extra: { getCredentials: async () => ({ apiKey: 'sk-secret', baseUrl }), ...options.extra },
	});
	const outputs = await new AiIntentClassifier().execute.call(ctx);
	return { outputs, records: outputs.flat().map(({ json }) => json as unknown as HandoffRecord), hints: ctx.hints };
}

/** A lead as Lead Normalize and Dedupe Match give it, stored in the ledger. */
export async function capturedLead(ledger: Ledger, message: string | null, change: Partial<HandoffRecord> = {}, fields: Partial<HandoffRecord['lead']> = {}): Promise<HandoffRecord> {
	const input = delivery({ client: change.client ?? 'acme', test: change.run?.test ?? false });
	const { submissionId, leadId, personId, receivedAt, state, delivery: number } = await ledger.capture(input);
	return {
		recordVersion: 1, client: 'acme', run: { test: false }, leadId, personId,
		submission: { id: submissionId, key: input.key, keyFromEventId: true, receivedAt, formTool: 'webhook', state, delivery: number },
		lead: { ...emptyLeadFields(), fullName: 'Mia Brandt', email: 'mia@firm.example', emailKey: 'mia@firm.example', message, ...fields },
		source: emptySourceContext(), consent: {},
		quality: { score: 90, issues: [], changes: [], replyPath: true, flags: { disposableEmail: false, freeEmail: false, roleEmail: false, suspectedSpam: false, suspectedInjection: false } },
		match: { verdict: 'create', externalIds: {}, score: 0, because: ['new'], candidates: [], mergePlan: [] },
		review: [],
		...change,
	};
}
