import type { KnownPerson } from '../lead/clean/knownPerson';
import { joinKnownRecord, readKnownRecord, type KnownRecord, type RememberedRecord } from '../lead/clean/knownRecord';
import type { RowPart } from '../lead/clean/knownRows';
import { LeadError } from '../lead/leadError';
import type { Member } from '../lead/settings/clientSettings';
import type { RecordToFind } from '../ledger/knownRecordsLedger';
import type { Ledger, Scope } from '../ledger/ledger';
import { startOrderedIds } from './orderedIds';
import { startYielding } from './yielding';

/** Records written at once: each write holds the ledger for about a tenth of a second, and other leads go between. */
const batchSize = 1_000;
/** Each lost try means that a lead of the same person was written meanwhile. */
const mostTries = 50;

/** One row as it was given; `problem` says in words why there is nothing to read. */
export interface GivenRow {
	/** From 1, as people count the rows of a list. */
	row: number;
	json?: unknown;
	problem?: string;
}

export interface RowVerdict {
	row: number;
	/** `erased`: the person was erased, and a list never brings back whom it names. */
	verdict: 'created' | 'updated' | 'unchanged' | 'skipped' | 'erased';
	recordId?: string;
	because: string;
}

export interface LoadInput {
	ledger: Ledger;
	scope: Scope;
	/** Name of the system that the ids belong to, e.g. `hubspot`. */
	system: string;
	mapping: Partial<Record<RowPart, string>>;
	defaultCountry?: string;
	members: readonly Member[];
	rows: Iterable<GivenRow> | AsyncIterable<GivenRow>;
	now: () => Date;
}

interface Loading {
	at: string;
	newId: () => string;
	pause: () => Promise<void>;
}

const whyLeft = {
	unchanged: 'loaded before, and nothing changed',
	erased: 'this person was erased, and only a new enquiry of their own brings them back',
};

interface ReadRow {
	row: number;
	record: KnownRecord;
}

/**
 * Loads records into the ledger, and gives a verdict for each row: a bad one never stops the rest. While one batch is
 * written the next is read, and n8n's other work goes on.
 */
export async function loadKnownRecords(input: LoadInput): Promise<{ verdicts: RowVerdict[]; optedOut: number }> {
	const verdicts: RowVerdict[] = [];
	let optedOut = 0;
	let batch: ReadRow[] = [];
	let inBatch = new Set<string>();
	let writing: Promise<void> = Promise.resolve();
	const pause = startYielding();
	const at = input.now().toISOString();
	const newId = startOrderedIds(input.now);

	async function flush(): Promise<void> {
		const full = batch;
		batch = [];
		inBatch = new Set();
		await writing;
		writing = writeBatch({ ...input, at, newId, pause }, full, verdicts);
		// whoever awaits it hears of the fault
		writing.catch(() => undefined);
	}

	for await (const { row, json, problem } of input.rows) {
		await pause();
		const record = problem === undefined ? readKnownRecord({
			row: json, index: row - 1, mapping: input.mapping, defaultCountry: input.defaultCountry, system: input.system, at,
		}, input.members) : undefined;
		if (!record) {
			verdicts.push({ row, verdict: 'skipped', because: problem ?? 'no name, e-mail or phone was found in it' });
			continue;
		}
		if (record.optedOut) optedOut++;
		// the second of two rows about one record must see what the first one wrote
		const names = [`id ${record.recordId}`, ...(record.emailKey === undefined ? [] : [`email ${record.emailKey}`])];
		if (batch.length >= batchSize || names.some((name) => inBatch.has(name))) await flush();
		batch.push({ row, record });
		for (const name of names) inBatch.add(name);
	}
	await flush();
	await writing;
	verdicts.sort((one, other) => one.row - other.row);
	return { verdicts, optedOut };
}

async function writeBatch(input: LoadInput & Loading, rows: ReadRow[], verdicts: RowVerdict[]): Promise<void> {
	const { ledger, scope, system, at, newId, pause } = input;
	let left = rows;
	for (let tries = 0; left.length > 0; tries++) {
		if (tries === mostTries) throw contested;
		const { found, asOf } = await ledger.findKnownRecords(scope, system, left.map(({ record }) => toFind(record)));
		const toWrite: { row: number; record: KnownRecord; known?: KnownPerson; joined: RememberedRecord }[] = [];
		for (const [index, { row, record }] of left.entries()) {
			await pause();
			const state = found[index];
			if (state.status === 'unchanged' || state.status === 'erased') {
				verdicts.push({ row, verdict: state.status, recordId: record.recordId, because: whyLeft[state.status] });
				continue;
			}
			const known = state.status === 'known' ? state.person : undefined;
			toWrite.push({ row, record, known, joined: joinKnownRecord(record, known, newId()) });
		}
		if (toWrite.length === 0) return;
		const written = await ledger.writeKnownRecords({
			...scope, system, at, asOf,
			records: toWrite.map(({ record, known, joined }) => ({
				...toFind(record), ...joined, optedOut: record.optedOut,
				...(known ? { expected: { enquiries: known.enquiries, updatedAt: known.updatedAt } } : {}),
			})),
		});
		left = [];
		for (const [index, { row, record, known }] of toWrite.entries()) {
			if (!written[index]) left.push({ row, record });
			else if (known) verdicts.push({ row, verdict: 'updated', recordId: record.recordId, because: known.enquiries > 0 ? 'added to a person who enquired before' : 'this record was loaded before and changed' });
			else verdicts.push({ row, verdict: 'created', recordId: record.recordId, because: 'not known before' });
		}
	}
}

function toFind({ recordId, person, emailKey, digest }: KnownRecord): RecordToFind {
	return { recordId, externalIds: person.externalIds, digest, ...(emailKey === undefined ? {} : { emailKey }), ...(person.fields.phone ? { phone: person.fields.phone } : {}) };
}

const contested = new LeadError(
	'RECORDS_CONTESTED',
	'Leads of the same people kept arriving, so some records were not loaded',
	'Run this again: what was loaded stays, and nothing is loaded twice.',
);
