import type { INode } from 'n8n-workflow';
import { readTemplates as readFiles } from '../../scripts/tidyTemplates';

export interface Link {
	node: string;
	type: string;
	index: number;
}

/** A workflow as it stands in a file of templates/. */
export interface Template {
	id: string;
	name: string;
	nodes: INode[];
	/** By node, by type of connection, by output. */
	connections: Record<string, Record<string, (Link[] | null)[]>>;
	settings: Record<string, unknown>;
	pinData: object;
	meta: object;
}

/** What a check found, in words, with the node's name; none when all is well. */
export type Check = (template: Template) => string[];

/** Every template with the name of its file, without `.json`. */
export function readTemplates(): { file: string; template: Template }[] {
	return readFiles() as unknown as { file: string; template: Template }[];
}

const noteType = 'n8n-nodes-base.stickyNote';

/** The nodes that do something: all but the notes. */
export function stepsOf({ nodes }: Template): INode[] {
	return nodes.filter(({ type }) => type !== noteType);
}

export interface Note {
	name: string;
	content: string;
	color: number | undefined;
	box: Box;
}

export interface Box { x: number; y: number; width: number; height: number }

export function notesOf({ nodes }: Template): Note[] {
	return nodes.filter(({ type }) => type === noteType).map(({ name, position: [x, y], parameters }) => {
		const { content, color, width, height } = parameters as { content: string; color?: number; width: number; height: number };
		return { name, content, color, box: { x, y, width, height } };
	});
}

export interface Arrow extends Link {
	from: string;
	output: number;
}

/** Every connection, also those that are no main ones. */
export function arrowsOf({ connections }: Template): Arrow[] {
	return Object.entries(connections).flatMap(([from, byType]) => Object.values(byType).flatMap((outputs) => outputs.flatMap((links, output) => (links ?? []).map((link) => ({ ...link, from, output })))));
}

/** All nodes from which a path leads to this one, without itself. */
export function before(template: Template, name: string): Set<string> {
	const found = new Set<string>();
	const arrows = arrowsOf(template);
	const open = [name];
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		for (const { from, node } of arrows) {
			if (node !== next || found.has(from)) continue;
			found.add(from);
			open.push(from);
		}
	}
	return found;
}

/** Every text in a value, however deep, with its path, e.g. `options.responseCode`. */
export function textsIn(value: unknown, path = ''): { path: string; text: string }[] {
	if (typeof value === 'string') return [{ path, text: value }];
	if (value === null || typeof value !== 'object') return [];
	return Object.entries(value).flatMap(([key, part]) => textsIn(part, path === '' ? key : `${path}.${key}`));
}

export function isExpression(value: unknown): value is string {
	return typeof value === 'string' && value.startsWith('=');
}
