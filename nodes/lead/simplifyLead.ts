import type { HandoffRecord } from './handoffRecord';
import { sheetCells } from './sheetCells';
import { shorten } from './shorten';

/** A lead as one flat row right after it was cleaned, before anything was decided about it. */
export interface SimplifiedCleanLead {
	leadId: string;
	fullName: string | null;
	email: string | null;
	phone: string | null;
	company: string | null;
	country: string | null;
	message: string | null;
	channel: string | null;
	campaign: string | null;
	quality: number;
	why: string | null;
	needsReview: boolean;
}

/** No longer than a table cell can show. */
const longestMessage = 300;

/** The twelve columns of a cleaned lead; `null` where nothing is known. `why` holds warnings and errors. No column is run as a formula by a sheet. */
export function simplifyLead({ leadId, lead, source, quality, review }: HandoffRecord): SimplifiedCleanLead {
	return sheetCells({
		leadId,
		fullName: lead.fullName,
		email: lead.email,
		phone: lead.phone,
		company: lead.company,
		country: lead.country,
		message: lead.message === null ? null : shorten(lead.message.replace(/\s+/g, ' '), longestMessage),
		channel: source.channel,
		campaign: source.campaign,
		quality: quality.score,
		why: quality.issues.filter(({ severity }) => severity !== 'info').map(({ message }) => message).join('; ') || null,
		needsReview: review.length > 0,
	});
}
