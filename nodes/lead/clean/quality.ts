import type { FieldChange, LeadFields, LeadIssue, Quality, SourceContext } from '../handoffRecord';

/** What is looked at for the score. */
interface Looked {
	lead: LeadFields;
	source: SourceContext;
	flags: Quality['flags'];
	replyPath: boolean;
}

/** What each finding takes from 100. Chosen so that a lead with a reply path, a name and a message stays above 50. */
const costs: { points: number; why: string; applies: (looked: Looked) => boolean }[] = [
	{ points: 40, why: 'no way to answer', applies: ({ replyPath }) => !replyPath },
	{ points: 30, why: 'suspected spam', applies: ({ flags }) => flags.suspectedSpam },
	{ points: 20, why: 'throw-away e-mail address', applies: ({ flags }) => flags.disposableEmail },
	{ points: 10, why: 'text that speaks to a machine', applies: ({ flags }) => flags.suspectedInjection },
	{ points: 10, why: 'no name', applies: ({ lead }) => lead.fullName === null },
	{ points: 10, why: 'no message', applies: ({ lead }) => lead.message === null },
	{ points: 10, why: 'no e-mail address', applies: ({ lead }) => lead.email === null },
	{ points: 5, why: 'no phone number', applies: ({ lead }) => lead.phone === null },
	{ points: 5, why: 'no company', applies: ({ lead }) => lead.company === null },
	{ points: 5, why: 'no country', applies: ({ lead }) => lead.country === null },
	{ points: 5, why: 'shared mailbox', applies: ({ flags }) => flags.roleEmail },
	{ points: 5, why: 'source not complete', applies: ({ source }) => !source.complete },
];
/** Each issue that is more than information, besides what it causes above. */
const pointsPerIssue = 3;

/** How good the lead's fields are, 0 to 100, with what was found and changed. Free mail costs nothing: many customers have no other. */
export function judgeQuality({ lead, source, flags, issues, changes }: Omit<Looked, 'replyPath'> & { issues: LeadIssue[]; changes: FieldChange[] }): Quality {
	const replyPath = lead.email !== null || lead.phone !== null;
	const found = costs.filter((cost) => cost.applies({ lead, source, flags, replyPath }));
	const counted = issues.filter((issue) => issue.severity !== 'info').length;
	const lost = found.reduce((sum, { points }) => sum + points, 0) + counted * pointsPerIssue;
	const because = found.map(({ why, points }) => `${why} (−${points})`);
	if (counted > 0) because.push(`${counted === 1 ? '1 warning' : `${counted} warnings`} (−${counted * pointsPerIssue})`);
	return { score: Math.max(0, 100 - lost), because, issues, flags, changes, replyPath };
}
