import { orderRecord } from '../../nodes/lead/orderRecord';
import { readRecord } from '../../nodes/lead/readRecord';
import type { HandoffRecord } from '../../nodes/lead/handoffRecord';

function flatRecord(): HandoffRecord {
	let id = 0;
	return readRecord({ json: { email: 'ann@acme.example' }, now: new Date('2026-11-23T09:00:00Z'), newId: () => `id-${++id}` }).record;
}

describe('orderRecord', () => {
	it('puts the decided section first and the ids last', () => {
		const record = { ...flatRecord(), routing: { queue: 'UK' } as HandoffRecord['routing'] };
		const keys = Object.keys(orderRecord(record, 'routing'));
		expect(keys.slice(0, 2)).toEqual(['routing', 'lead']);
		expect(keys.indexOf('leadId')).toBeGreaterThan(keys.indexOf('quality'));
	});

	it('keeps everything, also keys that it does not know', () => {
		const record = { ...flatRecord(), note: 'kept' } as HandoffRecord;
		expect(orderRecord(record, 'lead')).toEqual(record);
	});
});
