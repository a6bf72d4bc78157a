import type { IExecuteFunctions, IHttpRequestMethods, IN8nHttpFullResponse } from 'n8n-workflow';

/**
 * A `fetch` that goes through n8n's own HTTP helper, and so through its proxy and TLS settings.
 * Any status is a response, as in `fetch`; only an unreachable service and an abort are errors.
 */
export function n8nFetch(ctx: Pick<IExecuteFunctions, 'helpers'>): typeof fetch {
	return async (target, init) => {
		const request = new Request(target, init);
		const body = request.body === null ? undefined : await request.text();
		const { body: answer, headers, statusCode, statusMessage } = (await ctx.helpers.httpRequest({
			url: request.url,
			method: request.method as IHttpRequestMethods,
			headers: Object.fromEntries(request.headers),
			body,
			abortSignal: request.signal,
			// as text: the caller reads the JSON itself
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			// a redirect must not carry the key to another host
			sendCredentialsOnCrossOriginRedirect: false,
		})) as IN8nHttpFullResponse;
		const hasBody = ![204, 205, 304].includes(statusCode);
		return new Response(hasBody ? toText(answer) : null, { status: statusCode, statusText: statusMessage ?? '', headers: toHeaders(headers) });
	};
}

/** Axios gives headers as text, or as a list when one is sent twice. */
function toHeaders(given: IN8nHttpFullResponse['headers']): Headers {
	const headers = new Headers();
	for (const [name, value] of Object.entries(given)) {
		for (const one of Array.isArray(value) ? value : [value]) headers.append(name, String(one));
	}
	// the body was already unpacked
	headers.delete('content-encoding');
	headers.delete('content-length');
	return headers;
}

function toText(body: IN8nHttpFullResponse['body']): string {
	return typeof body === 'string' ? body : JSON.stringify(body ?? '');
}
