import type { IExecuteFunctions } from 'n8n-workflow';
import { elapsedBetween } from '../../lead/activate/businessTime';
import { openCalendar } from '../../lead/activate/calendar';
import { clockName, readTerms } from '../../lead/activate/clock';
import { explainLead as explain, type Explanation, type LeadWay } from '../../lead/measure/explainLead';
import { leadStory } from '../../lead/measure/leadStory';
import { readRecord } from '../../lead/readRecord';
import type { ClientSettings } from '../../lead/settings/clientSettings';
import type { ClockRow, LeadStory, Scope } from '../../ledger/ledger';
import { findLead } from './leadOperations';
import type { LedgerRun } from '../operations';

/** Explain Lead: why this owner, and why so late, in one paragraph; the wait in parts; the whole story in order. */
export async function explainLead(ctx: IExecuteFunctions, run: LedgerRun, itemIndex: number): Promise<object> {
	const { lead, scope, settings, timeZone, because } = await findLead(ctx, run, itemIndex);
	if (!lead) return { found: false, client: scope.client, because };
	const { text, wait } = await explainStory(run, { scope, settings, timeZone }, lead);
	return {
		found: true, client: scope.client, leadId: lead.leadId, text,
		waitMinutes: wait.minutes, wait: wait.parts, owner: lead.owner, queue: lead.queue, status: lead.status,
		because: lead.decisions.route?.routing.because ?? [], skipped: lead.decisions.route?.routing.skipped ?? [], trace: lead.decisions.route?.routing.trace ?? [],
		story: leadStory(lead, timeZone),
	};
}

/** The words and the wait of one lead, as they are now. */
export async function explainStory(run: LedgerRun, { scope, settings, timeZone }: { scope: Scope; settings: ClientSettings | undefined; timeZone: string }, lead: LeadStory): Promise<Explanation> {
	const clock = (await run.ledger.listClocks(scope, lead.leadId)).find(({ name }) => name === clockName);
	const calendar = clock && openCalendar(readTerms(clock.terms).calendar);
	return explain(wayOf(lead, clock, settings, run), {
		now: run.now().getTime(), timeZone,
		openBetween: (from, to) => (calendar ? elapsedBetween(calendar, from, to) : to - from),
	});
}

function wayOf(lead: LeadStory, clock: ClockRow | undefined, settings: ClientSettings | undefined, run: LedgerRun): LeadWay {
	const { record } = readRecord({ json: lead.record, now: run.now(), newId: run.newId });
	const { submission, source } = record;
	const { fullName, company } = lead.fields;
	const named = [fullName ?? null, company ?? null].filter((part) => part !== null);
	const [campaign, from] = [source.campaign, source.source ?? source.channel];
	const owners = ownersOf(lead);
	const nameOf = (id: string) => settings?.members.find((member) => member.id === id)?.name ?? id;
	return {
		lead: named.length === 0 ? 'A lead without a name' : named.join(' of '),
		formTool: submission.formTool === 'unknown' ? null : submission.formTool,
		source: [from, campaign].filter((part) => part !== null).join(' / ') || null,
		// of several enquiries, the record is the newest one's
		...(submission.submittedAt !== undefined && lead.touches === 1 ? { submittedAt: submission.submittedAt } : {}),
		receivedAt: lead.openedAt,
		activatedAt: lead.decidedAt.activate ?? lead.decidedAt.route,
		crmAt: lead.events.find(({ type }) => type === 'externalIdSet')?.at,
		queue: lead.queue,
		because: lead.decisions.route?.routing.because ?? [],
		owners,
		...(clock ? { clock: { status: clock.status, dueAt: clock.dueAt, respondedAt: clock.respondedAt, respondedBy: clock.respondedBy === null || clock.respondedBy === '' ? null : nameOf(clock.respondedBy) } } : {}),
	};
}

const handovers = new Set(['reassigned', 'ownerCorrected', 'ownerChanged']);

/** Everybody who had the lead, in order: the first as its first handover tells, else who has it now. */
function ownersOf({ owner, openedAt, events }: LeadStory): LeadWay['owners'] {
	const later = events.filter(({ type }) => handovers.has(type)).map(({ type, at, detail }) => ({
		from: typeof detail.from === 'string' ? detail.from : undefined,
		name: typeof detail.to === 'string' ? detail.to : nameIn(detail.owner) ?? 'somebody',
		since: at, because: type !== 'ownerCorrected' && typeof detail.because === 'string' ? detail.because : type === 'ownerChanged' ? 'changed in the CRM' : 'corrected by a person',
	}));
	const first = later.at(0)?.from ?? (later.length === 0 ? owner?.name : undefined);
	return [...(first === undefined || first === 'nobody' ? [] : [{ name: first, since: openedAt }]), ...later.map(({ name, since, because }) => ({ name, since, because }))];
}

function nameIn(owner: unknown): string | undefined {
	return typeof owner === 'object' && owner !== null && 'name' in owner && typeof owner.name === 'string' ? owner.name : undefined;
}
