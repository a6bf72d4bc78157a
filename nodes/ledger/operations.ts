import type { Ledger } from './ledger';
import type { Operation, OperationContext } from './operation';
import { findAnswer, getAnswerSecret, keepAnswer } from './operations/answers';
import { findCandidates } from './operations/candidates';
import { capture } from './operations/capture';
import { deleteClient, exportRows } from './operations/clientRows';
import { getClient, getSettings, listClients, saveSettings } from './operations/clients';
import { getClock, listClocks, listDueClocks, startClock, updateClock } from './operations/clocks';
import { getDecision, recordDecision } from './operations/decisions';
import { recordEvent } from './operations/events';
import { getLead, listLeads } from './operations/leads';
import { recordMatch } from './operations/match';
import { releaseLead } from './operations/release';
import { resetTestLeads } from './operations/reset';
import { countOpenLeads, getAssignment, getRotation, takeTurn } from './operations/rotation';
import { scorecardRows } from './operations/scorecard';
import { claimStep, confirmStep } from './operations/steps';
import { listStuckLeads } from './operations/stuckLeads';
import { addTokens } from './operations/tokens';
import { undoMatch } from './operations/undoMatch';

/** Every method of the ledger but `close`. */
export type LedgerMethod = Exclude<keyof Ledger, 'close'>;

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
	recordDecision: { kind: 'write', run: recordDecision },
	getAnswerSecret: { kind: 'write', run: getAnswerSecret },
	findAnswer: { kind: 'write', run: findAnswer },
	keepAnswer: { kind: 'write', run: keepAnswer },
	addTokens: { kind: 'write', run: addTokens },
	getRotation: { kind: 'read', run: getRotation },
	releaseLead: { kind: 'write', run: releaseLead },
	getAssignment: { kind: 'read', run: getAssignment },
	takeTurn: { kind: 'write', run: takeTurn },
	countOpenLeads: { kind: 'read', run: countOpenLeads },
	startClock: { kind: 'write', run: startClock },
	getClock: { kind: 'read', run: getClock },
	listClocks: { kind: 'read', run: listClocks },
	listDueClocks: { kind: 'read', run: listDueClocks },
	listStuckLeads: { kind: 'read', run: listStuckLeads },
	updateClock: { kind: 'write', run: updateClock },
	claimStep: { kind: 'write', run: claimStep },
	confirmStep: { kind: 'write', run: confirmStep },
	recordEvent: { kind: 'write', run: recordEvent },
	getLead: { kind: 'read', run: getLead },
	listLeads: { kind: 'read', run: listLeads },
	scorecardRows: { kind: 'read', run: scorecardRows },
	resetTestLeads: { kind: 'write', run: resetTestLeads },
};

/** The methods by name. */
export const ledgerMethods = Object.keys(operations) as LedgerMethod[];
