import { stranger, type TemplateNode } from './n8nUnderTest';
import { Agency, reachesOut } from './standIns/agency';
import { closedNow, firmSettings, hostileText, slackChannels, token } from './standIns/firm';
import { Slack } from './standIns/slack';
import type { StandIn } from './standIns/standIn';
import type { Credentials, HandoffN8n, PublishedTemplate } from './standIns/templateUnderTest';

/** Somebody in a CRM, in words that all CRMs share. */
export interface CrmPerson { id: string; name: string; ownerId: string; emails: string[]; phone: string | undefined }

/** A CRM's stand-in as the contract looks at it; owners 77 and 78 are the firm's reps, 79 is somebody else. */
export interface CrmUnderTest {
	/** As the templates name it. */
	name: string;
	standIn: StandIn;
	credentials: Credentials;
	/** Templates around the core, each with what goes into its Client Config. */
	writer: { file: string; config: Record<string, string> };
	sync: { file: string; config: Record<string, string> };
	/** Name of the node that looks somebody up before writing. */
	findNode: string;
	/** The node that shows what would be written, on one canvas and in the writer, and whom it shows. */
	dryRunNode: string;
	dryRunOf: (shown: Record<string, unknown>) => { email: string; ownerId: string };
	/** Text that only a request holds by which a task is made, or a note in a CRM that gets one. */
	making: { task: string; note?: string };
	/** Of a person, or of all whom this address finds. */
	people: (email?: string) => CrmPerson[];
	/** What a rep is to do, with the minute of the hour at which it is due, where the CRM keeps one. */
	tasksOf: (personId: string) => { ownerId: string; dueMinute?: number }[];
	/** Somebody deletes them. */
	removeTasks: (personId: string) => void;
	/** HTML that was written about a person: notes, and whatever else shows the message. */
	writtenAbout: (personId: string) => string[];
	/** How much HTML one enquiry leaves. */
	written: number;
	/** How many enquiries it tells of a person. */
	enquiriesOf: (personId: string) => number;
	/** Owners of what stands for an enquiry beside its task, in a CRM that has such. */
	enquiryOwnersOf?: (personId: string) => string[];
	/** As if somebody wrote it in the CRM: someone of owner 79, with a name that the form does not have. */
	addKnown: (email: string) => CrmPerson;
	/** Somebody in the CRM gives the person that one address, another name and owner 79. */
	changePerson: (personId: string, email: string) => void;
	/** Somebody deletes the person in the CRM. */
	removePerson: (personId: string) => void;
	/** Somebody in the CRM gives the person to that owner and calls it now. */
	answer: (personId: string, ownerId: string) => void;
	linkTo: (personId: string) => string;
	/** Beside client and CRM, for the template that finds owner IDs. */
	ownerIds?: Record<string, string>;
	/** What happens in the CRM comes back. */
	back: {
		file: string;
		config: Record<string, string>;
		close: (personId: string, how: { won: number } | { lost: string }) => void;
		/** Somebody whom the ledger does not know changes. */
		changeStranger: () => void;
	};
	/** Of a CRM that has the whole way on one canvas, too. */
	alone?: { file: string };
}

/** What every CRM's templates do, in a real n8n: alone on one canvas, and around the handoff core. */
export function crmContract(crm: CrmUnderTest): void {
	const slack = new Slack(token, Object.values(slackChannels));
	const cardsOf = (index: number) => slack.messages.filter(({ text }) => text.includes(stranger(index).name)).map((message) => JSON.stringify(message));
	const peopleOf = (index: number) => crm.people(stranger(index).email);
	/** That one person of that number is there, and the only one. */
	function onlyOne(index: number): CrmPerson {
		const [person, ...others] = peopleOf(index);
		expect(others).toEqual([]);
		return person;
	}

	describe(`the templates for ${crm.name} in a real n8n`, () => {
		let agency: Agency;
		let n8n: HandoffN8n;
		let writer: PublishedTemplate;
		let workflows: { crmWriter: string };
		let again: PublishedTemplate;

		/** Calls of the CRM are tried again at once, where else a test would wait for 20 seconds. */
		const hurry = (isMeant: (node: TemplateNode) => boolean) => (node: TemplateNode) => { if (isMeant(node)) Object.assign(node, { waitBetweenTries: 100 }); };

		beforeAll(async () => {
			agency = await Agency.start({ slack, standIns: [crm.standIn], credentials: crm.credentials });
			({ n8n } = agency);
			writer = await n8n.useTemplate(crm.writer.file, crm.writer.config, hurry(({ type }) => type === 'n8n-nodes-base.httpRequest'));
			workflows = { crmWriter: writer.workflow.id };
			again = await n8n.useTemplate('deliver-again-what-a-crm-or-slack-did-not-take', {}, (node) => {
				if (node.type === 'n8n-nodes-base.scheduleTrigger') node.parameters = { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } };
				// not before a delivery has ended on a slow machine: two at once would both write the note
				if (node.name === 'Find Undelivered') node.parameters.options = { againMinutes: 0.1 };
			});
			await pauseDelivery();
		}, 600_000);
		afterAll(async () => { await agency?.stop(); });
		beforeEach(() => {
			slack.comeBack();
			crm.standIn.comeBack();
		});

		const pauseDelivery = async () => { await n8n.api.request('POST', `/rest/workflows/${again.workflow.id}/deactivate`, {}); };
		/** Lets the template that delivers again run until it has delivered this lead. Otherwise it would come while a test looks at an outage. */
		const deliverAgain = async (leadId: unknown) => {
			const delivered = async () => (await agency.story(leadId)).events.filter(({ type }) => type === 'delivered').length;
			const before = await delivered();
			await n8n.api.publish(again.workflow);
			for (let wait = 0; wait < 100 && await delivered() === before; wait++) await new Promise<void>((resolve) => { setTimeout(resolve, 500); });
			await pauseDelivery();
			expect(await delivered()).toBe(before + 1);
		};

		/** What holds on one canvas and around the core: nothing is there twice, and nobody is written over. */
		function writesOnceAndOverNobody(index: number, enter: (more: object) => Promise<unknown>, enterInTrouble: () => Promise<unknown>): void {
			const { email } = stranger(index);
			const personOf = (personId: string) => crm.people().find(({ id }) => id === personId);
			const toldOf = (personId: string) => [crm.tasksOf(personId).length, crm.enquiriesOf(personId), crm.writtenAbout(personId).length];
			let known: CrmPerson;
			/** What a single enquiry leaves. */
			let once: number[];
			const times = (count: number) => once.map((one) => one * count);

			it('write task and note once each when the one fails, then the other, and the lead is delivered again', async () => {
				const { task, note } = crm.making;
				for (const text of [task, ...note ? [note] : []]) crm.standIn.failNextWith(text, 500, 500, 500, 500, 500);
				const leadId = await enterInTrouble();
				await deliverAgain(leadId);
				known = onlyOne(index);
				once = toldOf(known.id);
				expect(once).toEqual([1, 1, crm.written]);
				// somebody thinks that it was not delivered
				await n8n.ask({ resource: 'lead', operation: 'recordEvent', client: 'acme', leadId, eventType: 'notDelivered', failed: ['crm'], reason: 'By hand' });
				await deliverAgain(leadId);
				expect([onlyOne(index), toldOf(known.id)]).toEqual([known, once]);
			}, 120_000);

			it('write to the person they know, though the CRM has another address of it, and keep what it says', async () => {
				crm.changePerson(known.id, 'renamed@elsewhere.example');
				known = personOf(known.id)!;
				await enter({ message: 'One more question: do you also train our staff?', phone: `020 7946 01${10 + index}` });
				expect(personOf(known.id)).toEqual({ ...known, phone: `+4420794601${10 + index}` });
				expect(crm.people(email)).toEqual([]);
				expect(toldOf(known.id)).toEqual(times(2));
			}, 60_000);

			it('leave somebody else alone who has the address by now', async () => {
				const other = crm.addKnown(email);
				known = personOf(known.id)!;
				await enter({ message: 'And a third one: what does support cost?' });
				expect([personOf(known.id), ...crm.people(email)]).toEqual([known, other]);
				expect([toldOf(known.id), toldOf(other.id)]).toEqual([times(3), times(0)]);
			}, 60_000);

			it('write to whoever has the address once the person they knew is gone', async () => {
				crm.removePerson(known.id);
				const other = onlyOne(index);
				await enter({ message: 'Number four: can you call me on Monday?' });
				expect([onlyOne(index), toldOf(other.id)]).toEqual([other, times(1)]);
				expect(crm.standIn.refused).toEqual([]);
			}, 60_000);
		}

		const { alone } = crm;
		if (alone) describe('alone on one canvas', () => {
			let template: PublishedTemplate;
			beforeAll(async () => {
				template = await n8n.useTemplate(alone.file, { client: 'acme', ...crm.writer.config, slackButtons: 'yes', slackChannel: slackChannels.live, slackTestChannel: slackChannels.test }, hurry(({ name }) => name.startsWith('Create ')));
			}, 60_000);
			let notWritten: unknown;
			const form = (index: number, more: object = {}) => ({ ...stranger(index), company: `Firm ${index}`, message: 'Please send us a quote for 40 seats, we want to start next week.', ...more });
			const post = async (index: number, more: object = {}) => {
				const posted = await template.post(form(index, more));
				expect([posted.status, n8n.tools.failureOf(posted.run)]).toEqual([200, undefined]);
				return posted;
			};

			it('make one person, task, note and card of a form, also when it comes twice', async () => {
				const { answer } = await post(0, { event_id: 'form-0' });
				await post(0, { event_id: 'form-0' });
				const person = onlyOne(0);
				expect(person).toMatchObject({ name: 'Ada Abbott', ownerId: '77' });
				expect(crm.tasksOf(person.id)).toMatchObject([{ ownerId: '77' }]);
				expect(crm.enquiriesOf(person.id)).toBe(1);
				expect(cardsOf(0)).toEqual([expect.stringContaining(crm.linkTo(person.id))]);
				for (const what of ['take', 'answered']) expect(cardsOf(0)[0]).toContain(`"action_id":"${what}"`);
				const [found] = await n8n.ask({ resource: 'lead', operation: 'getLead', client: 'acme', findBy: 'externalId', externalSystem: crm.name.toLowerCase(), externalId: person.id });
				expect(found.leadId).toBe(answer.leadId);
				expect([crm.standIn.refused, slack.errors]).toEqual([[], []]);
			}, 60_000);

			it('keep owner and values of somebody the CRM has, and fill only gaps', async () => {
				const known = crm.addKnown(stranger(1).email);
				await post(1, { phone: '020 7946 0018' });
				expect(onlyOne(1)).toMatchObject({ id: known.id, name: known.name, ownerId: '79', phone: '+442079460018' });
				expect(crm.tasksOf(known.id)).toHaveLength(1);
			}, 60_000);

			it('write a second enquiry to the same person, with a task of its own', async () => {
				await post(0, { message: 'One more question: do you also train our staff?', event_id: 'form-0-again' });
				const { id } = onlyOne(0);
				expect([crm.tasksOf(id).length, crm.enquiriesOf(id), cardsOf(0).length]).toEqual([2, 2, 2]);
			}, 60_000);

			it('make a person of a lead without an address', async () => {
				const { run } = await template.post({ name: 'Xenia Young', phone: '020 7946 0077', message: 'Call me back please' });
				expect(n8n.tools.failureOf(run)).toBeUndefined();
				expect(crm.people().at(-1)).toMatchObject({ name: 'Xenia Young', phone: '+442079460077' });
			}, 60_000);

			it('wait out 429, 500 and seconds of silence, and write once', async () => {
				crm.standIn.failNext(429, 500);
				await post(2);
				crm.standIn.goDown(3);
				await post(3);
				for (const index of [2, 3]) {
					const { id } = onlyOne(index);
					expect([index, crm.tasksOf(id).length, crm.enquiriesOf(id), cardsOf(index).length]).toEqual([index, 1, 1, 1]);
				}
			}, 120_000);

			it('send the card while the CRM is down, say so, and keep what was not written', async () => {
				crm.standIn.goDown();
				const { status, answer, run } = await template.post(form(4));
				expect([status, run.status]).toEqual([200, 'error']);
				expect(cardsOf(4)).toEqual([expect.stringContaining(`${crm.name} did not take all of this lead`)]);
				expect(JSON.stringify(await agency.story(answer.leadId))).toContain(crm.findNode);
				notWritten = answer.leadId;
			}, 120_000);

			it('have it written once the CRM is back, when the settings name a CRM writer', async () => {
				await agency.setUp(workflows);
				await deliverAgain(notWritten);
				const { id } = onlyOne(4);
				expect([crm.tasksOf(id).length, crm.enquiriesOf(id), cardsOf(4).length]).toEqual([1, 1, 1]);
			}, 120_000);

			writesOnceAndOverNobody(8, async (more) => await post(8, more), async () => {
				await agency.setUp(workflows);
				const { answer, run } = await template.post(form(8));
				expect(run.status).toBe('error');
				return answer.leadId;
			});

			it('let hostile text make no tag, no link and no mention', async () => {
				await post(5, { company: hostileText, message: hostileText, utm_campaign: hostileText });
				const written = crm.writtenAbout(onlyOne(5).id);
				expect(written.length).toBeGreaterThan(0);
				for (const html of written) expect(html).not.toMatch(/<script|<a |evil\.example\/x/);
				expect(cardsOf(5)[0].replaceAll('<@U0MIA>', '').replaceAll(crm.linkTo(onlyOne(5).id), '')).not.toMatch(reachesOut);
			}, 60_000);

			it('make the task due when the office opens', async () => {
				const { calendars, opensOn } = closedNow();
				await agency.setUp({}, { calendars });
				await post(6);
				expect(crm.tasksOf(onlyOne(6).id)).toMatchObject([{ dueMinute: 15 }]);
				expect(cardsOf(6)[0]).toContain(`${opensOn} 09:15`);
				await agency.setUp();
			}, 60_000);

			it('write nothing in test mode or of the sample lead, show what they would, and tell the test channel', async () => {
				const before = crm.standIn.requests.length;
				for (let pressed = 0; pressed < 2; pressed++) {
					await n8n.api.runByHand(template.workflow, { trigger: 'Run With a Sample Lead' });
					const sample = await template.nextRun();
					expect(n8n.tools.failureOf(sample)).toBeUndefined();
					expect(template.outputs(sample)[crm.dryRunNode]).toHaveLength(1);
					expect(slack.messages.at(-1)).toMatchObject({ channel: slackChannels.test, text: expect.stringContaining('Sam Sample') as string });
				}
				await agency.setUp({}, { mode: 'test' });
				const { run } = await post(7);
				expect(crm.standIn.requests.length).toBe(before);
				const [{ json }] = template.outputs(run)[crm.dryRunNode];
				expect([json.dryRun, json.owner, crm.dryRunOf(json)]).toEqual([true, 'Mia Example', { email: stranger(7).email, ownerId: '77' }]);
				// what would be told of the lead stands there to be read
				expect(String(json.note ?? json.description)).toContain('Owner: Mia Example');
				expect(slack.messages.at(-1)).toMatchObject({ channel: slackChannels.test });
				await agency.setUp();
			}, 60_000);
		});

		describe('around the handoff core', () => {
			let sync: PublishedTemplate;
			beforeAll(async () => {
				sync = await n8n.useTemplate(crm.sync.file, crm.sync.config);
				await agency.setUp(workflows);
			}, 60_000);

			it('make one person, task and note of a form, also when it comes twice, and link the card to it', async () => {
				const leadId = await agency.handOver(10, { event_id: 'form-10' });
				await agency.handOver(10, { event_id: 'form-10' });
				const { id, ownerId } = onlyOne(10);
				expect([ownerId, crm.tasksOf(id).length, crm.enquiriesOf(id)]).toEqual(['77', 1, 1]);
				expect(JSON.stringify(agency.cards(leadId))).toContain(crm.linkTo(id));
				expect(cardsOf(10)).toHaveLength(1);
				expect(crm.standIn.refused).toEqual([]);
			}, 60_000);

			it('tell the owner while the CRM is down, and keep what was not written', async () => {
				crm.standIn.goDown();
				const { answer } = await agency.send(11);
				expect((await agency.core.nextRun()).status).toBe('error');
				expect(agency.said(answer.leadId)).toContain('The CRM did not take all of this lead');
				expect(JSON.stringify(await agency.story(answer.leadId))).toContain(crm.findNode);
			}, 120_000);

			it('write it once the CRM is back, by the template that delivers again', async () => {
				const [{ leadId }] = await n8n.ask({ resource: 'lead', operation: 'listLeads', client: 'acme', search: stranger(11).email });
				const cards = cardsOf(11).length;
				await deliverAgain(leadId);
				const { id } = onlyOne(11);
				expect([crm.tasksOf(id).length, crm.enquiriesOf(id), cardsOf(11).length]).toEqual([1, 1, cards]);
				expect(crm.standIn.refused).toEqual([]);
			}, 120_000);

			it('say so when the CRM does not show what it took, and write again what is missing', async () => {
				const email = 'vera.young@young-works.example';
				const vera = () => crm.people(email)[0];
				crm.standIn.afterNextWith(crm.making.task, () => {
					crm.answer(vera().id, '78');
					crm.removeTasks(vera().id);
				});
				const { answer } = await agency.send(16, { name: 'Vera Young', email });
				expect((await agency.core.nextRun()).status).toBe('error');
				expect(JSON.stringify(await agency.story(answer.leadId))).toMatch(new RegExp(`${crm.name} took all, but shows another owner than the one written, no (task|activity)`));
				await deliverAgain(answer.leadId);
				expect([crm.people(email).length, vera().ownerId, crm.tasksOf(vera().id).length, crm.enquiriesOf(vera().id)]).toEqual([1, '78', 1, 1]);
				expect(crm.standIn.refused).toEqual([]);
			}, 120_000);

			writesOnceAndOverNobody(9, async (more) => await agency.handOver(9, more), async () => {
				const { answer } = await agency.send(9);
				expect((await agency.core.nextRun()).status).toBe('error');
				return answer.leadId;
			});

			it('write nothing in test mode, and show what they would', async () => {
				await agency.setUp(workflows, { mode: 'test' });
				const before = crm.standIn.requests.length;
				const leadId = await agency.handOver(12);
				expect(crm.standIn.requests.length).toBe(before);
				expect(agency.cards(leadId)).toMatchObject([{ channel: slackChannels.test }]);
				const { results: [{ id }] } = await n8n.api.request('GET', `/rest/executions?filter=${encodeURIComponent(JSON.stringify({ workflowId: writer.workflow.id }))}&limit=1`) as { results: { id: string }[] };
				const [{ json }] = writer.outputs(await n8n.api.waitForExecution(id))[crm.dryRunNode];
				expect([json.dryRun, json.owner, crm.dryRunOf(json)]).toEqual([true, 'Mia Example', { email: stranger(12).email, ownerId: '77' }]);
				// what would be told of the lead stands there to be read
				expect(String(json.note ?? json.description)).toContain('Owner: Mia Example');
				await agency.setUp(workflows);
			}, 60_000);

			it('keep owner and values of somebody the CRM has', async () => {
				const known = crm.addKnown(stranger(15).email);
				await agency.handOver(15, { phone: '020 7946 0018' });
				expect(onlyOne(15)).toMatchObject({ id: known.id, name: known.name, ownerId: '79', phone: '+442079460018' });
				expect(crm.tasksOf(known.id)).toHaveLength(1);
			}, 60_000);

			it('let hostile text make no tag, no link and no query', async () => {
				await agency.handOver(16, { company: `O'Neill\\ ' OR Name LIKE '% ${hostileText}`, message: hostileText });
				const { id } = onlyOne(16);
				// the one link is our own, to why the lead is theirs
				for (const text of crm.writtenAbout(id)) expect(text.replace(/<a href="https:\/\/n8n\.acme\.example\/[^"<]*">/, '')).not.toMatch(/<script|<a |evil\.example\/x/);
				expect(crm.standIn.refused).toEqual([]);
			}, 60_000);

			/** As the sweep asks before it alerts. */
			const read = async (leadId: string) => await n8n.callWorkflow(sync.workflow.id, { client: 'acme', leadId });

			it('read who has a lead and since when it is answered', async () => {
				const leadId = await agency.handOver(13);
				expect(await read(leadId)).toMatchObject({ leadId, ownerCrmId: '77', answeredAt: null, notReached: null });
				crm.answer(onlyOne(13).id, '78');
				const now = await read(leadId);
				expect(now).toMatchObject({ leadId, ownerCrmId: '78', notReached: null });
				expect(Date.now() - Date.parse(String(now.answeredAt))).toBeLessThan(60_000);
			}, 60_000);

			it('give a lead with its task to its new owner, unless somebody chose another one in the CRM', async () => {
				const leadId = await agency.handOver(17);
				await n8n.ask({ resource: 'lead', operation: 'recordEvent', client: 'acme', leadId, eventType: 'accepted', takenBy: 'tom' });
				expect(await read(leadId)).toMatchObject({ ownerCrmId: '78', notReached: null });
				const ownersOf = ({ id, ownerId }: CrmPerson) => [ownerId, ...crm.tasksOf(id).map((task) => task.ownerId), ...crm.enquiryOwnersOf?.(id) ?? []];
				expect([...new Set(ownersOf(onlyOne(17)))]).toEqual(['78']);
				crm.changePerson(onlyOne(17).id, stranger(17).email);
				await n8n.ask({ resource: 'lead', operation: 'correctLead', client: 'acme', leadId, whatWasWrong: 'owner', rightOwner: 'mia' });
				expect(await read(leadId)).toMatchObject({ ownerCrmId: '79', notReached: null });
				expect(onlyOne(17).ownerId).toBe('79');
				expect(crm.standIn.refused).toEqual([]);
			}, 60_000);

			it('bring owner, first contact and deals back from the CRM, each once', async () => {
				const back = await n8n.useTemplate(crm.back.file, { client: 'acme', ...crm.back.config });
				// pressed by hand below: its own five minutes would come at any time, also while a test counts what the CRM is asked
				await n8n.api.request('POST', `/rest/workflows/${back.workflow.id}/deactivate`, {});
				const [answered, lost] = [await agency.handOver(18), await agency.handOver(19)];
				// whom a colleague took from the owner that the CRM still shows
				const taken = await agency.handOver(18, { name: 'Wim Young', email: 'wim@young-works.example', company: 'Wim' });
				await n8n.ask({ resource: 'lead', operation: 'recordEvent', client: 'acme', leadId: taken, eventType: 'accepted', takenBy: 'tom' });
				const [first, second] = [onlyOne(18), onlyOne(19)];
				crm.answer(first.id, '78');
				crm.back.close(first.id, { won: 12_000 });
				crm.back.close(second.id, { lost: 'No budget' });
				crm.back.changeStranger();
				const look = async () => { expect(n8n.tools.failureOf(await n8n.api.runByHand(back.workflow, { trigger: `Watch ${crm.name}` }))).toBeUndefined(); };
				for (let times = 0; times < 2; times++) await look();
				const [won, gone] = await Promise.all([answered, lost].map(async (leadId) => await agency.story(leadId)));
				expect([won.status, won.owner.id, won.clock.status]).toEqual(['closed', 'tom', 'met']);
				expect(won.events.map(({ type }) => type).filter((type) => ['ownerChanged', 'won', 'contacted'].includes(type)).sort()).toEqual(['contacted', 'ownerChanged', 'won']);
				expect(won.events.find(({ type }) => type === 'won')).toMatchObject({ detail: { amount: 12_000 } });
				expect([gone.status, gone.owner.id]).toEqual(['closed', 'mia']);
				expect((await agency.story(taken)).owner.id).toBe('tom');
				// and to and fro, as managers do
				for (const [ownerId, owner] of [['77', 'mia'], ['78', 'tom'], ['77', 'mia']]) {
					crm.answer(crm.people('wim@young-works.example')[0].id, ownerId);
					await look();
					expect((await agency.story(taken)).owner.id).toBe(owner);
				}
				expect(gone.events.filter(({ type }) => ['lost', 'ownerChanged'].includes(type))).toMatchObject([{ type: 'lost', detail: { reason: 'No budget' } }]);
				expect(crm.standIn.refused).toEqual([]);
			}, 90_000);

			it('find the owner IDs of people by their addresses, and leave whoever has one', async () => {
				const { members } = firmSettings() as { members: Record<string, unknown>[] };
				await agency.setUp(workflows, { members: [...members.map((member) => ({ ...member, crmId: undefined })), { id: 'sue', name: 'Sue', email: 'sue@acme.example', crmId: '1' }, { id: 'new', name: 'New', email: 'new@acme.example' }] });
				const template = await n8n.useTemplate('add-crm-owner-ids-to-the-people-of-a-client', { client: 'acme', crm: crm.name.toLowerCase(), ...crm.ownerIds }, (node) => {
					if (node.type === 'n8n-nodes-base.httpRequest') node.disabled = !node.name.includes(crm.name);
				});
				crm.standIn.failNext(429);
				const run = await n8n.api.runByHand(template.workflow, { trigger: 'Run After Setting Up' });
				expect(n8n.tools.failureOf(run)).toBeUndefined();
				expect(template.outputs(run)['Show Who Is Missing']).toMatchObject([{ json: { Name: 'New', Result: expect.stringMatching(/^No active user of \w+ has this address$/) as string } }]);
				expect(template.outputs(run)['Show Who Has One']).toMatchObject([{ json: { Name: 'Sue', Result: 'Had an ID already, and keeps it' } }]);
				const [{ settings }] = await n8n.ask({ resource: 'client', operation: 'getSettings', client: 'acme' }) as [{ settings: { members: { id: string; crmId?: string }[] } }];
				expect(settings.members.map(({ id, crmId }) => [id, crmId])).toEqual([['mia', '77'], ['tom', '78'], ['sue', '1'], ['new', undefined]]);
				// pressed again, it says that there is nothing to add
				const second = template.outputs(await n8n.api.runByHand(template.workflow, { trigger: 'Run After Setting Up' }));
				expect(second['Save Owner ID'] ?? []).toEqual([]);
				expect([second['Show Who Has One'].length, second['Show Who Is Missing'].length]).toEqual([3, 1]);
				await agency.setUp(workflows);
			}, 60_000);

			it('say before anybody goes live whether their account answers, and write nothing', async () => {
				const before = JSON.stringify(crm.people());
				const ask = async () => await Promise.all([writer, sync].map(async ({ workflow }) => await n8n.callWorkflow(workflow.id, { client: 'acme', check: true, run: { test: true } })));
				expect(await ask()).toMatchObject([{ works: true, because: null }, { works: true, because: null }]);
				crm.standIn.failNext(...Array.from({ length: 6 }, () => 403));
				for (const { works, because } of await ask()) expect([works, typeof because]).toEqual([false, 'string']);
				expect(JSON.stringify(crm.people())).toBe(before);
			}, 60_000);

			it('say what they could not reach', async () => {
				const leadId = await agency.handOver(14);
				crm.standIn.goDown();
				expect(await read(leadId)).toMatchObject({ leadId, ownerCrmId: null, answeredAt: null, notReached: expect.stringContaining(crm.name) as string });
				crm.standIn.comeBack();
				expect(await read('01NOSUCHLEAD')).toMatchObject({ ownerCrmId: null, answeredAt: null, notReached: expect.stringContaining('not found') as string });
			}, 120_000);
		});
	});
}
