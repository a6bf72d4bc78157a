import type { IExecuteFunctions } from 'n8n-workflow';
import { readDefaultCountry } from '../host/readDefaultCountry';
import type { SourcePart } from '../lead/capture/sourceContext';
import type { RequirableField } from '../lead/clean/normalizeLead';
import { throwProblems, type LeadError, type Problem } from '../lead/leadError';
import { isTimeZone, readClientKey } from '../lead/settings/clientSettings';

export interface LeadNormalizeSettings {
	/** Client key of each lead, in the order of the items. */
	clients: string[];
	/** Alpha-2; replaces the client settings' own. */
	defaultCountry?: string;
	requiredFields: RequirableField[];
	/** Replaces the client settings' own. */
	requiredSource?: SourcePart[];
	/** Replaces the client settings' own. */
	timeZone?: string;
	formTool?: string;
	formId?: string;
	resendWindowHours: number;
	detectResendsInTest: boolean;
	treatTestRunsAsLive: boolean;
	includePayload: boolean;
	simplified: boolean;
}

interface Options {
	detectResendsInTest?: boolean;
	formId?: string;
	formTool?: string;
	includePayload?: boolean;
	requiredSource?: SourcePart[];
	resendWindowHours?: number;
	timeZone?: string;
	treatTestRunsAsLive?: boolean;
}

const longestWindowHours = 24 * 365;

/** @throws LeadError with all problems told together. */
export function readSettings(ctx: IExecuteFunctions): LeadNormalizeSettings {
	const options = ctx.getNodeParameter('options', 0, {}) as Options;
	const { clients, problems } = readClients(ctx);
	const country = readDefaultCountry(ctx.getNodeParameter('defaultCountry', 0, '') as string);
	problems.push(...country.problems);
	const timeZone = options.timeZone?.trim() || undefined;
	const resendWindowHours = options.resendWindowHours ?? 24;
	if (timeZone !== undefined && !isTimeZone(timeZone)) {
		problems.push({ code: 'TIME_ZONE_INVALID', message: 'The time zone is not one that exists', description: 'Set "Time Zone" to a name such as Europe/London, or remove this option.' });
	}
	if (typeof resendWindowHours !== 'number' || !(resendWindowHours > 0 && resendWindowHours <= longestWindowHours)) {
		problems.push({ code: 'RESEND_WINDOW_INVALID', message: 'The resend window is not a number of hours', description: `Set "Resend Window (Hours)" to a number above 0 and up to ${longestWindowHours}.` });
	}
	throwProblems(problems);
	return {
		clients,
		defaultCountry: country.defaultCountry,
		requiredFields: ctx.getNodeParameter('requiredFields', 0, []) as RequirableField[],
		requiredSource: options.requiredSource,
		timeZone,
		formTool: options.formTool || undefined,
		formId: options.formId?.trim() || undefined,
		resendWindowHours,
		detectResendsInTest: options.detectResendsInTest === true,
		treatTestRunsAsLive: options.treatTestRunsAsLive === true,
		includePayload: options.includePayload === true,
		simplified: ctx.getNodeParameter('output', 0, 'full') === 'simplified',
	};
}

/** The client may differ from lead to lead; each wrong key is told once. */
function readClients(ctx: IExecuteFunctions): { clients: string[]; problems: Problem[] } {
	const problems = new Map<string, Problem>();
	const clients = ctx.getInputData().map((_, itemIndex) => {
		const given = ctx.getNodeParameter('client', itemIndex, 'default');
		try {
			return readClientKey(given);
		} catch (caught) {
			const { code, message, description } = caught as LeadError;
			problems.set(message, { code, message, description });
			return '';
		}
	});
	return { clients, problems: [...problems.values()] };
}
