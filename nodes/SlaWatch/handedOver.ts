import type { Owner } from '../lead/handoffRecord';
import type { GivenOn } from './giveOn';

/** A handover as items tell it: names for a message, owners whole for a CRM. */
export interface Handed {
	/** Null: nobody had it. */
	from: string | null;
	/** Null: it stays where it is. */
	to: string | null;
	previousOwner: Owner | null;
	owner: Owner | null;
	/** Ids of the person in other systems. */
	externalIds: Record<string, string>;
	skipped: string[];
	/** When the new owner's own first response is due. */
	dueAt: string | null;
	/** Until when the owner before gets no lead by assignment. */
	outOfRotationUntil?: string;
}

export function handedOver({ from, to, skipped, externalIds, ownDueAt, rests }: GivenOn): Handed {
	return {
		from: from?.name ?? null, to: to?.name ?? null, previousOwner: from, owner: to, externalIds, skipped, dueAt: ownDueAt,
		...(rests ? { outOfRotationUntil: rests.until } : {}),
	};
}
