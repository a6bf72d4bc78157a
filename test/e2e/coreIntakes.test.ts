import { createHmac } from 'node:crypto';
import elementor from '../fixtures/forms/elementor-plain.json';
import google from '../fixtures/forms/google-ads-lead.json';
import googleTest from '../fixtures/forms/google-ads-test-lead.json';
import typeform from '../fixtures/forms/typeform-german-enquiry.json';
import webflow from '../fixtures/forms/webflow-form-submission.json';
import { Agency, reachesOut } from './standIns/agency';
import { hostileText, slackChannels, token } from './standIns/firm';
import { Meta } from './standIns/meta';
import { Slack } from './standIns/slack';
import type { HandoffN8n, PublishedTemplate } from './standIns/templateUnderTest';
import { Typeform, type TypeformResponse } from './standIns/typeform';

const slack = new Slack(token, Object.values(slackChannels));
const secret = 'only-for-this-test-too';
const typeformApi = new Typeform(token, typeform.form_response.definition);
const meta = new Meta({ id: '4711', secret, token }, '10150000001', '998877665545');
const sign = (text: string, encoding: 'hex' | 'base64') => createHmac('sha256', secret).update(text).digest(encoding);
/** As vendors write it: not as JSON.stringify would again. */
const written = (body: object) => JSON.stringify(body, null, 1).replaceAll('ä', '\\u00e4');

/** The intakes of form tools whose calls are checked, each in front of one core. */
describe('the intakes of the handoff core in a real n8n', () => {
	let agency: Agency;
	let n8n: HandoffN8n;

	beforeAll(async () => {
		agency = await Agency.start({
			slack, standIns: [meta, typeformApi],
			credentials: { crypto: { hmacSecret: secret }, typeformApi: { accessToken: token }, whatsAppTriggerApi: { clientId: '4711', clientSecret: secret }, facebookLeadAdsOAuth2Api: { clientId: '4711', clientSecret: secret, oauthTokenData: { access_token: token, token_type: 'Bearer' } } },
		});
		({ n8n } = agency);
		for (const intake of ['typeform', 'webflow-and-elementor', 'google-ads']) await n8n.useTemplate(`receive-${intake}-leads-for-the-handoff-core`, { client: 'acme', coreWorkflowId: agency.core.workflow.id });
	}, 600_000);

	/** Its webhook belongs to the trigger, whose page and form the operator chooses. */
	async function useMeta(): Promise<string> {
		const intake = await n8n.useTemplate('receive-meta-leads-for-the-handoff-core', { client: 'acme', coreWorkflowId: agency.core.workflow.id }, (node) => {
			if (!node.type.endsWith('facebookLeadAdsTrigger')) return;
			Object.assign(node.parameters, { page: { __rl: true, mode: 'id', value: '10150000001' }, form: { __rl: true, mode: 'id', value: '998877665545' } });
		});
		return `${n8n.n8n.url}/webhook/${String(intake.template.nodes.find(({ type }) => type.endsWith('facebookLeadAdsTrigger'))?.webhookId)}/webhook`;
	}

	afterAll(async () => { await agency?.stop(); });

	async function send(path: string, body: string, headers: Record<string, string> = {}): Promise<{ status: number; leadId?: string }> {
		const response = await fetch(`${n8n.n8n.url}/webhook/${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
		const { leadId } = await response.json() as { leadId?: string };
		return { status: response.status, leadId };
	}

	const typeformOf = async (body: object, signature?: string) => await send('lead-handoff-typeform', written(body), { 'typeform-signature': signature ?? `sha256=${sign(written(body), 'base64')}` });
	const webflowOf = async (body: object, at = Date.now(), signature?: string) => await send('lead-handoff-webflow', written(body), { 'x-webflow-timestamp': String(at), 'x-webflow-signature': signature ?? sign(`${at}:${written(body)}`, 'hex') });
	const googleOf = async (body: object, key: unknown = secret) => await send('lead-handoff-google-ads', JSON.stringify({ ...body, google_key: key }));

	it.each<[string, () => Promise<{ status: number; leadId?: string }>, string]>([
		['a Typeform', async () => await typeformOf(typeform), 'New lead: Anna Schäfer'],
		['a Webflow form', async () => await webflowOf(webflow.body), 'New lead: Tobias Wenger'],
		['an Elementor form', async () => await send('lead-handoff-elementor', JSON.stringify(elementor.body)), 'New lead: Beatriz Lopes'],
		['a lead of Google Ads', async () => await googleOf(google.body), 'New lead: Rhys Bevan, Bevan Roofing'],
	])('hand over %s once, also when it comes twice', async (_, post, title) => {
		const first = await post();
		await agency.expectHandedOver();
		const again = await post();
		await agency.expectHandedOver();
		expect([first.status, again.status, again.leadId]).toEqual([200, 200, first.leadId]);
		const [card, ...others] = agency.cards(first.leadId);
		expect(others).toEqual([]);
		expect(card).toMatchObject({ channel: slackChannels.live });
		expect(card.text.startsWith(title)).toBe(true);
	}, 60_000);

	it.each<[string, () => Promise<{ status: number }>]>([
		['a Typeform with another\'s signature', async () => await typeformOf(typeform, `sha256=${sign('something else', 'base64')}`)],
		['a Typeform without a signature', async () => await send('lead-handoff-typeform', written(typeform))],
		['a Webflow form that was changed', async () => await webflowOf(webflow.body, Date.now(), sign(`${Date.now()}:{}`, 'hex'))],
		['a Webflow form without a signature', async () => await send('lead-handoff-webflow', written(webflow.body))],
		['a Webflow form that somebody kept', async () => await webflowOf(webflow.body, Date.now() - 400_000)],
		['a lead of Google Ads with another key', async () => await googleOf(google.body, 'guessed')],
		['a lead of Google Ads without a key', async () => await googleOf(google.body, null)],
		['a lead of Google Ads with a list as key', async () => await googleOf(google.body, [secret, 'x'])],
	])('refuse %s and store nothing', async (_, post) => {
		const told = async () => (await n8n.ask({ resource: 'lead', operation: 'listLeads', client: 'acme', returnAll: true })).length;
		const before = await told();
		expect((await post()).status).toBe(401);
		expect(await told()).toBe(before);
	}, 60_000);

	it('hand over a lead of Meta once, also when it comes twice, and nothing that Meta did not sign', async () => {
		const address = await useMeta();
		const notify = async (leadgenId: string, key?: string) => {
			const { body, headers } = meta.noticeOf(leadgenId, key);
			return (await fetch(address, { method: 'POST', headers, body })).status;
		};
		meta.leads.set('1', { id: '1', created_time: '2026-11-20T09:00:00+0000', ad_name: 'Marquee', field_data: [{ name: 'full_name', values: ['Samira Osei'] }, { name: 'email', values: ['samira@osei-events.example'] }, { name: 'company_name', values: [hostileText] }] });
		for (let times = 0; times < 2; times++) {
			expect(await notify('1')).toBe(200);
			await agency.expectHandedOver();
		}
		const told = () => slack.messages.filter(({ text }) => text.includes('Samira Osei'));
		expect(told()).toHaveLength(1);
		expect(JSON.stringify(told()).replaceAll('<@U0MIA>', '').replaceAll('https://n8n.acme.example', '')).not.toMatch(reachesOut);
		meta.leads.set('2', { id: '2', created_time: '2026-11-20T09:00:00+0000', field_data: [{ name: 'full_name', values: ['Not Signed'] }, { name: 'email', values: ['not@signed.example'] }] });
		await notify('2', 'another secret');
		await new Promise((resolve) => { setTimeout(resolve, 1_000); });
		expect(slack.messages.filter(({ text }) => text.includes('Not Signed'))).toEqual([]);
	}, 90_000);

	describe('for messages of WhatsApp', () => {
		let intake: PublishedTemplate;
		const from = (name: string, wa_id: string) => ({ profile: { name }, wa_id });
		const nia = from('Nia Pritchard', '447400123456');
		const message = (id: string, contact: { wa_id: string }, more: object) => ({ from: contact.wa_id, id: `wamid.${id}`, timestamp: String(Math.floor(Date.now() / 1000)), ...more });
		const text = (body: string) => ({ type: 'text', text: { body } });
		/** As Meta sends it to where the trigger subscribed. */
		async function tell(value: Parameters<Meta['whatsappOf']>[0], key?: string): Promise<number> {
			const { body, headers } = meta.whatsappOf(value, key);
			return (await fetch(`${n8n.n8n.url}${new URL(String(meta.callbackOf('whatsapp_business_account'))).pathname}`, { method: 'POST', headers, body })).status;
		}
		const leadOf = async (id: string) => (await n8n.ask({ resource: 'lead', operation: 'getLead', client: 'acme', findBy: 'submission', formTool: 'whatsapp', formId: '106540352242922', eventId: `wamid.${id}` }))[0] as { found: boolean; leadId: string; touches: number };
		const runs = async () => (await n8n.api.request('GET', `/rest/executions?filter=${encodeURIComponent(JSON.stringify({ workflowId: intake.workflow.id }))}&limit=50`) as { results: object[] }).results.length;
		const leads = async () => (await n8n.ask({ resource: 'lead', operation: 'listLeads', client: 'acme', returnAll: true })).length;

		beforeAll(async () => {
			intake = await n8n.useTemplate('receive-whatsapp-messages-for-the-handoff-core', { client: 'acme', coreWorkflowId: agency.core.workflow.id });
		}, 60_000);

		it('hand over one once, also when it comes twice, with the advert behind it', async () => {
			const referral = { source_url: 'https://fb.me/3cr4Wqqkv', source_id: '120226305854810726', source_type: 'ad', headline: 'Loft conversions', body: 'Free survey', ctwa_clid: 'Aff-n8ZTODiE79d22' };
			const sent = { contacts: [nia], messages: [message('first', nia, { ...text('Can I get a quote for a loft conversion?'), referral })] };
			for (let times = 0; times < 2; times++) {
				expect(await tell(sent)).toBe(200);
				await agency.expectHandedOver();
			}
			const lead = await leadOf('first');
			expect(lead).toMatchObject({
				found: true, touches: 1,
				record: { lead: { fullName: 'Nia Pritchard', phone: '+447400123456', message: 'Can I get a quote for a loft conversion?' }, source: { source: 'whatsapp', channel: 'paidSocial', campaign: 'Loft conversions', clickId: 'Aff-n8ZTODiE79d22', clickIdType: 'ctwa_clid' } },
			});
			expect(agency.cards(lead.leadId)).toMatchObject([{ channel: slackChannels.live, text: expect.stringMatching(/^New lead: Nia Pritchard/) as string }]);
		}, 90_000);

		it('add a further one to the open lead of who wrote before, and read each of those that come together', async () => {
			const owen = from('Owen Rees', '447400123457');
			await tell({ contacts: [nia, owen], messages: [message('second', nia, text('It is a house in Cardiff.')), message('picture', owen, { type: 'image', image: { id: '77', mime_type: 'image/jpeg' } })] });
			for (let leadsSent = 0; leadsSent < 2; leadsSent++) await agency.expectHandedOver();
			const [first, second, picture] = [await leadOf('first'), await leadOf('second'), await leadOf('picture')];
			expect([second.leadId, second.touches]).toEqual([first.leadId, 2]);
			expect(agency.cards(first.leadId).map((card) => card.text.split(':')[0])).toEqual(['New lead', 'Known person asks']);
			expect(picture).toMatchObject({ touches: 1, record: { lead: { fullName: 'Owen Rees', message: 'Sent a picture, without text' } } });
			expect(agency.cards(picture.leadId)).toHaveLength(1);
		}, 90_000);

		it('start no run for a status or for what Meta did not sign, and skip a reaction', async () => {
			const [run, stored] = [await runs(), await leads()];
			await tell({ statuses: [{ id: 'wamid.first', status: 'delivered', timestamp: '1795198900', recipient_id: nia.wa_id }] });
			await tell({ contacts: [nia], messages: [message('forged', nia, text('Not signed'))] }, 'another secret');
			await new Promise((resolve) => { setTimeout(resolve, 2_000); });
			expect(await runs()).toBe(run);
			await tell({ contacts: [nia], messages: [message('reaction', nia, { type: 'reaction', reaction: { message_id: 'wamid.first', emoji: '👍' } })] });
			for (let asked = 0; await runs() === run && asked < 100; asked++) await new Promise((resolve) => { setTimeout(resolve, 250); });
			await new Promise((resolve) => { setTimeout(resolve, 2_000); });
			expect([await runs(), await leads()]).toEqual([run + 1, stored]);
		}, 90_000);

		it('let hostile text mention nobody and link nowhere', async () => {
			const hostile = from(`Hana ${hostileText}`, '447400123458');
			await tell({ contacts: [hostile], messages: [message('hostile', hostile, { ...text(`${hostileText} {{ 6 * 7777 }}`), referral: { source_type: 'ad', source_id: hostileText, headline: hostileText, source_url: hostileText, ctwa_clid: hostileText } })] });
			await agency.expectHandedOver();
			const { leadId } = await leadOf('hostile');
			expect(agency.cards(leadId)).toHaveLength(1);
			const said = agency.said(leadId).replaceAll('<@U0TOM>', '');
			expect(said).not.toMatch(reachesOut);
			expect(said).not.toContain('46662');
		}, 60_000);
	});

	it('take Google\'s test lead as a test, and keep no key', async () => {
		const { leadId } = await googleOf(googleTest.body);
		await agency.expectHandedOver();
		expect(agency.cards(leadId)).toMatchObject([{ channel: slackChannels.test }]);
		const [lead] = await n8n.ask({ resource: 'lead', operation: 'getLead', client: 'acme', leadId, testLeads: true });
		expect(JSON.stringify(lead)).not.toContain(secret);
	}, 60_000);

	const typed = (ref: string, text: string) => ({ type: 'text', text, field: { id: ref, ref, type: 'short_text' } });
	it.each<[string, () => Promise<{ leadId?: string }>]>([
		['a Typeform', async () => await typeformOf({
			...typeform, event_id: 'hostile',
			form_response: { ...typeform.form_response, token: 'hostile', hidden: { utm_campaign: hostileText }, answers: [typed('name', `Tilda ${hostileText}`), { type: 'email', email: 'tilda@typed-widgets.example', field: { id: 'q2', ref: 'mail', type: 'email' } }, typed('text', hostileText)] },
		})],
		['a Webflow form', async () => await webflowOf({ ...webflow.body, payload: { ...webflow.body.payload, id: 'hostile', name: hostileText, data: { 'First Name': `Wanda ${hostileText}`, 'Email': 'wanda@woven-widgets.example', 'Company': hostileText, 'Message': hostileText } } })],
		['an Elementor form', async () => await send('lead-handoff-elementor', JSON.stringify({ ...elementor.body, Name: `Emil ${hostileText}`, Email: 'emil@early-widgets.example', Mensagem: hostileText, form_name: hostileText, Time: '7:05 pm' }))],
		['a lead of Google Ads', async () => await googleOf({ ...google.body, lead_id: 'hostile', user_column_data: [{ column_id: 'FULL_NAME', column_name: 'Full Name', string_value: `Greg ${hostileText}` }, { column_id: 'EMAIL', column_name: 'User Email', string_value: 'greg@grown-widgets.example' }, { column_id: '1', column_name: 'Message', string_value: hostileText }] })],
	])('let hostile text of %s mention nobody and link nowhere', async (_, post) => {
		const { leadId } = await post();
		await agency.expectHandedOver();
		expect(agency.cards(leadId)).toHaveLength(1);
		expect(agency.said(leadId)).not.toMatch(reachesOut);
	}, 60_000);

	describe('beside Find leads in Typeform that the webhook missed', () => {
		let watch: PublishedTemplate;
		const { form_response: sample } = typeform;
		const pause = async () => await new Promise<void>((resolve) => { setTimeout(resolve, 250); });
		/** What somebody sent that many minutes ago. */
		function respond(token: string, minutesAgo: number, { name = `Person ${token}`, message = 'A quote please.', isPartial = false } = {}): TypeformResponse {
			const at = new Date(Date.now() - minutesAgo * 60_000).toISOString().replace(/\.\d+Z$/, 'Z');
			const [, email, size] = sample.answers;
			const response = {
				token, landed_at: at, submitted_at: at, hidden: { utm_source: 'linkedin', utm_campaign: 'backstop' }, isPartial,
				answers: [typed('name', name), { ...email, email: `${token}@${token}-works.example` }, size, typed('text', message)],
			};
			typeformApi.responses.push(response);
			return response;
		}
		const byWebhook = async (response: TypeformResponse) => await typeformOf({ ...typeform, event_id: response.token, form_response: { ...sample, ...response } });
		const leadOf = async (token: string) => (await n8n.ask({ resource: 'lead', operation: 'getLead', client: 'acme', findBy: 'submission', formTool: 'typeform', formId: sample.form_id, eventId: token }))[0] as { found: boolean; leadId: string; touches: number };
		async function untilFound(token: string): Promise<{ leadId: string }> {
			for (let asked = 0; asked < 240; asked++) {
				const lead = await leadOf(token);
				if (lead.found && agency.cards(lead.leadId).length > 0) return lead;
				await pause();
			}
			throw new Error(`${token} was not handed over in time`);
		}
		/** Looks every two seconds in place of five minutes, two at a time. */
		beforeAll(async () => {
			watch = await n8n.useTemplate('find-leads-in-typeform-that-the-webhook-missed', { client: 'acme', coreWorkflowId: agency.core.workflow.id, formId: sample.form_id }, (node) => {
				if (node.type === 'n8n-nodes-base.scheduleTrigger') node.parameters = { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } };
				if (node.name === 'Find Responses') (node.parameters.queryParameters as { parameters: { name: string; value: string }[] }).parameters.find(({ name }) => name === 'page_size')!.value = '2';
			});
		}, 60_000);
		afterAll(async () => { await n8n.api.request('POST', `/rest/workflows/${watch.workflow.id}/deactivate`, {}); });

		it('hands over once what was missed, whatever it says, and leaves alone what is known, too old or not sent', async () => {
			const known = respond('known', 50);
			const { leadId } = await byWebhook(known);
			respond('old', 600);
			respond('only-begun', 20, { isPartial: true });
			const missed = ['missed-1', 'missed-2', 'missed-3', 'missed-4'];
			missed.slice(0, 3).forEach((token, index) => respond(token, 10 + index, { name: `Petra Missed${index}` }));
			respond('missed-4', 30, { name: `Henk ${hostileText} {{ 6 * 7777 }}`, message: hostileText });
			const found = [];
			for (const token of missed) found.push(await untilFound(token));
			await new Promise((resolve) => { setTimeout(resolve, 5_000); });
			for (const lead of found) expect(agency.cards(lead.leadId)).toHaveLength(1);
			expect(agency.said(found[3].leadId)).not.toMatch(/46662/);
			expect(agency.said(found[3].leadId)).not.toMatch(reachesOut);
			expect(await leadOf('missed-1')).toMatchObject({ touches: 1, owner: { id: 'mia' }, record: { lead: { fullName: 'Petra Missed0', email: 'missed-1@missed-1-works.example', companySize: { min: 51, max: 200 }, message: 'A quote please.' }, source: { source: 'linkedin', campaign: 'backstop' } } });
			expect([agency.cards(leadId).length, (await leadOf('known')).leadId]).toEqual([1, leadId]);
			expect((await leadOf('old')).found).toBe(false);
			expect((await leadOf('only-begun')).found).toBe(false);
			// in pages of two, and no page is asked that Typeform does not have
			expect(typeformApi.requests.some(({ query }) => query.before !== undefined)).toBe(true);
			expect(typeformApi.refused).toEqual([]);
		}, 120_000);

		it('makes one lead of what the webhook brings later, or at the same moment', async () => {
			const later = respond('later', 5);
			const { leadId } = await untilFound('later');
			expect(await byWebhook(later)).toEqual({ status: 200, leadId });
			const both = Array.from({ length: 4 }, (_, index) => `both-${index}`);
			const sent = await Promise.all(both.map(async (token) => {
				const response = respond(token, 1);
				await new Promise((resolve) => { setTimeout(resolve, Math.random() * 3_000); });
				return await byWebhook(response);
			}));
			for (const token of both) await untilFound(token);
			await new Promise((resolve) => { setTimeout(resolve, 5_000); });
			const leads = await Promise.all(both.map(leadOf));
			expect(leads.map((lead) => lead.leadId)).toEqual(sent.map((one) => one.leadId));
			expect([leadId, ...leads.map((lead) => lead.leadId)].map((one) => agency.cards(one).length)).toEqual([1, 1, 1, 1, 1]);
		}, 120_000);

		it('ends red while Typeform is down, and hands over once it is back', async () => {
			typeformApi.goDown();
			respond('down', 2);
			const failed = async () => (await n8n.api.request('GET', `/rest/executions?filter=${encodeURIComponent(JSON.stringify({ workflowId: watch.workflow.id, status: ['error'] }))}&limit=5`) as { results: object[] }).results.length;
			for (let asked = 0; await failed() === 0; asked++) {
				if (asked === 200) throw new Error('No run failed');
				await pause();
			}
			typeformApi.comeBack();
			typeformApi.failNext(429, 500);
			expect(agency.cards((await untilFound('down')).leadId)).toHaveLength(1);
		}, 150_000);

		it('hands over a response once in test mode, too', async () => {
			await agency.setUp({}, { mode: 'test' });
			respond('tested', 1, { name: 'Tess Tested' });
			const told = () => slack.messages.filter(({ text }) => text.includes('Tess Tested'));
			for (let asked = 0; told().length === 0 && asked < 240; asked++) await pause();
			await new Promise((resolve) => { setTimeout(resolve, 5_000); });
			await agency.setUp();
			expect(told().map(({ channel }) => channel)).toEqual([slackChannels.test]);
			// what came in live before is no test now
			expect(slack.messages.filter(({ channel, text }) => channel === slackChannels.test && text.includes('Petra Missed'))).toEqual([]);
		}, 120_000);
	});
});
