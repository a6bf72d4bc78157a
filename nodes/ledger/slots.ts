/** So many at once, the others in line: those who came first go first. */
export class Slots {
	private readonly line: (() => void)[] = [];
	private free: number;

	constructor(count: number) {
		this.free = count;
	}

	/**
	 * Takes a slot, which must be given back. False when none became free in time; then none is to be given back.
	 *
	 * @param until - Epoch milliseconds.
	 */
	async take(until: number): Promise<boolean> {
		if (this.free > 0) {
			this.free -= 1;
			return true;
		}
		return await new Promise((resolve) => {
			const entry = () => {
				clearTimeout(late);
				resolve(true);
			};
			const late = setTimeout(() => {
				this.line.splice(this.line.indexOf(entry), 1);
				resolve(false);
			}, Math.max(0, until - Date.now()));
			this.line.push(entry);
		});
	}

	/** Gives a slot back, to the next in line if there is one. */
	giveBack(): void {
		const next = this.line.shift();
		if (next) next();
		else this.free += 1;
	}
}
