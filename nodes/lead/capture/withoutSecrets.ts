import { isObject } from '../isObject';

/** Headers by which a sender proves itself, and those that proxies add: what they hold is of no use to a lead's story. */
const secretHeader = /^(?:authorization|proxy-authorization|cookie|set-cookie)$|(?:^|[-_])(?:auth|key|apikey|token|secret|signature|sig|password|passwd|credential|credentials|session|sessionid|jwt|csrf|xsrf|hmac)(?:$|[-_])/i;
/** What a sender calls one delivery: no secret, and needed to know it again. */
const deliveryName = /^idempotency-key$/i;

/** The payload as it may be stored: a webhook's headers without those that prove who sent it. */
export function withoutSecrets(payload: unknown): unknown {
	if (!isObject(payload) || !isObject(payload.headers)) return payload;
	const headers = Object.entries(payload.headers).filter(([name]) => deliveryName.test(name) || !secretHeader.test(name));
	return { ...payload, headers: Object.fromEntries(headers) };
}
