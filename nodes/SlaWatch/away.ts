import { findAbsence } from '../lead/route/availability';
import type { ClientSettings } from '../lead/settings/clientSettings';

/** Whether a member is on leave or not active; who is merely outside working hours is not. */
export function isAway(id: string, { members, timeZone }: Pick<ClientSettings, 'members' | 'timeZone'>, at: number): boolean {
	const member = members.find((one) => one.id === id);
	return member !== undefined && findAbsence(member, { people: { members, teams: [], fallbackOwner: '', timeZone }, team: undefined, at: new Date(at) }) !== undefined;
}
