import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Instance } from './operations/instances';

/**
 * This process as an instance is known by.
 *
 * @param within - `container`: containers of one host name are kept apart, for none of them sees the other's processes.
 */
export function thisProcess(within: 'host' | 'container' = 'host'): Omit<Instance, 'id'> {
	const host = within === 'host' ? hostname() : `${hostname()} ${processSpace()}`.trim();
	return { host, pid: process.pid, processStart: processStart(process.pid) ?? '' };
}

/** Linux: names the processes that this one can see; elsewhere nothing. */
function processSpace(): string {
	try {
		return readlinkSync('/proc/self/ns/pid');
	} catch {
		return '';
	}
}

/**
 * Whether the process of an instance of this host is surely gone. A process that only looks alive (another container,
 * a pid used again where no start can be read) is taken as alive: its leases then end with their time.
 */
export function isGone({ pid, processStart: start }: Pick<Instance, 'pid' | 'processStart'>): boolean {
	if (!isRunning(pid) || isZombie(pid)) return true;
	const current = processStart(pid);
	return current !== undefined && start !== '' && current !== start;
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (caught) {
		// someone else's process is there too
		return (caught as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/** Linux: it has ended, and whoever started it has not asked how; its number is still taken. Elsewhere nobody can tell. */
function isZombie(pid: number): boolean {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		return ['Z', 'X'].includes(stat.charAt(stat.lastIndexOf(')') + 2));
	} catch {
		return false;
	}
}

/**
 * When a process started, as text to compare: in a container every restart of n8n has the same pid.
 * Linux: field 22 of /proc/<pid>/stat with the id of the boot; elsewhere only for this process.
 */
function processStart(pid: number): string | undefined {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		// the name in brackets may hold blanks
		const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
		return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${ticks}`;
	} catch {
		return pid === process.pid ? String(Math.round((Date.now() - process.uptime() * 1000) / 10_000)) : undefined;
	}
}
