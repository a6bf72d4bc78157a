import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeLedgers, openLedger } from '../../nodes/host/openLedger';
import type { Ledger } from '../../nodes/ledger/ledger';
import { strictContext } from '../support/strictContext';

let storageFolder: string;

beforeEach(() => { storageFolder = mkdtempSync(join(tmpdir(), 'lead-handoff-open-')); });
afterEach(closeLedgers);

const open = async (type = 'leadNormalize', parameters: Record<string, unknown> = {}): Promise<Ledger | undefined> =>
	await openLedger(strictContext({ items: [], storageFolder, node: { type }, parameters }));

describe('openLedger', () => {
	it('gives every node type the same ledger, in one file beside their folders', async () => {
		const [one, other] = await Promise.all([open('leadNormalize'), open('slaWatch')]);
		expect(one).toBeDefined();
		expect(other).toBe(one);
		expect(existsSync(join(storageFolder, 'storage', 'n8n-nodes-lead-handoff', 'ledger.sqlite'))).toBe(true);
		expect(existsSync(join(storageFolder, 'storage', 'leadNormalize', 'ledger.sqlite'))).toBe(false);
	});

	it('gives none, and touches no folder, when none is wanted', async () => {
		expect(await open('leadNormalize', { ledger: 'none' })).toBeUndefined();
		expect(existsSync(join(storageFolder, 'storage'))).toBe(false);
	});

	describe('on an older Node.js', () => {
		const versions = Object.getOwnPropertyDescriptor(process, 'versions') as PropertyDescriptor;
		beforeEach(() => { Object.defineProperty(process, 'versions', { ...versions, value: { ...process.versions, node: '22.19.0' } }); });
		afterEach(() => { Object.defineProperty(process, 'versions', versions); });

		it('says which n8n it needs', async () => {
			await expect(open()).rejects.toMatchObject({ code: 'N8N_TOO_OLD', message: 'This node needs n8n 2.38 or newer', description: expect.stringContaining('"Ledger"') as string });
		});

		it('still works without a ledger', async () => {
			expect(await open('leadNormalize', { ledger: 'none' })).toBeUndefined();
		});
	});

	describe('in n8n\'s queue mode', () => {
		const mode = process.env.EXECUTIONS_MODE;
		beforeEach(() => { process.env.EXECUTIONS_MODE = 'queue'; });
		afterEach(() => {
			if (mode === undefined) delete process.env.EXECUTIONS_MODE;
			else process.env.EXECUTIONS_MODE = mode;
		});

		it('refuses the file, of which each worker could have its own', async () => {
			await expect(open()).rejects.toMatchObject({ code: 'EMBEDDED_IN_QUEUE_MODE' });
			expect(await open('leadNormalize', { ledger: 'none' })).toBeUndefined();
		});
	});

	it('tries again in the next run when the file could not be opened', async () => {
		const folder = join(storageFolder, 'storage', 'n8n-nodes-lead-handoff');
		mkdirSync(join(storageFolder, 'storage'));
		writeFileSync(folder, 'a file where the folder should be');
		await expect(open()).rejects.toMatchObject({ name: 'LeadError' });
		rmSync(folder);
		expect(await (await open())?.listClients()).toEqual([]);
	});
});
