import { openCalendar } from '../lead/activate/calendar';
import { clockName, nextCheckAt, readClock, readTerms } from '../lead/activate/clock';
import { openFollowing, type OpenedClock } from '../lead/activate/openClocks';
import { toMoment } from '../lead/activate/moments';
import type { ClockRow, Ledger, Scope } from '../ledger/ledger';

/** What was done for a lead, by whom. */
export interface Answer {
	at: number;
	by: string | null;
}

/** What stops clocks beside the first response, which only a recorded human answer stops. */
export type StoppingEvent = 'accepted' | 'contacted' | 'meetingBooked';

/**
 * Stops the clocks of a lead that end with this event; the first response clock only by `contacted`, once.
 * The first human answer also starts the clocks that follow it.
 *
 * @returns The lead's clocks as they stand now, in the order in which they were started.
 */
export async function stopClocks(ledger: Ledger, scope: Scope, leadId: string, event: StoppingEvent, answer: Answer, newId: () => string): Promise<ClockRow[]> {
	const clocks = await ledger.listClocks(scope, leadId);
	for (const clock of clocks) {
		if (clock.respondedAt !== null || Date.parse(clock.startedAt) > answer.at) continue;
		const stopsWith = clock.name === clockName ? 'contacted' : readTerms(clock.terms).stopsWith;
		if (stopsWith !== event) continue;
		// the answer that starts a clock is not the one that stops it
		if (clock.name !== clockName && Date.parse(clock.startedAt) === answer.at) continue;
		await stopClock(ledger, clock, answer);
		if (clock.name === clockName) await startFollowing(ledger, clock, answer, newId);
	}
	return await ledger.listClocks(scope, leadId);
}

async function stopClock(ledger: Ledger, clock: ClockRow, answer: Answer): Promise<void> {
	const answered = { ...clock, respondedAt: toMoment(answer.at) };
	const { status, elapsedMinutes } = readClock(answered, openCalendar(readTerms(clock.terms).calendar), answer.at);
	// an answer holds whatever else was written meanwhile: a sweep that comes later sees it
	await ledger.updateClock(clock, clock.id, { status, respondedAt: answered.respondedAt, respondedBy: answer.by, elapsedMinutes, nextCheckAt: null });
}

async function startFollowing(ledger: Ledger, first: ClockRow, answer: Answer, newId: () => string): Promise<void> {
	for (const opened of openFollowing({ policy: first.policy, terms: readTerms(first.terms) }, answer.at)) {
		await ledger.startClock(toClockRow(opened, first, answer.at, newId()));
	}
}

/** A clock that was just opened as the ledger keeps it. */
export function toClockRow(opened: OpenedClock, lead: Scope & Pick<ClockRow, 'leadId' | 'ownerId' | 'leadText'>, now: number, id: string): ClockRow {
	const { name, policy, startedFrom, facts, terms } = opened;
	const { client, test, leadId, ownerId, leadText } = lead;
	return {
		client, test, leadId, ownerId, leadText, id, name, policy, startedFrom, terms,
		startedAt: facts.startedAt, warnAt: facts.warnAt, dueAt: facts.dueAt, respondedAt: facts.respondedAt, pauses: [...facts.pauses], revision: 0,
		status: readClock(facts, openCalendar(terms.calendar), now).status,
		respondedBy: null, elapsedMinutes: null, nextCheckAt: nextCheckAt(facts, terms, now, []), confirmedSteps: [],
	};
}
