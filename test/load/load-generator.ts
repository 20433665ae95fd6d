/** Sends POST requests over keep-alive connections, each with players of its own, and reports. Started by Child. */
import { performance } from 'node:perf_hooks';
import autocannon from 'autocannon';
import type { Load, Measured } from './support/load';

/** How often autocannon looks whether it is done. */
const SAMPLE_MS = 100;

process.on('message', (load: Load) => {
  void send(load).then((measured) => process.send?.(measured));
});

async function send({ url, connections, requests, tokens }: Load): Promise<Measured> {
  const clients = Array.from({ length: connections }, (_, i) =>
    tokens.filter((_, j) => j % connections === i),
  ).values();
  const amount = Math.max(requests, connections);
  const startedAt = performance.now();
  let answeredAt = startedAt;
  const result = await autocannon({
    url,
    connections,
    amount,
    sampleInt: SAMPLE_MS,
    setupClient: (client) => {
      client.setRequests(clients.next().value?.map(requestOf) ?? []);
      client.on('response', () => (answeredAt = performance.now()));
    },
  });
  const created = result.statusCodeStats?.['201']?.count ?? 0;
  return {
    created,
    refused: amount - created,
    perSecond: (1_000 * created) / (answeredAt - startedAt),
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
  };
}

function requestOf(token: string): autocannon.Request {
  return { method: 'POST', headers: { authorization: `Bearer ${token}` } };
}
