/** Why a second row of one person was not found: what the two have in common. */
export const auditCauses = ['sentTwice', 'sameEmail', 'emailWrittenDifferently', 'otherEmailSamePhone', 'nameAlike'] as const;
export type AuditCause = (typeof auditCauses)[number];

/** What an export says of one lead. Null always means: the export does not tell. */
export interface AuditLead {
	/** Place of its item, from 0. */
	row: number;
	/** Epoch milliseconds. */
	createdAt: number | null;
	/** Minutes from its creation to the first contact, by the wall clock and in working hours; null too while nobody contacted it. */
	wallMinutes: number | null;
	businessMinutes: number | null;
	/** Why there are no minutes although somebody contacted it. */
	minutesFault: 'dayOnly' | 'unreadable' | 'ambiguous' | 'beforeCreation' | null;
	contacted: boolean | null;
	/** Business minutes that an uncontacted lead has waited by the moment of the export. */
	waitedMinutes: number | null;
	/** Whether it came outside working hours. */
	afterHours: boolean | null;
	meeting: boolean | null;
	hasOwner: boolean | null;
	/** Whether source, medium and campaign are all known; which of them are not. */
	sourceComplete: boolean | null;
	missingSource: string[];
	hasCampaign: boolean | null;
	routedRight: boolean | null;
	/** Null when nothing of the person could be compared. */
	duplicate: boolean | null;
	duplicateCause: AuditCause | null;
	/** Place of the earlier row of the same person. */
	duplicateOf: number | null;
	/** May be somebody's second row; a person would have to look. */
	maybeDuplicate: boolean;
	/** By what the leads can be told apart. */
	source: string | null;
	campaign: string | null;
	queue: string | null;
	owner: string | null;
	territory: string | null;
	service: string | null;
}
