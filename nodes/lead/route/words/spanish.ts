import type { RuleWords } from './ruleWords';

export const spanishRules: RuleWords = {
	locale: 'es', sentence: 'Si {when}, {what}.', always: 'Siempre: {what}.', and: ' y ', or: ' o ', yes: 'sí', no: 'no', expression: 'se cumple una expresión', others: ' y {n} más',
	operators: {
		equals: 'es', notEquals: 'no es', contains: 'contiene', notContains: 'no contiene', startsWith: 'empieza por', notStartsWith: 'no empieza por', endsWith: 'termina en', notEndsWith: 'no termina en',
		matches: 'sigue el patrón', notMatches: 'no sigue el patrón', isEmpty: 'está vacío', isNotEmpty: 'no está vacío', greaterThan: 'es más de', atMost: 'es como máximo', atLeast: 'es como mínimo', lessThan: 'es menos de',
		before: 'es antes de', after: 'es después de', isBetween: 'está entre', isNotBetween: 'no está entre', isOneOf: 'es uno de', isNotOneOf: 'no es ninguno de', isInList: 'está en la lista', isNotInList: 'no está en la lista',
	},
	blocked: 'el lead se bloquea en la cola {value}', queue: 'el lead va a la cola {value}', goes: 'el lead va ', member: 'a {value}', team: 'al equipo {value}', skills: 'a alguien con {value}',
	priority: 'con prioridad {value}', priorities: { high: 'alta', normal: 'normal', low: 'baja' }, slaPolicy: 'con la regla de plazo {value}', sequence: 'con la secuencia {value}',
	notRead: ' y la IA no lee el mensaje', goesOn: ' y se prueban también las reglas siguientes', nothing: 'no ocurre nada',
	labels: {
		'lead.country': 'país', 'lead.region': 'región', 'lead.city': 'ciudad', 'lead.postalCode': 'código postal', 'lead.language': 'idioma', 'lead.serviceInterest': 'servicio pedido', 'lead.company': 'empresa', 'lead.companyDomain': 'dominio de la empresa',
		'lead.companySize': 'tamaño de la empresa', 'lead.companySize.min': 'tamaño de la empresa', 'lead.companySize.max': 'tamaño de la empresa', 'lead.budget': 'presupuesto', 'lead.budget.min': 'presupuesto', 'lead.budget.max': 'presupuesto', 'lead.budget.currency': 'moneda del presupuesto',
		'lead.jobTitle': 'cargo', 'lead.email': 'correo', 'lead.phone': 'teléfono', 'lead.fullName': 'nombre', 'lead.message': 'mensaje', 'source.source': 'fuente', 'source.medium': 'medio', 'source.campaign': 'campaña', 'source.channel': 'canal',
		'source.landingPage': 'página de llegada', 'source.firstTouch.source': 'fuente del primer contacto', 'source.firstTouch.campaign': 'campaña del primer contacto', 'submission.formId': 'formulario', 'submission.formTool': 'herramienta de formularios', 'quality.score': 'nota de calidad',
		'quality.replyPath': 'localizable', 'quality.flags.freeEmail': 'correo gratuito', 'quality.flags.disposableEmail': 'correo desechable', 'quality.flags.roleEmail': 'correo colectivo', 'quality.flags.suspectedSpam': 'posible spam',
		'quality.flags.suspectedInjection': 'se dirige a la IA', 'match.verdict': 'comparación', 'match.customerStatus': 'estado del cliente', 'match.existingOwner': 'responsable conocido', 'match.account': 'cuenta', 'match.account.name': 'cuenta',
		'intent.name': 'intención', 'intent.highIntent': 'intención alta', 'intent.urgency': 'urgencia', 'intent.confidence': 'certeza de la intención', 'intent.buyingStage': 'fase de compra', 'intent.sentiment': 'tono', 'intent.fit': 'encaje', 'intent.score': 'puntuación del lead',
		'consent.email': 'permiso para correo', 'consent.phone': 'permiso para llamadas', 'consent.sms': 'permiso para SMS', 'run.test': 'prueba', 'client': 'cliente',
	},
};
