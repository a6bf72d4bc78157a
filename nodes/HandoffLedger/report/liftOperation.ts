import type { IExecuteFunctions } from 'n8n-workflow';
import { LeadError } from '../../lead/leadError';
import { lift, type LiftShare, type LiftSide } from '../../lead/measure/lift';
import { sinceLive } from '../../lead/measure/periods';
import type { Scorecard } from '../../lead/measure/scorecard';
import type { LedgerRun } from '../operations';
import { measurePeriod, readScorecard } from './scorecardOperation';
import { readMomentSetting, readMomentText } from '../settings';

/** What a better handoff brought: meetings of the chosen period beside those that the earlier rates would have given. */
export async function tellLift(ctx: IExecuteFunctions, run: LedgerRun): Promise<object[]> {
	const read = await readScorecard(ctx, run, []);
	const after = sideOf(read.card);
	if (!after) throw new LeadError('LIFT_WITHOUT_FIGURES', 'This period has too few leads to compare', 'Choose a longer "Period", or record who was contacted and which meetings were booked.');
	const before = await readBefore(ctx, run, read);
	const asked = ctx.getNodeParameter('liftLeads', 0, 0) as number;
	const leads = asked > 0 ? asked : read.card.leads;
	const { meetingsBefore, meetingsAfter, more, range, because } = lift(leads, before, after);
	const [oneDigit, share] = [(value: number) => Math.round(value * 10) / 10, (value: number) => Math.round(value * 1000) / 1000];
	return [{
		leads, meetingsBefore: oneDigit(meetingsBefore), meetingsAfter: oneDigit(meetingsAfter), more: oneDigit(more), low: range && oneDigit(range.low), high: range && oneDigit(range.high),
		because: `${oneDigit(meetingsBefore)} → ${oneDigit(meetingsAfter)} meetings of ${leads} leads${range ? `; 95 of 100 times between ${oneDigit(range.low)} and ${oneDigit(range.high)} more` : ''}`,
		contactBefore: share(before.contact.share), meetingBefore: share(before.meeting.share), contactAfter: share(after.contact.share), meetingAfter: share(after.meeting.share), details: because.join('; '),
		client: read.key, from: read.card.from, to: read.card.to, testLeads: read.test,
	}];
}

type Read = Awaited<ReturnType<typeof readScorecard>>;

async function readBefore(ctx: IExecuteFunctions, run: LedgerRun, read: Read): Promise<LiftSide> {
	const from = ctx.getNodeParameter('liftBefore', 0) as 'items' | 'period' | 'typed';
	if (from === 'typed') return readTyped(ctx);
	if (from === 'items') return readItems(ctx);
	const { client, test, now, timeZone, key } = read;
	const moment = (name: string, label: string) => readMomentSetting(readMomentText(ctx.getNodeParameter(name, 0, '')) ?? '', timeZone, label);
	const period = { from: moment('liftFrom', 'Before: From'), to: moment('liftTo', 'Before: To') };
	if (period.from >= period.to) throw new LeadError('PERIOD_EMPTY', 'The period ends before it begins', 'Set "Before: To" to a moment after "Before: From".');
	const lived = test ? period : sinceLive(period, client?.settings.liveSince);
	const card = lived && (await measurePeriod(run, { scope: { client: key, test }, settings: client?.settings, now, splits: [], period: lived, before: undefined }));
	const side = card && sideOf(card);
	if (!side) throw new LeadError('LIFT_WITHOUT_FIGURES', 'The period before has too few leads to compare', 'Choose a longer period before, or set "Before From" to Typed In.');
	return side;
}

/** Contact rate, and meeting rate after contact; undefined when either has no figure. */
function sideOf({ metrics }: Scorecard): LiftSide | undefined {
	const [contact, meeting] = (['contactRate', 'meetingRate'] as const).map((name) => metrics.find((metric) => metric.name === name));
	if (contact?.value == null || meeting?.value == null) return undefined;
	return { contact: { share: contact.value, count: contact.count }, meeting: { share: meeting.value, count: meeting.count } };
}

function readTyped(ctx: IExecuteFunctions): LiftSide {
	const percent = (name: string, label: string): number => {
		const value = Number(ctx.getNodeParameter(name, 0, 0));
		if (!(value > 0 && value <= 100)) throw new LeadError('SHARE_INVALID', `"${label}" is not a percentage`, `Set "${label}" to a number above 0, up to 100.`);
		return value / 100;
	};
	const leads = Number(ctx.getNodeParameter('liftBeforeLeads', 0, 0));
	return sideFrom({ share: percent('liftContact', 'Before: Contact Rate (%)') }, { share: percent('liftMeeting', 'Before: Meeting Rate (%)') }, leads);
}

/** Figures of an audit: one item that holds both rates, or one item for each figure, as Scorecard gives them. */
function readItems(ctx: IExecuteFunctions): LiftSide {
	const items = ctx.getInputData().map(({ json }) => json);
	const find = (name: string): LiftShare | undefined => {
		const own = items.find((json) => json.name === name && typeof json.number === 'number');
		if (own) return { share: own.number as number, count: typeof own.count === 'number' ? own.count : undefined };
		const whole = items.find((json) => typeof json[name] === 'number' || typeof json[`${name}Number`] === 'number');
		const share = whole?.[`${name}Number`] ?? whole?.[name];
		return typeof share === 'number' ? { share } : undefined;
	};
	const [contact, meeting] = [find('contactRate'), find('meetingRate')];
	const isShare = (side: LiftShare | undefined): side is LiftShare => side !== undefined && side.share >= 0 && side.share <= 1;
	if (!isShare(contact) || !isShare(meeting)) {
		throw new LeadError('LIFT_ITEMS_WITHOUT_RATES', 'The items hold no contact and meeting rate', 'Give the items of an audit or a scorecard, or fields "contactRate" and "meetingRate" from 0 to 1.');
	}
	return sideFrom(contact, meeting, Number(items.find(({ leads }) => typeof leads === 'number')?.leads ?? 0));
}

/** With the number of leads, the rates have a range; what they rest on follows from it where it is not told. */
function sideFrom(contact: LiftShare, meeting: LiftShare, leads: number): LiftSide {
	if (!(leads > 0)) return { contact, meeting };
	return { contact: { count: leads, ...contact }, meeting: { count: Math.round(leads * contact.share), ...meeting } };
}
