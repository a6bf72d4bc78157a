import { readdirSync, readFileSync } from 'node:fs';

/** A tick of `/proc` in seconds: USER_HZ is 100 on every Linux that n8n runs on. */
const tick = 0.01;

interface Usage {
	/** Seconds of processor time since each process began, its children's too. */
	cpuSeconds: number;
	/** Megabytes in memory now. */
	megabytes: number;
}

/** What a process and all that it started use now: Code nodes run in a child of n8n. */
export function usageOf(pid: number): Usage {
	const parents = new Map<number, number>();
	for (const name of readdirSync('/proc')) {
		if (!/^\d+$/.test(name)) continue;
		const fields = statOf(Number(name));
		if (fields) parents.set(Number(name), Number(fields[1]));
	}
	const tree = [pid];
	for (const one of tree) for (const [child, parent] of parents) if (parent === one) tree.push(child);
	let cpuSeconds = 0;
	let megabytes = 0;
	for (const one of tree) {
		const fields = statOf(one);
		if (!fields) continue;
		// with what its ended children took
		cpuSeconds += fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * tick;
		megabytes += Number(fields[21]) * 4096 / 2 ** 20;
	}
	return { cpuSeconds, megabytes };
}

/** The oldest process whose command line holds all these words. */
export function pidWith(...words: string[]): number {
	const found = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).sort((a, b) => a - b).find((pid) => {
		try {
			const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
			return words.every((word) => command.includes(word));
		} catch {
			return false;
		}
	});
	if (found === undefined) throw new Error(`No process runs ${words.join(' ')}`);
	return found;
}

/** Fields of `/proc/<pid>/stat` behind the name: state, parent, …; undefined when the process is gone. */
function statOf(pid: number): string[] | undefined {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
		return text.slice(text.lastIndexOf(')') + 2).split(' ');
	} catch {
		return undefined;
	}
}
