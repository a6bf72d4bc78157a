import type { TabRow } from './readRows';
import { entryCalled, mergeRow, type Draft, type Entry, type ListKey } from './draft';

/** Tabs of which each row is one entry that is known by its name. */
export function applyList(draft: Draft, key: ListKey, rows: readonly TabRow[]): void {
	const list = draft.list(key);
	const kept: Entry[] = draft.mode === 'replace' ? [] : list;
	for (const row of rows) {
		const known = entryCalled(list, row.values.get('name'));
		if (row.values.get('name') === undefined) {
			if (!row.faulty) draft.tell(row, 'Name', 'a name');
			continue;
		}
		if (draft.mode === 'remove') {
			if (known) list.splice(list.indexOf(known), 1);
			else draft.tell(row, 'Name', 'a name that is there');
			continue;
		}
		const entry = mergeRow(known, row, draft.mode);
		if (key === 'slaPolicies') readEscalation(draft, row, entry);
		draft.origins.set(entry, { tab: row.tab, row: row.number });
		if (draft.mode === 'change' && known) list[list.indexOf(known)] = entry;
		else kept.push(entry);
	}
	draft.document[key] = kept;
}

/** Steps such as `At risk: owner` or `Breached 30: fallback owner`, separated as in any cell that holds several. */
function readEscalation(draft: Draft, row: TabRow, entry: Entry): void {
	if (!row.values.has(':escalation')) return;
	const steps = row.values.get(':escalation') as string[] | undefined;
	if (steps === undefined) {
		if (draft.mode === 'replace') delete entry.escalation;
		return;
	}
	const read = steps.map((step) => /^(at opening|opening|at risk|warning|warn|breached|breach|late)(?:\s*(?:\+|after|for)?\s*(\d+)\s*(?:min(?:utes)?)?)?\s*:\s*(owner|manager|ops|fallback owner|fallback|next owner|reassign)$/i.exec(step));
	if (read.includes(null)) {
		draft.tell(row, 'Escalation', 'steps such as At risk: owner; Breached 30: manager');
		return;
	}
	entry.escalation = read.flatMap((found, index) => {
		if (!found) return [];
		const [, when, minutes, who] = found;
		return [{
			name: steps[index].replace(/\s+/g, ' '),
			when: /opening$/i.test(when) ? 'opening' : /^(at risk|warn)/i.test(when) ? 'atRisk' : 'breached',
			afterMinutes: Number(minutes ?? 0),
			notify: /^fallback/i.test(who) ? 'fallbackOwner' : /^(next|reassign)/i.test(who) ? 'nextOwner' : who.toLowerCase(),
		}];
	});
}

/** The tab of what belongs to no list: each row sets what stands in it, and what is taken away has its default again. */
export function applyClient(draft: Draft, rows: readonly TabRow[]): void {
	for (const row of rows) {
		// what is not in the row stays: there is only one such entry
		const named = new Map([...row.values].filter(([, value]) => value !== undefined));
		const values = draft.mode === 'remove' ? new Map([...named.keys()].map((place) => [place, undefined])) : named;
		const merged = mergeRow(draft.document, { ...row, values }, 'replace');
		for (const key of Object.keys(draft.document)) if (!Object.hasOwn(merged, key)) delete draft.document[key];
		Object.assign(draft.document, merged);
	}
}
