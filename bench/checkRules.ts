/**
 * How exact and how fast Check Rules is.
 *
 *   npm run bench -- checkRules [--tables 1000] [--seed 100000]
 *
 * Exact: random tables over numeric ranges, names, countries, yes and no, texts and postal codes, each small enough that
 * every lead of it can be gone through by comparisons of their own (test/lead/route/randomTables). The named reference is
 * the check that most editors have: comparing rules pair by pair.
 * Fast: 1,000 random rules over five fields, in one call.
 */
import { analyzeRules } from '../nodes/lead/route/analyzeRules';
import type { RouterCondition } from '../nodes/lead/route/conditions';
import type { RouterRule } from '../nodes/lead/route/ruleTable';
import { enumerate, randomTable } from '../test/lead/route/randomTables';
import { seeded } from '../test/support/seeded';

const option = (name: string, otherwise: number): number => {
	const place = process.argv.indexOf(`--${name}`);
	return place === -1 ? otherwise : Number(process.argv[place + 1]);
};
/** Time of this process alone, so that other work on the machine does not count. */
const cpuMs = (): number => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
const terms = { timeZone: 'UTC' };

function measureExactness(): void {
	const tables = option('tables', 1_000);
	const first = option('seed', 100_000);
	const counts = { unreachable: 0, found: 0, falsely: 0, pairwise: 0, gaps: 0, gapsFound: 0, gapsFalsely: 0, gapExamplesWrong: 0, undecided: 0, leads: 0 };
	for (let seed = first; seed < first + tables; seed++) {
		const table = randomTable(seed);
		const truth = enumerate(table);
		const { findings, complete } = analyzeRules(table.rules, [], terms, { mostListed: 10_000 });
		if (!complete) counts.undecided++;
		counts.leads += table.fields.reduce((product, { values }) => product * values.length, 1);
		const told = findings.filter(({ code }) => code === 'RULE_UNREACHABLE');
		const real = new Set(truth.unreachable);
		counts.unreachable += real.size;
		counts.found += told.filter(({ rule }) => real.has(rule ?? 0)).length;
		counts.falsely += told.filter(({ rule }) => !real.has(rule ?? 0)).length;
		// a pairwise check sees a rule that one other covers, or that contradicts itself
		counts.pairwise += told.filter(({ rule, others }) => real.has(rule ?? 0) && (others ?? []).length <= 1).length;
		const gaps = findings.filter(({ code }) => code === 'RULES_LEAVE_GAP');
		if (truth.gaps > 0) counts.gaps++;
		if (gaps.length > 0) counts[truth.gaps > 0 ? 'gapsFound' : 'gapsFalsely']++;
		for (const { example } of gaps) {
			const lead = Object.fromEntries(table.fields.map(({ path }) => [path, valueAt(example ?? {}, path)]));
			if (!truth.isGap(lead)) counts.gapExamplesWrong++;
		}
	}
	process.stdout.write(`${tables} random tables, ${counts.leads.toLocaleString('en')} leads gone through\n`);
	process.stdout.write(`unreachable rules: ${counts.found} of ${counts.unreachable} found, ${counts.falsely} falsely; pair by pair: ${counts.pairwise} (${((100 * counts.pairwise) / counts.unreachable).toFixed(1)} %)\n`);
	process.stdout.write(`tables with a gap: ${counts.gapsFound} of ${counts.gaps} found, ${counts.gapsFalsely} falsely, ${counts.gapExamplesWrong} wrong counter-examples; not decided: ${counts.undecided}\n`);
}

function valueAt(example: Record<string, unknown>, path: string): unknown {
	const names = path.startsWith('lead.custom.') ? ['lead', 'custom', path.slice('lead.custom.'.length)] : path.split('.');
	return names.reduce<unknown>((here, name) => (here as Record<string, unknown> | undefined)?.[name], example) ?? null;
}

/** Rules as a large table has them: one or two values or a range in each of five columns, some left open. */
function manyRules(count: number, seed: number): RouterRule[] {
	const random = seeded(seed);
	const whole = (below: number): number => Math.floor(random() * below);
	const countries = ['GB', 'IE', 'DE', 'FR', 'US', 'BR', 'JP', 'IT', 'ES', 'NL', 'SE', 'NO', 'PL', 'AT', 'CH'];
	const columns: (() => Omit<RouterCondition, 'field'> & { field: string })[] = [
		() => ({ field: 'lead.country', operator: 'isOneOf', value: [countries[whole(15)], countries[whole(15)]] }),
		() => { const low = whole(1000); return { field: 'lead.companySize', operator: 'isBetween', value: [low, low + whole(500)] }; },
		() => ({ field: 'lead.serviceInterest', operator: 'equals', value: `Service ${whole(12)}` }),
		() => ({ field: 'match.customerStatus', operator: 'equals', value: ['customer', 'partner', 'openOpportunity'][whole(3)] }),
		() => { const low = whole(90_000); return { field: 'lead.postalCode', operator: 'isBetween', value: [String(low).padStart(5, '0'), String(low + whole(9_999)).padStart(5, '0')] }; },
	];
	return Array.from({ length: count }, (_, index): RouterRule => ({
		name: `Rule ${index + 1}`, tier: 'hard', match: 'all', conditions: columns.filter(() => random() < 0.5).concat(columns[whole(5)]).map((make) => make()),
		queue: `Queue ${whole(10)}`, owner: `member ${whole(20)}`, readMessageWithAi: true, continue: false,
	}));
}

function measureSpeed(): void {
	analyzeRules(manyRules(200, 1), [], terms);
	for (const count of [100, 300, 1_000]) {
		const times: number[] = [];
		let told = '';
		for (let round = 0; round < 5; round++) {
			const rules = manyRules(count, 10 + round);
			const start = cpuMs();
			const { findings, overlaps, complete } = analyzeRules(rules, [], terms);
			times.push(cpuMs() - start);
			told = `${findings.filter(({ code }) => code === 'RULE_UNREACHABLE').length} unreachable, ${overlaps} overlaps, ${complete ? 'complete' : 'gaps given up after the first ones'}`;
		}
		times.sort((one, other) => one - other);
		process.stdout.write(`${count} rules x 5 fields: median ${times[2].toFixed(0)} ms, slowest ${times[4].toFixed(0)} ms of processor time (last: ${told})\n`);
	}
	const random = seeded(7);
	const adversarial = Array.from({ length: 400 }, (_, index): RouterRule => ({
		name: `Rule ${index}`, tier: 'hard', match: 'all', queue: 'Q', owner: `member ${index % 7}`, readMessageWithAi: true, continue: false,
		conditions: Array.from({ length: 20 }, (__, column) => ({ field: `lead.custom.Column ${column}`, operator: 'notEquals' as const, value: String(Math.floor(random() * 3)) })),
	}));
	const start = cpuMs();
	const { complete } = analyzeRules(adversarial, [], terms);
	process.stdout.write(`400 adversarial rules x 20 fields: ${(cpuMs() - start).toFixed(0)} ms, ${complete ? 'complete' : 'given up at the step cap and said so'}\n`);
}

if (option("tables", 1) > 0) measureExactness();
measureSpeed();
