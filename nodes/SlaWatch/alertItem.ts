import type { IDataObject } from 'n8n-workflow';
import { onCallAt, type ClockReading, type ClockTerms } from '../lead/activate/clock';
import { chooseWho, plainText, refreshPeople, sayAlert, type People } from '../lead/activate/escalation';
import type { ClientSettings, EscalationStep } from '../lead/settings/clientSettings';
import { plainWords } from '../lead/shorten';
import type { ClaimStepResult, ClockRow } from '../ledger/ledger';
import { isAway } from './away';
import type { Sweep } from './checkClocks';
import { giveOn, type GivenOn } from './giveOn';
import { handedOver } from './handedOver';

/** A step of a clock that is to be sent now. */
export interface Alert {
	step: EscalationStep;
	/** Absent in a preview. */
	claim?: Extract<ClaimStepResult, { status: 'claimed' }>;
	/** Name of the step that was sent as often as it may be. */
	undelivered?: string;
}

/** For a policy that says nothing of it. */
const usualReassign = { mostTimes: 2, silentOwnerRests: false };

/** The clock that it belongs to, as it stands. */
interface Told {
	row: ClockRow;
	terms: ClockTerms;
	reading: ClockReading;
	nextAt: string | null;
	settings: ClientSettings | undefined;
	timeZone: string;
}

/** Names the handover of a step, which is done once however often the step is sent. */
export function handoverKey(row: Pick<ClockRow, 'id'>, step: Pick<EscalationStep, 'name'>): string {
	return `step:${row.id}:${step.name}`;
}

/** The alert as an item; a step that gives the lead on does so here, once. Undefined when the lead was answered just now. */
export async function toItem({ step, undelivered, claim }: Alert, { row, terms, reading, nextAt, settings, timeZone }: Told, sweep: Sweep): Promise<IDataObject | undefined> {
	const given = step.notify === 'nextOwner' && claim && settings ? await giveToNext(row, settings, step, sweep) : undefined;
	if (given?.stays === 'answered' || given?.stays === 'closed') return undefined;
	const people = refreshPeople(terms.people, given?.to?.id ?? row.ownerId, settings?.members ?? []);
	const text = sayAlert({
		status: reading.status, clock: row.name, lead: row.leadText ?? 'A lead', remainingMinutes: reading.remainingMinutes, dueAt: Date.parse(row.dueAt), timeZone, owner: people.owner,
	});
	const onCall = step.notify === 'owner' ? onCallAt(terms, sweep.now) : undefined;
	// who could not be found an owner for is for somebody else to look at
	const notify = given?.stays === 'nobodyElse' ? 'ops' : step.notify;
	return {
		client: row.client,
		leadId: row.leadId,
		status: reading.status,
		text: [text, ...(given ? [sayGiven(given)] : []), ...(undelivered === undefined ? [] : [`The alert ${plainText(undelivered)} was sent and never confirmed.`])].join(' '),
		step: {
			id: claim?.stepId ?? null, name: step.name, claimToken: claim?.claimToken ?? null, attempt: claim?.attempt ?? 0,
			notify, ...(onCall ? { toldAs: 'onCall', who: { ...onCall } } : whoIsTold({ notify }, people, sweep.now, settings)),
		},
		clock: row.name,
		minutesLeft: reading.remainingMinutes,
		dueAt: row.dueAt,
		nextCheckAt: nextAt,
		because: [...terms.because, `${reading.elapsedMinutes} business minutes without an answer`, ...(given?.because ?? [])],
		owner: people.owner ?? null,
		run: { test: row.test },
		...(given ? { reassigned: { ...handedOver(given), why: given.because.join('; '), earlier: given.earlier } as unknown as IDataObject } : {}),
		...(sweep.preview ? { preview: true } : {}),
	};
}

/** Gives the lead of a breached clock to the next of its team, once for this step, however often the step is sent. */
async function giveToNext(row: ClockRow, settings: ClientSettings, step: EscalationStep, { ledger, run, now }: Sweep): Promise<GivenOn | undefined> {
	const { mostTimes, silentOwnerRests } = settings.slaPolicies.find(({ name }) => name === row.policy)?.reassign ?? usualReassign;
	return await giveOn({ ...run, ledger }, { client: row.client, test: row.test }, settings, {
		leadId: row.leadId, onceKey: handoverKey(row, step), at: new Date(now), silent: { clockId: row.id, most: mostTimes }, silentOwnerRests,
	});
}

function sayGiven({ from, to, stays, because, rests }: GivenOn): string {
	const why = plainWords(because.join('; '), 300);
	if (!to) return stays === 'nobodyElse' ? `Nobody else can take it: ${why}.` : `It is not given on: ${why}.`;
	const rest = rests ? ` ${plainText(rests.name)} gets no other lead until ${rests.until.slice(0, 10)}, or until answering one.` : '';
	return `Given from ${plainText(from?.name ?? 'nobody')} to ${plainText(to.name)}: ${why}.${rest}`;
}

/** Who is to be told in a step, as the item shows it. */
export function whoIsTold(step: Pick<EscalationStep, 'notify'>, people: People, now: number, settings: ClientSettings | undefined): IDataObject {
	const told = chooseWho(step.notify, people, (id) => settings !== undefined && isAway(id, settings, now));
	return told
		? { toldAs: told.as, who: { id: told.who.id, name: told.who.name, email: told.who.email, slackId: told.who.slackId, phone: told.who.phone } }
		: { toldAs: null, who: null };
}
