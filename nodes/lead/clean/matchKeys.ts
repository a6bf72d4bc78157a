import { isRoleMailbox } from './email';
import type { ComparedFields, PersonKey } from './knownPerson';
import { nationalDigits } from './similarity';

/** Whether an address belongs to a mailbox that several people may read, or to nobody for long. */
export function isSharedEmail(fields: ComparedFields): boolean {
	if (fields.sharedEmail === 'yes') return true;
	return isRoleMailbox((fields.emailKey ?? '').split('@')[0]);
}

/** Whether a number is of a kind that always rings at a desk of many. */
export function isSharedPhone(fields: ComparedFields): boolean {
	return fields.phoneType === 'tollFree' || fields.phoneType === 'premium';
}

/**
 * Keys that prove two leads the same person when they are equal: e-mail, phone in E.164, ids in other systems.
 * A mailbox or number of many people keeps its key but only decides who is compared.
 */
export function matchKeys(fields: ComparedFields, externalIds: Record<string, string> = {}): PersonKey[] {
	const keys: PersonKey[] = [];
	if (fields.emailKey?.includes('@')) {
		keys.push({ kind: 'email', value: fields.emailKey.trim().toLowerCase(), strength: isSharedEmail(fields) ? 'block' : 'match' });
	}
	if (fields.phone?.startsWith('+') && nationalDigits(fields.phone) !== '') {
		keys.push({ kind: 'phone', value: `+${nationalDigits(fields.phone)}`, strength: isSharedPhone(fields) ? 'block' : 'match' });
	}
	for (const [system, id] of Object.entries(externalIds)) keys.push({ kind: `externalId:${system}`, value: id, strength: 'match' });
	return keys;
}
