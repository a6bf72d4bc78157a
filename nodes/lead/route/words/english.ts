import type { RuleWords } from './ruleWords';

export const englishRules: RuleWords = {
	locale: 'en', sentence: 'If {when}, {what}.', always: 'Always, {what}.', and: ' and ', or: ' or ', yes: 'yes', no: 'no', expression: 'an expression holds', others: ' and {n} others',
	operators: {
		equals: 'is', notEquals: 'is not', contains: 'contains', notContains: 'does not contain', startsWith: 'starts with', notStartsWith: 'does not start with', endsWith: 'ends with', notEndsWith: 'does not end with',
		matches: 'matches', notMatches: 'does not match', isEmpty: 'is empty', isNotEmpty: 'is not empty', greaterThan: 'is more than', atMost: 'is at most', atLeast: 'is at least', lessThan: 'is less than',
		before: 'is before', after: 'is after', isBetween: 'is between', isNotBetween: 'is not between', isOneOf: 'is one of', isNotOneOf: 'is not one of', isInList: 'is in the list', isNotInList: 'is not in the list',
	},
	blocked: 'the lead is blocked in queue {value}', queue: 'the lead goes to queue {value}', goes: 'the lead goes ', member: 'to member {value}', team: 'to team {value}', skills: 'to somebody with {value}',
	priority: 'with priority {value}', priorities: { high: 'high', normal: 'normal', low: 'low' }, slaPolicy: 'with SLA policy {value}', sequence: 'with sequence {value}',
	notRead: ' and AI does not read the message', goesOn: ' and the next rules are tried too', nothing: 'nothing happens',
	// paths whose last name alone says too little, or another thing
	labels: {
		'client': 'client', 'intent.name': 'intent', 'run.test': 'test run', 'quality.score': 'quality score', 'intent.score': 'lead score', 'consent.email': 'consent to e-mail', 'consent.phone': 'consent to calls',
		'consent.sms': 'consent to text messages', 'lead.companySize.min': 'company size', 'lead.companySize.max': 'company size', 'lead.budget.min': 'budget', 'lead.budget.max': 'budget',
		'lead.budget.currency': 'budget currency', 'match.score': 'match score', 'submission.id': 'submission id', 'submission.key': 'submission key', 'submission.state': 'submission state',
	},
};
