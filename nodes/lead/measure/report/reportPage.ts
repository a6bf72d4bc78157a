import { fill } from '../../fill';
import type { Chart, DrawChart } from './chart';
import { escapeHtml as safe } from '../../escapeHtml';
import { pageStyle } from './pageStyle';
import type { FigureRow, Headline, ReportModel, SplitTable } from './reportModel';

/** Widths at which a chart is drawn: beside another on a desk, and alone on a phone. */
const widths = { desk: 500, narrow: 330 };

/**
 * A report as one HTML file that needs nothing else: no script, no font, no picture from elsewhere but the client's logo.
 * Every text is escaped.
 */
export function reportPage(model: ReportModel, draw: DrawChart): string {
	const { words: { text }, client } = model;
	const body = `
<header>${model.logo === undefined ? '' : `<img src="${safe(model.logo)}" alt="">`}
<div><h1>${safe(client)} · ${safe(model.title)}</h1><p class="sub">${safe(model.period)}${model.comparedWith === null ? '' : `, ${safe(model.comparedWith)}`}</p></div>
<div class="count">${safe(model.leads)}</div></header>
${model.test ? `<p class="test">${safe(text.testLeads)}</p>` : ''}
<div class="five">${model.headlines.map((headline) => card(headline, text)).join('')}</div>
<div class="two"><section class="card todo"><h2>${safe(text.actions)}</h2><ol>${model.actions.map((action) => `<li>${safe(action)}</li>`).join('')}</ol></section>
<section class="card"><h2>${safe(model.changesTitle)}</h2><ul class="plain">${(model.changes.length === 0 ? [{ text: text.nothingChanged, trend: null }] : model.changes).map((change) => `<li>${safe(change.text)} ${trendWord(change.trend, true, text)}</li>`).join('')}</ul></section></div>
<div class="two">${model.charts.map((chart) => figure(chart, draw)).join('')}</div>
<section class="card rest"><h2>${safe(text.allFigures)}</h2>${model.figures.length === 0 ? '' : figureTable(model.figures, text)}${unmeasured(model)}</section>
<div class="grid tables">${model.tables.map((table) => `<section class="card"><h2>${safe(table.title)}</h2>${splitTable(table)}</section>`).join('')}</div>
${causes(model)}`;
	return page({ title: `${client} · ${model.title}`, language: model.language, body, footer: [model.madeAt, ...(model.hasNames ? [] : [text.privacy])] });
}

/** A page of the house's style around a body whose texts are escaped. */
export function page({ title, language, body, footer }: { title: string; language: string; body: string; footer: string[] }): string {
	return `<!doctype html>
<html lang="${safe(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data: https:">
<meta name="referrer" content="no-referrer"><title>${safe(title)}</title><style>${pageStyle}</style></head>
<body><main>${body}
<footer>${footer.map((line) => `<span>${safe(line)}</span>`).join('')}</footer></main></body></html>
`;
}

function unmeasured({ unmeasured: labels, words: { text } }: ReportModel): string {
	return labels.length === 0 ? '' : `<p class="sub">${safe(`${text.notMeasured}: ${labels.join(', ')}`)}</p>`;
}

type Text = ReportModel['words']['text'];

function card({ label, value, isMeasured, target, passes, before, trend, isClear, note }: Headline, text: Text): string {
	const state = passes === null ? '' : passes ? ' pass' : ' fail';
	const mark = passes === null ? '' : ` <span class="mark ${passes ? 'good' : 'bad'}">${passes ? '✓' : '✕'} ${safe(passes ? text.reached : text.missed)}</span>`;
	return `<div class="card${state}"><div class="name">${safe(label)}</div><div class="value${isMeasured ? '' : ' none'}">${safe(value)}</div>
<div class="more"><div>${safe(target)}${mark}</div><div>${safe(before)} ${trendWord(trend, isClear, text)}</div><div>${safe(note)}</div></div></div>`;
}

/** An arrow is never alone: which way is good differs from figure to figure. */
function trendWord(trend: Headline['trend'], isClear: boolean, text: Text): string {
	if (trend === null) return '';
	if (trend === 'same' || !isClear) return `<span class="trend">${safe(trend === 'same' ? text.same : trend === 'better' ? text.better : text.worse)}</span>`;
	return `<span class="trend ${trend}">${trend === 'better' ? '▲' : '▼'} ${safe(trend === 'better' ? text.better : text.worse)}</span>`;
}

const lineColours = ['main', 'second', 'third'];
const dashes = ['solid', 'dashed', 'dotted'];

function figure(chart: Chart, draw: DrawChart): string {
	const legend = chart.kind !== 'lines' ? '' : `<ul class="legend">${chart.lines.map(({ name }, place) => `<li><b style="border-color:var(--${lineColours[place % 3]});border-top-style:${dashes[place % 3]}"></b>${safe(name)}</li>`).join('')}</ul>`;
	const drawn = { ...chart, title: safe(chart.title) };
	return `<figure class="card"><figcaption>${drawn.title}</figcaption>${legend}<div class="desk">${draw(drawn, widths.desk)}</div><div class="narrow">${draw(drawn, widths.narrow)}</div></figure>`;
}

function figureTable(figures: readonly FigureRow[], text: Text): string {
	const head = [text.figure, text.value, text.target, text.before, text.trend].map((name, place) => `<th${place === 2 || place === 3 ? ' class="less"' : ''}>${safe(name)}</th>`).join('');
	const rows = figures.map(({ label, value, target, passes, before, trend, isClear, note }) => `<tr><td class="name">${safe(label)}</td><td${stateOf(passes)}>${safe(value)}<small class="only">${safe(target)}</small></td><td class="less">${safe(target)}</td>
<td class="less">${safe(before)}</td><td>${trendWord(trend, isClear, text)}</td><td class="note less">${safe(note)}</td></tr>`);
	return `<div class="wide"><table><thead><tr>${head}<th class="note less">${safe(text.restsOn)}</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function splitTable({ columns, rows }: SplitTable): string {
	const lessFrom = 3;
	const less = (place: number) => (place >= lessFrom ? ' less' : '');
	const head = columns.map((name, place) => `<th class="c${less(place)}">${safe(name)}</th>`).join('');
	const body = rows.map(({ name, share, cells }) => `<tr><td class="name">${safe(name)}<span class="share"><i style="width:${Math.round(share * 1000) / 10}%"></i></span></td>${cells
		.map(({ text, passes }, place) => `<td class="${passes === false ? 'bad' : passes ? 'good' : ''}${less(place)}">${text.split(' + ').map((line) => `<span class="line">${safe(line)}</span>`).join('')}</td>`).join('')}</tr>`).join('');
	return `<div class="wide"><table><thead><tr><th></th>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function stateOf(passes: boolean | null): string {
	return passes === null ? '' : ` class="${passes ? 'good' : 'bad'}"`;
}

function causes({ causes: list, words: { text } }: ReportModel): string {
	if (list.length === 0) return '';
	return `<section class="card"><h2>${safe(text.causesTitle)}</h2><ul>${list.map(({ name, leads }) => `<li>${safe(name)}: ${safe(leads === 1 ? text.lead : fill(text.leads, { n: String(leads) }))}</li>`).join('')}</ul></section>`;
}
