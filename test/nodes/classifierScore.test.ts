import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeLedgers, openLedger } from '../../nodes/host/openLedger';
import type { Ledger } from '../../nodes/ledger/ledger';
import { checkSettings } from '../../nodes/lead/settings/checkSettings';
import { settings } from '../ledger/samples';
import { capturedLead, runClassifier } from '../support/classifierRun';
import { strictContext } from '../support/strictContext';

let storageFolder: string;
let ledger: Ledger;
beforeAll(async () => {
	storageFolder = mkdtempSync(join(tmpdir(), 'lead-handoff-score-'));
	ledger = await openLedger(strictContext({ items: [], storageFolder })) as Ledger;
	await ledger.saveSettings({ client: 'acme', settings: settings(), at: '2026-11-23T09:00:00.000Z' });
});
afterAll(closeLedgers);

const demo = 'Could we see a demo next week? We need a quote for 40 seats.';
const filter = (...conditions: [string, string, unknown, string?][]) => ({
	conditions: conditions.map(([leftValue, operation, rightValue, type = 'string']) => ({ leftValue, rightValue, operator: { type, operation } })), combinator: 'and', options: {},
});
const panel = (values: object[], options: object = {}) => ({ settingsFrom: 'node', scoreRules: { values }, options });
const german = { name: 'Home market', points: 30, group: 'Firm', halfLifeDays: 0, conditions: filter(['={{ $json.lead.country }}', 'equals', 'Germany']) };
const large = { name: 'Large company', points: 30, group: 'Firm', halfLifeDays: 0, conditions: filter(['={{ $json.lead.companySize.min }}', 'gte', 200, 'number']) };
const high = { name: 'High intent', points: 40, group: '', halfLifeDays: 7, conditions: filter(['={{ $json.intent.highIntent }}', 'true', '', 'boolean']) };
const run = async (items: object[], parameters: Record<string, unknown>) => await runClassifier({ storageFolder, baseUrl: '' }, items, parameters);
const lead = async (message = demo, change: object = {}) => await capturedLead(ledger, message, change, { country: 'DE', companySize: { min: 200, max: 500, label: '200-500' } } as never);

describe('the lead score', () => {
	it('is absent without score rules', async () => {
		const { records: [{ intent }] } = await run([await lead()], {});
		expect(intent).not.toHaveProperty('score');
	});

	it('adds the points of the panel\'s rules, each with its reason, the groups within their limit', async () => {
		const { records: [{ intent }] } = await run([await lead()], panel([german, large, { ...high, halfLifeDays: 0 }], { mostPointsPerGroup: 50 }));
		expect(intent).toMatchObject({ highIntent: true, score: 90 });
		expect(intent?.scoreBecause).toEqual([
			'+30 Home market: country is Germany', expect.stringMatching(/^\+30 Large company: company size/), '+40 High intent: high intent: yes', 'Firm: +50 instead of +60, the most of a group',
		]);
	});

	it('fades with the time since the form was sent', async () => {
		const [fresh, old] = [await lead(), await lead()];
		fresh.submission = { ...fresh.submission, submittedAt: new Date().toISOString() };
		old.submission = { ...old.submission, submittedAt: new Date(Date.now() - 14.2 * 86_400_000).toISOString() };
		const { records } = await run([fresh, old], panel([high]));
		expect(records.map(({ intent }) => intent?.score)).toEqual([40, 10]);
	});

	it('comes from the settings of the client, also with its lists', async () => {
		const conditions = [{ field: 'lead.country', operator: 'isInList', value: 'Home' }];
		await ledger.saveSettings({
			client: 'acme', at: '2026-11-23T09:00:00.000Z',
			settings: settings({ lists: [{ name: 'Home', values: ['DE', 'AT'] }], leadScore: { mostPointsPerGroup: 60, rules: [{ name: 'Home market', points: 25, match: 'all', conditions }] } } as never),
		});
		const { records: [{ intent }] } = await run([await lead()], { settingsFrom: 'client' });
		expect(intent).toMatchObject({ score: 25, scoreBecause: [expect.stringContaining('+25 Home market: country')] });
	});

	it('stays with the lead when it is run again, whatever the rules are then', async () => {
		const one = await lead();
		await run([one], panel([german]));
		const { records: [{ intent }] } = await run([one], panel([high]));
		expect(intent?.score).toBe(30);
	});

	it.each([
		['no name', { ...german, name: ' ' }, 'Score rule 1 has no usable Name'],
		['no points', { ...german, points: 0 }, "Score rule 'Home market' has no usable Points"],
		['too many points', { ...german, points: 101 }, "Score rule 'Home market' has no usable Points"],
		['no condition', { ...german, conditions: {} }, "Score rule 'Home market' has no usable Conditions"],
		['an expression', { ...german, conditions: filter(['={{ $json.lead.email.toUpperCase() }}', 'equals', 'X']) }, "Score rule 'Home market' has a condition with an expression"],
		['no value', { ...large, conditions: filter(['={{ $json.lead.companySize.min }}', 'gte', '', 'number']) }, "Score rule 'Large company' has a condition without a usable value"],
	])('is a settings error with %s', async (_name, rule, message) => {
		await expect(run([await lead()], panel([rule]))).rejects.toMatchObject({ message });
	});

	it('tells all that is wrong together', async () => {
		await expect(run([await lead()], panel([{ ...german, points: 0 }, { ...german, name: '' }]))).rejects.toThrow('2 settings');
	});

	it('is checked when a client\'s settings are saved and used', async () => {
		const wrong = { ...settings(), leadScore: { rules: [{ name: 'x', points: 0, conditions: [] }], most: 3 } };
		expect(checkSettings(wrong).problems.map(({ message }) => message)).toEqual(expect.arrayContaining([expect.stringContaining('points'), expect.stringContaining('conditions')]));
		const rule = { name: 'Size', points: 5, match: 'all', conditions: [{ field: 'lead.size', operator: 'equals', value: 'x' }] };
		await ledger.saveSettings({ client: 'acme', at: '2026-11-23T09:00:00.000Z', settings: settings({ leadScore: { rules: [rule] } } as never) });
		await expect(run([await lead()], { settingsFrom: 'client' })).rejects.toMatchObject({ message: "Score rule 'Size' reads an unknown field" });
	});
});
