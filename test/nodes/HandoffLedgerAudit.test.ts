import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeExecutionData, NodeExecutionHint } from 'n8n-workflow';
import { HandoffLedger } from '../../nodes/HandoffLedger/HandoffLedger.node';
import { properties } from '../../nodes/HandoffLedger/properties';
import { spreadOf } from '../../nodes/lead/measure/spread';
import { messyExport } from '../support/messyExport';
import { strictContext, type StrictContextOptions } from '../support/strictContext';

const defaults = Object.fromEntries(properties.filter((property) => !String(property.default).startsWith('=')).map((property) => [property.name, property.default]));

/** No ledger is declared to this context: an audit that asks for one throws. */
async function audit(items: IDataObject[], parameters: Record<string, unknown> = {}, options: Partial<StrictContextOptions> = {}): Promise<{ items: INodeExecutionData[]; jsons: IDataObject[]; hints: NodeExecutionHint[] }> {
	const helpers = { getStoragePath: undefined, prepareBinaryData: async (data: Buffer, fileName: string, mimeType: string) => await Promise.resolve({ data: data.toString('base64'), fileName, mimeType }) };
	const ctx = strictContext({ items, timeZone: 'Europe/Berlin', ...options, helpers: { ...helpers, ...options.helpers }, parameters: { ...defaults, resource: 'report', operation: 'auditLeads', ...parameters } });
	const [given] = await new HandoffLedger().execute.call(ctx);
	return { items: given, jsons: given.map(({ json }) => json), hints: ctx.hints };
}

const csvFile = (csv: Buffer) => ({ json: {}, binary: { data: { data: csv.toString('base64'), mimeType: 'text/csv' } } }) as unknown as IDataObject;
const auditCsv = async (csv: Buffer, parameters: Record<string, unknown> = {}) =>
	await audit([csvFile(csv)], { auditFrom: 'csvFile', ...parameters }, { helpers: { getBinaryDataBuffer: async () => await Promise.resolve(csv) } });
const figure = (jsons: readonly IDataObject[], name: string) => jsons.find((json) => json.name === name) ?? {};

describe('Handoff Ledger: Audit Leads', () => {
	it.each([1, 7, 2_026])('measures a messy export as it truly was (seed %p)', async (seed) => {
		const { csv, rows, emptyLines, headingLines, spoiltPhones } = messyExport(280, seed);
		const { jsons } = await auditCsv(csv);
		const of = (name: string) => figure(jsons, name);
		const waits = spreadOf(rows.flatMap(({ created, contact }) => (contact === null ? [] : [(contact - created) / 60_000])));
		expect(of('medianFirstResponseWall')).toMatchObject({ number: Math.round(waits.median * 10) / 10, count: waits.count, measuredOn: `${waits.count} of 280` });
		expect(of('p90FirstResponseWall').number).toBe(Math.round(waits.p90 * 10) / 10);
		const share = (hits: number, count: number) => ({ number: hits / count, count });
		const count = (is: (row: typeof rows[number]) => boolean) => rows.filter(is).length;
		expect(of('contactRate')).toMatchObject(share(waits.count, 280));
		expect(of('noOwnerRate')).toMatchObject(share(count(({ owner }) => owner === ''), 280));
		expect(of('campaignPresent')).toMatchObject(share(count(({ campaign }) => campaign !== ''), 280));
		expect(of('sourceCompleteness')).toMatchObject(share(count(({ campaign, source, medium }) => campaign !== '' && source !== '' && medium !== ''), 280));
		expect(of('meetingsPerLead')).toMatchObject(share(count(({ meeting }) => meeting), 280));
		const judged = rows.filter(({ rightTeam }) => rightTeam !== null && rightTeam !== '');
		expect(of('routingAccuracy')).toMatchObject(share(judged.filter(({ team, rightTeam }) => team === rightTeam).length, judged.length));
		const truth = count(({ duplicateOf }) => duplicateOf !== null);
		expect(of('duplicateRate')).toMatchObject(share(truth, 280));
		expect(of('duplicateRate').because).toMatch(/the form was sent twice within ten minutes \(\d+\)/);
		const [{ json }] = (await auditCsv(csv, { auditGive: 'page' })).items;
		expect(json.reading).toMatchObject({ emptyLines, headingLines, spoiltPhones, unreadDates: 0, ambiguousDates: 0, notLeads: 0 });
	});

	it('finds whose second row each duplicate is', async () => {
		const { csv, rows } = messyExport(280);
		const { jsons } = await auditCsv(csv, { auditGive: 'leads' });
		expect(jsons).toHaveLength(280);
		// rows of the file, so that three lines of names and those between count too
		const first = Number(jsons[0].exportRow);
		expect(first).toBe(4);
		for (const [index, { duplicateOf }] of rows.entries()) expect([index, jsons[index].duplicateOfRow !== null]).toEqual([index, duplicateOf !== null]);
		const rootOf = (index: number) => rows[index].duplicateOf ?? index;
		const ofRow = new Map(jsons.map(({ exportRow }, index) => [exportRow, index]));
		for (const [index, { duplicateOfRow, findings }] of jsons.entries()) {
			if (duplicateOfRow === null) continue;
			expect([index, rootOf(ofRow.get(duplicateOfRow) ?? -1)]).toEqual([index, rootOf(index)]);
			expect(findings).toContain('duplicate: ');
		}
		expect(JSON.stringify(jsons)).not.toContain('.example');
	});

	it('says what it can\'t measure instead of a guess', async () => {
		const { jsons, hints } = await audit([{ Name: 'Ada Loveless', Email: 'ada@love.example' }, { Name: 'Bo Berg', Email: 'bo@berg.example' }]);
		expect(jsons.map(({ name, value, count }) => [name, value, count])).toEqual(expect.arrayContaining([['medianFirstResponse', 'not measured', 0], ['contactRate', 'not measured', 0], ['noOwnerRate', 'not measured', 0], ['campaignPresent', 'not measured', 0], ['routingAccuracy', 'not measured', 0]]));
		expect(figure(jsons, 'duplicateRate')).toMatchObject({ value: 'not measured', count: 2, because: 'Too few leads for a figure (2 of at least 5)' });
		expect(hints.map(({ message }) => message)).toEqual([expect.stringContaining('No column tells when a lead came'), expect.stringContaining('No column tells of the first contact')]);
	});

	it('counts no minutes from a day alone, from a contact before the lead, or from a date of two readings', async () => {
		const row = (created: string, contact: string) => ({ 'Created': created, 'First Contact': contact, Company: `${contact.replace(/\W/g, '')}x Works` });
		const items = [row('2026-11-23 10:00', '2026-11-23 10:20'), row('2026-11-23', '2026-11-24'), row('2026-11-23 10:00', '2026-11-23 09:00'), row('2026-11-23 10:00', '03/04/2026 10:00'), row('2026-11-23 10:00', ''), row('2026-11-23 10:00', 'soon')];
		const { jsons } = await audit(items, { auditGive: 'leads' });
		expect(jsons.map(({ minutesToContact, contacted, findings }) => [minutesToContact, contacted, findings])).toEqual([
			[20, true, null], [null, true, 'only the day of contact is known'], [null, true, 'contacted before it was created'], [null, true, 'a date may be of two days'], [null, false, 'not contacted'], [null, true, 'a date could not be read'],
		]);
		const { hints, jsons: figures } = await audit(items);
		expect(hints).toMatchObject([{ message: expect.stringContaining('set "Date Order"') as string }]);
		expect(figure(figures, 'contactRate')).toMatchObject({ number: 5 / 6, count: 6 });
		expect(figure(figures, 'medianFirstResponse')).toMatchObject({ value: 'not measured', measuredOn: '1 of 6' });
	});

	it('counts working hours by the days, hours, holidays and zone that are set', async () => {
		const items = [{ Created: '2026-11-20 16:50', 'First Contact': '2026-11-23 09:10' }, { Created: '2026-11-20 18:00', 'First Contact': '2026-11-23 09:10' }];
		const hours = async (auditOptions: IDataObject) => (await audit(items, { auditGive: 'leads', auditOptions })).jsons.map(({ businessMinutesToContact, afterHours }) => [businessMinutesToContact, afterHours]);
		expect(await hours({})).toEqual([[20, false], [10, true]]);
		expect(await hours({ workingHours: '08:00-12:00, 13:00-16:00', timeZone: 'Europe/London' })).toEqual([[70, true], [70, true]]);
		expect(await hours({ workingDays: ['friday'] })).toEqual([[10, false], [0, true]]);
	});

	it('gives what its README shows', async () => {
		const shown = /```json\n(\{ "Erstellt am".*\})\n```\n[^`]*```json\n(.*)\n```/.exec(readFileSync(join(__dirname, '..', '..', 'nodes', 'HandoffLedger', 'README.md'), 'utf8')) ?? [];
		const { jsons } = await audit([JSON.parse(shown[1]) as IDataObject], { auditGive: 'leads' });
		expect(jsons).toMatchObject([JSON.parse(shown[2])]);
	});

	it('tells all wrong settings together, and a mapped column that is not there', async () => {
		await expect(audit([{}], { auditOptions: { timeZone: 'Mars', workingHours: 'nine to five', defaultCountry: 'Nowhere', publicHolidays: 'XX', targetMinutes: 0 } })).rejects.toThrow(/5 /);
		await expect(audit([{ Date: '2026-01-01' }], { auditColumns: { owner: 'Besitzer' } })).rejects.toThrow('A mapped column is in none of the rows: owner');
	});

	it('hints when the file lost columns on the way', async () => {
		const { hints } = await audit([{ 'Lead': 'Erstellt am', '': 'Team' }, { 'Lead': '2026-01-01 10:00', '': 'Nord' }]);
		expect(hints.map(({ message }) => message)).toContainEqual(expect.stringContaining('switch "Header Row" off'));
	});

	it.each(['en', 'de', 'fr', 'es'])('writes a page without personal data, escaped and small (%s)', async (language) => {
		const { csv } = messyExport(280);
		const evil = Buffer.from(csv.toString('latin1').replaceAll('Herbst 26', '<img src=x onerror=alert(1)>'), 'latin1');
		const [{ json, binary }] = (await auditCsv(evil, { auditGive: 'page', auditOptions: { language, name: 'Muster <b>GmbH</b>' } })).items;
		const html = String(json.html);
		expect(html).toMatch(/^<!doctype html>/);
		expect(html).not.toMatch(/<script|<img|<b>GmbH|\.example|M\. Stein|\{\w+\}|undefined|NaN/);
		expect(Buffer.byteLength(html)).toBeLessThan(200_000);
		expect(Buffer.from(String(binary?.report.data), 'base64').toString()).toBe(html);
		expect(json.rows).toHaveLength(18);
		expect((json.slackBlocks as unknown[]).length).toBeGreaterThan(3);
	});

	it('survives items of any shape', async () => {
		const items = [{}, { a: null }, { Created: { deep: [1, { x: 2 }] }, Owner: ['Mia'] }, { Created: Number.NaN, Email: 7 }, JSON.parse('{"__proto__":{"x":1},"constructor":"y"}') as IDataObject, { Created: '9'.repeat(100_000) }];
		expect((await audit(items)).jsons).toHaveLength(18);
		expect((await audit([])).jsons).toHaveLength(18);
	});
});
