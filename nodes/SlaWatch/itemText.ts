import type { IExecuteFunctions } from 'n8n-workflow';

/** A setting of one item as text without white space at its ends; empty when the item holds no text there. */
export function readItemText(ctx: IExecuteFunctions, name: string, itemIndex: number): string {
	const value = ctx.getNodeParameter(name, itemIndex, '') as unknown;
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' ? value.trim() : '';
}
