import type { IDataObject } from 'n8n-workflow';

/** Most leads that one message names; the rest is counted. */
const mostNamed = 10;

const groupWords: Record<string, string> = { breached: 'overdue', at_risk: 'at risk' };

/**
 * Alerts of one client, status and person as one item when there are at least so many, so that a Monday morning is not a
 * storm. The item tells of every step in `steps`; its own `step` names the ids and claims of all with commas between, so that
 * Confirm Step confirms them together, whatever node stands between.
 */
export function groupAlerts(alerts: IDataObject[], from: number): IDataObject[] {
	const groups = new Map<string, IDataObject[]>();
	for (const alert of alerts) {
		const { who } = alert.step as { who?: { id?: string } | null };
		// nobody to tell, a lead that is stuck, or one that was given on and that a CRM must hear of: each stands for itself
		const key = who?.id === undefined || alert.status === 'stuck' || alert.reassigned !== undefined ? `alone ${groups.size}` : JSON.stringify([alert.client, alert.run, alert.status, who.id]);
		groups.set(key, [...(groups.get(key) ?? []), alert]);
	}
	return [...groups.values()].flatMap((group) => (group.length < from ? group : [asOne(group)]));
}

function asOne(alerts: IDataObject[]): IDataObject {
	const [first] = alerts;
	const steps = alerts.map(({ step }) => step as IDataObject);
	const all = (name: 'id' | 'claimToken') => (steps.every((step) => typeof step[name] === 'string') ? steps.map((step) => step[name]).join() : null);
	const leads = [...new Set(alerts.map(({ leadId }) => leadId))];
	const said = alerts.slice(0, mostNamed).map(({ text }) => `• ${String(text)}`);
	const rest = alerts.length - said.length;
	const what = groupWords[String(first.status)] ?? 'waiting for an answer';
	return {
		...first,
		step: { ...steps[0], id: all('id'), claimToken: all('claimToken') },
		leadIds: leads,
		steps: steps.map(({ id, name, claimToken, attempt }, index) => ({ leadId: alerts[index].leadId, id, name, claimToken, attempt })),
		text: [`${leads.length} leads are ${what}:`, ...said, ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n'),
		minutesLeft: Math.min(...alerts.map(({ minutesLeft }) => Number(minutesLeft))),
	};
}
