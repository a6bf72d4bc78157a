import type { ChosenThreshold, Evaluation } from '../lead/classify/evaluate';
import type { ReadRow } from './evaluateRows';

/** The evaluation as one item: the answer in words first, then figures for people, then the same for programs. */
export function evaluationReport(report: Evaluation, rows: readonly ReadRow[], wantedPrecision: number): object {
	const tokens = (kind: 'inputTokens' | 'outputTokens') => rows.reduce((sum, { intent }) => sum + (intent.usage?.[kind] ?? 0), 0);
	const cost = rows.reduce((sum, { intent }) => sum + (intent.usage?.cost ?? 0), 0);
	return {
		summary: inWords(report, wantedPrecision),
		calibration: report.note,
		rows: report.rows,
		right: report.right,
		accuracy: report.accuracy,
		accuracyInterval: report.accuracyInterval,
		urgencyAccuracy: report.urgencyAccuracy,
		stageAccuracy: report.stageAccuracy,
		reviewShare: report.reviewShare,
		threshold: report.threshold,
		perIntentThresholds: report.perIntentThresholds,
		perIntent: report.perIntent,
		mixedUp: report.confusion.filter(({ expected, actual }) => expected !== actual),
		confusion: report.confusion,
		reliability: report.reliability,
		calibrated: report.calibrated,
		engines: Object.fromEntries([...new Set(rows.map(({ intent }) => intent.engine))].sort().map((engine) => [engine, rows.filter(({ intent }) => intent.engine === engine).length])),
		usage: { inputTokens: tokens('inputTokens'), outputTokens: tokens('outputTokens'), ...(cost > 0 ? { cost: Math.round(cost * 1e6) / 1e6, currency: rows.find(({ intent }) => intent.usage?.currency)?.intent.usage?.currency } : {}) },
		promptVersions: [...new Set(rows.flatMap(({ intent }) => intent.promptVersion ?? []))],
	};
}

function inWords({ rows, right, accuracy, accuracyInterval, threshold, calibrated, note, confusion }: Evaluation, wantedPrecision: number): string {
	const worst = confusion.find(({ expected, actual }) => expected !== actual);
	return [
		accuracy === null || !accuracyInterval ? 'No rows.' : `${right} of ${rows} right (${percent(accuracy)}, between ${percent(accuracyInterval.low)} and ${percent(accuracyInterval.high)} with 95 % certainty).`,
		...(worst ? [`Most mixed up: ${worst.expected} read as ${worst.actual}, ${worst.rows} times.`] : []),
		calibrated ? thresholdInWords(threshold, wantedPrecision) : `${note}.`,
	].join(' ');
}

function thresholdInWords(threshold: ChosenThreshold | null, wantedPrecision: number): string {
	if (!threshold) return `No confidence threshold reaches ${percent(wantedPrecision)}.`;
	return `Confidence Threshold ${threshold.threshold.toFixed(2)} keeps ${percent(threshold.coverage)} of the rows, of which ${percent(threshold.precision)} are right (between ${percent(threshold.interval.low)} and ${percent(threshold.interval.high)}).`;
}

function percent(share: number): string {
	return `${(share * 100).toFixed(1)} %`;
}
