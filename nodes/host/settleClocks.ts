import { openCalendar } from '../lead/activate/calendar';
import { nextCheckAt, readClock, readTerms, stepTimesOf } from '../lead/activate/clock';
import type { ClockRow, Ledger } from '../ledger/ledger';

const pageSize = 500;

/**
 * After a restore: alerts whose time passed while the ledger was away count as sent, so that they do not all come at once.
 * Clocks run on: what falls due from now on is told as ever, and an overdue lead stands as overdue in every list.
 *
 * @param restsUntil Moment until which the restore lets overdue clocks rest.
 * @returns How many clocks had alerts that will not come.
 */
export async function settleOverdueClocks(ledger: Ledger, now: Date, restsUntil: string): Promise<number> {
	let settled = 0;
	for (const test of [false, true]) {
		const seen = new Set<string>();
		for (;;) {
			// those that fall due within the rest stay in the list
			const rows = (await ledger.listDueClocks({ test, now: restsUntil, limit: pageSize + seen.size })).filter(({ id }) => !seen.has(id));
			if (rows.length === 0) break;
			for (const row of rows) {
				seen.add(row.id);
				if (await settle(ledger, row, now)) settled++;
			}
		}
	}
	return settled;
}

async function settle(ledger: Ledger, row: ClockRow, now: Date): Promise<boolean> {
	const terms = readTerms(row.terms);
	const calendar = openCalendar(terms.calendar);
	const { status, breachAt } = readClock(row, calendar, now.getTime());
	const passed = stepTimesOf(row, terms, breachAt)
		.filter(({ step, at }) => at <= now.getTime() && !row.confirmedSteps.includes(step.name)).map(({ step }) => step.name);
	const scope = { client: row.client, test: row.test };
	if (passed.length > 0) await ledger.passSteps(scope, row.id, passed, now.toISOString());
	await ledger.updateClock(scope, row.id, { status, nextCheckAt: nextCheckAt(row, terms, now.getTime(), [...row.confirmedSteps, ...passed]) });
	return passed.length > 0;
}
