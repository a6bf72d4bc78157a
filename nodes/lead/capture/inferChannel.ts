import type { SourceContext } from '../handoffRecord';

/** Values of `source.channel`. */
export const channels = ['paidSearch', 'paidSocial', 'display', 'affiliate', 'partner', 'email', 'sms', 'social', 'organicSearch', 'referral', 'offline', 'direct', 'other'] as const;
export type Channel = (typeof channels)[number];

const searchEngines = /(?:^|\.)(?:google|bing|duckduckgo|ecosia|yahoo|yandex|baidu|qwant|startpage|brave|seznam|naver)\.[a-z.]{2,8}$/;
const socialSites = /(?:^|\.)(?:facebook|instagram|linkedin|twitter|x|tiktok|youtube|pinterest|reddit|xing|threads|snapchat|t|lnkd|fb)\.(?:com|net|org|de|co|in|me|it)$/;
const socialNames = /^(?:facebook|fb|instagram|ig|linkedin|twitter|x|tiktok|youtube|pinterest|reddit|xing|meta|snapchat|threads)(?:[._ -]|$)/;

/** Ids that only the link of an advert carries, by the advertisers' own help pages, read 2026-11. */
const ofClickId: Record<string, Channel> = {
	gclid: 'paidSearch', gbraid: 'paidSearch', wbraid: 'paidSearch', msclkid: 'paidSearch', yclid: 'paidSearch', dclid: 'display',
	li_fat_id: 'paidSocial', ttclid: 'paidSocial', twclid: 'paidSocial', rdt_cid: 'paidSocial', sccid: 'paidSocial', ctwa_clid: 'paidSocial',
};
/** Ids that unpaid posts carry too. */
const ofSharedClickId: Record<string, Channel> = { fbclid: 'social', epik: 'social' };

/** What a medium says, in order: names as in Google Analytics' default channel group (read 2026-11), plus partner and offline. */
const ofMedium: [RegExp, Channel][] = [
	[/^(?:paid[ _-]?social|social[ _-]?paid|paidsocial|cpc[ _-]?social|social[ _-]?(?:cpc|ads?|ppc))$/, 'paidSocial'],
	[/^(?:cpc|ppc|sem|paid[ _-]?search|search[ _-]?paid|paidsearch|retargeting|paid|cpa)$/, 'paidSearch'],
	[/^(?:display|banner|cpm|expandable|interstitial|programmatic|native)$/, 'display'],
	[/^(?:affiliates?)$/, 'affiliate'],
	[/^(?:partners?|reseller|partner[ _-]?referral)$/, 'partner'],
	[/^(?:e[ _-]?mail|newsletter|mail|mailing)$/, 'email'],
	[/^(?:sms|text|whatsapp)$/, 'sms'],
	[/^(?:social|social[ _-]?(?:network|media)|sm|organic[ _-]?social|organicsocial)$/, 'social'],
	[/^(?:organic|seo|organic[ _-]?search)$/, 'organicSearch'],
	[/^(?:referral|link|app)$/, 'referral'],
	[/^(?:offline|event|print|qr|qr[ _-]?code|trade[ _-]?show|fair|messe|phone|direct[ _-]?mail)$/, 'offline'],
];

/**
 * The channel and the rule that gave it, in words. `null` when nothing is known at all: unknown is not direct.
 *
 * @param referrer - Host of a referrer on another site than the form, `null` when there is none.
 */
export function inferChannel({ context, referrer, isPageKnown }: { context: SourceContext; referrer: string | null; isPageKnown: boolean }): { channel: Channel | null; channelBecause: string | null } {
	const medium = context.medium?.toLowerCase() ?? '';
	const source = context.source?.toLowerCase() ?? '';
	const named = ofMedium.find(([pattern]) => pattern.test(medium))?.[1];
	const isSocial = socialNames.test(source) || socialSites.test(source);
	if (named === 'paidSearch' && isSocial) return because('paidSocial', `medium is "${context.medium}" and the source is a social network`);
	if (context.clickIdType && Object.hasOwn(ofClickId, context.clickIdType)) return because(ofClickId[context.clickIdType], `the link carried the click id ${context.clickIdType}`);
	if (named) return because(named, `medium is "${context.medium}"`);
	if (context.clickIdType && Object.hasOwn(ofSharedClickId, context.clickIdType)) return because(ofSharedClickId[context.clickIdType], `the link carried the click id ${context.clickIdType}, which unpaid posts carry too`);
	if (isSocial) return because('social', 'the source is a social network');
	if (/^(?:e[ _-]?mail|newsletter|mailing)$/.test(source)) return because('email', `source is "${context.source}"`);
	if (referrer !== null) {
		if (socialSites.test(referrer)) return because('social', `the referrer ${referrer} is a social network`);
		if (searchEngines.test(referrer)) return because('organicSearch', `the referrer ${referrer} is a search engine, and there is no sign of an advert`);
		return because('referral', `the referrer ${referrer} is another site`);
	}
	if (context.source !== null || context.medium !== null || context.campaign !== null) return because('other', 'campaign fields that no rule knows');
	if (isPageKnown) return because('direct', 'the page is known, and there is no campaign, click id or referrer');
	return { channel: null, channelBecause: null };
}

function because(channel: Channel, channelBecause: string): { channel: Channel; channelBecause: string } {
	return { channel, channelBecause };
}
