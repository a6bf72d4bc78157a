import type { HandoffRecord, Routing } from '../handoffRecord';
import { countryName, shorten } from './meaning';
import type { CompiledRule } from './ruleTable';

/** Open rules that are told one by one; the others are counted. */
const mostOpenRules = 3;

/** Why a rule took the lead, e.g. `Rule 2 "UK Enterprise" (hard) matched: Country is GB, Company Size is at least 50 (200+)`. */
export function describeMatch(rule: CompiledRule, reasons: readonly string[], queueRefused: boolean): string {
	const refused = queueRefused ? '; its queue was already fixed by an earlier rule' : '';
	return `${nameOf(rule)} matched: ${reasons.join(', ')}${refused}`;
}

/** Which rules could have taken the lead, had it told more, e.g. `Rule 3 "Mid Market" (hard) stayed open: Company Size is not known`. */
export function describeOpenRules(rules: readonly CompiledRule[], unknowns: (rule: CompiledRule) => string[]): string[] {
	const told = rules.slice(0, mostOpenRules).map((rule) => `${nameOf(rule)} stayed open: ${unknowns(rule).join(', ')}`);
	const others = rules.length - told.length;
	return others > 0 ? [...told, `${others} more ${others === 1 ? 'rule' : 'rules'} stayed open`] : told;
}

/** One short sentence for the owner, e.g. `Mia Hart has it in queue "UK Enterprise", because rule 2 "UK Enterprise" matched`. */
export function explainRouting(routing: Routing): string {
	const { owner, queue, rule, tier } = routing;
	const who = owner ? `${shorten(owner.name, 60)} has it in queue "${shorten(queue, 60)}"` : `It waits for its owner in queue "${shorten(queue, 60)}"`;
	const why = tier === 'fallback' ? 'because no rule fixed a queue' : `because rule ${rule.number} "${shorten(rule.name, 60)}" matched`;
	return `${who}, ${why}`;
}

/**
 * The whole lead in one plain sentence, for a message: who, what, where from, whose it is and why.
 * Parts that are not known are left out; what the lead wrote is cut short and on one line.
 */
export function explainLead(record: HandoffRecord): string {
	const { lead, source, intent, routing } = record;
	const person = shorten(lead.fullName ?? lead.email ?? lead.phone ?? 'A lead without a name', 60);
	const company = lead.company ? ` of ${shorten(lead.company, 60)}` : '';
	const country = lead.country ? ` (${countryName(lead.country)})` : '';
	const wish = intent ? ` has the intent "${shorten(intent.name, 40)}"` : lead.serviceInterest ? ` asks about ${shorten(lead.serviceInterest, 60)}` : ' sent an enquiry';
	const words = shorten(intent?.summary ?? lead.message ?? '', 160);
	const from = [source.source, source.medium, source.campaign].flatMap((part) => (typeof part === 'string' && part !== '' ? [shorten(part, 40)] : []));
	return [
		`${person}${company}${country}${wish}`,
		words === '' ? '' : `: ${words}`,
		from.length === 0 ? '' : ` [from ${from.join(' / ')}]`,
		routing ? `. ${explainRouting(routing)}` : '',
	].join('');
}

function nameOf({ number, name, tier }: CompiledRule): string {
	return `Rule ${number} "${name}" (${tier})`;
}
