import { ApiDescription } from './apiDescription';
import described from './descriptions/twilio.json';
import { asObject, StandIn, type Answer, type Asked } from './standIn';

export interface TextMessage { From: string; To: string; Body: string }

/** Twilio's API as far as text messages go, after its OpenAPI file (descriptions/twilio.json) and https://www.twilio.com/docs/api/errors */
export class Twilio extends StandIn {
	readonly hosts = ['api.twilio.com'];
	protected readonly description = new ApiDescription(described);
	readonly messages: TextMessage[] = [];

	constructor(private readonly accountSid: string, private readonly authToken: string) {
		super();
	}

	protected answer({ path, headers, body }: Asked): Answer {
		const basic = `Basic ${Buffer.from(`${this.accountSid}:${this.authToken}`).toString('base64')}`;
		if (headers.authorization !== basic) return refuse(401, 20003, 'Authenticate');
		if (path !== `/2010-04-01/Accounts/${this.accountSid}/Messages.json`) return refuse(404, 20404, 'The requested resource was not found');
		const { From = '', To = '', Body = '' } = asObject(body) as Partial<TextMessage>;
		if (!/^(?:whatsapp:)?\+[1-9]\d{6,14}$/.test(To)) return refuse(400, 21211, `Invalid 'To' Phone Number: ${To}`);
		if (!/^(?:whatsapp:)?\+[1-9]\d{6,14}$/.test(From)) return refuse(400, 21212, `Invalid 'From' Phone Number: ${From}`);
		if (To.startsWith('whatsapp:') !== From.startsWith('whatsapp:')) return refuse(400, 21910, 'Invalid From and To pair. From and To should be of the same channel');
		if (Body === '') return refuse(400, 21602, 'Message body is required.');
		if (Body.length > 1_600) return refuse(400, 21617, 'The concatenated message body exceeds the 1600 character limit.');
		this.messages.push({ From, To, Body });
		return { status: 201, body: { sid: `SM${String(this.messages.length).padStart(32, '0')}`, status: 'queued', to: To, from: From, body: Body, error_code: null } };
	}

	protected trouble(status: number): Answer {
		return status === 429 ? refuse(429, 20429, 'Too many requests') : refuse(status, 20500, 'An internal server error has occurred');
	}
}

function refuse(status: number, code: number, message: string): Answer {
	return { status, body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } };
}
