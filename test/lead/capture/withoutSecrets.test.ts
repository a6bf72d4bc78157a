import { captureLead } from '../../../nodes/lead/capture/captureLead';
import { withoutSecrets } from '../../../nodes/lead/capture/withoutSecrets';

describe('withoutSecrets', () => {
	it.each([
		'authorization', 'Authorization', 'proxy-authorization', 'cookie', 'x-api-key', 'apikey', 'api_key', 'X-Auth-Token', 'x-webhook-secret', 'typeform-signature', 'X-Hub-Signature-256', 'x-hubspot-signature-v3', 'x-shopify-hmac-sha256', 'x-csrf-token',
	])('leaves out the header %s', (name) => {
		expect(withoutSecrets({ headers: { [name]: 's3cret', host: 'n8n.example' }, body: { email: 'ada@acme.example' } })).toEqual({ headers: { host: 'n8n.example' }, body: { email: 'ada@acme.example' } });
	});

	it.each(['host', 'user-agent', 'referer', 'content-type', 'x-forwarded-for', 'accept-language', 'idempotency-key', 'x-request-id', 'x-keyboard'])('keeps the header %s', (name) => {
		expect(withoutSecrets({ headers: { [name]: 'a' } })).toEqual({ headers: { [name]: 'a' } });
	});

	it.each([null, 'text', [1], { headers: 'none' }, { token: 'a field of the form' }])('leaves %j as it is', (payload) => {
		expect(withoutSecrets(payload)).toEqual(payload);
	});

	it('is what a captured lead keeps of its payload', () => {
		const payload = { headers: { authorization: 'Basic s3cret', referer: 'https://acme.example/contact' }, query: {}, body: { email: 'ada@acme.example' } };
		const captured = captureLead({ payload, client: 'acme', submissionId: 's', now: new Date(0), zone: { timeZone: 'UTC', from: 'the client' }, requiredSource: [] });
		expect(JSON.stringify(captured)).not.toContain('s3cret');
		expect(captured.source.landingPage).toBe('https://acme.example/contact');
	});

	it('changes nothing in the item that came in', () => {
		const item = { headers: { cookie: 'a=b' } };
		withoutSecrets(item);
		expect(item).toEqual({ headers: { cookie: 'a=b' } });
	});
});
