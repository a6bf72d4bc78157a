import type { IDataObject } from 'n8n-workflow';
import { labelLead, plainText } from '../lead/activate/escalation';
import { releaseStep } from '../ledger/leadSteps';
import type { HeldLead } from '../ledger/ledger';
import type { Sweep } from './checkClocks';
import { decidedRecord } from './decidedRecord';
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

function toItem(lead: HeldLead, claim: { stepId: string; claimToken: string; attempt: number } | undefined, sweep: Sweep): IDataObject {
	const record = decidedRecord(lead, sweep.now);
	return {
		status: 'release',
		text: `Release: ${labelLead(record)} was held in queue ${plainText(record.routing?.queue ?? 'unknown')}, and the team is there now.`,
		step: { id: claim?.stepId ?? null, name: 'Release', claimToken: claim?.claimToken ?? null, attempt: claim?.attempt ?? 0, notify: 'owner', toldAs: null, who: null },
		...record,
		...(sweep.preview ? { preview: true } : {}),
	} as unknown as IDataObject;
}
