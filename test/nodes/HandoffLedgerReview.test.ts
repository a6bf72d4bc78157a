import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { HandoffLedger } from '../../nodes/HandoffLedger/HandoffLedger.node';
import { properties } from '../../nodes/HandoffLedger/properties';
import { closeLedgers, openLedger } from '../../nodes/host/openLedger';
import type { Match, Routing } from '../../nodes/lead/handoffRecord';
import type { Ledger } from '../../nodes/ledger/ledger';
import { firm, routedLead as sampleRecord } from '../lead/activate/activateFixtures';
import { clockOf, match, newLead } from '../ledger/samples';
import { strictContext } from '../support/strictContext';

let storageFolder: string;
let ledger: Ledger;
const scope = { client: 'acme', test: false };
const friday = '2026-11-20T18:30:00.000Z';

beforeEach(async () => {
	storageFolder = mkdtempSync(join(tmpdir(), 'lead-handoff-review-'));
	ledger = await openLedger(strictContext({ items: [], storageFolder })) as Ledger;
	await ledger.saveSettings({ client: 'acme', settings: firm({ stageOwners: { route: 'noor' } }), at: friday });
});
afterEach(closeLedgers);

/** Runs one operation with what the panel shows for it. */
async function run(operation: string, parameters: Record<string, unknown> = {}, item: IDataObject = {}): Promise<IDataObject[]> {
	const shown = ({ displayOptions }: INodeProperties) => (displayOptions?.show?.operation as string[] | undefined)?.includes(operation) ?? true;
	const defaults = Object.fromEntries(properties.filter(shown).map(({ name, default: value }) => [name, String(value).startsWith('=') ? item[String(value).slice(10, -3)] ?? '' : value]));
	const ctx = strictContext({ items: [item], storageFolder, parameters: { ...defaults, operation, client: 'acme', ...parameters } });
	const [left] = await new HandoffLedger().execute.call(ctx);
	return left.map(({ json }: INodeExecutionData) => json);
}

const routing: Routing = {
	queue: 'UK', team: 'UK Sales', owner: { id: 'mia', name: 'Mia Stone', email: null }, rule: { number: 1, name: 'UK' }, matchedRules: [], tier: 'hard', because: ['"UK": country is United Kingdom'],
	skipped: [], priority: 'normal', readMessageWithAi: true,
};

async function routedLead(at = friday, found: Partial<Match> = {}) {
	const lead = await newLead(ledger, { at, record: { ...sampleRecord({ source: { source: 'google', campaign: 'autumn' } }, at), lead: { fullName: 'Mia Brandt', message: 'Please call me' } } }, { match: match('create', found) });
	await ledger.recordDecision({ ...scope, ...lead, stage: 'route', at, section: { routing }, owner: routing.owner, queue: 'UK', review: { stage: 'route', reasons: ['no rule for this city'], ownerId: 'noor' } });
	return lead;
}

describe('Review Item', () => {
	it('is listed with the question first, who settles it and when it is due', async () => {
		const { leadId } = await routedLead();
		const [row] = await run('listReviewItems');
		expect(Object.keys(row).slice(0, 3)).toEqual(['reviewItemId', 'about', 'question']);
		// one working day after Friday evening is Monday evening
		expect(row).toMatchObject({ about: 'route', question: 'no rule for this city', fullName: 'Mia Brandt', message: 'Please call me', queue: 'UK', leadOwner: 'Mia Stone', reviewer: 'Noor Khan', dueAt: '2026-11-23T17:00:00.000Z', leadId });
	});

	it('is given to somebody and put off', async () => {
		await routedLead();
		const [{ reviewItemId }] = await run('listReviewItems');
		expect(await run('changeReviewItem', { assignTo: 'theo', snoozeUntil: '2100-01-01T09:00:00Z' }, { reviewItemId })).toMatchObject([{ changed: true }]);
		expect(await run('listReviewItems')).toEqual([]);
		expect(await run('listReviewItems', { reviewFilters: { snoozed: true } })).toMatchObject([{ reviewer: 'Theo Park', snoozedUntil: '2100-01-01T09:00:00.000Z' }]);
		expect(await run('changeReviewItem', {}, { reviewItemId })).toMatchObject([{ changed: false, because: 'Nothing to change is given' }]);
		await expect(run('changeReviewItem', { assignTo: 'nobody' }, { reviewItemId })).rejects.toThrow('Assign To is no member of this client');
	});

	it('puts right what was wrong, once', async () => {
		const { leadId } = await routedLead();
		const [{ reviewItemId }] = await run('listReviewItems');
		const settle = () => run('settleReviewItem', { reviewOutcome: 'wrong', rightOwner: 'theo', rightQueue: 'US', by: 'noor', note: 'their office is in Boston' }, { reviewItemId });
		expect(await settle()).toMatchObject([{ settled: true, leadId, done: ['misroute noted, right queue US', 'Theo Park has the lead now; the lead\'s clock runs on as it was started'] }]);
		expect(await settle()).toMatchObject([{ settled: false, because: 'This item was settled before: wrong' }]);
		const story = await ledger.getLead(scope, { leadId });
		expect(story).toMatchObject({ owner: { id: 'theo' }, queue: 'US' });
		expect(story?.events.map(({ type, by }) => [type, by])).toEqual([['misrouted', 'noor'], ['ownerCorrected', 'noor']]);
		expect(await run('listReviewItems', { reviewFilters: { state: 'settled' } })).toMatchObject([{ outcome: 'wrong', settledBy: 'noor', note: 'their office is in Boston' }]);
	});

	it('is left as it was when who is named is nobody\'s', async () => {
		await routedLead();
		const [{ reviewItemId }] = await run('listReviewItems');
		await expect(run('settleReviewItem', { reviewOutcome: 'wrong', rightOwner: 'nobody' }, { reviewItemId })).rejects.toThrow('The right owner is no member of this client');
		await expect(run('settleReviewItem', { reviewOutcome: 'wrong', rightOwner: 'theo', rightIntent: 'nothing' }, { reviewItemId })).rejects.toThrow('The right intent is not one of this client\'s');
		expect(await run('listReviewItems')).toHaveLength(1);
	});

	it('keeps two people apart that were taken for one', async () => {
		const known = await newLead(ledger, { at: friday });
		await routedLead(friday, { candidates: [{ personId: known.personId, score: 0.7, because: ['same name'] }] });
		const [{ reviewItemId }] = await run('listReviewItems');
		expect(await run('settleReviewItem', { reviewOutcome: 'notDuplicate' }, { reviewItemId })).toMatchObject([{ settled: true, done: ['counted as a lead of its own', 'never matched with that person again'] }]);
	});

	it('that nobody has is told in words', async () => {
		expect(await run('settleReviewItem', {}, { reviewItemId: 'none' })).toMatchObject([{ settled: false, because: 'This client has no such review item' }]);
		expect(await run('changeReviewItem', { assignTo: 'theo' }, { reviewItemId: 'none' })).toMatchObject([{ changed: false, because: 'This client has no such review item' }]);
	});
});

describe('Draw Weekly Sample', () => {
	it('draws leads of last week once, for who answers for routing, and counts what is found', async () => {
		const lastWeek = new Date(Date.now() - 7 * 86_400_000).toISOString();
		for (let count = 0; count < 4; count++) await routedLead(lastWeek);
		expect(await run('drawSample', { sampleSize: 3 })).toMatchObject([{ leads: 4, drawn: 3, opened: 3, because: 'Drawn' }]);
		expect(await run('drawSample', { sampleSize: 3 })).toMatchObject([{ drawn: 3, opened: 0, because: 'This week was drawn before' }]);
		const items = await run('listReviewItems', { reviewFilters: { stage: 'sample' } });
		expect(items).toHaveLength(3);
		expect(items[0]).toMatchObject({ about: 'sample', reviewer: 'Noor Khan', question: expect.stringMatching(/^drawn for the weekly check of \d{4}-W\d\d: was queue UK, owner Mia Stone right\?$/) });
		for (const [index, reviewOutcome] of ['right', 'right', 'wrong'].entries()) {
			const done = index < 2 ? 'routing counted as right' : 'routing counted as wrong';
			expect(await run('settleReviewItem', { reviewOutcome, rightQueue: reviewOutcome === 'wrong' ? 'US' : '' }, { reviewItemId: items[index].reviewItemId })).toMatchObject([{ settled: true, done: [done] }]);
		}
		expect(await run('listReviewItems', { reviewFilters: { stage: 'sample' } })).toEqual([]);
	});

	it('counts nothing for or against routing when the drawn lead was found to be a duplicate, or none', async () => {
		const lastWeek = new Date(Date.now() - 7 * 86_400_000).toISOString();
		for (let count = 0; count < 6; count++) await routedLead(lastWeek);
		await run('drawSample', { sampleSize: 10 });
		const items = await run('listReviewItems', { reviewFilters: { stage: 'sample' } });
		for (const [index, reviewOutcome] of ['duplicate', 'notDuplicate'].entries()) {
			const [{ done }] = await run('settleReviewItem', { reviewOutcome }, { reviewItemId: items[index].reviewItemId }) as { done: string[] }[];
			expect(done.join()).not.toContain('routing');
		}
	});
});

describe('Set External ID', () => {
	it('lets the events of a CRM find the lead', async () => {
		const { leadId } = await routedLead();
		const set = (idInSystem: string, change: object = {}) => run('setExternalId', { leadId, idInSystem, ...change });
		expect(await set('501')).toMatchObject([{ changed: true, because: 'Remembered', system: 'hubspot', externalId: '501' }]);
		expect(await set('501')).toMatchObject([{ changed: false, because: 'This ID was remembered before' }]);
		expect(await set('502')).toMatchObject([{ changed: false, because: expect.stringContaining('Replace Another ID') }]);
		expect(await run('recordEvent', { findBy: 'externalId', externalSystem: 'hubspot', externalId: '501', eventType: 'accepted' })).toMatchObject([{ recorded: true, leadId }]);
		await expect(set('')).rejects.toThrow('No external ID is given');
	});
});

describe('Explain Lead', () => {
	it('says why this owner and where the time went', async () => {
		const { leadId } = await routedLead();
		await ledger.startClock(clockOf({ leadId }, {
			startedAt: friday, dueAt: '2026-11-23T09:15:00.000Z', status: 'met', respondedAt: '2026-11-23T09:12:00.000Z', respondedBy: 'mia',
			terms: { calendar: { ...firm().calendars[0], timeZone: 'Europe/London' }, escalation: [], people: {}, because: [] },
		}));
		const [explained] = await run('explainLead', { leadId });
		expect(explained.text).toBe(
			'Mia Brandt came in on Fri 20 Nov 18:30 through typeform (google / autumn). Mia Stone has it in queue UK because "UK": country is United Kingdom. '
			+ 'It was first answered on Mon 23 Nov 09:12 by Mia Stone, in time (due Mon 23 Nov 09:15). Of 62 h 42 min in all, 62 h 30 min were outside working hours and 12 min of working time passed with Mia Stone.',
		);
		expect(explained.story).toEqual(expect.arrayContaining([expect.stringContaining('Routed to queue UK, owner Mia Stone')]));
	});

	it('says when there is no such lead', async () => {
		expect(await run('explainLead', { findBy: 'email', email: 'nobody@example.com' })).toEqual([{ found: false, client: 'acme', because: 'This client has no such live lead' }]);
	});
});
