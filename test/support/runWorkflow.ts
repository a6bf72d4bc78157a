import 'reflect-metadata';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExecutionLifecycleHooks, InstanceSettings, WorkflowExecute } from 'n8n-core';
import {
	NodeHelpers, Workflow,
	type IConnections, type IDataObject, type INode, type INodeExecutionData, type INodeType, type INodeTypes, type IPinData, type IRun,
	type IVersionedNodeType, type IWorkflowBase, type IWorkflowExecuteAdditionalData, type IWorkflowSettings, type WorkflowExecuteMode,
} from 'n8n-workflow';
import { n8n as shipped, name as packageName } from '../../package.json';

// never the n8n folder of whoever runs the tests
process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'lead-handoff-n8n-'));
// a failed run is told by its error, not by n8n's log
process.env.N8N_LOG_LEVEL = 'silent';

type Container = { get<Kept>(kept: abstract new (...given: never[]) => Kept): Kept };
type AnyNodeType = INodeType | IVersionedNodeType;

/** A workflow as it stands in an exported file. */
export interface WorkflowFile {
	name?: string;
	nodes: (Omit<INode, 'id'> & { id?: string })[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: IPinData;
}

export interface RunWorkflowOptions {
	/** What the start node gives; without it the start node runs, or gives what is pinned. */
	items?: IDataObject[];
	/** Default `trigger`, as in production. */
	mode?: WorkflowExecuteMode;
	/** n8n's folder, so that several runs share a ledger; leave out for a fresh one. */
	n8nFolder?: string;
	startNode?: string;
	/** Runs only up to this node, as the editor does. */
	destinationNode?: string;
	/** What ran before: only the destination node and those that were changed since run again, as Execute Step does. */
	after?: { run: IRun; changed?: string[] };
	/** Further node types by name, e.g. a language model that a test stands in for. */
	nodeTypes?: Record<string, INodeType>;
}

export interface WorkflowRun {
	run: IRun;
	/** The items that left a node in its last run; an output that was never reached has none. */
	itemsOf(node: string, output?: number): INodeExecutionData[];
	/** The JSON of the same items. */
	leadsOf(node: string, output?: number): IDataObject[];
}

/** Runs a workflow file on n8n's own engine, with the nodes of this package from source and n8n's own. */
export async function runWorkflow(file: WorkflowFile, options: RunWorkflowOptions = {}): Promise<WorkflowRun> {
	const mode = options.mode ?? 'trigger';
	const n8nFolder = options.n8nFolder ?? mkdtempSync(join(tmpdir(), 'lead-handoff-n8n-'));
	await useFolder(n8nFolder);
	const nodes = file.nodes.map((node, index) => ({ id: `node-${index}`, ...node }));
	const workflow = new Workflow({
		id: 'workflow-under-test', name: file.name, nodes, connections: file.connections, active: false,
		nodeTypes: await nodeTypesOf(nodes, options.nodeTypes ?? {}), settings: { executionOrder: 'v1', ...file.settings },
	});
	const destinationNode = options.destinationNode ? { nodeName: options.destinationNode, mode: 'inclusive' as const } : undefined;
	const startNode = options.startNode ? workflow.nodes[options.startNode] : workflow.getStartNode(options.destinationNode);
	if (!startNode) throw new Error('The workflow has no start node');
	const pinData: IPinData = { ...file.pinData };
	if (options.items) pinData[startNode.name] = options.items.map((json) => ({ json }));

	const engine = new WorkflowExecute(surroundings(workflow, mode, { ...options, n8nFolder }), mode);
	const run = options.after && destinationNode
		? await engine.runPartialWorkflow2(workflow, options.after.run.data.resultData.runData, pinData, options.after.changed ?? [], destinationNode)
		: await engine.run({ workflow, startNode, destinationNode, pinData });
	const itemsOf = (node: string, output = 0) => run.data.resultData.runData[node]?.at(-1)?.data?.main?.[output] ?? [];
	return { run, itemsOf, leadsOf: (node, output) => itemsOf(node, output).map(({ json }) => json) };
}

/** What n8n's server gives to the engine, as far as these nodes need it: no credentials, no webhooks. */
function surroundings(workflow: Workflow, mode: WorkflowExecuteMode, options: RunWorkflowOptions): IWorkflowExecuteAdditionalData {
	const base = 'http://localhost:5678';
	const stored = { id: workflow.id, name: workflow.name ?? '', active: false, nodes: [], connections: {} } as unknown as IWorkflowBase;
	return {
		executionId: 'execution-under-test', currentNodeExecutionIndex: 0, variables: {},
		hooks: new ExecutionLifecycleHooks(mode, 'execution-under-test', stored),
		restApiUrl: base, instanceBaseUrl: base, formBaseUrl: base, formWaitingBaseUrl: base, formTestBaseUrl: base,
		webhookBaseUrl: base, webhookWaitingBaseUrl: base, webhookTestBaseUrl: base, mcpBaseUrl: base, mcpTestBaseUrl: base,
		setExecutionStatus: () => undefined,
		logAiEvent: () => undefined,
		getRunExecutionData: () => Promise.resolve(undefined),
		// a sub-workflow runs in a mode of its own, which does not show how its parent was started
		executeWorkflow: async ({ code }: { code?: WorkflowFile }, _parent: unknown, { inputData }: { inputData?: INodeExecutionData[] }) => {
			if (!code) throw new Error('Only a sub-workflow that stands in the node itself can be run here');
			const { run } = await runWorkflow(code, {
				...options, mode: 'integrated', items: inputData?.map(({ json }) => json), startNode: undefined, destinationNode: undefined,
			});
			const { runData, lastNodeExecuted } = run.data.resultData;
			return { executionId: 'sub-execution', data: runData[lastNodeExecuted ?? '']?.at(-1)?.data?.main ?? [] };
		},
	} as unknown as IWorkflowExecuteAdditionalData;
}

/** Where n8n keeps its files, and this package its ledger, from now on. */
async function useFolder(n8nFolder: string): Promise<void> {
	// several copies of n8n's container are installed: the engine's own holds its settings
	const { Container } = await import(require.resolve('@n8n/di', { paths: [require.resolve('n8n-core')] })) as { Container: Container };
	Object.assign(Container.get(InstanceSettings), { n8nFolder });
}

async function nodeTypesOf(nodes: INode[], given: Record<string, INodeType>): Promise<INodeTypes> {
	const loaded: Record<string, AnyNodeType> = { ...given };
	for (const { type } of nodes) loaded[type] ??= await loadNodeType(type);
	const getByName = (type: string) => loaded[type];
	return {
		getByName,
		getByNameAndVersion: (type, version) => NodeHelpers.getVersionedNodeType(getByName(type), version),
		getKnownTypes: () => ({}),
	};
}

async function loadNodeType(type: string): Promise<AnyNodeType> {
	const dot = type.lastIndexOf('.');
	const [fromPackage, name] = [type.slice(0, dot), type.slice(dot + 1)];
	if (fromPackage === packageName) {
		const built = shipped.nodes.find((path) => path.toLowerCase().endsWith(`/${name.toLowerCase()}.node.js`));
		if (!built) throw new Error(`This package has no node "${type}"`);
		return await construct(built.replace(/^dist\/(.*)\.js$/, '../../$1'), built.split('/')[2]);
	}
	const known = await import(`${fromPackage}/dist/known/nodes.json`) as Record<string, { className: string; sourcePath: string }>;
	if (!known[name]) throw new Error(`There is no node "${type}"`);
	return await construct(`${fromPackage}/${known[name].sourcePath}`, known[name].className);
}

async function construct(path: string, className: string): Promise<AnyNodeType> {
	const classes = await import(path) as Record<string, new () => AnyNodeType>;
	return new classes[className]();
}
