import { openSync, readSync } from 'node:fs';

const chunkBytes = 1 << 20;

/** Searches a file for bytes of texts, without ever closing it while the ledger is open. */
export class ByteSearch {
	// to close a file drops the locks that this process has on it, those of SQLite too
	private readonly descriptor: number;

	constructor(file: string) {
		this.descriptor = openSync(file, 'r');
	}

	/** Whether one of the texts stands anywhere in the file, as it is written there (UTF-8). */
	holds(texts: readonly string[]): boolean {
		const wanted = texts.map((text) => Buffer.from(text, 'utf8'));
		// one that lies across two chunks is found in the second
		const overlap = Math.max(0, ...wanted.map(({ length }) => length - 1));
		const buffer = Buffer.alloc(chunkBytes + overlap);
		let kept = 0;
		for (let position = 0; ;) {
			const read = readSync(this.descriptor, buffer, kept, chunkBytes, position);
			if (read === 0) return false;
			position += read;
			const seen = buffer.subarray(0, kept + read);
			if (wanted.some((one) => seen.includes(one))) return true;
			kept = Math.min(overlap, seen.length);
			buffer.copyWithin(0, seen.length - kept, seen.length);
		}
	}
}
