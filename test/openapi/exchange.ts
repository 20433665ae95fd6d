import { Agent, request as send } from 'node:http';
import type { OpenApiLink } from '../support/openapi-document';
import type { Caller, Step } from './inputs';
import { Input, Operation, placeOf } from './operations';

/** Whoever waits so long is not answered at all. */
const ANSWER_LIMIT_MS = 10_000;

export interface Reply {
  readonly status: number;
  readonly text: string;
  /** Of the problem, null where it is none. */
  readonly code: string | null;
}

/** Sends what the URL parser of a client would already have put right. */
export class Exchange {
  private readonly agent = new Agent({ keepAlive: true });

  constructor(
    private readonly url: string,
    private readonly headersOf: Readonly<Record<Caller, Readonly<Record<string, string>>>>,
  ) {}

  send({ operation, input, caller, raw }: Step): Promise<Reply> {
    const { hostname, port } = new URL(this.url);
    const body = raw?.text ?? (input.body === undefined ? '' : JSON.stringify(input.body));
    const headers = {
      ...this.headersOf[caller],
      ...Object.fromEntries(given(operation, input, 'header')),
      ...(body !== '' && { 'content-type': raw?.type ?? 'application/json' }),
      'content-length': String(Buffer.byteLength(body)),
    };
    const path = pathOf(operation, input);
    return new Promise((resolve, reject) => {
      const sent = send({ hostname, port, path, method: operation.method, headers, agent: this.agent }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        response.on('error', reject).on('end', () => {
          resolve({ status: response.statusCode ?? 0, text, code: codeOf(text) });
        });
      });
      sent.setTimeout(ANSWER_LIMIT_MS, () => sent.destroy(new Error(`no answer to ${operation.method} ${path}`)));
      sent.on('error', reject).end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

/** What answers have linked to: inputs for the operations that may follow. */
export class Links {
  private readonly known = new Map<string, Input[]>();

  /** The step with what earlier answers gave, where they gave something for it. */
  follow(step: Step): Step {
    const { operation, input, pick } = step;
    const known = pick === null ? [] : (this.known.get(operation.id) ?? []);
    const link = known[(pick ?? 0) % Math.max(known.length, 1)];
    if (link === undefined) return step;
    const parameters = { ...input.parameters };
    for (const parameter of operation.parameters) {
      const value = link.parameters[parameter.name];
      if (value !== undefined) parameters[placeOf(parameter)] = value;
    }
    const body = link.body === undefined ? input.body : { ...(input.body as object), ...(link.body as object) };
    return { ...step, input: { parameters, ...(body !== undefined && { body }) } };
  }

  /** Remembers what this answer links to. */
  add({ operation, input }: Step, { status, text }: Reply): void {
    const links = Object.values(operation.described.responses[status]?.links ?? {});
    if (links.length === 0) return;
    const sources = { response: JSON.parse(text) as unknown, request: input };
    for (const link of links) {
      const input = resolved(link, sources);
      if (input) this.known.set(link.operationId, [...(this.known.get(link.operationId) ?? []), input]);
    }
  }

  /** Operations that something has linked to. */
  get targets(): ReadonlySet<string> {
    return new Set(this.known.keys());
  }
}

interface Sources {
  readonly response: unknown;
  readonly request: Input;
}

/** Null where the answer lacks what the link asks for, as the list of receipts lacks the id of one. */
function resolved({ parameters = {}, 'x-request-body': requestBody }: OpenApiLink, sources: Sources): Input | null {
  let isWhole = true;
  const values = (expressions: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(expressions).map(([name, one]) => {
        const value = valueOf(one, sources);
        isWhole &&= value !== undefined;
        return [name, String(value)];
      }),
    );
  const input = { parameters: values(parameters), ...(requestBody && { body: values(requestBody) }) };
  return isWhole ? input : null;
}

/** Runtime expressions (OpenAPI 3.1 section 4.8.20.3), as far as the document has them. */
function valueOf(expression: string, { response, request }: Sources): unknown {
  const [, source = '', place = ''] = /^\$(response\.body#|request\.body#|request\.path\.)(.*)$/.exec(expression) ?? [];
  if (source === 'request.path.') return request.parameters[`path.${place}`];
  const body = source === 'response.body#' ? response : request.body;
  return place
    .split('/')
    .slice(1)
    .reduce((value, step) => (value as Record<string, unknown>)[step], body);
}

function pathOf(operation: Operation, input: Input): string {
  const values = new Map(given(operation, input, 'path'));
  const path = operation.path.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(values.get(name) ?? ''),
  );
  const query = given(operation, input, 'query').map((pair) => pair.map(encodeURIComponent).join('='));
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

function given({ parameters }: Operation, input: Input, place: string): [name: string, value: string][] {
  return parameters.flatMap((parameter) => {
    const value = parameter.in === place ? input.parameters[placeOf(parameter)] : undefined;
    return value === undefined ? [] : [[parameter.name, value] as [string, string]];
  });
}

function codeOf(text: string): string | null {
  try {
    return (JSON.parse(text) as { code?: string } | null)?.code ?? null;
  } catch {
    return null;
  }
}
