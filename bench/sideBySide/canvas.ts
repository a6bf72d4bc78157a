import type { Connections, TemplateNode } from '../../test/e2e/n8nUnderTest';

export const ours = (name: string) => `n8n-nodes-lead-handoff.${name}`;

export function node(name: string, type: string, typeVersion: number, parameters: Record<string, unknown>, webhookId?: string): TemplateNode {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters, ...(webhookId && { webhookId }) };
}

/** Wires of nodes in a row, first output to first input. */
export function edges(...rows: string[][]): Connections {
	const connections: Connections = {};
	for (const names of rows) names.slice(1).forEach((name, index) => { wire(connections, names[index], 0, name); });
	return connections;
}

/** One more wire from an output. */
export function wire(connections: Connections, from: string, output: number, to: string): void {
	const main = ((connections[from] ??= { main: [] }).main);
	while (main.length <= output) main.push([]);
	main[output].push({ node: to, type: 'main', index: 0 });
}
