import { parse as parseDomain } from 'tldts';
import { toOneLine } from '../foldText';
import { emptySourceContext, type SourceContext } from '../handoffRecord';
import type { FormField } from './fieldLabels';
import { inferChannel } from './inferChannel';

/** Parts of a source context that a client may require. */
export const sourceParts = ['campaign', 'channel', 'clickId', 'landingPage', 'medium', 'referrer', 'source'] as const;
export type SourcePart = (typeof sourceParts)[number];

const clickIdTypes = ['gclid', 'gbraid', 'wbraid', 'msclkid', 'li_fat_id', 'ttclid', 'fbclid'] as const;
const longestPart = 300;
const longestAddress = 2_000;
/** What tracking scripts write when they know nothing. */
const nothing = /^(?:\(?none\)?|\(?not set\)?|null|undefined|n\/a|-|\{\{.*\}\}|\[.*\]|%%.*%%)$/i;

/**
 * Where a lead came from: its own fields first, then the address of the page, of the landing page, and of the referrer.
 * The first touch stands apart and never replaces the last.
 */
export function readSourceContext(fields: Partial<Record<FormField, string[]>>, { required, firstTouchAt }: { required: readonly SourcePart[]; firstTouchAt: string | null }): SourceContext {
	const page = readAddress(fields.pageUrl?.[0]);
	const landing = readAddress(fields.landingPage?.[0]) ?? (page?.searchParams.size ? page : undefined);
	const referrer = readAddress(fields.referrer?.[0]);
	const given = (field: FormField) => fields[field]?.map(part).find((text) => text !== null) ?? null;
	// a referrer of the same site is the page before, which may still carry the campaign
	const isOwnReferrer = referrer !== undefined && page !== undefined && siteOf(referrer) === siteOf(page);
	const addresses = [page, landing, isOwnReferrer ? referrer : undefined].filter((one) => one !== undefined);
	const inAddress = (name: string) => addresses.map((address) => part(address.searchParams.get(name) ?? '')).find((text) => text !== null) ?? null;

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
		Object.assign(context, { clickId, clickIdType: type });
		break;
	}
	const hosts = [page, landing].filter((one) => one !== undefined).map(siteOf);
	Object.assign(context, inferChannel({ context, referrer: referrer && !hosts.includes(siteOf(referrer)) ? referrer.hostname : null, isPageKnown: hosts.length > 0 }));

	const first = { source: given('firstSource'), medium: given('firstMedium'), campaign: given('firstCampaign') };
	if (first.source !== null || first.medium !== null || first.campaign !== null) {
		const { channel } = inferChannel({ context: { ...emptySourceContext(), ...first }, referrer: null, isPageKnown: false });
		context.firstTouch = { channel, ...first, at: firstTouchAt };
	}
	context.missing = required.filter((name) => context[name] === null);
	context.complete = context.missing.length === 0;
	context.completeness = required.length === 0 ? 1 : Math.round((1 - context.missing.length / required.length) * 100) / 100;
	return context;
}

function part(text: string): string | null {
	const line = toOneLine(text.slice(0, longestAddress)).slice(0, longestPart).trim();
	return line === '' || nothing.test(line) ? null : line;
}

function readAddress(text: string | undefined): URL | undefined {
	const line = text === undefined ? '' : toOneLine(text.slice(0, longestAddress));
	if (line === '') return undefined;
	const withScheme = /^[a-z][a-z0-9+.-]*:/i.test(line) ? line : /^[\w-]+(?:\.[\w-]+)+(?:[/?#]|$)/.test(line) ? `https://${line}` : '';
	const address = withScheme === '' ? null : URL.parse(withScheme);
	return address && /^(?:https?|android-app):$/.test(address.protocol) ? address : undefined;
}

function shown(address: URL | undefined): string | null {
	return address?.href ?? null;
}

function siteOf(address: URL): string {
	return parseDomain(address.hostname).domain ?? address.hostname;
}
