import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { weekdays } from '../lead/settings/clientSettings';

type Shown = NonNullable<IDisplayOptions['show']>;

/** The policy and hours that are entered in the node; shown where no client settings are used. */
export function policyProperties(show: Shown): INodeProperties[] {
	const displayOptions = { show };
	return [
		{
			displayName: 'First Response Target (Minutes)',
			name: 'firstResponseMinutes',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 15,
			description: 'Business minutes a lead may wait for its first human answer',
			displayOptions,
		},
		{
			displayName: 'Warn Before (Minutes)',
			name: 'warnMinutesBefore',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 5,
			description: 'Business minutes before the due time at which the lead is at risk',
			displayOptions,
		},
		{
			displayName: 'Open',
			name: 'open',
			type: 'options',
			options: [
				{ name: 'Round the Clock', value: 'always', description: 'Every minute of every day counts' },
				{ name: 'Working Hours', value: 'workingHours', description: 'Only minutes in the hours below count' },
			],
			default: 'workingHours',
			description: 'Which minutes count',
			displayOptions,
		},
		{
			displayName: 'Weekdays',
			name: 'weekdays',
			type: 'multiOptions',
			// in the order of the week
			options: weekdays.map((weekday) => ({ name: weekday[0].toUpperCase() + weekday.slice(1), value: weekday })),
			default: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
			description: 'Days on which the team works',
			displayOptions: { show: { ...show, open: ['workingHours'] } },
		},
		{
			displayName: 'Hours',
			name: 'hours',
			type: 'string',
			default: '09:00-17:30',
			placeholder: 'e.g. 09:00-12:30, 13:30-17:30',
			description: 'Working hours of each of these days in local time; a span that ends before it starts runs over midnight',
			displayOptions: { show: { ...show, open: ['workingHours'] } },
		},
		{
			displayName: 'Time Zone',
			name: 'timeZone',
			type: 'string',
			default: '',
			placeholder: 'e.g. Europe/London',
			description: 'Zone of the working hours; empty means the zone of the workflow',
			displayOptions,
		},
		{
			displayName: 'After Hours',
			name: 'afterHours',
			type: 'options',
			options: [
				{ name: 'Auto-Reply', value: 'autoReply', description: 'The clock waits for the opening, and sla.afterHours holds the promise for a reply to the lead' },
				{ name: 'Keep in Queue', value: 'queue', description: 'The clock waits for the opening, and then Check tells the owner once that the lead is there' },
				{ name: 'Wait for Opening', value: 'wait', description: 'The clock waits for the opening' },
			],
			default: 'wait',
			description: 'What is done for a lead that comes in while the team is not there; somebody on call is named in Client Settings',
			displayOptions: { show: { ...show, open: ['workingHours'] } },
		},
		{
			displayName: 'Holidays',
			name: 'holidays',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2026-12-25, 2026-12-28',
			description: 'Local dates on which nobody works',
			displayOptions,
		},
	];
}
