export type PersonalKind = 'EMAIL' | 'PHONE' | 'ACCOUNT' | 'NAME' | 'ADDRESS';

/** Where a personal value stands in a text; the end is excluded. */
export interface Personal {
	kind: PersonalKind;
	start: number;
	end: number;
}

const capital = '\\p{Lu}[\\p{L}\'’-]{1,30}';
const name = `(${capital}(?:[ \\t]+${capital}){0,2})`;
const small = '(?:(?:de|del|della|delle|dei|di|du|des|la|las|le|les|los|da|do|dos|der|den|van|von|het|l\'|d\')\\s?){0,3}';
const houseNumber = '\\d{1,4}\\s?[a-z]?\\b';

/**
 * Shapes of personal values; every quantifier over free text is bounded, so that a hostile message costs linear time.
 * A pattern with a group stands for the group alone.
 */
const shapes: { kind: PersonalKind; pattern: RegExp }[] = [
	{ kind: 'EMAIL', pattern: /[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}.-]{1,190}\.\p{L}{2,24}/gu },
	// IBAN, ISO 13616: country, two check digits, up to 30 characters, often in groups of four
	{ kind: 'ACCOUNT', pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g },
	{ kind: 'PHONE', pattern: /(?:\+\(?|\(|\b)\d[\d ()./\u00a0-]{5,28}\d\b/g },
	// 12 Example Street
	{ kind: 'ADDRESS', pattern: new RegExp(`\\b\\d{1,5}[a-z]?,?\\s+(?:${capital}\\s+){1,4}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Boulevard|Blvd|Court|Square|Terrace|Close|Crescent)\\b`, 'gu') },
	// Beispielstraße 7, Beispielweg 7a, Voorbeeldlaan 7
	{ kind: 'ADDRESS', pattern: new RegExp(`\\b\\p{Lu}[\\p{L}-]{1,40}(?:straße|strasse|str\\.|weg|platz|allee|gasse|damm|ufer|straat|laan|plein|gracht|kade)\\s+${houseNumber}`, 'gu') },
	// 7, rue de l'Exemple
	{ kind: 'ADDRESS', pattern: new RegExp(`\\b\\d{1,4}(?:\\s?(?:bis|ter))?,?\\s+(?:rue|avenue|boulevard|place|chemin|allée|impasse|quai)\\s+${small}${capital}(?:[ -]${capital}){0,3}`, 'gu') },
	// Calle del Ejemplo 7, Via dell'Esempio 7, Rua do Exemplo, 7, ul. Przykładowa 7
	{ kind: 'ADDRESS', pattern: new RegExp(`\\b(?:[Cc]alle|[Aa]venida|[Pp]laza|[Pp]aseo|[Vv]ia|[Vv]iale|[Pp]iazza|[Cc]orso|[Rr]ua|[Pp]raça|ul\\.)\\s+${small}${capital}(?:\\s+${capital}){0,3},?\\s+(?:n\\.?[º°]?\\s?)?${houseNumber}`, 'gu') },
	{ kind: 'NAME', pattern: new RegExp(`(?<![\\p{L}])(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herrn?|Frau|Mme|Mlle|Monsieur|Madame|Sr|Sra|Señora?|Sig|Signora?|Dhr|Mevr|Pani?)\\.?[ \\t]+${name}`, 'gu') },
	{ kind: 'NAME', pattern: new RegExp(`(?:[Mm]y name is|[Ii]ch heiße|[Mm]ein Name ist|[Jj]e m['’]appelle|[Mm]on nom est|[Mm]e llamo|[Mm]i nombre es|[Mm]i chiamo|[Mm]ijn naam is|[Cc]hamo-me|[Nn]azywam się)\\s+${name}`, 'gu') },
	// a name under a greeting at the end
	{ kind: 'NAME', pattern: new RegExp(`(?:[Rr]egards|[Tt]hanks|[Tt]hank you|[Cc]heers|[Ss]incerely|[Gg]rüßen?|[Gg]ruß|[Cc]ordialement|[Ss]aludos|[Ss]aluti|[Gg]roeten?|[Cc]umprimentos|[Pp]ozdrawiam),?[ \\t]*[\\r\\n]{0,4}[ \\t]*${name}\\s{0,4}(?=$|[\\r\\n,.(+\\d[])`, 'gu') },
];
/** Digit groups that are a date or an amount, which the reader of the message needs. */
const dateOrAmount = /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,3}(?:[.\u00a0 ]\d{3})+)$/;
const fewestPhoneDigits = 7;
/** A payment card has 13 to 19 digits (ISO/IEC 7812); a phone number at most 15, rarely over 12. */
const fewestCardDigits = 13;

/** Personal values that show by their shape, in no order; they may overlap. */
export function* findPersonal(text: string): Iterable<Personal> {
	for (const { kind, pattern } of shapes) {
		for (const { 0: whole, 1: group, index } of text.matchAll(pattern)) {
			const value = group ?? whole;
			const digits = value.replace(/\D/g, '').length;
			if (kind === 'PHONE' && (digits < fewestPhoneDigits || dateOrAmount.test(value))) continue;
			const start = index + whole.lastIndexOf(value);
			yield { kind: kind === 'PHONE' && digits >= fewestCardDigits ? 'ACCOUNT' : kind, start, end: start + value.length };
		}
	}
}
