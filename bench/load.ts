/**
 * Ten thousand leads at once, in a real n8n: as single forms through the webhook, and as one list in one execution. Memory and
 * latency over time, delay of the event loop, size of the ledger a lead. What grows shows as the last fifth beside the first.
 *
 *   npm run build && npm run bench -- load [--forms 10000] [--at-once 50] [--lists 100,1000,5000,10000] [--day 10000 --minutes 20]
 *
 * `--day` also plays a day: so many forms as they come hour by hour, all 24 hours in so many minutes.
 */
import { existsSync, statSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formOf, inParallel, post, quantile, type Posted } from './rig/forms';
import { startRig, tools, type Rig } from './rig/n8nRig';
import { usageOf } from './rig/processes';
import { edges, node } from './sideBySide/canvas';
import { ourFlow, settingsFlow } from './sideBySide/ourFlow';
import { readKept } from './faults/checkLeads';
import { table } from './support/options';
import { seeded } from '../test/support/seeded';

const { values: given } = parseArgs({ options: { forms: { type: 'string', default: '10000' }, 'at-once': { type: 'string', default: '50' }, lists: { type: 'string', default: '100,1000,5000,10000' }, day: { type: 'string', default: '0' }, minutes: { type: 'string', default: '20' } } });
const delayFile = join(tmpdir(), `lead-handoff-delay-${process.pid}.json`);

async function start(): Promise<Rig> {
	const rig = await startRig({ env: { NODE_OPTIONS: `--require ${join(process.cwd(), 'scripts', 'demo', 'eventLoopProbe.cjs')}`, EVENT_LOOP_FILE: delayFile } });
	const saved = await rig.api.runByHand(await rig.publish(settingsFlow()) as never, { trigger: 'Run' });
	if (saved.status !== 'success') throw new Error(`The settings were not saved: ${tools.failureOf(saved) ?? ''}`);
	return rig;
}

/** Event-loop delay of n8n since it was asked last, milliseconds. */
async function delayOf(rig: Rig): Promise<{ p50: number; p99: number; max: number }> {
	await rm(delayFile, { force: true });
	process.kill(rig.main.child.pid as number, 'SIGUSR2');
	while (!existsSync(delayFile)) await new Promise((resolve) => setTimeout(resolve, 20));
	return JSON.parse(await readFile(delayFile, 'utf8')) as { p50: number; p99: number; max: number };
}

function bytesOf(rig: Rig): number {
	const file = join(rig.folder, '.n8n', 'storage', 'n8n-nodes-lead-handoff', 'ledger.sqlite');
	return [file, `${file}-wal`].reduce((sum, one) => sum + (existsSync(one) ? statSync(one).size : 0), 0);
}

/** A part of the forms, sent by `deliver` and answered. */
interface Part { label: string; send(deliver: (index: number) => Promise<Posted>): Promise<Posted[]> }

/** Plays forms in parts through a fresh n8n, a row for each part, and tells at the end what became of all. */
async function play(run: string, heading: string, parts: Part[]): Promise<void> {
	const rig = await start();
	try {
		await rig.publish(ourFlow(run));
		const url = `${rig.url}/webhook/${run}`;
		await inParallel(Array.from({ length: 100 }, (_, index) => index), 10, async (index) => await post(url, index, formOf('warm', index)));
		const empty = bytesOf(rig);
		await delayOf(rig);
		const rows: (string | number)[][] = [];
		let sent = 0;
		let refused = 0;
		for (const { label, send } of parts) {
			const from = usageOf(rig.main.child.pid as number);
			const began = Date.now();
			const answers = await send(async (index) => await post(url, index, formOf(run, index)));
			const seconds = (Date.now() - began) / 1000;
			const to = usageOf(rig.main.child.pid as number);
			const delay = await delayOf(rig);
			const waits = answers.map(({ sentAt, answeredAt }) => answeredAt - sentAt);
			sent += answers.length;
			refused += answers.filter(({ status }) => status !== 200).length;
			rows.push([label, answers.length, (answers.length / seconds).toFixed(1), quantile(waits, 0.5), quantile(waits, 0.95), ((to.cpuSeconds - from.cpuSeconds) * 1000 / answers.length).toFixed(1), to.megabytes.toFixed(0), delay.p50.toFixed(1), delay.p99.toFixed(0), delay.max.toFixed(0)]);
		}
		table([heading, 'leads', 'leads/s', 'answer p50 ms', 'p95', 'CPU ms a lead', 'MB', 'loop delay p50 ms', 'p99', 'longest'], rows);
		await pause(5000);
		const kept = [...await readKept(rig)].filter(([event]) => event.startsWith(`${run}-`));
		const finished = kept.filter(([, { owner, clocks }]) => owner !== null && clocks === 1).length;
		process.stdout.write(`\n${sent} forms: ${refused} refused, ${kept.length} in the ledger, ${finished} with owner and clock; the ledger grew by ${((bytesOf(rig) - empty) / sent / 1024).toFixed(1)} kB a lead\n\n`);
	} finally {
		await rig.stop();
	}
}

const pause = async (ms: number) => await new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, ms)));

/** So many at once, each followed by the next. */
async function burst(count: number): Promise<void> {
	if (count === 0) return;
	const fifth = Math.floor(count / 5);
	await play('burst', 'fifth', Array.from({ length: 5 }, (_, part): Part => ({
		label: String(part + 1),
		send: async (deliver) => await inParallel(Array.from({ length: fifth }, (__, index) => part * fifth + index), Number(given['at-once']), deliver),
	})));
}

/** Forms of each hour of a working day, in parts of the busiest: a night that is not empty, a peak before noon and one in the evening. */
const dayCurve = [2, 1, 1, 1, 1, 2, 4, 8, 14, 18, 20, 18, 14, 15, 17, 16, 14, 12, 11, 12, 13, 10, 7, 4];

/** A day of forms as they come: no form waits for another. */
async function day(count: number, minutes: number): Promise<void> {
	if (count === 0) return;
	const random = seeded(1);
	const hourMs = minutes * 60_000 / 24;
	const whole = dayCurve.reduce((sum, part) => sum + part, 0);
	const arrivals = dayCurve.flatMap((part, hour) => Array.from({ length: Math.round(count * part / whole) }, () => (hour + random()) * hourMs)).sort((a, b) => a - b);
	let began: number | undefined;
	await play('day', 'hours', Array.from({ length: 6 }, (_, part): Part => ({
		label: `${part * 4} to ${part * 4 + 4}`,
		send: async (deliver) => {
			const midnight = began ??= Date.now();
			const until = (part + 1) * 4 * hourMs;
			const answers: Promise<Posted>[] = [];
			for (const [index, arrival] of arrivals.entries()) {
				if (arrival < part * 4 * hourMs || arrival >= until) continue;
				await pause(midnight + arrival - Date.now());
				answers.push(deliver(index));
			}
			await pause(midnight + until - Date.now());
			return await Promise.all(answers);
		},
	})));
}

/** One execution that gets its leads as one list, as from a sheet or a poll. */
async function lists(sizes: number[]): Promise<void> {
	if (sizes.length === 0) return;
	const rows: (string | number)[][] = [];
	for (const size of sizes) {
		const rig = await start();
		const forms = Array.from({ length: size }, (_, index) => formOf(`list${size}`, index));
		let done: () => void = () => undefined;
		const web = createServer((request, response) => {
			response.setHeader('content-type', 'application/json').end(JSON.stringify(request.url === '/forms' ? forms : {}));
			if (request.url === '/done') done();
		}).listen(0, '127.0.0.1');
		await once(web, 'listening');
		const base = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
		try {
			const flow = ourFlow('list');
			const stages = flow.nodes.filter(({ type }) => type.startsWith('n8n-nodes-lead-handoff.')).map((one) => ({ ...one, onError: undefined }));
			const nodes = [
				node('Start', 'n8n-nodes-base.webhook', 2, { path: 'list', responseMode: 'onReceived', options: {} }, 'list'), node('Fetch Forms', 'n8n-nodes-base.httpRequest', 4.2, { url: `${base}/forms`, options: {} }),
				...stages, { ...node('Done', 'n8n-nodes-base.httpRequest', 4.2, { url: `${base}/done`, options: {} }), executeOnce: true },
			];
			await rig.publish({ ...flow, name: 'List', nodes, connections: edges(nodes.map(({ name }) => name)) });
			const pid = rig.main.child.pid as number;
			const before = usageOf(pid);
			let highest = 0;
			const sampler = setInterval(() => { highest = Math.max(highest, usageOf(pid).megabytes); }, 500);
			await delayOf(rig);
			const ended = new Promise<void>((resolve) => { done = resolve; });
			const began = Date.now();
			await fetch(`${rig.url}/webhook/list`);
			await ended;
			clearInterval(sampler);
			const after = usageOf(pid);
			const delay = await delayOf(rig);
			rows.push([size, ((Date.now() - began) / 1000).toFixed(1), (size / ((Date.now() - began) / 1000)).toFixed(0), ((after.cpuSeconds - before.cpuSeconds) * 1000 / size).toFixed(1), (Math.max(highest, after.megabytes) - before.megabytes).toFixed(0), delay.p50.toFixed(1), delay.p99.toFixed(0), delay.max.toFixed(0)]);
		} finally {
			await rig.stop();
			web.closeAllConnections();
			web.close();
		}
	}
	table(['leads in one run', 'seconds', 'leads/s', 'CPU ms a lead', 'MB more at the highest', 'loop delay p50 ms', 'p99', 'longest'], rows);
}

void (async () => {
	await burst(Number(given.forms));
	await day(Number(given.day), Number(given.minutes));
	await lists(given.lists === '' ? [] : given.lists.split(',').map(Number));
})().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
	process.exitCode = 1;
});
