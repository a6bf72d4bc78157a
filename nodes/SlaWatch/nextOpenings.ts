import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { readLeads } from '../host/readLeads';
import type { Run } from '../host/openRun';
import { sortLeads } from '../host/sortLeads';
import { nextOpening } from '../lead/activate/businessTime';
import { openCalendar } from '../lead/activate/calendar';
import { sayMoment, sayPromise, toMoment } from '../lead/activate/moments';
import { choosePolicy } from '../lead/activate/policy';
import { LeadError } from '../lead/leadError';
import { activationSettings, type NextOpeningSettings } from './settings';

/** Next Opening: each item leaves with `opening`, for a promise such as "we'll call by Mon 23 Nov 09:15". */
export async function nextOpenings(ctx: IExecuteFunctions, run: Run, settings: NextOpeningSettings): Promise<INodeExecutionData[][]> {
	const now = settings.asOf ?? run.now();
	const leads = await readLeads(ctx, now, run.newId);
	for (const key of new Set(leads.map(({ record }) => record.client))) {
		if (!settings.own) await run.client(key);
	}
	return await sortLeads(ctx, { outputs: 1, failedOutput: 0 }, async ({ json }, itemIndex) => {
		const { record } = leads[itemIndex];
		const { client } = await run.clientOf(leads[itemIndex]);
		const by = activationSettings(settings.own, record.client, client, now.getTime());
		const named = by.calendars.find(({ name }) => name === settings.calendar);
		if (settings.calendar !== undefined && !named) {
			throw new LeadError('CALENDAR_UNKNOWN', `There is no calendar '${settings.calendar.slice(0, 40)}'`, `Set "Calendar" to one of ${by.calendars.map(({ name }) => name).join(', ')}, or leave it empty.`);
		}
		const calendar = openCalendar(named ? { ...named, timeZone: named.timeZone ?? by.timeZone } : choosePolicy(record, by).calendar);
		const at = nextOpening(calendar, now.getTime());
		const opening = at === undefined
			? { isOpen: false, at: null, said: null, promise: null, calendar: calendar.name, timeZone: calendar.timeZone }
			: { isOpen: at === now.getTime(), at: toMoment(at), said: sayMoment(at, calendar.timeZone), promise: sayPromise(at, now.getTime(), calendar.timeZone), calendar: calendar.name, timeZone: calendar.timeZone };
		return { output: 0, json: { ...json, opening } };
	});
}
