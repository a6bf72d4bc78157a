import type { IExecuteFunctions, INodeProperties, ResourceMapperFields } from 'n8n-workflow';
import { mappableFields, type MappableField, type Mapped } from '../lead/capture/mapping';
import { isObject } from '../lead/isObject';

/** The control for fields that the operator fills by hand; the values come by dragging from the incoming item. */
export const fieldMappingProperties: INodeProperties[] = [
	{
		displayName: 'Field Mapping',
		name: 'mapping',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Automatic', value: 'automatic', description: 'Fields are found by their labels, in 24 languages, and by their values' },
			{ name: 'Automatic, Some by Hand', value: 'byHand', description: 'What is mapped below wins; the other fields are found' },
		],
		default: 'automatic',
		description: 'How the form\'s fields become the lead\'s fields; what has no place of its own stays in lead.custom',
	},
	{
		displayName: 'Fields by Hand',
		name: 'fieldMapping',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		displayOptions: { show: { mapping: ['byHand'] } },
		typeOptions: {
			resourceMapper: {
				resourceMapperMethod: 'getLeadFields',
				mode: 'add',
				valuesLabel: 'Lead Fields',
				fieldWords: { singular: 'field', plural: 'fields' },
				addAllFields: false,
				multiKeyMatch: false,
				supportAutoMap: false,
			},
		},
		description: 'Add a lead field and drag the form\'s field from the input onto it; one that is empty in a payload is found as usual',
	},
];

/** What can be mapped, for the panel. No field has a type: n8n would stop the run at a lead whose value is of another. */
export async function getLeadFields(): Promise<ResourceMapperFields> {
	const fields = Object.entries(mappableFields).map(([id, displayName]) => ({
		id, displayName, required: false, defaultMatch: false, canBeUsedToMatch: false, display: true, removed: true,
	}));
	return await Promise.resolve({ fields });
}

/** Reads what is mapped for one lead; undefined when all fields are found by themselves. */
export function readMapping(ctx: IExecuteFunctions): ((itemIndex: number) => Mapped) | undefined {
	if (ctx.getNodeParameter('mapping', 0, 'automatic') !== 'byHand') return undefined;
	return (itemIndex) => {
		const given: unknown = ctx.getNodeParameter('fieldMapping.value', itemIndex, {});
		const values = isObject(given) ? given : {};
		return Object.fromEntries(Object.keys(mappableFields).filter((field) => Object.hasOwn(values, field)).map((field) => [field, values[field]])) as Partial<Record<MappableField, unknown>>;
	};
}
