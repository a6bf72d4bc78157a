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

	it('reads the first touch out of its landing page and referrer too', () => {
		expect(read({ utm_source: 'google', first_landing_page: 'https://acme.example/?utm_source=linkedin&utm_medium=cpc&utm_campaign=launch', first_visit: '2026-10-01T08:00:00Z' }).firstTouch)
			.toEqual({ channel: 'paidSocial', source: 'linkedin', medium: 'cpc', campaign: 'launch', at: null });
		expect(read({ page_url: 'https://acme.example/demo', first_landing_page: 'https://acme.example/', first_referrer: 'https://www.bing.com/' }).firstTouch).toMatchObject({ channel: 'organicSearch', source: null });
	});

	it('never lets the first touch be overwritten by the last, nor fill it', () => {
		expect(read({ first_utm_source: 'newsletter', page_url: 'https://acme.example/?utm_source=google&utm_medium=cpc' })).toMatchObject({ source: 'google', firstTouch: { source: 'newsletter', medium: null } });
	});

	it.each([
		['gclid', 'paidSearch'], ['gbraid', 'paidSearch'], ['wbraid', 'paidSearch'], ['dclid', 'display'], ['msclkid', 'paidSearch'], ['li_fat_id', 'paidSocial'], ['ttclid', 'paidSocial'], ['twclid', 'paidSocial'],
		['rdt_cid', 'paidSocial'], ['ScCid', 'paidSocial'], ['ctwa_clid', 'paidSocial'], ['yclid', 'paidSearch'], ['fbclid', 'social'], ['epik', 'social'],
	])('knows the click id %s, from a field and from an address', (name, channel) => {
		expect(read({ [name]: 'x-1' })).toMatchObject({ clickId: 'x-1', clickIdType: name.toLowerCase(), channel });
		expect(read({ page_url: `https://acme.example/?${name}=x-1` })).toMatchObject({ clickId: 'x-1', clickIdType: name.toLowerCase(), channel });
	});

	it('takes the click id out of Meta\'s cookie', () => {
		expect(read({ _fbc: 'fb.1.1695111200000.IwAR0-abc' })).toMatchObject({ clickId: 'IwAR0-abc', clickIdType: 'fbclid' });
	});

	it('reads a campaign behind the # of an address, and names in any case', () => {
		expect(read({ page_url: 'https://acme.example/#/demo?utm_source=google&UTM_Medium=cpc&utm_campaign=brand' })).toMatchObject({ source: 'google', medium: 'cpc', campaign: 'brand' });
	});

	it.each([
		['a Google click', { page_url: 'https://acme.example/?gclid=x' }, 'paidSearch'],
		['a Microsoft click', { msclkid: 'x' }, 'paidSearch'],
		['a LinkedIn click', { li_fat_id: 'x' }, 'paidSocial'],
		['a paid medium', { utm_source: 'bing', utm_medium: 'cpc' }, 'paidSearch'],
		['a paid medium of a social network', { utm_source: 'facebook', utm_medium: 'cpc' }, 'paidSocial'],
		['a Facebook click without a paid medium', { fbclid: 'x' }, 'social'],
		['a newsletter', { utm_source: 'crm', utm_medium: 'email' }, 'email'],
		['a newsletter without a medium', { utm_source: 'newsletter' }, 'email'],
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
