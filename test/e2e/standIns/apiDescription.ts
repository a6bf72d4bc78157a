import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import type { Asked } from './standIn';

/** What a vendor's API takes, as `descriptions/*.json` holds it: made from the vendor's own description, or written after its documentation. */
export interface Excerpt {
	vendor: string;
	/** A host may begin with `*.` where every customer has its own. */
	hosts: string[];
	source: { package: string; version: string; of: string } | { documentation: string[] };
	/** Where the description says less than the documentation. */
	amended?: { operation: string; at: string; because: string }[];
	operations: Operation[];
}
interface Operation {
	method: string;
	/** With `{name}` for each part that differs from call to call. */
	path: string;
	parameters?: object;
	query: object;
	/** Whether the body comes as a form, where every value is text. */
	form?: boolean;
	body?: object;
}
interface Compiled { method: string; pattern: RegExp; names: string[]; parameters?: ValidateFunction; query: ValidateFunction; body?: ValidateFunction; form: boolean }

// formats that only a vendor's own words explain are not checked
const options = { unknownFormats: 'ignore' as const, logger: false as const, allErrors: true };
const ofJson = new Ajv(options);
/** What comes as text in an address or a form is read as the type that is described. */
const ofText = new Ajv({ ...options, coerceTypes: 'array' });

/** Tells what is wrong with a request by the description of its API. */
export class ApiDescription {
	private readonly operations: Compiled[];

	constructor(readonly excerpt: Excerpt) {
		this.operations = excerpt.operations.map(({ method, path, parameters, query, form = false, body }) => ({
			method, form, ...patternOf(path),
			parameters: parameters && ofText.compile(parameters), query: ofText.compile(query), body: body && (form ? ofText : ofJson).compile(body),
		// a path that is written out comes before one that takes its last part for an id
		})).sort((one, other) => one.names.length - other.names.length);
	}

	/** Why the vendor would not know this request; undefined when it is as described, or meant for another API. */
	faultOf({ method, host, path, params, body }: Pick<Asked, 'method' | 'host' | 'path' | 'params' | 'body'>): string | undefined {
		if (!this.excerpt.hosts.some((one) => (one.startsWith('*.') ? host.endsWith(one.slice(1)) : host === one))) return undefined;
		const there = this.operations.filter(({ pattern }) => pattern.test(path));
		const operation = there.find((one) => one.method === method);
		if (!operation) return there.length > 0 ? `${path} takes ${there.map((one) => one.method).join(', ')}, not ${method}` : `${path} is no path of ${this.excerpt.vendor}'s API that a template calls`;
		const [, ...values] = operation.pattern.exec(path) ?? [];
		const faults = [
			...faultsOf(operation.parameters, 'path', Object.fromEntries(operation.names.map((name, index) => [name, decodeURIComponent(values[index])]))),
			...faultsOf(operation.query, 'query', readParams(params)),
			...(operation.body ? faultsOf(operation.body, 'body', operation.form ? { ...body as object } : body) : []),
			...(!operation.body && body !== undefined && body !== '' && Object.keys(body as object).length > 0 ? [`body: ${method} takes none`] : []),
		];
		return faults.length > 0 ? faults.join('; ') : undefined;
	}
}

function patternOf(path: string): { pattern: RegExp; names: string[] } {
	const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
	const literal = path.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return { pattern: new RegExp(`^${literal.join('([^/]+)')}$`), names };
}

/** A key that comes several times is a list. */
function readParams(params: URLSearchParams): Record<string, string | string[]> {
	return Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name).length > 1 ? params.getAll(name) : params.get(name) ?? '']));
}

function faultsOf(validate: ValidateFunction | undefined, place: string, value: unknown): string[] {
	if (!validate || validate(value)) return [];
	return (validate.errors ?? []).map((error) => `${place}${error.dataPath}: ${told(error)}`);
}

function told({ keyword, params, message = '' }: ErrorObject): string {
	if (keyword === 'additionalProperties') return `has no ${(params as { additionalProperty: string }).additionalProperty}`;
	if (keyword === 'enum') return `${message}: ${(params as { allowedValues: unknown[] }).allowedValues.join(', ')}`;
	return message;
}
