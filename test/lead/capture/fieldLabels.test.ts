import { asksHowHeard, fieldOf, isOfOthers } from '../../../nodes/lead/capture/fieldLabels';
import { labelTable } from '../../../nodes/lead/capture/labelTable';

describe('fieldOf', () => {
	it.each([
		['First Name', 'firstName'], ['first_name', 'firstName'], ['firstName', 'firstName'], ['Vorname', 'firstName'], ['Prénom', 'firstName'], ['Nombre', 'firstName'], ['Voornaam', 'firstName'], ['Primeiro nome', 'firstName'],
		['Nachname', 'lastName'], ['Nom de famille', 'lastName'], ['Apellidos', 'lastName'], ['Cognome', 'lastName'], ['Achternaam', 'lastName'], ['Sobrenome', 'lastName'], ['Surname *', 'lastName'],
		['E-Mail', 'email'], ['Work email', 'email'], ['Your Email Address (required)', 'email'], ['Ihre E-Mail-Adresse', 'email'], ['Adresse e-mail', 'email'], ['Correo electrónico', 'email'], ['Indirizzo e-mail', 'email'], ['E-mailadres', 'email'],
		['Téléphone', 'phone'], ['Telefonnummer', 'phone'], ['Teléfono', 'phone'], ['Numero di telefono', 'phone'], ['Telefoonnummer', 'phone'], ['Telefone', 'phone'], ['Handy', 'mobile'], ['Móvil', 'mobile'],
		['Company', 'company'], ['Firma', 'company'], ['Société', 'company'], ['Empresa', 'company'], ['Azienda', 'company'], ['Bedrijf', 'company'], ['Organization name', 'company'],
		['Land', 'country'], ['Pays', 'country'], ['País', 'country'], ['Paese', 'country'], ['PLZ', 'postalCode'], ['Ort', 'city'], ['Código postal', 'postalCode'],
		['Nachricht', 'message'], ['How can we help you?', 'message'], ['Mensagem', 'message'], ['Berufsbezeichnung', 'jobTitle'], ['Anzahl der Mitarbeiter', 'companySize'], ['Orçamento', 'budget'],
		['utm_source', 'source'], ['UTM Campaign', 'campaign'], ['gclid', 'gclid'], ['_gotcha', 'honeypot'], ['g-recaptcha-response', 'technical'],
		['Favourite colour', undefined], ['constructor', undefined], ['', undefined],
	])('knows %s', (label, field) => {
		expect(fieldOf([label])).toBe(field);
	});

	it.each([
		['Imię', 'firstName'], ['Nazwisko', 'lastName'], ['Imię i nazwisko', 'fullName'], ['Numer telefonu', 'phone'], ['Nazwa firmy', 'company'], ['Treść wiadomości', 'message'], ['Kod pocztowy', 'postalCode'],
		['Förnamn', 'firstName'], ['Efternamn', 'lastName'], ['E-postadress', 'email'], ['Företag', 'company'], ['Meddelande', 'message'], ['Fornavn', 'firstName'], ['Efternavn', 'lastName'], ['Virksomhed', 'company'], ['Besked', 'message'],
		['Etternavn', 'lastName'], ['Bedrift', 'company'], ['Melding', 'message'], ['Etunimi', 'firstName'], ['Sähköposti', 'email'], ['Puhelinnumero', 'phone'], ['Příjmení', 'lastName'], ['Telefonszám', 'phone'], ['Prenume', 'firstName'],
		['Adınız Soyadınız', 'fullName'], ['E-posta', 'email'], ['Şirket Adı', 'company'], ['Имя', 'firstName'], ['Телефон', 'phone'], ['Компания', 'company'], ['Повідомлення', 'message'], ['Επώνυμο', 'lastName'],
		['お名前', 'fullName'], ['メールアドレス', 'email'], ['電話番号', 'phone'], ['会社名', 'company'], ['お問い合わせ内容', 'message'], ['姓名', 'fullName'], ['手机', 'mobile'], ['公司名称', 'company'], ['이름', 'fullName'], ['회사명', 'company'],
		['البريد الإلكتروني', 'email'], ['الاسم الكامل', 'fullName'], ['שם מלא', 'fullName'],
	])('knows %s in other languages', (label, field) => {
		expect(fieldOf([label])).toBe(field);
	});

	it.each([
		['What is the name of your company?', 'company'], ['Name of your company', 'company'], ['What\'s your email?', 'email'], ['Please enter your phone number', 'phone'], ['First name / Vorname', 'firstName'], ['Phone / WhatsApp', 'phone'],
		['E-Mail – we never share it', 'email'], ['Email<span class="req">*</span>', 'email'], ['Wie lautet Ihr Nachname?', 'lastName'], ['Quel est votre nom de famille ?', 'lastName'], ['¿Cuál es tu correo electrónico?', 'email'], ['Select your country', 'country'],
		['q3_email', 'email'], ['your-message', 'message'], ['billing_country', 'country'], ['company_email', 'email'], ['Company email', 'email'],
	])('knows the question "%s"', (label, field) => {
		expect(fieldOf([label])).toBe(field);
	});

	it.each(['Type of company', 'Company type', 'Company registration number', 'How did you hear about us?', 'Phone number of referee', 'Reference email', 'Email of a colleague', 'Country of birth', 'City of birth', 'Your dog\'s name', 'File name', 'User agent string', 'Name of your current provider', 'ad', 'Order number', 'Date of birth', 'Notfallkontakt Telefon', 'Name des Empfehlenden'])('makes no field of "%s"', (label) => {
		expect(fieldOf([label])).toBeUndefined();
	});

	it('tells third persons and the question how one heard of the firm', () => {
		expect(['Referee', 'Emergency contact', 'Name of a friend', 'Empfehlung von'].map((label) => isOfOthers([label]))).toEqual([true, true, true, true]);
		expect(['referrer', 'Your name', 'Ansprechpartner'].map((label) => isOfOthers([label]))).toEqual([false, false, false]);
		expect(['How did you hear about us?', 'Wo haben Sie von uns gehört?', 'Comment nous avez-vous connus ?', '¿Cómo nos conoció?'].map(asksHowHeard)).toEqual([true, true, true, true]);
		expect(['What do you want us to know?', 'Message'].map(asksHowHeard)).toEqual([false, false]);
	});

	it('holds every label of its table', () => {
		const differing = Object.entries(labelTable).flatMap(([field, languages]) => Object.entries(languages).flatMap(([language, list]) => list.split('|').filter((label) => fieldOf([label]) === undefined).map((label) => `${field} ${language} ${label}`)));
		expect(differing).toEqual([]);
	});

	it('reads a path from its end, and a vague word only with what stands before it', () => {
		expect(fieldOf(['contact', 'name'])).toBe('fullName');
		expect(fieldOf(['form_fields', 'email'])).toBe('email');
		expect(fieldOf(['name', 'first'])).toBe('firstName');
		expect(fieldOf(['company', 'name'])).toBe('company');
		expect(fieldOf(['email', 'value'])).toBe('email');
		expect(fieldOf(['product', 'name'])).toBeUndefined();
		expect(fieldOf(['routing', 'source'])).toBeUndefined();
		expect(fieldOf(['Full Name', 'first'])).toBe('firstName');
		expect(fieldOf(['start', 'time'])).toBeUndefined();
	});
});
