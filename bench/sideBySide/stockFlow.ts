import type { Template, TemplateNode } from '../../test/e2e/n8nUnderTest';
import { edges, node, wire } from './canvas';

/** What an operator has to write for the same job: clean the fields of a form. Kept to what our forms bring, in favour of the stock flow. */
const cleanFields = `
const body = $json.body;
const text = (value) => String(value ?? '').normalize('NFKC').replace(/\\s+/g, ' ').trim();
const pick = (...names) => { for (const name of names) if (text(body[name]) !== '') return text(body[name]); return ''; };

const email = pick('email', 'e-mail', 'your-email', 'Email').toLowerCase();
let [mailbox, domain = ''] = email.split('@');
if (domain === 'googlemail.com') domain = 'gmail.com';
if (domain === 'gmail.com') mailbox = mailbox.replaceAll('.', '');
const emailKey = mailbox.split('+')[0] + '@' + domain;

const fullName = pick('name', 'full_name', 'fullname') || (pick('first_name', 'firstname') + ' ' + pick('last_name', 'lastname')).trim();
const names = fullName.split(' ');
const firstName = names[0] ?? '';
const lastName = names.slice(1).join(' ');

const countries = { 'united kingdom': 'GB', uk: 'GB', 'great britain': 'GB', england: 'GB', germany: 'DE', deutschland: 'DE', france: 'FR', spain: 'ES', 'united states': 'US', usa: 'US' };
const given = pick('country', 'Country').toLowerCase();
const country = countries[given] ?? (/^[a-z]{2}$/.test(given) ? given.toUpperCase() : '');

let phone = pick('phone', 'tel', 'mobile').replace(/[^+\\d]/g, '');
const codes = { GB: '44', DE: '49', FR: '33', ES: '34', US: '1' };
if (phone.startsWith('00')) phone = '+' + phone.slice(2);
else if (phone.startsWith('0') && codes[country]) phone = '+' + codes[country] + phone.slice(1);

const company = pick('company', 'organisation', 'organization');
const companyKey = company.toLowerCase().replace(/\\b(ltd|limited|gmbh|inc|llc|plc|sas|s\\.?a\\.?)\\b\\.?/g, '').replace(/[^a-z0-9]+/g, ' ').trim();
const employees = Number(pick('employees', 'company_size').match(/\\d+/)?.[0] ?? 0);
const message = pick('message', 'comments', 'enquiry').slice(0, 5000);

const free = ['gmail.com', 'outlook.com', 'hotmail.com', 'yahoo.com', 'icloud.com'];
const disposable = ['mailinator.com', 'guerrillamail.com', '10minutemail.com', 'yopmail.com'];
const suspectedSpam = disposable.includes(domain) || (message.match(/https?:/g) ?? []).length > 3;

const channel = pick('gclid') || pick('utm_medium') === 'cpc' ? 'paid' : pick('utm_source') ? 'campaign' : 'direct';
return { json: {
  eventId: pick('event_id', 'id') || emailKey + '|' + message.slice(0, 200), email, emailKey, fullName, firstName, lastName, country, phone, company, companyKey, employees, message,
  freeEmail: free.includes(domain), suspectedSpam, channel, source: pick('utm_source'), medium: pick('utm_medium'), campaign: pick('utm_campaign'), clickId: pick('gclid'),
  receivedAt: new Date().toISOString(),
} };`.trim();

/** Known by address, else by phone. */
const newOrKnown = `
const lead = $('Clean Fields').item.json;
const known = $json.id !== undefined;
const isCustomer = known && $json.status === 'customer';
return { json: { ...lead, verdict: known ? 'append' : 'create', owner: known ? $json.owner : '', isCustomer,
  because: known ? 'same e-mail or phone as lead ' + $json.id : 'nobody with this e-mail or phone' } };`.trim();

/** Without a model: words. */
const readMessage = `
const words = $json.message.toLowerCase();
const intents = [
  ['Support', ['not working', 'down', 'broken', 'help', 'error']], ['Job Application', ['job', 'career', 'vacancy', 'apply']],
  ['Demo', ['demo', 'trial', 'show us']], ['Quote', ['quote', 'price', 'cost', 'offer', 'proposal']],
];
const found = intents.map(([name, list]) => ({ name, hits: list.filter((word) => words.includes(word)).length })).sort((a, b) => b.hits - a.hits)[0];
return { json: { ...$json, intent: found.hits > 0 ? found.name : 'Other', highIntent: ['Demo', 'Quote'].includes(found.name) && found.hits > 0,
  urgency: /urgent|asap|today|since this morning/.test(words) ? 'high' : 'normal', summary: $json.message.slice(0, 140) } };`.trim();

const chooseOwner = `
const lead = $('Read Message').item.json;
const teams = { UK: ['amelia', 'ben'], International: ['grace', 'jonas'], Review: ['amelia'] };
const queue = $('Queue of Lead').item.json.queue;
const team = teams[queue];
const turn = Number($json.value ?? 0);
const owner = lead.owner || team[turn % team.length];
const dueAt = new Date(Date.parse(lead.receivedAt) + 5 * 60000).toISOString();
return { json: { ...lead, queue, owner, dueAt, turn: lead.owner ? turn : turn + 1,
  text: lead.fullName + ' (' + lead.company + '): ' + lead.intent + '. ' + owner + ' has it in queue ' + queue + '. ' + lead.summary } };`.trim();

export const tables = {
	submissions: { eventId: 'string', email: 'string', body: 'string' },
	people: { emailKey: 'string', phone: 'string', email: 'string', owner: 'string', status: 'string', queue: 'string', intent: 'string', dueAt: 'string', verdict: 'string', because: 'string', source: 'string', campaign: 'string' },
	turns: { queue: 'string', value: 'number' },
} as const;

/**
 * The best that n8n's own nodes allow for the same job: clean in Code, remember in Data Tables, decide with Switch, take turns
 * with a counter, tell Slack. Every step that keeps state reads, thinks and writes, because no node does it in one.
 *
 * @param ids - Ids of the Data Tables.
 * @param model - Credential of an OpenAI model: then Text Classifier reads the message, else words in Code.
 */
export function stockFlow(path: string, chat: string, ids: Record<keyof typeof tables, string>, model?: { id: string; name: string }): Template {
	const code = (name: string, jsCode: string) => node(name, 'n8n-nodes-base.code', 2, { mode: 'runOnceForEachItem', jsCode });
	const where = (keyName: string, keyValue: string) => ({ keyName, condition: 'eq', keyValue });
	const dataTable = (name: string, operation: string, table: keyof typeof tables, more: Record<string, unknown>): TemplateNode => ({
		...node(name, 'n8n-nodes-base.dataTable', 1, { resource: 'row', operation, dataTableId: { __rl: true, mode: 'id', value: ids[table] }, ...more }),
		...(operation === 'get' && { alwaysOutputData: true }),
	} as TemplateNode);
	const columns = (values: Record<string, string>) => ({ columns: { mappingMode: 'defineBelow', value: values, matchingColumns: [], schema: Object.keys(values).map((id) => ({ id, displayName: id, type: 'string', required: false, defaultMatch: false, display: true, canBeUsedToMatch: true })) } });
	const only = { limit: 1, returnAll: false };
	const condition = (left: string, operator: Record<string, unknown>, right = '') => ({ conditions: { options: { version: 2, caseSensitive: true, leftValue: '', typeValidation: 'loose' }, combinator: 'and', conditions: [{ id: left, leftValue: left, rightValue: right, operator }] } });
	const cleaned = (field: string) => `={{ $('Clean Fields').item.json.${field} }}`;
	const respond = (name: string, body: string) => node(name, 'n8n-nodes-base.respondToWebhook', 1.1, { respondWith: 'json', responseBody: body, options: {} });
	const setQueue = (name: string, queue: string) => node(name, 'n8n-nodes-base.set', 3.4, { assignments: { assignments: [{ id: 'q', name: 'queue', type: 'string', value: queue }] }, includeOtherFields: true, options: {} });
	const nodes: TemplateNode[] = [
		node('Receive Form', 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path, responseMode: 'responseNode', options: {} }, path),
		code('Clean Fields', cleanFields),
		dataTable('Find Submission', 'get', 'submissions', { matchType: 'allConditions', filters: { conditions: [where('eventId', cleaned('eventId'))] }, ...only }),
		node('Sent Before?', 'n8n-nodes-base.if', 2.2, { ...condition('={{ $json.id }}', { type: 'string', operation: 'notEmpty', singleValue: true }), options: {} }),
		respond('Answer Resend', '={{ { resend: true } }}'),
		dataTable('Keep Submission', 'insert', 'submissions', columns({ eventId: cleaned('eventId'), email: cleaned('email'), body: `={{ JSON.stringify($('Receive Form').item.json.body) }}` })),
		respond('Answer Form', '={{ { received: true } }}'),
		dataTable('Find Person', 'get', 'people', { matchType: 'anyCondition', filters: { conditions: [where('emailKey', cleaned('emailKey')), where('phone', `={{ $('Clean Fields').item.json.phone || '-' }}`)] }, ...only }),
		code('New or Known', newOrKnown),
		...(model ? [] : [code('Read Message', readMessage)]),
		node('Choose Queue', 'n8n-nodes-base.switch', 3.2, {
			rules: { values: [condition('={{ $json.suspectedSpam }}', { type: 'boolean', operation: 'true', singleValue: true }), condition('={{ $json.country }}', { type: 'string', operation: 'equals' }, 'GB')] },
			options: { fallbackOutput: 'extra' },
		}),
		setQueue('To Review', 'Review'), setQueue('To UK', 'UK'), setQueue('To International', 'International'),
		node('Queue of Lead', 'n8n-nodes-base.noOp', 1, {}),
		dataTable('Read Turn', 'get', 'turns', { matchType: 'allConditions', filters: { conditions: [where('queue', '={{ $json.queue }}')] }, ...only }),
		code('Choose Owner', chooseOwner),
		dataTable('Save Turn', 'upsert', 'turns', { matchType: 'allConditions', filters: { conditions: [where('queue', '={{ $json.queue }}')] }, ...columns({ queue: '={{ $json.queue }}', value: '={{ $json.turn }}' }) }),
		dataTable('Save Lead', 'upsert', 'people', {
			matchType: 'allConditions', filters: { conditions: [where('emailKey', cleaned('emailKey'))] },
			...columns(Object.fromEntries(['emailKey', 'phone', 'email', 'owner', 'queue', 'intent', 'dueAt', 'verdict', 'because', 'source', 'campaign'].map((field) => [field, `={{ $('Choose Owner').item.json.${field} }}`]))),
		}),
		node('Tell Slack', 'n8n-nodes-base.httpRequest', 4.2, {
			method: 'POST', url: chat, sendBody: true, specifyBody: 'json', options: {},
			jsonBody: `={{ { key: $('Choose Owner').item.json.eventId, email: $('Choose Owner').item.json.email, owner: $('Choose Owner').item.json.owner, queue: $('Choose Owner').item.json.queue, text: $('Choose Owner').item.json.text } }}`,
		}),
	];
	const connections = edges(
		['Receive Form', 'Clean Fields', 'Find Submission', 'Sent Before?', 'Answer Resend'],
		['Keep Submission', 'Answer Form', 'Find Person', 'New or Known', 'Read Message', 'Choose Queue'],
		...['To Review', 'To UK', 'To International'].map((name) => [name, 'Queue of Lead']),
		['Queue of Lead', 'Read Turn', 'Choose Owner', 'Save Turn', 'Save Lead', 'Tell Slack'],
	);
	wire(connections, 'Sent Before?', 1, 'Keep Submission');
	['To Review', 'To UK', 'To International'].forEach((name, output) => wire(connections, 'Choose Queue', output, name));
	if (model) addTextClassifier(nodes, connections, model);
	return { name: `Stock ${path}`, nodes, connections, settings: { executionOrder: 'v1', saveDataSuccessExecution: 'none' } };
}

const intents: [name: string, description: string][] = [
	['Support', 'Something does not work'], ['Job Application', 'Wants to work here'], ['Demo', 'Wants to see the product'], ['Quote', 'Asks for a price or a proposal'],
];

/** Text Classifier has a branch for each category; each says which it was, then they come together again. */
function addTextClassifier(nodes: TemplateNode[], connections: Template['connections'], model: { id: string; name: string }): void {
	const classifier = node('Classify Message', '@n8n/n8n-nodes-langchain.textClassifier', 1.1, {
		inputText: '={{ $json.message || "-" }}', categories: { categories: intents.map(([category, description]) => ({ category, description })) }, options: { fallback: 'other', enableAutoFixing: false },
	});
	const names = [...intents.map(([name]) => name), 'Other'];
	const branches = names.map((name) => node(`Is ${name}`, 'n8n-nodes-base.set', 3.4, {
		assignments: { assignments: [
			{ id: 'i', name: 'intent', type: 'string', value: name }, { id: 'h', name: 'highIntent', type: 'boolean', value: name === 'Demo' || name === 'Quote' },
			{ id: 's', name: 'summary', type: 'string', value: '={{ $json.message.slice(0, 140) }}' },
		] }, includeOtherFields: true, options: {},
	}));
	nodes.push(
		classifier, ...branches, node('Read Message', 'n8n-nodes-base.noOp', 1, {}),
		{ ...node('Chat Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.3, { model: { __rl: true, mode: 'id', value: 'stand-in' }, responsesApiEnabled: false, options: {} }), credentials: { openAiApi: model } },
	);
	connections['New or Known'] = { main: [[{ node: classifier.name, type: 'main', index: 0 }]] };
	connections['Chat Model'] = { ai_languageModel: [[{ node: classifier.name, type: 'ai_languageModel', index: 0 }]] };
	branches.forEach(({ name }, output) => {
		wire(connections, classifier.name, output, name);
		wire(connections, name, 0, 'Read Message');
	});
}
