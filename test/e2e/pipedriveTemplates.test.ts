import { crmContract, type CrmPerson } from './crmContract';
import { token } from './standIns/firm';
import { Pipedrive } from './standIns/pipedrive';

const pipedrive = new Pipedrive(token, [77, 78, 79]);
let nextId = 9000;
const now = () => new Date().toISOString();
const personOf = (id: string) => pipedrive.persons.find((person) => String(person.id) === id)!;
const of = (rows: Record<string, unknown>[], id: string) => rows.filter((row) => String(row.person_id) === id);
const toPerson = ({ id, name, owner_id: owner, emails, phones }: Record<string, unknown>): CrmPerson => ({
	id: String(id), name: String(name), ownerId: String(owner), emails: (emails as { value: string }[] | undefined ?? []).map(({ value }) => value), phone: (phones as { value: string }[] | undefined)?.[0]?.value,
});

crmContract({
	name: 'Pipedrive', standIn: pipedrive, credentials: { pipedriveApi: { apiToken: token } }, findNode: 'Find Pipedrive Person',
	dryRunNode: 'Show Pipedrive Dry Run',
	dryRunOf: ({ person }) => ({ email: (person as Record<string, string>).email, ownerId: String((person as Record<string, unknown>).owner_id) }),
	making: { task: '"due_date"', note: '"content"' },
	writer: { file: 'write-leads-to-pipedrive-for-the-handoff-core', config: { pipedriveDomain: 'acme' } },
	sync: { file: 'keep-leads-in-step-with-pipedrive-for-the-handoff-core', config: {} },
	people: (email) => pipedrive.persons.filter((person) => email === undefined || JSON.stringify(person.emails ?? []).includes(email)).map(toPerson),
	tasksOf: (id) => of(pipedrive.activities, id).map((activity) => ({ ownerId: String(activity.owner_id), dueMinute: Number(String(activity.due_time).slice(3, 5)) })),
	removeTasks: (id) => { pipedrive.activities.splice(0, pipedrive.activities.length, ...pipedrive.activities.filter((row) => String(row.person_id) !== id)); },
	writtenAbout: (id) => pipedrive.notes.filter((note) => of(pipedrive.leads, id).some((lead) => lead.id === note.lead_id)).map(({ content }) => String(content)),
	written: 1,
	enquiriesOf: (id) => of(pipedrive.leads, id).length,
	enquiryOwnersOf: (id) => of(pipedrive.leads, id).map((lead) => String(lead.owner_id)),
	addKnown: (email) => {
		pipedrive.persons.push({ id: nextId++, name: 'B. Brandt', emails: [{ value: email, primary: true }], owner_id: 79, update_time: now() });
		return toPerson(pipedrive.persons.at(-1)!);
	},
	changePerson: (id, email) => { Object.assign(personOf(id), { name: 'R. Renamed', emails: [{ value: email, primary: true }], owner_id: 79, update_time: now() }); },
	removePerson: (id) => { pipedrive.persons.splice(pipedrive.persons.indexOf(personOf(id) as never), 1); },
	answer: (id, ownerId) => {
		Object.assign(personOf(id), { owner_id: Number(ownerId), update_time: now() });
		Object.assign(of(pipedrive.activities, id)[0], { done: true, owner_id: Number(ownerId), marked_as_done_time: now(), update_time: now() });
	},
	linkTo: (id) => `https://acme.pipedrive.com/person/${id}`,
	back: {
		file: 'record-what-happens-to-leads-in-pipedrive', config: {},
		close: (id, how) => {
			pipedrive.deals.push({ id: pipedrive.deals.length + 1, person_id: Number(id), update_time: now(), ...('won' in how ? { status: 'won', value: how.won, currency: 'GBP' } : { status: 'lost', lost_reason: how.lost }) });
		},
		changeStranger: () => { pipedrive.deals.push({ id: 999, person_id: 424_242, status: 'open', update_time: now() }); },
	},
	alone: { file: 'send-website-leads-to-pipedrive-with-owner-and-activity' },
});
