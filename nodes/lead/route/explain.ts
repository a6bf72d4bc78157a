import { countryName } from '../country';
import type { FixedParts, HandoffRecord, Routing } from '../handoffRecord';
import { plainLine, plainWords } from '../shorten';
import type { CompiledRule } from './ruleTable';

/** Open rules that are told one by one; the others are counted. */
const mostOpenRules = 3;
const longestName = 60;

/** A part of a routing that a rule may set. */
export type Part = keyof FixedParts;
const partWords: Record<Part, string> = { queue: 'queue', team: 'team', owner: 'owner', priority: 'priority', slaPolicy: 'SLA policy', sequence: 'sequence', skills: 'skills', blocked: 'block' };

/** For a rep: the rule that fixed the queue, and what the lead has, e.g. `"UK enterprise": country is United Kingdom, company size 1000 or more`. */
export function tellDecisiveRule(rule: CompiledRule, reasons: readonly string[]): string {
	return `${quoted(rule.name)}: ${reasons.join(', ')}`;
}

/**
 * For a rep: what another rule that matched really set, e.g. `"High intent comes first": priority high`, and of one
 * that chose who gets the lead also why, e.g. `"Any other country": team International (country is France)`;
 * undefined when all that it sets was set before.
 */
export function tellOtherRule(rule: CompiledRule, set: readonly Part[], reasons: readonly string[]): string | undefined {
	const told = set.map((part) => (part === 'blocked' ? 'blocked' : `${partWords[part]} ${plainLine([rule.sets[part] ?? ''].flat().join(', '), longestName)}`));
	if (!rule.readMessageWithAi) told.push('not read by AI');
	if (told.length === 0) return undefined;
	const why = set.includes('team') || set.includes('owner') ? ` (${reasons.join(', ')})` : '';
	return `${quoted(rule.name)}: ${told.join(', ')}${why}`;
}

/** For audit: a rule that matched, with number, tier and both sides, and which of its parts earlier rules had fixed. */
export function traceMatch(rule: CompiledRule, comparisons: readonly string[], refused: readonly Part[]): string {
	const kept = refused.length === 0 ? '' : `; already fixed by an earlier rule: ${refused.map((part) => partWords[part]).join(', ')}`;
	return `${nameOf(rule)} matched: ${comparisons.join(', ')}${kept}`;
}

/** For audit: rows that match where the table allows one only, so that none of them decides. */
export function traceConflict(rules: readonly CompiledRule[]): string {
	return `${rules.map(nameOf).join(' and ')} match, but the table allows only one row, so none of them decides`;
}

/** For whoever keeps the table, as an alarm on the lead. */
export function tellConflict(rules: readonly CompiledRule[]): string {
	return `rows ${rules.map(({ number }) => number).join(' and ')} of the table both match, but it allows only one`;
}

/** For audit: a rule that does not match, with what would have to be otherwise, e.g. `Rule 4 "UK" (hard) did not match: country is United Kingdom (France)`. */
export function traceMiss(rule: CompiledRule, comparisons: readonly string[]): string {
	return `${nameOf(rule)} did not match: it asks that ${comparisons.join(', ') || 'something else holds'}`;
}

/** For audit: a rule that matches but stands after the one that ended the search. */
export function traceLateMatch(rule: CompiledRule): string {
	return `${nameOf(rule)} would match too, but an earlier rule had ended the search`;
}

/** For audit: rules that could have taken the lead, had it told more, e.g. `Rule 3 "Mid Market" (hard) stayed open: company size is not known`. */
export function traceOpenRules(rules: readonly CompiledRule[], unknowns: (rule: CompiledRule) => string[]): string[] {
	const told = rules.slice(0, mostOpenRules).map((rule) => `${nameOf(rule)} stayed open: ${unknowns(rule).join(', ')}`);
	const others = rules.length - told.length;
	return others > 0 ? [...told, `${others} more ${others === 1 ? 'rule' : 'rules'} stayed open`] : told;
}

/** One short sentence for the owner, e.g. `Mia Hart has it in queue UK Enterprise ("UK enterprise": country is United Kingdom)`. */
export function explainRouting(routing: Routing): string {
	const { owner, queue, because, tier } = routing;
	const who = owner ? `${plainLine(owner.name, longestName)} has it` : 'It waits for its owner';
	const why = tier === 'fallback' ? 'no rule takes it' : because[0];
	return `${who} in queue ${plainLine(queue, longestName)}${why === undefined ? '' : ` (${plainLine(why, 200)})`}`;
}

/**
 * The whole lead in a few plain sentences on one line, for a message: who, what, whose it is and why, and the words
 * for the rep. Parts that are not known are left out.
 */
export function explainLead(record: HandoffRecord): string {
	const { lead, intent, routing } = record;
	const contact = lead.email ?? lead.phone;
	const person = plainWords(lead.fullName ?? '', longestName) || `A lead without a name${contact === null ? '' : ` (${plainLine(contact, longestName)})`}`;
	const company = lead.company ? ` of ${plainLine(lead.company, longestName)}` : '';
	const country = lead.country ? ` (${countryName(lead.country) ?? plainLine(lead.country, longestName)})` : '';
	const wish = plainWords(intent?.name ?? lead.serviceInterest ?? 'new enquiry', longestName);
	const words = intent ? plainWords(intent.summary, 500) : enquiryInWords(record);
	return [`${person}${company}${country}: ${wish}`, ...(routing ? [explainRouting(routing)] : []), ...(words === '' ? [] : [words])].join('. ');
}

/** Message and source, before anything has read the message: the classifier's summary holds them later. */
function enquiryInWords({ lead, source }: HandoffRecord): string {
	const message = plainWords(lead.message ?? '', 160);
	const from = [source.source, source.medium, source.campaign].flatMap((part) => (typeof part === 'string' && part !== '' ? [plainLine(part, 40)] : []));
	return [message, from.length === 0 ? '' : `From ${from.join(' / ')}`].filter((part) => part !== '').join(' – ');
}

function nameOf({ number, name, tier }: CompiledRule): string {
	return `Rule ${number} ${quoted(name)} (${tier})`;
}

function quoted(name: string): string {
	return `"${plainLine(name, longestName)}"`;
}
