/** A settings document of a small agency client, as an operator would write it; good as it is. */
export function sampleSettings(): Record<string, unknown> {
	return {
		name: 'Acme Services',
		timeZone: 'Europe/London',
		defaultCountry: 'GB',
		calendars: [
			{ name: 'Office', hours: { monday: ['09:00-12:00', '13:00-17:30'], friday: ['22:00-06:00'] }, holidays: ['2026-12-25'], overrides: [{ date: '2026-12-24', hours: ['09:00-12:00'] }] },
			{ name: 'Always', alwaysOpen: true },
		],
		defaultCalendar: 'Office',
		members: [
			{ id: 'mia', name: 'Mia Example', email: 'mia@example.com', timeOff: [{ from: '2026-12-01', to: '2026-12-01' }] },
			{ id: 'tom', name: 'Tom Example', email: 'tom@example.com' },
		],
		teams: [{ name: 'Sales North', calendar: 'Office', manager: 'tom', members: ['mia', 'tom'] }],
		fallbackOwner: 'tom',
		rules: [
			{ name: 'UK', tier: 'hard', conditions: [{ field: 'lead.country', operator: 'equals', value: 'GB' }], queue: 'North', team: 'Sales North', slaPolicy: 'Hot' },
			{ name: 'Hot', tier: 'soft', conditions: [{ field: 'intent.highIntent', operator: 'isTrue' }], priority: 'high', owner: 'mia', continue: true },
		],
		intents: [{ name: 'Request Demo', description: 'Wants to see it', nextStep: 'Call' }],
		slaPolicies: [
			{ name: 'Hot', firstResponseMinutes: 5, warnMinutesBefore: 2, calendar: 'Always', appliesTo: { intents: ['Request Demo'] } },
			{ name: 'Normal', firstResponseMinutes: 60 },
		],
		stageOwners: { route: 'tom', firstContact: 'mia' },
	};
}
