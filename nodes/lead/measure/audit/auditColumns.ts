import { foldText } from '../../foldText';

/** What a column of an export can tell of a lead, beside who it is. */
export const auditParts = ['created', 'firstContact', 'responseMinutes', 'contacted', 'meeting', 'owner', 'queue', 'rightQueue', 'rightOwner', 'source', 'medium', 'campaign', 'id'] as const;
export type AuditPart = (typeof auditParts)[number];

/**
 * Usual names of columns, as people and CRMs write them, parted by `|`, likeliest first, in seven languages. Seen in the exports of HubSpot,
 * Salesforce, Pipedrive, Zoho, Airtable and in sheets kept by hand, 2026-11. Marks, case and signs don't matter.
 */
const names: Record<AuditPart, string> = {
	created: 'created|created at|created on|created date|create date|creation date|created time|date created|lead created|lead created at|submitted at|submitted|submission date|received|received at|timestamp|time stamp|inquiry date|enquiry date|lead date|date|erstellt|erstellt am|erstelldatum|erstellungsdatum|angelegt am|eingegangen am|eingang|eingangsdatum|eingang am|anfragedatum|anfrage am|anfrage vom|zeitstempel|datum|date de creation|cree le|date de la demande|recu le|fecha de creacion|creado|creado el|fecha de entrada|fecha|data di creazione|creato il|data creazione|data|aangemaakt|aangemaakt op|datum aanvraag|data de criacao|criado em|data utworzenia|utworzono',
	firstContact: 'first contact|first contacted|first contacted at|first contact at|first contact date|contacted at|contacted on|first response|first response at|first response date|first responded at|date of first engagement|first engagement|first activity|first activity date|first touch by sales|first call|first call at|first outreach|first outreach date|first reply|first reply at|last contacted|first sales activity|erstkontakt|erstkontakt am|erster kontakt|erster kontakt am|kontaktiert am|erstreaktion|erstreaktion am|erste reaktion|erste antwort|erste antwort am|angerufen am|premier contact|date du premier contact|premier contact le|contacte le|primer contacto|fecha del primer contacto|contactado el|primo contatto|data primo contatto|contattato il|eerste contact|eerste contact op|primeiro contato|primeiro contacto|pierwszy kontakt',
	responseMinutes: 'response time|response time min|response time minutes|response minutes|time to first contact|time to contact|minutes to first contact|lead response time|first response time|reaktionszeit|reaktionszeit min|reaktionszeit minuten|antwortzeit|temps de reponse|delai de reponse|tiempo de respuesta|tempo di risposta|reactietijd|tempo de resposta|response time h|response time hours|reaktionszeit std|reaktionszeit stunden|reaktionszeit h',
	contacted: 'contacted|reached|was contacted|is contacted|kontaktiert|erreicht|contacte|contactado|contattato|gecontacteerd',
	meeting: 'meeting|meeting booked|meeting date|meeting at|booked|demo booked|appointment|appointment date|call booked|termin|termin am|termin vereinbart|terminiert|gesprach|erstgesprach|rendez vous|rdv|rendez vous pris|cita|reunion|reunion agendada|appuntamento|incontro|afspraak|reuniao|spotkanie',
	owner: 'owner|lead owner|contact owner|deal owner|account owner|record owner|assigned to|assignee|assigned rep|sales rep|rep|salesperson|responsible|owner name|hubspot owner|zustandig|zustandige person|bearbeiter|bearbeiterin|verantwortlich|verantwortlicher|betreuer|vertriebler|zugewiesen an|besitzer|inhaber|proprietaire|responsable|attribue a|commercial|propietario|asignado a|comercial|proprietario|assegnato a|responsabile|eigenaar|toegewezen aan|atribuido a|wlasciciel',
	queue: 'queue|team|assigned team|routed to|assigned queue|group|pipeline|abteilung|warteschlange|zugeteilt an|verteilt an|equipe|file|equipo|cola|squadra|coda|afdeling|fila',
	rightQueue: 'right queue|correct queue|correct team|right team|should be|should have gone to|true queue|true team|expected queue|expected team|truth|actual team|richtiges team|richtige abteilung|richtige queue|korrektes team|gehort zu|bonne equipe|equipe correcte|equipo correcto|squadra corretta|juiste team|equipe correta',
	rightOwner: 'right owner|correct owner|true owner|expected owner|should be owner|richtiger bearbeiter|richtig zustandig|richtige zustandigkeit|bon proprietaire|propietario correcto|proprietario corretto|juiste eigenaar',
	source: 'source|lead source|original source|utm source|traffic source|quelle|leadquelle|lead quelle|herkunft|kanal|source du lead|origine|fuente|origen|fonte|origine lead|bron|origem|zrodlo',
	medium: 'medium|utm medium|channel|original medium|canal|canale|kanaal',
	campaign: 'campaign|campaign name|utm campaign|original campaign|kampagne|kampagnenname|campagne|campana|campagna|campanha|kampania|original source drill down 2',
	id: 'id|record id|lead id|contact id|deal id|nr|no|number|lead nr|lead nummer|laufende nummer|numero|hs object id',
};

let partOfName: Map<string, { part: AuditPart; rank: number }> | undefined;

function table(): Map<string, { part: AuditPart; rank: number }> {
	if (partOfName) return partOfName;
	partOfName = new Map();
	for (const part of auditParts) for (const [rank, name] of names[part].split('|').entries()) if (!partOfName.has(name)) partOfName.set(name, { part, rank });
	return partOfName;
}

/** A column name without what stands in brackets and behind a slash: `Erstellt am (UTC)` is `erstellt am`. */
export function foldName(name: string): string {
	return foldText(name.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2').replace(/\([^)]*\)|\[[^\]]*\]/g, ' '));
}

/** The part that a column name is usual for; undefined for any other name. */
export function auditPartOf(name: string): AuditPart | undefined {
	return (table().get(foldName(name)) ?? table().get(foldText(name)))?.part;
}

export interface AuditColumns {
	/** The column that each part is read from. */
	read: Partial<Record<AuditPart, string>>;
	/** Parts whose mapped column is not there. */
	missing: AuditPart[];
}

/** Says how an export is understood: what the operator mapped, else the likeliest usual name; each column has one part. */
export function findAuditColumns(columns: readonly string[], mapping: Partial<Record<AuditPart, string>> = {}): AuditColumns {
	const found: AuditColumns = { read: {}, missing: [] };
	const taken = new Set<string>();
	for (const part of auditParts) {
		const asked = mapping[part];
		if (asked === undefined) continue;
		const column = columns.find((name) => name === asked) ?? columns.find((name) => foldText(name) === foldText(asked));
		if (column === undefined) found.missing.push(part);
		else {
			found.read[part] = column;
			taken.add(column);
		}
	}
	for (const part of auditParts) {
		if (found.read[part] !== undefined || mapping[part] !== undefined) continue;
		const ranked = columns.filter((name) => !taken.has(name) && auditPartOf(name) === part)
			.map((name) => ({ name, rank: (table().get(foldName(name)) ?? table().get(foldText(name)))?.rank ?? 0 })).sort((a, b) => a.rank - b.rank);
		if (ranked.length === 0) continue;
		found.read[part] = ranked[0].name;
		taken.add(ranked[0].name);
	}
	return found;
}
