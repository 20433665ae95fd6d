/** Sends POST requests over keep-alive connections, each with players of its own, and reports. Started by Child. */
import { performance } from 'node:perf_hooks';
import autocannon from 'autocannon';
import type { Load, Measured } from './support/load';

/** How often autocannon looks whether it is done. */
const SAMPLE_MS = 100;

process.on('message', (load: Load) => {
  void send(load).then((measured) => process.send?.(measured));
});

async function send({ url, connections, requests, tokens, body }: Load): Promise<Measured> {
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
      client.setRequests(clients.next().value?.map((token) => requestOf(token, body)) ?? []);
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

function requestOf(token: string, body?: object): autocannon.Request {
  const headers = { authorization: `Bearer ${token}` };
  if (!body) return { method: 'POST', headers };
  return { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
