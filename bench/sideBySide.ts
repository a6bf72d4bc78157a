/**
 * The same job beside n8n's own nodes, in one real n8n: what an operator owns, how long a form takes to reach the chat tool, leads
 * a second, processor and memory a lead, and what goes wrong when forms come at once. The reference of cost is a bare
 * Webhook → Respond workflow. In the last two flows a model reads the message: a stand-in that answers at once.
 *
 *   npm run build && npm run bench -- sideBySide [--leads 200] [--rounds 3] [--at-once 10] [--driver embedded|postgres]
 *
 * The flows stand in bench/sideBySide; the rounds of the flows take turns, so that a busy machine slows all of them.
 */
import { parseArgs } from 'node:util';
import type { Template } from '../test/e2e/n8nUnderTest';
import { completion, goodAnswer, sendJson, startFakeOpenAi, type FakeOpenAi } from '../test/support/fakeOpenAi';
import { formOf, inParallel, post, quantile, type Posted } from './rig/forms';
import { startRig, tools, type Rig } from './rig/n8nRig';
import { usageOf } from './rig/processes';
import { startChat, type ChatStandIn, type Message } from './rig/standIn';
import { bareFlow, clientSettings, ourFlow, settingsFlow } from './sideBySide/ourFlow';
import { stockFlow, tables } from './sideBySide/stockFlow';
import { table } from './support/options';

const { values: given } = parseArgs({ options: { leads: { type: 'string', default: '200' }, rounds: { type: 'string', default: '3' }, 'at-once': { type: 'string', default: '10' }, driver: { type: 'string', default: 'embedded' } } });
const leads = Number(given.leads);
const rounds = Number(given.rounds);
const atOnce = Number(given['at-once']);

interface Measured { cpuMs: number[]; perSecond: number[]; toChatMs: number[]; toAnswerMs: number[]; megabytes: number[] }

async function measure(): Promise<void> {
	const rig = await startRig({ postgres: given.driver === 'postgres' });
	const chat = await startChat();
	const models: FakeOpenAi[] = [];
	try {
		const byHand = await rig.api.runByHand(await rig.publish(settingsFlow()) as never, { trigger: 'Run' });
		if (byHand.status !== 'success') throw new Error(`The settings were not saved: ${tools.failureOf(byHand) ?? ''}`);
		const model = await startFakeOpenAi();
		models.push(model);
		model.behave((response, { body }) => sendJson(response, 200, completion(body.response_format ? { ...goodAnswer, evidence: [] } : { Support: false, 'Job Application': false, Demo: false, Quote: true, fallback: false })));
		const openAi = await rig.api.request('POST', '/rest/credentials', { name: 'OpenAI', type: 'openAiApi', data: { apiKey: 'none', url: model.baseUrl } }) as { id: string; name: string };
		const ownModel = await rig.api.request('POST', '/rest/credentials', { name: 'Model', type: 'leadHandoffOpenAiApi', data: { apiKey: 'none', baseUrl: model.baseUrl } }) as { id: string; name: string };
		const tableIds = await makeTables(rig);
		const flows: Record<string, Template> = {
			'bare Webhook → Respond': bareFlow('bare'), 'and six No Operation nodes': bareFlow('passing', 6), 'ours, five stages': ourFlow('stages'),
			'ours, told to Slack': ourFlow('ours', chat.url), 'stock nodes, told to Slack': stockFlow('stock', chat.url, tableIds),
			'ours, a model reads': ourFlow('ours-model', chat.url, { settingsFrom: 'client', model: 'credential', modelName: 'stand-in' }, { leadHandoffOpenAiApi: ownModel }),
			'stock, Text Classifier reads': stockFlow('stock-model', chat.url, tableIds, openAi),
		};
		for (const flow of Object.values(flows)) await rig.publish(flow);
		const names = Object.keys(flows);
		const pathOf = (name: string) => String(flows[name].nodes[0].parameters.path);
		const measured = Object.fromEntries(names.map((name): [string, Measured] => [name, { cpuMs: [], perSecond: [], toChatMs: [], toAnswerMs: [], megabytes: [] }]));
		for (const name of names) await send(rig, chat, flows[name], pathOf(name), `warm-${pathOf(name)}`, 60, 5);
		for (let round = 0; round < rounds; round++) {
			// another one first in each round
			for (const name of names.map((_, index) => names[(index + round) % names.length])) {
				const told = await send(rig, chat, flows[name], pathOf(name), `r${round}-${pathOf(name)}`, leads, atOnce);
				for (const [key, values] of Object.entries(told)) measured[name][key as keyof Measured].push(...values as number[]);
			}
		}
		const bare = quantile(measured[names[0]].cpuMs, 0.5);
		table(
			['flow', 'nodes', 'lines of code', 'expressions', 'CPU ms a lead', '× bare', 'leads/s', 'form to answer p50', 'p95', 'form to Slack p50', 'p95', 'MB after'],
			names.map((name) => {
				const { cpuMs, perSecond, toAnswerMs, toChatMs, megabytes } = measured[name];
				const owned = ownedOf(flows[name]);
				const ms = (values: number[], share: number) => (values.length > 0 ? `${quantile(values, share).toFixed(0)} ms` : '–');
				const cpu = quantile(cpuMs, 0.5);
				return [name, owned.nodes, owned.lines, owned.expressions, cpu.toFixed(1), (cpu / bare).toFixed(2), quantile(perSecond, 0.5).toFixed(1), ms(toAnswerMs, 0.5), ms(toAnswerMs, 0.95), ms(toChatMs, 0.5), ms(toChatMs, 0.95), quantile(megabytes, 0.5).toFixed(0)];
			}),
		);
		process.stdout.write(`\nOurs also has one settings document of ${JSON.stringify(clientSettings, null, 2).split('\n').length} lines; ${leads} leads × ${rounds} rounds, ${atOnce} at once, ${given.driver} ledger, no execution data saved\n\n`);
		table(
			['under concurrency', 'forms sent', 'told to try again', 'people', 'told in Slack', 'never told', 'told twice or more', 'turns uneven by'],
			await storms(rig, chat, pathOf),
		);
	} finally {
		await rig.stop();
		chat.close();
		for (const model of models) await model.close();
	}
}

/** Every form twice at the same moment, as a double click or an impatient form tool sends it: each person is one lead, told once. */
async function storms(rig: Rig, chat: ChatStandIn, pathOf: (name: string) => string): Promise<(string | number)[][]> {
	const rows: (string | number)[][] = [];
	for (const name of ['ours, told to Slack', 'stock nodes, told to Slack']) {
		const from = chat.messages.length;
		const forms = Array.from({ length: leads }, (_, index) => formOf(`storm-${pathOf(name)}`, index));
		const twice = forms.flatMap((form, index) => [{ form, index }, { form, index }]);
		const answers = await inParallel(twice, 20, async ({ form, index }) => await post(`${rig.url}/webhook/${pathOf(name)}`, index, form));
		// a slow flow is not a flow that loses
		await settled(chat, from + twice.length, 20);
		const told = chat.messages.slice(from);
		const perPerson = countBy(told, ({ body }) => String(body.email));
		const acknowledged = new Set(answers.filter(({ status }) => status === 200).map(({ index }) => String(forms[index].email)));
		const first = [...new Map(told.map((message) => [String(message.body.email), message])).values()];
		const turns = countBy(first, ({ body }) => `${String(body.queue)}/${String(body.owner)}`);
		const uneven = ['UK', 'International'].map((queue) => [...turns].filter(([key]) => key.startsWith(`${queue}/`)).map(([, count]) => count)).map((counts) => Math.max(...counts) - Math.min(...counts));
		rows.push([
			name, answers.length, answers.filter(({ status }) => status !== 200).length, forms.length, perPerson.size, [...acknowledged].filter((email) => !perPerson.has(email)).length,
			[...perPerson.values()].filter((count) => count > 1).length, Math.max(...uneven),
		]);
	}
	return rows;
}

async function send(rig: Rig, chat: ChatStandIn, flow: Template, path: string, run: string, count: number, parallel: number): Promise<Measured> {
	const tells = flow.nodes.some(({ name }) => name === 'Tell Slack');
	const from = chat.messages.length;
	const before = usageOf(rig.main.child.pid as number);
	const start = Date.now();
	const answers = await inParallel(Array.from({ length: count }, (_, index) => index), parallel, async (index) => await post(`${rig.url}/webhook/${path}`, index, formOf(run, index)));
	const wrong = answers.filter(({ status }) => status !== 200);
	if (wrong.length > 0) throw new Error(`${flow.name}: ${wrong.length} forms were answered ${wrong[0].status}`);
	if (tells) await settled(chat, from + count);
	else await quiet(rig);
	const seconds = ((tells ? Math.max(...chat.messages.slice(from).map(({ at }) => at)) : Math.max(...answers.map(({ answeredAt }) => answeredAt))) - start) / 1000;
	const after = usageOf(rig.main.child.pid as number);
	return {
		cpuMs: [(after.cpuSeconds - before.cpuSeconds) * 1000 / count], perSecond: [count / seconds], megabytes: [after.megabytes],
		toAnswerMs: answers.map(({ sentAt, answeredAt }) => answeredAt - sentAt), toChatMs: tells ? latencies(answers, chat.messages.slice(from), run) : [],
	};
}

function latencies(answers: Posted[], messages: Message[], run: string): number[] {
	const at = new Map(messages.map((message) => [String(message.body.key), message.at]));
	return answers.flatMap(({ index, sentAt }) => {
		const told = at.get(`${run}-${index}`);
		return told === undefined ? [] : [told - sentAt];
	});
}

/** Waits until so many messages are there, or none came for some seconds. */
async function settled(chat: ChatStandIn, count: number, silence = 20): Promise<void> {
	for (let last = chat.messages.length, still = 0; chat.messages.length < count && still < silence * 10;) {
		await new Promise((resolve) => setTimeout(resolve, 100));
		still = chat.messages.length === last ? still + 1 : 0;
		last = chat.messages.length;
	}
}

/** Waits until n8n has worked off what it answered already: its processor rests. */
async function quiet(rig: Rig): Promise<void> {
	for (let before = usageOf(rig.main.child.pid as number).cpuSeconds; ;) {
		await new Promise((resolve) => setTimeout(resolve, 500));
		const now = usageOf(rig.main.child.pid as number).cpuSeconds;
		if (now - before < 0.05) return;
		before = now;
	}
}

/** What an operator keeps in mind: nodes, lines of JavaScript in them, and expressions. */
function ownedOf({ nodes }: Template): { nodes: number; lines: number; expressions: number } {
	const text = JSON.stringify(nodes.map(({ parameters }) => ({ ...parameters, jsCode: undefined })));
	return {
		nodes: nodes.length, expressions: text.split('"=').length - 1,
		lines: nodes.reduce((sum, { parameters: { jsCode } }) => sum + (typeof jsCode === 'string' ? jsCode.split('\n').length : 0), 0),
	};
}

function countBy<One>(list: One[], keyOf: (one: One) => string): Map<string, number> {
	const counts = new Map<string, number>();
	for (const one of list) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
	return counts;
}

async function makeTables(rig: Rig): Promise<Record<keyof typeof tables, string>> {
	const { id } = await rig.api.request('GET', '/rest/projects/personal') as { id: string };
	const made = await Promise.all(Object.entries(tables).map(async ([name, columns]) => {
		const created = await rig.api.request('POST', `/rest/projects/${id}/data-tables`, { name, columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })) }) as { id: string };
		return [name, created.id];
	}));
	return Object.fromEntries(made) as Record<keyof typeof tables, string>;
}

void measure().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
	process.exitCode = 1;
});
