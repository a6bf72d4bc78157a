import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { build, transform } from 'esbuild';
import { bundledPackages, isFromPackage, licenceTexts } from './licences.mjs';

/** An n8n that is too old, on Node.js 22, must still load the nodes to be told which version they need. */
const target = 'node22';

/**
 * Bundles the package into `dist`: one file per node and credential, what they share once in `dist/lib`.
 * esbuild can share code between files only as ES modules, and n8n loads CommonJS: so it runs twice,
 * first to bundle and split, then over each file to turn it into CommonJS.
 */
export async function bundlePackage(root) {
	const { n8n } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
	const loaded = [...n8n.nodes, ...n8n.credentials].map((file) => file.replace(/^dist\//, '').replace(/\.js$/, ''));
	const dist = join(root, 'dist');

	const { outputFiles, metafile } = await build({
		absWorkingDir: root,
		entryPoints: [
			...loaded.map((file) => ({ in: `${file}.ts`, out: file })),
			// beside the shared code, where nodes/ledger/workerFile looks for it
			{ in: 'nodes/ledger/sqliteWorker.ts', out: 'lib/sqliteWorker' },
		],
		outdir: 'dist',
		chunkNames: 'lib/[name]-[hash]',
		bundle: true,
		splitting: true,
		format: 'esm',
		platform: 'node',
		target,
		// pg-native is an optional add-on of pg that nobody bundles
		external: ['n8n-workflow', 'pg-native'],
		metafile: true,
		write: false,
		logLevel: 'warning',
		logOverride: { 'empty-import-meta': 'error' },
	});

	for (const file of outputFiles) {
		const name = relative(dist, file.path);
		// written tightly, otherwise its code would be over 5 MB; names stay where code of ours stands, so that a stack can be read
		const share = shareOfOthers(metafile.outputs[relative(root, file.path)]);
		const { code } = await transform(file.text, {
			minifyWhitespace: true,
			minifySyntax: true,
			// host/askModel tells the client's errors apart by their class names
			minifyIdentifiers: share > 0.95,
			keepNames: share > 0.95,
			format: 'cjs',
			platform: 'node',
			target,
			sourcefile: name,
			// import() of a part of this package becomes a require that runs when it is reached
			supported: { 'dynamic-import': false },
			logOverride: { 'empty-import-meta': 'error' },
		});
		await mkdir(dirname(file.path), { recursive: true });
		await writeFile(file.path, code);
	}
	await writeFile(join(dist, 'THIRD_PARTY_LICENSES.txt'), await licenceTexts(root, bundledPackages(metafile)));
}

/** From 0 to 1, by length. */
function shareOfOthers({ inputs }) {
	const lengths = Object.entries(inputs).map(([path, { bytesInOutput }]) => ({ bytesInOutput, isOthers: isFromPackage(path) }));
	const sum = (parts) => parts.reduce((total, { bytesInOutput }) => total + bytesInOutput, 0);
	return lengths.length === 0 ? 0 : sum(lengths.filter(({ isOthers }) => isOthers)) / sum(lengths);
}
