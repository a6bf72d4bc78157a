import type { MetricName } from '../../metricNames';
import type { AuditCause } from '../audit/auditLead';
import type { AuditExtra } from '../audit/auditFigures';
import type { SplitName } from '../tally';
import type { PlaybookWords } from './playbookWords';

/** What an action of a report is about. `{value}`, `{target}`, `{where}`, `{count}` and `{cause}` stand for what was measured. */
export type ActionName =
	| 'noOwner' | 'sla' | 'highIntent' | 'speed' | 'slowest' | 'routing' | 'sample' | 'contact' | 'meeting' | 'duplicates' | 'source' | 'campaign'
	| 'acceptance' | 'qualified' | 'review' | 'ai' | 'other' | 'record' | 'keep';

/** What an audit says about the export itself. */
export type AuditNote = 'columns' | 'leftOut' | 'unread' | 'dayOnly' | 'beforeCreation' | 'zone' | 'spoiltPhones' | 'hours';

/** All words of the reports in one language. */
export interface ReportWords {
	/** For numbers and dates, e.g. `en-GB`. */
	locale: string;
	units: { second: string; minute: string; hour: string; day: string };
	metrics: Record<MetricName, string>;
	splits: Record<SplitName, string>;
	tiers: Record<'hard' | 'soft' | 'fallback', string>;
	causes: Record<'nothingInCommon' | 'notAlikeEnough' | 'notMatched' | AuditCause, string>;
	actions: Record<ActionName, string>;
	/** What only the audit of an export says. `{n}` stands for a number. */
	audit: Record<AuditExtra | AuditNote | 'title' | 'rests' | 'made' | 'waits' | 'uncontacted' | 'noOwner' | 'duplicates', string>;
	playbook: PlaybookWords;
	/** `{n}` stands for a number, `{part}` for what is meant. */
	text: {
		title: string;
		leads: string;
		lead: string;
		/** `{from}` and `{to}` are dates. */
		period: string;
		comparedWith: string;
		target: string;
		before: string;
		/** `{value}` stands for a figure. */
		atLeast: string;
		atMost: string;
		noTarget: string;
		reached: string;
		missed: string;
		better: string;
		worse: string;
		same: string;
		notMeasured: string;
		tooFew: string;
		ofLeads: string;
		changed: string;
		nothingChanged: string;
		moreLeads: string;
		fewerLeads: string;
		actions: string;
		pathTitle: string;
		pathSteps: { leads: string; contacted: string; meeting: string; opportunity: string; won: string };
		trendTitle: string;
		speedTitle: string;
		bySplit: string;
		allFigures: string;
		figure: string;
		value: string;
		trend: string;
		restsOn: string;
		interval: string;
		/** How a name is quoted. */
		quoted: string;
		unknown: string;
		others: string;
		rep: string;
		causesTitle: string;
		testLeads: string;
		made: string;
		privacy: string;
		middle: string;
		client: string;
		status: string;
		lastLead: string;
		overviewTitle: string;
		red: string;
		amber: string;
		green: string;
		quiet: string;
		never: string;
		inTest: string;
		allGood: string;
		noLeads: string;
		fairnessTitle: string;
	};
}
