import type { LeadFields } from '../handoffRecord';

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

/** Whether any free text of the lead speaks to a machine. */
export function isInjectionSuspected(lead: LeadFields): boolean {
	const texts = [lead.message, lead.fullName, lead.company, lead.jobTitle, lead.serviceInterest, ...Object.values(lead.custom)]
		.filter((text): text is string => typeof text === 'string');
	return texts.some((text) => injectionPatterns.some((pattern) => pattern.test(text)));
}
