/**
 * A part of the space of all leads: of each column the cells that belong to it, as bits. All boxes of one check have the
 * same layout; `Layout.offsets` says where the words of each column begin.
 */
export type Box = Int32Array;

export interface Layout {
	/** First word of each column, and at the end the number of all words. */
	offsets: number[];
	/** Cells of each column. */
	sizes: number[];
}

/** A count that goes down with each step of a search; a search that would pass zero is given up. */
export interface Budget {
	steps: number;
}

export function layOut(sizes: readonly number[]): Layout {
	const offsets = [0];
	for (const size of sizes) offsets.push(offsets[offsets.length - 1] + Math.max(1, Math.ceil(size / 32)));
	return { offsets, sizes: [...sizes] };
}

/** The box of all leads. */
export function wholeBox({ offsets, sizes }: Layout): Box {
	const box = new Int32Array(offsets[sizes.length]);
	sizes.forEach((size, column) => {
		for (let cell = 0; cell < size; cell++) addCell(box, offsets[column], cell);
	});
	return box;
}

export function addCell(box: Box, offset: number, cell: number): void {
	box[offset + (cell >> 5)] |= 1 << (cell & 31);
}

export function hasCell(box: Box, offset: number, cell: number): boolean {
	return (box[offset + (cell >> 5)] & (1 << (cell & 31))) !== 0;
}

/** Whether some column has no cell, so that no lead lies in the box. */
export function isEmptyBox(box: Box, { offsets, sizes }: Layout): boolean {
	for (let column = 0; column < sizes.length; column++) {
		let any = 0;
		for (let word = offsets[column]; word < offsets[column + 1]; word++) any |= box[word];
		if (any === 0) return true;
	}
	return false;
}

export function intersection(one: Box, other: Box): Box {
	const both = new Int32Array(one.length);
	for (let word = 0; word < one.length; word++) both[word] = one[word] & other[word];
	return both;
}

export function isInside(inner: Box, outer: Box): boolean {
	for (let word = 0; word < inner.length; word++) if ((inner[word] & ~outer[word]) !== 0) return false;
	return true;
}

/** Whether a lead lies in both. */
export function doMeet(one: Box, other: Box, { offsets, sizes }: Layout): boolean {
	for (let column = 0; column < sizes.length; column++) {
		let any = 0;
		for (let word = offsets[column]; word < offsets[column + 1]; word++) any |= one[word] & other[word];
		if (any === 0) return false;
	}
	return true;
}

/** What is left of a box, and how the search for it ended. */
export interface Leftover {
	/** Boxes that do not overlap; together they are what is left, when the search is complete. */
	boxes: Box[];
	/** False when the budget or `most` ended the search before it was through. */
	complete: boolean;
	/** Places in `others` of the boxes that took something away. */
	used: Set<number>;
}

/**
 * Subtracts boxes from a box. Exact: nothing is left only when the others cover it together.
 *
 * @param most - Boxes after which the search may stop; 1 answers whether anything is left.
 */
export function subtract(box: Box, others: readonly Box[], layout: Layout, budget: Budget, most = Infinity): Leftover {
	const left: Leftover = { boxes: [], complete: true, used: new Set() };
	cut(box, others.map((_, place) => place), others, layout, budget, most, left);
	return left;
}

function cut(box: Box, candidates: readonly number[], others: readonly Box[], layout: Layout, budget: Budget, most: number, left: Leftover): void {
	if (left.boxes.length >= most) {
		left.complete = false;
		return;
	}
	const meeting: number[] = [];
	let best = -1;
	let fewest = Infinity;
	for (const place of candidates) {
		if (--budget.steps < 0) {
			left.complete = false;
			return;
		}
		const columns = columnsOutside(box, others[place], layout);
		if (columns === -1) continue;
		if (columns === 0) {
			left.used.add(place);
			return;
		}
		meeting.push(place);
		if (columns < fewest) [best, fewest] = [place, columns];
	}
	if (best === -1) {
		left.boxes.push(box);
		return;
	}
	left.used.add(best);
	const remaining = meeting.filter((place) => place !== best);
	const inner = box.slice();
	const { offsets, sizes } = layout;
	for (let column = 0; column < sizes.length; column++) {
		let outside = 0;
		for (let word = offsets[column]; word < offsets[column + 1]; word++) outside |= inner[word] & ~others[best][word];
		if (outside === 0) continue;
		const piece = inner.slice();
		for (let word = offsets[column]; word < offsets[column + 1]; word++) {
			piece[word] &= ~others[best][word];
			inner[word] &= others[best][word];
		}
		cut(piece, remaining, others, layout, budget, most, left);
		if (!left.complete) return;
	}
}

/** Columns in which the box reaches out of the other; -1 when they do not meet. */
function columnsOutside(box: Box, other: Box, { offsets, sizes }: Layout): number {
	let columns = 0;
	for (let column = 0; column < sizes.length; column++) {
		let inside = 0;
		let outside = 0;
		for (let word = offsets[column]; word < offsets[column + 1]; word++) {
			inside |= box[word] & other[word];
			outside |= box[word] & ~other[word];
		}
		if (inside === 0) return -1;
		if (outside !== 0) columns++;
	}
	return columns;
}
