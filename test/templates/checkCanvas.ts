import type { INode } from 'n8n-workflow';
import { endsOf, isTrigger } from './knownNodes';
import { notesOf, stepsOf, type Box, type Check, type Note } from './template';

const grid = 16;
const nodeSize = 96;
/** Name and subtitle below a node. */
const labelHeight = 48;
const widestLabel = 2 * nodeSize;
/** Left of a trigger the editor shows its button when the mouse is over it. */
const buttonWidth = 208;

/** The yellow note that tells what the template does and how to set it up. */
export const checkOverview: Check = (template) => {
	const notes = notesOf(template);
	const [overview, ...others] = notes.filter(({ color }) => color === undefined || color === 1);
	if (!overview || others.length > 0) return [`there are ${others.length + (overview ? 1 : 0)} yellow notes, not one`];
	const { box, content, name } = overview;
	const words = wordsIn(content);
	const headings = [...content.matchAll(/^### (.*)$/gm)].map(([, heading]) => heading);
	return [
		...(overview.color === 1 ? [`${name}: names the default colour`] : []),
		...([...notes.map((note) => note.box), ...stepsOf(template).map(boxOf)].every(({ x, y }) => box.x <= x && box.y <= y) ? [] : [`${name}: is not at the top left`]),
		...(words >= 100 && words <= 300 ? [] : [`${name}: has ${words} words, not 100 to 300`]),
		...(/^How it works,Setup(,Customization)?$/.test(headings.join()) ? [] : [`${name}: has the headings ${headings.join(', ')}`]),
		...(textHeight(content, box.width) <= box.height ? [] : [`${name}: is too small for its text`]),
	];
};

/** One white note per stage, behind its nodes; red ones only warn. */
export const checkSections: Check = (template) => {
	const notes = notesOf(template);
	const sections = notes.filter(({ color }) => color === 7);
	const steps = stepsOf(template);
	return [
		...notes.filter(({ color }) => color !== undefined && ![1, 3, 7].includes(color)).map(({ name, color }) => `${name}: has the colour ${color}`),
		...sections.flatMap((section) => faultsOf(section, steps)),
		...steps.flatMap((node) => {
			const covering = sections.filter(({ box }) => holds(box, boxOf(node)));
			return covering.length === 1 ? [] : [`${node.name}: stands in ${covering.length} sections`];
		}),
	];
};

/** Nothing lies over anything else, all on the editor's grid. */
export const checkPlaces: Check = (template) => {
	const notes = notesOf(template);
	const steps = stepsOf(template);
	const boxes = steps.map((node) => ({ name: node.name, box: boxOf(node) }));
	const crossing = (all: { name: string; box: Box }[]) => all.flatMap((one, index) => all.slice(index + 1).filter((other) => overlap(one.box, other.box)).map((other) => `${one.name}: overlaps ${other.name}`));
	return [
		...crossing(notes),
		...crossing(boxes),
		...template.nodes.filter(({ position }) => position.some((part) => part % grid !== 0)).map(({ name }) => `${name}: is not on the grid of ${grid}`),
		...steps.filter(isTrigger).flatMap(({ name, position: [x, y] }) => {
			const button = { x: x - buttonWidth, y, width: buttonWidth, height: nodeSize };
			const hidden = [...boxes.filter((one) => one.name !== name), ...notes].filter(({ box }) => overlap(button, box) && !holds(box, button));
			return hidden.map((other) => `${name}: its button covers ${other.name}`);
		}),
	];
};

function faultsOf({ name, content, box }: Note, steps: INode[]): string[] {
	const inside = steps.map(boxOf).filter((one) => holds(box, one));
	const textEnds = box.y + textHeight(content, box.width);
	return [
		...(wordsIn(content) < 50 ? [] : [`${name}: has ${wordsIn(content)} words, not under 50`]),
		...(inside.length >= 2 ? [] : [`${name}: holds fewer than two nodes`]),
		...(inside.every(({ y }) => y >= textEnds) ? [] : [`${name}: its text runs behind a node`]),
	];
}

/** A node with its label, in the size in which the editor draws it. */
function boxOf(node: INode): Box {
	const [x, y] = node.position;
	const { inputs, outputs } = endsOf(node);
	const mains = (types: string[]) => types.filter((type) => type === 'main').length;
	// a node with a place for a model is wider and has its name inside
	if (inputs.some((type) => type !== 'main')) return { x, y, width: 256, height: nodeSize };
	const height = nodeSize + Math.max(0, Math.max(mains(inputs), mains(outputs)) - 2) * 2 * grid;
	const label = Math.min(widestLabel, node.name.length * 8);
	const beside = Math.max(0, (label - nodeSize) / 2);
	return { x: x - beside, y, width: nodeSize + 2 * beside, height: height + labelHeight };
}

function holds(outer: Box, inner: Box): boolean {
	return outer.x <= inner.x && outer.y <= inner.y && outer.x + outer.width >= inner.x + inner.width && outer.y + outer.height >= inner.y + inner.height;
}

function overlap(one: Box, other: Box): boolean {
	return one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;
}

function wordsIn(text: string): number {
	return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** About how high a note's text is drawn: 14 px letters, lines of 20 px, headings and paragraphs set apart. */
function textHeight(content: string, width: number): number {
	const perLine = (width - 2 * grid) / 6.6;
	const heights = content.split('\n').map((line) => {
		if (line === '') return 4;
		if (line.startsWith('#')) return 36;
		return Math.ceil(line.replaceAll('*', '').length / perLine) * 20;
	});
	return heights.reduce((sum, height) => sum + height, grid);
}
