import type { IExecuteFunctions } from 'n8n-workflow';
import { readMoment } from '../lead/activate/moments';
import { checkActivation, type ActivationSettings } from '../lead/activate/policy';
import { isSpan } from '../lead/activate/spans';
import { LeadError, throwProblems, type Problem } from '../lead/leadError';
import { clientKeyPattern, clientText, nameClient, type Client } from '../lead/settings/clientSettings';
import { readOwnSettings, tidyHours } from './ownSettings';

/** What this node decides by when no client settings are used. */
export interface NodeSettings {
	/** Undefined: the client's own. */
	own?: ActivationSettings;
}

export interface StartSettings extends NodeSettings {
	operation: 'start';
	output: 'full' | 'simplified';
	asOf?: Date;
	/** Whether each lead gets the message for its owner. */
	repCard: boolean;
}

export interface CheckSettings extends NodeSettings {
	operation: 'check';
	/** Undefined: all clients. */
	client?: string;
	testLeads: boolean;
	asOf?: Date;
	clocksPerCheck: number;
	alertsPerCheck: number;
	leaseSeconds: number;
	/** Whether each status has an output of its own. */
	byStatus: boolean;
	/** How many alerts to one person become one item; undefined: none do. */
	groupFrom?: number;
	/** Local time in which alerts wait, e.g. `22:00-07:00`. */
	quietHours?: string;
}

export interface UndeliveredSettings {
	operation: 'findUndelivered';
	/** Undefined: all clients. */
	client?: string;
	testLeads: boolean;
	leadsAtOnce: number;
	/** After how long the first try is followed by the second; each later wait is twice as long. */
	againSeconds: number;
}

/** Operations on the clock of one lead, named by its id. */
export interface LeadClockSettings {
	operation: 'pause' | 'resume' | 'close' | 'reassign';
}

export interface NextOpeningSettings {
	operation: 'nextOpening';
	/** Undefined: the client's own. */
	own?: ActivationSettings;
	calendar?: string;
	asOf?: Date;
}

export interface ResponseSettings extends NodeSettings {
	operation: 'recordResponse';
}

export type Settings = StartSettings | CheckSettings | ResponseSettings | LeadClockSettings | NextOpeningSettings | UndeliveredSettings | { operation: 'confirmStep' };

/**
 * Reads what holds for all leads.
 *
 * @throws LeadError with all problems at once.
 */
export function readSettings(ctx: IExecuteFunctions): Settings {
	const operation = ctx.getNodeParameter('operation', 0) as Settings['operation'];
	const withoutLedger = ctx.getNodeParameter('ledger', 0, 'embedded') === 'none';
	const problems: Problem[] = [];
	let settings: Settings;
	if (operation === 'confirmStep') {
		if (withoutLedger) problems.push({ code: 'STEP_WITHOUT_LEDGER', message: 'Confirm Step needs a ledger', description: 'Set "Ledger" to the one that Check uses: only it knows which alert is claimed.' });
		settings = { operation };
	} else if (operation === 'start') {
		const fromNode = ctx.getNodeParameter('settingsFrom', 0, 'client') === 'node';
		if (!fromNode && withoutLedger) problems.push({ code: 'CLIENT_SETTINGS_WITHOUT_LEDGER', message: 'Client settings are kept in the ledger, and "Ledger" is None', description: 'Set "Settings From" to This Node, or choose a "Ledger".' });
		settings = {
			operation,
			output: ctx.getNodeParameter('output', 0, 'full') as StartSettings['output'],
			asOf: readAsOf(ctx, problems),
			repCard: ctx.getNodeParameter('options.repCard', 0, false) as boolean,
			own: fromNode ? readOwnSettings(ctx, problems) : undefined,
		};
	} else if (operation === 'check') {
		settings = {
			operation,
			client: withoutLedger ? undefined : readClient(ctx, problems),
			testLeads: ctx.getNodeParameter('options.testLeads', 0, false) as boolean,
			asOf: readAsOf(ctx, problems),
			clocksPerCheck: ctx.getNodeParameter('options.clocksPerCheck', 0, 500) as number,
			alertsPerCheck: ctx.getNodeParameter('options.alertsPerCheck', 0, 200) as number,
			leaseSeconds: (ctx.getNodeParameter('options.alertLeaseMinutes', 0, 5) as number) * 60,
			byStatus: ctx.getNodeParameter('outputs', 0, 'one') === 'byStatus',
			groupFrom: ctx.getNodeParameter('options.groupAlerts', 0, 0) as number || undefined,
			quietHours: String(ctx.getNodeParameter('options.quietHours', 0, '') ?? '').trim() || undefined,
			own: withoutLedger ? readOwnSettings(ctx, problems) : undefined,
		};
		if (settings.asOf && !settings.testLeads && !withoutLedger && !isManual(ctx)) problems.push(asOfOnLive);
		if (!(settings.clocksPerCheck >= 1)) problems.push({ code: 'LIMIT_TOO_LOW', message: 'Clocks per Check is below 1', description: 'Set "Clocks per Check" to 1 or more.' });
		if (!(settings.alertsPerCheck >= 1)) problems.push({ code: 'LIMIT_TOO_LOW', message: 'Alerts per Check is below 1', description: 'Set "Alerts per Check" to 1 or more: what is left over follows in the next check.' });
		if (settings.groupFrom !== undefined && !(settings.groupFrom >= 2)) problems.push({ code: 'GROUP_TOO_SMALL', message: 'Group Alerts From is below 2', description: 'Set "Group Alerts From" to 2 or more, or remove this option.' });
		if (settings.quietHours !== undefined) {
			settings.quietHours = tidyHours(settings.quietHours);
			if (!isSpan(settings.quietHours)) problems.push({ code: 'QUIET_HOURS_NOT_READABLE', message: 'Quiet Hours are not readable', description: 'Write "Quiet Hours" as 22:00-07:00, or remove this option.' });
		}
		if (!(settings.leaseSeconds > 0)) problems.push({ code: 'LEASE_TOO_SHORT', message: 'Alert Lease is not above 0 minutes', description: 'Set "Alert Lease (Minutes)" to the time that sending an alert may take, such as 5.' });
	} else if (operation === 'findUndelivered') {
		if (withoutLedger) problems.push({ code: 'UNDELIVERED_WITHOUT_LEDGER', message: 'Find Undelivered needs a ledger', description: 'Set "Ledger" to the one that the handoff uses: only it knows what was not delivered.' });
		settings = {
			operation,
			client: withoutLedger ? undefined : readClient(ctx, problems),
			testLeads: ctx.getNodeParameter('options.testLeads', 0, false) as boolean,
			leadsAtOnce: ctx.getNodeParameter('options.leadsAtOnce', 0, 50) as number,
			againSeconds: (ctx.getNodeParameter('options.againMinutes', 0, 5) as number) * 60,
		};
		if (!(settings.leadsAtOnce >= 1)) problems.push({ code: 'LIMIT_TOO_LOW', message: 'Leads at Once is below 1', description: 'Set "Leads at Once" to 1 or more: what is left over follows in the next run.' });
		if (!(settings.againSeconds > 0)) problems.push({ code: 'LEASE_TOO_SHORT', message: 'Try Again After is not above 0 minutes', description: 'Set "Try Again After (Minutes)" to longer than one delivery takes, such as 5.' });
	} else if (operation === 'pause' || operation === 'resume' || operation === 'close' || operation === 'reassign') {
		if (withoutLedger) problems.push({ code: 'CLOCK_WITHOUT_LEDGER', message: 'This operation needs a ledger', description: 'Choose the "Ledger" that Start uses: it keeps the lead and its clock.' });
		settings = { operation };
	} else if (operation === 'nextOpening') {
		const fromNode = withoutLedger || ctx.getNodeParameter('settingsFrom', 0, 'client') === 'node';
		settings = {
			operation,
			own: fromNode ? readOwnSettings(ctx, problems) : undefined,
			calendar: fromNode ? undefined : String(ctx.getNodeParameter('calendar', 0, '') ?? '').trim() || undefined,
			asOf: readAsOf(ctx, problems),
		};
	} else {
		settings = { operation, own: withoutLedger ? readOwnSettings(ctx, problems) : undefined };
	}
	throwProblems(problems);
	return settings;
}

/** Said before the first lead, because a live clock that was moved by hand is worth nothing. */
export const asOfOnLive: Problem = {
	code: 'AS_OF_ON_LIVE',
	message: 'As Of is set, but live clocks would be written',
	description: 'Empty "As Of", or use it for test leads only.',
};

/**
 * What one client's leads are activated by: the node's own settings, else the client's.
 *
 * @throws LeadError when there are none, or clocks can't be started with them.
 */
export function activationSettings(own: ActivationSettings | undefined, key: string, client: Client | undefined, now: number): ActivationSettings {
	const settings = own ?? client?.settings;
	if (!settings) throw new LeadError('CLIENT_SETTINGS_MISSING', `${nameClient(key)} has no settings`, 'Save them with a Handoff Ledger node (operation Save Settings), or set "Settings From" to This Node.');
	throwProblems(checkActivation(settings, now));
	return settings;
}

function readClient(ctx: IExecuteFunctions, problems: Problem[]): string | undefined {
	if (ctx.getNodeParameter('clients', 0, 'all') !== 'one') return undefined;
	const key = clientText(ctx.getNodeParameter('client', 0, ''));
	if (!clientKeyPattern.test(key)) problems.push({ code: 'CLIENT_KEY_INVALID', message: key === '' ? 'No client is chosen' : 'This is not a client key', description: 'Set "Client" to the key of a client that was set up, such as acme, or "Clients" to All Clients.' });
	return key;
}

function readAsOf(ctx: IExecuteFunctions, problems: Problem[]): Date | undefined {
	const text = ctx.getNodeParameter('options.asOf', 0, '');
	if (text === '' || text === null || text === undefined) return undefined;
	const read = readMoment(text, ctx.getTimezone());
	if (read) return new Date(read.at);
	problems.push({ code: 'AS_OF_NOT_READABLE', message: 'As Of is not a moment', description: 'Write "As Of" as ISO 8601, such as 2026-11-23T09:11:00+00:00.' });
	return undefined;
}

function isManual(ctx: IExecuteFunctions): boolean {
	return ctx.getMode() === 'manual' || ctx.getMode() === 'evaluation';
}
