import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Run } from '../host/openRun';
import { sortLeads } from '../host/sortLeads';
import { isObject } from '../lead/isObject';
import { findMember } from '../lead/route/teams';
import type { ClientSettings, Member } from '../lead/settings/clientSettings';
import { giveOn, type GivenOn } from './giveOn';
import { handedOver, type Handed } from './handedOver';
import { namesNoClient, readItemClient } from './itemClient';
import { readItemText } from './itemText';

/** What became of a reassignment, as the item tells it; `owner` is whole, so that a CRM can be told. */
interface Outcome extends Partial<Handed> {
	changed: boolean;
	outcome: 'reassigned' | NonNullable<GivenOn['stays']> | 'noLead' | 'unknownMember';
	why: string;
}

/** Reassign: each item leaves with `reassigned`, and with its new owner in `routing` where it has that section. */
export async function reassignLeads(ctx: IExecuteFunctions, run: Run): Promise<INodeExecutionData[][]> {
	const clients = await readItemClient(ctx, run);
	return await sortLeads(ctx, { outputs: 1, failedOutput: 0 }, async ({ json }, itemIndex) => {
		const leave = (reassigned: Outcome) => ({ output: 0, json: { ...json, ...withOwner(json, reassigned), reassigned: reassigned as unknown as IDataObject } });
		const key = clients[itemIndex];
		const leadId = readItemText(ctx, 'leadId', itemIndex);
		const client = key === undefined ? undefined : await run.client(key);
		if (!run.ledger || !client) return leave({ changed: false, outcome: 'noLead', why: namesNoClient });
		const wanted = readItemText(ctx, 'newOwner', itemIndex);
		const to = wanted === '' ? undefined : findWanted(client.settings, wanted);
		if (wanted !== '' && !to) return leave({ changed: false, outcome: 'unknownMember', why: 'the new owner is no active member of this client: give a member ID, an owner ID of the CRM, or nothing for the next in turn' });
		const at = run.now();
		for (const test of leadId === '' ? [] : [false, true]) {
			const given = await giveOn({ ...run, ledger: run.ledger }, { client: client.key, test }, client.settings, {
				leadId, to, at, onceKey: `reassigned:${leadId}:${run.newId()}`, silentOwnerRests: ctx.getNodeParameter('silentOwnerRests', itemIndex, false) === true,
				onlyFrom: readOwner(ctx, itemIndex, client.settings),
				by: readItemText(ctx, 'by', itemIndex) || undefined, reason: readItemText(ctx, 'reason', itemIndex) || undefined,
			});
			if (given) return leave(toOutcome(given));
		}
		return leave({ changed: false, outcome: 'noLead', why: 'the ledger has no lead of this client with that lead id' });
	});
}

function toOutcome(given: GivenOn): Outcome {
	return { changed: given.to !== null, outcome: given.stays ?? 'reassigned', why: given.because.join('; '), ...handedOver(given) };
}

/** Who has to have the lead for it to be given on; undefined: whoever. */
function readOwner(ctx: IExecuteFunctions, itemIndex: number, settings: ClientSettings): string | undefined {
	const given = readItemText(ctx, 'onlyFrom', itemIndex);
	return given === '' ? undefined : findMember(settings, given)?.id ?? given;
}

/** By id, else by the owner id in the CRM; who is not active gets no lead. */
function findWanted(settings: ClientSettings, wanted: string): Member | undefined {
	const member = findMember(settings, wanted);
	return member?.active ? member : undefined;
}

/** The item's own routing as it is from now on: with that owner, and no longer held or waiting. */
function withOwner(json: IDataObject | undefined, { owner }: Outcome): IDataObject {
	if (!owner || !isObject(json?.routing)) return {};
	const routing: IDataObject = { ...json.routing, owner: owner as unknown as IDataObject };
	delete routing.heldUntil;
	delete routing.waiting;
	return { routing };
}
