import { tellException } from '../../../nodes/lead/measure/exceptions';

describe('tellException', () => {
	it.each([
		['misrouted', { rightQueue: 'Enterprise', note: 'key account' }, { kind: 'Misroute', what: 'Reported as misrouted: to Enterprise, key account' }],
		['ownerCorrected', { from: 'Tom', to: 'Mia', fromQueue: 'North', toQueue: 'South', reason: 'her town' }, { kind: 'Misroute', what: 'Owner corrected: from North to South, her town' }],
		['ownerCorrected', { from: 'Tom', to: 'Mia' }, { kind: 'Misroute', what: 'Owner corrected: from Tom to Mia' }],
		['routingChecked', { right: false, rightQueue: 'South' }, { kind: 'Misroute', what: 'Found wrong in the weekly sample: to South' }],
		['routingChecked', { right: true }, undefined],
		['rejected', { reason: 'student' }, { kind: 'Dispute', what: 'Rejected by sales: student' }],
		['ownerChanged', { newOwner: 'mia' }, { kind: 'Dispute', what: 'Owner changed: to mia' }],
		['duplicateRefuted', {}, { kind: 'Dispute', what: 'Found not to be a duplicate' }],
		['won', {}, undefined],
		['toString', {}, undefined],
	])('tells %s with %j', (type, detail, told) => {
		expect(tellException({ type, stage: null, detail, reasons: [] })).toEqual(told);
	});

	it('tells a decision in doubt with its stage and reasons, on one line', () => {
		expect(tellException({ type: 'doubt', stage: 'classify', detail: {}, reasons: ['confidence 0.41', 'two\nlines'] })).toEqual({ kind: 'Low Confidence', what: 'In doubt (classify): confidence 0.41; two lines' });
	});
});
