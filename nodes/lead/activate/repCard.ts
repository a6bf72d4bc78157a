import type { HandoffRecord, Intent, RepCard } from '../handoffRecord';
import { countryName } from '../country';
import { escapeHtml } from '../escapeHtml';
import { sheetCells } from '../sheetCells';
import { plainLine, plainWords, shorten } from '../shorten';
import { escapeSlack } from '../slackText';
import { simplifyRecord } from '../simplifyRecord';
import { plainText } from './escalation';
import { sayMinutes, sayMoment } from './moments';

/** A button below the card, e.g. `{ label: 'Claim', url: 'https://…' }`. */
export interface CardLink { label: string; url: string }

/** Slack's own bounds, 2026: https://docs.slack.dev/reference/block-kit/blocks */
const longest = { header: 150, section: 3_000, field: 2_000, button: 75, url: 3_000 };
/** How far a lead is with buying, as a rep would say it. */
const stageWords: Partial<Record<Intent['buyingStage'], string>> = { researching: 'gathering information', comparing: 'comparing offers', ready: 'ready to buy', customer: 'customer already' };
const mostQuotes = 2;
const mostLinks = 5;

/**
 * What the owner of a lead is told: who it is, what they want, how urgent, from where, in their own words, why it is
 * theirs and until when to answer. Whatever the lead typed mentions nobody, links nowhere and marks nothing.
 *
 * @param timeZone Zone of the moment in the card.
 * @param links Buttons in their order, five at most; one that is no `https` or `http` address is left out.
 */
export function writeRepCard(record: HandoffRecord, timeZone: string, links: readonly CardLink[] = []): RepCard {
	const lines = tell(record, timeZone);
	const quotes = (record.intent?.evidence ?? []).slice(0, mostQuotes).map((words) => plainWords(words, 200)).filter((words) => words !== '');
	const buttons = links.filter(({ label, url }) => label.trim() !== '' && isAddress(url)).slice(0, mostLinks);
	const title = titleOf(record);
	const about = plainWords(record.intent?.summary ?? record.lead.message ?? '', 600);
	return {
		title,
		text: [title, ...lines.map(([label, words]) => `${label}: ${words}`), ...(about === '' ? [] : [about])].join('\n'),
		slackText: escapeSlack(title),
		slackBlocks: slackBlocks({ title, lines, about, quotes, buttons, owner: record.routing?.owner?.slackId }),
		html: html({ title, lines, about, quotes, buttons }),
		row: sheetCells({
			receivedAt: record.submission.receivedAt, ...simplifyRecord(record),
			source: record.source.source, campaign: record.source.campaign, message: record.lead.message === null ? null : shorten(record.lead.message, 1_000), submissionId: record.submission.id,
		}),
	};
}

interface Parts { title: string; lines: [string, string][]; about: string; quotes: string[]; buttons: CardLink[] }

function titleOf({ lead, match, run, routing }: HandoffRecord): string {
	const company = plainText(lead.company ?? '');
	const who = plainText(lead.fullName ?? '') || plainLine(lead.email ?? lead.phone ?? '', 80) || 'a lead without a name';
	const kind = routing?.blocked ? 'Blocked' : match?.verdict === 'append' || match?.verdict === 'merge' ? 'Known person asks' : 'New lead';
	return `${run.test ? 'Test: ' : ''}${kind}: ${who}${company === '' ? '' : `, ${company}`}`;
}

function tell({ lead, intent, routing, sla, source, review }: HandoffRecord, timeZone: string): [string, string][] {
	const country = lead.country === null ? '' : countryName(lead.country) ?? plainLine(lead.country, 60);
	const wants = plainWords([intent?.name, lead.serviceInterest].filter(Boolean).join(', '), 120) || 'not said';
	const stage = intent && stageWords[intent.buyingStage];
	const from = plainLine([source.source ?? source.channel, source.medium, source.campaign].filter(Boolean).join(' / '), 200) || 'not known';
	const reach = [lead.email, lead.phone].filter((value) => value !== null).map((value) => plainLine(value, 120)).join(', ');
	const doubts = review.flatMap(({ reasons }) => reasons).map((reason) => plainWords(reason, 160));
	return [
		['Wants', wants],
		['Urgency', intent?.urgency ?? routing?.priority ?? 'normal'],
		...(stage === undefined ? [] : [['Buying stage', stage] as [string, string]]),
		['From', from],
		['Reach', reach === '' ? 'no way to answer' : reach],
		...(country === '' ? [] : [['Country', country] as [string, string]]),
		['Owner', routing?.owner ? plainText(routing.owner.name) : 'nobody yet'],
		...(sla ? [['Answer by', answerBy(sla, timeZone)] as [string, string]] : []),
		['Why you', plainLine(routing?.because.slice(0, 2).join('; ') ?? '', 300) || 'not routed by a rule'],
		...(doubts.length === 0 ? [] : [['Please check', doubts.join('; ')] as [string, string]]),
	];
}

function answerBy({ dueAt, remainingMinutes, afterHours }: NonNullable<HandoffRecord['sla']>, timeZone: string): string {
	const left = remainingMinutes < 0 ? 'overdue' : `${sayMinutes(remainingMinutes)} of working time`;
	return `${sayMoment(Date.parse(dueAt), timeZone)} ${timeZone} (${left})${afterHours?.do === 'onCall' ? ', on call' : ''}`;
}

function slackBlocks({ title, lines, about, quotes, buttons, owner }: Parts & { owner?: string }): RepCard['slackBlocks'] {
	// verbatim: Slack makes no link and no mention of what the lead typed
	const mrkdwn = (text: string) => ({ type: 'mrkdwn', text, verbatim: true });
	const isMember = owner !== undefined && /^[UW][A-Z0-9]{2,20}$/.test(owner);
	const said = ([label, words]: [string, string]) => shorten(`*${label}*\n${escapeSlack(words)}${label === 'Owner' && isMember ? ` <@${owner}>` : ''}`, longest.field);
	const isLong = ([label]: [string, string]) => ['Why you', 'Please check'].includes(label);
	return [
		{ type: 'header', text: { type: 'plain_text', text: shorten(title, longest.header), emoji: false } },
		{ type: 'section', fields: lines.filter((line) => !isLong(line)).map((line) => mrkdwn(said(line))) },
		...(about === '' ? [] : [{ type: 'section', text: mrkdwn(escapeSlack(about)) }]),
		...(quotes.length === 0 ? [] : [{ type: 'section', text: mrkdwn(quotes.map((words) => `>${escapeSlack(words)}`).join('\n')) }]),
		{ type: 'context', elements: lines.filter(isLong).map(([label, words]) => mrkdwn(shorten(`*${label}:* ${escapeSlack(words)}`, longest.section))) },
		...(buttons.length === 0 ? [] : [{
			type: 'actions',
			elements: buttons.map(({ label, url }, place) => ({ type: 'button', action_id: `open-${place + 1}`, url: url.trim(), text: { type: 'plain_text', text: shorten(label.trim(), longest.button), emoji: false } })),
		}]),
	];
}

function html({ title, lines, about, quotes, buttons }: Parts): string {
	const rows = lines.map(([label, words]) => `<tr><th align="left" valign="top" style="padding:2px 12px 2px 0">${label}</th><td>${escapeHtml(words)}</td></tr>`);
	return [
		`<h2>${escapeHtml(title)}</h2>`,
		`<table>${rows.join('')}</table>`,
		...(about === '' ? [] : [`<p>${escapeHtml(about)}</p>`]),
		...quotes.map((words) => `<blockquote>${escapeHtml(words)}</blockquote>`),
		...(buttons.length === 0 ? [] : [`<p>${buttons.map(({ label, url }) => `<a href="${escapeHtml(url.trim())}">${escapeHtml(label.trim())}</a>`).join(' · ')}</p>`]),
	].join('\n');
}

function isAddress(url: string): boolean {
	return url.length <= longest.url && /^https?:\/\/[^\s<>"|]+$/.test(url.trim());
}
