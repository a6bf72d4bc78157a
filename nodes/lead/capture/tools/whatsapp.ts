import { isObject } from '../../isObject';
import { joinValues, parseText, readValues, type ReadValues } from '../readValues';
import { asMoment, asText, type FormTool, type Json, type ToolFill } from './formTool';

/**
 * WhatsApp: messages of Meta's Cloud API, as n8n's WhatsApp Trigger or Meta's own webhook gives them. Of several in one
 * item the first is read. Shapes from Meta's webhook reference (messages; business-scoped user IDs), read 2026-11; not yet
 * held against a live number.
 */
export const whatsapp: FormTool = {
	name: 'whatsapp',
	label: 'WhatsApp',
	recognize(body) {
		if (body.messaging_product === 'whatsapp' && ('messages' in body || 'statuses' in body || 'contacts' in body)) return 'the body is from n8n\'s WhatsApp Trigger';
		return body.object === 'whatsapp_business_account' && Array.isArray(body.entry) ? 'the body is from WhatsApp\'s webhook' : undefined;
	},
	read(body) {
		const sent = changesOf(body).flatMap((change) => objectsIn(change.messages).map((message) => ({ change, message })));
		if (sent.length === 0) return { ...readValues({}), formId: null, eventId: null, submittedAt: null, source: { source: 'whatsapp' }, issues: [noMessage] };
		const [{ change, message }] = sent;
		const numberId = asText(objectOf(change.metadata).phone_number_id);
		return {
			...joinValues([readSender(change, message), readMessage(message)]),
			leads: sent.length,
			formId: numberId,
			eventId: asText(message.id),
			submittedAt: asMoment(message.timestamp),
			source: readReferral(objectOf(message.referral)),
			// the number in the sample that Meta sends from an app's dashboard
			isTest: numberId === '123456123',
		};
	},
};

const noMessage: NonNullable<ToolFill['issues']>[number] = {
	field: 'payload', code: 'LEAD_NOT_IN_PAYLOAD', severity: 'error', message: 'WhatsApp told of something else than a message, such as that one was read: let only messages through to Lead Normalize',
};

const objectOf = (value: unknown): Json => (isObject(value) ? value : {});
/** Also one alone, as n8n's Split Out leaves it. */
const objectsIn = (value: unknown): Json[] => [value].flat().filter(isObject);

function changesOf(body: Json): Json[] {
	return body.entry === undefined ? [body] : objectsIn(body.entry).flatMap((entry) => objectsIn(entry.changes)).map((change) => objectOf(change.value));
}

/** Who has taken a user name on WhatsApp may show no number, only an ID that is good for this business. */
function readSender({ contacts }: Json, { from, from_user_id: fromUserId }: Json): ReadValues {
	const known = objectsIn(contacts);
	const sender = known.find((one) => (one.wa_id !== undefined && one.wa_id === from) || (one.user_id !== undefined && one.user_id === fromUserId)) ?? (known.length === 1 ? known[0] : {});
	const profile = objectOf(sender.profile);
	const number = asText(sender.wa_id) ?? asText(from);
	return readValues({
		'full_name': asText(profile.name), 'phone': number === null ? null : `+${asDialled(number)}`,
		'Messenger name': asText(profile.username), 'Messenger ID': number === null ? asText(sender.user_id) ?? asText(fromUserId) : null,
	});
}

/**
 * WhatsApp keeps numbers as they once were: Mexican ones with the 1 that fell away in 2019, Brazilian mobile ones without
 * the 9 that came before them in 2012 to 2016. Forms hold today's, and both must be one person.
 */
function asDialled(number: string): string {
	return number.replace(/^\+/, '').replace(/^521(?=\d{10}$)/, '52').replace(/^55\d{2}(?=[6-9]\d{7}$)/, (start) => `${start}9`);
}

/** The first message after an advert or a post was tapped tells which. */
function readReferral(referral: Json): ToolFill['source'] {
	const medium = { ad: 'paid_social', post: 'social' }[asText(referral.source_type) ?? ''] ?? 'whatsapp';
	return { source: 'whatsapp', medium, campaign: asText(referral.headline), content: asText(referral.source_id), referrer: asText(referral.source_url), ctwa_clid: asText(referral.ctwa_clid) };
}

function readMessage(message: Json): ReadValues {
	const type = asText(message.type) ?? 'unknown';
	const content = objectOf(message[type]);
	// answers to a form inside WhatsApp are fields like those of any form
	const flow = objectOf(parseText(objectOf(content.nfm_reply).response_json));
	const answers = readValues({ ...flow, flow_token: undefined });
	const words = wordsOf(content) ?? (answers.values.length > 0 ? null : withoutWords(message, type, content));
	const file = asText(content.filename);
	return joinValues([readValues({ message: words }), answers, readValues({ 'Attachment': content.id === undefined ? null : file ?? type, 'Attachment ID': asText(content.id) })]);
}

/** What the person typed, or the text of what they chose. */
function wordsOf(content: Json): string | null {
	const chosen = isObject(content.button_reply) ? content.button_reply : objectOf(content.list_reply);
	const [title, description] = [asText(chosen.title), asText(chosen.description)];
	return asText(content.body) ?? asText(content.text) ?? asText(content.caption) ?? (title !== null && description !== null ? `${title}: ${description}` : title);
}

const kinds: Record<string, string> = { image: 'a picture', video: 'a video', sticker: 'a sticker', document: 'a document', unsupported: 'something that WhatsApp does not pass on', unknown: 'something that WhatsApp does not pass on' };

/** Says plainly that there was no text, so that nobody takes the lead for empty. */
function withoutWords(message: Json, type: string, content: Json): string {
	if (type === 'location') return `Sent a location: ${[content.name, content.address, [content.latitude, content.longitude].map(asText).join(' ')].map(asText).filter((one) => one !== null && one.trim() !== '').join(', ')}`;
	if (type === 'contacts') return `Sent a contact: ${objectsIn(message.contacts).map((one) => asText(objectOf(one.name).formatted_name) ?? 'no name').join(', ')}`;
	if (type === 'order') return `Sent an order, products: ${objectsIn(content.product_items).map((one) => `${asText(one.quantity) ?? '1'} of ${asText(one.product_retailer_id) ?? 'unknown'}`).join(', ')}`;
	const kind = type === 'audio' ? content.voice === true ? 'a voice message' : 'a sound file' : Object.hasOwn(kinds, type) ? kinds[type] : `a message of the kind "${type}"`;
	return `Sent ${kind}, without text`;
}
