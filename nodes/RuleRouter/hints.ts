import type { IExecuteFunctions } from 'n8n-workflow';
import type { Routing } from '../lead/handoffRecord';
import { analyzeRules } from '../lead/route/analyzeRules';
import type { Router } from '../lead/route/router';
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

/** Steps of a check before each run: some milliseconds. */
const stepsPerRun = 200_000;
const mostTold = 5;

/** Says before the first lead which rules are never reached: they do no harm to leads, but nobody meant them. */
export function tellFindings(ctx: IExecuteFunctions, routers: readonly Router[]): void {
	for (const { rules, people, terms } of routers) {
		const { findings } = analyzeRules(rules, people.teams, terms, { reachOnly: true, mostSteps: stepsPerRun });
		const warnings = findings.filter(({ severity }) => severity === 'warning');
		for (const { message, description } of warnings.slice(0, mostTold)) ctx.addExecutionHints({ message: `${message}. ${description}`, type: 'warning', location: 'outputPane' });
		if (warnings.length > mostTold) ctx.addExecutionHints({ message: `${warnings.length - mostTold} more rules are never reached; run this node with "Operation" set to Check Rules to see all`, type: 'warning', location: 'outputPane' });
	}
}
