import { foldText } from '../foldText';
import type { LeadFields } from '../handoffRecord';

/** Links in a message that a customer would hardly write. */
const manyLinks = 3;

/** Blunt offers that nobody sends as a customer, folded words. Narrow on purpose: a lead called spam is a lead lost. */
const spamPhrases: [RegExp, string][] = [
	[/\b(?:viagra|cialis|casino bonus|online casino|sex chat|porn|escort service)\b/, 'words of spam'],
	[/\b(?:guest post|link building|backlinks?|domain authority|rank (?:your|1|first|on google)|first page of google|seo (?:services?|packages?|audit) (?:for|at|from))\b/, 'offers search engine ranking'],
	[/\b(?:bitcoin|crypto|forex) (?:investment|trading|profits?|giveaway|recovery)\b/, 'offers crypto trading'],
	[/\b(?:business loan offer|instant loan|unsecured loan|debt relief offer)\b/, 'offers a loan'],
	[/\b(?:you have (?:won|been selected)|claim your prize|lottery winner|next of kin|million dollars inheritance)\b/, 'promises a prize'],
	[/\b(?:email list|mailing list|lead list)s? (?:for sale|of \d)/, 'sells addresses'],
];

/** Sentences that talk to a machine, not to a firm. A signal for review only, never a defence: hidden ones get through. */
const injectionPatterns = [
	/\b(?:ignore|disregard|forget|override|bypass)\s+(?:all\s+|any\s+|every\s+|the\s+|your\s+|these\s+)*(?:previous|prior|above|earlier|preceding|existing|system)?\s*(?:instructions?|prompts?|rules|directions|guidelines|context)\b/i,
	/\b(?:system|developer|hidden|initial)\s+(?:prompt|message|instructions?)\b/i,
	/\byou\s+are\s+now\s+(?:a|an|in|the|no longer)\b|\bact\s+as\s+(?:the\s+)?(?:system|administrator|developer)\b|\bpretend\s+(?:to\s+be|you\s+are)\b/i,
	/<\|[a-z_]{2,20}\|>|\[\/?INST\]|<\/?(?:system|assistant|instructions?)>|^[^\S\r\n]*#{2,}\s*(?:system|instructions?)\b/im,
	/\b(?:classify|mark|label|route|score|rate|treat|assign)\s+(?:this|me|my|the)\s+(?:lead|message|enquiry|inquiry|request|it)?\s*(?:as|to|with)\s+(?:high|hot|urgent|vip|enterprise|top|priority|qualified|ceo)/i,
	/\b(?:respond|reply|answer|output|return)\s+(?:only\s+)?(?:with\s+)?(?:the\s+)?(?:json|exactly|following json)\b/i,
	/\bignorier\w*\s+(?:alle|sämtliche|die|deine|vorherige\w*|bisherige\w*)\s+.{0,40}(?:anweisung|regel|instruktion)/i,
	/\bignor(?:e|ez|er)\s+(?:toutes?\s+)?(?:les\s+|vos\s+)?(?:instructions|consignes|règles)/i,
	/\b(?:ignora|olvida)\s+(?:todas?\s+)?(?:las\s+|tus\s+)?(?:instrucciones|reglas)|\bignora\s+(?:tutte\s+)?le\s+(?:istruzioni|regole)|\bignore\s+(?:todas\s+)?as\s+(?:instruções|regras)|\bnegeer\s+(?:alle\s+)?(?:vorige\s+|eerdere\s+)?(?:instructies|regels)/i,
];

/** Why this may be spam, in words; empty when nothing speaks for it. */
export function findSpamSigns({ lead, honeypotFilled }: { lead: LeadFields; honeypotFilled: boolean }): string[] {
	const message = lead.message ?? '';
	const folded = foldText(message);
	const links = message.match(/https?:\/\/|\bwww\./gi)?.length ?? 0;
	const signs = spamPhrases.filter(([pattern]) => pattern.test(folded)).map(([, words]) => words);
	if (honeypotFilled) signs.unshift('a field that people cannot see was filled in');
	if (links >= manyLinks) signs.push(`${links} links in the message`);
	if (/https?:|www\.|\.(?:com|ru|xyz|top)\b/i.test(lead.fullName ?? '')) signs.push('a web address as a name');
	return signs;
}

/** Whether any free text of the lead speaks to a machine. */
export function isInjectionSuspected(lead: LeadFields): boolean {
	const texts = [lead.message, lead.fullName, lead.company, lead.jobTitle, lead.serviceInterest, ...Object.values(lead.custom)]
		.filter((text): text is string => typeof text === 'string');
	return texts.some((text) => injectionPatterns.some((pattern) => pattern.test(text)));
}
