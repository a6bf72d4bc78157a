import type { IExecuteFunctions } from 'n8n-workflow';
import { readDefaultCountry } from '../host/readDefaultCountry';
import { rowParts, type RowPart } from '../lead/clean/knownRows';
import { thresholdsOf, type Strictness, type Thresholds } from '../lead/clean/verdict';
import { throwProblems, type Problem } from '../lead/leadError';

export interface DedupeMatchSettings {
	compareWith: 'ledger' | 'secondInput' | 'both';
	outputs: 'one' | 'resendsApart' | 'reviewsApart';
	thresholds: Thresholds;
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
}

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
	throwProblems([
		...checkLedger(compareWith, ctx.getNodeParameter('ledger', 0, 'embedded') as string),
		...checkThresholds(thresholds),
		...checkDays(options.newOpportunityDays),
		...country.problems,
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
		mapping: Object.fromEntries(rowParts.filter((part) => (given[part] ?? '').trim() !== '').map((part) => [part, given[part]])),
		system,
		newOpportunityDays: options.newOpportunityDays,
		defaultCountry: country.defaultCountry,
		simplified: ctx.getNodeParameter('output', 0, 'full') === 'simplified',
	};
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

function checkDays(days: number | undefined): Problem[] {
	if (days === undefined || (Number.isInteger(days) && days >= 1 && days <= 3650)) return [];
	return [{
		code: 'NEW_OPPORTUNITY_DAYS_INVALID',
		message: 'The days until a new opportunity are not a whole number from 1',
		description: 'Set "New Opportunity After (Days)" to a whole number from 1 to 3650.',
	}];
}
