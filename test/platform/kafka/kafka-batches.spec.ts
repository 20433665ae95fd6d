import { getEventListeners } from 'node:events';
import type { EachBatchPayload } from 'kafkajs';
import { KafkaBatches } from '../../../src/platform/kafka/kafka-batches';
import type { KafkaProducer } from '../../../src/platform/kafka/kafka-producer';
import { RetryingHandler } from '../../../src/platform/kafka/retrying-handler';
import { pause } from '../../support/pause';

/** How many listeners, and signals made of it, a signal keeps. Node has no question for the latter. */
function kept(signal: AbortSignal): number {
  const dependants = Object.getOwnPropertySymbols(signal).find(
    ({ description }) => description === 'kDependantSignals',
  );
  const known = (signal as unknown as Record<symbol, { size: number } | null>)[dependants ?? Symbol()];
  return getEventListeners(signal, 'abort').length + (known?.size ?? 0);
}

function fetched(count: number, heartbeat = () => Promise.resolve()): EachBatchPayload {
  const messages = Array.from({ length: count }, (_, i) => ({ offset: String(i), timestamp: '0', value: null }));
  return {
    batch: { topic: 'topic', partition: 0, messages },
    isRunning: () => true,
    isStale: () => false,
    heartbeat,
    resolveOffset: () => undefined,
    commitOffsetsIfNecessary: () => Promise.resolve(),
  } as unknown as EachBatchPayload;
}

describe('batches from Kafka', () => {
  const stopping = new AbortController();
  const batches = (handle: () => Promise<never[]>, heartbeatMs = 1_000) =>
    new KafkaBatches(
      new RetryingHandler({ handle }),
      {} as KafkaProducer,
      { groupId: 'group', maxBatch: 1, heartbeatMs },
      stopping.signal,
    );

  it('leave nothing behind with the signal that outlives them', async () => {
    let handled = 0;
    await batches(() => Promise.resolve((handled++, []))).handle(fetched(50));
    expect(handled).toBe(50);
    expect(kept(stopping.signal)).toBe(0);
  });

  it('end with what the group has said where it has lost this member', async () => {
    const lost = new Error('the group is sharing anew');
    const away = Object.assign(new Error('the database is away'), { code: 'ECONNREFUSED' });
    const heartbeat = () => Promise.reject(lost);
    const handling = batches(() => pause(20).then(() => Promise.reject(away)), 5).handle(fetched(1, heartbeat));
    await expect(handling).rejects.toBe(lost);
  });
});
