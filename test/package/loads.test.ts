import { execFileSync } from 'node:child_process';
import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LazyPackageDirectoryLoader, PackageDirectoryLoader } from 'n8n-core';
import { NodeHelpers, Workflow, type INode, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { packedPackage, type PackedPackage } from '../support/packedPackage';
import { runWorkflow } from '../support/runWorkflow';

let packed: PackedPackage;
beforeAll(() => {
	packed = packedPackage();
});
afterAll(() => packed.remove());

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const nodeNames = ['aiIntentClassifier', 'dedupeMatch', 'handoffLedger', 'leadNormalize', 'ruleRouter', 'slaWatch'];

describe('n8n\'s own loader', () => {
	it('loads every node and credential of the packed package', async () => {
		const loader = new PackageDirectoryLoader(packed.folder);
		await loader.loadAll();
		expect(Object.keys(loader.nodeTypes).sort()).toEqual(nodeNames);
		expect(Object.keys(loader.credentialTypes)).toEqual(['leadHandoffOpenAiApi', 'leadHandoffPostgresApi']);
	});

	it('finds what it reads at start-up current with the nodes', async () => {
		const loader = new PackageDirectoryLoader(packed.folder);
		await loader.loadAll();
		expect(packed.readJson('dist/known/nodes.json')).toEqual(asJson(loader.known.nodes));
		expect(packed.readJson('dist/known/credentials.json')).toEqual(asJson(loader.known.credentials));
		expect(packed.readJson('dist/types/nodes.json')).toEqual(asJson(loader.types.nodes));
		expect(packed.readJson('dist/types/credentials.json')).toEqual(asJson(loader.types.credentials));
	});

	it('loads the package lazily, and each node when it is used', async () => {
		const loader = new LazyPackageDirectoryLoader(packed.folder);
		await loader.loadAll();
		expect(loader.isLazyLoaded).toBe(true);
		expect(Object.keys(loader.nodeTypes)).toEqual([]);
		for (const name of nodeNames) {
			const { type } = loader.getNode(name);
			expect((type as INodeType).description.name).toBe(name);
		}
	});
});

describe('inputs and outputs', () => {
	// n8n stores a node's description as text, also the functions in it: they must not need anything around them
	it.each(nodeNames)('of %s can be worked out from the stored text', (name) => {
		const description = packed.readJson<INodeTypeDescription[]>('dist/types/nodes.json').find((one) => one.name === name) as INodeTypeDescription;
		const parameters = NodeHelpers.getNodeParameters(description.properties, {}, true, false, null, description) ?? {};
		const node: INode = { id: '1', name: 'Node', type: name, typeVersion: 1, position: [0, 0], parameters };
		const nodeTypes = {
			getByName: () => ({ description }), getByNameAndVersion: () => ({ description }), getKnownTypes: () => ({}),
		};
		const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
		const types = (ends: (string | { type: string })[]) => ends.map((end) => (typeof end === 'string' ? end : end.type));
		expect(types(NodeHelpers.getNodeInputs(workflow, node, description))).toContain('main');
		expect(types(NodeHelpers.getNodeOutputs(workflow, node, description))).toContain('main');
	});
});

describe('the packed nodes', () => {
	it('hand a lead off on n8n\'s own engine, with the ledger\'s worker that is in the package', async () => {
		const n8nFolder = mkdtempSync(join(tmpdir(), 'lead-handoff-packed-n8n-'));
		const loader = new PackageDirectoryLoader(packed.folder);
		await loader.loadAll();
		const chain = ['leadNormalize', 'dedupeMatch', 'aiIntentClassifier'];
		const { run, leadsOf } = await runWorkflow({
			nodes: ['n8n-nodes-base.manualTrigger', ...chain.map((name) => `${packed.packageJson.name}.${name}`)]
				.map((type, index) => ({ name: `Node ${index}`, type, typeVersion: 1, position: [index * 200, 0], parameters: {} })),
			connections: Object.fromEntries(chain.map((_, index) => [`Node ${index}`, { main: [[{ node: `Node ${index + 1}`, type: 'main', index: 0 }]] }])),
		}, {
			n8nFolder,
			items: [{ email: 'ana@acme.example', message: 'Please send us a quote.' }],
			nodeTypes: Object.fromEntries(chain.map((name) => [`${packed.packageJson.name}.${name}`, loader.getNode(name).type as INodeType])),
		});
		expect(run.data.resultData.error).toBeUndefined();
		expect(leadsOf('Node 3')).toEqual([expect.objectContaining({ recordVersion: 1, match: expect.objectContaining({ verdict: 'create' }), intent: expect.any(Object) })]);
		expect(statSync(join(n8nFolder, 'storage', packed.packageJson.name, 'ledger.sqlite')).size).toBeGreaterThan(0);
	});

	/** Runs a script with the packed package installed, and gives what it prints as JSON. */
	function runBeside(script: string): unknown {
		const printed = execFileSync(process.execPath, ['-e', script], { cwd: join(packed.folder, '..'), encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
		return JSON.parse(printed);
	}

	it('load the AI client only when a lead is to be read', () => {
		const loaded = runBeside(`
			const { readFileSync } = require('node:fs');
			require('n8n-nodes-lead-handoff/dist/nodes/AiIntentClassifier/AiIntentClassifier.node.js');
			const ours = Object.keys(require.cache).filter((file) => file.includes('n8n-nodes-lead-handoff'));
			console.log(JSON.stringify({ files: ours.length, client: ours.some((file) => readFileSync(file, 'utf8').includes('APIConnectionTimeoutError')) }));
		`);
		expect(loaded).toEqual({ files: expect.any(Number), client: false });
	});

	it('load the PostgreSQL client only when a ledger in PostgreSQL is opened', () => {
		const loaded = runBeside(`
			const { readFileSync } = require('node:fs');
			for (const name of ${JSON.stringify(['HandoffLedger', 'LeadNormalize'])}) require('n8n-nodes-lead-handoff/dist/nodes/' + name + '/' + name + '.node.js');
			const ours = Object.keys(require.cache).filter((file) => file.includes('n8n-nodes-lead-handoff'));
			console.log(JSON.stringify({ files: ours.length, client: ours.some((file) => readFileSync(file, 'utf8').includes('pg-native')) }));
		`);
		expect(loaded).toEqual({ files: expect.any(Number), client: false });
	});

	it('share their code: none of it stands in the package twice', () => {
		const holders = packed.files.filter((file) => /^dist\/.*\.js$/.test(file) && /this\.name ?= ?"LeadError"/.test(packed.read(file)));
		expect(holders).toEqual([expect.stringMatching(/^dist\/lib\//)]);
	});
});
