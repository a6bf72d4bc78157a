import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import rows from '../fixtures/leadMessages.json';
import { aiIntentClassifierOutputs } from '../../nodes/AiIntentClassifier/outputs';
import { closeLedgers, openLedger } from '../../nodes/host/openLedger';
import { settings } from '../ledger/samples';
import { runClassifier } from '../support/classifierRun';
import { answering, completion, goodAnswer, sendJson, startFakeOpenAi, type FakeOpenAi } from '../support/fakeOpenAi';
import { strictContext } from '../support/strictContext';

let service: FakeOpenAi;
let storageFolder: string;
beforeAll(async () => {
	service = await startFakeOpenAi();
	storageFolder = mkdtempSync(join(tmpdir(), 'lead-handoff-evaluate-'));
	const ledger = await openLedger(strictContext({ items: [], storageFolder }));
	await ledger?.saveSettings({ client: 'acme', settings: settings(), at: '2026-11-23T09:00:00.000Z' });
});
afterAll(async () => {
	await closeLedgers();
	await service.close();
});

const evaluate = async (items: object[], parameters: Record<string, unknown> = {}) => {
	const { outputs, hints } = await runClassifier({ storageFolder, baseUrl: service.baseUrl }, items, { operation: 'evaluate', ledger: 'none', settingsFrom: 'node', ...parameters });
	return { outputs, hints, json: outputs[0].map((item) => item.json) };
};

describe('the labelled lead messages', () => {
	it('are more than 300 in eight languages, each once, and each label is one of the lists', () => {
		expect(rows.length).toBeGreaterThanOrEqual(300);
		expect(new Set(rows.map(({ message }) => message)).size).toBe(rows.length);
		expect(new Set(rows.map(({ language }) => language)).size).toBeGreaterThanOrEqual(6);
		expect(new Set(rows.map(({ expectedIntent }) => expectedIntent)).size).toBe(8);
	});
});

describe('Evaluate', () => {
	it('tells accuracy, what is mixed up, reliability by band and the threshold for a wanted precision', async () => {
		const { json: [report], outputs, hints } = await evaluate(rows, { wantedPrecision: 0.9 });
		expect(outputs).toHaveLength(1);
		expect(outputs[0]).toHaveLength(1);
		expect(outputs[0][0].pairedItem).toHaveLength(rows.length);
		const { accuracy, threshold, confusion, reliability, perIntent } = report as unknown as {
			accuracy: number; threshold: { threshold: number; coverage: number; precision: number; interval: { low: number; high: number } };
			confusion: { rows: number }[]; reliability: { from: number; to: number; rows: number }[]; perIntent: { intent: string }[];
		};
		// what the words alone reach on these messages; most were written after the words
		expect(accuracy).toBeGreaterThan(0.75);
		expect(threshold.precision).toBeGreaterThanOrEqual(0.9);
		expect(threshold.coverage).toBeGreaterThan(0.5);
		expect(threshold.interval.low).toBeLessThan(threshold.precision);
		expect(confusion.reduce((sum, pair) => sum + pair.rows, 0)).toBe(rows.length);
		expect(reliability.reduce((sum, band) => sum + band.rows, 0)).toBe(rows.length);
		expect(perIntent).toHaveLength(8);
		expect(report.summary).toMatch(/^\d+ of 312 right \(\d+\.\d %, between .* Most mixed up: .* Confidence Threshold 0\.\d\d keeps /);
		expect(hints.map(({ message }) => message)).toEqual(['Calibrated on these rows.']);
	});

	it('says that it is not calibrated under 50 rows, and tells no threshold', async () => {
		const { json: [report], hints } = await evaluate(rows.slice(0, 30));
		expect(report).toMatchObject({ calibrated: false, threshold: null, perIntentThresholds: [], calibration: 'Not calibrated: 30 of 30 rows have a confidence, and 50 are needed' });
		expect(hints[0]).toMatchObject({ type: 'warning' });
	});

	it('gives rows with flat fields beside their own, in their order', async () => {
		const { json } = await evaluate(rows.slice(0, 12), { evaluateOutput: 'rows' });
		expect(json).toHaveLength(12);
		json.forEach((row, index) => {
			expect(row).toMatchObject({ message: rows[index].message, expectedIntent: rows[index].expectedIntent, actualIntent: expect.any(String), engine: 'rules', needsReview: expect.any(Boolean) });
			expect(row.intentCorrect).toBe(row.expectedIntent === row.actualIntent ? 1 : 0);
			for (const value of Object.values(row)) expect(typeof value === 'object' && value !== null).toBe(false);
		});
	});

	it('asks the model about each row afresh, counts what it used, and records nothing', async () => {
		service.behave((response, { body }) => sendJson(response, 200, completion({ ...goodAnswer, intent: /price|cost|fee/i.test(body.messages[1].content) ? 'Pricing Question' : 'Project Request', evidence: [] })));
		const some = rows.filter(({ language }) => language === 'en').slice(0, 20);
		const parameters = { model: 'credential', modelName: 'fake-1', ledger: 'embedded', settingsFrom: 'client', options: { inputPrice: 1, outputPrice: 1 } };
		await evaluate(some, parameters);
		const { json: [report] } = await evaluate(some, parameters);
		expect(service.calls).toHaveLength(40);
		expect(report).toMatchObject({ rows: 20, engines: { ai: 20 }, usage: { inputTokens: 6_000, outputTokens: 1_200, cost: 0.0072, currency: 'USD' } });
		const ledger = await openLedger(strictContext({ items: [], storageFolder }));
		expect(await ledger?.listLeads({ client: 'acme', test: false, limit: 10 })).toEqual([]);
	});

	it.each([
		['a row without a label', [{ message: 'x' }], 'Row 1 has no label'],
		['a label that is not in the list', [rows[0], { message: 'x', expectedIntent: 'Refund' }], 'Row 2 is labelled with an intent that is not in the list'],
	])('stops before the first call on %s', async (_name, items, message) => {
		service.behave(answering(goodAnswer));
		await expect(evaluate(items, { model: 'credential', modelName: 'fake-1' })).rejects.toMatchObject({ message });
		expect(service.calls).toEqual([]);
	});

	it('reads labels without regard to case, from fields of any name', async () => {
		const { json: [report] } = await evaluate([{ message: 'Bitte um Rückruf', soll: 'call request', eile: 'NORMAL' }], { intentField: 'soll', urgencyField: 'eile' });
		expect(report).toMatchObject({ right: 1, urgencyAccuracy: 1, stageAccuracy: null });
	});
});

describe('the outputs of the classifier', () => {
	it('are one, or two when reviews leave apart, as text that n8n runs', () => {
		const asText = new Function(`return (${aiIntentClassifierOutputs.toString()})`)() as typeof aiIntentClassifierOutputs;
		expect(asText({})).toHaveLength(1);
		expect(asText({ outputs: 'reviewsApart' }).map(({ displayName }) => displayName)).toEqual(['Leads', 'Needs Review']);
		expect(asText({ operation: 'evaluate', outputs: 'reviewsApart' })).toHaveLength(1);
	});
});
