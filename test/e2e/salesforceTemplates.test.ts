import { crmContract, type CrmPerson } from './crmContract';
import { stranger } from './n8nUnderTest';
import { Agency } from './standIns/agency';
import { slackChannels, token } from './standIns/firm';
import { Salesforce, type SalesforceRecord } from './standIns/salesforce';
import { Slack } from './standIns/slack';

const salesforce = new Salesforce(token, ['77', '78', '79']);
const { Contact: contacts, Lead: leads, Task: tasks } = salesforce.rows;
const people = () => [...contacts, ...leads];
const tasksOf = (id: string) => tasks.filter(({ WhoId }) => WhoId === id);
const credentials = { salesforceOAuth2Api: { clientId: 'id', clientSecret: 'secret', oauthTokenData: { access_token: token, refresh_token: 'again', token_type: 'Bearer' } } };
const config = { salesforceUrl: 'https://acme.my.salesforce.com/' };
const toPerson = ({ Id, FirstName, LastName, OwnerId, Email, Phone }: SalesforceRecord): CrmPerson => ({
	id: Id, name: [FirstName, LastName].filter(Boolean).join(' '), ownerId: String(OwnerId), emails: [Email].filter(Boolean).map(String), phone: Phone as string | undefined,
});
const personOf = (id: string) => people().find(({ Id }) => Id === id)!;

/** The contact that a lead becomes; its tasks go with it. */
function convert(id: string): string {
	const lead = leads.find(({ Id }) => Id === id);
	if (!lead) return id;
	const { Id } = salesforce.add('Contact', { FirstName: lead.FirstName, LastName: lead.LastName, OwnerId: lead.OwnerId });
	salesforce.change(lead, { IsConverted: true, ConvertedContactId: Id });
	for (const task of tasksOf(id)) salesforce.change(task, { WhoId: Id });
	return Id;
}

crmContract({
	name: 'Salesforce', standIn: salesforce, credentials, findNode: 'Find Salesforce People',
	dryRunNode: 'Show Salesforce Dry Run',
	dryRunOf: ({ person }) => ({ email: (person as Record<string, string>).Email, ownerId: (person as Record<string, string>).OwnerId }),
	making: { task: 'ActivityDate' },
	writer: { file: 'write-leads-to-salesforce-for-the-handoff-core', config }, sync: { file: 'keep-leads-in-step-with-salesforce-for-the-handoff-core', config },
	people: (email) => people().filter(({ Email }) => email === undefined || Email === email).map(toPerson),
	tasksOf: (id) => tasksOf(id).map(({ OwnerId }) => ({ ownerId: String(OwnerId) })),
	removeTasks: (id) => { tasks.splice(0, tasks.length, ...tasks.filter(({ WhoId }) => WhoId !== id)); },
	writtenAbout: (id) => tasksOf(id).map(({ Description }) => String(Description)),
	written: 1,
	enquiriesOf: (id) => tasksOf(id).length,
	addKnown: (email) => toPerson(salesforce.add('Contact', { Email: email, FirstName: 'B.', LastName: 'Brandt', OwnerId: '79' })),
	changePerson: (id, email) => salesforce.change(personOf(id), { Email: email, FirstName: 'R.', LastName: 'Renamed', OwnerId: '79' }),
	removePerson: (id) => { for (const rows of [contacts, leads]) rows.splice(0, rows.length, ...rows.filter(({ Id }) => Id !== id)); },
	answer: (id, ownerId) => {
		salesforce.change(personOf(id), { OwnerId: ownerId });
		salesforce.change(tasksOf(id)[0], { IsClosed: true, Status: 'Completed', CompletedDateTime: new Date().toISOString() });
	},
	ownerIds: config,
	back: {
		file: 'record-what-happens-to-leads-in-salesforce', config: { ...config, currency: 'GBP' },
		// as Salesforce does it: a lead with an opportunity is a contact
		close: (id, how) => { salesforce.add('Opportunity', { ContactId: convert(id), IsClosed: true, ...('won' in how ? { IsWon: true, Amount: how.won, StageName: 'Closed Won' } : { IsWon: false, StageName: how.lost }) }); },
		changeStranger: () => {
			salesforce.add('Contact', { LastName: 'Nobody', OwnerId: '79' });
			salesforce.add('Task', { IsClosed: true, CompletedDateTime: new Date().toISOString(), OwnerId: '79' });
		},
	},
	linkTo: (id) => `https://acme.my.salesforce.com/lightning/r/${id.startsWith('003') ? 'Contact' : 'Lead'}/${id}/view`,
});

describe('the writer for Salesforce, whose accounts a lead may belong to', () => {
	const slack = new Slack(token, Object.values(slackChannels));
	let agency: Agency;
	beforeAll(async () => {
		agency = await Agency.start({ slack, standIns: [salesforce], credentials });
		await agency.setUp({ crmWriter: (await agency.n8n.useTemplate('write-leads-to-salesforce-for-the-handoff-core', config)).workflow.id });
	}, 600_000);
	afterAll(async () => { await agency?.stop(); });
	const domainOf = (index: number) => stranger(index).email.split('@')[1];

	it('makes a contact of the one account with the lead\'s domain', async () => {
		const account = salesforce.add('Account', { Name: 'Abbott Works', Website: `https://www.${domainOf(0).toUpperCase()}/about` });
		salesforce.add('Account', { Name: 'Not Abbott', Website: `https://not-${domainOf(0)}` });
		await agency.handOver(0);
		expect(contacts.find(({ Email }) => Email === stranger(0).email)).toMatchObject({ AccountId: account.Id, OwnerId: '77' });
		expect(leads.filter(({ Email }) => Email === stranger(0).email)).toEqual([]);
	}, 60_000);

	it('makes a lead where no account has the domain, or two have', async () => {
		for (const name of ['Dvorak One', 'Dvorak Two']) salesforce.add('Account', { Name: name, Website: domainOf(3) });
		await agency.handOver(2);
		await agency.handOver(3);
		for (const index of [2, 3]) expect(leads.find(({ Email }) => Email === stranger(index).email)).toMatchObject({ Company: `Firm ${index}`, LeadSource: 'google', OwnerId: '77' });
	}, 60_000);

	it('leaves a converted lead alone', async () => {
		salesforce.add('Lead', { Email: stranger(4).email, LastName: 'Old', Company: 'Old', IsConverted: true, OwnerId: '79' });
		await agency.handOver(4);
		expect(leads.filter(({ Email }) => Email === stranger(4).email).map(({ LastName }) => LastName)).toEqual(['Old', 'Eriksen']);
	}, 60_000);
});
