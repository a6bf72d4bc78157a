import type { INode } from 'n8n-workflow';
import { tidyTemplate } from '../../scripts/tidyTemplates';
import { checks } from './checkTemplate';
import { readTemplates, type Template } from './template';

const sound = readTemplates().find(({ file }) => file === 'run-the-whole-handoff-on-sample-leads')?.template as Template;

interface Mutation {
	/** What somebody did to the template. */
	what: string;
	change: (template: Template, node: (name: string) => INode) => unknown;
	finds: RegExp;
}

const mutations: Mutation[] = [
	{ what: 'keeps the version id of an export', change: (t) => Object.assign(t, { versionId: '1' }), finds: /holds "versionId"/ },
	{ what: 'loses its id', change: (t) => { delete (t as Partial<Template>).id; }, finds: /lacks "id"/ },
	{ what: 'keeps the id of an n8n', change: (t) => Object.assign(t.meta, { instanceId: '1' }), finds: /"meta" is not empty/ },
	{ what: 'pins leads', change: (t) => Object.assign(t.pinData, { 'Client Config': [] }), finds: /"pinData" is not empty/ },
	{ what: 'runs in the old order', change: (t) => { t.settings.executionOrder = 'v0'; }, finds: /execution order/ },
	{ what: 'loses a webhookId', change: (_, node) => { delete node('Receive a Form').webhookId; }, finds: /Receive a Form: has no webhookId/ },
	{ what: 'uses a webhookId twice', change: (t, node) => { t.nodes.push({ ...structuredClone(node('Receive a Form')), name: 'Receive Another Form' }); }, finds: /two nodes have the webhookId/ },
	{ what: 'has a node switched off', change: (_, node) => { node('Client Config').disabled = true; }, finds: /Client Config: is switched off/ },
	{ what: 'hopes that a sheet is tried again', change: (_, node) => { Object.assign(node('Show Each Lead'), { type: 'n8n-nodes-base.googleSheets', typeVersion: 4.7, retryOnFail: true, onError: 'continueRegularOutput' }); }, finds: /Show Each Lead: n8n tries it once only/ },
	{ what: 'shows a lead on a form page as it typed', change: (t) => { t.nodes.push({ id: 'page', name: 'Show Page', type: 'n8n-nodes-base.form', typeVersion: 2.5, position: [0, 0], parameters: { operation: 'completion', completionMessage: '={{ $json.lead.message }}' } }); }, finds: /Show Page: "completionMessage" shows what was typed as it is/ },
	{ what: 'names a credential', change: (_, node) => { node('Read the Message').credentials = { openAiApi: { id: '', name: 'Mine' } }; }, finds: /holds credentials/ },
	{ what: 'holds a key', change: (_, node) => { node('Write Sample Forms').parameters.jsonOutput += ' sk-abcdefghijklmnopqrst'; }, finds: /looks like a secret/ },
	{ what: 'holds the id of a Slack channel', change: (_, node) => { node('Write Sample Forms').parameters.jsonOutput += ' C024BE91LQX'; }, finds: /looks like a secret/ },
	{ what: 'holds somebody\'s address', change: (_, node) => { node('Write Sample Forms').parameters.jsonOutput += ' jo@some-firm.com'; }, finds: /"jo@some-firm\.com" may be somebody's/ },
	{ what: 'calls a real host', change: (_, node) => { node('Write Sample Forms').parameters.jsonOutput += ' https://hooks.some-firm.com/x'; }, finds: /calls hooks\.some-firm\.com/ },
	{ what: 'reads a variable of one n8n', change: (_, node) => { node('Normalize Lead').parameters.client = '={{ $vars.client }}'; }, finds: /reads variables/ },
	{ what: 'uses a node that n8n does not have', change: (_, node) => { node('Skip Resent Form').type = 'n8n-nodes-base.noOperation'; }, finds: /there is no n8n-nodes-base\.noOperation/ },
	{ what: 'uses a version that n8n does not have', change: (_, node) => { node('Client Config').typeVersion = 9; }, finds: /there is no n8n-nodes-base\.set in version 9/ },
	{ what: 'sets a parameter that a stock node lacks', change: (_, node) => { node('Receive a Form').parameters.method = 'POST'; }, finds: /Receive a Form: the panel does not show "method"/ },
	{ what: 'sets a parameter that our node lacks', change: (_, node) => { node('Match Known People').parameters.strict = true; }, finds: /does not show "strict"/ },
	{ what: 'sets an option that our node lacks', change: (_, node) => { node('Normalize Lead').parameters.options = { detectResend: true }; }, finds: /does not show "options\.detectResend"/ },
	{ what: 'sets a part that a rule lacks', change: (_, node) => { rulesOf(node('Apply Hard Rules'))[0].owner = 'mia'; }, finds: /does not show "rules\.values\.0\.owner"/ },
	{ what: 'sets a part of a rule that other choices hide', change: (_, node) => { Object.assign(rulesOf(node('Finish Routing'))[0], { assignTo: 'queueTeam', team: 'UK' }); }, finds: /does not show "rules\.values\.0\.team"/ },
	{ what: 'sets the kind of a rule where the operation gives it', change: (_, node) => { rulesOf(node('Finish Routing'))[0].tier = 'soft'; }, finds: /does not show "rules\.values\.0\.tier"/ },
	{ what: 'sets a parameter of another operation', change: (_, node) => { node('Clear Earlier Demo Leads').parameters.settings = '{}'; }, finds: /Clear Earlier Demo Leads: the panel does not show "settings"/ },
	{ what: 'chooses a value that is not offered', change: (_, node) => { node('Match Known People').parameters.compareWith = 'everything'; }, finds: /Match Known People: "compareWith" offers no "everything"/ },
	{ what: 'chooses a value that a rule does not offer', change: (_, node) => { rulesOf(node('Finish Routing'))[0].then = 'wait'; }, finds: /"rules\.values\.0\.then" offers no "wait"/ },
	{ what: 'leaves a needed setting empty', change: (_, node) => { node('Split Into Single Forms').parameters.fieldToSplitOut = ''; }, finds: /Split Into Single Forms: .*required/ },
	{ what: 'leaves the default name', change: rename('Client Config', 'Edit Fields1'), finds: /Edit Fields1: still has its default name/ },
	{ what: 'names a node by a noun', change: rename('Skip Resent Form', 'Resent Form'), finds: /Resent Form: does not start with a verb/ },
	{ what: 'names a node in lower case', change: rename('Skip Resent Form', 'Skip resent form'), finds: /is not in Title Case/ },
	{ what: 'names a node at length', change: rename('Skip Resent Form', 'Skip Forms That Were Sent Again by Anybody'), finds: /longer than 39/ },
	{ what: 'names two nodes alike', change: (_, node) => { node('Skip Resent Form').name = 'Show Each Lead'; }, finds: /two nodes have this name/ },
	{ what: 'has a title in Title Case', change: (t) => { t.name = 'Run the Whole Handoff'; }, finds: /sentence case/ },
	{ what: 'has a title without a verb', change: (t) => { t.name = 'Sample leads'; }, finds: /Sample leads: does not start with a verb/ },
	{ what: 'has two overviews', change: (_, node) => { delete node('Section Clean').parameters.color; }, finds: /there are 2 yellow notes/ },
	{ what: 'has no overview', change: (_, node) => { node('Overview').parameters.color = 7; }, finds: /there are 0 yellow notes/ },
	{ what: 'has the overview at the right', change: (_, node) => { node('Overview').position = [4800, 0]; }, finds: /is not at the top left/ },
	{ what: 'has a short overview', change: (_, node) => { node('Overview').parameters.content = 'Runs.\n\n### How it works\n\n### Setup'; }, finds: /has 5 words/ },
	{ what: 'has an overview without set-up', change: (_, node) => { replaceIn(node('Overview'), '### Setup', '### Steps'); }, finds: /has the headings How it works,/ },
	{ what: 'has an overview that is cut off', change: (_, node) => { node('Overview').parameters.height = 300; }, finds: /too small for its text/ },
	{ what: 'has a chatty section', change: (_, node) => { node('Section Clean').parameters.content = 'word '.repeat(50); }, finds: /has 50 words, not under 50/ },
	{ what: 'has a section in another colour', change: (_, node) => { node('Section Clean').parameters.color = 4; }, finds: /has the colour 4/ },
	{ what: 'has a section with one node', change: (_, node) => { node('Section Activate').parameters.width = 208; }, finds: /Section Activate: holds fewer than two nodes/ },
	{ what: 'has a node outside the sections', change: (_, node) => { node('Section Activate').parameters.width = 208; }, finds: /Show Each Lead: stands in 0 sections/ },
	{ what: 'has a section\'s text behind a node', change: (_, node) => { node('Start Response Clock').position[1] = 48; }, finds: /Section Activate: its text runs behind a node/ },
	{ what: 'has notes that overlap', change: (_, node) => { node('Section Clean').parameters.width = 800; }, finds: /Section Clean: overlaps Section Route/ },
	{ what: 'has a node over another', change: (_, node) => { node('Finish Routing').position = [2864, 160]; }, finds: /overlaps Finish Routing/ },
	{ what: 'has nodes whose names run into each other', change: (_, node) => { node('Stop With the Reason').position[0] -= 64; }, finds: /Ask Form to Try Again: overlaps Stop With the Reason/ },
	{ what: 'has a node off the grid', change: (_, node) => { node('Client Config').position[0] += 5; }, finds: /Client Config: is not on the grid/ },
	{ what: 'has a trigger whose button covers the overview', change: (_, node) => { node('Overview').position[0] += 112; node('Section Start').position[0] += 112; }, finds: /Run With Sample Leads: its button covers Overview/ },
	{ what: 'has an arrow to a node that is gone', change: (t) => { t.nodes = t.nodes.filter(({ name }) => name !== 'Show Each Lead'); }, finds: /Start Response Clock → Show Each Lead: there is no such node/ },
	{ what: 'has an arrow from an output that is not there', change: (_, node) => { node('Match Known People').parameters.outputs = 'one'; }, finds: /Match Known People: has no main output 1/ },
	{ what: 'has an arrow into an input that is not there', change: (t) => { mainOf(t, 'Start Response Clock')[0][0].index = 1; }, finds: /Show Each Lead: has no main input 1/ },
	{ what: 'has an arrow that runs back', change: (_, node) => { node('Show Each Lead').position[0] = 2400; }, finds: /Start Response Clock → Show Each Lead: runs to the left/ },
	{ what: 'loses the leads of a branch', change: (t) => { mainOf(t, 'Match Known People')[0] = []; }, finds: /Match Known People: output 0 leads nowhere/ },
	{ what: 'loses the failed leads', change: (t) => { mainOf(t, 'Normalize Lead').pop(); }, finds: /Normalize Lead: output 1 leads nowhere/ },
	{ what: 'loses a whole branching node', change: (t) => { delete t.connections['Match Known People']; }, finds: /Match Known People: output 0, 1 leads nowhere/ },
	{ what: 'has a node that no lead reaches', change: (t) => { delete t.connections['Start Response Clock']; }, finds: /Show Each Lead: no trigger leads here/ },
	{ what: 'reads a node that is gone', change: (_, node) => { node('Acknowledge Form').parameters.responseBody = '={{ $("Normalise Lead").item.json.leadId }}'; }, finds: /reads Normalise Lead, which does not run before it/ },
	{ what: 'reads a node that runs later', change: (_, node) => { node('Acknowledge Form').parameters.responseBody = '={{ $(\'Show Each Lead\').item.json.leadId }}'; }, finds: /reads Show Each Lead/ },
	{ what: 'has no Client Config', change: (t) => { t.nodes = t.nodes.filter(({ name }) => name !== 'Client Config'); }, finds: /Client Config: there is no Set node/ },
	{ what: 'has a node between form and Client Config', change: (t) => { mainOf(t, 'Receive a Form')[0][0].node = 'Normalize Lead'; }, finds: /Receive a Form: Client Config does not follow/ },
	{ what: 'names another client elsewhere', change: (_, node) => { node('Set Up Demo Client').parameters.client = 'acme'; }, finds: /Set Up Demo Client: is for client "acme"/ },
	{ what: 'gives all leads to another workflow at once', change: (_, node) => { Object.assign(node('Show Each Lead'), { type: 'n8n-nodes-base.executeWorkflow', typeVersion: 1.3, parameters: { mode: 'once' } }); }, finds: /Show Each Lead: does not give each lead by itself/ },
	{ what: 'keeps a successful run each minute', change: (_, node) => { Object.assign(node('Run With Sample Leads'), { type: 'n8n-nodes-base.scheduleTrigger', typeVersion: 1.3, parameters: { rule: { interval: [{ field: 'minutes', minutesInterval: 1 }] } } }); }, finds: /Run With Sample Leads: n8n keeps each of its successful runs/ },
	{ what: 'captures without Client Config', change: (t) => { mainOf(t, 'Split Into Single Forms')[0][0].node = 'Normalize Lead'; delete t.connections['Client Config']; }, finds: /Normalize Lead: runs without Client Config/ },
];

describe('the checks of a template', () => {
	it.each(mutations)('find that it $what', ({ change, finds }) => {
		const template = structuredClone(sound);
		change(template, (name) => template.nodes.find((node) => node.name === name) as INode);
		const found = Object.values(checks).flatMap((check) => check(template));
		expect(found.join('\n')).toMatch(finds);
	});

	it('find nothing else: each finding above is the mutation\'s own', () => {
		const found = Object.values(checks).flatMap((check) => check(sound)).join('\n');
		expect(mutations.filter(({ finds }) => finds.test(found))).toEqual([]);
	});
});

describe('tidyTemplate', () => {
	it('strips what belongs to one n8n, and sorts the rest', () => {
		const exported = {
			...sound, active: true, versionId: 'v', staticData: {}, tags: [], shared: [], meta: { instanceId: 'i' }, pinData: { a: [] },
			nodes: sound.nodes.map((node) => ({ ...Object.fromEntries(Object.entries(node).reverse()), credentials: { slackApi: { id: '1', name: 'Mine' } } })),
		};
		expect(tidyTemplate(exported)).toBe(tidyTemplate(sound));
	});

	it('changes nothing that the workflow does', () => {
		expect(JSON.parse(tidyTemplate(sound))).toEqual(sound);
	});

	it('changes nothing the second time', () => {
		expect(tidyTemplate(JSON.parse(tidyTemplate(sound)) as Template)).toBe(tidyTemplate(sound));
	});
});

function rename(from: string, to: string): Mutation['change'] {
	return (_, node) => { node(from).name = to; };
}

function rulesOf({ parameters }: INode): Record<string, unknown>[] {
	return (parameters.rules as unknown as { values: Record<string, unknown>[] }).values;
}

function replaceIn(note: INode, text: string, by: string): void {
	note.parameters.content = String(note.parameters.content).replace(text, by);
}

function mainOf(template: Template, name: string) {
	return template.connections[name].main as { node: string; type: string; index: number }[][];
}
