import { DateTime } from 'luxon';
import { cutAt } from '../../shorten';
import { plainSlack } from '../../slackText';
import type { Moment } from '../../handoffRecord';
import type { MetricName } from '../../metricNames';
import { saidIn } from '../sayFigure';
import type { Metric, Scorecard } from '../scorecard';
import { wordsOf } from '../words/wordsOf';
import type { ReportWords } from '../words/reportWords';
import { escapeHtml } from '../../escapeHtml';
import { fill } from '../../fill';
import { sayLeads } from './reportModel';
import { page } from './reportPage';
import { context, type SlackBlock } from './slackReport';

/** One client as the overview of an agency needs it. */
export interface OverviewClient {
	key: string;
	name: string;
	mode: 'test' | 'live';
	timeZone: string;
	card: Pick<Scorecard, 'leads' | 'previous' | 'metrics'>;
	lastLeadAt: Moment | null;
	/** Business hours since then, else since the client went live; null where that is unknown. */
	quietHours: number | null;
	/** From how many on it is an alarm. */
	noLeadHours: number;
}

/** `red`: act now. `amber`: look at it. `green`: as it should be. `test`: the client is not live. */
export type OverviewStatus = 'red' | 'amber' | 'green' | 'test';

export interface OverviewRow {
	client: string;
	name: string;
	status: OverviewStatus;
	/** Why, in words; the most urgent first. */
	because: string;
	leads: number;
	previousLeads: number | null;
	medianFirstResponse: string | null;
	contactedWithinSla: string | null;
	contactRate: string | null;
	meetingRate: string | null;
	routingAccuracy: string | null;
	lastLeadAt: Moment | null;
	hoursWithoutLead: number | null;
	/** Whether a live client has gone without a lead for as many business hours as its settings allow. */
	isQuiet: boolean;
}

const shown = ['medianFirstResponse', 'contactedWithinSla', 'contactRate', 'meetingRate', 'routingAccuracy'] as const satisfies readonly MetricName[];
/** Figures that cost leads at once when they miss their target. */
const urgent = new Set<MetricName>(['noOwnerRate', 'contactedWithinSla', 'medianFirstResponse', 'highIntentUnder5']);
const order: OverviewStatus[] = ['red', 'amber', 'green', 'test'];
/** Slack takes 50 blocks a message. */
const mostSlackClients = 40;
const slackMarks: Record<OverviewStatus, string> = { red: ':red_circle:', amber: ':large_yellow_circle:', green: ':large_green_circle:', test: ':white_circle:' };

/** One row for each client, those that need somebody first. */
export function overviewRows(clients: readonly OverviewClient[], language: string): OverviewRow[] {
	const words = wordsOf(language);
	const rows = clients.map((client) => overviewRow(client, words));
	return rows.sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status) || (a.name < b.name ? -1 : 1));
}

function overviewRow({ key, name, mode, card, lastLeadAt, quietHours, noLeadHours }: OverviewClient, words: ReportWords): OverviewRow {
	const say = saidIn(words);
	const told = (metric: Metric | undefined) => (metric?.value == null ? null : say(metric.value, metric.unit, metric.currency));
	const failed = card.metrics.filter(({ passes }) => passes === false).sort((a, b) => Number(urgent.has(b.name)) - Number(urgent.has(a.name)));
	const worse = card.metrics.filter(({ trend, isClear, passes }) => trend === 'worse' && isClear && passes !== false);
	const isQuiet = mode === 'live' && quietHours !== null && quietHours >= noLeadHours;
	const status: OverviewStatus = mode === 'test' ? 'test' : isQuiet || failed.some((metric) => urgent.has(metric.name)) ? 'red' : failed.length > 0 || worse.length > 0 || card.leads === 0 ? 'amber' : 'green';
	const reasons = mode === 'test' ? [words.text.inTest] : [
		...(isQuiet ? [fill(words.text.quiet, { n: new Intl.NumberFormat(words.locale, { maximumFractionDigits: 0 }).format(quietHours) })] : []),
		...failed.map((metric) => `${words.metrics[metric.name]} ${told(metric)}`),
		...worse.map((metric) => `${words.metrics[metric.name]} ${told(metric)} (${words.text.worse})`),
	];
	return {
		client: key, name, status,
		because: reasons.slice(0, 3).join('; ') || (card.leads === 0 ? words.text.noLeads : words.text.allGood),
		leads: card.leads, previousLeads: card.previous?.leads ?? null,
		...(Object.fromEntries(shown.map((metric) => [metric, told(card.metrics.find((one) => one.name === metric))])) as Record<(typeof shown)[number], string | null>),
		lastLeadAt, hoursWithoutLead: quietHours === null ? null : Math.round(quietHours * 10) / 10, isQuiet,
	};
}

export interface OverviewPage {
	language: string;
	timeZone: string;
	madeAt: Moment;
}

/** The overview as one HTML file, as `reportPage` makes them. */
export function overviewPage(rows: readonly OverviewRow[], { language, timeZone, madeAt }: OverviewPage): string {
	const words = wordsOf(language);
	const { text } = words;
	const at = (moment: Moment) => DateTime.fromISO(moment, { zone: timeZone, locale: words.locale }).toLocaleString(DateTime.DATETIME_MED);
	const head = [text.client, text.status, text.pathSteps.leads, ...shown.map((name) => words.metrics[name]), text.lastLead]
		.map((name, place) => `<th${place > 2 ? ' class="less"' : ''}${place === 1 ? ' style="text-align:left"' : ''}>${escapeHtml(name)}</th>`).join('');
	const body = rows.map((row) => `<tr class="is-${row.status}"><td class="name"><strong>${escapeHtml(row.name)}</strong></td>
<td class="note"><span class="mark ${mark(row.status)}">${escapeHtml(statusWord(row.status, words))}</span>${row.status === 'test' ? '' : `<div>${escapeHtml(row.because)}</div>`}</td>
<td>${escapeHtml(new Intl.NumberFormat(words.locale).format(row.leads))}${row.previousLeads === null ? '' : `<small class="line">${escapeHtml(`${text.before} ${row.previousLeads}`)}</small>`}</td>
${shown.map((name) => `<td class="less">${escapeHtml(row[name] ?? '–')}</td>`).join('')}<td class="less">${escapeHtml(row.lastLeadAt === null ? text.never : at(row.lastLeadAt))}</td></tr>`).join('');
	const counts = order.filter((status) => rows.some((row) => row.status === status)).map((status) => `<span class="mark ${mark(status)}">${rows.filter((row) => row.status === status).length} ${escapeHtml(statusWord(status, words))}</span>`).join(' ');
	return page({
		title: text.overviewTitle, language,
		body: `<header><div><h1>${escapeHtml(text.overviewTitle)}</h1><p class="sub">${escapeHtml(at(madeAt))}</p></div><div class="count">${counts}</div></header>
<section class="card overview"><div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div></section>`,
		footer: [],
	});
}

/** The overview as blocks of a Slack message, a line or two for each client. */
export function overviewSlack(rows: readonly OverviewRow[], { language, timeZone, madeAt }: OverviewPage): { text: string; blocks: SlackBlock[] } {
	const words = wordsOf(language);
	const { text } = words;
	const counts = order.flatMap((status) => {
		const count = rows.filter((row) => row.status === status).length;
		return count === 0 ? [] : [`${count} ${statusWord(status, words)}`];
	}).join(', ');
	const at = DateTime.fromISO(madeAt, { zone: timeZone, locale: words.locale }).toLocaleString(DateTime.DATETIME_MED);
	return {
		text: `${text.overviewTitle}: ${counts}`,
		blocks: [
			{ type: 'header', text: { type: 'plain_text', text: text.overviewTitle } },
			context([at, counts]),
			...rows.slice(0, mostSlackClients).map((row): SlackBlock => ({
				type: 'section',
				text: { type: 'mrkdwn', text: cutAt(`${slackMarks[row.status]} *${plainSlack(row.name)}* · ${plainSlack(sayLeads(row.leads, words))}\n${plainSlack(row.because)}`, 3_000) },
			})),
			...(rows.length > mostSlackClients ? [context([`+ ${rows.length - mostSlackClients}`])] : []),
		],
	};
}

/** Class of the page's style. */
function mark(status: OverviewStatus): string {
	return status === 'test' ? 'off' : status;
}

function statusWord(status: OverviewStatus, { text }: ReportWords): string {
	return status === 'test' ? text.inTest : text[status];
}
