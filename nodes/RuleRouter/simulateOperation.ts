import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { openRun, type Run } from '../host/openRun';
import { readLeads } from '../host/readLeads';
import { readLedgerLeads } from '../host/readLedgerLeads';
import type { HandoffRecord } from '../lead/handoffRecord';
import { inRuleOrder, LeadError, throwProblems } from '../lead/leadError';
import type { Router } from '../lead/route/router';
import { compareRouters, sharesOf, summarize, type ComparedLead, type SimulatedRouting } from '../lead/route/simulate';
import type { Client } from '../lead/settings/clientSettings';
import { clientOf } from './checkOperation';
import { buildRouter, readSettings, type RouterSettings } from './settings';

/** Plays leads through two sets of rules and tells who would have got what. No turn is taken and nothing is written. */
export async function simulateOperation(ctx: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const settings = readSettings(ctx);
	const run = await openRun(ctx);
	const client = await clientOf(ctx, run);
	const routers = await readRouters(ctx, settings, run, client);
	const records = ctx.getNodeParameter('leadsFrom', 0, 'ledger') === 'ledger' ? await readFromLedger(ctx, run, client) : (await readLeads(ctx, run.now(), run.newId)).map(({ record }) => record);
	const expressions = (): never => { throw new Error('expressions are not evaluated in a simulation'); };
	const leads = compareRouters(records, routers, expressions);
	const { leads: count, changed, changedOwner, gapsAfter, gapsBefore } = summarize(leads);
	ctx.addExecutionHints({
		message: `${count} leads: ${routers.before ? `${changed} would be routed otherwise, ${changedOwner} to another owner; ` : ''}${gapsAfter} are taken by no rule${gapsBefore === undefined ? '' : ` (${gapsBefore} before)`}. No turn was taken and nothing was written.`,
		location: 'outputPane',
	});
	const rows = rowsOf(ctx.getNodeParameter('show', 0, 'shares') as Shown, leads);
	return [rows.map((json) => ({ json, pairedItem: { item: 0 } }))];
}

type Shown = 'changed' | 'leads' | 'shares';

function rowsOf(show: Shown, leads: readonly ComparedLead[]): IDataObject[] {
	if (show === 'shares') {
		const summary = summarize(leads);
		return [
			{ row: 'summary', owner: null, leads: summary.leads, before: null, beforePercent: null, after: null, afterPercent: null, changed: summary.changed, changedOwner: summary.changedOwner, changedQueue: summary.changedQueue, gapsBefore: summary.gapsBefore ?? null, gapsAfter: summary.gapsAfter, alarmsAfter: summary.alarmsAfter },
			...sharesOf(leads).map((share): IDataObject => ({ row: 'owner', ...share, beforePercent: share.beforePercent ?? null, before: share.before ?? null })),
		];
	}
	const shown = show === 'changed' ? leads.filter(({ differences, before, after }) => differences.length > 0 || (before === undefined && after.tier === 'fallback')) : leads;
	return shown.map(({ leadId, receivedAt, before, after, differences }) => ({
		leadId, receivedAt, differences: differences.join('; '),
		queueBefore: before?.queue ?? null, ownerBefore: before?.owner?.name ?? null, ruleBefore: before ? ruleOf(before) : null,
		queueAfter: after.queue, ownerAfter: after.owner?.name ?? null, ruleAfter: ruleOf(after),
		gap: after.tier === 'fallback', alarm: after.alarm ?? null, because: after.because.join('; '),
	}));
}

function ruleOf({ rule, tier }: SimulatedRouting): string {
	return tier === 'fallback' ? 'none' : `${rule.number} ${rule.name}`;
}

/** With client settings two saved versions are compared; with rules in the node these, and what is saved. */
async function readRouters(ctx: IExecuteFunctions, settings: RouterSettings, run: Run, client: Client | undefined): Promise<{ before?: Router; after: Router }> {
	const after = settings.own ? client : await version(ctx, run, client, 'newVersion', client?.version ?? 0);
	const built = buildRouter(settings, after);
	throwProblems(inRuleOrder([...settings.problems, ...built.problems]));
	const saved: RouterSettings = { ...settings, settingsFrom: 'client', own: undefined, problems: [] };
	if (settings.own) return { ...(client ? { before: sound(buildRouter(saved, client)) } : {}), after: built.router };
	const before = await version(ctx, run, client, 'oldVersion', Math.max(1, (after?.version ?? 1) - 1));
	return { before: sound(buildRouter(saved, before)), after: built.router };
}

/** What was saved long ago may no longer pass today's checks; only what cannot be played through at all stops here. */
function sound({ router, problems }: ReturnType<typeof buildRouter>): Router {
	throwProblems(inRuleOrder(problems.filter(({ code }) => code.startsWith('FALLBACK') || code === 'CLIENT_SETTINGS_MISSING')));
	return router;
}

async function version(ctx: IExecuteFunctions, run: Run, client: Client | undefined, parameter: 'newVersion' | 'oldVersion', otherwise: number): Promise<Client | undefined> {
	const given = Number(ctx.getNodeParameter(parameter, 0, 0));
	const wanted = given > 0 ? given : otherwise;
	if (!client || wanted === client.version) return client;
	const found = await run.ledger?.getSettings({ client: client.key, version: wanted });
	if (found) return { key: client.key, settings: found.settings, version: found.version };
	throw new LeadError('SETTINGS_VERSION_UNKNOWN', `There is no version ${wanted} of these client settings`, `Set "${parameter === 'oldVersion' ? 'Old Version' : 'New Version'}" to a number from 1 to ${client.version}, or to 0.`);
}

/** The newest leads, as their newest submission was normalized. */
async function readFromLedger(ctx: IExecuteFunctions, run: Run, client: Client | undefined): Promise<HandoffRecord[]> {
	if (!run.ledger || !client) throw new LeadError('NO_LEADS_TO_SIMULATE', 'There is no ledger to take leads from', 'Set "Ledger" to one that holds the client\'s leads, or "Leads From" to Incoming Items.');
	const scope = { client: client.key, test: ctx.getNodeParameter('testLeads', 0, false) === true };
	const limit = Math.min(5_000, Math.max(1, Number(ctx.getNodeParameter('limit', 0, 200))));
	return await readLedgerLeads(run, run.ledger, scope, limit);
}
