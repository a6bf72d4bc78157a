import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { LeadError } from '../../lead/leadError';
import { compareSettings } from '../../lead/settings/compareSettings';
import { completeSettings, type ClientSettings } from '../../lead/settings/clientSettings';
import { keepState } from '../../lead/settings/settingsState';
import { settingsWarnings } from '../../lead/settings/settingsWarnings';
import type { SavedVersion, SettingsVersion } from '../../ledger/ledger';
import type { LedgerRun } from '../operations';
import { readClient, readText } from '../settings';
import { changeSaved, checkDocument, orThrow, readChange, readFromRows, readJson, readTab, rowsByClient, savedSettings, todayIn, warningsOf, type GivenSettings } from './settingsSource';

/** Save Settings from a JSON document, one for each item. */
export async function saveSettings(ctx: IExecuteFunctions, run: LedgerRun, itemIndex: number): Promise<object> {
	const client = readClient(ctx, itemIndex);
	const given = readJson(ctx, itemIndex);
	const settings = orThrow(given);
	await refuseDefault(run, client);
	const { before, settings: kept, saved } = await changeSaved(run, { client, ...readSaving(ctx, itemIndex) }, (current) => keepState(given.document, settings, current?.settings, run.now().toISOString()));
	return told({ client, before, settings: kept, saved, notes: [], run });
}

/** Save Settings from rows: all items of a client together, everything checked before the first client is saved. */
export async function saveRows(ctx: IExecuteFunctions, run: LedgerRun): Promise<INodeExecutionData[]> {
	const clients = rowsByClient(ctx);
	const tab = readTab(ctx, 'tab', 0);
	const read = (client: string, current: SettingsVersion | undefined): GivenSettings => readFromRows(clients.get(client)?.rows ?? [], { client, current: current && complete(current), timeZone: run.timeZone, mode: 'replace', tab });
	for (const client of clients.keys()) {
		await refuseDefault(run, client);
		orThrow(read(client, await run.ledger.getSettings({ client })));
	}
	const items: INodeExecutionData[] = [];
	for (const [client, { items: from }] of clients) {
		let notes: string[] = [];
		const { before, settings, saved } = await changeSaved(run, { client, ...readSaving(ctx, from[0]) }, (current) => {
			const given = read(client, current);
			({ notes } = given);
			return keepState({}, orThrow(given), current?.settings, run.now().toISOString());
		});
		items.push({ json: told({ client, before, settings, saved, notes, run }) as IDataObject, pairedItem: from.map((item) => ({ item })) });
	}
	return items;
}

/** Change Settings: one entry of one part, the rest stays. */
export async function changeSettings(ctx: IExecuteFunctions, run: LedgerRun, itemIndex: number): Promise<object> {
	const client = readClient(ctx, itemIndex);
	await savedSettings(run, client);
	const part = readTab(ctx, 'part', itemIndex) ?? 'timeOff';
	const mode = ctx.getNodeParameter('change', itemIndex) === 'remove' ? 'remove' : 'change';
	const row = readChange(ctx, part, itemIndex);
	let notes: string[] = [];
	const { before, settings, saved } = await changeSaved(run, { client, ...readSaving(ctx, itemIndex) }, (current) => {
		const given = readFromRows([row], { client, current: current && complete(current), timeZone: run.timeZone, mode, tab: part });
		({ notes } = given);
		return keepState({}, orThrow(given), current?.settings, run.now().toISOString());
	});
	return told({ client, before, settings, saved, notes, run });
}

/** Check Settings: one item for each finding, and nothing is saved. */
export async function checkGiven(ctx: IExecuteFunctions, run: LedgerRun): Promise<INodeExecutionData[]> {
	const what = ctx.getNodeParameter('check', 0) as 'saved' | 'json' | 'rows';
	if (what === 'json') return ctx.getInputData().flatMap((_item, itemIndex) => findings(readClient(ctx, itemIndex), readJson(ctx, itemIndex), run, [itemIndex]));
	const items: INodeExecutionData[] = [];
	const tab = what === 'rows' ? readTab(ctx, 'tab', 0) : undefined;
	const clients = rowsByClient(ctx);
	for (const [client, { rows, items: from }] of clients) {
		const current = what === 'saved' ? await savedSettings(run, client) : await run.ledger.getSettings({ client });
		const given = what === 'rows' ? readFromRows(rows, { client, current: current && complete(current), timeZone: run.timeZone, mode: 'replace', tab }) : checkDocument(current?.settings);
		items.push(...findings(client, given, run, from));
	}
	return items;
}

/** Settings that pass are one item that says so, with what they warn of behind it. */
function findings(client: string, { settings, problems, notes }: GivenSettings, run: LedgerRun, from: readonly number[]): INodeExecutionData[] {
	const pairedItem = from.map((item) => ({ item }));
	const passes = problems.length === 0;
	const row = (finding: 'problem' | 'warning' | 'passed', message: string, whatToDo: string, code: string): INodeExecutionData => ({ json: { client, passes, finding, message, whatToDo, code }, pairedItem });
	const warnings = settings ? settingsWarnings(settings, todayIn(settings.timeZone, run.now())) : [];
	return [
		...(passes ? [row('passed', 'The settings pass the check', warnings.length === 0 ? 'Nothing' : 'Look at the warnings', 'PASSED')] : []),
		...problems.map(({ message, description, code }) => row('problem', message, description, code)),
		...notes.map((note) => row('warning', note, 'See that this is meant', 'ROWS_NOTE')),
		...warnings.map(({ message, description, code }) => row('warning', message, description, code)),
	];
}

/** Settings may have been saved before a part came into the house. */
export function complete(version: SettingsVersion): SettingsVersion {
	return { ...version, settings: completeSettings(version.settings) };
}

interface Saved {
	client: string;
	before?: SettingsVersion;
	settings: ClientSettings;
	saved: SavedVersion;
	notes: readonly string[];
	run: LedgerRun;
}

/** What was saved, with the difference to the version before in words. */
export function told({ client, before, settings, saved, notes, run }: Saved): object {
	return {
		client, name: settings.name, mode: settings.mode, version: saved.version, changed: saved.changed,
		changes: !before || !saved.changed ? [] : compareSettings(complete(before).settings, settings).map(({ change }) => change),
		warnings: warningsOf(settings, run.now(), notes),
	};
}

/** Who saves, and on what. */
export function readSaving(ctx: IExecuteFunctions, itemIndex: number): { by?: string; expectedVersion?: number } {
	const { by, expectedVersion } = ctx.getNodeParameter('saveOptions', itemIndex, {}) as { by?: unknown; expectedVersion?: unknown };
	if (expectedVersion === undefined || expectedVersion === '') return { by: readText(by) };
	const version = Number(expectedVersion);
	if (Number.isInteger(version) && version >= 0) return { by: readText(by), expectedVersion: version };
	throw new LeadError('EXPECTED_VERSION_INVALID', '"Expected Version" is not a version', 'Set "Expected Version" to the version that you changed, such as 3; 0 means that nothing is saved yet.');
}

async function refuseDefault({ ledger }: LedgerRun, client: string): Promise<void> {
	if (client !== 'default' || !(await ledger.listClients()).some(({ key }) => key !== 'default')) return;
	throw new LeadError('DEFAULT_CLIENT_CLOSED', 'Client \'default\' can\'t be used beside other clients', 'Set "Client" to a key of its own, such as acme.');
}
