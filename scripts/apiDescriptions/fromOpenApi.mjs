/** Facts of a schema; a vendor's prose and examples stay out. */
const facts = ['type', 'format', 'enum', 'required', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems', 'nullable'];

/**
 * Reads operations from an OpenAPI 3 document.
 *
 * @param {object} document
 * @param {string} base what stands before its paths
 * @param {(method: string, path: string) => boolean} isWanted
 * @param {Record<string, string[]>} only properties to keep of schemas that describe much more than is sent, by the schema's name
 */
export function operationsOfOpenApi(document, base, isWanted, only = {}) {
	const resolve = (one) => (one.$ref ? one.$ref.slice(2).split('/').reduce((part, name) => part[name.replaceAll('~1', '/').replaceAll('~0', '~')], document) : one);

	function schemaOf(given, above = []) {
		// a vendor's description may write a type beside the reference, which then says more
		const read = resolve(given);
		const name = given.$ref?.split('/').at(-1);
		if (name && above.includes(name)) return {};
		const inside = name ? [...above, name] : above;
		const kept = Object.fromEntries(facts.filter((fact) => read[fact] !== undefined && fact !== 'nullable').map((fact) => [fact, read[fact]]));
		const shown = Object.entries(read.properties ?? {}).filter(([property, one]) => !resolve(one).readOnly && (!only[name] || only[name].includes(property)));
		const schema = {
			...kept,
			...(read.properties ? { properties: Object.fromEntries(shown.map(([property, one]) => [property, schemaOf(one, inside)])) } : {}),
			...(read.items ? { items: schemaOf(read.items, inside) } : {}),
			...(['anyOf', 'oneOf', 'allOf'].reduce((all, word) => (read[word] ? { ...all, [word]: read[word].map((one) => schemaOf(one, inside)) } : all), {})),
		};
		if (read.properties) schema.additionalProperties = typeof read.additionalProperties === 'object' ? schemaOf(read.additionalProperties, inside) : false;
		else if (typeof read.additionalProperties === 'object') schema.additionalProperties = schemaOf(read.additionalProperties, inside);
		return read.nullable ? { anyOf: [schema, { type: 'null' }] } : schema;
	}

	function objectOf(parameters) {
		const required = parameters.filter((one) => one.required).map(({ name }) => name);
		return {
			type: 'object', properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schemaOf(schema)])),
			...(required.length > 0 ? { required } : {}), additionalProperties: false,
		};
	}

	return Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).flatMap(([lower, described]) => {
		const method = lower.toUpperCase();
		if (!isWanted(method, base + path)) return [];
		const parameters = [...methods.parameters ?? [], ...described.parameters ?? []].map(resolve);
		const [type, content] = Object.entries(described.requestBody ? resolve(described.requestBody).content : {})[0] ?? [];
		const inPath = parameters.filter((one) => one.in === 'path');
		return [{
			method, path: base + path,
			...(inPath.length > 0 ? { parameters: objectOf(inPath) } : {}),
			query: objectOf(parameters.filter((one) => one.in === 'query')),
			...(content ? { ...(type === 'application/x-www-form-urlencoded' ? { form: true } : {}), body: schemaOf(content.schema) } : {}),
		}];
	}));
}
