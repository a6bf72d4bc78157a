import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { LeadError } from '../lead/leadError';

/** How many results an operation gives. */
export function limitProperties(show: Record<string, string[]>): INodeProperties[] {
	return [
		{
			displayName: 'Return All', name: 'returnAll', type: 'boolean', default: false, displayOptions: { show },
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Limit', name: 'limit', type: 'number', typeOptions: { minValue: 1 }, default: 50, displayOptions: { show: { ...show, returnAll: [false] } },
			description: 'Max number of results to return',
		},
	];
}

/**
 * Most results that are wanted; `Infinity` for all.
 *
 * @throws LeadError `LIMIT_INVALID`.
 */
export function readLimit(ctx: IExecuteFunctions): number {
	if (ctx.getNodeParameter('returnAll', 0, false) === true) return Infinity;
	const limit: unknown = ctx.getNodeParameter('limit', 0, 50);
	if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1) return limit;
	throw new LeadError('LIMIT_INVALID', '"Limit" is not a whole number above 0', 'Set "Limit" to 1 or more.');
}
