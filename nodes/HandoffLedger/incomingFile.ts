import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { LeadError } from '../lead/leadError';

/** The setting that names the field in which an item carries a file. */
export function incomingFileProperty(name: string, what: string, show: Record<string, string[]>): INodeProperties {
	return {
		displayName: 'Input Binary Field', name, type: 'string', default: 'data', displayOptions: { show },
		hint: `The name of the input field that holds the ${what}`,
		description: `Field of the item that holds the ${what}`,
	};
}

/**
 * The file that an item carries in the field which a setting names.
 *
 * @throws LeadError `FILE_MISSING`.
 */
export async function readIncomingFile(ctx: IExecuteFunctions, item: number, { setting, what }: { setting: string; what: string }): Promise<{ bytes: Buffer; name: string }> {
	const field = ctx.getNodeParameter(setting, item, 'data') as string;
	const file = ctx.getInputData()[item]?.binary?.[field];
	if (!file) throw new LeadError('FILE_MISSING', `Item ${item + 1} carries no ${what}`, `Set "Input Binary Field" to the field that holds the ${what}, as the node before shows it.`);
	return { bytes: await ctx.helpers.getBinaryDataBuffer(item, field), name: file.fileName ?? field };
}
