import { checkSettings } from '../../../nodes/lead/settings/checkSettings';
import type { ClientSettings } from '../../../nodes/lead/settings/clientSettings';
import { nearNames } from '../../../nodes/lead/settings/nearNames';
import { applyRows } from '../../../nodes/lead/settings/rows/applyRows';
import { keepState, startSettings, startWarnings } from '../../../nodes/lead/settings/settingsState';
import { sampleSettings } from './settingsSample';

const now = '2026-11-25T09:00:00.000Z';
const earlier = '2026-10-01T08:00:00.000Z';
const settings = (change: Partial<ClientSettings> = {}) => ({ ...(checkSettings(sampleSettings()).settings as ClientSettings), ...change });

describe('keepState', () => {
	it.each<[string, Record<string, unknown>, Partial<ClientSettings> | undefined, { mode: string; liveSince?: string }]>([
		['a new client in test mode', {}, undefined, { mode: 'test' }],
		['a new client live, whose leads all count', { mode: 'live' }, undefined, { mode: 'live' }],
		['a live client live, when the document does not say', {}, { mode: 'live', liveSince: earlier }, { mode: 'live', liveSince: earlier }],
		['a live client since when it was, when the document says live again', { mode: 'live' }, { mode: 'live', liveSince: earlier }, { mode: 'live', liveSince: earlier }],
		['the moment at which a client leaves test mode', { mode: 'live' }, { mode: 'test' }, { mode: 'live', liveSince: now }],
		['the moment that the document brings', { mode: 'live', liveSince: earlier }, { mode: 'test' }, { mode: 'live', liveSince: earlier }],
		['a client that goes back to test mode, with its date', { mode: 'test' }, { mode: 'live', liveSince: earlier }, { mode: 'test', liveSince: earlier }],
	])('keeps %s', (_what, given, current, state) => {
		const document = { ...sampleSettings(), ...given };
		const kept = keepState(document, checkSettings(document).settings as ClientSettings, current && settings(current), now);
		expect({ mode: kept.mode, ...(kept.liveSince ? { liveSince: kept.liveSince } : {}) }).toEqual(state);
	});
});

describe('startSettings', () => {
	it('become settings that pass the check with nothing but a team', () => {
		const { document, problems, warnings, parts } = applyRows(startSettings('acme', 'Europe/Berlin'), [{ Name: 'Mia Example', Email: 'mia@example.com', Team: 'Sales' }], { mode: 'replace' });
		expect(problems).toEqual([]);
		expect(checkSettings(document).settings).toMatchObject({ name: 'acme', timeZone: 'Europe/Berlin', fallbackOwner: 'mia', teams: [{ name: 'Sales', members: ['mia'] }] });
		expect([...startWarnings(parts), ...warnings]).toHaveLength(4);
	});
});

describe('nearNames', () => {
	it.each<[string, string[], string[]]>([
		['acmee', ['acme', 'beta', 'acme-uk'], ['acme']],
		['amce', ['acme', 'beta'], ['acme']],
		['acme', ['acme-uk', 'acme-de', 'zeta'], ['acme-de', 'acme-uk']],
		['ab', ['xy', 'zz'], []],
		['northwind', ['acme', 'beta'], []],
		['x'.repeat(100_000), ['acme'], []],
	])('finds what is meant by %.20s', (given, names, near) => {
		expect(nearNames(given, names)).toEqual(near);
	});
});
