import type { ICredentialType, INodeProperties, INodePropertyCollection, INodePropertyOptions, INodeType } from 'n8n-workflow';

interface End { type: string; displayName?: string }

/**
 * All that a saved workflow may hold of this package, one sentence each, sorted: what is once released must stay as it is.
 * Defaults count too: n8n leaves a value that equals the default out of what it saves.
 */
export function publicApi(nodes: INodeType[], credentials: ICredentialType[]): string[] {
	const facts = new Set<string>();
	for (const { description } of nodes) {
		const versions = Array.isArray(description.version) ? description.version : [description.version];
		for (const version of versions) facts.add(`node ${description.name}: version ${version}`);
		for (const fact of [...ends(description.name, 'input', description.inputs, description.properties), ...ends(description.name, 'output', description.outputs, description.properties)]) facts.add(fact);
		for (const { name } of description.credentials ?? []) facts.add(`node ${description.name}: credential ${name}`);
		tellProperties(facts, `node ${description.name}`, description.properties);
	}
	for (const { name, properties } of credentials) tellProperties(facts, `credential ${name}`, properties);
	return [...facts].sort();
}

function tellProperties(facts: Set<string>, owner: string, properties: INodeProperties[], path = '', where = ''): void {
	for (const property of properties) {
		if (property.type === 'notice') continue;
		for (const place of path === '' ? placesOf(property) : [where]) {
			const named = `${owner}${place}: ${path}${property.name}`;
			facts.add(`${named} is ${property.type}${property.typeOptions?.multipleValues ? ' (many)' : ''}`);
			facts.add(`${named} is ${JSON.stringify(property.default)} where nothing is saved`);
			for (const option of property.options ?? []) tellOption(facts, owner, `${path}${property.name}`, place, named, property.type, option);
			for (const { name } of property.modes ?? []) facts.add(`${named} has the mode ${JSON.stringify(name)}`);
		}
	}
}

function tellOption(
	facts: Set<string>, owner: string, path: string, place: string, named: string, type: string, option: INodePropertyOptions | INodeProperties | INodePropertyCollection,
): void {
	if ('values' in option) tellProperties(facts, owner, option.values, `${path}.${option.name}.`, place);
	else if (type === 'collection') tellProperties(facts, owner, [option as INodeProperties], `${path}.`, place);
	else facts.add(`${named} may be ${JSON.stringify((option as INodePropertyOptions).value)}`);
}

/** Resource and operation for which a property is shown, e.g. ` [lead, getLead]`: n8n drops a value whose property is not shown. */
function placesOf({ displayOptions }: INodeProperties): string[] {
	const { resource = [], operation = [] } = (displayOptions?.show ?? {}) as Record<string, unknown[]>;
	const resources = resource.length > 0 ? resource : [undefined];
	const operations = operation.length > 0 ? operation : [undefined];
	return resources.flatMap((one) => operations.map((other) => {
		const both = [one, other].filter((value) => value !== undefined);
		return both.length > 0 ? ` [${both.join(', ')}]` : '';
	}));
}

/** Inputs or outputs by number, for every value of the settings on which they may depend: wires are saved by number. */
function ends(node: string, kind: 'input' | 'output', given: unknown, properties: INodeProperties[]): string[] {
	if (typeof given !== 'string') return tellEnds(`node ${node}: `, kind, given as End[]);
	const text = /^=\{\{([\s\S]*)\}\}$/.exec(given)?.[1];
	if (text === undefined) throw new Error(`The ${kind}s of ${node} are no expression`);
	const work = new Function('$parameter', `return ${text}`) as (parameter: object) => End[];
	const valuesOf = (name: string) => {
		const values = properties.filter((property) => property.name === name).flatMap(({ options }) => (options ?? []).map((option) => (option as INodePropertyOptions).value));
		return values.length > 0 ? values : [undefined];
	};
	return valuesOf('operation').flatMap((operation) => valuesOf('outputs').flatMap((outputs) => {
		const chosen = [['operation', operation], ['outputs', outputs]].filter(([, value]) => value !== undefined);
		const words = chosen.map(([name, value]) => `${String(name)} ${String(value)}`).join(', ');
		return tellEnds(`node ${node}: with ${words} `, kind, work({ operation, outputs, queues: ['first queue', 'second queue'] }));
	}));
}

function tellEnds(before: string, kind: string, given: (End | string)[]): string[] {
	return given.map((end, index) => {
		const { type, displayName } = (typeof end === 'string' ? { type: end } : end) as End;
		return `${before}${kind} ${index} is ${type}${displayName ? ` "${displayName}"` : ''}`;
	});
}
