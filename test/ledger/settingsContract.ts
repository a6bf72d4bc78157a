import type { Ledger } from '../../nodes/ledger/ledger';
import { minutesLater, monday, settings } from './samples';

export function settingsContract(ledger: () => Ledger): void {
	describe('client settings', () => {
		it('knows no client at first', async () => {
			expect(await ledger().getClient('acme')).toBeUndefined();
			expect(await ledger().listClients()).toEqual([]);
		});

		it('gives back what was saved, with its version', async () => {
			expect(await ledger().saveSettings({ client: 'acme', settings: settings(), at: monday })).toEqual({ version: 1, changed: true });
			expect(await ledger().getClient('acme')).toEqual({ key: 'acme', settings: settings(), version: 1 });
		});

		it('keeps the version when the same settings come again in another order', async () => {
			await ledger().saveSettings({ client: 'acme', settings: settings(), at: monday });
			const reversed = Object.fromEntries(Object.entries(settings()).reverse()) as ReturnType<typeof settings>;
			expect(await ledger().saveSettings({ client: 'acme', settings: reversed, at: monday })).toEqual({ version: 1, changed: false });
		});

		it('counts the version up with every change, back to an older document too', async () => {
			await ledger().saveSettings({ client: 'acme', settings: settings(), at: monday });
			expect(await ledger().saveSettings({ client: 'acme', settings: settings({ mode: 'test' }), by: 'ops', at: monday })).toEqual({ version: 2, changed: true });
			expect(await ledger().saveSettings({ client: 'acme', settings: settings(), at: monday })).toEqual({ version: 3, changed: true });
		});

		it('gives any version with its moment and its author', async () => {
			await ledger().saveSettings({ client: 'acme', settings: settings(), by: 'ada', at: monday });
			await ledger().saveSettings({ client: 'acme', settings: settings({ mode: 'test' }), at: minutesLater(5) });
			const first = { version: 1, settings: settings(), savedAt: monday, savedBy: 'ada' };
			const second = { version: 2, settings: settings({ mode: 'test' }), savedAt: minutesLater(5), savedBy: null };
			expect(await ledger().getSettings({ client: 'acme', version: 1 })).toEqual(first);
			expect(await ledger().getSettings({ client: 'acme', version: 2 })).toEqual(second);
			expect(await ledger().getSettings({ client: 'acme' })).toEqual(second);
			expect(await ledger().getSettings({ client: 'acme', version: 3 })).toBeUndefined();
			expect(await ledger().getSettings({ client: 'beta' })).toBeUndefined();
		});

		// two operators who had version 1 open must not undo each other's change
		it('saves nothing when somebody saved since the expected version', async () => {
			await ledger().saveSettings({ client: 'acme', settings: settings(), at: monday, expectedVersion: 0 });
			const saved = await Promise.all(['Ada', 'Ben'].map(async (name) => await ledger().saveSettings({ client: 'acme', settings: settings({ name }), at: monday, expectedVersion: 1 })));
			expect(saved.filter(({ changed }) => changed)).toEqual([{ version: 2, changed: true }]);
			expect(saved.filter(({ conflict }) => conflict)).toEqual([{ version: 2, changed: false, conflict: true }]);
			expect(await ledger().getClient('acme')).toMatchObject({ version: 2, settings: { name: saved[0].changed ? 'Ada' : 'Ben' } });
		});

		it('sets up no client whose version was expected to be there', async () => {
			expect(await ledger().saveSettings({ client: 'acme', settings: settings(), at: monday, expectedVersion: 3 })).toEqual({ version: 0, changed: false, conflict: true });
			expect(await ledger().listClients()).toEqual([]);
		});

		it('lists clients by key with name and mode', async () => {
			await ledger().saveSettings({ client: 'zeta', settings: settings({ name: 'Zeta', mode: 'test' }), at: monday });
			await ledger().saveSettings({ client: 'acme', settings: settings(), at: monday });
			expect(await ledger().listClients()).toEqual([
				{ key: 'acme', name: 'Acme', mode: 'live', version: 1 },
				{ key: 'zeta', name: 'Zeta', mode: 'test', version: 1 },
			]);
		});
	});
}
