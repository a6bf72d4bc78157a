/** F1, precision and recall from counts. */
export function f1(right: number, found: number, wanted: number): { f1: number; precision: number; recall: number } {
	return { f1: (2 * right) / Math.max(found + wanted, 1), precision: right / Math.max(found, 1), recall: right / Math.max(wanted, 1) };
}

/** One row of a table of figures. */
export function row(name: string, { f1: value, precision, recall }: { f1: number; precision: number; recall: number }, seconds: number): Record<string, string> {
	return { how: name, F1: value.toFixed(4), precision: precision.toFixed(4), recall: recall.toFixed(4), seconds: seconds.toFixed(2) };
}

/** Result and seconds of a piece of work, of the thread's processor: what other programs do on the machine is not counted. */
export function timed<T>(work: () => T): [T, number] {
	const from = process.threadCpuUsage();
	const result = work();
	const { user, system } = process.threadCpuUsage(from);
	return [result, (user + system) / 1e6];
}

/** Drains a generator of the house, whose pauses matter only inside n8n. */
export function drain<T>(steps: Generator<void, T>): T {
	let step = steps.next();
	while (!step.done) step = steps.next();
	return step.value;
}

