import type { IExecuteFunctions } from 'n8n-workflow';
import { scoreLead, type LeadScore, type ScoreLine } from '../lead/classify/leadScore';
import type { HandoffRecord } from '../lead/handoffRecord';
import type { Problem } from '../lead/leadError';
import type { RouterCondition, RuleTerms } from '../lead/route/conditions';
import { isKnownField } from '../lead/route/fields';
import { scoreRuleSchema, type LeadScoreSettings } from '../lead/settings/clientSettings';
import { quote } from '../lead/shorten';
import { compilePanelConditions, readPanelConditions } from './panelConditions';

/** A score rule as it stands in the panel. */
interface ScoreRow {
	name?: unknown;
	points?: unknown;
	group?: unknown;
	halfLifeDays?: unknown;
	conditions?: unknown;
}

/** As in a client's settings; a condition of the panel may also compare two fields. */
export interface ScoreRules {
	rules: (Omit<LeadScoreSettings['rules'][number], 'conditions'> & { conditions: RouterCondition[] })[];
	mostPointsPerGroup?: number;
}

const withoutConditions = scoreRuleSchema.omit({ conditions: true });

export type ScoreOf = (record: HandoffRecord, now: Date) => LeadScore;

/** The score rules of the panel; undefined without any. What is wrong is added to `problems` (`SCORE_RULE_INCOMPLETE`). */
export function readScoreRules(ctx: IExecuteFunctions, mostPointsPerGroup: number, problems: Problem[]): ScoreRules | undefined {
	const rows = ctx.getNodeParameter('scoreRules.values', 0, [], { rawExpressions: true });
	const rules = (Array.isArray(rows) ? rows as ScoreRow[] : []).flatMap((row, index) => {
		const label = labelOf(index + 1, row.name);
		const { match, conditions } = readPanelConditions(row.conditions, label, problems);
		const read = withoutConditions.safeParse({
			name: row.name,
			points: row.points,
			group: typeof row.group === 'string' && row.group.trim() !== '' ? row.group : undefined,
			// the panel has no empty number
			halfLifeDays: row.halfLifeDays === 0 ? undefined : row.halfLifeDays,
			match,
		});
		const unusable = read.success ? [] : read.error.issues.map(({ path }) => labels[String(path[0])]);
		for (const part of new Set([...unusable, ...(conditions.length === 0 ? ['Conditions'] : [])])) {
			problems.push({ code: 'SCORE_RULE_INCOMPLETE', message: `${label} has no usable ${part}`, description: `Fill in "${part}" of score rule ${index + 1}, or delete the rule.` });
		}
		return read.success ? [{ ...read.data, conditions }] : [];
	});
	return rules.length === 0 ? undefined : { rules, ...(mostPointsPerGroup > 0 && { mostPointsPerGroup }) };
}

const labels: Record<string, string> = { name: 'Name', points: 'Points', group: 'Group', halfLifeDays: 'Half-Life (Days)' };

/** Makes score rules ready before the first lead. What is wrong is added to `problems`. */
export function prepareScore({ rules, mostPointsPerGroup }: ScoreRules, terms: RuleTerms, problems: Problem[]): ScoreOf {
	const lines = rules.map(({ conditions, match, ...rule }, index): ScoreLine => {
		const label = labelOf(index + 1, rule.name);
		for (const { field } of conditions) {
			if (isKnownField(field)) continue;
			problems.push({ code: 'FIELD_UNKNOWN', message: `${label} reads an unknown field`, description: `Correct the field ${quote(field)} in score rule ${index + 1}: leads have fields such as lead.country and, for their own form fields, lead.custom.` });
		}
		return { ...rule, holds: compilePanelConditions({ match, conditions }, label, terms, problems) };
	});
	return (record, now) => {
		const { submittedAt, receivedAt } = record.submission;
		return scoreLead(lines, record, { ageDays: (now.getTime() - Date.parse(submittedAt ?? receivedAt)) / dayMs, mostPerGroup: mostPointsPerGroup });
	};
}

const dayMs = 86_400_000;

function labelOf(number: number, name: unknown): string {
	return typeof name === 'string' && name.trim() !== '' ? `Score rule ${quote(name)}` : `Score rule ${number}`;
}
