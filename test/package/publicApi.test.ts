import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { n8n as shipped } from '../../package.json';
import { publicApi } from '../support/publicApi';

/** What was released, one sentence a line. `npm run freeze` adds what is new; what stands here is never taken out. */
const frozen = readFileSync(join(__dirname, 'publicApi.txt'), 'utf8').trim().split('\n');

async function loadAll<Kept>(files: string[]): Promise<Kept[]> {
	return await Promise.all(files.map(async (file) => {
		const classes = await import(file.replace(/^dist\/(.*)\.js$/, '../../$1')) as Record<string, new () => Kept>;
		const name = (/([^/]+?)\.(?:node|credentials)\.js$/.exec(file) as RegExpExecArray)[1];
		return new classes[name]();
	}));
}

const apiNow = async () => publicApi(await loadAll<INodeType>(shipped.nodes), await loadAll<ICredentialType>(shipped.credentials));

describe('what saved workflows hold', () => {
	it('is all still there', async () => {
		const now = new Set(await apiNow());
		const gone = frozen.filter((fact) => !now.has(fact));
		// an assertion that shows the words and the lines, not two lists of a thousand
		if (gone.length > 0) {
			throw new Error([
				'This stands in saved workflows. Add a new one and keep the old; a new default needs a new version of the node.',
				'(Never released yet? Then "npm run freeze -- --unreleased" takes it out.)', ...gone.map((fact) => `  ${fact}`),
			].join('\n'));
		}
	});

	it('is read from the nodes down to each value', async () => {
		const now = await apiNow();
		expect(now).toEqual(expect.arrayContaining([
			'node dedupeMatch: with outputs resendsApart output 1 is main "Resends"',
			'node handoffLedger [lead]: operation may be "getLead"',
			'node leadNormalize: options.detectResendsInTest is boolean',
			'credential leadHandoffPostgresApi: schema is "lead_handoff" where nothing is saved',
		]));
		for (const word of ['is options', 'is fixedCollection', 'has the mode']) expect(now.some((fact) => fact.includes(word))).toBe(true);
	});

	it.each([
		['a renamed value', (api: string) => api.replace('may be "getLead"', 'may be "readLead"')],
		['another default', (api: string) => api.replace('schema is "lead_handoff" where', 'schema is "leads" where')],
		['an output that moved', (api: string) => api.replace('output 1 is main "Resends"', 'output 2 is main "Resends"')],
	])('misses %s', async (_, change) => {
		const changed = new Set(change((await apiNow()).join('\n')).split('\n'));
		expect(frozen.filter((fact) => !changed.has(fact)).length).toBeGreaterThan(0);
	});
});
