import { createFallbackClassifier } from '../../../nodes/lead/classify/fallbackClassifier';
import { toTaxonomy } from '../../../nodes/lead/classify/taxonomy';
import { enquiries, heldBackEnquiries } from './enquiries';
const read = createFallbackClassifier(toTaxonomy([]));
it('x', () => {
	const out: string[] = [];
	for (const [title, list] of [['tuned', enquiries], ['held', heldBackEnquiries]] as const) {
		let ok = 0;
		for (const [intent, , message] of list) { const got = read(message).intent.name; if (got === intent) ok++; else if (title === 'tuned' || process.env.HELD) out.push(`${intent} <- ${got}: ${message}`); }
		out.push(`${title}: ${ok}/${list.length}`);
	}
	require('node:fs').writeFileSync('/tmp/J/baseline.txt', out.join('\n'));
});
