import { compileCondition, type RouterCondition } from '../../../nodes/lead/route/conditions';
import { labelOfField } from '../../../nodes/lead/route/inWords';
import { emptySourceContext } from '../../../nodes/lead/handoffRecord';
import { intentOf, recordOf } from './samples';

const record = recordOf(
	{ country: 'GB', companySize: { min: 1000, max: 5000 }, jobTitle: 'Head of Sales', message: `We want\nto move <!channel> ${'x'.repeat(100)}`, custom: { 'Team Size': 12, interests: ['a', 'b', 'c', 'd', 'e', 'f'] } },
	{ intent: intentOf({ highIntent: true }), match: { verdict: 'merge', externalIds: {}, score: 0.9, because: [], candidates: [], mergePlan: [], customerStatus: 'customer' } },
);
record.quality.flags.disposableEmail = true;
record.source = { ...emptySourceContext(), source: 'google' };
const noExpressions = (): unknown => { throw new Error('no expressions here'); };

describe('a condition in words', () => {
	// the lead's own value for a rep, both sides for audit
	it.each<[RouterCondition, told: string, compared: string]>([
		[{ field: 'lead.country', operator: 'equals', value: 'UK' }, 'country is United Kingdom', 'country is United Kingdom'],
		[{ field: 'lead.country', operator: 'isOneOf', value: ['UK', 'IE'] }, 'country is United Kingdom', 'country is one of United Kingdom, Ireland (United Kingdom)'],
		[{ field: 'lead.country', operator: 'isOneOf', value: 'GB' }, 'country is United Kingdom', 'country is United Kingdom'],
		[{ field: 'lead.country', operator: 'isNotOneOf', value: 'DE, AT, CH, FR, IT, ES' }, 'country is United Kingdom', 'country is not one of Germany, Austria, Switzerland, France and 2 others (United Kingdom)'],
		[{ field: 'lead.country', operator: 'equals', value: ['UK', 'IE'] }, 'country is United Kingdom', 'country is one of United Kingdom, Ireland (United Kingdom)'],
		[{ field: 'lead.country', operator: 'matches', value: '^(GB|IE)$' }, 'country is United Kingdom', 'country matches ^(GB|IE)$ (GB)'],
		[{ field: 'lead.companySize.min', operator: 'atLeast', value: 500 }, 'company size 1000 or more', 'company size is at least 500 (1000)'],
		[{ field: 'lead.companySize', operator: 'atLeast', value: 500 }, 'company size 1000 to 5000', 'company size is at least 500 (1000 to 5000)'],
		[{ field: 'intent.highIntent', operator: 'isTrue' }, 'high intent: yes', 'high intent: yes'],
		[{ field: 'intent.highIntent', operator: 'equals', value: true }, 'high intent: yes', 'high intent is yes'],
		[{ field: 'intent.name', operator: 'equals', value: 'demo' }, 'intent is Demo', 'intent is demo'],
		[{ field: 'quality.flags.disposableEmail', operator: 'isTrue' }, 'disposable email: yes', 'disposable email: yes'],
		[{ field: 'match.customerStatus', operator: 'equals', value: 'customer' }, 'customer status is customer', 'customer status is customer'],
		[{ field: 'match.existingOwner', operator: 'equals', value: 'mia' }, 'existing owner is not known', 'existing owner is not known'],
		[{ field: 'lead.city', operator: 'isEmpty' }, 'city is empty', 'city is empty'],
		[{ field: 'lead.jobTitle', operator: 'contains', value: 'head' }, 'job title is Head of Sales', 'job title contains head (Head of Sales)'],
		[{ field: 'lead.jobTitle', operator: 'isNotEmpty' }, 'job title is Head of Sales', 'job title is not empty (Head of Sales)'],
		[{ field: 'lead.message', operator: 'contains', value: 'move' }, 'message contains move', expect.stringMatching(/^message contains move \(We want to move !channel x+…\)$/) as string],
		[{ field: 'source.source', operator: 'equals', value: 'google' }, 'source is google', 'source is google'],
		[{ field: 'lead.custom.Team Size', operator: 'greaterThan', value: 10 }, 'Team Size 12', 'Team Size is more than 10 (12)'],
		[{ field: 'lead.custom.interests', operator: 'equals', value: 'b' }, 'interests is a, b, c, d and 2 others', 'interests is b (a, b, c, d and 2 others)'],
		[{ field: 'lead.jobTitle', operator: 'equals', valueField: 'lead.serviceInterest' }, 'what job title is compared with is not known', 'what job title is compared with is not known'],
		[{ field: 'expression', fieldExpression: '{{ boom }}', operator: 'equals', value: 'x' }, 'the expression could not be read', 'the expression could not be read'],
	])('%j', (condition, told, compared) => {
		const compiled = compileCondition(condition, { timeZone: 'UTC' });
		expect([compiled.tell(record, noExpressions), compiled.compare(record, noExpressions)]).toEqual([told, compared]);
	});
});

describe('labelOfField', () => {
	it.each([
		['lead.companySize', 'company size'], ['lead.budget.currency', 'budget currency'], ['intent.name', 'intent'], ['intent.buyingStage', 'buying stage'], ['source.firstTouch.campaign', 'first touch campaign'],
		['match.account.name', 'account name'], ['match.externalIds.hubspot', 'hubspot'], ['lead.custom.Which plan?', 'Which plan?'], ['submission.formId', 'form id'], ['run.test', 'test run'], ['client', 'client'], ['leadId', 'lead id'],
	])('of %s is "%s"', (path, label) => {
		expect(labelOfField(path)).toBe(label);
	});
});
