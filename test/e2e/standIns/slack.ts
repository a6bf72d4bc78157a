import { ApiDescription } from './apiDescription';
import described from './descriptions/slack.json';
import { asObject, StandIn, unknownKeys, type Answer, type Asked } from './standIn';

export interface SlackMessage { channel: string; text: string; blocks: Block[]; ts: string }
interface Block { type: string; text?: { type: string; text: string }; fields?: { type: string; text: string }[]; elements?: { type: string; text?: unknown; url?: string }[] }

/** Bounds of Block Kit, https://docs.slack.dev/reference/block-kit/blocks */
const longest = { blocks: 50, section: 3_000, field: 2_000, fields: 10, header: 150, elements: 25, context: 10, button: 75, url: 3_000 };

/**
 * Slack's Web API as far as messages go, after its OpenAPI file (descriptions/slack.json) and
 * https://docs.slack.dev/reference/methods. Slack answers 200 with `ok: false` to what it refuses, and ignores what it doesn't know;
 * an argument that it doesn't know is a fault of the template all the same and refused here.
 */
export class Slack extends StandIn {
	readonly hosts = ['slack.com', 'www.slack.com', 'hooks.slack.com'];
	protected readonly description = new ApiDescription(described);
	readonly messages: SlackMessage[] = [];
	/** What came to the address that belongs to a press, which asks for no token: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
	readonly told: string[] = [];
	/** Channels in which the app is not. */
	readonly without = new Set<string>();
	/** Answers with `ok: false`, which no status tells. */
	readonly errors: string[] = [];

	constructor(private readonly token: string, readonly channels: string[]) {
		super();
	}

	protected answer(asked: Asked): Answer {
		if (asked.host === 'hooks.slack.com') return this.answerToPress(asked);
		const error = this.whatIsWrong(asked);
		if (error !== undefined) {
			this.errors.push(error);
			return { status: 200, body: { ok: false, error } };
		}
		if (asked.path === '/api/auth.test') return { status: 200, body: { ok: true, team: 'Acme', user: 'handoff', user_id: 'UBOT', team_id: 'TACME' } };
		if (asked.path === '/api/conversations.info') {
			const { channel: id = '' } = asked.query;
			return this.channels.includes(id) ? { status: 200, body: { ok: true, channel: { id, name: id.toLowerCase(), is_channel: true, is_archived: false, is_member: !this.without.has(id) } } } : { status: 200, body: { ok: false, error: 'channel_not_found' } };
		}
		if (asked.path === '/api/users.profile.get') return { status: 200, body: { ok: true, profile: {} } };
		const { channel, text, blocks } = asObject(asked.body) as { channel: string; text?: string; blocks?: Block[] | string };
		const message = { channel, text: text ?? '', blocks: readBlocks(blocks), ts: `${this.messages.length + 1}.000100` };
		this.messages.push(message);
		return { status: 200, body: { ok: true, channel, ts: message.ts, message: { type: 'message', text: message.text, ts: message.ts } } };
	}

	private answerToPress({ method, body }: Asked): Answer {
		const { text, ...more } = asObject(body) as { text?: unknown };
		const bad = unknownKeys(more, ['response_type', 'replace_original', 'delete_original', 'blocks', 'thread_ts']);
		if (method !== 'POST' || typeof text !== 'string' || text === '' || bad.length > 0) return { status: 400, body: { ok: false, error: 'invalid_payload' } };
		this.told.push(text);
		return { status: 200, body: { ok: true } };
	}

	protected notAsDescribed(fault: string): Answer {
		this.errors.push(`invalid_arguments ${fault}`);
		return { status: 200, body: { ok: false, error: `invalid_arguments ${fault}` } };
	}

	protected trouble(status: number): Answer {
		return status === 429
			? { status, headers: { 'retry-after': '1' }, body: { ok: false, error: 'ratelimited' } }
			: { status, body: { ok: false, error: 'internal_error' } };
	}

	private whatIsWrong({ path, headers, body }: Asked): string | undefined {
		if (headers.authorization !== `Bearer ${this.token}`) return 'invalid_auth';
		if (path !== '/api/chat.postMessage') return undefined;
		const { channel = '', text, blocks } = asObject(body) as { channel?: string; text?: string; blocks?: Block[] | string };
		if (!this.channels.includes(channel)) return 'channel_not_found';
		if ((text ?? '') === '' && blocks === undefined) return 'no_text';
		if ((text ?? '').length > 40_000) return 'msg_too_long';
		const faults = readBlocks(blocks).flatMap(faultsOf);
		return faults.length > 0 || readBlocks(blocks).length > longest.blocks ? `invalid_blocks ${faults.join('; ')}` : undefined;
	}
}

function readBlocks(blocks: Block[] | string | undefined): Block[] {
	return typeof blocks === 'string' ? JSON.parse(blocks) as Block[] : blocks ?? [];
}

function faultsOf(block: Block): string[] {
	const isText = (text: unknown, most: number): boolean => {
		const { type, text: words } = asObject(text) as { type?: string; text?: unknown };
		return ['plain_text', 'mrkdwn'].includes(type ?? '') && typeof words === 'string' && words.length > 0 && words.length <= most;
	};
	const fault = (ok: boolean, what: string) => (ok ? [] : [`${block.type}: ${what}`]);
	if (block.type === 'divider') return [];
	if (block.type === 'header') return fault(isText(block.text, longest.header) && block.text?.type === 'plain_text', 'text');
	if (block.type === 'section') {
		return [
			...fault(block.text !== undefined || (block.fields ?? []).length > 0, 'empty'),
			...fault(block.text === undefined || isText(block.text, longest.section), 'text'),
			...fault((block.fields ?? []).length <= longest.fields && (block.fields ?? []).every((field) => isText(field, longest.field)), 'fields'),
		];
	}
	const elements = block.elements ?? [];
	if (block.type === 'context') return fault(elements.length > 0 && elements.length <= longest.context && elements.every((one) => isText(one, longest.section)), 'elements');
	if (block.type === 'actions') {
		return fault(elements.length > 0 && elements.length <= longest.elements && elements.every((one) => one.type === 'button' && isText(one.text, longest.button) && (one.url ?? '').length <= longest.url), 'elements');
	}
	return [`${block.type} is no block`];
}
