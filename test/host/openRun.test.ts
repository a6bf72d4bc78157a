import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkflowExecuteMode } from 'n8n-workflow';
import { closeLedgers } from '../../nodes/host/openLedger';
import { openRun, type Run } from '../../nodes/host/openRun';
import type { DeliveryOutcome } from '../../nodes/lead/handoffRecord';
import { recordOf } from '../lead/route/samples';
import { settings } from '../ledger/samples';
import { strictContext } from '../support/strictContext';

const at = '2026-11-20T18:30:00.000Z';
let storageFolder: string;

beforeEach(() => { storageFolder = mkdtempSync(join(tmpdir(), 'lead-handoff-run-')); });
afterEach(closeLedgers);

const open = async (mode: WorkflowExecuteMode = 'trigger', ledger = 'embedded'): Promise<Run> =>
	await openRun(strictContext({ items: [], storageFolder, mode, parameters: { ledger }, timeZone: 'Asia/Tokyo' }));

async function save(...clients: string[]): Promise<void> {
	const { ledger } = await open();
	for (const client of clients) await ledger?.saveSettings({ client, settings: settings(), at });
}

describe('the client of a run', () => {
	it('needs no set-up when it is "default" and the only one', async () => {
		expect(await (await open()).client('default')).toBeUndefined();
		await save('default');
		expect(await (await open()).client('default')).toMatchObject({ key: 'default', version: 1 });
	});

	// nothing of an agency's clients may land in a client that nobody chose
	it('is not "default" beside others', async () => {
		await save('acme');
		await expect((await open()).client('default')).rejects.toMatchObject({ code: 'CLIENT_NOT_SET_UP' });
	});

	it('is one that is set up, and the error names those that are', async () => {
		await save('acme', 'globex');
		const run = await open();
		expect(await run.client('acme')).toMatchObject({ key: 'acme', version: 1 });
		await expect(run.client('acmee')).rejects.toMatchObject({ message: 'Client \'acmee\' is not set up', description: expect.stringContaining('(acme, globex)') as string });
	});

	// a form may have a field called client
	it('is not named in the error when it is no key', async () => {
		await save('acme');
		await expect((await open()).client('Zebedee Quux <zebedee@quux.example>')).rejects.toMatchObject({ message: 'This client is not set up' });
	});

	it('is read once a run, and again in the next', async () => {
		await save('acme');
		const run = await open();
		const getClient = jest.spyOn(run.ledger as Required<Run>['ledger'], 'getClient');
		await Promise.all([run.client('acme'), run.client('acme'), run.client('acme')]);
		expect(getClient).toHaveBeenCalledTimes(1);
		await (await open()).client('acme');
		expect(getClient).toHaveBeenCalledTimes(2);
	});

	it('never stops the run for a lead that names none', async () => {
		const unnamed = { record: { client: 'default' }, captured: false };
		expect(await (await open()).clientOf(unnamed)).toEqual({ client: undefined, unnamed: false });
		await save('acme');
		const run = await open();
		expect(await run.clientOf(unnamed)).toEqual({ unnamed: true });
		expect(await run.clientOf({ record: { client: 'acme' }, captured: false })).toMatchObject({ client: { key: 'acme' }, unnamed: false });
		await expect(run.clientOf({ ...unnamed, captured: true })).rejects.toMatchObject({ code: 'CLIENT_NOT_SET_UP' });
		await expect(run.clientOf({ record: { client: 'acmee' }, captured: false })).rejects.toMatchObject({ code: 'CLIENT_NOT_SET_UP' });
	});

	it('has no settings without a ledger', async () => {
		const run = await open('trigger', 'none');
		expect(run.ledger).toBeUndefined();
		expect(await run.client('anybody')).toBeUndefined();
	});
});

describe('a run', () => {
	it.each<[WorkflowExecuteMode, boolean]>([
		['manual', true], ['evaluation', true], ['trigger', false], ['webhook', false], ['integrated', false], ['retry', false], ['error', false], ['cli', false],
	])('in mode %s is by hand: %s', async (mode, manual) => {
		expect((await open(mode, 'none')).manual).toBe(manual);
	});

	describe('deciding afresh', () => {
		const decidesAfresh = async (mode: WorkflowExecuteMode, test: boolean, outcome: DeliveryOutcome, carried?: unknown): Promise<boolean> => {
			const record = recordOf({}, { run: { test } });
			return (await open(mode, 'none')).decidesAfresh({ ...record, submission: { ...record.submission, delivery: { number: 1, outcome } } }, carried);
		};

		it.each<[string, boolean, Parameters<typeof decidesAfresh>]>([
			['a test lead in the editor', true, ['manual', true, 'first']],
			['a test lead in an evaluation', true, ['evaluation', true, 'resume']],
			['a live lead in the editor', false, ['manual', false, 'first']],
			['a test lead in production', false, ['trigger', true, 'first']],
			['a test lead in a sub-workflow', false, ['integrated', true, 'first']],
			['a resend', false, ['manual', true, 'done']],
			['a resend whose first delivery still runs', false, ['manual', true, 'inProgress']],
			['what a node before has just decided', false, ['manual', true, 'first', { verdict: 'create' }]],
		])('holds for %s: %s', async (_, expected, given) => {
			expect(await decidesAfresh(...given)).toBe(expected);
		});
	});

	it('has the workflow\'s zone, the present, and ids that never repeat', async () => {
		const run = await open('trigger', 'none');
		expect(run.timeZone).toBe('Asia/Tokyo');
		expect(Math.abs(run.now().getTime() - Date.now())).toBeLessThan(60_000);
		expect(new Set(Array.from({ length: 100 }, run.newId)).size).toBe(100);
	});
});
