import { isObject } from '../../isObject';
import { fieldOf } from '../fieldLabels';
import { joinValues, readValues } from '../readValues';
import { asMoment, asText, type FormTool } from './formTool';

/** Google Ads lead forms: the webhook. Shape from Google's lead form webhook reference, read 2026-11. */
export const googleAds: FormTool = {
	name: 'googleAds',
	label: 'Google Ads',
	recognize: (body) => (Array.isArray(body.user_column_data) ? 'the body holds "user_column_data"' : undefined),
	read(body) {
		const columns = Array.isArray(body.user_column_data) ? body.user_column_data.filter(isObject) : [];
		const answers = columns.map((column) => {
			const id = asText(column.column_id);
			const name = asText(column.column_name);
			// the id of a question of one's own says nothing
			const label = id !== null && fieldOf([id]) !== undefined ? id : name ?? id ?? '';
			return readValues({ [label]: column.string_value });
		});
		return {
			...joinValues([...answers, readValues({ campaign_id: body.campaign_id, adgroup_id: body.adgroup_id, creative_id: body.creative_id, asset_group_id: body.asset_group_id })]),
			formId: asText(body.form_id),
			eventId: asText(body.lead_id),
			submittedAt: asMoment(body.lead_submit_time),
			source: { source: 'google', medium: 'cpc', campaign: asText(body.campaign_id), content: asText(body.creative_id), gclid: asText(body.gcl_id) },
			isTest: body.is_test === true,
		};
	},
};
