import { plainLine } from '../shorten';
import { eventTypes, isEventType } from './eventTypes';

/** Events that tell of something that went wrong, and what they are called in a log. */
const kindOfEvent: Readonly<Record<string, 'Misroute' | 'Dispute'>> = {
	misrouted: 'Misroute', ownerCorrected: 'Misroute', routingChecked: 'Misroute',
	rejected: 'Dispute', ownerChanged: 'Dispute', duplicateRefuted: 'Dispute', mergeCorrected: 'Dispute', intentCorrected: 'Dispute',
};

/** Events that are read for the log. */
export const exceptionTypes: readonly string[] = Object.keys(kindOfEvent);

const correctionSaid: Readonly<Record<string, string>> = { ownerCorrected: 'Owner corrected', mergeCorrected: 'Merge taken apart', intentCorrected: 'Intent corrected' };

export interface ToldException {
	/** `Low Confidence`: a decision was made in doubt. */
	kind: 'Misroute' | 'Dispute' | 'Low Confidence';
	/** What happened, on one line. */
	what: string;
}

/** What an exception is called in the log; undefined for a routing that was checked and found right. */
export function tellException({ type, stage, detail, reasons }: { type: string; stage: string | null; detail: Record<string, unknown>; reasons: readonly string[] }): ToldException | undefined {
	if (type === 'doubt') return { kind: 'Low Confidence', what: `In doubt (${stage ?? 'unknown stage'}): ${plainLine(reasons.join('; '), 300)}` };
	const kind = Object.hasOwn(kindOfEvent, type) ? kindOfEvent[type] : undefined;
	if (!kind || (type === 'routingChecked' && detail.right !== false)) return undefined;
	const said = type === 'routingChecked' ? 'Found wrong in the weekly sample' : isEventType(type) ? eventTypes[type].said : (correctionSaid[type] ?? type);
	const word = (name: string) => (typeof detail[name] === 'string' && detail[name] !== '' ? plainLine(detail[name], 80) : undefined);
	const [from, to] = [word('fromQueue') ?? word('from'), word('toQueue') ?? word('rightQueue') ?? word('to') ?? word('newOwner')];
	const way = from !== undefined && to !== undefined ? `from ${from} to ${to}` : to === undefined ? undefined : `to ${to}`;
	const parts = [way, word('reason') ?? word('note')].filter((part) => part !== undefined);
	return { kind, what: parts.length === 0 ? said : `${said}: ${parts.join(', ')}` };
}
