import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCsvRows } from '../../../nodes/lead/route/csvRows';
import { readTable } from '../../../nodes/lead/route/decisionTable';
import { applyHardRules } from '../../../nodes/lead/route/routeLead';
import { compileRules, type RouterRule } from '../../../nodes/lead/route/ruleTable';
import { ruleSentence } from '../../../nodes/lead/route/sentences';
import { ruleSchema } from '../../../nodes/lead/settings/clientSettings';
import { recordOf } from './samples';

const page = readFileSync(join(__dirname, '../../../nodes/RuleRouter/README.md'), 'utf8');
const part = page.slice(page.indexOf('## Three examples'), page.indexOf('## Operations'));
const block = (kind: string): string => new RegExp(`\`\`\`${kind}\\n([\\s\\S]*?)\`\`\``).exec(part)?.[1] ?? '';

const asRules: RouterRule[] = (JSON.parse(block('json')) as unknown[]).map((rule) => ruleSchema.parse(rule));
const asTable = readTable({ rows: readCsvRows(block('csv')), hitPolicy: 'first', tier: 'hard', label: 'Table (CSV)' });
const sentences = [...part.matchAll(/^\d\. (.*)$/gm)].map(([, sentence]) => sentence);

const enterprise = { country: 'GB', companySize: { min: 900, max: 900 } };
const submission = { ...recordOf().submission, formId: 'partner-application' };
const quality = recordOf().quality;
const leads = [
	recordOf(enterprise),
	recordOf({ ...enterprise, companySize: { min: 20, max: 20 } }),
	recordOf(enterprise, { match: { verdict: 'append', externalIds: {}, score: 1, because: [], candidates: [], mergePlan: [], customerStatus: 'customer' } }),
	recordOf(enterprise, { submission, quality: { ...quality, flags: { ...quality.flags, freeEmail: true } } }),
	recordOf({ country: 'FR' }, { submission }),
];

describe('the three examples of the README', () => {
	it('send leads the same way as rules and as a table', () => {
		expect(asTable.problems).toEqual([]);
		const places = (rules: RouterRule[]): unknown[] => leads.map((lead) => {
			const { queue, team, priority, blocked, rule, readMessageWithAi } = applyHardRules(lead, compileRules(rules, [], { timeZone: 'UTC' }), 'Unrouted');
			return { queue, team, priority, blocked, rule, readMessageWithAi };
		});
		expect(places(asRules)).toEqual(places(asTable.rules));
		expect(places(asRules)).toMatchObject([
			{ queue: 'UK Enterprise', team: 'Team A', priority: 'high' }, { queue: 'Unrouted' }, { queue: 'Support', readMessageWithAi: false },
			{ queue: 'Blocked', blocked: true, readMessageWithAi: false }, { queue: 'Unrouted' },
		]);
	});

	it('are told in the sentences of the page, from the rules and from the table', () => {
		expect(sentences).toHaveLength(3);
		expect(asRules.map((rule) => ruleSentence(rule))).toEqual(sentences);
		expect(asTable.rules.map((rule) => ruleSentence(rule))).toEqual(sentences);
	});
});
