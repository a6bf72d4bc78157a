/**
 * How well the classifier without a model learns from ten examples an intent, on public sets, over five seeded draws.
 *
 *   npm run bench -- fallbackClassifier --data DIR [--draws 5] [--only NAME]
 *
 * DIR holds sets as NAME_train.csv and NAME_test.csv (text, label; label `oos`: of no intent), and optionally
 * NAME_groups.json ({ group: [label, …] }). From PolyAI-LDN/task-specific-datasets, banking_data/train.csv and test.csv become
 * banking77_*.csv. clinc/oos-eval is read as it is: data/data_full.json as clinc150_full.json, data/domains.json as clinc150_groups.json.
 * Nothing of them is part of this project.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { learnIntents, type Example, type ModelReading } from '../nodes/lead/classify/intentModel';
import { foldedWords } from '../nodes/lead/classify/words';
import { seeded } from '../test/support/seeded';

type Row = [text: string, label: string];
interface Set {
	name: string;
	train: Row[];
	test: Row[];
	/** Of no intent, to learn from and to test with. */
	outsideTrain: string[];
	outsideTest: string[];
	groups?: Record<string, string[]>;
}

const option = (name: string) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined);
const folder = option('--data');
if (!folder) throw new Error('--data DIR is missing: see the head of bench/fallbackClassifier.ts');
const draws = Number(option('--draws') ?? 5);
const examplesPerIntent = 10;

function shuffled<T>(list: readonly T[], random: () => number): T[] {
	const mixed = [...list];
	for (let at = mixed.length - 1; at > 0; at--) {
		const other = Math.floor(random() * (at + 1));
		[mixed[at], mixed[other]] = [mixed[other], mixed[at]];
	}
	return mixed;
}

function readCsv(path: string): Row[] {
	const rows: string[][] = [[]];
	for (const [, quoted, plain, end] of readFileSync(path, 'utf8').matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
		rows[rows.length - 1].push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
		if (end !== ',') rows.push([]);
	}
	return rows.slice(1).filter((row) => row.length === 2 && row[0] !== '').map(([text, label]) => [text, label]);
}

function readSets(dir: string): Set[] {
	const files = readdirSync(dir);
	const groupsOf = (name: string) => {
		const path = join(dir, `${name}_groups.json`);
		return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) as Record<string, string[]> : name === 'banking77' ? banking77Groups : undefined;
	};
	const inside = (rows: Row[]) => rows.filter(([, label]) => label !== 'oos');
	const outside = (rows: Row[]) => rows.filter(([, label]) => label === 'oos').map(([text]) => text);
	const fromCsv = files.filter((file) => file.endsWith('_train.csv')).map((file) => file.replace('_train.csv', '')).map((name): Set => {
		const [train, test] = ['train', 'test'].map((part) => readCsv(join(dir, `${name}_${part}.csv`)));
		return { name, train: inside(train), test: inside(test), outsideTrain: outside(train), outsideTest: outside(test), groups: groupsOf(name) };
	});
	const fromClinc = files.filter((file) => file.endsWith('_full.json')).map((file): Set => {
		const name = file.replace('_full.json', '');
		const given = JSON.parse(readFileSync(join(dir, file), 'utf8')) as Record<'train' | 'test' | 'oos_train' | 'oos_test', Row[]>;
		return { name, train: given.train, test: given.test, outsideTrain: given.oos_train.map(([text]) => text), outsideTest: given.oos_test.map(([text]) => text), groups: groupsOf(name) };
	});
	return [...fromCsv, ...fromClinc];
}

/** The 77 intents of banking77 as 11 reasons to write to a firm. Another file, banking77_groups.json, takes its place. */
const banking77Groups: Record<string, string[]> = {
	delivery: ['card_arrival', 'card_delivery_estimate', 'order_physical_card', 'get_physical_card', 'get_disposable_virtual_card', 'getting_spare_card', 'getting_virtual_card', 'activate_my_card', 'card_linking', 'card_about_to_expire'],
	fault: ['card_not_working', 'contactless_not_working', 'virtual_card_not_working', 'declined_card_payment', 'declined_cash_withdrawal', 'declined_transfer', 'beneficiary_not_allowed', 'card_swallowed', 'failed_transfer', 'top_up_failed'],
	fees: ['card_payment_fee_charged', 'cash_withdrawal_charge', 'exchange_charge', 'extra_charge_on_statement', 'top_up_by_bank_transfer_charge', 'top_up_by_card_charge', 'transfer_fee_charged'],
	rates: ['exchange_rate', 'card_payment_wrong_exchange_rate', 'wrong_exchange_rate_for_cash_withdrawal', 'exchange_via_app', 'fiat_currency_support'],
	identity: ['verify_my_identity', 'why_verify_identity', 'unable_to_verify_identity', 'verify_source_of_funds', 'age_limit'],
	waiting: ['pending_card_payment', 'pending_cash_withdrawal', 'pending_top_up', 'pending_transfer', 'transfer_timing', 'balance_not_updated_after_bank_transfer', 'balance_not_updated_after_cheque_or_cash_deposit', 'transfer_not_received_by_recipient'],
	topUp: ['top_up_by_cash_or_cheque', 'top_up_limits', 'top_up_reverted', 'topping_up_by_card', 'automatic_top_up', 'verify_top_up', 'transfer_into_account', 'receiving_money'],
	dispute: ['card_payment_not_recognised', 'cash_withdrawal_not_recognised', 'direct_debit_payment_not_recognised', 'compromised_card', 'lost_or_stolen_card', 'lost_or_stolen_phone', 'wrong_amount_of_cash_received', 'transaction_charged_twice', 'reverted_card_payment?'],
	refund: ['Refund_not_showing_up', 'request_refund', 'cancel_transfer'],
	account: ['change_pin', 'edit_personal_details', 'passcode_forgotten', 'pin_blocked', 'terminate_account'],
	reach: ['country_support', 'atm_support', 'card_acceptance', 'visa_or_mastercard', 'supported_cards_and_currencies', 'apple_pay_or_google_pay', 'disposable_card_limits'],
};

interface Read extends ModelReading {
	best: number;
}

interface Measured {
	accuracy: number;
	at80: number;
	auroc?: number;
	groups?: { accuracy: number; at80: number; withOutside?: number; withOutsideAt80?: number };
	learnMs: number;
	readMs: number;
	reference: number;
	referenceReadMs: number;
}

function measure(set: Set, seed: number): Measured {
	const random = seeded(seed);
	const labels = [...new Set(set.train.map(([, label]) => label))].sort();
	const index = new Map(labels.map((label, at) => [label, at]));
	const byLabel = labels.map((label) => set.train.filter(([, one]) => one === label).map(([text]) => text));
	const examples: Example[] = byLabel.flatMap((texts, label) => [
		{ text: labels[label].replaceAll('_', ' '), label, aside: true },
		...shuffled(texts, random).slice(0, examplesPerIntent).map((text) => ({ text, label })),
	]);
	// the catch-all is an intent too, and has as many examples
	examples.push(...shuffled(set.outsideTrain, random).slice(0, examplesPerIntent).map((text) => ({ text, label: -1 })));

	const before = cpuMs();
	const model = learnIntents(examples, labels.length);
	const learnMs = cpuMs() - before;
	const read = (text: string): Read => {
		const reading = model(foldedWords(text));
		return { ...reading, best: reading.probabilities.indexOf(Math.max(...reading.probabilities)) };
	};
	const start = cpuMs();
	const inside = set.test.map(([text, label]) => ({ label: index.get(label) ?? -1, ...read(text) }));
	const readMs = (cpuMs() - start) / inside.length;
	const outside = set.outsideTest.map(read);

	const reference = nearestCentre(examples.filter(({ label }) => label >= 0), labels.length);
	const startReference = cpuMs();
	const referenceRight = set.test.filter(([text, label]) => reference(text) === index.get(label)).length;
	const referenceReadMs = (cpuMs() - startReference) / set.test.length;

	const sure = ({ probabilities, best, inScope }: Read) => probabilities[best] * inScope;
	return {
		accuracy: share(inside, ({ best, label }) => best === label),
		at80: surest(inside.map((one) => ({ sure: sure(one), right: one.best === one.label }))),
		auroc: outside.length > 0 ? auroc(inside.map(({ inScope }) => inScope), outside.map(({ inScope }) => inScope)) : undefined,
		groups: set.groups && measureGroups(set.groups, labels, inside, outside, random),
		learnMs, readMs, reference: referenceRight / set.test.length, referenceReadMs,
	};
}

/** Groups by the summed chances of their intents; with out-of-scope texts as one more group of the same size as the others. */
function measureGroups(groups: Record<string, string[]>, labels: string[], inside: (Read & { label: number })[], outside: Read[], random: () => number): Measured['groups'] {
	const names = Object.keys(groups);
	const groupOf = labels.map((label) => names.findIndex((name) => groups[name].includes(label)));
	const readGroup = ({ probabilities, inScope }: Read) => {
		const sums = names.map(() => 0);
		probabilities.forEach((chance, label) => { sums[groupOf[label]] += chance; });
		const best = sums.indexOf(Math.max(...sums));
		return { best, chance: sums[best], inScope };
	};
	const grouped = inside.map((one) => ({ ...readGroup(one), label: groupOf[one.label] }));
	const some = shuffled(outside, random).slice(0, Math.round(inside.length / names.length)).map((one) => ({ ...readGroup(one), label: -1 }));
	const all = [...grouped, ...some].map(({ best, chance, inScope, label }) => (
		inScope < 0.5 ? { right: label === -1, sure: 1 - inScope } : { right: label === best, sure: inScope * chance }
	));
	return {
		accuracy: share(grouped, ({ best, label }) => best === label),
		at80: surest(grouped.map(({ best, chance, inScope, label }) => ({ sure: chance * inScope, right: best === label }))),
		...(some.length > 0 ? { withOutside: share(all, ({ right }) => right), withOutsideAt80: surest(all) } : {}),
	};
}

/** The reference: words alone, weighted by rarity, nearest centre. */
function nearestCentre(examples: readonly Example[], labelCount: number): (text: string) => number {
	const counted = examples.map(({ text }) => count(text));
	const seen = new Map<string, number>();
	for (const words of counted) for (const word of words.keys()) seen.set(word, (seen.get(word) ?? 0) + 1);
	const weigh = (words: Map<string, number>) => {
		const weighed = [...words].map(([word, times]): [string, number] => [word, (1 + Math.log(times)) * (Math.log((1 + counted.length) / (1 + (seen.get(word) ?? 0))) + 1)]);
		const length = Math.hypot(...weighed.map(([, weight]) => weight)) || 1;
		return weighed.map(([word, weight]): [string, number] => [word, weight / length]);
	};
	const centres = Array.from({ length: labelCount }, () => new Map<string, number>());
	counted.forEach((words, at) => { for (const [word, weight] of weigh(words)) centres[examples[at].label].set(word, (centres[examples[at].label].get(word) ?? 0) + weight); });
	const lengths = centres.map((centre) => Math.hypot(...centre.values()) || 1);
	return (text) => {
		const vector = weigh(count(text));
		const scores = centres.map((centre, label) => vector.reduce((sum, [word, weight]) => sum + weight * (centre.get(word) ?? 0), 0) / lengths[label]);
		return scores.indexOf(Math.max(...scores));
	};
}

function count(text: string): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { folded } of foldedWords(text)) counts.set(folded, (counts.get(folded) ?? 0) + 1);
	return counts;
}

/** Of this process: other work on the machine does not count. */
function cpuMs(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

function share<T>(list: readonly T[], holds: (one: T) => boolean): number {
	return list.filter(holds).length / list.length;
}

/** Accuracy over the surest four in five. */
function surest(list: { sure: number; right: boolean }[]): number {
	const kept = [...list].sort((a, b) => b.sure - a.sure).slice(0, Math.round(list.length * 0.8));
	return share(kept, ({ right }) => right);
}

function auroc(inside: readonly number[], outside: readonly number[]): number {
	const all = [...inside.map((value) => ({ value, inside: true })), ...outside.map((value) => ({ value, inside: false }))].sort((a, b) => a.value - b.value);
	let ranks = 0;
	for (let at = 0; at < all.length;) {
		let end = at;
		while (end < all.length && all[end].value === all[at].value) end++;
		ranks += all.slice(at, end).filter((one) => one.inside).length * (at + end + 1) / 2;
		at = end;
	}
	return (ranks - inside.length * (inside.length + 1) / 2) / (inside.length * outside.length);
}

const mean = (values: (number | undefined)[]) => values.reduce<number>((sum, value) => sum + (value ?? 0), 0) / values.length;
const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
for (const set of readSets(folder)) {
	if (option('--only') && set.name !== option('--only')) continue;
	const runs = Array.from({ length: draws }, (_, at) => measure(set, at + 1));
	const over = (pick: (run: Measured) => number | undefined) => mean(runs.map(pick));
	const lines = [
		`${set.name}: ${new Set(set.train.map(([, label]) => label)).size} intents, ${examplesPerIntent} examples each, ${set.test.length} messages, mean of ${draws} draws`,
		`  right                        ${percent(over((run) => run.accuracy))}   (nearest centre of words: ${percent(over((run) => run.reference))})`,
		`  right among the surest 80 %  ${percent(over((run) => run.at80))}`,
		...(runs[0].auroc === undefined ? [] : [`  out of scope, AUROC          ${over((run) => run.auroc).toFixed(3)}`]),
		...(runs[0].groups ? [
			`  ${Object.keys(set.groups ?? {}).length} groups: right ${percent(over((run) => run.groups?.accuracy))}, among the surest 80 % ${percent(over((run) => run.groups?.at80))}`,
			...(runs[0].groups.withOutside === undefined ? [] : [`  and out of scope as one more group: right ${percent(over((run) => run.groups?.withOutside))}, among the surest 80 % ${percent(over((run) => run.groups?.withOutsideAt80))}`]),
		] : []),
		`  learned in ${over((run) => run.learnMs).toFixed(0)} ms of CPU, read in ${over((run) => run.readMs).toFixed(2)} ms of CPU a message (${(over((run) => run.readMs) / over((run) => run.referenceReadMs)).toFixed(1)} times the reference)`,
	];
	process.stdout.write(`${lines.join('\n')}\n`);
}
