import { homedir } from 'node:os';
import { dirname, posix } from 'node:path';
import { packedPackage, projectFolder, type PackedPackage } from '../support/packedPackage';

interface DescribedNode {
	name: string;
	displayName: string;
	iconUrl: { light: string; dark: string };
	codex: { categories: string[]; alias: string[]; resources: { primaryDocumentation: { url: string }[] } };
}

let packed: PackedPackage;
beforeAll(() => {
	packed = packedPackage();
});
afterAll(() => packed.remove());

describe('the packed package', () => {
	it('brings no other package with it', () => {
		const { dependencies, optionalDependencies, bundledDependencies, peerDependencies } = packed.packageJson;
		expect({ dependencies, optionalDependencies, bundledDependencies, peerDependencies }).toEqual({ peerDependencies: { 'n8n-workflow': '*' } });
	});

	it('has under 5 MB of code, and under 7 MB with the templates', () => {
		expect(packed.bytesBelow('dist/')).toBeLessThan(5_000_000);
		expect(packed.bytesBelow('')).toBeLessThan(7_000_000);
	});

	it('holds the built code, the templates, the readme and the licence, and nothing else', () => {
		const strangers = packed.files.filter((file) => !/^(dist\/|templates\/|README\.md$|LICENSE\.md$|package\.json$)/.test(file));
		expect(strangers).toEqual([]);
		expect(packed.files).toEqual(expect.arrayContaining(['README.md', 'LICENSE.md', 'package.json']));
		expect(packed.files.filter((file) => /\.(ts|map|tsbuildinfo)$/.test(file))).toEqual([]);
	});

	it('holds every file that its package.json promises', () => {
		const { nodes, credentials } = packed.packageJson.n8n;
		expect(nodes).toHaveLength(6);
		expect(packed.files).toEqual(expect.arrayContaining([...nodes, ...credentials]));
	});

	it('runs no script when it is installed', () => {
		const lifecycle = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare', 'prepack', 'postpack'];
		expect(Object.keys(packed.packageJson.scripts).filter((script) => lifecycle.includes(script))).toEqual([]);
	});

	it('says nothing of the machine it was built on', () => {
		const telling = packed.files.filter((file) => [projectFolder, `${homedir()}/`].some((path) => packed.read(file).includes(path)));
		expect(telling).toEqual([]);
	});

	it('needs nothing but Node.js itself and n8n-workflow', () => {
		const { builtinModules } = jest.requireActual<typeof import('node:module')>('node:module');
		const wanted = new Set<string>();
		for (const file of packed.files.filter((one) => /^dist\/.*\.js$/.test(one))) {
			for (const [, name] of packed.read(file).matchAll(/\b(?:__)?require\("([^"./][^"]*)"\)/g)) wanted.add(name);
		}
		const known = (name: string) => name === 'n8n-workflow' || name.startsWith('node:') || builtinModules.includes(name);
		expect([...wanted].filter((name) => !known(name))).toEqual([]);
	});

	it('tells the licence of every package that is bundled', () => {
		const licences = packed.read('dist/THIRD_PARTY_LICENSES.txt');
		const sections = licences.split(`${'-'.repeat(78)}\n`).slice(1);
		expect(sections.map((section) => section.split(' ')[0])).toEqual(expect.arrayContaining(['libphonenumber-js', 'openai', 'zod']));
		for (const section of sections) {
			expect(section).toMatch(/^\S+ \d+\.\d+\.\d+\S* \((MIT|ISC|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|0BSD|CC0-1\.0|Unlicense)\)\n\n./);
			expect(section.length).toBeGreaterThan(80);
		}
	});
});

describe('every node of the packed package', () => {
	const nodes = () => packed.readJson<DescribedNode[]>('dist/types/nodes.json');

	it('can be found in the Sales category and by its search words', () => {
		for (const { name, codex } of nodes()) {
			expect({ name, categories: codex?.categories }).toEqual({ name, categories: expect.arrayContaining(['Sales']) });
			expect(codex.alias).toContain('lead');
			expect(codex.resources.primaryDocumentation[0].url).toMatch(/^https:\/\//);
		}
	});

	it('has an icon for the light and for the dark editor', () => {
		const shown = [
			...nodes().map(({ iconUrl }) => iconUrl),
			...packed.readJson<DescribedNode[]>('dist/types/credentials.json').map(({ iconUrl }) => iconUrl),
		];
		for (const { light, dark } of shown) {
			expect(light).not.toBe(dark);
			for (const url of [light, dark]) {
				const icon = packed.read(posix.relative(`icons/${packed.packageJson.name}`, url));
				expect(icon).toContain('viewBox="0 0 60 60"');
				expect(icon).not.toMatch(/<(script|text|image|foreignObject|style)|\bon\w+=|href=/);
			}
		}
	});

	it('does not say that it is about logic or flow, which n8n keeps for its own nodes', () => {
		for (const { name, codex } of nodes()) {
			expect({ name, words: JSON.stringify(codex) }).toEqual({ name, words: expect.not.stringMatching(/logic|flow/i) });
		}
	});

	it('stands in a folder of its own', () => {
		const folders = packed.packageJson.n8n.nodes.map((file) => dirname(file));
		expect(new Set(folders).size).toBe(folders.length);
	});
});
