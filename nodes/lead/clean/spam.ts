import { foldText } from '../foldText';
import type { LeadFields, SpamReading } from '../handoffRecord';
import { isGibberish, isGibberishText } from './gibberish';

/** From here on `flags.suspectedSpam` is set. One sign that people never give is enough; weak ones must come together. */
export const suspectedFrom = 50;

/** Blunt offers that nobody sends as a customer, folded words. Narrow on purpose: a lead called spam is a lead lost. */
const offers: [RegExp, string][] = [
	[/\b(?:viagra|cialis|casino bonus|online casino|sex chat|porn|escort service)\b/, 'words of spam'],
	[/\b(?:guest posts?|link building|backlinks?|domain authority|rank (?:your|1|first|on google)|first page of google|seo (?:services?|packages?|audit) (?:for|at|from))\b/, 'offers search engine ranking'],
	[/\b(?:bitcoin|crypto|forex) (?:investment|trading|profits?|giveaway|recovery)\b/, 'offers crypto trading'],
	[/\b(?:business loan offer|instant loan|unsecured loan|debt relief offer)\b/, 'offers a loan'],
	[/\b(?:you have (?:won|been selected)|claim your prize|lottery winner|next of kin|million dollars inheritance)\b/, 'promises a prize'],
	[/\b(?:email list|mailing list|lead list)s? (?:for sale|of \d)/, 'sells addresses'],
];

/** A word of each offer: most messages hold none, and need not be folded. */
const wordOfOffer = /viagra|cialis|casino|sex chat|porn|escort|guest post|link building|backlink|authority|rank|google|seo|crypto|bitcoin|forex|loan|debt|you have|prize|lottery|next of kin|inheritance|list|[^\x20-\x7e\s]/i;

/** What is looked at, besides the lead itself. */
export interface SpamInput {
	lead: LeadFields;
	honeypotFilled: boolean;
	/** From the form's appearance to its sending. */
	secondsToSubmit?: number;
	disposableEmail: boolean;
}

interface Sign {
	points: number;
	/** Whether it is one of the message alone: a lead without a message can't show it. */
	ofMessage?: true;
	/** Why, in words, without what the lead wrote; undefined when it does not apply. */
	find: (input: SpamInput, message: { text: string; folded: string; links: number }) => string | undefined;
}

/** Each sign with its points of 100. */
const signs: readonly Sign[] = [
	{ points: 60, find: ({ honeypotFilled }) => (honeypotFilled ? 'a field that people cannot see was filled in' : undefined) },
	...offers.map(([pattern, words]): Sign => ({ points: 50, ofMessage: true, find: (_input, { folded }) => (pattern.test(folded) ? words : undefined) })),
	{ points: 50, ofMessage: true, find: (_input, { links }) => (links >= 3 ? `${links} links in the message` : undefined) },
	{ points: 20, ofMessage: true, find: (_input, { links }) => (links === 1 || links === 2 ? `${links === 1 ? 'a link' : '2 links'} in the message` : undefined) },
	{ points: 30, ofMessage: true, find: (_input, { text, links }) => (links > 0 && text.replace(/\S*(?:https?:\/\/|www\.)\S*/gi, '').trim().length < 15 ? 'the message is little more than a link' : undefined) },
	{ points: 50, ofMessage: true, find: (_input, { text }) => (/\[url=|\[\/url\]|<a\s[^>]{0,300}href=/i.test(text) ? 'the message holds forum markup' : undefined) },
	{ points: 20, ofMessage: true, find: (_input, { text }) => (/https?:\/\/(?:www\.)?(?:bit\.ly|tinyurl\.com|t\.co|goo\.gl|is\.gd|cutt\.ly|rb\.gy|shorturl\.at|ow\.ly)\//i.test(text) ? 'a shortened link' : undefined) },
	{ points: 50, find: ({ lead }) => (/https?:|www\.|\.(?:com|ru|xyz|top)\b/i.test(lead.fullName ?? '') ? 'a web address as a name' : undefined) },
	{ points: 35, find: ({ lead }) => ((lead.fullName ?? '').split(' ').some(isGibberish) ? 'the name looks typed at random' : undefined) },
	{ points: 35, ofMessage: true, find: (_input, { text }) => (isGibberishText(text) ? 'the message looks typed at random' : undefined) },
	{ points: 20, find: ({ lead }) => (lead.company !== null && isGibberishText(lead.company) ? 'the company looks typed at random' : undefined) },
	{ points: 25, ofMessage: true, find: ({ lead }, { folded }) => (folded !== '' && [lead.fullName, lead.company].some((text) => text !== null && foldText(text) === folded) ? 'the message repeats another field' : undefined) },
	{ points: 40, find: ({ secondsToSubmit }) => (secondsToSubmit !== undefined && secondsToSubmit < 2 ? 'filled in within 2 seconds' : undefined) },
	{ points: 20, find: ({ secondsToSubmit }) => (secondsToSubmit !== undefined && secondsToSubmit >= 2 && secondsToSubmit < 4 ? 'filled in within 4 seconds' : undefined) },
	{ points: 15, find: ({ disposableEmail }) => (disposableEmail ? 'a throw-away e-mail address' : undefined) },
	{ points: 15, find: ({ lead }) => ((lead.email?.split('@')[0].match(/\./g)?.length ?? 0) >= 4 ? 'an e-mail address full of dots' : undefined) },
];

/** How likely the lead is spam, with each reason and its points. Nothing is dropped for it: rules and people decide. */
export function readSpam(input: SpamInput): SpamReading {
	const text = input.lead.message ?? '';
	const message = { text, folded: wordOfOffer.test(text) || text.length < 120 ? foldText(text) : '', links: text.match(/https?:\/\/|\bwww\./gi)?.length ?? 0 };
	let score = 0;
	const because: string[] = [];
	for (const { points, ofMessage, find } of signs) {
		if (ofMessage && text === '') continue;
		const words = find(input, message);
		if (words === undefined) continue;
		score += points;
		because.push(`${words} (${points})`);
	}
	return { score: Math.min(100, score), because };
}
