import { emptyLeadFields, emptySourceContext, recordVersion, type HandoffRecord, type LeadFields, type LeadIssue, type Submission } from './handoffRecord';
import { isObject } from './isObject';
import { budgetShape, consentShape, notReadable, qualityShape, rangeShape, readShape, reviewShape, sectionShapes, sourceShape, submissionShape, timeZoneBasisShape, type Shape } from './recordShapes';
import { clientKeyPattern } from './settings/clientSettings';

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
 * A section, or a part of one, that is not of its shape is left out, with an issue that names it.
 */
export function readRecord({ json, now, newId }: ReadRecordInput): { record: HandoffRecord; captured: boolean } {
	const given = isObject(json) ? json : {};
	const { section: submission } = readShape(submissionShape, given.submission);
	if (given.recordVersion === recordVersion && isObject(given.lead) && isText(given.leadId) && isText(given.personId) && submission) {
		const record = readWhole(given, submission);
		return { record, captured: !record.quality.issues.some(({ code }) => code === notCaptured) };
	}
	return { record: readFlat(given, now, newId), captured: false };
}

/** Stays on the record, so that later nodes know as well that no ledger knows this lead. */
const notCaptured = 'NOT_CAPTURED';

/** Said of a lead that names no client where its client's settings would be needed. */
export const clientMissing: LeadIssue = {
	field: 'client',
	code: 'CLIENT_MISSING',
	message: 'This lead names no client, so no client\'s settings were used: put Lead Normalize before this node, or give the item a field "client"',
	severity: 'warning',
};

function readWhole(given: Record<string, unknown>, submission: Submission): HandoffRecord {
	const issues: LeadIssue[] = [];
	const read = <Section extends object>(name: string, shape: Shape<Section>): Section | undefined => {
		if (given[name] === undefined) return undefined;
		const { section, lost } = readShape(shape, given[name]);
		if (section === undefined || lost.length > 0) issues.push(notReadable(name, section === undefined ? [] : lost));
		return section;
	};
	const { text, settingsVersion, ...whole } = given as unknown as HandoffRecord;
	const record: HandoffRecord = {
		...whole,
		client: isText(given.client) ? given.client : 'default',
		run: { test: isObject(given.run) && given.run.test === true },
		submission,
		lead: readLeadFields(given.lead as Record<string, unknown>),
		source: read('source', sourceShape) ?? emptySourceContext(),
		consent: read('consent', consentShape) ?? {},
		quality: read('quality', qualityShape) ?? emptyQuality(),
		review: [...(read('review', reviewShape) ?? [])],
		...(isText(text) ? { text } : {}),
		...(typeof settingsVersion === 'number' ? { settingsVersion } : {}),
	};
	for (const section of Object.keys(sectionShapes) as (keyof typeof sectionShapes)[]) {
		const found = read<object>(section, sectionShapes[section]);
		if (found === undefined) delete record[section];
		else Object.assign(record, { [section]: found });
	}
	record.quality = { ...record.quality, issues: [...record.quality.issues, ...issues] };
	if (!isText(given.client)) {
		record.quality.issues.push({
			field: 'client',
			code: notCaptured,
			message: 'This lead lost its client on the way, so nothing of it is remembered from here on: keep the field "client" on the item',
			severity: 'warning',
		});
	}
	return record;
}

function readFlat(given: Record<string, unknown>, now: Date, newId: () => string): HandoffRecord {
	const nested = isObject(given.lead) ? given.lead : {};
	const lead = readLeadFields({ ...given, ...nested });
	const receivedAt = now.toISOString();
	const id = newId();
	return {
		recordVersion,
		client: readKey(given.client),
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
				code: notCaptured,
				message: 'This lead did not come through Lead Normalize, so nothing of it is remembered: put Lead Normalize before this node',
				severity: 'warning',
			}],
		},
		review: [],
	};
}

/** A form may have a field called client: what is no key names none. */
function readKey(client: unknown): string {
	const key = isText(client) ? client.trim().toLowerCase() : '';
	return clientKeyPattern.test(key) ? key : 'default';
}

function readLeadFields(given: Record<string, unknown>): LeadFields {
	const fields = emptyLeadFields();
	for (const name of Object.keys(fields) as (keyof LeadFields)[]) {
		const value = Object.hasOwn(given, name) ? given[name] : null;
		if (name === 'custom') fields.custom = isObject(value) ? value : {};
		else if (name === 'companySize') fields.companySize = readShape(rangeShape, value).section ?? null;
		else if (name === 'budget') fields.budget = readShape(budgetShape, value).section ?? null;
		else if (name === 'timeZoneBasis') fields.timeZoneBasis = readShape(timeZoneBasisShape, value).section ?? null;
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

function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}
