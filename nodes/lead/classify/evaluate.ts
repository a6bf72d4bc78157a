import { wilson, type Interval } from './wilson';

/** One labelled message and what was read from it. */
export interface EvaluatedRow {
	expected: string;
	actual: string;
	/** 0 to 1, absent when nothing was measured. */
	confidence?: number;
	needsReview: boolean;
	/** Right or wrong, absent when the row has no such label. */
	urgencyRight?: boolean;
	stageRight?: boolean;
}

export interface Evaluation {
	rows: number;
	right: number;
	/** 0 to 1; null without rows. */
	accuracy: number | null;
	/** 95 % interval of the accuracy. */
	accuracyInterval: Interval | null;
	urgencyAccuracy: number | null;
	stageAccuracy: number | null;
	reviewShare: number | null;
	/** False under 50 rows with a confidence: then no threshold is told. */
	calibrated: boolean;
	note: string;
	perIntent: { intent: string; rows: number; precision: number | null; recall: number | null }[];
	/** Pairs that were mixed up, the most frequent first. */
	confusion: { expected: string; actual: string; rows: number }[];
	/** How often a confidence was right, in five bands; a band without rows is left out. */
	reliability: { from: number; to: number; rows: number; meanConfidence: number; accuracy: number; interval: Interval }[];
	/** Lowest threshold above which the wanted share is right; null when none reaches it, or nothing is calibrated. */
	threshold: ChosenThreshold | null;
	perIntentThresholds: (ChosenThreshold & { intent: string })[];
}

export interface ChosenThreshold {
	threshold: number;
	/** Share of the rows that are at or above it. */
	coverage: number;
	/** Right among them, with its 95 % interval. */
	precision: number;
	interval: Interval;
	rows: number;
}

/** Fewer rows than this say nothing about a confidence. */
export const fewestRows = 50;
const fewestRowsOfIntent = 20;
const bands = [0, 0.5, 0.7, 0.8, 0.9, 1];

/**
 * What labelled rows say about the readings: accuracy, confusion, reliability of the confidence by band, and the threshold
 * that reaches a wanted precision.
 *
 * @param wantedPrecision - 0 to 1, included.
 */
export function evaluate(rows: readonly EvaluatedRow[], wantedPrecision: number): Evaluation {
	const right = rows.filter(isRight).length;
	const measured = rows.filter(hasConfidence);
	const calibrated = measured.length >= fewestRows;
	return {
		rows: rows.length,
		right,
		accuracy: share(rows, isRight),
		accuracyInterval: rows.length > 0 ? wilson(right, rows.length) : null,
		urgencyAccuracy: share(rows.filter(({ urgencyRight }) => urgencyRight !== undefined), ({ urgencyRight }) => urgencyRight === true),
		stageAccuracy: share(rows.filter(({ stageRight }) => stageRight !== undefined), ({ stageRight }) => stageRight === true),
		reviewShare: share(rows, ({ needsReview }) => needsReview),
		calibrated,
		note: calibrated ? 'Calibrated on these rows' : `Not calibrated: ${measured.length} of ${rows.length} rows have a confidence, and ${fewestRows} are needed`,
		perIntent: perIntent(rows),
		confusion: confusion(rows),
		reliability: reliability(measured),
		threshold: calibrated ? chooseThreshold(measured, wantedPrecision) : null,
		perIntentThresholds: calibrated ? perIntentThresholds(measured, wantedPrecision) : [],
	};
}

type Measured = EvaluatedRow & { confidence: number };

function hasConfidence(row: EvaluatedRow): row is Measured {
	return row.confidence !== undefined;
}

function isRight({ expected, actual }: EvaluatedRow): boolean {
	return expected === actual;
}

function share<T>(rows: readonly T[], holds: (row: T) => boolean): number | null {
	return rows.length === 0 ? null : rows.filter(holds).length / rows.length;
}

function perIntent(rows: readonly EvaluatedRow[]): Evaluation['perIntent'] {
	const names = [...new Set(rows.flatMap(({ expected, actual }) => [expected, actual]))].sort();
	return names.map((intent) => {
		const meant = rows.filter(({ expected }) => expected === intent);
		const read = rows.filter(({ actual }) => actual === intent);
		return { intent, rows: meant.length, precision: share(read, isRight), recall: share(meant, isRight) };
	});
}

function confusion(rows: readonly EvaluatedRow[]): Evaluation['confusion'] {
	const counts = new Map<string, { expected: string; actual: string; rows: number }>();
	for (const { expected, actual } of rows) {
		const key = JSON.stringify([expected, actual]);
		const counted = counts.get(key) ?? { expected, actual, rows: 0 };
		counts.set(key, { ...counted, rows: counted.rows + 1 });
	}
	return [...counts.values()].sort((a, b) => b.rows - a.rows || (a.expected < b.expected ? -1 : 1));
}

function reliability(rows: readonly Measured[]): Evaluation['reliability'] {
	return bands.slice(0, -1).flatMap((from, index) => {
		const to = bands[index + 1];
		const inside = rows.filter(({ confidence }) => confidence >= from && (confidence < to || to === 1));
		if (inside.length === 0) return [];
		const right = inside.filter(isRight).length;
		return [{ from, to, rows: inside.length, meanConfidence: inside.reduce((sum, { confidence }) => sum + confidence, 0) / inside.length, accuracy: right / inside.length, interval: wilson(right, inside.length) }];
	});
}

/** Rows of one confidence stand or fall together, so that the threshold can really be set. */
function chooseThreshold(rows: readonly Measured[], wantedPrecision: number): ChosenThreshold | null {
	const ordered = [...rows].sort((a, b) => b.confidence - a.confidence);
	let chosen: ChosenThreshold | null = null;
	let right = 0;
	ordered.forEach((row, index) => {
		if (isRight(row)) right++;
		const count = index + 1;
		if (ordered[count]?.confidence === row.confidence || right / count < wantedPrecision) return;
		chosen = { threshold: row.confidence, coverage: count / rows.length, precision: right / count, interval: wilson(right, count), rows: count };
	});
	return chosen;
}

function perIntentThresholds(rows: readonly Measured[], wantedPrecision: number): Evaluation['perIntentThresholds'] {
	return [...new Set(rows.map(({ actual }) => actual))].sort().flatMap((intent) => {
		const read = rows.filter(({ actual }) => actual === intent);
		const chosen = read.length < fewestRowsOfIntent ? null : chooseThreshold(read, wantedPrecision);
		return chosen ? [{ intent, ...chosen }] : [];
	});
}
