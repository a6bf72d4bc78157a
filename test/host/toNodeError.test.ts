import { ApplicationError, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { toNodeError } from '../../nodes/host/toNodeError';
import { LeadError } from '../../nodes/lead/leadError';
import { strictContext } from '../support/strictContext';

const ctx = strictContext({ items: [] });

describe('toNodeError', () => {
	it('tells what to do and which lead it is', () => {
		const error = toNodeError(ctx, new LeadError('LEDGER_BUSY', 'The ledger is busy', 'Try again.'), 3);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({ message: 'The ledger is busy', description: 'Try again.', context: { itemIndex: 3 }, node: { name: 'Node Under Test' } });
	});

	// a second wrapping would lose the index
	it.each([
		['an operation error', new NodeOperationError(ctx.getNode(), 'Broken', { itemIndex: 7 })],
		['an API error', new NodeApiError(ctx.getNode(), { message: 'Refused' }, { itemIndex: 7 })],
	])('gives %s of n8n back as it is', (_name, given) => {
		const error = toNodeError(ctx, given, 1);
		expect(error).toBe(given);
		expect(error.context.itemIndex).toBe(7);
	});

	it('keeps the words of n8n\'s other errors', () => {
		expect(toNodeError(ctx, new ApplicationError('The expression is not readable'), 2)).toMatchObject({ message: 'The expression is not readable', context: { itemIndex: 2 } });
	});

	// n8n stores errors and shows them to whoever may see executions
	it.each<[string, unknown, number | undefined, string]>([
		['an error', new TypeError('no such name: Ana Prior, ana@northwind.example'), 3, 'Lead 4 could not be handled (TypeError)'],
		['a thrown text', 'ana@northwind.example', 0, 'Lead 1 could not be handled (string)'],
		['nothing', undefined, 0, 'Lead 1 could not be handled (undefined)'],
		['an error before the first lead', new RangeError('ana@northwind.example'), undefined, 'The leads could not be handled (RangeError)'],
	])('never repeats the words of %s', (_name, caught, itemIndex, message) => {
		const error = toNodeError(ctx, caught, itemIndex);
		expect(error.message).toBe(message);
		expect(JSON.stringify({ ...error, stack: '' })).not.toContain('northwind');
	});
});
