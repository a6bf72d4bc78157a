import { readFileSync, readdirSync } from 'node:fs';
import { captureLead } from '../../nodes/lead/capture/captureLead';
import { normalizeLead } from '../../nodes/lead/clean/normalizeLead';
const dir = 'test/fixtures/forms/';
it('shows', () => {
	let out = '';
	for (const f of readdirSync(dir)) {
		const captured = captureLead({ payload: JSON.parse(readFileSync(dir + f, 'utf8')), client: 'acme', submissionId: 's', now: new Date('2026-11-20T18:30:00Z'), zone: { timeZone: 'Europe/Berlin', from: 'the client' }, requiredSource: ['source', 'medium', 'campaign'] });
		const r = normalizeLead({ captured, client: 'acme', ids: { submissionId: 's', leadId: 'l', personId: 'p' }, now: new Date('2026-11-20T18:30:00Z'), test: false, defaultCountry: 'GB' });
		const some = (o: object) => Object.fromEntries(Object.entries(o).filter(([, v]) => v !== null && !(Array.isArray(v) && v.length === 0)));
		out += `\n=== ${f}\n${JSON.stringify({ sub: r.submission, lead: some(r.lead), source: some(r.source), consent: r.consent, issues: r.quality.issues.map((i) => i.code), review: r.review.length, hp: captured.read.honeypotFilled, secs: captured.secondsToSubmit })}`;
	}
	require('fs').writeFileSync('/tmp/out.txt', out);
});
