import { captureLead } from '../../nodes/lead/capture/captureLead';
import { cleanLeadFields, readComparedFields } from '../../nodes/lead/clean/comparedFields';
import { keysOf, matchLead } from '../../nodes/lead/clean/matchLeads';
import { normalizeLead } from '../../nodes/lead/clean/normalizeLead';
import { isInjectionSuspected } from '../../nodes/lead/clean/signals';
import { classifyLead, prepareTaxonomy } from '../../nodes/lead/classify/classifyLead';
import type { AskModel } from '../../nodes/lead/classify/modelReply';
import { toTaxonomy } from '../../nodes/lead/classify/taxonomy';
import type { HandoffRecord } from '../../nodes/lead/handoffRecord';
import { readRecord } from '../../nodes/lead/readRecord';
import { explainLead } from '../../nodes/lead/route/explain';
import { applyHardRules } from '../../nodes/lead/route/routeLead';
import { compileRules, type RouterRule } from '../../nodes/lead/route/ruleTable';
import { conditionOperators } from '../../nodes/lead/settings/clientSettings';
import { simplifyRecord } from '../../nodes/lead/simplifyRecord';
import { labelLead } from '../../nodes/lead/activate/escalation';

const length = 250_000;
const now = new Date('2026-11-20T18:30:00.000Z');
const taxonomy = prepareTaxonomy(toTaxonomy([]));

/** What makes a pattern with two ways to go on try them all. */
const pumps = [
	'a', '1', '\n', ' \n', '\u00a0', 'a@', 'a.', '1,', '1 ', '-', ', ', '(', '{"a":', '<a ', '<a href="http://', '<!--', '&#1', '"', 'a=b&', 'http://', ' # ', '*', '\u200d', 'a\u0301', '\ud800', 'ignore all ', 'AB12 ', '\u0000',
];

/** Everything that the house does with one lead, on records of that text in every field. */
async function passThroughAllRooms(text: string): Promise<HandoffRecord> {
	const captured = captureLead({
		client: 'acme', submissionId: 's', now, zone: { timeZone: 'UTC', from: 'the client' }, requiredSource: [],
		payload: {
			name: text, email: text, phone: text, company: text, website: text, city: text, country: text, region: text, zip: text, message: text, budget: text, employees: text, newsletter: text,
			timestamp: text, utm_campaign: text, utm_medium: text, referrer: text, page_url: text, timezone: text, language: text, [text.slice(0, 10_000)]: text, 'Which email can we reach you at?': text,
		},
	});
	const normalized = normalizeLead({ captured, client: 'acme', ids: { submissionId: 's', leadId: 'l', personId: 'p' }, now, test: false, defaultCountry: 'GB' });
	const { record: flat } = readRecord({ json: { fullName: text, email: text, phone: text, company: text, city: text, postalCode: text, country: text, message: text }, now, newId: () => 'x' });
	for (const [record, compared] of [[normalized, readComparedFields(normalized)], [flat, cleanLeadFields(flat.lead, 'GB')]] as const) {
		keysOf(compared);
		const fields = { ...readComparedFields(normalized), phone: '+442079460018' };
		const person = { personId: 'known', enquiries: 1, fields, externalIds: {}, updatedAt: now.toISOString() };
		record.match = matchLead({ record, fields: compared, known: [person], cappedKeys: [], thresholds: { match: 0.95, review: 0.5 }, newOpportunityDays: 90, at: now.toISOString(), isRemembered: true }).match;
		const { intent } = await classifyLead({ record, taxonomy, ask: echo(text), marker: 'm', language: 'en', confidenceThreshold: 0.6, maxMessageCharacters: 20_000, draws: 1, coveredLanguages: [], wordLanguages: [] });
		record.intent = intent;
		record.routing = applyHardRules(record, table, 'Unrouted');
		record.text = explainLead(record);
		labelLead(record);
		simplifyRecord(record);
	}
	return normalized;
}

/** A model that says the lead's words again, in the shape asked for and out of it. */
function echo(text: string): AskModel {
	let asked = 0;
	const answer = { intent: 'Other', confidence: 1, urgency: 'high', buyingStage: 'ready', sentiment: 'positive', fit: 'good', language: text, useCase: text, evidence: [text, text.slice(0, 150)], givesInstructions: false };
	return async () => ({ status: 'answered', content: asked++ === 0 ? text : answer });
}

const values: Record<string, string | string[]> = { matches: '(a+)+$|(\\s*)*x', notMatches: '(a|a)*b', isOneOf: ['GB', 'DE'], isNotOneOf: ['GB'], before: '2026-01-01', after: '2026-01-01' };
const rules = ['lead.message', 'lead.country', 'lead.fullName'].flatMap((field) => conditionOperators.map((operator): RouterRule => ({
	name: `${field} ${operator}`, tier: 'hard', match: 'all', conditions: [{ field, operator, value: values[operator] ?? '12' }], queue: 'Q', readMessageWithAi: true, continue: true,
})));
const table = compileRules(rules, [], { timeZone: 'UTC' });

describe('very long texts', () => {
	// no bound of time but jest's own: where the work grows with the square, it takes minutes
	it.each(pumps)('of %j pass all rooms and come out short', async (pump) => {
		const record = await passThroughAllRooms(`${pump.repeat(length / pump.length)}!`);
		expect(JSON.stringify({ ...record, lead: undefined, quality: undefined }).length).toBeLessThan(100_000);
		expect(record.text?.length).toBeLessThan(1_500);
	}, 60_000);

	it('are searched for instructions in one pass, also before they are mended', () => {
		for (const pump of pumps) isInjectionSuspected({ ...readRecord({ json: { message: pump.repeat(length) }, now, newId: () => 'x' }).record.lead });
	}, 60_000);
});
