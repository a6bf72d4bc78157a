import { join } from 'node:path';
import {
	NodeHelpers, Workflow,
	type INode, type INodeInputConfiguration, type INodeOutputConfiguration, type INodeType, type INodeTypeDescription, type INodeTypes,
} from 'n8n-workflow';
import { n8n as shipped, name as packageName } from '../../package.json';

const root = join(__dirname, '..', '..');

/** Each version of n8n's own nodes stands in its own entry here. */
const stock = jest.requireActual<INodeTypeDescription[]>('n8n-nodes-base/dist/types/nodes.json');
const own = shipped.nodes.map((file) => {
	const source = join(root, file.replace(/^dist\//, '').replace(/\.js$/, ''));
	const className = file.split('/')[2];
	return new (jest.requireActual<Record<string, new () => INodeType>>(source)[className])().description;
});

/** What n8n knows of a node in this version; undefined when there is no such node or version. */
export function descriptionOf({ type, typeVersion }: Pick<INode, 'type' | 'typeVersion'>): INodeTypeDescription | undefined {
	const dot = type.lastIndexOf('.');
	const packages: Record<string, INodeTypeDescription[]> = { 'n8n-nodes-base': stock, [packageName]: own };
	return packages[type.slice(0, dot)]?.find(({ name, version }) => name === type.slice(dot + 1) && [version].flat().includes(typeVersion));
}

export function isOwn({ type }: Pick<INode, 'type'>): boolean {
	return type.startsWith(`${packageName}.`);
}

export function isTrigger(node: INode): boolean {
	return descriptionOf(node)?.group.includes('trigger') === true;
}

export interface Ends {
	/** Types of the inputs and outputs in their order, e.g. `main`; the error output is the last main one. */
	inputs: string[];
	outputs: string[];
}

/** The inputs and outputs that a node has with its parameters, as n8n works them out. */
export function endsOf(node: INode): Ends {
	const description = descriptionOf(node);
	if (!description) return { inputs: [], outputs: [] };
	const nodeTypes = { getByName: () => ({ description }), getByNameAndVersion: () => ({ description }), getKnownTypes: () => ({}) } as INodeTypes;
	const filled = { ...node, parameters: valuesOf(node, description) };
	const workflow = new Workflow({ nodes: [filled], connections: {}, active: false, nodeTypes });
	const types = (ends: (string | INodeInputConfiguration | INodeOutputConfiguration)[]) => ends.map((end) => (typeof end === 'string' ? end : end.type));
	return {
		inputs: types(NodeHelpers.getNodeInputs(workflow, filled, description)),
		outputs: types(NodeHelpers.getNodeOutputs(workflow, filled, description)),
	};
}

/** The node's parameters with the defaults of those that are not in the file. */
export function valuesOf(node: INode, description: INodeTypeDescription): INode['parameters'] {
	return NodeHelpers.getNodeParameters(description.properties, node.parameters, true, false, node, description) ?? {};
}
