import type { LedgerUnderTest } from './contract';
import { askChild, buildChild, startChild } from './childProcess';
import { delivery } from './samples';

/** For several processes of Node.js on a machine under load. */
const longestMs = 120_000;

/** What holds when a process of n8n is gone from one moment to the next. */
export function crashContract(name: string, driver: LedgerUnderTest): void {
	describe(`ledger contract, after kill -9: ${name}`, () => {
		beforeAll(buildChild);

		it('has nothing half-written and every acknowledged capture', async () => {
			const address = driver.makeAddress();
			const acknowledged: string[] = [];
			for (let round = 0; round < 6; round++) {
				const child = await startChild({ name: 'writeForever', address });
				const ended = new Promise((resolve) => child.once('exit', resolve));
				const enough = 5 + Math.floor(Math.random() * 20);
				let seen = 0;
				child.on('message', ({ acknowledged: id }: { acknowledged: string }) => {
					acknowledged.push(id);
					seen += 1;
					// somewhere in the next statements
					if (seen === enough) setTimeout(() => child.kill('SIGKILL'), Math.random() * 15);
				});
				child.send('go');
				await ended;
			}
			// opening takes what is left in the log
			await (await driver.open(address)).close();

			const rows = async (sql: string) => await driver.rows(address, sql);
			const stored = new Set((await rows('SELECT id FROM submissions')).map(({ id }) => id));
			expect(acknowledged.length).toBeGreaterThanOrEqual(30);
			expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
			// whole: a submission has its lead, a decided one its decision and its keys
			for (const half of [
				'SELECT id FROM submissions WHERE NOT EXISTS (SELECT 1 FROM leads WHERE leads.id = submissions.lead_id AND leads.state >= submissions.state)',
				`SELECT id FROM submissions WHERE (state >= 1) <> EXISTS (SELECT 1 FROM decisions WHERE submission_id = submissions.id AND stage = 'clean')`,
				'SELECT id FROM submissions WHERE (state >= 1) <> EXISTS (SELECT 1 FROM match_keys WHERE match_keys.person_id = submissions.person_id)',
				'SELECT id FROM leads WHERE NOT EXISTS (SELECT 1 FROM submissions WHERE submissions.lead_id = leads.id)',
			]) expect(await rows(half)).toEqual([]);
		}, longestMs);

		it('resumes a submission whose process is gone at once, and leaves a living one\'s alone', async () => {
			const address = driver.makeAddress();
			const child = await startChild({ name: 'captureAndHold', address, key: 'form 1' });
			await askChild(child);
			const before = await driver.open(address);
			expect((await before.capture(delivery({ key: 'form 1' }))).delivery.outcome).toBe('inProgress');
			const ended = new Promise((resolve) => child.once('exit', resolve));
			child.kill('SIGKILL');
			await ended;
			await before.close();
			const after = await driver.open(address);
			expect((await after.capture(delivery({ key: 'form 1' }))).delivery).toEqual({ number: 3, outcome: 'resume' });
			await after.close();
		}, longestMs);

		it('resumes a submission of a ledger that was closed', async () => {
			const address = driver.makeAddress();
			const before = await driver.open(address);
			await before.capture(delivery({ key: 'form 1' }));
			await before.close();
			const after = await driver.open(address);
			expect((await after.capture(delivery({ key: 'form 1' }))).delivery.outcome).toBe('resume');
			await after.close();
		}, longestMs);
	});
}
