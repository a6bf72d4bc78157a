import { isObject } from '../../isObject';
import { readValues } from '../readValues';
import { asText, type FormTool } from './formTool';

/** Webflow: the `form_submission` webhook of Data API v2 and of v1. Shapes from Webflow's API reference, read 2026-11. */
export const webflow: FormTool = {
	name: 'webflow',
	label: 'Webflow',
	recognize(body) {
		if (body.triggerType === 'form_submission' && isObject(body.payload)) return 'the trigger type is form_submission';
		if (isObject(body.data) && typeof body.siteId === 'string' && ('formId' in body || 'formElementId' in body || 'submittedAt' in body)) return 'the body holds a site ID and the form\'s data';
		return isObject(body.data) && typeof body.site === 'string' && ('d' in body || '_id' in body) ? 'the body has the shape of Webflow\'s older webhook' : undefined;
	},
	read(body) {
		const sent = isObject(body.payload) ? body.payload : body;
		return {
			...readValues(sent.data),
			formId: asText(sent.formId) ?? asText(sent.formElementId) ?? asText(sent.name),
			eventId: asText(sent.id) ?? asText(sent._id),
			submittedAt: asText(sent.submittedAt) ?? asText(sent.d),
			source: { pageUrl: asText(sent.pageUrl) },
		};
	},
};
