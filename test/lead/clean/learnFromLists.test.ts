import { KnownList } from '../../../nodes/lead/clean/knownList';
import type { ComparedFields, KnownPerson } from '../../../nodes/lead/clean/knownPerson';
import { learnFromLists } from '../../../nodes/lead/clean/learnFromLists';
import { keysOf, matchLead } from '../../../nodes/lead/clean/matchLeads';
import { RunPersons } from '../../../nodes/lead/clean/runPersons';
import { scorePair } from '../../../nodes/lead/clean/scorePair';
import { thresholdsOf } from '../../../nodes/lead/clean/verdict';
import type { Weights } from '../../../nodes/lead/clean/weights';

const at = '2026-11-20T10:00:00.000Z';
const firsts = ['Ada', 'Bela', 'Cara', 'Dora', 'Edda', 'Fara', 'Gina', 'Hanna', 'Ilse', 'Jana'];
const lasts = ['Abel', 'Brock', 'Clemm', 'Dreher', 'Eckert', 'Fromm', 'Grass', 'Hagen', 'Irmer', 'Jacob', 'Klein', 'Lorenz', 'Mohr', 'Nagel', 'Oster', 'Pohl', 'Quast', 'Roth', 'Sturm', 'Thoma'];

/** Four hundred people, every second with one entry more that has a typing error; half of them live in one town. */
function people(): ComparedFields[] {
	return Array.from({ length: 400 }, (_, number) => {
		const fields: ComparedFields = {
			firstName: firsts[number % 10], lastName: `${lasts[number % 20]}${lasts[(number * 7) % 20].toLowerCase()}`, city: number % 2 === 0 ? 'Springfield' : `Town${number}`,
			phone: `+4420794${String(60_000 + number)}`, 'also.date.date of birth': `19${String(50 + (number % 40))}-03-${String(1 + (number % 28)).padStart(2, '0')}`,
		};
		return fields;
	}).flatMap((fields, number) => (number % 2 === 0 ? [fields, { ...fields, lastName: `${fields.lastName ?? ''}x` }] : [fields]));
}

function listOf(all: readonly ComparedFields[]): KnownList {
	const list = new KnownList(all.length, (index): KnownPerson => ({ personId: String(index), enquiries: 0, externalIds: {}, fields: all[index], updatedAt: at }), 50);
	all.forEach((_, index) => list.add(index));
	list.seal();
	return list;
}

function learn(all: readonly ComparedFields[]): Weights {
	const steps = learnFromLists({ leads: listOf(all), leadFields: all });
	let step = steps.next();
	while (!step.done) step = steps.next();
	return step.value;
}

describe('learnFromLists', () => {
	it('makes an agreement on a rare value worth more than on a common one', () => {
		const weights = learn(people());
		const rare = weights.bits({ name: 'city', level: 'same', value: 'town7' });
		expect(rare).toBeGreaterThan(weights.bits({ name: 'city', level: 'same', value: 'springfield' }) + 4);
	});

	it('finds by itself how rare it is that two entries are one', () => {
		// 200 pairs of 180,000
		const share = 2 ** learn(people()).priorBits;
		expect(share).toBeGreaterThan(200 / 180_000 / 3);
		expect(share).toBeLessThan((200 / 180_000) * 3);
	});

	it('learns fields that only the operator knows', () => {
		const weights = learn(people());
		expect(weights.bits({ name: 'also.date.date of birth', level: 'same', value: '19500301' })).toBeGreaterThan(3);
		expect(weights.bits({ name: 'also.date.date of birth', level: 'different' })).toBeLessThan(-2);
	});

	it('gives the same weights for the same lists', () => {
		const [one, other] = [learn(people()), learn(people())];
		expect(one.priorBits).toBe(other.priorBits);
	});

	it('keeps to the usual weights for a list too short to learn from', () => {
		const few = people().slice(0, 20);
		expect(scorePair(few[0], few[1], { weights: learn(few) }).score).toBe(scorePair(few[0], few[1]).score);
	});
});

describe('KnownList', () => {
	const all = people();

	it('finds everyone who shares a key, read when met', () => {
		const read = jest.fn((index: number): KnownPerson => ({ personId: String(index), enquiries: 0, externalIds: {}, fields: all[index], updatedAt: at }));
		const list = new KnownList(all.length, read, 50);
		all.forEach((_, index) => list.add(index));
		list.seal();
		read.mockClear();
		const { persons } = list.find(keysOf(all[0]));
		expect(persons.map(({ personId }) => personId)).toEqual(expect.arrayContaining(['0', '1']));
		expect(read.mock.calls.length).toBe(persons.length);
	});

	// 100,000 records of a list once shared the number of the hotline
	it('gives the first of a key of very many, and says how many share it', () => {
		const many = Array.from({ length: 3_000 }, (_, number): ComparedFields => ({ phone: '+442079460018', firstName: firsts[number % 10], lastName: `Person${number}` }));
		const { persons, cappedKeys } = listOf(many).find(keysOf({ phone: '+442079460018' }));
		expect(persons.length).toBeLessThanOrEqual(100);
		expect(cappedKeys).toContainEqual({ kind: 'phone', value: '+442079460018', persons: 3_000 });
	});

	it('finds nobody when it is empty', () => {
		expect(listOf([]).find(keysOf(all[0]))).toEqual({ persons: [], cappedKeys: [] });
	});
});

describe('entries of one run', () => {
	it('do not grow into one person by a chain of likeness', () => {
		const run = new RunPersons(50);
		const decide = (fields: ComparedFields, number: number) => {
			const { persons: known, cappedKeys } = run.find(keysOf(fields));
			const decision = matchLead({ record: { leadId: `l${number}`, personId: `p${number}` }, fields, known, cappedKeys, thresholds: thresholdsOf.balanced, newOpportunityDays: 90, at, isRemembered: false });
			run.add({ fields, at }, decision);
			return decision.match.verdict;
		};
		const ada = { firstName: 'Ada', lastName: 'Byron', emailKey: 'ada@acme.example', phone: '+442079460018' };
		expect(decide(ada, 0)).toBe('create');
		expect(decide({ ...ada, lastName: 'Byronn' }, 1)).toBe('append');
		// her number, another person at another firm
		expect(decide({ firstName: 'Bertram', lastName: 'Young', emailKey: 'bertram@other.example', phone: '+442079460018' }, 2)).toBe('create');
	});
});
