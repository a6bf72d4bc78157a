import { judgeQuality } from '../../../nodes/lead/clean/quality';
import { emptyLeadFields, emptySourceContext, type LeadIssue } from '../../../nodes/lead/handoffRecord';

const noFlags = { disposableEmail: false, freeEmail: false, roleEmail: false, suspectedSpam: false, suspectedInjection: false };
const known = { fullName: 'Ada Lovelace', email: 'ada@acme.example', phone: '+442079460018', company: 'Acme', country: 'GB', message: 'Please call' };

function score(lead = {}, { flags = {}, complete = true, issues = [] as LeadIssue[] } = {}): number {
	return judgeQuality({ lead: { ...emptyLeadFields(), ...known, ...lead }, source: { ...emptySourceContext(), complete }, flags: { ...noFlags, ...flags }, issues, changes: [] }).score;
}

describe('judgeQuality', () => {
	it.each([
		['a whole lead', score(), 100],
		['free mail, which costs nothing', score({}, { flags: { freeEmail: true } }), 100],
		['no phone', score({ phone: null }), 95],
		['no address', score({ email: null }), 90],
		['no way to answer', score({ email: null, phone: null }), 45],
		['a throw-away address', score({}, { flags: { disposableEmail: true } }), 80],
		['suspected spam', score({}, { flags: { suspectedSpam: true } }), 70],
		['an unknown source', score({}, { complete: false }), 95],
		['a warning', score({}, { issues: [{ field: 'lead.phone', code: 'X', message: 'x', severity: 'warning' }] }), 97],
		['a piece of information', score({}, { issues: [{ field: 'lead.phone', code: 'X', message: 'x', severity: 'info' }] }), 100],
	])('gives %s its score', (_, found, expected) => {
		expect(found).toBe(expected);
	});

	it('never falls below 0', () => {
		const issues = Array.from({ length: 60 }, (): LeadIssue => ({ field: 'lead', code: 'X', message: 'x', severity: 'error' }));
		expect(score({ ...emptyLeadFields() }, { issues })).toBe(0);
	});

	it('finds a reply path in an address or a number', () => {
		const judge = (lead: object) => judgeQuality({ lead: { ...emptyLeadFields(), ...lead }, source: emptySourceContext(), flags: noFlags, issues: [], changes: [] }).replyPath;
		expect(judge({})).toBe(false);
		expect(judge({ email: 'ada@acme.example' })).toBe(true);
		expect(judge({ phone: '+442079460018' })).toBe(true);
	});
});
