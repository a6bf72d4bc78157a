/**
 * Audit Leads over exports of 500 and 5,000 messy rows, whose few names and firms make many rows look alike: time and
 * processor, and how long the event loop is held; reference: the same file read by csv-parse and nothing done.
 *
 *   npm run bench -- auditLeads
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { IDataObject } from 'n8n-workflow';
import { HandoffLedger } from '../nodes/HandoffLedger/HandoffLedger.node';
import { properties } from '../nodes/HandoffLedger/properties';
import { readCsv } from '../nodes/host/readCsv';
import { messyExport } from '../test/support/messyExport';
import { strictContext } from '../test/support/strictContext';
import { table } from './support/options';

const defaults = Object.fromEntries(properties.filter((property) => !String(property.default).startsWith('=')).map((property) => [property.name, property.default]));

async function auditPage(csv: Buffer): Promise<number> {
	const item = { json: {}, binary: { data: { data: '', mimeType: 'text/csv' } } } as unknown as IDataObject;
	const ctx = strictContext({
		items: [item], timeZone: 'Europe/Berlin',
		helpers: {
			getBinaryDataBuffer: async () => await Promise.resolve(csv),
			prepareBinaryData: async (data: Buffer, fileName: string, mimeType: string) => await Promise.resolve({ data: data.toString('base64'), fileName, mimeType }),
		},
		parameters: { ...defaults, resource: 'report', operation: 'auditLeads', auditFrom: 'csvFile', auditGive: 'page' },
	});
	const [[{ json }]] = await new HandoffLedger().execute.call(ctx);
	return Buffer.byteLength(String(json.html));
}

async function read(csv: Buffer): Promise<number> {
	let rows = 0;
	for await (const { json } of readCsv(csv, { header: false })) if (json) rows += 1;
	return rows;
}

async function timed<Result>(work: () => Promise<Result>): Promise<{ result: Result; seconds: number; cpu: number; held: number }> {
	const delay = monitorEventLoopDelay({ resolution: 1 });
	delay.enable();
	const cpu = process.cpuUsage();
	const start = performance.now();
	const result = await work();
	const seconds = (performance.now() - start) / 1000;
	delay.disable();
	const { user, system } = process.cpuUsage(cpu);
	return { result, seconds, cpu: (user + system) / 1e6, held: delay.max / 1e6 };
}

async function main(): Promise<void> {
	await auditPage(messyExport(200, 1).csv);
	const lines: (string | number)[][] = [];
	for (const leads of [500, 5_000]) {
		const { csv } = messyExport(leads, 1);
		const reference = await timed(async () => await read(csv));
		const { result, seconds, cpu, held } = await timed(async () => await auditPage(csv));
		lines.push([leads, seconds.toFixed(2), cpu.toFixed(2), (cpu / reference.cpu).toFixed(1), held.toFixed(0), Math.round(result / 1024)]);
	}
	table(['rows', 'seconds', 'CPU seconds', 'times reading', 'longest hold ms', 'page kB'], lines);
}

void main();
