import type { IExecuteFunctions } from 'n8n-workflow';
import { readDefaultCountry } from '../host/readDefaultCountry';
import { startYielding } from '../host/yielding';
import type { Mapped } from '../lead/capture/mapping';
import type { SourcePart } from '../lead/capture/sourceContext';
import { formToolNames, type FormToolName } from '../lead/capture/tools/formTool';
import type { EmailLists } from '../lead/clean/email';
import { throwProblems, type LeadError, type Problem } from '../lead/leadError';
import type { RequirableField } from '../lead/requirableFields';
import { isTimeZone, readClientKey } from '../lead/settings/clientSettings';
import { readEmailLists } from './emailLists';
import { readMapping } from './fieldMapping';

export interface LeadNormalizeSettings {
	/** Client key of each lead, in the order of the items. */
	clients: string[];
	/** What the node holds itself; undefined with client settings. */
	own?: OwnSettings;
	/** What is mapped by hand for one lead; undefined when nothing is. */
	mappingOf?: (itemIndex: number) => Mapped;
	/** Undefined when it is to be detected. */
	formTool?: FormToolName;
	formId?: string;
	honeypotField?: string;
	emailLists?: EmailLists;
	resendWindowHours: number;
	detectResendsInTest: boolean;
	treatTestRunsAsLive: boolean;
	includePayload: boolean;
	reviewsApart: boolean;
	simplified: boolean;
}

/** Settings of this node for every client; an absent one is the client's. */
interface OwnSettings {
	/** Alpha-2. */
	defaultCountry?: string;
	requiredFields: RequirableField[];
	requiredSource: SourcePart[];
	timeZone?: string;
}

interface Options extends Partial<Record<keyof EmailLists, string>> {
	detectResendsInTest?: boolean;
	formId?: string;
	formTool?: string;
	honeypotField?: string;
	includePayload?: boolean;
	resendWindowHours?: number;
	treatTestRunsAsLive?: boolean;
}

const longestWindowHours = 24 * 365;

/** @throws LeadError with all problems told together. */
export async function readSettings(ctx: IExecuteFunctions): Promise<LeadNormalizeSettings> {
	const options = ctx.getNodeParameter('options', 0, {}) as Options;
	const { clients, problems } = await readClients(ctx);
	const own = ctx.getNodeParameter('settingsFrom', 0, 'client') === 'node' ? readOwn(ctx, problems) : undefined;
	const resendWindowHours = options.resendWindowHours ?? 24;
	if (typeof resendWindowHours !== 'number' || !(resendWindowHours > 0 && resendWindowHours <= longestWindowHours)) {
		problems.push({ code: 'RESEND_WINDOW_INVALID', message: 'The resend window is not a number of hours', description: `Set "Resend Window (Hours)" to a number above 0 and up to ${longestWindowHours}.` });
	}
	const emailLists = readEmailLists(options, problems);
	throwProblems(problems);
	return {
		clients,
		own,
		mappingOf: readMapping(ctx),
		formTool: formToolNames.find((name) => name === options.formTool),
		formId: options.formId?.trim() || undefined,
		honeypotField: options.honeypotField?.trim() || undefined,
		emailLists,
		resendWindowHours,
		detectResendsInTest: options.detectResendsInTest === true,
		treatTestRunsAsLive: options.treatTestRunsAsLive === true,
		includePayload: options.includePayload === true,
		reviewsApart: ctx.getNodeParameter('outputs', 0, 'one') === 'reviewsApart',
		simplified: ctx.getNodeParameter('output', 0, 'full') === 'simplified',
	};
}

function readOwn(ctx: IExecuteFunctions, problems: Problem[]): OwnSettings {
	const country = readDefaultCountry(ctx.getNodeParameter('defaultCountry', 0, '') as string);
	problems.push(...country.problems);
	const timeZone = (ctx.getNodeParameter('timeZone', 0, '') as string).trim() || undefined;
	if (timeZone !== undefined && !isTimeZone(timeZone)) {
		problems.push({ code: 'TIME_ZONE_INVALID', message: 'The time zone is not one that exists', description: 'Set "Time Zone" to a name such as Europe/London, or leave it empty.' });
	}
	return {
		defaultCountry: country.defaultCountry,
		requiredFields: ctx.getNodeParameter('requiredFields', 0, []) as RequirableField[],
		requiredSource: ctx.getNodeParameter('requiredSource', 0, ['source', 'medium', 'campaign']) as SourcePart[],
		timeZone,
	};
}

/** The client may differ from lead to lead; each wrong key is told once. */
async function readClients(ctx: IExecuteFunctions): Promise<{ clients: string[]; problems: Problem[] }> {
	const problems = new Map<string, Problem>();
	const read = (itemIndex: number): string => {
		try {
			return readClientKey(ctx.getNodeParameter('client', itemIndex, 'default'));
		} catch (caught) {
			const { code, message, description } = caught as LeadError;
			problems.set(message, { code, message, description });
			return '';
		}
	};
	const items = ctx.getInputData();
	const { client } = ctx.getNode().parameters;
	// n8n takes tens of microseconds to read a parameter, an expression or not
	if (typeof client === 'string' && !client.startsWith('=')) return { clients: new Array<string>(items.length).fill(read(0)), problems: [...problems.values()] };
	const pause = startYielding();
	const clients: string[] = [];
	for (let itemIndex = 0; itemIndex < items.length; itemIndex++) {
		clients.push(read(itemIndex));
		await pause();
	}
	return { clients, problems: [...problems.values()] };
}
