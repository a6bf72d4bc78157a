import { inARow, stranger, type TemplateNode } from '../n8nUnderTest';
import { firmSettings, slackChannels, token } from './firm';
import type { Slack } from './slack';
import type { StandIn } from './standIn';
import { HandoffN8n, PublishedTemplate, type Credentials } from './templateUnderTest';

/** A lead as the ledger tells it, as far as the tests look at it. */
export interface Story {
	found: boolean;
	leadId: string;
	status: string;
	owner: { id: string };
	queue: string;
	clock: { status: string; dueAt: string };
	events: { type: string; by: string | null; detail: { reason?: string; amount?: number; rightQueue?: string } }[];
	latestVerdict: string;
	decisions: object;
}

interface AgencySetUp {
	slack: Slack;
	/** Further vendors beside Slack. */
	standIns?: StandIn[];
	credentials?: Credentials;
	/** For Client Config of the notifier. */
	notifier?: Record<string, string>;
	/** As the page of the notifier says for who has no answer page. */
	changeNotifier?: (node: TemplateNode) => void;
}

/** An agency's n8n: the client "acme" with a notifier in Slack and a website form, around one handoff core. */
export class Agency {
	private constructor(
		readonly n8n: HandoffN8n, private readonly slack: Slack, readonly notifier: PublishedTemplate, readonly core: PublishedTemplate, readonly intake: PublishedTemplate,
	) {}

	static async start({ slack, standIns = [], credentials = {}, notifier, changeNotifier }: AgencySetUp): Promise<Agency> {
		const n8n = await HandoffN8n.start([slack, ...standIns], { slackApi: { accessToken: token }, crypto: { hmacSecret: token }, ...credentials });
		const told = await n8n.useTemplate('tell-owners-in-slack-for-the-handoff-core', { slackChannel: slackChannels.live, slackTestChannel: slackChannels.test, ...notifier }, changeNotifier);
		// by the link to the explanation a test finds the cards of a lead
		const handoff = await n8n.useTemplate('run-the-handoff-core-for-every-client', { explainUrl: 'https://n8n.acme.example/form/why' });
		await n8n.setUpClient('acme', firmSettings({ workflows: { notifier: told.workflow.id } }));
		const intake = await n8n.useTemplate('receive-website-leads-for-the-handoff-core', { client: 'acme', coreWorkflowId: handoff.workflow.id });
		return new Agency(n8n, slack, told, handoff, intake);
	}

	async stop(): Promise<void> {
		await this.n8n.stop();
	}

	/** Saves the client's settings again, with workflows beside the notifier and whatever else is changed. */
	async setUp(workflows: Record<string, string> = {}, change: object = {}): Promise<void> {
		await this.n8n.setUpClient('acme', firmSettings({ workflows: { notifier: this.notifier.workflow.id, ...workflows }, ...change }));
	}

	/** Fills in the website form as the stranger of that number. */
	async send(index: number, more: object = {}): ReturnType<PublishedTemplate['post']> {
		return await this.intake.post({ ...stranger(index), company: `Firm ${index}`, message: 'Please send us a quote for 40 seats, we want to start next week.', utm_source: 'google', utm_campaign: 'autumn', ...more });
	}

	/** Sends a form and gives its lead once the core has handed it over. */
	async handOver(index: number, more: object = {}): Promise<string> {
		const { answer } = await this.send(index, more);
		await this.expectHandedOver();
		return String(answer.leadId);
	}

	async expectHandedOver(): Promise<void> {
		const run = await this.core.nextRun();
		const failure = this.n8n.tools.failureOf(run);
		// what the CRM did not take says more than that something was not delivered
		expect(failure && [failure, this.core.outputs(run)['Add CRM Link to Lead']?.[0].json.notWritten]).toBeUndefined();
	}

	/** A workflow in the place of the one that keeps a CRM in step; its runs tell what it was asked. */
	async standInForSync(): Promise<PublishedTemplate> {
		const template = inARow('Keep a CRM in step', { name: 'Asked', type: 'n8n-nodes-base.executeWorkflowTrigger', typeVersion: 1.1, parameters: { inputSource: 'passthrough' } }, { name: 'Answer', type: 'n8n-nodes-base.noOp' });
		const workflow = await this.n8n.api.importTemplate(template);
		await this.n8n.api.publish(workflow);
		return new PublishedTemplate(this.n8n, template, workflow);
	}

	async story(leadId: unknown, testLeads = false): Promise<Story> {
		return (await this.n8n.ask({ resource: 'lead', operation: 'getLead', client: 'acme', leadId, testLeads }))[0] as unknown as Story;
	}

	/** Cards and messages about a lead. */
	cards(leadId: unknown): Slack['messages'] {
		return this.slack.messages.filter(({ blocks }) => JSON.stringify(blocks).includes(String(leadId)));
	}

	/** All that they say, without what we write ourselves. */
	said(leadId: unknown): string {
		return this.cards(leadId).map(({ text, blocks }) => `${text} ${JSON.stringify(blocks)}`).join().replaceAll('<@U0MIA>', '').replaceAll('https://n8n.acme.example', '');
	}
}

/** What a message in Slack may not hold when its lead is hostile. */
export const reachesOut = /<|https?:\/\/|evil\.example\/|\*now\*/;
