const { execFile } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { join } = require('node:path');
const { promisify } = require('node:util');
const { dest, parallel, series, src } = require('gulp');

async function clean() {
	await rm(join(__dirname, 'dist'), { recursive: true, force: true });
}

/** Icons and codex stand beside their node in `dist` too, where n8n looks for them. */
function copyBesideNodes() {
	// without `encoding: false` gulp reads files as text and spoils binary ones
	return src(['nodes/**/*.{svg,png}', 'nodes/**/*.node.json', 'credentials/*.{svg,png}'], { base: '.', encoding: false }).pipe(dest('dist'));
}

async function bundle() {
	const { bundlePackage } = await import('./scripts/bundle.mjs');
	await bundlePackage(__dirname);
}

/** What n8n reads instead of the nodes themselves at start-up; written by n8n's own tool from the finished bundle. */
async function describeForLazyLoading() {
	const tool = join(__dirname, 'node_modules', 'n8n-core', 'bin', 'generate-metadata');
	await promisify(execFile)(process.execPath, [tool], { cwd: __dirname });
	// the tool also lists methods for n8n's own tests
	await rm(join(__dirname, 'dist', 'methods'), { recursive: true, force: true });
}

exports.clean = clean;
exports.build = series(clean, parallel(copyBesideNodes, bundle), describeForLazyLoading);
exports.default = exports.build;
