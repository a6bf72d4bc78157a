/**
 * What the AI Intent Classifier adds to the time that a model takes, and what a hundred leads cost with a model of one second.
 *
 *   npm run bench -- classifier
 *
 * The model is a connected one that answers after a fixed time, so that nothing but the node is measured. The reference is the
 * same node with Rules Only, and the ideal of leads ÷ concurrency × seconds.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strictContext } from '../test/support/strictContext';
import { AiIntentClassifier } from '../nodes/AiIntentClassifier/AiIntentClassifier.node';
import { properties } from '../nodes/AiIntentClassifier/properties';
import rows from '../test/fixtures/leadMessages.json';

const answer = JSON.stringify({
	intent: 'Project Request', confidence: 0.9, urgency: 'normal', buyingStage: 'ready', sentiment: 'neutral', fit: 'good', language: 'en',
	useCase: 'Wants help.', evidence: [], givesInstructions: false,
});

async function run(leads: number, answerMs: number, parameters: Record<string, unknown>): Promise<{ wallMs: number; cpuMs: number; worstGapMs: number }> {
	const items = Array.from({ length: leads }, (_, index) => ({ email: `a${index}@firm${index}.example`, message: rows[index % rows.length].message }));
	const invoke = async () => {
		if (answerMs > 0) await new Promise((resolve) => setTimeout(resolve, answerMs));
		return { content: answer };
	};
	const ctx = strictContext({
		items, storageFolder: mkdtempSync(join(tmpdir(), 'lead-handoff-bench-')),
		parameters: { ...Object.fromEntries(properties.map(({ name, default: value }) => [name, value])), ledger: 'none', ...parameters },
		extra: { getInputConnectionData: async () => ({ invoke }) },
	});
	let worstGapMs = 0;
	let last = performance.now();
	const watch = setInterval(() => {
		worstGapMs = Math.max(worstGapMs, performance.now() - last - 5);
		last = performance.now();
	}, 5);
	const cpu = process.cpuUsage();
	const start = performance.now();
	const [left] = await new AiIntentClassifier().execute.call(ctx);
	const wallMs = performance.now() - start;
	const { user, system } = process.cpuUsage(cpu);
	clearInterval(watch);
	if (left.length !== leads) throw new Error('leads were lost');
	return { wallMs, cpuMs: (user + system) / 1000, worstGapMs };
}

async function main(): Promise<void> {
	// learns the ready set once, as a running n8n has done
	const cold = await run(1, 0, { model: 'none' });
	const rules = await run(1_000, 0, { model: 'none' });
	const model = await run(1_000, 0, { model: 'connected' });
	const lines = [
		`first lead of a process, ready set learned          ${cold.cpuMs.toFixed(0)} ms of CPU`,
		`Rules Only, 1,000 leads                             ${(rules.cpuMs / 1_000).toFixed(2)} ms of CPU a lead`,
		`with a model that answers at once, 1,000 leads      ${(model.cpuMs / 1_000).toFixed(2)} ms of CPU a lead, ${(model.cpuMs / rules.cpuMs).toFixed(1)} times Rules Only`,
	];
	for (const concurrency of [5, 20]) {
		const { wallMs } = await run(100, 1_000, { model: 'connected', options: { concurrency } });
		const ideal = 100 / concurrency;
		lines.push(`100 leads, a model of 1 s, concurrency ${String(concurrency).padEnd(2)}             ${(wallMs / 1_000).toFixed(1)} s, ${(wallMs / 1_000 / ideal).toFixed(2)} times ${ideal} s`);
	}
	process.stdout.write(`${lines.join('\n')}\n`);
}

void main();
