import { isObject } from '../isObject';
import type { ClientSettings } from './clientSettings';

/**
 * Mode and live date of settings that are about to be saved. A document that says nothing of them leaves them as they are,
 * so that a client does not fall back to test mode because somebody saved new rules. One that takes a client from test
 * mode to live stamps the moment, unless it brings one.
 *
 * @param given - The document as it was written, without defaults.
 * @param now - The moment of the change, ISO 8601.
 */
export function keepState(given: unknown, settings: ClientSettings, current: ClientSettings | undefined, now: string): ClientSettings {
	const document = isObject(given) ? given : {};
	const mode = document.mode === undefined ? (current?.mode ?? settings.mode) : settings.mode;
	const isGoingLive = mode === 'live' && current?.mode === 'test';
	const liveSince = settings.liveSince ?? (isGoingLive ? now : current?.liveSince);
	return { ...settings, mode, ...(liveSince === undefined ? {} : { liveSince }) };
}

/** Settings of a client that is filled in by rows only: one calendar and one target, and nobody yet. */
export function startSettings(client: string, timeZone: string): Record<string, unknown> {
	const hours = ['09:00-17:30'];
	return {
		name: client,
		timeZone,
		calendars: [{ name: 'Office', hours: { monday: hours, tuesday: hours, wednesday: hours, thursday: hours, friday: hours } }],
		members: [],
		slaPolicies: [{ name: 'First Response', firstResponseMinutes: 15 }],
	};
}

/** What `startSettings` assumed, for parts that no rows came for. */
export function startWarnings(parts: readonly string[]): string[] {
	return [
		...(parts.includes('Client') ? [] : ['Client: no row came, so its name is its key, and its time zone that of the workflow']),
		...(parts.includes('Calendars') ? [] : ['Calendars: no row came, so there is one, Office, open Monday to Friday 09:00-17:30']),
		...(parts.includes('SLA') ? [] : ['SLA: no row came, so there is one policy, First Response, of 15 minutes']),
	];
}
