const columns = [
	{ title: '#', of: (row) => String(row.number), width: 2 },
	{ title: 'form', of: (row) => row.story, width: 34 },
	{ title: 'lead', of: (row) => row.name, width: 17 },
	{ title: 'verdict', of: (row) => row.verdict, width: 7 },
	{ title: 'intent', of: (row) => row.intent, width: 18 },
	{ title: 'queue', of: (row) => row.queue, width: 18 },
	{ title: 'owner', of: (row) => row.owner, width: 14 },
	{ title: 'due, London time', of: (row) => dueText(row.dueAt), width: 16 },
];

/** What became of each form, two lines each: the decisions, then why. */
function table(rows) {
	const line = (cells) => cells.map((cell, index) => fit(cell, columns[index].width)).join('  ').trimEnd();
	const rule = columns.map(({ width }) => '─'.repeat(width)).join('  ');
	return [
		line(columns.map(({ title }) => title)),
		rule,
		...rows.flatMap((row) => [
			line(columns.map(({ of }) => of(row) ?? '–')),
			...wrap(row.failure ? `FAILED: ${row.failure}` : (row.why ?? ''), rule.length - 6).map((text) => `      ${text}`),
		]),
	].join('\n');
}

function dueText(dueAt) {
	if (!dueAt) return undefined;
	const day = new Date(dueAt).toLocaleDateString('en-GB', { weekday: 'short', day: '2-digit', month: 'short', timeZone: 'Europe/London' }).replace(',', '');
	const time = new Date(dueAt).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/London' });
	return `${day} ${time}`;
}

function fit(text, width) {
	const letters = [...String(text)];
	return letters.length <= width ? String(text).padEnd(width) : `${letters.slice(0, width - 1).join('')}…`;
}

function wrap(text, width) {
	const lines = [];
	let line = '';
	for (const word of String(text).split(/\s+/)) {
		if (line !== '' && line.length + word.length + 1 > width) {
			lines.push(line);
			line = '';
		}
		line = line === '' ? word : `${line} ${word}`;
	}
	return line === '' ? lines : [...lines, line];
}

module.exports = { table };
