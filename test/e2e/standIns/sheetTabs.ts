import { ApiDescription } from './apiDescription';
import described from './descriptions/googleSheets.json';
import { refuse } from './googleSheets';
import { asObject, StandIn, type Answer, type Asked } from './standIn';

/**
 * A Google Sheet with several tabs, read and made as a whole: the Google Sheets API v4 after its discovery
 * document (descriptions/googleSheets.json).
 */
export class SheetTabs extends StandIn {
	readonly hosts = ['sheets.googleapis.com', 'oauth2.googleapis.com'];
	protected readonly description = new ApiDescription(described);
	/** Cells by tab, the headings first. */
	readonly tabs = new Map<string, string[][]>([['Sheet1', []]]);

	constructor(private readonly token: string, private readonly spreadsheetId: string) {
		super();
	}

	protected answer({ method, path, params, headers, body }: Asked): Answer {
		if (headers.authorization !== `Bearer ${this.token}`) return refuse(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.');
		const [, id, rest = ''] = /^\/v4\/spreadsheets\/([^/:]+)(.*)$/.exec(decodeURIComponent(path)) ?? [];
		if (id !== this.spreadsheetId) return refuse(404, 'NOT_FOUND', 'Requested entity was not found.');
		if (method === 'GET' && rest === '') return { status: 200, body: { sheets: [...this.tabs.keys()].map((title) => ({ properties: { title } })) } };
		if (method === 'GET' && rest === '/values:batchGet') return this.read(params.getAll('ranges'));
		if (method === 'POST' && rest === ':batchUpdate') return this.addTabs((asObject(body).requests ?? []) as AddSheet[]);
		if (method === 'POST' && rest === '/values:batchUpdate') return this.write(asObject(body));
		return refuse(404, 'NOT_FOUND', `No such method: ${method} ${rest}`);
	}

	protected trouble(status: number): Answer {
		return refuse(status, status === 429 ? 'RESOURCE_EXHAUSTED' : 'INTERNAL', 'Quota exceeded or internal error encountered.');
	}

	private read(ranges: string[]): Answer {
		const unknown = ranges.find((range) => !this.tabs.has(titleOf(range)));
		if (unknown !== undefined) return refuse(400, 'INVALID_ARGUMENT', `Unable to parse range: ${unknown}`);
		// of an empty range the API gives no values at all
		const valueRanges = ranges.map((range) => ({ range: `${range}!A1:Z1000`, majorDimension: 'ROWS', ...((values) => (values.length > 0 ? { values } : {}))(this.tabs.get(titleOf(range)) ?? []) }));
		return { status: 200, body: { spreadsheetId: this.spreadsheetId, valueRanges } };
	}

	private addTabs(requests: AddSheet[]): Answer {
		const taken = requests.find(({ addSheet }) => this.tabs.has(addSheet.properties.title));
		if (taken) return refuse(400, 'INVALID_ARGUMENT', 'Invalid requests');
		for (const { addSheet } of requests) this.tabs.set(addSheet.properties.title, []);
		return { status: 200, body: { spreadsheetId: this.spreadsheetId, replies: [] } };
	}

	private write(body: Record<string, unknown>): Answer {
		if (body.valueInputOption !== 'RAW') return refuse(400, 'INVALID_ARGUMENT', 'text would run as a formula');
		for (const { range, values } of body.data as { range: string; values: string[][] }[]) this.tabs.set(titleOf(range), values);
		return { status: 200, body: { spreadsheetId: this.spreadsheetId } };
	}
}

interface AddSheet { addSheet: { properties: { title: string } } }

const titleOf = (range: string): string => range.replace(/![^!]*$/, '').replace(/^'|'$/g, '');
