import type { ComparedFields } from '../../nodes/lead/clean/knownPerson';
import type { RecordToFind, RecordToWrite } from '../../nodes/ledger/knownRecordsLedger';
import type { Ledger } from '../../nodes/ledger/ledger';
import { delivery, emailKey, live, matchOf, minutesLater, monday, newLead } from './samples';

const test = { ...live, test: true };

function toFind(id: string, change: Partial<RecordToFind> = {}): RecordToFind {
	return { recordId: id, externalIds: { crm: id }, digest: 'first', ...change };
}

function toWrite(id: string, change: Partial<RecordToWrite> = {}): RecordToWrite {
	const fields: ComparedFields = { fullName: `Person ${id}`, email: `${id}@firm.example`, emailKey: `${id}@firm.example` };
	return {
		...toFind(id), personId: `person ${id}`, fields, optedOut: false,
		keys: [emailKey(`${id}@firm.example`), { kind: 'externalId:crm', value: id, strength: 'match' }], ...change,
	};
}

/** People of a CRM who are known before any lead came. */
export function knownRecordsContract(ledger: () => Ledger): void {
	const find = (...records: RecordToFind[]) => ledger().findKnownRecords(live, 'crm', records);
	const write = async (...records: RecordToWrite[]) => {
		const { asOf } = await find();
		return await ledger().writeKnownRecords({ ...live, system: 'crm', at: monday, asOf, records });
	};
	const candidate = async (id: string) => (await ledger().findCandidates({ ...live, keys: [emailKey(`${id}@firm.example`)], capPerKey: 9 })).persons;

	describe('known records', () => {
		it('become known persons without a lead, a touch or a clock', async () => {
			expect(await write(toWrite('1', { customerStatus: 'customer', ownerId: '77' }), toWrite('2'))).toEqual([true, true]);
			expect(await candidate('1')).toMatchObject([{ personId: 'person 1', enquiries: 0, externalIds: { crm: '1' }, customerStatus: 'customer', ownerId: '77' }]);
			expect(await ledger().listLeads({ ...live, limit: 10 })).toEqual([]);
			expect(await ledger().countKnownRecords(live)).toEqual({ crm: 2 });
			expect(await ledger().countRows()).toMatchObject({ persons: 2, leads: 0, submissions: 0, events: 0, clocks: 0 });
		});

		it('are found again by their id: unchanged by the same digest, else with the person to update', async () => {
			await write(toWrite('1'));
			expect((await find(toFind('1'), toFind('1', { digest: 'second' }), toFind('9'))).found).toMatchObject([
				{ status: 'unchanged' }, { status: 'known', person: { personId: 'person 1' } }, { status: 'new' },
			]);
			expect((await ledger().findKnownRecords(live, 'sheet', [toFind('1')])).found).toEqual([{ status: 'new' }]);
			expect((await ledger().findKnownRecords(test, 'crm', [toFind('1')])).found).toEqual([{ status: 'new' }]);
		});

		it('find a person who enquired before by id, else by a mailbox that one person reads', async () => {
			const mia = await newLead(ledger(), {}, { keys: [emailKey('mia@firm.example')] });
			const jon = await newLead(ledger(), {}, { keys: [emailKey('jon@firm.example')], externalIds: { crm: '5' } });
			const { found } = await find(
				toFind('1', { emailKey: 'mia@firm.example' }), toFind('5'), toFind('6', { emailKey: 'jon@firm.example' }), toFind('7', { emailKey: 'nobody@firm.example' }),
			);
			// jon's mailbox belongs to record 5 of this system, so record 6 is somebody else
			expect(found).toMatchObject([{ person: { personId: mia.personId, enquiries: 1 } }, { person: { personId: jon.personId } }, { status: 'new' }, { status: 'new' }]);
		});

		it('do not choose between two persons of one mailbox', async () => {
			for (let one = 0; one < 2; one++) await newLead(ledger(), {}, { keys: [emailKey('team@firm.example')], asOf: 99 });
			expect((await find(toFind('1', { emailKey: 'team@firm.example' }))).found).toEqual([{ status: 'new' }]);
		});

		it('are written over a known person only while it is as it was read', async () => {
			await write(toWrite('1'));
			const known = { enquiries: 0, updatedAt: monday };
			const second = { digest: 'second', expected: known, fields: { fullName: 'Mia Brandt' }, customerStatus: 'partner', optedOut: true };
			expect(await write(toWrite('1', { ...second, expected: { enquiries: 1, updatedAt: monday } }))).toEqual([false]);
			expect(await write(toWrite('1', second))).toEqual([true]);
			expect(await candidate('1')).toMatchObject([{ fields: { fullName: 'Mia Brandt' }, customerStatus: 'partner' }]);
			expect((await find(toFind('1', { digest: 'second' }))).found).toEqual([{ status: 'unchanged' }]);
			expect(await ledger().countKnownRecords(live)).toEqual({ crm: 1 });
		});

		it('are never there twice, although two loads run at once', async () => {
			const loads = await Promise.all(['a', 'b', 'c'].map((who) => write(toWrite('1', { personId: who }), toWrite('2', { personId: `${who}2` }))));
			expect(loads.flat().filter((written) => written)).toHaveLength(2);
			expect(await ledger().countRows()).toMatchObject({ persons: 2, known_records: 2 });
		});

		it('give way to a lead with the same mailbox that came since they were looked up', async () => {
			const { asOf } = await find(toFind('1', { emailKey: 'mia@firm.example' }));
			await newLead(ledger(), {}, { keys: [emailKey('mia@firm.example')] });
			const records = [toWrite('1', { emailKey: 'mia@firm.example', keys: [emailKey('mia@firm.example')] })];
			expect(await ledger().writeKnownRecords({ ...live, system: 'crm', at: monday, asOf, records })).toEqual([false]);
			expect(await candidate('mia')).toHaveLength(1);
		});

		it('make a lead of such a person wait for them, as for any other match', async () => {
			const captured = await ledger().capture(delivery());
			const { asOf } = await ledger().findCandidates({ ...live, keys: [emailKey('1@firm.example')], capPerKey: 9 });
			await write(toWrite('1'));
			expect((await ledger().recordMatch(matchOf(captured, { asOf, keys: [emailKey('1@firm.example')] }))).status).toBe('changed');
		});

		it('are told as loaded or not, for live and for test leads', async () => {
			expect([await ledger().hasKnownRecords(live), await ledger().hasKnownRecords(test)]).toEqual([false, false]);
			await write(toWrite('1'));
			await ledger().writeKnownRecords({ ...test, system: 'crm', at: minutesLater(1), asOf: 0, records: [toWrite('1')] });
			expect([await ledger().hasKnownRecords(live), await ledger().hasKnownRecords(test)]).toEqual([true, true]);
			await ledger().resetTestLeads('acme');
			expect([await ledger().hasKnownRecords(live), await ledger().hasKnownRecords(test)]).toEqual([true, false]);
		});

		it('are many at once', async () => {
			const records = Array.from({ length: 700 }, (_, index) => toWrite(`many ${index}`));
			expect((await write(...records)).every((written) => written)).toBe(true);
			const { found } = await find(...records);
			expect(new Set(found.map(({ status }) => status))).toEqual(new Set(['unchanged']));
			expect(await candidate('many 699')).toHaveLength(1);
		});
	});
}
