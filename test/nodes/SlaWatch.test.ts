import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { closeLedgers, openLedger } from '../../nodes/host/openLedger';
import type { HandoffRecord, Routing, Sla } from '../../nodes/lead/handoffRecord';
import { emptyLeadFields } from '../../nodes/lead/handoffRecord';
import type { Ledger } from '../../nodes/ledger/ledger';
import { settleOverdueClocks } from '../../nodes/host/settleClocks';
import { stopClocks } from '../../nodes/host/stopClocks';
import { checkOutputs, slaWatchOutputs } from '../../nodes/SlaWatch/outputs';
import { properties } from '../../nodes/SlaWatch/properties';
import { SlaWatch } from '../../nodes/SlaWatch/SlaWatch.node';
import { firm, routedLead } from '../lead/activate/activateFixtures';
import { newLead } from '../ledger/samples';
import { strictContext, type StrictContextOptions } from '../support/strictContext';

let storageFolder: string;
let ledger: Ledger;
let count = 0;

beforeEach(async () => {
	storageFolder = mkdtempSync(join(tmpdir(), 'lead-handoff-sla-watch-'));
	ledger = await openLedger(strictContext({ items: [], storageFolder })) as Ledger;
	await ledger.saveSettings({ client: 'acme', settings: firm(), at: '2026-11-01T00:00:00.000Z' });
});
afterEach(closeLedgers);
afterAll(closeLedgers);

type Options = Omit<Partial<StrictContextOptions>, 'items'> & { items?: object[] };

/** Runs one operation with the defaults of the panel; what reads `$json` is read from the item, as n8n would. */
async function runNode(operation: string, parameters: Record<string, unknown> = {}, { items = [{}], ...options }: Options = {}) {
	const fromItem = (path: string) => (itemIndex: number) => path.split('.').reduce<unknown>((value, part) => (value as IDataObject | undefined)?.[part], items[itemIndex]) ?? '';
	const defaults = Object.fromEntries(properties.filter(isShown(operation)).map(({ name, default: value }) => {
		const [, path] = /^=\{\{ \$json\.(.+) \}\}$/.exec(String(value)) ?? [];
		return [name, path === undefined ? value : fromItem(path)];
	}));
	const ctx = strictContext({ storageFolder, ...options, items: items as IDataObject[], parameters: { ...defaults, operation, ...parameters } });
	const [left] = await new SlaWatch().execute.call(ctx);
	return { left, json: left.map(({ json }) => json as Record<string, never> & IDataObject), hints: ctx.hints };
}

function isShown(operation: string) {
	return ({ displayOptions }: INodeProperties) => (displayOptions?.show?.operation as string[] | undefined)?.includes(operation) ?? true;
}

/** A lead of Acme that came through the nodes before this one. */
async function capturedLead(change: Record<string, unknown> = {}, receivedAt?: string, test = true): Promise<HandoffRecord> {
	const id = `lead-${++count}`;
	const record = routedLead({ run: { test }, ...change }, receivedAt);
	const { submissionId, leadId, personId } = await newLead(ledger, { test, at: record.submission.receivedAt, submissionId: `submission-${id}`, leadId: id, personId: `person-${id}` });
	return { ...record, leadId, personId, submission: { ...record.submission, id: submissionId, key: submissionId } };
}

const start = async (record: HandoffRecord, asOf = '2026-11-20T18:30:05Z') =>
	(await runNode('start', { options: { asOf } }, { items: [record] })).json[0] as unknown as HandoffRecord & { sla: Sla };
const checkAt = async (asOf: string, options: IDataObject = {}) => (await runNode('check', { options: { asOf, testLeads: true, ...options } })).json as unknown as Alert[];

interface Alert {
	client: string;
	leadId: string;
	status: string;
	step: { id: string; name: string; claimToken: string; attempt: number; notify: string; who: { name: string; email: string; slackId: string | null } | null };
	text: string;
	minutesLeft: number;
	dueAt: string;
	nextCheckAt: string;
	because: string[];
	owner: { name: string };
	preview?: boolean;
}

describe('Start', () => {
	it('gives a Friday evening lead until Monday 09:15, and keeps the rest of the record', async () => {
		const record = await capturedLead();
		const { sla, ...rest } = await start(record);
		expect(sla).toMatchObject({ policy: 'Standard', clock: 'First Response', startedAt: '2026-11-20T18:30:00.000Z', startedFrom: 'receivedAt', warnAt: '2026-11-23T09:10:00.000Z', dueAt: '2026-11-23T09:15:00.000Z', status: 'running', elapsedMinutes: 0, remainingMinutes: 15, nextCheckAt: '2026-11-23T09:10:00.000Z' });
		expect(sla.because).toContain('open Mon–Fri 09:00–17:30 Europe/London: 15 min from Mon 23 Nov 09:00');
		expect(rest).toEqual({ ...record, submission: { ...record.submission, state: 'activated' }, settingsVersion: 1 });
		expect(await ledger.getLead({ client: 'acme', test: true }, { leadId: record.leadId })).toMatchObject({ state: 'activated', clock: { status: 'running', dueAt: sla.dueAt }, decisions: { activate: { sla: { clockId: sla.clockId } } } });
	});

	it('gives the same clock when the lead is run again, as it stands then', async () => {
		const record = await capturedLead();
		const first = await start(record);
		const again = await start({ ...record, match: { verdict: 'resend', externalIds: {}, score: 1, because: ['same submission'], candidates: [], mergePlan: [] } }, '2026-11-23T09:12:00Z');
		expect(again.sla).toEqual({ ...first.sla, status: 'at_risk', elapsedMinutes: 12, remainingMinutes: 3, nextCheckAt: '2026-11-23T09:12:00.000Z' });
	});

	it('keeps the clock of a lead that enquires again, and says so', async () => {
		const first = await start(await capturedLead());
		const secondDelivery = await capturedLead({}, '2026-11-23T09:05:00.000Z');
		const again = await start({ ...secondDelivery, leadId: first.leadId }, '2026-11-23T09:05:00Z');
		expect(again.sla).toMatchObject({ clockId: first.sla.clockId, startedAt: first.sla.startedAt, dueAt: first.sla.dueAt });
		expect(again.sla.because.at(-1)).toContain('a new enquiry does not restart');
	});

	it('starts the clock of a blocked lead, and alerts nobody until it is released', async () => {
		const lead = await start(await capturedLead({ routing: { ...routedLead().routing, blocked: true } }));
		expect(lead.sla).toMatchObject({ status: 'running', nextCheckAt: null, because: expect.arrayContaining([expect.stringContaining('blocked')]) });
		expect(await checkAt('2026-11-23T12:00:00Z')).toEqual([]);
		const scope = { client: 'acme', test: true, submissionId: lead.submission.id };
		const routing = lead.routing as Routing;
		await ledger.recordDecision({ ...scope, leadId: lead.leadId, stage: 'route', at: '2026-11-20T18:30:05.000Z', section: { routing } });
		const theo = { id: 'theo', name: 'Theo Park', email: 'theo@acme.example' };
		expect(await ledger.releaseLead({ ...scope, at: '2026-11-23T12:00:00.000Z', routing: { ...routing, blocked: undefined, owner: theo } })).toEqual({ status: 'released' });
		expect(await checkAt('2026-11-23T12:01:00Z')).toMatchObject([{ leadId: lead.leadId, status: 'breached', owner: { name: 'Theo Park' } }, { leadId: lead.leadId }]);
	});

	it('starts a clock for a lead without an owner and names the node that is missing', async () => {
		const { sla, quality } = await start(await capturedLead({ routing: undefined }));
		expect(sla.policy).toBe('Standard');
		expect(quality.issues).toMatchObject([{ code: 'NOT_ROUTED' }]);
	});

	it('lets every lead leave exactly once, linked to its input', async () => {
		const leads = [await capturedLead(), { email: 'jo@northwind.example', client: 'acme' }, { client: 'acme' }, await capturedLead()];
		const { left } = await runNode('start', {}, { items: leads });
		expect(left.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }, { item: 3 }]);
		expect(left.every(({ json }) => (json.sla as unknown as Sla).policy === 'Standard')).toBe(true);
	});

	it('works from a flat item alone, with the issues that this brings', async () => {
		const { json: [lead] } = await runNode('start', {}, { items: [{ client: 'acme', email: 'jo@northwind.example' }] });
		const issues = (lead as unknown as HandoffRecord).quality.issues.map(({ code }) => code);
		expect(issues).toEqual(expect.arrayContaining(['NOT_CAPTURED', 'RECEIVED_AT_MISSING', 'NOT_ROUTED']));
		expect(await ledger.listLeads({ client: 'acme', test: false, limit: 10 })).toEqual([]);
	});

	it('works without a ledger from the settings in the node', async () => {
		const parameters = { ledger: 'none', settingsFrom: 'node', hours: '9:00 – 12:00, 13:00-17:00', timeZone: 'Europe/Berlin', options: { asOf: '2026-11-23T10:50:00Z' } };
		const item = { client: 'acme', email: 'jo@northwind.example', receivedAt: '2026-11-23T10:50:00Z' };
		const { json: [lead] } = await runNode('start', parameters, { items: [item] });
		expect(lead.sla).toMatchObject({ policy: 'First Response', dueAt: '2026-11-23T12:05:00.000Z', because: expect.arrayContaining(['open Mon–Fri 09:00–12:00, 13:00–17:00 Europe/Berlin: 15 min from Mon 23 Nov 11:50']) });
		const { json: [again] } = await runNode('start', { ...parameters, options: { asOf: '2026-11-23T12:04:00Z' } }, { items: [{ ...lead, email: 'jo@northwind.example' }] });
		expect(again.sla).toMatchObject({ startedAt: '2026-11-23T10:50:00.000Z', status: 'at_risk', remainingMinutes: 1 });
	});

	it('goes on with a lead that names no client, by this node\'s settings or with an issue', async () => {
		const flat = { email: 'jo@northwind.example', receivedAt: '2026-11-23T10:50:00Z' };
		const items = [flat, await capturedLead()];
		const { json: [unnamed, named] } = await runNode('start', {}, { items });
		expect(unnamed.sla).toBeUndefined();
		expect((unnamed as unknown as HandoffRecord).quality.issues.map(({ code }) => code)).toEqual(['NOT_CAPTURED', 'CLIENT_MISSING']);
		expect(named).toMatchObject({ sla: { policy: 'Standard' } });
		const { json: [byNode] } = await runNode('start', { settingsFrom: 'node' }, { items });
		expect(byNode).toMatchObject({ sla: { policy: 'First Response' } });
	});

	it('starts a test lead\'s clock anew in the editor when it differs, and keeps a live one\'s', async () => {
		await ledger.saveSettings({ client: 'acme', settings: firm({ calendars: [{ name: 'Office', alwaysOpen: true }], teams: [] }), at: '2026-11-01T00:00:00.000Z' });
		const [live, test] = [await capturedLead({}, new Date().toISOString(), false), await capturedLead()];
		const startBoth = async (firstResponseMinutes: number) =>
			(await runNode('start', { settingsFrom: 'node', open: 'always', firstResponseMinutes }, { items: [live, test], mode: 'manual' })).json.map(({ sla }) => sla as unknown as Sla);
		const minutesOf = ({ startedAt, dueAt }: Sla) => (Date.parse(dueAt) - Date.parse(startedAt)) / 60_000;
		const [first, same, slower] = [await startBoth(30), await startBoth(30), await startBoth(60)];
		expect([first, same, slower].map((slas) => slas.map(minutesOf))).toEqual([[30, 30], [30, 30], [30, 60]]);
		expect(same.map(({ clockId }) => clockId)).toEqual(first.map(({ clockId }) => clockId));
		expect(slower[0].clockId).toBe(first[0].clockId);
		expect(await ledger.getDecision({ client: 'acme', test: true }, test.submission.id, 'activate')).toMatchObject({ sla: { dueAt: slower[1].dueAt } });
	});

	it('gives at most 12 flat columns when simplified', async () => {
		const { json: [row] } = await runNode('start', { output: 'simplified' }, { items: [await capturedLead()] });
		expect(Object.keys(row).length).toBeLessThanOrEqual(12);
		expect(row).toMatchObject({ owner: 'Mia Stone', dueAt: '2026-11-23T09:15:00.000Z' });
	});
});

describe('Check', () => {
	it('has nothing to say before the warning, and needs no lead as input', async () => {
		await start(await capturedLead());
		expect(await checkAt('2026-11-23T09:09:59Z')).toEqual([]);
	});

	it('follows a lead through warning, breach and escalation, each told once when confirmed', async () => {
		const { leadId } = await start(await capturedLead({ lead: { ...emptyLeadFields(), fullName: '<!channel> Jane Doe', company: 'Northwind' } }));
		const confirm = async (alerts: Alert[]) => (await runNode('confirmStep', {}, { items: alerts })).json;

		const atRisk = await checkAt('2026-11-23T09:11:00Z');
		expect(atRisk).toMatchObject([{
			client: 'acme', leadId, status: 'at_risk', minutesLeft: 4, dueAt: '2026-11-23T09:15:00.000Z', owner: { name: 'Mia Stone' },
			step: { name: 'Remind Owner', attempt: 1, notify: 'owner', who: { name: 'Mia Stone', email: 'mia@acme.example', slackId: 'U0MIA' } },
			text: 'At risk: !channel Jane Doe (Northwind) has no answer yet, 4 min left (due Mon 23 Nov 09:15 Europe/London). Owner: Mia Stone.',
		}]);
		expect(await confirm(atRisk)).toMatchObject([{ confirmed: true, leadId }]);
		expect(await checkAt('2026-11-23T09:15:00Z')).toEqual([]);

		const breached = await checkAt('2026-11-23T09:15:01Z');
		expect(breached).toMatchObject([{ status: 'breached', step: { name: 'Tell Manager', who: { name: 'Noor Khan' } } }]);
		await confirm(breached);
		expect(await checkAt('2026-11-23T09:24:00Z')).toEqual([]);
		const later = await checkAt('2026-11-23T09:25:00Z');
		expect(later).toMatchObject([{ status: 'breached', minutesLeft: -10, step: { name: 'Tell Fallback', who: { name: 'Theo Park' } } }]);
		await confirm(later);
		expect(await checkAt('2027-01-04T09:25:00Z')).toEqual([]);
		expect(await ledger.getClock({ client: 'acme', test: true }, leadId, 'First Response')).toMatchObject({ status: 'breached', nextCheckAt: null });
	});

	it('sends each alert once out of 20 checks at the same time', async () => {
		for (let lead = 0; lead < 5; lead++) await start(await capturedLead());
		const sweeps = await Promise.all(Array.from({ length: 20 }, () => checkAt('2026-11-23T09:11:00Z')));
		const steps = sweeps.flat().map(({ step }) => step.id);
		expect(steps).toHaveLength(5);
		expect(new Set(steps).size).toBe(5);
	});

	it('sends an alert that nobody confirmed again, at most three times, and then tells the fallback owner', async () => {
		const { leadId } = await start(await capturedLead());
		const seen: Alert[] = [];
		let asOf = Date.parse('2026-11-23T09:11:00Z');
		// the lease ends by the database's own clock, so the sweeps go on until it has
		for (let sweep = 0; sweep < 400 && seen.length < 4; sweep++) {
			seen.push(...await checkAt(new Date(asOf).toISOString(), { alertLeaseMinutes: 0.0005 }));
			asOf += 100;
		}
		expect(seen.map(({ step }) => [step.name, step.attempt])).toEqual([['Remind Owner', 1], ['Remind Owner', 2], ['Remind Owner', 3], ['Remind Owner (Not Confirmed)', 1]]);
		expect(seen[3]).toMatchObject({ leadId, step: { who: { name: 'Theo Park' } }, text: expect.stringContaining('The alert Remind Owner was sent and never confirmed.') });
		// a claim that was taken over can't confirm any more
		const { json } = await runNode('confirmStep', {}, { items: [seen[0], seen[2], { ...seen[3], step: null }] });
		expect(json.map(({ confirmed }) => confirmed)).toEqual([false, true, false]);
	});

	it('only previews in a run by hand: nothing is claimed or written', async () => {
		const { leadId } = await start(await capturedLead());
		const before = await ledger.getClock({ client: 'acme', test: true }, leadId, 'First Response');
		const { json, hints } = await runNode('check', { options: { asOf: '2026-11-23T09:30:00Z', testLeads: true } }, { mode: 'manual' });
		expect(json).toMatchObject([
			{ leadId, preview: true, step: { name: 'Tell Manager', id: null, claimToken: null, attempt: 0 } },
			{ leadId, preview: true, step: { name: 'Tell Fallback', id: null } },
		]);
		expect(hints[0].message).toContain('Preview: 2 alerts');
		expect(await ledger.getClock({ client: 'acme', test: true }, leadId, 'First Response')).toEqual(before);
		expect(await checkAt('2026-11-23T09:30:00Z')).toHaveLength(2);
	});

	it('never shows test leads in a live check, nor live leads in one of test leads', async () => {
		await ledger.saveSettings({ client: 'acme', settings: firm({ calendars: [{ name: 'Office', alwaysOpen: true }], teams: [] }), at: '2026-11-01T00:00:00.000Z' });
		const longAgo = new Date(Date.now() - 3 * 3_600_000).toISOString();
		const live = await capturedLead({}, longAgo, false);
		const test = await capturedLead({}, longAgo);
		await runNode('start', {}, { items: [live, test] });
		expect((await runNode('check')).json).toMatchObject([{ leadId: live.leadId, run: { test: false } }, { leadId: live.leadId }]);
		expect((await runNode('check', { options: { testLeads: true } })).json.map(({ leadId }) => leadId)).toEqual([test.leadId, test.leadId]);
	});

	it('checks one client or all', async () => {
		await ledger.saveSettings({ client: 'globex', settings: firm(), at: '2026-11-01T00:00:00.000Z' });
		await start(await capturedLead());
		const at = { asOf: '2026-11-23T09:11:00Z', testLeads: true };
		expect((await runNode('check', { clients: 'one', client: 'globex', options: at })).json).toEqual([]);
		expect((await runNode('check', { clients: 'one', client: ' ACME ', options: at })).json).toHaveLength(1);
	});

	it('links each alert to the trigger item, and is allowed to execute once', async () => {
		await start(await capturedLead());
		const { left } = await runNode('check', { options: { asOf: '2026-11-23T09:30:00Z', testLeads: true } }, { node: { executeOnce: true } });
		expect(left.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
	});

	it('gives a failure as an item when the node is set to continue', async () => {
		const { left } = await runNode('check', { clients: 'one', client: 'nobody' }, { continueOnFail: true });
		expect(left).toEqual([{ json: { error: expect.stringContaining('Client \'nobody\' is not set up. ') as string }, pairedItem: { item: 0 } }]);
	});

	it('recomputes the clock that an item carries when there is no ledger', async () => {
		const lead = await start(await capturedLead());
		const parameters = { ledger: 'none', timeZone: 'Europe/London', options: { asOf: '2026-11-23T09:20:00Z' } };
		const { json } = await runNode('check', parameters, { items: [lead, { email: 'jo@northwind.example' }] });
		expect(json[0].sla).toMatchObject({ status: 'breached', elapsedMinutes: 20, remainingMinutes: -5 });
		const alertsAt = async (asOf: string, record: object = lead) => (await runNode('check', { ...parameters, options: { asOf } }, { items: [record] })).json[0].alerts as { key: string }[];
		expect(json[0].alerts).toMatchObject([{ name: 'Breached', notify: 'manager', toldAs: 'owner', who: { name: 'Mia Stone' }, text: expect.stringMatching(/^Overdue: Jane Doe .* 5 min past/) as string }]);
		// the operator stores the key: it is the same in every check, and another for each step
		expect((await alertsAt('2026-11-23T09:50:00Z')).map(({ key }) => key)).toEqual((json[0].alerts as unknown as { key: string }[]).map(({ key }) => key));
		expect((await alertsAt('2026-11-23T09:11:00Z'))[0].key).toBe(`${lead.leadId} | First Response | 2026-11-20T18:30:00.000Z | At Risk`);
		expect([await alertsAt('2026-11-23T09:00:00Z'), await alertsAt('2026-11-23T09:50:00Z', { ...lead, sla: { ...lead.sla, status: 'met' } })]).toEqual([[], []]);
		expect(json[1]).toEqual({ email: 'jo@northwind.example', clock: 'This item carries no clock: put SLA Watch (operation Start) before this node' });
	});
});

describe('Record Response', () => {
	const respond = async (record: object, parameters: Record<string, unknown> = {}) => (await runNode('recordResponse', parameters, { items: [record] })).json[0];

	it.each([
		['meets the clock', '2026-11-23T09:15:00Z', 'met', 15],
		['meets it late', '2026-11-23T09:40:00Z', 'met_late', 40],
		['meets it before opening, with no minute used', '2026-11-21T10:00:00Z', 'met', 0],
	])('%s and ends the alerts', async (_name, answeredAt, status, elapsedMinutes) => {
		const lead = await start(await capturedLead());
		const left = await respond(lead, { answeredAt, answeredBy: 'mia', channel: 'call' });
		expect(left).toMatchObject({ leadId: lead.leadId, response: { recorded: true, outcome: status }, sla: { status, elapsedMinutes, nextCheckAt: null } });
		expect(await ledger.getClock({ client: 'acme', test: true }, lead.leadId, 'First Response')).toMatchObject({ status, elapsedMinutes, respondedBy: 'mia', nextCheckAt: null });
		expect(await checkAt('2026-11-23T12:00:00Z')).toEqual([]);
		const story = await ledger.getLead({ client: 'acme', test: true }, { leadId: lead.leadId });
		expect(story?.events.filter(({ type }) => type === 'contacted')).toMatchObject([{ by: 'mia', detail: { channel: 'call' } }]);
	});

	it.each([{ leadId: { toString: 1 } }, { answeredAt: { toString: 1 } }, { answeredBy: { toString: 1 }, channel: [] }])('takes what no text can be made of for nothing: %j', async (changed) => {
		const lead = await start(await capturedLead());
		expect(await respond(lead, changed)).toMatchObject({ response: { outcome: expect.any(String) as string } });
	});

	it('counts only the first answer, also of two at the same time', async () => {
		const lead = await start(await capturedLead());
		const both = await Promise.all(['2026-11-23T09:05:00Z', '2026-11-23T09:50:00Z'].map((answeredAt) => respond(lead, { answeredAt })));
		expect(both.map(({ response }) => (response as IDataObject).recorded).sort()).toEqual([false, true]);
		expect(both[0].sla).toEqual(both[1].sla);
		expect(await respond(lead, { answeredAt: '2026-11-23T09:01:00Z' })).toMatchObject({ response: { recorded: false, outcome: 'already' }, sla: both[0].sla as object });
	});

	it('goes on after a run that died between the event and the clock', async () => {
		const lead = await start(await capturedLead());
		const died = { client: 'acme', test: true, leadId: lead.leadId, type: 'contacted', at: '2026-11-23T09:05:00.000Z', by: 'mia', detail: { clockId: lead.sla.clockId }, onceKey: `firstAnswer:${lead.sla.clockId}` };
		await ledger.recordEvent(died);
		await respond(lead, { answeredAt: '2026-11-23T09:50:00Z', answeredBy: 'noor' });
		expect(await ledger.getClock({ client: 'acme', test: true }, lead.leadId, 'First Response')).toMatchObject({ status: 'met', respondedAt: died.at, respondedBy: 'mia' });
	});

	it.each([
		['is an automatic reply', { automaticReply: true }, 'automatic'],
		['lies before the start', { answeredAt: '2026-11-20T18:29:59Z' }, 'beforeStart'],
		['has no readable moment', { answeredAt: 'yesterday' }, 'notReadable'],
		['is for a lead without a clock', { leadId: 'unknown' }, 'noClock'],
		['names no lead', { leadId: '' }, 'noClock'],
	])('leaves the clock alone when the answer %s', async (_name, parameters, outcome) => {
		const lead = await start(await capturedLead());
		expect(await respond(lead, parameters)).toMatchObject({ leadId: lead.leadId, response: { recorded: false, outcome, why: expect.any(String) } });
		expect(await ledger.getClock({ client: 'acme', test: true }, lead.leadId, 'First Response')).toMatchObject({ status: 'running', respondedAt: null });
	});

	it('leaves a live clock alone when the answer lies in the future', async () => {
		const record = await capturedLead({}, new Date(Date.now() - 60_000).toISOString(), false);
		const { json: [lead] } = await runNode('start', {}, { items: [record] });
		expect(await respond(lead, { answeredAt: '2099-01-01T09:00:00Z' })).toMatchObject({ response: { recorded: false, outcome: 'inFuture' } });
	});

	it('works on the clock of the item when there is no ledger', async () => {
		const lead = await start(await capturedLead());
		const met = await respond(lead, { ledger: 'none', answeredAt: '2026-11-23T09:05:00Z', timeZone: 'Europe/London' });
		expect(met).toMatchObject({ response: { recorded: true, outcome: 'met' }, sla: { status: 'met', elapsedMinutes: 5, nextCheckAt: null } });
		expect(await respond(met, { ledger: 'none', answeredAt: '2026-11-23T09:50:00Z' })).toMatchObject({ response: { outcome: 'already' }, sla: { status: 'met' } });
		expect(await respond({}, { ledger: 'none', answeredAt: '2026-11-23T09:50:00Z' })).toMatchObject({ response: { outcome: 'noClock' } });
	});
});

describe('Pause and Resume', () => {
	const change = async (operation: string, record: { leadId: string; client: string }, parameters: Record<string, unknown> = {}) => (await runNode(operation, parameters, { items: [record] })).json[0];
	// a clock that is counted round the clock and started a moment ago, because these operations work as of now
	const openLead = async () => {
		await ledger.saveSettings({ client: 'acme', settings: firm({ calendars: [{ name: 'Office', alwaysOpen: true }], teams: [] }), at: '2026-11-01T00:00:00.000Z' });
		const { json: [lead] } = await runNode('start', {}, { items: [await capturedLead({}, new Date(Date.now() - 14 * 60_000).toISOString())] });
		return lead as unknown as HandoffRecord & { sla: Sla };
	};
	const testCheck = async () => (await runNode('check', { options: { testLeads: true } })).json;

	it('lets the clock stand still, sends no alert, and goes on with the time that was left', async () => {
		const lead = await openLead();
		expect(await change('pause', lead, { reason: 'asked for a call next week', by: 'mia' })).toMatchObject({ clock: { changed: true, outcome: 'paused' }, sla: { status: 'paused', nextCheckAt: null } });
		expect(await testCheck()).toEqual([]);
		expect(await change('pause', lead)).toMatchObject({ clock: { changed: false, outcome: 'already' } });
		const resumed = await change('resume', lead);
		expect(resumed).toMatchObject({ clock: { changed: true, outcome: 'resumed' }, sla: { status: 'at_risk' } });
		expect(await testCheck()).toMatchObject([{ leadId: lead.leadId, step: { name: 'Remind Owner' } }]);
		const story = await ledger.getLead({ client: 'acme', test: true }, { leadId: lead.leadId });
		expect(story?.events.map(({ type, by, detail }) => [type, by, detail.reason])).toEqual([['clockPaused', 'mia', 'asked for a call next week'], ['clockResumed', null, undefined]]);
	});

	it('ends a pause by itself in the check after its end', async () => {
		const lead = await openLead();
		const until = new Date(Date.now() + 3_600_000).toISOString();
		expect(await change('pause', lead, { pauseUntil: until })).toMatchObject({ sla: { status: 'paused', nextCheckAt: until } });
		expect(await checkAt(new Date(Date.now() + 1_800_000).toISOString())).toEqual([]);
		expect(await checkAt(new Date(Date.now() + 3_600_000 + 30_000).toISOString())).toMatchObject([{ leadId: lead.leadId, status: 'at_risk' }]);
		const [clock] = await ledger.listClocks({ client: 'acme', test: true }, lead.leadId);
		expect(clock.pauses).toMatchObject([{ to: until }]);
	});

	it.each([
		['a pause that ends in the past', { pauseUntil: '2020-01-01T00:00:00Z' }, 'notReadable'],
		['a pause whose end is no moment', { pauseUntil: 'next week' }, 'notReadable'],
		['a lead without a clock', { leadId: 'unknown' }, 'noClock'],
	])('leaves the clock alone for %s', async (_name, parameters, outcome) => {
		expect(await change('pause', await openLead(), parameters)).toMatchObject({ clock: { changed: false, outcome } });
	});

	it('closes a lead once, and no alert is sent any more', async () => {
		const lead = await openLead();
		expect(await change('close', lead, { reason: 'wrong number' })).toMatchObject({ clock: { changed: true, outcome: 'closed' } });
		expect(await change('close', lead)).toMatchObject({ clock: { changed: false, outcome: 'already' } });
		expect(await checkAt(new Date(Date.now() + 86_400_000).toISOString())).toEqual([]);
		expect(await ledger.getLead({ client: 'acme', test: true }, { leadId: lead.leadId })).toMatchObject({ status: 'closed' });
	});
});

describe('more clocks than one', () => {
	const settings = firm({ slaPolicies: [{ name: 'Hot', firstResponseMinutes: 15, clocks: [{ name: 'Acceptance', minutes: 60, stopsWith: 'accepted' }, { name: 'Next Touch', minutes: 120, startsWith: 'firstResponse', stopsWith: 'contacted' }] }] });
	const stateOf = async (leadId: string) => (await ledger.listClocks({ client: 'acme', test: true }, leadId)).map(({ name, status }) => [name, status]);

	it('start with the handoff or the first answer, and each is stopped by what it waits for', async () => {
		await ledger.saveSettings({ client: 'acme', settings, at: '2026-11-01T00:00:00.000Z' });
		const lead = await start(await capturedLead());
		expect(lead.sla.otherClocks).toEqual([{ clock: 'Acceptance', dueAt: '2026-11-23T10:00:00.000Z', status: 'running' }]);
		await runNode('recordResponse', { answeredAt: '2026-11-23T09:05:00Z' }, { items: [lead] });
		expect(await stateOf(lead.leadId)).toEqual([['Acceptance', 'running'], ['First Response', 'met'], ['Next Touch', 'running']]);
		const { json: [second] } = await runNode('recordResponse', { answeredAt: '2026-11-23T10:05:00Z' }, { items: [lead] });
		expect(second).toMatchObject({ response: { outcome: 'already', why: expect.stringContaining('stopped the clock Next Touch') } });
		expect(await stateOf(lead.leadId)).toEqual([['Acceptance', 'running'], ['First Response', 'met'], ['Next Touch', 'met']]);
		expect(await checkAt('2026-11-23T10:30:00Z')).toMatchObject([{ clock: 'Acceptance', status: 'breached', text: expect.stringContaining('waits for Acceptance') }]);
		const at = Date.parse('2026-11-23T11:00:00Z');
		await stopClocks(ledger, { client: 'acme', test: true }, lead.leadId, 'accepted', { at, by: 'mia' }, () => 'id');
		expect(await stateOf(lead.leadId)).toEqual([['Acceptance', 'met_late'], ['First Response', 'met'], ['Next Touch', 'met']]);
	});
});

describe('giving a lead on', () => {
	const team = (change: Record<string, unknown> = {}, policy: Record<string, unknown> = {}) => firm({
		members: [
			{ id: 'mia', name: 'Mia Stone', email: 'mia@acme.example', slackId: 'U0MIA' }, { id: 'ben', name: 'Ben Ward', crmId: '77' }, { id: 'cat', name: 'Cat Reed' },
			{ id: 'noor', name: 'Noor Khan' }, { id: 'theo', name: 'Theo Park' },
		],
		teams: [{ name: 'UK Sales', members: ['mia', 'ben', 'cat'], manager: 'noor', onCall: ['cat', 'ben'] }],
		slaPolicies: [{
			name: 'Standard', firstResponseMinutes: 15, warnMinutesBefore: 5, ...policy, escalation: [
				{ name: 'Reassign', when: 'breached', notify: 'nextOwner' }, { name: 'Reassign Again', when: 'breached', afterMinutes: 15, notify: 'nextOwner' },
				{ name: 'Last', when: 'breached', afterMinutes: 30, notify: 'nextOwner' },
			],
		}],
		...change,
	});
	const save = async (settings = team()) => await ledger.saveSettings({ client: 'acme', settings, at: '2026-11-01T00:00:00.000Z' });
	const routed = async () => {
		const record = await capturedLead();
		const { routing, leadId, submission } = record;
		await ledger.recordDecision({ client: 'acme', test: true, submissionId: submission.id, leadId, stage: 'route', at: submission.receivedAt, section: { routing: routing as Routing }, owner: routing?.owner, queue: 'UK' });
		return await start(record);
	};
	type Given = Alert & { reassigned: { from: string; to: string | null; owner: { id: string }; why: string; skipped: string[]; dueAt: string; earlier: boolean; outOfRotationUntil?: string } };
	const check = async (asOf: string, options: IDataObject = {}) => (await checkAt(asOf, options)) as Given[];
	const confirm = async (alerts: Alert[]) => (await runNode('confirmStep', {}, { items: alerts })).json;

	it('goes from owner to owner, never back, and after the last one to the fallback owner', async () => {
		await save();
		const { leadId } = await routed();
		const [first] = await check('2026-11-23T09:15:01Z');
		expect(first).toMatchObject({
			status: 'breached', owner: { name: 'Ben Ward' }, step: { name: 'Reassign', notify: 'nextOwner', who: { name: 'Ben Ward' } },
			reassigned: { from: 'Mia Stone', to: 'Ben Ward', owner: { id: 'ben', crmId: '77' }, why: 'next turn in team UK Sales', dueAt: '2026-11-23T09:30:01.000Z', skipped: ['Mia Stone: has had this lead', 'Cat Reed: available, not next in turn'] },
			text: 'Overdue: Jane Doe (Northwind Ltd) has no answer yet, 0 min past the target (was due Mon 23 Nov 09:15 Europe/London). Owner: Ben Ward. Given from Mia Stone to Ben Ward: next turn in team UK Sales.',
		});
		await confirm([first]);
		const second = (await check('2026-11-23T09:30:30Z')).filter(({ step }) => step.notify === 'nextOwner');
		expect(second).toMatchObject([{ reassigned: { from: 'Ben Ward', to: 'Cat Reed' }, step: { who: { name: 'Cat Reed' } } }]);
		await confirm(second);
		const third = (await check('2026-11-23T09:46:00Z')).filter(({ step }) => step.notify === 'nextOwner');
		expect(third).toMatchObject([{ reassigned: { to: 'Theo Park', why: 'it was given on 2 times, which is the most, so it is the fallback owner' } }]);
		const story = await ledger.getLead({ client: 'acme', test: true }, { leadId });
		expect(story).toMatchObject({ owner: { id: 'theo' }, decisions: { route: { routing: { owner: { id: 'theo' } } } } });
		expect(story?.events.map(({ type, detail }) => [type, detail.from, detail.to])).toEqual([['reassigned', 'Mia Stone', 'Ben Ward'], ['reassigned', 'Ben Ward', 'Cat Reed'], ['reassigned', 'Cat Reed', 'Theo Park']]);
		const clocks = await ledger.listClocks({ client: 'acme', test: true }, leadId);
		expect(clocks.find(({ name }) => name === 'First Response')).toMatchObject({ dueAt: '2026-11-23T09:15:00.000Z', status: 'breached', ownerId: 'theo' });
		expect(clocks.map(({ name, status }) => [name, status]).filter(([name]) => name !== 'First Response')).toEqual([['First Response: ben', 'paused'], ['First Response: cat', 'paused'], ['First Response: theo', 'running']]);
	});

	it('happens once out of 20 checks at the same time, and once however often the alert is sent', async () => {
		await save();
		const { leadId } = await routed();
		const sweeps = (await Promise.all(Array.from({ length: 20 }, () => check('2026-11-23T09:15:01Z', { alertLeaseMinutes: 0.02 })))).flat();
		let again: Given[] = [];
		// until the lease of that alert, a good second, is over
		for (let sweep = 0; sweep < 200 && again.length === 0; sweep++) {
			await new Promise<void>((resolve) => setTimeout(resolve, 100));
			again = (await check(`2026-11-23T09:16:${String(sweep % 60).padStart(2, '0')}Z`, { alertLeaseMinutes: 0.02 })).filter(({ step }) => step.name === 'Reassign');
		}
		expect(sweeps.filter(({ reassigned }) => reassigned?.earlier === false)).toHaveLength(1);
		expect(again[0]).toMatchObject({ step: { who: { name: 'Ben Ward' } }, reassigned: { from: 'Mia Stone', to: 'Ben Ward', why: 'next turn in team UK Sales', earlier: true }, text: expect.stringContaining('Given from Mia Stone to Ben Ward') });
		expect((await ledger.getHandovers({ client: 'acme', test: true }, leadId)).hops).toBe(1);
	});

	it('happens once out of 20 checks of several processes, although the first died before its owner\'s clock was started', async () => {
		await save();
		const { leadId } = await routed();
		const scope = { client: 'acme', test: true };
		const clock = await ledger.getClock(scope, leadId, 'First Response');
		const [mia, ben] = team().members.map(({ id, name, email, crmId, slackId }) => ({ id, name, email, ...(crmId ? { crmId } : {}), ...(slackId ? { slackId } : {}) }));
		// what such a run leaves behind
		await ledger.reassignLead({ ...scope, leadId, from: mia.id, owner: ben, at: '2026-11-23T09:15:01.000Z', because: ['next turn in team UK Sales'], isHop: true, onceKey: `step:${clock?.id}:Reassign` });
		expect(await check('2026-11-23T09:20:01Z')).toMatchObject([{ step: { name: 'Reassign', who: { id: 'ben' } }, reassigned: { from: 'Mia Stone', to: 'Ben Ward', owner: { crmId: '77' }, dueAt: '2026-11-23T09:30:01.000Z', earlier: true } }]);
		expect(await ledger.getClock(scope, leadId, 'First Response: ben')).toMatchObject({ startedAt: '2026-11-23T09:15:01.000Z', dueAt: '2026-11-23T09:30:01.000Z', status: 'running' });
	});

	it('gives everybody their time, also when n8n was away while several steps fell due', async () => {
		await save();
		await routed();
		const handed = async (asOf: string) => {
			const alerts = (await check(asOf)).filter(({ reassigned }) => reassigned);
			await confirm(alerts);
			return alerts.map(({ step, reassigned }) => [step.name, reassigned.to]);
		};
		expect(await handed('2026-11-23T11:00:00Z')).toEqual([['Reassign', 'Ben Ward']]);
		expect(await handed('2026-11-23T11:14:59Z')).toEqual([]);
		expect(await handed('2026-11-23T11:15:00Z')).toEqual([['Reassign Again', 'Cat Reed']]);
		expect(await handed('2026-11-23T11:29:59Z')).toEqual([]);
		expect(await handed('2026-11-23T11:30:00Z')).toEqual([['Last', 'Theo Park']]);
		expect(await handed('2026-11-24T11:30:00Z')).toEqual([]);
	});

	it('goes from owner to owner by one step alone, each with the whole target, until it was given on often enough', async () => {
		const settings = team();
		settings.slaPolicies[0].escalation = [{ name: 'Give On', when: 'breached', afterMinutes: 0, notify: 'nextOwner' }];
		await save(settings);
		const { leadId } = await routed();
		const handed: unknown[] = [];
		for (let minute = 0; minute < 180; minute++) {
			const alerts = (await check(new Date(Date.parse('2026-11-23T09:10:00Z') + minute * 60_000).toISOString())).filter(({ reassigned }) => reassigned);
			await confirm(alerts);
			handed.push(...alerts.map(({ reassigned }) => [minute + 10, reassigned.to]));
		}
		expect(handed).toEqual([[16, 'Ben Ward'], [32, 'Cat Reed'], [48, 'Theo Park'], [64, null]]);
		expect(await ledger.getHandovers({ client: 'acme', test: true }, leadId)).toMatchObject({ ownerId: 'theo', had: ['mia', 'ben', 'cat', 'theo'] });
	});

	it('leaves an owner who just got it by hand the whole target', async () => {
		await save();
		const { leadId } = await routed();
		const [, ben] = team().members.map(({ id, name, email }) => ({ id, name, email }));
		await ledger.reassignLead({ client: 'acme', test: true, leadId, from: 'mia', owner: ben, at: '2026-11-23T09:14:00.000Z', because: ['chosen by a person'], isHop: false, onceKey: 'by hand' });
		expect((await check('2026-11-23T09:15:01Z')).filter(({ reassigned }) => reassigned)).toEqual([]);
		expect((await check('2026-11-23T09:29:00Z')).filter(({ reassigned }) => reassigned)).toMatchObject([{ reassigned: { from: 'Ben Ward', to: 'Cat Reed' } }]);
	});

	it('is never grouped, because a CRM must hear of each', async () => {
		await save(team({ teams: [{ name: 'UK Sales', members: ['mia', 'ben'] }] }));
		for (let lead = 0; lead < 3; lead++) await routed();
		const alerts = await check('2026-11-23T09:15:01Z', { groupAlerts: 2 });
		expect(alerts.map(({ reassigned }) => reassigned.to)).toEqual(['Ben Ward', 'Ben Ward', 'Ben Ward']);
	});

	it('takes a silent owner out of rotation where the policy says so, until an answer', async () => {
		await save(team({}, { reassign: { silentOwnerRests: true } }));
		await routed();
		expect(await check('2026-11-23T09:15:01Z')).toMatchObject([{
			reassigned: { outOfRotationUntil: '2026-11-24T00:00:00.000Z' }, text: expect.stringMatching(/Mia Stone gets no other lead until 2026-11-24, or until answering one\.$/),
		}]);
		const resting = async () => (await ledger.getAssignment({ client: 'acme', test: true, pool: 'UK Sales', at: '2026-11-23T10:00:00.000Z', leadId: 'x', counted: [], open: [] })).resting;
		expect(await resting()).toEqual({ mia: '2026-11-24T00:00:00.000Z' });
		await runNode('recordResponse', { answeredAt: '2026-11-23T09:50:00Z', answeredBy: 'mia' }, { items: [await routed()] });
		expect(await resting()).toEqual({});
	});

	it('leaves a lead that nobody else can take where it is, and tells who answers for activation', async () => {
		await save(team({ teams: [{ name: 'UK Sales', members: ['mia'] }], fallbackOwner: 'mia', stageOwners: { activate: 'noor' } }));
		await routed();
		expect(await check('2026-11-23T09:15:01Z')).toMatchObject([{
			owner: { name: 'Mia Stone' }, step: { notify: 'ops', who: { name: 'Noor Khan' } }, reassigned: { to: null },
			text: expect.stringContaining('Nobody else can take it: everybody of team UK Sales has had it'),
		}]);
	});

	it('tells nobody who is away, but who stands in', async () => {
		await save(firm({ members: [{ id: 'mia', name: 'Mia Stone', timeOff: [{ from: '2026-11-23', to: '2026-11-27' }] }, { id: 'noor', name: 'Noor Khan' }, { id: 'theo', name: 'Theo Park' }] }));
		await routed();
		expect(await checkAt('2026-11-23T09:11:00Z')).toMatchObject([{ step: { notify: 'owner', toldAs: 'manager', who: { name: 'Noor Khan' } }, owner: { name: 'Mia Stone' } }]);
	});

	it('can be done by hand: to the next one, to the one that is named, and never to nobody', async () => {
		await save();
		const lead = await routed();
		const byHand = async (parameters: Record<string, unknown>, item: object = lead) => (await runNode('reassign', parameters, { items: [item] })).json[0];
		expect(await byHand({ reason: 'on the phone all day', by: 'noor' })).toMatchObject({
			routing: { owner: { id: 'ben' }, queue: 'UK' }, reassigned: { changed: true, outcome: 'reassigned', from: 'Mia Stone', to: 'Ben Ward', owner: { id: 'ben', crmId: '77' }, why: 'next turn in team UK Sales' },
		});
		expect(await byHand({ newOwner: '77' })).toMatchObject({ reassigned: { changed: false, outcome: 'already', why: 'Ben Ward has this lead already' } });
		expect(await byHand({ newOwner: 'mia' })).toMatchObject({ reassigned: { changed: true, from: 'Ben Ward', to: 'Mia Stone', why: 'chosen by a person' } });
		expect((await byHand({ newOwner: 'ben' }, { ...lead, routing: { ...lead.routing, waiting: true, heldUntil: '2026-11-23T09:00:00.000Z' } })).routing).toEqual({ ...lead.routing, owner: { id: 'ben', name: 'Ben Ward', email: null, crmId: '77' } });
		expect(await byHand({ newOwner: 'nobody' })).toMatchObject({ reassigned: { changed: false, outcome: 'unknownMember' } });
		expect(await byHand({}, { client: 'acme', leadId: 'unknown' })).toMatchObject({ reassigned: { changed: false, outcome: 'noLead' } });
		const story = await ledger.getLead({ client: 'acme', test: true }, { leadId: lead.leadId });
		expect(story?.events.map(({ by, detail }) => [by, detail.to, detail.reason])).toEqual([['noor', 'Ben Ward', 'on the phone all day'], [null, 'Mia Stone', undefined], [null, 'Ben Ward', undefined]]);
		expect(await byHand({ onlyFrom: 'mia' })).toMatchObject({ reassigned: { changed: false, outcome: 'already', why: 'it is with Ben Ward by now' } });
		const atOnce = await Promise.all(Array.from({ length: 5 }, () => byHand({})));
		expect(atOnce.filter(({ reassigned }) => (reassigned as IDataObject).changed)).toHaveLength(1);
	});

	it.each([
		['waits for the opening', 'wait', '2026-11-20T18:30:00.000Z', { afterHours: { do: 'wait', opensAt: '2026-11-23T09:00:00.000Z', promise: 'on Monday at 09:00' }, dueAt: '2026-11-23T09:15:00.000Z' }],
		['is marked for an honest reply', 'autoReply', '2026-11-20T18:30:00.000Z', { afterHours: { do: 'autoReply', promise: 'on Monday at 09:00' }, dueAt: '2026-11-23T09:15:00.000Z' }],
		['goes to who is on call, at once', 'onCall', '2026-11-20T18:30:00.000Z', { afterHours: { do: 'onCall', onCall: { id: 'cat', name: 'Cat Reed' } }, dueAt: '2026-11-20T18:45:00.000Z' }],
		['is nothing special in open hours', 'onCall', '2026-11-23T10:00:00.000Z', { dueAt: '2026-11-23T10:15:00.000Z' }],
	])('after hours a lead %s', async (_name, afterHours, receivedAt, expected) => {
		await save(team({}, { afterHours }));
		const record = await start(await capturedLead({}, receivedAt), receivedAt);
		expect(record.sla).toMatchObject(expected);
		if (!('afterHours' in expected)) expect(record.sla.afterHours).toBeUndefined();
	});

	it('alerts who is on call in place of the owner until the team is there', async () => {
		await save(team({}, { afterHours: 'onCall', escalation: undefined }));
		const settings = team({}, { afterHours: 'onCall' });
		settings.slaPolicies[0].escalation = [{ name: 'Remind', when: 'atRisk', afterMinutes: 0, notify: 'owner' }];
		await save(settings);
		await start(await capturedLead());
		expect(await checkAt('2026-11-20T18:41:00Z')).toMatchObject([{ status: 'at_risk', step: { toldAs: 'onCall', who: { name: 'Cat Reed' } }, owner: { name: 'Mia Stone' } }]);
	});

	it('keeps a lead in the queue until the opening, and then tells the owner once', async () => {
		await save(team({}, { afterHours: 'queue' }));
		const { sla } = await start(await capturedLead());
		expect(sla).toMatchObject({ afterHours: { do: 'queue', promise: 'on Monday at 09:00' }, dueAt: '2026-11-23T09:15:00.000Z', nextCheckAt: '2026-11-23T09:00:00.000Z' });
		expect(await check('2026-11-21T12:00:00Z')).toEqual([]);
		const [opening] = await check('2026-11-23T09:00:00Z');
		expect(opening).toMatchObject({
			status: 'running', step: { name: 'Opening', notify: 'owner', who: { name: 'Mia Stone' } }, nextCheckAt: '2026-11-23T09:05:00.000Z',
			text: 'Came in after hours: Jane Doe (Northwind Ltd) has no answer yet, 15 min left (due Mon 23 Nov 09:15 Europe/London). Owner: Mia Stone.',
		});
		await confirm([opening]);
		expect((await check('2026-11-23T09:16:00Z')).map(({ step }) => step.name)).toEqual(['Reassign']);
		const inHours = await start(await capturedLead({}, '2026-11-24T10:00:00.000Z'), '2026-11-24T10:00:00.000Z');
		expect(inHours.sla).toMatchObject({ nextCheckAt: '2026-11-24T10:10:00.000Z' });
	});

	it('keeps quiet hours from everybody but who is on call', async () => {
		const settings = team({}, { afterHours: 'onCall' });
		settings.slaPolicies[0].escalation = [{ name: 'Remind', when: 'atRisk', afterMinutes: 0, notify: 'owner' }];
		await save(settings);
		await start(await capturedLead({}, '2026-11-20T23:30:00.000Z'), '2026-11-20T23:30:00.000Z');
		expect(await checkAt('2026-11-20T23:41:00Z', { quietHours: '22:00-07:00' })).toMatchObject([{ step: { toldAs: 'onCall' } }]);
	});

	it('lets the manager of a lead that somebody on call has sleep until the quiet hours end', async () => {
		const settings = team({}, { afterHours: 'onCall' });
		settings.slaPolicies[0].escalation = [{ name: 'Remind', when: 'breached', afterMinutes: 0, notify: 'owner' }, { name: 'Escalate', when: 'breached', afterMinutes: 1, notify: 'manager' }];
		await save(settings);
		await start(await capturedLead({}, '2026-11-20T23:30:00.000Z'), '2026-11-20T23:30:00.000Z');
		const [remind, ...others] = await check('2026-11-21T01:00:00Z', { quietHours: '22:00-07:00' });
		expect([remind.step, others]).toMatchObject([{ name: 'Remind', toldAs: 'onCall' }, []]);
		await confirm([remind]);
		expect(await check('2026-11-21T06:59:00Z', { quietHours: '22:00-07:00' })).toEqual([]);
		expect((await check('2026-11-21T07:00:00Z', { quietHours: '22:00-07:00' })).map(({ step }) => step.name)).toEqual(['Escalate']);
	});

	it('says so when nobody is on call', async () => {
		await save(team({ teams: [{ name: 'UK Sales', members: ['mia', 'ben'] }] }, { afterHours: 'onCall' }));
		const record = await start(await capturedLead());
		expect(record.sla).toMatchObject({ afterHours: { do: 'wait' }, dueAt: '2026-11-23T09:15:00.000Z' });
		expect(record.quality.issues).toContainEqual(expect.objectContaining({ code: 'NOBODY_ON_CALL' }));
	});

	it('starts the clock of a lead that waits in its queue, and says so', async () => {
		const record = await capturedLead();
		expect((await start({ ...record, routing: { ...record.routing as Routing, waiting: true } })).sla.because).toContain('the lead waits in queue UK for somebody to take it');
	});
});

describe('a Monday morning', () => {
	const startMany = async (many: number) => {
		for (let index = 0; index < many; index++) await start(await capturedLead());
	};

	it('is one message for one person, which is confirmed as a whole', async () => {
		await startMany(4);
		const [alert, ...others] = (await checkAt('2026-11-23T09:11:00Z', { groupAlerts: 3, alertLeaseMinutes: 0.01 })) as (Alert & { steps: object[]; leadIds: string[] })[];
		expect(others).toEqual([]);
		expect(alert).toMatchObject({ status: 'at_risk', step: { who: { name: 'Mia Stone' } } });
		expect(alert.leadIds).toHaveLength(4);
		expect(alert.text.split('\n')).toHaveLength(5);
		// as behind a Slack node, whose output knows nothing of the alert
		const { id, claimToken } = alert.step;
		expect((await runNode('confirmStep', { stepId: id, claimToken, client: 'acme' }, { items: [{ ok: true }] })).json).toMatchObject([{ confirmed: true }]);
		await new Promise((resolve) => { setTimeout(resolve, 650); });
		expect(await checkAt('2026-11-23T09:14:00Z')).toEqual([]);
	});

	it('stays apart while there are few', async () => {
		await startMany(2);
		expect(await checkAt('2026-11-23T09:11:00Z', { groupAlerts: 3 })).toHaveLength(2);
	});

	it('goes on in the next check when a check gives no more alerts', async () => {
		await startMany(3);
		expect(await checkAt('2026-11-23T09:11:00Z', { alertsPerCheck: 2 })).toHaveLength(2);
		expect(await checkAt('2026-11-23T09:11:30Z', { alertsPerCheck: 2 })).toHaveLength(1);
	});

	it('is quiet until its quiet hours end', async () => {
		await startMany(1);
		expect(await checkAt('2026-11-23T09:11:00Z', { quietHours: '22:00 – 9:12' })).toEqual([]);
		expect(await checkAt('2026-11-23T09:12:00Z', { quietHours: '22:00-09:12' })).toHaveLength(1);
	});

	it('is not kept waiting by clocks that are quiet: they are looked at again when that ends', async () => {
		await ledger.saveSettings({ client: 'tokyo', settings: firm({ timeZone: 'Asia/Tokyo', calendars: [{ name: 'Office', alwaysOpen: true }], teams: [] }), at: '2026-11-01T00:00:00.000Z' });
		const quiet = await start(await capturedLead({ client: 'tokyo' }, '2026-11-23T09:00:00.000Z'), '2026-11-23T09:00:00Z');
		const loud = await start(await capturedLead({}, '2026-11-23T09:30:00.000Z'), '2026-11-23T09:30:00Z');
		const options = { quietHours: '18:00-08:00', clocksPerCheck: 1 };
		const leadsAt = async (at: string) => (await checkAt(at, options)).filter(({ status }) => status !== 'stuck').map(({ leadId }) => leadId);
		expect(await leadsAt('2026-11-23T09:41:00Z')).toEqual([]);
		expect(await leadsAt('2026-11-23T09:41:01Z')).toEqual([loud.leadId]);
		expect(await ledger.getClock({ client: 'tokyo', test: true }, quiet.leadId, 'First Response')).toMatchObject({ nextCheckAt: '2026-11-23T23:00:00.000Z' });
		expect((await checkAt('2026-11-23T23:00:00Z', { quietHours: '18:00-08:00' })).map(({ leadId }) => leadId)).toContain(quiet.leadId);
	});
});

describe('a lead that was held', () => {
	it('is given at the opening, once, as the record that Rule Router releases', async () => {
		const lead = await start(await capturedLead());
		const scope = { client: 'acme', test: true, submissionId: lead.submission.id };
		const routing = { ...lead.routing as Routing, heldUntil: '2026-11-23T09:00:00.000Z' };
		await ledger.recordDecision({ ...scope, leadId: lead.leadId, stage: 'route', at: '2026-11-20T18:30:00.000Z', section: { routing }, owner: routing.owner, queue: routing.queue });
		expect(await checkAt('2026-11-23T08:59:00Z')).toEqual([]);
		const [item, ...others] = await checkAt('2026-11-23T09:00:00Z', { outputs: 'byStatus' }) as unknown as (HandoffRecord & Alert)[];
		expect(others).toEqual([]);
		expect(item).toMatchObject({ status: 'release', recordVersion: 1, client: 'acme', leadId: lead.leadId, submission: { id: lead.submission.id }, routing: { heldUntil: routing.heldUntil }, sla: { policy: 'Standard' }, step: { name: 'Release', attempt: 1 } });
		expect(await checkAt('2026-11-23T09:00:30Z')).toEqual([]);
		expect((await runNode('confirmStep', {}, { items: [item] })).json).toMatchObject([{ confirmed: true }]);
		// still nobody there: the router holds it on, and it comes again at the next opening
		await ledger.releaseLead({ ...scope, at: '2026-11-23T09:01:00.000Z', routing: { ...routing, heldUntil: '2026-11-24T09:00:00.000Z' } });
		expect((await checkAt('2026-11-24T09:00:00Z')).filter(({ status }) => status === 'release')).toHaveLength(1);
	});
});

describe('a lead that a run left on its way', () => {
	it('is told once to who answers for activation, with all that is needed to take it up again', async () => {
		await ledger.saveSettings({ client: 'acme', settings: firm({ stageOwners: { activate: 'noor' } }), at: '2026-11-01T00:00:00.000Z' });
		const record = await capturedLead({}, '2026-11-23T10:00:00.000Z');
		expect(await checkAt('2026-11-23T10:01:59Z')).toEqual([]);
		const [alert] = await checkAt('2026-11-23T10:02:00Z');
		expect(alert).toMatchObject({ leadId: record.leadId, status: 'stuck', step: { name: 'Stuck', attempt: 1, who: { name: 'Noor Khan' } }, text: expect.stringMatching(/^Stuck: .* came in 2 min ago/) });
		expect(await checkAt('2026-11-23T10:03:00Z')).toEqual([]);
		expect((await runNode('confirmStep', {}, { items: [alert] })).json).toMatchObject([{ confirmed: true }]);
	});

	// grouped, all but the first would have lost the record that a workflow takes them up again with
	it('stays an item of its own, however many there are', async () => {
		await ledger.saveSettings({ client: 'acme', settings: firm({ stageOwners: { activate: 'noor' } }), at: '2026-11-01T00:00:00.000Z' });
		for (let index = 0; index < 3; index++) await capturedLead({}, '2026-11-23T10:00:00.000Z');
		const alerts = await checkAt('2026-11-23T10:02:00Z', { groupAlerts: 2 });
		expect(alerts).toHaveLength(3);
		for (const alert of alerts) expect(alert).toMatchObject({ status: 'stuck', record: { lead: expect.any(Object) as object } });
	});

	it('waits for the end of quiet hours, and does not keep others waiting once it was told', async () => {
		const [first, second] = [await capturedLead({}, '2026-11-23T10:00:00.000Z'), await capturedLead({}, '2026-11-23T10:00:01.000Z')];
		expect(await checkAt('2026-11-23T10:05:00Z', { quietHours: '10:00-10:06' })).toEqual([]);
		const one = { clocksPerCheck: 1 };
		expect((await checkAt('2026-11-23T10:06:00Z', one)).map(({ leadId }) => leadId)).toEqual([first.leadId]);
		expect((await checkAt('2026-11-23T10:06:00Z', one)).map(({ leadId }) => leadId)).toEqual([second.leadId]);
	});
});

describe('Find Undelivered', () => {
	const scope = { client: 'acme', test: true };
	const find = async (options: IDataObject = {}, more: Options = {}) => await runNode('findUndelivered', { options: { testLeads: true, ...options } }, more);
	const failed = async (leadId: string, detail: object = { reason: 'Create Task: 503', failed: ['crm', 'owner'] }, onceKey = `failed ${leadId}`) =>
		await ledger.recordEvent({ ...scope, leadId, type: 'notDelivered', at: new Date().toISOString(), detail: detail as Record<string, unknown>, onceKey });
	const started = async () => {
		const record = await start(await capturedLead());
		await ledger.recordDecision({ ...scope, submissionId: record.submission.id, leadId: record.leadId, stage: 'route', at: '2026-11-20T18:30:04.000Z', section: { routing: record.routing as Routing }, owner: record.routing?.owner ?? undefined, queue: 'UK', state: 'assigned' });
		return record;
	};

	it('gives the lead as it stands, with what failed and why, once while a run delivers it', async () => {
		const { leadId, submission } = await started();
		await failed(leadId);
		await ledger.recordEvent({ ...scope, leadId, type: 'ownerChanged', at: new Date().toISOString(), detail: { owner: { id: 'ben', name: 'Ben Ward', email: 'ben@acme.example' } }, onceKey: 'ben' });
		await ledger.setExternalId({ ...scope, leadId, system: 'hubspot', externalId: '501', at: new Date().toISOString() });
		const { json } = await find();
		expect(json).toMatchObject([{
			status: 'undelivered', text: expect.stringMatching(/^Not delivered yet: .*: the CRM entry, the message to the owner \(Create Task: 503\)\.$/),
			failed: ['crm', 'owner'], reason: 'Create Task: 503', step: { name: 'Deliver', attempt: 1, id: expect.any(String) },
			client: 'acme', run: { test: true }, leadId, recordVersion: expect.anything(), submission: { id: submission.id }, lead: expect.any(Object), sla: { policy: 'Standard' },
			routing: { queue: 'UK', owner: { id: 'ben' } }, match: { externalIds: { hubspot: '501' } },
		}]);
		expect((await find()).json).toEqual([]);
	});

	it('gives it no more once it was delivered, and takes what no part was named of for the CRM', async () => {
		const { leadId } = await started();
		await failed(leadId, { reason: 'CRM: 429' });
		await failed(leadId, { reason: 'Tell the Owner: 500', failed: ['owner'] }, 'later');
		expect((await find({ againMinutes: 0.0001 })).json).toMatchObject([{ failed: ['crm', 'owner'], reason: 'Tell the Owner: 500' }]);
		await ledger.recordEvent({ ...scope, leadId, type: 'delivered', at: new Date().toISOString(), onceKey: 'done' });
		await new Promise<void>((resolve) => setTimeout(resolve, 30));
		expect((await find()).json).toEqual([]);
	});

	it('tells a person when it was tried often enough, as a step to confirm', async () => {
		await ledger.saveSettings({ client: 'acme', settings: firm({ stageOwners: { activate: 'noor' } }), at: '2026-11-01T00:00:00.000Z' });
		await failed((await started()).leadId);
		const given: IDataObject[] = [];
		for (let run = 0; run < 2_000 && !given.some(({ status }) => status === 'givenUp'); run++) given.push(...(await find({ againMinutes: 0.000_001 })).json);
		expect(given.map(({ status }) => status)).toEqual([...Array.from({ length: 9 }, () => 'undelivered'), 'givenUp']);
		const last = given.at(-1) as IDataObject;
		expect(last).toMatchObject({ text: expect.stringContaining('It was tried 9 times and is not tried any more'), step: { name: 'Given Up', who: { name: 'Noor Khan' } } });
		expect((await runNode('confirmStep', {}, { items: [last] })).json).toMatchObject([{ confirmed: true }]);
		expect((await find()).json).toEqual([]);
	});

	it('claims nothing in a run by hand, and says so', async () => {
		const { leadId } = await started();
		await failed(leadId);
		for (let look = 0; look < 2; look++) {
			const { json, hints } = await find({}, { mode: 'manual' });
			expect(json).toMatchObject([{ leadId, preview: true, step: { claimToken: null } }]);
			expect(hints.map(({ message }) => message).join()).toContain('1 lead waits');
		}
	});

	it('says nothing of a person who was erased or of a lead that failed eight days ago', async () => {
		const { leadId } = await started();
		await ledger.recordEvent({ ...scope, leadId, type: 'notDelivered', at: new Date(Date.now() - 8 * 86_400_000).toISOString(), detail: { reason: 'old' }, onceKey: 'old' });
		expect((await find()).json).toEqual([]);
	});
});

describe('Next Opening', () => {
	const opening = async (asOf: string, parameters: Record<string, unknown> = {}) => (await runNode('nextOpening', { options: { asOf }, ...parameters }, { items: [{ client: 'acme', email: 'jo@northwind.example' }] })).json[0];

	it.each([
		['now', '2026-11-23T10:00:00Z', { isOpen: true, at: '2026-11-23T10:00:00.000Z', promise: 'right now' }],
		['this morning', '2026-11-23T06:00:00Z', { isOpen: false, at: '2026-11-23T09:00:00.000Z', promise: 'today at 09:00' }],
		['tomorrow', '2026-11-23T18:30:00Z', { at: '2026-11-24T09:00:00.000Z', promise: 'tomorrow at 09:00' }],
		['after a weekend', '2026-11-20T18:30:00Z', { at: '2026-11-23T09:00:00.000Z', promise: 'on Monday at 09:00', said: 'Mon 23 Nov 09:00', timeZone: 'Europe/London' }],
	])('promises %s', async (_name, asOf, expected) => {
		expect((await opening(asOf)).opening).toMatchObject(expected);
	});

	it('promises a date when it is more than a week away', async () => {
		await ledger.saveSettings({ client: 'acme', settings: firm({ calendars: [{ name: 'Office', hours: { monday: ['09:00-17:00'] }, holidays: ['2026-11-30'] }], teams: [] }), at: '2026-11-01T00:00:00.000Z' });
		expect((await opening('2026-11-24T10:00:00Z')).opening).toMatchObject({ promise: 'on 7 December at 09:00' });
	});

	it('answers for a calendar by name, and names those there are', async () => {
		expect((await opening('2026-11-23T10:00:00Z', { calendar: 'New York' })).opening).toMatchObject({ at: '2026-11-23T14:00:00.000Z', timeZone: 'America/New_York' });
		await expect(opening('2026-11-23T10:00:00Z', { calendar: 'Moon' })).rejects.toThrow('There is no calendar \'Moon\'');
	});
});

describe('outputs', () => {
	it('gives each status its own when asked for, and works as text', async () => {
		const asText = new Function(`return (${String(slaWatchOutputs)})`)() as typeof slaWatchOutputs;
		expect(asText({ operation: 'check', outputs: 'byStatus' }).map(({ displayName }) => displayName)).toEqual([...checkOutputs]);
		expect(asText({ operation: 'start', outputs: 'byStatus' })).toHaveLength(1);
		expect(asText({})).toHaveLength(1);
		await start(await capturedLead());
		const ctx = strictContext({ storageFolder, items: [{}], parameters: { operation: 'check', ledger: 'embedded', clients: 'all', outputs: 'byStatus', options: { asOf: '2026-11-23T09:30:00Z', testLeads: true } } });
		expect((await new SlaWatch().execute.call(ctx)).map((items) => items.length)).toEqual([0, 2, 0, 0, 0, 0]);
	});
});

describe('an item that names no client beside others', () => {
	it('is left as it is, with the reason, and stops no other', async () => {
		const { sla, leadId, client } = await start(await capturedLead());
		const responses = await runNode('recordResponse', {}, { items: [{ leadId }, { leadId, client, sla }] });
		expect(responses.json).toMatchObject([
			{ response: { recorded: false, outcome: 'noClock', why: expect.stringContaining('names no client') } },
			{ response: { recorded: true } },
		]);
		const confirmed = await runNode('confirmStep', {}, { items: [{ step: { id: 'x', claimToken: 'y' } }] });
		expect(confirmed.json).toMatchObject([{ confirmed: false, why: expect.stringContaining('names no client') }]);
	});
});

describe('settings', () => {
	const failure = async (operation: string, parameters: Record<string, unknown>, options: Options = {}) =>
		await runNode(operation, parameters, options).then(() => 'no error', (error: Error) => error.message);

	it.each([
		['an unknown client', 'start', {}, { items: [{ client: 'acmee' }] }, 'Client \'acmee\' is not set up'],
		['client settings without a ledger', 'start', { ledger: 'none' }, {}, 'Client settings are kept in the ledger, and "Ledger" is None'],
		['Confirm Step without a ledger', 'confirmStep', { ledger: 'none' }, {}, 'Confirm Step needs a ledger'],
		['Find Undelivered without a ledger', 'findUndelivered', { ledger: 'none' }, {}, 'Find Undelivered needs a ledger'],
		['tries that are none', 'findUndelivered', { options: { leadsAtOnce: 0, againMinutes: 0 } }, {}, '2 settings need a change before the first lead'],
		['As Of on a live check', 'check', { options: { asOf: '2026-11-23T09:00:00Z' } }, {}, 'As Of is set, but live clocks would be written'],
		['As Of that is no moment', 'check', { options: { asOf: 'Monday', testLeads: true } }, {}, 'As Of is not a moment'],
		['alerts and groups that are none', 'check', { options: { alertsPerCheck: 0, groupAlerts: 1, quietHours: 'night' } }, {}, '3 settings need a change before the first lead'],
		['Pause without a ledger', 'pause', { ledger: 'none' }, {}, 'This operation needs a ledger'],
		['no client to check', 'check', { clients: 'one', client: ' ' }, {}, 'No client is chosen'],
		['hours that can\'t be read', 'start', { settingsFrom: 'node', hours: '9 to 5' }, {}, 'Hours are missing or not readable'],
		['no weekday', 'start', { settingsFrom: 'node', weekdays: [] }, {}, 'No weekday is chosen'],
		['an unknown zone', 'start', { settingsFrom: 'node', timeZone: 'Mars/Base' }, {}, 'Time Zone \'Mars/Base\' is unknown'],
		['all problems together', 'start', { settingsFrom: 'node', timeZone: 'Mars/Base', firstResponseMinutes: 0, holidays: 'Xmas' }, {}, '3 settings need a change before the first lead'],
		['Execute Once for leads', 'start', {}, { items: [{ client: 'acme' }], node: { executeOnce: true } }, '"Execute Once" would drop every lead but the first'],
	])('stops for %s', async (_name, operation, parameters, options, message) => {
		expect(await failure(operation, parameters, options as Options)).toBe(message);
	});

	it.each([
		['steps that nobody understands', { escalation: 'shout at everybody' }, 'Escalation Steps are not readable'],
		['the next owner, who only client settings know', { escalation: 'Breached: next owner' }, 'Escalation Steps name the next owner'],
		['hours of a day that is none', { hoursByDay: 'Someday 09:00-10:00' }, 'Hours by Day: \'Someday\' is not readable'],
		['hours that are none on a date', { overrides: '2026-12-24 noon' }, 'Date Overrides: \'2026-12-24 noon\' is not readable'],
		['a date that is none', { breaks: '2026-02-30 12:00-13:00' }, 'Breaks: \'2026-02-30\' is not readable'],
		['holidays of nowhere', { publicHolidays: 'GB-ENG, XX' }, 'Public Holidays of \'XX\' are not known'],
		['a policy that is for no lead in particular', { policies: { values: [{ name: 'Hot', firstResponseMinutes: 5, warnMinutesBefore: 1 }] } }, 'Nothing says when policy 1 applies'],
		['a policy without a name and target', { policies: { values: [{ name: ' ', firstResponseMinutes: 0, warnMinutesBefore: 1, priority: ['high'] }] } }, '2 settings need a change before the first lead'],
		['two clocks of one name', { clocks: { values: [{ name: 'Acceptance', minutes: 5 }, { name: 'acceptance', minutes: 9 }] } }, 'SLA policy \'First Response\' names two clocks alike'],
		['a warning that is no share of the target', { warnAtPercent: 120 }, 'Warn at is not 1 to 99 percent'],
		['a person without a name', { people: { values: [{ part: 'manager', name: ' ' }] } }, 'Person 1 to tell has no name'],
		['a target that is never reached', { overrides: '', publicHolidays: '', clocks: { values: [{ name: 'Acceptance', minutes: 60 * 24 * 3650 }] } }, 'SLA policy \'First Response\' has a target beyond ten years'],
	])('in the node stop for %s', async (_name, policyOptions, message) => {
		expect(await failure('start', { settingsFrom: 'node', policyOptions })).toBe(message);
	});

	it('in the node stop for After Hours On Call without anybody on call', async () => {
		expect(await failure('start', { settingsFrom: 'node', afterHours: 'onCall' })).toBe('After Hours is On Call, and nobody is');
	});

	it('stops before the first lead when one of them is live and As Of is set', async () => {
		const leads = [await capturedLead(), await capturedLead({}, undefined, false)];
		expect(await failure('start', { options: { asOf: '2026-11-23T09:00:00Z' } }, { items: leads })).toBe('As Of is set, but live clocks would be written');
		expect(await ledger.getClock({ client: 'acme', test: true }, leads[0].leadId, 'First Response')).toBeUndefined();
	});

	it('stops for a policy that names an unknown calendar', async () => {
		await ledger.saveSettings({ client: 'acme', settings: firm({ slaPolicies: [{ name: 'Hot', firstResponseMinutes: 5, calendar: 'Moon' }] }), at: '2026-11-01T00:00:00.000Z' });
		expect(await failure('start', {}, { items: [await capturedLead()] })).toBe('SLA policy \'Hot\' names an unknown calendar');
	});
});

describe('policies, hours and people that are entered in the node', () => {
	const policyOptions = {
		escalation: 'At risk: owner; Breached: manager; Breached 15: fallback owner',
		policies: { values: [
			{ name: 'Hot', firstResponseMinutes: 5, warnMinutesBefore: 2, highIntent: 'yes', escalation: '' },
			{ name: 'Enterprise', firstResponseMinutes: 10, warnMinutesBefore: 5, queues: 'Enterprise, Strategic', priority: ['high'], roundTheClock: true },
		] },
		clocks: { values: [{ name: 'Acceptance', minutes: 60, warnMinutesBefore: 15, startsWith: 'handoff', stopsWith: 'accepted', escalation: 'Breached: ops' }] },
		people: { values: [{ part: 'manager', name: 'Noor Khan', email: 'noor@acme.example', slackId: 'U0NOOR' }, { part: 'fallbackOwner', name: 'Theo Park' }, { part: 'ops', email: 'ops@acme.example' }, { part: 'onCall', name: 'Cat Reed' }] },
		hoursByDay: 'Friday 09:00-16:00; sat 10:00 – 12:00', overrides: '2026-11-24 closed; 2026-12-26 09:00-10:00', breaks: '2026-11-23 12:00-13:00', publicHolidays: 'gb-eng',
	};
	const startIn = async (record: HandoffRecord, asOf: string, change: Record<string, unknown> = {}) =>
		(await runNode('start', { settingsFrom: 'node', policyOptions, ...change, options: { asOf } }, { items: [record] })).json[0] as unknown as HandoffRecord & { sla: Sla };

	it.each<[string, Record<string, unknown>, string, Partial<Sla>]>([
		['the target for all others', {}, '2026-11-23T10:00:00.000Z', { policy: 'First Response', dueAt: '2026-11-23T10:15:00.000Z' }],
		['a policy of high intent', { intent: { name: 'Request Demo', highIntent: true, urgency: 'normal', buyingStage: 'unknown', sentiment: 'neutral', fit: 'unknown', language: 'en', summary: '', nextStep: '', evidence: [], engine: 'rules', because: [] } }, '2026-11-23T10:00:00.000Z', { policy: 'Hot', dueAt: '2026-11-23T10:05:00.000Z' }],
		['a policy of a queue, round the clock', { routing: { ...routedLead().routing, queue: 'Strategic', priority: 'high' } }, '2026-11-21T03:00:00.000Z', { policy: 'Enterprise', dueAt: '2026-11-21T03:10:00.000Z' }],
		['a break', {}, '2026-11-23T11:55:00.000Z', { dueAt: '2026-11-23T13:10:00.000Z' }],
		['a shorter Friday and a Saturday of its own', {}, '2026-11-20T15:50:00.000Z', { dueAt: '2026-11-21T10:05:00.000Z' }],
		['a closed date', {}, '2026-11-23T17:20:00.000Z', { dueAt: '2026-11-25T09:05:00.000Z' }],
		['public holidays, over which an override stands', {}, '2026-12-24T17:25:00.000Z', { dueAt: '2026-12-26T09:10:00.000Z' }],
	])('count %s', async (_name, change, receivedAt, expected) => {
		expect((await startIn(await capturedLead(change, receivedAt), receivedAt)).sla).toMatchObject(expected);
	});

	it('tell the people who were named, step by step, and run the further clock', async () => {
		await ledger.saveSettings({ client: 'acme', settings: firm({ members: [{ id: 'zoe', name: 'Zoe' }], teams: [], fallbackOwner: 'zoe' }), at: '2026-11-01T00:00:00.000Z' });
		const lead = await startIn(await capturedLead({}, '2026-11-23T10:00:00.000Z'), '2026-11-23T10:00:00.000Z');
		expect(lead.sla.otherClocks).toMatchObject([{ clock: 'Acceptance', dueAt: '2026-11-23T11:00:00.000Z' }]);
		const told = async (asOf: string) => {
			const alerts = await checkAt(asOf);
			await runNode('confirmStep', {}, { items: alerts });
			return alerts.map(({ step }) => [step.name, step.who?.name]);
		};
		expect(await told('2026-11-23T10:10:00Z')).toEqual([['At risk: owner', 'Mia Stone']]);
		expect(await told('2026-11-23T10:15:01Z')).toEqual([['Breached: manager', 'Noor Khan']]);
		expect(await told('2026-11-23T10:31:00Z')).toEqual([['Breached 15: fallback owner', 'Theo Park']]);
		expect(await told('2026-11-23T11:00:01Z')).toEqual([['Breached: ops', 'ops@acme.example']]);
	});

	it('warn at a share of the target, where that is the earlier', async () => {
		const warnAt = async (warnAtPercent: number) =>
			Date.parse((await startIn(await capturedLead({}, '2026-11-23T10:00:00.000Z'), '2026-11-23T10:00:00.000Z', { policyOptions: { warnAtPercent } })).sla.warnAt) - Date.parse('2026-11-23T10:00:00.000Z');
		expect(await warnAt(40)).toBe(6 * 60_000);
		expect(await warnAt(80)).toBe(10 * 60_000);
	});

	it('hold without a ledger too, each check by the policy that the lead has', async () => {
		const parameters = { settingsFrom: 'node', ledger: 'none', timeZone: 'Europe/London', policyOptions: { ...policyOptions, policies: { values: [{ name: 'Night', firstResponseMinutes: 10, warnMinutesBefore: 5, queues: 'UK', roundTheClock: true }] } } };
		const asOf = (moment: string) => ({ ...parameters, options: { asOf: moment } });
		const [lead] = (await runNode('start', asOf('2026-11-22T03:00:00Z'), { items: [await capturedLead({}, '2026-11-22T03:00:00.000Z')] })).json;
		expect(lead.sla).toMatchObject({ policy: 'Night', dueAt: '2026-11-22T03:10:00.000Z' });
		const [left] = (await runNode('check', asOf('2026-11-22T03:24:00Z'), { items: [lead] })).json;
		expect(left.sla).toMatchObject({ status: 'breached', elapsedMinutes: 24 });
		expect(left.alerts).toMatchObject([{ name: 'Breached', who: { name: 'Noor Khan' } }]);
	});

	it('have somebody on call after hours', async () => {
		const { sla } = await startIn(await capturedLead({ routing: { ...routedLead().routing, team: undefined } }, '2026-11-22T12:00:00.000Z'), '2026-11-22T12:00:00.000Z', { afterHours: 'onCall' });
		expect(sla).toMatchObject({ dueAt: '2026-11-22T12:15:00.000Z', afterHours: { do: 'onCall', opensAt: '2026-11-23T09:00:00.000Z', onCall: { name: 'Cat Reed' } } });
	});
});

describe('bad input', () => {
	it('is told of a lead without a receipt, and of times without a zone', async () => {
		const { json } = await runNode('start', {}, { items: [{ client: 'acme', email: 'jo@northwind.example' }, { client: 'acme', email: 'jo@northwind.example', receivedAt: '2026-07-01T10:00:00' }] });
		const issuesOf = (lead: object) => (lead as HandoffRecord).quality.issues;
		expect(issuesOf(json[0])).toContainEqual(expect.objectContaining({ field: 'submission.receivedAt', code: 'RECEIVED_AT_MISSING', severity: 'warning' }));
		expect(issuesOf(json[1])).toContainEqual(expect.objectContaining({ field: 'submission.receivedAt', code: 'TIME_ZONE_ASSUMED', message: 'This time has no zone, so it was read as Europe/London' }));
		expect((json[1].sla as unknown as Sla).startedAt).toBe('2026-07-01T09:00:00.000Z');
	});

	it('is told of a response before the start, and of one without a zone', async () => {
		const lead = await start(await capturedLead());
		const answer = async (answeredAt: string) => (await runNode('recordResponse', { answeredAt }, { items: [lead] })).json[0].response;
		expect(await answer('2026-11-20T18:29:59Z')).toMatchObject({ recorded: false, outcome: 'beforeStart', why: 'the answer lies before the start of the clock (2026-11-20T18:30:00.000Z)' });
		expect(await answer('soon')).toMatchObject({ recorded: false, outcome: 'notReadable' });
		expect(await answer('2026-11-23T09:05:00')).toMatchObject({ recorded: true, outcome: 'met', why: expect.stringMatching(/no zone, so it was read as Europe\/London$/) });
	});

	it('finds no clock of an erased lead, in whatever way it is asked', async () => {
		const lead = await start(await capturedLead());
		const [alert] = await checkAt('2026-11-23T09:11:00Z');
		await ledger.erasePerson('acme', { leadId: lead.leadId }, '2026-11-23T09:12:00.000Z');
		const noClock = { outcome: 'noClock', why: 'no clock of this client runs for that lead id; the person may have been erased' };
		expect((await runNode('recordResponse', {}, { items: [lead] })).json[0].response).toMatchObject({ recorded: false, ...noClock });
		for (const operation of ['pause', 'resume', 'close']) expect((await runNode(operation, {}, { items: [lead] })).json[0].clock).toMatchObject({ changed: false, ...noClock });
		expect((await runNode('reassign', {}, { items: [lead] })).json[0].reassigned).toMatchObject({ changed: false, outcome: 'noLead' });
		expect((await runNode('confirmStep', {}, { items: [alert] })).json[0]).toMatchObject({ confirmed: false });
		expect(await checkAt('2026-11-23T12:00:00Z')).toEqual([]);
	});

	it('writes nothing down again of a person who was erased while the lead was on its way', async () => {
		const record = await capturedLead();
		await ledger.capture({ client: 'acme', test: true, key: 'k', detectResend: true, at: '2026-11-20T18:30:00.000Z', submissionId: 'other', leadId: 'other', personId: 'other', formTool: 'form', payload: {}, record: { lead: record.lead } });
		await ledger.erasePerson('acme', { leadId: 'other' }, '2026-11-20T18:31:00.000Z');
		await ledger.erasePerson('acme', { email: String(record.lead.emailKey ?? record.lead.email) }, '2026-11-20T18:31:00.000Z');
		const { json: [left] } = await runNode('start', { options: { asOf: '2026-11-20T18:31:05Z' } }, { items: [{ ...record, lead: { ...record.lead, emailKey: 'jane@northwind.example' } }] });
		expect(left).toMatchObject({ lead: { fullName: null, email: null } });
		expect(left.sla).toBeUndefined();
		expect((left as unknown as HandoffRecord).quality.issues).toContainEqual(expect.objectContaining({ code: 'PERSON_ERASED' }));
		expect(await ledger.findTraces(['northwind.example', 'Jane Doe'])).toEqual({});
	});
});

describe('hostile input', () => {
	it('starts the clock of a captured lead whose times were damaged on the way', async () => {
		const record = await capturedLead();
		const [left] = (await runNode('start', {}, { items: [{ ...record, submission: { ...record.submission, receivedAt: 'https://x.example', submittedAt: 2e230 } }] })).json;
		expect(left.sla).toMatchObject({ clock: 'First Response' });
	});

	it('gives every item a clock, whatever it is', async () => {
		const items = [{}, { client: 'acme', sla: 'x', routing: [1], submittedAt: { a: 1 }, receivedAt: '9999-99-99T99:99:99Z' }, JSON.parse('{"client":"acme","__proto__":{"sla":1}}'), { client: 'acme', sla: { policy: 'p', dueAt: 'soon', because: [] } }]
			.map((item) => ({ client: 'acme', ...item }));
		const { left } = await runNode('start', {}, { items });
		expect(left).toHaveLength(items.length);
		for (const { json } of left) expect(json.sla).toMatchObject({ policy: 'Standard', dueAt: expect.stringMatching(/^\d{4}-/) });
	});
});

describe('after a restore', () => {
	it('alerts whose time passed meanwhile do not come all at once, and later ones come as ever', async () => {
		const overdue = await capturedLead();
		await start(overdue);
		const running = await capturedLead({}, '2026-11-23T09:10:00.000Z');
		await start(running, '2026-11-23T09:10:00Z');
		expect(await settleOverdueClocks(ledger, new Date('2026-11-23T09:16:00Z'), '2026-11-23T09:17:00.000Z')).toBe(1);
		expect(await checkAt('2026-11-23T09:17:00Z')).toEqual([]);
		expect(await ledger.getLead({ client: 'acme', test: true }, { leadId: overdue.leadId })).toMatchObject({ clock: { status: 'breached' } });
		expect((await checkAt('2026-11-23T09:20:00Z')).map(({ leadId, step }) => [leadId, step.name])).toEqual([[running.leadId, 'Remind Owner']]);
		expect((await checkAt('2026-11-23T09:25:01Z')).map(({ leadId, step }) => [leadId, step.name])).toEqual(expect.arrayContaining([[overdue.leadId, 'Tell Fallback']]));
		expect(await settleOverdueClocks(ledger, new Date('2026-11-23T09:16:00Z'), '2026-11-23T09:17:00.000Z')).toBe(0);
	});
});
