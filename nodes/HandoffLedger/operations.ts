import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { openRun, type Run } from '../host/openRun';
import { runNode } from '../host/runNode';
import { sortLeads } from '../host/sortLeads';
import { toNodeError } from '../host/toNodeError';
import { LeadError } from '../lead/leadError';
import type { Ledger } from '../ledger/ledger';
import { auditLeads } from './report/auditOperation';
import { backToTest, compareSettings, deleteClient, exportClient, getSettings, goLive, listClients, listVersions } from './client/clientOperations';
import { correctLead } from './lead/correctionOperations';
import { erasePerson } from './person/eraseOperation';
import { addLookedUp, checkLookUp } from './lead/enrichOperations';
import { explainLead } from './lead/explainOperation';
import { applyRetention, backUpLedger, moveToPostgres, restoreLedger } from './ledgerFile/keepOperations';
import { loadRecords } from './knownRecord/knownRecordOperations';
import { applySuggestion, listExceptions, listSuggestions } from './report/learnOperations';
import { getLead, recordEvent, resetTestLeads, setExternalId } from './lead/leadOperations';
import { listCorrections } from './report/listCorrectionsOperation';
import { listLeads } from './lead/listLeadsOperation';
import { changeReviewItem, drawSample, listReviewItems, settleReviewItem } from './reviewItem/reviewOperations';
import { tellFairness } from './report/fairnessOperation';
import { tellLift } from './report/liftOperation';
import { surveyClients } from './report/overviewOperation';
import { writePlaybook } from './report/playbookOperation';
import { writeReport } from './report/reportOperation';
import { measureHandoff } from './report/scorecardOperation';
import { changeSettings, checkGiven, saveRows, saveSettings } from './client/saveOperations';
import { readClient, type OperationName } from './settings';
import { orThrow, readJson } from './client/settingsSource';

/** A run that has a ledger: this node is nothing without one. */
export interface LedgerRun extends Run {
	ledger: Ledger;
	/** Tells the operator something beside the items, the same only once. */
	hint(message: string | undefined): void;
}

/** One item in, one item out. */
type ForEachItem = (ctx: IExecuteFunctions, run: LedgerRun, itemIndex: number) => Promise<object>;
/** Once for all items, with the settings of the first. */
type Once = (ctx: IExecuteFunctions, run: LedgerRun) => Promise<object[]>;
/** Once for all items, each of which may be part of another result. */
type Together = (ctx: IExecuteFunctions, run: LedgerRun) => Promise<INodeExecutionData[]>;

const forEachItem: Partial<Record<OperationName, ForEachItem>> = { addLookedUp, checkLookUp, saveSettings, changeSettings, getSettings, getLead, explainLead, recordEvent, setExternalId, correctLead, changeReviewItem, settleReviewItem, applySuggestion, erasePerson };
const once: Partial<Record<OperationName, Once>> = {
	backToTest, compareSettings, deleteClient, exportClient, goLive, listClients, listLeads, resetTestLeads, scorecard: measureHandoff, fairness: tellFairness, lift: tellLift,
	listCorrections, listExceptions, listSuggestions, listVersions, listReviewItems, drawSample, restore: restoreLedger, moveToPostgres, applyRetention,
};
const together: Partial<Record<OperationName, Together>> = { checkSettings: checkGiven, loadKnownRecords: loadRecords, backUp: backUpLedger, writeReport, writePlaybook, overview: surveyClients };
/** Operations of which an item is no lead, so that "Execute Once" loses none. */
const notOfLeads: readonly OperationName[] = ['saveSettings', 'changeSettings', 'getSettings', 'applySuggestion'];

/** Runs the chosen operation on the items that came in. */
export async function runOperation(ctx: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runNode(ctx, {}, async () => {
		const operation = ctx.getNodeParameter('operation', 0) as OperationName;
		// the audit of an export comes before there is anything to keep
		if (operation === 'auditLeads') return [await auditLeads(ctx, { now: () => new Date(), timeZone: ctx.getTimezone(), hint: startHinting(ctx) })];
		const whole = operation === 'saveSettings' && ctx.getNodeParameter('settingsAs', 0, 'json') === 'rows' ? saveRows : together[operation];
		if (whole) return [await whole(ctx, await openLedgerRun(ctx))];
		const each = forEachItem[operation];
		return each ? await runForEachItem(ctx, operation, each) : [await runOnce(ctx, once[operation] ?? unknownOperation)];
	});
}

async function runForEachItem(ctx: IExecuteFunctions, operation: OperationName, each: ForEachItem): Promise<INodeExecutionData[][]> {
	if (operation === 'saveSettings') refuseBadDocuments(ctx);
	const run = await openLedgerRun(ctx);
	return await sortLeads(
		ctx,
		{ outputs: 1, failedOutput: 0, allowExecuteOnce: notOfLeads.includes(operation) },
		async (_item, itemIndex) => ({ output: 0, json: await each(ctx, run, itemIndex) }),
	);
}

async function runOnce(ctx: IExecuteFunctions, work: Once): Promise<INodeExecutionData[]> {
	const rows = await work(ctx, await openLedgerRun(ctx));
	return rows.map((json) => ({ json: json as IDataObject, pairedItem: { item: 0 } }));
}

async function openLedgerRun(ctx: IExecuteFunctions): Promise<LedgerRun> {
	const run = await openRun(ctx, { evenMoved: ctx.getNodeParameter('operation', 0) === 'restore', savesSettings: true });
	if (run.ledger) return { ...run, ledger: run.ledger, hint: startHinting(ctx) };
	throw new LeadError('LEDGER_NEEDED', 'Handoff Ledger needs a ledger', 'Set "Ledger" to Embedded or PostgreSQL.');
}

function startHinting(ctx: IExecuteFunctions): LedgerRun['hint'] {
	const told = new Set<string>();
	return (message) => {
		if (message === undefined || told.has(message)) return;
		told.add(message);
		ctx.addExecutionHints({ message, location: 'outputPane' });
	};
}

/** Documents are checked before the first is saved, so that a run with one bad document saves none. */
function refuseBadDocuments(ctx: IExecuteFunctions): void {
	if (ctx.continueOnFail()) return;
	for (const itemIndex of ctx.getInputData().keys()) {
		try {
			readClient(ctx, itemIndex);
			orThrow(readJson(ctx, itemIndex));
		} catch (caught) {
			throw toNodeError(ctx, caught, itemIndex);
		}
	}
}

function unknownOperation(): never {
	throw new LeadError('OPERATION_UNKNOWN', 'This operation is not known', 'Choose an "Operation" from the list.');
}
