import { getEventListeners } from 'node:events';
import { Logger } from '@nestjs/common';
import type { EachBatchPayload } from 'kafkajs';
import type { BatchHandler } from '../../../src/shared/application/batch-handler';
import { NoMetrics } from '../../../src/shared/application/metrics';
import { KafkaBatches } from '../../../src/platform/kafka/kafka-batches';
import type { KafkaProducer, TopicMessage } from '../../../src/platform/kafka/kafka-producer';
import { RetryingHandler } from '../../../src/platform/kafka/retrying-handler';
import type { SkipMarks } from '../../../src/platform/kafka/skip-marks';
import { StoppedPartitions } from '../../../src/platform/kafka/stopped-partitions';
import { pause } from '../../support/pause';

/** How many listeners, and signals made of it, a signal keeps. Node has no question for the latter. */
function kept(signal: AbortSignal): number {
  const dependants = Object.getOwnPropertySymbols(signal).find(
    ({ description }) => description === 'kDependantSignals',
  );
  const known = (signal as unknown as Record<symbol, { size: number } | null>)[dependants ?? Symbol()];
  return getEventListeners(signal, 'abort').length + (known?.size ?? 0);
}

/** What a batch of the client did. */
class Fetched {
  committed = '';
  resolved = '';
  pauses = 0;
  resumes = 0;

  payload(offsets: readonly object[], heartbeat = () => Promise.resolve()): EachBatchPayload {
    const messages = offsets.map((message, i) => ({ offset: String(i), timestamp: '0', value: null, ...message }));
    return {
      batch: { topic: 'topic', partition: 0, messages },
      isRunning: () => true,
      isStale: () => false,
      heartbeat,
      pause: () => (this.pauses++, () => void this.resumes++),
      resolveOffset: (offset: string) => (this.resolved = offset),
      commitOffsetsIfNecessary: ({ topics }: { topics: [{ partitions: [{ offset: string }] }] }) =>
        Promise.resolve((this.committed = topics[0].partitions[0].offset)),
    } as unknown as EachBatchPayload;
  }
}

const some = (count: number): object[] => Array.from({ length: count }, () => ({}));
const unreadable = { offset: '9', unreadable: { firstOffset: '2', reason: 'its checksum is wrong' } };

describe('batches from Kafka', () => {
  const stopping = new AbortController();
  const said: string[] = [];
  let fetched: Fetched;
  let sent: TopicMessage[];
  let skipped: bigint | null;

  const batches = (handle: BatchHandler['handle'], { heartbeatMs = 1_000, maxBatch = 1 } = {}) => {
    const marks = { has: (_: object, offset: bigint) => Promise.resolve(offset === skipped) } as SkipMarks;
    const producer = { send: (letters: TopicMessage[]) => Promise.resolve(void sent.push(...letters)) };
    return new KafkaBatches(
      new RetryingHandler({ handle }),
      producer as unknown as KafkaProducer,
      new StoppedPartitions(marks, ['topic'], new NoMetrics()),
      { groupId: 'group', maxBatch, heartbeatMs, retryStoppedMs: 1 },
      stopping.signal,
    );
  };

  beforeEach(() => {
    [fetched, sent, skipped] = [new Fetched(), [], null];
    said.length = 0;
    Logger.overrideLogger({ log: () => 0, warn: () => 0, error: (line: string) => said.push(line) });
  });
  afterAll(() => Logger.overrideLogger(false));

  it('leave nothing behind with the signal that outlives them', async () => {
    let handled = 0;
    await batches(() => Promise.resolve((handled++, []))).handle(fetched.payload(some(50)));
    expect(handled).toBe(50);
    expect(kept(stopping.signal)).toBe(0);
  });

  it('end with what the group has said where it has lost this member', async () => {
    const lost = new Error('the group is sharing anew');
    const away = Object.assign(new Error('the database is away'), { code: 'ECONNREFUSED' });
    const heartbeat = () => Promise.reject(lost);
    const handling = batches(() => pause(20).then(() => Promise.reject(away)), { heartbeatMs: 5 });
    await expect(handling.handle(fetched.payload(some(1), heartbeat))).rejects.toBe(lost);
  });

  describe('with one that cannot be read', () => {
    const handle = () => Promise.resolve([]);

    it('are handled up to it; the partition waits and says where and why', async () => {
      await batches(handle, { maxBatch: 100 }).handle(fetched.payload([...some(2), unreadable]));
      expect(fetched).toMatchObject({ committed: '2', resolved: '1', pauses: 1 });
      expect(said).toEqual([expect.stringMatching(/Partition 0 of topic has stopped at offset 2;.*checksum/)]);
    });

    it('are tried again after a while, and say so once', async () => {
      const again = batches(handle);
      for (let i = 1; i <= 5; i++) {
        await again.handle(fetched.payload([unreadable]));
        await pause(5);
        expect(fetched).toMatchObject({ committed: '', pauses: i, resumes: i });
      }
      expect(said).toHaveLength(1);
    });

    it('go on behind it when it is to be skipped; another one is not meant', async () => {
      skipped = 1n;
      await batches(handle).handle(fetched.payload([unreadable]));
      expect(fetched.committed).toBe('');
      skipped = 2n;
      await batches(handle).handle(fetched.payload([unreadable]));
      expect(fetched).toMatchObject({ committed: '10', resolved: '9' });
      expect(sent).toEqual([]);
    });

    it('wait also where nobody knows where it ends', async () => {
      skipped = 2n;
      await batches(handle).handle(fetched.payload([{ ...unreadable, offset: String(2n ** 63n - 1n) }]));
      expect(fetched).toMatchObject({ committed: '', pauses: 1 });
    });
  });

  describe('with one that we fail to handle', () => {
    let failing = true;
    const handle: BatchHandler['handle'] = async (messages) => {
      if (failing && messages.some(({ id }) => id === 'topic-0-3-0')) throw new TypeError('a defect');
      return [];
    };

    beforeEach(() => (failing = true));

    it('are handled up to it, and no message is refused', async () => {
      await batches(handle, { maxBatch: 100 }).handle(fetched.payload(some(8)));
      expect(fetched).toMatchObject({ committed: '3', resolved: '2', pauses: 1 });
      expect(sent).toEqual([]);
      expect(said).toEqual([expect.stringMatching(/stopped at offset 3;.*TypeError: a defect/)]);
    });

    it('go on where it can be handled later', async () => {
      const again = batches(handle, { maxBatch: 100 });
      await again.handle(fetched.payload(some(8)));
      failing = false;
      await again.handle(
        fetched.payload(
          some(8)
            .slice(3)
            .map((_, i) => ({ offset: String(i + 3) })),
        ),
      );
      expect(fetched.committed).toBe('8');
    });

    it('make it a dead letter when it is to be skipped', async () => {
      skipped = 3n;
      await batches(handle, { maxBatch: 100 }).handle(fetched.payload(some(8)));
      expect(fetched).toMatchObject({ committed: '8', pauses: 0 });
      expect(sent).toMatchObject([{ topic: 'topic.dlq', message: { headers: { dlq_offset: '3' } } }]);
    });
  });
});
