import type { FieldChange, LeadFields, LeadIssue, Quality, SourceContext } from '../handoffRecord';

/** What each finding takes from 100. Chosen so that a lead with a reply path, a name and a message stays above 50. */
const costs: { points: number; applies: (lead: LeadFields, source: SourceContext, flags: Quality['flags'], replyPath: boolean) => boolean }[] = [
	{ points: 40, applies: (_lead, _source, _flags, replyPath) => !replyPath },
	{ points: 30, applies: (_lead, _source, flags) => flags.suspectedSpam },
	{ points: 20, applies: (_lead, _source, flags) => flags.disposableEmail },
	{ points: 10, applies: (_lead, _source, flags) => flags.suspectedInjection },
	{ points: 10, applies: (lead) => lead.fullName === null },
	{ points: 10, applies: (lead) => lead.message === null },
	{ points: 10, applies: (lead) => lead.email === null },
	{ points: 5, applies: (lead) => lead.phone === null },
	{ points: 5, applies: (lead) => lead.company === null },
	{ points: 5, applies: (lead) => lead.country === null },
	{ points: 5, applies: (_lead, _source, flags) => flags.roleEmail },
	{ points: 5, applies: (_lead, source) => !source.complete },
];
/** Each issue that is more than information, besides what it causes above. */
const pointsPerIssue = 3;

/** How good the lead's fields are, 0 to 100, with what was found and changed. Free mail costs nothing: many customers have no other. */
export function judgeQuality({ lead, source, flags, issues, changes }: {
	lead: LeadFields;
	source: SourceContext;
	flags: Quality['flags'];
	issues: LeadIssue[];
	changes: FieldChange[];
}): Quality {
	const replyPath = lead.email !== null || lead.phone !== null;
	const lost = costs.filter((cost) => cost.applies(lead, source, flags, replyPath)).reduce((sum, cost) => sum + cost.points, 0)
		+ issues.filter((issue) => issue.severity !== 'info').length * pointsPerIssue;
	return { score: Math.max(0, 100 - lost), issues, flags, changes, replyPath };
}
