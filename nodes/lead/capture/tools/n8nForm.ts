import { joinValues, readValues } from '../readValues';
import { asText, type FormTool } from './formTool';

/** n8n's own Form Trigger: answers by the label of their field. Shape from n8n 2.41. */
export const n8nForm: FormTool = {
	name: 'n8nForm',
	label: 'n8n Form',
	recognize: (body) => (typeof body.formMode === 'string' && typeof body.submittedAt === 'string' ? 'the item is from n8n\'s Form Trigger' : undefined),
	// "formMode" is left among the answers, where its label is known as technical
	read({ submittedAt, formQueryParameters, ...answers }) {
		return { ...joinValues([readValues(answers), readValues(formQueryParameters)]), formId: null, eventId: null, submittedAt: asText(submittedAt) };
	},
};
