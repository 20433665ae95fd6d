import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isFresh } from '../http/caching';
import { inTurns } from './downloads';

/** A file in pieces; `version` is a text that changes with its content. */
export interface VersionedFile {
  readonly version: string;
  readonly pieces: AsyncIterable<string>;
}

/** Answers with JSON, streamed; what fails before the first piece is a problem. `final`: it will never change. */
export async function sendVersionedJson(
  request: FastifyRequest,
  reply: FastifyReply,
  { version, pieces }: VersionedFile,
  final: boolean,
): Promise<void> {
  if (isFresh(request, reply, { tag: hash('sha256', version, 'hex'), final })) return;
  const rest = inTurns(request, pieces)[Symbol.asyncIterator]();
  const first = await rest.next();
  // Fastify serves HEAD by reading what GET would send to its end.
  const isWanted = request.method !== 'HEAD' && !first.done;
  if (!isWanted) await rest.return?.();
  const content = isWanted ? resumed(first, rest) : [];
  await reply.type('application/json; charset=utf-8').send(Readable.from(content, { objectMode: false }));
}

/** Answers with the lines of the log that has this checkpoint, streamed. `final`: it will never change. */
export async function sendVersionedLines(
  request: FastifyRequest,
  reply: FastifyReply,
  list: { readonly checkpoint: string; readonly final: boolean; readonly lines: AsyncIterable<string> },
): Promise<void> {
  if (isFresh(request, reply, { tag: hash('sha256', list.checkpoint, 'hex'), final: list.final })) return;
  // Fastify serves HEAD by reading what GET would send to its end.
  const content = request.method === 'HEAD' ? [] : inTurns(request, list.lines);
  await reply.type('text/plain; charset=utf-8').send(Readable.from(content, { objectMode: false }));
}

/**
 * All pieces once more after the first was taken. No generator: one that ends before it is begun would not end `rest`.
 */
function resumed<T>(first: IteratorResult<T>, rest: AsyncIterator<T>): AsyncIterable<T> {
  let next: IteratorResult<T> | null = first;
  return {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        const taken = next ?? (await rest.next());
        next = null;
        return taken;
      },
      return: async () => (await rest.return?.()) ?? { done: true, value: undefined },
    }),
  };
}
