import type { Intent } from '../handoffRecord';

/** The fixed words of a summary in one language. */
export interface SummaryWords {
	source: string;
	campaign: string;
	request: string;
	urgency: string;
	nextStep: string;
	notSaid: string;
	urgencies: Record<Intent['urgency'], string>;
}

const words = {
	en: { source: 'Source', campaign: 'Campaign', request: 'Request', urgency: 'Urgency', nextStep: 'Next step', notSaid: 'not said', urgencies: { high: 'high', normal: 'normal', low: 'low' } },
	de: { source: 'Quelle', campaign: 'Kampagne', request: 'Anliegen', urgency: 'Dringlichkeit', nextStep: 'Nächster Schritt', notSaid: 'nicht genannt', urgencies: { high: 'hoch', normal: 'normal', low: 'gering' } },
	fr: { source: 'Source', campaign: 'Campagne', request: 'Demande', urgency: 'Urgence', nextStep: 'Prochaine étape', notSaid: 'non précisée', urgencies: { high: 'élevée', normal: 'normale', low: 'faible' } },
	es: { source: 'Origen', campaign: 'Campaña', request: 'Solicitud', urgency: 'Urgencia', nextStep: 'Siguiente paso', notSaid: 'no indicada', urgencies: { high: 'alta', normal: 'normal', low: 'baja' } },
	it: { source: 'Fonte', campaign: 'Campagna', request: 'Richiesta', urgency: 'Urgenza', nextStep: 'Prossimo passo', notSaid: 'non indicata', urgencies: { high: 'alta', normal: 'normale', low: 'bassa' } },
	nl: { source: 'Bron', campaign: 'Campagne', request: 'Vraag', urgency: 'Urgentie', nextStep: 'Volgende stap', notSaid: 'niet genoemd', urgencies: { high: 'hoog', normal: 'normaal', low: 'laag' } },
	pt: { source: 'Origem', campaign: 'Campanha', request: 'Pedido', urgency: 'Urgência', nextStep: 'Próximo passo', notSaid: 'não indicado', urgencies: { high: 'alta', normal: 'normal', low: 'baixa' } },
} satisfies Record<string, SummaryWords>;

/** The fixed words in the rep's language (ISO 639-1), English where there are none. */
export function summaryWords(language: string): SummaryWords {
	return Object.hasOwn(words, language) ? words[language as keyof typeof words] : words.en;
}
