import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isFresh } from './caching';

/** A reader that takes nothing for this long is gone; a slow one takes a little all the time. */
const STALLED_READER_MS = 60_000;

/** Answers with a bundle as indented JSON. `final`: it will never change. */
export async function sendVersionedJson(
  request: FastifyRequest,
  reply: FastifyReply,
  { bundle, final }: { readonly bundle: object; readonly final: boolean },
): Promise<void> {
  const text = `${JSON.stringify(bundle, null, 2)}\n`;
  if (isFresh(request, reply, { tag: hash('sha256', text, 'hex'), final })) return;
  await reply.type('application/json; charset=utf-8').send(text);
}

/** Answers with the lines of the log that has this checkpoint, streamed. `final`: it will never change. */
export async function sendVersionedLines(
  request: FastifyRequest,
  reply: FastifyReply,
  list: { readonly checkpoint: string; readonly final: boolean; readonly lines: AsyncIterable<string> },
): Promise<void> {
  if (isFresh(request, reply, { tag: hash('sha256', list.checkpoint, 'hex'), final: list.final })) return;
  reply.raw.setTimeout(STALLED_READER_MS, () => reply.raw.destroy());
  // Fastify serves HEAD by reading what GET would send to its end.
  const content = request.method === 'HEAD' ? [] : list.lines;
  await reply.type('text/plain; charset=utf-8').send(Readable.from(content, { objectMode: false }));
}
