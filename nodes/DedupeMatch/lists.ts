import type { IExecuteFunctions } from 'n8n-workflow';
import type { Run } from '../host/openRun';
import { startYielding } from '../host/yielding';
import { cleanLeadFields, readComparedFields } from '../lead/clean/comparedFields';
import { KnownList, listOfLeads } from '../lead/clean/knownList';
import type { ComparedFields, KnownPerson } from '../lead/clean/knownPerson';
import { holdsCompanies, readKnownRow } from '../lead/clean/knownRows';
import { learnFromLists } from '../lead/clean/learnFromLists';
import type { Weights } from '../lead/clean/weights';
import type { HandoffRecord } from '../lead/handoffRecord';
import { LeadError } from '../lead/leadError';
import { startFindingCountries } from './defaultCountry';
import type { DedupeMatchSettings } from './settings';

/** Persons compared for one key; of a key of more, only the first. */
export const capPerKey = 50;

/** What the run compares, and what agreements are worth in it. */
export interface Lists {
	/** Compared fields of each incoming lead, in their order. */
	leads: ReadonlyMap<HandoffRecord, ComparedFields>;
	/** The known records of the second input; none when it is not asked. */
	known: KnownList;
	weights: Weights;
}

interface Incoming {
	record: HandoffRecord;
	captured: boolean;
}

/** Reads the leads and the known records of the second input, and learns from them what agreements are worth. */
export async function readLists(ctx: IExecuteFunctions, settings: DedupeMatchSettings, { run, leads }: { run: Run; leads: readonly Incoming[] }): Promise<Lists> {
	const countryOf = startFindingCountries(run, settings);
	const pause = startYielding();
	const fields = new Map<HandoffRecord, ComparedFields>();
	for (const { record, captured } of leads) {
		fields.set(record, captured ? readComparedFields(record, settings.compareAlso) : cleanLeadFields(record.lead, await countryOf(record.client), settings.compareAlso));
		await pause();
	}
	const known = await readKnown(ctx, settings, { run, leads, countryOf, pause });
	const all = [...fields.values()];
	const learning = learnFromLists({ leads: listOfLeads(all, capPerKey), leadFields: all, ...(known.size === 0 ? {} : { known }) });
	let step = learning.next();
	while (!step.done) {
		await pause();
		step = learning.next();
	}
	return { leads: fields, known, weights: step.value };
}

interface KnownInput {
	run: Run;
	leads: readonly Incoming[];
	countryOf: (client: string) => Promise<string | undefined>;
	pause: () => Promise<void>;
}

/** The known records of the second input, ready to be found; tells in a hint what could not be compared. */
async function readKnown(ctx: IExecuteFunctions, { compareWith, mapping, system, compareAlso }: DedupeMatchSettings, { run, leads, countryOf, pause }: KnownInput): Promise<KnownList> {
	const items = compareWith === 'ledger' ? [] : ctx.getInputData(1) ?? [];
	const captured = leads.filter((lead) => lead.captured);
	// what a flat item calls "client" may be a field of its form
	if (items.length > 0) refuseSeveralClients(captured.map(({ record }) => record.client));
	const [first] = [...captured, ...leads];
	const defaultCountry = items.length > 0 && first ? await countryOf(first.record.client) : undefined;
	const at = run.now().toISOString();
	const namesAreCompanies = holdsCompanies(items.slice(0, 300).map((item) => item?.json), mapping);
	const read = (index: number): KnownPerson | undefined => readKnownRow({ row: items[index]?.json, index, mapping, defaultCountry, system, at, also: compareAlso, namesAreCompanies });
	const known = new KnownList(items.length, read, capPerKey);
	let unreadable = 0;
	for (let index = 0; index < items.length; index++) {
		if (!known.add(index)) unreadable++;
		await pause();
	}
	known.seal();
	if (unreadable > 0) {
		ctx.addExecutionHints({
			message: `${unreadable} of ${items.length} known records were left out: no name, e-mail, phone or company was found in them. Check "Field Mapping".`,
			location: 'outputPane',
		});
	}
	if (namesAreCompanies) {
		ctx.addExecutionHints({ message: 'The names of the known records look like companies and were compared as such. If they are people, set "Full Name" in "Field Mapping".', location: 'outputPane' });
	}
	return known;
}

/** Nothing ever matches across clients, and a list does not say whose it is. */
function refuseSeveralClients(clients: string[]): void {
	if (new Set(clients).size < 2) return;
	throw new LeadError(
		'SEVERAL_CLIENTS_ONE_LIST',
		'One list of known records cannot serve the leads of several clients',
		'Set "Compare With" to Ledger, or run this node once for each client with its own known records.',
	);
}
