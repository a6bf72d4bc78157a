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
