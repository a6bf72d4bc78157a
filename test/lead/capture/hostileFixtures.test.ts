import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { captureLead } from '../../../nodes/lead/capture/captureLead';
import { formToolNames } from '../../../nodes/lead/capture/tools/formTool';
import { normalizeLead } from '../../../nodes/lead/clean/normalizeLead';
import { emptyLeadFields, emptySourceContext } from '../../../nodes/lead/handoffRecord';
import { readRecord } from '../../../nodes/lead/readRecord';

const folder = join(__dirname, '..', '..', 'fixtures', 'forms');
const fixtures = readdirSync(folder).map((file) => [file.replace('.json', ''), readFileSync(join(folder, file), 'utf8')] as const);
const now = new Date('2026-11-20T18:30:00Z');

/** One text with a letter of each plane of Unicode, controls, marks that turn text, and halves of pairs. */
const everyPlane = `${Array.from({ length: 17 }, (_, plane) => String.fromCodePoint(plane * 0x10000 + 0x4e2d)).join('')}\u0000\u0007\u001b\u007f\u0085\u202e\u2066\u200b\ufeff\u0301\ud800\udfff`;
const bad: [string, unknown][] = [
	['null', null], ['a number', 1e308], ['a truth value', true], ['an empty text', ''], ['a list', ['a', ['b'], { c: 1 }]], ['an empty list', []], ['an object', { toString: 1, valueOf: 'x', length: -1, value: { id: {} } }],
	['every plane', everyPlane], ['controls', '\u0000\u0001\u0002\t\r\n'.repeat(50)], ['a sheet formula', '=HYPERLINK("https://a.example")'], ['a long text', 'wort '.repeat(3_000)],
];

type Path = (string | number)[];

/** Every place in a payload, the outer ones too. */
function placesIn(value: unknown, path: Path = []): Path[] {
	if (typeof value !== 'object' || value === null) return path.length === 0 ? [] : [path];
	return [...(path.length === 0 ? [] : [path]), ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))];
}

function replaced(payload: string, path: Path, value: unknown): unknown {
	const copy = JSON.parse(payload) as Record<string, unknown>;
	let here = copy;
	for (const part of path.slice(0, -1)) here = here[part] as Record<string, unknown>;
	here[path[path.length - 1]] = value;
	return copy;
}

/** A verdict, never an exception: the record is whole, whatever came. */
function expectRecord(payload: unknown, formTool?: (typeof formToolNames)[number]): void {
	const ids = { submissionId: 's', leadId: 'l', personId: 'p' };
	const captured = captureLead({ payload, client: 'acme', submissionId: 's', now, zone: { timeZone: 'UTC', from: 'the client' }, requiredSource: ['source'], formTool });
	const record = normalizeLead({ captured, client: 'acme', ids, now, test: false, defaultCountry: 'GB' });
	expect(Object.keys(record.lead).sort()).toEqual(Object.keys(emptyLeadFields()).sort());
	expect(Object.keys(record.source).sort()).toEqual(Object.keys(emptySourceContext()).sort());
	expect(record.quality.replyPath || record.review.length > 0).toBe(true);
	const read = readRecord({ json: JSON.parse(JSON.stringify(record)), now, newId: () => 'x' });
	expect(read.captured).toBe(true);
	expect(read.record.quality.issues).toEqual(record.quality.issues);
}

describe('a form tool\'s payload with one part spoiled', () => {
	it.each(fixtures)('gives a record: %s', (_name, payload) => {
		// three of the kinds at each place, in turn: over all places every kind comes many times
		placesIn(JSON.parse(payload)).forEach((path, index) => {
			for (let turn = 0; turn < 3; turn++) expectRecord(replaced(payload, path, bad[(index * 3 + turn) % bad.length][1]));
		});
	}, 180_000);

	it('gives a record with a megabyte in any one place', () => {
		const places = fixtures.flatMap(([, payload]) => placesIn(JSON.parse(payload)).map((path) => ({ payload, path })));
		const megabytes = ['x'.repeat(1_000_000), `${everyPlane} `.repeat(20_000), '<a href="'.repeat(110_000), 'a=b&'.repeat(250_000)];
		fc.assert(fc.property(fc.constantFrom(...places), fc.constantFrom(...megabytes), ({ payload, path }, text) => expectRecord(replaced(payload, path, text))), { numRuns: 20 });
	}, 180_000);

	it('gives a record when the tool is set by hand and the payload is any other', () => {
		for (const tool of formToolNames) for (const [, payload] of fixtures) expectRecord(JSON.parse(payload), tool);
		for (const tool of formToolNames) for (const [, value] of bad) expectRecord({ form_response: value, data: value, fields: value, answers: value, field_data: value, user_column_data: value, payload: value, rawRequest: value, formID: value }, tool);
	}, 180_000);
});
