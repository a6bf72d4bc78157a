import { emptyLeadFields, emptySourceContext, type HandoffRecord, type Intent, type LeadFields } from '../../../nodes/lead/handoffRecord';
import type { RouterRule } from '../../../nodes/lead/route/ruleTable';
import type { People } from '../../../nodes/lead/route/teams';
import { memberSchema, teamSchema, type Member, type Team } from '../../../nodes/lead/settings/clientSettings';

/** A captured lead of which only these fields are known. */
export function recordOf(lead: Partial<LeadFields> = {}, more: Partial<HandoffRecord> = {}): HandoffRecord {
	return {
		recordVersion: 1, client: 'acme', run: { test: false }, leadId: 'lead-1', personId: 'person-1',
		submission: {
			id: 'submission-1', key: 'key-1', keyFromEventId: true, receivedAt: '2026-11-20T18:30:00.000Z', formTool: 'webhook',
			state: 'decided', delivery: { number: 1, outcome: 'first' },
		},
		lead: { ...emptyLeadFields(), ...lead },
		source: emptySourceContext(),
		consent: {},
		quality: {
			score: 50, issues: [], changes: [], replyPath: true,
			flags: { disposableEmail: false, freeEmail: false, roleEmail: false, suspectedSpam: false, suspectedInjection: false },
		},
		review: [],
		...more,
	};
}

export function intentOf(intent: Partial<Intent> = {}): Intent {
	return {
		name: 'Demo', urgency: 'normal', buyingStage: 'ready', sentiment: 'neutral', fit: 'good', language: 'en',
		summary: 'Asks for a demo', nextStep: 'Offer two dates', evidence: [], engine: 'ai', because: [], ...intent,
	};
}

export function ruleOf(rule: Partial<RouterRule> = {}): RouterRule {
	return {
		name: 'UK', tier: 'hard', match: 'all', conditions: [{ field: 'lead.country', operator: 'equals', value: 'UK' }],
		queue: 'UK Team', readMessageWithAi: true, continue: false, ...rule,
	};
}

export function memberOf(id: string, more: Partial<Member> = {}): Member {
	return { ...memberSchema.parse({ id, name: id.toUpperCase(), email: `${id}@example.com` }), ...more };
}

export function teamOf(name: string, members: string[], more: Partial<Team> = {}): Team {
	return { ...teamSchema.parse({ name, members }), ...more };
}

/** Team `UK Team` with mia, tom and zoe; ops is the fallback owner. */
export function peopleOf(more: Partial<People> = {}): People {
	return {
		members: [memberOf('mia'), memberOf('tom'), memberOf('zoe'), memberOf('ops')],
		teams: [teamOf('UK Team', ['mia', 'tom', 'zoe'])],
		fallbackOwner: 'ops', timeZone: 'Europe/London', ...more,
	};
}
