import { readLead } from '../../../nodes/lead/capture/readLead';
import { readSourceContext, type SourcePart } from '../../../nodes/lead/capture/sourceContext';

const read = (payload: unknown, required: SourcePart[] = ['source', 'medium', 'campaign']) => readSourceContext(readLead(payload).fields, { required, firstTouchAt: null });

describe('readSourceContext', () => {
	it('reads the fields of the form', () => {
		expect(read({ utm_source: 'google', utm_medium: 'cpc', utm_campaign: 'brand', utm_term: 'crm', utm_content: 'ad 1', gclid: 'abc' }))
			.toMatchObject({ source: 'google', medium: 'cpc', campaign: 'brand', term: 'crm', content: 'ad 1', clickId: 'abc', clickIdType: 'gclid', complete: true, completeness: 1, missing: [] });
	});

	it('reads the address of the page, and the landing page from it', () => {
		const page = 'https://acme.example/demo?utm_source=google&utm_medium=cpc&utm_campaign=brand';
		expect(read({ page_url: page })).toMatchObject({ source: 'google', campaign: 'brand', landingPage: page });
		expect(read({ headers: { Referer: page }, query: {}, body: { email: 'ada@acme.example' } })).toMatchObject({ source: 'google' });
	});

	it('believes a field before an address', () => {
		expect(read({ utm_source: 'linkedin', page_url: 'https://acme.example/?utm_source=google' }).source).toBe('linkedin');
	});

	it('takes no campaign from the referrer of another site', () => {
		expect(read({ page_url: 'https://acme.example/', referrer: 'https://other.example/?utm_source=theirs' })).toMatchObject({ source: null, channel: 'referral' });
		expect(read({ page_url: 'https://www.acme.example/contact', referrer: 'https://acme.example/?utm_source=ours' }).source).toBe('ours');
	});

	it('names what is missing', () => {
		expect(read({ utm_source: 'google' })).toMatchObject({ complete: false, completeness: 0.33, missing: ['medium', 'campaign'] });
		expect(read({}, [])).toMatchObject({ complete: true, completeness: 1, missing: [] });
	});

	it.each(['(not set)', 'null', 'undefined', '{{campaign}}', '-'])('takes %s for nothing', (text) => {
		expect(read({ utm_campaign: text }).campaign).toBeNull();
	});

	it('keeps the first touch apart', () => {
		expect(read({ utm_source: 'google', first_utm_source: 'newsletter', first_utm_medium: 'email' }))
			.toMatchObject({ source: 'google', firstTouch: { channel: 'email', source: 'newsletter', medium: 'email', campaign: null, at: null } });
		expect(read({ utm_source: 'google' }).firstTouch).toBeNull();
	});

	it.each([
		['a Google click', { page_url: 'https://acme.example/?gclid=x' }, 'paidSearch'],
		['a Microsoft click', { msclkid: 'x' }, 'paidSearch'],
		['a LinkedIn click', { li_fat_id: 'x' }, 'paidSocial'],
		['a paid medium', { utm_source: 'bing', utm_medium: 'cpc' }, 'paidSearch'],
		['a paid medium of a social network', { utm_source: 'facebook', utm_medium: 'cpc' }, 'paidSocial'],
		['a Facebook click without a paid medium', { fbclid: 'x' }, 'social'],
		['a newsletter', { utm_source: 'crm', utm_medium: 'email' }, 'email'],
		['a partner', { utm_source: 'partner-portal', utm_medium: 'partner' }, 'partner'],
		['a search engine as referrer', { page_url: 'https://acme.example/', referrer: 'https://www.google.de/' }, 'organicSearch'],
		['a social network as referrer', { page_url: 'https://acme.example/', referrer: 'https://www.linkedin.com/feed' }, 'social'],
		['another site as referrer', { page_url: 'https://acme.example/', referrer: 'https://blog.other.example/x' }, 'referral'],
		['the own site as referrer', { page_url: 'https://acme.example/contact', referrer: 'https://www.acme.example/' }, 'direct'],
		['a page alone', { page_url: 'https://acme.example/' }, 'direct'],
		['a campaign no rule knows', { utm_source: 'xyz', utm_medium: 'abc' }, 'other'],
		['nothing at all, which is not direct', { email: 'ada@acme.example' }, null],
	])('infers the channel of %s, and says by which rule', (_, payload, channel) => {
		const context = read(payload);
		expect(context.channel).toBe(channel);
		expect(context.channelBecause === null).toBe(channel === null);
	});

	it.each(['javascript:alert(1)', 'not a page', 'data:text/html,x'])('reads no address from %s', (text) => {
		expect(read({ page_url: text }).channel).toBeNull();
	});
});
