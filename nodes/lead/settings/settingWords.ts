import { plainLine } from '../shorten';

/** Settings whose name in the document says too little, or is no word. */
const ownLabels: Record<string, string> = {
	crmId: 'CRM owner ID', slackId: 'Slack ID', bookingUrl: 'booking link', id: 'ID', slaPolicy: 'SLA policy', slaPolicies: 'SLA policies',
	firstResponseMinutes: 'first response target (minutes)', warnMinutesBefore: 'warning before (minutes)', afterMinutes: 'after (minutes)',
	whenNobodyAvailable: 'when nobody is available', readMessageWithAi: 'read message with AI', continue: 'go on to the next rule',
	requiredSource: 'required source parts', retentionDays: 'retention (days)', newOpportunityDays: 'new opportunity after (days)', tier: 'kind',
	appliesTo: 'applies to', leastLeads: 'least leads under a figure', noLeadHours: 'alarm after business hours without a lead',
};

/** What people call a setting: `slackId` is "Slack ID", `defaultCountry` is "default country". */
export function labelOfSetting(key: string): string {
	return Object.hasOwn(ownLabels, key) ? ownLabels[key] : splitName(key);
}

/** A name of the document in words: `leastLoaded` is "least loaded". */
export function splitName(key: string): string {
	return key.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/_/g, ' ').toLowerCase();
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A local date as people read it: `2026-12-24` is "24 Dec 2026"; what is no date stays. */
export function sayDate(date: string): string {
	const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? [];
	return months[Number(month) - 1] === undefined ? date : `${Number(day)} ${months[Number(month) - 1]} ${year}`;
}

/** Days off as people read them: one day, or "24 Dec 2026 to 2 Jan 2027". */
export function sayDays({ from, to }: { from: string; to: string }): string {
	return from === to ? sayDate(from) : `${sayDate(from)} to ${sayDate(to)}`;
}

const longestValue = 60;

/** A value as people read it, on one line and short; `nothing` where there is none. */
export function sayValue(value: unknown): string {
	if (value === undefined || value === null || value === '') return 'nothing';
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	if (typeof value === 'number') return String(value);
	if (Array.isArray(value)) return value.length === 0 ? 'nothing' : plainLine(value.map(sayValue).join(', '), longestValue);
	if (typeof value === 'object') return plainLine(Object.entries(value).map(([key, inner]) => `${labelOfSetting(key)} ${sayValue(inner)}`).join('; '), longestValue);
	return plainLine(String(value), longestValue);
}

/** Names as a sentence lists them: `Ada, Ben and Cleo`. */
export function sayList(names: readonly string[]): string {
	return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}
