import { isObject } from '../../isObject';
import { joinValues, readValues, type ReadValues } from '../readValues';
import { asMoment, asText, type FormTool, type Json, type ToolFill } from './formTool';

/**
 * Meta Lead Ads: a lead of the Graph API (`field_data`), and what n8n's Facebook Lead Ads Trigger makes of it.
 * Shapes from Meta's lead ads guide and n8n's node; not yet held against a live form.
 */
export const metaLeadAds: FormTool = {
	name: 'metaLeadAds',
	label: 'Meta Lead Ads',
	recognize(body) {
		if (Array.isArray(body.field_data) && body.field_data.some((one) => isObject(one) && typeof one.name === 'string')) return 'the body holds "field_data"';
		if (isObject(body.data) && isObject(body.form) && isObject(body.ad) && 'created_time' in body) return 'the body is from n8n\'s Facebook Lead Ads Trigger';
		return isNotice(body) ? 'the body is Meta\'s notice of a lead' : undefined;
	},
	read(body) {
		if (isNotice(body)) return readNotice(body);
		const answers: Json = Array.isArray(body.field_data)
			? Object.fromEntries(body.field_data.filter(isObject).map((one) => [asText(one.name) ?? '', one.values ?? one.value]))
			: isObject(body.data) ? body.data : {};
		const named = (kind: string) => (isObject(body[kind]) ? body[kind] : {}) as Json;
		const idOf = (kind: string) => asText(body[`${kind}_id`]) ?? asText(named(kind).id);
		const nameOf = (kind: string) => asText(body[`${kind}_name`]) ?? asText(named(kind).name);
		const organic = body.is_organic === true || body.is_organic === 'true';
		const answered = joinValues([...Object.entries(answers).map(([question, given]) => readValues({ [readable(question)]: given })), readDisclaimers(body.custom_disclaimer_responses)]);
		return {
			...joinValues([answered, readValues({ ad_id: idOf('ad'), adset_id: idOf('adset'), campaign_id: idOf('campaign') })]),
			formId: idOf('form'),
			eventId: asText(body.id) ?? asText(body.leadgen_id),
			submittedAt: asMoment(body.created_time),
			source: {
				source: asText(body.platform) === 'ig' ? 'instagram' : 'facebook',
				medium: organic ? 'social' : 'paid_social',
				campaign: nameOf('campaign') ?? idOf('campaign') ?? nameOf('adset') ?? idOf('adset'),
				term: nameOf('adset'),
				content: nameOf('ad') ?? idOf('ad'),
			},
			// what Meta's testing tool fills in
			isTest: answered.values.some(({ text }) => /^<test lead: dummy data/i.test(text)),
		};
	},
};

/** Questions of one's own come as `which_service_do_you_need?`. */
function readable(question: string): string {
	return question.includes('?') || question.split('_').length > 4 ? question.replaceAll('_', ' ') : question;
}

function readDisclaimers(given: unknown): ReadValues {
	const boxes = Array.isArray(given) ? given.filter(isObject) : [];
	return joinValues(boxes.map((box) => readValues({ [(asText(box.checkbox_key) ?? 'consent').replaceAll('_', ' ')]: box.is_checked === true || box.is_checked === '1' || box.is_checked === 1 })));
}

/** A page's webhook only names the lead; its answers must be asked for. */
function isNotice(body: Json): boolean {
	return noticeOf(body) !== undefined;
}

function noticeOf(body: Json): Json | undefined {
	const entries = body.object === 'page' && Array.isArray(body.entry) ? body.entry.filter(isObject) : [];
	const changes = entries.flatMap((entry) => (Array.isArray(entry.changes) ? entry.changes.filter(isObject) : []));
	const found = changes.find((change) => change.field === 'leadgen')?.value;
	return isObject(found) ? found : undefined;
}

function readNotice(body: Json): ToolFill {
	const notice = noticeOf(body) ?? {};
	return {
		...readValues({ ad_id: notice.ad_id, adset_id: notice.adgroup_id }),
		formId: asText(notice.form_id),
		eventId: asText(notice.leadgen_id),
		submittedAt: asMoment(notice.created_time),
		source: { source: 'facebook', medium: 'paid_social' },
		issues: [{
			field: 'payload', code: 'LEAD_NOT_IN_PAYLOAD', severity: 'error',
			message: 'Meta sent only the ID of the lead, not its answers: use n8n\'s Facebook Lead Ads Trigger, or ask the Graph API for the lead first',
		}],
	};
}
