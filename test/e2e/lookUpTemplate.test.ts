import { stranger } from './n8nUnderTest';
import { Agency } from './standIns/agency';
import { hostileText, slackChannels, token } from './standIns/firm';
import { PeopleDataLabs } from './standIns/peopleDataLabs';
import { Slack } from './standIns/slack';

const domainOf = (index: number) => stranger(index).email.split('@')[1];
const large = { name: 'abbott works', display_name: 'Abbott Works', size: '1001-5000', employee_count: 1_340, industry: 'machinery', founded: 1987, linkedin_url: 'linkedin.com/company/abbott-works', location: { locality: 'leeds', region: 'england', country: 'united kingdom' } };
const slack = new Slack(token, Object.values(slackChannels));

describe('the template "Look companies up at People Data Labs for the handoff core" in a real n8n', () => {
	const service = new PeopleDataLabs(token, {
		...Object.fromEntries([0, 2, 3, 4, 5, 7, 8].map((index) => [domainOf(index), large])),
		[domainOf(6)]: { ...large, display_name: hostileText, industry: hostileText, location: { locality: hostileText, region: null, country: hostileText } },
	});
	let agency: Agency;
	let lookUpId: string;
	let setUp: (change?: object) => Promise<void>;

	beforeAll(async () => {
		agency = await Agency.start({ slack, standIns: [service], credentials: { httpHeaderAuth: { name: 'X-Api-Key', value: token } } });
		const lookUp = await agency.n8n.useTemplate('look-companies-up-at-people-data-labs-for-the-handoff-core', { lookUpsPerDay: '7' });
		lookUpId = lookUp.workflow.id;
		setUp = async (change = {}) => await agency.setUp({ enrichment: lookUpId }, {
			rules: [
				{ name: 'Large', tier: 'hard', conditions: [{ field: 'lead.companySize.min', operator: 'atLeast', value: 1_000 }], queue: 'Enterprise', team: 'Sales' },
				{ name: 'Everybody', tier: 'hard', conditions: [{ field: 'lead.email', operator: 'isNotEmpty' }], queue: 'Sales', team: 'Sales' },
			], ...change,
		});
		await setUp();
	}, 600_000);
	afterAll(async () => { await agency?.stop(); });
	beforeEach(() => { service.comeBack(); });

	const asked = (index: number) => service.requests.filter(({ query }) => query.website === domainOf(index)).length;
	const queueOf = async (leadId: string) => (await agency.story(leadId)).queue;

	it('lets a rule ask for what no form field told, and asks once when the form comes twice', async () => {
		const leadId = await agency.handOver(0, { event_id: 'form-0' });
		expect(await queueOf(leadId)).toBe('Enterprise');
		expect(await agency.story(leadId)).toMatchObject({ decisions: { enrich: { enrichment: { service: 'People Data Labs', filled: { 'lead.companySize': { min: 1001, max: 5000 }, 'lead.custom.industry': 'machinery', 'lead.custom.founded': 1987, 'lead.country': 'GB' } } } } });
		await agency.handOver(0, { event_id: 'form-0' });
		expect(asked(0)).toBe(1);
		expect(agency.cards(leadId)).toHaveLength(1);
		expect(service.refused).toEqual([]);
	}, 60_000);

	it('leaves what the lead wrote, and goes on when nothing is known', async () => {
		const small = await agency.handOver(2, { company_size: '1-10', Industry: 'toys' });
		expect(await queueOf(small)).toBe('Sales');
		const unknown = await agency.handOver(1);
		expect(await queueOf(unknown)).toBe('Sales');
		expect(asked(1)).toBe(1);
		expect(agency.cards(unknown)).toHaveLength(1);
	}, 60_000);

	it('says before anybody goes live whether the service takes the key, at no cost', async () => {
		const ask = async () => await agency.n8n.callWorkflow(lookUpId, { client: 'acme', check: true, run: { test: true } });
		expect(await ask()).toMatchObject({ works: true, because: null });
		expect(service.requests.at(-1)).toMatchObject({ query: { website: 'nobody.example' }, answered: 404 });
		service.failNext(401);
		expect(await ask()).toMatchObject({ works: false, because: expect.any(String) as string });
	}, 60_000);

	it('asks nobody about a free address, about spam, or about a lead that can\'t be answered', async () => {
		const before = service.requests.length;
		await agency.handOver(9, { email: 'ines.ivanova.writes@gmail.com', company: '' });
		const spam = await agency.handOver(10, { message: 'Best backlinks and a casino bonus for your site.' });
		const silent = await agency.handOver(11, { email: '', website: `https://www.${domainOf(11)}` });
		expect(service.requests).toHaveLength(before);
		expect([spam, silent].map((leadId) => agency.cards(leadId).length)).toEqual([1, 1]);
		// by its website alone it would be worth the money
		await agency.handOver(12, { email: 'mona.moreau.writes@gmail.com', website: `https://www.${domainOf(12)}` });
		expect(asked(12)).toBe(1);
	}, 60_000);

	it('lets no lead wait for a service that is busy, broken or down', async () => {
		service.failNext(429);
		expect(await queueOf(await agency.handOver(3))).toBe('Sales');
		service.failNext(500);
		expect(await queueOf(await agency.handOver(4))).toBe('Sales');
		service.goDown();
		const leadId = await agency.handOver(5);
		expect(await queueOf(leadId)).toBe('Sales');
		expect(agency.cards(leadId)).toHaveLength(1);
	}, 120_000);

	it('goes on without when the look-ups of the day are used up', async () => {
		expect(await queueOf(await agency.handOver(7))).toBe('Sales');
		expect(asked(7)).toBe(0);
	}, 60_000);

	it('lets what a service says be text', async () => {
		const lookUp = await agency.n8n.useTemplate('look-companies-up-at-people-data-labs-for-the-handoff-core', { lookUpsPerDay: '100' });
		await agency.setUp({ enrichment: lookUp.workflow.id });
		const leadId = await agency.handOver(6, { company: '' });
		expect(asked(6)).toBe(1);
		expect(agency.said(leadId)).not.toMatch(/<|https?:\/\/|evil\.example\/|\*now\*/);
	}, 60_000);

	it('hands over when the workflow is not there any more', async () => {
		await agency.setUp({ enrichment: 'goneForGood' });
		const leadId = await agency.handOver(8);
		expect(agency.cards(leadId)).toHaveLength(1);
		expect(asked(8)).toBe(0);
	}, 60_000);
});
