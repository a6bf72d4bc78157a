import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSettings } from '../../../nodes/lead/settings/checkSettings';
import { keysAt } from '../../../nodes/lead/settings/knownKeys';

const page = readFileSync(join(__dirname, '../../../docs/client-settings.md'), 'utf8');

describe('the page on client settings', () => {
	it('holds an example that passes the check', () => {
		const example = /```json\n([\s\S]*?)\n```/.exec(page)?.[1];
		expect(checkSettings(example).problems).toEqual([]);
	});

	const lists = ['calendars', 'members', 'teams', 'rules', 'intents', 'slaPolicies'];
	const places: PropertyKey[][] = [
		[], ['stageOwners'], ['leadScore'], ['leadScore', 'rules', 0], ['workflows'], ...lists.map((list) => [list, 0]),
		['calendars', 0, 'overrides', 0], ['members', 0, 'timeOff', 0], ['rules', 0, 'conditions', 0], ['slaPolicies', 0, 'appliesTo'], ['slaPolicies', 0, 'escalation', 0],
	];
	it.each(places.map((place) => [place.join('.'), place] as const))('names every key of "%s"', (_name, place) => {
		// a list's keys stand in its own part of the page
		const part = lists.includes(String(place[0])) ? page.split('\n## ').find((one) => one.startsWith(`\`${String(place[0])}\``)) : page;
		const keys = keysAt(place);
		expect(keys.length).toBeGreaterThan(0);
		expect(keys.filter((key) => !part?.includes(`\`${key}\``))).toEqual([]);
	});
});
