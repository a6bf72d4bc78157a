import type { IExecuteFunctions } from 'n8n-workflow';
import type { Run } from '../host/openRun';
import type { HandoffRecord } from '../lead/handoffRecord';
import type { DedupeMatchSettings } from './settings';

/** Says of each client whose customers the ledger cannot know yet, once for its live and once for its test leads. */
export async function hintNoKnownRecords(ctx: IExecuteFunctions, { compareWith }: DedupeMatchSettings, { run, leads }: { run: Run; leads: readonly { record: HandoffRecord; captured: boolean }[] }): Promise<void> {
	if (!run.ledger || compareWith === 'secondInput' || (ctx.getInputData(1) ?? []).length > 0) return;
	const scopes = new Map(leads.filter(({ captured }) => captured).map(({ record }) => [`${record.client} ${record.run.test}`, { client: record.client, test: record.run.test }]));
	for (const scope of scopes.values()) {
		if (await run.ledger.hasKnownRecords(scope)) continue;
		const forWhich = scope.test ? 'test leads' : 'leads';
		ctx.addExecutionHints({
			message: `No known records are loaded for ${forWhich} of client ${scope.client}, so existing customers look like new people. Load them once with a Handoff Ledger node: Known Record, Load.`,
			location: 'outputPane',
		});
	}
}
