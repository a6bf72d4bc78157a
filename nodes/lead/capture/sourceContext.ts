import { parse as parseDomain } from 'tldts';
import { toOneLine } from '../foldText';
import { emptySourceContext, type SourceContext, type SourceTouch } from '../handoffRecord';
import { inferChannel } from './inferChannel';
import type { FormField } from './labelTable';

/** Parts of a source context that a client may require. */
export const sourceParts = ['campaign', 'channel', 'clickId', 'landingPage', 'medium', 'referrer', 'source'] as const;
export type SourcePart = (typeof sourceParts)[number];

/** In order of trust: ids that only an advert's link carries come before those that unpaid posts carry too. */
const clickIdTypes = ['gclid', 'gbraid', 'wbraid', 'dclid', 'msclkid', 'li_fat_id', 'ttclid', 'twclid', 'rdt_cid', 'sccid', 'ctwa_clid', 'yclid', 'fbclid', 'epik'] as const satisfies FormField[];
const longestPart = 300;
const longestAddress = 2_000;
/** What tracking scripts write when they know nothing. */
const nothing = /^(?:\(?none\)?|\(?not set\)?|null|undefined|n\/a|-|\{\{.*\}\}|\{.*\}|\[.*\]|%%.*%%)$/i;

interface Address {
	url: URL;
	/** By name in small letters; of a name that comes twice the first. */
	parameters: Map<string, string>;
	/** Registrable domain, else the host; worked out when it is first asked for. */
	site?: string;
}

/**
 * Where a lead came from: its own fields first, then the address of the page, of the landing page, and of the referrer.
 * The first touch stands apart and never replaces the last.
 */
export function readSourceContext(fields: Partial<Record<FormField, string[]>>, { required, firstTouchAt }: { required: readonly SourcePart[]; firstTouchAt: string | null }): SourceContext {
	const page = readAddress(fields.pageUrl?.[0]);
	const landing = readAddress(fields.landingPage?.[0]) ?? (page?.parameters.size ? page : undefined);
	const referrer = readAddress(fields.referrer?.[0]);
	const given = (field: FormField) => firstOf(fields[field] ?? [], (text) => text);
	// a referrer of the same site is the page before, which may still carry the campaign
	const isOwnReferrer = referrer !== undefined && [page, landing].some((address) => address !== undefined && siteOf(referrer) === siteOf(address));
	const addresses = [page, landing, isOwnReferrer ? referrer : undefined].filter((one) => one !== undefined);
	const inAddress = (name: string) => firstOf(addresses, ({ parameters }) => parameters.get(name));

	const context: SourceContext = {
		...emptySourceContext(),
		source: given('source') ?? inAddress('utm_source'),
		medium: given('medium') ?? inAddress('utm_medium'),
		campaign: given('campaign') ?? inAddress('utm_campaign'),
		term: given('term') ?? inAddress('utm_term'),
		content: given('content') ?? inAddress('utm_content'),
		landingPage: shown(landing ?? page) ?? given('landingPage') ?? null,
		referrer: shown(referrer) ?? given('referrer') ?? null,
	};
	for (const type of clickIdTypes) {
		const clickId = given(type) ?? inAddress(type);
		if (clickId === null) continue;
		// Meta's cookie holds the click id behind its version, level and time
		Object.assign(context, { clickId: type === 'fbclid' ? clickId.replace(/^fb\.\d\.\d+\./, '') : clickId, clickIdType: type });
		break;
	}
	const hosts = [page, landing].filter((one) => one !== undefined).map(siteOf);
	Object.assign(context, inferChannel({ context, referrer: foreignHost(referrer, hosts), isPageKnown: hosts.length > 0 }));
	context.firstTouch = readFirstTouch(given, fields, { at: firstTouchAt, hosts });
	context.missing = required.filter((name) => context[name] === null);
	context.complete = context.missing.length === 0;
	context.completeness = required.length === 0 ? 1 : Math.round((1 - context.missing.length / required.length) * 100) / 100;
	return context;
}

const firstFields = ['firstSource', 'firstMedium', 'firstCampaign', 'firstLandingPage', 'firstReferrer'] as const satisfies FormField[];

/** What brought the lead the very first time, from fields of its own or the address of its first page. */
function readFirstTouch(given: (field: FormField) => string | null, fields: Partial<Record<FormField, string[]>>, { at, hosts }: { at: string | null; hosts: string[] }): SourceTouch | null {
	if (!firstFields.some((field) => fields[field] !== undefined)) return null;
	const landing = readAddress(fields.firstLandingPage?.[0]);
	const referrer = readAddress(fields.firstReferrer?.[0]);
	const inAddress = (name: string) => part(landing?.parameters.get(name) ?? '');
	const touch = { source: given('firstSource') ?? inAddress('utm_source'), medium: given('firstMedium') ?? inAddress('utm_medium'), campaign: given('firstCampaign') ?? inAddress('utm_campaign') };
	const clickIdType = clickIdTypes.find((type) => inAddress(type) !== null) ?? null;
	const { channel } = inferChannel({
		context: { ...emptySourceContext(), ...touch, clickIdType },
		referrer: foreignHost(referrer, [...hosts, ...(landing ? [siteOf(landing)] : [])]),
		isPageKnown: landing !== undefined,
	});
	return channel === null ? null : { channel, ...touch, at };
}

function foreignHost(referrer: Address | undefined, own: string[]): string | null {
	return referrer && !own.includes(siteOf(referrer)) ? referrer.url.hostname : null;
}

/** The first that is a usable part of a source context. */
function firstOf<T>(list: readonly T[], textOf: (one: T) => string | undefined): string | null {
	for (const one of list) {
		const text = textOf(one);
		const found = text === undefined ? null : part(text);
		if (found !== null) return found;
	}
	return null;
}

function part(text: string): string | null {
	const line = toOneLine(text.slice(0, longestAddress)).slice(0, longestPart).trim();
	return line === '' || nothing.test(line) ? null : line;
}

function readAddress(text: string | undefined): Address | undefined {
	const line = text === undefined ? '' : toOneLine(text.slice(0, longestAddress));
	if (line === '') return undefined;
	const withScheme = /^[a-z][a-z0-9+.-]*:/i.test(line) ? line : /^[\w-]+(?:\.[\w-]+)+(?:[/?#]|$)/.test(line) ? `https://${line}` : '';
	const url = withScheme === '' ? null : URL.parse(withScheme);
	return url && /^(?:https?|android-app):$/.test(url.protocol) ? { url, parameters: readParameters(url) } : undefined;
}

/** Some pages keep their campaign behind the #, where no server sees it. */
function readParameters({ searchParams, hash }: URL): Map<string, string> {
	const parameters = new Map<string, string>();
	const inHash = /[?&#](?:utm_|gclid=)/.test(hash) ? [...new URLSearchParams(hash.replace(/^[^?]*\?|^#/, ''))] : [];
	for (const [name, value] of [...searchParams, ...inHash]) {
		const key = name.toLowerCase();
		if (!parameters.has(key)) parameters.set(key, value);
	}
	return parameters;
}

function shown(address: Address | undefined): string | null {
	return address?.url.href ?? null;
}

function siteOf(address: Address): string {
	return (address.site ??= parseDomain(address.url.hostname).domain ?? address.url.hostname);
}
