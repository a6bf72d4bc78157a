import type { IExecuteFunctions } from 'n8n-workflow';
import type { HandoffRecord } from '../lead/handoffRecord';
import type { Problem } from '../lead/leadError';
import { compilePanelConditions, readPanelConditions } from './panelConditions';

/** Why a lead spends no token, in words; undefined when it may. */
export type SkipWhen = (record: HandoffRecord) => string | undefined;

const label = '"Skip AI When"';

/** The node's conditions, on a record without `intent`. What is wrong is added to `problems`. Undefined without conditions. */
export function readSkipWhen(ctx: IExecuteFunctions, problems: Problem[]): SkipWhen | undefined {
	const read = readPanelConditions(ctx.getNodeParameter('skipWhen', 0, {}, { rawExpressions: true }), label, problems);
	if (read.conditions.length === 0) return undefined;
	read.conditions.forEach(({ field, fieldExpression, valueExpression }, index) => {
		if (fieldExpression !== undefined || valueExpression !== undefined || !/^intent(\.|$)/.test(field)) return;
		problems.push({ code: 'AI_IN_CONDITION', message: `${label} asks what AI says, but decides whether AI is asked`, description: `Take another field in condition ${index + 1} of ${label}.` });
	});
	const holds = compilePanelConditions(read, label, { timeZone: ctx.getTimezone() }, problems);
	return (lead) => {
		const because = holds({ ...lead, intent: undefined });
		return because === undefined ? undefined : `${label} holds: ${because}`;
	};
}
