import type { IExecuteFunctions } from 'n8n-workflow';
import type { PeriodChoice, PeriodName } from '../../lead/measure/periods';
import { readMomentSetting, readMomentText } from '../settings';

/** The period that the operator chose; its moments are read in the client's zone. */
export function readPeriodChoice(ctx: IExecuteFunctions, timeZone: string, liveSince?: string): PeriodChoice {
	const period = ctx.getNodeParameter('period', 0) as PeriodName;
	if (period === 'lastDays') return { period, days: ctx.getNodeParameter('days', 0) as number };
	if (period === 'sinceGoLive') return { period, liveSince };
	if (period !== 'range') return { period };
	const given = { from: readMomentText(ctx.getNodeParameter('from', 0)), to: readMomentText(ctx.getNodeParameter('to', 0, '')) };
	const from = readMomentSetting(given.from ?? '', timeZone, 'From');
	return { period, from, ...(given.to ? { to: readMomentSetting(given.to, timeZone, 'To') } : {}) };
}
