import { ApiDescription } from './apiDescription';
import described from './descriptions/hubspot.json';
import { crmUsers } from './firm';
import { asObject, StandIn, type Answer, type Asked } from './standIn';

export interface HubspotObject { id: string; properties: Record<string, string>; contacts: string[]; createdAt: string; updatedAt: string }
interface Filter { propertyName: string; operator: string; value?: string; values?: string[]; highValue?: string }
interface Search { filterGroups?: { filters: Filter[] }[]; properties?: string[]; sorts?: unknown[]; limit?: number; after?: string | number; query?: string }

/** Properties that every HubSpot account has, as far as a template may write or read them. */
const properties: Record<string, string[]> = {
	contacts: [
		'email', 'firstname', 'lastname', 'phone', 'mobilephone', 'company', 'jobtitle', 'website', 'address', 'city', 'state', 'zip', 'country', 'message', 'numemployees', 'lifecyclestage', 'hs_lead_status', 'hubspot_owner_id', 'hubspot_owner_assigneddate',
		'hs_object_id', 'hs_language', 'createdate', 'lastmodifieddate', 'notes_last_contacted', 'hs_sa_first_engagement_date', 'hs_additional_emails', 'hs_email_optout',
	],
	tasks: ['hs_timestamp', 'hs_task_subject', 'hs_task_body', 'hs_task_status', 'hs_task_priority', 'hs_task_type', 'hubspot_owner_id', 'hs_object_id'],
	notes: ['hs_timestamp', 'hs_note_body', 'hubspot_owner_id', 'hs_attachment_ids', 'hs_object_id'],
	deals: ['dealname', 'dealstage', 'pipeline', 'amount', 'deal_currency_code', 'closedate', 'hs_is_closed', 'hs_is_closed_won', 'hs_is_closed_lost', 'hs_lastmodifieddate', 'hubspot_owner_id', 'createdate', 'closed_lost_reason', 'hs_object_id'],
};
const lifecycleStages = ['subscriber', 'lead', 'marketingqualifiedlead', 'salesqualifiedlead', 'opportunity', 'customer', 'evangelist', 'other'];
/** Default associations to a contact, https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide */
const toContact: Record<string, number> = { tasks: 204, notes: 202, deals: 3 };
const operators = ['EQ', 'NEQ', 'LT', 'LTE', 'GT', 'GTE', 'IN', 'NOT_IN', 'BETWEEN', 'HAS_PROPERTY', 'NOT_HAS_PROPERTY', 'CONTAINS_TOKEN'];

/**
 * HubSpot's CRM API v3 and associations v4 as far as the templates use them, after the OpenAPI files of
 * HubSpot/HubSpot-public-api-spec-collection (Contacts, Tasks, Notes, Deals, Associations) and the guides at
 * developers.hubspot.com/docs/api-reference. Properties that an account does not have are refused, as HubSpot does.
 */
export class Hubspot extends StandIn {
	readonly hosts = ['api.hubapi.com'];
	protected readonly description = new ApiDescription(described);
	readonly objects: Record<string, HubspotObject[]> = { contacts: [], tasks: [], notes: [], deals: [] };
	private nextId = 501;

	constructor(private readonly token: string, private readonly owners: string[]) {
		super();
	}

	/** As if somebody wrote it in HubSpot. */
	add(type: string, values: Record<string, string>, contacts: string[] = []): HubspotObject {
		const now = new Date().toISOString();
		const id = String(this.nextId++);
		const made = { id, properties: { ...values, ...assigned(type, values, now), hs_object_id: id, createdate: now, [modified(type)]: now }, contacts, createdAt: now, updatedAt: now };
		this.objects[type].push(made);
		return made;
	}

	change(object: HubspotObject, type: string, values: Record<string, string>): void {
		object.updatedAt = new Date().toISOString();
		Object.assign(object.properties, values, assigned(type, values, object.updatedAt), { [modified(type)]: object.updatedAt });
	}

	protected answer(asked: Asked): Answer {
		if (asked.headers.authorization !== `Bearer ${this.token}`) return refuse(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found.');
		if (asked.method === 'GET' && asked.path === '/crm/v3/owners/') return { status: 200, body: { results: this.owners.map((owner) => ({ id: owner, email: crmUsers[owner], archived: false })) } };
		const [, from, id] = /^\/crm\/v4\/objects\/(\w+)\/(\d+)\/associations\/contacts$/.exec(asked.path) ?? [];
		if (id && asked.method === 'GET') {
			const found = this.find(from, id);
			return found ? { status: 200, body: { results: found.contacts.map((contact) => ({ toObjectId: Number(contact), associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: toContact[from], label: null }] })) } } : notFound();
		}
		const [, type, rest = ''] = /^\/crm\/v3\/objects\/(\w+)(.*)$/.exec(asked.path) ?? [];
		if (!type || !(type in this.objects)) return notFound();
		if (asked.method === 'POST' && rest === '/search') return this.search(type, asked.body as Search);
		if (asked.method === 'POST' && rest === '') return this.create(type, asObject(asked.body));
		if (asked.method === 'POST' && rest === '/batch/read') return this.read(type, asObject(asked.body));
		if (asked.method === 'POST' && rest === '/batch/upsert') return this.upsert(type, asObject(asked.body));
		const existing = this.find(type, rest.slice(1));
		if (!existing) return notFound();
		if (asked.method === 'GET') {
			const associations = asked.query.associations?.split(',').map((name) => [name, { results: this.objects[name].filter(({ contacts }) => contacts.includes(existing.id)).map(({ id: one }) => ({ id: one, type: `contact_to_${name}` })) }]);
			return { status: 200, body: { ...shown(existing, asked.query.properties?.split(',')), ...associations && { associations: Object.fromEntries(associations) as object } } };
		}
		if (asked.method !== 'PATCH') return refuse(405, 'METHOD_NOT_ALLOWED', 'Method not allowed');
		return this.update(type, existing, asObject(asked.body));
	}

	protected trouble(status: number): Answer {
		return status === 429
			? { status, headers: { 'retry-after': '1' }, body: { status: 'error', message: 'You have reached your secondly limit.', errorType: 'RATE_LIMIT', policyName: 'SECONDLY' } }
			: refuse(status, 'INTERNAL_ERROR', 'internal error');
	}

	private find(type: string, id: string): HubspotObject | undefined {
		return this.objects[type]?.find((one) => one.id === id);
	}

	private search(type: string, search: Search): Answer {
		const groups = search.filterGroups ?? [];
		const filters = groups.flatMap((group) => group.filters);
		if (groups.length > 5 || groups.some((group) => group.filters.length > 6)) return refuse(400, 'VALIDATION_ERROR', 'too many filters');
		if ((search.limit ?? 10) > 200) return refuse(400, 'VALIDATION_ERROR', 'limit must be at most 200');
		const fault = filters.find(({ propertyName, operator, value, values }) => !(properties[type].includes(propertyName) || (type in toContact && propertyName === 'associations.contact')) || !operators.includes(operator)
			|| (['EQ', 'NEQ', 'LT', 'LTE', 'GT', 'GTE', 'CONTAINS_TOKEN'].includes(operator) && (value === undefined || value === '')) || (['IN', 'NOT_IN'].includes(operator) && !values?.length));
		if (fault) return refuse(400, 'VALIDATION_ERROR', `There was a problem with the request: ${JSON.stringify(fault)}`);
		const found = this.objects[type].filter((one) => groups.length === 0 || groups.some((group) => group.filters.every((filter) => holds(one, filter))));
		const start = Number(search.after ?? 0);
		const end = start + (search.limit ?? 10);
		if (end > 10_000) return refuse(400, 'VALIDATION_ERROR', 'the search gives 10,000 results at most');
		const paging = end < found.length ? { paging: { next: { after: String(end) } } } : {};
		return { status: 200, body: { total: found.length, results: found.slice(start, end).map((one) => shown(one, search.properties)), ...paging } };
	}

	private create(type: string, body: Record<string, unknown>): Answer {
		const values = asObject(body.properties) as Record<string, string>;
		const fault = this.whatIsWrong(type, values);
		if (fault) return fault;
		if (['tasks', 'notes'].includes(type) && !values.hs_timestamp) return refuse(400, 'VALIDATION_ERROR', 'Error creating: some required properties were not set. hs_timestamp');
		const taken = type === 'contacts' && values.email && this.objects.contacts.find((one) => one.properties.email === values.email.toLowerCase());
		if (taken) return refuse(409, 'CONFLICT', `Contact already exists. Existing ID: ${taken.id}`);
		const links = (body.associations ?? []) as { to: { id: string }; types: { associationCategory: string; associationTypeId: number }[] }[];
		const wrong = links.some(({ to, types }) => !this.find('contacts', String(to.id)) || types.some((one) => one.associationCategory !== 'HUBSPOT_DEFINED' || one.associationTypeId !== toContact[type]));
		if (wrong) return refuse(400, 'VALIDATION_ERROR', `invalid association ${JSON.stringify(links)}`);
		return { status: 201, body: shown(this.add(type, lowered(values), links.map(({ to }) => String(to.id)))) };
	}

	private update(type: string, existing: HubspotObject, body: Record<string, unknown>): Answer {
		const values = asObject(body.properties) as Record<string, string>;
		const fault = this.whatIsWrong(type, values);
		if (fault) return fault;
		if (Object.keys(values).length === 0) return refuse(400, 'VALIDATION_ERROR', 'No properties found to update, please provide at least one.');
		const taken = values.email && this.objects.contacts.find((one) => one !== existing && one.properties.email === values.email.toLowerCase());
		if (taken) return refuse(409, 'CONFLICT', `A contact with this email exists: ${taken.id}`);
		this.change(existing, type, lowered(values));
		return { status: 200, body: shown(existing) };
	}

	private read(type: string, body: Record<string, unknown>): Answer {
		const inputs = (body.inputs ?? []) as { id: string }[];
		if (inputs.length === 0) return refuse(400, 'VALIDATION_ERROR', 'inputs');
		const found = inputs.flatMap(({ id }) => this.find(type, id) ?? []);
		return { status: 200, body: { status: 'COMPLETE', results: found.map((one) => shown(one, body.properties as string[] | undefined)) } };
	}

	private upsert(type: string, body: Record<string, unknown>): Answer {
		const inputs = (body.inputs ?? []) as { id?: string; idProperty?: string; properties: Record<string, string> }[];
		if (inputs.length === 0 || inputs.length > 100) return refuse(400, 'VALIDATION_ERROR', 'inputs');
		for (const input of inputs) {
			const fault = this.whatIsWrong(type, input.properties);
			if (fault) return fault;
			if (input.idProperty !== 'email' || !input.id) return refuse(400, 'VALIDATION_ERROR', `idProperty ${input.idProperty} is not unique`);
		}
		const results = inputs.map(({ id = '', properties: values }) => {
			const known = this.objects[type].find((one) => one.properties.email === id.toLowerCase());
			if (known) this.change(known, type, lowered(values));
			const made = known ?? this.add(type, lowered({ email: id, ...values }));
			return { ...shown(made), new: known === undefined };
		});
		return { status: 200, body: { status: 'COMPLETE', results } };
	}

	private whatIsWrong(type: string, values: Record<string, string>): Answer | undefined {
		const faults = Object.entries(values).flatMap(([name, value]) => {
			if (!properties[type].includes(name)) return [[name, 'PROPERTY_DOESNT_EXIST', `Property "${name}" does not exist`]];
			if (typeof value !== 'string') return [[name, 'INVALID_TYPE', `${name} must be a string`]];
			if (name === 'email' && !/^[^@\s]+@[^@\s]+\.\w+$/.test(value)) return [[name, 'INVALID_EMAIL', 'Email address is invalid']];
			if (name === 'hubspot_owner_id' && value !== '' && !this.owners.includes(value)) return [[name, 'INVALID_OWNER', `Owner ${value} does not exist`]];
			if (name === 'lifecyclestage' && !lifecycleStages.includes(value)) return [[name, 'INVALID_OPTION', `${value} was not one of the allowed options`]];
			if (name === 'hs_timestamp' && Number.isNaN(Date.parse(value)) && !/^\d{13}$/.test(value)) return [[name, 'INVALID_DATE', `${value} was not a valid date`]];
			if (name === 'hs_task_priority' && !['LOW', 'MEDIUM', 'HIGH', 'NONE'].includes(value)) return [[name, 'INVALID_OPTION', value]];
			if (value.length > 65_536) return [[name, 'TOO_LONG', name]];
			return [];
		});
		if (faults.length === 0) return undefined;
		return refuse(400, 'VALIDATION_ERROR', `Property values were not valid: ${JSON.stringify(faults.map(([name, error, message]) => ({ isValid: false, message, error, name })))}`);
	}
}

/** HubSpot itself notes when a contact got its owner. */
function assigned(type: string, values: Record<string, string>, at: string): Record<string, string> {
	return type === 'contacts' && values.hubspot_owner_id ? { hubspot_owner_assigneddate: at } : {};
}

function modified(type: string): string {
	return type === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate';
}

function lowered(values: Record<string, string>): Record<string, string> {
	return values.email ? { ...values, email: values.email.toLowerCase() } : values;
}

function holds({ properties: values, contacts }: HubspotObject, { propertyName, operator, value = '', values: several = [] }: Filter): boolean {
	if (propertyName === 'associations.contact') return contacts.includes(value);
	const own = values[propertyName] ?? '';
	const asNumber = (text: string) => (/^\d+$/.test(text) ? Number(text) : Date.parse(text));
	switch (operator) {
		case 'EQ': return own.toLowerCase() === value.toLowerCase();
		case 'NEQ': return own.toLowerCase() !== value.toLowerCase();
		case 'IN': return several.includes(own.toLowerCase());
		case 'HAS_PROPERTY': return own !== '';
		case 'NOT_HAS_PROPERTY': return own === '';
		case 'GT': return asNumber(own) > asNumber(value);
		case 'GTE': return asNumber(own) >= asNumber(value);
		case 'LT': return asNumber(own) < asNumber(value);
		case 'LTE': return asNumber(own) <= asNumber(value);
		case 'CONTAINS_TOKEN': return own.toLowerCase().split(/[^\p{L}\p{N}]+/u).includes(value.toLowerCase());
		default: return false;
	}
}

function shown({ id, properties: values, createdAt, updatedAt }: HubspotObject, wanted?: string[]): object {
	const picked = wanted ? Object.fromEntries(wanted.map((name) => [name, values[name] ?? null])) : values;
	return { id, properties: picked, createdAt, updatedAt, archived: false };
}

function refuse(status: number, category: string, message: string): Answer {
	return { status, body: { status: 'error', message, correlationId: 'aeb5f871-7f07-4993-9211-075dc63e7cbf', category } };
}

function notFound(): Answer {
	return refuse(404, 'OBJECT_NOT_FOUND', 'resource not found');
}
