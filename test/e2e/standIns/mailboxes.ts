import { StandIn, unknownKeys, type Answer, type Asked } from './standIn';

export interface Mail { from: { name: string; address: string }; subject: string; text: string; /** As a mail program writes it; else the text in paragraphs. */ html?: string; headers?: Record<string, string>; messageId?: string }
type Kept = Mail & { id: string; messageId: string; at: number };

/** A mailbox that n8n looks into; the same mail may stand in it again. */
abstract class Mailbox extends StandIn {
	protected readonly mails: Kept[] = [];

	constructor(private readonly token: string) {
		super();
	}

	receive(mail: Mail): void {
		const id = `mail-${this.mails.length + 1}`;
		this.mails.push({ messageId: `<${id}@mail.example>`, ...mail, id, at: Date.now() });
	}

	protected abstract read(asked: Asked): Answer;

	protected answer(asked: Asked): Answer {
		if (asked.headers.authorization !== `Bearer ${this.token}`) return { status: 401, body: { error: { code: 401, message: 'Invalid credentials' } } };
		return asked.method === 'GET' ? this.read(asked) : { status: 405, body: { error: { code: 405, message: 'The mailbox is only read' } } };
	}

	protected trouble(status: number): Answer {
		return { status, body: { error: { code: status, message: status === 429 ? 'Too many requests' : 'Backend error' } } };
	}
}

/** Gmail's API v1, after https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages */
export class Gmail extends Mailbox {
	readonly hosts = ['www.googleapis.com'];

	protected read({ path, query }: Asked): Answer {
		const [, id] = /^\/gmail\/v1\/users\/me\/messages(?:\/([\w-]+))?$/.exec(path) ?? [];
		if (path === '/gmail/v1/users/me/labels') return { status: 200, body: { labels: [{ id: 'INBOX', name: 'INBOX', type: 'system' }] } };
		if (id === undefined) {
			const bad = unknownKeys(query, ['q', 'maxResults', 'pageToken', 'labelIds', 'includeSpamTrash']);
			if (bad.length > 0 || !path.endsWith('/messages')) return { status: 400, body: { error: { code: 400, message: `Unknown ${bad.join()} ${path}` } } };
			const [, after] = /after:(\d+)/.exec(query.q ?? '') ?? [];
			return { status: 200, body: { messages: this.mails.filter(({ at }) => at / 1000 >= Number(after ?? 0)).map((mail) => ({ id: mail.id, threadId: mail.id })), resultSizeEstimate: this.mails.length } };
		}
		const mail = this.mails.find((one) => one.id === id);
		if (!mail) return { status: 404, body: { error: { code: 404, message: 'Requested entity was not found.' } } };
		return { status: 200, body: { id, threadId: id, labelIds: ['INBOX', 'UNREAD'], internalDate: String(mail.at), sizeEstimate: 1, raw: Buffer.from(toMime(mail)).toString('base64url') } };
	}
}

/** Microsoft Graph v1.0, after https://learn.microsoft.com/en-us/graph/api/resources/message */
export class Outlook extends Mailbox {
	readonly hosts = ['graph.microsoft.com'];

	protected read({ path, query }: Asked): Answer {
		const bad = unknownKeys(query, ['$select', '$filter', '$top', '$orderby', '$skip']);
		if (path !== '/v1.0/me/messages' || bad.length > 0) return { status: 400, body: { error: { code: 'BadRequest', message: `Unknown ${bad.join()} ${path}` } } };
		const [, from, to] = /receivedDateTime ge (\S+) and receivedDateTime lt (\S+)/.exec(query.$filter ?? '') ?? [];
		const found = this.mails.filter(({ at }) => at >= Date.parse(from ?? '1970-01-01') && at < Date.parse(to ?? '9999-01-01'));
		return {
			status: 200,
			body: {
				value: found.map((mail) => ({
					id: mail.id, internetMessageId: mail.messageId, subject: mail.subject, from: { emailAddress: mail.from }, receivedDateTime: new Date(mail.at).toISOString(), categories: [],
					body: { contentType: 'html', content: mail.html ?? `<html><head><style>p { color: red }</style></head><body><p>${mail.text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '<br>')}</p></body></html>` },
					internetMessageHeaders: Object.entries(mail.headers ?? {}).map(([name, value]) => ({ name, value })),
				})),
			},
		};
	}
}

function toMime({ messageId, from, subject, text, headers = {}, at }: Kept): string {
	const lines = { From: `"${from.name}" <${from.address}>`, To: 'sales@acme.example', Subject: subject, Date: new Date(at).toUTCString(), 'Message-ID': messageId, ...headers, 'Content-Type': 'text/plain; charset=utf-8' };
	return `${Object.entries(lines).map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n${text.replaceAll('\n', '\r\n')}`;
}
