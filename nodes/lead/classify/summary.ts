import type { HandoffRecord, Intent } from '../handoffRecord';
import { plainLine, plainWords } from '../shorten';
import { unsupportedClaims } from './claims';
import { summaryWords } from './summaryWords';

/** Longest summary, so that it fits a notification. */
export const longestSummary = 420;
const longestUseCase = 220;
const longestPart = 60;

export interface SummaryInput {
	record: HandoffRecord;
	/** What the lead wants, in the model's words; absent: the beginning of the message. */
	useCase?: string;
	/** The message as it was read. */
	message: string;
	urgency: Intent['urgency'];
	nextStep: string;
	/** ISO 639-1 of the rep's language. */
	language: string;
}

/**
 * What a rep needs at a glance, always in one shape: source, campaign, what the lead wants, urgency, next step.
 * The model's words are used only when they hold no link, address, number or amount that the lead did not write;
 * `claims` names what was refused.
 */
export function composeSummary({ record, useCase, message, urgency, nextStep, language }: SummaryInput): { summary: string; claims: string[] } {
	const said = plainWords(useCase ?? '', longestUseCase);
	// asked of the model's own words: in the plain ones a link is no longer seen
	const claims = unsupportedClaims((useCase ?? '').slice(0, longestUseCase * 4), everythingWritten(record, message));
	const wants = said !== '' && claims.length === 0 ? said : plainWords(message, longestUseCase);
	const { source, medium, channel, campaign } = record.source;
	const words = summaryWords(language);
	const parts = [
		[words.source, part([source, medium].filter(Boolean).join(' / ') || channel)],
		[words.campaign, part(campaign)],
		[words.request, wants === '' ? words.notSaid : wants],
		[words.urgency, words.urgencies[urgency]],
		[words.nextStep, plainLine(nextStep, longestPart * 2)],
	];
	const summary = parts.filter(([, value]) => value).map(([label, value]) => `${label}: ${endedBy(value as string)}`).join(' ');
	return { summary: plainLine(summary, longestSummary), claims };
}

/** A value of the address line; anyone can write it, so nothing that could be clicked passes. */
function part(value: string | null): string | null {
	const given = typeof value === 'string' ? value.slice(0, longestPart * 4) : '';
	const plain = plainLine(given, longestPart);
	return plain === '' || unsupportedClaims(given, '').some((claim) => claim === 'link' || claim === 'address') ? null : plain;
}

function endedBy(value: string): string {
	return /[.!?…]$/.test(value) ? value : `${value}.`;
}

function everythingWritten(record: HandoffRecord, message: string): string {
	const fields = Object.values(record.lead).filter((value) => typeof value === 'string');
	return [message, ...fields, ...Object.values(record.lead.custom).filter((value) => typeof value === 'string' || typeof value === 'number')].join('\n');
}
