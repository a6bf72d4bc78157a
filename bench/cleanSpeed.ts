/**
 * How fast the clean stage is, as a ratio to one bare libphonenumber-js parse in the same run, in CPU time.
 *
 *   npm run bench -- cleanSpeed [--profile]
 *
 * One lead is a whole pass through captureLead and normalizeLead: name, company, e-mail, phone, country, source context, with and
 * without a message of 230 characters. The 2,000 leads differ, so that nothing is read from a cache that real leads would not have.
 */
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import { captureLead } from '../nodes/lead/capture/captureLead';
import { cleanFields } from '../nodes/lead/clean/cleanFields';
import { normalizeLead } from '../nodes/lead/clean/normalizeLead';
import { has, table } from './support/options';

const firstNames = ['Ada', 'JÜRGEN', 'maria', 'Jean-Luc', 'Siobhán', 'Wei', 'Dr. Anna', 'Óscar', 'Fatima', 'Lars'];
const lastNames = ['Lovelace', 'VON DER HEIDE', 'de la cruz', 'Picard', "O'Brien", 'Zhang', 'Schmidt', 'García López', 'al-Farsi', 'Sørensen'];
const phones: [string, CountryCode, string][] = [['020 7946 0018', 'GB', 'United Kingdom'], ['+49 30 12345678', 'DE', 'Deutschland'], ['(212) 555-0123', 'US', 'USA'], ['06 12 34 56 78', 'FR', 'France'], ['91 123 45 67', 'ES', 'España'], ['0043 1 5123456', 'AT', 'Österreich'], ['+39 06 6982 1234', 'IT', 'Italia']];
const companies = ['Acme Services Ltd', 'Müller & Söhne GmbH & Co. KG', 'García Márquez, S.L.', 'Société Générale S.A.', 'De Vries B.V.', 'Kowalski Sp. z o.o.'];
const messages = [
	'We are looking for a partner who can take over the maintenance of our servers from January. We run about forty machines in two places and need somebody who answers on weekends as well. Could you send us a first offer by Friday?',
	'Wir suchen ab Januar einen Partner für die Wartung unserer Server. Es geht um etwa vierzig Geräte an zwei Standorten, und wir brauchen auch am Wochenende jemanden. Können Sie uns bis Freitag ein erstes Angebot schicken? Danke!!',
	'Nous cherchons un partenaire pour la maintenance de nos serveurs à partir de janvier. Il y a environ quarante machines sur deux sites et il nous faut une réponse le week-end aussi. Pouvez-vous nous envoyer une offre vendredi ?',
];
const count = 2_000;
const pick = <T>(list: T[], index: number): T => list[index % list.length];

function payloadOf(index: number, withMessage: boolean): Record<string, unknown> {
	const [phone, , country] = pick(phones, index);
	return {
		first_name: pick(firstNames, index), last_name: pick(lastNames, index >> 1), email: `person.${index}@${index % 3 === 0 ? 'gmail.com' : `firm${index}.example`}`,
		phone: phone.replace(/\d{2}$/, String(10 + (index % 89))), company: `${pick(companies, index)}`, country,
		utm_source: 'google', utm_medium: 'cpc', utm_campaign: `spring-${index % 40}`, page_url: `https://acme.example/contact?gclid=abc${index}`,
		...(withMessage ? { message: `${pick(messages, index).slice(0, 220)} ${1000 + index}` } : {}),
	};
}

const now = new Date('2026-11-25T12:00:00Z');
function normalize(payload: unknown, index: number): unknown {
	const captured = captureLead({ payload, client: 'acme', submissionId: `s${index}`, now, zone: { timeZone: 'UTC', from: 'the client' }, requiredSource: ['source', 'medium', 'campaign'] });
	return normalizeLead({ captured, client: 'acme', ids: { submissionId: `s${index}`, leadId: `l${index}`, personId: `p${index}` }, now, test: false, defaultCountry: 'GB' });
}

const plain = Array.from({ length: count }, (_, index) => payloadOf(index, false));
const worded = Array.from({ length: count }, (_, index) => payloadOf(index, true));
const reads = worded.map((payload, index) => captureLead({ payload, client: 'acme', submissionId: `s${index}`, now, zone: { timeZone: 'UTC', from: 'the client' }, requiredSource: [] }).read);
const plainReads = plain.map((payload, index) => captureLead({ payload, client: 'acme', submissionId: `s${index}`, now, zone: { timeZone: 'UTC', from: 'the client' }, requiredSource: [] }).read);
const ways: [string, () => void][] = [
	['libphonenumber-js/max, bare parse', () => plain.forEach((payload, index) => parsePhoneNumberFromString(String(payload.phone), pick(phones, index)[1]))],
	['clean stage alone, no message', () => plainReads.forEach((read) => cleanFields(read, 'GB'))],
	['clean stage alone, 230 characters', () => reads.forEach((read) => cleanFields(read, 'GB'))],
	['whole lead, no message', () => plain.forEach(normalize)],
	['whole lead, 230 characters', () => worded.forEach(normalize)],
];
const rounds = 9;
const best = new Map<string, number>();
// all ways in turn, so that a busy machine slows each of them
for (let round = 0; round < rounds; round++) {
	for (const [name, run] of ways) {
		const before = process.cpuUsage();
		run();
		const { user, system } = process.cpuUsage(before);
		if (round > 1) best.set(name, Math.min(best.get(name) ?? Infinity, (user + system) / count));
	}
}
const reference = best.get(ways[0][0]) as number;
table(['what', 'µs of CPU', 'ratio', 'goal'], ways.map(([name], index) => [name, (best.get(name) as number).toFixed(1), ((best.get(name) as number) / reference).toFixed(2), ['', '', '', '<= 8', '<= 25'][index]]));

const large = `<p>${'Grüße aus KÃ¶ln &amp; Umgebung — naïve ﬁgures. '.repeat(22_000)}</p>`;
for (const length of [125_000, 250_000, 500_000, 1_000_000]) {
	const before = process.cpuUsage();
	cleanFields({ fields: { message: [large.slice(0, length)] }, custom: {} });
	const { user, system } = process.cpuUsage(before);
	console.log(`message of ${(length / 1000).toFixed(0)} thousand characters: ${((user + system) / 1000).toFixed(0)} ms of CPU`);
}
if (has('--profile')) for (let round = 0; round < 100; round++) ways[1][1]();
