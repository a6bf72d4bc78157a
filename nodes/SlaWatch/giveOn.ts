import { askedOf } from '../host/assignmentQuestion';
import type { Run } from '../host/openRun';
import { readLead, startClockOfOwner } from '../host/ownerClocks';
import { hoursOf } from '../host/workingHours';
import type { Owner } from '../lead/handoffRecord';
import { LeadError } from '../lead/leadError';
import { listsOfClient } from '../lead/route/clientRules';
import { chooseNextOwner, restsUntil, teamOf, type NextOwner } from '../lead/route/reassign';
import { compileTerritories } from '../lead/route/territories';
import { toOwner, type People } from '../lead/route/teams';
import type { ClientSettings, Member } from '../lead/settings/clientSettings';
import type { Ledger, Scope } from '../ledger/ledger';

/** What is asked for. */
export interface GiveOn {
	leadId: string;
	/** Done once for this key. */
	onceKey: string;
	at: Date;
	/** Who gets it; absent: the next of its team. */
	to?: Member;
	/** Set when it is given on because nobody answered. */
	most?: number;
	silentOwnerRests: boolean;
	by?: string;
	reason?: string;
}

/** `to` null: nobody else can have it, and it stays where it is. */
export interface GivenOn {
	from: string | null;
	to: Owner | null;
	because: string[];
	skipped: string[];
	/** When the new owner's own first response is due. */
	ownDueAt: string | null;
	/** Whether this handover was done by an earlier run. */
	earlier: boolean;
	/** Who is out of rotation from now on, and until when. */
	rests?: { name: string; until: string };
}

/** Each round that is lost was won by another lead, so this many means that something else is wrong. */
const mostRounds = 1000;

/**
 * Gives a lead to its next owner: a turn of the team is taken, its own clock starts, and the lead's clocks run on.
 * Undefined when the ledger has no such lead.
 *
 * @throws LeadError `LEDGER_BUSY`.
 */
export async function giveOn(run: Pick<Run, 'now' | 'newId'> & { ledger: Ledger }, scope: Scope, settings: ClientSettings, asked: GiveOn): Promise<GivenOn | undefined> {
	const { ledger } = run;
	const { leadId, at } = asked;
	const people = peopleOf(settings);
	for (let round = 0; round < mostRounds; round++) {
		const handovers = await ledger.getHandovers(scope, leadId);
		if (handovers.ownerId === undefined) return undefined;
		const { next, turn } = await choose(run, scope, settings, people, asked, handovers);
		if (!next.owner) return { from: nameOf(settings, handovers.ownerId), to: null, because: next.because, skipped: next.skipped, ownDueAt: null, earlier: false };
		const silent = asked.silentOwnerRests ? settings.members.find(({ id }) => id === handovers.ownerId) : undefined;
		const rest = silent && { memberId: silent.id, until: new Date(restsUntil(silent, at, people)).toISOString() };
		const result = await ledger.reassignLead({
			...scope, leadId, from: handovers.ownerId, owner: next.owner, at: at.toISOString(), because: next.because, onceKey: asked.onceKey,
			isHop: asked.most !== undefined, by: asked.by, reason: asked.reason, turn, rest,
		});
		if (result.status === 'unknown') return undefined;
		if (result.status === 'changed') continue;
		if (result.status === 'earlier') return { from: null, to: result.owner, because: ['it was given on before'], skipped: [], ownDueAt: null, earlier: true };
		const clock = await startClockOfOwner(run, scope, { leadId, owner: next.owner, settings, at: at.toISOString(), how: 'by reassignment' });
		return {
			from: result.from, to: next.owner, because: next.because, skipped: next.skipped, ownDueAt: clock?.dueAt ?? null, earlier: false,
			...(silent && rest ? { rests: { name: silent.name, until: rest.until } } : {}),
		};
	}
	throw new LeadError('LEDGER_BUSY', 'The owner of a lead changes all the time', 'Run the workflow again for the leads that failed; if it goes on, look at the disk that holds the "Ledger".');
}

type Turn = { pool: string; expectedVersion: number; next: Record<string, number>; memberId: string };

async function choose(
	run: Pick<Run, 'now' | 'newId'> & { ledger: Ledger }, scope: Scope, settings: ClientSettings, people: People, asked: GiveOn, handovers: { ownerId?: string | null; had: string[]; hops: number },
): Promise<{ next: NextOwner; turn?: Turn }> {
	if (asked.to) {
		if (asked.to.id === handovers.ownerId) return { next: { because: [`${asked.to.name} has this lead already`], skipped: [] } };
		return { next: { owner: toOwner(asked.to), because: [asked.by === undefined ? 'chosen by a person' : `chosen by ${asked.by}`], skipped: [] } };
	}
	const record = await readLead(run, scope, asked.leadId);
	const owner = handovers.ownerId ?? undefined;
	const team = teamOf(people, record?.routing?.team, owner);
	const terms = { timeZone: settings.timeZone, lists: listsOfClient(settings) };
	const input = {
		pool: { team: team?.name, skills: record?.routing?.hard?.skills }, people, at: asked.at, personKey: record?.personId ?? asked.leadId,
		language: record?.lead.language ?? record?.intent?.language ?? undefined,
		...(team?.assignment === 'territory' && record ? { territoryOf: compileTerritories(team, terms)(record) } : {}),
	};
	const before = { owner, had: handovers.had, ...(asked.most === undefined ? {} : { hops: { done: handovers.hops, most: asked.most } }) };
	if (!team || !record) return { next: chooseNextOwner({ ...input, ...before }) };
	const { version, state, ...counts } = await run.ledger.getAssignment({ ...scope, ...askedOf(record, team, input) });
	const next = chooseNextOwner({ ...input, ...before, turns: state, counts });
	return { next, ...(next.turn ? { turn: { pool: team.name, expectedVersion: version, next: next.turn.next, memberId: next.turn.memberId } } : {}) };
}

/** The people of client settings with their working hours. */
function peopleOf({ members, teams, fallbackOwner, timeZone, calendars }: ClientSettings): People {
	return { members, teams, fallbackOwner, timeZone, hoursOf: hoursOf(calendars, timeZone).of };
}

function nameOf({ members }: ClientSettings, id: string | null): string | null {
	return members.find((member) => member.id === id)?.name ?? id;
}
