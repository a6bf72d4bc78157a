import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/**
 * Reads operations from a client library that its vendor makes from its own OpenAPI files with openapi-generator: paths,
 * methods and names of the query from the JavaScript, types from the declarations beside it.
 *
 * @param {string} folder of the package
 * @param {{ apis: string, models: string, base: string }} part folders of the package's APIs and models, and what stands before its paths
 * @param {(method: string, path: string) => boolean} isWanted
 */
export function operationsOfClient(folder, { apis, models, base }, isWanted) {
	const files = readdirSync(join(folder, apis)).filter((name) => /api\.js$/i.test(name)).map((name) => join(folder, apis, name));
	const declared = new Declarations([...files.map((file) => file.replace(/\.js$/, '.d.ts')), ...declarationsIn(join(folder, models))].filter(existsSync));
	return files.flatMap((file) => {
		const text = readFileSync(file, 'utf8');
		// what stands before a path names the operation, what follows it builds the request
		const parts = text.split(/const localVarPath = /);
		return parts.slice(1).flatMap((part, index) => {
			const path = base + /^['`](.+?)['`]/.exec(part)[1];
			const [, method] = /HttpMethod\.(\w+)\)/.exec(part) ?? /\{ method: '(\w+)'/.exec(part);
			if (!isWanted(method, path)) return [];
			return [part.includes('HttpMethod.') ? ofClass(part, method, path, declared) : ofFunction(part, method, path, declared, parts[index])];
		});
	});
}

function declarationsIn(folder) {
	return readdirSync(folder).filter((name) => name.endsWith('.d.ts')).map((name) => join(folder, name));
}

/** The generator's `typescript` kind, which serializes by the names of types. */
function ofClass(part, method, path, declared) {
	const query = {};
	for (const [, name] of part.matchAll(/\.(?:set|append)QueryParam\("(\w+)"/g)) {
		const [, type] = new RegExp(`serialize\\(${name}, "([^"]+)"`).exec(part);
		query[name] = declared.schemaOfName(type);
	}
	const body = /stringify\(.*?\.serialize\(\w+, "([^"]+)"/.exec(part)?.[1];
	return operation(method, path, { parameters: Object.fromEntries(placeholders(path).map((name) => [name, { type: 'string' }])), query, required: [], body: body && declared.schemaOfName(body) });
}

/** The generator's `typescript-axios` kind, which declares one interface of parameters for each operation. */
function ofFunction(part, method, path, declared, before) {
	const [id] = [...before.matchAll(/(\w+): \([^()]*\) => __awaiter\(/g)].at(-1).slice(1);
	const { properties, required } = declared.parametersOf(new RegExp(`Api${id[0].toUpperCase()}${id.slice(1)}Request$`));
	const named = [...part.matchAll(/localVarQueryParameter\['(\w+)'\] =/g)].map(([, name]) => name);
	const body = /serializeDataIfNeeded\)\((\w+),/.exec(part)?.[1];
	return operation(method, path, {
		parameters: Object.fromEntries(placeholders(path).map((name) => [name, properties[name]])),
		query: Object.fromEntries(named.map((name) => [name, properties[name]])),
		required: required.filter((name) => named.includes(name)),
		body: body && properties[body],
	});
}

function placeholders(path) {
	return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
}

function operation(method, path, { parameters, query, required, body }) {
	return {
		method, path,
		...(Object.keys(parameters).length > 0 ? { parameters: { type: 'object', properties: parameters } } : {}),
		query: { type: 'object', properties: query, ...(required.length > 0 ? { required } : {}), additionalProperties: false },
		...(body ? { body } : {}),
	};
}

/** Types of declaration files as JSON Schema. */
class Declarations {
	constructor(files) {
		this.program = ts.createProgram(files, { strict: true, skipLibCheck: true, types: [] });
		this.checker = this.program.getTypeChecker();
		this.byName = new Map();
		for (const source of this.program.getSourceFiles().filter(({ fileName }) => files.includes(fileName))) {
			for (const node of source.statements) if (node.name && !ts.isVariableStatement(node)) this.byName.set(node.name.text, node);
		}
	}

	schemaOfName(name) {
		const [, inner] = /^Array<(.+)>$/.exec(name) ?? [];
		if (inner) return { type: 'array', items: this.schemaOfName(inner) };
		if (['string', 'number', 'boolean'].includes(name)) return { type: name };
		if (name === 'Date') return { type: 'string', format: 'date-time' };
		return this.schemaOf(this.checker.getTypeAtLocation(this.byName.get(name)));
	}

	/** Properties of the only interface whose name ends so; none where an operation takes nothing. */
	parametersOf(pattern) {
		const name = [...this.byName.keys()].find((one) => pattern.test(one));
		const { properties = {}, required = [] } = name === undefined ? {} : this.schemaOfName(name);
		return { properties, required };
	}

	schemaOf(type) {
		if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {};
		if (type.flags & ts.TypeFlags.Null) return { type: 'null' };
		if (type.flags & ts.TypeFlags.EnumLike && type.symbol?.declarations?.some(ts.isEnumDeclaration)) return { enum: type.symbol.declarations.flatMap((one) => one.members.map((member) => this.checker.getConstantValue(member))) };
		if (type.isLiteral()) return { enum: [type.value] };
		if (type.flags & ts.TypeFlags.StringLike) return { type: 'string' };
		if (type.flags & ts.TypeFlags.NumberLike) return { type: 'number' };
		if (type.flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
		if (type.isUnion()) return this.schemaOfUnion(type.types.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined)));
		if (type.symbol?.name === 'Date') return { type: 'string', format: 'date-time' };
		if (this.checker.isArrayType(type)) return { type: 'array', items: this.schemaOf(this.checker.getTypeArguments(type)[0]) };
		return this.schemaOfObject(type);
	}

	schemaOfUnion(types) {
		const schemas = [...new Map(types.map((one) => this.schemaOf(one)).map((one) => [JSON.stringify(one), one])).values()];
		const literals = schemas.filter((one) => one.enum);
		const kept = literals.length > 1 ? [{ enum: literals.flatMap((one) => one.enum) }, ...schemas.filter((one) => !one.enum)] : schemas;
		return kept.length === 1 ? kept[0] : { anyOf: kept };
	}

	schemaOfObject(type) {
		const members = this.checker.getPropertiesOfType(type).filter((one) => !(one.flags & ts.SymbolFlags.Method) && one.name !== 'constructor');
		const names = this.checker.getIndexInfosOfType(type);
		const required = members.filter((one) => !(one.flags & ts.SymbolFlags.Optional)).map(({ name }) => name);
		return {
			type: 'object',
			...(members.length > 0 ? { properties: Object.fromEntries(members.map((one) => [one.name, this.schemaOf(this.checker.getTypeOfSymbol(one))])) } : {}),
			...(required.length > 0 ? { required } : {}),
			// the generator writes `any` where an object is open beside its properties
			additionalProperties: names.length > 0 && members.length === 0 ? this.schemaOf(names[0].type) : false,
		};
	}
}
