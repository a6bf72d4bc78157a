import { metricNames, type MetricName } from '../../metricNames';
import { fill } from '../../fill';
import type { SayFigure } from '../sayFigure';
import type { Metric, Scorecard, ScorecardPart } from '../scorecard';
import type { SplitName } from '../tally';
import { sayCause } from '../words/wordsOf';
import type { ActionName } from '../words/reportWords';
import { sayPart, type PartNames } from './sayParts';

/** What to do about a figure, where to look first, and which figures say the same, so that one action is enough. */
const actionOf: Partial<Record<MetricName, { action: ActionName; split?: SplitName; family?: string }>> = {
	noOwnerRate: { action: 'noOwner' },
	contactedWithinSla: { action: 'sla', split: 'queue' },
	highIntentUnder5: { action: 'highIntent', split: 'queue', family: 'high' },
	highIntentUnder15: { action: 'highIntent', split: 'queue', family: 'high' },
	routingAccuracy: { action: 'routing', split: 'queue' },
	contactRate: { action: 'contact', split: 'queue' },
	meetingRate: { action: 'meeting', split: 'source' },
	duplicateRate: { action: 'duplicates' },
	medianFirstResponse: { action: 'speed', split: 'queue', family: 'speed' },
	p90FirstResponse: { action: 'slowest', split: 'queue', family: 'speed' },
	sourceCompleteness: { action: 'source', split: 'form', family: 'source' },
	campaignPresent: { action: 'campaign', split: 'form', family: 'source' },
	salesAcceptance: { action: 'acceptance', split: 'source' },
	mqlToSql: { action: 'qualified', split: 'source' },
	aiFallbackShare: { action: 'ai' },
	reviewShare: { action: 'review' },
};
/** Most urgent first: a lead that nobody has is lost; one that waits is cooling; then what makes the next ones better. */
const urgency = Object.keys(actionOf) as MetricName[];
const mostActions = 3;

/**
 * The three things to do now, in the report's language: about figures that miss their target, then about those that became
 * clearly worse, then about what nobody measures. One at least, if only that all is well.
 */
export function chooseActions(card: Pick<Scorecard, 'leads' | 'metrics' | 'splits' | 'duplicateCauses'>, names: PartNames, say: SayFigure, isExport = false): string[] {
	const { words } = names;
	const sentenceOf = (action: ActionName) => (isExport && (action === 'noOwner' || action === 'duplicates') ? words.audit[action] : words.actions[action]);
	const all = [...urgency, ...metricNames.filter((name) => !urgency.includes(name))];
	const byUrgency = [...card.metrics].sort((a, b) => all.indexOf(a.name) - all.indexOf(b.name));
	const actions: string[] = [];
	const families = new Set<string>();
	for (const metric of [...byUrgency.filter(({ passes }) => passes === false), ...byUrgency.filter(({ passes, trend, isClear }) => passes !== false && trend === 'worse' && isClear)]) {
		const { action, split, family = metric.name } = actionOf[metric.name] ?? { action: 'other' };
		if (families.has(family) || metric.unit === 'money') continue;
		families.add(family);
		actions.push(fill(sentenceOf(action), valuesOf(metric, split, card, names, say)).replace(/ \([^()]*\{\}[^()]*\)/g, ''));
	}
	const of = (name: MetricName) => card.metrics.find((metric) => metric.name === name);
	if (!isExport && card.leads > 0 && of('meetingsPerLead')?.hits === 0 && of('contactRate')?.hits === 0) actions.push(words.actions.record);
	if (!isExport && card.leads > 0 && of('routingAccuracy')?.count === 0) actions.push(words.actions.sample);
	return actions.length === 0 ? [words.actions.keep] : actions.slice(0, mostActions);
}

function valuesOf(metric: Metric, split: SplitName | undefined, card: Pick<Scorecard, 'splits' | 'duplicateCauses'>, names: PartNames, say: SayFigure): Record<string, string> {
	const { words } = names;
	const value = metric.value ?? 0;
	const worst = split && worstPart(metric, card.splits[split] ?? []);
	const cause = card.duplicateCauses.at(0)?.cause ?? '';
	return {
		metric: words.metrics[metric.name],
		value: say(value, metric.unit, metric.currency),
		target: metric.threshold === null ? '{}' : say(metric.threshold, metric.unit, metric.currency),
		count: String(metric.hits ?? metric.count),
		where: worst && split ? `${words.splits[split]} ${fill(words.text.quoted, { part: sayPart(split, worst, names) })}` : fill(words.text.bySplit, { part: words.splits[split ?? 'queue'] }),
		cause: sayCause(cause, words),
	};
}

/** The part that costs the figure most: how far it is from the whole, times its leads. */
function worstPart(metric: Metric, parts: readonly ScorecardPart[]): ScorecardPart | undefined {
	let worst: ScorecardPart | undefined;
	let most = 0;
	for (const part of parts) {
		const own = part.metrics.find(({ name }) => name === metric.name);
		if (!own || own.value === null || part.rest) continue;
		const distance = metric.thresholdIs === 'atMost' || metric.unit.endsWith('inutes') ? own.value - (metric.threshold ?? 0) : (metric.threshold ?? 1) - own.value;
		if (distance * own.count > most) [worst, most] = [part, distance * own.count];
	}
	return worst;
}
