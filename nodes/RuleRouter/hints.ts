import type { IExecuteFunctions } from 'n8n-workflow';
import type { Routing } from '../lead/handoffRecord';
import { quote } from '../lead/shorten';

/** Says once per run which rules gave a queue that has no team, so that the fallback owner got the leads. */
export function tellUnowned(ctx: IExecuteFunctions, unowned: readonly Routing[]): void {
	const counts = new Map<string, number>();
	for (const { rule, queue } of unowned) {
		const from = `Rule ${rule.number} ${quote(rule.name, 60)} gives the queue ${quote(queue, 60)}`;
		counts.set(from, (counts.get(from) ?? 0) + 1);
	}
	for (const [from, count] of counts) {
		ctx.addExecutionHints({
			message: `${from}, but there is no team of that name and no rule names another team or a member, so the fallback owner got ${count === 1 ? '1 lead' : `${count} leads`}. Add a team of that name, or let the rule name a team or a member.`,
			type: 'warning',
			location: 'outputPane',
		});
	}
}
