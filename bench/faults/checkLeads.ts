import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { administer, type Rig } from '../rig/n8nRig';
import type { Message } from '../rig/standIn';

/** One lead as the ledger has it, by the event id of its form. */
export interface Kept { event: string; submissions: number; leadId: string; leads: number; owner: string | null; clocks: number; alertsOpen: number }

const question = `SELECT s.event_id AS event, COUNT(*) AS submissions, COUNT(DISTINCT s.lead_id) AS leads, MIN(s.lead_id) AS "leadId", MIN(l.owner_id) AS owner,
	(SELECT COUNT(*) FROM clocks c WHERE c.lead_id = MIN(s.lead_id)) AS clocks,
	(SELECT COUNT(*) FROM clocks c LEFT JOIN steps t ON t.clock_id = c.id WHERE c.lead_id = MIN(s.lead_id) AND t.confirmed_at IS NULL) AS "alertsOpen"
	FROM submissions s LEFT JOIN leads l ON l.client = s.client AND l.test = s.test AND l.id = s.lead_id GROUP BY s.event_id`;

/** Ids of leads of which the ledger knows that something was not delivered. */
export async function readNotDelivered(rig: Rig): Promise<Set<string>> {
	return new Set((await ask(rig, "SELECT lead_id AS id FROM events WHERE type = 'notDelivered'")).map(({ id }) => String(id)));
}

export async function readKept(rig: Rig): Promise<Map<string, Kept>> {
	const rows = await ask(rig, question);
	return new Map(rows.map((row) => {
		const kept: Kept = { event: String(row.event), submissions: Number(row.submissions), leads: Number(row.leads), leadId: String(row.leadId), owner: row.owner as string | null, clocks: Number(row.clocks), alertsOpen: Number(row.alertsOpen) };
		return [kept.event, kept];
	}));
}

async function ask(rig: Rig, sql: string): Promise<Record<string, unknown>[]> {
	if (rig.postgres) return await administer(rig.postgres, sql);
	const database = new DatabaseSync(join(rig.folder, '.n8n', 'storage', 'n8n-nodes-lead-handoff', 'ledger.sqlite'), { readOnly: true });
	try {
		return database.prepare(sql).all() as Record<string, unknown>[];
	} finally {
		database.close();
	}
}

export const isFinished = (kept: Kept | undefined): boolean => kept !== undefined && kept.owner !== null && kept.clocks === 1;

/** A time in which something was broken, epoch milliseconds. */
export interface Trouble { from: number; to: number }

/**
 * What is wrong with leads that were acknowledged, in words; empty when the promise held.
 *
 * @param acknowledged - Lead ids that a form was told, by event id: the same at each delivery.
 * @param leaseSeconds - After which an alert that was not confirmed is given again.
 */
export function wrongLeads(acknowledged: Map<string, Set<string>>, kept: Map<string, Kept>, messages: Message[], troubles: Trouble[], leaseSeconds: number): string[] {
	const byLead = new Map<string, Message[]>();
	for (const message of messages) if (message.body.step === 'Remind Owner') byLead.set(String(message.body.leadId), [...byLead.get(String(message.body.leadId)) ?? [], message]);
	return [...acknowledged].flatMap(([event, ids]) => {
		const lead = kept.get(event);
		if (!lead) return [`${event} was acknowledged and is not in the ledger`];
		const alerts = byLead.get(lead.leadId) ?? [];
		return [
			...(lead.submissions === 1 && lead.leads === 1 ? [] : [`${event} is ${lead.submissions} submissions and ${lead.leads} leads`]),
			...(ids.size === 1 && ids.has(lead.leadId) ? [] : [`${event} was told ${ids.size} lead ids, or another than ${lead.leadId}`]),
			...(lead.owner === null ? [`${event} has no owner`] : []),
			...(lead.clocks === 1 ? [] : [`${event} has ${lead.clocks} clocks`]),
			...(alerts.length > 0 ? [] : [`${event}: its owner was never told`]),
			...alerts.slice(1).flatMap((alert, index) => (isExplained(alerts[index].at, alert.at, troubles, leaseSeconds) ? [] : [`${event} was told again although nothing was broken between`])),
		];
	});
}

/** A message comes again when its run was broken before it was confirmed, so something was broken while it was on its way. */
function isExplained(first: number, again: number, troubles: Trouble[], leaseSeconds: number): boolean {
	return again - first >= (leaseSeconds - 2) * 1000 && troubles.some(({ from, to }) => from <= first + 8_000 && to >= first - 8_000);
}
