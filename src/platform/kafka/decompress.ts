import { gunzipSync } from 'node:zlib';
import { Decompress } from 'fzstd';
import { decompressFrameSync } from 'lz4-napi';
import { uncompressSync } from 'snappy';

/**
 * Maximum size of a batch once decompressed. Senders' batches have one mebibyte at most, unless told otherwise; a few
 * bytes of zstd can become gigabytes.
 */
const MAX_BYTES = 32 * 1024 * 1024;

/** Java's Snappy streams begin so: blocks with their lengths follow, after two version numbers. */
const SNAPPY_STREAM = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const SNAPPY_STREAM_HEADER_BYTES = 16;
const LZ4_MAGIC_AND_DESCRIPTOR_BYTES = 7;

/** By the number in a batch's attributes (Kafka protocol guide, "Record Batch"). */
const CODECS: readonly ((bytes: Buffer) => Buffer)[] = [
  (bytes) => bytes,
  (bytes) => gunzipSync(bytes, { maxOutputLength: MAX_BYTES }),
  snappy,
  lz4,
  zstd,
];

/** @throws Error if the codec is unknown, the bytes are no such data, or there are more than 32 MiB of it. */
export function decompress(codec: number, bytes: Buffer): Buffer {
  const decode = CODECS[codec];
  if (decode === undefined) throw new Error(`it is compressed by an unknown codec, number ${codec}`);
  return decode(bytes);
}

/** Raw Snappy (librdkafka), or a stream of blocks (Java). */
function snappy(bytes: Buffer): Buffer {
  if (!bytes.subarray(0, SNAPPY_STREAM.length).equals(SNAPPY_STREAM)) return snappyBlock(bytes, MAX_BYTES);
  const blocks: Buffer[] = [];
  let left = MAX_BYTES;
  for (let at = SNAPPY_STREAM_HEADER_BYTES; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const block = snappyBlock(bytes.subarray(at + 4, at + 4 + length), left);
    left -= block.length;
    blocks.push(block);
    at += 4 + length;
  }
  return Buffer.concat(blocks);
}

/** A block begins with its decompressed length, as a varint. */
function snappyBlock(block: Buffer, maxBytes: number): Buffer {
  let length = 0;
  for (let i = 0, scale = 1; i < 5; i++, scale *= 128) {
    const byte = block.readUInt8(i);
    length += (byte & 0x7f) * scale;
    if (byte < 0x80) break;
  }
  limit(length, maxBytes);
  return uncompressSync(block) as Buffer;
}

/** No block of an LZ4 frame is larger than its descriptor says (LZ4 frame format, "BD byte"). */
function lz4(bytes: Buffer): Buffer {
  const [flags, descriptor] = [bytes.readUInt8(4), bytes.readUInt8(5)];
  const blockBytes = 2 ** (8 + 2 * ((descriptor >> 4) & 7));
  const checksumBytes = flags & 0x10 ? 4 : 0;
  let at = LZ4_MAGIC_AND_DESCRIPTOR_BYTES + (flags & 0x08 ? 8 : 0);
  for (let size = 0, length = -1; length !== 0; at += 4 + length + checksumBytes) {
    length = bytes.readUInt32LE(at) & 0x7fffffff;
    size += length === 0 ? 0 : blockBytes;
    limit(size, MAX_BYTES);
  }
  return decompressFrameSync(bytes);
}

/** At the beginning of each frame (RFC 8878, section 3.1.1). */
const ZSTD_MAGIC = 0xfd2fb528;

/** The window is memory that the sender chooses (RFC 8878, section 3.1.1.1). */
function zstd(bytes: Buffer): Buffer {
  if (bytes.readUInt32LE(0) !== ZSTD_MAGIC) throw new Error('it is no zstd');
  limit(zstdWindow(bytes), MAX_BYTES);
  if (zstdFrameEnd(bytes) !== bytes.length) throw new Error('it is not one frame of zstd');
  const parts: Uint8Array[] = [];
  let size = 0;
  const stream = new Decompress((part) => {
    size += part.length;
    limit(size, MAX_BYTES);
    parts.push(part);
  });
  stream.push(bytes, true);
  return Buffer.concat(parts);
}

function zstdWindow(bytes: Buffer): number {
  const flags = bytes.readUInt8(4);
  const isSingleSegment = (flags & 0x20) !== 0;
  if (!isSingleSegment) {
    const window = bytes.readUInt8(5);
    return 2 ** (10 + (window >> 3)) * (1 + (window & 7) / 8);
  }
  const [sizeBytes, dictionaryBytes] = [1 << (flags >> 6), [0, 1, 2, 4][flags & 3] as number];
  const at = 5 + dictionaryBytes;
  return sizeBytes === 8 ? Number(bytes.readBigUInt64LE(at)) : bytes.readUIntLE(at, sizeBytes);
}

/** Where the first frame ends (RFC 8878, section 3.1.1). Senders make one; the window of a second would be unknown. */
function zstdFrameEnd(bytes: Buffer): number {
  const flags = bytes.readUInt8(4);
  const isSingleSegment = (flags & 0x20) !== 0;
  const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][flags >> 6] as number;
  let at = 5 + (isSingleSegment ? 0 : 1) + ([0, 1, 2, 4][flags & 3] as number) + sizeBytes;
  for (let isLast = false; !isLast;) {
    const header = bytes.readUIntLE(at, 3);
    isLast = (header & 1) === 1;
    const isRepeated = (header & 6) === 2;
    at += 3 + (isRepeated ? 1 : header >> 3);
  }
  return at + (flags & 4 ? 4 : 0);
}

function limit(size: number, maxBytes: number): void {
  if (size > maxBytes) throw new Error(`it is larger than ${MAX_BYTES} bytes once decompressed`);
}
