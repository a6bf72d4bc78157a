import { readLeads } from '../../nodes/host/readLeads';
import { strictContext } from '../support/strictContext';

afterEach(() => jest.restoreAllMocks());

describe('readLeads', () => {
	it('gives every item as a lead, in order, whatever it is', async () => {
		const items = [{ json: { email: 'ana@northwind.example' } }, { json: null as never }, { json: 'x' as never }, { json: {} }];
		const leads = await readLeads(strictContext({ items }), new Date('2026-11-20T18:30:00.000Z'), () => 'new');
		expect(leads.map(({ record, captured }) => [record.lead.email, captured])).toEqual([['ana@northwind.example', false], [null, false], [null, false], [null, false]]);
	});

	it('lets others run in a long batch', async () => {
		let clock = 0;
		jest.spyOn(Date, 'now').mockImplementation(() => (clock += 20));
		let others = 0;
		setImmediate(() => { others++; });
		await readLeads(strictContext({ items: Array.from({ length: 10 }, () => ({})) }), new Date(0), () => 'new');
		expect(others).toBe(1);
	});
});
