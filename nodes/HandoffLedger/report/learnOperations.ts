import type { IExecuteFunctions } from 'n8n-workflow';
import { clientRouter } from '../../host/clientRouter';
import { readLedgerLeads } from '../../host/readLedgerLeads';
import { createMask } from '../../lead/classify/mask';
import { LeadError } from '../../lead/leadError';
import { exceptionTypes, tellException } from '../../lead/measure/exceptions';
import { readPeriod } from '../../lead/measure/periods';
import { suggestImprovements, withSuggestion, type SuggestedChange, type Suggestion } from '../../lead/measure/suggestions';
import { readRecord } from '../../lead/readRecord';
import { compareRouters, summarize } from '../../lead/route/simulate';
import { compareSettings } from '../../lead/settings/compareSettings';
import type { ClientSettings } from '../../lead/settings/clientSettings';
import { sheetCells } from '../../lead/sheetCells';
import type { Scope, SettingsVersion } from '../../ledger/ledger';
import type { LedgerRun } from '../operations';
import { readPeriodChoice } from './periodSetting';
import { complete } from '../client/saveOperations';
import { readClient, readTestLeads, readText } from '../settings';
import { changeSaved, checkDocument, orThrow, savedSettings, warningsOf } from '../client/settingsSource';

/** Newest leads that a rule is tried on before it is saved. */
const simulatedLeads = 500;
/** Leads that a row names as evidence. */
const mostNamed = 20;

/** List Exceptions: misroutes, doubts and disputes of a period, a row each. */
export async function listExceptions(ctx: IExecuteFunctions, run: LedgerRun): Promise<object[]> {
	const client = readClient(ctx, 0);
	const { from, to } = await readTime(ctx, run, client);
	const found = await run.ledger.listExceptions({ client, test: readTestLeads(ctx, 0), from, to, types: exceptionTypes });
	return found.flatMap((one) => {
		const told = tellException(one);
		if (!told) return [];
		const { leadId, at, by, queue, owner, settledAt, outcome } = one;
		return [sheetCells({ at, kind: told.kind, what: told.what, queue, owner, by, settledAt, outcome, leadId })];
	});
}

/** List Suggestions: what repeated corrections of a period teach, each with its evidence. Nothing is changed. */
export async function listSuggestions(ctx: IExecuteFunctions, run: LedgerRun): Promise<object[]> {
	const client = readClient(ctx, 0);
	const saved = complete(await savedSettings(run, client));
	return (await suggest(ctx, run, { client, test: readTestLeads(ctx, 0) }, saved.settings)).map((one) => tell(client, one));
}

/** Apply Suggestion: tried on the newest leads, checked, and saved as a new version when Mode is Save It. */
export async function applySuggestion(ctx: IExecuteFunctions, run: LedgerRun, itemIndex: number): Promise<object> {
	const client = readClient(ctx, itemIndex);
	const scope = { client, test: readTestLeads(ctx, itemIndex) };
	const wanted = readText(ctx.getNodeParameter('suggestionId', itemIndex, ''));
	const current = await savedSettings(run, client);
	const found = (await suggest(ctx, run, scope, complete(current).settings)).find(({ id }) => id === wanted);
	if (!found) return { client, suggestionId: wanted ?? null, applied: false, because: 'There is no such suggestion in this period, or it was applied before' };
	const save = ctx.getNodeParameter('applyMode', itemIndex, 'preview') === 'save';
	if (found.change.kind === 'neverMatch') return { ...(await keepApart(run, scope, found.change, save)), ...tell(client, found) };
	const { settings, trial } = await tryOut(run, scope, current, found.change);
	const told = { changes: compareSettings(complete(current).settings, settings).map(({ change }) => change), trial, ...tell(client, found), warnings: warningsOf(settings, run.now()) };
	// what became of it comes first, for it is what one looks for
	if (!save) return { applied: false, version: current.version, because: 'A preview: set "Mode" to Save It to save this as a new version', ...told };
	if (scope.test && current.settings.mode === 'live') return { applied: false, version: current.version, because: 'Test leads change no settings of a live client', ...told };
	const by = readText(ctx.getNodeParameter('appliedBy', itemIndex, ''));
	// what was tried is what is saved: whoever saved meanwhile makes this one stop
	const { saved } = await changeSaved(run, { client, by, expectedVersion: current.version }, () => settings);
	return { applied: saved.changed, version: saved.version, because: `Saved as version ${saved.version}`, ...told };
}

async function readTime(ctx: IExecuteFunctions, run: LedgerRun, client: string): Promise<{ from: string; to: string }> {
	const saved = await run.client(client);
	const timeZone = saved?.settings.timeZone ?? run.timeZone;
	return readPeriod(readPeriodChoice(ctx, timeZone, saved?.settings.liveSince), run.now(), timeZone);
}

async function suggest(ctx: IExecuteFunctions, run: LedgerRun, scope: Scope, settings: ClientSettings): Promise<Suggestion[]> {
	const { from, to } = await readTime(ctx, run, scope.client);
	const corrections = await run.ledger.listCorrections(scope, from, to);
	return suggestImprovements(corrections, settings, (message, record) => {
		const { lead } = readRecord({ json: record, now: run.now(), newId: run.newId }).record;
		return createMask(lead, [message]).hide(message).replace(/\[[A-Z]+_\d+\]/g, '…');
	});
}

function tell(client: string, { id, text, change, evidence, against }: Suggestion): object {
	const kind = { rule: 'Rule', example: 'Example', neverMatch: 'Never Match' }[change.kind];
	return { client, suggestionId: id, kind, suggestion: text, corrections: evidence.length, leads: evidence.slice(0, mostNamed), against: against.slice(0, mostNamed), change };
}

/** The settings with the change, and what they would have made of the newest leads. @throws LeadError when they do not pass the check. */
async function tryOut(run: LedgerRun, scope: Scope, current: SettingsVersion, change: SuggestedChange): Promise<{ settings: ClientSettings; trial: object | null }> {
	const before = complete(current).settings;
	const settings = orThrow(checkDocument(withSuggestion(before, change)));
	if (change.kind !== 'rule') return { settings, trial: null };
	const records = await readLedgerLeads(run, run.ledger, scope, simulatedLeads);
	const leads = compareRouters(records, { before: clientRouter(before), after: clientRouter(settings) }, () => {
		throw new LeadError('NO_EXPRESSIONS', 'Expressions are not evaluated in a trial', 'Use field paths in rules of the client settings.');
	});
	const { changed, changedQueue, changedOwner } = summarize(leads);
	return { settings, trial: { leads: leads.length, changed, changedQueue, changedOwner, changedLeads: leads.filter(({ differences }) => differences.length > 0).slice(0, mostNamed).map(({ leadId, differences }) => ({ leadId, differences: differences.join('; ') })) } };
}

async function keepApart(run: LedgerRun, scope: Scope, { leadId, otherLeadId }: { leadId: string; otherLeadId: string }, save: boolean): Promise<object> {
	const [one, other] = [await run.ledger.getLead(scope, { leadId }), await run.ledger.getLead(scope, { leadId: otherLeadId })];
	if (!one || !other) return { applied: false, because: 'One of these leads is gone' };
	if (one.personId === other.personId) return { applied: false, because: 'Both leads are of one person: take the merge apart with Correct Lead first' };
	if (!save) return { applied: false, because: 'A preview: set "Mode" to Save It to keep these two apart' };
	const kept = await run.ledger.keepApart({ ...scope, personId: one.personId, otherId: other.personId, at: run.now().toISOString() });
	return { applied: kept, because: kept ? 'These two never match again' : 'These two were kept apart before' };
}
