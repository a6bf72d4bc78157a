import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeLedgers } from '../../nodes/host/openLedger';
import { monthTable } from '../../scripts/month/monthTable';
import { playMonths, type PlayedMonth, type Side } from '../../scripts/month/playMonth';

let folder: string;
let month: PlayedMonth;
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'lead-handoff-month-'));
	month = await playMonths({ leads: 90, seed: 26, storageFolder: folder });
}, 120_000);
afterAll(async () => {
	await closeLedgers();
	rmSync(folder, { recursive: true, force: true });
});

const number = (figures: Side['figures'], name: string) => Number(figures.find((row) => row.name === name)?.number);

describe('the month to learn on', () => {
	it('is better after than before, in speed and in quality, by the scorecard\'s own count', () => {
		const [before, after] = [month.before.figures, month.after.figures];
		expect(number(before, 'medianFirstResponse')).toBeGreaterThan(60);
		expect(number(after, 'medianFirstResponse')).toBeLessThan(15);
		for (const name of ['contactedWithinSla', 'contactRate', 'campaignPresent', 'routingAccuracy']) expect([name, number(after, name) > number(before, name)]).toEqual([name, true]);
	});

	it('counts in the ledger what is true of its leads', () => {
		for (const { leads, figures, misrouted } of [month.before, month.after]) {
			const lost = leads.filter(({ truth }) => truth.campaign === null || (figures === month.before.figures && truth.campaignLost)).length;
			expect(1 - number(figures, 'campaignPresent')).toBeCloseTo(lost / leads.length, 1);
			expect(1 - number(figures, 'routingAccuracy')).toBeCloseTo(misrouted.hits / misrouted.count, 1);
		}
		const { leads, figures, rejectedAt } = month.after;
		const again = leads.filter(({ at, truth: { isAgain, person } }) => isAgain && ![...rejectedAt].some(([lead, closed]) => lead.truth.person === person && closed < at));
		expect(leads.length - Number(figures.find(({ name }) => name === 'contactRate')?.count)).toBe(again.length);
	});

	it('says the same of before from the export as from the ledger', () => {
		const rows = month.audit.rows as Side['figures'];
		for (const name of ['medianFirstResponse', 'p90FirstResponse']) expect(Math.abs(number(rows, name) - number(month.before.figures, name))).toBeLessThan(8);
		for (const name of ['contactRate', 'campaignPresent', 'meetingsPerLead']) expect(number(rows, name)).toBeCloseTo(number(month.before.figures, name), 1);
	});

	it('gives a table and pages that stand alone', () => {
		expect(monthTable(month)).toMatch(/Median First Response +[\d.]+ min +[\d.]+ min +[\d.]+ min/);
		for (const html of [month.before.html, month.after.html, String(month.audit.html)]) expect(html).toMatch(/^<!doctype html>/);
		// the clock of this process runs again
		expect(Math.abs(Date.now() - performance.timeOrigin - performance.now())).toBeLessThan(3_600_000);
	});

	it('gives the playbook that people would sign', () => {
		const { playbook } = month;
		expect(playbook).toMatchObject({ client: 'northwind', version: 3, warnings: ['Nobody answers for: Accepted. Name somebody under "stageOwners" in the settings.'] });
		const rows = playbook.rows as Side['figures'];
		expect(rows.filter(({ part }) => part === 'rule')).toHaveLength(12);
		expect(rows.find(({ part, name }) => part === 'path' && String(name).startsWith('With its owner'))).toMatchObject({ leads: expect.stringMatching(/^\d+ of \d+$/) as string });
		expect(String(playbook.html)).toContain('Northwind IT Services · Lead Playbook');
	});
});
