import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import supertest from 'supertest';
import { Contract } from './contract';
import { addContractFaults } from './contract-faults';
import type { OpenApiDocument } from './openapi-document';

/** Reading the document and compiling what is met costs once for each spec. */
let contract: Contract | null = null;

/**
 * Holds what this server answers against the document that it serves, as it leaves. Call it before the routes are made.
 */
export function watchAnswers(fastify: FastifyInstance): void {
  const tapped = new WeakSet<ServerResponse>();
  const watch = (request: IncomingMessage, response: ServerResponse) => {
    if (tapped.has(response)) return;
    tapped.add(response);
    tap(request, response);
  };
  fastify.server.prependListener('request', watch);
  // What is injected reaches no server.
  fastify.addHook('onRequest', (request, reply, done) => {
    watch(request.raw, reply.raw);
    done();
  });
}

/** Once the service is ready; until then nothing is held against anything. */
export async function readContract(fastify: FastifyInstance): Promise<void> {
  if (contract) return;
  // As somebody else, who uses up nothing of what those under test may ask.
  const { statusCode, json } = await fastify.inject({ url: '/openapi.json', remoteAddress: '192.0.2.1' });
  // Without the role api there is neither the document nor what it describes.
  if (statusCode === 200) contract = new Contract(json<OpenApiDocument>());
}

/** A client whose answers are held against the document of the service in another process. */
export async function watchingClient(url: string): Promise<() => ReturnType<typeof supertest>> {
  const { status, body } = await supertest(url).get('/openapi.json');
  if (status !== 200) return () => supertest(url);
  contract ??= new Contract(body as OpenApiDocument);
  return () =>
    supertest.agent(url).on('response', ({ req, status, headers, text }: supertest.Response & { req: ClientSide }) => {
      check({ method: req.method, url: req.path, status, headers: headers, body: text });
    });
}

type ClientSide = { readonly method: string; readonly path: string };

function check(answer: Parameters<Contract['faultsOf']>[0]): void {
  if (contract) addContractFaults(contract.faultsOf(answer));
}

/** Text is not kept: of a list of ballots it would be a lot, and all text is as good. */
function tap(request: IncomingMessage, response: ServerResponse): void {
  const { write, end, writeHead } = response;
  const pieces: Buffer[] = [];
  let headers: Record<string, unknown> = {};
  const keep = (piece: unknown) => {
    if (typeof piece === 'string' || piece instanceof Uint8Array) pieces.push(Buffer.from(piece as string));
  };
  const isText = () => /^text\//.test(String({ ...response.getHeaders(), ...headers }['content-type']));
  const patched = {
    writeHead: (...given: unknown[]) => {
      const last = given.at(-1);
      if (typeof last === 'object' && last !== null && !Array.isArray(last)) headers = lowerCased(last);
      return Reflect.apply(writeHead, response, given) as unknown;
    },
    write: (...given: unknown[]) => {
      if (!isText()) keep(given[0]);
      return Reflect.apply(write, response, given) as unknown;
    },
    end: (...given: unknown[]) => {
      if (!isText()) keep(given[0]);
      const { method = '', url = '' } = request;
      const all = { ...response.getHeaders(), ...headers };
      check({ method, url, status: response.statusCode, headers: all, body: Buffer.concat(pieces).toString() });
      return Reflect.apply(end, response, given) as unknown;
    },
  };
  Object.assign(response, patched);
}

function lowerCased(headers: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value as unknown]));
}
