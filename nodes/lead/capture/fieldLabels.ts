import { foldText } from '../foldText';

/** What a form can ask that has a place of its own. */
export type FormField =
	| 'firstName' | 'lastName' | 'fullName' | 'email' | 'phone' | 'mobile' | 'dialCode' | 'company' | 'website' | 'jobTitle' | 'country' | 'region' | 'city' | 'postalCode'
	| 'timeZone' | 'language' | 'serviceInterest' | 'companySize' | 'budget' | 'message' | 'subject'
	| 'source' | 'medium' | 'campaign' | 'term' | 'content' | 'landingPage' | 'pageUrl' | 'referrer'
	| 'firstSource' | 'firstMedium' | 'firstCampaign' | 'firstAt'
	| 'gclid' | 'gbraid' | 'wbraid' | 'msclkid' | 'fbclid' | 'li_fat_id' | 'ttclid'
	| 'consentEmail' | 'consentPhone' | 'consentSms' | 'consentText' | 'consentAt' | 'consentAny'
	| 'submittedAt' | 'eventId' | 'formId' | 'honeypot' | 'technical';

/**
 * Labels by field, folded (see `foldText`), in English, German, French, Spanish, Italian, Dutch and Portuguese, and the
 * names that form tools give their fields. A label stands for one field only.
 */
const labels: Record<FormField, string> = {
	firstName: 'first name|firstname|fname|given name|forename|christian name|name first|first|vorname|rufname|prenom|nombre|primer nombre|nome proprio|voornaam|primeiro nome|contact first name',
	lastName: 'last name|lastname|lname|surname|family name|name last|last|second name|nachname|familienname|zuname|nom de famille|nom|apellido|apellidos|cognome|achternaam|familienaam|sobrenome|apelido|ultimo nome|contact last name',
	fullName: 'name|full name|fullname|your name|contact name|contact person|person|display name|customer name|lead name|client name|vor und nachname|vorname und nachname|vor nachname|vollstandiger name|ansprechpartner|ansprechpartnerin|kontaktperson|nom complet|nom et prenom|prenom et nom|nom prenom|nombre completo|nombre y apellidos|nombre y apellido|persona de contacto|nome completo|nome e cognome|nome cognome|nominativo|volledige naam|naam|voor en achternaam|contactpersoon|nome e sobrenome|nome e apelido|nome',
	email: 'email|e mail|mail|email address|e mail address|emailaddress|mail address|work email|work e mail|business email|business e mail|company email|corporate email|professional email|contact email|from email|email work|email id|mail adresse|email adresse|e mail adresse|geschaftliche e mail|geschaftliche e mail adresse|adresse e mail|adresse email|adresse mail|adresse courriel|adresse electronique|courriel|mel|mail professionnel|email professionnel|e mail professionnel|correo|correo electronico|direccion de correo|direccion de correo electronico|direccion de email|correo de la empresa|posta elettronica|indirizzo email|indirizzo e mail|indirizzo di posta elettronica|email aziendale|mailadres|e mailadres|emailadres|e mail adres|email adres|zakelijk e mailadres|correio eletronico|endereco de email|endereco de e mail|email corporativo|e mail corporativo',
	phone: 'phone|phone number|phonenumber|phone no|tel|tel no|telephone|telephone number|telephone no|contact number|contact phone|work phone|business phone|direct line|direct dial|call back number|callback number|phone work|whatsapp|whatsapp number|telefon|telefonnummer|telefon nr|rufnummer|ruckrufnummer|festnetz|telephone fixe|numero de telephone|no de telephone|n de telephone|telefono|numero de telefono|telefono de contacto|numero di telefono|recapito telefonico|telefoon|telefoonnummer|telefone|numero de telefone|telefone de contato|telefone para contato',
	mobile: 'mobile|mobile phone|mobile number|mobile phone number|mobile no|cell|cell phone|cellphone|cell number|phone mobile|mobil|mobilnummer|mobiltelefon|mobilfunknummer|handy|handynummer|portable|telephone portable|telephone mobile|numero de portable|gsm|movil|telefono movil|celular|telefono celular|numero de movil|cellulare|numero di cellulare|telefono cellulare|mobiel|mobiel nummer|mobiele nummer|mobiele telefoon|telemovel|telefone celular|numero de celular',
	dialCode: 'dial code|dialling code|country code phone|phone country code|phone code|country calling code|calling code|landesvorwahl|indicatif|prefijo|prefisso|landnummer',
	company: 'company|company name|companyname|business|business name|organisation|organization|organisation name|organization name|organisation organization|org|firm|employer|account name|company organisation|company organization|unternehmen|unternehmensname|firma|firmenname|name der firma|name des unternehmens|betrieb|arbeitgeber|societe|nom de la societe|nom de l entreprise|nom de votre entreprise|nom de votre societe|entreprise|raison sociale|organisme|empresa|nombre de la empresa|nombre de empresa|compania|organizacion|razon social|azienda|nome azienda|nome dell azienda|nome della azienda|societa|ragione sociale|impresa|bedrijf|bedrijfsnaam|naam bedrijf|organisatie|nome da empresa|nome empresa|organizacao|razao social|companhia',
	website: 'website|web site|company website|company url|company domain|domain|homepage|site|site web|web page|webseite|internetseite|internetadresse|sitio web|pagina web|sito|sito web|webadres|website url|site internet|website address|url of your website',
	jobTitle: 'job title|jobtitle|title|job|position|role|job role|job position|function|your role|berufsbezeichnung|funktion|rolle|stelle|beruf|fonction|poste|intitule du poste|profession|metier|cargo|puesto|puesto de trabajo|ruolo|qualifica|posizione|functie|functietitel|rol|funcao|profissao',
	country: 'country|country name|country region|country or region|country code|countrycode|nation|land|staat land|pays|pays region|pais|pais region|paese|nazione|nazionalita|stato paese|ip country|address country|billing country',
	region: 'region|state|state province|state region|province|county|state or province|state county|administrative area|address state|bundesland|kanton|departement|region departement|estado|provincia|comunidad autonoma|regione|provincie|distrito|regiao|uf',
	city: 'city|town|town city|city town|locality|location city|address city|stadt|ort|wohnort|ville|commune|ciudad|localidad|poblacion|citta|comune|localita|stad|plaats|woonplaats|cidade|localidade',
	postalCode: 'postal code|postalcode|post code|postcode|zip|zip code|zipcode|zip postal code|address zip|plz|postleitzahl|code postal|cp|codigo postal|cap|codice postale|codice di avviamento postale|cep|codigo de endereco postal',
	timeZone: 'time zone|timezone|tz|zeitzone|fuseau horaire|zona horaria|fuso orario|tijdzone|fuso horario',
	language: 'language|lang|locale|preferred language|sprache|bevorzugte sprache|langue|idioma|lingua|taal',
	serviceInterest: 'service|services|service interest|service of interest|interested in|interest|interests|product|products|product interest|product of interest|solution|what are you interested in|which service are you interested in|what service do you need|which product are you interested in|i am interested in|i m interested in|enquiry type|inquiry type|type of enquiry|type of inquiry|reason for contact|topic|category|department|service line|dienstleistung|leistung|interesse|interesse an|interessiert an|thema|produkt|anliegen|art der anfrage|produit|prestation|interesse par|interesse e par|centre d interet|type de demande|servicio|servicios|producto|interes|servicio de interes|interesado en|tipo de consulta|servizio|servizi|prodotto|interessato a|servizio di interesse|tipo di richiesta|dienst|interesse in|soort aanvraag|servico|servicos|produto|servico de interesse|interessado em',
	companySize: 'company size|companysize|size of company|size of your company|employees|number of employees|numberofemployees|num employees|numemployees|no of employees|employee count|headcount|team size|staff|how many employees|how many employees do you have|how many people work at your company|unternehmensgrosse|firmengrosse|mitarbeiter|mitarbeiterzahl|anzahl mitarbeiter|anzahl der mitarbeiter|taille de l entreprise|taille de votre entreprise|effectif|effectifs|nombre d employes|nombre de salaries|nombre de collaborateurs|tamano de la empresa|tamano de empresa|empleados|numero de empleados|dimensione azienda|dimensioni azienda|dipendenti|numero di dipendenti|numero dipendenti|bedrijfsgrootte|medewerkers|aantal medewerkers|aantal werknemers|tamanho da empresa|funcionarios|numero de funcionarios|colaboradores|numero de colaboradores',
	budget: 'budget|project budget|your budget|estimated budget|budget range|monthly budget|annual budget|what is your budget|projektbudget|budgetrahmen|budget estime|budget prevu|presupuesto|presupuesto estimado|budget previsto|budget indicatif|begroting|orcamento|orcamento estimado|verba',
	message: 'message|messages|comment|comments|comments or questions|questions|question|questions or comments|enquiry|inquiry|your message|your enquiry|note|notes|description|details|project details|additional information|anything else|tell us more|how can we help|how can we help you|what can we help with|what do you need|what do you need help with|describe your project|body|text|msg|textarea|request|project description|nachricht|ihre nachricht|mitteilung|kommentar|bemerkung|bemerkungen|anmerkung|anmerkungen|frage|ihre frage|anfrage|ihre anfrage|beschreibung|wie konnen wir helfen|wie konnen wir ihnen helfen|votre message|commentaire|commentaires|demande|votre demande|remarques|description du projet|comment pouvons nous vous aider|mensaje|tu mensaje|su mensaje|comentario|comentarios|consulta|pregunta|en que podemos ayudarte|como podemos ayudarte|messaggio|il tuo messaggio|commento|commenti|richiesta|domanda|note aggiuntive|come possiamo aiutarti|bericht|uw bericht|opmerking|opmerkingen|vraag|uw vraag|toelichting|hoe kunnen we helpen|mensagem|sua mensagem|comentario adicional|duvida|solicitacao|como podemos ajudar',
	subject: 'subject|betreff|objet|sujet|asunto|oggetto|onderwerp|assunto',
	source: 'utm source|utmsource|lead source|leadsource|traffic source|source|original source|campaign source|latest source',
	medium: 'utm medium|utmmedium|medium|traffic medium|campaign medium|source medium',
	campaign: 'utm campaign|utmcampaign|campaign|campaign name|utm campaign name|kampagne|campagne|campana|campagna|campanha',
	term: 'utm term|utmterm|utm keyword|keyword|search term',
	content: 'utm content|utmcontent|ad content|ad name|creative',
	landingPage: 'landing page|landingpage|landing page url|landing url|first page|entry page|landing',
	pageUrl: 'page url|pageurl|page uri|pageuri|page|url|form url|source url|submission url|conversion page|website page|page location|current url|embed url|href|origin url|page link',
	referrer: 'referrer|referer|http referer|http referrer|document referrer|referrer url|referring url|referring site',
	firstSource: 'first utm source|utm source first|initial utm source|first touch source|firsttouchsource|ft source|first source|initial source|original utm source',
	firstMedium: 'first utm medium|utm medium first|initial utm medium|first touch medium|ft medium|first medium|initial medium|original utm medium',
	firstCampaign: 'first utm campaign|utm campaign first|initial utm campaign|first touch campaign|ft campaign|first campaign|initial campaign|original utm campaign',
	firstAt: 'first touch at|first touch date|first visit|first visit at|first seen|first seen at|ft date',
	gclid: 'gclid|google click id', gbraid: 'gbraid', wbraid: 'wbraid', msclkid: 'msclkid|microsoft click id', fbclid: 'fbclid|fbc|facebook click id', li_fat_id: 'li fat id|lifatid', ttclid: 'ttclid|tiktok click id',
	consentEmail: 'email consent|consent email|email opt in|email optin|newsletter|newsletter signup|newsletter opt in|newsletter subscription|subscribe|subscribe to newsletter|subscribe to our newsletter|marketing consent|marketing opt in|marketing emails|email marketing|email marketing consent|opt in|optin|opt in marketing|accepts marketing|newsletter anmeldung|newsletter abonnieren|marketing einwilligung|werbeeinwilligung|inscription newsletter|abonnement newsletter|suscripcion|suscribirse al boletin|boletin|iscrizione newsletter|consenso marketing|nieuwsbrief|nieuwsbrief aanmelding|receber newsletter|novidades',
	consentPhone: 'phone consent|consent phone|call consent|consent to call|consent calls|may we call you|phone opt in|telefonische kontaktaufnahme|telefoneinwilligung',
	consentSms: 'sms consent|consent sms|sms opt in|sms optin|text consent|text message consent|consent to texts|whatsapp consent|whatsapp opt in',
	consentText: 'consent text|consent wording|consent statement|legal text|privacy text|opt in text|einwilligungstext',
	consentAt: 'consent at|consent date|consent timestamp|consent time|opt in date|opt in at|opt in time',
	consentAny: 'consent|gdpr|gdpr consent|gdpr agreement|dsgvo|privacy|privacy policy|privacy consent|data protection|terms|terms and conditions|i agree|agree|agreement|acceptance|accept terms|accept|einwilligung|datenschutz|datenschutzerklarung|agb|zustimmung|consentement|rgpd|politique de confidentialite|conditions|consentimiento|politica de privacidad|privacidad|acepto|consenso|consenso privacy|toestemming|privacyverklaring|akkoord|consentimento|lgpd|aceito|politica de privacidade',
	submittedAt: 'submitted at|submittedat|submitted|submission date|submission time|submit date|submit time|submitted on|date submitted|created at|createdat|created time|created|creation date|createdate|date created|timestamp|time stamp|received at|eingereicht am|datum der einreichung|date de soumission|fecha de envio|data di invio|datum inzending|data de envio',
	eventId: 'event id|eventid|submission id|submissionid|response id|responseid|entry id|entryid|leadgen id|lead gen id|conversion id|submission uuid|submission guid|request id|idempotency key|respondent token',
	formId: 'form id|formid|form guid|form uuid|form key',
	honeypot: 'honeypot|honey pot|honey|hp|hp field|gotcha|bot field|botfield|bot check|leave blank|leave empty|leave this blank|leave this empty|leave this field blank|leave this field empty|do not fill|do not fill this in|do not fill this in if you are human|url hp|email hp|website hp|bitte leer lassen|nicht ausfullen',
	technical: 'g recaptcha response|h captcha response|cf turnstile response|recaptcha|captcha|token|csrf|csrf token|csrfmiddlewaretoken|authenticity token|wpnonce|wp http referer|nonce|action|form mode|formmode|form name|formname|user agent|useragent|ip|ip address|remote ip|session id|sessionid|hutk|wpcf7|wpcf7 version|wpcf7 locale|wpcf7 unit tag|wpcf7 container post|form title|event type|webhook url|execution mode|page title|page name|network id|landed at|respondent id|signature|screen resolution|elapsed|time to submit|viewport',
};

/** Where a form's own words may wrap a field, folded: they say nothing about it. */
const transparent = new Set(['', 'body', 'json', 'form', 'fields', 'field', 'data', 'payload', 'lead', 'contact', 'answers', 'answer', 'form response', 'form fields', 'form data', 'formdata', 'formvalues', 'properties', 'property', 'submission', 'response', 'responses', 'values', 'value', 'params', 'query', 'customer', 'person', 'user', 'client', 'event', 'record', 'attributes', 'custom fields', 'customfields', 'hidden', 'hidden fields', 'meta', 'metadata', 'tracking', 'utm', 'attribution', 'context', 'variables', 'details', 'input', 'inputs', 'item', 'items', 'entry', 'result', 'content', 'raw request', 'address', 'location', 'personal', 'contact info', 'contact details', 'kontakt', 'adresse', 'legal consent options', 'legal consent']);

/** Words around a question that don't change what is asked, folded. */
const filler = new Set(['your', 'the', 'a', 'an', 'please', 'enter', 'what', 'is', 'are', 'of', 'for', 'required', 'optional', 'mandatory', 'field', 'ihr', 'ihre', 'ihren', 'dein', 'deine', 'bitte', 'wie', 'lautet', 'was', 'ist', 'optionales', 'pflichtfeld', 'votre', 'vos', 'ton', 'quel', 'quelle', 'est', 'obligatoire', 'facultatif', 'su', 'tu', 'tus', 'cual', 'es', 'obligatorio', 'opcional', 'il', 'la', 'le', 'el', 'tuo', 'tua', 'suo', 'sua', 'qual', 'obbligatorio', 'uw', 'je', 'jouw', 'wat', 'verplicht', 'seu', 'teu', 'qual', 'obrigatorio', 'my', 'mein', 'meine', 'input', 'q', 'di', 'wir', 'we', 'you', 'do', 'using', 'here']);

/** Words that name a field only when nothing else stands before them, e.g. not in `product.name`. */
const vague = new Set(['name', 'title', 'first', 'last', 'text', 'body', 'url', 'page', 'source', 'term', 'content', 'medium', 'campaign', 'site', 'domain', 'state', 'timestamp', 'created', 'created at', 'createdat', 'token', 'action', 'description', 'note', 'notes', 'details', 'category', 'region', 'nom', 'nome', 'nombre', 'role', 'position', 'function', 'job', 'language', 'locale', 'land', 'code', 'ip', 'cap', 'cp', 'accept', 'conditions', 'terms', 'consent', 'topic', 'department', 'business', 'person', 'request', 'staff', 'product', 'service']);

const fieldOfLabel = new Map<string, FormField>();
for (const [field, list] of Object.entries(labels) as [FormField, string][]) {
	for (const label of list.split('|')) if (!fieldOfLabel.has(label)) fieldOfLabel.set(label, field);
}

/** Parts of a payload that speak of people on the firm's side, folded: their addresses are not the lead's. */
const firmSide = /^(?:to|cc|bcc|recipients?|delivered to|envelope|routing|notify|notification|form owner|(?:.+ )?(?:owner|assignee|assigned to|agent|rep|representative|account manager|organizer|host|workspace|team))(?: (?:e ?mail|name|phone|id))?$/;

/** Whether a path leads to somebody of the receiving firm, e.g. `['owner', 'email']`. */
export function isOfFirm(path: string[]): boolean {
	return path.some((label) => firmSide.test(foldLabel(label)));
}

/** The field that a path of labels names, e.g. `['contact', 'E-Mail *']`; undefined for one of the form's own. */
export function fieldOf(path: string[]): FormField | undefined {
	if (isOfFirm(path)) return undefined;
	const folded = path.map(foldLabel);
	const last = folded[folded.length - 1] ?? '';
	const outer = folded.slice(0, -1).filter((part) => !transparent.has(part));
	const before = outer[outer.length - 1];
	if (before !== undefined) {
		const joined = byLabel(`${before} ${last}`);
		if (joined) return joined;
		// `email: { value: "…" }`
		if (['value', 'values', 'text', 'val', 'raw', 'answer', 'formatted', 'input text'].includes(last)) return byLabel(before);
		if (vague.has(last)) return undefined;
	}
	return byLabel(last);
}

/** Whether a key only wraps fields and says nothing about them, e.g. `body` or `form_fields`. */
export function isTransparent(label: string): boolean {
	return transparent.has(foldLabel(label));
}

function byLabel(label: string): FormField | undefined {
	const exact = fieldOfLabel.get(label);
	if (exact || label.length > longestLabel) return exact;
	const words = label.split(' ').filter((word) => !filler.has(word));
	// `q3 email`, `field 7 phone`
	const bare = words.filter((word) => !/^(?:q|field|input|feld)?\d+$/.test(word)).join(' ');
	return bare === label ? undefined : fieldOfLabel.get(bare);
}

/** Longer labels are sentences, e.g. of a consent box. */
const longestLabel = 80;

function foldLabel(label: string): string {
	return foldText(label.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2').replace(/\([^)]*\)|[*:?]+$/g, ' '));
}
