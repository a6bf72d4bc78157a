import { DateTime } from 'luxon';
import { seeded } from './seeded';

/** What is true of one row, told before it is written down badly. */
export interface TrueRow {
	created: number;
	contact: number | null;
	owner: string;
	team: string;
	rightTeam: string | null;
	campaign: string;
	source: string;
	medium: string;
	meeting: boolean;
	duplicateOf: number | null;
}

const firstNames = ['Anna', 'Jürgen', 'Mia', 'Felix', 'Sören', 'Beate', 'Claudia', 'Dieter', 'Elif', 'Frank', 'Greta', 'Hannes', 'Ines', 'Jonas', 'Katja', 'Lars', 'Marta', 'Nils', 'Olga', 'Peter'];
const lastNames = ['Müller', 'Groß', 'Schäfer', 'Weiß', 'Köhler', 'Brandt', 'Vogel', 'Krüger', 'Lehmann', 'Maurer', 'Neumann', 'Otto', 'Pohl', 'Richter', 'Sauer', 'Thiel', 'Ulrich', 'Voigt', 'Wagner', 'Zimmer'];
const firms = ['Nordlicht Logistik GmbH', 'Bergmann & Söhne KG', 'Alster Consulting AG', 'Hafenbau GmbH', 'Kranich Energie SE', 'Lindenhof Pflege gGmbH', 'Metallwerk Weser GmbH', 'Optik Sonnenschein'];
const zone = 'Europe/Berlin';
const plain = (text: string) => text.toLowerCase().replace(/ü/g, 'ue').replace(/ö/g, 'oe').replace(/ä/g, 'ae').replace(/ß/g, 'ss');

/** How moments stand in the export: by hand, by the CRM, by a tool in another zone, and as the number that a spreadsheet makes of them. */
const writings: ((at: DateTime) => string)[] = [
	(at) => at.toFormat('dd.MM.yyyy HH:mm'),
	(at) => `${at.toFormat('d.M.yyyy HH:mm')} Uhr`,
	(at) => at.toUTC().toISO({ suppressMilliseconds: true }) ?? '',
	(at) => at.setLocale('de').toFormat('d. LLLL yyyy, HH:mm'),
	(at) => at.toFormat('dd/MM/yyyy HH:mm'),
	(at) => at.setZone('America/New_York').toFormat('yyyy-MM-dd HH:mm ZZ'),
	(at) => (at.toMillis() / 86_400_000 + at.offset / 1_440 + 25_569).toFixed(8).replace('.', ','),
];

/** Nobody calls at night: then it is the next working day, in its first two hours. */
function atWork(at: DateTime, random: () => number): DateTime {
	if (at.weekday <= 5 && at.hour >= 9 && at.hour < 17) return at;
	const next = at.hour < 9 ? at.startOf('day') : at.startOf('day').plus({ days: 1 });
	return next.plus({ days: Math.max(0, next.weekday - 5) === 0 ? 0 : 8 - next.weekday, hours: 9, minutes: Math.floor(random() * 120) });
}

/**
 * The export that a marketing manager sends: a title above a line of groups above the names of the columns, German dates in seven
 * writings, three zones, empty lines, the names of the columns again, phone numbers eaten by Excel, rows entered twice.
 * Semicolons and Windows-1252, as Excel saves it in German.
 */
export function messyExport(leads: number, seed = 7): { csv: Buffer; rows: TrueRow[]; emptyLines: number; headingLines: number; spoiltPhones: number } {
	const random = seeded(seed);
	const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)];
	const names = ['Lead-Nr.', 'Erstellt am', 'Vorname', 'Nachname', 'E-Mail', 'Telefon', 'Firma', 'Quelle', 'Medium', 'Kampagne', 'Zuständig', 'Team', 'Erstkontakt am', 'Termin', 'Richtiges Team'];
	const blank = ';'.repeat(names.length - 1);
	const lines = [`Leadexport Muster GmbH, Stand 23.11.2026${blank}`, 'Lead;;Person;;;;;Herkunft;;;Bearbeitung;;;;', names.join(';')];
	const rows: TrueRow[] = [];
	const written: string[][] = [];
	let [emptyLines, headingLines, spoiltPhones] = [0, 3, 0];
	const start = DateTime.fromISO('2026-10-26T00:00', { zone });
	for (let number = 1; rows.length < leads; number++) {
		const index = rows.length;
		const isAgain = index > 10 && random() < 0.12;
		const of = isAgain ? Math.floor(random() * index) : null;
		const root = of === null ? null : rows[of].duplicateOf ?? of;
		const created = root === null ? start.plus({ minutes: Math.floor(random() * 28 * 1_440) })
			: DateTime.fromMillis(rows[root].created, { zone }).plus({ minutes: random() < 0.3 ? 3 : 60 + Math.floor(random() * 2_000) });
		const contact = random() < 0.85 ? atWork(created.plus({ minutes: Math.floor(3 + random() ** 4 * 4_000) }), random) : null;
		const team = pick(['Nord', 'Süd', '']);
		const rightTeam = random() < 0.3 ? (random() < 0.8 ? team || 'Nord' : 'Süd') : null;
		const [source, medium, campaign] = random() < 0.7 ? [pick(['google', 'linkedin']), 'cpc', pick(['Herbst 26', 'Messe', '(not set)'])] : [pick(['', 'Empfehlung']), '', ''];
		const owner = random() < 0.1 ? pick(['', 'nicht zugewiesen', '-']) : pick(['M. Stein', 'K. Ohm', 'T. Falk']);
		rows.push({ created: created.toMillis(), contact: contact?.toMillis() ?? null, owner: /^(?:|-|nicht.*)$/.test(owner) ? '' : owner, team, rightTeam, campaign: campaign === '(not set)' ? '' : campaign, source, medium, meeting: false, duplicateOf: root });
		const first = firstNames[index % 20];
		const last = lastNames[Math.floor(index / 20 + index * 7) % 20];
		const person = root === null ? [first, last, `${plain(first)}.${plain(last)}${index}@${plain(pick(firms)).replace(/[^a-z]+/g, '-')}.example`, `+49 151 ${String(20_000_000 + index * 7_919)}`, pick(firms)] : [...written[root]];
		const isEaten = random() < 0.1;
		if (isEaten) spoiltPhones++;
		const meeting = contact && random() < 0.3;
		rows[index].meeting = Boolean(meeting);
		if (root !== null && random() < 0.3) person[2] = person[2].toUpperCase();
		written.push(person);
		const [vorname, nachname, email, phone, firma] = person;
		lines.push([
			`${number}`, pick(writings)(created), vorname, nachname, email, isEaten ? '4,91512E+12' : phone, firma, source, medium, campaign, owner, team,
			contact ? pick(writings)(contact) : pick(['', '-']), meeting ? pick(['ja', '12.11.2026']) : pick(['', 'nein']), rightTeam ?? '',
		].join(';'));
		if (random() < 0.05) { lines.push(blank); emptyLines++; }
		if (rows.length % 40 === 0) { lines.push(names.join(';')); headingLines++; }
	}
	return { csv: Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1'), rows, emptyLines, headingLines, spoiltPhones };
}
