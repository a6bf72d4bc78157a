import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { HandoffLedger } from '../../nodes/HandoffLedger/HandoffLedger.node';
import { properties } from '../../nodes/HandoffLedger/properties';
import { closeLedgers, openLedger } from '../../nodes/host/openLedger';
import type { Ledger } from '../../nodes/ledger/ledger';
import { newLead } from '../ledger/samples';
import { sampleSettings } from '../lead/settings/settingsSample';
import { strictContext } from '../support/strictContext';

let storageFolder: string;
let ledger: Ledger;
const period = { period: 'range', from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' };

beforeEach(async () => {
	storageFolder = mkdtempSync(join(tmpdir(), 'lead-handoff-ledger-learn-'));
	ledger = await openLedger(strictContext({ items: [], storageFolder })) as Ledger;
	await run('saveSettings', { settings: { ...sampleSettings(), mode: 'live' }, saveOptions: { by: 'ann' } });
});
afterEach(closeLedgers);

async function run(operation: string, parameters: Record<string, unknown> = {}): Promise<IDataObject[]> {
	const defaults = Object.fromEntries(properties.filter((property) => !String(property.default).startsWith('=')).map((property) => [property.name, property.default]));
	const ctx = strictContext({ items: [{}], storageFolder, parameters: { ...defaults, ...period, operation, client: 'acme', ...parameters } });
	const [left] = await new HandoffLedger().execute.call(ctx);
	return left.map(({ json }) => json);
}

/** A lead that asked for roofing, was captured in November and found to belong to another queue. */
async function misroutedLead(number: number, test = false): Promise<string> {
	const lead = { email: `lead-${number}@firm.example`, fullName: 'Ada Example', serviceInterest: 'Roofing', country: 'GB', message: 'We need a roof' };
	const at = `2026-11-1${number}T09:00:00.000Z`;
	const { leadId } = await newLead(ledger, { at, test, record: { recordVersion: 1, submission: { receivedAt: at }, lead } }, { fields: { email: lead.email, emailKey: lead.email, fullName: lead.fullName } });
	await run('recordEvent', { leadId, findBy: 'leadId', testLeads: test, eventType: 'misrouted', rightQueue: 'Roofing Desk', eventOptions: { by: 'ann', at: `2026-11-1${number}T12:00:00Z` } });
	return leadId;
}

describe('Handoff Ledger: what corrections teach', () => {
	it('suggests a rule after five equal corrections, changes nothing on its own, tries it, and saves it as a new version', async () => {
		const leadIds: string[] = [];
		for (const number of [1, 2, 3, 4]) leadIds.push(await misroutedLead(number));
		expect(await run('listSuggestions')).toEqual([]);
		leadIds.push(await misroutedLead(5));
		const [suggested, ...others] = await run('listSuggestions');
		expect(others).toEqual([]);
		expect(suggested).toMatchObject({ client: 'acme', kind: 'Rule', suggestion: '5 leads with service interest Roofing were corrected to queue Roofing Desk: make it a rule', corrections: 5, leads: leadIds, against: [] });
		const { suggestionId } = suggested;
		const [preview] = await run('applySuggestion', { suggestionId });
		expect(preview).toMatchObject({
			applied: false, version: 1, changes: [expect.stringContaining('Corrected: service interest Roofing')],
			trial: { leads: 5, changed: 5, changedQueue: 5 }, because: 'A preview: set "Mode" to Save It to save this as a new version',
		});
		expect(await run('getSettings')).toMatchObject([{ version: 1 }]);
		expect(await run('applySuggestion', { suggestionId, applyMode: 'save', appliedBy: 'mia' })).toMatchObject([{ applied: true, version: 2, because: 'Saved as version 2' }]);
		expect(await run('getSettings')).toMatchObject([{ version: 2, savedBy: 'mia', settings: { mode: 'live', rules: [{ queue: 'Roofing Desk' }, { name: 'UK' }, { name: 'Hot' }] } }]);
		expect(await run('listSuggestions')).toEqual([]);
		expect(await run('applySuggestion', { suggestionId, applyMode: 'save' })).toMatchObject([{ applied: false, because: 'There is no such suggestion in this period, or it was applied before' }]);
		expect(await run('listVersions')).toMatchObject([
			{ version: 2, savedBy: 'mia', changes: [expect.stringContaining('Corrected: service interest Roofing')] }, { version: 1, savedBy: 'ann', changes: ['First version'] },
		]);
	});

	it('saves nothing for a live client that only its test leads suggest', async () => {
		for (const number of [1, 2, 3, 4, 5]) await misroutedLead(number, true);
		const [{ suggestionId }] = await run('listSuggestions', { testLeads: true });
		expect(await run('listSuggestions')).toEqual([]);
		expect(await run('applySuggestion', { suggestionId, testLeads: true, applyMode: 'save' })).toMatchObject([{ applied: false, version: 1, because: 'Test leads change no settings of a live client' }]);
		expect(await run('getSettings')).toMatchObject([{ version: 1 }]);
	});

	it('keeps two persons apart that were found not to be one, once', async () => {
		const [one, other] = [await newLead(ledger), await newLead(ledger)];
		await run('recordEvent', { leadId: one.leadId, findBy: 'leadId', eventType: 'duplicateRefuted', otherLead: other.leadId, eventOptions: { at: '2026-11-20T09:00:00Z' } });
		const [{ suggestionId, kind }] = await run('listSuggestions');
		expect(kind).toBe('Never Match');
		expect(await run('applySuggestion', { suggestionId })).toMatchObject([{ applied: false }]);
		expect(await run('applySuggestion', { suggestionId, applyMode: 'save' })).toMatchObject([{ applied: true, because: 'These two never match again' }]);
		expect(await run('applySuggestion', { suggestionId, applyMode: 'save' })).toMatchObject([{ applied: false, because: 'These two were kept apart before' }]);
	});

	it('lists misroutes and disputes of a period as a log, with what happened in words', async () => {
		const leadId = await misroutedLead(1);
		await run('recordEvent', { leadId, findBy: 'leadId', eventType: 'rejected', reason: '=cmd()', eventOptions: { at: '2026-11-20T09:00:00Z' } });
		expect(await run('listExceptions')).toMatchObject([
			{ kind: 'Misroute', what: 'Reported as misrouted: to Roofing Desk', by: 'ann', leadId, at: '2026-11-11T12:00:00.000Z' },
			{ kind: 'Dispute', what: 'Rejected by sales: =cmd()', leadId },
		]);
	});
});

describe('Handoff Ledger: Record Event', () => {
	it('finds the lead by phone, says which of several it took, and keeps when it was told', async () => {
		const keys = [{ kind: 'phone', value: '+442079460018', strength: 'match' as const }];
		await newLead(ledger, { at: '2026-11-10T09:00:00.000Z' }, { keys });
		const { leadId } = await newLead(ledger, { at: '2026-11-12T09:00:00.000Z' }, { keys });
		const told = { findBy: 'phone', phone: '020 7946 0018', eventType: 'contacted', eventOptions: { at: '2026-11-13T09:00:00Z' } };
		expect(await run('recordEvent', told)).toMatchObject([{ leadId, recorded: true, at: '2026-11-13T09:00:00.000Z', because: 'Recorded, on the newest of 2 leads that were found' }]);
		const { events } = await ledger.getLead({ client: 'acme', test: false }, { leadId }) ?? { events: [] };
		expect(events).toMatchObject([{ type: 'contacted', at: '2026-11-13T09:00:00.000Z', detail: { recordedAt: expect.stringMatching(/^20\d\d-/) } }]);
	});

	it('gives back all that was told of a lead that is not known', async () => {
		expect(await run('recordEvent', { findBy: 'email', email: 'nobody@firm.example', eventType: 'won', amount: 12, currency: 'eur', eventOptions: { eventId: 'deal-7', by: 'mia' } })).toMatchObject([{
			leadId: null, recorded: false, because: 'This client has no such live lead', event: 'won', by: 'mia', eventId: 'deal-7', detail: { amount: 12, currency: 'EUR' },
		}]);
	});

	// a CRM sends its event again after the person has a newer lead: by the CRM's id the newer one is found
	it('records a CRM event once, also when a newer lead of the person came meanwhile', async () => {
		const first = await newLead(ledger, { at: '2026-11-10T09:00:00.000Z' }, { externalIds: { hubspot: '7' }, keys: [{ kind: 'externalId:hubspot', value: '7', strength: 'match' }] });
		const told = { findBy: 'externalId', externalSystem: 'hubspot', externalId: '7', eventType: 'won', amount: 5, eventOptions: { eventId: 'deal-7' } };
		expect(await run('recordEvent', told)).toMatchObject([{ leadId: first.leadId, recorded: true }]);
		await newLead(ledger, { at: '2026-11-20T09:00:00.000Z' }, { verdict: 'append', personId: first.personId, keys: [] });
		expect(await run('recordEvent', told)).toMatchObject([{ recorded: false, because: 'This event was recorded before' }]);
	});
});
