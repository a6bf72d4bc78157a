import { crmContract, type CrmPerson } from './crmContract';
import { token } from './standIns/firm';
import { Pipedrive } from './standIns/pipedrive';

const pipedrive = new Pipedrive(token, [77, 78, 79]);
const now = () => new Date().toISOString();
const personOf = (id: string) => pipedrive.persons.find((person) => String(person.id) === id)!;
const of = (rows: Record<string, unknown>[], id: string) => rows.filter((row) => String(row.person_id) === id);
const toPerson = ({ id, name, owner_id: owner, phones }: Record<string, unknown>): CrmPerson => ({ id: String(id), name: String(name), ownerId: String(owner), phone: (phones as { value: string }[] | undefined)?.[0]?.value });

crmContract({
	name: 'Pipedrive', standIn: pipedrive, credentials: { pipedriveApi: { apiToken: token } }, findNode: 'Find Pipedrive Person',
	writer: { file: 'write-leads-to-pipedrive-for-the-handoff-core', config: { pipedriveDomain: 'acme' } },
	sync: { file: 'keep-leads-in-step-with-pipedrive-for-the-handoff-core', config: {} },
	people: (email) => pipedrive.persons.filter((person) => email === undefined || JSON.stringify(person.emails ?? []).includes(email)).map(toPerson),
	tasksOf: (id) => of(pipedrive.activities, id).map((activity) => ({ ownerId: String(activity.owner_id), dueMinute: Number(String(activity.due_time).slice(3, 5)) })),
	writtenAbout: (id) => pipedrive.notes.filter((note) => of(pipedrive.leads, id).some((lead) => lead.id === note.lead_id)).map(({ content }) => String(content)),
	enquiriesOf: (id) => of(pipedrive.leads, id).length,
	enquiryOwnersOf: (id) => of(pipedrive.leads, id).map((lead) => String(lead.owner_id)),
	addKnown: (email) => {
		pipedrive.persons.push({ id: 9000 + pipedrive.persons.length, name: 'B. Brandt', emails: [{ value: email, primary: true }], owner_id: 79, update_time: now() });
		return toPerson(pipedrive.persons.at(-1)!);
	},
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
	alone: {
		file: 'send-website-leads-to-pipedrive-with-owner-and-activity', dryRunNode: 'Show Pipedrive Dry Run',
		dryRunOf: ({ person }) => ({ email: (person as Record<string, string>).email, ownerId: String((person as Record<string, unknown>).owner_id) }),
	},
});
