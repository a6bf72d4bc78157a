import type { IDataObject } from 'n8n-workflow';
import { labelLead, plainText } from '../lead/activate/escalation';
import { enrichLead } from '../lead/clean/enrichLead';
import { readRecord } from '../lead/readRecord';
import { releaseStep } from '../ledger/leadSteps';
import type { HeldLead } from '../ledger/ledger';
import type { Sweep } from './checkClocks';
import type { CheckSettings } from './settings';

/**
 * Held leads whose team is there now: each is given once as the record that Rule Router releases, as a step that is claimed
 * and confirmed like any other. Where still nobody is there, the router holds it on, and it comes again.
 */
export async function findHeld(sweep: Sweep, settings: CheckSettings): Promise<IDataObject[]> {
	if (sweep.left <= 0) return [];
	const leads = await sweep.ledger.listHeldLeads({ client: settings.client, test: settings.testLeads, now: new Date(sweep.now).toISOString(), limit: settings.clocksPerCheck });
	const items: IDataObject[] = [];
	for (const lead of leads) {
		if (items.length >= sweep.left) break;
		const claim = sweep.preview
			? undefined
			: await sweep.ledger.claimStep({ client: lead.client, test: lead.test, leadId: lead.leadId, name: releaseStep(lead.heldUntil), leaseSeconds: sweep.leaseSeconds });
		if (claim && claim.status !== 'claimed') continue;
		items.push(toItem(lead, claim, sweep));
	}
	sweep.left -= items.length;
	return items;
}

function toItem({ client, test, record: captured, decisions, leadId, submissionId }: HeldLead, claim: { stepId: string; claimToken: string; attempt: number } | undefined, sweep: Sweep): IDataObject {
	const { record } = readRecord({ json: captured, now: new Date(sweep.now), newId: () => submissionId });
	const { clean, enrich, classify, route, activate } = decisions;
	const decided = {
		// whose it is, the ledger knows for sure
		...enrichLead(record, enrich?.enrichment), client, run: { test }, leadId,
		...(clean ? { personId: clean.personId, match: clean.match } : {}),
		...(classify ? { intent: classify.intent } : {}),
		...route, ...activate,
		review: [...record.review, ...(clean?.review ?? []), ...(classify?.review ?? [])],
		submission: { ...record.submission, id: submissionId, state: activate ? 'activated' as const : 'assigned' as const },
	};
	return {
		status: 'release',
		text: `Release: ${labelLead(record)} was held in queue ${plainText(route?.routing.queue ?? 'unknown')}, and the team is there now.`,
		step: { id: claim?.stepId ?? null, name: 'Release', claimToken: claim?.claimToken ?? null, attempt: claim?.attempt ?? 0, notify: 'owner', toldAs: null, who: null },
		...decided,
		...(sweep.preview ? { preview: true } : {}),
	} as unknown as IDataObject;
}
