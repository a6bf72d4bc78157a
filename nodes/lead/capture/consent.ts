import { toOneLine } from '../foldText';
import type { Consent, LeadIssue, Moment } from '../handoffRecord';
import { consentChannels, type ConsentAnswer } from './consentAnswers';
import type { ReadLead } from './readLead';

const longestText = 1_000;

/**
 * What the lead agreed to. A channel is absent when the form did not ask or the answer is neither yes nor no; a box that
 * was left empty is a no. Two boxes that disagree are a no, with an issue. Agreeing to a privacy policy is no opt-in: it
 * gives only the wording in `text`.
 *
 * @param at - When the form says consent was given; a form that says nothing of it took consent when it was sent.
 */
export function readConsent({ fields, consents }: Pick<ReadLead, 'fields' | 'consents'>, { at, sentAt }: { at: Moment | undefined; sentAt: Moment }): { consent: Consent; issues: LeadIssue[] } {
	const consent: Consent = {};
	const issues: LeadIssue[] = [];
	for (const channel of consentChannels) {
		const about = consents.filter(({ channels }) => channels.includes(channel));
		const mapped = about.filter((answer) => answer.mapped);
		const answers = (mapped.length > 0 ? mapped : about).map(({ agreed }) => agreed).filter((agreed) => agreed !== undefined);
		if (answers.length === 0) continue;
		consent[channel] = answers.every(Boolean);
		if (answers.includes(true) && answers.includes(false)) {
			issues.push({ field: `consent.${channel}`, code: 'CONSENT_CONFLICT', message: `The form has a yes and a no for ${channel}; it counts as a no`, severity: 'info' });
		}
	}
	const text = wording(fields.consentText?.[0], consents);
	if (text !== '') consent.text = text;
	if (at !== undefined) consent.at = at;
	else if (consents.some(({ agreed }) => agreed !== undefined)) consent.at = sentAt;
	return { consent, issues };
}

/** What the form says was agreed to, else the sentences beside the ticked boxes. */
function wording(given: string | undefined, consents: readonly ConsentAnswer[]): string {
	const agreed = consents.filter((answer) => answer.agreed === true && answer.wording !== undefined).map((answer) => toOneLine((answer.wording as string).slice(0, longestText)));
	return toOneLine([...new Set([...(given === undefined ? [] : [given]), ...agreed])].join('; ').slice(0, longestText));
}
