import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Run } from '../host/openRun';
import { testModeHint } from '../host/testModeHint';
import { findPeople, labelLead } from '../lead/activate/escalation';
import { handoffParts, readHandoffParts, type HandoffPart } from '../lead/measure/eventTypes';
import { plainWords } from '../lead/shorten';
import type { ClientSettings } from '../lead/settings/clientSettings';
import { deliverPrefix, givenUpPrefix, mostDeliveries } from '../ledger/leadSteps';
import type { ClaimStepResult, Ledger, LeadStory, UndeliveredLead } from '../ledger/ledger';
import { whoIsTold } from './alertItem';
import { rememberSettings } from './checkClocks';
import { decidedRecord } from './decidedRecord';
import type { UndeliveredSettings } from './settings';

type Claim = Extract<ClaimStepResult, { status: 'claimed' }>;

interface Found {
	lead: UndeliveredLead;
	/** Absent in a preview. */
	claim?: Claim;
	/** Whether it was tried as often as it may be. */
	givenUp: boolean;
}

/** What failed longer ago is for a person: nobody wants last month's leads in the CRM as if they had come today. */
const longestMs = 7 * 24 * 3_600_000;

/**
 * Find Undelivered: one item for each open lead that a CRM or a message tool did not take, as the record that the handoff
 * core gives its writers, claimed so that no two runs deliver it. It comes again, each time after twice as long, until
 * `delivered` is recorded; after the last try once more as `givenUp`, for a person.
 */
export async function findUndelivered(ctx: IExecuteFunctions, run: Run, settings: UndeliveredSettings): Promise<INodeExecutionData[][]> {
	const { ledger } = run;
	if (!ledger) return [[]];
	const client = settings.client === undefined ? undefined : await run.client(settings.client);
	const now = run.now().getTime();
	const leads = await ledger.listUndelivered({ client: settings.client, test: settings.testLeads, since: new Date(now - longestMs).toISOString(), limit: settings.leadsAtOnce });
	const settingsOf = rememberSettings(ledger);
	const items: INodeExecutionData[] = [];
	for (const lead of leads) {
		const found = run.manual ? { lead, givenUp: false } : await claim(ledger, lead, settings.againSeconds);
		const story = found && (await ledger.getLead(lead, { leadId: lead.leadId }));
		// a lead whose person was erased meanwhile has no record
		if (!found || !story?.record) continue;
		items.push({ json: toItem(found, story, await settingsOf(lead.client), now), pairedItem: { item: 0 } });
	}
	const hint = items.length === 0 ? testModeHint(client, settings.testLeads) : undefined;
	if (hint !== undefined) ctx.addExecutionHints({ message: hint, location: 'outputPane' });
	if (run.manual) ctx.addExecutionHints({ message: `Preview: ${items.length === 1 ? '1 lead waits' : `${items.length} leads wait`} to be delivered again. A run by hand claims nothing; run the workflow by its trigger to deliver them.`, location: 'outputPane' });
	return [items];
}

async function claim(ledger: Ledger, lead: UndeliveredLead, leaseSeconds: number): Promise<Found | undefined> {
	const { client, test, leadId, sequence } = lead;
	const given = await ledger.claimStep({ client, test, leadId, name: `${deliverPrefix}${sequence}`, leaseSeconds, leaseDoubles: true, maxAttempts: mostDeliveries });
	if (given.status === 'claimed') return { lead, claim: given, givenUp: false };
	if (given.status !== 'exhausted') return undefined;
	const last = await ledger.claimStep({ client, test, leadId, name: `${givenUpPrefix}${sequence}`, leaseSeconds });
	return last.status === 'claimed' ? { lead, claim: last, givenUp: true } : undefined;
}

function toItem({ lead, claim, givenUp }: Found, story: LeadStory, settings: ClientSettings | undefined, now: number): IDataObject {
	const record = decidedRecord({ ...lead, record: story.record, decisions: story.decisions }, now);
	// whose it is by now, and what it is called elsewhere
	if (record.routing && story.owner) record.routing = { ...record.routing, owner: story.owner };
	if (record.match) record.match = { ...record.match, externalIds: story.externalIds };
	const { failed, reason } = whatFailed(story);
	const what = `${labelLead(record)}: ${failed.map((part) => handoffParts[part].said).join(', ')}`;
	const why = reason === '' ? '' : ` (${plainWords(reason, 300)})`;
	return {
		status: givenUp ? 'givenUp' : 'undelivered',
		text: givenUp
			? `Not delivered: ${what}${why}. It was tried ${mostDeliveries} times and is not tried any more: enter it by hand, then record the event Delivered.`
			: `Not delivered yet: ${what}${why}.`,
		failed,
		reason,
		failedAt: lead.failedAt,
		step: {
			id: claim?.stepId ?? null, name: givenUp ? 'Given Up' : 'Deliver', claimToken: claim?.claimToken ?? null, attempt: claim?.attempt ?? 0,
			notify: 'ops', ...whoIsTold({ notify: 'ops' }, settings ? findPeople(record, settings) : {}, now, settings),
		},
		...record,
		...(claim ? {} : { preview: true }),
	} as unknown as IDataObject;
}

/** All that failed since something was delivered last, in the order of a handoff; an event without parts means the CRM. */
function whatFailed({ events }: LeadStory): { failed: HandoffPart[]; reason: string } {
	const delivered = events.findLastIndex(({ type }) => type === 'delivered');
	const told = events.slice(delivered + 1).filter(({ type }) => type === 'notDelivered');
	const named = told.flatMap(({ detail }) => (Array.isArray(detail.failed) && detail.failed.length > 0 ? detail.failed as unknown[] : ['crm']));
	const reason = told.at(-1)?.detail.reason;
	return { failed: readHandoffParts(named), reason: typeof reason === 'string' ? reason : '' };
}
