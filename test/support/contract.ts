import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { JsonSchema, OpenApiDocument, OpenApiOperation, OpenApiResponse, pointerTo } from './openapi-document';

const PROBLEM = 'application/problem+json';
/** Pages for people, the document itself, and what access.spec.ts plants: the document does not describe them. */
const NOT_OF_THE_API =
  /^\/($|(en|es)(\/|$)|assets\/|(favicon\.svg|og\.png|robots\.txt|sitemap\.xml)$|docs|openapi\.json$|planted$)/;

export interface Answer {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/**
 * The document as a judge of answers: status, media type, headers and body. Fields that it does not name are faults.
 */
export class Contract {
  private readonly ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }));
  private readonly validators = new Map<string, ValidateFunction>();
  private readonly routes: readonly { readonly path: string; readonly pattern: RegExp }[];

  constructor(private readonly document: OpenApiDocument) {
    this.ajv.addFormat('idn-email', true);
    this.ajv.addSchema(closed(document) as object, 'openapi', undefined, false);
    this.routes = Object.keys(document.paths)
      .map((path) => ({ path, pattern: patternOf(path), parameters: path.split('{').length }))
      .sort((one, other) => one.parameters - other.parameters);
  }

  /** What the document does not say of this answer; empty where it describes all of it. */
  faultsOf(answer: Answer): string[] {
    const path = decoded(answer.url);
    if (path !== null && NOT_OF_THE_API.test(path)) return [];
    // What a browser asks before it asks (CORS) is no operation.
    if (answer.method === 'OPTIONS' && answer.status === 204) return [];
    const method = answer.method === 'HEAD' ? 'get' : answer.method.toLowerCase();
    const route = path === null ? undefined : this.routes.find(({ pattern }) => pattern.test(path))?.path;
    const operation = route === undefined ? undefined : this.document.paths[route]?.[method];
    const faults =
      route === undefined || operation === undefined
        ? this.faultsOutside(answer)
        : this.faultsInside(answer, operation, ['paths', route, method]);
    return faults.map((fault) => `${answer.method} ${answer.url}: ${answer.status}: ${fault}`);
  }

  /** Where there is no such operation, only a refusal is right. */
  private faultsOutside({ status, headers, body }: Answer): string[] {
    if (status < 400) return ['the document has no such operation'];
    if (mediaTypeOf(headers) !== PROBLEM) return [`it is no ${PROBLEM}`];
    return this.faultsOfBody(body, pointerTo('components', 'schemas', 'Problem'));
  }

  private faultsInside(answer: Answer, operation: OpenApiOperation, place: readonly string[]): string[] {
    const response = operation.responses[answer.status];
    if (response === undefined) return [`the document knows no such status: ${answer.body.slice(0, 200)}`];
    const found = this.faultsOfHeaders(answer, response, [...place, 'responses', `${answer.status}`]);
    const { content = {} } = response;
    const type = mediaTypeOf(answer.headers);
    if (Object.keys(content).length === 0) return answer.body === '' ? found : [...found, 'a body is not described'];
    if (type === undefined || content[type] === undefined) return [...found, `the type ${type} is not described`];
    if (answer.method === 'HEAD' || !type.endsWith('json')) return found;
    const schema = pointerTo(...place, 'responses', `${answer.status}`, 'content', type, 'schema');
    return [...found, ...this.faultsOfBody(answer.body, schema)];
  }

  private faultsOfHeaders(answer: Answer, { headers = {} }: OpenApiResponse, place: readonly string[]): string[] {
    return Object.entries(headers).flatMap(([name, { required, schema }]) => {
      const value = answer.headers[name.toLowerCase()];
      if (value === undefined) return required ? [`the header ${name} is missing`] : [];
      const validate = this.validator(pointerTo(...place, 'headers', name, 'schema'));
      const right = validate(schema.type === 'integer' ? Number(value) : value);
      return right ? [] : [`the header ${name} is ${JSON.stringify(value)}`];
    });
  }

  private faultsOfBody(body: string, schema: string): string[] {
    const validate = this.validator(schema);
    try {
      if (validate(JSON.parse(body))) return [];
    } catch {
      return [`the body is no JSON: ${body.slice(0, 200)}`];
    }
    return [`${this.ajv.errorsText(validate.errors, { dataVar: 'body' })}: ${body.slice(0, 500)}`];
  }

  /** Compiled when it is needed first: most specs meet few operations. */
  private validator(pointer: string): ValidateFunction {
    const known = this.validators.get(pointer) ?? this.ajv.compile({ $ref: `openapi${pointer}` });
    this.validators.set(pointer, known);
    return known;
  }
}

/**
 * Clients may be told more some day, so the document does not forbid it; a field that it does not name is a fault here.
 */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const { allOf, ...rest } = value as JsonSchema;
  const inner = Object.fromEntries(Object.entries(rest).map(([key, one]) => [key, closed(one)]));
  // What allOf combines is closed where it is defined.
  if (allOf) return { ...inner, allOf };
  const isObject = rest.type === 'object' && rest.properties !== undefined;
  return isObject && rest.additionalProperties === undefined ? { ...inner, additionalProperties: false } : inner;
}

function patternOf(path: string): RegExp {
  const escaped = path.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`, 's');
}

/** The path as the router reads it; null where it is no URL. */
function decoded(url: string): string | null {
  try {
    return decodeURI(url.split(/[?#]/, 1)[0] as string);
  } catch {
    return null;
  }
}

function mediaTypeOf(headers: Answer['headers']): string | undefined {
  const type = headers['content-type'];
  return typeof type === 'string' ? type.split(';', 1)[0]?.trim().toLowerCase() : undefined;
}
