import { descriptionOf } from './knownNodes';
import { repeated } from './checkNames';
import { textsIn, type Check } from './template';

const topLevelKeys = ['connections', 'id', 'meta', 'name', 'nodes', 'pinData', 'settings'];

/** Cannot be anybody's: Gmail allows no underscore, and the disposable inbox is everybody's. */
const nobodysAddresses = ['dana_kowalski@gmail.com', 'bob@mailinator.com'];
const reserved = /(^|\.)(example|example\.(com|net|org))$/i;
/** Addresses of vendors that a template calls or links to. */
const vendors = ['api.hubapi.com', 'api.peopledatalabs.com', 'api.pipedrive.com', 'api.typeform.com', 'app.hubspot.com', 'app.pipedrive.com', 'slack.com', 'docs.google.com', 'sheets.googleapis.com'];
const secrets = /\b(sk-[\w-]{16,}|xox[abeprs]-\S+|gh[pousr]_\w{20,}|AKIA[0-9A-Z]{12,}|eyJ[\w-]{20,}\.|Bearer\s+[\w.-]{12,}|-----BEGIN|pat-\w{2,3}\d-[\w-]{16,}|[CUTWG]0[A-Z0-9]{8,})/;

/** What must not leave the n8n in which a template was made. */
export const checkPrivacy: Check = (template) => [
	...template.nodes.filter((node) => 'credentials' in node).map(({ name }) => `${name}: holds credentials`),
	...textsIn(template).flatMap(({ path, text }) => [
		...(secrets.test(text) ? [`${path}: looks like a secret or an id of somebody's workspace`] : []),
		...(/\$(vars|env)\b/.test(text) ? [`${path}: reads variables of one n8n`] : []),
		...[...text.matchAll(/[\w.+-]+@([\w-]+(?:\.[\w-]+)+)/g)]
			.filter(([address, domain]) => !reserved.test(domain) && !nobodysAddresses.includes(address.toLowerCase()))
			.map(([address]) => `${path}: "${address}" may be somebody's address`),
		...[...text.matchAll(/https?:\/\/([\w.-]+)/g)].filter(([, host]) => !reserved.test(host) && !vendors.includes(host)).map(([, host]) => `${path}: calls ${host}`),
	]),
];

/**
 * Pages of n8n's forms that show what somebody typed. n8n evaluates {{ }} in them once more after the expression gave the
 * text, and shows HTML as HTML: each must write out the characters that would do either.
 */
export const checkFormPages: Check = (template) => template.nodes.filter(({ type }) => /\.form(Trigger)?$/.test(type)).flatMap(({ name, parameters }) => {
	const shown = textsIn(parameters).filter(({ path, text }) => /(^|\.)(html|completionMessage|jsonOutput|formDescription)$/.test(path) && text.startsWith('=') && /\$json|\$\(/.test(text));
	const written = ['&lt;', '&#123;'];
	return shown.filter(({ text }) => !written.every((one) => text.includes(one)) && showsWhatWasTyped(text)).map(({ path }) => `${name}: "${path}" shows what was typed as it is`);
});

/** A page that only chooses between texts of its own shows nothing of what it asks about. */
function showsWhatWasTyped(text: string): boolean {
	return !/^=\{\{ \$(json|\('[^']*'\))[^?]*\? '[^']*' : '[^']*' \}\}$/.test(text);
}

/** The parts of the file that n8n reads on import. */
export const checkShape: Check = (template) => [
	...Object.keys(template).filter((key) => !topLevelKeys.includes(key)).map((key) => `the file holds "${key}"`),
	...topLevelKeys.filter((key) => !(key in template)).map((key) => `the file lacks "${key}"`),
	...(template.settings.executionOrder === 'v1' ? [] : ['the execution order is not v1']),
	...(['pinData', 'meta'] as const).filter((key) => Object.keys(template[key] ?? {}).length > 0).map((key) => `"${key}" is not empty`),
	...template.nodes.filter((node) => descriptionOf(node)?.webhooks && !node.webhookId).map(({ name }) => `${name}: has no webhookId`),
	...repeated(template.nodes.flatMap(({ webhookId }) => webhookId ?? [])).map((id) => `two nodes have the webhookId ${id}`),
	...template.nodes.filter(({ disabled }) => disabled).map(({ name }) => `${name}: is switched off`),
];
