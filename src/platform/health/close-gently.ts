import { setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { sendClientsAway } from '../http/http';
import { Readiness } from './readiness';

/** After the signal to stop: long enough to read the requests that have arrived already, and to answer them. */
const DRAIN_MS = 300;
/** Requests that are not answered by then are cut off; orchestrators kill after 30 s. */
const CLOSE_LIMIT_MS = 25_000;

/** Answers every request that has arrived, asks clients to close their connections, then stops. */
export async function closeGently(app: NestFastifyApplication): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  sendClientsAway(fastify);
  app.get(Readiness).leave();
  await sleep(DRAIN_MS);
  const limit = setTimeout(() => {
    fastify.server.closeAllConnections();
  }, CLOSE_LIMIT_MS);
  await app.close();
  clearTimeout(limit);
}
