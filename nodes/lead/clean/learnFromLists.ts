import { toComparable, type Comparable } from './comparable';
import type { KnownList } from './knownList';
import type { ComparedFields } from './knownPerson';
import { learnWeights, startLearning } from './learnWeights';
import { keysOf } from './matchLeads';
import { usualWeights, type Weights } from './weights';

/** With fewer entries than this, nothing can be learned that the usual shares do not say better. */
const fewestEntries = 200;
/** Pairs by chance: enough to see a level that one pair in a few thousand has. */
const randomPairs = 16_000;
/** Pairs that share a key: more of them teach nothing new, so of many leads only every n-th is looked at. */
const mostBlocked = 30_000;
/** Work between two pauses, in pairs. */
const pairsBetweenPauses = 400;

export interface LearnFromListsInput {
	/** The incoming leads, as a list of their own. */
	leads: KnownList;
	leadFields: readonly ComparedFields[];
	/** The known records; `undefined` when there are none. */
	known?: KnownList;
}

/**
 * What agreements are worth among these leads and known records, see `learnWeights`. A generator, so that the caller can
 * let others work in between; returns the usual weights for lists too short to learn from.
 */
export function* learnFromLists({ leads, leadFields, known }: LearnFromListsInput): Generator<void, Weights> {
	const entries = leads.size + (known?.size ?? 0);
	if (entries < fewestEntries) return usualWeights(known?.size || leads.size);
	const learning = startLearning(known ? [leads.counts, known.counts] : [leads.counts]);
	let worked = 0;
	for (const pair of drawPairs(leads, known)) {
		learning.chance(...pair);
		if (++worked % pairsBetweenPauses === 0) yield;
	}
	const leadPairs = (leads.size * (leads.size - 1)) / 2;
	const allPairs = leadPairs + leads.size * (known?.size ?? 0);
	const stride = strideOf(leadFields.length);
	let blocked = 0;
	let looked = 0;
	for (; looked < leadFields.length && blocked < mostBlocked; looked++) {
		for (const pair of blockedPairs(leadFields[(looked * stride) % leadFields.length], leads, known)) {
			learning.blocked(...pair);
			blocked++;
			if (++worked % pairsBetweenPauses === 0) yield;
		}
	}
	return learnWeights(learning, Math.max((allPairs * looked) / Math.max(leadFields.length, 1), 1));
}

/** Pairs by chance of all entries, always the same ones for the same lists. */
function* drawPairs(leads: KnownList, known: KnownList | undefined): Generator<[Comparable, Comparable]> {
	const count = leads.count + (known?.count ?? 0);
	// drawn from few entries, each of which is read once
	const drawn: Comparable[] = [];
	let state = 12_345;
	const next = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
	for (let tries = 0; tries < 2_000; tries++) {
		const index = count <= 2_000 ? tries : Math.floor(next() * count);
		if (index >= count) break;
		const person = index < leads.count ? leads.person(index) : known?.person(index - leads.count);
		if (person) drawn.push(toComparable(person.fields));
	}
	for (let made = 0; made < randomPairs; made++) {
		const one = Math.floor(next() * drawn.length);
		const other = Math.floor(next() * drawn.length);
		if (one !== other && drawn[one] !== undefined && drawn[other] !== undefined) yield [drawn[one], drawn[other]];
	}
}

/** A step that visits every lead once, in an order that mixes them, and shares no factor with their number. */
function strideOf(count: number): number {
	let stride = Math.max(1, Math.round(count * 0.618));
	const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
	while (divisor(stride, count) > 1) stride++;
	return stride;
}

function* blockedPairs(fields: ComparedFields, leads: KnownList, known: KnownList | undefined): Generator<[Comparable, Comparable]> {
	const lead = toComparable(fields);
	const keys = keysOf(fields);
	for (const { fields: other } of known?.find(keys).persons ?? []) yield [lead, toComparable(other)];
	// each pair of leads once, from its later one
	let isLater = false;
	for (const { fields: other } of leads.find(keys).persons) {
		if (other === fields) isLater = true;
		else if (!isLater) yield [lead, toComparable(other)];
	}
}
