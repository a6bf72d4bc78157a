import type { ClientSettings } from '../../settings/clientSettings';
import type { WaitPart } from '../explainLead';
import type { AutomationStage, AutomationStep } from '../playbook/automation';
import type { FieldPath } from '../playbook/fieldDictionary';
import type { StageName } from '../playbook/playbook';

type Team = ClientSettings['teams'][number];
type Step = ClientSettings['slaPolicies'][number]['escalation'][number];

/** All words of a playbook in one language. `{n}`, `{name}` and the like are filled in. */
export interface PlaybookWords {
	text: Record<
		| 'title' | 'version' | 'versionBy' | 'validFor' | 'made' | 'path' | 'figures' | 'noFigures' | 'stages' | 'rules' | 'teams' | 'noTeams' | 'policies' | 'automation' | 'reviews' | 'fields' | 'approved'
		| 'marketing' | 'sales' | 'name' | 'date' | 'signature' | 'noDelays' | 'hardFirst' | 'otherwise' | 'moreRules' | 'moreTeams' | 'nobody' | 'required' | 'hard' | 'soft' | 'ofLeads' | 'target' | 'ownerless'
		| 'requiredOnly', string>;
	columns: Record<
		| 'stage' | 'definition' | 'owner' | 'team' | 'members' | 'hours' | 'turns' | 'nobodyThere' | 'policy' | 'says' | 'step' | 'when' | 'frequency' | 'risk' | 'payoff' | 'review' | 'field' | 'meaning' | 'required'
		| 'waits' | 'middle' | 'leads' | 'share', string>;
	stages: Record<StageName, { name: string; definition: string }>;
	turns: Record<Team['assignment'], string>;
	absence: Record<Team['whenNobodyAvailable'], string>;
	waits: Record<WaitPart['part'], string>;
	policy: Record<'within' | 'dayAndNight' | 'inHours' | 'warnedBefore' | 'warnedAfter' | 'appliesTo' | 'step' | 'stepAfter' | 'clock' | 'or' | 'yes' | 'no', string>;
	appliesTo: Record<keyof ClientSettings['slaPolicies'][number]['appliesTo'], string>;
	told: Record<Step['notify'], string>;
	toldWhen: Record<Step['when'], string>;
	automation: Record<AutomationStep, { what: string; payoff: string; review: string }>;
	automationWhen: Record<AutomationStage, string>;
	risks: Record<'low' | 'medium' | 'high', string>;
	/** How often a step happens, and what a review says of it. */
	frequency: Record<'noLeads' | 'weekly' | 'duplicates' | 'asked' | 'corrections' | 'spam', string>;
	sampleChecked: string;
	aiReview: Record<'later' | 'switchOff' | 'now', string>;
	tooFew: string;
	reviews: Record<'intro' | 'all' | 'intents' | 'pairs' | 'confidence' | 'reply' | 'sample' | 'sampleBy', string>;
	fields: Record<FieldPath, string>;
}
