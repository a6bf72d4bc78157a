import { captureLead } from '../../../nodes/lead/capture/captureLead';
import { normalizeLead } from '../../../nodes/lead/clean/normalizeLead';
import type { HandoffRecord } from '../../../nodes/lead/handoffRecord';

const now = new Date('2026-11-20T18:30:00Z');
const sender = { contacts: [{ profile: { name: 'Nia Pritchard' }, wa_id: '447400123456' }] };

function recordOf(messages: unknown, change: object = sender): HandoffRecord {
	const payload = { messaging_product: 'whatsapp', metadata: { phone_number_id: '106540352242922' }, field: 'messages', ...change, messages };
	const captured = captureLead({ payload, client: 'acme', submissionId: 's', now, zone: { timeZone: 'UTC', from: 'the client' }, requiredSource: [] });
	return normalizeLead({ captured, client: 'acme', ids: { submissionId: 's', leadId: 'l', personId: 'p' }, now, test: captured.read.isTest, defaultCountry: 'GB' });
}
const messageOf = (type: string, content: unknown, more: object = {}) => recordOf({ from: '447400123456', id: 'wamid.1', timestamp: '1795198325', type, [type]: content, ...more }).lead.message;

describe('a message of WhatsApp', () => {
	it.each<[string, string, unknown, string]>([
		['a text', 'text', { body: 'Hello' }, 'Hello'],
		['a button of a template', 'button', { text: 'Call me back', payload: 'CALL' }, 'Call me back'],
		['a reply button', 'interactive', { type: 'button_reply', button_reply: { id: 'b1', title: 'Yes, please' } }, 'Yes, please'],
		['a line of a list', 'interactive', { type: 'list_reply', list_reply: { id: 'l1', title: 'Loft conversion', description: 'From £20k' } }, 'Loft conversion: From £20k'],
		['a video with words', 'video', { id: '1', caption: 'Our roof' }, 'Our roof'],
		['a picture without words', 'image', { id: '1', mime_type: 'image/jpeg' }, 'Sent a picture, without text'],
		['a voice message', 'audio', { id: '1', voice: true }, 'Sent a voice message, without text'],
		['a sound file', 'audio', { id: '1', voice: false }, 'Sent a sound file, without text'],
		['a sticker', 'sticker', { id: '1', animated: false }, 'Sent a sticker, without text'],
		['a place', 'location', { latitude: 51.48, longitude: -3.18, name: 'Bute Park', address: 'Cardiff' }, 'Sent a location: Bute Park, Cardiff, 51.48 -3.18'],
		['somebody\'s card', 'contacts', [{ name: { formatted_name: 'Owen Rees' }, phones: [{ phone: '+442920180123' }] }], 'Sent a contact: Owen Rees'],
		['an order', 'order', { catalog_id: '1', product_items: [{ product_retailer_id: 'tile-7', quantity: 3 }] }, 'Sent an order, products: 3 of tile-7'],
		// so comes the first message of some who tapped an advert
		['what WhatsApp keeps to itself', 'unsupported', { type: 'unknown' }, 'Sent something that WhatsApp does not pass on, without text'],
		['a kind that is not known yet', 'hologram', { id: '1' }, 'Sent a message of the kind "hologram", without text'],
	])('with %s says what was sent', (_, type, content, message) => {
		expect(messageOf(type, content)).toBe(message);
	});

	it('with a form inside WhatsApp is read like any form', () => {
		const record = recordOf({ from: '447400123456', id: 'wamid.1', timestamp: '1795198325', type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"flow_token":"secret","email":"nia@pritchard-builds.example","company":"Pritchard Builds"}' } } });
		expect(record.lead).toMatchObject({ fullName: 'Nia Pritchard', phone: '+447400123456', email: 'nia@pritchard-builds.example', company: 'Pritchard Builds', message: null });
		expect(JSON.stringify(record.lead)).not.toContain('secret');
	});

	it('keeps the name of the file and the ID to fetch it by', () => {
		const { lead } = recordOf({ from: '447400123456', id: 'wamid.1', timestamp: '1795198325', type: 'document', document: { id: '77', filename: 'plan.pdf' } });
		expect(lead).toMatchObject({ message: 'Sent a document, without text', custom: { 'Attachment': 'plan.pdf', 'Attachment ID': '77' } });
	});

	it('of somebody who shows no number keeps the name and ID by which they can be answered', () => {
		const record = recordOf({ from_user_id: 'GB.13491208655302741918', id: 'wamid.1', timestamp: '1795198325', type: 'text', text: { body: 'Hello' } }, { contacts: [{ profile: { name: 'Nia Pritchard', username: '@niabuilds' }, user_id: 'GB.13491208655302741918' }] });
		expect(record.lead).toMatchObject({ fullName: 'Nia Pritchard', phone: null, custom: { 'Messenger name': '@niabuilds', 'Messenger ID': 'GB.13491208655302741918' } });
		expect(record.consent).toEqual({});
	});

	it('takes the name of who sent it when several people wrote', () => {
		const contacts = [{ profile: { name: 'Owen Rees' }, wa_id: '442920180123' }, ...sender.contacts];
		const messages = { from: '447400123456', id: 'wamid.1', timestamp: '1795198325', type: 'text', text: { body: 'Hello' } };
		expect(recordOf(messages, { contacts }).lead).toMatchObject({ fullName: 'Nia Pritchard', phone: '+447400123456' });
		expect(recordOf({ ...messages, from: '447400123457' }, { contacts }).lead).toMatchObject({ fullName: null, phone: '+447400123457' });
	});

	it('beside others in one item is read first, and the others are told of', () => {
		const text = (id: string) => ({ from: '447400123456', id, timestamp: '1795198325', type: 'text', text: { body: id } });
		const record = recordOf([text('wamid.1'), text('wamid.2')]);
		expect(record.submission.eventId).toBe('wamid.1');
		expect(record.quality.issues.map(({ code }) => code)).toContain('SEVERAL_LEADS');
	});

	it.each([['5215512345678', '+525512345678'], ['5491123456789', '+5491123456789'], ['5511987654321', '+5511987654321'], ['553187654321', '+5531987654321']])('reads the number %s of WhatsApp', (wa_id, phone) => {
		expect(recordOf({ from: wa_id, id: 'wamid.1', timestamp: '1795198325', type: 'text', text: { body: 'Hola' } }, { contacts: [{ profile: { name: 'Lucía Gómez' }, wa_id }] }).lead.phone).toBe(phone);
	});

	it('is missed by name when something else came', () => {
		const record = recordOf(undefined, { statuses: [{ id: 'wamid.1', status: 'delivered', timestamp: '1795198325', recipient_id: '447400123456' }] });
		expect(record.lead).toMatchObject({ phone: null, message: null });
		expect(record.quality.issues.map(({ code }) => code)).toContain('LEAD_NOT_IN_PAYLOAD');
	});

	it('is a test when Meta sends its sample', () => {
		const record = recordOf([{ from: '16315551181', id: 'ABGGFlA5Fpa', timestamp: '1504902988', type: 'text', text: { body: 'this is a text message' } }], { metadata: { phone_number_id: '123456123' }, contacts: [{ profile: { name: 'test user name' }, wa_id: '16315551181' }] });
		expect(record.run.test).toBe(true);
	});
});
