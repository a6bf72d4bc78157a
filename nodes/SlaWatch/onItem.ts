import { openCalendar } from '../lead/activate/calendar';
import { readClock, readTerms, stepTimesOf, toSla, type ClockTerms } from '../lead/activate/clock';
import { chooseWho, dueSteps, labelLead, sayAlert } from '../lead/activate/escalation';
import { toMoment } from '../lead/activate/moments';
import { openClocks } from '../lead/activate/openClocks';
import { choosePolicy, type ActivationSettings } from '../lead/activate/policy';
import type { HandoffRecord, Sla } from '../lead/handoffRecord';

/** The clock that an item carries, as it stands now or with its response; `clock` says in words when it carries none. */
export function refreshOnItem(record: HandoffRecord, settings: ActivationSettings | undefined, now: number, respondedAt?: number): { sla: Sla } | { clock: string } {
	const { sla } = record;
	if (!sla || [sla.startedAt, sla.warnAt, sla.dueAt].some((moment) => Number.isNaN(Date.parse(moment)))) {
		return { clock: 'This item carries no clock: put SLA Watch (operation Start) before this node' };
	}
	if (sla.status === 'met' || sla.status === 'met_late') return { sla };
	const terms: ClockTerms = settings
		? { calendar: choosePolicy(record, settings).calendar, escalation: [], people: {}, because: sla.because }
		: readTerms(undefined);
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
	const { terms } = openClocks(record, settings, { at: Date.parse(sla.startedAt), from: sla.startedFrom }).clocks[0];
	const calendar = openCalendar(terms.calendar);
	const { status, remainingMinutes, breachAt } = readClock({ ...sla, respondedAt: null, pauses: [] }, calendar, now);
	if (sla.status !== status) return [];
	const { people } = terms;
	const text = sayAlert({ status, clock: sla.clock, lead: labelLead(record), remainingMinutes, dueAt: Date.parse(sla.dueAt), timeZone: calendar.timeZone, owner: people.owner });
	return dueSteps(stepTimesOf({ warnAt: sla.warnAt, pauses: [] }, terms, breachAt), status, now, []).map(({ name, notify }) => {
		const told = chooseWho(notify, people);
		return { key: [record.leadId, sla.clock, sla.startedAt, name].join(' | '), name, notify, toldAs: told?.as ?? null, who: told?.who ?? null, text };
	});
}
