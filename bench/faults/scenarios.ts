import { existsSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RigOptions, Rig } from '../rig/n8nRig';
import type { ChatStandIn } from '../rig/standIn';

export interface Scenario {
	name: string;
	/** Neighbours that name the very same one share an installation. */
	rig: RigOptions;
	/** Of `npm run faults -- --short` too. */
	short?: boolean;
	/** Breaks something, waits, and puts it right. */
	fault(world: World): Promise<void>;
	/** Set up before n8n starts, e.g. a small volume. */
	smallVolume?: boolean;
	/** A model that never answers. */
	hangingModel?: boolean;
	/** Each lead is written to a CRM; what it did not take is kept with the lead. */
	crm?: boolean;
	/** n8n's clock can be set. */
	clock?: boolean;
}

export interface World { rig: Rig; chat: ChatStandIn; crm: ChatStandIn; random: () => number; short: boolean }

const pause = async (seconds: number) => await new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000));
const one: RigOptions = {};
const fakeTime = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1';
export const canSetClock = existsSync(fakeTime);
const clockFile = join(tmpdir(), `lead-handoff-clock-${process.pid}`);
/** An n8n whose clock is real time and what `setClock` added to it, by Debian's libfaketime. */
const setByFile: RigOptions = { env: { LD_PRELOAD: fakeTime, FAKETIME_TIMESTAMP_FILE: clockFile, FAKETIME_CACHE_DURATION: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' } };
const queue: RigOptions = { workers: 2 };
const away = ({ short, random }: World) => (short ? 3 : 5 + random() * 10);

export const scenarios: Scenario[] = [
	{ name: 'n8n killed (embedded ledger)', rig: one, fault: async ({ rig }) => await rig.restartMain() },
	{ name: 'disk full under the embedded ledger', rig: {}, smallVolume: true, fault: async (world) => await fillDisk(world) },
	{ name: 'model never answers', rig: {}, hangingModel: true, fault: async () => await pause(1) },
	{ name: 'Slack breaks each connection', rig: one, fault: async (world) => await chatFault(world, 'cut') },
	{ name: 'Slack takes nothing and never answers', rig: one, fault: async (world) => await chatFault(world, 'hang') },
	{ name: 'CRM breaks each connection', rig: {}, crm: true, fault: async ({ crm, ...world }) => await chatFault({ ...world, chat: crm }, 'cut') },
	{ name: 'clock jumps an hour ahead', rig: setByFile, clock: true, fault: async () => { setClock(3_600); await pause(5); } },
	{ name: 'clock falls back half a minute', rig: setByFile, clock: true, fault: async () => { setClock(-30); await pause(5); } },
	{ name: 'main killed in queue mode', rig: queue, fault: async ({ rig }) => await rig.restartMain() },
	{ name: 'worker killed', rig: queue, short: true, fault: async ({ rig, random }) => await rig.restartWorker(Math.floor(random() * rig.workers.length)) },
	{ name: 'Redis killed', rig: queue, short: true, fault: async (world) => { await world.rig.redis?.kill(); await pause(away(world)); await world.rig.redis?.start(); } },
	{ name: 'PostgreSQL killed', rig: queue, fault: async (world) => { await world.rig.postgres?.kill(); await pause(away(world)); await world.rig.postgres?.start(); } },
	{ name: 'connections of the ledger cut', rig: queue, short: true, fault: async (world) => { world.rig.network?.cut(); await pause(away(world)); world.rig.network?.heal(); } },
	{ name: 'connections of the ledger frozen', rig: queue, fault: async (world) => { world.rig.network?.freeze(); await pause(away(world)); world.rig.network?.heal(); } },
];

async function chatFault({ chat, short, random }: Pick<World, 'chat' | 'short' | 'random'>, as: 'cut' | 'hang'): Promise<void> {
	chat.behave(as);
	// under three leases, after which an alert goes to who answers for activation
	await pause(short ? 3 : 5 + random() * 10);
	chat.behave('take');
}

/** The clock is set so many seconds ahead of where it is, below 0 back; it begins at real time. */
export function setClock(seconds: number): void {
	const now = existsSync(clockFile) ? Number(readFileSync(clockFile, 'utf8')) : 0;
	writeFileSync(clockFile, `${now + seconds >= 0 ? '+' : ''}${now + seconds}\n`);
}

/** The volume of the ledger's folder has no byte left for a while. */
async function fillDisk(world: World): Promise<void> {
	const folder = join(world.rig.folder, '.n8n', 'storage');
	const filler = join(folder, 'filler');
	for (let index = 0; ; index++) {
		const { bavail, bsize } = statfsSync(folder);
		if (bavail === 0) break;
		writeFileSync(`${filler}-${index}`, Buffer.alloc(Math.max(bsize, Math.floor(bavail * bsize / 2))), { flag: 'w' });
	}
	await pause(away(world));
	for (const name of readdirSync(folder).filter((one) => one.startsWith('filler'))) rmSync(join(folder, name));
}
