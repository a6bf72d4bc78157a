import type { ZonedCalendarSettings } from '../../../nodes/lead/activate/calendar';
import { readRecord } from '../../../nodes/lead/readRecord';
import type { HandoffRecord } from '../../../nodes/lead/handoffRecord';
import { clientSettingsSchema, type ClientSettings } from '../../../nodes/lead/settings/clientSettings';

const office = ['09:00-17:30'];

/** Monday to Friday 09:00 to 17:30 in London, unless changed. */
export function officeHours(change: Partial<ZonedCalendarSettings> = {}): ZonedCalendarSettings {
	return {
		name: 'Office', timeZone: 'Europe/London', alwaysOpen: false, holidays: [], publicHolidays: [], breaks: [], overrides: [],
		hours: { monday: office, tuesday: office, wednesday: office, thursday: office, friday: office },
		...change,
	};
}

/** A firm with one team: Mia sells, Noor manages, Theo takes what nobody takes. */
export function firm(change: Record<string, unknown> = {}): ClientSettings {
	return clientSettingsSchema.parse({
		name: 'Acme',
		timeZone: 'Europe/London',
		calendars: [{ name: 'Office', hours: officeHours().hours }, { name: 'New York', timeZone: 'America/New_York', hours: officeHours().hours }],
		members: [
			{ id: 'mia', name: 'Mia Stone', email: 'mia@acme.example', slackId: 'U0MIA' },
			{ id: 'noor', name: 'Noor Khan', email: 'noor@acme.example', slackId: 'U0NOOR' },
			{ id: 'theo', name: 'Theo Park', email: 'theo@acme.example' },
		],
		teams: [{ name: 'UK Sales', members: ['mia'], manager: 'noor' }, { name: 'US Sales', members: ['theo'], calendar: 'New York' }],
		fallbackOwner: 'theo',
		slaPolicies: [
			{ name: 'Hot', firstResponseMinutes: 5, appliesTo: { highIntent: true } },
			{
				name: 'Standard', firstResponseMinutes: 15, warnMinutesBefore: 5, escalation: [
					{ name: 'Remind Owner', when: 'atRisk', notify: 'owner' },
					{ name: 'Tell Manager', when: 'breached', notify: 'manager' },
					{ name: 'Tell Fallback', when: 'breached', afterMinutes: 10, notify: 'fallbackOwner' },
				],
			},
		],
		...change,
	});
}

/** A routed lead of that firm, received when it is told. */
export function routedLead(change: Record<string, unknown> = {}, receivedAt = '2026-11-20T18:30:00.000Z'): HandoffRecord {
	return readRecord({
		json: {
			recordVersion: 1, client: 'acme', run: { test: false }, leadId: 'lead-1', personId: 'person-1',
			submission: { id: 'submission-1', key: 'key-1', keyFromEventId: true, receivedAt, formTool: 'typeform', state: 'assigned', delivery: { number: 1, outcome: 'first' } },
			lead: { fullName: 'Jane Doe', email: 'jane@northwind.example', company: 'Northwind Ltd' },
			routing: {
				queue: 'UK', team: 'UK Sales', owner: { id: 'mia', name: 'Mia Stone', email: 'mia@acme.example', slackId: 'U0MIA' },
				rule: { number: 1, name: 'UK' }, matchedRules: [], tier: 'hard', because: ['country is GB'], skipped: [], priority: 'normal', readMessageWithAi: true,
			},
			...change,
		},
		now: new Date(receivedAt),
		newId: () => 'new-id',
	}).record;
}
