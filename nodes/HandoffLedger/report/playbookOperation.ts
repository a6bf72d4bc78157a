import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { startYielding } from '../../host/yielding';
import { sayHours } from '../../lead/activate/calendar';
import { hoursWordsOf } from '../../lead/activate/hoursWords';
import { fill } from '../../lead/fill';
import type { WaitPart } from '../../lead/measure/explainLead';
import { metricRow } from '../../lead/measure/metricRow';
import { buildPlaybook, type Playbook } from '../../lead/measure/playbook/playbook';
import { playbookPage } from '../../lead/measure/playbook/playbookPage';
import { wordsOf } from '../../lead/measure/words/wordsOf';
import { rulesOfClient } from '../../lead/route/clientRules';
import { ruleSentence } from '../../lead/route/sentences';
import { ruleWordsOf } from '../../lead/route/words/ruleWordsOf';
import type { Scope } from '../../ledger/ledger';
import { explainStory } from '../lead/explainOperation';
import type { LedgerRun } from '../operations';
import { htmlFile } from './reportOperation';
import { readScorecard } from './scorecardOperation';
import { savedSettings } from '../client/settingsSource';

/** Leads whose waits are looked at: enough for a middle, few enough for a glance. */
const mostLeads = 100;
const dayMs = 86_400_000;
const told = ['medianFirstResponse', 'contactedWithinSla', 'contactRate', 'meetingRate', 'routingAccuracy', 'campaignPresent', 'duplicateRate'];

/** Writes the page on which marketing and sales agree, from the client's saved settings and from what its leads really did. */
export async function writePlaybook(ctx: IExecuteFunctions, run: LedgerRun): Promise<INodeExecutionData[]> {
	const read = await readScorecard(ctx, run, []);
	const { key, card, test, timeZone } = read;
	const saved = await savedSettings(run, key);
	// with its defaults, as the nodes go by it
	const settings = read.client?.settings ?? saved.settings;
	const { rules } = rulesOfClient(settings);
	const [words, ruleWords, hoursWords] = [wordsOf(settings.language), ruleWordsOf(settings.language), hoursWordsOf(settings.language)];
	const count = (name: string) => card.metrics.find((metric) => metric.name === name)?.count ?? 0;
	const duplicates = card.metrics.find(({ name }) => name === 'duplicateRate')?.hits ?? 0;
	const weeks = (Date.parse(card.to) - Date.parse(card.from)) / (7 * dayMs);
	const book = buildPlaybook({
		settings, version: { number: saved.version, savedAt: saved.savedAt, savedBy: saved.savedBy },
		rules: rules.map((rule) => ({ name: rule.name, tier: rule.tier, sentence: ruleSentence(rule, ruleWords) })),
		hours: new Map(settings.calendars.map((calendar) => [calendar.name, sayHours({ ...calendar, timeZone: calendar.timeZone ?? settings.timeZone }, hoursWords)])),
		facts: { leadsPerWeek: card.leads === 0 || weeks <= 0 ? null : card.leads / weeks, aiAsked: count('aiFallbackShare'), checked: count('routingAccuracy'), duplicates },
		waits: await readWaits(run, { client: key, test }, read),
		figures: card.metrics.filter(({ name, value }) => told.includes(name) && value !== null).map((metric) => metricRow(metric, words)),
		period: `${fill(card.leads === 1 ? words.text.lead : words.text.leads, { n: String(card.leads) })}, ${fill(words.text.period, { from: day(card.from, timeZone), to: day(card.to, timeZone, 1) })}`,
	}, words);
	const html = playbookPage(book, { language: settings.language, logo: settings.logo, madeAt: run.now().toISOString(), words: words.playbook });
	return [{
		json: { client: key, name: book.client, version: saved.version, title: `${book.client} · ${words.playbook.text.title}`, testLeads: test, warnings: book.warnings, rows: rowsOf(book), html } as unknown as IDataObject,
		binary: { playbook: await htmlFile(ctx, html, `${key}-playbook-${saved.version}.html`) },
		pairedItem: { item: 0 },
	}];
}

/** The local day of a moment, or of the last one before it. */
function day(at: string, zone: string, minus = 0): string {
	return DateTime.fromMillis(Date.parse(at) - minus, { zone }).toISODate() ?? '';
}

/** The waits of the newest leads of the period that were opened in it. */
async function readWaits(run: LedgerRun, scope: Scope, { card, client, timeZone }: Awaited<ReturnType<typeof readScorecard>>): Promise<WaitPart[][]> {
	const pause = startYielding();
	const waits: WaitPart[][] = [];
	for (const { leadId } of await run.ledger.listLeads({ ...scope, limit: mostLeads, from: card.from, to: card.to })) {
		await pause();
		const story = await run.ledger.getLead(scope, { leadId });
		if (story) waits.push((await explainStory(run, { scope, settings: client?.settings, timeZone }, story)).wait.parts);
	}
	return waits;
}

/** The playbook as rows of a sheet: part, name, what it says, more. */
function rowsOf(book: Playbook): object[] {
	const row = (part: string, name: string, says: string, more: Record<string, unknown> = {}) => ({ part, name, says, ...more });
	return [
		...book.delays.map(({ step, median, leads, share }) => row('path', step, median, { leads, share: Math.round(share * 1000) / 1000 })),
		...book.stages.map(({ stage, definition, owner }) => row('stage', stage, definition, { owner })),
		...book.rules.map(({ name, tier, sentence }) => row('rule', name, sentence, { tier })),
		...book.teams.map(({ team, members, hours, turns, nobodyThere }) => row('team', team, members, { hours, turns, nobodyThere })),
		...book.policies.map(({ name, sentence }) => row('promise', name, sentence)),
		...book.automation.map(({ what, when, frequency, risk, payoff, review }) => row('automation', what, when, { frequency, risk, payoff, review })),
		...book.reviews.map((line, place) => row('review', String(place + 1), line)),
		...book.fields.map(({ field, meaning, required }) => row('field', field, meaning, { required })),
	];
}
