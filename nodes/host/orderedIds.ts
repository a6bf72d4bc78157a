import { randomUUID } from 'node:crypto';

/**
 * Starts giving ids that sort in the order in which they were made (RFC 9562, UUID version 7): rows that are written
 * one after another then stand one after another in the index, which is several times faster for many of them.
 */
export function startOrderedIds(now: () => Date): () => string {
	let millis = 0;
	let counter = 0;
	return () => {
		const current = now().getTime();
		// after 4,096 ids of one millisecond the next one begins early
		if (current > millis) [millis, counter] = [current, 0];
		else if (++counter > 0xfff) [millis, counter] = [millis + 1, 0];
		const time = millis.toString(16).padStart(12, '0');
		return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}${randomUUID().slice(18)}`;
	};
}
