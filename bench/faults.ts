/**
 * Breaks things at random points while forms come in and are delivered again until they are acknowledged, in a real n8n, and then
 * checks each acknowledged lead: once in the ledger, with an owner and a clock, its owner told at least once, and again only where
 * something broke between sending and confirming. Ends with 1 when a promise was broken.
 *
 *   npm run build && npm run faults [-- --short] [--leads 60] [--only worker] [--seed 1] [--write docs/reliability.md]
 *
 * `--short` is what CI runs: three faults of queue mode, one after the other on one installation.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { canMount, mount, unmount } from '../test/support/volume';
import { isFinished, readKept, readNotDelivered, wrongLeads, type Trouble } from './faults/checkLeads';
import { faultSettings, sweepFlow, withCrm } from './faults/flows';
import { canSetClock, scenarios, setClock, type Scenario } from './faults/scenarios';
import { formOf, inParallel, post } from './rig/forms';
import { startRig, tools, type Rig } from './rig/n8nRig';
import { startChat, type ChatStandIn } from './rig/standIn';
import { ourFlow, settingsFlow } from './sideBySide/ourFlow';
import { seeded } from '../test/support/seeded';

const { values: given } = parseArgs({ options: { short: { type: 'boolean', default: false }, leads: { type: 'string' }, only: { type: 'string' }, seed: { type: 'string', default: '1' }, write: { type: 'string' } } });
const leads = Number(given.leads ?? (given.short ? 30 : 60));
const faultsEach = given.short ? 1 : 2;
/** Longer than a run of the sweep takes when so many forms keep the machine busy: one that outlasts it would tell again what is told. */
const leaseSeconds = leads > 100 ? 30 : 10;
const pause = async (seconds: number) => await new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000));

interface Row { name: string; leads: number; faults: number; deliveries: number; acknowledged: number; unfinished: number; toldStuck: number; toldAgain: number; wrong: string[] }

interface Place { rig: Rig; chat: ChatStandIn; crm: ChatStandIn; model: Server }

async function prepare(scenario: Scenario): Promise<Place> {
	if (scenario.clock) setClock(0);
	const made: Place = place = { rig: await startRig(scenario.rig), chat: await startChat(), crm: await startChat(), model: createServer(() => undefined).listen(0, '127.0.0.1') };
	const { rig, chat, model } = made;
	const saved = await rig.api.runByHand(await rig.publish(settingsFlow(faultSettings)) as never, { trigger: 'Run' });
	if (saved.status !== 'success') throw new Error(`The settings were not saved: ${tools.failureOf(saved) ?? ''}`);
	const credential = scenario.hangingModel && await rig.api.request('POST', '/rest/credentials', {
		name: 'Model', type: 'leadHandoffOpenAiApi', data: { apiKey: 'none', baseUrl: `http://127.0.0.1:${(model.address() as AddressInfo).port}/v1` },
	}) as { id: string; name: string };
	const flow = credential ? ourFlow('form', undefined, { settingsFrom: 'client', model: 'credential', modelName: 'never', options: { deadlineSeconds: 5 } }, { leadHandoffOpenAiApi: credential }) : ourFlow('form');
	await rig.publish(scenario.crm ? withCrm(flow, made.crm.url) : flow);
	// a trigger without a webhook is published as such
	await rig.api.publish(await rig.publish(sweepFlow(chat.url, leaseSeconds)) as never);
	return made;
}

async function run(scenario: Scenario, place: Place, random: () => number): Promise<Row> {
	const { rig, chat, crm } = place;
	const name = scenario.name.replace(/[^a-z]+/gi, '-').toLowerCase();
	const acknowledged = new Map<string, Set<string>>();
	const troubles: Trouble[] = [];
	let deliveries = 0;
	let posted = 0;
	const deliver = async (index: number, until = Date.now() + 240_000): Promise<void> => {
		const form = formOf(name, index);
		const event = String(form.event_id);
		while (Date.now() < until) {
			deliveries++;
			const answer = await post(`${rig.url}/webhook/form`, index, form, 15_000);
			if (answer.status >= 200 && answer.status < 300 && typeof answer.body.leadId === 'string') {
				acknowledged.set(event, (acknowledged.get(event) ?? new Set()).add(answer.body.leadId));
				return;
			}
			await pause(1);
		}
	};
	// faults come after a random share of the forms was sent
	const points = Array.from({ length: faultsEach }, () => Math.floor((0.1 + 0.8 * random()) * leads)).sort((a, b) => a - b);
	const breaking = (async () => {
		for (const point of points) {
			while (posted < point) await pause(0.05);
			await pause(random());
			const from = Date.now();
			await scenario.fault({ rig, chat, crm, random, short: given.short });
			troubles.push({ from, to: Date.now() });
		}
	})();
	await inParallel(Array.from({ length: leads }, (_, index) => index), 8, async (index) => {
		posted++;
		await pause(random() * 0.5);
		await deliver(index);
	});
	await breaking;
	// what was on its way when all was well again may end by itself
	const unfinished = await waitForAll(rig, acknowledged, given.short ? 10 : 45);
	let toldStuck = 0;
	if (unfinished.length > 0 && !given.short) {
		const lost = new Set(unfinished.map((event) => [...acknowledged.get(event) ?? []][0]));
		const stuck = () => new Set(chat.messages.filter(({ body }) => body.status === 'stuck').map(({ body }) => String(body.leadId)).filter((id) => lost.has(id))).size;
		for (let seconds = 0; seconds < 180 && stuck() < lost.size; seconds++) await pause(1);
		toldStuck = stuck();
	}
	// a run that failed and whose process lives holds its lease for two minutes: until then a delivery is told that it is in progress
	for (let open = unfinished, until = Date.now() + 180_000; open.length > 0 && Date.now() < until;) {
		await inParallel(open, 4, async (event) => await deliver(Number(event.split('-').at(-1))));
		open = await waitForAll(rig, acknowledged, 10);
	}
	await waitForAlerts(rig, name);
	const kept = await readKept(rig);
	const ours = new Map([...kept].filter(([event]) => event.startsWith(`${name}-`)));
	const wrong = wrongLeads(acknowledged, ours, chat.messages, troubles, leaseSeconds);
	if (acknowledged.size < leads) wrong.push(`${leads - acknowledged.size} forms were never acknowledged`);
	if (toldStuck < unfinished.length && !given.short) wrong.push(`${unfinished.length - toldStuck} leads were left on the way and nobody was told`);
	if (scenario.crm) {
		const told = new Set([...crm.messages.map(({ body }) => String(body.leadId)), ...await readNotDelivered(rig)]);
		wrong.push(...[...ours].filter(([, { leadId }]) => !told.has(leadId)).map(([event]) => `${event} is not in the CRM, and nobody knows`));
	}
	if (ours.size !== leads) wrong.push(`${ours.size} leads of ${leads} forms`);
	const ids = new Set([...ours.values()].map(({ leadId }) => leadId));
	const reminders = chat.messages.filter(({ body }) => body.step === 'Remind Owner' && ids.has(String(body.leadId)));
	return { name: scenario.name, leads, faults: troubles.length, deliveries, acknowledged: acknowledged.size, unfinished: unfinished.length, toldStuck, toldAgain: reminders.length - new Set(reminders.map(({ body }) => body.leadId)).size, wrong };
}

/** Events of acknowledged leads without owner or clock, when so many seconds brought no change. */
async function waitForAll(rig: Rig, acknowledged: Map<string, Set<string>>, seconds: number): Promise<string[]> {
	for (let waited = 0; ; waited++) {
		const kept = await readKept(rig).catch(() => undefined);
		const open = kept && [...acknowledged.keys()].filter((event) => !isFinished(kept.get(event)));
		if (open && (open.length === 0 || waited >= seconds)) return open;
		if (waited > seconds + 60) throw new Error('The ledger can\'t be read');
		await pause(1);
	}
}

async function waitForAlerts(rig: Rig, name: string): Promise<void> {
	const open = async () => [...await readKept(rig)].filter(([event, { clocks, alertsOpen }]) => event.startsWith(`${name}-`) && clocks > 0 && alertsOpen > 0).length;
	for (let seconds = 0; seconds < 120 && await open() > 0; seconds++) await pause(1);
	await pause(2);
}

const head = '| What broke | Times | Leads | Deliveries | Acknowledged | Left on the way | of these told as stuck | Alerts told again | Lost, twice, without owner or clock, or never told |\n|---|---|---|---|---|---|---|---|---|';

function lineOf(row: Row): string {
	return `| ${row.name} | ${row.faults} | ${row.leads} | ${row.deliveries} | ${row.acknowledged} | ${row.unfinished} | ${given.short ? '–' : row.toldStuck} | ${row.toldAgain} | ${row.wrong.length === 0 ? 'none' : row.wrong.length} |`;
}

/** Puts the new rows into the table of a page; rows of faults that were not run now stay. */
function writeTable(file: string, rows: Row[]): void {
	const text = readFileSync(file, 'utf8');
	const [, start, table, end] = /^([\s\S]*<!-- npm run faults -->\n)([\s\S]*?)(<!-- end -->[\s\S]*)$/.exec(text) ?? [];
	if (start === undefined) throw new Error(`${file} has no place for the table`);
	const before = new Map(table.split('\n').map((line) => [line.split(' | ')[0].slice(2), line]));
	const now = new Map(rows.map((row) => [row.name, lineOf(row)]));
	const lines = scenarios.map(({ name }) => now.get(name) ?? before.get(name)).filter((line) => line !== undefined);
	writeFileSync(file, `${start}${[head, ...lines].join('\n')}\n${end}`);
}

/** What runs now: it is stopped whatever happens. */
let place: Place | undefined;
let last: Scenario | undefined;

async function main(): Promise<void> {
	const chosen = scenarios.filter(({ name, short, smallVolume, clock }) => (given.only ? name.includes(given.only) : !given.short || short) && (!smallVolume || canMount) && (!clock || canSetClock));
	const random = seeded(Number(given.seed));
	const rows: Row[] = [];
	for (const scenario of chosen) {
		// one installation for neighbours of one kind
		if (!place || !last || last.rig !== scenario.rig) {
			await stop();
			place = await prepare(scenario);
			if (scenario.smallVolume) await moveToSmallVolume(place.rig);
		}
		last = scenario;
		const from = Date.now();
		const row = await run(scenario, place, random);
		rows.push(row);
		if (given.write) writeTable(given.write, rows);
		process.stdout.write(`${scenario.name}: ${row.acknowledged} of ${row.leads} acknowledged in ${row.deliveries} deliveries, ${row.unfinished} left on the way, ${row.toldAgain} told again, ${((Date.now() - from) / 1000).toFixed(0)} s, ${row.wrong.length === 0 ? 'nothing lost' : 'WRONG'}\n`);
		for (const words of row.wrong.slice(0, 10)) process.stdout.write(`  WRONG  ${words}\n`);
		if (row.wrong.length > 0) keepLogs(place.rig);
	}
	await stop();
	process.stdout.write(`\n${[head, ...rows.map(lineOf)].join('\n')}\n`);
	process.exit(rows.some(({ wrong }) => wrong.length > 0) ? 1 : 0);
}

/** n8n's folder for files of nodes lies on a volume of its own from now on. */
async function moveToSmallVolume(rig: Rig): Promise<void> {
	await rig.main.stop('SIGTERM');
	const storage = join(rig.folder, '.n8n', 'storage');
	mkdirSync(storage, { recursive: true });
	// room for all leads: it is filled up by the fault alone
	if (!mount(storage, 24 + Math.ceil(leads / 20))) throw new Error('No volume can be mounted');
	await rig.restartMain();
	const saved = await rig.api.runByHand(await rig.publish(settingsFlow(faultSettings)) as never, { trigger: 'Run' });
	if (saved.status !== 'success') throw new Error('The settings were not saved');
}

async function stop(): Promise<void> {
	if (!place) return;
	await Promise.all([place.rig.main, ...place.rig.workers].map(async (n8n) => await n8n.stop('SIGKILL')));
	if (last?.smallVolume) unmount(join(place.rig.folder, '.n8n', 'storage'));
	await place.rig.stop();
	place.chat.close();
	place.crm.close();
	place.model.closeAllConnections();
	place.model.close();
	place = undefined;
}

/** n8n's own words about what went wrong. */
function keepLogs(rig: Rig): void {
	const folder = join('.artifacts', 'faults');
	mkdirSync(folder, { recursive: true });
	[rig.main, ...rig.workers].forEach(({ log }, index) => writeFileSync(join(folder, `n8n-${index}.log`), readFileSync(log)));
}

void main().catch(async (error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
	await stop();
	process.exit(1);
});
