import type { IExecuteFunctions } from 'n8n-workflow';
import type { Run } from '../host/openRun';
import { startYielding } from '../host/yielding';
import { KnownIndex } from '../lead/clean/knownIndex';
import { readKnownRow } from '../lead/clean/knownRows';
import { keysOf } from '../lead/clean/matchLeads';
import type { HandoffRecord } from '../lead/handoffRecord';
import { LeadError } from '../lead/leadError';
import { startFindingCountries } from './defaultCountry';
import type { DedupeMatchSettings } from './settings';

export const capPerKey = 50;

/** The known records of the second input, ready to be found; tells in a hint what could not be compared. */
export async function readKnownRecords(ctx: IExecuteFunctions, settings: DedupeMatchSettings, { run, leads }: { run: Run; leads: readonly { record: HandoffRecord; captured: boolean }[] }): Promise<KnownIndex> {
	const { compareWith, mapping, system } = settings;
	const index = new KnownIndex(capPerKey);
	if (compareWith === 'ledger') return index;
	const items = ctx.getInputData(1) ?? [];
	if (items.length === 0) return index;
	const captured = leads.filter((lead) => lead.captured);
	// what a flat item calls "client" may be a field of its form
	refuseSeveralClients(captured.map(({ record }) => record.client));
	const [first] = [...captured, ...leads];
	const defaultCountry = first && (await startFindingCountries(run, settings)(first.record.client));
	const at = run.now().toISOString();
	let unreadable = 0;
	const pause = startYielding();
	for (const [row, item] of items.entries()) {
		const person = readKnownRow({ row: item?.json, index: row, mapping, defaultCountry, system, at });
		if (person) index.add(person, keysOf(person.fields, person.externalIds));
		else unreadable++;
		await pause();
	}
	if (unreadable > 0) {
		ctx.addExecutionHints({
			message: `${unreadable} of ${items.length} known records were left out: no name, e-mail or phone was found in them. Check "Field Mapping".`,
			location: 'outputPane',
		});
	}
	return index;
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
