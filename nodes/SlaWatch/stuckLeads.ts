import type { IDataObject } from 'n8n-workflow';
import { findPeople, labelLead } from '../lead/activate/escalation';
import { sayMinutes } from '../lead/activate/moments';
import { quietUntil } from '../lead/activate/quietHours';
import { readRecord } from '../lead/readRecord';
import type { ClientSettings } from '../lead/settings/clientSettings';
import { stuckStep, workSeconds } from '../ledger/leadSteps';
import type { StuckLead } from '../ledger/ledger';
import { whoIsTold } from './alertItem';
import type { Sweep } from './checkClocks';
import type { CheckSettings } from './settings';

/** What the lead still lacks, by the furthest state that it reached. */
const missing: Record<string, string> = { captured: 'it was captured, and no verdict followed', decided: 'it has no owner', assigned: 'its clock never started' };

/** Leads that a run left on its way: each is told once, as a step that is claimed and confirmed like any other. */
export async function findStuck(sweep: Sweep, settings: CheckSettings): Promise<IDataObject[]> {
	if (sweep.left <= 0) return [];
	const leads = await sweep.ledger.listStuckLeads({
		client: settings.client, test: settings.testLeads, now: new Date(sweep.now).toISOString(), afterSeconds: workSeconds, limit: settings.clocksPerCheck,
	});
	const alerts: IDataObject[] = [];
	for (const lead of leads) {
		if (alerts.length >= sweep.left) break;
		const settings = await sweep.settings(lead.client);
		if (settings && quietUntil(sweep.quietHours, sweep.now, settings.timeZone) !== undefined) continue;
		const claim = sweep.preview
			? undefined
			: await sweep.ledger.claimStep({ client: lead.client, test: lead.test, leadId: lead.leadId, name: stuckStep, leaseSeconds: sweep.leaseSeconds });
		if (claim && claim.status !== 'claimed') continue;
		alerts.push(toAlert(lead, settings, claim, sweep));
	}
	sweep.left -= alerts.length;
	return alerts;
}

function toAlert(lead: StuckLead, settings: ClientSettings | undefined, claim: { stepId: string; claimToken: string; attempt: number } | undefined, sweep: Sweep): IDataObject {
	const { record } = readRecord({ json: lead.record, now: new Date(sweep.now), newId: () => lead.leadId });
	const people = settings ? findPeople(record, settings) : {};
	const minutes = Math.floor((sweep.now - Date.parse(lead.receivedAt)) / 60_000);
	return {
		client: lead.client,
		leadId: lead.leadId,
		status: 'stuck',
		text: `Stuck: ${labelLead(record)} came in ${sayMinutes(minutes)} ago and ${missing[lead.state] ?? 'has no clock'}. Deliver the form again, or run the failed execution again in n8n.`,
		step: { id: claim?.stepId ?? null, name: stuckStep, claimToken: claim?.claimToken ?? null, attempt: claim?.attempt ?? 0, notify: 'ops', ...whoIsTold({ notify: 'ops' }, people, sweep.now, settings) },
		clock: null,
		minutesLeft: null,
		dueAt: null,
		nextCheckAt: null,
		because: [`received ${lead.receivedAt}`, missing[lead.state] ?? 'its clock never started'],
		owner: null,
		run: { test: lead.test },
		// what a workflow needs to take the lead up again
		record: record as unknown as IDataObject,
		...(sweep.preview ? { preview: true } : {}),
	};
}
