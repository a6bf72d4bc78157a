import { createHmac, randomBytes } from 'node:crypto';
import { query, queryOne, type Operation, type OperationContext } from './operation';

/** What an erased person is known again by. */
export interface Identity {
	emailKey?: string | null;
	/** E.164. */
	phone?: string | null;
	externalIds?: Record<string, string>;
}

interface SuppressionKey {
	id: string;
	secret: string;
}

/** Made once, when the first person is erased; it never leaves the ledger but in a backup. */
export function* suppressionKey(context: OperationContext): Operation<SuppressionKey> {
	const known = yield* queryOne<SuppressionKey>('SELECT id, secret FROM suppression_keys ORDER BY made_at, id LIMIT 1');
	if (known) return known;
	const made = { id: context.newId(), secret: randomBytes(32).toString('hex') };
	yield* query('INSERT INTO suppression_keys (id, secret, made_at) VALUES ($1, $2, $3)', [made.id, made.secret, context.now]);
	return made;
}

/** The keyed hashes of all that identifies a person, of this client only. */
export function hashesOf(secret: string, client: string, { emailKey, phone, externalIds = {} }: Identity): string[] {
	const named = [
		...(emailKey ? [`email ${emailKey.trim().toLowerCase()}`] : []),
		...(phone?.startsWith('+') ? [`phone ${phone}`] : []),
		...Object.entries(externalIds).map(([system, id]) => `id ${system} ${id}`),
	];
	return named.map((one) => createHmac('sha256', secret).update(`${client}\n${one}`).digest('base64url'));
}

/** The keyed hash of a submission of an erased person: the same delivery again brings nothing back, whenever it comes. */
export function hashOfSubmission(secret: string, client: string, submissionKey: string): string {
	return createHmac('sha256', secret).update(`${client}\nsubmission ${submissionKey}`).digest('base64url');
}

/** Whether a submission is of a person who was erased after it was sent, or is one that was erased; costs one look while nobody was erased. */
export function* isErased(client: string, identity: Identity, submission: { key: string; sentAt: number }): Operation<boolean> {
	const secrets = yield* query<{ secret: string }>(`SELECT secret FROM suppression_keys WHERE id > ''`);
	for (const { secret } of secrets) {
		const same = yield* queryOne('SELECT hash FROM suppressed WHERE client = $1 AND hash = $2', [client, hashOfSubmission(secret, client, submission.key)]);
		if (same) return true;
		for (const hash of hashesOf(secret, client, identity)) {
			const erased = yield* queryOne('SELECT hash FROM suppressed WHERE client = $1 AND hash = $2 AND erased_at >= $3', [client, hash, submission.sentAt]);
			if (erased) return true;
		}
	}
	return false;
}

/** Finds out whether a person was erased: by moment of the newest erasure, epoch milliseconds, undefined for one who was not. */
export type FindErasure = (identity: Identity) => number | undefined;

/** Reads the erased persons of a client; costs next to nothing while there are none. */
export function* erasuresOf(client: string): Operation<FindErasure> {
	const rows = yield* query<{ hash: string; erasedAt: number; secret: string }>(
		`SELECT suppressed.hash, suppressed.erased_at AS "erasedAt", suppression_keys.secret FROM suppressed
		JOIN suppression_keys ON suppression_keys.id = suppressed.key_id WHERE suppressed.client = $1`,
		[client],
	);
	if (rows.length === 0) return () => undefined;
	const erasedAt = new Map(rows.map((row) => [row.hash, Number(row.erasedAt)]));
	const secrets = [...new Set(rows.map(({ secret }) => secret))];
	return (identity) => {
		const found = secrets.flatMap((secret) => hashesOf(secret, client, identity)).flatMap((hash) => erasedAt.get(hash) ?? []);
		return found.length === 0 ? undefined : Math.max(...found);
	};
}
