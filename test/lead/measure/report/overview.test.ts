import { overviewPage, overviewRows, overviewSlack, type OverviewClient } from '../../../../nodes/lead/measure/report/overview';
import { scorecard } from '../../../../nodes/lead/measure/scorecard';
import type { CountName } from '../../../../nodes/lead/measure/tally';
import { periodTally, tally } from '../../../support/tallies';

const good = { due: 40, inSla: 39, contacted: 45, meeting: 20, sourceComplete: 50, campaign: 50 };

function client(name: string, counts: Partial<Record<CountName, number>> = {}, change: Partial<OverviewClient> = {}): OverviewClient {
	const leads = change.card?.leads ?? 50;
	return {
		key: name.toLowerCase(), name, mode: 'live', timeZone: 'Europe/London', card: scorecard(periodTally(tally(leads, { ...good, ...counts })), undefined),
		lastLeadAt: '2026-11-23T08:00:00.000Z', quietHours: 1.25, noLeadHours: 8, ...change,
	};
}

const about = { language: 'en', timeZone: 'Europe/London', madeAt: '2026-11-23T09:00:00.000Z' };

describe('the overview of an agency', () => {
	const clients = [
		client('Good'), client('Late', { inSla: 10 }), client('Sloppy', { campaign: 10 }), client('Quiet', {}, { quietHours: 9.4 }),
		client('Trying', { inSla: 10 }, { mode: 'test', quietHours: 500 }), client('Empty', {}, { card: scorecard(periodTally(tally(0)), undefined) }),
	];

	it('puts those first who need somebody, each with its reason', () => {
		expect(overviewRows(clients, 'en').map(({ name, status, because }) => [name, status, because])).toEqual([
			['Late', 'red', 'Contacted Within SLA 25 %'], ['Quiet', 'red', 'no lead for 9 business hours'],
			['Empty', 'amber', 'no leads in this period'], ['Sloppy', 'amber', 'Campaign Present 20 %'],
			['Good', 'green', 'all targets reached'], ['Trying', 'test', 'in test mode'],
		]);
	});

	it('calls only a live client quiet, from the hours of its settings on', () => {
		expect(overviewRows(clients, 'en').filter(({ isQuiet }) => isQuiet).map(({ name }) => name)).toEqual(['Quiet']);
	});

	it('gives a page without script and with every name escaped, and blocks that Slack takes', () => {
		const rows = overviewRows([...clients, client('<script>x</script> @here', { inSla: 1 })], 'de');
		const html = overviewPage(rows, { ...about, language: 'de' });
		expect(html).not.toMatch(/<script|<img/);
		expect(html).toContain('&lt;script&gt;x');
		expect(html).toContain('Handeln');
		const many = overviewSlack(overviewRows(Array.from({ length: 90 }, (_, place) => client(`Client ${place}`)), 'en'), about);
		expect(many.blocks.length).toBeLessThanOrEqual(50);
		expect(many.text).toBe('Clients at a Glance: 90 Good');
	});
});
