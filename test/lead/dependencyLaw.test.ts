import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '..', '..', 'nodes');

/** Pure libraries that the house may use: no clock, no network, no state of their own. */
const pureLibraries = new Set([
	'disposable-email-domains-js', 'echarts', 'fast-levenshtein', 'free-email-domains', 'html-to-text', 'i18n-iso-countries', 'libphonenumber-js', 'luxon',
	'node:crypto', 'node:url', 'parse-full-name', 're2js', 'talisman', 'tinyld', 'tldts', 'validator', 'zod',
]);

/** Rooms in the order in which a lead passes them; a later one may read the types of an earlier one. */
const stagesInOrder = ['capture', 'clean', 'classify', 'route', 'activate', 'measure'];

interface Import {
	/** Module as written when it is a package, else the file's path under `nodes/` without its ending. */
	target: string;
	isPackage: boolean;
	typeOnly: boolean;
}

interface SourceFile {
	/** Path under `nodes/`, with slashes. */
	path: string;
	/** First folder: `lead`, `ledger`, `host` or the folder of a node. */
	area: string;
	/** Folder inside `lead`; empty for the files at its top. */
	room: string;
	lines: number;
	syntax: ts.SourceFile;
	imports: Import[];
}

const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts')).map(readSource);
const inLead = files.filter(({ area }) => area === 'lead');
const inLedger = files.filter(({ area }) => area === 'ledger');
const nodeFolders = new Set(files.map(({ area }) => area).filter((area) => !['lead', 'ledger', 'host'].includes(area)));

function readSource(given: string): SourceFile {
	const path = given.split(sep).join('/');
	const text = readFileSync(join(root, given), 'utf8');
	const syntax = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
	const [area, ...rest] = path.split('/');
	return { path, area, room: rest.length > 1 ? rest[0] : '', lines: text.trimEnd().split('\n').length, syntax, imports: importsOf(syntax, path) };
}

function importsOf(syntax: ts.SourceFile, path: string): Import[] {
	const found: Import[] = [];
	const add = (module: ts.Node | undefined, typeOnly: boolean) => {
		if (!module || !ts.isStringLiteral(module)) return;
		const isPackage = !module.text.startsWith('.');
		const target = isPackage ? module.text : relative(root, join(root, path, '..', module.text)).split(sep).join('/');
		found.push({ target, isPackage, typeOnly });
	};
	walk(syntax, (node) => {
		if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnly(node.importClause));
		else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
		else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
		else if (ts.isCallExpression(node) && (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require')) add(node.arguments[0], false);
	});
	return found;
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
	if (!clause) return false;
	if (clause.isTypeOnly) return true;
	const named = clause.namedBindings;
	return !clause.name && named !== undefined && ts.isNamedImports(named) && named.elements.every((element) => element.isTypeOnly);
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
	visit(node);
	node.forEachChild((child) => walk(child, visit));
}

/** Every import of these files that the law does not allow, as `file → target`. */
function offences(some: readonly SourceFile[], isAllowed: (one: Import, file: SourceFile) => boolean): string[] {
	return some.flatMap((file) => file.imports.filter((one) => !isAllowed(one, file)).map((one) => `${file.path} → ${one.target}`));
}

const packageOf = (target: string) => target.split('/').slice(0, target.startsWith('@') ? 2 : 1).join('/');
const isIn = (target: string, folder: string) => target.startsWith(`${folder}/`);

describe('the dependency law', () => {
	it('is read from real files', () => {
		expect(inLead.length).toBeGreaterThan(10);
		expect(inLedger.length).toBeGreaterThan(2);
		expect(nodeFolders.has('HandoffLedger')).toBe(true);
		expect(files.some(({ imports }) => imports.some(({ typeOnly }) => typeOnly))).toBe(true);
	});

	it('lets the house import nothing but itself and pure libraries', () => {
		expect(offences(inLead, (one) => (one.isPackage ? pureLibraries.has(packageOf(one.target)) : isIn(one.target, 'lead')))).toEqual([]);
	});

	it('lets no room reach into another, except for the client settings and the types of an earlier stage', () => {
		expect(offences(inLead, (one, file) => {
			if (one.isPackage || one.target === 'lead/settings/clientSettings') return true;
			const parts = one.target.split('/');
			if (parts.length === 2 || parts[1] === file.room) return true;
			return one.typeOnly && stagesInOrder.includes(parts[1]) && stagesInOrder.indexOf(parts[1]) < stagesInOrder.indexOf(file.room);
		})).toEqual([]);
	});

	it('lets the ledger know the house by its types and its error only', () => {
		expect(offences(inLedger, (one) => {
			if (one.isPackage) return one.target.startsWith('node:') || one.target === 'pg';
			return isIn(one.target, 'ledger') || one.target === 'lead/leadError' || (isIn(one.target, 'lead') && one.typeOnly);
		})).toEqual([]);
	});

	it('lets the host import the ledger and the house, never a node', () => {
		const inHost = files.filter(({ area }) => area === 'host');
		expect(offences(inHost, ({ isPackage, target }) => isPackage || ['host', 'ledger', 'lead'].some((area) => isIn(target, area)))).toEqual([]);
	});

	it('lets a node import the host, the ledger and the house, never another node', () => {
		const inNodes = files.filter(({ area }) => nodeFolders.has(area));
		expect(offences(inNodes, ({ isPackage, target }, { area }) => (
			isPackage ? target === 'n8n-workflow' || pureLibraries.has(packageOf(target)) : [area, 'host', 'ledger', 'lead'].some((allowed) => isIn(target, allowed))
		))).toEqual([]);
	});

	it('knows no barrels', () => {
		expect(files.filter(({ path, syntax }) => basename(path) === 'index.ts' || syntax.statements.some((one) => ts.isExportDeclaration(one) && one.moduleSpecifier)).map(({ path }) => path)).toEqual([]);
	});

	it('keeps clock, randomness, network and process out of the house', () => {
		const found: string[] = [];
		for (const { path, syntax } of inLead) walk(syntax, (node) => { if (isImpure(node)) found.push(`${path}: ${node.getText()}`); });
		expect(found).toEqual([]);
	});

	it('keeps node files to 100 lines', () => {
		expect(files.filter(({ path, lines }) => path.endsWith('.node.ts') && lines > 100).map(({ path }) => path)).toEqual([]);
	});

	it('asks every file of more than 250 lines for a first comment that says why', () => {
		expect(files.filter(({ lines, syntax }) => lines > 250 && !/^\s*\/[/*]/.test(syntax.text)).map(({ path }) => path)).toEqual([]);
	});
});

/** Whether this reads what must come in as an argument. */
function isImpure(node: ts.Node): boolean {
	if (ts.isNewExpression(node)) return node.expression.getText() === 'Date' && (node.arguments ?? []).length === 0;
	if (ts.isPropertyAccessExpression(node)) {
		return /^(Date\.now|DateTime\.(now|local|utc)|Math\.random|performance\.now|process\.\w+)$/.test(node.getText()) && !isCallWithArguments(node.parent);
	}
	return ts.isCallExpression(node) && /^(Date|fetch|setTimeout|setInterval|setImmediate|random(UUID|Bytes|Int))$/.test(node.expression.getText());
}

/** `DateTime.utc(2026, 11, 20)` makes a moment from its arguments; without any it reads the clock. */
function isCallWithArguments(node: ts.Node): boolean {
	return ts.isCallExpression(node) && node.arguments.length > 0;
}
