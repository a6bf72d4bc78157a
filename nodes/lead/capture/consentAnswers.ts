import { foldText } from '../foldText';
import { fieldOf } from './fieldLabels';
import type { FormField } from './labelTable';
import type { GivenValue } from './readValues';

/** Ways in which a lead may allow to be written to or called. */
export const consentChannels = ['email', 'phone', 'sms', 'whatsapp'] as const;
export type ConsentChannel = (typeof consentChannels)[number];

/** What one box or question of a form says about consent. */
export interface ConsentAnswer {
	/** Empty for a box that opens no channel, such as a privacy policy. */
	channels: readonly ConsentChannel[];
	/** Undefined when the answer is neither yes nor no. */
	agreed: boolean | undefined;
	/** The sentence that was agreed to; undefined when the label is only a name such as `newsletter`. */
	wording: string | undefined;
	/** Whether the operator mapped it: then it is the only one for its channels. */
	mapped?: boolean;
}

const longestSentence = 1_000;

const yes = /^(?:true|1|yes|y|on|x|✓|✔|☑|checked|accepted|agreed?|i agree|granted|subscribed?|opted[ _-]?in|opt[ _-]?in|ja|j|oui|s[iíì]|sim|tak|da|kyllä|ano|igen|evet|да|так|ναι|はい|同意する|同意|是|예|네|نعم|כן)$/i;
const no = /^(?:false|0|no|n|off|unchecked|declined|denied|refused|unsubscribed?|opted[ _-]?out|opt[ _-]?out|nein|non|nee|n[aã]o|nie|nej|nei|ei|ne|nem|nu|hayır|нет|ні|όχι|いいえ|否|아니요|لا|לא)$/i;
/** Sentences that begin with the answer, e.g. `Yes, send me news`. */
const saysYes = /^(?:yes|ja|oui|s[ií]|sim|tak)\b[,. :!–-]|^(?:i (?:agree|accept|consent)|ich (?:stimme|willige|bin einverstanden|möchte)|j['’]accepte|je consens|acepto|accetto|acconsento|aceito|ik ga akkoord|zgadzam się|wyrażam zgodę|jag samtycker|jeg (?:accepterer|samtykker))\b/i;
const saysNo = /^(?:no|nein|non|nee|n[aã]o|nie|nej|nei)\b[,. :!–-]|^i (?:do not|don['’]t)\b/i;

/** Words by which a sentence speaks of a channel, folded. */
const channelWords: [ConsentChannel, RegExp][] = [
	['whatsapp', /\bwhats ?app\b/],
	['sms', /\b(?:sms|text messages?|texts|text me|by text|mensajes? de texto|messages? texte|textos|sms er)\b/],
	['phone', /\b(?:phone|telephone|calls?|call me|called|telefon\w*|anruf\w*|angerufen|appels?|appele\w*|telefono|llamad\w*|llame\w*|telefonic\w*|telefonat\w*|telefoon|gebeld|bellen|ligac\w*|telefonem|telefoniczn\w*|samtal|ringer|ringe|telefonisk\w*)\b/],
	['email', /\b(?:e ?mails?|e ?post|newsletters?|mailings?|mailing list|nieuwsbrief\w*|boletin\w*|infolettre|courriels?|correo\w*|posta elettronica|nyhetsbrev\w*|nyhedsbrev\w*|uutiskirje\w*|biuletyn\w*|hirlevel\w*)\b/],
];
const marketingWords = /\b(?:marketing|promotions?|promotional|offers|special offers|news|werb\w+|angebote|neuigkeiten|offres|actualites|ofertas|novedades|promociones|offerte|novita|promozioni|novidades|promocoes|aanbiedingen|nieuws|oferty|erbjudanden|tilbud|nyheder|nyheter)\b/;
const privacyWords = /\b(?:privacy|privacidad|privacidade|privacyverklaring|privatlivs\w*|personvern\w*|integritetspolicy|datenschutz\w*|dsgvo|gdpr|rgpd|lgpd|rodo|avg|kvkk|confidentialite|einwilligung\w*|terms and conditions|terms of (?:use|service)|agb|consent|personal data|processing of my|verarbeitung|personenbezogen\w*|donnees personnelles|traitement de mes donnees|datos personales|tratamiento de mis datos|dati personali|trattamento dei|dados pessoais|persoonsgegevens|danych osobowych|personuppgifter|personoplysninger|personopplysninger|osobnich udaju|szemelyes adat\w*|datelor personale)\b/;
/** Words of agreeing or wishing, folded: a question that only names a channel asks for no consent. */
const agreeing = /\b(?:agree|consent|accept|opt in|subscribe|sign me up|sign up|keep me|send me|contact me|contacted|call me|text me|email me|receive|receiving|may we|can we|would like|want to|happy to|updates?|einverstanden|einwillig\w*|zustimm\w*|stimme|mochte|erhalten|anmelden|abonnieren|kontaktiert|accepte|souhaite|recevoir|consens|contacte|acepto|deseo|quiero|recibir|consiento|autorizo|contactad\w*|accetto|acconsento|desidero|ricevere|autorizzo|contattat\w*|aceito|quero|desejo|receber|consinto|akkoord|wil|ontvangen|toestemming|zgadzam|wyrazam|zgode|chce|otrzymywac|samtycker|godkanner|vill|accepterer|samtykker|onsker|modtage|motta|suostun|haluan|souhlasim|hozzajarulok|sunt de acord)\b/;
const refusing = /\b(?:do not|don t|not to|please no|no more|nicht|keine?n?|ne (?:\w+ )+pas|no deseo|no quiero|non desidero|non voglio|nao quero|nao desejo|geen|niet|nie chce|inte|ikke|opt out|unsubscribe|abmelden)\b/;
/** Questions whose answer lists the allowed channels, folded. */
const channelList = /\b(?:(?:marketing|communication|contact|kontakt|consent) (?:preferences?|permissions?|channels?|consent|opt ins?)|(?:may|can) we contact you|consent channels|erlaubte kontaktwege|opt ins?)\b/;

const ofField: Partial<Record<FormField, readonly ConsentChannel[]>> = { consentEmail: ['email'], consentPhone: ['phone'], consentSms: ['sms'], consentWhatsapp: ['whatsapp'], consentAny: [] };

/** What a value says about consent; undefined when it is about something else. */
export function readConsentAnswer({ path, text, plain }: GivenValue): ConsentAnswer | undefined {
	const label = path[path.length - 1] ?? '';
	const field = fieldOf(path);
	const named = field === undefined ? undefined : ofField[field];
	if (field !== undefined && named === undefined) return undefined;
	const sentence = label.slice(0, longestSentence);
	const folded = foldText(sentence);
	const given = text.trim();
	if (named === undefined && channelList.test(folded)) {
		const listed = typeof plain === 'boolean' ? [] : channelsIn(foldText(given.slice(0, longestSentence)));
		if (listed.length > 0) return { channels: listed, agreed: true, wording: wordingOf(sentence) };
	}
	const isTick = typeof plain === 'boolean' || yes.test(given) || no.test(given) || given === label.trim();
	// the wording may be the value: `consent: "I agree to receive e-mails"`
	const spoken = !isTick && given.length > 15 && (named !== undefined || saysYes.test(given)) ? given.slice(0, longestSentence) : undefined;
	if (named === undefined && !(isTick && speaksOfConsent(folded)) && !(spoken !== undefined && speaksOfConsent(foldText(spoken)))) return undefined;
	const channels = named !== undefined && named.length > 0 ? named : channelsIn(foldText(`${sentence} ${spoken ?? ''}`));
	const answer = answerOf(given, label);
	const agreed = refusing.test(foldText(spoken ?? sentence)) && answer !== undefined && !(spoken !== undefined && answer === false) ? (answer ? false : undefined) : answer;
	return { channels, agreed, wording: wordingOf(spoken ?? sentence) };
}

/** A box that was there and left empty: a no, except for a box that refuses something. Undefined when it is no box of consent. */
export function readEmptyConsent(path: string[]): ConsentAnswer | undefined {
	const answer = readConsentAnswer({ path, text: 'false', plain: false });
	return answer && answer.channels.length > 0 ? answer : undefined;
}

function speaksOfConsent(folded: string): boolean {
	const aboutChannel = channelWords.some(([, words]) => words.test(folded)) || marketingWords.test(folded);
	return privacyWords.test(folded) || (aboutChannel && agreeing.test(folded)) || (aboutChannel && /\b(?:newsletter|marketing)\b/.test(folded));
}

/** Channels that a sentence names; news without a channel come by e-mail. */
function channelsIn(folded: string): ConsentChannel[] {
	const named = channelWords.filter(([, words]) => words.test(folded)).map(([channel]) => channel);
	return named.length > 0 || !marketingWords.test(folded) ? named : ['email'];
}

/** A ticked box gives a yes, or its own label back. */
function answerOf(given: string, label: string): boolean | undefined {
	if (no.test(given) || saysNo.test(given)) return false;
	return yes.test(given) || saysYes.test(given) || (given.length > 2 && given === label.trim()) ? true : undefined;
}

/** A name such as `gdpr_consent` is no wording. */
function wordingOf(sentence: string): string | undefined {
	return sentence.trim().split(/\s+/).length >= 3 ? sentence : undefined;
}
