import { loadTools, type RunningN8n } from './n8nUnderTest';

type Field = string | { content: Buffer; name: string };

/** A form of n8n as a browser goes through it: a login, a page, a button, the page that follows. */
export class FormPages {
	private waiting = '';
	private readonly headers: Record<string, string>;
	readonly url: string;

	/** A form behind Basic Auth, or without a login. */
	constructor(n8n: RunningN8n, path: string, login: { user: string; password: string } | { headers: Record<string, string> }) {
		this.url = `${n8n.url}/form/${path}`;
		this.headers = 'headers' in login ? login.headers : { authorization: `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}` };
	}

	/** A form behind n8n's own login, as n8n's owner opens it: signs in, allows the form to run, and comes back to it. */
	static async ofOwner(n8n: RunningN8n, path: string): Promise<FormPages> {
		const cookies = new Map<string, string>();
		const asBrowser = async (address: string, body?: object): Promise<Response> => {
			const answer = await fetch(new URL(address, n8n.url), {
				redirect: 'manual', method: body ? 'POST' : 'GET', body: body && JSON.stringify(body),
				headers: { 'content-type': 'application/json', 'browser-id': 'lead-handoff-demo', cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
			});
			for (const cookie of answer.headers.getSetCookie()) cookies.set(...cookie.split(';')[0].split(/=(.*)/s, 2) as [string, string]);
			const next = answer.headers.get('location');
			return next === null ? answer : await asBrowser(next);
		};
		const { email, password } = (await loadTools()).demoOwner;
		await asBrowser('/rest/login', { emailOrLdapLoginId: email, password });
		await asBrowser(`/form/${path}`);
		const allowed = await asBrowser('/rest/consent/approve', { approved: true });
		const { data } = await allowed.json() as { data: { redirectUrl: string } };
		const page = await (await asBrowser(data.redirectUrl)).text();
		// the page's own script sends it with the answers
		const token = /authToken = '([^']+)'/.exec(page)?.[1] ?? '';
		return new FormPages(n8n, path, { headers: { 'browser-id': 'lead-handoff-demo', 'x-auth-token': token, cookie: [...cookies].map((pair) => pair.join('=')).join('; ') } });
	}

	/** Where the page that follows stands. */
	get waitingUrl(): string {
		return this.waiting;
	}

	/** The first page. */
	async open(): Promise<Response> {
		return await fetch(this.url, { headers: this.headers });
	}

	/** Fills in the first page, in the order of its fields, and gives the page that follows. */
	async send(...fields: Field[]): Promise<string> {
		const answer = await fetch(this.url, { method: 'POST', headers: this.headers, body: filled(fields) });
		expect(answer.status).toBe(200);
		this.waiting = (await answer.json() as { formWaitingUrl: string }).formWaitingUrl;
		return await this.nextPage();
	}

	/** Fills in a page that came after. */
	async goOn(...fields: Field[]): Promise<string> {
		const answer = await fetch(this.waiting, { method: 'POST', headers: this.headers, body: filled(fields) });
		expect(answer.status).toBe(200);
		return await this.nextPage();
	}

	private async nextPage(): Promise<string> {
		// as the form's own script does: the page is asked for only once the run has one
		const state = new URL(this.waiting);
		state.pathname += '/n8n-execution-status';
		for (let asked = 0; await this.textOf(state) !== 'form-waiting'; asked++) {
			if (asked === 50) throw new Error(`No page follows the form: ${await this.textOf(state)}`);
			await new Promise((resolve) => { setTimeout(resolve, 200); });
		}
		return await this.textOf(this.waiting);
	}

	private async textOf(url: string | URL): Promise<string> {
		return await (await fetch(url, { headers: this.headers, signal: AbortSignal.timeout(10_000) })).text();
	}
}

function filled(fields: readonly Field[]): FormData {
	const form = new FormData();
	fields.forEach((field, index) => {
		if (typeof field === 'string') form.set(`field-${index}`, field);
		else form.set(`field-${index}`, new Blob([new Uint8Array(field.content)]), field.name);
	});
	return form;
}
