import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData, NodeExecutionHint, WorkflowExecuteMode } from 'n8n-workflow';

export interface StrictContextOptions {
	/** The first input, as items or as their JSON. */
	items: (IDataObject | INodeExecutionData)[];
	/** Further inputs by index, e.g. known records on input 1. */
	otherInputs?: Record<number, IDataObject[]>;
	/** Values by parameter name, as the panel would hold them; a function is asked for each lead. */
	parameters?: Record<string, unknown>;
	mode?: WorkflowExecuteMode;
	node?: Partial<INode>;
	continueOnFail?: boolean;
	/** That of a node before it, for one execution of both; an own one when absent. */
	executionId?: string;
	/** n8n's storage folder for this node type; leave out for a fresh one. */
	storageFolder?: string;
	timeZone?: string;
	helpers?: Record<string, unknown>;
	/** Any further method of the context that this test allows. */
	extra?: Record<string, unknown>;
}

let executions = 0;

/** An n8n execution context that knows only what the test declares: any other call throws. */
export function strictContext(options: StrictContextOptions): IExecuteFunctions & { hints: NodeExecutionHint[] } {
	const node: INode = {
		id: 'node-1', name: 'Node Under Test', type: 'n8n-nodes-lead-handoff.node', typeVersion: 1, position: [0, 0], parameters: {},
		...options.node,
	};
	const items = options.items.map((item) => (isExecutionData(item) ? item : { json: item }));
	const storage = options.storageFolder ?? mkdtempSync(join(tmpdir(), 'lead-handoff-test-'));
	const hints: NodeExecutionHint[] = [];
	const methods: Record<string, unknown> = {
		hints,
		getNode: () => node,
		getExecutionId: () => options.executionId ?? `execution ${++executions}`,
		getInputData: (index = 0) => (index === 0 ? items : (options.otherInputs?.[index] ?? []).map((json) => ({ json }))),
		getMode: () => options.mode ?? 'trigger',
		getTimezone: () => options.timeZone ?? 'Europe/London',
		continueOnFail: () => options.continueOnFail ?? (node.onError === 'continueErrorOutput' || node.onError === 'continueRegularOutput'),
		addExecutionHints: (...more: NodeExecutionHint[]) => { hints.push(...more); },
		getExecutionCancelSignal: () => undefined,
		getNodeParameter: (name: string, itemIndex: number, fallback?: unknown) => readParameter(options.parameters ?? {}, name, itemIndex, fallback),
		helpers: strict('helpers', { getStoragePath: () => join(storage, 'storage', node.type), ...options.helpers }),
		...options.extra,
	};
	return strict('context', methods) as unknown as IExecuteFunctions & { hints: NodeExecutionHint[] };
}

function strict(what: string, methods: Record<string, unknown>): object {
	return new Proxy(methods, {
		get: (target, name) => {
			if (name in target || typeof name === 'symbol' || name === 'then' || name === 'toJSON') return target[name as string];
			throw new Error(`The test did not declare ${what}.${String(name)}`);
		},
	});
}

function readParameter(parameters: Record<string, unknown>, name: string, itemIndex: number, fallback: unknown): unknown {
	let value: unknown = parameters;
	for (const part of name.split('.')) {
		value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined;
	}
	if (typeof value === 'function') value = (value as (itemIndex: number) => unknown)(itemIndex);
	if (value !== undefined) return value;
	if (fallback !== undefined) return fallback;
	throw new Error(`The test did not declare the parameter "${name}"`);
}

function isExecutionData(item: IDataObject | INodeExecutionData): item is INodeExecutionData {
	// what is no object may stand there too
	return 'json' in item && Object.keys(item).every((key) => ['json', 'binary', 'pairedItem'].includes(key));
}
