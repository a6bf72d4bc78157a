import { foldText } from '../foldText';

/** ISO 3166-2 parts by country: code without the country, then names, folded. Countries whose leads are commonly split by territory. */
const regions: Record<string, Record<string, string[]>> = {
	US: {
		AL: ['alabama'], AK: ['alaska'], AZ: ['arizona'], AR: ['arkansas'], CA: ['california', 'calif'], CO: ['colorado'], CT: ['connecticut'], DE: ['delaware'],
		DC: ['district of columbia', 'washington dc', 'washington d c'], FL: ['florida'], GA: ['georgia'], HI: ['hawaii'], ID: ['idaho'], IL: ['illinois'], IN: ['indiana'],
		IA: ['iowa'], KS: ['kansas'], KY: ['kentucky'], LA: ['louisiana'], ME: ['maine'], MD: ['maryland'], MA: ['massachusetts', 'mass'], MI: ['michigan'], MN: ['minnesota'],
		MS: ['mississippi'], MO: ['missouri'], MT: ['montana'], NE: ['nebraska'], NV: ['nevada'], NH: ['new hampshire'], NJ: ['new jersey'], NM: ['new mexico'],
		NY: ['new york', 'new york state'], NC: ['north carolina'], ND: ['north dakota'], OH: ['ohio'], OK: ['oklahoma'], OR: ['oregon'], PA: ['pennsylvania'], PR: ['puerto rico'],
		RI: ['rhode island'], SC: ['south carolina'], SD: ['south dakota'], TN: ['tennessee'], TX: ['texas'], UT: ['utah'], VT: ['vermont'], VA: ['virginia'],
		WA: ['washington', 'washington state'], WV: ['west virginia'], WI: ['wisconsin'], WY: ['wyoming'],
	},
	CA: {
		AB: ['alberta'], BC: ['british columbia', 'colombie britannique'], MB: ['manitoba'], NB: ['new brunswick'], NL: ['newfoundland', 'newfoundland and labrador'],
		NS: ['nova scotia'], NT: ['northwest territories'], NU: ['nunavut'], ON: ['ontario'], PE: ['prince edward island'], QC: ['quebec'], SK: ['saskatchewan'], YT: ['yukon'],
	},
	AU: {
		ACT: ['australian capital territory'], NSW: ['new south wales'], NT: ['northern territory'], QLD: ['queensland'], SA: ['south australia'], TAS: ['tasmania'],
		VIC: ['victoria'], WA: ['western australia'],
	},
	GB: { ENG: ['england'], NIR: ['northern ireland'], SCT: ['scotland'], WLS: ['wales', 'cymru'] },
	DE: {
		BW: ['baden wurttemberg', 'baden wuerttemberg'], BY: ['bayern', 'bavaria'], BE: ['berlin'], BB: ['brandenburg'], HB: ['bremen'], HH: ['hamburg'], HE: ['hessen', 'hesse'],
		MV: ['mecklenburg vorpommern'], NI: ['niedersachsen', 'lower saxony'], NW: ['nordrhein westfalen', 'north rhine westphalia', 'nrw'], RP: ['rheinland pfalz', 'rhineland palatinate'],
		SL: ['saarland'], SN: ['sachsen', 'saxony'], ST: ['sachsen anhalt', 'saxony anhalt'], SH: ['schleswig holstein'], TH: ['thuringen', 'thueringen', 'thuringia'],
	},
};

/**
 * ISO 3166-2 code of a state or province where the table knows it for the country (`US-CA` of `California`),
 * else the text as given. Without a country only a full code such as `US-CA` is read, because names repeat.
 */
export function readRegion(given: string | null, country: string | null): string | null {
	const text = given?.trim() ?? '';
	if (text === '') return null;
	const code = /^([a-z]{2})[-_]([a-z]{2,3})$/i.exec(text);
	const inCountry = code ? code[1].toUpperCase() : country;
	const table = inCountry !== null && (country === null || inCountry === country) ? regions[inCountry] : undefined;
	if (!table) return text;
	const wanted = (code ? code[2] : text).toUpperCase().replaceAll('.', '');
	if (Object.hasOwn(table, wanted)) return `${inCountry}-${wanted}`;
	const folded = foldText(text);
	const found = Object.entries(table).find(([, names]) => names.includes(folded));
	return found ? `${inCountry}-${found[0]}` : text;
}
