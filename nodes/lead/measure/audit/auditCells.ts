import { foldText } from '../../foldText';
import { readSheetMoment } from './auditDates';

const nobody = /^(?:n a|none|null|nobody|unassigned|not assigned|no owner|open|kein\w*|niemand|nicht zugewiesen|nicht zugeordnet|offen|aucun\w*|non attribue|sin asignar|ninguno|non assegnato|nessuno|niet toegewezen|sem responsavel)$/;
const yes = /^(?:y|yes|j|ja|o|oui|s|si|sim|true|wahr|vrai|x|1|done|booked|erledigt|tak|✓|✔)$/;
const no = /^(?:|n|no|nein|non|nao|nie|false|falsch|faux|0|not yet|noch nicht|none|kein\w*|offen|open)$/;

/** Whether what was given is what it should have been; null where no truth is told. */
export function isRight(truth: string | undefined, given: string | null): boolean | null {
	const right = readName(truth);
	return right === null ? null : given !== null && foldText(right) === foldText(given);
}

/** A name of somebody or of a team; null for none in any words. */
export function readName(text: string | undefined): string | null {
	const folded = foldText(text ?? '');
	return text === undefined || folded === '' || nobody.test(folded) ? null : text.slice(0, 120);
}

/** What a cell holds, as text; of a list its first entry, of anything else an empty text. */
export function readCellText(value: unknown): string {
	const one: unknown = Array.isArray(value) ? value[0] : value;
	return typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean' ? String(one).trim() : one instanceof Date && !Number.isNaN(one.getTime()) ? one.toISOString() : '';
}

/** Yes in words or by the day on which it was; no in words or by an empty cell; null for anything else. */
export function readAnswer(text: string | undefined): boolean | null {
	if (text === undefined) return null;
	const folded = text === '✓' || text === '✔' ? text : foldText(text);
	if (no.test(folded)) return false;
	return yes.test(folded) || typeof readSheetMoment(text, { zone: 'UTC', order: 'dayFirst' }) === 'object' ? true : null;
}

/** Minutes, hours where the column says so, or `h:mm`. */
export function readMinutes(text: string | undefined, column: string | undefined): number | null {
	const [, hours, minutes] = /^(\d{1,3}):(\d{2})(?::\d{2})?$/.exec(text ?? '') ?? [];
	if (hours !== undefined) return Number(hours) * 60 + Number(minutes);
	const number = /^\d{1,6}(?:[.,]\d+)?$/.test(text ?? '') ? Number(text?.replace(',', '.')) : NaN;
	if (Number.isNaN(number)) return null;
	return /(?:^| )(?:h|hrs|hours?|std|stunden|heures|horas|ore|uren)(?: |$)/.test(foldText(column ?? '')) ? number * 60 : number;
}
