import { foldText } from '../foldText';
import { regions } from './regions';

/**
 * ISO 3166-2 code of a state or province where the table knows it for the country (`US-CA` of `California`),
 * else the text as given. Without a country only a full code such as `US-CA` is read, because names repeat.
 */
export function readRegion(given: string | null, country: string | null): string | null {
	const text = given?.trim() ?? '';
	if (text === '') return null;
	const code = /^([a-z]{2})[-_]([a-z0-9]{1,3})$/i.exec(text);
	const inCountry = code ? code[1].toUpperCase() : country;
	const table = inCountry !== null && (country === null || inCountry === country) && Object.hasOwn(regions, inCountry) ? regions[inCountry] : undefined;
	if (!table) return text;
	const wanted = (code ? code[2] : text).toUpperCase().replaceAll('.', '').trim();
	if (Object.hasOwn(table, wanted)) return `${inCountry}-${wanted}`;
	const folded = foldText(text);
	const bare = folded.replace(/^(?:state|province|provincia|canton|kanton|land|bundesland|region|estado|county|provincie) (?:of |de |di |do |da |van |du )?/, '').replace(/ (?:state|province|canton|kanton|county|region)$/, '');
	const found = Object.entries(table).find(([, names]) => names.includes(folded) || names.includes(bare));
	return found ? `${inCountry}-${found[0]}` : text;
}
