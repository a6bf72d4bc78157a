import type { MetricName } from '../metricNames';
import type { Money, Spread, Tally } from './tally';
import { english } from './words/english';
import { sayCause } from './words/wordsOf';

/** A figure before it is judged. */
export interface Measure {
	/** Leads that the figure rests on. */
	count: number;
	/** Of a share: those of them that are counted. */
	hits?: number;
	value: number;
	/** Of money. */
	currency?: string;
	/** Said of the figure, e.g. `46 of 50 leads that were answered or came due`. */
	counted: string;
	/** Said instead when no lead counts at all. */
	whenNone: string;
}

/** What a measure may know beside the tally. */
export interface MeasureOptions {
	/** Owners who had a lead; absent where figures per rep make no sense, as in one part of a split. */
	reps?: number;
}

type MeasureOf = (tally: Tally, options: MeasureOptions) => Measure[];

function share(hits: number, count: number, counted: string, whenNone: string): Measure[] {
	return [{ count, hits, value: count === 0 ? 0 : hits / count, counted: `${hits} of ${count} ${counted}`, whenNone }];
}

function time({ count }: Spread, minutes: number | null): Measure[] {
	return [{
		count, value: minutes === null ? 0 : Math.round(minutes * 10) / 10, counted: `${count} answered leads`,
		whenNone: 'Not measured: no lead has a recorded first answer',
	}];
}

/** One figure for each currency: amounts of two currencies are never added. */
function money(amounts: readonly Money[], by: { number: number | undefined; word: string }, whenNone: string): Measure[] {
	const { number, word } = by;
	if (number === undefined) return [];
	if (amounts.length === 0 || number === 0) return [{ count: 0, value: 0, counted: '', whenNone }];
	return amounts.map(({ currency, amount, leads }) => ({
		count: leads, value: Math.round((amount / number) * 100) / 100, currency,
		counted: `${Math.round(amount)} ${currency || '(no currency)'} of ${leads} ${leads === 1 ? 'deal' : 'deals'} ÷ ${number} ${word}`, whenNone,
	}));
}

/** e.g. `: nothing in common with the known record (4)`. */
function sayCauses(causes: Tally['duplicateCauses']): string {
	return causes.length === 0 ? '' : `: ${causes.slice(0, mostCauses).map(({ cause, leads }) => `${sayCause(cause, english)} (${leads})`).join(', ')}`;
}

const mostCauses = 3;
const noLeads = 'Not measured: no lead came in';
const noPipeline = 'Not measured: no opportunity was recorded with an amount';
const noWon = 'Not measured: no won deal was recorded with an amount';

/** Every figure as a calculation on what was counted; `docs/playbook.md` explains each in words. */
export const measures: Record<MetricName, MeasureOf> = {
	medianFirstResponse: ({ business }) => time(business, business.median),
	p90FirstResponse: ({ business }) => time(business, business.p90),
	medianFirstResponseWall: ({ wall }) => time(wall, wall.median),
	p90FirstResponseWall: ({ wall }) => time(wall, wall.p90),
	highIntentUnder5: ({ counts }) => share(counts.highUnder5, counts.highDue, 'leads of high intent', 'Not measured: no lead of high intent was answered or came due'),
	highIntentUnder15: ({ counts }) => share(counts.highUnder15, counts.highDue, 'leads of high intent', 'Not measured: no lead of high intent was answered or came due'),
	contactedWithinSla: ({ counts }) => share(counts.inSla, counts.due, 'leads that were answered or came due', 'Not measured: no lead was answered or came due'),
	contactRate: ({ counts, leads }) => share(counts.contacted, leads, 'leads were contacted', noLeads),
	meetingRate: ({ counts }) => share(counts.meeting, counts.contacted, 'contacted leads have a meeting', 'Not measured: no lead was contacted'),
	meetingsPerLead: ({ counts, leads }) => share(counts.meeting, leads, 'leads have a meeting', noLeads),
	routingAccuracy: ({ counts }) => share(counts.right, counts.checked, 'leads of the checked sample', 'Not measured: no sample of leads was checked'),
	sourceCompleteness: ({ counts, leads }) => share(counts.sourceComplete, leads, 'leads know where they came from', noLeads),
	campaignPresent: ({ counts, leads }) => share(counts.campaign, leads, 'leads name their campaign', noLeads),
	duplicateRate: ({ counts, duplicateCauses }) => share(counts.duplicate, counts.created, `created leads turned out to be duplicates${sayCauses(duplicateCauses)}`, 'Not measured: no lead was created'),
	repeatEnquiryShare: ({ counts, leads }) => share(counts.repeat, leads, 'leads are of people who asked before', noLeads),
	noOwnerRate: ({ counts, leads }) => share(counts.noOwner, leads, 'leads have no owner', noLeads),
	salesAcceptance: ({ counts }) => share(counts.accepted, counts.judged, 'leads that sales judged', 'Not measured: sales neither accepted nor rejected a lead'),
	mqlToSql: ({ counts }) => share(counts.mqlToSql, counts.mql, 'marketing qualified leads became sales qualified', 'Not measured: no lead became marketing qualified'),
	pipelinePerLead: ({ pipeline, leads }) => money(pipeline, { number: leads, word: 'leads' }, noPipeline),
	pipelinePerRep: ({ pipeline }, { reps }) => money(pipeline, { number: reps, word: 'reps' }, noPipeline),
	wonPerLead: ({ won, leads }) => money(won, { number: leads, word: 'leads' }, noWon),
	wonPerRep: ({ won }, { reps }) => money(won, { number: reps, word: 'reps' }, noWon),
	reviewShare: ({ counts, leads }) => share(counts.inReview, leads, 'leads wait for someone to settle a doubt', noLeads),
	aiFallbackShare: ({ counts }) => share(counts.aiFallback, counts.aiAsked, 'leads were classified by rules because AI failed', 'Not measured: AI was not asked about any lead'),
};
