/** One thing that is wrong, as data: its sentence is ready to be shown, its code is stable. */
export interface Problem {
	/** Stable name for tests and branching, e.g. `RULE_WITHOUT_QUEUE`. */
	code: string;
	/** What is wrong, in the operator's words, with the rule number or field; at most 80 characters, no full stop. */
	message: string;
	/** What to do, one sentence; names the setting by its label in quotes. */
	description: string;
	/** Number of the rule it is about, for the order in which problems are told. */
	rule?: number;
}

/** Problems in the order of the panel: what is about no rule first, then rule by rule. */
export function inRuleOrder(problems: readonly Problem[]): Problem[] {
	return [...problems].sort((one, other) => (one.rule ?? 0) - (other.rule ?? 0));
}

/**
 * The only error that the house throws: for what the workflow's author must mend, never for a bad lead.
 * `host/toNodeError` turns it into an n8n error. Holds no personal data.
 */
export class LeadError extends Error implements Problem {
	constructor(
		readonly code: string,
		message: string,
		readonly description: string,
		readonly problems: readonly Problem[] = [],
	) {
		super(message);
		this.name = 'LeadError';
	}
}

/**
 * Stops the run with all problems told together; returns when there is none.
 * One problem is thrown as it is, several under one headline that counts them.
 *
 * @throws LeadError with the problem's own code, or `SEVERAL_PROBLEMS`.
 */
export function throwProblems(problems: readonly Problem[]): void {
	if (problems.length === 0) return;
	const [first] = problems;
	if (problems.length === 1) throw new LeadError(first.code, first.message, first.description, problems);
	throw new LeadError(
		'SEVERAL_PROBLEMS',
		`${problems.length} settings need a change before the first lead`,
		problems.map((problem, index) => `${index + 1}. ${problem.message}: ${problem.description}`).join(' '),
		problems,
	);
}
