import type { EscalationStep } from '../clientSettings';

const stepPattern = /^(at opening|opening|at risk|warning|warn|breached|breach|late)(?:\s*(?:\+|after|for)?\s*(\d+)\s*(?:min(?:utes)?)?)?\s*:\s*(owner|manager|ops|fallback owner|fallback|next owner|reassign)$/i;

/**
 * Steps as people write them, as a policy keeps them: `At risk: owner`, `Breached 30: fallback owner`, `Breached: next owner`,
 * `At opening: owner`. Each is named as it is written. Undefined when one of them is no step.
 */
export function readEscalationCell(steps: readonly string[]): EscalationStep[] | undefined {
	const read = steps.map((step): EscalationStep | undefined => {
		const [, when, minutes, who] = stepPattern.exec(step.trim()) ?? [];
		if (when === undefined) return undefined;
		return {
			name: step.trim().replace(/\s+/g, ' '),
			when: /opening$/i.test(when) ? 'opening' : /^(at risk|warn)/i.test(when) ? 'atRisk' : 'breached',
			afterMinutes: Number(minutes ?? 0),
			notify: /^fallback/i.test(who) ? 'fallbackOwner' : /^(next|reassign)/i.test(who) ? 'nextOwner' : (who.toLowerCase() as EscalationStep['notify']),
		};
	});
	return read.every((step) => step !== undefined) ? read : undefined;
}
