import { FairnessCount, type GivenLead } from '../../../nodes/lead/measure/fairness';
import type { Member, Team } from '../../../nodes/lead/settings/clientSettings';

const member = (id: string, weight = 1): Member => ({ id, name: id === 'mia' ? 'Mia' : id, weight, email: null, active: true, timeOff: [], languages: [] });
const team: Team = { name: 'Sales', assignment: 'rotation', whenNobodyAvailable: 'anyone', members: ['mia', 'jon'] };
const settings = { teams: [team, { ...team, name: 'One', members: ['mia'] }], members: [member('mia'), member('jon', 2)] };
const at = '2026-11-23T09:30:00.000Z';

function count(leads: (Partial<GivenLead> & { times?: number })[]) {
	const counted = new FairnessCount(settings, (moment) => new Date(moment).getUTCHours() + 1);
	for (const { times = 1, ...lead } of leads) {
		for (let time = 0; time < times; time++) counted.add({ openedAt: at, team: 'Sales', ownerId: 'mia', highIntent: false, skipped: [], ...lead });
	}
	return counted.read();
}

describe('FairnessCount', () => {
	it('compares each member\'s share of the leads with the weight', () => {
		expect(count([{ times: 20 }, { ownerId: 'jon', times: 40 }])).toMatchObject([
			{ team: 'Sales', owner: 'Mia', weight: 1, weightShare: 1 / 3, leads: 20, leadShare: 1 / 3, difference: 0, isClear: false, because: '20 leads, about as many as the weight promises (20)' },
			{ owner: 'jon', weight: 2, leads: 40, difference: 0 },
		]);
	});

	it('says why somebody had fewer, in kinds of reasons', () => {
		const skipped = ['Mia: away until 2026-12-01', 'jon: available, not next in turn'];
		const [mia, jon] = count([{ ownerId: 'jon', times: 30, skipped }, { ownerId: 'jon', times: 30, skipped: ['Mia: 5 of 5 leads today'] }, { ownerId: 'jon', skipped: ['Mia: away until 2026-12-24'] }]);
		expect(mia).toMatchObject({
			leads: 0, difference: -20.3, isClear: true, skipped: [{ reason: 'away', times: 31 }, { reason: 'full (today)', times: 30 }],
			because: '0 leads, fewer than the weight promises (20.3); passed over because away (31 times), full (today) (30 times)',
		});
		expect(jon).toMatchObject({ isClear: true, skipped: [], because: '61 leads, more than the weight promises (40.7)' });
	});

	it('tells who gets the hot leads', () => {
		const [mia] = count([{ highIntent: true, times: 30 }, { times: 20 }, { ownerId: 'jon', highIntent: true, times: 10 }, { ownerId: 'jon', times: 90 }]);
		expect(mia).toMatchObject({ hotShare: 0.75, coldShare: 20 / 110, hotIsClear: true, because: expect.stringContaining('gets more of the hot leads') });
	});

	it('counts by the hour of the client\'s day', () => {
		const [mia] = count([{}, { openedAt: '2026-11-23T16:00:00.000Z', times: 2 }]);
		expect(mia.byHour.flatMap((leads, hour) => (leads > 0 ? [[hour, leads]] : []))).toEqual([[10, 1], [17, 2]]);
	});

	it('leaves out leads of no team and of somebody outside it, and teams of one', () => {
		expect(count([{ team: null }, { team: 'Other' }, { ownerId: 'eve' }, { ownerId: null }, { team: 'One' }])).toMatchObject([{ leads: 0, leadShare: null, hotShare: null, because: 'The team had no leads' }, { leads: 0 }]);
	});
});
