import { cutAt } from '../../shorten';
import { plainSlack } from '../../slackText';
import type { ReportModel } from './reportModel';

/** A block of Slack's Block Kit, as far as reports use it. */
export type SlackBlock =
	| { type: 'header'; text: { type: 'plain_text'; text: string } }
	| { type: 'section'; text?: { type: 'mrkdwn'; text: string }; fields?: { type: 'mrkdwn'; text: string }[] }
	| { type: 'context'; elements: { type: 'mrkdwn'; text: string }[] }
	| { type: 'divider' };

/** Slack's own bounds, 2026: https://docs.slack.dev/reference/block-kit/blocks */
const longest = { header: 150, section: 3_000, field: 2_000 };

const marks = { good: ':large_green_circle:', bad: ':red_circle:', none: ':white_circle:' };

/** A report as blocks of a Slack message: the first page, without charts. */
export function slackReport(model: ReportModel): { text: string; blocks: SlackBlock[] } {
	const { words: { text } } = model;
	const title = `${model.client} · ${model.title}`;
	const fields = model.headlines.map(({ label, value, target, passes, before, trend, isClear }) => {
		const turn = trend === 'better' || trend === 'worse' ? ` (${isClear ? (trend === 'better' ? '▲ ' : '▼ ') : ''}${text[trend]})` : '';
		return section(`${passes === null ? marks.none : passes ? marks.good : marks.bad} *${plainSlack(label)}*\n*${plainSlack(value)}*${target === '' ? '' : `  ${plainSlack(target)}`}${before === '' ? '' : `\n${plainSlack(before)}${turn}`}`);
	});
	const list = (title_: string, lines: string[]) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text: cutAt([`*${plainSlack(title_)}*`, ...lines].join('\n'), longest.section) } });
	return {
		text: `${plainSlack(title)}: ${model.headlines.map(({ label, value }) => `${plainSlack(label)} ${plainSlack(value)}`).join(', ')}`,
		blocks: [
			{ type: 'header', text: { type: 'plain_text', text: cutAt(title, longest.header) } },
			context([model.period, model.leads, ...(model.test ? [text.testLeads] : [])]),
			{ type: 'section', fields },
			list(text.actions, model.actions.map((action, place) => `${place + 1}. ${plainSlack(action)}`)),
			list(model.changesTitle, (model.changes.length === 0 ? [text.nothingChanged] : model.changes.map((change) => change.text)).map((line) => `• ${plainSlack(line)}`)),
			context([model.madeAt]),
		],
	};
}

function section(text: string): { type: 'mrkdwn'; text: string } {
	return { type: 'mrkdwn', text: cutAt(text, longest.field) };
}

export function context(lines: string[]): SlackBlock {
	return { type: 'context', elements: lines.map((line) => ({ type: 'mrkdwn', text: plainSlack(line) })) };
}
