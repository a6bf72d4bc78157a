import { countryCodes } from '../countryNames';
import type { TimeZoneBasis } from '../handoffRecord';
import { zoneOfNumber } from './areaCodes';

/** A time zone and where it came from. */
export interface TimeZoneReading {
	timeZone: string | null;
	basis: TimeZoneBasis | null;
}

/** Zones of parts of countries that have several (IANA time zone database, zone1970.tab, read 2026-11), by ISO 3166-2 part. */
const zonesByRegion: Record<string, Record<string, string>> = {
	US: {
		'America/New_York': 'CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV FL MI', 'America/Chicago': 'AL AR IA IL LA MN MO MS OK WI TX TN ND SD NE KS', 'America/Denver': 'CO MT NM UT WY ID',
		'America/Phoenix': 'AZ', 'America/Los_Angeles': 'CA NV WA OR', 'America/Anchorage': 'AK', 'Pacific/Honolulu': 'HI', 'America/Puerto_Rico': 'PR', 'America/Indiana/Indianapolis': 'IN', 'America/Kentucky/Louisville': 'KY',
	},
	CA: { 'America/Toronto': 'ON QC NU', 'America/Vancouver': 'BC', 'America/Edmonton': 'AB NT', 'America/Regina': 'SK', 'America/Winnipeg': 'MB', 'America/Halifax': 'NS PE', 'America/Moncton': 'NB', 'America/St_Johns': 'NL', 'America/Whitehorse': 'YT' },
	AU: { 'Australia/Sydney': 'NSW ACT', 'Australia/Melbourne': 'VIC', 'Australia/Brisbane': 'QLD', 'Australia/Adelaide': 'SA', 'Australia/Perth': 'WA', 'Australia/Hobart': 'TAS', 'Australia/Darwin': 'NT' },
	BR: {
		'America/Sao_Paulo': 'SP RJ MG ES PR SC RS GO DF', 'America/Manaus': 'AM', 'America/Rio_Branco': 'AC', 'America/Cuiaba': 'MT', 'America/Campo_Grande': 'MS', 'America/Porto_Velho': 'RO', 'America/Boa_Vista': 'RR', 'America/Recife': 'PE',
		'America/Bahia': 'BA', 'America/Fortaleza': 'CE MA PB PI RN', 'America/Belem': 'PA AP', 'America/Maceio': 'AL SE', 'America/Araguaina': 'TO',
	},
	MX: {
		'America/Mexico_City': 'AGU CAM CHP CMX COA COL DUR GUA GRO HID JAL MEX MIC MOR OAX PUE QUE SLP TAB TLA VER ZAC NLE TAM YUC', 'America/Tijuana': 'BCN', 'America/Hermosillo': 'SON', 'America/Chihuahua': 'CHH',
		'America/Mazatlan': 'SIN NAY BCS', 'America/Cancun': 'ROO',
	},
	ES: { 'Atlantic/Canary': 'CN', 'Africa/Ceuta': 'CE ML', 'Europe/Madrid': 'AN AR AS CB CL CM CT EX GA IB RI MD MC NC PV VC' },
};
/** Parts that two zones share, or whose border runs through them. */
const sharedParts = new Set('US-FL US-MI US-TX US-TN US-ND US-SD US-NE US-KS US-ID US-OR US-IN US-KY CA-ON CA-QC CA-NU CA-BC CA-NT'.split(' '));

/** Countries with several zones where nearly all people live in one. */
const mainZones: Record<string, string> = {
	DE: 'Europe/Berlin', ES: 'Europe/Madrid', PT: 'Europe/Lisbon', CN: 'Asia/Shanghai', NZ: 'Pacific/Auckland', CL: 'America/Santiago', EC: 'America/Guayaquil', UA: 'Europe/Kyiv', MY: 'Asia/Kuala_Lumpur', UZ: 'Asia/Tashkent', AR: 'America/Argentina/Buenos_Aires',
	CY: 'Asia/Nicosia', PS: 'Asia/Hebron', PG: 'Pacific/Port_Moresby', GL: 'America/Nuuk', KZ: 'Asia/Almaty', MN: 'Asia/Ulaanbaatar', FM: 'Pacific/Pohnpei', MH: 'Pacific/Majuro', VN: 'Asia/Ho_Chi_Minh',
};

// asking the runtime takes a third of a millisecond
const byCountry = new Map<string, { zone: string | null; isOnly: boolean }>();
let countryByZone: Map<string, string> | undefined;

/**
 * Where the lead's clock stands: what the form said, else the zone of its part of the country, of the country, or of the
 * area of its number. Confidence: 1 said by the form; 0.95 only zone there is; 0.9 where nearly all live or by the part;
 * 0.75 part with two zones; 0.7 by a landline's area; 0.5 by an area code that people keep when they move.
 */
export function readTimeZone({ given, country, region, phone, isMobile }: { given: string | null; country: string | null; region: string | null; phone: string | null; isMobile: boolean }): TimeZoneReading {
	const said = readZoneName(given);
	if (said !== null) return { timeZone: said, basis: { from: 'form', confidence: 1 } };
	const ofPart = zoneOfRegion(region);
	if (ofPart !== null) return { timeZone: ofPart, basis: { from: 'region', confidence: sharedParts.has(region ?? '') ? 0.75 : 0.9 } };
	const { zone, isOnly } = zonesOfCountry(country);
	if (zone !== null) return { timeZone: zone, basis: { from: 'country', confidence: isOnly ? 0.95 : 0.9 } };
	const ofNumber = zoneOfNumber(phone, country);
	if (ofNumber !== null) return { timeZone: ofNumber, basis: { from: 'phone', confidence: isMobile ? 0.5 : 0.7 } };
	return { timeZone: null, basis: null };
}

/** The country's time zone when it has but one; `null` for countries with several. */
export function timeZoneOfCountry(country: string | null): string | null {
	const { zone, isOnly } = zonesOfCountry(country);
	return isOnly ? zone : null;
}

/** Country of a zone, e.g. `AT` of `Europe/Vienna`; `null` for zones of no country and unknown ones. */
export function countryOfZone(given: string | null): string | null {
	const zone = readZoneName(given);
	if (zone === null) return null;
	if (!countryByZone) {
		countryByZone = new Map();
		for (const country of countryCodes()) for (const one of zonesOf(country)) countryByZone.set(one, countryByZone.has(one) ? '' : country);
	}
	return countryByZone.get(zone) || null;
}

function readZoneName(given: string | null): string | null {
	const text = given?.trim() ?? '';
	if (text.length > 60 || !/^[A-Z][A-Za-z_]+\/[A-Za-z_+\-/0-9]+$/.test(text)) return null;
	try {
		return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
	} catch {
		return null;
	}
}

function zoneOfRegion(region: string | null): string | null {
	const [country, part] = region?.split('-') ?? [];
	const zones = part === undefined || !Object.hasOwn(zonesByRegion, country) ? {} : zonesByRegion[country];
	return Object.entries(zones).find(([, parts]) => parts.split(' ').includes(part))?.[0] ?? null;
}

function zonesOfCountry(country: string | null): { zone: string | null; isOnly: boolean } {
	if (country === null || !/^[A-Z]{2}$/.test(country)) return { zone: null, isOnly: false };
	let found = byCountry.get(country);
	if (!found) {
		const zones = zonesOf(country).filter((zone) => zone !== 'Europe/Busingen');
		const main = Object.hasOwn(mainZones, country) ? mainZones[country] : null;
		found = zones.length === 1 ? { zone: zones[0], isOnly: true } : { zone: main, isOnly: false };
		byCountry.set(country, found);
	}
	return found;
}

function zonesOf(country: string): string[] {
	// zones of a region are newer than the library types
	const locale = new Intl.Locale('und', { region: country }) as Intl.Locale & { getTimeZones?: () => string[] | undefined };
	return locale.getTimeZones?.() ?? [];
}
