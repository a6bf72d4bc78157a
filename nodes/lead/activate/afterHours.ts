import type { AfterHours, HandoffRecord, LeadIssue } from '../handoffRecord';
import type { SlaPolicy } from '../settings/clientSettings';
import { nextOpening } from './businessTime';
import { openCalendar, type ZonedCalendarSettings } from './calendar';
import { findMember, type Person } from './escalation';
import { sayPromise, toMoment } from './moments';
import type { ActivationSettings } from './policy';

/**
 * What is done for a lead that came in while its calendar was closed; undefined for one that came in during open hours, and
 * where every minute counts anyway. Where nobody is on call its clock waits, and an issue says so.
 *
 * @param isAway Whether a member is on leave or not active, by id.
 */
export function planAfterHours(
	record: HandoffRecord, settings: ActivationSettings, { policy, calendar: given }: { policy: SlaPolicy; calendar: ZonedCalendarSettings }, at: number, isAway: (id: string) => boolean,
): { plan?: AfterHours; issues: LeadIssue[] } {
	if (policy.roundTheClock) return { issues: [] };
	const calendar = openCalendar(given);
	const opensAt = nextOpening(calendar, at);
	if (opensAt === at) return { issues: [] };
	const opening = opensAt === undefined ? { opensAt: null, promise: null } : { opensAt: toMoment(opensAt), promise: sayPromise(opensAt, at, calendar.timeZone) };
	if (policy.afterHours !== 'onCall') return { plan: { do: policy.afterHours, ...opening }, issues: [] };
	const onCall = whoIsOnCall(record, settings, isAway);
	if (onCall) return { plan: { do: 'onCall', ...opening, onCall }, issues: [] };
	return {
		plan: { do: 'wait', ...opening },
		issues: [{ field: 'routing.team', code: 'NOBODY_ON_CALL', message: `SLA policy ${policy.name.slice(0, 60)} wants somebody on call, and nobody of the team is, so the clock waits for the opening`, severity: 'warning' }],
	};
}

function whoIsOnCall({ routing }: HandoffRecord, { teams, members, onCall }: ActivationSettings, isAway: (id: string) => boolean): Person | undefined {
	const team = teams.find(({ name }) => name === routing?.team);
	return (team?.onCall ?? onCall ?? []).filter((id) => !isAway(id)).map((id) => findMember(members, id)).find((person) => person !== undefined);
}
