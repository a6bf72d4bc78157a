import { askedOf, limitsOf } from '../host/assignmentQuestion';
import type { Run } from '../host/openRun';
import { recordOf, startClockOfOwner } from '../host/ownerClocks';
import { hoursOf } from '../host/workingHours';
import type { HandoffRecord, Owner } from '../lead/handoffRecord';
import { LeadError } from '../lead/leadError';
import { listsOfClient } from '../lead/route/clientRules';
import { chooseNextOwner, restsUntil, teamOf, type NextOwner } from '../lead/route/reassign';
import { compileTerritories } from '../lead/route/territories';
import { toOwner, type People } from '../lead/route/teams';
import type { ClientSettings, Member } from '../lead/settings/clientSettings';
import type { Ledger, Scope } from '../ledger/ledger';
import type { Handovers, ReassignInput } from '../ledger/reassignLedger';

/** What is asked for. */
export interface GiveOn {
	leadId: string;
	/** Done once for this key. */
	onceKey: string;
	at: Date;
	/** Who gets it; absent: the next of its team. */
	to?: Member;
	/** Nothing is given on when it is no longer with this member. */
	onlyFrom?: string;
	/** Set when it is given on because this clock was not answered. */
	silent?: { clockId: string; most: number };
	silentOwnerRests: boolean;
	by?: string;
	reason?: string;
}

/** `to` null: nothing was given on, and `why` it stays where it is. */
export interface GivenOn {
	from: Owner | null;
	to: Owner | null;
	/** Set when `to` is null. */
	stays?: 'already' | 'nobodyElse' | 'answered' | 'closed';
	because: string[];
	skipped: string[];
	/** Ids of the person in other systems, for who writes it to a CRM. */
	externalIds: Record<string, string>;
	/** When the new owner's own first response is due. */
	ownDueAt: string | null;
	/** Whether an earlier run did this handover. */
	earlier: boolean;
	/** Who is out of rotation from now on, and until when. */
	rests?: { name: string; until: string };
}

type LedgerRun = Pick<Run, 'now' | 'newId'> & { ledger: Ledger };

/** Each round that is lost was won by another lead, so this many means that something else is wrong. */
const mostRounds = 1000;

/**
 * Gives a lead to its next owner: a turn of the team is taken, its own clock starts, and the lead's clocks run on. Of two
 * that give it on at once the first does; the other finds it given on.
 * Undefined when the ledger has no such lead.
 *
 * @throws LeadError `LEDGER_BUSY`.
 */
export async function giveOn(run: LedgerRun, scope: Scope, settings: ClientSettings, asked: GiveOn): Promise<GivenOn | undefined> {
	const { leadId, at } = asked;
	const people = peopleOf(settings);
	const story = await run.ledger.getLead(scope, { leadId });
	if (!story) return undefined;
	const record = recordOf(run, story);
	const { externalIds } = story;
	let seen: string | null | undefined;
	for (let round = 0; round < mostRounds; round++) {
		const handovers = await run.ledger.getHandovers(scope, leadId);
		const { ownerId } = handovers;
		if (ownerId === undefined) return undefined;
		const stays = (why: GivenOn['stays'], because: string[], skipped: string[] = []): GivenOn =>
			({ from: ownerOf(settings, ownerId), to: null, stays: why, because, skipped, externalIds, ownDueAt: null, earlier: false });
		if (asked.onlyFrom !== undefined && asked.onlyFrom !== ownerId) return stays('already', [`it is with ${ownerOf(settings, ownerId)?.name ?? 'nobody'} by now`]);
		if (round > 0 && seen !== ownerId) return stays('already', [`somebody else gave it to ${ownerOf(settings, ownerId)?.name ?? 'nobody'} just now`]);
		seen = ownerId;
		if (asked.to && asked.to.id === ownerId) return stays('already', [`${asked.to.name} has this lead already`]);
		const { next, turn } = await choose(run.ledger, scope, { record, settings, people, asked, handovers });
		const silent = asked.silentOwnerRests && next.owner ? settings.members.find(({ id }) => id === ownerId) : undefined;
		const result = next.owner && await run.ledger.reassignLead({
			...scope, leadId, from: ownerId, owner: next.owner, at: at.toISOString(), because: next.because, onceKey: asked.onceKey,
			isHop: asked.silent !== undefined, unlessAnswered: asked.silent?.clockId, by: asked.by, reason: asked.reason, turn,
			rest: silent && { memberId: silent.id, until: new Date(restsUntil(silent, at, people)).toISOString() },
		});
		if (!result) return stays('nobodyElse', next.because, next.skipped);
		if (result.status === 'unknown') return undefined;
		if (result.status === 'changed') continue;
		if (!('handover' in result)) return stays(result.status, [result.status === 'answered' ? 'it was answered just now' : 'the lead is closed']);
		const { handover } = result;
		// a run may have died between the two: the clock of that owner starts at the handover, whoever starts it
		const clock = await startClockOfOwner(run, scope, { leadId, owner: handover.to, settings, at: handover.at, how: 'by reassignment' });
		const { rest } = handover;
		return {
			from: handover.from, to: handover.to, because: [handover.because], skipped: result.status === 'earlier' ? [] : next.skipped,
			externalIds, ownDueAt: clock?.dueAt ?? null, earlier: result.status === 'earlier',
			...(rest ? { rests: { name: ownerOf(settings, rest.memberId)?.name ?? rest.memberId, until: rest.until } } : {}),
		};
	}
	throw new LeadError('LEDGER_BUSY', 'The owner of a lead changes all the time', 'Run the workflow again for the leads that failed; if it goes on, look at the disk that holds the "Ledger".');
}

type Turn = NonNullable<ReassignInput['turn']>;

async function choose(
	ledger: Ledger, scope: Scope, { record, settings, people, asked, handovers }: { record: HandoffRecord; settings: ClientSettings; people: People; asked: GiveOn; handovers: Handovers },
): Promise<{ next: NextOwner; turn?: Turn }> {
	if (asked.to) return { next: { owner: toOwner(asked.to), because: [asked.by === undefined ? 'chosen by a person' : `chosen by ${asked.by}`], skipped: [] } };
	const owner = handovers.ownerId ?? undefined;
	const team = teamOf(people, record.routing?.team, owner);
	const terms = { timeZone: settings.timeZone, lists: listsOfClient(settings) };
	const input = {
		pool: { team: team?.name, skills: record.routing?.hard?.skills }, people, at: asked.at, personKey: record.personId,
		language: record.lead.language ?? record.intent?.language ?? undefined,
		...(team?.assignment === 'territory' ? { territoryOf: compileTerritories(team, terms)(record) } : {}),
	};
	const before = { owner, had: handovers.had, ...(asked.silent ? { hops: { done: handovers.hops, most: asked.silent.most } } : {}) };
	if (!team) return { next: chooseNextOwner({ ...input, ...before }) };
	const { version, state, ...counts } = await ledger.getAssignment({ ...scope, ...askedOf(record, team, input) });
	const next = chooseNextOwner({ ...input, ...before, turns: state, counts });
	if (!next.turn) return { next };
	const { memberId, next: turns } = next.turn;
	return { next, turn: { pool: team.name, expectedVersion: version, next: turns, limits: limitsOf(memberId, input, counts) } };
}

/** The people of client settings with their working hours. */
function peopleOf({ members, teams, fallbackOwner, timeZone, calendars }: ClientSettings): People {
	return { members, teams, fallbackOwner, timeZone, hoursOf: hoursOf(calendars, timeZone).of };
}

/** Who is no member any more is named by id. */
function ownerOf({ members }: ClientSettings, id: string | null): Owner | null {
	const member = members.find((one) => one.id === id);
	return member ? toOwner(member) : id === null ? null : { id, name: id, email: null };
}
