import { existsSync, readFileSync } from 'node:fs';

/** What a process can see of where its files are. */
export interface Surroundings {
	/** Text of /proc/self/mountinfo; undefined where there is none. */
	mountInfo?: string;
	/** Whether this process runs in a container. */
	isContainer: boolean;
}

/** What this process sees. */
export function seeSurroundings(): Surroundings {
	const isContainer = existsSync('/.dockerenv') || existsSync('/run/.containerenv') || process.env.KUBERNETES_SERVICE_HOST !== undefined;
	try {
		return { mountInfo: readFileSync('/proc/self/mountinfo', 'utf8'), isContainer };
	} catch {
		return { isContainer };
	}
}

/**
 * Whether a folder would be gone with its container: it lies on the container's own layer, or in memory. Where that can't
 * be seen, it is taken as lasting.
 *
 * @param folder Full path, symbolic links resolved.
 */
export function isGoneWithContainer(folder: string, { mountInfo, isContainer }: Surroundings): boolean {
	if (!isContainer || mountInfo === undefined) return false;
	let best: { place: string; type: string } | undefined;
	for (const line of mountInfo.split('\n')) {
		// proc(5): number, parent, device, root, place, options, tags, `-`, type, source, options
		const [before, after] = line.split(' - ');
		const place = before?.split(' ')[4]?.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)));
		const type = after?.split(' ')[0];
		if (place === undefined || type === undefined) continue;
		const holds = folder === place || folder.startsWith(place === '/' ? '/' : `${place}/`);
		// of mounts at one place the last one is seen
		if (holds && (!best || place.length >= best.place.length)) best = { place, type };
	}
	return best !== undefined && (best.type === 'overlay' || best.type === 'aufs' || best.type === 'tmpfs' || best.type === 'ramfs');
}

/** What to tell the operator of a ledger in this folder; undefined when nothing is wrong. */
export function volumeHint(folder: string, surroundings = seeSurroundings()): string | undefined {
	if (!isGoneWithContainer(folder, surroundings)) return undefined;
	return `The ledger's folder (${folder}) is not on a mounted volume: it is gone with this container. Mount a lasting volume at n8n's folder, usually /home/node/.n8n, before the first live lead.`;
}
