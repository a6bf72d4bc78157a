import type { FormField } from '../capture/labelTable';
import type { ReadLead } from '../capture/readLead';
import type { FieldChange, LeadFields, SourceContext } from '../handoffRecord';

/** The form's fields from which a field of the lead is read, in the order of trust. */
const readFrom = Object.entries({
	firstName: ['firstName'], lastName: ['lastName'], fullName: ['fullName'], email: ['email'], phone: ['phone', 'mobile'], company: ['company'], companyDomain: ['website'],
	jobTitle: ['jobTitle'], country: ['country'], region: ['region'], city: ['city'], postalCode: ['postalCode'], timeZone: ['timeZone'],
	serviceInterest: ['serviceInterest'], companySize: ['companySize'], budget: ['budget'],
} satisfies Partial<Record<keyof LeadFields, FormField[]>>).map(([name, fields]) => ({ name: name as keyof LeadFields, field: `lead.${name}`, fields: fields as FormField[] }));
const sourceParts = ['source', 'medium', 'campaign', 'term', 'content', 'landingPage', 'referrer'] as const satisfies (keyof SourceContext & FormField)[];
const readFromSource = sourceParts.map((name) => ({ name, field: `source.${name}` }));

/**
 * The change log made whole: whatever the form gave and the lead holds in another form is in it, step by step from what
 * was given to what is kept. So each change can be undone, the last first: set `field` to `before` (empty text stands for
 * nothing, and a range such as a budget is written as JSON in `after`). Steps that don't join are told as one.
 */
export function completeChanges({ read, lead, source, changes }: { read: ReadLead; lead: LeadFields; source: SourceContext; changes: readonly FieldChange[] }): FieldChange[] {
	const byField = new Map<string, FieldChange[]>();
	for (const change of changes) {
		const steps = byField.get(change.field);
		if (steps) steps.push(change);
		else byField.set(change.field, [change]);
	}
	const complete = (field: string, given: readonly string[] | undefined, kept: unknown): void => {
		if (given === undefined || given.length === 0) return;
		const steps = byField.get(field) ?? [];
		const after = written(kept);
		const isWhole = steps.length > 0 ? given.includes(steps[0].before) && steps.every((step, index) => step.after === (steps[index + 1]?.before ?? after)) : given.includes(after);
		if (isWhole) return;
		const rule = [...new Set(steps.map((step) => step.rule))].join('; ') || (after === '' ? 'not usable, left out' : 'brought to its standard form');
		byField.set(field, [{ field, before: given[0], after, rule }]);
	};
	for (const { name, field, fields: [first, other] } of readFrom) {
		const [given, more] = [read.fields[first], other === undefined ? undefined : read.fields[other]];
		if (given !== undefined || more !== undefined) complete(field, more === undefined ? given : [...(given ?? []), ...more], lead[name]);
	}
	complete('lead.message', asGiven(read), lead.message);
	for (const [label, given] of Object.entries(read.custom)) {
		if (typeof given === 'string' && Object.hasOwn(lead.custom, label)) complete(`lead.custom.${label}`, [given], lead.custom[label]);
	}
	for (const { name, field } of readFromSource) complete(field, read.fields[name], source[name]);
	return [...byField.values()].flat();
}

/** Subject and messages as one text, before anything was mended. */
export function asGiven({ fields }: Pick<ReadLead, 'fields'>): string[] {
	const parts = [...(fields.subject?.slice(0, 1) ?? []), ...(fields.message ?? [])];
	return parts.length === 0 ? [] : [parts.join('\n\n')];
}

/** A value as the log writes it. */
export function written(kept: unknown): string {
	if (kept === null || kept === undefined) return '';
	return typeof kept === 'string' ? kept : JSON.stringify(kept);
}
