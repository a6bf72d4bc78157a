import { checkOverview, checkPlaces, checkSections } from './checkCanvas';
import { checkArrows, checkClientConfig, checkKeptRuns, checkReferences, checkSubWorkflows } from './checkFlow';
import { checkNames } from './checkNames';
import { checkParameters } from './checkParameters';
import { checkFormPages, checkPrivacy, checkShape } from './checkSharing';
import type { Check } from './template';

/** What a template must be, by the sentence that a test says of it. */
export const checks: Record<string, Check> = {
	'is a file that n8n imports': checkShape,
	'holds nothing of the n8n in which it was made': checkPrivacy,
	'shows what was typed as text and evaluates nothing of it': checkFormPages,
	'uses nodes and parameters that n8n knows': checkParameters,
	'names each node by what it does': checkNames,
	'explains itself in one overview note': checkOverview,
	'has each node in one section': checkSections,
	'is drawn without overlaps': checkPlaces,
	'leads every lead from a trigger to an end, from left to right': checkArrows,
	'refers only to nodes that ran before': checkReferences,
	'takes the client from one place': checkClientConfig,
	'gives each lead to another workflow by itself': checkSubWorkflows,
	'keeps no runs that found nothing to do': checkKeptRuns,
};
