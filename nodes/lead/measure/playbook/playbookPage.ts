import type { Moment } from '../../handoffRecord';
import { escapeHtml as safe } from '../../escapeHtml';
import { page } from '../report/reportPage';
import type { AutomationStage } from './automation';
import type { Playbook } from './playbook';

const stageMarks: Record<AutomationStage, [word: string, mark: string]> = { now: ['Now', 'good'], next: ['Next', 'warn'], later: ['Later', ''], never: ['Never', 'bad'] };
/** Rules beyond these are counted: nobody reads a longer list, and the page stays small. */
const mostRules = 150;
const mostTeams = 100;

/** A playbook as one HTML file that needs nothing else; every text is escaped. English, because it is signed by people who speak to each other in it. */
export function playbookPage(book: Playbook, { language, logo, madeAt }: { language: string; logo?: string; madeAt: Moment }): string {
	const body = `
<header>${logo === undefined ? '' : `<img src="${safe(logo)}" alt="">`}<div><h1>${safe(book.client)} · Lead Playbook</h1><p class="sub">${safe(book.version)} · ${safe(book.period)}</p></div></header>
${book.warnings.map((warning) => `<p class="test">${safe(warning)}</p>`).join('')}
<div class="two">${section('The Path Today', delays(book))}${section('The Figures Today', list(book.figures, 'No lead of the period was measured.'))}</div>
<div class="grid">
${section('Stages and Who Answers for Them', table(['Stage', 'Definition', 'Owner'], book.stages.map(({ stage, definition, owner }) => [text(stage), text(definition), owner === null ? '<span class="mark bad">nobody</span>' : text(owner)])))}
${section('Rules, in This Order', rules(book))}
${section('Teams and Hours', book.teams.length === 0 ? '<p class="sub">No team is set up: every lead goes to the fallback owner.</p>' : table(['Team', 'Members', 'Hours', 'Leads Go', 'Nobody There'], book.teams.slice(0, mostTeams).map((team) => [team.team, team.members, team.hours, team.turns, team.nobodyThere].map(text))) + more(book.teams.length - mostTeams, 'teams'))}
${section('Promises to the Lead', table(['Policy', 'What It Says'], book.policies.map(({ name, sentence }) => [text(name), text(sentence)])))}
${section('What Is Automated, and What Is Not', table(['Step', 'When', 'How Often', 'Risk', 'What It Brings', 'What a Person Looks At'], book.automation.map((row) => [
		text(row.what), `<span class="mark ${stageMarks[row.when][1]}">${stageMarks[row.when][0]}</span>`, text(row.frequency), `<span class="mark${row.risk === 'high' ? ' bad' : ''}">${row.risk}</span>`, text(row.payoff), text(row.review),
	])))}
${section('What Is Reviewed', list(book.reviews, ''))}
${section('Field Dictionary', table(['Field', 'Meaning', 'Required'], book.fields.map(({ field, meaning, required }) => [`<code>${safe(field)}</code>`, text(meaning), required ? '<span class="mark good">required</span>' : ''])))}
${section('Approved By', `<div class="sign">${['Marketing', 'Sales'].map((who) => `<div><b>${who}</b><span>Name</span><span>Date</span><span>Signature</span></div>`).join('')}</div><p class="sub">${safe(`Valid for ${book.version.charAt(0).toLowerCase()}${book.version.slice(1)}, until a newer version is approved.`)}</p>`)}
</div>`;
	const style = `<style>${playbookStyle}</style>`;
	return page({ title: `${book.client} · Lead Playbook`, language, body: style + body, footer: [`Made ${madeAt.slice(0, 16).replace('T', ' ')} UTC from the settings and the ledger of this client`] });
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

function text(given: string): string {
	return safe(given);
}

/** @param rows - Cells as HTML. */
function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
	const body = rows.map((cells) => `<tr>${cells.map((cell, place) => `<td data-name="${safe(columns[place])}">${cell}</td>`).join('')}</tr>`).join('');
	return `<div class="wide"><table class="words"><thead><tr>${columns.map((column) => `<th>${safe(column)}</th>`).join('')}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function list(lines: readonly string[], whenNone: string): string {
	return lines.length === 0 ? `<p class="sub">${safe(whenNone)}</p>` : `<ul>${lines.map((line) => `<li>${safe(line)}</li>`).join('')}</ul>`;
}

function delays({ delays: rows }: Playbook): string {
	if (rows.length === 0) return '<p class="sub">No lead has come through yet, so nothing is known of its delays.</p>';
	return table(['Where It Waits', 'Middle', 'Leads', 'Share of All Waiting'], rows.map(({ step, median, leads, share }) => [text(step), text(median), text(leads), `${Math.round(share * 100)}&nbsp;%<span class="share"><i style="width:${Math.round(share * 1000) / 10}%"></i></span>`]));
}

function rules({ rules: all, otherwise }: Playbook): string {
	const shown = all.slice(0, mostRules).map(({ name, tier, sentence }) => `<li><b>${safe(name)}</b> <span class="mark${tier === 'hard' ? '' : ' warn'}">${tier}</span><br><span class="rule">${safe(sentence)}</span></li>`);
	return `${shown.length === 0 ? '' : `<ol>${shown.join('')}</ol>`}${more(all.length - mostRules, 'rules')}<p class="sub">${safe(otherwise)} Hard rules are asked before AI and can't be overruled by it.</p>`;
}

function more(count: number, what: string): string {
	return count > 0 ? `<p class="sub">and ${count} more ${what}</p>` : '';
}
