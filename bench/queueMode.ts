/**
 * n8n's queue mode with the PostgreSQL ledger at several numbers of workers: leads a second, form to answer, form to the chat tool,
 * and which process takes how much processor a lead. The reference is a bare Webhook → Respond workflow on the same processes.
 *
 *   npm run build && npm run bench -- queueMode [--workers 1,2,4] [--leads 200] [--at-once 5,20]
 *
 * Starts main, workers, Redis (each change written to disk) and PostgreSQL on private ports of this machine.
 */
import { parseArgs } from 'node:util';
import { formOf, inParallel, post, quantile } from './rig/forms';
import { administer, startRig, tools, type Rig } from './rig/n8nRig';
import { pidWith, usageOf } from './rig/processes';
import { startChat, type ChatStandIn } from './rig/standIn';
import { bareFlow, ourFlow, settingsFlow } from './sideBySide/ourFlow';
import { table } from './support/options';

const { values: given } = parseArgs({ options: { workers: { type: 'string', default: '1,2,4' }, leads: { type: 'string', default: '200' }, 'at-once': { type: 'string', default: '5,20' } } });
const numbers = (text: string) => text.split(',').map(Number);
const leads = Number(given.leads);

async function measure(workers: number): Promise<(string | number)[][]> {
	const rig = await startRig({ workers, workerConcurrency: 10 });
	const chat = await startChat();
	try {
		const saved = await rig.api.runByHand(await rig.publish(settingsFlow()) as never, { trigger: 'Run' });
		if (saved.status !== 'success') throw new Error(`The settings were not saved: ${tools.failureOf(saved) ?? ''}`);
		await rig.publish(bareFlow('bare'));
		await rig.publish(ourFlow('ours', chat.url));
		await send(rig, chat, 'bare', `w${workers}`, 40, 5);
		await send(rig, chat, 'ours', `w${workers}`, 40, 5);
		const rows: (string | number)[][] = [];
		for (const atOnce of numbers(given['at-once'])) {
			for (const path of ['bare', 'ours']) rows.push([workers, atOnce, path, ...await send(rig, chat, path, `q${workers}-${atOnce}`, leads, atOnce)]);
		}
		const [{ connections }] = await administer(rig.postgres as never, `SELECT COUNT(*)::INT AS connections FROM pg_stat_activity WHERE application_name = 'n8n-nodes-lead-handoff'`);
		const [{ bytes, kept }] = await administer(rig.postgres as never, `SELECT (SELECT SUM(pg_total_relation_size(oid))::BIGINT FROM pg_class WHERE relkind = 'r' AND relnamespace = 'lead_handoff'::regnamespace) AS bytes, (SELECT COUNT(*)::INT FROM leads) AS kept`);
		process.stdout.write(`${workers} workers: ${String(connections)} connections of the ledger are open; ${(Number(bytes) / Number(kept) / 1024).toFixed(1)} kB a lead with indexes, ${String(kept)} leads\n`);
		return rows;
	} finally {
		await rig.stop();
		chat.close();
	}
}

async function send(rig: Rig, chat: ChatStandIn, path: string, run: string, count: number, atOnce: number): Promise<string[]> {
	const pids = {
		main: [rig.main.child.pid as number], workers: rig.workers.map(({ child }) => child.pid as number),
		postgres: [pidWith('postgres', String(rig.postgres?.port))], redis: [pidWith('redis-server', String(rig.redis?.port))],
	};
	const seconds = () => Object.values(pids).map((list) => list.reduce((sum, pid) => sum + usageOf(pid).cpuSeconds, 0));
	const before = seconds();
	const from = chat.messages.length;
	const start = Date.now();
	const answers = await inParallel(Array.from({ length: count }, (_, index) => index), atOnce, async (index) => await post(`${rig.url}/webhook/${path}`, index, formOf(`${run}-${path}`, index)));
	const wrong = answers.filter(({ status }) => status !== 200);
	if (wrong.length > 0) throw new Error(`${wrong.length} forms were answered ${wrong[0].status}`);
	for (let waited = 0; path === 'ours' && chat.messages.length < from + count && waited < 600; waited++) await new Promise((resolve) => setTimeout(resolve, 100));
	const end = path === 'ours' ? Math.max(...chat.messages.slice(from).map(({ at }) => at)) : Math.max(...answers.map(({ answeredAt }) => answeredAt));
	await new Promise((resolve) => setTimeout(resolve, 1000));
	const used = seconds().map((now, index) => (now - before[index]) * 1000 / count);
	const sent = new Map(answers.map(({ index, sentAt }) => [`${run}-${path}-${index}`, sentAt]));
	const toChat = chat.messages.slice(from).map(({ at, body }) => at - (sent.get(String(body.key)) ?? NaN)).filter((ms) => !Number.isNaN(ms));
	const toAnswer = answers.map(({ sentAt, answeredAt }) => answeredAt - sentAt);
	const ms = (list: number[], share: number) => (list.length > 0 ? quantile(list, share).toFixed(0) : '–');
	return [
		(count / ((end - start) / 1000)).toFixed(1), ms(toAnswer, 0.5), ms(toAnswer, 0.95), ms(toChat, 0.5), ms(toChat, 0.95), ...used.map((one) => one.toFixed(1)), used.reduce((sum, one) => sum + one, 0).toFixed(1),
	];
}

void (async () => {
	const rows: (string | number)[][] = [];
	for (const workers of numbers(given.workers)) rows.push(...await measure(workers));
	table(['workers', 'forms at once', 'flow', 'leads/s', 'answer p50 ms', 'p95', 'Slack p50 ms', 'p95', 'CPU ms a lead: main', 'workers', 'PostgreSQL', 'Redis', 'all'], rows);
})().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
	process.exitCode = 1;
});
