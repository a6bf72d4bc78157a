import { DateTime } from 'luxon';
import type { IExecuteFunctions } from 'n8n-workflow';
import { refreshAllFacts } from '../../host/tallyPeriods';
import { testModeHint } from '../../host/testModeHint';
import { FairnessCount, type MemberFairness } from '../../lead/measure/fairness';
import { readPeriod, sinceLive, type Period } from '../../lead/measure/periods';
import { saidIn } from '../../lead/measure/sayFigure';
import { english } from '../../lead/measure/words/english';
import type { ClientSettings } from '../../lead/settings/clientSettings';
import type { Scope } from '../../ledger/ledger';
import type { LedgerRun } from '../operations';
import { readPeriodChoice } from './periodSetting';
import { readClient, readTestLeads } from '../settings';

/** Leads of one page. */
const pageSize = 2_500;

/** Tells for each member of each team whether the leads went round as the weights say, and why not. */
export async function tellFairness(ctx: IExecuteFunctions, run: LedgerRun): Promise<object[]> {
	const key = readClient(ctx, 0);
	const client = await run.client(key);
	const { settings } = client ?? {};
	const timeZone = settings?.timeZone ?? run.timeZone;
	const test = readTestLeads(ctx, 0);
	const scope = { client: key, test };
	const chosen = readPeriod(readPeriodChoice(ctx, timeZone, settings?.liveSince), run.now(), timeZone);
	const period = (test ? chosen : sinceLive(chosen, settings?.liveSince)) ?? { from: chosen.to, to: chosen.to };
	const members = await countFairness(run, scope, { settings, timeZone, period });
	if (members.length === 0) run.hint('No team of two or more stands in the settings of this client.');
	else if (members.every(({ leads }) => leads === 0)) run.hint(testModeHint(client, test) ?? 'No lead of this period went to a team of the settings.');
	return members.map((member) => ({ ...row(member), client: key, ...period, testLeads: test }));
}

/** How fairly the leads of a period went round. */
export async function countFairness(run: LedgerRun, scope: Scope, { settings, timeZone, period }: { settings: ClientSettings | undefined; timeZone: string; period: Period }): Promise<MemberFairness[]> {
	const count = new FairnessCount({ teams: settings?.teams ?? [], members: settings?.members ?? [] }, (at) => DateTime.fromMillis(at, { zone: timeZone }).hour);
	await refreshAllFacts(run.ledger, scope);
	let after: (string | number)[] | undefined;
	do {
		const page = await run.ledger.listAssigned({ ...scope, ...period, limit: pageSize, after });
		for (const lead of page.leads) count.add(lead);
		after = page.next;
	} while (after);
	return count.read();
}

function row({ team, owner, ownerId, weight, weightShare, leads, leadShare, difference, isClear, hotShare, coldShare, hotIsClear, byHour, skipped, because }: MemberFairness): object {
	const share = (value: number | null) => (value === null ? null : saidIn(english)(value, 'share'));
	return {
		team, owner, weight, weightShare: share(weightShare), leads, leadShare: share(leadShare), difference, fair: !isClear && !hotIsClear, because,
		hotLeads: share(hotShare), coldLeads: share(coldShare), busiestHours: busiest(byHour),
		skipped: skipped.map(({ reason, times }) => `${reason} (${times})`).join(', ') || null,
		ownerId, weightShareNumber: weightShare, leadShareNumber: leadShare, hotShareNumber: hotShare, coldShareNumber: coldShare,
		// one number for each hour from 0 to 23: as a list it would make the table's rows as tall as the screen
		byHour: byHour.join(' '),
	};
}

/** The three hours with most leads, e.g. `9–10 (12), 14–15 (7)`. */
function busiest(byHour: readonly number[]): string | null {
	const hours = byHour.map((leads, hour) => ({ leads, hour })).filter(({ leads }) => leads > 0).sort((a, b) => b.leads - a.leads || a.hour - b.hour).slice(0, 3);
	return hours.length === 0 ? null : hours.map(({ hour, leads }) => `${hour}–${hour + 1} (${leads})`).join(', ');
}
