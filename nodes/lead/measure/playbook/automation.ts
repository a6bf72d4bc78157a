import type { ClientSettings } from '../../settings/clientSettings';

/** Whether a step of the handoff is left to machines: today, as the next step, once there is reason to, or never. */
export type AutomationStage = 'now' | 'next' | 'later' | 'never';

export interface AutomationRow {
	what: string;
	when: AutomationStage;
	/** How often it happens, in words. */
	frequency: string;
	risk: 'low' | 'medium' | 'high';
	payoff: string;
	/** What a person looks at. */
	review: string;
}

/** What is known of the work: from the settings and from a period of the ledger. */
export interface AutomationFacts {
	/** Leads a week; null while none came. */
	leadsPerWeek: number | null;
	/** Leads that AI was asked about, in the period. */
	aiAsked: number;
	/** Leads of which the weekly sample was checked, in the period. */
	checked: number;
	/** Known records that were loaded or learned matter for duplicates; confirmed duplicates of the period. */
	duplicates: number;
}

/** Below so many leads a week, people read every message faster than anybody can check what a model read. */
export const leastForAi = 25;
/** Below so many leads a week one person with a shared inbox does well, and any machinery costs more than it brings. */
export const leastForAnything = 5;

/** What to automate in which order: by how often it happens, what goes wrong when it is wrong, and what it brings. */
export function automationPlan(settings: ClientSettings, facts: AutomationFacts): AutomationRow[] {
	const { leadsPerWeek } = facts;
	const weekly = leadsPerWeek === null ? 'no leads yet' : `about ${sayNumber(leadsPerWeek)} a week`;
	const escalates = settings.slaPolicies.some(({ escalation }) => escalation.length > 0);
	const rules = settings.rules.length + (settings.decisionTable?.rows.length ?? 0);
	return [
		{ what: 'Capture of every form with its source', when: 'now', frequency: weekly, risk: 'low', payoff: 'No lead is lost, and every lead tells what brought it', review: 'Leads without a way to answer' },
		{ what: 'Cleaning of names, phones, addresses and companies', when: 'now', frequency: weekly, risk: 'low', payoff: 'Nobody types again what the form said', review: 'What was changed stands in the lead' },
		{ what: 'Duplicates', when: 'now', frequency: facts.duplicates > 0 ? `${facts.duplicates} confirmed in the period` : weekly, risk: 'medium', payoff: 'Nobody is called twice, and the owner stays the same', review: 'Every doubtful pair, before anything is joined' },
		{
			what: 'Routing by rules', when: rules > 0 ? 'now' : 'next', frequency: weekly, risk: 'medium', payoff: 'The right team at once, with the reason in words',
			review: facts.checked > 0 ? `Weekly sample: ${facts.checked} leads checked in the period` : 'Weekly sample of 20 leads: not checked yet',
		},
		{ what: 'Choice of the owner', when: settings.teams.length > 0 ? 'now' : 'next', frequency: weekly, risk: 'low', payoff: 'Fair turns, nobody who is away, nobody without an owner', review: 'Fairness, once a month' },
		{ what: 'First response clock with alerts', when: escalates ? 'now' : 'next', frequency: weekly, risk: 'low', payoff: 'A lead that nobody answers is given on before it is cold', review: 'Breaches, every day' },
		aiRow(facts, weekly),
		{ what: 'New rules from repeated corrections', when: facts.checked > 0 ? 'next' : 'later', frequency: 'once five corrections agree', risk: 'medium', payoff: 'The same mistake is not made a sixth time', review: 'Every suggestion is tried and saved by hand' },
		{ what: 'Answers to leads written by AI and sent unread', when: 'never', frequency: weekly, risk: 'high', payoff: 'A minute a lead, at the price of a promise that nobody made', review: 'Does not happen' },
		{ what: 'Leads rejected or deleted by a machine', when: 'never', frequency: 'spam and jokes', risk: 'high', payoff: 'Little: blocked leads alert nobody and can be released', review: 'Blocked leads, once a week' },
	];
}

function aiRow({ leadsPerWeek, aiAsked }: AutomationFacts, weekly: string): AutomationRow {
	const row = { what: 'Reading of the message by AI', risk: 'medium', payoff: 'Intent, urgency and a summary where rules see only text' } as const;
	const isFew = leadsPerWeek === null || leadsPerWeek < leastForAi;
	if (isFew && aiAsked > 0) return { ...row, when: 'later', frequency: `${aiAsked} in the period`, review: `Switch it off: below ${leastForAi} leads a week people read every message themselves, and too few leads show whether AI is right` };
	if (isFew) return { ...row, when: 'later', frequency: weekly, review: `Not worth it below ${leastForAi} leads a week: people read every message themselves, and too few leads show whether AI is right` };
	if (aiAsked > 0) return { ...row, when: 'now', frequency: `${aiAsked} in the period`, review: 'Readings below the threshold, and those without a quote from the message' };
	return { ...row, when: 'next', frequency: weekly, review: 'First measure it on leads that people have read: operation Evaluate of AI Intent Classifier' };
}

/** A word of warning where even rules are too much; undefined otherwise. */
export function tooFewLeads({ leadsPerWeek }: Pick<AutomationFacts, 'leadsPerWeek'>): string | undefined {
	if (leadsPerWeek === null || leadsPerWeek >= leastForAnything) return undefined;
	return `Only about ${sayNumber(leadsPerWeek)} leads come in a week. Below ${leastForAnything} a week one person with a shared inbox answers faster than any set of rules is kept up to date: keep capture and the clock, and leave the rest out, AI first.`;
}

export function sayNumber(value: number): string {
	return value < 10 ? String(Math.round(value * 10) / 10) : String(Math.round(value));
}
