import { z } from 'zod/v4';
import type { ClockStatus, HandoffRecord, Owner } from '../handoffRecord';
import type { EscalationStep, Member } from '../settings/clientSettings';
import { plainWords } from '../shorten';
import { dueAfter, elapsedBetween } from './businessTime';
import type { Calendar } from './calendar';
import { sayMinutes, sayMoment } from './moments';
import { movedBy, type Pause } from './pauses';
import type { ActivationSettings } from './policy';

export const personSchema = z.object({ id: z.string(), name: z.string(), email: z.string().nullable(), slackId: z.string().nullable(), phone: z.string().nullable().default(null) });
/** Someone who can be told. */
export type Person = z.infer<typeof personSchema>;

export const peopleSchema = z.object({ owner: personSchema.optional(), manager: personSchema.optional(), fallbackOwner: personSchema.optional(), ops: personSchema.optional() });
/** Who stands behind one lead; absent when the settings name nobody. */
export type People = z.infer<typeof peopleSchema>;

/** For a policy that names no steps: the law of the house is that no lead waits unseen. */
export const usualSteps: EscalationStep[] = [
	{ name: 'At Risk', when: 'atRisk', afterMinutes: 0, notify: 'owner' },
	{ name: 'Breached', when: 'breached', afterMinutes: 0, notify: 'manager' },
];

/** For a policy that keeps leads in the queue while the team is not there. */
export const openingStep: EscalationStep = { name: 'Opening', when: 'opening', afterMinutes: 0, notify: 'owner' };

/** The last resort for a step that was sent as often as it may be and never confirmed: the fallback owner hears of it. */
export function undeliveredStep(step: EscalationStep): EscalationStep {
	return { ...step, name: `${step.name} (Not Confirmed)`, notify: 'fallbackOwner' };
}

/** Who is asked next when nobody holds a part. */
const insteadOf: Record<EscalationStep['notify'], (keyof People)[]> = {
	owner: ['owner', 'manager', 'fallbackOwner'],
	manager: ['manager', 'fallbackOwner', 'owner'],
	fallbackOwner: ['fallbackOwner', 'manager', 'owner'],
	ops: ['ops', 'fallbackOwner', 'manager', 'owner'],
	// who has the lead by then
	nextOwner: ['owner', 'manager', 'fallbackOwner'],
};

/** Who is behind a lead: its owner, the manager of the team that a rule fixed, the client's fallback owner, and who answers for activation. */
export function findPeople(record: HandoffRecord, settings: ActivationSettings): People {
	const team = settings.teams.find(({ name }) => name === record.routing?.team);
	const people: People = {};
	if (record.routing?.owner) people.owner = toPerson(record.routing.owner);
	const manager = findMember(settings.members, team?.manager ?? settings.manager);
	if (manager) people.manager = manager;
	const fallbackOwner = findMember(settings.members, settings.fallbackOwner);
	if (fallbackOwner) people.fallbackOwner = fallbackOwner;
	const ops = findMember(settings.members, settings.stageOwners.activate);
	if (ops) people.ops = ops;
	return people;
}

/** The same people with the addresses that the settings hold today, and the owner the lead has today. */
export function refreshPeople(people: People, ownerId: string | null, members: Member[]): People {
	const today: People = {};
	for (const part of ['owner', 'manager', 'fallbackOwner', 'ops'] as const) {
		const id = part === 'owner' ? ownerId ?? people.owner?.id : people[part]?.id;
		const person = findMember(members, id) ?? (people[part]?.id === id ? people[part] : undefined);
		if (person) today[part] = person;
	}
	return today;
}

/**
 * Who is told in this step, and as what; null when the settings name nobody at all. Who is away is passed over for the
 * next in line, and told only when everybody is.
 *
 * @param isAway Whether a member is on leave or not active now, by id.
 */
export function chooseWho(notify: EscalationStep['notify'], people: People, isAway: (id: string) => boolean = () => false): { who: Person; as: keyof People } | null {
	const named = insteadOf[notify].flatMap((as) => (people[as] === undefined ? [] : [{ who: people[as], as }]));
	return named.find(({ who }) => !isAway(who.id)) ?? named.at(0) ?? null;
}

/**
 * When each step falls due, in the order of the policy, moved by the pauses since; a step that is never reached is left out.
 *
 * @param moments `opensAt`: only of a lead that came in while its calendar was closed.
 */
export function stepTimes(
	steps: readonly EscalationStep[], calendar: Calendar, { opensAt, warnAt, breachAt }: { opensAt?: number; warnAt: number; breachAt: number | undefined }, pauses: readonly Pause[],
): { step: EscalationStep; at: number }[] {
	return (steps.length > 0 ? steps : usualSteps).flatMap((step) => {
		const from = { opening: opensAt, atRisk: warnAt, breached: breachAt }[step.when];
		const at = from === undefined ? undefined : dueAfter(calendar, from, step.afterMinutes);
		if (from === undefined || at === undefined) return [];
		// pauses before the warning or the breach have moved these already
		const since = pauses.filter((pause) => pause.to !== undefined && Date.parse(pause.from) >= from);
		return [{ step, at: since.reduce((moved, pause) => movedBy(calendar, { from: Date.parse(pause.from), to: Date.parse(pause.to ?? pause.from) }, moved), at) }];
	});
}

/**
 * When a step that gives the lead on may do so. Who got the lead meanwhile has as much business time as the policy leaves
 * between that step and the one before it, and before the first one the whole target: so steps that fall due together, as
 * after an outage, don't run through a team in one sweep.
 *
 * @param since Since when its owner has the lead; absent for the first owner.
 */
export function handoverTime(step: EscalationStep, times: { step: EscalationStep; at: number }[], calendar: Calendar, { startedAt, dueAt, since }: { startedAt: number; dueAt: number; since?: number }): number {
	const handovers = times.filter((one) => one.step.notify === 'nextOwner');
	const at = handovers.find((one) => one.step.name === step.name)?.at ?? dueAt;
	if (since === undefined) return at;
	const before = handovers.filter((one) => one.at < at).map((one) => one.at);
	const gap = before.length > 0 ? elapsedBetween(calendar, Math.max(...before), at) : elapsedBetween(calendar, startedAt, dueAt);
	return Math.max(at, dueAfter(calendar, since, gap / 60_000) ?? at);
}

/**
 * Steps to be sent now. After a breach the warnings that were never sent are out of date and are left out.
 *
 * @param confirmed - Names of steps that were sent and confirmed.
 */
export function dueSteps(times: { step: EscalationStep; at: number }[], status: ClockStatus, now: number, confirmed: readonly string[]): EscalationStep[] {
	const when: EscalationStep['when'][] = { running: ['opening' as const], at_risk: ['opening' as const, 'atRisk' as const], breached: ['breached' as const], paused: [], met: [], met_late: [] }[status];
	return times.filter(({ step, at }) => when.includes(step.when) && at <= now && !confirmed.includes(step.name)).map(({ step }) => step);
}

/** The alert in one plain sentence or two: no links, no mentions, no markup, whatever the lead typed as a name. */
export function sayAlert(alert: { status: ClockStatus; clock: string; lead: string; remainingMinutes: number; dueAt: number; timeZone: string; owner?: Person }): string {
	const due = `${sayMoment(alert.dueAt, alert.timeZone)} ${alert.timeZone}`;
	const owner = alert.owner ? `Owner: ${plainText(alert.owner.name)}.` : 'No owner yet.';
	// an owner's own clock waits for the same answer
	const lacks = /^First Response($|: )/.test(alert.clock) ? 'has no answer yet' : `waits for ${plainText(alert.clock)}`;
	const said = alert.status === 'breached'
		? `Overdue: ${alert.lead} ${lacks}, ${sayMinutes(-alert.remainingMinutes)} past the target (was due ${due}).`
		: `${alert.status === 'at_risk' ? 'At risk' : 'Came in after hours'}: ${alert.lead} ${lacks}, ${sayMinutes(alert.remainingMinutes)} left (due ${due}).`;
	return `${said} ${owner}`;
}

/** The lead as it is named in alerts, e.g. `Jane Doe (Acme Ltd)`. */
export function labelLead({ lead }: HandoffRecord): string {
	const name = plainText(lead.fullName ?? '');
	const company = plainText(lead.company ?? '');
	if (name && company) return `${name} (${company})`;
	return name || company || 'A lead without a name';
}

/** A name without anything that a chat tool would act on; at most 80 characters. */
export function plainText(text: string): string {
	// the bar and the underscore are no part of a name, and some chat tools refuse a message with a lone one
	return plainWords(text.slice(0, 320).replace(/[@_|]/g, ' '), 80);
}

/** A member as someone who can be told. */
export function findMember(members: Member[], id: string | undefined): Person | undefined {
	const member = members.find((one) => one.id === id);
	return member && toPerson(member);
}

function toPerson({ id, name, email, slackId, phone }: Pick<Owner, 'id' | 'name' | 'email' | 'slackId'> & { phone?: string }): Person {
	return { id, name: name ?? id, email: email ?? null, slackId: slackId ?? null, phone: phone?.replace(/(?!^)\D/g, '') ?? null };
}
