/** Rows of generated leads, as the nodes would have written them: seeded, so that both drivers count the same. */

export type Cell = string | number | null;
export interface TableRows {
	table: string;
	columns: string[];
	rows: Cell[][];
}

export const client = 'bench';
/** Length of a period in milliseconds. */
export const periodMs = 30 * 24 * 3_600_000;
export const periodStart = Date.parse('2026-10-01T00:00:00.000Z');

const filler = 'We run our mail, our laptops and a small data centre ourselves and would like to hear what it costs to have it done. '.repeat(4);

/**
 * All rows of some leads: one person, lead, submission, three decisions, a clock and about two events each, with documents
 * of the size that real ones have.
 *
 * @param first - Number of the first lead; leads of one number are the same in every run.
 */
import { seeded } from '../../test/support/seeded';
export function ledgerRows(first: number, count: number, total: number): TableRows[] {
	const tables: Record<string, TableRows> = {
		persons: { table: 'persons', columns: ['client', 'test', 'id', 'fields', 'email', 'email_key', 'search_text', 'external_ids', 'enquiries', 'updated_at'], rows: [] },
		leads: { table: 'leads', columns: ['client', 'test', 'id', 'person_id', 'status', 'provisional', 'opened_at', 'last_touch_at', 'touches', 'state', 'verdict', 'queue', 'owner_id', 'owner'], rows: [] },
		submissions: { table: 'submissions', columns: ['client', 'test', 'id', 'submission_key', 'lead_id', 'person_id', 'state', 'received_at', 'form_tool', 'form_id', 'deliveries', 'lease_until', 'source', 'payload', 'record'], rows: [] },
		decisions: { table: 'decisions', columns: ['client', 'test', 'submission_id', 'stage', 'lead_id', 'section', 'decided_at'], rows: [] },
		clocks: { table: 'clocks', columns: ['client', 'test', 'id', 'lead_id', 'name', 'policy', 'started_at', 'started_from', 'warn_at', 'due_at', 'terms', 'status', 'responded_at', 'elapsed_minutes', 'owner_id', 'pauses'], rows: [] },
		events: { table: 'events', columns: ['client', 'test', 'once_key', 'sequence', 'lead_id', 'type', 'happened_at', 'detail'], rows: [] },
	};
	for (let number = first; number < first + count; number++) addLead(tables, number, total);
	return Object.values(tables);
}

function addLead(tables: Record<string, TableRows>, number: number, total: number): void {
	const next = seeded(number + 1);
	const pick = <Value>(values: readonly Value[]) => values[Math.floor(next() * values.length)];
	const id = `${String(number).padStart(8, '0')}-4c0b-4d0e-9a54-5d6f0c1b2a3e`;
	const at = periodStart + Math.floor((number / total) * periodMs);
	const member = `member-${Math.floor(next() * 40)}`;
	const queue = `Queue ${Math.floor(next() * 12)}`;
	const campaign = next() < 0.2 ? null : `campaign-${Math.floor(next() ** 3 * 400)}`;
	const source = { channel: 'paid', source: pick(['google', 'linkedin', 'newsletter', 'partner', 'direct', 'fair']), medium: 'cpc', campaign, complete: campaign !== null, completeness: campaign === null ? 0.67 : 1, missing: [] };
	const high = next() < 0.3;
	const intent = { name: pick(['Request a Quote', 'Book a Demo', 'Support', 'Partnership', 'Job', 'Other']), highIntent: high, engine: next() < 0.03 ? 'fallback' : 'ai', confidence: 0.9, urgency: 'normal', summary: filler.slice(0, 150), evidence: [filler.slice(0, 60)], because: ['read by the model'] };
	const routing = { queue, team: queue, tier: pick(['hard', 'hard', 'soft', 'fallback']), rule: { number: 1, name: 'Rule' }, matchedRules: [], because: [filler.slice(0, 120)], skipped: next() < 0.3 ? ['Mia Example: away until 2026-11-02'] : [], priority: 'normal', readMessageWithAi: true };
	const lead = { fullName: 'Robin Example', email: `robin${number}@firm.example`, country: pick(['GB', 'DE', 'US', 'FR', 'ES']), region: null, serviceInterest: pick(['Managed IT', 'Cloud Migration', 'Security Review', null]), message: filler };
	const scope: Cell[] = [client, 0];
	const person = `p${id}`;
	const submission = `s${id}`;
	tables.persons.rows.push([...scope, person, JSON.stringify(lead), lead.email, lead.email, lead.email, '{}', 1, at]);
	tables.leads.rows.push([...scope, id, person, 'open', 0, at, at, next() < 0.1 ? 2 : 1, 3, next() < 0.9 ? 'create' : 'append', queue, next() < 0.01 ? null : member, JSON.stringify({ id: member, name: member, email: null })]);
	tables.submissions.rows.push([...scope, submission, submission, id, person, 3, at, pick(['typeform', 'webflow', 'n8nForm']), pick(['contact', 'quote', 'demo']), 1, 0, JSON.stringify(source), '{}', JSON.stringify({ lead, source, quality: { score: 90, issues: [] } })]);
	for (const [stage, section] of [['clean', { match: { verdict: 'create', candidates: [], because: [] } }], ['classify', { intent }], ['route', { routing }]] as const) {
		tables.decisions.rows.push([...scope, submission, stage, id, JSON.stringify(section), at]);
	}
	const minutes = Math.round(next() ** 4 * 4_800 + 1) / 10;
	const isAnswered = next() < 0.9;
	tables.clocks.rows.push([...scope, `c${id}`, id, 'First Response', 'Standard', at, 'receivedAt', at + 600_000, at + 1_800_000, '{}', isAnswered ? 'met' : 'running', isAnswered ? at + Math.round(minutes * 90_000) : null, isAnswered ? minutes : null, member, '[]']);
	const events: [string, object][] = [];
	if (isAnswered) events.push(['contacted', {}]);
	if (next() < 0.5) events.push(next() < 0.8 ? ['accepted', {}] : ['rejected', { reason: 'no budget' }]);
	if (isAnswered && next() < 0.3) events.push(['meetingBooked', {}]);
	if (next() < 0.06) events.push(['won', { amount: Math.round(next() * 20_000), currency: pick(['EUR', 'EUR', 'GBP', 'USD']) }]);
	if (next() < 0.01) events.push(['routingChecked', { right: next() < 0.95 }]);
	for (const [place, [type, detail]] of events.entries()) tables.events.rows.push([...scope, `${id} ${place}`, number * 8 + place, id, type, at + place, JSON.stringify(detail)]);
}
