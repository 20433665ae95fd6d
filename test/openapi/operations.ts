import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { toStringMethod } from 'fast-check';
import {
  JsonSchema,
  OpenApiDocument,
  OpenApiOperation,
  OpenApiParameter,
  pointerTo,
} from '../support/openapi-document';

/** What is sent: parameters by their place and name, as text, and the body as JSON. */
export interface Input {
  readonly parameters: Readonly<Record<string, string>>;
  /** Absent where no body is sent. */
  readonly body?: unknown;
}

/** One operation of the document, and what the document says of inputs. */
export class Operation {
  readonly id: string;
  readonly parameters: readonly OpenApiParameter[];
  readonly body: { readonly required: boolean; readonly schema: JsonSchema } | null;
  private readonly validators: Readonly<Record<string, ValidateFunction>>;
  private readonly validateBody: ValidateFunction | null;

  constructor(
    readonly method: string,
    readonly path: string,
    readonly described: OpenApiOperation,
    ajv: Ajv2020,
  ) {
    this.id = described.operationId;
    this.parameters = described.parameters ?? [];
    const at = (...steps: string[]) => ajv.compile({ $ref: `openapi${pointerTo('paths', path, method, ...steps)}` });
    this.validators = Object.fromEntries(
      this.parameters.map((parameter, index) => [placeOf(parameter), at('parameters', String(index), 'schema')]),
    );
    const schema = described.requestBody?.content['application/json']?.schema;
    this.body = schema === undefined ? null : { required: described.requestBody?.required === true, schema };
    this.validateBody = this.body && at('requestBody', 'content', 'application/json', 'schema');
  }

  /** How fast-check names it in a counterexample. */
  [toStringMethod](): string {
    return this.id;
  }

  /** The scheme by which callers say who they are, null where anybody may call. */
  get scheme(): string | null {
    return this.described.security.flatMap((scheme) => Object.keys(scheme))[0] ?? null;
  }

  /** Whether the document allows this input. */
  allows({ parameters, body }: Input): boolean {
    const right = this.parameters.every((parameter) => {
      const value = parameters[placeOf(parameter)];
      if (value === undefined) return parameter.required !== true;
      return this.validators[placeOf(parameter)]?.(read(parameter.schema, value)) === true;
    });
    if (!right || this.body === null) return right;
    return body === undefined ? !this.body.required : this.validateBody?.(body) === true;
  }
}

export function operationsOf(document: OpenApiDocument): Operation[] {
  const ajv = addFormats(new Ajv2020({ strict: false }));
  ajv.addFormat('idn-email', true);
  ajv.addSchema(document, 'openapi', undefined, false);
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => new Operation(method, path, described, ajv)),
  );
}

export function placeOf(parameter: Pick<OpenApiParameter, 'in' | 'name'>): string {
  return `${parameter.in}.${parameter.name}`;
}

/** A parameter is text; numbers and booleans are written as JSON writes them. */
function read({ type }: JsonSchema, value: string): unknown {
  if (type === 'integer') return /^-?(?:0|[1-9]\d*)$/.test(value) ? Number(value) : value;
  if (type === 'boolean') return value === 'true' ? true : value === 'false' ? false : value;
  return value;
}
