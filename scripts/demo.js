const { existsSync } = require('node:fs');
const { mkdir, readFile, writeFile } = require('node:fs/promises');
const { join } = require('node:path');
const { parseArgs } = require('node:util');
const { checkRows } = require('./demo/checkRows');
const { deliver, prepareSamples } = require('./demo/deliverLeads');
const { installPackage } = require('./demo/installPackage');
const { demoOwner, N8nApi } = require('./demo/n8nApi');
const { cacheFolder, ensureN8n, projectFolder } = require('./demo/n8nRuntime');
const { isFree, startN8n } = require('./demo/n8nServer');
const { run } = require('./demo/run');
const { DemoError, say, withProgress } = require('./demo/say');
const { table } = require('./demo/table');

const usage = `npm run demo                  start n8n with the package, send the sample leads, leave n8n open
npm run demo -- --once        the same, then stop; ends with 1 if a lead was lost, ownerless or wrongly handled
npm run demo -- --port 5680   use another port (default 5678)
npm run demo -- --folder DIR  keep n8n's files in DIR (default: a folder in the cache)`;

async function demo() {
	const { values } = parseArgs({ options: { once: { type: 'boolean' }, port: { type: 'string' }, folder: { type: 'string' }, help: { type: 'boolean' } } });
	if (values.help) return void process.stdout.write(`${usage}\n`);
	const port = Number(values.port ?? 5678);
	if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new DemoError(`--port takes a number from 1 to 65535, not "${values.port}"`);
	if (!(await isFree(port))) throw new DemoError(`Port ${port} is in use, perhaps by another n8n. Stop that, or choose another port: npm run demo -- --port ${port + 1}`);

	await withProgress('Building the package', () => run(process.execPath, [join(projectFolder, 'scripts', 'node24.mjs'), 'gulp', 'build'], { cwd: projectFolder }));
	const start = await ensureN8n();
	const userFolder = values.folder ?? join(cacheFolder(), 'demo');
	await mkdir(userFolder, { recursive: true });
	const size = await installPackage(userFolder);
	say(`Installed the packed tarball (${Math.round(size.bytes / 1024)} kB, ${(size.unpackedBytes / 1024 ** 2).toFixed(2)} MB unpacked, ${size.files} files)`);

	const n8n = await withProgress('Starting n8n', () => startN8n({ start, userFolder, port }));
	// the terminal and npm may both send it; a second one must not end this before n8n has
	for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => n8n.stop());
	let problems;
	try {
		const api = new N8nApi(n8n.url);
		await api.signIn();
		const template = JSON.parse(await readFile(join(projectFolder, 'templates', 'run-the-whole-handoff-on-sample-leads.json'), 'utf8'));
		const workflow = await api.importTemplate(template);
		await api.publish(workflow);
		say('Imported and published the template "Run the whole handoff on sample leads"');
		const forms = await prepareSamples(api, workflow);
		say(`Set up the client "demo"; sending ${forms.length} forms through the webhook`);
		const webhook = template.nodes.find(({ type }) => type === 'n8n-nodes-base.webhook');
		const rows = await deliver(api, `${n8n.url}/webhook/${webhook.parameters.path}`, workflow, forms);
		process.stdout.write(`\n${table(rows)}\n\n`);
		problems = checkRows(rows);
		for (const problem of problems) process.stdout.write(`WRONG  ${problem}\n`);
		const leads = new Set(rows.map(({ leadId }) => leadId).filter(Boolean));
		if (problems.length === 0) say(`${rows.length} forms became ${leads.size} leads: none lost, none twice, each with an owner and a clock`);
		await keepRows(rows);
		if (!values.once) {
			say(`n8n is open at ${n8n.url}/workflow/${workflow.id}`);
			say(`Sign in with ${demoOwner.email} and ${demoOwner.password}; press Ctrl+C to stop`);
			await n8n.ended;
		}
	} finally {
		await n8n.stop();
	}
	if (problems.length > 0) process.exitCode = 1;
}

/** The last table as JSON, for CI. */
async function keepRows(rows) {
	const folder = join(projectFolder, '.artifacts');
	if (!existsSync(folder)) await mkdir(folder, { recursive: true });
	await writeFile(join(folder, 'demo-rows.json'), JSON.stringify(rows, null, 2));
}

demo().catch((error) => {
	process.stderr.write(error instanceof DemoError ? `\n${error.message}\n` : `\n${error.stack}\n`);
	process.exitCode = 1;
});
