import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { LeadNormalize } from '../../nodes/LeadNormalize/LeadNormalize.node';
import { properties } from '../../nodes/LeadNormalize/properties';
import { strictContext } from '../support/strictContext';

const page = readFileSync(join(__dirname, '..', '..', 'nodes', 'LeadNormalize', 'README.md'), 'utf8');
const [given, shown] = [...page.matchAll(/```json\n([\s\S]*?)\n```/g)].map(([, text]) => JSON.parse(text) as IDataObject);

/** "…" stands for what differs from run to run. */
function expected(value: unknown): unknown {
	if (value === '…') return expect.any(String);
	if (Array.isArray(value)) return value.map(expected);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, expected(inner)]));
}

describe('the node\'s page', () => {
	it('shows what really comes out of its payload, with no setting changed', async () => {
		const ctx = strictContext({ items: [given], timeZone: 'Europe/Berlin', parameters: { ledger: 'none' }, extra: { getExecutionId: () => '1', evaluateExpression: () => 0 } });
		const [[item]] = await new LeadNormalize().execute.call(ctx);
		expect(item.json).toMatchObject(expected(shown) as object);
		expect((item.json.lead as IDataObject).custom).toEqual((shown.lead as IDataObject).custom);
	});

	it('names settings as the panel calls them', () => {
		const labels = JSON.stringify(properties);
		for (const label of ['Settings From', 'Field Mapping', 'Automatic, Some by Hand', 'Form Tool', 'Outputs', 'Needs Review Apart', 'Resend Window (Hours)', 'Output', 'Simplified']) {
			expect(page).toContain(label);
			expect(labels).toContain(label);
		}
	});
});
