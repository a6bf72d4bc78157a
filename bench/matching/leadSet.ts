import { seeded } from '../../test/support/seeded';

/** First names with the form that people use of them. */
const firstNames = `James Jim,Robert Bob,John Jack,Michael Mike,William Bill,David Dave,Richard Rick,Joseph Joe,Thomas Tom,Christopher Chris,Daniel Dan,Matthew Matt,Anthony Tony,Steven Steve,Andrew Andy,Joshua Josh,Kenneth Ken,Edward Ed,Ronald Ron,Timothy Tim,Jeffrey Jeff,Nicholas Nick,Jonathan Jon,Benjamin Ben,Samuel Sam,Gregory Greg,Alexander Alex,Patrick Pat,Raymond Ray,Lawrence Larry,Elizabeth Liz,Jennifer Jenny,Patricia Pat,Barbara Barb,Susan Sue,Jessica Jess,Margaret Maggie,Kimberly Kim,Deborah Debbie,Katherine Kate,Christine Chris,Rebecca Becky,Pamela Pam,Victoria Vicky,Samantha Sam,Cynthia Cindy,Angela Angie,Catherine Cathy,Jacqueline Jackie,Theresa Terri,Andreas Andi,Johannes Hans,Sebastian Basti,Maximilian Max,Wolfgang Wolf,Matthias Matze,Friedrich Fritz,Ulrike Uli,Susanne Susi,Francesco Checco,Giuseppe Beppe,Alejandro Alex,Guadalupe Lupe,Francisco Paco,Dolores Lola,Dmitri Dima,Alexandra Sasha,Mohammed Mo,Olga Olga,Ingrid Inga,Marta Marta,Emma Emma,Noah Noah,Mia Mia,Lucas Luke,Leon Leo,Hugo Hugo,Clara Clara,Julia Jule,Oscar Oscar,Nina Nina,Marco Marco,Paolo Paolo,Sofia Sofia,Elena Lena,Pierre Pierre,Camille Camille,Chloe Chloe,Antoine Toni,Henrik Henrik,Astrid Astrid,Lars Lars,Freya Freya,Magnus Magnus`.split(',').map((pair) => pair.split(' '));
const starts = 'Bar Bel Ber Bran Car Cor Dal Dor Fal Fer Gar Gren Hal Har Hol Jan Kel Kor Lan Lin Mar Mer Mil Mor Nor Ol Par Pel Pin Qua Ral Ren Ros Sal Sand Sim Stan Tal Tor Ul Van Ver Wal Wes Win Yar Zel Zim'.split(' ');
const middles = ['', 'an', 'ber', 'da', 'den', 'el', 'en', 'er', 'in', 'ken', 'li', 'man', 'o', 'ri', 'sen', 'ti', 'un', 've'];
const ends = 'ach berg by dahl den don er ert field ford gard ham i ini ko land ley man mann mer ner o off ona ov quist rath ret rick sen ski son stein ter ton ulo vall ver vik well wood worth zak'.split(' ');
const trades = 'Analytics Automation Bakery Capital Ceramics Chemicals Consulting Design Dynamics Electronics Energy Engineering Fashion Finance Foods Furniture Garage Health Hotels Insurance Labs Logistics Machines Media Metals Motors Optics Paper Partners Pharma Plastics Printing Robotics Security Shipping Software Solar Sports Studio Systems Textiles Tools Travel Water'.split(' ');
const countries = [
	{ code: 'US', form: 'Inc', dial: '+1312', digits: 7, end: 'com', cities: ['Chicago', 'Denver', 'Seattle', 'Austin', 'Boston', 'Reno'] },
	{ code: 'GB', form: 'Ltd', dial: '+447911', digits: 6, end: 'co.uk', cities: ['London', 'Leeds', 'Bristol', 'Cardiff', 'Glasgow'] },
	{ code: 'DE', form: 'GmbH', dial: '+4915112', digits: 6, end: 'de', cities: ['Berlin', 'Hamburg', 'Köln', 'München', 'Leipzig'] },
	{ code: 'FR', form: 'SAS', dial: '+33612', digits: 6, end: 'fr', cities: ['Paris', 'Lyon', 'Nantes', 'Bordeaux'] },
	{ code: 'ES', form: 'S.L.', dial: '+34612', digits: 6, end: 'es', cities: ['Madrid', 'Sevilla', 'Valencia', 'Bilbao'] },
];
const freeMail = ['gmail.com', 'outlook.com', 'gmx.de', 'yahoo.com', 'icloud.com'];

export interface LeadSet {
	contacts: Record<string, string>[];
	leads: Record<string, string>[];
	/** The true contact of each lead, empty for somebody new. */
	truth: Map<string, { contact: string; kind: string }>;
}

/** Contacts and leads of made-up people with the errors that forms and lists have; the same set for the same seed. */
export function makeLeadSet(contactCount: number, leadCount: number, seed = 7): LeadSet {
	const random = seeded(seed);
	const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)];
	const digits = (count: number): string => Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
	const lastName = (): string => pick(starts) + pick(middles) + pick(ends);
	const plain = (text: string): string => text.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]/g, '');
	const companies = Array.from({ length: Math.max(10, Math.ceil(contactCount / 4)) }, () => {
		const name = `${lastName()} ${pick(trades)}`;
		const country = pick(countries);
		return { name, country, domain: `${plain(name)}.${pick([country.end, 'com', 'io'])}`, city: pick(country.cities), switchboard: country.dial + digits(country.digits) };
	});
	const mailbox = (first: string, last: string): string => pick([`${first}.${last}`, `${first[0]}${last}`, `${first}${last[0]}`, `${last}.${first}`]).toLowerCase();
	const person = (id: string): Record<string, string> => {
		const [first] = pick(firstNames);
		const last = lastName();
		const at = random() < 0.7 ? pick(companies) : undefined;
		const country = at?.country ?? pick(countries);
		const email = random() < 0.15 ? '' : at && random() < 0.7 ? `${mailbox(first, last)}@${at.domain}` : `${mailbox(first, last)}${digits(2)}@${pick(freeMail)}`;
		const phone = random() < 0.35 ? '' : at && random() < 0.06 ? at.switchboard : country.dial + digits(country.digits);
		return {
			contact_id: id, first_name: first, last_name: last, email: at && random() < 0.02 ? `info@${at.domain}` : email, phone,
			company: at ? at.name + (random() < 0.6 ? ` ${country.form}` : '') : '', city: random() < 0.7 ? at?.city ?? pick(country.cities) : '', country: country.code,
		};
	};
	const contacts = Array.from({ length: contactCount }, (_, index) => person(`C${index + 1}`));
	const typo = (text: string): string => {
		if (text.length < 4) return text;
		const place = 1 + Math.floor(random() * (text.length - 2));
		const change = Math.floor(random() * 3);
		const letter = 'aeinorst'[Math.floor(random() * 8)];
		if (change === 0) return text.slice(0, place) + text[place + 1] + text[place] + text.slice(place + 2);
		return text.slice(0, place) + letter + text.slice(place + change - 1 + (change === 1 ? 1 : 0));
	};
	const truth: LeadSet['truth'] = new Map();
	const leads = Array.from({ length: leadCount }, (_, index) => {
		const id = `L${index + 1}`;
		const kind = pick(kinds);
		for (;;) {
			const known = pick(contacts);
			const lead = changeOf[kind]({ ...known }, { pick, digits, typo, lastName, mailbox, fresh: () => person(id) });
			if (!lead) continue;
			const { contact_id: contact, ...rest } = lead;
			truth.set(id, { contact: kind.startsWith('other') ? '' : contact, kind });
			return { lead_id: id, ...rest };
		}
	});
	return { contacts, leads, truth };
}

interface Tools {
	pick<T>(from: readonly T[]): T;
	digits(count: number): string;
	typo(text: string): string;
	lastName(): string;
	mailbox(first: string, last: string): string;
	fresh(): Record<string, string>;
}
type Row = Record<string, string>;

/** What a lead does to the contact that it is made from; undefined when the contact is not fit for it. */
const changeOf: Record<string, (row: Row, tools: Tools) => Row | undefined> = {
	same: (row) => (row.email && !row.email.startsWith('info@') ? row : undefined),
	'e-mail written otherwise': (row) => (row.email && !row.email.startsWith('info@') ? { ...row, email: ` ${row.email.toUpperCase()}`, phone: '' } : undefined),
	'e-mail with a typing error': (row, { typo }) => (row.email && !row.email.startsWith('info@') ? { ...row, email: `${typo(row.email.split('@')[0])}@${row.email.split('@')[1]}`, phone: '' } : undefined),
	'new e-mail, same phone': (row, { mailbox, digits, pick }) => (row.phone ? { ...row, email: `${mailbox(row.first_name, row.last_name)}${digits(3)}@${pick(freeMail)}`, phone: row.phone.replace(/^\+/, '00') } : undefined),
	'typing error in the name, company': (row, { typo }) => (row.company ? { ...row, last_name: typo(row.last_name), email: '', phone: '' } : undefined),
	'nickname, company': (row) => {
		const nickname = firstNames.find(([first]) => first === row.first_name)?.[1];
		return row.company && nickname && nickname !== row.first_name ? { ...row, first_name: nickname, email: '', phone: '' } : undefined;
	},
	'name in one field': (row) => (row.phone ? { ...row, first_name: '', last_name: `${row.last_name.toUpperCase()}, ${row.first_name}`, email: '' } : undefined),
	'company without its form': (row) => (row.company ? { ...row, company: row.company.toUpperCase(), email: '', phone: '' } : undefined),
	'other person of the family': (row, { pick }) => (row.phone ? { ...row, first_name: pick(firstNames.filter(([first, short]) => first[0] !== row.first_name[0] && short !== row.first_name))[0], email: '' } : undefined),
	'other colleague at the switchboard': (row, { pick, lastName }) => (row.phone && row.company ? { ...row, first_name: pick(firstNames.filter(([first, short]) => first !== row.first_name && short !== row.first_name))[0], last_name: lastName(), email: '' } : undefined),
	'other person at a role mailbox': (row, { pick, lastName }) => (row.email.startsWith('info@') ? { ...row, first_name: pick(firstNames.filter(([first, short]) => first !== row.first_name && short !== row.first_name))[0], last_name: lastName(), phone: '' } : undefined),
	'other person of the same name': (row, { fresh }) => (row.company ? { ...fresh(), first_name: row.first_name, last_name: row.last_name } : undefined),
	'other person, new': (_, { fresh }) => fresh(),
};
const kinds = Object.keys(changeOf);
