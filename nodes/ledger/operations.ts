import type { LedgerFiles } from './keepLedger';
import type { Ledger } from './ledger';
import type { Operation, OperationContext } from './operation';
import { findAnswer, getAnswerSecret, keepAnswer } from './operations/answers';
import { findCandidates } from './operations/candidates';
import { capture } from './operations/capture';
import { deleteClient, exportRows } from './operations/clientRows';
import { getClient, getSettings, listClients, saveSettings } from './operations/clients';
import { getClock, listClocks, listDueClocks, startClock, updateClock } from './operations/clocks';
import { countRows, getNote, openStaging, passSteps, readRows, replaceByStaged, setNote, stageRows } from './operations/copy';
import { correctIntent, correctOwner, listCorrections } from './operations/corrections';
import { getDecision, getDecisions, recordDecision } from './operations/decisions';
import { erasePerson, findTraces, previewErasure, wasErased } from './operations/erase';
import { recordEvent } from './operations/events';
import { listExceptions } from './operations/exceptions';
import { keepApart, setExternalId } from './operations/externalIds';
import { countKnownRecords, findKnownRecords, hasKnownRecords, writeKnownRecords } from './operations/knownRecords';
import { listHeldLeads } from './operations/heldLeads';
import { listAssigned } from './operations/assignedLeads';
import { refreshFacts } from './operations/leadFacts';
import { getLead, listLeads } from './operations/leads';
import { recordMatch } from './operations/match';
import { getHandovers, reassignLead } from './operations/reassign';
import { releaseLead } from './operations/release';
import { resetTestLeads } from './operations/reset';
import { applyRetention, listRemovedCounts } from './operations/retention';
import { changeReviewItem, getReviewItem, listReviewItems, listRouted, openSample, settleReviewItem } from './operations/reviewWork';
import { countOpenLeads, getAssignment, getRotation, takeTurn } from './operations/rotation';
import { readMerge, splitMerge } from './operations/splitMerge';
import { spend } from './operations/spend';
import { claimStep, confirmStep } from './operations/steps';
import { listStuckLeads } from './operations/stuckLeads';
import { takeLead } from './operations/takeLead';
import { tallyLeads } from './operations/tally';
import { listUndelivered } from './operations/undeliveredLeads';
import { undoMatch } from './operations/undoMatch';

/** Every method of the ledger but `close` and what a driver does in its own way. */
export type LedgerMethod = Exclude<keyof Ledger, 'close' | keyof LedgerFiles>;

type OperationFor<Method extends LedgerMethod> = (
	context: OperationContext,
	...input: Parameters<Ledger[Method]>
) => Operation<Awaited<ReturnType<Ledger[Method]>>>;

/** What each method does, the same for every driver. A `write` needs the write lock from its start. */
export const operations: { [Method in LedgerMethod]: { kind: 'read' | 'write'; run: OperationFor<Method> } } = {
	saveSettings: { kind: 'write', run: saveSettings },
	getClient: { kind: 'read', run: getClient },
	getSettings: { kind: 'read', run: getSettings },
	listClients: { kind: 'read', run: listClients },
	exportRows: { kind: 'read', run: exportRows },
	deleteClient: { kind: 'write', run: deleteClient },
	capture: { kind: 'write', run: capture },
	findCandidates: { kind: 'read', run: findCandidates },
	recordMatch: { kind: 'write', run: recordMatch },
	undoMatch: { kind: 'write', run: undoMatch },
	getDecision: { kind: 'read', run: getDecision },
	getDecisions: { kind: 'read', run: getDecisions },
	recordDecision: { kind: 'write', run: recordDecision },
	getAnswerSecret: { kind: 'write', run: getAnswerSecret },
	findAnswer: { kind: 'write', run: findAnswer },
	keepAnswer: { kind: 'write', run: keepAnswer },
	spend: { kind: 'write', run: spend },
	getRotation: { kind: 'read', run: getRotation },
	releaseLead: { kind: 'write', run: releaseLead },
	getHandovers: { kind: 'read', run: getHandovers },
	reassignLead: { kind: 'write', run: reassignLead },
	getAssignment: { kind: 'read', run: getAssignment },
	takeTurn: { kind: 'write', run: takeTurn },
	countOpenLeads: { kind: 'read', run: countOpenLeads },
	startClock: { kind: 'write', run: startClock },
	getClock: { kind: 'read', run: getClock },
	listDueClocks: { kind: 'read', run: listDueClocks },
	listHeldLeads: { kind: 'read', run: listHeldLeads },
	listStuckLeads: { kind: 'read', run: listStuckLeads },
	listUndelivered: { kind: 'read', run: listUndelivered },
	updateClock: { kind: 'write', run: updateClock },
	claimStep: { kind: 'write', run: claimStep },
	confirmStep: { kind: 'write', run: confirmStep },
	recordEvent: { kind: 'write', run: recordEvent },
	takeLead: { kind: 'write', run: takeLead },
	getLead: { kind: 'read', run: getLead },
	listLeads: { kind: 'read', run: listLeads },
	refreshFacts: { kind: 'write', run: refreshFacts },
	tallyLeads: { kind: 'read', run: tallyLeads },
	listAssigned: { kind: 'read', run: listAssigned },
	listReviewItems: { kind: 'read', run: listReviewItems },
	getReviewItem: { kind: 'read', run: getReviewItem },
	changeReviewItem: { kind: 'write', run: changeReviewItem },
	settleReviewItem: { kind: 'write', run: settleReviewItem },
	openSample: { kind: 'write', run: openSample },
	listRouted: { kind: 'read', run: listRouted },
	keepApart: { kind: 'write', run: keepApart },
	setExternalId: { kind: 'write', run: setExternalId },
	resetTestLeads: { kind: 'write', run: resetTestLeads },
	findKnownRecords: { kind: 'read', run: findKnownRecords },
	writeKnownRecords: { kind: 'write', run: writeKnownRecords },
	countKnownRecords: { kind: 'read', run: countKnownRecords },
	correctOwner: { kind: 'write', run: correctOwner },
	correctIntent: { kind: 'write', run: correctIntent },
	readMerge: { kind: 'read', run: readMerge },
	splitMerge: { kind: 'write', run: splitMerge },
	listCorrections: { kind: 'read', run: listCorrections },
	listExceptions: { kind: 'read', run: listExceptions },
	listClocks: { kind: 'read', run: listClocks },
	applyRetention: { kind: 'write', run: applyRetention },
	listRemovedCounts: { kind: 'read', run: listRemovedCounts },
	previewErasure: { kind: 'read', run: previewErasure },
	erasePerson: { kind: 'write', run: erasePerson },
	wasErased: { kind: 'read', run: wasErased },
	findTraces: { kind: 'read', run: findTraces },
	getNote: { kind: 'read', run: getNote },
	setNote: { kind: 'write', run: setNote },
	countRows: { kind: 'read', run: countRows },
	readRows: { kind: 'read', run: readRows },
	openStaging: { kind: 'write', run: openStaging },
	stageRows: { kind: 'write', run: stageRows },
	replaceByStaged: { kind: 'write', run: replaceByStaged },
	passSteps: { kind: 'write', run: passSteps },
	hasKnownRecords: { kind: 'read', run: hasKnownRecords },
};

/** The methods by name. */
export const ledgerMethods = Object.keys(operations) as LedgerMethod[];
