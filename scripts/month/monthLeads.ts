import { DateTime } from 'luxon';
import { seeded } from '../../test/support/seeded';

export const zone = 'Europe/London';
export const services = ['Managed IT', 'Cloud Migration'] as const;
export const territories = ['UK & Ireland', 'DACH', 'Nordics'] as const;
export type Service = (typeof services)[number];
export type Territory = (typeof territories)[number];
/** The queue in which a lead belongs. */
export const queueOf = (service: Service, territory: Territory): string => `${service} ${territory}`;

/** One form fill, with what is true of it. */
export interface MonthLead {
	/** Epoch milliseconds. */
	at: number;
	form: Record<string, string>;
	truth: {
		/** Number of the person; who asks again has the same. */
		person: number;
		isAgain: boolean;
		service: Service;
		territory: Territory;
		/** Null for those who came by themselves. */
		campaign: string | null;
		isHot: boolean;
		/** Whether the form lost the campaign, because it was read from the address of the last page only. */
		campaignLost: boolean;
	};
}

const countries: Record<Territory, [country: string, dial: string][]> = {
	'UK & Ireland': [['United Kingdom', '+44 7700 900'], ['UK', '+44 7700 901'], ['Ireland', '+353 85 012 ']],
	DACH: [['Germany', '+49 151 2345 '], ['Deutschland', '+49 160 9876 '], ['Austria', '+43 664 1234 '], ['Switzerland', '+41 79 123 4']],
	Nordics: [['Sweden', '+46 70 174 0'], ['Denmark', '+45 20 12 3'], ['Norway', '+47 406 12 '], ['Finland', '+358 41 234 ']],
};
const messages: Record<Service, string[]> = {
	'Managed IT': [
		'We need somebody who looks after our laptops and our helpdesk, about {n} people.', 'Our IT provider closes at the end of the year. Who could take over support for {n} workplaces?',
		'Looking for managed IT support with a service desk in the evenings, {n} users.', 'Printers, laptops, accounts: we want to hand over the daily IT for {n} staff.',
	],
	'Cloud Migration': [
		'We want to move {n} servers to Azure before our lease ends.', 'Please quote a cloud migration of our ERP, {n} virtual machines today.',
		'Our data centre contract ends in spring. How long does a move of {n} servers to AWS take?', 'We plan to migrate our file servers and Exchange to Microsoft 365, {n} mailboxes.',
	],
};
const hotWords = ['We decide this week, please call today.', 'Urgent, could you send a quote and call me today?', 'Our board meets on Friday, we need a quote and a call before that.'];
const firstNames = ['Ada', 'Boris', 'Chloe', 'Dmitri', 'Elena', 'Farid', 'Greta', 'Hugo', 'Ines', 'Jonas', 'Karin', 'Liam', 'Mona', 'Nils', 'Olga', 'Pavel', 'Quinn', 'Rosa', 'Sven', 'Tara', 'Ulf', 'Vera', 'Wim', 'Yara'];
const lastNames = ['Abbott', 'Brandt', 'Castillo', 'Dvorak', 'Eriksen', 'Fontaine', 'Gruber', 'Hadley', 'Ivanova', 'Jansen', 'Kowalski', 'Lindqvist', 'Moreau', 'Nakamura', 'Okonkwo', 'Petrov', 'Quigley', 'Rossi', 'Schuster', 'Thornton', 'Ullman', 'Varga', 'Weber'];
const trades = ['Logistics', 'Dental', 'Foods', 'Architects', 'Legal', 'Metals', 'Travel', 'Optics', 'Energy', 'Media', 'Textiles', 'Insurance'];
const campaigns: [string, string, string][] = [['google', 'cpc', 'managed-it-2026'], ['google', 'cpc', 'cloud-move-2026'], ['linkedin', 'paid-social', 'it-leaders'], ['newsletter', 'email', 'autumn-letter']];

/** The shared form of one month: so many fills between two moments, more by day than by night, the same for the same seed. */
export function monthLeads({ leads, from, days, seed, firstPerson }: { leads: number; from: DateTime; days: number; seed: number; firstPerson: number }): MonthLead[] {
	const random = seeded(seed);
	const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
	const made: MonthLead[] = [];
	while (made.length < leads) {
		const isAgain = made.length > 20 && random() < 0.07;
		const at = arrival(from, days, random);
		if (isAgain) {
			const before = pick(made.filter(({ truth }) => !truth.isAgain));
			const later = before.at + Math.round((0.05 + random() * 60) * 3_600_000);
			if (later >= from.plus({ days }).toMillis()) continue;
			made.push({ at: later, form: { ...before.form, email: random() < 0.4 ? before.form.email.toUpperCase() : before.form.email, message: `${before.form.message} Did you get my first message?` }, truth: { ...before.truth, isAgain: true } });
			continue;
		}
		made.push(firstEnquiry(firstPerson + made.length, at, random, pick));
	}
	return made.sort((a, b) => a.at - b.at);
}

/** Four of five come in working hours; one in twelve at a weekend. */
function arrival(from: DateTime, days: number, random: () => number): number {
	for (;;) {
		const at = from.plus({ minutes: Math.floor(random() * days * 1_440) });
		const isWeekend = at.weekday > 5;
		const isDay = at.hour >= 8 && at.hour < 18;
		if (random() < (isWeekend ? 0.1 : isDay ? 1 : 0.14)) return at.toMillis();
	}
}

function firstEnquiry(person: number, at: number, random: () => number, pick: <T>(list: readonly T[]) => T): MonthLead {
	const service: Service = random() < 0.6 ? 'Managed IT' : 'Cloud Migration';
	const territory: Territory = random() < 0.5 ? 'UK & Ireland' : random() < 0.6 ? 'DACH' : 'Nordics';
	const [country, dial] = pick(countries[territory]);
	const [first, last, trade] = [firstNames[person % firstNames.length], lastNames[(person * 7 + Math.floor(person / firstNames.length)) % lastNames.length], pick(trades)];
	const firm = `${last} ${trade} ${person}`;
	const isHot = random() < 0.3;
	const [source, medium, campaign] = random() < 0.95 ? pick(campaigns) : ['', '', ''];
	// what people tick is mostly right, sometimes not known, seldom wrong
	const ticked = random() < 0.84 ? service : random() < 0.8 ? 'Not sure yet' : services.find((other) => other !== service) ?? service;
	const message = `${pick(messages[service]).replace('{n}', String(10 + Math.floor(random() * 190)))}${isHot ? ` ${pick(hotWords)}` : ''}`;
	const query = campaign === '' ? '' : `?utm_source=${source}&utm_medium=${medium}&utm_campaign=${campaign}`;
	return {
		at,
		form: {
			name: `${first} ${last}`, email: `${first}.${last}@${last}-${trade}-${person}.example`.toLowerCase(), phone: `${dial}${String(person % 1_000).padStart(3, '0')}`, company: firm,
			// the form asks for the country, but nobody has to tell it
			country: random() < 0.94 ? country : '', service: ticked, message, landing_page: `https://northwind-it.example/${service === 'Managed IT' ? 'managed-it' : 'cloud'}${query}`,
		},
		truth: { person, isAgain: false, service, territory, campaign: campaign === '' ? null : campaign, isHot, campaignLost: random() < 0.2 },
	};
}
