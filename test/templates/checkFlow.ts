import { endsOf, isOwn, isTrigger } from './knownNodes';
import { arrowsOf, before, isExpression, stepsOf, textsIn, type Check } from './template';

/** Arrows to or from nothing, arrows that run back, branches that lead nowhere, nodes that no lead can reach. */
export const checkArrows: Check = (template) => {
	const steps = new Map(stepsOf(template).map((node) => [node.name, node]));
	const broken: string[] = [];
	for (const { from, node, type, index, output } of arrowsOf(template)) {
		const [start, end] = [steps.get(from), steps.get(node)];
		if (!start || !end) {
			broken.push(`${from} → ${node}: there is no such node`);
			continue;
		}
		if (endsOf(start).outputs.filter((one) => one === type)[output] === undefined) broken.push(`${from}: has no ${type} output ${output}`);
		if (endsOf(end).inputs.filter((one) => one === type)[index] === undefined) broken.push(`${node}: has no ${type} input ${index}`);
		if (type === 'main' && end.position[0] <= start.position[0]) broken.push(`${from} → ${node}: runs to the left`);
	}
	for (const [name, node] of steps) {
		const used = (template.connections[name]?.main ?? []).map((links) => (links ?? []).length > 0);
		const outputs = endsOf(node).outputs.filter((type) => type === 'main');
		const open = outputs.flatMap((_, output) => (used[output] ? [] : [output]));
		// where a story ends, the node has one way out at most
		if (open.length > 0 && (open.length < outputs.length || outputs.length > 1)) broken.push(`${name}: output ${open.join(', ')} leads nowhere`);
		const isPart = isTrigger(node) || endsOf(node).outputs.some((type) => type !== 'main');
		if (!isPart && ![...before(template, name)].some((earlier) => { const start = steps.get(earlier); return start && isTrigger(start); })) broken.push(`${name}: no trigger leads here`);
	}
	return broken;
};

/** Expressions that name a node which is not there or has not run yet. */
export const checkReferences: Check = (template) => stepsOf(template).flatMap(({ name, parameters }) => textsIn(parameters).flatMap(({ path, text }) => {
	if (!isExpression(text)) return [];
	const named = [...text.matchAll(/\$(?:\(|node\[|items\()\s*(['"`])(.*?)\1/g)].map(([, , node]) => node);
	return named.filter((node) => !before(template, name).has(node)).map((node) => `${name}: "${path}" reads ${node}, which does not run before it`);
}));

/**
 * Another workflow gets each lead by itself, so that one that fails takes no other with it, and each answer is of its lead.
 * Before version 1.3 n8n's node loses the second and later failed items.
 */
export const checkSubWorkflows: Check = (template) => stepsOf(template).flatMap(({ name, type, typeVersion, parameters }) => (
	type !== 'n8n-nodes-base.executeWorkflow' || (parameters.mode === 'each' && typeVersion >= 1.3) ? [] : [`${name}: does not give each lead by itself, with version 1.3 or newer`]
));

/** A schedule that looks more often than once a day finds nothing most of the time: n8n keeps only the runs that failed. */
export const checkKeptRuns: Check = (template) => stepsOf(template).flatMap(({ name, type, parameters }) => {
	if (type !== 'n8n-nodes-base.scheduleTrigger' || template.settings.saveDataSuccessExecution === 'none') return [];
	const { interval = [{}] } = (parameters.rule ?? {}) as { interval?: { field?: string }[] };
	return interval.some(({ field = 'days' }) => ['seconds', 'minutes', 'hours', 'cronExpression'].includes(field)) ? [`${name}: n8n keeps each of its successful runs`] : [];
});

/** The client's key stands in one node, right after each trigger that brings forms. */
export const checkClientConfig: Check = (template) => {
	const steps = stepsOf(template);
	const config = steps.find(({ name }) => name === 'Client Config');
	if (config?.type !== 'n8n-nodes-base.set') return ['Client Config: there is no Set node of this name'];
	const { assignments } = config.parameters.assignments as { assignments: { name: string; value: string }[] };
	const key = assignments.find(({ name }) => name === 'client')?.value;
	return steps.flatMap((node) => {
		const { name, type, parameters } = node;
		const next = arrowsOf(template).filter(({ from }) => from === name).map((arrow) => arrow.node);
		// a trigger by hand may first make the samples that it sends
		if (isTrigger(node) && type !== 'n8n-nodes-base.manualTrigger' && next.join() !== config.name) return [`${name}: Client Config does not follow right after it`];
		if (!isOwn(node)) return [];
		const literal = parameters.client;
		if (typeof literal === 'string' && !isExpression(literal)) return literal === key ? [] : [`${name}: is for client "${literal}", Client Config for "${key}"`];
		return before(template, name).has(config.name) ? [] : [`${name}: runs without Client Config`];
	});
};
