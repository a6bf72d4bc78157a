import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether a small volume can be mounted here: as root, in a container that may. Elsewhere a full disk is made another way. */
export const canMount = process.getuid?.() === 0 && process.platform === 'linux' && triesToMount();

function triesToMount(): boolean {
	const folder = mkdtempSync(join(tmpdir(), 'lead-handoff-volume-'));
	const mounted = mount(folder, 1);
	if (mounted) spawnSync('umount', [folder]);
	rmdirSync(folder);
	return mounted;
}

/** Mounts a volume in memory. */
export function mount(folder: string, megabytes: number): boolean {
	return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]).status === 0;
}

/** Gives a mounted volume more room. */
export function enlarge(folder: string, megabytes: number): void {
	if (spawnSync('mount', ['-o', `remount,size=${megabytes}m`, folder]).status !== 0) throw new Error('The volume could not be made larger');
}

export function unmount(folder: string): void {
	spawnSync('umount', [folder]);
}
