import fc from 'fast-check';
import { suggestImprovements, withSuggestion, type Corrected } from '../../../nodes/lead/measure/suggestions';
import { checkSettings } from '../../../nodes/lead/settings/checkSettings';
import type { ClientSettings } from '../../../nodes/lead/settings/clientSettings';
import { sampleSettings } from '../settings/settingsSample';

const settings = checkSettings(sampleSettings()).settings as ClientSettings;
const asIs = (message: string) => message;
let moments = 0;

function misroute(leadId: string, rightQueue: string, lead: Record<string, unknown>, change: Partial<Corrected> = {}): Corrected {
	return { kind: 'misrouted', leadId, at: new Date(Date.UTC(2026, 10, 1, 9, moments++)).toISOString(), detail: { rightQueue }, message: null, record: { lead }, ...change };
}
const roofing = (count: number, queue = 'Enterprise', lead: Record<string, unknown> = { serviceInterest: 'Roofing', country: 'GB' }) => Array.from({ length: count }, (_, number) => misroute(`${queue}-${number}`, queue, lead));
const suggest = (corrections: Corrected[], hide = asIs) => suggestImprovements(corrections, settings, hide);

describe('suggestImprovements', () => {
	it('makes a rule of five equal corrections that share a value, with each lead as evidence', () => {
		expect(suggest(roofing(5))).toEqual([{
			id: expect.stringMatching(/^[0-9a-f]{16}$/), text: '5 leads with service interest Roofing were corrected to queue Enterprise: make it a rule',
			change: { kind: 'rule', rule: {
				name: 'Corrected: service interest Roofing to queue Enterprise', tier: 'hard', match: 'all', readMessageWithAi: true, queue: 'Enterprise', continue: false,
				conditions: [{ field: 'lead.serviceInterest', operator: 'equals', value: 'Roofing' }],
			} },
			evidence: ['Enterprise-0', 'Enterprise-1', 'Enterprise-2', 'Enterprise-3', 'Enterprise-4'], against: [],
		}]);
	});

	it.each<[string, Corrected[], string[]]>([
		['four equal corrections', roofing(4), []],
		['five that share nothing', roofing(5).map((one, index) => ({ ...one, record: { lead: { city: `Town ${index}` } } })), []],
		['one lead corrected five times', roofing(5).map((one) => ({ ...one, leadId: 'one' })), []],
		['five of which the last word was another', [...roofing(5), misroute('Enterprise-0', 'North', { serviceInterest: 'Roofing' })], []],
		['five that two others contradict', [...roofing(5), ...roofing(2, 'North')], []],
		['six that one other contradicts', [...roofing(6), ...roofing(1, 'North')], ['lead.serviceInterest']],
		['a broad field only where it explains much more', [...roofing(5), ...roofing(9, 'Enterprise', { country: 'GB' }).map((one, index) => ({ ...one, leadId: `gb-${index}` }))], ['lead.country']],
		['personal fields alone', roofing(5, 'Enterprise', { email: 'ada@example.com', fullName: 'Ada', phone: '+442079460018' }), []],
		['values of another shape', roofing(5, 'Enterprise', { serviceInterest: { toString: 'x' }, country: 7 }), []],
		['records that are gone', roofing(5).map((one) => ({ ...one, record: null })), []],
	])('of %s', (_what, corrections, wanted) => {
		expect(suggest(corrections).map(({ change }) => (change.kind === 'rule' ? change.rule.conditions[0].field : change.kind))).toEqual(wanted);
	});

	it('takes spellings for one value, and what another rule of the queue gives', () => {
		const mixed = roofing(5, 'North').map((one, index) => ({ ...one, record: { lead: { serviceInterest: index % 2 ? 'ROOFING' : 'Roofing' } } }));
		expect(suggest(mixed)).toMatchObject([{ change: { rule: { queue: 'North', team: 'Sales North', slaPolicy: 'Hot' } } }]);
	});

	it('makes a rule that only names the owner when the queue was right', () => {
		const owner = roofing(5).map((one): Corrected => ({ ...one, kind: 'owner', detail: { from: 'Tom Example', to: 'Mia Example' } }));
		expect(suggest(owner)).toMatchObject([{ text: expect.stringContaining('corrected to owner Mia Example'), change: { rule: { owner: 'mia', continue: true } } }]);
		expect(suggest(owner.map((one) => ({ ...one, detail: { to: 'Somebody Gone' } })))).toEqual([]);
	});

	it('says nothing again once it is applied, and the new settings pass their check', () => {
		const [{ change }] = suggest(roofing(5));
		const applied = withSuggestion(settings, change);
		expect(checkSettings(applied).problems).toEqual([]);
		expect(applied.rules[0].name).toBe('Corrected: service interest Roofing to queue Enterprise');
		expect(suggestImprovements(roofing(5), applied, asIs)).toEqual([]);
	});

	it('puts a rule behind those that block or only add', () => {
		const [{ change }] = suggest(roofing(5));
		const [blocks, adds] = [{ ...settings.rules[0], name: 'Spam', block: true }, { ...settings.rules[1], name: 'Hot', continue: true }];
		expect(withSuggestion({ ...settings, rules: [blocks, adds, settings.rules[0]] }, change).rules.map(({ name }) => name)).toEqual(['Spam', 'Hot', expect.stringContaining('Corrected'), 'UK']);
	});

	it('makes examples of an intent that is misread again and again, without personal values', () => {
		const read = (leadId: string, message: string): Corrected => misroute(leadId, '', {}, { kind: 'intent', detail: { from: 'Support', to: 'Request Demo' }, message });
		const hide = (message: string) => message.replace('Ada', '…');
		expect(suggest([read('1', 'Show me, Ada')], hide)).toEqual([]);
		const found = suggest([read('1', 'Show me, Ada'), read('2', 'Can I see it?')], hide);
		expect(found).toMatchObject([
			{ text: '2 messages were read as Support and corrected to Request Demo: add this one as an example', change: { intent: 'Request Demo', example: 'Can I see it?' }, evidence: ['2', '1'] },
			{ change: { intent: 'Request Demo', example: 'Show me, …' }, evidence: ['1', '2'] },
		]);
		const applied = withSuggestion(settings, found[0].change);
		expect(applied.intents[0].examples).toEqual(['Can I see it?']);
	});

	it('names pairs that are not one person, once', () => {
		const pair = (leadId: string, otherLead: string) => misroute(leadId, '', {}, { kind: 'notDuplicate', detail: { otherLead } });
		expect(suggest([pair('b', 'a'), pair('a', 'b'), pair('a', 'a')])).toMatchObject([{ change: { kind: 'neverMatch', leadId: 'a', otherLeadId: 'b' } }]);
	});

	it('never rests a rule on fewer than five leads, on a lead twice, or on more contradiction than a fifth, whatever the order', () => {
		const one = fc.record({ lead: fc.integer({ min: 0, max: 30 }), queue: fc.constantFrom('A', 'B'), service: fc.constantFrom('x', 'y', null), country: fc.constantFrom('GB', 'IE') });
		fc.assert(fc.property(fc.array(one, { maxLength: 60 }), (given) => {
			const corrections = given.map(({ lead, queue, service, country }) => misroute(`lead-${lead}`, queue, { serviceInterest: service, country }));
			const last = new Map(corrections.map((correction) => [correction.leadId as string, correction]));
			for (const { change, evidence, against } of suggest(corrections)) {
				if (change.kind !== 'rule') throw new Error('only rules are expected');
				const [{ field, value }] = change.rule.conditions;
				const valueOf = (leadId: string) => ((last.get(leadId) as Corrected).record as { lead: Record<string, unknown> }).lead[field.slice('lead.'.length)];
				expect(new Set(evidence).size).toBe(evidence.length);
				expect(evidence.length).toBeGreaterThanOrEqual(5);
				expect(against.length).toBeLessThanOrEqual(evidence.length / 5);
				for (const leadId of evidence) expect([last.get(leadId)?.detail.rightQueue, valueOf(leadId)]).toEqual([change.rule.queue, value]);
				for (const leadId of against) expect([last.get(leadId)?.detail.rightQueue === change.rule.queue, valueOf(leadId)]).toEqual([false, value]);
			}
			expect(suggest([...corrections].reverse()).map(({ id }) => id).sort()).toEqual(suggest(corrections).map(({ id }) => id).sort());
		}));
	});
});
