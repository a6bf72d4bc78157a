import type { ApiDescription } from './apiDescription';

/** One request of n8n, as a vendor would see it. */
export interface Asked {
	method: string;
	host: string;
	path: string;
	query: Record<string, string>;
	/** The query with keys that come several times. */
	params: URLSearchParams;
	headers: Record<string, string | string[] | undefined>;
	/** The JSON or form body; text where it is neither. */
	body: unknown;
}
export interface Answer {
	status: number;
	body: unknown;
	headers?: Record<string, string>;
}
/** A request with what it was answered. */
export type Seen = Asked & { at: number; answered: number; answer: unknown };

/**
 * A vendor's API on this machine: it keeps what was written, refuses what the vendor would refuse, remembers every
 * request, and can be in trouble for a while.
 */
export abstract class StandIn {
	abstract readonly hosts: string[];
	/** What the vendor describes or documents of its API: nothing else reaches `answer`. */
	protected readonly description?: ApiDescription;
	readonly requests: Seen[] = [];
	private troubles: { status: number; isMeant: (asked: Asked) => boolean }[] = [];
	private afterwards: { text: string; then: () => void }[] = [];
	private downUntil = 0;

	/** What the vendor answers when all is well. */
	protected abstract answer(asked: Asked): Answer;
	/** What the vendor answers when it is overloaded (429) or broken (5xx). */
	protected abstract trouble(status: number): Answer;

	/** What the vendor answers to a request that its API does not have so. */
	protected notAsDescribed(fault: string): Answer {
		return { status: 400, body: { error: `not as described: ${fault}` } };
	}

	/** The next requests get this status, one after another. */
	failNext(...statuses: number[]): void {
		this.failNextWith('', ...statuses);
	}

	/** The next requests that hold this text do. */
	failNextWith(text: string, ...statuses: number[]): void {
		this.troubles.push(...statuses.map((status) => ({ status, isMeant: ({ body }: Asked) => text === '' || JSON.stringify(body ?? '').includes(text) })));
	}

	/** Once a request that holds this text has been answered, this happens at the vendor's. */
	afterNextWith(text: string, then: () => void): void {
		this.afterwards.push({ text, then });
	}

	/** Every connection is cut until then; without a number until `comeBack`. */
	goDown(seconds = Infinity): void {
		this.downUntil = Date.now() + seconds * 1000;
	}

	comeBack(): void {
		this.downUntil = 0;
		this.troubles = [];
		this.afterwards = [];
	}

	get isDown(): boolean {
		return Date.now() < this.downUntil;
	}

	handle(asked: Asked): Answer {
		const trouble = this.troubles.findIndex(({ isMeant }) => isMeant(asked));
		const status = trouble < 0 ? undefined : this.troubles.splice(trouble, 1)[0].status;
		const answer = status === undefined ? this.answerAsDescribed(asked) : this.trouble(status);
		this.requests.push({ ...asked, at: Date.now(), answered: answer.status, answer: answer.body });
		const next = this.afterwards.findIndex(({ text }) => JSON.stringify(asked.body ?? '').includes(text));
		if (next >= 0) this.afterwards.splice(next, 1)[0].then();
		return answer;
	}

	private answerAsDescribed(asked: Asked): Answer {
		const fault = this.description?.faultOf(asked);
		return fault === undefined ? this.answer(asked) : this.notAsDescribed(fault);
	}

	/** Requests of one kind that were answered well, e.g. `done('POST', '/crm/v3/objects/tasks')`. */
	done(method: string, path: string | RegExp): Seen[] {
		return this.requests.filter((one) => one.method === method && one.answered < 300 && (typeof path === 'string' ? one.path === path : path.test(one.path)));
	}

	/** What the vendor said no to though nothing was wrong with it: faults of a template. */
	get refused(): string[] {
		return this.requests.filter(({ answered }) => answered >= 400 && answered !== 429 && answered < 500).map(({ method, path, answered, answer }) => `${method} ${path}: ${answered} ${JSON.stringify(answer)}`);
	}
}

/** An object whose keys are all among those that the vendor documents; the others by name. */
export function unknownKeys(value: object, known: readonly string[]): string[] {
	return Object.keys(value).filter((key) => !known.includes(key));
}

export const asObject = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : {});
