import type { IExecuteFunctions } from 'n8n-workflow';
import { LeadError } from '../../lead/leadError';
import { compareSettings as compare } from '../../lead/settings/compareSettings';
import { nameClient } from '../../lead/settings/clientSettings';
import { clientTables } from '../../ledger/tables';
import type { LedgerRun } from '../operations';
import { complete, readSaving, told } from './saveOperations';
import { readClient, readMomentSetting, readMomentText, readText } from '../settings';
import { changeSaved, checkDocument, orThrow, savedSettings } from './settingsSource';

/** For each item, because items may be of several clients. */
export async function getSettings(ctx: IExecuteFunctions, run: LedgerRun, itemIndex: number): Promise<object> {
	const client = readClient(ctx, itemIndex);
	const { settings, version, savedAt, savedBy } = await savedSettings(run, client, readVersion(ctx, 'version', 'Version', itemIndex));
	// by the system that they come from, as far as they were loaded for live leads; counting many takes time
	const counted = ctx.getNodeParameter('countKnownRecords', itemIndex, false) === true;
	const knownRecords = counted ? { knownRecords: await run.ledger.countKnownRecords({ client, test: false }) } : {};
	return { client, name: settings.name, mode: settings.mode, version, savedAt, savedBy, ...knownRecords, settings };
}

export async function listClients(_ctx: IExecuteFunctions, { ledger }: LedgerRun): Promise<object[]> {
	return (await ledger.listClients()).map(({ key, name, mode, version }) => ({ client: key, name, mode, version }));
}

/** One item for each difference; by default between the newest version and the one before. */
export async function compareSettings(ctx: IExecuteFunctions, run: LedgerRun): Promise<object[]> {
	const client = readClient(ctx, 0);
	const to = await savedSettings(run, client, readVersion(ctx, 'toVersion', 'To Version'));
	const asked = readVersion(ctx, 'fromVersion', 'From Version');
	const place = { client, toVersion: to.version, savedAt: to.savedAt, savedBy: to.savedBy };
	if (asked === undefined && to.version === 1) return [{ ...place, fromVersion: null, part: null, change: 'This is the first version', before: null, after: null }];
	const from = await savedSettings(run, client, asked ?? to.version - 1);
	const differences = compare(complete(from).settings, complete(to).settings);
	const rows = differences.length > 0 ? differences : [{ part: null, change: 'Nothing differs', before: null, after: null }];
	return rows.map((row) => ({ change: row.change, part: row.part, ...place, fromVersion: from.version, before: row.before, after: row.after }));
}

/** Versions that are told, the newest ones; any older two are told by Compare Settings. */
const mostVersions = 200;

/** Who changed what when: one item for each version, newest first. */
export async function listVersions(ctx: IExecuteFunctions, run: LedgerRun): Promise<object[]> {
	const client = readClient(ctx, 0);
	let newer = await savedSettings(run, client);
	const rows: object[] = [];
	while (rows.length < mostVersions) {
		const older = newer.version > 1 ? await run.ledger.getSettings({ client, version: newer.version - 1 }) : undefined;
		const changes = older ? compare(complete(older).settings, complete(newer).settings).map(({ change }) => change) : ['First version'];
		rows.push({ client, version: newer.version, savedAt: newer.savedAt, savedBy: newer.savedBy, changes });
		if (!older) break;
		newer = older;
	}
	return rows;
}

/** Test to live, or back. Going live needs settings that pass today's check. */
export async function goLive(ctx: IExecuteFunctions, run: LedgerRun): Promise<object[]> {
	const client = readClient(ctx, 0);
	const given = readMomentText((ctx.getNodeParameter('liveOptions', 0, {}) as { countFrom?: unknown }).countFrom);
	await savedSettings(run, client);
	const { before, settings, saved } = await changeSaved(run, { client, by: readBy(ctx, 'liveOptions') }, (current) => {
		const checked = orThrow(checkDocument(current?.settings));
		const countFrom = given && readMomentSetting(given, checked.timeZone, 'Count Scorecard From');
		return { ...checked, mode: 'live', liveSince: countFrom ?? (checked.mode === 'live' ? checked.liveSince : run.now().toISOString()) };
	});
	return [{ ...told({ client, before, settings, saved, notes: [], run }), liveSince: settings.liveSince ?? null }];
}

export async function backToTest(ctx: IExecuteFunctions, run: LedgerRun): Promise<object[]> {
	const client = readClient(ctx, 0);
	await savedSettings(run, client);
	const { before, settings, saved } = await changeSaved(run, { client, ...readSaving(ctx, 0) }, (current) => ({ ...orThrow(checkDocument(current?.settings)), mode: 'test' }));
	return [told({ client, before, settings, saved, notes: [], run })];
}

/** Rows that are read from the ledger at once. */
const pageSize = 500;

/** Everything that the ledger knows of a client: each version of its settings, each lead with all that belongs to it. */
export async function exportClient(ctx: IExecuteFunctions, run: LedgerRun): Promise<object[]> {
	const client = readClient(ctx, 0);
	const saved = await run.client(client);
	const perRow = ctx.getNodeParameter('giveExport', 0) === 'rows';
	const exportedAt = run.now().toISOString();
	const tables: Record<string, object[]> = {};
	for (const { name } of clientTables) {
		const kind = name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
		tables[kind] = [];
		let after: (string | number | null)[] | undefined;
		do {
			const page = await run.ledger.exportRows({ client, table: name, after, limit: pageSize });
			tables[kind].push(...page.rows);
			after = page.next;
		} while (after);
	}
	if (perRow) return Object.entries(tables).flatMap(([kind, rows]) => rows.map((record) => ({ client, kind, record })));
	return [{ client, name: saved?.settings.name ?? client, exportedAt, ...tables }];
}

export async function deleteClient(ctx: IExecuteFunctions, run: LedgerRun): Promise<object[]> {
	const client = readClient(ctx, 0);
	if (readText(ctx.getNodeParameter('confirmKey', 0, ''))?.toLowerCase() !== client) {
		throw new LeadError('KEY_NOT_CONFIRMED', 'The key was not typed again', `Write the key of the client in "Type the Key Again": everything of ${nameClient(client).replace(/^C/, 'c')} will be removed, its live leads too.`);
	}
	await run.client(client);
	const { found, leads, versions } = await run.ledger.deleteClient(client);
	return [{ client, deleted: found, removedLeads: leads, removedVersions: versions }];
}

function readBy(ctx: IExecuteFunctions, options: 'liveOptions' | 'saveOptions'): string | undefined {
	return readText((ctx.getNodeParameter(options, 0, {}) as { by?: unknown }).by);
}

/** A version from 1; undefined for 0, which means the newest, or the one before it. */
function readVersion(ctx: IExecuteFunctions, name: string, label: string, itemIndex = 0): number | undefined {
	const given = ctx.getNodeParameter(name, itemIndex, 0);
	const version = given === '' || given === null ? 0 : Number(given);
	if (Number.isInteger(version) && version >= 0) return version === 0 ? undefined : version;
	throw new LeadError('VERSION_INVALID', `"${label}" is not a version`, `Set "${label}" to a whole number from 1, or to 0.`);
}
