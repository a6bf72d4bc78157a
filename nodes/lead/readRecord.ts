import {
	emptyLeadFields, emptySourceContext, recordVersion, submissionStates, verdicts,
	type HandoffRecord, type LeadFields,
} from './handoffRecord';
import { isObject } from './isObject';

export interface ReadRecordInput {
	/** The incoming item's JSON: a handoff record, flat fields, or anything at all. */
	json: unknown;
	/** Moment of reading, for an item that carries none. */
	now: Date;
	newId: () => string;
}

/**
 * Reads the handoff record from an item, whatever the item is; never throws.
 * Flat fields (`email`, `phone`, `company` …) are taken when there is no record; then `captured` is false,
 * because no ledger knows this lead, and an issue says which node should come before.
 * A section that is not of its shape is left out, with an issue that names it.
 */
export function readRecord({ json, now, newId }: ReadRecordInput): { record: HandoffRecord; captured: boolean } {
	const given = isObject(json) ? json : {};
	if (given.recordVersion === recordVersion && isObject(given.lead) && isText(given.leadId) && isText(given.personId) && isSubmission(given.submission)) {
		return { record: readWhole(given), captured: true };
	}
	return { record: readFlat(given, now, newId), captured: false };
}

function readWhole(given: Record<string, unknown>): HandoffRecord {
	const whole = given as unknown as HandoffRecord;
	const quality = isObject(given.quality) ? (given.quality as Partial<HandoffRecord['quality']>) : {};
	const record: HandoffRecord = {
		...whole,
		client: isText(given.client) ? given.client : 'default',
		run: { test: isObject(given.run) && given.run.test === true },
		lead: readLeadFields(given.lead as Record<string, unknown>),
		source: isObject(given.source) ? { ...emptySourceContext(), ...given.source } : emptySourceContext(),
		consent: isObject(given.consent) ? given.consent : {},
		quality: { ...emptyQuality(), ...quality, issues: Array.isArray(quality.issues) ? [...quality.issues] : [] },
		review: Array.isArray(given.review) ? whole.review.filter((entry) => isObject(entry) && Array.isArray(entry.reasons)) : [],
	};
	for (const [section, isSection] of Object.entries(sectionShapes)) {
		if (given[section] === undefined || isSection(given[section])) continue;
		delete record[section as keyof typeof sectionShapes];
		record.quality.issues.push({
			field: section,
			code: 'SECTION_NOT_READABLE',
			message: `The section "${section}" was not of its shape and was left out`,
			severity: 'warning',
		});
	}
	return record;
}

/** Enough of each section's shape that the house can read it. */
const sectionShapes = {
	match: (section: unknown) => isObject(section) && (verdicts as readonly unknown[]).includes(section.verdict) && Array.isArray(section.because)
		&& isObject(section.externalIds),
	intent: (section: unknown) => isObject(section) && isText(section.name) && isText(section.urgency) && Array.isArray(section.evidence),
	routing: (section: unknown) => isObject(section) && isText(section.queue) && isObject(section.rule) && Array.isArray(section.because)
		&& Array.isArray(section.matchedRules) && Array.isArray(section.skipped) && (section.owner === undefined || (isObject(section.owner) && isText(section.owner.id))),
	sla: (section: unknown) => isObject(section) && isText(section.policy) && isText(section.dueAt) && Array.isArray(section.because),
};

function readFlat(given: Record<string, unknown>, now: Date, newId: () => string): HandoffRecord {
	const nested = isObject(given.lead) ? given.lead : {};
	const lead = readLeadFields({ ...given, ...nested });
	const receivedAt = now.toISOString();
	const id = newId();
	return {
		recordVersion,
		client: isText(given.client) ? given.client.trim().toLowerCase() : 'default',
		run: { test: false },
		leadId: isText(given.leadId) ? given.leadId : newId(),
		personId: isText(given.personId) ? given.personId : newId(),
		submission: {
			id, key: id, keyFromEventId: false, receivedAt, formTool: 'unknown', state: 'captured', delivery: { number: 1, outcome: 'first' },
		},
		lead,
		source: emptySourceContext(),
		consent: {},
		quality: {
			...emptyQuality(),
			replyPath: lead.email !== null || lead.phone !== null,
			issues: [{
				field: 'submission',
				code: 'NOT_CAPTURED',
				message: 'This lead did not come through Lead Normalize, so nothing of it is remembered: put Lead Normalize before this node',
				severity: 'warning',
			}],
		},
		review: [],
	};
}

function readLeadFields(given: Record<string, unknown>): LeadFields {
	const fields = emptyLeadFields();
	for (const name of Object.keys(fields) as (keyof LeadFields)[]) {
		const value = Object.hasOwn(given, name) ? given[name] : null;
		if (name === 'custom') fields.custom = isObject(value) ? value : {};
		else if (name === 'companySize' || name === 'budget') fields[name] = isObject(value) ? (value as never) : null;
		else if (isText(value)) fields[name] = value as never;
		else if (typeof value === 'number') fields[name] = String(value) as never;
	}
	fields.fullName ??= [fields.firstName, fields.lastName].filter(Boolean).join(' ') || null;
	fields.emailKey ??= fields.email?.trim().toLowerCase() ?? null;
	return fields;
}

function emptyQuality(): HandoffRecord['quality'] {
	return {
		score: 0,
		issues: [],
		flags: { disposableEmail: false, freeEmail: false, roleEmail: false, suspectedSpam: false, suspectedInjection: false },
		changes: [],
		replyPath: false,
	};
}

function isSubmission(value: unknown): boolean {
	return isObject(value) && isText(value.id) && isText(value.key) && isText(value.receivedAt)
		&& (submissionStates as readonly unknown[]).includes(value.state) && isObject(value.delivery);
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}
