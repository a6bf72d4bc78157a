import { ApiDescription } from './apiDescription';
import described from './descriptions/salesforce.json';
import { crmUsers } from './firm';
import { asObject, StandIn, unknownKeys, type Answer, type Asked } from './standIn';

export type SalesforceRecord = Record<string, unknown> & { Id: string };

/** Fields that every Salesforce has, as far as a template may read or write them, after the object reference at developer.salesforce.com. */
const fields: Record<string, string[]> = {
	Contact: ['Id', 'FirstName', 'LastName', 'Email', 'Phone', 'Title', 'AccountId', 'OwnerId', 'LastModifiedDate'],
	Lead: ['Id', 'FirstName', 'LastName', 'Email', 'Phone', 'Title', 'Company', 'LeadSource', 'OwnerId', 'IsConverted', 'ConvertedContactId', 'Status', 'LastModifiedDate'],
	User: ['Id', 'Email', 'IsActive'],
	Account: ['Id', 'Name', 'Website', 'OwnerId'],
	Task: ['Id', 'Subject', 'WhoId', 'OwnerId', 'ActivityDate', 'Status', 'Priority', 'Description', 'IsClosed', 'CompletedDateTime', 'TaskSubtype'],
	Opportunity: ['Id', 'ContactId', 'Amount', 'IsClosed', 'IsWon', 'StageName', 'LastModifiedDate'],
};
const needed: Record<string, string[]> = { Contact: ['LastName'], Lead: ['LastName', 'Company'], Task: [] };
const prefixes: Record<string, string> = { Contact: '003', Lead: '00Q', Account: '001', Task: '00T', Opportunity: '006', User: '005' };

/**
 * Salesforce's REST API as far as the templates use it: SOQL queries, sobject rows and composite batches, after
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest. A field that no account has is refused.
 */
export class Salesforce extends StandIn {
	readonly hosts = ['acme.my.salesforce.com'];
	protected readonly description = new ApiDescription(described);
	readonly rows: Record<string, SalesforceRecord[]> = { User: [], Contact: [], Lead: [], Account: [], Task: [], Opportunity: [] };
	/** Rows in one answer; Salesforce gives 200 to 2,000, as it likes. */
	pageSize = 2000;
	private nextId = 1;
	private readonly pages = new Map<string, object[]>();

	constructor(private readonly token: string, private readonly users: string[]) {
		super();
		this.rows.User = users.map((Id) => ({ Id, Email: crmUsers[Id], IsActive: true }));
	}

	add(type: string, values: Record<string, unknown>): SalesforceRecord {
		const made = { Id: `${prefixes[type]}${String(this.nextId++).padStart(12, '0')}AAA`, ...(type === 'Lead' ? { IsConverted: false } : {}), ...(type === 'Task' ? { IsClosed: false } : {}), LastModifiedDate: new Date().toISOString(), ...values };
		this.rows[type].push(made);
		return made;
	}

	change(row: SalesforceRecord, values: Record<string, unknown>): void {
		Object.assign(row, { LastModifiedDate: new Date().toISOString() }, values);
	}

	protected answer({ method, path, query, headers, body }: Asked): Answer {
		if (headers.authorization !== `Bearer ${this.token}`) return refuse(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
		if (method === 'POST' && path === '/services/data/v62.0/composite/batch') {
			const { batchRequests } = body as { batchRequests: { method: string; url: string }[] };
			const results = batchRequests.map(({ url }) => {
				const [, soql] = /^v62\.0\/query\?q=(.*)$/.exec(url) ?? [];
				const { status, body: result } = soql === undefined ? refuse(404, 'NOT_FOUND', 'The requested resource does not exist') : this.query(decodeURIComponent(soql));
				return { statusCode: status, result };
			});
			return { status: 200, body: { hasErrors: results.some(({ statusCode }) => statusCode >= 400), results } };
		}
		if (method === 'GET' && path === '/services/data/v62.0/query') return this.query(query.q);
		if (method === 'GET' && this.pages.has(path)) return this.page(this.pages.get(path)!);
		const [, type, id] = /^\/services\/data\/v62\.0\/sobjects\/(\w+)(?:\/(\w+))?$/.exec(path) ?? [];
		if (type === undefined || !(type in fields)) return refuse(404, 'NOT_FOUND', 'The requested resource does not exist');
		const values = asObject(body);
		const bad = unknownKeys(values, fields[type].filter((name) => name !== 'Id'));
		if (bad.length > 0) return refuse(400, 'INVALID_FIELD', `No such column '${bad.join()}' on sobject of type ${type}`);
		if (values.OwnerId !== undefined && !this.users.includes(String(values.OwnerId))) return refuse(400, 'INVALID_CROSS_REFERENCE_KEY', 'Owner ID: owner cannot be blank');
		if (method === 'POST') {
			const missing = needed[type].filter((name) => !values[name]);
			if (missing.length > 0) return refuse(400, 'REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing.join()}]`);
			return { status: 201, body: { id: this.add(type, values).Id, success: true, errors: [] } };
		}
		const row = this.rows[type].find(({ Id }) => Id === id);
		if (method !== 'PATCH' || !row) return refuse(404, 'NOT_FOUND', 'The requested resource does not exist');
		this.change(row, values);
		return { status: 204, body: undefined };
	}

	protected trouble(status: number): Answer {
		return status === 429 ? refuse(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.') : refuse(status, 'SERVER_UNAVAILABLE', 'Server Unavailable');
	}

	/** SELECT … FROM … WHERE … with AND between conditions and OR inside brackets. */
	private query(soql: string): Answer {
		const [, selected, type, where = '', , limit = '2000'] = /^SELECT (.+?) FROM (\w+)(?: WHERE (.+?))?( ORDER BY \w+ (?:ASC|DESC))?(?: LIMIT (\d+))?$/.exec(soql) ?? [];
		const malformed = (what: string) => refuse(400, 'MALFORMED_QUERY', what);
		if (type === undefined || !(type in fields)) return malformed(`unexpected token: '${soql}'`);
		const bad = selected.split(',').map((name) => name.trim()).filter((name) => !fields[type].includes(name));
		if (bad.length > 0) return refuse(400, 'INVALID_FIELD', `No such column '${bad.join()}'`);
		try {
			const holds = readWhere(where, fields[type]);
			const records = this.rows[type].filter(holds).slice(0, Number(limit)).map((row) => Object.fromEntries([['attributes', { type }], ...selected.split(',').map((name) => [name.trim(), row[name.trim()] ?? null])]));
			return this.page(records);
		} catch (error) {
			return malformed((error as Error).message);
		}
	}

	/** The first of these rows, and where the others are. */
	private page(records: object[]): Answer {
		const [shown, left] = [records.slice(0, this.pageSize), records.slice(this.pageSize)];
		const nextRecordsUrl = `/services/data/v62.0/query/01g${this.pages.size}-${this.pageSize}`;
		if (left.length > 0) this.pages.set(nextRecordsUrl, left);
		return { status: 200, body: { totalSize: records.length, done: left.length === 0, ...(left.length > 0 ? { nextRecordsUrl } : {}), records: shown } };
	}
}

type Holds = (row: SalesforceRecord) => boolean;

/** The conditions of a query. Text stands in single quotes, in which a quote and a backslash are escaped. */
function readWhere(where: string, known: string[]): Holds {
	const tokens = where.match(/'(?:\\.|[^'\\])*'|[()]|>=|=|[^\s()=']+/g) ?? [];
	const take = () => tokens.shift();
	const condition = (): Holds => {
		if (tokens[0] === '(') {
			take();
			const inner = any();
			if (take() !== ')') throw new Error('a bracket is not closed');
			return inner;
		}
		const [name, operator, literal] = [take() ?? '', take() ?? '', take() ?? ''];
		if (!known.includes(name)) throw new Error(`No such column '${name}'`);
		const value = literal.startsWith('\'') ? literal.slice(1, -1).replace(/\\(.)/g, '$1') : literal;
		if (operator === 'LIKE') return (row) => new RegExp(`^${value.split('%').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`, 'is').test(String(row[name] ?? ''));
		if (operator === '>=') return (row) => Date.parse(String(row[name] ?? '')) >= Date.parse(value);
		if (operator === '=') return (row) => String(row[name] ?? '').toLowerCase() === value.toLowerCase();
		throw new Error(`unexpected token: '${operator}'`);
	};
	const joined = (word: string, part: () => Holds): Holds[] => {
		const holds = [part()];
		while (tokens[0] === word) {
			take();
			holds.push(part());
		}
		return holds;
	};
	const all = (): Holds => ((holds) => (row: SalesforceRecord) => holds.every((one) => one(row)))(joined('AND', condition));
	const any = (): Holds => ((holds) => (row: SalesforceRecord) => holds.some((one) => one(row)))(joined('OR', all));
	if (where === '') return () => true;
	const read = any();
	if (tokens.length > 0) throw new Error(`unexpected token: '${tokens[0]}'`);
	return read;
}

function refuse(status: number, errorCode: string, message: string): Answer {
	return { status, body: [{ errorCode, message }] };
}
