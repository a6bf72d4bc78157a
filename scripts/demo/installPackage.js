const { mkdir, mkdtemp, readFile, rename, rm, writeFile } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { node24Environment, projectFolder } = require('./n8nRuntime');
const { run } = require('./run');

/**
 * Packs this project and installs the tarball into an n8n user folder the way n8n installs a community package:
 * unpack, strip all dependencies but the runtime ones, `npm install` without scripts into the `nodes` folder.
 *
 * @returns {Promise<{ bytes: number, unpackedBytes: number, files: number }>} size of the tarball.
 */
async function installPackage(userFolder) {
	const work = await mkdtemp(join(tmpdir(), 'lead-handoff-pack-'));
	try {
		const env = node24Environment();
		const [packed] = JSON.parse(await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', work], { cwd: projectFolder, env }));
		await run('tar', ['-xzf', join(work, packed.filename), '-C', work], {});
		const stripped = join(work, 'package');
		const manifest = JSON.parse(await readFile(join(stripped, 'package.json'), 'utf8'));
		for (const key of ['devDependencies', 'peerDependencies', 'optionalDependencies']) delete manifest[key];
		await writeFile(join(stripped, 'package.json'), JSON.stringify(manifest, null, 2));

		const nodes = join(userFolder, '.n8n', 'nodes');
		await mkdir(join(nodes, 'node_modules'), { recursive: true });
		await rm(join(nodes, 'package-lock.json'), { force: true });
		await rm(join(nodes, 'node_modules', manifest.name), { recursive: true, force: true });
		// a copy beside node_modules, because npm links a folder that it is given
		const [again] = JSON.parse(await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', work], { cwd: stripped, env }));
		const tarball = join(nodes, 'lead-handoff.tgz');
		await rename(join(work, again.filename), tarball).catch(async () => writeFile(tarball, await readFile(join(work, again.filename))));
		await writeFile(join(nodes, 'package.json'), JSON.stringify({ name: 'installed-nodes', private: true, dependencies: { [manifest.name]: 'file:lead-handoff.tgz' } }, null, 2));
		await run('npm', ['install', '--offline', '--ignore-scripts', '--install-strategy=shallow', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: nodes, env });
		return { bytes: packed.size, unpackedBytes: packed.unpackedSize, files: packed.entryCount };
	} finally {
		await rm(work, { recursive: true, force: true });
	}
}

module.exports = { installPackage };
