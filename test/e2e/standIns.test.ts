import { inARow, type Step } from './n8nUnderTest';
import { GoogleSheets } from './standIns/googleSheets';
import { Hubspot } from './standIns/hubspot';
import { MailServer } from './standIns/mail';
import { Pipedrive } from './standIns/pipedrive';
import { Slack } from './standIns/slack';
import { HandoffN8n } from './standIns/templateUnderTest';
import { Twilio } from './standIns/twilio';

const slack = new Slack('only-for-this-test', ['C0LEADS']);
const sheets = new GoogleSheets('only-for-this-test', 'sheet1', { title: 'Leads', sheetId: 0 });
const hubspot = new Hubspot('only-for-this-test', ['77']);
const pipedrive = new Pipedrive('only-for-this-test', [7]);
const accountSid = `AC${'0'.repeat(32)}`;
const twilio = new Twilio(accountSid, 'only-for-this-test');
const mail = new MailServer();

const byHand: Step = { name: 'Run', type: 'n8n-nodes-base.manualTrigger' };
const locator = (value: string, mode = 'id') => ({ __rl: true, mode, value });
const nodes: Record<string, Omit<Step, 'name'>> = {
	slackApi: { type: 'n8n-nodes-base.slack', typeVersion: 2.3, parameters: { select: 'channel', channelId: locator('C0LEADS'), text: 'Hello', otherOptions: { includeLinkToWorkflow: false } } },
	googleSheetsOAuth2Api: { type: 'n8n-nodes-base.googleSheets', typeVersion: 4.7, parameters: { operation: 'append', documentId: locator('sheet1'), sheetName: locator('Leads', 'name'), columns: { mappingMode: 'autoMapInputData', matchingColumns: [], schema: [] }, options: { cellFormat: 'RAW' } } },
	hubspotAppToken: { type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, parameters: { method: 'POST', url: 'https://api.hubapi.com/crm/v3/objects/contacts', authentication: 'predefinedCredentialType', nodeCredentialType: 'hubspotAppToken', sendBody: true, specifyBody: 'json', jsonBody: '{"properties":{"email":"ada@love.example"}}', options: {} } },
	pipedriveApi: { type: 'n8n-nodes-base.pipedrive', typeVersion: 2, parameters: { resource: 'person', operation: 'create', name: 'Ada', rawCustomFieldKeys: true, additionalFields: {} } },
	twilioApi: { type: 'n8n-nodes-base.twilio', typeVersion: 1, parameters: { from: '+447700900000', to: '+447700900001', message: 'Hello', options: {} } },
	smtp: { type: 'n8n-nodes-base.emailSend', typeVersion: 2.1, parameters: { fromEmail: 'handoff@example.com', toEmail: 'mia@example.com', subject: 'Grüße', emailFormat: 'html', html: '<p>Hällo</p>', options: { appendAttribution: false } } },
};

/** What the tests of the templates stand on: n8n's own nodes meet the stand-ins at the vendors' own addresses. */
describe('the stand-ins of vendors', () => {
	let n8n: HandoffN8n;

	beforeAll(async () => {
		const port = await mail.start();
		n8n = await HandoffN8n.start([slack, sheets, hubspot, pipedrive, twilio], {
			slackApi: { accessToken: 'only-for-this-test' },
			googleSheetsOAuth2Api: { clientId: 'id', clientSecret: 'secret', oauthTokenData: { access_token: 'only-for-this-test', refresh_token: 'again', token_type: 'Bearer' } },
			hubspotAppToken: { appToken: 'only-for-this-test' },
			pipedriveApi: { apiToken: 'only-for-this-test' },
			twilioApi: { authType: 'authToken', accountSid, authToken: 'only-for-this-test' },
			smtp: { host: '127.0.0.1', port, user: '', password: '', secure: false, disableStartTls: true },
		});
	}, 600_000);

	afterAll(async () => {
		await n8n?.stop();
		mail.stop();
	});

	it.each(Object.keys(nodes))('are reached by the node of %s', async (type) => {
		const row: Step = { name: 'Row', type: 'n8n-nodes-base.set', typeVersion: 3.4, parameters: { mode: 'raw', jsonOutput: '{"name":"=1+1"}', options: {} } };
		const template = inARow('Reach a vendor', byHand, row, { name: 'Vendor', ...nodes[type] });
		template.nodes[2].credentials = { [type]: n8n.credential(type) };
		const run = await n8n.api.runByHand(await n8n.api.importTemplate(template), { trigger: 'Run' });
		expect(n8n.tools.failureOf(run)).toBeUndefined();
	}, 60_000);

	it('keep what was written', () => {
		expect(slack.messages).toMatchObject([{ channel: 'C0LEADS', text: 'Hello' }]);
		expect([sheets.records, sheets.formulas]).toEqual([[{ name: '=1+1' }], []]);
		expect(hubspot.objects.contacts).toMatchObject([{ properties: { email: 'ada@love.example' } }]);
		expect(pipedrive.persons).toMatchObject([{ name: 'Ada' }]);
		expect(twilio.messages).toEqual([{ From: '+447700900000', To: '+447700900001', Body: 'Hello' }]);
		expect(mail.mails).toMatchObject([{ to: ['mia@example.com'], subject: 'Grüße', html: '<p>Hällo</p>' }]);
	});

	it('let nothing through to the network', () => {
		expect([...n8n.proxy.strays].filter((host) => !host.endsWith('.n8n.io'))).toEqual([]);
	});
});
