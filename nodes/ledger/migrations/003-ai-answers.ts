import type { Migration } from './migrations';

/**
 * Answers of AI, so that the same text is asked about once. An answer belongs to the submissions that it was used for:
 * with the last of them it goes (`operations/answers`). The text itself is not kept, only its keyed hash.
 */
export const aiAnswers: Migration = {
	number: 3,
	name: 'AI answers',
	statements: [
		// makes the hashes of one client useless for guessing texts, and for any other client
		`CREATE TABLE ai_answer_secrets (
			client TEXT PRIMARY KEY,
			secret TEXT NOT NULL
		)`,
		`CREATE TABLE ai_answers (
			client TEXT NOT NULL,
			test INTEGER NOT NULL,
			answer_key TEXT NOT NULL,
			answer TEXT NOT NULL,
			kept_at BIGINT NOT NULL,
			PRIMARY KEY (client, test, answer_key)
		)`,
		`CREATE TABLE ai_answer_uses (
			client TEXT NOT NULL,
			test INTEGER NOT NULL,
			answer_key TEXT NOT NULL,
			submission_id TEXT NOT NULL,
			PRIMARY KEY (client, test, answer_key, submission_id),
			FOREIGN KEY (client, test, answer_key) REFERENCES ai_answers (client, test, answer_key) ON DELETE CASCADE,
			FOREIGN KEY (client, test, submission_id) REFERENCES submissions (client, test, id) ON DELETE CASCADE
		)`,
		'CREATE INDEX ai_answer_uses_submission ON ai_answer_uses (client, test, submission_id)',
		// one row per client and day; test and live runs cost the same money
		`CREATE TABLE ai_tokens (
			client TEXT NOT NULL,
			day TEXT NOT NULL,
			tokens BIGINT NOT NULL,
			PRIMARY KEY (client, day)
		)`,
	],
};
