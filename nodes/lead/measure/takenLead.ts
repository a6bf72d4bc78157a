import { DateTime } from 'luxon';
import type { Moment, Owner } from '../handoffRecord';
import { plainWords } from '../shorten';

/**
 * What became of somebody's wish to have a lead. `already`: who wishes took it before. `earlier`: its owner took or answered
 * it before. `closed`: nothing is to be taken any more. `unknown`: there is no such lead.
 */
export type TakeResult =
	| { status: 'taken'; before: Owner | null }
	| { status: 'already' | 'earlier'; owner: Owner; event: 'accepted' | 'contacted'; at: Moment }
	| { status: 'closed' | 'unknown' };

/** Whether the lead was given, and if not, who was first and when: `Mia Stone was first: taken on Fri 20 Nov 18:30`. */
export function tellTake(result: TakeResult, timeZone: string): string {
	if (result.status === 'taken') return result.before === null ? 'Taken' : `Taken from ${plainWords(result.before.name, 60)}`;
	if (!('owner' in result)) return result.status === 'closed' ? 'The lead is closed, so nobody can take it' : 'This client has no such lead';
	const when = DateTime.fromISO(result.at, { zone: timeZone, locale: 'en-GB' }).toFormat('ccc d LLL HH:mm');
	const what = `${result.event === 'accepted' ? 'taken' : 'answered'} on ${when}`;
	return `${plainWords(result.owner.name, 60)} ${result.status === 'already' ? 'has it already' : 'was first'}: ${what}`;
}
