import type { IExecuteFunctions } from 'n8n-workflow';
import { stopClocks } from '../../host/stopClocks';
import { testModeHint } from '../../host/testModeHint';
import type { Owner } from '../../lead/handoffRecord';
import { LeadError } from '../../lead/leadError';
import { leadStory } from '../../lead/measure/leadStory';
import { isEventType } from '../../lead/measure/eventTypes';
import { tellTake } from '../../lead/measure/takenLead';
import { findMember, toOwner } from '../../lead/route/teams';
import type { ClientSettings } from '../../lead/settings/clientSettings';
import type { LeadStory, Scope } from '../../ledger/ledger';
import type { LedgerRun } from '../operations';
import { readClient, readEvent, readFindBy, readMomentSetting, readTestLeads, readText } from '../settings';
import { simplifyStory } from '../simplify';

export async function getLead(ctx: IExecuteFunctions, run: LedgerRun, itemIndex: number): Promise<object> {
	const { lead, scope, timeZone, because } = await findLead(ctx, run, itemIndex);
	if (!lead) return { found: false, client: scope.client, because };
	if (ctx.getNodeParameter('output', itemIndex, 'full') === 'simplified') return simplifyStory(lead);
	return { found: true, ...lead, latestVerdict: lead.decisions.clean?.match.verdict ?? null, story: leadStory(lead, timeZone) };
}

export async function recordEvent(ctx: IExecuteFunctions, run: LedgerRun, itemIndex: number): Promise<object> {
	const { type, detail, by, eventId, at: givenAt } = readEvent(ctx, itemIndex);
	if (!isEventType(type)) throw new LeadError('EVENT_UNKNOWN', 'This event is not known', 'Choose an "Event" from the list.');
	const { lead, scope, settings, timeZone, because } = await findLead(ctx, run, itemIndex);
	const at = givenAt ? readMomentSetting(givenAt, timeZone, 'Happened At') : run.now().toISOString();
	const told = { client: scope.client, leadId: lead?.leadId ?? null, event: type, at };
	// all that was told leaves again, so that it can be told once the lead is known
	if (!lead) return { ...told, recorded: false, because, by: by ?? null, eventId: eventId ?? null, detail };
	if (givenAt) detail.recordedAt = run.now().toISOString();
	if (typeof detail.takenBy === 'string') return { ...told, ...await takeLead(run, { scope, settings, timeZone, at }, lead, detail) };
	const recorded = await run.ledger.recordEvent({
		...scope, leadId: lead.leadId, personId: lead.personId, type, at, by,
		detail: typeof detail.newOwner === 'string' ? { ...detail, owner: ownerNamed(detail.newOwner, settings) } : detail,
		// a lead can change owners more than once; without an event ID, each new owner counts once. An event with an ID that
		// comes again may find a newer lead of the same person by then
		onceKey: [eventId === undefined ? lead.leadId : lead.personId, type, eventId ?? detail.newOwner].filter((part) => part !== undefined).join(':'),
	});
	// sales has accepted or met the lead: the clocks that wait for it end
	if (type === 'accepted' || type === 'meetingBooked') await stopClocks(run.ledger, scope, lead.leadId, type, { at: Date.parse(at), by: by ?? null }, run.newId);
	const which = lead.foundAmong > 1 ? `, on the newest of ${lead.foundAmong} leads that were found` : '';
	return { ...told, recorded, because: recorded ? `Recorded${which}` : 'This event was recorded before' };
}

/** The first who takes a lead has it; a later one leaves with who was first, and a clock that waits for its acceptance goes on. */
async function takeLead(run: LedgerRun, { scope, settings, timeZone, at }: Pick<FoundLead, 'scope' | 'settings' | 'timeZone'> & { at: string }, { leadId, personId }: LeadStory, { takenBy, ...detail }: Record<string, unknown>): Promise<object> {
	const owner = ownerNamed(String(takenBy), settings);
	const result = await run.ledger.takeLead({ ...scope, leadId, personId, at, owner, detail, onceKey: `taken:${leadId}:${run.newId()}` });
	// also when it is theirs already: an earlier run may have died between the two
	if (result.status === 'taken' || result.status === 'already') await stopClocks(run.ledger, scope, leadId, 'accepted', { at: Date.parse(at), by: owner.id }, run.newId);
	return { recorded: result.status === 'taken', because: tellTake(result, timeZone) };
}

/** Remembers the ID that a CRM gave to the person, so that its events find the lead and nobody is made twice. */
export async function setExternalId(ctx: IExecuteFunctions, run: LedgerRun, itemIndex: number): Promise<object> {
	const { lead, scope, because } = await findLead(ctx, run, itemIndex);
	const [system, externalId] = ['inSystem', 'idInSystem'].map((name) => readText(ctx.getNodeParameter(name, itemIndex, '')));
	if (system === undefined || externalId === undefined) throw new LeadError('EXTERNAL_ID_MISSING', 'No external ID is given', 'Set "System" and "ID in That System", such as the ID of the contact that was just made.');
	const told = { client: scope.client, leadId: lead?.leadId ?? null, system, externalId };
	if (!lead) return { ...told, changed: false, because };
	const at = run.now().toISOString();
	const result = await run.ledger.setExternalId({ ...scope, leadId: lead.leadId, system, externalId, at, replace: ctx.getNodeParameter('replaceId', itemIndex, false) === true });
	if (result.status === 'set') await run.ledger.recordEvent({ ...scope, leadId: lead.leadId, personId: lead.personId, type: 'externalIdSet', at, detail: { system, id: externalId }, onceKey: `externalIdSet:${lead.leadId}:${system}:${externalId}` });
	const words = {
		set: 'Remembered', already: 'This ID was remembered before', unknown: 'This client has no such lead',
		taken: result.status === 'taken' && result.by === 'id' ? 'This person has another ID of that system: turn "Replace Another ID" on when the CRM merged them' : 'Another person has this ID: load the known records anew, or correct the merge',
	};
	return { ...told, changed: result.status === 'set', because: words[result.status] };
}

export async function resetTestLeads(ctx: IExecuteFunctions, run: LedgerRun): Promise<object[]> {
	const client = readClient(ctx, 0);
	await run.client(client);
	const { leads } = await run.ledger.resetTestLeads(client);
	return [{ client, removedLeads: leads }];
}

interface FoundLead {
	lead?: LeadStory;
	scope: Scope;
	settings?: ClientSettings;
	timeZone: string;
	/** Why there is no lead. */
	because: string;
}

/** The lead that this item names, with the client it belongs to. */
export async function findLead(ctx: IExecuteFunctions, run: LedgerRun, itemIndex: number): Promise<FoundLead> {
	const client = readClient(ctx, itemIndex);
	const saved = await run.client(client);
	const settings = saved?.settings;
	const timeZone = settings?.timeZone ?? run.timeZone;
	const scope = { client, test: readTestLeads(ctx, itemIndex) };
	const by = readFindBy(ctx, itemIndex, client, settings?.defaultCountry);
	if (!by) return { scope, settings, timeZone, because: 'The item holds nothing to find a lead by' };
	const lead = await run.ledger.getLead(scope, by);
	if (!lead) run.hint(testModeHint(saved, scope.test));
	return { lead, scope, settings, timeZone, because: `This client has no such ${scope.test ? 'test' : 'live'} lead` };
}

/** One who is no member stands in the ledger by the id that was told. */
function ownerNamed(id: string, settings: ClientSettings | undefined): Owner {
	const member = settings && findMember(settings, id);
	return member ? toOwner(member) : { id, name: id, email: null };
}
