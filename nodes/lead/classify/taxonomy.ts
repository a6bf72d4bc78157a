import { foldText } from '../foldText';
import type { Problem } from '../leadError';
import type { IntentDefinition } from '../settings/clientSettings';
import { readyIntents } from './readyIntents';

/** The closed list of intents that a lead is read against; always holds a catch-all. */
export interface Taxonomy {
	/** At least one, with the catch-all among them. */
	intents: IntentDefinition[];
	/** Where a lead goes that fits nowhere else. */
	catchAll: IntentDefinition;
}

/** More intents than this are hard to tell apart, for people too. */
const manyIntents = 10;
const catchAllNames = ['other', 'others', 'something else', 'anything else', 'none of these', 'general', 'general enquiry', 'general inquiry',
	'sonstiges', 'andere', 'anderes', 'autre', 'autres'];

/** The intents as a taxonomy: the ready set of eight when there are none, and the ready set's Other when there is no catch-all. */
export function toTaxonomy(intents: readonly IntentDefinition[]): Taxonomy {
	if (intents.length === 0) return toTaxonomy(readyIntents);
	const catchAll = intents.find(isCatchAll);
	if (catchAll) return { intents: [...intents], catchAll };
	const other = readyIntents.find(isCatchAll) as IntentDefinition;
	return { intents: [...intents, other], catchAll: other };
}

/**
 * What is wrong with a list of intents (`problems`: `INTENT_TWICE`) and what makes it a poor one (`warnings`).
 * An empty list is neither: the ready set stands in for it.
 */
export function checkTaxonomy(intents: readonly IntentDefinition[]): { problems: Problem[]; warnings: string[] } {
	const problems: Problem[] = [];
	const warnings: string[] = [];
	if (intents.length === 0) return { problems, warnings };
	const names = intents.map(({ name }) => foldText(name));
	names.forEach((name, index) => {
		const first = names.indexOf(name);
		if (first === index) return;
		problems.push({
			code: 'INTENT_TWICE',
			message: `Intents ${first + 1} and ${index + 1} have the same name`,
			description: `Give each intent a "Name" of its own, or delete intent ${index + 1}.`,
		});
	});
	if (intents.length > manyIntents) warnings.push(`${intents.length} intents are hard to tell apart: ${manyIntents} or fewer are read more surely`);
	if (!intents.some(isCatchAll)) warnings.push('No intent is a catch-all, so "Other" was added: without it a lead that fits nowhere would be forced into one');
	names.forEach((name, index) => {
		const wider = names.findIndex((other, at) => at !== index && ` ${other} `.includes(` ${name} `) && other !== name);
		if (wider !== -1) warnings.push(`The names of intents ${index + 1} and ${wider + 1} overlap`);
	});
	return { problems, warnings };
}

function isCatchAll({ name }: IntentDefinition): boolean {
	return catchAllNames.includes(foldText(name));
}
