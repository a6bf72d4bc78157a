/**
 * How fast compiled rules decide, with a full trace of every rule and condition.
 *
 *   npm run bench -- rules [--leads 200000] [--node 5000]
 *
 * 100 rules of three conditions each, first match; every lead gets its queue, the rules that matched, those that stayed
 * open, and for each condition of each rule whether it held. The words are made from that when somebody reads them
 * ("told" measures that too). The named reference is json-rules-engine with the same rules, which gives a result for
 * each rule. Last: leads a second through the whole node on n8n-core, without a ledger.
 */
import { seeded } from '../test/support/seeded';
import { recordOf } from '../test/lead/route/samples';
import { Engine } from 'json-rules-engine';
import type { INodeType } from 'n8n-workflow';
import type { HandoffRecord } from '../nodes/lead/handoffRecord';
import { hardView } from '../nodes/lead/route/fields';
import { compileRules, type RouterRule } from '../nodes/lead/route/ruleTable';
import { applyHardRules } from '../nodes/lead/route/routeLead';
import { walkRules } from '../nodes/lead/route/walkRules';
import { RuleRouter } from '../nodes/RuleRouter/RuleRouter.node';
import { runWorkflow } from '../test/support/runWorkflow';

const option = (name: string, otherwise: number): number => {
	const place = process.argv.indexOf(`--${name}`);
	return place === -1 ? otherwise : Number(process.argv[place + 1]);
};
/** Time of this process alone, so that other work on the machine does not count. */
const cpuSeconds = (): number => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6; };
const noExpressions = (): never => { throw new Error('no expressions here'); };
const countries = ['GB', 'IE', 'DE', 'FR', 'US', 'BR', 'JP', 'IT', 'ES', 'NL', 'SE', 'NO', 'PL', 'AT', 'CH', 'AU', 'CA', 'IN', 'MX', 'PT'];

const random = seeded(1);
const whole = (below: number): number => Math.floor(random() * below);
const rules = Array.from({ length: 100 }, (_, index): RouterRule => ({
	name: `Rule ${index + 1}`, tier: 'hard', match: 'all', queue: `Queue ${index % 10}`, readMessageWithAi: true, continue: false,
	conditions: [
		{ field: 'lead.country', operator: 'equals', value: countries[index % 20] },
		{ field: 'lead.companySize.min', operator: 'atLeast', value: whole(900) },
		{ field: 'lead.serviceInterest', operator: 'equals', value: `service ${index % 5}` },
	],
}));
const leads = Array.from({ length: 10_000 }, (): HandoffRecord => {
	const size = whole(1_000);
	return recordOf({ country: countries[whole(20)], companySize: { min: size, max: size }, serviceInterest: `service ${whole(5)}` });
});
const table = compileRules(rules, [], { timeZone: 'UTC' });

function perSecond(count: number, work: (lead: HandoffRecord) => void): number {
	for (const lead of leads.slice(0, 2_000)) work(lead);
	const start = cpuSeconds();
	for (let index = 0; index < count; index++) work(leads[index % leads.length]);
	return count / (cpuSeconds() - start);
}

async function reference(count: number): Promise<number> {
	const engine = new Engine([], { allowUndefinedFacts: true });
	for (const rule of rules) {
		engine.addRule({
			name: rule.name, event: { type: rule.queue as string },
			conditions: { all: [
				{ fact: 'country', operator: 'equal', value: rule.conditions[0].value },
				{ fact: 'size', operator: 'greaterThanInclusive', value: rule.conditions[1].value },
				{ fact: 'service', operator: 'equal', value: rule.conditions[2].value },
			] },
		});
	}
	const run = async ({ lead }: HandoffRecord): Promise<number> => (await engine.run({ country: lead.country, size: lead.companySize?.min, service: lead.serviceInterest })).results.length;
	for (const lead of leads.slice(0, 100)) await run(lead);
	const start = cpuSeconds();
	for (let index = 0; index < count; index++) await run(leads[index % leads.length]);
	return count / (cpuSeconds() - start);
}

/** Stands where the leads come from; what it gives is pinned. */
class Start implements INodeType {
	description = { displayName: 'Start', name: 'manualTrigger', group: ['trigger'], version: 1, description: '', defaults: {}, inputs: [], outputs: ['main'], properties: [] } as unknown as INodeType['description'];
}

async function throughNode(count: number): Promise<number> {
	const values = rules.map(({ name, queue, conditions }) => ({
		name, tier: 'hard', queue, assignTo: 'team', team: 'Sales', then: 'stop', options: {},
		conditions: { combinator: 'and', options: { version: 2 }, conditions: conditions.map(({ field, operator, value }) => ({ leftValue: `={{ $json.${field} }}`, rightValue: value, operator: operator === 'atLeast' ? { type: 'number', operation: 'gte' } : { type: 'string', operation: 'equals' } })) },
	}));
	const items = Array.from({ length: count }, (_, index) => ({ ...leads[index % leads.length], client: 'default' }));
	const run = async (some: typeof items): Promise<number> => (await runWorkflow({
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
			{ name: 'Router', type: 'n8n-nodes-lead-handoff.ruleRouter', typeVersion: 1, position: [200, 0], parameters: {
				operation: 'route', settingsFrom: 'node', rulesFrom: 'list', rules: { values }, fallbackOwner: 'ops@example.com', ledger: 'none',
				teams: { values: [{ name: 'Sales', assignment: 'rotation', whenNobodyAvailable: 'anyone', members: { values: ['mia', 'tom', 'zoe'].map((id) => ({ id, name: id, weight: 1, active: true })) } }] },
			} },
		],
		connections: { Start: { main: [[{ node: 'Router', type: 'main', index: 0 }]] } },
	}, { items: some as never, startNode: 'Start', nodeTypes: { 'n8n-nodes-base.manualTrigger': new Start(), 'n8n-nodes-lead-handoff.ruleRouter': new RuleRouter() } })).leadsOf('Router').length;
	await run(items.slice(0, 500));
	const start = cpuSeconds();
	const left = await run(items);
	if (left !== count) throw new Error(`${count} leads went in and ${left} came out`);
	return count / (cpuSeconds() - start);
}

async function main(): Promise<void> {
	const count = option('leads', 200_000);
	const say = (what: string, speed: number, against?: number): void => {
		process.stdout.write(`${what.padEnd(58)} ${Math.round(speed).toLocaleString('en').padStart(10)} leads/s of processor time${against === undefined ? '' : `, ${(speed / against).toFixed(0)} x`}\n`);
	};
	let matched = 0;
	const known = await reference(Math.min(2_000, count));
	say('json-rules-engine', known);
	say('compiled rules, decision and full trace', perSecond(count, (lead) => { matched += walkRules(table.hard, table.hardIndex, hardView(lead), {}, noExpressions).matched.length; }), known);
	say('the same, told in words', perSecond(Math.min(50_000, count), (lead) => { matched += applyHardRules(lead, table, 'Unrouted').matchedRules.length; }), known);
	say('through the node on n8n-core, with owner and words', await throughNode(option('node', 5_000)));
	process.stdout.write(`${(matched / (count * 1.2)).toFixed(2)} rules matched a lead on average\n`);
}

void main();
