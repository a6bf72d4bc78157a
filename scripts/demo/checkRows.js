/** What must become of each sample form. `owner` lists who may have it; `sameLeadAs` names an earlier form. */
const expected = {
	'UK enterprise lead': { verdict: 'create', queue: 'Enterprise', owner: ['Grace Lin'] },
	'German enquiry': { verdict: 'create', queue: 'Managed IT', owner: ['Jonas Keller', 'Lena Brandt'] },
	'Same webhook delivered again': { verdict: 'resend', sameLeadAs: 'German enquiry' },
	'UK enquiry': { verdict: 'create', queue: 'Managed IT', owner: ['Amelia Ward', 'Tom Okafor'] },
	'Same person sends the form again': { verdict: 'append', queue: 'Managed IT', owner: ['Amelia Ward', 'Tom Okafor'], sameLeadAs: 'UK enquiry', sameOwner: true },
	'Existing customer': { verdict: 'merge', queue: 'Customer Support', owner: ['Ben Price'] },
	'Disposable address': { verdict: 'create', queue: 'Blocked', owner: ['Olivia Hart'] },
	'Empty message': { verdict: 'create', queue: 'Managed IT', owner: ['Amelia Ward', 'Tom Okafor'] },
	'French message': { verdict: 'create', queue: 'Cloud Migration', owner: ['Sofia Marques'] },
	'Partner form from a free mailbox': { verdict: 'create', queue: 'Blocked', owner: ['Olivia Hart'] },
	'Friday 18:30': { verdict: 'create', queue: 'Cloud Migration', owner: ['Amelia Ward', 'Tom Okafor'], dueOnMonday: true },
	'Colleague behind the same switchboard': { verdict: 'create', queue: 'Enterprise', owner: ['Grace Lin'] },
	'Prompt injection': { verdict: 'create', queue: 'General Enquiries', owner: ['Sofia Marques'] },
	'Ready to buy, US': { verdict: 'create', queue: 'Managed IT', owner: ['Sofia Marques'] },
};

/** Every form that was lost, is without owner or clock, or was handled otherwise than it should; empty when all is well. */
function checkRows(rows) {
	const problems = [];
	const byStory = new Map(rows.map((row) => [row.story, row]));
	for (const [story, want] of Object.entries(expected)) {
		const row = byStory.get(story);
		const wrong = (text) => problems.push(`${story}: ${text}`);
		if (!row) { wrong('the form was never sent'); continue; }
		if (row.status !== 200) wrong(`the form was answered with ${row.status}`);
		if (row.failure) { wrong(row.failure); continue; }
		if (row.verdict !== want.verdict) wrong(`verdict ${row.verdict}, not ${want.verdict}`);
		if (want.sameLeadAs && row.leadId !== byStory.get(want.sameLeadAs)?.leadId) wrong(`is not the same lead as "${want.sameLeadAs}"`);
		if (want.verdict === 'resend') continue;
		if (row.queue !== want.queue) wrong(`queue ${row.queue}, not ${want.queue}`);
		if (!row.owner) wrong('has no owner');
		else if (!want.owner.includes(row.owner)) wrong(`owner ${row.owner}, not ${want.owner.join(' or ')}`);
		if (want.sameOwner && row.owner !== byStory.get(want.sameLeadAs)?.owner) wrong(`owner ${row.owner} is not the owner of "${want.sameLeadAs}"`);
		if (!row.dueAt) wrong('has no clock');
		else if (want.dueOnMonday && !isMondayMorning(row.dueAt)) wrong(`due ${row.dueAt}, not in the first minutes of Monday`);
		if (!row.why) wrong('has no reason');
	}
	const leads = new Map();
	for (const row of rows) if (row.verdict === 'create' || row.verdict === 'merge') leads.set(row.leadId, [...(leads.get(row.leadId) ?? []), row.story]);
	for (const stories of leads.values()) if (stories.length > 1) problems.push(`became one lead: ${stories.join(', ')}`);
	return problems;
}

/** Due 5 or 15 minutes after the opening at 9:00 in London; the Friday lead may not be due before, nor later. */
function isMondayMorning(dueAt) {
	const local = new Date(dueAt).toLocaleString('en-GB', { timeZone: 'Europe/London', weekday: 'short', hour: '2-digit', minute: '2-digit', hour12: false });
	return /^Mon[, ]+09:(05|15)$/.test(local.replace(' at ', ' '));
}

module.exports = { checkRows };
