import { stranger, type TemplateNode } from './n8nUnderTest';
import { Agency, reachesOut } from './standIns/agency';
import { firmSettings, hostileText, slackChannels, token } from './standIns/firm';
import { Gmail, Outlook, type Mail } from './standIns/mailboxes';
import { Slack } from './standIns/slack';

const slack = new Slack(token, Object.values(slackChannels));
const oauth = { clientId: 'id', clientSecret: 'secret', oauthTokenData: { access_token: token, refresh_token: 'again', token_type: 'Bearer' } };
/** Every other second instead of once a minute: n8n refuses a time that comes more often, not many of them. */
const often = { item: Array.from({ length: 30 }, (_, index) => ({ mode: 'custom', cronExpression: `${index * 2} * * * * *` })) };

describe.each([
	['Gmail', new Gmail(token), { gmailOAuth2: oauth }],
	['Outlook', new Outlook(token), { microsoftOutlookOAuth2Api: oauth }],
])('the template "Receive leads from a shared inbox for the handoff core" with %s in a real n8n', (name, mailbox, credentials) => {
	let agency: Agency;
	const file = 'receive-leads-from-a-shared-inbox-for-the-handoff-core';
	const onlyThisMailbox = (node: TemplateNode) => {
		if (!node.type.endsWith('Trigger')) return;
		node.disabled = !node.name.endsWith(name);
		node.parameters.pollTimes = often;
	};

	beforeAll(async () => {
		agency = await Agency.start({ slack, standIns: [mailbox], credentials });
		await agency.setUp({}, {
			teams: [{ name: 'Sales', assignment: 'fixed', members: ['mia'] }, { name: 'Support', assignment: 'fixed', members: ['tom'] }],
			rules: [
				{ name: 'Help', tier: 'soft', conditions: [{ field: 'intent.name', operator: 'equals', value: 'Customer Support' }], queue: 'Support', team: 'Support' },
				{ name: 'Everybody', tier: 'soft', conditions: [{ field: 'lead.email', operator: 'isNotEmpty' }], queue: 'Sales', team: 'Sales' },
			],
		});
		await agency.n8n.useTemplate(file, { client: 'acme', coreWorkflowId: agency.core.workflow.id, ownDomain: 'acme.example' }, onlyThisMailbox);
	}, 600_000);
	afterAll(async () => { await agency?.stop(); });

	const mail = (index: number, more: Partial<Mail> = {}): Mail => ({
		from: { name: stranger(index).name, address: stranger(index).email }, subject: 'Re: Your offer', text: 'Could you send us a quote for 40 seats? We want to start next week.\n\nOn Mon, 23 Nov 2026 at 10:00 Acme <sales@acme.example> wrote:\n> Please cancel my newsletter', ...more,
	});
	const byEmail = async (index: number, client = 'acme') => (await agency.n8n.ask({ resource: 'lead', operation: 'getLead', client, findBy: 'email', email: stranger(index).email }))[0] as { found: boolean; leadId: string; queue: string; enquiries?: number; record: { lead: { message: string; fullName: string }; source: { channel: string } } };

	it('makes a lead of a mail, with what was newly written, and gives it to sales', async () => {
		mailbox.receive(mail(0));
		await agency.expectHandedOver();
		const lead = await byEmail(0);
		expect(lead).toMatchObject({ found: true, queue: 'Sales', record: { lead: { fullName: 'Ada Abbott' }, source: { channel: 'email' } } });
		expect(lead.record.lead.message).toMatch(/^Your offer\s+Could you send us a quote/);
		expect(lead.record.lead.message).not.toContain('newsletter');
	}, 90_000);

	it('gives the question of a customer to support', async () => {
		mailbox.receive(mail(1, { subject: 'Login broken', text: 'I can\'t log in any more, the app shows an error since this morning. Please help, our account is locked.' }));
		await agency.expectHandedOver();
		expect(await byEmail(1)).toMatchObject({ queue: 'Support' });
	}, 90_000);

	it('leaves alone what no person wrote', async () => {
		mailbox.receive(mail(2, { headers: { 'Auto-Submitted': 'auto-replied' }, subject: 'Out of office' }));
		mailbox.receive(mail(3, { headers: { 'List-Unsubscribe': '<https://news.example/off>' }, subject: 'Our newsletter' }));
		mailbox.receive(mail(4, { from: { name: 'Mail Delivery', address: 'mailer-daemon@mail.example' } }));
		mailbox.receive(mail(5, { from: { name: 'Mia Example', address: 'mia@acme.example' } }));
		mailbox.receive(mail(6));
		await agency.expectHandedOver();
		expect((await Promise.all([2, 3, 6].map(async (index) => await byEmail(index)))).map(({ found }) => found)).toEqual([false, false, true]);
		const all = await agency.n8n.ask({ resource: 'lead', operation: 'listLeads', client: 'acme', returnAll: true }) as unknown as { fields: { email: string } }[];
		expect(all.map(({ fields }) => fields.email).filter((email) => /mailer-daemon|mia@acme/.test(email))).toEqual([]);
	}, 90_000);

	it('makes one lead of a mail that is read twice', async () => {
		for (let times = 0; times < 2; times++) {
			mailbox.receive(mail(7, { messageId: '<seven@mail.example>' }));
			await agency.expectHandedOver();
		}
		expect(agency.cards((await byEmail(7)).leadId)).toHaveLength(1);
	}, 90_000);

	it('reads a mail that is made to be read for long, and what is said in it', async () => {
		const much = `${'\n'.repeat(100_000)}${'on '.repeat(50_000)}${'from:'.repeat(20_000)}`;
		mailbox.receive(mail(9, { text: `A quote please.${much}`, html: `${'<style '.repeat(30_000)}</style><p>A quote please.&#8217;${much}` }));
		await agency.expectHandedOver();
		expect((await byEmail(9)).record.lead.message).toContain('A quote please.');
	}, 90_000);

	it('lets hostile text mention nobody and link nowhere', async () => {
		mailbox.receive(mail(8, { subject: hostileText.replace(/[\r\n]/g, ' '), text: `${hostileText}\nA quote please.`, from: { name: `${stranger(8).name} <!channel>`, address: stranger(8).email } }));
		await agency.expectHandedOver();
		expect(agency.said((await byEmail(8)).leadId)).not.toMatch(reachesOut);
		expect(mailbox.refused).toEqual([]);
	}, 90_000);

	it('ends red when a mail can\'t be stored, keeps it, and goes on with it on Retry', async () => {
		// as when the ledger can't be reached: this client comes into being later
		const later = await agency.n8n.useTemplate(file, { client: 'later', coreWorkflowId: agency.core.workflow.id, ownDomain: 'acme.example' }, onlyThisMailbox);
		mailbox.receive(mail(10));
		const { id, status } = await later.nextRun();
		expect(status).toBe('error');
		await agency.n8n.setUpClient('later', firmSettings());
		await agency.n8n.api.request('POST', `/rest/executions/${id}/retry`, { loadWorkflow: false });
		await agency.core.nextRun();
		expect(await byEmail(10, 'later')).toMatchObject({ found: true, record: { run: { test: false } } });
	}, 180_000);
});
