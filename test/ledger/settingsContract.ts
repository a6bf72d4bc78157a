import type { Ledger } from '../../nodes/ledger/ledger';
import { monday, settings } from './samples';

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
