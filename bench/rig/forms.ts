import { createHash } from 'node:crypto';

/** Forms of invented people, and what was answered to them. */
export interface Posted { index: number; status: number; sentAt: number; answeredAt: number; body: Record<string, unknown> }

const firstNames = ['Ada', 'Boris', 'Chloe', 'Dmitri', 'Elena', 'Farid', 'Greta', 'Hugo', 'Ines', 'Jonas', 'Karin', 'Liam', 'Mona', 'Nils', 'Olga', 'Pavel', 'Quinn', 'Rosa', 'Sven', 'Tara'];
const lastNames = ['Abbott', 'Brandt', 'Castillo', 'Dvorak', 'Eriksen', 'Fontaine', 'Gruber', 'Hadley', 'Ivanova', 'Jansen', 'Kowalski', 'Lindqvist', 'Moreau', 'Nakamura', 'Okonkwo', 'Petrov', 'Quigley', 'Rossi', 'Schuster', 'Thornton'];
const messages = [
	'Please send us a quote for managed IT support of our two offices.', 'Could you show us a demo of your product next week?', 'Our mail server is down since this morning, please help.',
	'I am looking for a job as an engineer in your firm.', 'What does the cloud migration of about thirty workplaces cost?',
];

/** A person who shares nothing with any other of these forms, also of other runs. */
export function formOf(run: string, index: number): Record<string, unknown> {
	const made = word(`${run}-${index}`);
	const first = firstNames[index % 20];
	const last = `${lastNames[Math.floor(index / 20) % 20]}${made}`;
	return {
		event_id: `${run}-${index}`, form_id: 'contact', name: `${first} ${last}`, email: `${first}@${last}-${run}-${index}.example`.toLowerCase(), company: `${made} ${word(`${index}-${run}`)}`,
		country: ['United Kingdom', 'Germany', 'France'][index % 3], employees: String(5 + (index * 37) % 900), service: 'Managed IT', message: messages[index % messages.length],
		utm_source: 'google', utm_medium: 'cpc', utm_campaign: `autumn-${index % 7}`, gclid: `click-${run}-${index}`,
	};
}

/** A word that is made of a text, so that no two names are alike. */
function word(text: string): string {
	const syllables = ['ba', 'ko', 'mi', 'ru', 'te', 'sol', 'van', 'der', 'lin', 'gar', 'fe', 'nus', 'po', 'wex', 'tha', 'jo'];
	const digest = createHash('sha256').update(text).digest();
	return Array.from(digest.subarray(0, 5), (byte) => syllables[byte % syllables.length]).join('');
}

export async function post(url: string, index: number, form: Record<string, unknown>, timeoutMs = 60_000): Promise<Posted> {
	const sentAt = Date.now();
	try {
		const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(form), signal: AbortSignal.timeout(timeoutMs) });
		const body = await answer.json().catch(() => ({})) as Record<string, unknown>;
		return { index, status: answer.status, sentAt, answeredAt: Date.now(), body };
	} catch {
		return { index, status: 0, sentAt, answeredAt: Date.now(), body: {} };
	}
}

/** Runs tasks, so many at a time, in their order. */
export async function inParallel<Task, Result>(tasks: readonly Task[], atOnce: number, work: (task: Task) => Promise<Result>): Promise<Result[]> {
	const results: Result[] = Array.from({ length: tasks.length });
	let next = 0;
	await Promise.all(Array.from({ length: Math.min(atOnce, tasks.length) }, async () => {
		for (let index = next++; index < tasks.length; index = next++) results[index] = await work(tasks[index]);
	}));
	return results;
}

/** The value below which a share of all lies; NaN for none. */
export function quantile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
