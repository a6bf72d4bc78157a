import type { Intent } from '../handoffRecord';

type Urgency = Intent['urgency'];
type BuyingStage = Intent['buyingStage'];
type Sentiment = Intent['sentiment'];
/** Whether any of these phrases stands in the message at hand. */
export type HasPhrase = (phrases: readonly string[][]) => boolean;

/** Phrases that say how urgent a message is; `low` is asked first, because "not urgent" holds "urgent". Chosen for this package. */
const urgencyPhrases: Record<'high' | 'low', string[]> = {
	high: [
		'urgent', 'urgently', 'asap', 'as soon as possible', 'immediately', 'right away', 'today', 'emergency', 'by tomorrow', 'this week', 'by friday', 'by monday', 'production is down', 'cannot work', 'can\'t work',
		'at a standstill', 'system is down', 'server is down', 'site is down', 'we are stuck', 'end of this week', 'critical', 'within 24 hours', 'within 48 hours',
		'dringend', 'eilig', 'sofort', 'umgehend', 'schnellstmöglich', 'so schnell wie möglich', 'heute', 'noch diese woche', 'bis freitag', 'bis morgen', 'notfall', 'steht still', 'nichts geht mehr', 'ausgefallen',
		'urgence', 'urgente', 'urgent', 'au plus vite', 'dès que possible', 'le plus rapidement possible', 'immédiatement', 'aujourd\'hui', 'cette semaine', 'avant vendredi', 'à l\'arrêt', 'plus personne ne peut',
		'lo antes posible', 'cuanto antes', 'hoy mismo', 'esta semana', 'antes del viernes', 'de inmediato', 'parados', 'no podemos trabajar', 'urgentemente',
		'il prima possibile', 'prima possibile', 'oggi', 'entro venerdì', 'questa settimana', 'subito', 'siamo fermi', 'bloccati', 'urgenza',
		'spoed', 'dringend', 'zo snel mogelijk', 'vandaag', 'deze week', 'voor vrijdag', 'direct', 'ligt stil', 'ligt eruit', 'met spoed',
		'o mais rápido possível', 'o quanto antes', 'hoje', 'esta semana', 'até sexta', 'urgência', 'estamos parados',
		'pilne', 'pilnie', 'jak najszybciej', 'dzisiaj', 'natychmiast', 'na wczoraj',
	],
	low: [
		'no rush', 'no hurry', 'not urgent', 'just looking', 'just researching', 'next year', 'at some point', 'for later', 'early stage', 'no deadline', 'when you have time', 'whenever it suits', 'only exploring', 'long term', 'just curious', 'gathering information',
		'keine eile', 'nicht dringend', 'nicht eilig', 'eilt nicht', 'nächstes jahr', 'nächsten jahres', 'irgendwann', 'unverbindlich', 'rein informativ', 'erst einmal informieren',
		'pas urgent', 'pas pressé', 'rien ne presse', 'l\'année prochaine', 'an prochain', 'à titre d\'information', 'simple curiosité', 'aucune urgence',
		'sin prisa', 'no corre prisa', 'no es urgente', 'el año que viene', 'el próximo año', 'más adelante', 'solo informarme',
		'senza fretta', 'nessuna fretta', 'non è urgente', 'l\'anno prossimo', 'più avanti', 'a titolo informativo',
		'geen haast', 'niet dringend', 'volgend jaar', 'ooit', 'vrijblijvend', 'ter oriëntatie',
		'sem pressa', 'não é urgente', 'próximo ano', 'ano que vem', 'mais para a frente',
		'bez pośpiechu', 'nie jest pilne', 'w przyszłym roku',
	],
};

/** Phrases of people who are not pleased. */
const negativePhrases = [
	'unhappy', 'disappointed', 'complaint', 'unacceptable', 'angry', 'terrible', 'frustrated', 'nobody answers', 'nobody has replied', 'still waiting', 'third time', 'fed up', 'not satisfied',
	'unzufrieden', 'enttäuscht', 'beschwerde', 'inakzeptabel', 'ärgerlich', 'unverschämt', 'niemand meldet sich', 'zum dritten mal', 'mécontent', 'déçu', 'inacceptable', 'réclamation', 'personne ne répond', 'troisième fois',
	'decepcionado', 'decepcionados', 'inaceptable', 'reclamación', 'queja', 'nadie responde', 'deluso', 'delusi', 'inaccettabile', 'reclamo', 'nessuno risponde', 'teleurgesteld', 'onacceptabel', 'klacht', 'niemand reageert',
	'insatisfeito', 'inaceitável', 'reclamação', 'ninguém responde', 'niezadowolony', 'reklamacja', 'skandal',
];

/** Phrases that tell how far a buyer is; the first stage of this order that has one holds. */
const stagePhrases: [BuyingStage, string[]][] = [
	['ready', [
		'ready to sign', 'ready to start', 'please send a contract', 'purchase order', 'budget is approved', 'approved the budget', 'want to order', 'we have chosen', 'start in', 'kick off', 'rfp', 'tender',
		'budget ist freigegeben', 'budget steht', 'möchten beauftragen', 'auftrag erteilen', 'bestellen', 'ausschreibung', 'budget validé', 'bon de commande', 'appel d\'offres', 'prêts à démarrer', 'presupuesto aprobado', 'listos para empezar', 'licitación',
		'budget approvato', 'pronti a partire', 'gara d\'appalto', 'budget is goedgekeurd', 'klaar om te starten', 'aanbesteding', 'orçamento aprovado', 'concurso',
	]],
	['comparing', [
		'compare', 'comparing', 'shortlist', 'other providers', 'other vendors', 'second quote', 'three quotes', 'alternatives', 'versus', 'vergleichen', 'vergleich', 'mehrere angebote', 'andere anbieter', 'comparer', 'comparaison', 'plusieurs devis', 'autres prestataires',
		'comparar', 'comparando', 'varios presupuestos', 'otros proveedores', 'confrontare', 'confronto', 'altri fornitori', 'vergelijken', 'andere aanbieders', 'outros fornecedores',
	]],
	['researching', [
		'just looking', 'just researching', 'early stage', 'gathering information', 'first overview', 'only exploring', 'at some point', 'erst einmal informieren', 'überblick verschaffen', 'unverbindlich', 'nous renseigner', 'premiers renseignements', 'à titre d\'information',
		'informarme', 'informarnos', 'a titolo informativo', 'farci un\'idea', 'ter oriëntatie', 'oriënteren', 'más adelante',
	]],
];

/** Urgency that the words name, else what is usual. */
export function urgencyOf(has: HasPhrase, phrases: PreparedTone, usual: Urgency): Urgency {
	if (has(phrases.low)) return 'low';
	return has(phrases.high) ? 'high' : usual;
}

/** Stage that the words name, else what is usual. A customer stays one, whatever is asked. */
export function stageOf(has: HasPhrase, phrases: PreparedTone, usual: BuyingStage): BuyingStage {
	if (usual === 'customer') return usual;
	return phrases.stages.find(([, words]) => has(words))?.[0] ?? usual;
}

/** Negative when the words say so; anything more would be a guess. */
export function sentimentOf(has: HasPhrase, phrases: PreparedTone): Sentiment {
	return has(phrases.negative) ? 'negative' : 'neutral';
}

/** All phrases as folded words. */
export interface PreparedTone {
	high: string[][];
	low: string[][];
	negative: string[][];
	stages: [BuyingStage, string[][]][];
}

/** The phrases as words, once. */
export function prepareTone(toPhrases: (texts: readonly string[]) => string[][]): PreparedTone {
	return {
		high: toPhrases(urgencyPhrases.high), low: toPhrases(urgencyPhrases.low), negative: toPhrases(negativePhrases),
		stages: stagePhrases.map(([stage, texts]) => [stage, toPhrases(texts)]),
	};
}
