import { ApplicationError, NodeApiError, NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { LeadError } from '../lead/leadError';

/**
 * Any caught thing as an n8n error that names the lead by its index, never by its data.
 * An n8n error is given back as it is: wrapping it again would lose its index.
 */
export function toNodeError(ctx: Pick<IExecuteFunctions, 'getNode'>, caught: unknown, itemIndex?: number): NodeOperationError | NodeApiError {
	if (caught instanceof NodeOperationError || caught instanceof NodeApiError) return caught;
	if (caught instanceof LeadError) {
		return new NodeOperationError(ctx.getNode(), caught.message, { description: caught.description, itemIndex });
	}
	if (caught instanceof ApplicationError) return new NodeOperationError(ctx.getNode(), caught, { itemIndex });
	// the message of an unknown error may hold what the lead wrote
	const kind = caught instanceof Error ? caught.name : typeof caught;
	return new NodeOperationError(ctx.getNode(), `${itemIndex === undefined ? 'The leads' : `Lead ${itemIndex + 1}`} could not be handled (${kind})`, {
		description: 'This is a fault in the node: please report it with the version of the package.',
		itemIndex,
	});
}
