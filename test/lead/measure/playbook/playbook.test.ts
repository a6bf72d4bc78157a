import fc from 'fast-check';
import { sayHours } from '../../../../nodes/lead/activate/calendar';
import { hoursWordsOf } from '../../../../nodes/lead/activate/hoursWords';
import type { WaitPart } from '../../../../nodes/lead/measure/explainLead';
import { automationPlan, leastForAi, leastForAnything, tooFewLeads } from '../../../../nodes/lead/measure/playbook/automation';
import { fieldDictionary } from '../../../../nodes/lead/measure/playbook/fieldDictionary';
import { buildPlaybook, type PlaybookInput } from '../../../../nodes/lead/measure/playbook/playbook';
import { playbookPage } from '../../../../nodes/lead/measure/playbook/playbookPage';
import { wordsOf } from '../../../../nodes/lead/measure/words/wordsOf';
import { rulesOfClient } from '../../../../nodes/lead/route/clientRules';
import { ruleSentence } from '../../../../nodes/lead/route/sentences';
import { ruleWordsOf } from '../../../../nodes/lead/route/words/ruleWordsOf';
import { calendarSchema, clientSettingsSchema } from '../../../../nodes/lead/settings/clientSettings';
import { sampleSettings } from '../../settings/settingsSample';

const settings = clientSettingsSchema.parse(sampleSettings());
const part = (kind: WaitPart['part'], minutes: number): WaitPart => ({ part: kind, minutes, words: '' });
const input = (change: Partial<PlaybookInput> = {}): PlaybookInput => ({
	settings, version: { number: 3, savedAt: '2026-11-20T09:00:00.000Z', savedBy: 'Mia' }, rules: [{ name: 'UK', tier: 'hard', sentence: 'If country is United Kingdom, the lead goes to queue North.' }],
	hours: new Map([['Office', 'open Mon 09:00–17:30 Europe/London'], ['Always', 'always open']]), facts: { leadsPerWeek: 70, aiAsked: 200, checked: 80, duplicates: 2 }, waits: [], figures: [], period: '280 leads', ...change,
});
const planFor = (leadsPerWeek: number | null, aiAsked = 0) => automationPlan(settings, { leadsPerWeek, aiAsked, checked: 0, duplicates: 0 });
const ai = (leadsPerWeek: number | null, aiAsked = 0) => planFor(leadsPerWeek, aiAsked).find(({ what }) => what.startsWith('Reading of the message'));

describe('a playbook', () => {
	it('advises against AI at low volume, also where it runs already', () => {
		expect(ai(leastForAi - 0.1)).toMatchObject({ when: 'later', review: expect.stringContaining('Not worth it') as string });
		expect(ai(leastForAi - 1, 20)).toMatchObject({ when: 'later', review: expect.stringContaining('Switch it off') as string });
		expect(ai(null)).toMatchObject({ when: 'later' });
		expect(ai(leastForAi)).toMatchObject({ when: 'next' });
		expect(ai(leastForAi, 20)).toMatchObject({ when: 'now' });
		expect(tooFewLeads({ leadsPerWeek: leastForAnything - 1 })).toContain('shared inbox');
		expect([leastForAnything, null].map((leadsPerWeek) => tooFewLeads({ leadsPerWeek }))).toEqual([undefined, undefined]);
	});

	it('leaves answers and rejections to people, whatever the volume', () => {
		fc.assert(fc.property(fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { nil: null }), fc.nat(), (leadsPerWeek, asked) => {
			expect(planFor(leadsPerWeek, asked).filter(({ when }) => when === 'never')).toHaveLength(2);
		}));
	});

	it('names every stage with its owner, and those that nobody answers for as a finding', () => {
		const { stages, warnings } = buildPlaybook(input());
		expect(stages.map(({ stage, owner }) => [stage, owner])).toEqual([['Capture', null], ['Clean', null], ['Classify', null], ['Route', 'Tom Example'], ['Activate', null], ['First Contact', 'Mia Example'], ['Accepted', null]]);
		expect(warnings).toEqual(['Nobody answers for: Capture, Clean, Classify, Activate, Accepted. Name somebody under "stageOwners" in the settings.']);
	});

	it('says policies, teams and rules in sentences', () => {
		const { policies, teams, otherwise } = buildPlaybook(input());
		expect(policies[0].sentence).toBe('First human answer within 5 min (always open), at risk 2 min before; for leads with intents Request Demo');
		expect(teams).toEqual([{ team: 'Sales North', members: 'Mia Example, Tom Example', hours: 'open Mon 09:00–17:30 Europe/London', turns: 'in turn, by weight', nobodyThere: 'somebody gets it all the same' }]);
		expect(otherwise).toBe('A lead for which no rule fits goes to queue Unrouted and to Tom Example.');
	});

	it('tells where leads wait: the middle of each step, and its share of all waiting', () => {
		const kinds = ['formTool', 'n8n', 'crm', 'closedHours', 'owner'] as const;
		fc.assert(fc.property(fc.array(fc.array(fc.tuple(fc.constantFrom(...kinds), fc.integer({ min: 1, max: 10_000 })), { maxLength: 6 }), { maxLength: 20 }), (waits) => {
			const { delays } = buildPlaybook(input({ waits: waits.map((parts) => parts.map(([kind, minutes]) => part(kind, minutes))) }));
			const all = waits.flat().reduce((sum, [, minutes]) => sum + minutes, 0);
			const steps = kinds.filter((kind) => waits.some((parts) => parts.some(([one]) => one === kind)));
			expect(delays.map(({ share, leads }) => [Math.round(share * 1e6), leads])).toEqual(steps.map((kind) => [
				Math.round((waits.flat().filter(([one]) => one === kind).reduce((sum, [, minutes]) => sum + minutes, 0) / all) * 1e6),
				`${waits.filter((parts) => parts.some(([one]) => one === kind)).length} of ${waits.length}`,
			]));
		}));
	});

	it.each([
		['de', 'Lead-Handbuch', 'Einstellungen Version 3, gespeichert am 2026-11-20 von Mia', 'Erste Antwort eines Menschen innerhalb von 5 Min. (offen Mo–Fr 09:00–17:30 Europe/London), gefährdet 2 Min. vorher; für Leads mit Absicht Request Demo', 'Wenn gilt: Land ist Vereinigtes Königreich und Firmengröße ist mindestens 500, dann geht der Lead in Warteschlange North, mit Priorität hoch.'],
		['fr', 'Guide des leads', 'Réglages version 3, enregistrés le 2026-11-20 par Mia', 'Première réponse humaine en 5 min (ouvert lun.–ven. 09:00–17:30 Europe/London), à risque 2 min avant; pour les leads avec intention Request Demo', 'Si pays est Royaume-Uni et taille de l\'entreprise vaut au moins 500, le lead va dans la file North, avec la priorité haute.'],
		['es', 'Guía de leads', 'Ajustes versión 3, guardados el 2026-11-20 por Mia', 'Primera respuesta humana en 5 min (abierto lun–vie 09:00–17:30 Europe/London), en riesgo 2 min antes; para leads con intención Request Demo', 'Si país es Reino Unido y tamaño de la empresa es como mínimo 500, el lead va a la cola North, con prioridad alta.'],
	])('speaks the client\'s language: %s', (language, title, version, policy, sentence) => {
		const words = wordsOf(language);
		const office = sayHours({ ...calendarSchema.parse({ name: 'Office', hours: Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [day, ['09:00-17:30']])) }), timeZone: 'Europe/London' }, hoursWordsOf(language));
		const book = buildPlaybook(input({ hours: new Map([['Office', office], ['Always', office]]) }), words);
		expect([book.version, book.policies[0].sentence]).toEqual([version, policy]);
		const [rule] = rulesOfClient(clientSettingsSchema.parse({ ...sampleSettings(), rules: [{ name: 'UK', tier: 'hard', conditions: [{ field: 'lead.country', operator: 'equals', value: 'GB' }, { field: 'lead.companySize', operator: 'atLeast', value: 500 }], queue: 'North', priority: 'high' }] })).rules;
		expect(ruleSentence(rule, ruleWordsOf(language))).toBe(sentence);
		const html = playbookPage(book, { language, madeAt: '2026-11-26T10:00:00.000Z', words: words.playbook });
		expect(html).toContain(`<html lang="${language}">`);
		expect(html).toContain(title);
		expect(html).not.toMatch(/<h2>[^<]*\b(the|and|of|is)\b/i);
	});

	it('marks the fields that the settings require', () => {
		const rows = fieldDictionary({ requiredFields: ['email', 'city'], requiredSource: ['campaign'] });
		expect(rows.filter(({ required }) => required).map(({ field }) => field)).toEqual(['lead.email', 'source.campaign', 'lead.city']);
		expect(new Set(rows.map(({ field }) => field)).size).toBe(rows.length);
	});

	it('is one small page without a script, whatever the settings say', () => {
		const evil = '<script>alert(1)</script>"\'><img src=x onerror=alert(1)>';
		const rules = Array.from({ length: 5_000 }, () => ({ name: evil, tier: 'hard' as const, sentence: evil.repeat(2) }));
		const book = buildPlaybook(input({ settings: { ...settings, name: evil }, rules, figures: [{ label: evil, value: evil, threshold: evil }], period: evil, version: { number: 1, savedAt: evil, savedBy: evil } }));
		const html = playbookPage(book, { language: evil, logo: evil, madeAt: '2026-11-26T10:00:00.000Z' });
		expect(html.replace('<img src="&lt;', '')).not.toMatch(/<script|<img src=x|onerror=alert\(1\)>/);
		expect(Buffer.byteLength(html)).toBeLessThan(200_000);
		expect(html).toContain('and 4850 more rules');
		for (const title of ['The Path Today', 'Field Dictionary', 'Rules, in This Order', 'Teams and Hours', 'Promises to the Lead', 'Stages and Who Answers for Them', 'What Is Automated, and What Is Not', 'What Is Reviewed', 'Approved By']) expect(html).toContain(`<h2>${title}</h2>`);
	});
});
