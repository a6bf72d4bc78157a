import { DateTime } from 'luxon';
import type { IDataObject, INodeExecutionData, INodeProperties, INodeType } from 'n8n-workflow';
import { AiIntentClassifier } from '../../nodes/AiIntentClassifier/AiIntentClassifier.node';
import { properties as classifierProperties } from '../../nodes/AiIntentClassifier/properties';
import { DedupeMatch } from '../../nodes/DedupeMatch/DedupeMatch.node';
import { properties as dedupeProperties } from '../../nodes/DedupeMatch/properties';
import { HandoffLedger } from '../../nodes/HandoffLedger/HandoffLedger.node';
import { properties as ledgerProperties } from '../../nodes/HandoffLedger/properties';
import { LeadNormalize } from '../../nodes/LeadNormalize/LeadNormalize.node';
import { properties as normalizeProperties } from '../../nodes/LeadNormalize/properties';
import { RuleRouter } from '../../nodes/RuleRouter/RuleRouter.node';
import { properties as routerProperties } from '../../nodes/RuleRouter/properties';
import { SlaWatch } from '../../nodes/SlaWatch/SlaWatch.node';
import { properties as slaProperties } from '../../nodes/SlaWatch/properties';
import type { HandoffRecord } from '../../nodes/lead/handoffRecord';
import { dueAfter, elapsedBetween } from '../../nodes/lead/activate/businessTime';
import { openCalendar, type Calendar } from '../../nodes/lead/activate/calendar';
import { calendarSchema } from '../../nodes/lead/settings/clientSettings';
import { strictContext } from '../../test/support/strictContext';
import { seeded } from '../../test/support/seeded';
import { monthLeads, queueOf, zone, type MonthLead } from './monthLeads';
import { queueOfMember, settingsAfter, settingsBefore } from './monthSettings';

const client = 'northwind';
const days = 28;
const minuteMs = 60_000;

/**
 * What people do. This is all that is assumed: where a lead goes, when its clock starts, what is a duplicate, which campaign
 * brought it, and every figure is decided and counted by the nodes of this package.
 */
export const assumed = {
	before: {
		/** Somebody looks into the shared inbox: business minutes until the next look, on average. */
		lookEveryMinutes: 136,
		/** The one who looks takes a lead of another team. */
		takesWrong: 0.09,
		/** Nobody ever feels responsible. */
		forgotten: 0.2,
	},
	after: {
		/** The owner is told at once: business minutes until the answer, the middle and the spread of a log-normal. */
		answerMinutes: 7, spread: 0.9,
		/** Forgotten until SLA Watch gives it to the next of the team, who is no better. A reminder helps nobody. */
		forgotten: 0.04,
	},
	/** A contacted lead books a meeting; it does so less often when it waited for more than four hours, or when the wrong team answered. */
	meeting: { share: 0.36, whenLate: 0.7, whenWrong: 0.4 },
};

/** A month by two ways of working, and what the ledger says of it. */
export interface PlayedMonth {
	before: Side;
	after: Side;
	/** The leads of before as a CRM would export them. */
	exported: IDataObject[];
	audit: IDataObject;
	/** The playbook of the way after. */
	playbook: IDataObject;
}

export interface Side {
	period: { from: string; to: string };
	leads: MonthLead[];
	/** Rows of Scorecard. */
	figures: IDataObject[];
	/** The report page. */
	html: string;
	/** Leads that were handled by a team to which they don't belong, counted against what is true. */
	misrouted: { hits: number; count: number };
	/** Moments at which sales rejected a lead, which closed it: who asks again after that is a new lead. */
	rejectedAt: Map<MonthLead, number>;
}

/** Plays both months through the nodes, on an embedded ledger in this folder, with a clock that is moved from lead to lead. */
export async function playMonths({ leads, seed, storageFolder }: { leads: number; seed: number; storageFolder: string }): Promise<PlayedMonth> {
	const clock = startClock();
	try {
		const play = new Play(storageFolder, clock, seeded(seed));
		const start = DateTime.fromISO('2026-08-31T00:00', { zone });
		clock.set(start.toMillis());
		await play.ledger({ resource: 'client', operation: 'saveSettings', settings: settingsBefore });
		await play.ledger({ resource: 'client', operation: 'goLive' });
		const before = await play.month('before', monthLeads({ leads, from: start, days, seed, firstPerson: 0 }), start);
		const middle = start.plus({ days });
		clock.set(middle.toMillis());
		await play.ledger({ resource: 'client', operation: 'saveSettings', settings: settingsAfter });
		const after = await play.month('after', monthLeads({ leads, from: middle, days, seed: seed + 1, firstPerson: leads }), middle);
		const exported = play.exportOf(before.leads);
		const [{ json: audit }] = await play.run(HandoffLedger, ledgerProperties, { resource: 'report', operation: 'auditLeads', auditGive: 'page', auditOptions: { timeZone: zone, workingHours: '09:00-17:30', name: 'Northwind IT Services' } }, exported);
		const [playbook] = await play.ledger({ resource: 'report', operation: 'writePlaybook', period: 'range', ...after.period });
		return { before, after, exported, audit, playbook };
	} finally {
		clock.stop();
	}
}

/** The time of day of everything in this process, to be moved by hand. */
function startClock(): { set(at: number): void; stop(): void } {
	const real = globalThis.Date;
	let now = real.now();
	globalThis.Date = class extends real {
		constructor(...given: unknown[]) {
			super(...(given.length === 0 ? [now] : given) as [number]);
		}
		static override now = () => now;
	} as DateConstructor;
	return { set: (at) => { now = at; }, stop: () => { globalThis.Date = real; } };
}

/** Something that happens at a moment. */
interface Step {
	at: number;
	/** Gives what comes of it. */
	run: () => Promise<Step[]>;
}

interface Told { contact: number | null; first: string; by: string; meeting: boolean; rejectedAt?: number }

interface Alert { leadId: string; step: { id: string; claimToken: string }; reassigned?: { owner: { id: string } | null; dueAt: string } }

class Play {
	private readonly calendar: Calendar = openCalendar({ ...calendarSchema.parse(settingsBefore.calendars[0]), timeZone: zone });
	/** Who got each lead first, who has it now, and since when it is answered. */
	private readonly told = new Map<MonthLead, Told>();
	private readonly leadOf = new Map<string, MonthLead>();

	constructor(private readonly storageFolder: string, private readonly clock: { set(at: number): void }, private readonly random: () => number) {}

	async run(Node: new () => INodeType, properties: INodeProperties[], parameters: Record<string, unknown>, items: IDataObject[]): Promise<INodeExecutionData[]> {
		const defaults = Object.fromEntries(properties.filter((property) => !String(property.default).startsWith('=')).map((property) => [property.name, property.default]));
		const ctx = strictContext({
			items, storageFolder: this.storageFolder, timeZone: zone, parameters: { ...defaults, client, ...parameters },
			helpers: { prepareBinaryData: async (data: Buffer, fileName: string) => await Promise.resolve({ data: data.toString('base64'), fileName, mimeType: 'text/html' }) },
			extra: { getExecutionId: () => '1', evaluateExpression: () => 0 },
		});
		const [output] = await (new Node().execute as NonNullable<INodeType['execute']>).call(ctx) as INodeExecutionData[][];
		return output;
	}

	async ledger(parameters: Record<string, unknown>): Promise<IDataObject[]> {
		return (await this.run(HandoffLedger, ledgerProperties, parameters, [{}])).map(({ json }) => json);
	}

	async month(way: 'before' | 'after', leads: MonthLead[], from: DateTime): Promise<Side> {
		const steps: Step[] = leads.map((lead) => ({ at: lead.at, run: async () => await this.handOff(way, lead) }));
		// each Monday all leads of the week before are checked against what is true
		for (let week = 1; week <= days / 7; week++) steps.push({ at: from.plus({ weeks: week }).toMillis() + 8 * 60 * minuteMs, run: async () => { await this.checkWeek(); return []; } });
		while (steps.length > 0) {
			const next = steps.reduce((first, step) => (step.at < first.at ? step : first));
			steps.splice(steps.indexOf(next), 1);
			this.clock.set(next.at);
			steps.push(...await next.run());
		}
		const period = { from: from.toISO() ?? '', to: from.plus({ days }).toISO() ?? '' };
		const asked = { resource: 'report', period: 'range', ...period };
		const figures = await this.ledger({ ...asked, operation: 'scorecard', give: 'metrics' });
		const [{ html }] = await this.ledger({ ...asked, operation: 'writeReport' });
		const handled = leads.flatMap((lead) => this.told.get(lead) ?? []).filter(({ first }) => first !== '');
		const wrong = leads.filter((lead) => this.isWrong(lead)).length;
		return { period, leads, figures, html: String(html), misrouted: { hits: wrong, count: handled.length }, rejectedAt: new Map(leads.flatMap((lead) => { const at = this.told.get(lead)?.rejectedAt; return at === undefined ? [] : [[lead, at]]; })) };
	}

	/** One form through the nodes, as the templates wire them; before, there was no matching and nobody to read. Gives what people then do. */
	private async handOff(way: 'before' | 'after', lead: MonthLead): Promise<Step[]> {
		const { landing_page: page, ...form } = lead.form;
		// the old form read the campaign from the address of its own page; the new one sends the first page along
		const sent = way === 'before' ? { ...form, ...(lead.truth.campaignLost ? {} : Object.fromEntries(new URL(page).searchParams)) } : { ...form, landing_page: page };
		let items = await this.run(LeadNormalize, normalizeProperties, {}, [sent]);
		const through = async (Node: new () => INodeType, properties: INodeProperties[], parameters: Record<string, unknown> = {}) => {
			items = await this.run(Node, properties, parameters, items.map(({ json }) => json));
		};
		if (way === 'after') {
			await through(DedupeMatch, dedupeProperties);
			await through(RuleRouter, routerProperties, { operation: 'applyHardRules' });
			await through(AiIntentClassifier, classifierProperties, { operation: 'classify', model: 'none' });
			await through(RuleRouter, routerProperties, { operation: 'finishRouting' });
		} else await through(RuleRouter, routerProperties, { operation: 'route' });
		await through(SlaWatch, slaProperties, { operation: 'start' });
		const { leadId, routing, sla } = items[0].json as unknown as HandoffRecord;
		const owner = way === 'after' ? routing?.owner?.id ?? '' : this.whoLooks(queueOf(lead.truth.service, lead.truth.territory));
		this.leadOf.set(leadId, lead);
		const answered = this.work(way, { lead, leadId, owner, since: lead.at });
		return way === 'after' && sla?.dueAt ? [...answered, this.checkAt(sla.dueAt)] : answered;
	}

	/** SLA Watch looks each minute; here, in the minute after a clock came due. */
	private checkAt(dueAt: string): Step {
		return {
			at: Date.parse(dueAt) + minuteMs,
			run: async () => {
				const alerts = (await this.run(SlaWatch, slaProperties, { operation: 'check' }, [{}])).map(({ json }) => json as unknown as Alert);
				const given: Step[] = [];
				for (const { leadId, step, reassigned } of alerts) {
					await this.run(SlaWatch, slaProperties, { operation: 'confirmStep', stepId: step.id, claimToken: step.claimToken }, [{ client }]);
					const lead = this.leadOf.get(leadId);
					if (lead && reassigned?.owner) given.push(...this.work('after', { lead, leadId, owner: reassigned.owner.id, since: Date.now() }), this.checkAt(reassigned.dueAt));
				}
				return given;
			},
		};
	}

	/** What an owner does with a lead, see `assumed`. */
	private work(way: 'before' | 'after', { lead, leadId, owner, since }: { lead: MonthLead; leadId: string; owner: string; since: number }): Step[] {
		const isWrong = queueOfMember.get(owner) !== queueOf(lead.truth.service, lead.truth.territory);
		const wait = way === 'before' ? -Math.log(1 - this.random()) * assumed.before.lookEveryMinutes : assumed.after.answerMinutes * Math.exp(assumed.after.spread * this.normal());
		const isForgotten = this.random() < assumed[way].forgotten;
		const contact = dueAfter(this.calendar, since, Math.max(1, Math.round(wait)));
		const chance = assumed.meeting.share * (isWrong ? assumed.meeting.whenWrong : 1) * (contact !== undefined && elapsedBetween(this.calendar, lead.at, contact) > 240 * minuteMs ? assumed.meeting.whenLate : 1);
		const hasMeeting = !isForgotten && !lead.truth.isAgain && this.random() < chance;
		const mine: Told = { contact: null, first: this.told.get(lead)?.first ?? owner, by: owner, meeting: false };
		this.told.set(lead, mine);
		if (isForgotten || contact === undefined) return [];
		const tell = async (eventType: string) => { await this.ledger({ resource: 'lead', operation: 'recordEvent', leadId, findBy: 'leadId', eventType }); return []; };
		return [{
			at: contact,
			run: async () => {
				// who no longer has it leaves it to the one who does
				if (this.told.get(lead) !== mine) return [];
				Object.assign(mine, { contact, meeting: hasMeeting, ...(isWrong && this.random() < 0.6 ? { rejectedAt: contact + minuteMs } : {}) });
				await this.run(SlaWatch, slaProperties, { operation: 'recordResponse', leadId, answeredBy: owner, channel: 'call', answeredAt: new Date(contact).toISOString() }, [{ client, leadId }]);
				return [
					{ at: contact + minuteMs, run: async () => await tell(mine.rejectedAt === undefined ? 'accepted' : 'rejected') },
					...(hasMeeting ? [{ at: contact + 20 * minuteMs, run: async () => await tell('meetingBooked') }] : []),
				];
			},
		}];
	}

	/** Who looks into the inbox takes the lead for the team to which it belongs, mostly. */
	private whoLooks(right: string): string {
		const isWrong = this.random() < assumed.before.takesWrong;
		const of = [...queueOfMember].filter(([, queue]) => (queue === right) !== isWrong).map(([id]) => id);
		return of[Math.floor(this.random() * of.length)];
	}

	/** Draws every lead of last week for the check of routing, and settles each by what is true. */
	private async checkWeek(): Promise<void> {
		await this.ledger({ resource: 'reviewItem', operation: 'drawSample', sampleSize: 1_000 });
		const items = await this.ledger({ resource: 'reviewItem', operation: 'listReviewItems', returnAll: true, reviewFilters: { stage: 'sample', state: 'open' } });
		for (const { reviewItemId, email } of items) {
			const lead = [...this.told.keys()].findLast(({ form, at }) => form.email.toLowerCase() === String(email).toLowerCase() && at < Date.now());
			if (!lead) continue;
			const right = queueOf(lead.truth.service, lead.truth.territory);
			const isRight = !this.isWrong(lead);
			await this.ledger({ resource: 'reviewItem', operation: 'settleReviewItem', reviewItemId, reviewOutcome: isRight ? 'right' : 'wrong', ...(isRight ? {} : { rightQueue: right }) });
		}
	}

	private isWrong(lead: MonthLead): boolean {
		return queueOfMember.get(this.told.get(lead)?.first ?? '') !== queueOf(lead.truth.service, lead.truth.territory);
	}

	/** What a CRM would export of the month: its own column names, and nothing that only the truth knows but where a lead belonged. */
	exportOf(leads: readonly MonthLead[]): IDataObject[] {
		const said = (at: number) => DateTime.fromMillis(at, { zone }).toFormat('dd/MM/yyyy HH:mm');
		return leads.map((lead, index) => {
			const told = this.told.get(lead);
			const page = lead.truth.campaignLost ? '' : new URL(lead.form.landing_page).search;
			const utm = new URLSearchParams(page);
			return {
				'Record ID': index + 1, 'Create Date': said(lead.at), 'Full Name': lead.form.name, Email: lead.form.email, Phone: lead.form.phone, Company: lead.form.company, Country: lead.form.country,
				'Original Source': utm.get('utm_source') ?? '', Medium: utm.get('utm_medium') ?? '', Campaign: utm.get('utm_campaign') ?? '', 'Contact Owner': told?.contact == null ? '' : told.by,
				'First Contact': told?.contact == null ? '' : said(told.contact), 'Meeting Booked': told?.meeting ? 'Yes' : '', Team: told?.contact == null ? '' : queueOfMember.get(told.by) ?? '', 'Correct Team': told?.contact == null ? '' : queueOf(lead.truth.service, lead.truth.territory),
			};
		});
	}

	/** Of the standard normal distribution (Box and Muller, 1958). */
	private normal(): number {
		return Math.sqrt(-2 * Math.log(1 - this.random())) * Math.cos(2 * Math.PI * this.random());
	}
}
