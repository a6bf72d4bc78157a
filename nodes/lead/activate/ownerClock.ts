import type { HandoffRecord, Owner } from '../handoffRecord';
import type { EscalationStep } from '../settings/clientSettings';
import { clockName } from './clock';
import { openClocks, type OpenedClock } from './openClocks';
import { usualSteps } from './escalation';
import { sayMoment } from './moments';
import type { ActivationSettings } from './policy';

/** Name of an owner's own clock, beside the lead's: e.g. `First Response: mia`. */
export function ownerClockName(ownerId: string): string {
	return `${clockName}: ${ownerId}`;
}

/**
 * Opens the own clock of an owner who got the lead after somebody else: the same target, counted from that moment, so that
 * nobody is blamed for the time that the lead lay with somebody else. The first human answer stops it too. It reminds the
 * owner only: the lead's own clock, which measures how long the lead waits, tells everybody else. Where the policy gives a
 * lead on in one step, that step is here too: so it goes on from owner to owner, each with the whole target.
 *
 * @param policy Name of the lead's policy.
 * @param how How the owner came to it, e.g. `by a correction`.
 * @throws LeadError `TARGET_NEVER_REACHED`.
 */
export function openOwnerClock(record: HandoffRecord, settings: ActivationSettings, { owner, policy, at, how }: { owner: Owner; policy: string; at: number; how: string }): OpenedClock {
	const routing = record.routing && { ...record.routing, owner, slaPolicy: policy };
	const { clocks: [opened] } = openClocks({ ...record, ...(routing ? { routing } : {}) }, settings, { at, from: 'receivedAt' });
	const { calendar, because, people } = opened.terms;
	const steps: EscalationStep[] = opened.terms.escalation.length > 0 ? opened.terms.escalation : usualSteps;
	const handovers = steps.filter(({ notify }) => notify === 'nextOwner');
	const reminders = steps.filter((step) => step.notify === 'owner' || (handovers.length === 1 && step === handovers[0]));
	return {
		...opened,
		name: ownerClockName(owner.id),
		terms: {
			calendar,
			people,
			stopsWith: 'contacted',
			escalation: reminders.length > 0 ? reminders : usualSteps.slice(0, 1),
			because: [...because.slice(0, -1), `own clock of ${owner.name}, who got the lead ${how} ${sayMoment(at, calendar.timeZone)}`],
		},
	};
}
