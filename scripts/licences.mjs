import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const packageFolder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;

/** Whether a bundled file comes from a package, not from this project. */
export function isFromPackage(path) {
	return packageFolder.test(path);
}

/** Folders of the packages whose code really is in the bundle, e.g. `node_modules/zod`, sorted. */
export function bundledPackages(metafile) {
	const folders = new Set();
	for (const { inputs } of Object.values(metafile.outputs)) {
		for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
			const folder = packageFolder.exec(file)?.[0];
			if (folder && bytesInOutput > 0) folders.add(folder);
		}
	}
	return [...folders].sort();
}

/**
 * The licence of each package, with its text.
 * A package that ships no licence file is told with the licence and author that it states.
 */
export async function licenceTexts(root, folders) {
	const sections = [];
	for (const folder of folders) {
		const path = join(root, folder);
		const { name, version, license, author, homepage } = JSON.parse(await readFile(join(path, 'package.json'), 'utf8'));
		if (!license) throw new Error(`${name} states no licence: it cannot be bundled`);
		const files = await licenceFiles(path);
		const texts = await Promise.all(files.map((file) => readFile(join(path, file), 'utf8')));
		const text = texts.length > 0 ? texts.map((one) => one.trim()).join('\n\n') : `${license} licence. Author: ${author?.name ?? author ?? 'not stated'}. ${homepage ?? ''}`;
		sections.push(`${name} ${version} (${license})\n\n${text}\n`);
	}
	return `The code in this folder contains the following packages.\n\n${sections.map((section) => `${'-'.repeat(78)}\n${section}`).join('\n')}`;
}

/** Licence files of a package, and of the folder in which some keep the licences of what they took in. */
async function licenceFiles(path) {
	const entries = (await readdir(path, { withFileTypes: true })).filter(({ name }) => /^(licen[cs]e|copying|notice)/i.test(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
	const files = await Promise.all(entries.map(async (entry) => (entry.isDirectory() ? (await licenceFiles(join(path, entry.name))).map((file) => join(entry.name, file)) : [entry.name])));
	return files.flat();
}
