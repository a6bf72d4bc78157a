import { escapeHtml as safe } from '../../escapeHtml';
import { fill } from '../../fill';
import type { Moment } from '../../handoffRecord';
import { page } from '../report/reportPage';
import type { AutomationStage } from './automation';
import type { Playbook } from './playbook';
import { englishPlaybook } from '../words/playbook/english';
import type { PlaybookWords } from '../words/playbookWords';

const stageMarks: Record<AutomationStage, string> = { now: 'good', next: 'warn', later: '', never: 'bad' };
/** Rules beyond these are counted: nobody reads a longer list, and the page stays small. */
const mostRules = 150;
const mostTeams = 100;

/** A playbook as one HTML file that needs nothing else; every text is escaped. The words are those of the playbook. */
export function playbookPage(book: Playbook, { language, logo, madeAt, words = englishPlaybook }: { language: string; logo?: string; madeAt: Moment; words?: PlaybookWords }): string {
	const { text: t, columns: c } = words;
	const named = (...names: (keyof PlaybookWords['columns'])[]) => names.map((name) => c[name]);
	const title = `${book.client} · ${t.title}`;
	const body = `
<header>${logo === undefined ? '' : `<img src="${safe(logo)}" alt="">`}<div><h1>${safe(title)}</h1><p class="sub">${safe(book.version)} · ${safe(book.period)}</p></div></header>
${book.warnings.map((warning) => `<p class="test">${safe(warning)}</p>`).join('')}
<div class="two">${section(t.path, delays(book, words))}${section(t.figures, list(book.figures, t.noFigures))}</div>
<div class="grid">
${section(t.stages, table(named('stage', 'definition', 'owner'), book.stages.map(({ stage, definition, owner }) => [safe(stage), safe(definition), owner === null ? `<span class="mark bad">${safe(t.nobody)}</span>` : safe(owner)])))}
${section(t.rules, rules(book, words))}
${section(t.teams, book.teams.length === 0 ? note(t.noTeams) : table(named('team', 'members', 'hours', 'turns', 'nobodyThere'), book.teams.slice(0, mostTeams).map((team) => [team.team, team.members, team.hours, team.turns, team.nobodyThere].map(safe))) + more(book.teams.length - mostTeams, t.moreTeams))}
${section(t.policies, table(named('policy', 'says'), book.policies.map(({ name, sentence }) => [safe(name), safe(sentence)])))}
${section(t.automation, table(named('step', 'when', 'frequency', 'risk', 'payoff', 'review'), book.automation.map((row) => [
		safe(row.what), `<span class="mark ${stageMarks[row.when]}">${safe(words.automationWhen[row.when])}</span>`, safe(row.frequency), `<span class="mark${row.risk === 'high' ? ' bad' : ''}">${safe(words.risks[row.risk])}</span>`, safe(row.payoff), safe(row.review),
	])))}
${section(t.reviews, list(book.reviews, ''))}
${section(t.fields, table(named('field', 'meaning', 'required'), book.fields.map(({ field, meaning, required }) => [`<code>${safe(field)}</code>`, safe(meaning), required ? `<span class="mark good">${safe(t.required)}</span>` : ''])))}
${section(t.approved, `<div class="sign">${[t.marketing, t.sales].map((who) => `<div><b>${safe(who)}</b>${[t.name, t.date, t.signature].map((line) => `<span>${safe(line)}</span>`).join('')}</div>`).join('')}</div>${note(fill(t.validFor, { n: String(book.versionNumber) }))}`)}
</div>`;
	const style = `<style>${playbookStyle}</style>`;
	return page({ title, language, body: style + body, footer: [fill(t.made, { at: madeAt.slice(0, 16).replace('T', ' ') })] });
}

/** Tables of words: cells wrap, and on a phone each row becomes a card with the names of its columns. */
const playbookStyle = `
.words td, .words th { text-align: left; white-space: normal; vertical-align: top; overflow-wrap: anywhere; } .words td:first-child { font-weight: 600; min-width: 110px; } .words code { font-size: 13px; } .rule { font-weight: 400; }
.sign { display: grid; grid-template-columns: 1fr 1fr; gap: 24px; } .sign div { display: grid; gap: 26px; } .sign span { border-top: 1px solid var(--muted); color: var(--muted); font-size: 12.5px; padding-top: 3px; }
@media (max-width: 700px) { .words thead { display: none; } .words tr { display: block; padding: 8px 0; border-bottom: 1px solid var(--line); } .words td { display: block; border: 0; padding: 2px 0; } .words td[data-name]:not(:first-child)::before { content: attr(data-name) ": "; color: var(--muted); font-size: 12.5px; } .words td:empty { display: none; } .sign { grid-template-columns: 1fr; } }
@media print { .sign { break-inside: avoid; } }
`;

function section(title: string, inner: string): string {
	return `<section class="card"><h2>${safe(title)}</h2>${inner}</section>`;
}

function note(given: string): string {
	return `<p class="sub">${safe(given)}</p>`;
}

/** @param rows - Cells as HTML. */
function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
	const body = rows.map((cells) => `<tr>${cells.map((cell, place) => `<td data-name="${safe(columns[place])}">${cell}</td>`).join('')}</tr>`).join('');
	return `<div class="wide"><table class="words"><thead><tr>${columns.map((column) => `<th>${safe(column)}</th>`).join('')}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function list(lines: readonly string[], whenNone: string): string {
	return lines.length === 0 ? note(whenNone) : `<ul>${lines.map((line) => `<li>${safe(line)}</li>`).join('')}</ul>`;
}

function delays({ delays: rows }: Playbook, { text, columns }: PlaybookWords): string {
	if (rows.length === 0) return note(text.noDelays);
	return table([columns.waits, columns.middle, columns.leads, columns.share], rows.map(({ step, median, leads, share }) => [safe(step), safe(median), safe(leads), `${Math.round(share * 100)}&nbsp;%<span class="share"><i style="width:${Math.round(share * 1000) / 10}%"></i></span>`]));
}

function rules({ rules: all, otherwise }: Playbook, { text }: PlaybookWords): string {
	const shown = all.slice(0, mostRules).map(({ name, tier, sentence }) => `<li><b>${safe(name)}</b> <span class="mark${tier === 'hard' ? '' : ' warn'}">${safe(text[tier])}</span><br><span class="rule">${safe(sentence)}</span></li>`);
	return `${shown.length === 0 ? '' : `<ol>${shown.join('')}</ol>`}${more(all.length - mostRules, text.moreRules)}${note(`${otherwise} ${text.hardFirst}`)}`;
}

function more(count: number, words: string): string {
	return count > 0 ? note(fill(words, { n: String(count) })) : '';
}
