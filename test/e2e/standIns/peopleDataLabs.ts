import { ApiDescription } from './apiDescription';
import described from './descriptions/peopleDataLabs.json';
import { StandIn, type Answer, type Asked } from './standIn';

/** People Data Labs' Company Enrichment API, after https://docs.peopledatalabs.com/docs/reference-company-enrichment-api */
export class PeopleDataLabs extends StandIn {
	readonly hosts = ['api.peopledatalabs.com'];
	protected readonly description = new ApiDescription(described);

	/** @param companies What is known of each domain. */
	constructor(private readonly key: string, private readonly companies: Record<string, object>) {
		super();
	}

	protected answer({ query, headers }: Asked): Answer {
		if (headers['x-api-key'] !== this.key) return { status: 401, body: { status: 401, error: { type: 'authentication_error', message: 'Request contained a missing or invalid key' } } };
		if (!query.website) return { status: 400, body: { status: 400, error: { type: 'invalid_request_error', message: 'Not enough identifiers' } } };
		const company = this.companies[query.website];
		// what is not found costs nothing
		if (!company) return { status: 404, body: { status: 404, error: { type: 'not_found', message: 'No records were found matching your request' } } };
		return { status: 200, headers: { 'x-call-credits-spent': '1' }, body: { status: 200, likelihood: 8, website: query.website, ...company } };
	}

	protected trouble(status: number): Answer {
		return { status, body: { status, error: { type: 'rate_limit_error', message: 'An error occurred due to requests hitting the API too quickly' } } };
	}
}
