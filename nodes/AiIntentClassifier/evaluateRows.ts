import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { sortLeads } from '../host/sortLeads';
import type { AskForLead } from '../host/askModel';
import { evaluate, type EvaluatedRow } from '../lead/classify/evaluate';
import { foldText } from '../lead/foldText';
import type { Intent } from '../lead/handoffRecord';
import { LeadError } from '../lead/leadError';
import { sheetCells } from '../lead/sheetCells';
import { readIntent, type Reader } from './decideIntent';
import { evaluationReport } from './evaluationReport';
import type { LeadToRead, Reading, Readings } from './readings';

interface Prepared {
	reader: Reader;
	leads: LeadToRead[];
	readings: Readings;
	askForLead?: AskForLead;
}

/** A row as it was read, beside its labels. */
export interface ReadRow extends EvaluatedRow {
	intent: Intent;
	reasons: string[];
}

/** Reads labelled rows, records nothing, and tells how right the readings are: one report, or one flat row each. */
export async function evaluateRows(ctx: IExecuteFunctions, { reader, leads, readings, askForLead }: Prepared): Promise<INodeExecutionData[][]> {
	const { settings } = reader;
	const labels = ctx.getInputData().map(({ json }, index) => readLabels(ctx, json, index));
	refuseUnknownIntents(labels, leads.map((lead) => readings.of(lead)));
	const rows: ReadRow[] = new Array(labels.length);
	const [sorted] = await sortLeads(ctx, { outputs: 1, failedOutput: 0, concurrency: settings.concurrency }, async ({ json }, itemIndex) => {
		const reading = readings.of(leads[itemIndex]);
		// kept answers would measure what an earlier prompt said
		const { intent, reasons } = await readIntent(reader, leads[itemIndex], reading, askForLead?.(itemIndex), { answers: undefined });
		const label = labels[itemIndex];
		const row: ReadRow = {
			expected: nameIn(reading, label.intent) ?? label.intent, actual: intent.name, confidence: intent.confidence, needsReview: reasons.length > 0, intent, reasons,
			...(label.urgency === '' ? {} : { urgencyRight: label.urgency === intent.urgency }),
			...(label.stage === '' ? {} : { stageRight: label.stage === intent.buyingStage }),
		};
		rows[itemIndex] = row;
		return { output: 0, json: { ...json, ...flatRow(row) } };
	});
	const read = rows.filter((row) => row !== undefined);
	const report = evaluate(read, settings.wantedPrecision);
	ctx.addExecutionHints({ message: `${report.note}.`, location: 'outputPane', ...(report.calibrated ? {} : { type: 'warning' as const }) });
	if (settings.evaluateOutput === 'rows') return [sorted];
	return [[{ json: evaluationReport(report, read, settings.wantedPrecision) as unknown as IDataObject, pairedItem: labels.map((_, item) => ({ item })) }]];
}

interface Labels {
	intent: string;
	/** Empty without such a label. */
	urgency: string;
	stage: string;
}

function readLabels(ctx: IExecuteFunctions, json: IDataObject, itemIndex: number): Labels {
	const read = (name: string) => {
		const field = String(ctx.getNodeParameter(name, itemIndex, '')).trim();
		const value = field === '' ? undefined : json[field];
		return typeof value === 'string' ? value.trim() : '';
	};
	return { intent: read('intentField'), urgency: read('urgencyField').toLowerCase(), stage: read('stageField').toLowerCase() };
}

function refuseUnknownIntents(labels: readonly Labels[], readings: readonly Reading[]): void {
	const without = labels.findIndex(({ intent }) => intent === '');
	if (without !== -1) {
		throw new LeadError('LABEL_MISSING', `Row ${without + 1} has no label`, 'Give each row the intent that it should have, in the field that "Expected Intent Field" names.');
	}
	const unknown = labels.findIndex(({ intent }, index) => nameIn(readings[index], intent) === undefined);
	if (unknown !== -1) {
		const names = readings[unknown].taxonomy.intents.map(({ name }) => name).join(', ');
		throw new LeadError('LABEL_UNKNOWN', `Row ${unknown + 1} is labelled with an intent that is not in the list`, `In the field that "Expected Intent Field" names, write one of: ${names}.`);
	}
}

function nameIn({ taxonomy }: Reading, label: string): string | undefined {
	return taxonomy.intents.find(({ name }) => foldText(name) === foldText(label))?.name;
}

/** Flat, so that n8n's own Evaluations can take each field as an output or a metric. */
function flatRow({ expected, actual, confidence, needsReview, urgencyRight, stageRight, intent, reasons }: ReadRow): object {
	return sheetCells({
		expectedIntent: expected, actualIntent: actual, intentCorrect: expected === actual ? 1 : 0, confidence: confidence ?? null,
		actualUrgency: intent.urgency, urgencyCorrect: urgencyRight === undefined ? null : Number(urgencyRight),
		actualStage: intent.buyingStage, stageCorrect: stageRight === undefined ? null : Number(stageRight),
		engine: intent.engine, needsReview, why: [...reasons, ...intent.because].join('; '),
		inputTokens: intent.usage?.inputTokens ?? 0, outputTokens: intent.usage?.outputTokens ?? 0, cost: intent.usage?.cost ?? null, promptVersion: intent.promptVersion ?? null,
	});
}
