import type { Moment } from '../handoffRecord';
import type { MeasuredLead } from './measuredLead';

/** A figure before it is judged. */
export interface Measure {
	label: string;
	unit: 'businessMinutes' | 'share';
	count: number;
	value: number;
	counted: string;
	/** Said instead when no lead counts at all. */
	whenNone: string;
}

function share(label: string, hits: number, count: number, counted: string, whenNone: string): Measure {
	return { label, unit: 'share', count, value: count === 0 ? 0 : hits / count, counted: `${hits} of ${count} ${counted}`, whenNone };
}

/** First response time: business minutes from the start of the clock to the first human answer, over the answered leads. */
export function firstResponse(leads: readonly MeasuredLead[], label: string, figure: (sorted: readonly number[]) => number): Measure {
	const minutes: number[] = [];
	for (const { clock } of leads) {
		if (clock && clock.respondedAt !== null && clock.elapsedMinutes !== null) minutes.push(clock.elapsedMinutes);
	}
	minutes.sort((a, b) => a - b);
	return {
		label, unit: 'businessMinutes', count: minutes.length,
		value: minutes.length === 0 ? 0 : Math.round(figure(minutes) * 10) / 10,
		counted: `${minutes.length} answered leads`, whenNone: 'Not measured: no lead has a recorded first answer',
	};
}

/** The middle of the sorted values; the mean of the two middle ones when their number is even. */
export function median(sorted: readonly number[]): number {
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The least of the sorted values that at least nine in ten are not above (nearest rank). */
export function ninetieth(sorted: readonly number[]): number {
	return sorted[Math.ceil((sorted.length * 9) / 10) - 1];
}

/**
 * Leads of high intent that were answered in less than so many business minutes ÷ leads of high intent with a clock.
 * Left out are those that are still in time: unanswered, paused or not yet due.
 */
export function highIntentUnder(leads: readonly MeasuredLead[], minutes: number, asOf: Moment): Measure {
	let hits = 0;
	let count = 0;
	for (const { intent, clock } of leads) {
		if (intent?.highIntent !== true || !clock || isStillInTime(clock, asOf)) continue;
		count++;
		if (clock.respondedAt !== null && clock.elapsedMinutes !== null && clock.elapsedMinutes < minutes) hits++;
	}
	return share(`High Intent Answered Under ${minutes} Minutes`, hits, count, 'leads of high intent', 'Not measured: no lead of high intent was answered or came due');
}

/** Leads answered not after their due time ÷ leads with a clock, without those that are still in time. */
export function contactedWithinSla(leads: readonly MeasuredLead[], asOf: Moment): Measure {
	let hits = 0;
	let count = 0;
	for (const { clock } of leads) {
		if (!clock || isStillInTime(clock, asOf)) continue;
		count++;
		if (clock.respondedAt !== null && Date.parse(clock.respondedAt) <= Date.parse(clock.dueAt)) hits++;
	}
	return share('Contacted Within SLA', hits, count, 'leads that were answered or came due', 'Not measured: no lead was answered or came due');
}

function isStillInTime(clock: NonNullable<MeasuredLead['clock']>, asOf: Moment): boolean {
	return clock.respondedAt === null && (clock.status === 'paused' || Date.parse(clock.dueAt) > Date.parse(asOf));
}

/** Verified right ÷ verified, on the weekly random sample (event `routingChecked`); reports of misroutes are no sample. */
export function routingAccuracy(leads: readonly MeasuredLead[]): Measure {
	const verified = leads.filter(({ events }) => hasEvent(events, 'routingChecked'));
	const right = verified.filter(({ events }) => events.routingChecked.right === true).length;
	return share('Routing Accuracy', right, verified.length, 'leads of the checked sample', 'Not measured: no sample of leads was checked');
}

/** Leads that know every required part of their source ÷ leads. */
export function sourceCompleteness(leads: readonly MeasuredLead[]): Measure {
	return share('Source Completeness', leads.filter(({ source }) => source?.complete === true).length, leads.length, 'leads know where they came from', noLeads);
}

/** Leads given `create` and later confirmed duplicate, not refuted ÷ leads given `create`. */
export function duplicateRate(leads: readonly MeasuredLead[]): Measure {
	const created = leads.filter(({ verdict }) => verdict === 'create');
	const duplicates = created.filter(({ events }) => hasEvent(events, 'duplicateConfirmed') && !hasEvent(events, 'duplicateRefuted')).length;
	return share('Duplicate Rate', duplicates, created.length, 'created leads turned out to be duplicates', 'Not measured: no lead was created');
}

/** Leads that hold more than one enquiry, or are one more enquiry of a known person (`append`) ÷ leads. No error: people ask again. */
export function repeatEnquiryShare(leads: readonly MeasuredLead[]): Measure {
	return share('Repeat Enquiries', leads.filter(({ touches, verdict }) => touches > 1 || verdict === 'append').length, leads.length, 'leads are of people who asked before', noLeads);
}

/** Leads without an owner ÷ leads. */
export function noOwnerRate(leads: readonly MeasuredLead[]): Measure {
	return share('Leads Without an Owner', leads.filter(({ ownerId }) => ownerId === null).length, leads.length, 'leads have no owner', noLeads);
}

/** Leads that sales accepted at least once ÷ leads that sales accepted or rejected. */
export function salesAcceptance(leads: readonly MeasuredLead[]): Measure {
	const judged = leads.filter(({ events }) => hasEvent(events, 'accepted') || hasEvent(events, 'rejected'));
	return share('Sales Acceptance', judged.filter(({ events }) => hasEvent(events, 'accepted')).length, judged.length, 'leads that sales judged', 'Not measured: sales neither accepted nor rejected a lead');
}

/** Leads with an unsettled review item ÷ leads. */
export function reviewShare(leads: readonly MeasuredLead[]): Measure {
	return share('Leads Waiting for Review', leads.filter(({ openReviewItems }) => openReviewItems > 0).length, leads.length, 'leads wait for someone to settle a doubt', noLeads);
}

/** Leads that the rules had to classify because AI failed ÷ leads that AI was asked about. */
export function aiFallbackShare(leads: readonly MeasuredLead[]): Measure {
	const asked = leads.filter(({ intent }) => intent?.engine === 'ai' || intent?.engine === 'fallback');
	return share('AI Fallback', asked.filter(({ intent }) => intent?.engine === 'fallback').length, asked.length, 'leads were classified by rules because AI failed', 'Not measured: AI was not asked about any lead');
}

const noLeads = 'Not measured: no lead came in';

function hasEvent(events: MeasuredLead['events'], type: string): boolean {
	return Object.hasOwn(events, type);
}
