/**
 * Brings templates/*.json into their one form, and writes templates/README.md from them.
 *
 *   npm run tidy    after every change of a template, also after an export from n8n
 */
const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const folder = join(__dirname, '..', 'templates');

/** What a template keeps. All else in an export (version ids, owner, tags, counters …) belongs to the n8n that wrote it. */
const keptOfWorkflow = ['connections', 'id', 'name', 'nodes', 'settings'];
const keptOfNode = ['alwaysOutputData', 'disabled', 'executeOnce', 'id', 'maxTries', 'name', 'notes', 'notesInFlow', 'onError', 'parameters', 'position', 'retryOnFail', 'type', 'typeVersion', 'waitBetweenTries', 'webhookId'];
const keptOfSettings = ['executionOrder', 'saveDataSuccessExecution'];

/** The text of a template's file: sorted keys, tabs, nothing that changes from one export to the next. */
function tidyTemplate(workflow) {
	const tidied = {
		...pick(workflow, keptOfWorkflow),
		nodes: workflow.nodes.map((node) => pick(node, keptOfNode)),
		settings: pick(workflow.settings ?? {}, keptOfSettings),
		// whoever imports the file gets neither pinned leads nor the id of somebody's n8n
		pinData: {},
		meta: {},
	};
	return `${JSON.stringify(sortKeys(tidied), null, '\t')}\n`;
}

function pick(value, keys) {
	return Object.fromEntries(keys.filter((key) => key in value).map((key) => [key, value[key]]));
}

function sortKeys(value) {
	if (Array.isArray(value)) return value.map(sortKeys);
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sortKeys(value[key])]));
}

/**
 * The text of templates/README.md.
 *
 * @param {{ file: string, template: object }[]} templates - `file` without `.json`, in the order of the index.
 */
function templateIndex(templates) {
	const parts = groups.map(({ title, says }, index) => {
		const own = templates.filter(({ template }) => groups.findIndex((group) => group.holds.test(template.name)) === index);
		const rows = own.map(({ file, template }) => `| [${template.name}](${file}.md) | ${purpose(template)} | ${triggers(template).join(', ')} | [${file}.json](${file}.json) |`);
		return `## ${title}\n\n${says}\n\n| template | what it shows | starts with | file |\n|---|---|---|---|\n${rows.join('\n')}\n`;
	});
	return `# Templates

Each is one file to import into a self-hosted n8n that has the community node \`n8n-nodes-lead-handoff\`:
in the menu (⋯) of an empty workflow choose **Import → From file**. Its page says how to set it up, and
[the end of this page](#import-fill-in-connect) what is the same for all.

![The canvases of all templates](pictures/gallery.png)

${parts.join('\n')}
${sameForAll}
This page is written by \`npm run tidy\` from the files.
`;
}

/** What an operator does with every template, once and in one place. */
const sameForAll = `## Import, fill in, connect

**The file** is the link in the last column: on GitHub press *Download raw file*; in a clone it lies in \`templates/\`.

**Client Config** is the node with all that differs from one client to the next. For a first look \`client\` and a test channel are enough:

| field | what goes in |
|---|---|
| \`client\` | the short key that you chose when you set the client up, such as \`acme\`; \`demo\` is the client of the sample template |
| \`slackTestChannel\`, \`slackChannel\` | IDs of two channels, for test leads and for live leads, such as \`C0123ABCD\`: in Slack press the channel's name, its ID stands at the foot |
| \`hubspotAccountId\` | the number in HubSpot's own addresses, \`app.hubspot.com/contacts/<number>/…\`; empty leaves the card's button to the contact out |
| \`pipedriveDomain\` | the first part of your Pipedrive's address, as in \`acme.pipedrive.com\`; empty leaves the button out |
| \`coreWorkflowId\`, and the workflows in a client's settings | the ID of a workflow, as its address ends: \`…/workflow/<ID>\` |
| \`slackButtons\` | \`yes\` puts the buttons I Take It and I Have Answered on the card, once [this template](record-what-owners-press-in-slack.md) hears them; empty leaves them out |
| \`explainUrl\`, \`answeredUrl\` and other addresses | pages of yours behind the buttons of a card; empty leaves a button out |

**Connect**: a red triangle marks each node that lacks a credential, and **Publish** stays grey until none is left. Open one and press
*Connect to …*. The vendor's own nodes (the Slack sign, the sheet) then all have it; of the blue globes, HTTP requests to a CRM, open
each once, and n8n fills it in.

| vendor | what to connect |
|---|---|
| Slack | the bot token (\`xoxb-…\`) of an app of your workspace with the bot scope \`chat:write\`, as *Access Token*; invite the app to both channels. The go-live check also needs \`channels:read\`, and \`groups:read\` for private channels |
| HubSpot | a service key, or the token of a private app, as *HubSpot Service Key*: scopes \`crm.objects.contacts.read\` and \`crm.objects.contacts.write\`, under which notes and tasks fall too; \`crm.objects.owners.read\` to find owner IDs, \`crm.objects.deals.read\` for deals that come back |
| Pipedrive | the API token under Personal preferences, API |

**Run With a Sample Lead**, where a template has it, sends one invented lead the whole way, as a test, also when the client is live. Point at
it and press *Execute workflow* to its left; nothing has to be published for that.

**Send a form**: open the webhook node for its *Production URL*, and send any JSON or form fields to it, as in the
[README](../README.md#start-in-n8n). A form on a web page posts from the visitor's browser: write the page's address into the node's option
*Allowed Origins (CORS)*.

**Test, then live.** A new client is in test mode: its leads go the whole way, are told in the test channel and written to no CRM. [Check a
client before going live](check-a-client-before-going-live.md) switches it to live; every published workflow follows with the next lead.
Test leads and live leads never meet, so a form that you tried is no duplicate later.
`;

/** Parts of the index; a template stands in the first whose words its title has. */
const groups = [
	{ title: 'First', says: 'See it run, set up a client, look before the first real lead.', holds: /^(Run the whole|Set up|Add CRM|Check a client)/ },
	{ title: 'One core for many clients', says: 'For agencies: one handoff core, and for each client its own intake, CRM writer, notifier and credentials.', holds: /handoff core/ },
	{ title: 'One canvas for one business', says: 'The whole way of a lead on one canvas.', holds: /^Send website/ },
	{ title: 'Clocks, people and CRMs', says: 'What happens after the handoff comes back to the ledger, and nobody waits unseen.', holds: /^(Watch|Record|Find|Load|Deliver|Tell operators)/ },
	{ title: 'Look, measure and put right', says: 'Reviews, reports and tools beside the live flow.', holds: /./ },
];

/** The first paragraph of the overview note. */
function purpose({ nodes }) {
	const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
	const overview = notes.find(({ parameters }) => parameters.color === undefined);
	const paragraphs = (overview?.parameters.content ?? '').split('\n\n').map((part) => part.trim());
	return (paragraphs.find((part) => part !== '' && !part.startsWith('#')) ?? '').replaceAll('\n', ' ');
}

/** Names of the nodes that nothing leads to, in the order of the file. */
function triggers({ nodes, connections }) {
	const reached = new Set(Object.values(connections).flatMap((byType) => Object.values(byType).flat(2)).filter(Boolean).map(({ node }) => node));
	// a chat model is not reached either, but leads to something that is no main input
	const startsRun = ({ name }) => connections[name]?.main !== undefined && !reached.has(name);
	return nodes.filter(startsRun).map(({ name }) => name);
}

function readTemplates() {
	const files = readdirSync(folder).filter((entry) => entry.endsWith('.json')).map((entry) => entry.slice(0, -'.json'.length)).sort();
	return files.map((file) => ({ file, template: JSON.parse(readFileSync(join(folder, `${file}.json`), 'utf8')) }));
}

function tidyAll() {
	const templates = readTemplates();
	for (const { file, template } of templates) writeFileSync(join(folder, `${file}.json`), tidyTemplate(template));
	writeFileSync(join(folder, 'README.md'), templateIndex(templates));
}

module.exports = { readTemplates, templateIndex, tidyTemplate };
if (require.main === module) tidyAll();
