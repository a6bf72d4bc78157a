import { foldText } from '../foldText';
import { asksHowHeard, isOfFirm, isOfOthers } from './fieldLabels';
import type { FormField } from './labelTable';
import type { GivenValue } from './readValues';

interface Sense {
	field: FormField;
	/** Words of the question, folded. */
	words: RegExp;
	/** Words with which it asks for something else, folded. */
	not?: RegExp;
	isLikely: (text: string) => boolean;
}

const isYesOrNo = (text: string) => /^(?:yes|no|ja|nein|nee|oui|non|s[iíì]|sim|n[aã]o|tak|nie|nej|nei)\b/i.test(text.trim());
const isShort = (text: string, longest: number) => text.trim().length <= longest && !isYesOrNo(text);
const isName = (text: string) => isShort(text, 60) && /\p{L}/u.test(text) && !/[@\d?]|https?:/.test(text) && text.trim().split(/\s+/).length <= 5;
const otherNames = /\b(?:company|firm|business|organi[sz]ation|project|product|domain|user|file|pet|school|event|brand|team|unternehmen\w*|firma|projekt\w*|produkt\w*|entreprise|societe|projet|empresa|proyecto|azienda|progetto|bedrijf\w*|nick|account|login)\b/;

/** Whole questions, such as "Which email can we reach you at?": the words and the value together tell the field. */
const senses: readonly Sense[] = [
	{ field: 'email', words: /\b(?:e ?mail|mail|courriel|correo|e ?post|mejl)\b/, isLikely: (text) => /^\S+@\S+\.\S+$/.test(text.trim()) },
	{ field: 'phone', words: /\b(?:phone|telephone|telefon\w*|tel|mobile|handy\w*|telefono|telefoon\w*|telefone|whatsapp|call|reach you|erreich\w*|vous joindre|contactarl[eo]|puhelin\w*|tlf)\b/, not: /\bhow many\b/, isLikely: (text) => text.length < 60 && (text.match(/\p{Nd}/gu)?.length ?? 0) >= 6 },
	{ field: 'firstName', words: /\b(?:first name|given name|vorname\w*|prenom|voornaam|imie|fornamn|fornavn)\b/, not: otherNames, isLikely: isName },
	{ field: 'lastName', words: /\b(?:last name|surname|family name|nachname\w*|nom de famille|apellidos?|cognome|achternaam|nazwisko|efternamn|efternavn|etternavn)\b/, not: otherNames, isLikely: isName },
	{ field: 'fullName', words: /\b(?:your (?:full )?name|ihr(?:en)? name\w*|dein(?:en)? name\w*|votre nom|tu nombre|su nombre|tuo nome|suo nome|seu nome|uw naam|je naam)\b/, not: otherNames, isLikely: isName },
	{ field: 'company', words: /\b(?:company|unternehmen\w*|firma|entreprise|societe|empresa|azienda|bedrijf\w*)\b/, not: /\b(?:size|big|large|type|kind|industry|sector|employees|many|long|revenue|age|founded|country|where|goals?|challenges?|grosse|gross|branche|mitarbeiter\w*|taille|secteur|tamano|sector|dimension\w*|settore|grootte|role|position|website|url|address|phone|email|stage|about|describe|does|use|uses|using|need|needs|why|how)\b/, isLikely: (text) => isShort(text, 120) && text.trim().split(/\s+/).length <= 8 },
	{ field: 'country', words: /\b(?:country|welche[ms]? land|quel pays|que pais|quale paese|welk land)\b/, not: /\b(?:birth|citizenship|export|sell|operate|ship|countries|code)\b/, isLikely: (text) => isShort(text, 60) && !/[@\d]/.test(text) },
	{ field: 'companySize', words: /\b(?:employees|mitarbeiter\w*|salaries|collaborateurs|empleados|dipendenti|funcionarios|medewerkers|pracownikow|anstallda|ansatte)\b/, isLikely: (text) => text.length <= 60 && /\d/.test(text) },
	{ field: 'budget', words: /\b(?:budget|presupuesto|orcamento|budzet|budjetti|rozpocet|butce)\b/, isLikely: (text) => text.length <= 80 && /\d/.test(text) },
	{ field: 'serviceInterest', words: /\b(?:interested in|looking for help with|interessier\w*|interesse an|interessent? (?:par|a)|interesa|interessat\w* a|geinteresseerd|intresserad|interesseret|interessert)\b/, not: /\bnot interested\b/, isLikely: (text) => isShort(text, 200) },
];

/** A name that a browser gives itself, and texts that no person writes. */
const notWritten = /^(?:mozilla\/|https?:|data:|\{|\[)/i;

/**
 * Finds fields among the values whose label names none. `take` moves one to its field; a value is taken once.
 * Values of boxes, of the firm's people and of third persons are left alone.
 */
export function placeBySense(unplaced: readonly GivenValue[], { isOpen, take }: { isOpen: (field: FormField) => boolean; take: (field: FormField, given: GivenValue) => void }): void {
	const open = new Set(unplaced.filter(({ plain, path }) => typeof plain !== 'boolean' && !isOfFirm(path) && !isOfOthers(path)));
	const find = (field: FormField, isIt: (given: GivenValue) => boolean): void => {
		if (!isOpen(field)) return;
		for (const given of open) {
			if (!isIt(given)) continue;
			open.delete(given);
			return take(field, given);
		}
	};
	for (const { field, words, not, isLikely } of senses) {
		find(field, ({ path, text }) => {
			const question = foldText((path[path.length - 1] ?? '').slice(0, 300));
			return words.test(question) && !(not?.test(question) ?? false) && isLikely(text);
		});
	}
	// an address is an address wherever it stands
	find('email', ({ text }) => text.length < 255 && /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[a-z]{2,}$/i.test(text.trim()));
	if (!isOpen('message')) return;
	const longest = [...open].filter(isMessage).sort((one, other) => other.text.length - one.text.length)[0];
	if (longest) take('message', longest);
}

function isMessage({ text, path }: GivenValue): boolean {
	const label = path[path.length - 1] ?? '';
	if (path.length === 0) return true;
	const isLong = text.trim().split(/\s+/, 9).length >= 8 || /^[^\s]{25,}$|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{20,}/u.test(text) && /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]/u.test(text);
	return isLong && !notWritten.test(text.trim()) && !asksHowHeard(label);
}
