import { applyDecorators } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiProblem } from '../problems/api-problem';
import type { HttpProblem } from '../problems/http-problems';
import { sendProblem } from '../problems/problem.filter';
import { clientOf } from '../throttling/client-address';
import { routeConfig } from '../http/route-config';
import { cutSlowReader } from './slow-reader';
import { Turns } from './turns';
import { isGone, whenGone } from '../throttling/when-gone';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the answers of the route are long and are sent in pieces. */
    isDownload?: boolean;
  }
}

/** Downloads under way at most: together they hold some megabytes. */
const MAX_DOWNLOADS = 16;
/** Of one address, so that no single one has them all. */
const MAX_PER_ADDRESS = 4;
const RETRY_SECONDS = 5;
/** A refusal waits for this long: clients that ask again at once would otherwise be a flood. */
const REFUSAL_DELAY_MS = 1_000;
/** Refusals that wait at most; further ones go out at once. */
const MAX_DELAYED = 1_000;

const TOO_MANY: HttpProblem = {
  code: 'http.too-many-downloads',
  status: 503,
  title: 'too many downloads',
  detail: `At most ${MAX_PER_ADDRESS} downloads of one address, and ${MAX_DOWNLOADS} of all, are served at once.`,
  retryAfterSeconds: RETRY_SECONDS,
};

/** A route whose answers are long: few are sent at once, in turns, and a reader that is too slow is cut off. */
export const Download = () =>
  applyDecorators(routeConfig({ isDownload: true, hasOwnPlaces: true }), ApiProblem(TOO_MANY.status, TOO_MANY.code));

const turnsOf = new WeakMap<FastifyInstance, Turns>();

/** Refuses downloads beyond the bounds, before anything is done for them. */
export function boundDownloads(fastify: FastifyInstance): void {
  const underWay = new Map<string, number>();
  let all = 0;
  let delayed = 0;
  turnsOf.set(fastify, new Turns());
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.config.isDownload !== true) {
      done();
      return;
    }
    // There is nobody to answer, and nothing would say when a place is free again.
    if (isGone(request.raw, reply.raw)) return;
    const address = clientOf(request);
    const own = underWay.get(address) ?? 0;
    if (own >= MAX_PER_ADDRESS || all >= MAX_DOWNLOADS) {
      if (delayed >= MAX_DELAYED) {
        sendProblem(reply, TOO_MANY, request);
        return;
      }
      delayed++;
      setTimeout(() => {
        delayed--;
        sendProblem(reply, TOO_MANY, request);
      }, REFUSAL_DELAY_MS);
      return;
    }
    underWay.set(address, own + 1);
    all++;
    const stopWatching = cutSlowReader(reply.raw);
    whenGone(request.raw, reply.raw, () => {
      stopWatching();
      all--;
      const left = (underWay.get(address) as number) - 1;
      if (left === 0) underWay.delete(address);
      else underWay.set(address, left);
    });
    done();
  });
}

/** The pieces of a download, each made in the service's turn for all of them. */
export async function* inTurns({ server }: FastifyRequest, pieces: AsyncIterable<string>): AsyncIterable<string> {
  const turns = turnsOf.get(server) ?? new Turns();
  const rest = pieces[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await turns.take(() => rest.next());
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await rest.return?.();
  }
}
