import { DateTime } from 'luxon';
import type { IExecuteFunctions } from 'n8n-workflow';
import { isObject } from '../../lead/isObject';
import { LeadError, throwProblems, type Problem } from '../../lead/leadError';
import { checkRules } from '../../lead/route/checkRules';
import { listsOfClient, rulesOfClient } from '../../lead/route/clientRules';
import { checkSettings } from '../../lead/settings/checkSettings';
import type { ClientSettings } from '../../lead/settings/clientSettings';
import { applyRows } from '../../lead/settings/rows/applyRows';
import type { RowsMode } from '../../lead/settings/rows/draft';
import { tabNames, type TabName } from '../../lead/settings/rows/tabs';
import type { GivenRow } from '../../lead/settings/rows/readRows';
import { settingsWarnings } from '../../lead/settings/settingsWarnings';
import { startSettings, startWarnings } from '../../lead/settings/settingsState';
import type { SavedVersion, SettingsVersion } from '../../ledger/ledger';
import { nameClient } from '../../lead/settings/clientSettings';
import type { LedgerRun } from '../operations';
import { readClient, readText } from '../settings';

/** Settings that were read from wherever the operator keeps them. */
export interface GivenSettings {
	/** As written, without defaults; it tells what was left out. */
	document: unknown;
	/** Absent when there is any problem. */
	settings?: ClientSettings;
	problems: Problem[];
	/** What was left out or assumed. */
	notes: string[];
}

/** Checks a whole document. Rules are checked when the rest is right, because they rest on teams, members and policies. */
export function checkDocument(document: unknown): GivenSettings {
	const { settings, problems } = checkSettings(document);
	if (!settings) return { document, problems, notes: [] };
	const slaPolicies = settings.slaPolicies.map(({ name }) => name);
	const { rules, problems: tableProblems } = rulesOfClient(settings);
	const wrong = [...tableProblems, ...checkRules({ rules, people: settings, fallbackQueue: settings.fallbackQueue, slaPolicies, lists: listsOfClient(settings), inNode: false })];
	return { document, problems: wrong, notes: [], ...(wrong.length === 0 ? { settings } : {}) };
}

/** The document that this item gives as JSON, checked. */
export function readJson(ctx: IExecuteFunctions, itemIndex: number): GivenSettings {
	const given = ctx.getNodeParameter('settings', itemIndex);
	const checked = checkDocument(given);
	return typeof given === 'string' && checked.settings ? { ...checked, document: JSON.parse(given) as unknown } : checked;
}

/** What settings become by rows, checked; a client without settings begins with a calendar and a target. */
export function readFromRows(rows: readonly GivenRow[], place: { client: string; current?: SettingsVersion; timeZone: string; mode: RowsMode; tab?: TabName }): GivenSettings {
	const { client, current, timeZone, mode, tab } = place;
	const applied = applyRows(current?.settings ?? startSettings(client, timeZone), rows, { mode, tab });
	const notes = [...applied.warnings, ...(current ? [] : startWarnings(applied.parts))];
	if (applied.problems.length > 0) return { document: applied.document, problems: applied.problems, notes };
	return { ...checkDocument(applied.document), notes };
}

/** The tab that "Tab" or "Part" names; undefined for "Recognize by Columns". */
export function readTab(ctx: IExecuteFunctions, name: 'part' | 'tab', itemIndex: number): TabName | undefined {
	const given = ctx.getNodeParameter(name, itemIndex) as string;
	return tabNames.find((tab) => tab === given);
}

/** The incoming items as rows, by the client that each names, with the numbers of its items. */
export function rowsByClient(ctx: IExecuteFunctions): Map<string, { rows: GivenRow[]; items: number[] }> {
	const clients = new Map<string, { rows: GivenRow[]; items: number[] }>();
	for (const [itemIndex, { json }] of ctx.getInputData().entries()) {
		const client = readClient(ctx, itemIndex);
		const found = clients.get(client) ?? { rows: [], items: [] };
		found.rows.push(json);
		found.items.push(itemIndex);
		clients.set(client, found);
	}
	return clients;
}

/** The row that a change tells: the incoming item itself, or the fields of the panel. */
export function readChange(ctx: IExecuteFunctions, part: TabName, itemIndex: number): GivenRow {
	if (ctx.getNodeParameter('valuesFrom', itemIndex) === 'item') return ctx.getInputData()[itemIndex]?.json ?? {};
	const read = (name: string) => dateText(ctx.getNodeParameter(name, itemIndex, ''));
	if (part === 'timeOff') return { Member: read('member'), From: read('firstDay'), To: read('lastDay') };
	if (part === 'holidays') return { Date: read('date'), Hours: read('hours'), Calendar: read('calendar') };
	const given = ctx.getNodeParameter('fields', itemIndex);
	const fields = typeof given === 'string' ? parse(given) : given;
	if (isObject(fields)) return fields;
	throw new LeadError('FIELDS_NOT_JSON', '"Fields" is not a JSON object', 'Write "Fields" as {"Name": "Mia Example", "Weight": 2}.');
}

/** Warnings and notes of settings, as sentences; `now` tells which days lie ahead. */
export function warningsOf(settings: ClientSettings, now: Date, notes: readonly string[] = []): string[] {
	return [...notes, ...settingsWarnings(settings, todayIn(settings.timeZone, now)).map(({ message }) => message)];
}

export function todayIn(timeZone: string, now: Date): string {
	return DateTime.fromJSDate(now, { zone: timeZone }).toISODate() ?? now.toISOString().slice(0, 10);
}

/** The newest version that is saved. @throws LeadError `CLIENT_NOT_SET_UP`, `NO_SETTINGS`, `VERSION_UNKNOWN`. */
export async function savedSettings(run: LedgerRun, client: string, version?: number): Promise<SettingsVersion> {
	await run.client(client);
	const saved = await run.ledger.getSettings({ client, version });
	if (saved) return saved;
	if (version !== undefined && (await run.ledger.getSettings({ client }))) {
		throw new LeadError('VERSION_UNKNOWN', `${nameClient(client)} has no version ${version}`, 'Set the version to one that was saved: they count from 1, and 0 means the newest.');
	}
	throw new LeadError('NO_SETTINGS', `No settings are saved for client '${client}'`, 'Save them with the operation Save Settings, or choose another "Client".');
}

/** Tries as often as somebody else is quicker; each time on what they saved. */
const mostTries = 20;

/**
 * Reads what holds, makes the next version of it, and saves that only if nobody saved meanwhile; else once more.
 *
 * @param make - Throws when there is anything wrong.
 */
export async function changeSaved(
	{ ledger, now }: LedgerRun,
	{ client, by, expectedVersion }: { client: string; by?: string; expectedVersion?: number },
	make: (current: SettingsVersion | undefined) => ClientSettings,
): Promise<{ before?: SettingsVersion; settings: ClientSettings; saved: SavedVersion }> {
	for (let tries = 0; tries < mostTries; tries++) {
		const before = await ledger.getSettings({ client });
		if (expectedVersion !== undefined && expectedVersion !== (before?.version ?? 0)) {
			throw new LeadError('SETTINGS_CHANGED_SINCE', `${nameClient(client)} has version ${before?.version ?? 0} by now`, `Version ${expectedVersion} is in "Expected Version": look at what was changed since with the operation Compare Settings, then save again.`);
		}
		const settings = make(before);
		const saved = await ledger.saveSettings({ client, settings, by, at: now().toISOString(), expectedVersion: before?.version ?? 0 });
		if (!saved.conflict) return { before, settings, saved };
	}
	throw new LeadError('LEDGER_BUSY', 'These settings change all the time', 'Run the workflow again: others save settings of this client at the same moment.');
}

/** The settings, when nothing is wrong. @throws LeadError with all problems. */
export function orThrow({ settings, problems }: GivenSettings): ClientSettings {
	throwProblems(problems);
	return settings as ClientSettings;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text === '' ? '{}' : text);
	} catch {
		return undefined;
	}
}

/** A date may come as what an expression such as $now makes; only its day counts. */
function dateText(value: unknown): unknown {
	const { toISODate } = (value ?? {}) as { toISODate?: unknown };
	return typeof toISODate === 'function' ? String((value as DateTime).toISODate()) : typeof value === 'string' ? readText(value) : value;
}
