import type { Migration } from './migrations';

/** What is paid for by the piece is counted by purpose: tokens of models, look-ups at services. */
export const spending: Migration = {
	number: 12,
	name: 'spending',
	statements: [
		// one row per client, purpose and day; test and live runs cost the same money
		`CREATE TABLE spending (
			client TEXT NOT NULL,
			purpose TEXT NOT NULL,
			day TEXT NOT NULL,
			spent BIGINT NOT NULL,
			PRIMARY KEY (client, purpose, day)
		)`,
		"INSERT INTO spending (client, purpose, day, spent) SELECT client, 'aiTokens', day, tokens FROM ai_tokens",
		'DROP TABLE ai_tokens',
	],
};
