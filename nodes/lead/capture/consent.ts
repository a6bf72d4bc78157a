import { toOneLine } from '../foldText';
import type { Consent, Moment } from '../handoffRecord';
import type { ReadLead } from './readLead';

const longestText = 1_000;
const yes = /^(?:true|1|yes|y|on|checked|accepted|agreed?|granted|subscribed?|opted[ _-]?in|ja|oui|s[iíì]|sim|i (?:agree|accept|consent)|yes[, ].*|ja[, ].*|oui[, ].*|ich stimme.*|j['’]accepte.*|acepto.*|accetto.*|aceito.*|ik ga akkoord.*)$/i;
const no = /^(?:false|0|no|n|off|unchecked|declined|denied|refused|unsubscribed?|opted[ _-]?out|nein|non|nee|n[aã]o|no[, ].*|nein[, ].*|i (?:do not|don['’]t) .*)$/i;

/**
 * What the lead agreed to. A channel is absent when the form did not ask or the answer is neither yes nor no.
 * Agreeing to a privacy policy is no opt-in: it gives only the wording in `text`.
 */
export function readConsent({ fields, labels }: Pick<ReadLead, 'fields' | 'labels'>, at: Moment | undefined): Consent {
	const consent: Consent = {};
	const email = answer(fields.consentEmail?.[0], labels.consentEmail);
	const phone = answer(fields.consentPhone?.[0], labels.consentPhone);
	const sms = answer(fields.consentSms?.[0], labels.consentSms);
	if (email !== undefined) consent.email = email;
	if (phone !== undefined) consent.phone = phone;
	if (sms !== undefined) consent.sms = sms;
	const general = fields.consentAny?.[0];
	const wording = fields.consentText?.[0] ?? (general !== undefined && !no.test(general.trim()) ? (general.length > 15 ? general : labels.consentAny) : undefined);
	const text = wording === undefined ? '' : toOneLine(wording.slice(0, longestText));
	if (text !== '') consent.text = text;
	if (at !== undefined) consent.at = at;
	return consent;
}

/** A ticked box gives a yes, or its own label back. */
function answer(given: string | undefined, label: string | undefined): boolean | undefined {
	const text = given?.trim();
	if (text === undefined) return undefined;
	if (yes.test(text) || (label !== undefined && text.length > 2 && text === label.trim())) return true;
	return no.test(text) ? false : undefined;
}
