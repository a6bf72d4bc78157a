import { DateTime } from 'luxon';
import type { ClockStatus, Moment } from '../handoffRecord';
import { plainWords } from '../shorten';
import { english } from './words/english';
import type { ReportWords } from './words/reportWords';

/** What is known of the way of one lead. */
export interface LeadWay {
	/** As it is named, e.g. `Jane Doe of Acme`. */
	lead: string;
	formTool: string | null;
	/** e.g. `google / autumn`. */
	source: string | null;
	submittedAt?: Moment;
	receivedAt: Moment;
	/** When its clock started to run in n8n: the end of the handoff. */
	activatedAt?: Moment;
	/** When it was in the CRM. */
	crmAt?: Moment;
	queue: string | null;
	/** Why it is where it is, in words. */
	because: readonly string[];
	/** Everybody who had it, in order; the first since it was received. */
	owners: readonly { name: string; since: Moment; because?: string }[];
	/** Its first response clock. */
	clock?: { status: ClockStatus; dueAt: Moment; targetMinutes?: number; respondedAt: Moment | null; respondedBy: string | null };
}

/** A part of the wait, in the order in which they pass; `minutes` to one decimal. */
export interface WaitPart {
	part: 'formTool' | 'n8n' | 'crm' | 'closedHours' | 'owner';
	/** Set for `owner`. */
	owner?: string;
	minutes: number;
	/** e.g. `12 min with Mia Stone`. */
	words: string;
}

export interface Explanation {
	/** One paragraph in plain words, on one line, without links, mentions or markup. */
	text: string;
	wait: { minutes: number; parts: WaitPart[] };
}

export interface ExplainOptions {
	/** Until when an unanswered lead has waited, epoch milliseconds. */
	now: number;
	timeZone: string;
	/** Milliseconds of working time between two moments, by the lead's calendar. */
	openBetween: (from: number, to: number) => number;
}

/**
 * Why this owner, and why so late: the wait from the form to the first human answer is split into the form tool, n8n, the
 * CRM, hours in which the team was not there, and working time with each owner. The parts add up to the whole.
 */
export function explainLead(way: LeadWay, options: ExplainOptions): Explanation {
	const { wait, end } = splitWait(way, options);
	const say = (at: Moment | number) => DateTime.fromMillis(typeof at === 'number' ? at : Date.parse(at), { zone: options.timeZone, locale: 'en-GB' }).toFormat('ccc d LLL HH:mm');
	const owner = way.owners.at(-1);
	const sentences = [
		`${plainWords(way.lead, 120)} came in on ${say(way.receivedAt)}${way.formTool === null ? '' : ` through ${plainWords(way.formTool, 40)}`}${way.source === null ? '' : ` (${plainWords(way.source, 80)})`}`,
		owner === undefined ? 'Nobody has it yet' : `${plainWords(owner.name, 60)} has it in queue ${plainWords(way.queue ?? 'none', 60)}${way.because.length === 0 ? '' : ` because ${plainWords(way.because.join('; '), 400)}`}`,
		...way.owners.slice(1).map(({ name, since, because }) => `It went to ${plainWords(name, 60)} on ${say(since)}${because === undefined ? '' : `: ${plainWords(because, 200)}`}`),
		answered(way, say, end),
		wait.parts.length === 0 ? '' : `Of ${sayDuration(wait.minutes)} in all, ${sayList(wait.parts.map(({ words }) => words))}`,
	];
	return { text: `${sentences.filter((sentence) => sentence !== '').join('. ')}.`, wait };
}

function answered({ clock, owners }: LeadWay, say: (at: Moment | number) => string, end: number): string {
	if (!clock) return 'No clock runs for it';
	const due = `due ${say(clock.dueAt)}`;
	if (clock.respondedAt !== null) {
		const by = clock.respondedBy === null ? '' : ` by ${plainWords(clock.respondedBy, 60)}`;
		return `It was first answered on ${say(clock.respondedAt)}${by}, ${Date.parse(clock.respondedAt) <= Date.parse(clock.dueAt) ? 'in time' : 'late'} (${due})`;
	}
	if (clock.status === 'paused') return `It is not answered yet; its clock stands still (${due})`;
	return `It is not answered yet, ${end > Date.parse(clock.dueAt) ? 'and late' : 'and still in time'} (${due})${owners.length === 0 ? ', and nobody has it' : ''}`;
}

function splitWait(way: LeadWay, { now, openBetween }: ExplainOptions): { wait: Explanation['wait']; end: number } {
	const receivedAt = Date.parse(way.receivedAt);
	const start = way.submittedAt === undefined ? receivedAt : Math.min(Date.parse(way.submittedAt), receivedAt);
	const end = Math.max(start, way.clock?.respondedAt ? Date.parse(way.clock.respondedAt) : now);
	const within = (moment: number) => Math.min(Math.max(moment, start), end);
	const parts: WaitPart[] = [];
	const add = (part: WaitPart['part'], ms: number, words: string, owner?: string) => {
		if (ms >= 1_000) parts.push({ part, ...(owner === undefined ? {} : { owner }), minutes: toMinutes(ms), words });
	};
	const received = within(receivedAt);
	add('formTool', received - start, `the form tool took ${sayMs(received - start)}`);
	const activated = within(Math.max(received, way.activatedAt === undefined ? received : Date.parse(way.activatedAt)));
	add('n8n', activated - received, `n8n ${sayMs(activated - received)}`);
	// what was written to the CRM long after the handoff held nobody up
	const inCrm = way.crmAt === undefined ? activated : within(Math.max(activated, Date.parse(way.crmAt)));
	const crm = inCrm < end && inCrm - activated < longestCrmMs ? inCrm : activated;
	add('crm', crm - activated, `the CRM ${sayMs(crm - activated)}`);
	const open = openBetween(crm, end);
	add('closedHours', end - crm - open, `${sayMs(end - crm - open)} were outside working hours`);
	way.owners.forEach(({ name }, index) => {
		const from = Math.max(crm, index === 0 ? crm : within(Date.parse(way.owners[index].since)));
		const to = index + 1 < way.owners.length ? Math.max(crm, within(Date.parse(way.owners[index + 1].since))) : end;
		const ms = to > from ? openBetween(from, to) : 0;
		add('owner', ms, `${sayMs(ms)} of working time passed with ${plainWords(name, 60)}`, name);
	});
	if (way.owners.length === 0) add('owner', open, `${sayMs(open)} of working time passed with nobody`, 'nobody');
	return { wait: { minutes: toMinutes(end - start), parts }, end };
}

/** A later write to the CRM is an update, no part of the handoff. */
const longestCrmMs = 15 * 60_000;

function toMinutes(ms: number): number {
	return Math.round(ms / 6_000) / 10;
}

/** A length of time as people say it in a language: `12 s`, `4.5 min`, `62 h 10 min`, `5 d 2 h`. */
export function sayDuration(minutes: number, words: Pick<ReportWords, 'locale' | 'units'> = english): string {
	return sayMs(minutes * 60_000, words);
}

function sayMs(ms: number, { locale, units: { second, minute, hour, day } }: Pick<ReportWords, 'locale' | 'units'> = english): string {
	const seconds = Math.round(ms / 1000);
	if (seconds < 60) return `${seconds} ${second}`;
	if (seconds < 600) return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(seconds / 60)} ${minute}`;
	const minutes = Math.round(seconds / 60);
	if (minutes < 60) return `${minutes} ${minute}`;
	const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
	if (hours < 96) return rest === 0 ? `${hours} ${hour}` : `${hours} ${hour} ${rest} ${minute}`;
	return hours % 24 === 0 ? `${hours / 24} ${day}` : `${Math.floor(hours / 24)} ${day} ${hours % 24} ${hour}`;
}

function sayList(words: readonly string[]): string {
	return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}
