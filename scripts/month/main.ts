import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeLedgers } from '../../nodes/host/openLedger';
import { monthTable } from './monthTable';
import { assumed, playMonths } from './playMonth';

const option = (name: string, usual: number): number => {
	const at = process.argv.indexOf(`--${name}`);
	const value = at < 0 ? usual : Number(process.argv[at + 1]);
	if (!(Number.isInteger(value) && value > 0)) throw new Error(`--${name} needs a whole number above 0`);
	return value;
};

async function main(): Promise<void> {
	const [leads, seed] = [option('leads', 280), option('seed', 26)];
	// the ledger's thread alone keeps no process alive
	const alive = setInterval(() => undefined, 1_000);
	const storageFolder = mkdtempSync(join(tmpdir(), 'lead-handoff-month-'));
	try {
		const month = await playMonths({ leads, seed, storageFolder });
		const folder = join('.artifacts', 'month');
		mkdirSync(folder, { recursive: true });
		writeFileSync(join(folder, 'before.html'), month.before.html);
		writeFileSync(join(folder, 'after.html'), month.after.html);
		writeFileSync(join(folder, 'audit-of-before.html'), String(month.audit.html));
		writeFileSync(join(folder, 'playbook.html'), String(month.playbook.html));
		process.stdout.write(`${monthTable(month)}\n\nAssumed of people, and of nothing else: ${JSON.stringify(assumed)}\nPages: ${['before', 'after', 'audit-of-before', 'playbook'].map((name) => join(folder, `${name}.html`)).join(', ')}\n`);
	} finally {
		clearInterval(alive);
		await closeLedgers();
		rmSync(storageFolder, { recursive: true, force: true });
	}
}

void main();
