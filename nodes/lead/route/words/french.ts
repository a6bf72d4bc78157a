import type { RuleWords } from './ruleWords';

export const frenchRules: RuleWords = {
	locale: 'fr', sentence: 'Si {when}, {what}.', always: 'Toujours : {what}.', and: ' et ', or: ' ou ', yes: 'oui', no: 'non', expression: 'une expression est vraie', others: ' et {n} autres',
	operators: {
		equals: 'est', notEquals: 'n\'est pas', contains: 'contient', notContains: 'ne contient pas', startsWith: 'commence par', notStartsWith: 'ne commence pas par', endsWith: 'finit par', notEndsWith: 'ne finit pas par',
		matches: 'suit le modèle', notMatches: 'ne suit pas le modèle', isEmpty: 'est vide', isNotEmpty: 'n\'est pas vide', greaterThan: 'dépasse', atMost: 'vaut au plus', atLeast: 'vaut au moins', lessThan: 'vaut moins de',
		before: 'est avant', after: 'est après', isBetween: 'est entre', isNotBetween: 'n\'est pas entre', isOneOf: 'est parmi', isNotOneOf: 'n\'est pas parmi', isInList: 'figure dans la liste', isNotInList: 'ne figure pas dans la liste',
	},
	blocked: 'le lead est bloqué dans la file {value}', queue: 'le lead va dans la file {value}', goes: 'le lead va ', member: 'à {value}', team: 'à l\'équipe {value}', skills: 'à quelqu\'un qui a {value}',
	priority: 'avec la priorité {value}', priorities: { high: 'haute', normal: 'normale', low: 'basse' }, slaPolicy: 'avec la règle de délai {value}', sequence: 'avec la séquence {value}',
	notRead: ' et l\'IA ne lit pas le message', goesOn: ' et les règles suivantes sont essayées aussi', nothing: 'rien ne se passe',
	labels: {
		'lead.country': 'pays', 'lead.region': 'région', 'lead.city': 'ville', 'lead.postalCode': 'code postal', 'lead.language': 'langue', 'lead.serviceInterest': 'service demandé', 'lead.company': 'entreprise', 'lead.companyDomain': 'domaine de l\'entreprise',
		'lead.companySize': 'taille de l\'entreprise', 'lead.companySize.min': 'taille de l\'entreprise', 'lead.companySize.max': 'taille de l\'entreprise', 'lead.budget': 'budget', 'lead.budget.min': 'budget', 'lead.budget.max': 'budget', 'lead.budget.currency': 'devise du budget',
		'lead.jobTitle': 'fonction', 'lead.email': 'e-mail', 'lead.phone': 'téléphone', 'lead.fullName': 'nom', 'lead.message': 'message', 'source.source': 'source', 'source.medium': 'support', 'source.campaign': 'campagne', 'source.channel': 'canal',
		'source.landingPage': 'page d\'arrivée', 'source.firstTouch.source': 'source du premier contact', 'source.firstTouch.campaign': 'campagne du premier contact', 'submission.formId': 'formulaire', 'submission.formTool': 'outil de formulaire', 'quality.score': 'note de qualité',
		'quality.replyPath': 'joignable', 'quality.flags.freeEmail': 'adresse gratuite', 'quality.flags.disposableEmail': 'adresse jetable', 'quality.flags.roleEmail': 'adresse collective', 'quality.flags.suspectedSpam': 'spam présumé',
		'quality.flags.suspectedInjection': 's\'adresse à l\'IA', 'match.verdict': 'rapprochement', 'match.customerStatus': 'statut du client', 'match.existingOwner': 'responsable connu', 'match.account': 'compte', 'match.account.name': 'compte',
		'intent.name': 'intention', 'intent.highIntent': 'intention forte', 'intent.urgency': 'urgence', 'intent.confidence': 'certitude de l\'intention', 'intent.buyingStage': 'étape d\'achat', 'intent.sentiment': 'ton', 'intent.fit': 'adéquation', 'intent.score': 'score du lead',
		'consent.email': 'accord pour l\'e-mail', 'consent.phone': 'accord pour les appels', 'consent.sms': 'accord pour les SMS', 'run.test': 'essai', 'client': 'client',
	},
};
