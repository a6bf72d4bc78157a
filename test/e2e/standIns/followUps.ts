import { ApiDescription } from './apiDescription';
import mailchimp from './descriptions/mailchimp.json';
import zendesk from './descriptions/zendesk.json';
import { asObject, StandIn, type Answer, type Asked } from './standIn';

interface Ticket { id: number; external_id: string; subject: string; comment: { body: string }; requester?: { name: string; email: string }; tags: string[]; priority: string }

/** Zendesk's ticketing API, after https://developer.zendesk.com/api-reference/ticketing/tickets/tickets */
export class Zendesk extends StandIn {
	readonly hosts = ['acme.zendesk.com'];
	protected readonly description = new ApiDescription(zendesk);
	readonly tickets: Ticket[] = [];

	constructor(private readonly login: { email: string; token: string }) {
		super();
	}

	protected answer({ method, query, headers, body }: Asked): Answer {
		if (headers.authorization !== `Basic ${Buffer.from(`${this.login.email}/token:${this.login.token}`).toString('base64')}`) return { status: 401, body: { error: 'Couldn\'t authenticate you' } };
		if (method === 'GET') {
			const found = this.tickets.filter((ticket) => ticket.external_id === query.external_id);
			return { status: 200, body: { tickets: found, count: found.length } };
		}
		const { ticket } = body as { ticket: Omit<Ticket, 'id'> };
		if (!ticket.comment.body) return { status: 422, body: { error: 'RecordInvalid', description: 'Record validation errors' } };
		this.tickets.push({ ...ticket, id: this.tickets.length + 1 });
		return { status: 201, body: { ticket: this.tickets.at(-1) } };
	}

	protected trouble(status: number): Answer {
		return { status, headers: { 'retry-after': '1' }, body: { error: 'APIRateLimitExceeded' } };
	}
}

/** Mailchimp's Marketing API, after https://mailchimp.com/developer/marketing/api/list-members */
export class Mailchimp extends StandIn {
	readonly hosts = ['us1.api.mailchimp.com'];
	protected readonly description = new ApiDescription(mailchimp);
	readonly members = new Map<string, { status: string; tags: string[]; merge_fields: object }>();

	constructor(private readonly key: string, private readonly audience: string) {
		super();
	}

	protected answer({ method, path, headers, body }: Asked): Answer {
		const [, given] = /^apikey (.+)$/i.exec(String(headers.authorization ?? '')) ?? [];
		const basic = Buffer.from(String(headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString().split(':')[1];
		if (given !== this.key && basic !== this.key) return { status: 401, body: { title: 'API Key Invalid', status: 401 } };
		if (method === 'GET') return path === `/3.0/lists/${this.audience}` ? { status: 200, body: { name: 'Friends of Acme' } } : { status: 404, body: { title: 'Resource Not Found', status: 404 } };
		const [, list, member, edge] = /^\/3\.0\/lists\/([^/]+)\/members\/([^/]+)(\/tags)?$/.exec(path) ?? [];
		const address = decodeURIComponent(member ?? '');
		if (list !== this.audience) return { status: 404, body: { title: 'Resource Not Found', status: 404 } };
		const values = asObject(body);
		if (edge === undefined && method === 'PUT') {
			if (values.email_address !== address) return { status: 400, body: { title: 'Invalid Resource', detail: 'email_address', status: 400 } };
			const known = this.members.get(address);
			this.members.set(address, { status: known?.status ?? String(values.status_if_new), tags: known?.tags ?? [], merge_fields: values.merge_fields as object });
			return { status: 200, body: { id: address, email_address: address, status: this.members.get(address)?.status } };
		}
		const known = this.members.get(address);
		if (method !== 'POST' || !known) return { status: 404, body: { title: 'Resource Not Found', status: 404 } };
		for (const { name } of values.tags as { name: string }[]) if (!known.tags.includes(name)) known.tags.push(name);
		return { status: 204, body: undefined };
	}

	protected trouble(status: number): Answer {
		return { status, body: { title: 'Too Many Requests', status } };
	}
}
