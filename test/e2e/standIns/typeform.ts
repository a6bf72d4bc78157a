import { ApiDescription } from './apiDescription';
import described from './descriptions/typeform.json';
import { StandIn, type Answer, type Asked } from './standIn';

/** What somebody sent, as Typeform's webhook and its Responses API both have it. */
export interface TypeformResponse {
	token: string;
	landed_at: string;
	submitted_at: string;
	hidden?: Record<string, string>;
	answers: object[];
	/** Begun and not sent: the API gives it only to who asks for it. */
	isPartial?: boolean;
}
export interface TypeformForm { id: string; title: string; fields: object[] }

/**
 * Typeform's Create and Responses APIs as far as a form and its responses are read, after
 * https://www.typeform.com/developers/responses/reference/retrieve-responses/ and …/create/reference/retrieve-form/
 */
export class Typeform extends StandIn {
	readonly hosts = ['api.typeform.com'];
	readonly responses: TypeformResponse[] = [];
	protected readonly description = new ApiDescription(described);

	constructor(private readonly token: string, private readonly form: TypeformForm) {
		super();
	}

	protected answer({ path, query, headers }: Asked): Answer {
		if (String(headers.authorization).toLowerCase() !== `bearer ${this.token}`) return { status: 403, body: { code: 'AUTHENTICATION_FAILED', description: 'Authentication credentials not found on the Request Headers' } };
		const [, , id, list] = path.split('/');
		if (id !== this.form.id) return { status: 404, body: { code: 'FORM_NOT_FOUND', description: 'Form not found' } };
		return list === undefined ? { status: 200, body: { ...this.form, type: 'quiz', hidden: [], settings: { language: 'en', is_public: true } } } : { status: 200, body: this.list(query) };
	}

	/** The newest first, from those before a token. */
	private list({ since, until, before, page_size: size = '25', response_type: types = 'completed' }: Record<string, string>): object {
		const wanted = this.responses
			.filter(({ isPartial }) => types.split(',').includes(isPartial ? 'partial' : 'completed'))
			.filter(({ submitted_at: at }) => (since === undefined || at >= since) && (until === undefined || at <= until))
			.sort((one, other) => (one.submitted_at < other.submitted_at ? 1 : -1));
		const rest = wanted.slice(before === undefined ? 0 : wanted.findIndex(({ token }) => token === before) + 1);
		return {
			total_items: rest.length, page_count: Math.ceil(rest.length / Number(size)),
			items: rest.slice(0, Number(size)).map(({ isPartial, ...response }) => ({
				...response, landing_id: response.token, response_id: response.token, response_type: isPartial ? 'partial' : 'completed',
				metadata: { user_agent: 'Mozilla/5.0', platform: 'other', referer: `https://acme.typeform.com/to/${this.form.id}`, network_id: 'a1b2', browser: 'default' },
				hidden: response.hidden ?? {}, calculated: { score: 0 },
			})),
		};
	}

	protected trouble(status: number): Answer {
		return { status, body: { code: status === 429 ? 'TOO_MANY_REQUESTS' : 'INTERNAL_SERVER_ERROR', description: 'Try again later' } };
	}
}
