import { randomUUID } from 'node:crypto';
import type { DeliveryOutcome, Verdict } from '../../nodes/lead/handoffRecord';
import { nextTurn } from '../../nodes/lead/route/turns';
import type { Ledger } from '../../nodes/ledger/ledger';
import { openLedgerAt, type LedgerAddress } from './ledgerAddress';
import { delivery, emailKey, live, match, matchOf, minutesLater, monday, newLead } from './samples';

/** What another process does on the ledger. */
export type ChildTask = { address: LedgerAddress } & (
	| { name: 'capture'; keys: string[] }
	| { name: 'takeTurns'; pool: string; members: string[]; turns: number }
	| { name: 'assign'; pool: string; members: { id: string; weight: number }[]; leads: number; perDay?: number }
	| { name: 'claim'; clockId: string; claims: number }
	| { name: 'sweep'; sweeps: number; now: string }
	| { name: 'decide'; people: string[] }
	| { name: 'captureAndHold'; key: string }
	| { name: 'writeForever' }
	| { name: 'open' }
);

async function perform(ledger: Ledger, task: ChildTask): Promise<unknown> {
	switch (task.name) {
		case 'capture': {
			const captured = await Promise.all(task.keys.map((key) => ledger.capture(delivery({ key }))));
			return captured.map((one): DeliveryOutcome => one.delivery.outcome);
		}
		case 'takeTurns': {
			for (let turn = 0; turn < task.turns; turn++) await takeTurn(ledger, task.pool, task.members);
			return task.turns;
		}
		case 'assign': {
			const given: string[] = [];
			for (let lead = 0; lead < task.leads; lead++) given.push(await assign(ledger, task));
			return given;
		}
		case 'claim': {
			const claims = Array.from({ length: task.claims }, () => ledger.claimStep({ ...live, clockId: task.clockId, name: 'Warn' }));
			return (await Promise.all(claims)).map(({ status }) => status);
		}
		case 'sweep': return (await Promise.all(Array.from({ length: task.sweeps }, () => sweep(ledger, task.now)))).flat();
		case 'decide': return await Promise.all(task.people.map((person) => decide(ledger, person)));
		case 'captureAndHold': return (await ledger.capture(delivery({ key: task.key }))).delivery.outcome;
		case 'writeForever': return await writeForever(ledger);
		case 'open': return 'opened';
	}
}

/** One check as SLA Watch does it: every due clock is looked at, and its step claimed and confirmed; gives the ids of the alerts sent. */
async function sweep(ledger: Ledger, now: string): Promise<string[]> {
	const sent: string[] = [];
	for (const { id } of await ledger.listDueClocks({ ...live, now, limit: 10_000 })) {
		const claim = await ledger.claimStep({ ...live, clockId: id, name: 'Warn' });
		if (claim.status !== 'claimed') continue;
		sent.push(claim.stepId);
		await ledger.confirmStep(live, claim.stepId, claim.claimToken);
	}
	return sent;
}

/** One lead as Rule Router gives it: smooth weighted turns among those below their cap; `nobody` when all are full. */
async function assign(ledger: Ledger, { pool, members, perDay }: Extract<ChildTask, { name: 'assign' }>): Promise<string> {
	const leadId = randomUUID();
	const period = { dayFrom: monday, weekFrom: monday, monthFrom: monday };
	for (;;) {
		const { version, state, today } = await ledger.getAssignment({ ...live, pool, leadId, at: monday, counted: perDay === undefined ? [] : members.map(({ id }) => ({ id, ...period })), open: [] });
		const here = members.filter(({ id }) => (today[id] ?? 0) < (perDay ?? Infinity));
		if (here.length === 0) return 'nobody';
		const { member, next } = nextTurn(here, state);
		const { status } = await ledger.takeTurn({ ...live, pool, leadId, expectedVersion: version, next, memberId: member.id, at: monday, ...(perDay === undefined ? {} : { limits: { ...period, perDay } }) });
		if (status === 'taken') return member.id;
	}
}

/** One fair turn, as the router takes it: read, choose, write if nobody was quicker. */
async function takeTurn(ledger: Ledger, pool: string, members: string[]): Promise<void> {
	const leadId = randomUUID();
	for (;;) {
		const { version, state } = await ledger.getRotation(live, pool);
		const memberId = members.reduce((best, one) => ((state[one] ?? 0) < (state[best] ?? 0) ? one : best));
		const next = { ...state, [memberId]: (state[memberId] ?? 0) + 1 };
		const { status } = await ledger.takeTurn({ ...live, pool, leadId, expectedVersion: version, next, memberId, at: monday });
		if (status === 'taken') return;
	}
}

/** A form fill of a person, as Dedupe Match decides it: read, think, write if nobody else came in with the same key. */
async function decide(ledger: Ledger, person: string): Promise<Verdict> {
	const captured = await ledger.capture(delivery());
	const keys = [emailKey(person)];
	for (;;) {
		const { persons: [known], asOf } = await ledger.findCandidates({ ...live, keys, capPerKey: 10, exceptPersonId: captured.personId });
		const verdict = known ? 'append' as const : 'create' as const;
		const ids = known ? { personId: known.personId, leadId: known.openLead?.leadId ?? captured.leadId } : {};
		const { status } = await ledger.recordMatch(matchOf(captured, { ...ids, keys, asOf, verdict, match: match(verdict) }));
		if (status === 'written') return verdict;
	}
}

/** Writes leads until the process is killed, and tells of each capture that was acknowledged. */
async function writeForever(ledger: Ledger): Promise<never> {
	for (let minute = 0; ; minute++) {
		const captured = await ledger.capture(delivery({ at: minutesLater(minute) }));
		process.send?.({ acknowledged: captured.submissionId });
		if (minute % 2 === 0) await ledger.recordMatch(matchOf(captured, { keys: [{ kind: 'email', value: captured.personId, strength: 'match' }] }));
		else await newLead(ledger, { at: minutesLater(minute) }, { review: ['similar name'] });
	}
}

async function main(): Promise<void> {
	const task = JSON.parse(process.argv[2]) as ChildTask;
	let ledger: Ledger;
	try {
		ledger = await openLedgerAt(task.address);
	} catch (caught) {
		process.send?.({ failed: (caught as { code?: string }).code });
		process.disconnect();
		return;
	}
	process.send?.({});
	process.on('message', () => {
		void perform(ledger, task).then((answer) => process.send?.(answer ?? null));
	});
}

void main();
