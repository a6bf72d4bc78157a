import { levels, type Compared, type Level } from './comparisons';

/**
 * What agreements are worth, in bits: log2 of how much likelier a level is between two entries of one person (m) than
 * between two persons met by chance (u). Fellegi and Sunter, "A Theory for Record Linkage", JASA 64 (1969), 1183–1210.
 */
export interface Weights {
	/** Bits for one compared field; an agreement on a rare value is worth more. 0 for what is missing. */
	bits(compared: Compared): number;
	/** Bits before anything is compared: how rare it is that two entries are one person. Negative. */
	priorBits: number;
	/** Number of persons among whom the lead is looked for, where it says what a frequent name is worth. */
	persons?: number;
	/** Share of the persons that have this value, where it was counted. */
	shareOf?: Frequencies['shareOf'];
}

/** Shares of the levels of one comparison, without `missing`; they sum to 1. */
export type Shares = Partial<Record<Level, number>>;
export interface LevelShares {
	m: Shares;
	u: Shares;
}

/**
 * What is assumed before any list was seen, from the usual shares in lead forms and CRM lists: typing errors in 3 to 8 %
 * of names, one person in four with a second address or number. Set by hand, not fitted to a list.
 */
export const usualShares: Record<string, LevelShares> = {
	firstName: {
		m: { same: 0.76, close: 0.08, other: 0.06, initial: 0.03, similar: 0.02, different: 0.05 },
		u: { same: 0.008, close: 0.004, other: 0.003, initial: 0.01, similar: 0.025, different: 0.95 },
	},
	lastName: {
		m: { same: 0.82, close: 0.08, other: 0.03, initial: 0.01, similar: 0.02, different: 0.04 },
		u: { same: 0.0015, close: 0.0012, other: 0.001, initial: 0.005, similar: 0.0113, different: 0.98 },
	},
	email: {
		m: { same: 0.6, close: 0.06, other: 0.06, similar: 0.04, different: 0.24 },
		u: { same: 0.00002, close: 0.00002, other: 0.0001, similar: 0.0005, different: 0.99936 },
	},
	phone: {
		m: { same: 0.66, close: 0.05, similar: 0.01, different: 0.28 },
		// numbers of one company or town begin alike
		u: { same: 0.00004, close: 0.00003, similar: 0.002, different: 0.99793 },
	},
	company: {
		m: { same: 0.76, close: 0.06, other: 0.05, similar: 0.03, different: 0.1 },
		u: { same: 0.002, close: 0.001, other: 0.002, similar: 0.015, different: 0.98 },
	},
	street: {
		m: { same: 0.7, close: 0.12, similar: 0.05, different: 0.13 },
		u: { same: 0.0008, close: 0.001, similar: 0.01, different: 0.9882 },
	},
	city: {
		m: { same: 0.72, close: 0.07, similar: 0.03, different: 0.18 },
		u: { same: 0.02, close: 0.003, similar: 0.017, different: 0.96 },
	},
	postalCode: {
		m: { same: 0.76, close: 0.07, different: 0.17 },
		u: { same: 0.002, close: 0.008, different: 0.99 },
	},
	houseNumber: {
		m: { same: 0.76, close: 0.08, different: 0.16 },
		u: { same: 0.02, close: 0.04, different: 0.94 },
	},
	region: { m: { same: 0.88, close: 0.03, different: 0.09 }, u: { same: 0.15, close: 0.03, different: 0.82 } },
	country: { m: { same: 0.95, different: 0.05 }, u: { same: 0.5, different: 0.5 } },
	text: { m: { same: 0.75, close: 0.1, similar: 0.05, different: 0.1 }, u: { same: 0.01, close: 0.005, similar: 0.025, different: 0.96 } },
	number: { m: { same: 0.8, close: 0.05, similar: 0.03, different: 0.12 }, u: { same: 0.02, close: 0.02, similar: 0.06, different: 0.9 } },
	date: { m: { same: 0.82, close: 0.08, similar: 0.04, different: 0.06 }, u: { same: 0.0002, close: 0.002, similar: 0.015, different: 0.9828 } },
	code: { m: { same: 0.85, close: 0.06, different: 0.09 }, u: { same: 0.0005, close: 0.002, different: 0.9975 } },
};

/** The shares to begin with for a comparison; fields that the operator named go by their kind. */
export function usualSharesOf(name: string): LevelShares {
	return usualShares[name.startsWith('also.') ? name.split('.')[1] : name];
}

/** How often a value of one field stands among the known persons. */
export interface Frequencies {
	/** Share of the persons that have this value, 0 to 1; undefined when it was not counted. */
	shareOf(name: string, value: string): number | undefined;
}

/** No agreement says more than this for itself, in bits: a list of a million people holds each value by chance, too. */
const mostBits = 20;

/** Weights from shares and the frequency of values. */
export function makeWeights(shares: ReadonlyMap<string, LevelShares>, frequencies: Frequencies, priorBits: number, persons?: number): Weights {
	const tables = new Map<string, Record<Level, number>>();
	const tableOf = (name: string): Record<Level, number> => {
		let table = tables.get(name);
		if (!table) {
			const { m, u } = shares.get(name) ?? usualSharesOf(name);
			table = Object.fromEntries(levels.map((level) => [level, level === 'missing' || !m[level] || !u[level] ? 0 : Math.log2(m[level] / u[level])])) as Record<Level, number>;
			tables.set(name, table);
		}
		return table;
	};
	return {
		priorBits,
		...(persons === undefined ? {} : { persons }),
		shareOf: (name, value) => frequencies.shareOf(name, value),
		bits({ name, level, value }) {
			const usual = tableOf(name)[level];
			if (level !== 'same' || value === undefined) return Math.min(usual, mostBits);
			const share = frequencies.shareOf(name, value);
			if (share === undefined) return Math.min(usual, mostBits);
			const { m } = shares.get(name) ?? usualSharesOf(name);
			return Math.min(Math.log2((m.same ?? 1) / share), mostBits);
		},
	};
}

/** Nothing was counted. */
const noFrequencies: Frequencies = { shareOf: () => undefined };
/** A few known persons are no sign that a new lead is one of them. */
const fewestPersons = 500;
/** Leads of known persons among all leads, before anything is known of either. */
const usualShareOfKnown = 0.3;

/** Weights for persons of whom nothing was counted but how many there are, e.g. those of a ledger. */
export function usualWeights(persons: number): Weights {
	return makeWeights(new Map(), noFrequencies, Math.log2(usualShareOfKnown / Math.max(persons, fewestPersons)), Math.max(persons, fewestPersons));
}
