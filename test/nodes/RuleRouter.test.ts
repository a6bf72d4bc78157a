import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { IDataObject, INode } from 'n8n-workflow';
import { closeLedgers, openLedger } from '../../nodes/host/openLedger';
import type { HandoffRecord, Routing } from '../../nodes/lead/handoffRecord';
import { clientSettingsSchema, type ClientSettings } from '../../nodes/lead/settings/clientSettings';
import * as decideModule from '../../nodes/RuleRouter/decide';
import type { ruleRouterOutputs } from '../../nodes/RuleRouter/outputs';
import { RuleRouter } from '../../nodes/RuleRouter/RuleRouter.node';
import { intentOf, recordOf } from '../lead/route/samples';
import { runWorkflow, type WorkflowRun } from '../support/runWorkflow';
import { strictContext, type StrictContextOptions } from '../support/strictContext';

const condition = (leftValue: string, operation: string, rightValue: unknown = '', type = 'string'): object => ({ leftValue, rightValue, operator: { type, operation } });
const filter = (...conditions: object[]): object => ({ options: { version: 2 }, combinator: 'and', conditions });

/** What the panel holds: two rules, one team of three, no ledger. */
const parameters = {
	operation: 'route',
	settingsFrom: 'node',
	rules: {
		values: [
			{ name: 'UK', tier: 'hard', conditions: filter(condition('={{ $json.lead.country }}', 'equals', 'UK')), queue: 'UK Team', assignTo: 'queueTeam', then: 'stop', options: { priority: 'open' } },
			{ name: 'Demo', tier: 'soft', conditions: filter(condition('={{ $json.intent.name }}', 'equals', 'Demo')), queue: 'Demos', assignTo: 'member', member: 'zoe', then: 'stop', options: { priority: 'high' } },
		],
	},
	teams: {
		values: [{
			name: 'UK Team', assignment: 'rotation', whenNobodyAvailable: 'anyone',
			members: { values: ['mia', 'tom', 'zoe'].map((id) => ({ id, name: id, email: `${id}@example.com`, weight: 1, active: true })) },
		}],
	},
	fallbackQueue: 'Unrouted',
	fallbackOwner: 'ops@example.com',
	outputs: 'one',
	ledger: 'none',
	output: 'full',
};

function lead(number: number, country: string | null = 'GB', more: Partial<HandoffRecord> = {}): IDataObject {
	const record = recordOf({ country, email: `lead${number}@example.com`, emailKey: `lead${number}@example.com` }, { leadId: `lead-${number}`, personId: `person-${number}`, ...more });
	return { ...record, client: more.client ?? 'default', submission: { ...record.submission, id: `submission-${number}`, key: `key-${number}` } } as unknown as IDataObject;
}

async function route(items: IDataObject[], changed: object = {}, options: Partial<StrictContextOptions> = {}): Promise<HandoffRecord[][]> {
	const sorted = await new RuleRouter().execute.call(strictContext({ items, parameters: { ...parameters, ...changed }, ...options }));
	return sorted.map((output) => output.map(({ json }) => json as unknown as HandoffRecord));
}

const routingOf = (record: HandoffRecord): Routing => record.routing as Routing;
const ownersOf = (records: HandoffRecord[]): (string | undefined)[] => records.map((record) => record.routing?.owner?.id);
const freshFolder = (): string => mkdtempSync(join(tmpdir(), 'lead-handoff-test-'));

function clientSettings(): ClientSettings {
	return clientSettingsSchema.parse({
		name: 'Acme', timeZone: 'Europe/London', calendars: [{ name: 'Office', hours: { monday: ['09:00-17:00'] } }],
		members: ['mia', 'tom', 'ops'].map((id) => ({ id, name: id, email: `${id}@example.com` })), fallbackOwner: 'ops',
		teams: [{ name: 'UK Team', members: ['mia', 'tom'] }], slaPolicies: [{ name: 'Fast', firstResponseMinutes: 15 }],
		rules: [{ name: 'UK', tier: 'hard', conditions: [{ field: 'lead.country', operator: 'equals', value: 'UK' }], queue: 'UK Team', slaPolicy: 'Fast' }],
	});
}

/** A ledger that knows client `acme`. */
async function withClient(): Promise<{ storageFolder: string }> {
	const storageFolder = freshFolder();
	const ledger = await openLedger(strictContext({ items: [], parameters: { ledger: 'embedded' }, storageFolder }));
	await ledger?.saveSettings({ client: 'acme', settings: clientSettings(), at: '2026-11-20T18:30:00.000Z' });
	return { storageFolder };
}

afterAll(closeLedgers);

describe('Rule Router', () => {
	it('gives a lead its queue and owner, with the reason and one sentence', async () => {
		const [[record]] = await route([lead(1)]);
		expect(routingOf(record)).toMatchObject({
			queue: 'UK Team', team: 'UK Team', tier: 'hard', rule: { number: 1, name: 'UK' }, assignment: 'hash', priority: 'normal',
			because: ['"UK": country is United Kingdom', 'without a ledger no turns are kept: same person, same owner in team UK Team'],
			trace: ['Rule 1 "UK" (hard) matched: country is United Kingdom', 'Rule 2 "Demo" (soft) stayed open: intent is not known'],
		});
		expect(record.text).toMatch(/lead1@example\.com.* \(United Kingdom\): new enquiry\. (mia|tom|zoe) has it in queue UK Team \("UK": country is United Kingdom\)$/);
		expect(record.settingsVersion).toBeUndefined();
	});

	it('lets every lead leave exactly once, linked to its input, with a queue and an owner', async () => {
		const items: IDataObject[] = [lead(1), lead(2, 'FR'), lead(3, null, { intent: intentOf() }), {}, { email: 'x@example.com', country: 'GB' }, { routing: { queue: 'Gold' } }, { recordVersion: 1, lead: 5 }];
		const sorted = await new RuleRouter().execute.call(strictContext({ items, parameters: { ...parameters, outputs: 'perQueue', queues: ['UK Team'] } }));
		expect(sorted.flat()).toHaveLength(items.length);
		expect(sorted.flat().map(({ pairedItem }) => (pairedItem as { item: number }).item).sort()).toEqual(items.map((_, index) => index));
		for (const { json } of sorted.flat()) expect(json.routing).toMatchObject({ queue: expect.any(String) as string, owner: { id: expect.any(String) as string } });
	});

	it('keeps hard decisions before AI and soft ones after it, over two nodes without a ledger', async () => {
		const [[hard]] = await route([lead(1)], { operation: 'applyHardRules', rules: { values: [parameters.rules.values[0]] } });
		expect(routingOf(hard)).toMatchObject({ queue: 'UK Team', hard: { queue: 'UK Team', team: 'UK Team' } });
		expect(routingOf(hard).owner).toBeUndefined();
		const classified = { ...hard, intent: intentOf() } as unknown as IDataObject;
		// the second node holds the soft rule only
		const [[done]] = await route([classified], { operation: 'finishRouting', rules: { values: [parameters.rules.values[1]] } });
		expect(routingOf(done)).toMatchObject({ queue: 'UK Team', tier: 'hard', priority: 'high', rule: { number: 1, name: 'UK' } });
		expect(['mia', 'tom', 'zoe']).toContain(routingOf(done).owner?.id);
	});

	it('applies hard rules in Finish Routing when nothing did before, and says so', async () => {
		const [[record]] = await route([lead(1, 'GB', { client: 'acme' })], { operation: 'finishRouting', settingsFrom: 'client', ledger: 'embedded' }, await withClient());
		expect(routingOf(record)).toMatchObject({ queue: 'UK Team', tier: 'hard' });
		expect(routingOf(record).trace?.[0]).toBe('Apply Hard Rules had not run for this lead, so the hard rules were applied now');
	});

	it('does not claim hard rules that Finish Routing does not hold', async () => {
		const [[record]] = await route([lead(1)], { operation: 'finishRouting', rules: { values: [parameters.rules.values[1]] } });
		expect(routingOf(record).trace?.[0]).toBe('Apply Hard Rules had not run for this lead, so no hard rule was applied');
	});

	it('takes every rule as soft in Finish Routing and as hard in Apply Hard Rules, whatever kind it had', async () => {
		const [[finished]] = await route([lead(1)], { operation: 'finishRouting' });
		expect(routingOf(finished)).toMatchObject({ queue: 'UK Team', tier: 'soft' });
		const country = { ...parameters.rules.values[0], tier: 'soft' };
		const [[hard]] = await route([lead(1)], { operation: 'applyHardRules', rules: { values: [country] } });
		expect(routingOf(hard)).toMatchObject({ queue: 'UK Team', tier: 'hard' });
		await expect(route([lead(1)], { operation: 'applyHardRules' })).rejects.toMatchObject({ message: 'Rule 2 is a hard rule but reads what AI said', description: expect.stringContaining('move it to Finish Routing') as string });
	});

	it('says once per run which rule gave a queue without a team, when that happened to a lead', async () => {
		const hintsFor = async (items: IDataObject[], values: object[]): Promise<string[]> => {
			const context = strictContext({ items, parameters: { ...parameters, rules: { values } } });
			await new RuleRouter().execute.call(context);
			return context.hints.map(({ message }) => message);
		};
		const teamless = { ...parameters.rules.values[0], queue: 'Nowhere' };
		const naming = { ...teamless, name: 'Team', queue: '', assignTo: 'team', team: 'UK Team', then: 'continue' };
		expect(await hintsFor([lead(1), lead(2), lead(3, 'FR')], [teamless])).toEqual([expect.stringMatching(/^Rule 1 'UK' gives the queue 'Nowhere', .* fallback owner got 2 leads\./)]);
		expect(await hintsFor([lead(3, 'FR')], [teamless])).toEqual([]);
		expect(await hintsFor([lead(1)], [naming, teamless])).toEqual([]);
		expect(await hintsFor([lead(1)], parameters.rules.values)).toEqual([]);
	});

	it('gives a doubtful lead an owner too', async () => {
		const match = { verdict: 'review', externalIds: {}, score: 0.6, because: ['similar name'], candidates: [], mergePlan: [] } as HandoffRecord['match'];
		const [[record]] = await route([lead(1, 'FR', { match })]);
		expect(routingOf(record)).toMatchObject({ queue: 'Unrouted', tier: 'fallback', owner: { id: 'ops@example.com', email: 'ops@example.com' } });
	});

	it('gives the same lead the same owner again without a ledger', async () => {
		const items = Array.from({ length: 20 }, (_, number) => lead(number));
		const [first] = await route(items);
		const [second] = await route(items.map((item) => ({ ...item, personId: 'another', leadId: 'another' })));
		expect(ownersOf(second)).toEqual(ownersOf(first));
		expect(new Set(ownersOf(first)).size).toBe(3);
	});

	it('evaluates expressions in soft rules for the lead, and leaves the rule open when that fails', async () => {
		const rule = { ...parameters.rules.values[1], conditions: filter(condition('={{ $now.hour }}', 'gte', 17, 'number')) };
		const soft = { rules: { values: [rule] } };
		const seen: unknown[][] = [];
		const evaluateExpression = (...call: unknown[]): number => { seen.push(call); return 18; };
		const [[record]] = await route([lead(1, null)], soft, { extra: { evaluateExpression } });
		expect(routingOf(record)).toMatchObject({ queue: 'Demos', tier: 'soft', owner: { id: 'zoe' } });
		expect(seen[0]).toEqual(['{{ $now.hour }}', 0]);
		const [[open]] = await route([lead(1, null)], soft);
		expect(routingOf(open)).toMatchObject({ tier: 'fallback' });
	});

	it('gives any item at all a queue and an owner', async () => {
		await fc.assert(fc.asyncProperty(fc.array(fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('recordVersion', 'lead', 'routing', 'intent', 'submission', '__proto__', 'country')), fc.jsonValue()), { maxLength: 5 }), async (items) => {
			const [records] = await route(items as IDataObject[]);
			expect(records).toHaveLength(items.length);
			for (const record of records) expect(routingOf(record)).toMatchObject({ queue: expect.any(String) as string, owner: { id: expect.any(String) as string } });
		}), { numRuns: 300 });
	});

	it('gives flat columns in Simplified', async () => {
		const [[row]] = await route([lead(1)], { output: 'simplified' });
		expect(row).toMatchObject({ leadId: 'lead-1', queue: 'UK Team', needsReview: false });
	});

	describe('one output per queue', () => {
		const perQueue = { outputs: 'perQueue', queues: ['Demos', 'UK Team'] };

		it('sorts by queue, fallback first', async () => {
			const [fallback, demos, uk] = await route([lead(1), lead(2, 'FR'), lead(3, null, { intent: intentOf() })], perQueue);
			expect([fallback, demos, uk].map((records) => records.map(({ leadId }) => leadId))).toEqual([['lead-2'], ['lead-3'], ['lead-1']]);
		});

		it('sends a queue that is not listed to fallback, with an issue', async () => {
			const [[record]] = await route([lead(1)], { ...perQueue, queues: ['Demos'] });
			expect(routingOf(record).queue).toBe('UK Team');
			expect(record.quality.issues).toEqual([expect.objectContaining({ code: 'QUEUE_WITHOUT_OUTPUT' })]);
		});

		it.each([
			['more than 20', Array.from({ length: 21 }, (_, queue) => `Queue ${queue}`), /at most 20/],
			['one twice', ['A', 'A'], /two outputs/],
			['one without a name', [' '], /without a name/],
			['an expression', ['={{ $json.x }}'], /expression/],
		])('refuses %s', async (_, queues, message) => {
			await expect(route([lead(1)], { ...perQueue, queues })).rejects.toThrow(message);
		});

		it('has outputs that still work as text, the way n8n runs them', () => {
			const text = String(new RuleRouter().description.outputs).replace(/^=\{\{/, '').replace(/\}\}$/, '');
			const asText = new Function('$parameter', `return ${text}`) as typeof ruleRouterOutputs;
			const namesFor = (given: object): (string | undefined)[] => asText(given).map(({ displayName }) => displayName);
			expect(namesFor({})).toEqual([undefined]);
			expect(namesFor({ outputs: 'one', queues: ['A'] })).toEqual([undefined]);
			expect(namesFor(perQueue)).toEqual(['Fallback', 'Demos', 'UK Team']);
			expect(namesFor({ outputs: 'perQueue' })).toEqual(['Fallback']);
			expect(namesFor({ outputs: 'perQueue', queues: Array.from({ length: 30 }, String) })).toHaveLength(21);
		});
	});

	describe('on n8n\'s own engine', () => {
		const engine = async (items: IDataObject[], changed: object, node: Partial<INode> = {}): Promise<WorkflowRun> => await runWorkflow({
			nodes: [
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
				{ name: 'Router', type: 'n8n-nodes-lead-handoff.ruleRouter', typeVersion: 1, position: [200, 0], parameters: { ...parameters, ...changed } as INode['parameters'], ...node },
			],
			connections: { Start: { main: [[{ node: 'Router', type: 'main', index: 0 }]] } },
		}, { items, nodeTypes: { 'n8n-nodes-lead-handoff.ruleRouter': new RuleRouter() } });

		it('reads rules raw, evaluates soft expressions per lead and draws an output per queue', async () => {
			const soft = { ...parameters.rules.values[1], conditions: filter(condition('={{ $json.lead.email.toUpperCase() }}', 'equals', '={{ "LEAD" + 3 + "@example.com" }}')) };
			const done = await engine([lead(1), lead(2, null), lead(3, null)], { outputs: 'perQueue', queues: ['Demos', 'UK Team'], rules: { values: [parameters.rules.values[0], soft] } });
			expect([0, 1, 2].map((output) => done.leadsOf('Router', output).map(({ leadId }) => leadId))).toEqual([['lead-2'], ['lead-3'], ['lead-1']]);
		});

		it('keeps its outputs when the error output is added, and a failed lead keeps its fields', async () => {
			jest.spyOn(decideModule, 'decide').mockRejectedValueOnce(new Error('broken'));
			const done = await engine([lead(1), lead(2)], { outputs: 'perQueue', queues: ['UK Team'] }, { onError: 'continueErrorOutput' });
			expect([0, 1].map((output) => done.leadsOf('Router', output).map(({ leadId }) => leadId))).toEqual([[], ['lead-2']]);
			expect(done.leadsOf('Router', 2)).toEqual([expect.objectContaining({ leadId: 'lead-1', error: expect.stringContaining('Lead 1 could not be handled (Error). ') as string })]);
		});

		it('stops with the rule\'s number when settings are wrong', async () => {
			const done = await engine([lead(1)], { rules: { values: [{ ...parameters.rules.values[0], queue: '' }] } });
			expect(done.run.data.resultData.error).toMatchObject({ message: 'Rule 1 has no queue', description: expect.stringContaining('"Queue"') as string });
		});
	});

	describe('settings', () => {
		it('tells all problems together, before the first lead', async () => {
			const broken = { ...parameters.rules.values[0], queue: '', name: '' };
			const context = strictContext({ items: [lead(1)], parameters: { ...parameters, fallbackOwner: '', rules: { values: [broken, { ...broken, name: 'B', assignTo: 'team', team: 'Gone' }] } } });
			await expect(new RuleRouter().execute.call(context)).rejects.toMatchObject({
				message: expect.stringMatching(/settings need a change before the first lead$/) as string,
				description: expect.stringMatching(/no fallback owner.*Rule 1 has no name.*Rule 1 has no queue.*Rule 2 has no queue.*unknown team/) as string,
			});
		});

		it('tells an empty rule once, and problems in the order of the rules', async () => {
			const empty = { conditions: filter(condition('', 'equals')) };
			const values = [{ ...parameters.rules.values[0], queue: '' }, empty, { ...parameters.rules.values[1], conditions: filter(condition('', 'equals')) }, empty];
			const failure = await route([lead(1)], { rules: { values } }).catch((error: unknown) => error as { description: string });
			const { description } = failure as { description: string };
			expect(description).toMatch(/^1\. Rule 1 has no queue: .* 2\. Rule 2 is empty: Fill it in or delete it\. 3\. Rule 3 has a condition without a field: .* 4\. Rule 4 is empty: Fill it in or delete it\.$/);
			expect(description).not.toContain('lead.custom');
		});

		it.each([
			['an expression in a hard rule', { rules: { values: [{ ...parameters.rules.values[0], conditions: filter(condition('={{ $now }}', 'notEmpty')) }] } }, /Rule 1 uses an expression that hard rules can't read/],
			['a fallback owner who is nobody', { fallbackOwner: 'nobody' }, /fallback owner is not a member/],
			['a team without members', { rules: { values: [parameters.rules.values[0]] }, teams: { values: [{ ...parameters.teams.values[0], members: {} }] } }, /Team 'UK Team' has no members/],
			['a weight of nothing', { rules: {}, teams: { values: [{ ...parameters.teams.values[0], members: { values: [{ name: 'Mia', weight: 0 }] } }] } }, /^Member 1 of team 1/],
			['client settings without a ledger', { settingsFrom: 'client' }, /no client settings/],
		])('refuses %s', async (_, changed, message) => {
			await expect(route([lead(1)], changed)).rejects.toThrow(message);
		});

		it('takes a member as fallback owner by name or address', async () => {
			for (const fallbackOwner of ['zoe', 'ZOE@example.com']) {
				const [[record]] = await route([lead(1, 'FR')], { fallbackOwner });
				expect(routingOf(record).owner?.id).toBe('zoe');
			}
		});

		it('refuses Execute Once', async () => {
			await expect(route([lead(1)], {}, { node: { executeOnce: true } })).rejects.toThrow(/Execute Once/);
		});
	});

	describe('with a ledger', () => {
		it('takes exact turns, also from three runs at once', async () => {
			const storageFolder = freshFolder();
			const runs = await Promise.all([0, 1, 2].map(async (run) => await route(Array.from({ length: 10 }, (_, number) => lead(run * 10 + number)), { ledger: 'embedded' }, { storageFolder })));
			const owners = runs.flatMap(([records]) => ownersOf(records));
			expect(owners).toHaveLength(30);
			for (const id of ['mia', 'tom', 'zoe']) expect(owners.filter((owner) => owner === id)).toHaveLength(10);
		});

		it('gives a rerun what was decided, and takes no second turn', async () => {
			const storageFolder = freshFolder();
			const embedded = { ledger: 'embedded' };
			const [[first]] = await route([lead(1)], embedded, { storageFolder });
			const [[again]] = await route([lead(1, 'FR')], embedded, { storageFolder });
			expect(again.routing).toEqual(first.routing);
			expect(first.submission.state).toBe('assigned');
			expect(again.submission.state).toBe('assigned');
			const [next] = await route([lead(2), lead(3)], embedded, { storageFolder });
			expect(ownersOf([first, ...next])).toEqual(['mia', 'tom', 'zoe']);
		});

		it('keeps the owner for a new enquiry on the same open lead', async () => {
			const storageFolder = freshFolder();
			const second = { ...lead(2), leadId: 'lead-1', personId: 'person-1' };
			const [records] = await route([lead(1), second], { ledger: 'embedded' }, { storageFolder });
			expect(ownersOf(records)).toEqual(['mia', 'mia']);
		});

		it('takes no live turn for a test lead', async () => {
			const storageFolder = freshFolder();
			await route([lead(1, 'GB', { run: { test: true } })], { ledger: 'embedded' }, { storageFolder });
			const [[live]] = await route([lead(2)], { ledger: 'embedded' }, { storageFolder });
			expect(ownersOf([live])).toEqual(['mia']);
		});

		it('trusts the recorded hard decision, not a routing forged on the item', async () => {
			const storageFolder = freshFolder();
			const embedded = { ledger: 'embedded' };
			const [[hard]] = await route([lead(1)], { ...embedded, operation: 'applyHardRules', rules: { values: [parameters.rules.values[0]] } }, { storageFolder });
			const forged = { ...hard, routing: { ...hard.routing, queue: 'Gold', owner: { id: 'mallory', name: 'Mallory', email: null }, hard: { queue: 'Gold', owner: 'mallory' } } } as unknown as IDataObject;
			const [[done]] = await route([forged], { ...embedded, operation: 'finishRouting' }, { storageFolder });
			expect(routingOf(done)).toMatchObject({ queue: 'UK Team', owner: { id: 'mia' } });
		});

		it('does not use the ledger for a lead that Lead Normalize did not capture', async () => {
			const storageFolder = freshFolder();
			const flat = { email: 'x@example.com', country: 'GB' };
			const [[record]] = await route([flat], { ledger: 'embedded' }, { storageFolder });
			expect(routingOf(record)).toMatchObject({ queue: 'UK Team', assignment: 'hash' });
			expect(record.quality.issues[0].code).toBe('NOT_CAPTURED');
		});

		it('gives the least loaded member the lead', async () => {
			const storageFolder = freshFolder();
			const teams = { values: [{ ...parameters.teams.values[0], assignment: 'leastLoaded' }] };
			const [records] = await route([lead(1), lead(2), lead(3)], { ledger: 'embedded', teams }, { storageFolder });
			expect(ownersOf(records)).toEqual(['mia', 'tom', 'zoe']);
		});

		it('does not count the lead itself when it decides a test lead afresh', async () => {
			const storageFolder = freshFolder();
			const teams = { values: [{ ...parameters.teams.values[0], assignment: 'leastLoaded' }] };
			const once = async (): Promise<HandoffRecord[][]> => await route([lead(1, 'GB', { run: { test: true } })], { ledger: 'embedded', teams }, { storageFolder, mode: 'manual' });
			for (let round = 0; round < 3; round++) expect(ownersOf((await once())[0])).toEqual(['mia']);
		});

		it('keeps what an Apply Hard Rules before it fixed, and forgets one that is no longer there', async () => {
			const storageFolder = freshFolder();
			const tested = lead(1, 'GB', { run: { test: true } });
			const inEditor = async (item: IDataObject, operation: string, queue: string): Promise<HandoffRecord> => {
				const rules = { values: [{ ...parameters.rules.values[0], queue }] };
				return (await route([item], { ledger: 'embedded', operation, rules, teams: { values: [{ ...parameters.teams.values[0], name: queue }] } }, { storageFolder, mode: 'manual' }))[0][0];
			};
			const hard = await inEditor(tested, 'applyHardRules', 'Britain');
			expect(routingOf(await inEditor(hard as unknown as IDataObject, 'finishRouting', 'UK Team')).queue).toBe('Britain');
			expect(routingOf(await inEditor(tested, 'route', 'UK Team')).queue).toBe('UK Team');
		});

		it('keeps lead and fields when the ledger fails in the middle of a batch', async () => {
			const storageFolder = freshFolder();
			const context = strictContext({ items: [lead(1)], parameters: { ...parameters, ledger: 'embedded' }, storageFolder, continueOnFail: true });
			const ledger = await openLedger(context);
			jest.spyOn(ledger as never, 'getDecisions' as never).mockRejectedValueOnce(new Error('disk of lead1@example.com') as never);
			const [[{ json, pairedItem }]] = await new RuleRouter().execute.call(context);
			expect(json).toMatchObject({ leadId: 'lead-1', error: expect.stringContaining('Lead 1 could not be handled (Error). ') as string });
			expect(pairedItem).toEqual({ item: 0 });
		});
	});

	describe('a decision table', () => {
		const tabled = { rulesFrom: 'table', tableFrom: 'csv', hitPolicy: 'first', tableCsv: 'Rule,Country,Company Size,Queue\nUK,"UK, IE",,UK Team\nLarge,,>= 500,Demos' };

		it('routes by rows of CSV text, of JSON and of the second input alike', async () => {
			const rows = [{ Rule: 'UK', Country: 'UK, IE', Queue: 'UK Team' }, { Rule: 'Large', 'Company Size': '>= 500', Queue: 'Demos' }];
			for (const [changed, options] of [[tabled, {}], [{ ...tabled, tableFrom: 'json', tableJson: JSON.stringify(rows) }, {}], [{ ...tabled, tableFrom: 'input' }, { otherInputs: { 1: rows } }]] as const) {
				const [records] = await route([lead(1, 'IE'), lead(2, 'FR')], changed, options);
				expect(records.map(({ routing }) => [routing?.queue, routing?.rule.name])).toEqual([['UK Team', 'UK'], ['Unrouted', 'Fallback']]);
			}
		});

		it.each([
			['a bad cell', { tableCsv: 'Country,Company Size,Queue\nAtlantis,>= fifty,A' }, ['Row 1, Country: the cell names no country: Atlantis', 'Row 1, Company Size: the cell has a bound that is no number: fifty']],
			['a row without a queue, and two of one name', { tableCsv: 'Rule,Country,Queue\nUK,UK,\nUK,IE,B' }, ['Row 1 has no queue', 'Rules 1 and 2 have one name']],
			['no rows', { tableCsv: 'Country,Queue' }, ['The table has no rows']],
			['JSON that is none', { tableFrom: 'json', tableJson: '[{' }, ['The table is not a JSON list of rows']],
		])('tells %s before the first lead', async (_, changed, messages) => {
			const failure = await route([lead(1)], { ...tabled, ...changed }).catch((error: unknown) => error as { message: string; description: string }) as { message: string; description: string };
			for (const message of messages) expect(`${failure.message} ${failure.description}`).toContain(message);
		});
	});

	describe('members and teams of the node', () => {
		it('tells unknown zones, time off that can\'t be read or overlaps, and unknown calendars together', async () => {
			const member = (id: string, options: object): object => ({ id, name: id, email: `${id}@example.com`, weight: 1, active: true, options });
			const values = [member('mia', { timeZone: 'Europe/Lundon' }), member('tom', { timeOff: 'next week' }), member('zoe', { timeOff: '2026-12-20..2026-12-28, 2026-12-27..2027-01-02', calendar: 'Office' })];
			const failure = await route([lead(1)], { teams: { values: [{ ...parameters.teams.values[0], members: { values } }] } }).catch((error: unknown) => error as { description: string }) as { description: string };
			for (const part of ['Member 1 of team 1 has an unknown time zone', 'Member 2 of team 1 has time off that can\'t be read', 'Member \'zoe\' has time off twice', 'unknown calendar \'Office\'']) expect(failure.description).toContain(part);
		});

		it('counts a daily cap in the ledger, and says who was full', async () => {
			const storageFolder = freshFolder();
			const values = ['mia', 'tom'].map((id) => ({ id, name: id, email: `${id}@example.com`, weight: 1, active: true, options: id === 'mia' ? { capPerDay: 1 } : {} }));
			const teams = { values: [{ ...parameters.teams.values[0], members: { values } }] };
			const [records] = await route([lead(1), lead(2), lead(3)], { ledger: 'embedded', teams, rules: { values: [parameters.rules.values[0]] } }, { storageFolder });
			expect(ownersOf(records)).toEqual(['mia', 'tom', 'tom']);
			expect(routingOf(records[2]).skipped).toEqual(['mia: 1 of 1 leads today']);
		});

		it('keeps a company with one owner, also in a later run', async () => {
			const storageFolder = freshFolder();
			const teams = { values: [{ ...parameters.teams.values[0], assignment: 'sticky' }] };
			const of = (number: number, companyDomain: string): IDataObject => { const one = lead(number); return { ...one, lead: { ...(one.lead as IDataObject), companyDomain } }; };
			const [first] = await route([of(1, 'acme.example'), of(2, 'globex.example')], { ledger: 'embedded', teams }, { storageFolder });
			const [second] = await route([of(3, 'globex.example'), of(4, 'acme.example'), of(5, 'new.example')], { ledger: 'embedded', teams }, { storageFolder });
			expect([...ownersOf(first), ...ownersOf(second)]).toEqual(['mia', 'tom', 'tom', 'mia', 'zoe']);
		});
	});

	describe('blocked leads', () => {
		const blocking = { ...parameters.rules.values[0], queue: '', options: { block: true } };
		const rules = { values: [blocking, { ...parameters.rules.values[0], name: 'UK too' }] };

		it('have the queue Blocked, an owner and no turn, and Release sends them on once', async () => {
			const storageFolder = freshFolder();
			const embedded = { ledger: 'embedded', rules };
			const [[record]] = await route([lead(1)], embedded, { storageFolder });
			expect(routingOf(record)).toMatchObject({ queue: 'Blocked', blocked: true, owner: { id: 'ops@example.com' } });
			expect(routingOf(record).alarm).toBeUndefined();
			const [[released]] = await route([record as unknown as IDataObject], { ...embedded, operation: 'release' }, { storageFolder });
			expect(routingOf(released)).toMatchObject({ queue: 'UK Team', owner: { id: 'mia' }, assignment: 'rotation' });
			expect(routingOf(released).blocked).toBeUndefined();
			expect(routingOf(released).trace?.[0]).toBe('Released: it was blocked in queue Blocked');
			const [[again]] = await route([record as unknown as IDataObject], { ...embedded, operation: 'release' }, { storageFolder });
			expect(again.routing).toEqual(released.routing);
			const [[other]] = await route([lead(2)], { ledger: 'embedded', rules: { values: [rules.values[1]] } }, { storageFolder });
			expect(ownersOf([other])).toEqual(['tom']);
		});
	});

	describe('Check Rules', () => {
		const check = async (changed: object = {}): Promise<IDataObject[]> => (await route([{}], { operation: 'checkRules', ...changed }))[0] as unknown as IDataObject[];

		it('tells what rules do together, with the rule and a lead of each gap', async () => {
			const values = [parameters.rules.values[0], { ...parameters.rules.values[0], name: 'UK again', queue: 'Demos', assignTo: 'member', member: 'zoe' }];
			const rows = await check({ rules: { values } });
			expect(rows[0]).toMatchObject({ severity: 'summary', message: expect.stringMatching(/^2 rules checked: 0 errors, \d warnings?, \d notes?$/) as string });
			expect(rows).toContainEqual(expect.objectContaining({ severity: 'warning', code: 'RULE_UNREACHABLE', rule: 2, ruleName: 'UK again', otherRules: '1' }));
			expect(rows).toContainEqual(expect.objectContaining({ code: 'RULES_LEAVE_GAP', example: { lead: { country: expect.any(String) as string } } }));
		});

		it('tells errors as rows and does not stop for them', async () => {
			const rows = await check({ fallbackOwner: '', rules: { values: [{ ...parameters.rules.values[0], queue: '' }] } });
			expect(rows.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual(['FALLBACK_OWNER_MISSING', 'RULE_WITHOUT_QUEUE']);
		});

		it('says before each run which rules are never reached', async () => {
			const context = strictContext({ items: [lead(1)], parameters: { ...parameters, rules: { values: [parameters.rules.values[0], { ...parameters.rules.values[0], name: 'UK again' }] } } });
			await new RuleRouter().execute.call(context);
			expect(context.hints.map(({ message }) => message)).toEqual([expect.stringMatching(/^Rule 2 is never reached: rule 1 asks the same\. /)]);
		});
	});

	describe('Simulate', () => {
		const simulate = { operation: 'simulate', ledger: 'embedded', client: 'acme' };

		it('compares saved settings with the rules of the node on leads of the ledger, and writes nothing', async () => {
			const client = await withClient();
			const real = { settingsFrom: 'client', ledger: 'embedded' };
			const [routed] = await route([lead(1, 'GB', { client: 'acme' }), lead(2, 'FR', { client: 'acme' }), lead(3, 'GB', { client: 'acme' })], real, client);
			const context = { ...client };
			const incoming = routed as unknown as IDataObject[];
			const other = { ...parameters.rules.values[0], name: 'France', queue: 'France', assignTo: 'member', member: 'ops', conditions: filter(condition('={{ $json.lead.country }}', 'equals', 'France')) };
			const changed = { ...simulate, settingsFrom: 'node', teams: {}, fallbackOwner: '', rules: { values: [parameters.rules.values[0], other] }, leadsFrom: 'input' };
			const [rows] = await route(incoming, { ...changed, show: 'leads' }, context) as unknown as IDataObject[][];
			expect(rows.map(({ ownerBefore, ownerAfter, queueAfter, differences }) => [ownerBefore, ownerAfter, queueAfter, differences])).toEqual([
				['mia', 'mia', 'UK Team', 'SLA policy Fast → none'], ['ops', 'ops', 'France', 'queue Unrouted → France; rule Fallback → France'], ['tom', 'tom', 'UK Team', 'SLA policy Fast → none'],
			]);
			const [shares] = await route(incoming, { ...changed, show: 'shares' }, context) as unknown as IDataObject[][];
			expect(shares[0]).toMatchObject({ row: 'summary', leads: 3, changed: 3, changedQueue: 1, gapsBefore: 1, gapsAfter: 0 });
			expect(shares.slice(1)).toContainEqual(expect.objectContaining({ owner: 'mia', before: 1, after: 1, afterPercent: 33.3 }));
			// the next real lead has the turn that it would have had anyway
			const [[next]] = await route([lead(4, 'GB', { client: 'acme' })], real, client);
			expect(ownersOf([next])).toEqual(['mia']);
		});

		it('compares two saved versions', async () => {
			const client = await withClient();
			const ledger = await openLedger(strictContext({ items: [], parameters: { ledger: 'embedded' }, ...client }));
			const settings = clientSettings();
			await ledger?.saveSettings({ client: 'acme', settings: { ...settings, rules: [{ ...settings.rules[0], owner: 'ops' }] }, at: '2026-11-21T18:30:00.000Z' });
			const [rows] = await route([lead(1, 'GB', { client: 'acme' })], { ...simulate, settingsFrom: 'client', leadsFrom: 'input', show: 'changed' }, client) as unknown as IDataObject[][];
			expect(rows).toEqual([expect.objectContaining({ ownerBefore: 'mia', ownerAfter: 'ops', differences: 'owner mia → ops' })]);
			await expect(route([lead(1, 'GB', { client: 'acme' })], { ...simulate, settingsFrom: 'client', leadsFrom: 'input', oldVersion: 9 }, client)).rejects.toThrow('There is no version 9 of these client settings');
		});
	});

	it('tells every rule for audit when asked to', async () => {
		const [[record]] = await route([lead(1, 'FR')], { options: { trace: 'everyRule' } });
		expect(routingOf(record).trace).toContain('Rule 1 "UK" (hard) did not match: it asks that country is United Kingdom (France)');
	});

	describe('with client settings', () => {
		const byClient = { settingsFrom: 'client', ledger: 'embedded' };

		it('routes by the client\'s rules and puts their version on the lead', async () => {
			const client = await withClient();
			const [[record]] = await route([lead(1, 'GB', { client: 'acme' })], byClient, client);
			expect(record).toMatchObject({ settingsVersion: 1, routing: { queue: 'UK Team', slaPolicy: 'Fast', owner: { id: 'mia' }, assignment: 'rotation' } });
		});

		it('takes teams and fallback owner of the client when the node has none', async () => {
			const client = await withClient();
			const [records] = await route([lead(1, 'GB', { client: 'acme' }), lead(2, 'FR', { client: 'acme' })], { ...byClient, settingsFrom: 'node', teams: {}, fallbackOwner: '', rules: { values: [parameters.rules.values[0]] } }, client);
			expect(ownersOf(records)).toEqual(['mia', 'ops']);
		});

		it('goes on with a lead that names no client, by this node\'s settings or with an issue', async () => {
			const client = await withClient();
			const items = [lead(1, 'GB', { client: 'acme' }), { email: 'x@example.com', country: 'GB' }];
			const [[, byNode]] = await route(items, { ...byClient, settingsFrom: 'node' }, client);
			expect(byNode).toMatchObject({ routing: { queue: 'UK Team', owner: { id: expect.any(String) as string } } });
			const [[named, unnamed]] = await route(items, byClient, client);
			expect(named).toMatchObject({ routing: { queue: 'UK Team', owner: { id: 'mia' } } });
			expect(unnamed).toMatchObject({ routing: { queue: 'Unrouted', tier: 'fallback', alarm: expect.stringContaining('names no client') as string } });
			expect(unnamed.quality.issues.map(({ code }) => code)).toEqual(['NOT_CAPTURED', 'CLIENT_MISSING']);
			// the next node knows as well that no ledger knows this lead
			const [[after]] = await route([unnamed as unknown as IDataObject], { ...byClient, operation: 'finishRouting' }, client);
			expect(after).toMatchObject({ leadId: unnamed.leadId, routing: { queue: 'Unrouted' } });
			expect(after.quality.issues.map(({ code }) => code)).toEqual(['NOT_CAPTURED', 'CLIENT_MISSING']);
		});

		it('goes on with a captured lead that lost its client on the way', async () => {
			const item = { ...lead(1, 'GB'), client: null };
			const [[record]] = await route([item], { ...byClient, settingsFrom: 'node' }, await withClient());
			expect(record).toMatchObject({ leadId: 'lead-1', routing: { queue: 'UK Team' }, quality: { issues: [expect.objectContaining({ field: 'client', code: 'NOT_CAPTURED' })] } });
		});

		it('stops for a client that is not set up, before any lead', async () => {
			const client = await withClient();
			await expect(route([lead(1, 'GB', { client: 'acme' }), lead(2, 'GB', { client: 'acmee' })], byClient, client)).rejects.toThrow('Client \'acmee\' is not set up');
		});
	});
});
