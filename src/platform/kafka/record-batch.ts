import { isUtf8 } from 'node:buffer';
import type { IHeaders, KafkaMessage } from 'kafkajs';
import { crc32c } from './crc-32c';
import { decompress } from './decompress';
import { WireReader } from './wire-reader';

/** Why a batch of messages cannot be read. */
export interface Unreadable {
  /** The offset of its first message, as the batch says. */
  readonly firstOffset: string;
  readonly reason: string;
}

/** A message as the client's consumer passes it on. */
export type FetchedMessage = KafkaMessage & {
  /** It stands for a batch that cannot be read; its offset is that of the batch's last message. */
  readonly unreadable?: Unreadable;
  /** For the client, which hides transactions that were aborted. */
  readonly isControlRecord: boolean;
  readonly batchContext: { readonly producerId: string; readonly inTransaction: boolean };
};

/** Offset, length, epoch, format, checksum, and so on up to the count (Kafka protocol guide, "Record Batch"). */
const HEADER_BYTES = 61;
const LENGTH_ENDS_AT = 12;
const CHECKSUM_FROM = 21;
const FORMAT = 2;
const CODEC = 0x07;
const LOG_APPEND_TIME = 0x08;
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;
/** What is decoded of a partition at a time, but at least one batch: memory, and time in which nothing else runs. */
const ENOUGH_BYTES = 4 * 1024 * 1024;
/** An offset that no message has: where the batch ends is unknown, so it cannot be skipped. */
export const UNKNOWN_OFFSET = String(2n ** 63n - 1n);

/**
 * Reads the batches of a partition, up to the first that cannot be read: a message stands for that one. The last may be
 * incomplete, because brokers cut answers off; it is left out.
 *
 * @param end the offset after the last message of the partition.
 */
export function readBatches(bytes: Buffer, end: bigint): FetchedMessage[] {
  const messages: FetchedMessage[] = [];
  let read = 0;
  for (let at = 0; at + HEADER_BYTES <= bytes.length && read < ENOUGH_BYTES;) {
    const length = LENGTH_ENDS_AT + bytes.readInt32BE(at + LENGTH_ENDS_AT - 4);
    const isWhole = length >= HEADER_BYTES && at + length <= bytes.length;
    if (!isWhole && length > bytes.length - at && at > 0) break;
    try {
      if (!isWhole) throw new RangeError('its length is wrong');
      read += readBatch(bytes.subarray(at, at + length), messages);
    } catch (error) {
      const last = isWhole ? lastOffset(bytes, at, at + length, end) : UNKNOWN_OFFSET;
      messages.push(standIn(bytes.subarray(at), last, error as Error));
      break;
    }
    at += length;
  }
  return messages;
}

/** @returns how many bytes it is, once decompressed. */
function readBatch(batch: Buffer, messages: FetchedMessage[]): number {
  const format = batch.readInt8(16);
  if (format !== FORMAT) throw new Error(`its format is ${format}, not ${FORMAT}`);
  if (crc32c(batch.subarray(CHECKSUM_FROM)) !== batch.readUInt32BE(17)) throw new Error('its checksum is wrong');
  const records = decompress(batch.readInt16BE(21) & CODEC, batch.subarray(HEADER_BYTES));
  const [reader, facts, count] = [new WireReader(records), factsOf(batch), batch.readInt32BE(57)];
  const read: FetchedMessage[] = [];
  for (let i = 0; i < count; i++) read.push(readRecord(reader, facts));
  for (const message of read) messages.push(message);
  return records.length;
}

/** What the messages of a batch have in common. */
function factsOf(batch: Buffer) {
  const attributes = batch.readInt16BE(21);
  return {
    firstOffset: batch.readBigInt64BE(0),
    firstSentAt: batch.readBigInt64BE(27),
    storedAt: (attributes & LOG_APPEND_TIME) === 0 ? null : String(batch.readBigInt64BE(35)),
    isControlRecord: (attributes & CONTROL) !== 0,
    batchContext: {
      producerId: String(batch.readBigInt64BE(43)),
      inTransaction: (attributes & TRANSACTIONAL) !== 0,
    },
  };
}

function readRecord(record: WireReader, facts: ReturnType<typeof factsOf>): FetchedMessage {
  const length = record.varint();
  const end = record.position + length;
  record.skip(1);
  const timestamp = String(facts.firstSentAt + BigInt(record.varint()));
  const offset = String(facts.firstOffset + BigInt(record.varint()));
  const [key, value] = [record.varintBytes(), record.varintBytes()];
  const headers = readHeaders(record);
  if (record.position !== end) throw new RangeError('a message in it is longer or shorter than it says');
  const { isControlRecord, batchContext, storedAt } = facts;
  return {
    offset,
    timestamp: storedAt ?? timestamp,
    attributes: 0,
    key,
    value,
    headers,
    isControlRecord,
    batchContext,
  };
}

/** Names come from outside: the object has no prototype. A name that is not UTF-8 is read byte by byte, as Latin-1. */
function readHeaders(record: WireReader): IHeaders {
  const headers = Object.create(null) as Record<string, Buffer | Buffer[]>;
  for (let left = record.varint(); left > 0; left--) {
    const bytes = record.varintBytes() ?? Buffer.alloc(0);
    const name = bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
    // The client's type does not say that a header may have no value.
    const value = record.varintBytes() as Buffer;
    const known = headers[name];
    if (known === undefined) headers[name] = value;
    else if (Array.isArray(known)) known.push(value);
    else headers[name] = [known, value];
  }
  return headers;
}

/** What a spoilt batch says of its last offset is bounded by where the next one begins, and by the partition's end. */
function lastOffset(bytes: Buffer, at: number, next: number, end: bigint): string {
  const first = bytes.readBigInt64BE(at);
  const last = first + BigInt(Math.max(0, bytes.readInt32BE(at + 23)));
  const following = next + HEADER_BYTES <= bytes.length ? bytes.readBigInt64BE(next) : end;
  const bound = following > first && following < end ? following : end;
  return String(last < bound ? last : bound - 1n);
}

function standIn(bytes: Buffer, offset: string, { message: reason }: Error): FetchedMessage {
  const { firstOffset, batchContext } = factsOf(bytes);
  return {
    isControlRecord: false,
    batchContext,
    offset,
    timestamp: '-1',
    attributes: 0,
    key: null,
    value: null,
    headers: {},
    unreadable: { firstOffset: String(firstOffset), reason },
  };
}
