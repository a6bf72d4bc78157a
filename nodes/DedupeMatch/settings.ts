import type { IExecuteFunctions } from 'n8n-workflow';
import { readDefaultCountry } from '../host/readDefaultCountry';
import type { AlsoField } from '../lead/clean/alsoFields';
import { alsoKinds, type AlsoKind } from '../lead/clean/comparable';
import { rowParts, type RowPart } from '../lead/clean/knownRows';
import { usualRules, type ApartRule, type MatchRules, type TogetherRule } from '../lead/clean/matchRules';
import type { Winner, Winners } from '../lead/clean/survivorship';
import { thresholdsOf, type Strictness, type Thresholds } from '../lead/clean/verdict';
import { throwProblems, type Problem } from '../lead/leadError';

export interface DedupeMatchSettings {
	compareWith: 'ledger' | 'secondInput' | 'both';
	outputs: 'one' | 'resendsApart' | 'reviewsApart' | 'byVerdict' | 'byVerdictAndReview';
	thresholds: Thresholds;
	rules: MatchRules;
	winners: Winners;
	/** Most enquiries of one person that join without a look. */
	groupSize: number;
	/** Most joins of one run. */
	mostJoins: number;
	compareAlso: AlsoField[];
	mapping: Partial<Record<RowPart, string>>;
	system: string;
	/** Replaces the client settings' own. */
	newOpportunityDays?: number;
	/** Alpha-2. Replaces the client settings' own. */
	defaultCountry?: string;
	simplified: boolean;
}

interface Options {
	defaultCountry?: string;
	matchThreshold?: number;
	reviewThreshold?: number;
	newOpportunityDays?: number;
	system?: string;
	apartRules?: ApartRule[];
	togetherRules?: TogetherRule[];
	fieldWinners?: { values?: { field?: string; winner?: Winner }[] };
	sourcePriority?: string;
	groupSize?: number;
	mostJoins?: number;
}

/** A person with more enquiries than this is a flood, and a run that joins more than this is a mistake in its settings. */
const usualGroupSize = 200;
const usualMostJoins = 10_000;

/** @throws LeadError with all problems told together. */
export function readSettings(ctx: IExecuteFunctions): DedupeMatchSettings {
	const compareWith = ctx.getNodeParameter('compareWith', 0, 'ledger') as DedupeMatchSettings['compareWith'];
	const options = ctx.getNodeParameter('options', 0, {}) as Options;
	const given = compareWith === 'ledger' ? {} : ctx.getNodeParameter('fieldMapping', 0, {}) as Partial<Record<RowPart, string>>;
	const strictness = ctx.getNodeParameter('strictness', 0, 'balanced') as Strictness;
	const thresholds = {
		match: options.matchThreshold ?? thresholdsOf[strictness].match,
		review: options.reviewThreshold ?? thresholdsOf[strictness].review,
	};
	const system = (options.system ?? 'crm').trim();
	const country = readDefaultCountry(options.defaultCountry ?? '');
	const also = readCompareAlso(ctx);
	throwProblems([
		...checkLedger(compareWith, ctx.getNodeParameter('ledger', 0, 'embedded') as string),
		...checkThresholds(thresholds),
		...checkWhole(options.newOpportunityDays, newOpportunity),
		...checkWhole(options.groupSize, groupSize),
		...checkWhole(options.mostJoins, mostJoins),
		...country.problems,
		...also.problems,
		...(/^[A-Za-z][\w-]{0,39}$/.test(system) ? [] : [{
			code: 'SYSTEM_NAME_INVALID',
			message: 'The name of the known records\' system is not a plain word',
			description: 'Set "Name of Known Records\' System" to a word such as hubspot: letters, digits, - and _, at most 40.',
		}]),
	]);
	return {
		compareWith,
		outputs: ctx.getNodeParameter('outputs', 0, 'one') as DedupeMatchSettings['outputs'],
		thresholds,
		rules: {
			apart: options.apartRules === undefined ? usualRules.apart : new Set(options.apartRules),
			together: options.togetherRules === undefined ? usualRules.together : new Set(options.togetherRules),
		},
		winners: readWinners(ctx, options),
		groupSize: options.groupSize ?? usualGroupSize,
		mostJoins: options.mostJoins ?? usualMostJoins,
		compareAlso: also.fields,
		mapping: Object.fromEntries(rowParts.filter((part) => (given[part] ?? '').trim() !== '').map((part) => [part, given[part]])),
		system,
		newOpportunityDays: options.newOpportunityDays,
		defaultCountry: country.defaultCountry,
		simplified: ctx.getNodeParameter('output', 0, 'full') === 'simplified',
	};
}

function readWinners(ctx: IExecuteFunctions, { fieldWinners, sourcePriority = '' }: Options): Winners {
	const byField = (fieldWinners?.values ?? []).filter(({ field, winner }) => field && winner) as { field: string; winner: Winner }[];
	return {
		usual: ctx.getNodeParameter('whichValueWins', 0, 'newest') as Winner,
		byField: Object.fromEntries(byField.map(({ field, winner }) => [field, winner])),
		sources: sourcePriority.split(',').map((source) => source.trim()).filter(Boolean),
	};
}

function readCompareAlso(ctx: IExecuteFunctions): { fields: AlsoField[]; problems: Problem[] } {
	const rows = ctx.getNodeParameter('compareAlso.values', 0, []) as { name?: string; kind?: AlsoKind; column?: string }[];
	const fields = rows.map(({ name = '', kind = 'text', column = '' }): AlsoField => ({ name: name.trim(), kind, ...(column.trim() === '' ? {} : { column: column.trim() }) }));
	const problems = fields.flatMap(({ name, kind }, index): Problem[] => (name !== '' && alsoKinds.includes(kind) ? [] : [{
		code: 'COMPARE_ALSO_INVALID',
		message: `Field ${index + 1} of "Compare Also" has no name or an unknown kind`,
		description: 'Enter its "Field" as it is called on the lead, e.g. Date of Birth, and choose its "Kind", or delete it.',
	}]));
	return { fields, problems };
}

function checkLedger(compareWith: string, ledger: string): Problem[] {
	if (ledger !== 'none' || compareWith === 'secondInput') return [];
	return [{
		code: 'LEDGER_NEEDED',
		message: 'Leads are to be compared with the ledger, but there is none',
		description: 'Set "Compare With" to Second Input, or set "Ledger" to Embedded or PostgreSQL.',
	}];
}

function checkThresholds({ match, review }: Thresholds): Problem[] {
	const isShare = (value: number): boolean => typeof value === 'number' && value > 0 && value <= 1;
	if (!isShare(match) || !isShare(review)) {
		return [{ code: 'THRESHOLD_INVALID', message: 'A threshold is not a number between 0 and 1', description: 'Set "Match Threshold" and "Review Threshold" to numbers above 0 and up to 1.' }];
	}
	if (review <= match) return [];
	return [{
		code: 'THRESHOLDS_CROSSED',
		message: 'The review threshold is above the match threshold',
		description: 'Set "Review Threshold" to at most the "Match Threshold".',
	}];
}

interface WholeNumber {
	code: string;
	what: string;
	label: string;
	most: number;
}

const newOpportunity: WholeNumber = { code: 'NEW_OPPORTUNITY_DAYS_INVALID', what: 'The days until a new opportunity are', label: 'New Opportunity After (Days)', most: 3650 };
const groupSize: WholeNumber = { code: 'GROUP_SIZE_INVALID', what: 'The most enquiries of one person are', label: 'Most Enquiries per Person', most: 100_000 };
const mostJoins: WholeNumber = { code: 'MOST_JOINS_INVALID', what: 'The most merges of one run are', label: 'Most Merges per Run', most: 1_000_000 };

function checkWhole(value: number | undefined, { code, what, label, most }: WholeNumber): Problem[] {
	if (value === undefined || (Number.isInteger(value) && value >= 1 && value <= most)) return [];
	return [{ code, message: `${what} not a whole number from 1`, description: `Set "${label}" to a whole number from 1 to ${most}.` }];
}
