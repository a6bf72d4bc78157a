import { forgetExecution, knownToExecution } from '../../nodes/host/executionClients';
import type { FoundClient } from '../../nodes/host/openRun';
import type { Ledger } from '../../nodes/ledger/ledger';

const ledger = {} as Ledger;
const client = (version: number): FoundClient => ({ client: { key: 'acme', version } as FoundClient['client'] });
let saved = 1;
let reads = 0;
const read = async (): Promise<FoundClient> => {
	reads++;
	return await Promise.resolve(client(saved));
};
const ask = async (execution: string | undefined, of: { ledger?: Ledger; key?: string } = {}) => (await knownToExecution({ ledger, execution, key: 'acme', ...of }, read)).client?.version;

describe('the clients of an execution', () => {
	beforeEach(() => {
		jest.useFakeTimers({ now: Date.parse('2026-11-23T09:00:00Z') });
		[saved, reads] = [1, 0];
	});
	afterEach(() => { jest.useRealTimers(); });

	it('are read once for its nodes, and anew by the next execution, another client and another ledger', async () => {
		expect(await Promise.all([ask('a'), ask('a'), ask('a')])).toEqual([1, 1, 1]);
		expect(reads).toBe(1);
		saved = 2;
		expect([await ask('a'), await ask('b'), await ask('a', { key: 'zeta' }), await ask('a', { ledger: {} as Ledger })]).toEqual([1, 2, 2, 2]);
	});

	it('are read anew after five seconds, and when the clock falls back', async () => {
		await ask('c');
		saved = 2;
		jest.setSystemTime(Date.parse('2026-11-23T09:00:04.999Z'));
		expect(await ask('c')).toBe(1);
		jest.setSystemTime(Date.parse('2026-11-23T09:00:05.000Z'));
		expect(await ask('c')).toBe(2);
		saved = 3;
		jest.setSystemTime(Date.parse('2026-11-23T08:00:00Z'));
		expect(await ask('c')).toBe(3);
	});

	it('are read anew once the execution saved settings, and where it has no ID', async () => {
		await ask('d');
		saved = 2;
		forgetExecution('d');
		expect(await ask('d')).toBe(2);
		saved = 3;
		expect([await ask(undefined), await ask('')]).toEqual([3, 3]);
	});

	it('are asked for again when they were not found, or the ledger failed', async () => {
		await expect(knownToExecution({ ledger, execution: 'e', key: 'acme' }, async () => await Promise.reject(new Error('busy')))).rejects.toThrow('busy');
		expect(await knownToExecution({ ledger, execution: 'e', key: 'acme' }, async () => await Promise.resolve({}))).toEqual({});
		expect(await ask('e')).toBe(1);
	});
});
