import { readTerms, toSla, type ClockTerms } from '../lead/activate/clock';
import { toMoment } from '../lead/activate/moments';
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
