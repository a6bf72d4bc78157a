import { foldText } from '../foldText';
import { fillerWords, labelTable, transparentLabels, vagueLabels, type FormField } from './labelTable';

/** Folded label by field, built at the first look-up: with and without the words that only dress a question. */
let fieldOfLabel: Map<string, FormField> | undefined;
/** Forms repeat their labels with every lead; bounded, because payloads can bring any. */
const remembered = new Map<string, FormField | null>();
const mostRemembered = 5_000;
/** Longer labels are sentences, e.g. of a consent box. */
const longestLabel = 80;

/** Parts of a payload that speak of people on the firm's side, folded: their addresses are not the lead's. */
const firmSide = /^(?:to|cc|bcc|recipients?|delivered to|envelope|routing|notify|notification|form owner|(?:.+ )?(?:owner|assignee|assigned to|agent|rep|representative|account manager|organizer|host|workspace|team))(?: (?:e ?mail|name|phone|id))?$/;

/** People beside the lead that a form may ask for, folded: their names, numbers and addresses are not the lead's. */
const otherPeople = /\b(?:referee|referees|reference|references|references?person|referrer s?(?:name|e ?mail|phone)|referred by|recommended by|introduced by|emergency|next of kin|spouse|husband|wife|friend|friends|colleagues?|co ?worker|guests?|second (?:attendee|person|contact)|attendee \d|participant \d|beneficiary|supervisor|line manager|your manager|manager s|boss|assistant|accountant|landlord|previous (?:employer|company|provider|supplier)|former (?:employer|company)|current (?:provider|supplier|vendor|agency|partner)|competitors?|notfall\w*|referenz(?:person|en|geber)?|empfehlung|empfohlen|empfehlende\w*|freund(?:es|e|in)?|kolleg(?:e|en|in)|ehepartner\w*|vorgesetzte\w*|bisherige\w*|parrain|ami|amie|collegue|urgence|amigo|amiga|referencia|referencias|emergencia|recomendado|colega|amico|amica|riferimenti|collega|emergenza|referentie|vriend|vriendin|noodgeval|polecajac\w*|znajom\w*|rekommenderad|anbefalt)\b/;

/** Questions about how the firm became known, folded: an answer of many words is no message, and no campaign either. */
const heardAbout = /\b(?:hear|heard|learn|learned|find|found|know|knew|discover\w*|come across|came across)\b.{0,30}\bus\b|\bhow (?:did|have) you (?:hear|find|discover|come)\b|\b(?:auf uns aufmerksam|von uns (?:gehort|erfahren)|wie haben sie uns gefunden|uns gefunden|entendu parler|avez vous connus?|avez vous decouvert|nos conocio|nos conociste|nos has conocido|ha conosciuto|hai conosciuto|ci hai trovato|nos conheceu|nos encontrou|over ons gehoord|ons gevonden|o nas (?:uslyszal|dowiedzial)\w*|horde du talas|hittade du oss|hort om oss|fandt du os|hort om os)\b/;

/** Whether a path leads to somebody of the receiving firm, e.g. `['owner', 'email']`. */
export function isOfFirm(path: string[]): boolean {
	return path.some((label) => firmSide.test(foldLabel(label).replace(/^user agent$/, '')));
}

/** Whether a path speaks of somebody else than the lead, e.g. `['Phone number of referee']`. */
export function isOfOthers(path: string[]): boolean {
	return path.some((label) => otherPeople.test(foldLabel(label)));
}

/** Whether a label asks how the lead came to know the firm. */
export function asksHowHeard(label: string): boolean {
	return heardAbout.test(foldLabel(label));
}

/** The label of a field whose type the form tool gives: the type's own name, unless the label speaks of somebody else or names a field more closely. */
export function typedLabel(label: string, type: 'email' | 'phone' | undefined): string {
	return type === undefined || isOfOthers([label]) || isOfFirm([label]) || fieldOf([label]) !== undefined ? label : type;
}

/** The field that a path of labels names, e.g. `['contact', 'E-Mail *']`; undefined for one of the form's own. */
export function fieldOf(path: string[]): FormField | undefined {
	const key = path.join('\n');
	const known = remembered.get(key);
	if (known !== undefined) return known ?? undefined;
	const field = findField(path);
	if (remembered.size >= mostRemembered) remembered.clear();
	// a long path would keep what a stranger sent
	if (key.length <= 200) remembered.set(key, field ?? null);
	return field;
}

/** Whether a key only wraps fields and says nothing about them, e.g. `body` or `form_fields`. */
export function isTransparent(label: string): boolean {
	return transparentLabels.has(foldLabel(label));
}

function findField(path: string[]): FormField | undefined {
	const folded = path.map(foldLabel);
	const last = folded[folded.length - 1] ?? '';
	// "size of your team" is known word for word, "account owner email" is not
	const isKnown = (fieldOfLabel ??= readTable()).has(last);
	if (isOfOthers(path) || isOfFirm(isKnown ? path.slice(0, -1) : path)) return undefined;
	const outer = folded.slice(0, -1).filter((part) => !transparentLabels.has(part));
	const before = outer[outer.length - 1];
	if (before !== undefined) {
		const joined = byLabel(`${before} ${last}`);
		if (joined) return joined;
		if (partsOfName[last] !== undefined && byLabel(before) === 'fullName') return partsOfName[last];
		// `email: { value: "…" }`
		if (['value', 'values', 'text', 'val', 'raw', 'answer', 'formatted', 'input text', 'full', 'prettyformat'].includes(last)) return byLabel(before);
		if (vagueLabels.has(last)) return undefined;
	}
	return byLabel(last) ?? ofParts(path[path.length - 1] ?? '');
}

/** `Full Name: { first, last }` */
const partsOfName: Partial<Record<string, FormField>> = { first: 'firstName', given: 'firstName', last: 'lastName', family: 'lastName' };

function byLabel(label: string): FormField | undefined {
	const table = (fieldOfLabel ??= readTable());
	const exact = table.get(label);
	if (exact || label.length > longestLabel) return exact;
	const asked = label.replace(/^(?:please )?(?:enter|select|choose|provide|confirm|fill in|type in|type|tell us|add|write|give us|share)(?= (?:your|the|a|us|in|here)\b)/, '').trim();
	// `q3 email`, `field 7 phone`
	const words = asked.split(' ').filter((word) => !fillerWords.has(word) && !/^(?:q|field|input|feld|text|select|textarea|dropdown)?\d+$/.test(word));
	const bare = words.join(' ');
	return bare === label || bare === '' ? undefined : table.get(bare);
}

/** `First name / Vorname` and `E-Mail – we never share it`: two labels in one, or a label and its explanation. */
function ofParts(label: string): FormField | undefined {
	if (label.length > longestLabel * 2) return undefined;
	const both = label.split(/\s*[/|]\s*/);
	if (both.length > 1) {
		const fields = new Set(both.map((part) => byLabel(foldLabel(part))).filter((field) => field !== undefined));
		if (fields.size === 1) return [...fields][0];
		if (fields.size === 2 && fields.has('phone') && fields.has('mobile')) return 'phone';
		return undefined;
	}
	const [name, ...explained] = label.split(/\s+[-–—]\s+|\s*[:\n?]\s*|\s+\(/);
	return explained.length > 0 && explained.join('').trim() !== '' ? byLabel(foldLabel(name)) : undefined;
}

function readTable(): Map<string, FormField> {
	const table = new Map<string, FormField>();
	const bare = new Map<string, FormField>();
	for (const [field, languages] of Object.entries(labelTable) as [FormField, Record<string, string>][]) {
		for (const label of Object.values(languages).flatMap((list) => list.split('|'))) {
			const folded = foldText(label);
			if (!table.has(folded)) table.set(folded, field);
			const stripped = folded.split(' ').filter((word) => !fillerWords.has(word)).join(' ');
			if (stripped.length > 2 && !bare.has(stripped)) bare.set(stripped, field);
		}
	}
	for (const [label, field] of bare) if (!table.has(label)) table.set(label, field);
	return table;
}

function foldLabel(label: string): string {
	return foldText(label.replace(/WhatsApp/g, 'Whatsapp').replace(/<[^<>]*>/g, ' ').replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2').replace(/\([^)]*\)|（[^）]*）|[*:?]+$/g, ' '));
}
