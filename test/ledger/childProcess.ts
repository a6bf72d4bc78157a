import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { ChildTask } from './child';

const root = join(__dirname, '..', '..');
const script = join(root, '.artifacts', 'test', 'ledgerChild.js');

/** Builds the script that other processes run; it stands beside the built worker, where `workerFile` looks for it. */
export function buildChild(): void {
	buildSync({
		entryPoints: [join(__dirname, 'child.ts')],
		outfile: script, bundle: true, platform: 'node', format: 'cjs', target: 'node24', logLevel: 'warning',
	});
}

/** Another process on the same ledger, that has opened it and waits; it fails with the error's code. */
export async function startChild(task: ChildTask, uid?: number): Promise<ChildProcess> {
	const child = fork(script, [JSON.stringify(task)], { execArgv: [], ...(uid !== undefined && { uid }) });
	const { failed } = await nextMessage<{ failed?: string }>(child);
	if (failed !== undefined) throw new Error(failed);
	return child;
}

/** Lets the process do its task, and gives what it answers; the process stays. */
export async function askChild<Answer>(child: ChildProcess): Promise<Answer> {
	const answered = nextMessage<Answer>(child);
	child.send('go');
	return await answered;
}

/** Lets the process do its task and end. */
export async function runChild<Answer>(child: ChildProcess): Promise<Answer> {
	const answer = await askChild<Answer>(child);
	child.disconnect();
	return answer;
}

/** Runs a task in several processes at the same time. */
export async function runChildren<Answer>(tasks: ChildTask[]): Promise<Answer[]> {
	const children = await Promise.all(tasks.map((task) => startChild(task)));
	return await Promise.all(children.map((child) => runChild<Answer>(child)));
}

async function nextMessage<Message>(child: ChildProcess): Promise<Message> {
	return await new Promise((resolve, reject) => {
		child.once('message', (message) => resolve(message as Message));
		child.once('exit', (code) => reject(new Error(`the child ended with ${code}`)));
	});
}
