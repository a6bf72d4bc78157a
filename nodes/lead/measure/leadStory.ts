import { DateTime } from 'luxon';
import type { ClockStatus, Enrichment, Intent, Match, Moment, Owner, Routing, Sla, Stage } from '../handoffRecord';
import { eventTypes, isEventType } from './eventTypes';

/** What is known of one lead; the ledger's lead stories are of this shape. */
export interface LeadHistory {
	openedAt: Moment;
	lastTouchAt: Moment;
	/** Enquiries so far, from 1. */
	touches: number;
	status: 'open' | 'closed';
	queue: string | null;
	owner: Pick<Owner, 'name'> | null;
	/** Furthest state of its submissions. */
	state: string;
	events: { type: string; at: Moment; by: string | null; detail: Record<string, unknown> }[];
	reviewItems: { stage: Stage | 'sample'; reasons: string[]; openedAt: Moment; settledAt: Moment | null }[];
	/** Newest decision of each stage. */
	decisions: {
		clean?: { match: Match };
		enrich?: { enrichment: Enrichment };
		classify?: { intent: Intent };
		'route.hard'?: { routing: Routing };
		route?: { routing: Routing };
		activate?: { sla: Sla };
	};
	clock: { status: ClockStatus; dueAt: Moment } | null;
}

interface Told {
	at: Moment;
	text: string;
}

/**
 * The lead's story in plain sentences, oldest first: `2026-11-20 18:30 Opened as lead of a new person: …`.
 * Decisions stand where the lead was opened, in the order of the stages, because they follow within seconds.
 *
 * @param timeZone - Zone of the written times, e.g. `Europe/London`.
 */
export function leadStory(lead: LeadHistory, timeZone: string): string[] {
	const told: Told[] = [
		{ at: lead.openedAt, text: 'Lead opened' },
		...decisionsTold(lead).map((text) => ({ at: lead.openedAt, text })),
		...(lead.touches > 1 ? [{ at: lead.lastTouchAt, text: `Latest of ${lead.touches} enquiries` }] : []),
		...lead.events.flatMap((event) => eventTold(event)),
		...lead.reviewItems.flatMap((item) => [
			{ at: item.openedAt, text: `Review asked for (${item.stage}): ${item.reasons.join('; ')}` },
			...(item.settledAt === null ? [] : [{ at: item.settledAt, text: `Review settled (${item.stage})` }]),
		]),
	];
	// stable: what has the same moment keeps the order above
	told.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
	const write = (at: Moment) => DateTime.fromISO(at, { zone: timeZone }).toFormat('yyyy-MM-dd HH:mm');
	return [...told.map(({ at, text }) => `${write(at)} ${text}`), `Now ${nowTold(lead, write)}`];
}

function decisionsTold({ decisions, touches }: LeadHistory): string[] {
	const { clean, enrich, classify, route, activate } = decisions;
	const hard = decisions['route.hard']?.routing;
	const lines: string[] = [];
	if (clean) lines.push(withReasons(`${touches > 1 ? 'Latest enquiry matched' : 'Matched'} as ${clean.match.verdict}`, clean.match.because));
	if (enrich) lines.push(lookedUpTold(enrich.enrichment));
	if (hard) lines.push(withReasons(`Hard rules chose queue ${hard.queue}`, hard.because));
	if (classify) {
		const { name, engine, confidence, because, score, scoreBecause = [] } = classify.intent;
		lines.push(withReasons(`Read as ${name} by ${engine}${confidence === undefined ? '' : `, confidence ${confidence.toFixed(2)}`}`, because));
		if (score !== undefined) lines.push(withReasons(`Scored ${score} of 100`, scoreBecause));
	}
	if (route) {
		const { queue, owner, because } = route.routing;
		lines.push(withReasons(`Routed to queue ${queue}, owner ${owner?.name ?? 'nobody'}`, because));
	}
	if (activate) lines.push(withReasons(`Clock started with policy ${activate.sla.policy}`, activate.sla.because));
	return lines;
}

function lookedUpTold({ service, filled, because }: Enrichment): string {
	const names = Object.keys(filled).map((path) => inWords(path.slice(path.lastIndexOf('.') + 1)).toLowerCase());
	return withReasons(`Looked up at ${service}: ${names.length === 0 ? 'nothing new' : names.join(', ')}`, because);
}

function eventTold({ type, at, by, detail }: LeadHistory['events'][number]): Told[] {
	const said = isEventType(type) ? eventTypes[type].said : inWords(type);
	const details = Object.entries(detail)
		.filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
		.map(([name, value]) => `${inWords(name).toLowerCase()} ${String(value)}`);
	return [{ at, text: `${said}${by === null ? '' : ` by ${by}`}${details.length === 0 ? '' : `: ${details.join(', ')}`}` }];
}

function nowTold(lead: LeadHistory, write: (at: Moment) => string): string {
	const who = `with ${lead.owner?.name ?? 'no owner'} in ${lead.queue === null ? 'no queue' : `queue ${lead.queue}`}`;
	const clock = lead.clock === null ? 'no clock' : `first answer ${clockWords[lead.clock.status]} (due ${write(lead.clock.dueAt)})`;
	return `${lead.status}, ${who}, ${clock}`;
}

const clockWords: Record<ClockStatus, string> = {
	running: 'awaited', at_risk: 'at risk', paused: 'paused', met: 'given in time', met_late: 'given late', breached: 'overdue',
};

function withReasons(text: string, because: readonly string[]): string {
	return because.length === 0 ? text : `${text}: ${because.join('; ')}`;
}

/** `meetingBooked` as `Meeting booked`. */
function inWords(name: string): string {
	const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
	return words.charAt(0).toUpperCase() + words.slice(1);
}
