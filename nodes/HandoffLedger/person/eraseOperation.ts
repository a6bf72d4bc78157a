import type { IExecuteFunctions } from 'n8n-workflow';
import { listBackups } from '../../host/backupFolder';
import { ledgerFolder } from '../../host/openLedger';
import { readEmail } from '../../lead/clean/email';
import { readPhone } from '../../lead/clean/phone';
import { LeadError } from '../../lead/leadError';
import type { Erasure, PersonToErase, ScrubResult } from '../../ledger/keepLedger';
import type { LedgerRun } from '../operations';
import { readClient, readText } from '../settings';

/** Erases one person for each item, or says what would go. */
export async function erasePerson(ctx: IExecuteFunctions, run: LedgerRun, itemIndex: number): Promise<object> {
	const client = readClient(ctx, itemIndex);
	const settings = (await run.client(client))?.settings;
	const person = readPerson(ctx, itemIndex, settings?.defaultCountry);
	const preview = ctx.getNodeParameter('keepMode', itemIndex, 'preview') !== 'do';
	if (preview) {
		const erasure = await run.ledger.previewErasure(client, person);
		return { client, state: 'preview', ...told(erasure), stillThere: await outOfReach(ctx, erasure), because: because(erasure, { state: 'preview' }) };
	}
	const erasure = await run.ledger.erasePerson(client, person, run.now().toISOString());
	// also when nothing was left to delete: an earlier run may have had to wait for a reader
	const scrubbed = await run.ledger.scrub([...new Set([...erasure.traces, ...givenTraces(person)])]);
	return { client, state: scrubbed.state === 'pending' ? 'pending' : 'erased', ...told(erasure), stillThere: await outOfReach(ctx, erasure), because: because(erasure, scrubbed) };
}

/** @throws LeadError `PERSON_NOT_NAMED`. */
function readPerson(ctx: IExecuteFunctions, itemIndex: number, defaultCountry: string | undefined): PersonToErase {
	const by = ctx.getNodeParameter('personBy', itemIndex, 'email') as 'email' | 'externalId' | 'leadId' | 'phone';
	const read = (name: string) => readText(ctx.getNodeParameter(name, itemIndex, ''));
	if (by === 'email') {
		const email = read('personEmail');
		if (email) return { email: readEmail(email).value.emailKey ?? email.toLowerCase() };
	} else if (by === 'phone') {
		const given = read('personPhone');
		const phone = given && readPhone({ given, leadCountry: null, dialCode: null, defaultCountry }).value.phone;
		if (phone) return { phone };
	} else if (by === 'leadId') {
		const leadId = read('personLeadId');
		if (leadId) return { leadId };
	} else {
		const [system, externalId] = [read('personSystem'), read('personExternalId')];
		if (system && externalId) return { system, externalId };
	}
	throw new LeadError('PERSON_NOT_NAMED', 'This item names no person', 'Fill in what "Find Person By" asks for: an address, a number with its country code, or an ID.');
}

function givenTraces(person: PersonToErase): string[] {
	if ('email' in person) return [person.email];
	return 'phone' in person ? [person.phone] : [];
}

function told({ persons, rows }: Erasure): object {
	return { persons: persons.length, leads: rows.leads ?? 0, enquiries: rows.submissions ?? 0, rows, leadIds: persons.flatMap(({ leadIds }) => leadIds) };
}

/** What this node can't reach, to be erased by hand or by other nodes. */
async function outOfReach(ctx: IExecuteFunctions, { persons, executionIds }: Erasure): Promise<object> {
	const externalIds = persons.flatMap((person) => Object.entries(person.externalIds).map(([system, id]) => ({ system, id })));
	return {
		n8nExecutions: { ids: executionIds, how: 'Delete these in n8n, with every later execution that handled the leads; n8n prunes the rest by EXECUTIONS_DATA_MAX_AGE' },
		crm: { records: externalIds, how: 'Delete the contact there, or the next search brings it back into your hands; Load never takes it in again' },
		slack: { how: 'Alerts and handoff messages name the lead: search the channels for the name and delete them' },
		mail: { how: 'Handoff mails to owners and managers' },
		backups: { files: await listBackups(ledgerFolder(ctx)), how: 'Backups made before today hold the person. A restore erases them again by itself; delete the old files when they are no longer needed' },
	};
}

function because({ persons }: Erasure, scrubbed: ScrubResult | { state: 'preview' }): string {
	if (scrubbed.state === 'preview') return persons.length === 0 ? 'Nobody is known by this' : 'This would go. Set "Mode" to Do It to erase it for good';
	if (scrubbed.state === 'pending') return scrubbed.because;
	const what = persons.length === 0 ? 'Nobody was known by this any more; it will not be taken in from a list or an old form' : 'Deleted, and looked for in every table and file';
	return scrubbed.state === 'others' ? `${what}. ${scrubbed.because}` : what;
}
