import { first } from './001-first';
import { matchUndo } from './002-match-undo';
import { aiAnswers } from './003-ai-answers';
import { clockPauses } from './004-clock-pauses';
import { assignment } from './005-assignment';
import { records } from './006-records';
import { heldLeads } from './007-held-leads';
import { memberRests } from './008-member-rests';
import { leadFacts } from './009-lead-facts';
import { reviewWork } from './010-review-work';
import { matchKeyOrder } from './011-match-key-order';
import { spending } from './012-spending';
import { undeliveredLeads } from './013-undelivered-leads';

/** One change of the schema: runs once, in one transaction, and is never edited after a release. */
export interface Migration {
	/** From 1, without gaps. */
	number: number;
	name: string;
	/** In the dialect that SQLite and PostgreSQL share. */
	statements: string[];
}

/** All changes of the schema, oldest first. */
export const migrations: readonly Migration[] = [first, matchUndo, aiAnswers, clockPauses, assignment, records, heldLeads, memberRests, leadFacts, reviewWork, matchKeyOrder, spending, undeliveredLeads];
