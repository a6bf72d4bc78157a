import type { IExecuteFunctions } from 'n8n-workflow';

/** What is worth telling once of a whole run, counted while its leads pass. */
export interface RunNotes {
	/** Leads whose phone number could not be read, and no default country was known. */
	phonesWithoutCountry: number;
	/** Leads for which a mapped expression failed. */
	failedMappings: number;
}

/** Tells what an operator can set so that more leads are read. Counts only: nothing of what a lead wrote. */
export function tellNotes(ctx: IExecuteFunctions, { phonesWithoutCountry, failedMappings }: RunNotes): void {
	if (phonesWithoutCountry > 0) {
		ctx.addExecutionHints({
			message: `${count(phonesWithoutCountry, 'phone number')} could not be read without a country, and no default country is set. Set "Settings From" to This Node and fill "Default Country", or save defaultCountry in the client settings.`,
			type: 'info',
			location: 'outputPane',
		});
	}
	if (failedMappings > 0) {
		ctx.addExecutionHints({
			message: `A mapped field could not be worked out for ${count(failedMappings, 'lead')}, so its fields were found by themselves. Check the expressions in "Fields by Hand".`,
			type: 'warning',
			location: 'outputPane',
		});
	}
}

function count(number: number, noun: string): string {
	return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
