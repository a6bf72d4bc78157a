import type { HandoffRecord, LeadIssue } from '../lead/handoffRecord';
import { clientMissing } from '../lead/readRecord';
import { explainLead } from '../lead/route/explain';
import type { Router } from '../lead/route/router';
import type { Decision } from './decide';
import { routerWithoutClient, type RouterSettings } from './settings';

/** The record with what was decided, and with the line that tells a rep of it. */
export function withRouting(record: HandoffRecord, { routing, earlier, assigned }: Decision, router: Router, remembered: boolean): HandoffRecord {
	const routed: HandoffRecord = { ...record, routing };
	if (router === routerWithoutClient) addIssue(routed, clientMissing);
	if (!earlier && router.settingsVersion !== undefined) routed.settingsVersion = router.settingsVersion;
	if (assigned && remembered && record.submission.state !== 'activated') routed.submission = { ...record.submission, state: 'assigned' };
	return { ...routed, text: explainLead(routed) };
}

/** Output 0 is Fallback. A queue that has no output of its own is told on the lead, which never vanishes. */
export function outputOf(record: HandoffRecord, { queues }: RouterSettings): number {
	if (!queues || !record.routing || record.routing.tier === 'fallback') return 0;
	const place = queues.indexOf(record.routing.queue);
	if (place === -1) addIssue(record, { field: 'routing.queue', code: 'QUEUE_WITHOUT_OUTPUT', message: 'The queue of this lead has no output, so it left on Fallback: list it in "Queues"', severity: 'warning' });
	return place + 1;
}

/** An issue that an earlier node told of the same field is not told twice. */
function addIssue(record: HandoffRecord, issue: LeadIssue): void {
	if (record.quality.issues.some(({ field, code }) => field === issue.field && code === issue.code)) return;
	record.quality = { ...record.quality, issues: [...record.quality.issues, issue] };
}
