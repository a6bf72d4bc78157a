/** What can be told about a lead after its handoff. The keys are stored and are public API. */
export const eventTypes = {
	accepted: { label: 'Accepted', said: 'Accepted by sales', description: 'Sales took the lead as worth working' },
	becameMql: { label: 'Became MQL', said: 'Became a marketing qualified lead', description: 'Marketing calls the lead qualified' },
	becameSql: { label: 'Became SQL', said: 'Became a sales qualified lead', description: 'Sales calls the lead qualified' },
	contacted: { label: 'Contacted', said: 'Contacted', description: 'A person reached out; the clock is stopped by Record Response of SLA Watch' },
	delivered: { label: 'Delivered', said: 'What had failed was delivered', description: 'A chat tool, mail or CRM took at last what it had not taken of the lead' },
	duplicateConfirmed: { label: 'Duplicate Confirmed', said: 'Confirmed to be a duplicate', description: 'The lead was created although it was known already' },
	duplicateRefuted: { label: 'Duplicate Refuted', said: 'Found not to be a duplicate', description: 'A suspected duplicate is a lead of its own' },
	lost: { label: 'Lost', said: 'Lost', description: 'The deal is closed without a sale; closes the lead' },
	meetingBooked: { label: 'Meeting Booked', said: 'Meeting booked', description: 'A meeting stands in the calendar' },
	misrouted: { label: 'Misrouted', said: 'Reported as misrouted', description: 'The lead went to the wrong queue' },
	notDelivered: { label: 'Not Delivered', said: 'A message or an entry about it could not be delivered', description: 'A chat tool, mail or CRM did not take what it was to be told of the lead' },
	opportunity: { label: 'Opportunity', said: 'Became an opportunity', description: 'A deal was opened' },
	ownerChanged: { label: 'Owner Changed', said: 'Owner changed', description: 'Someone else has the lead now, here too' },
	rejected: { label: 'Rejected', said: 'Rejected by sales', description: 'Sales does not work this lead; closes it' },
	routingChecked: { label: 'Routing Checked', said: 'Routing checked in the weekly sample', description: 'Someone looked at a randomly drawn lead and judged its queue' },
	won: { label: 'Won', said: 'Won', description: 'The deal is closed with a sale; closes the lead' },
} as const satisfies Record<string, { label: string; said: string; description: string }>;

/** What a handoff delivers to others, in its order; the keys are stored with `notDelivered` and are public API. */
export const handoffParts = {
	crm: { label: 'CRM Entry', said: 'the CRM entry' },
	owner: { label: 'Message to the Owner', said: 'the message to the owner' },
	lead: { label: 'Answer to the Lead', said: 'the answer to the lead' },
	followUp: { label: 'Follow-Up', said: 'the follow-up' },
} as const satisfies Record<string, { label: string; said: string }>;

export type HandoffPart = keyof typeof handoffParts;

/** The known parts among those given, in the order of a handoff. */
export function readHandoffParts(given: readonly unknown[]): HandoffPart[] {
	return (Object.keys(handoffParts) as HandoffPart[]).filter((part) => given.includes(part));
}

export type EventType = keyof typeof eventTypes;

/** Whether a stored event is one of the types that are recorded by hand or by a CRM. */
export function isEventType(type: string): type is EventType {
	return Object.hasOwn(eventTypes, type);
}
