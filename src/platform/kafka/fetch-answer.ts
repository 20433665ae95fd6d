import { createRequire } from 'node:module';
import { invariant } from '../../shared/domain/invariant';
import { FetchedMessage, readBatches } from './record-batch';
import { WireReader } from './wire-reader';

interface FetchedPartition {
  readonly partition: number;
  readonly errorCode: number;
  readonly highWatermark: string;
  readonly lastStableOffset: string;
  readonly abortedTransactions: readonly { readonly producerId: string; readonly firstOffset: string }[];
  readonly preferredReadReplica: number;
  readonly messages: readonly FetchedMessage[];
}

interface FetchAnswer {
  readonly throttleTime: number;
  readonly clientSideThrottleTime: number;
  readonly errorCode: number;
  readonly sessionId: number;
  readonly responses: readonly { readonly topicName: string; readonly partitions: readonly FetchedPartition[] }[];
}

/** How the client reads the answers to Fetch requests of version 11, the one that all brokers since Kafka 2.3 speak. */
const client = createRequire(__filename)('kafkajs/src/protocol/requests/fetch/v11/response') as {
  decode: (answer: Buffer) => Promise<FetchAnswer>;
};

/**
 * Makes the client read fetched messages in our way: one batch that cannot be read leaves all others readable.
 * The client's own way fails for all partitions, knows one codec of four, checks no checksum, mixes the names of
 * headers with those of Object.prototype, and has no bound.
 */
export function readFetchesOurselves(): void {
  invariant(typeof client.decode === 'function', 'kafkajs decodes fetches as version 2.2.4 does');
  client.decode = async (answer) => readFetchAnswer(answer);
}

/** Kafka protocol guide, "Fetch Response (Version: 11)". */
function readFetchAnswer(bytes: Buffer): FetchAnswer {
  const reader = new WireReader(bytes);
  return {
    // As the client does: the broker has not throttled, and expects us to wait.
    throttleTime: 0,
    clientSideThrottleTime: reader.int32(),
    errorCode: reader.int16(),
    sessionId: reader.int32(),
    responses: reader.array(() => ({
      topicName: reader.string(),
      partitions: reader.array(() => readPartition(reader)),
    })),
  };
}

function readPartition(reader: WireReader): FetchedPartition {
  const partition = reader.int32();
  const errorCode = reader.int16();
  const highWatermark = reader.int64();
  const lastStableOffset = String(reader.int64());
  reader.int64();
  return {
    partition,
    errorCode,
    highWatermark: String(highWatermark),
    lastStableOffset,
    abortedTransactions: reader.array(() => ({
      producerId: String(reader.int64()),
      firstOffset: String(reader.int64()),
    })),
    preferredReadReplica: reader.int32(),
    messages: readBatches(reader.take(Math.max(0, reader.int32())), highWatermark),
  };
}
