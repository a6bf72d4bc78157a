import { ApiDescription } from './apiDescription';
import described from './descriptions/pipedrive.json';
import { crmUsers } from './firm';
import { asObject, StandIn, type Answer, type Asked } from './standIn';

type Kept = Record<string, unknown> & { id: number | string };
interface Labelled { value: string; primary?: boolean; label?: string }

const rooms: Record<string, 'persons' | 'leads' | 'activities' | 'notes'> = { '/api/v2/persons': 'persons', '/v1/leads': 'leads', '/api/v2/activities': 'activities', '/v1/notes': 'notes' };

/**
 * Pipedrive's API v1 and v2 as far as the templates use it, after the OpenAPI files at
 * https://developers.pipedrive.com/docs/api/v1/openapi.yaml and …/v2/openapi.yaml. What they don't describe is refused before it comes here.
 */
export class Pipedrive extends StandIn {
	readonly hosts = ['api.pipedrive.com'];
	protected readonly description = new ApiDescription(described);
	readonly persons: Kept[] = [];
	readonly leads: Kept[] = [];
	readonly activities: Kept[] = [];
	readonly notes: Kept[] = [];
	readonly deals: Kept[] = [];
	private nextId = 101;

	constructor(private readonly token: string, private readonly users: number[]) {
		super();
	}

	protected answer(asked: Asked): Answer {
		const { method, path, query, headers } = asked;
		if (query.api_token !== this.token && headers['x-api-token'] !== this.token) return refuse(401, 'unauthorized access');
		if (method === 'GET' && path === '/v1/users') return { status: 200, body: { success: true, data: this.users.map((id) => ({ id, email: crmUsers[id], active_flag: true })) } };
		if (method === 'GET' && path === '/api/v2/persons/search') return this.searchPersons(query);
		const [, room, id] = /^(.+)\/([\w-]+)$/.exec(path) ?? [];
		const row = room in rooms ? this[rooms[room]].find((one) => String(one.id) === id) : undefined;
		if (method === 'GET' && row) return { status: 200, body: { success: true, data: row } };
		if (method === 'GET') return this.list(path, query);
		if (method === 'POST' && path in rooms) return this.create(path, asObject(asked.body));
		if (method !== 'PATCH' || !row) return refuse(404, 'Not found');
		const fault = this.whatIsWrong(room, { ...row, ...asObject(asked.body) });
		if (fault) return fault;
		Object.assign(row, asObject(asked.body), { update_time: new Date().toISOString() });
		return { status: 200, body: { success: true, data: row } };
	}

	protected trouble(status: number): Answer {
		return status === 429
			? { status, headers: { 'retry-after': '1', 'x-ratelimit-reset': '1' }, body: { success: false, error: 'request over limit' } }
			: refuse(status, 'Server error');
	}

	private searchPersons({ term = '', fields = '', exact_match: exact = 'false', limit = '100' }: Record<string, string>): Answer {
		if (term.length < 2) return refuse(400, 'Search term must be at least 2 characters');
		const wanted = fields === '' ? ['email', 'phone', 'name'] : fields.split(',');
		const valuesOf = (person: Kept) => [
			...(wanted.includes('email') ? (person.emails as Labelled[] ?? []).map(({ value }) => value) : []),
			...(wanted.includes('phone') ? (person.phones as Labelled[] ?? []).map(({ value }) => value) : []),
			...(wanted.includes('name') ? [String(person.name)] : []),
		].map((value) => value.toLowerCase());
		const isHit = (value: string) => (exact === 'true' ? value === term.toLowerCase() : value.includes(term.toLowerCase()));
		const found = this.persons.filter((person) => valuesOf(person).some(isHit)).slice(0, Number(limit));
		const items = found.map((person) => ({
			result_score: 1, item: { id: person.id, type: 'person', name: person.name, phones: (person.phones as Labelled[] ?? []).map(({ value }) => value), emails: (person.emails as Labelled[] ?? []).map(({ value }) => value), owner: { id: person.owner_id } },
		}));
		return { status: 200, body: { success: true, data: { items }, additional_data: { next_cursor: null } } };
	}

	private list(path: string, query: Record<string, string>): Answer {
		const rows = { '/v1/leads': this.leads, '/api/v2/activities': this.activities, '/api/v2/persons': this.persons, '/api/v2/deals': this.deals, '/v1/notes': this.notes }[path];
		if (!rows) return refuse(404, `Not found: ${path}`);
		const ids = query.ids?.split(',');
		if (ids?.some((id) => !/^\d+$/.test(id))) return refuse(400, 'ids must be numbers');
		const found = rows.filter((row) => (!ids || ids.includes(String(row.id))) && (['person_id', 'lead_id', 'status'] as const).every((name) => query[name] === undefined || String(row[name]) === query[name])
			&& (query.updated_since === undefined || Date.parse(String(row.update_time)) >= Date.parse(query.updated_since)) && (query.done === undefined || String(row.done ?? false) === query.done));
		const start = Number(Buffer.from(query.cursor ?? '', 'base64').toString() || 0);
		const end = start + Number(query.limit ?? 100);
		return { status: 200, body: { success: true, data: found.slice(start, end), additional_data: { next_cursor: end < found.length ? Buffer.from(String(end)).toString('base64') : null } } };
	}

	private create(path: string, body: Record<string, unknown>): Answer {
		const fault = this.whatIsWrong(path, body);
		if (fault) return fault;
		const now = new Date().toISOString();
		const id = path === '/v1/leads' ? `00000000-0000-4000-8000-${String(this.nextId++).padStart(12, '0')}` : this.nextId++;
		const participants = body.participants as { person_id: number }[] | undefined;
		const made = { ...body, id, add_time: now, update_time: now, ...(participants ? { person_id: participants[0]?.person_id } : {}) };
		this[rooms[path]].push(made);
		return { status: 201, body: { success: true, data: made } };
	}

	private whatIsWrong(path: string, body: Record<string, unknown>): Answer | undefined {
		if (path === '/v1/leads' && body.person_id === undefined && body.organization_id === undefined) return refuse(400, 'A lead must be linked to a person or an organization');
		const needed = { '/api/v2/persons': undefined, '/v1/leads': body.title, '/api/v2/activities': body.subject, '/v1/notes': body.content };
		if (path !== '/api/v2/persons' && !needed[path as keyof typeof needed]) return refuse(400, 'A required field is missing');
		if (body.owner_id !== undefined && !this.users.includes(body.owner_id as number)) return refuse(400, `owner_id ${JSON.stringify(body.owner_id)} is no user`);
		if (body.due_date !== undefined && !/^\d{4}-\d\d-\d\d$/.test(String(body.due_date))) return refuse(400, 'due_date must be YYYY-MM-DD');
		if (body.due_time !== undefined && !/^\d\d:\d\d(:\d\d)?$/.test(String(body.due_time))) return refuse(400, 'due_time must be HH:MM');
		for (const list of [body.emails, body.phones]) {
			if (list !== undefined && (!Array.isArray(list) || list.some((one) => typeof asObject(one).value !== 'string'))) return refuse(400, 'emails and phones are lists of { value, primary, label }');
		}
		return undefined;
	}
}

function refuse(status: number, error: string): Answer {
	return { status, body: { success: false, error, error_info: 'Please check developers.pipedrive.com for more information about Pipedrive API.' } };
}
