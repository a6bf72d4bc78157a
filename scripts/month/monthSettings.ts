import { queueOf, services, territories, zone, type Service, type Territory } from './monthLeads';

/** A B2B services company: two service lines, three territories, six teams of two. */
const people: Record<Territory, [string, string][]> = {
	'UK & Ireland': [['mia', 'Mia Stone'], ['tom', 'Tom Reed'], ['ivy', 'Ivy Marsh'], ['ben', 'Ben Cole']],
	DACH: [['lena', 'Lena Ohm'], ['max', 'Max Falk'], ['ute', 'Ute Lang'], ['jan', 'Jan Roth']],
	Nordics: [['elin', 'Elin Dahl'], ['ole', 'Ole Berg'], ['kaja', 'Kaja Lund'], ['nils', 'Nils Holm']],
};
const countriesOf: Record<Territory, string[]> = { 'UK & Ireland': ['GB', 'IE'], DACH: ['DE', 'AT', 'CH'], Nordics: ['SE', 'DK', 'NO', 'FI'] };
const intentOf: Record<Service, string> = { 'Managed IT': 'Ask for Managed IT', 'Cloud Migration': 'Ask for Cloud Migration' };

const hours = ['09:00-17:30'];
const base = {
	name: 'Northwind IT Services', timeZone: zone, defaultCountry: 'GB', language: 'en',
	calendars: [{ name: 'Office', hours: { monday: hours, tuesday: hours, wednesday: hours, thursday: hours, friday: hours } }], defaultCalendar: 'Office',
	members: [{ id: 'inbox', name: 'Shared Inbox' }, ...Object.values(people).flat().map(([id, name]) => ({ id, name, email: `${id}@northwind-it.example` }))],
	fallbackOwner: 'inbox',
	intents: [
		{ name: intentOf['Managed IT'], description: 'Wants somebody to look after daily IT and support', nextStep: 'Call', keywords: ['helpdesk', 'laptops', 'support', 'workplaces', 'service desk', 'printers', 'daily IT'], examples: ['Who could take over our IT support and helpdesk?', 'We want to hand over the daily IT of our staff'] },
		{ name: intentOf['Cloud Migration'], description: 'Wants to move servers or mail to the cloud', nextStep: 'Call', keywords: ['migration', 'migrate', 'Azure', 'AWS', 'servers', 'data centre', 'Microsoft 365', 'Exchange'], examples: ['Please quote a migration of our servers to the cloud', 'We want to move our mailboxes to Microsoft 365'] },
	],
	slaPolicies: [{ name: 'First Response', firstResponseMinutes: 30, warnMinutesBefore: 10 }],
};

const teamMembers = (service: Service, territory: Territory): string[] => people[territory].map(([id]) => id).filter((_id, place) => (place < 2) === (service === 'Managed IT'));
const cells = services.flatMap((service) => territories.map((territory) => ({ service, territory, queue: queueOf(service, territory) })));

/** Whose lead it would be by the person who answered it. */
export const queueOfMember = new Map(cells.flatMap(({ service, territory, queue }) => teamMembers(service, territory).map((id) => [id, queue] as const)));

/** One inbox in which everybody looks now and then. */
export const settingsBefore = {
	...base,
	teams: [{ name: 'Inbox', members: ['inbox'] }],
	rules: [{ name: 'Everything to the inbox', tier: 'hard', conditions: [{ field: 'lead.email', operator: 'isNotEmpty' }], queue: 'Inbox', team: 'Inbox' }],
};

/** A queue for each service line and territory: what people ticked decides, and where they ticked nothing useful, their message. */
export const settingsAfter = {
	...base,
	stageOwners: { capture: 'mia', clean: 'mia', classify: 'mia', route: 'tom', activate: 'tom', firstContact: 'tom' },
	slaPolicies: [{ ...base.slaPolicies[0], escalation: [{ name: 'Remind', when: 'atRisk', notify: 'owner' }, { name: 'Next owner', when: 'breached', notify: 'nextOwner' }] }],
	teams: cells.map(({ service, territory, queue }) => ({ name: queue, calendar: 'Office', assignment: 'rotation', whenNobodyAvailable: 'anyone', members: teamMembers(service, territory) })),
	rules: [
		...cells.map(({ service, territory, queue }) => ({
			name: `${queue} by choice`, tier: 'hard', queue, team: queue,
			conditions: [{ field: 'lead.country', operator: 'isOneOf', value: countriesOf[territory] }, { field: 'lead.serviceInterest', operator: 'equals', value: service }],
		})),
		...cells.map(({ service, territory, queue }) => ({
			name: `${queue} by message`, tier: 'soft', queue, team: queue,
			conditions: [{ field: 'lead.country', operator: 'isOneOf', value: countriesOf[territory] }, { field: 'intent.name', operator: 'equals', value: intentOf[service] }],
		})),
	],
};
