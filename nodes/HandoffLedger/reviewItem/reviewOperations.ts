import type { IExecuteFunctions } from 'n8n-workflow';
import { dueAfter } from '../../lead/activate/businessTime';
import { openCalendar } from '../../lead/activate/calendar';
import { toMoment } from '../../lead/activate/moments';
import { LeadError } from '../../lead/leadError';
import { drawSample as draw, lastWeek, sampleQuestion } from '../../lead/measure/weeklySample';
import { findMember } from '../../lead/route/teams';
import type { ClientSettings } from '../../lead/settings/clientSettings';
import { plainLine } from '../../lead/shorten';
import type { Scope } from '../../ledger/ledger';
import type { ListReviewItemsInput, PutRight, PutRightResult, ReviewOutcome, ReviewWork } from '../../ledger/reviewLedger';
import { readLimit } from '../limit';
import { readRightIntent, readRightOwner, tellIntentCorrected, tellOwnerCorrected, type Wrong } from '../lead/correctionOperations';
import type { LedgerRun } from '../operations';
import { readClient, readMomentSetting, readMomentText, readTestLeads, readText } from '../settings';

const pageSize = 1000;
/** Working time after which an item is due when nobody said otherwise: one day of eight hours. */
const dueAfterMinutes = 480;

interface Reviewing {
	scope: Scope;
	settings?: ClientSettings;
	timeZone: string;
}

async function reviewing(ctx: IExecuteFunctions, run: LedgerRun, itemIndex: number): Promise<Reviewing> {
	const client = readClient(ctx, itemIndex);
	const settings = (await run.client(client))?.settings;
	return { scope: { client, test: readTestLeads(ctx, itemIndex) }, settings, timeZone: settings?.timeZone ?? run.timeZone };
}

/** List Review Items: what waits longest comes first. */
export async function listReviewItems(ctx: IExecuteFunctions, run: LedgerRun): Promise<object[]> {
	const { scope, settings, timeZone } = await reviewing(ctx, run, 0);
	const filters = ctx.getNodeParameter('reviewFilters', 0, {}) as Record<string, unknown>;
	const from = readMomentText(filters.from);
	const state = readText(filters.state) ?? 'open';
	const most = readLimit(ctx);
	const wanted: Omit<ListReviewItemsInput, 'limit' | 'after'> = {
		...scope,
		...(state === 'all' ? {} : { state: state as 'open' | 'settled' }),
		stage: readText(filters.stage) as ListReviewItemsInput['stage'],
		ownerId: readText(filters.ownerId),
		...(from === undefined ? {} : { from: readMomentSetting(from, timeZone, 'Opened From') }),
		...(filters.snoozed === true || state !== 'open' ? {} : { awakeAt: run.now().toISOString() }),
	};
	const items: ReviewWork[] = [];
	while (items.length < most) {
		const limit = Math.min(pageSize, most - items.length);
		const last = items.at(-1);
		const page = await run.ledger.listReviewItems({ ...wanted, limit, after: last && { openedAt: last.openedAt, id: last.id } });
		items.push(...page);
		if (page.length < limit) break;
	}
	const due = dueBy(settings);
	return items.map((item) => toRow(item, due, settings, run.now()));
}

/** Change Review Item: who settles it, until when, or when it comes up again. */
export async function changeReviewItem(ctx: IExecuteFunctions, run: LedgerRun, itemIndex: number): Promise<object> {
	const { scope, settings, timeZone } = await reviewing(ctx, run, itemIndex);
	const id = readText(ctx.getNodeParameter('reviewItemId', itemIndex, '')) ?? '';
	const assignTo = readText(ctx.getNodeParameter('assignTo', itemIndex, ''));
	const member = assignTo === undefined ? undefined : settings && findMember(settings, assignTo);
	if (assignTo !== undefined && settings && !member) throw new LeadError('OWNER_UNKNOWN', 'Assign To is no member of this client', 'Set "Assign To" to the ID of a member, or leave it empty.');
	const moment = (name: string, label: string) => {
		const text = readMomentText(ctx.getNodeParameter(name, itemIndex, ''));
		return text === undefined ? undefined : readMomentSetting(text, timeZone, label);
	};
	const change = { ownerId: member?.id ?? assignTo, dueAt: moment('dueAt', 'Due At'), snoozedUntil: moment('snoozeUntil', 'Snooze Until') };
	if (Object.values(change).every((value) => value === undefined)) return { client: scope.client, reviewItemId: id, changed: false, because: 'Nothing to change is given' };
	const result = await run.ledger.changeReviewItem({ ...scope, id, ...change });
	const because = { changed: 'Changed', settled: 'This item was settled before', unknown: 'This client has no such review item' }[result];
	return { client: scope.client, reviewItemId: id, changed: result === 'changed', because };
}

/** Settle Review Item: what was found is put right where it was wrong, and the item is done. Told twice, it changes nothing more. */
export async function settleReviewItem(ctx: IExecuteFunctions, run: LedgerRun, itemIndex: number): Promise<object> {
	const { scope, settings } = await reviewing(ctx, run, itemIndex);
	const id = readText(ctx.getNodeParameter('reviewItemId', itemIndex, '')) ?? '';
	const outcome = ctx.getNodeParameter('reviewOutcome', itemIndex, 'right') as ReviewOutcome;
	const item = id === '' ? undefined : await run.ledger.getReviewItem(scope, id);
	if (!item) return { client: scope.client, reviewItemId: id, settled: false, because: 'This client has no such review item' };
	const by = readText(ctx.getNodeParameter('by', itemIndex, ''));
	const note = readText(ctx.getNodeParameter('note', itemIndex, ''));
	const told = { client: scope.client, reviewItemId: id, leadId: item.leadId };
	if (item.outcome !== null) return { ...told, settled: false, because: `This item was settled before: ${item.outcome}` };
	const wrong: Wrong = { ctx, run, itemIndex, scope, settings, leadId: item.leadId, at: run.now().toISOString(), by, reason: note };
	const putRight = await readPutRight(wrong, item, outcome);
	const result = await run.ledger.settleReviewItem({ ...scope, id, outcome, at: wrong.at, by, note, putRight });
	if (result.status !== 'settled') return { ...told, settled: false, because: `This item was settled before${'outcome' in result ? `: ${result.outcome}` : ''}` };
	return { ...told, settled: true, outcome, done: await tellDone(wrong, putRight, result.done), because: 'Settled' };
}

/** What the outcome asks for. Whatever the panel names wrongly is refused before anything is written. */
async function readPutRight(wrong: Wrong, item: ReviewWork, outcome: ReviewOutcome): Promise<PutRight> {
	const { ctx, run, itemIndex, scope } = wrong;
	const named = (parameter: string) => (outcome === 'wrong' ? readText(ctx.getNodeParameter(parameter, itemIndex, '')) : undefined);
	const rightQueue = named('rightQueue');
	const queue = rightQueue === undefined ? {} : { rightQueue };
	const events: PutRight['events'] = [];
	// whether a lead is a duplicate says nothing of its routing
	if (item.stage === 'sample' && (outcome === 'right' || outcome === 'wrong')) events.push({ type: 'routingChecked', detail: { right: outcome === 'right', ...queue } });
	else if (rightQueue !== undefined) events.push({ type: 'misrouted', detail: queue });
	if (outcome === 'duplicate') events.push({ type: 'duplicateConfirmed', detail: {} });
	if (outcome === 'notDuplicate') events.push({ type: 'duplicateRefuted', detail: {} });
	return {
		events,
		...(outcome === 'notDuplicate' ? { apartFrom: await candidatesOf(run, scope, item) } : {}),
		...(named('rightOwner') === undefined ? {} : { owner: readRightOwner(wrong) }),
		...(named('rightIntent') === undefined ? {} : { intent: readRightIntent(wrong) }),
	};
}

/** What was put right, in words. */
async function tellDone(wrong: Wrong, asked: PutRight, { events, keptApart, owner, intent }: PutRightResult): Promise<string[]> {
	const said: Record<string, (detail: Record<string, unknown>) => string> = {
		routingChecked: ({ right }) => `routing counted as ${right === true ? 'right' : 'wrong'}`,
		misrouted: ({ rightQueue }) => `misroute noted, right queue ${String(rightQueue)}`,
		duplicateConfirmed: () => 'counted as a duplicate',
		duplicateRefuted: () => 'counted as a lead of its own',
	};
	return [
		...(asked.events ?? []).filter(({ type }) => events.includes(type)).map(({ type, detail }) => said[type](detail)),
		...Array.from({ length: keptApart }, () => 'never matched with that person again'),
		...(asked.owner && owner ? [(await tellOwnerCorrected(wrong, asked.owner, owner)).because] : []),
		...(asked.intent && intent ? [tellIntentCorrected(asked.intent.name, intent).because] : []),
	];
}

/** Persons that this enquiry was taken for, perhaps. */
async function candidatesOf(run: LedgerRun, scope: Scope, item: ReviewWork): Promise<string[]> {
	const decided = await run.ledger.getDecision(scope, item.submissionId, 'clean');
	return [...new Set((decided?.match.candidates ?? []).map(({ personId }) => personId))].filter((personId) => personId !== item.personId);
}

/** Draw Weekly Sample: leads of last week, at random, as review items. */
export async function drawSample(ctx: IExecuteFunctions, run: LedgerRun): Promise<object[]> {
	const { scope, settings, timeZone } = await reviewing(ctx, run, 0);
	const size = Number(ctx.getNodeParameter('sampleSize', 0, 20));
	if (!(size >= 1)) throw new LeadError('LIMIT_INVALID', '"Leads to Draw" is not 1 or more', 'Set "Leads to Draw" to 1 or more.');
	const week = lastWeek(run.now(), timeZone);
	const leads: Awaited<ReturnType<typeof run.ledger.listRouted>> = [];
	for (;;) {
		const page = await run.ledger.listRouted({ ...scope, from: week.from, to: week.to, limit: pageSize, after: leads.at(-1)?.leadId });
		leads.push(...page);
		if (page.length < pageSize) break;
	}
	const drawn = draw(leads, { client: scope.client, week: week.name, size: Math.trunc(size) });
	const owner = readText(ctx.getNodeParameter('sampleOwner', 0, '')) ?? settings?.stageOwners.route;
	const opened = await run.ledger.openSample({ ...scope, leads: drawn.map((lead) => ({ leadId: lead.leadId, question: sampleQuestion(lead, week.name) })), at: run.now().toISOString(), ownerId: owner });
	const because = leads.length === 0 ? 'No lead of that week was given an owner' : opened === drawn.length ? 'Drawn' : opened === 0 ? 'This week was drawn before' : 'Some of these were drawn before';
	return [{ client: scope.client, week: week.name, from: week.from, to: week.to, leads: leads.length, drawn: drawn.length, opened, because }];
}

/** When an item is due that nobody gave a time: after a day of work by the client's calendar. */
function dueBy(settings: ClientSettings | undefined): (openedAt: string) => string {
	const chosen = settings && (settings.calendars.find(({ name }) => name === settings.defaultCalendar) ?? settings.calendars.at(0));
	const calendar = settings && chosen ? openCalendar({ ...chosen, timeZone: chosen.timeZone ?? settings.timeZone }) : undefined;
	return (openedAt) => {
		const due = calendar && dueAfter(calendar, Date.parse(openedAt), dueAfterMinutes);
		return toMoment(due ?? Date.parse(openedAt) + dueAfterMinutes * 60_000);
	};
}

/** First what one needs to decide, then the rest. */
function toRow(item: ReviewWork, due: (openedAt: string) => string, settings: ClientSettings | undefined, now: Date): object {
	const dueAt = item.dueAt ?? due(item.openedAt);
	return {
		reviewItemId: item.id, about: item.stage, question: plainLine(item.reasons.join('; '), 300), fullName: item.lead.fullName, company: item.lead.company, email: item.lead.email,
		queue: item.lead.queue, leadOwner: item.lead.owner?.name ?? null, message: item.lead.message, reviewer: settings?.members.find(({ id }) => id === item.ownerId)?.name ?? item.ownerId,
		openedAt: item.openedAt, dueAt, isOverdue: item.settledAt === null && dueAt < now.toISOString(), snoozedUntil: item.snoozedUntil,
		settledAt: item.settledAt, settledBy: item.settledBy, outcome: item.outcome, note: item.note, leadId: item.leadId,
	};
}
