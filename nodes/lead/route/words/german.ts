import type { RuleWords } from './ruleWords';

export const germanRules: RuleWords = {
	locale: 'de', sentence: 'Wenn gilt: {when}, dann {what}.', always: 'Immer: {what}.', and: ' und ', or: ' oder ', yes: 'ja', no: 'nein', expression: 'ein Ausdruck trifft zu', others: ' und {n} weitere',
	operators: {
		equals: 'ist', notEquals: 'ist nicht', contains: 'enthält', notContains: 'enthält nicht', startsWith: 'beginnt mit', notStartsWith: 'beginnt nicht mit', endsWith: 'endet mit', notEndsWith: 'endet nicht mit',
		matches: 'entspricht dem Muster', notMatches: 'entspricht nicht dem Muster', isEmpty: 'ist leer', isNotEmpty: 'ist nicht leer', greaterThan: 'ist mehr als', atMost: 'ist höchstens', atLeast: 'ist mindestens', lessThan: 'ist weniger als',
		before: 'ist vor', after: 'ist nach', isBetween: 'ist zwischen', isNotBetween: 'ist nicht zwischen', isOneOf: 'ist eines von', isNotOneOf: 'ist keines von', isInList: 'steht in der Liste', isNotInList: 'steht nicht in der Liste',
	},
	blocked: 'wird der Lead gesperrt, in Warteschlange {value}', queue: 'geht der Lead in Warteschlange {value}', goes: 'geht der Lead ', member: 'an {value}', team: 'an Team {value}', skills: 'an jemanden mit {value}',
	priority: 'mit Priorität {value}', priorities: { high: 'hoch', normal: 'normal', low: 'niedrig' }, slaPolicy: 'mit SLA-Regel {value}', sequence: 'mit Sequenz {value}',
	notRead: ' und die KI liest die Nachricht nicht', goesOn: ' und die nächsten Regeln werden auch geprüft', nothing: 'geschieht nichts',
	labels: {
		'lead.country': 'Land', 'lead.region': 'Region', 'lead.city': 'Ort', 'lead.postalCode': 'Postleitzahl', 'lead.language': 'Sprache', 'lead.serviceInterest': 'gewünschte Leistung', 'lead.company': 'Firma', 'lead.companyDomain': 'Domain der Firma',
		'lead.companySize': 'Firmengröße', 'lead.companySize.min': 'Firmengröße', 'lead.companySize.max': 'Firmengröße', 'lead.budget': 'Budget', 'lead.budget.min': 'Budget', 'lead.budget.max': 'Budget', 'lead.budget.currency': 'Währung des Budgets',
		'lead.jobTitle': 'Funktion', 'lead.email': 'E-Mail', 'lead.phone': 'Telefon', 'lead.fullName': 'Name', 'lead.message': 'Nachricht', 'source.source': 'Quelle', 'source.medium': 'Medium', 'source.campaign': 'Kampagne', 'source.channel': 'Kanal',
		'source.landingPage': 'Zielseite', 'source.firstTouch.source': 'Quelle des Erstkontakts', 'source.firstTouch.campaign': 'Kampagne des Erstkontakts', 'submission.formId': 'Formular', 'submission.formTool': 'Formular-Tool', 'quality.score': 'Qualitätswert',
		'quality.replyPath': 'erreichbar', 'quality.flags.freeEmail': 'kostenlose E-Mail-Adresse', 'quality.flags.disposableEmail': 'Wegwerf-Adresse', 'quality.flags.roleEmail': 'Sammeladresse', 'quality.flags.suspectedSpam': 'Spam-Verdacht',
		'quality.flags.suspectedInjection': 'spricht die KI an', 'match.verdict': 'Abgleich', 'match.customerStatus': 'Kundenstatus', 'match.existingOwner': 'bisherige Zuständige', 'match.account': 'Kundenkonto', 'match.account.name': 'Kundenkonto',
		'intent.name': 'Absicht', 'intent.highIntent': 'kaufbereit', 'intent.urgency': 'Dringlichkeit', 'intent.confidence': 'Sicherheit der Absicht', 'intent.buyingStage': 'Kaufphase', 'intent.sentiment': 'Stimmung', 'intent.fit': 'Passung', 'intent.score': 'Lead-Wert',
		'consent.email': 'Einwilligung in E-Mail', 'consent.phone': 'Einwilligung in Anrufe', 'consent.sms': 'Einwilligung in SMS', 'run.test': 'Testlauf', 'client': 'Kunde',
	},
};
