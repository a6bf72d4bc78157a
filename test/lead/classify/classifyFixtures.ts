import type { ClassifyInput } from '../../../nodes/lead/classify/classifyLead';
import { prepareTaxonomy } from '../../../nodes/lead/classify/classifyLead';
import type { AskModel, ModelReply } from '../../../nodes/lead/classify/modelReply';
import { toTaxonomy } from '../../../nodes/lead/classify/taxonomy';
import type { HandoffRecord, LeadFields } from '../../../nodes/lead/handoffRecord';
import { readRecord } from '../../../nodes/lead/readRecord';

export const readyTaxonomy = prepareTaxonomy(toTaxonomy([]));
export const message = 'Hello, we would like a proposal for a migration. Mail jo.roe@acme.example or call +44 20 7946 0018. Regards, Jo Roe';

export function recordOf(fields: Partial<LeadFields> = {}): HandoffRecord {
	const { record } = readRecord({ json: { firstName: 'Jo', lastName: 'Roe', email: 'jo.roe@acme.example', message, ...fields }, now: new Date(0), newId: () => 'id' });
	return record;
}

export function classifyInput(more: Partial<ClassifyInput> = {}): ClassifyInput {
	return {
		record: recordOf(), taxonomy: readyTaxonomy, marker: 'm', language: 'en', confidenceThreshold: 0.6, maxMessageCharacters: 4000, draws: 1,
		coveredLanguages: [], wordLanguages: [], ...more,
	};
}

/** A model that gives these contents, one a call; what is a reply already is given as it is. */
export function modelOf(...contents: unknown[]) {
	const asked: string[] = [];
	const ask: AskModel = async (messages) => {
		asked.push(messages.map(({ content }) => content).join('\n'));
		const content = contents[asked.length - 1];
		if (typeof content === 'object' && content !== null && 'status' in content) return content as ModelReply;
		return { status: 'answered', content, usage: { inputTokens: 100, outputTokens: 20, model: 'm1', calls: 1 } };
	};
	return { ask, asked };
}
