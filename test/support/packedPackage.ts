import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';

export const projectFolder = join(__dirname, '..', '..');

/** What a user gets: the package as it is packed and as n8n lays it out after an install. */
export interface PackedPackage {
	/** Where it is installed. */
	folder: string;
	packageJson: {
		name: string;
		dependencies?: object; optionalDependencies?: object; bundledDependencies?: object; peerDependencies: object; scripts: Record<string, string>;
		n8n: { nodes: string[]; credentials: string[] };
	};
	/** Every file in it, with `/`, e.g. `dist/lib/sqliteWorker.js`, sorted. */
	files: string[];
	/** Size of all files whose names begin so. */
	bytesBelow(start: string): number;
	read(file: string): string;
	readJson<T>(file: string): T;
	remove(): void;
}

/** Packs the built package and unpacks it into a folder of its own, beside the `n8n-workflow` that n8n provides. */
export function packedPackage(): PackedPackage {
	if (!existsSync(join(projectFolder, 'dist', 'types', 'nodes.json'))) throw new Error('The package is not built: run "npm run build" first');
	const place = mkdtempSync(join(tmpdir(), 'lead-handoff-packed-'));
	const modules = join(place, 'node_modules');
	mkdirSync(modules);
	const [{ filename, name }] = JSON.parse(execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', modules], {
		cwd: projectFolder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'],
	})) as { filename: string; name: string }[];
	const folder = join(modules, name);
	mkdirSync(folder);
	execFileSync('tar', ['-xzf', join(modules, filename), '--strip-components=1', '-C', folder]);
	symlinkSync(join(projectFolder, 'node_modules', 'n8n-workflow'), join(modules, 'n8n-workflow'), 'dir');

	const files = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
		.sort();
	const read = (file: string) => readFileSync(join(folder, file), 'utf8');
	const readJson = <T>(file: string) => JSON.parse(read(file)) as T;
	return {
		folder, files, read, readJson,
		remove: () => rmSync(place, { recursive: true, force: true }),
		packageJson: readJson('package.json'),
		bytesBelow: (start) => files.filter((file) => file.startsWith(start)).reduce((bytes, file) => bytes + statSync(join(folder, file)).size, 0),
	};
}
