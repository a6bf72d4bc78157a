import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { sortLeads, type SortedLead, type SortPlan } from '../../nodes/host/sortLeads';
import { LeadError } from '../../nodes/lead/leadError';
import { strictContext, type StrictContextOptions } from '../support/strictContext';

const binary = { file: { data: '', mimeType: 'text/plain' } };
const leads: INodeExecutionData[] = [{ json: { email: 'ana@northwind.example' }, binary }, { json: { email: 'jens@vogt.example' } }, { json: { email: 'eve@fabrikam.example' } }];

const sort = async (options: Partial<StrictContextOptions>, handle: (item: INodeExecutionData, itemIndex: number) => Promise<SortedLead> | SortedLead, plan: Partial<SortPlan> = {}) =>
	await sortLeads(strictContext({ items: leads, ...options }), { outputs: 2, failedOutput: 1, ...plan }, handle);

const failSecond = (_item: INodeExecutionData, itemIndex: number): SortedLead => {
	if (itemIndex === 1) throw new LeadError('LEDGER_BUSY', 'The ledger is busy', 'Try again.');
	return { output: 0, json: { handled: itemIndex } };
};

afterEach(() => jest.restoreAllMocks());

describe('sortLeads', () => {
	it('lets every lead leave once on its output, linked to its item, with its binary', async () => {
		const [left, right] = await sort({}, ({ json }, itemIndex) => ({ output: itemIndex % 2, json: { ...json, handled: true } }));
		expect(left).toEqual([{ json: { ...leads[0].json, handled: true }, pairedItem: { item: 0 }, binary }, { json: { ...leads[2].json, handled: true }, pairedItem: { item: 2 } }]);
		expect(right).toEqual([{ json: { ...leads[1].json, handled: true }, pairedItem: { item: 1 } }]);
	});

	it('keeps the order when leads overtake each other', async () => {
		const waits = [3, 2, 1];
		const [left] = await sort({}, async (_item, itemIndex) => {
			for (let turn = 0; turn < waits[itemIndex]; turn++) await new Promise((resolve) => setImmediate(resolve));
			return { output: 0, json: { itemIndex } };
		}, { concurrency: 3 });
		expect(left.map(({ json }) => json.itemIndex)).toEqual([0, 1, 2]);
	});

	it('stops at a lead that fails, named by its index', async () => {
		await expect(sort({}, failSecond)).rejects.toMatchObject({ message: 'The ledger is busy', description: 'Try again.', context: { itemIndex: 1 } });
	});

	it('gives a failed lead its own output and its fields when the node continues', async () => {
		const [left, failed] = await sort({ node: { onError: 'continueRegularOutput' } }, failSecond);
		expect(left.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(failed).toEqual([{ json: { email: 'jens@vogt.example', error: expect.stringContaining('The ledger is busy') as string }, pairedItem: { item: 1 } }]);
	});

	// n8n moves items of this shape only, and wipes the JSON of any that has an "error" beside it
	it('gives n8n\'s error output what it knows a failed lead by', async () => {
		const [, failed] = await sort({ node: { onError: 'continueErrorOutput' } }, failSecond);
		expect(failed).toEqual([{ json: { error: expect.stringContaining('The ledger is busy') as string }, pairedItem: { item: 1 } }]);
		expect('error' in failed[0]).toBe(false);
	});

	it.each<[string, unknown]>([['null', null], ['a text', 'hello'], ['a list', [1]], ['nothing', undefined]])('keeps a failed item whose JSON is %s', async (_name, json) => {
		const items = [{ json: json as IDataObject }];
		const [, failed] = await sort({ items, continueOnFail: true }, () => { throw new Error('no'); });
		expect(failed).toEqual([expect.objectContaining({ json: expect.objectContaining({ error: expect.stringContaining('Lead 1 could not be handled (Error). ') as string }) as object, pairedItem: { item: 0 } })]);
	});

	it('gives no outputs an undefined list when there are no leads', async () => {
		expect(await sort({ items: [] }, failSecond)).toEqual([[], []]);
	});

	it('refuses "Execute Once" before the first lead, unless it loses none', async () => {
		const handle = jest.fn((): SortedLead => ({ output: 0, json: {} }));
		await expect(sort({ node: { executeOnce: true } }, handle)).rejects.toMatchObject({ message: '"Execute Once" would drop every lead but the first' });
		expect(handle).not.toHaveBeenCalled();
		expect((await sort({ node: { executeOnce: true } }, handle, { allowExecuteOnce: true }))[0]).toHaveLength(3);
	});

	it('lets others run in a long batch', async () => {
		let clock = 0;
		jest.spyOn(Date, 'now').mockImplementation(() => (clock += 20));
		let others = 0;
		setImmediate(() => { others++; });
		const seen: number[] = [];
		await sort({ items: Array.from({ length: 10 }, () => ({})) }, () => { seen.push(others); return { output: 0, json: {} }; });
		expect(seen[0]).toBe(0);
		expect(seen[9]).toBe(1);
	});
});
