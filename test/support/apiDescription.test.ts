import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiDescription, type Excerpt } from '../e2e/standIns/apiDescription';
import { Mailchimp } from '../e2e/standIns/followUps';
import { GoogleSheets } from '../e2e/standIns/googleSheets';
import { Hubspot } from '../e2e/standIns/hubspot';
import { Slack } from '../e2e/standIns/slack';
import type { Asked } from '../e2e/standIns/standIn';

/** A request as text: `POST https://… {"body":1}`, a form as it is sent. */
function read(request: string): Asked {
	const [, method, address, text = ''] = /^(\w+) (\S+)(?: (.+))?$/s.exec(request) ?? [];
	const url = new URL(address);
	const body = text.startsWith('{') ? JSON.parse(text) as unknown : text === '' ? undefined : Object.fromEntries(new URLSearchParams(text));
	return { method, host: url.hostname, path: url.pathname, query: Object.fromEntries(url.searchParams), params: url.searchParams, headers: {}, body };
}

const folder = join(__dirname, '../e2e/standIns/descriptions');
const descriptionOf = (file: string) => new ApiDescription(JSON.parse(readFileSync(join(folder, `${file}.json`), 'utf8')) as Excerpt);
const hubspot = 'https://api.hubapi.com/crm/v3/objects';
const pipedrive = 'https://api.pipedrive.com';
const sheet = 'https://sheets.googleapis.com/v4/spreadsheets/1qpyC0XzvTcKT6EISywvqESX3A0MwQoFDE8p-Bll4hps';
const twilio = `https://api.twilio.com/2010-04-01/Accounts/AC${'0123456789abcdef'.repeat(2)}/Messages.json`;
const salesforce = 'https://acme.my.salesforce.com/services/data/v62.0';
const member = 'https://us1.api.mailchimp.com/3.0/lists/a1/members/ada%40love.example';
const tickets = 'https://acme.zendesk.com/api/v2/tickets.json';
const company = 'https://api.peopledatalabs.com/v5/company/enrich';

/** By vendor: requests in the form of its documentation, then requests that it would not take and what is said of them. */
const vendors: Record<string, { taken: string[]; refused: [request: string, fault: string][] }> = {
	hubspot: {
		taken: [
			`POST ${hubspot}/contacts/search {"filterGroups":[{"filters":[{"propertyName":"email","operator":"EQ","value":"ada@love.example"}]}],"sorts":[{"propertyName":"createdate","direction":"DESCENDING"}],"properties":["email"],"limit":100}`,
			`POST ${hubspot}/contacts {"properties":{"email":"ada@love.example"}}`,
			`POST ${hubspot}/contacts/batch/upsert {"inputs":[{"id":"ada@love.example","idProperty":"email","properties":{"phone":"+44"}}]}`,
			'GET https://api.hubapi.com/crm/v3/owners/?limit=500',
		],
		refused: [
			[`POST ${hubspot}/contacts {"properties":{"numemployees":12}}`, 'body.properties[\'numemployees\']: should be string'],
			[`POST ${hubspot}/contacts {"properties":{},"owner":"77"}`, 'body: has no owner'],
			[`POST ${hubspot}/contacts {}`, 'body: should have required property \'properties\''],
			[`POST ${hubspot}/contacts/search {"filterGroups":[{"filters":[{"propertyName":"email","operator":"IS","value":"a"}]}]}`, 'body.filterGroups[0].filters[0].operator: should be equal to one of the allowed values: EQ, '],
			[`PUT ${hubspot}/contacts/501 {"properties":{}}`, 'takes GET, PATCH, not PUT'],
			['POST https://api.hubapi.com/crm/v3/object/contacts {"properties":{}}', '/crm/v3/object/contacts is no path of HubSpot\'s API'],
			['GET https://api.hubapi.com/crm/v3/owners/?limit=many', 'query.limit: should be number'],
			['GET https://api.hubapi.com/crm/v3/owners/?count=5', 'query: has no count'],
		],
	},
	pipedrive: {
		taken: [
			`GET ${pipedrive}/api/v2/persons/search?term=ada%40love.example&fields=email&exact_match=true&limit=3`,
			`POST ${pipedrive}/api/v2/persons?api_token=t {"name":"Ada","owner_id":7,"emails":[{"value":"ada@love.example","primary":true,"label":"work"}]}`,
			`POST ${pipedrive}/v1/leads {"title":"Ada","person_id":1}`,
			`PATCH ${pipedrive}/api/v2/activities/12 {"done":true}`,
		],
		refused: [
			[`POST ${pipedrive}/api/v2/persons {"name":"Ada","owner_id":"7"}`, 'body.owner_id: should be number'],
			[`POST ${pipedrive}/api/v2/persons {"name":"Ada","email":"ada@love.example"}`, 'body: has no email'],
			[`POST ${pipedrive}/v1/leads {"person_id":1}`, 'body: should have required property \'title\''],
			[`GET ${pipedrive}/api/v2/deals?status=closed`, 'query.status: should be equal to one of the allowed values: open, won, lost, deleted'],
			[`GET ${pipedrive}/api/v2/activities?start=0`, 'query: has no start'],
			[`PATCH ${pipedrive}/api/v2/persons/ada {"name":"Ada"}`, 'path.id: should be number'],
			[`PUT ${pipedrive}/api/v2/persons/1 {"name":"Ada"}`, 'takes GET, PATCH, not PUT'],
			[`GET ${pipedrive}/v2/deals`, '/v2/deals is no path of Pipedrive\'s API'],
		],
	},
	slack: {
		taken: [
			'POST https://slack.com/api/chat.postMessage {"channel":"C123ABC456","text":"Hello world","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"Hello"}}]}',
			'GET https://slack.com/api/conversations.info?channel=C123ABC456',
		],
		refused: [
			['POST https://slack.com/api/chat.postMessage {"text":"Hello"}', 'body: should have required property \'channel\''],
			['POST https://slack.com/api/chat.postMessage {"channel":["C1"],"text":"Hello"}', 'body.channel: should be string'],
			['POST https://slack.com/api/chat.postMessage {"channel":"C1","message":"Hello"}', 'body: has no message'],
			['GET https://slack.com/api/conversations.info?id=C1', 'query: has no id'],
			['POST https://slack.com/api/chat.post {"channel":"C1"}', '/api/chat.post is no path of Slack\'s API'],
		],
	},
	googleSheets: {
		taken: [
			`POST ${sheet}/values/Leads!A1:append?valueInputOption=RAW {"majorDimension":"ROWS","values":[["Ada",1,true]]}`,
			`GET ${sheet}/values:batchGet?ranges=Team&ranges=Rules&majorDimension=ROWS`,
			`POST ${sheet}:batchUpdate {"requests":[{"addSheet":{"properties":{"title":"Team"}}}]}`,
		],
		refused: [
			[`POST ${sheet}/values/Leads!A1:append?valueInputOption=AS_TYPED {"values":[["Ada"]]}`, 'query.valueInputOption: should be equal to one of the allowed values: '],
			[`POST ${sheet}/values/Leads!A1:append?valueInputOption=RAW {"values":["Ada"]}`, 'body.values[0]: should be array'],
			[`POST ${sheet}/values:batchUpdate {"valueInputOption":"RAW","rows":[]}`, 'body: has no rows'],
			[`POST ${sheet}:batchUpdate {"requests":[{"addSheet":{"title":"Team"}}]}`, 'body.requests[0].addSheet: has no title'],
			[`POST ${sheet}/rows {"values":[]}`, 'is no path of Google Sheets\'s API'],
		],
	},
	twilio: {
		taken: [`POST ${twilio} From=%2B15557122661&To=%2B15558675310&Body=Hi`],
		refused: [
			[`POST ${twilio} From=%2B15557122661&Body=Hi`, 'body: should have required property \'To\''],
			[`POST ${twilio} To=%2B15558675310&Text=Hi`, 'body: has no Text'],
			[`POST ${twilio} To=%2B15558675310&Body=Hi&ValidityPeriod=soon`, 'body.ValidityPeriod: should be integer'],
			['POST https://api.twilio.com/2010-04-01/Accounts/AC12/Messages.json To=%2B15558675310', 'path.AccountSid: should match pattern'],
			['POST https://api.twilio.com/2010-04-01/Messages.json To=%2B15558675310', '/2010-04-01/Messages.json is no path of Twilio\'s API'],
		],
	},
	typeform: {
		taken: [
			'GET https://api.typeform.com/forms/u6nXL7',
			'GET https://api.typeform.com/forms/u6nXL7/responses?since=2020-03-20T14:00:59&page_size=1000&response_type=completed&before=21085286190ffad1248d17c4135ee56f',
			'GET https://api.typeform.com/forms/u6nXL7/responses?until=1584712859&sort=submitted_at,asc',
		],
		refused: [
			['GET https://api.typeform.com/forms/u6nXL7/responses?page_size=1001', 'query.page_size: should be <= 1000'],
			['GET https://api.typeform.com/forms/u6nXL7/responses?since=yesterday', 'query.since: should match pattern'],
			['GET https://api.typeform.com/forms/u6nXL7/responses?before=', 'query.before: should NOT be shorter than 1 characters'],
			['GET https://api.typeform.com/forms/u6nXL7/responses?before=21085286190f&sort=submitted_at,asc', 'query: should NOT be valid'],
			['GET https://api.typeform.com/forms/u6nXL7/responses?limit=5', 'query: has no limit'],
			['GET https://api.typeform.com/forms//responses', 'is no path of Typeform\'s API'],
		],
	},
	mailchimp: {
		taken: [`PUT ${member} {"email_address":"ada@love.example","status_if_new":"pending","merge_fields":{"FNAME":"Ada"}}`, `POST ${member}/tags {"tags":[{"name":"New","status":"active"}]}`],
		refused: [
			[`PUT ${member} {"email_address":"ada@love.example"}`, 'body: should have required property \'status_if_new\''],
			[`PUT ${member} {"email_address":"ada@love.example","status_if_new":"new"}`, 'body.status_if_new: should be equal to one of the allowed values: subscribed, '],
			[`POST ${member}/tags {"tags":["New"]}`, 'body.tags[0]: should be object'],
			[`POST ${member}/tag {"tags":[]}`, 'is no path of Mailchimp\'s API'],
		],
	},
	salesforce: {
		taken: [
			`GET ${salesforce}/query?q=SELECT+name+from+Account`,
			`GET ${salesforce}/query/01gD0000002HU6KIAW-2000`,
			`POST ${salesforce}/composite/batch {"batchRequests":[{"method":"GET","url":"v62.0/query?q=SELECT+Id+FROM+Lead"}]}`,
			`PATCH ${salesforce}/sobjects/Account/001D000000INjVe {"Name":"Acme"}`,
		],
		refused: [
			[`GET ${salesforce}/query?soql=SELECT`, 'query: has no soql'],
			[`POST ${salesforce}/sobjects/Lead {"Company":{"name":"Acme"}}`, 'body[\'Company\']: should be string,number,boolean,null'],
			[`POST ${salesforce}/composite/batch {"batchRequests":[{"method":"GET"}]}`, 'body.batchRequests[0]: should have required property \'url\''],
			[`PATCH ${salesforce}/sobjects/Account/1 {"Name":"Acme"}`, 'path.id: should match pattern'],
			[`POST ${salesforce}/object/Lead {"Company":"Acme"}`, 'is no path of Salesforce\'s API'],
		],
	},
	zendesk: {
		taken: [`POST ${tickets} {"ticket":{"subject":"My printer is on fire!","comment":{"body":"The smoke is very colorful."},"priority":"urgent"}}`, `GET ${tickets}?external_id=ahg35h3jh`],
		refused: [
			[`POST ${tickets} {"ticket":{"subject":"Fire"}}`, 'body.ticket: should have required property \'comment\''],
			[`POST ${tickets} {"ticket":{"comment":{"body":"Fire"},"priority":"medium"}}`, 'body.ticket.priority: should be equal to one of the allowed values: urgent, '],
			[`POST ${tickets} {"ticket":{"comment":"Fire"}}`, 'body.ticket.comment: should be object'],
			['GET https://acme.zendesk.com/api/v2/ticket.json', 'is no path of Zendesk\'s API'],
		],
	},
	peopleDataLabs: {
		taken: [`GET ${company}?website=google.com&min_likelihood=6`],
		refused: [[`GET ${company}?domain=google.com`, 'query: has no domain'], [`GET ${company}?website=google.com&min_likelihood=high`, 'query.min_likelihood: should be integer'], ['GET https://api.peopledatalabs.com/v5/enrich?website=google.com', 'is no path of People Data Labs\'s API']],
	},
};

it('knows every description', () => {
	expect(readdirSync(folder).map((name) => name.replace(/\.json$/, '')).sort()).toEqual(Object.keys(vendors).sort());
});

describe.each(Object.entries(vendors))('the description of %s', (file, { taken, refused }) => {
	it.each(taken)('takes %s', (request) => {
		expect(descriptionOf(file).faultOf(read(request))).toBeUndefined();
	});

	it.each(refused)('does not take %s', (request, fault) => {
		expect(descriptionOf(file).faultOf(read(request))).toContain(fault);
	});

	it('says where it is from', () => {
		const { source } = descriptionOf(file).excerpt;
		expect('package' in source ? [source.package, source.version, source.of] : source.documentation).not.toContain('');
	});
});

describe('a stand-in', () => {
	it('answers what is not described with 400 and counts it among what it refused', () => {
		const standIn = new Hubspot('t', []);
		expect(standIn.handle({ ...read(`POST ${hubspot}/contacts {"properties":{"numemployees":12}}`), headers: { authorization: 'Bearer t' } }).status).toBe(400);
		expect(standIn.refused).toEqual([expect.stringContaining('should be string')]);
		expect(standIn.objects.contacts).toEqual([]);
	});

	it('of Slack answers with an error, as Slack does', () => {
		const standIn = new Slack('t', ['C1']);
		expect(standIn.handle({ ...read('POST https://slack.com/api/chat.postMessage {"channel":"C1","message":"Hello"}'), headers: { authorization: 'Bearer t' } })).toMatchObject({ status: 200, body: { ok: false } });
		expect(standIn.errors).toEqual([expect.stringContaining('has no message')]);
	});

	it('takes what is described', () => {
		const sheets = new GoogleSheets('t', 'sheet1', { title: 'Leads', sheetId: 0 });
		sheets.handle({ ...read('PUT https://sheets.googleapis.com/v4/spreadsheets/sheet1/values/Leads!A1:A1?valueInputOption=RAW {"values":[["Ada"]]}'), headers: { authorization: 'Bearer t' } });
		const mailchimp = new Mailchimp('k', 'a1');
		mailchimp.handle({ ...read(`PUT ${member} {"email_address":"ada@love.example","status_if_new":"pending"}`), headers: { authorization: 'apikey k' } });
		expect([sheets.rows, sheets.refused, [...mailchimp.members.keys()], mailchimp.refused]).toEqual([[['Ada']], [], ['ada@love.example'], []]);
	});
});
