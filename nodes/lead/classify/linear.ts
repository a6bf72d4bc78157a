/** Square matrices are flat, row by row. Each step of a generator is a row, so that a long solve can pause. */

/**
 * Inverse of a symmetric positive definite matrix, by Cholesky. The matrix is overwritten.
 *
 * @param matrix - `size` × `size`, with a positive diagonal that a ridge was added to.
 */
export function* invert(matrix: Float64Array, size: number): Generator<void, Float64Array> {
	for (let row = 0; row < size; row++) {
		for (let column = 0; column <= row; column++) {
			let sum = matrix[row * size + column];
			for (let step = 0; step < column; step++) sum -= matrix[row * size + step] * matrix[column * size + step];
			matrix[row * size + column] = row === column ? Math.sqrt(Math.max(sum, 1e-12)) : sum / matrix[column * size + column];
		}
		yield;
	}
	// the lower triangle's own inverse, then its transpose times itself
	const lower = new Float64Array(size * size);
	for (let column = 0; column < size; column++) {
		lower[column * size + column] = 1 / matrix[column * size + column];
		for (let row = column + 1; row < size; row++) {
			let sum = 0;
			for (let step = column; step < row; step++) sum += matrix[row * size + step] * lower[step * size + column];
			lower[row * size + column] = -sum / matrix[row * size + row];
		}
		yield;
	}
	const inverse = new Float64Array(size * size);
	for (let step = 0; step < size; step++) {
		for (let row = 0; row <= step; row++) {
			const factor = lower[step * size + row];
			if (factor === 0) continue;
			for (let column = 0; column <= row; column++) inverse[row * size + column] += factor * lower[step * size + column];
		}
		yield;
	}
	for (let row = 0; row < size; row++) for (let column = row + 1; column < size; column++) inverse[row * size + column] = inverse[column * size + row];
	return inverse;
}

/** Solves a small system by elimination with pivots; for blocks of one intent's examples. `right` has `width` columns. */
export function solveSmall(matrix: Float64Array, right: Float64Array, size: number, width: number): Float64Array {
	const left = matrix.slice();
	const solution = right.slice();
	for (let pivot = 0; pivot < size; pivot++) {
		let best = pivot;
		for (let row = pivot + 1; row < size; row++) if (Math.abs(left[row * size + pivot]) > Math.abs(left[best * size + pivot])) best = row;
		if (best !== pivot) {
			swapRows(left, size, best, pivot);
			swapRows(solution, width, best, pivot);
		}
		const head = left[pivot * size + pivot] || 1e-12;
		for (let row = 0; row < size; row++) {
			const factor = row === pivot ? 0 : left[row * size + pivot] / head;
			if (factor === 0) continue;
			for (let column = pivot; column < size; column++) left[row * size + column] -= factor * left[pivot * size + column];
			for (let column = 0; column < width; column++) solution[row * width + column] -= factor * solution[pivot * width + column];
		}
	}
	for (let row = 0; row < size; row++) {
		const head = left[row * size + row] || 1e-12;
		for (let column = 0; column < width; column++) solution[row * width + column] /= head;
	}
	return solution;
}

function swapRows(matrix: Float64Array, width: number, one: number, other: number): void {
	for (let column = 0; column < width; column++) {
		const kept = matrix[one * width + column];
		matrix[one * width + column] = matrix[other * width + column];
		matrix[other * width + column] = kept;
	}
}
