import fc from 'fast-check';
import type { OpenApiDocument, OpenApiParameter } from '../support/openapi-document';
import { allowedBy, junk } from './arbitraries';
import { Input, Operation, placeOf } from './operations';

/** Who asks. `forger` has a token that nobody signed. */
export type Caller = 'nobody' | 'forger' | 'player' | 'admin' | 'operator';

export interface Step {
  readonly operation: Operation;
  readonly input: Input;
  readonly caller: Caller;
  /** Sent as it is, in place of the body. */
  readonly raw?: { readonly type: string; readonly text: string };
  /** Which of the things that earlier answers linked to take the place of what was made up; null: none. */
  readonly pick: number | null;
}

const RAW_TYPES = [
  'application/json',
  'text/plain',
  'application/json; charset=utf-16',
  'multipart/form-data; boundary=x',
];

/** Requests that the document allows, mostly by whom it is for. */
export function rightSteps(operation: Operation, document: OpenApiDocument): fc.Arbitrary<Step> {
  return fc.record({
    operation: fc.constant(operation),
    input: rightInputs(operation, document),
    caller: callers(operation),
    pick: fc.option(fc.nat(1_000), { freq: 4 }),
  });
}

/** Requests with something wrong somewhere, mostly. Whether it is, the document decides. */
export function wrongSteps(operation: Operation, document: OpenApiDocument): fc.Arbitrary<Step> {
  const spoilt = rightInputs(operation, document).chain((input) => spoil(operation, input));
  const raw = fc.record({
    type: fc.constantFrom(...RAW_TYPES),
    text: fc.oneof(fc.string(), fc.constantFrom('{', '[]', '{"a":1}')),
  });
  return fc
    .record({
      operation: fc.constant(operation),
      input: spoilt,
      caller: callers(operation),
      raw: operation.body ? fc.option(raw, { freq: 5, nil: undefined }) : fc.constant(undefined),
      pick: fc.constant(null),
    })
    .map(({ raw: given, ...step }) => (given ? { ...step, raw: given } : step));
}

function rightInputs(operation: Operation, document: OpenApiDocument): fc.Arbitrary<Input> {
  const parameters = fc.record(
    Object.fromEntries(
      operation.parameters.map((one) => [
        placeOf(one),
        allowedBy(one.schema, document).map((value) => (one.in === 'header' ? asHeader(String(value)) : String(value))),
      ]),
    ),
    { requiredKeys: operation.parameters.filter(({ required }) => required).map(placeOf) },
  );
  if (operation.body === null) return parameters.map((made) => ({ parameters: made }));
  const body = allowedBy(operation.body.schema, document);
  const sent = operation.body.required ? body : fc.option(body, { nil: undefined });
  return fc
    .tuple(parameters, sent)
    .map(([made, given]) => ({ parameters: made, ...(given !== undefined && { body: given }) }));
}

/** One place of the input gets junk, or goes missing, or there is one too many. */
function spoil(operation: Operation, input: Input): fc.Arbitrary<Input> {
  const spoilers = [
    ...operation.parameters.map((parameter) => spoilParameter(parameter, input)),
    ...(operation.body ? [spoilBody(input)] : []),
  ];
  return spoilers.length === 0 ? fc.constant(input) : fc.oneof(...spoilers);
}

function spoilParameter(parameter: OpenApiParameter, input: Input): fc.Arbitrary<Input> {
  const place = placeOf(parameter);
  const texts = junk().map((value) =>
    (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll(/\p{Cs}/gu, '\ufffd'),
  );
  const values =
    parameter.in === 'header'
      ? texts.map(asHeader)
      : parameter.in === 'path'
        ? texts.filter((one) => one !== '')
        : texts;
  return values.map((value) => ({ ...input, parameters: { ...input.parameters, [place]: value } }));
}

function spoilBody({ parameters, body = {} }: Input): fc.Arbitrary<Input> {
  const names = Object.keys(body as object);
  const name = fc.oneof(
    fc.constantFrom(...names, 'extra'),
    fc.string({ minLength: 1 }).filter((one) => one !== '__proto__'),
  );
  return fc.oneof(
    fc.tuple(name, junk()).map(([field, value]) => ({ parameters, body: { ...(body as object), [field]: value } })),
    name.map((field) => ({
      parameters,
      body: Object.fromEntries(Object.entries(body as object).filter(([other]) => other !== field)),
    })),
    junk().map((value) => ({ parameters, body: value })),
    fc.constant({ parameters }),
  );
}

/** What Node would not send is left out, as are the spaces that HTTP takes away. */
function asHeader(text: string): string {
  return text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '').replaceAll(/^[\t ]+|[\t ]+$/g, '');
}

function callers({ scheme }: Operation): fc.Arbitrary<Caller> {
  const right = scheme === 'internal-token' ? 'operator' : 'admin';
  if (scheme === null) return fc.constantFrom<Caller>('nobody', 'player');
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant<Caller>(right) },
    { weight: 1, arbitrary: fc.constantFrom<Caller>('nobody', 'forger', 'player') },
  );
}
