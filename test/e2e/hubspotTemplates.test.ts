import { crmContract, type CrmPerson } from './crmContract';
import { token } from './standIns/firm';
import { Hubspot, type HubspotObject } from './standIns/hubspot';

const hubspot = new Hubspot(token, ['77', '78', '79']);
const { contacts, tasks, notes } = hubspot.objects;
const contactOf = (id: string) => contacts.find((one) => one.id === id)!;
const about = (objects: HubspotObject[], id: string) => objects.filter((one) => one.contacts.includes(id));
const toPerson = ({ id, properties }: HubspotObject): CrmPerson => ({ id, name: [properties.firstname, properties.lastname].filter(Boolean).join(' '), ownerId: properties.hubspot_owner_id, emails: [properties.email].filter(Boolean), phone: properties.phone });

crmContract({
	name: 'HubSpot', standIn: hubspot, credentials: { hubspotAppToken: { appToken: token } }, findNode: 'Find HubSpot Contact',
	dryRunNode: 'Show HubSpot Dry Run',
	dryRunOf: ({ contact }) => ({ email: (contact as Record<string, string>).email, ownerId: (contact as Record<string, string>).hubspot_owner_id }),
	making: { task: 'hs_task_body', note: 'hs_note_body' },
	writer: { file: 'write-leads-to-hubspot-for-the-handoff-core', config: { hubspotAccountId: '4711' } },
	sync: { file: 'keep-leads-in-step-with-hubspot-for-the-handoff-core', config: {} },
	people: (email) => contacts.filter(({ properties }) => email === undefined || properties.email === email).map(toPerson),
	tasksOf: (id) => about(tasks, id).map(({ properties }) => ({ ownerId: properties.hubspot_owner_id, dueMinute: new Date(properties.hs_timestamp).getUTCMinutes() })),
	removeTasks: (id) => { tasks.splice(0, tasks.length, ...tasks.filter((one) => !one.contacts.includes(id))); },
	writtenAbout: (id) => [...about(notes, id), ...about(tasks, id)].map(({ properties }) => properties.hs_note_body ?? properties.hs_task_body),
	written: 2,
	enquiriesOf: (id) => about(notes, id).length,
	addKnown: (email) => {
		const made = hubspot.add('contacts', { email, firstname: 'B.', lastname: 'Brandt', company: 'Brandt Works AG', hubspot_owner_id: '79' });
		// older than whoever came by a form: HubSpot lists the oldest first
		contacts.unshift(contacts.pop()!);
		return toPerson(made);
	},
	changePerson: (id, email) => hubspot.change(contactOf(id), 'contacts', { email, firstname: 'R.', lastname: 'Renamed', hubspot_owner_id: '79' }),
	removePerson: (id) => { contacts.splice(contacts.indexOf(contactOf(id)), 1); },
	answer: (id, ownerId) => hubspot.change(contactOf(id), 'contacts', { hubspot_owner_id: ownerId, notes_last_contacted: new Date().toISOString() }),
	linkTo: (id) => `https://app.hubspot.com/contacts/4711/record/0-1/${id}`,
	back: {
		file: 'record-what-happens-to-leads-in-hubspot', config: {},
		close: (id, how) => { hubspot.add('deals', { hs_is_closed: 'true', ...('won' in how ? { hs_is_closed_won: 'true', amount: String(how.won), deal_currency_code: 'GBP' } : { hs_is_closed_won: 'false', closed_lost_reason: how.lost }) }, [id]); },
		changeStranger: () => { hubspot.add('contacts', { email: 'nobody@stranger.example', hubspot_owner_id: '79' }); },
	},
	alone: { file: 'send-website-leads-to-hubspot-with-owner-and-task' },
});
