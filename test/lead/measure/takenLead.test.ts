import { tellTake, type TakeResult } from '../../../nodes/lead/measure/takenLead';

const mia = { id: 'mia', name: 'Mia Stone', email: null };
const at = '2026-11-20T18:30:00.000Z';

describe('tellTake', () => {
	it.each<[string, TakeResult, string]>([
		['a lead that was free', { status: 'taken', before: null }, 'Taken'],
		['whose it was', { status: 'taken', before: mia }, 'Taken from Mia Stone'],
		['who was first, and when', { status: 'earlier', owner: mia, event: 'accepted', at }, 'Mia Stone was first: taken on Fri 20 Nov 19:30'],
		['who answered first', { status: 'earlier', owner: mia, event: 'contacted', at }, 'Mia Stone was first: answered on Fri 20 Nov 19:30'],
		['a second press of the same person', { status: 'already', owner: mia, event: 'accepted', at }, 'Mia Stone has it already: taken on Fri 20 Nov 19:30'],
		['a closed lead', { status: 'closed' }, 'The lead is closed, so nobody can take it'],
		['a lead that is not there', { status: 'unknown' }, 'This client has no such lead'],
	])('tells %s', (_, result, words) => {
		expect(tellTake(result, 'Europe/Berlin')).toBe(words);
	});

	it('lets no name make a link or mention anybody', () => {
		expect(tellTake({ status: 'taken', before: { ...mia, name: '<!channel> https://evil.example' } }, 'UTC')).not.toMatch(/[<>]|https?:\/\//);
	});
});
