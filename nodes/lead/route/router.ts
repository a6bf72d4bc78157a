import { createHash } from 'node:crypto';
import type { HandoffRecord, Routing } from '../handoffRecord';
import { assignOwner, type AssignedOwner, type AssignInput, type OwnerPool } from './assignOwner';
import type { RuleTerms } from './conditions';
import type { QueuedRouting } from './routeLead';
import type { RouterRule, RuleTable } from './ruleTable';
import { findTeam, type People } from './teams';

/** Rules and people of one client, checked and compiled. */
export interface Router {
	rules: readonly RouterRule[];
	terms: RuleTerms;
	table: RuleTable;
	/** The same rules without those that block, for leads that somebody released. */
	released: RuleTable;
	people: People;
	fallbackQueue: string;
	/** Of each team with territories: whose territory a lead lies in. */
	territories: ReadonlyMap<string, (record: object) => string[]>;
	/** Absent when nothing came from client settings. */
	settingsVersion?: number;
}

/** What of a lead counts in the choice of its owner; turns and counts come from the ledger. */
export function assignInputOf(record: HandoffRecord, pool: OwnerPool, router: Router, { at, remembered }: { at: Date; remembered: boolean }): AssignInput {
	const { lead, match, intent } = record;
	const team = findTeam(router.people, pool.team);
	return {
		pool,
		people: router.people,
		existingOwner: match?.existingOwner,
		// without a ledger ids are new on every delivery, the address is not
		personKey: remembered ? record.personId : (lead.emailKey ?? lead.phone ?? record.personId),
		stickyKey: team?.stickyBy === 'household' ? householdKey(record) : companyKey(record),
		language: lead.language ?? intent?.language ?? undefined,
		...(team && router.territories.has(team.name) ? { territoryOf: router.territories.get(team.name)?.(record) } : {}),
		at,
	};
}

/** The routing of a lead with its owner. */
export function withOwner(queued: QueuedRouting, { owner, assignment, because, skipped, alarm, heldUntil, waiting }: AssignedOwner): Routing {
	const said = [queued.alarm, alarm].filter((one) => one !== undefined);
	return {
		...queued, owner, assignment, because: [...queued.because, ...because], skipped,
		...(said.length > 0 ? { alarm: said.join('; ') } : {}),
		...(heldUntil === undefined ? {} : { heldUntil: new Date(heldUntil).toISOString() }),
		...(waiting ? { waiting } : {}),
	};
}

/** Chooses the owner without any memory of turns. */
export function assignWithoutMemory(record: HandoffRecord, pool: OwnerPool, router: Router, at: Date): AssignedOwner {
	return assignOwner(assignInputOf(record, pool, router, { at, remembered: false }));
}

/** The company by its domain, else by its name; absent when neither is known. */
function companyKey({ lead, match }: HandoffRecord): string | undefined {
	return lead.companyDomain ?? match?.account?.domain ?? lead.companyKey ?? undefined;
}

/** Same last name at the same postal code and country; kept as a hash, because a ledger remembers it. Absent when one is not known. */
function householdKey({ lead }: HandoffRecord): string | undefined {
	const { lastName, postalCode, country } = lead;
	if (!lastName || !postalCode) return undefined;
	const text = [lastName, postalCode, country ?? ''].map((part) => part.normalize('NFKD').replace(/[\p{M}\s]/gu, '').toLowerCase()).join('\n');
	return `household ${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}
