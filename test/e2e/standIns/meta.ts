import { createHmac } from 'node:crypto';
import { asObject, StandIn, type Answer, type Asked } from './standIn';

export interface MetaLead { id: string; field_data: { name: string; values: string[] }[]; created_time: string; ad_id?: string; ad_name?: string; adset_id?: string; adset_name?: string }

/**
 * Meta's Graph API as far as n8n's triggers for lead ads and WhatsApp use it, after https://developers.facebook.com/docs/marketing-api/guides/lead-ads,
 * …/docs/graph-api/webhooks and …/documentation/business-messaging/whatsapp/webhooks: subscriptions of an app, the page that
 * installs it, the answers of a lead, and the messages to a number.
 */
export class Meta extends StandIn {
	readonly hosts = ['graph.facebook.com'];
	readonly leads = new Map<string, MetaLead>();
	/** One for each object of an app, as at Meta: `page`, `whatsapp_business_account`. */
	private readonly subscriptions = new Map<string, { object: string; callback_url?: string; fields?: unknown }>();

	constructor(private readonly app: { id: string; secret: string; token: string }, private readonly page: string, private readonly form: string) {
		super();
	}

	/** The notice that Meta sends to the callback for a lead, with its signature over the body. */
	noticeOf(leadgenId: string, secret = this.app.secret): { body: string; headers: Record<string, string> } {
		const value = { leadgen_id: leadgenId, page_id: this.page, form_id: this.form, created_time: 1_764_000_000 };
		return signed({ object: 'page', entry: [{ id: this.page, time: 1_764_000_000, changes: [{ field: 'leadgen', value }] }] }, secret);
	}

	/** What Meta sends to the callback when something happens at a number of WhatsApp, e.g. messages or their status. */
	whatsappOf(value: { contacts?: object[]; messages?: object[]; statuses?: object[] }, secret = this.app.secret): { body: string; headers: Record<string, string> } {
		const metadata = { display_phone_number: '442920180199', phone_number_id: '106540352242922' };
		return signed({ object: 'whatsapp_business_account', entry: [{ id: '102290129340398', changes: [{ value: { messaging_product: 'whatsapp', metadata, ...value }, field: 'messages' }] }] }, secret);
	}

	/** Where an app wants to be told, as n8n subscribed it; undefined when it did not. */
	callbackOf(object: string): string | undefined {
		return this.subscriptions.get(object)?.callback_url;
	}

	protected answer({ method, path, headers, query, body }: Asked): Answer {
		if (method === 'POST' && path.endsWith('/oauth/access_token')) return { status: 200, body: { access_token: this.app.token, token_type: 'bearer' } };
		if (headers.authorization !== `Bearer ${this.app.token}` && query.access_token !== this.app.token) return refuse('Invalid OAuth access token.', 190);
		const [, id, edge = ''] = /^\/v\d+\.0\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
		if (id === this.app.id && edge === 'subscriptions') {
			const { object = '', ...asked } = asObject(body) as { object?: string; callback_url?: string; fields?: unknown };
			if (method === 'POST') this.subscriptions.set(object, { object, ...asked });
			if (method === 'DELETE') this.subscriptions.delete(object);
			return { status: 200, body: method === 'GET' ? { data: [...this.subscriptions.keys()].map((name) => ({ object: name, active: false, fields: [] })) } : { success: true } };
		}
		if (id === this.page) return { status: 200, body: edge === '' ? { id, name: 'Acme', access_token: this.app.token } : { success: true } };
		if (id === this.form) return { status: 200, body: { id, name: 'Quote form', locale: 'en_GB', status: 'ACTIVE', page: { id: this.page, name: 'Acme' } } };
		const lead = this.leads.get(id ?? '');
		return lead ? { status: 200, body: { ...lead, form_id: this.form } } : refuse(`Unsupported get request. Object with ID '${String(id)}' does not exist`, 100);
	}

	protected trouble(status: number): Answer {
		return { status, body: { error: { message: 'Please reduce the amount of data you\'re asking for, then retry your request', type: 'OAuthException', code: status === 429 ? 4 : 1 } } };
	}
}

function signed(notice: object, secret: string): { body: string; headers: Record<string, string> } {
	const body = JSON.stringify(notice);
	return { body, headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` } };
}

function refuse(message: string, code: number): Answer {
	return { status: 400, body: { error: { message, type: 'OAuthException', code, fbtrace_id: 'AbCdEf' } } };
}
