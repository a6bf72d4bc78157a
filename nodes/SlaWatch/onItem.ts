import { openCalendar } from '../lead/activate/calendar';
import { onCallAt, readClock, readTerms, stepTimesOf, toSla, type ClockTerms } from '../lead/activate/clock';
import { chooseWho, dueSteps, labelLead, sayAlert } from '../lead/activate/escalation';
import { readMoment, toMoment } from '../lead/activate/moments';
import { openClocks } from '../lead/activate/openClocks';
import type { ActivationSettings } from '../lead/activate/policy';
import type { HandoffRecord, Sla } from '../lead/handoffRecord';

/** The clock that an item carries, as it stands now or with its response; `clock` says in words when it carries none. */
export function refreshOnItem(record: HandoffRecord, settings: ActivationSettings | undefined, now: number, respondedAt?: number): { sla: Sla } | { clock: string } {
	const { sla } = record;
	if (!sla || [sla.startedAt, sla.warnAt, sla.dueAt].some((moment) => Number.isNaN(Date.parse(moment)))) {
		return { clock: 'This item carries no clock: put SLA Watch (operation Start) before this node' };
	}
	if (sla.status === 'met' || sla.status === 'met_late') return { sla };
	const terms = settings ? { ...termsOnItem(record, sla, settings, now), because: sla.because } : readTerms(undefined);
	const facts = { startedAt: sla.startedAt, warnAt: sla.warnAt, dueAt: sla.dueAt, respondedAt: respondedAt === undefined ? null : toMoment(respondedAt), pauses: [] };
	return { sla: { ...sla, ...toSla({ ...facts, policy: sla.policy, name: sla.clock, id: sla.clockId, startedFrom: sla.startedFrom }, terms, now) } };
}

/** An alert of a clock that only the item carries. */
export interface ItemAlert {
	/** The same in every check, so that who stores it sends the alert once. */
	key: string;
	name: string;
	notify: string;
	toldAs: string | null;
	who: object | null;
	text: string;
}

/** Every alert that is due of the clock that an item carries, those of earlier checks too: nothing remembers which was sent. */
export function alertsOnItem(record: HandoffRecord, sla: Sla, settings: ActivationSettings, now: number): ItemAlert[] {
	if (sla.status === 'met' || sla.status === 'met_late') return [];
	const terms = termsOnItem(record, sla, settings, now);
	const calendar = openCalendar(terms.calendar);
	const { status, remainingMinutes, breachAt } = readClock({ ...sla, respondedAt: null, pauses: [] }, calendar, now);
	const { people } = terms;
	const onCall = onCallAt(terms, now);
	const text = sayAlert({ status, clock: sla.clock, lead: labelLead(record), remainingMinutes, dueAt: Date.parse(sla.dueAt), timeZone: calendar.timeZone, owner: people.owner });
	return dueSteps(stepTimesOf({ warnAt: sla.warnAt, pauses: [] }, terms, breachAt), status, now, []).map(({ name, notify }) => {
		const told = notify === 'owner' && onCall ? { as: 'onCall', who: onCall } : chooseWho(notify, people);
		return { key: [record.leadId, sla.clock, sla.startedAt, name].join(' | '), name, notify, toldAs: told?.as ?? null, who: told?.who ?? null, text };
	});
}

/** By what the clock of an item counts: as it was started. */
function termsOnItem(record: HandoffRecord, sla: Sla, settings: ActivationSettings, now: number): ClockTerms {
	const at = readMoment(sla.startedAt, settings.timeZone)?.at ?? now;
	return openClocks(record, settings, { at, from: sla.startedFrom }, { isAway: () => false }).clocks[0].terms;
}
