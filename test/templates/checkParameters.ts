import { NodeHelpers, type INode, type INodeParameters, type INodeProperties, type INodePropertyCollection, type INodePropertyOptions, type INodeTypeDescription } from 'n8n-workflow';
import { descriptionOf, valuesOf } from './knownNodes';
import { isExpression, type Check } from './template';

/** Nodes and versions that n8n does not have, parameters that the panel does not show, values that it does not offer. */
export const checkParameters: Check = (template) => template.nodes.flatMap((node) => {
	const description = descriptionOf(node);
	if (!description) return [`${node.name}: there is no ${node.type} in version ${node.typeVersion}`];
	const values = valuesOf(node, description);
	const issues = Object.values(NodeHelpers.getNodeParametersIssues(description.properties, node, description)?.parameters ?? {}).flat();
	const neverAgain = node.type === 'n8n-nodes-base.googleSheets' && node.retryOnFail && node.onError !== undefined && node.onError !== 'stopWorkflow';
	return [...(neverAgain ? [`${node.name}: n8n tries it once only, because its errors look like rows when they don't stop the run`] : []), ...unknownParameters(node, description, values), ...issues.map((issue) => `${node.name}: ${issue}`)];
});

function unknownParameters(node: INode, description: INodeTypeDescription, root: INodeParameters): string[] {
	const walk = (given: INodeParameters, properties: INodeProperties[], siblings: INodeParameters, path: string): string[] => Object.entries(given).flatMap(([name, value]) => {
		const here = `${path}${name}`;
		const shown = properties.filter((property) => property.name === name && NodeHelpers.displayParameter(siblings, property, node, description, root));
		if (shown.length === 0) return [`${node.name}: the panel does not show "${here}"`];
		return shown.flatMap((property) => inside(property, value, here));
	});
	const inside = (property: INodeProperties, value: unknown, path: string): string[] => {
		if (property.type === 'options' && property.options && !property.typeOptions?.loadOptionsMethod && !isExpression(value)) {
			const offered = (property.options as INodePropertyOptions[]).map((option) => option.value);
			return offered.some((one) => one === value) ? [] : [`${node.name}: "${path}" offers no "${String(value)}"`];
		}
		if (value === null || typeof value !== 'object' || !property.options) return [];
		if (property.type === 'collection') return walk(value as INodeParameters, property.options as INodeProperties[], value as INodeParameters, `${path}.`);
		if (property.type !== 'fixedCollection') return [];
		return Object.entries(value as Record<string, INodeParameters | INodeParameters[]>).flatMap(([group, entries]) => {
			const known = (property.options as INodePropertyCollection[]).find(({ name }) => name === group);
			if (!known) return [`${node.name}: the panel does not show "${path}.${group}"`];
			return [entries].flat().flatMap((entry, index) => {
				const withDefaults = { ...Object.fromEntries(known.values.map(({ name, default: fallback }) => [name, fallback])), ...entry } as INodeParameters;
				return walk(entry, known.values, withDefaults, `${path}.${group}.${index}.`);
			});
		});
	};
	return walk(node.parameters, description.properties, root, '');
}
