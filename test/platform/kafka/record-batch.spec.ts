import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { compressFrameSync } from 'lz4-napi';
import { compressSync } from 'snappy';
import { crc32c } from '../../../src/platform/kafka/crc-32c';
import { FetchedMessage, readBatches as readBatchesUpTo } from '../../../src/platform/kafka/record-batch';

const VECTORS = JSON.parse(readFileSync('test/vectors/kafka-batches.json', 'utf8')) as Record<
  'java' | 'librdkafka',
  Record<string, string>
>;
const SENDERS = ['java', 'librdkafka'] as const;
const batches = SENDERS.flatMap((producer) =>
  Object.entries(VECTORS[producer]).map(([codec, base64]) => [producer, codec, Buffer.from(base64, 'base64')] as const),
);
const stored = (producer: (typeof SENDERS)[number], codec: string): Buffer =>
  Buffer.from(VECTORS[producer][codec] ?? '', 'base64');

/** What message i of the vectors was sent with. */
function sent(i: number, count: number): object {
  const lots = Array.from({ length: count > 3 ? 40 : 0 }, (_, j) => ` ${(i * 7919 + j * 104729) % 1000} of 1000 lots`);
  const more = [
    ['constructor', 'c'],
    ['__proto__', 'p'],
    ['twice', ['1', null]],
  ];
  return {
    offset: String(i),
    timestamp: String(1_700_000_000_000 + i),
    key: i % 5 === 0 ? null : `k${i}`,
    value: `{"stake":${i}}${lots.join('')}`,
    headers: [['uuid', `id-${i}`], ...(i === 1 ? more : [])],
  };
}

const text = (bytes: Buffer | string | readonly (Buffer | string)[] | null | undefined): unknown =>
  Array.isArray(bytes) ? bytes.map(text) : (bytes?.toString() ?? null);

function shown({ offset, timestamp, key, value, headers }: FetchedMessage): object {
  const entries = Object.entries(headers ?? {}).map(([name, header]) => [name, text(header)]);
  return { offset, timestamp, key: text(key), value: text(value), headers: entries };
}

const END = 1_000_000n;
const readBatches = (bytes: Buffer): FetchedMessage[] => readBatchesUpTo(bytes, END);

/** A batch of the given records, with its checksum. */
function batchOf(records: Buffer, { codec = 0, count = 1, firstOffset = 0 } = {}): Buffer {
  const batch = Buffer.concat([Buffer.alloc(61), records]);
  batch.writeBigInt64BE(BigInt(firstOffset), 0);
  batch.writeInt32BE(batch.length - 12, 8);
  batch.writeInt8(2, 16);
  batch.writeInt16BE(codec, 21);
  batch.writeInt32BE(count - 1, 23);
  batch.writeInt32BE(count, 57);
  batch.writeUInt32BE(crc32c(batch.subarray(21)), 17);
  return batch;
}

/** Records of attributes, times, offset, no key, no value, no header: seven bytes. */
const empty = (count: number): Buffer => Buffer.alloc(7 * count, Buffer.from([12, 0, 0, 0, 1, 1, 0]));
const reasonOf = (bytes: Buffer): string | undefined => readBatches(bytes).at(-1)?.unreadable?.reason;

describe('batches of messages from Kafka', () => {
  it.each(batches)('are read as %s sends them with %s', (_, codec, bytes) => {
    const count = codec === 'none' ? 3 : 200;
    expect(readBatches(bytes).map(shown)).toEqual(Array.from({ length: count }, (__, i) => sent(i, count)));
  });

  it('are read where the last one is cut off', () => {
    const bytes = stored('java', 'zstd');
    const [whole, cut] = [bytes, bytes.subarray(0, -1)];
    expect(readBatches(Buffer.concat([whole, cut])).length).toBe(200);
    expect(readBatches(Buffer.concat([whole, cut.subarray(0, 40)])).length).toBe(200);
  });

  it('are read however many messages one holds', () => {
    expect(readBatches(batchOf(gzipSync(empty(300_000)), { codec: 1, count: 300_000 })).length).toBe(300_000);
  });

  it('are read in time that grows with their length, however many headers a message has', () => {
    // Each: a name of four digits, no value.
    const headers = Array.from({ length: 9_000 }, (_, i) => [8, ...Buffer.from(String(1_000 + i)), 1]).flat();
    const record = Buffer.from([0, 0, 0, 1, 1, 0xd0, 0x8c, 0x01, ...headers]);
    const length = Buffer.from([0x80 | ((2 * record.length) & 0x7f), 0x80 | ((2 * record.length) >> 7), 0].slice(0, 2));
    const size = 2 * record.length;
    length[1] = 0x80 | ((size >> 7) & 0x7f);
    const started = performance.now();
    const [message] = readBatches(batchOf(Buffer.concat([length, Buffer.from([size >> 14]), record])));
    expect(Object.keys(message?.headers ?? {}).length).toBe(9_000);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('are not all read at once', () => {
    const batch = (i: number) => batchOf(Buffer.concat([empty(1), Buffer.alloc(2_500_000)]), { firstOffset: i });
    const bytes = Buffer.concat([0, 1, 2, 3].map(batch));
    expect(readBatches(bytes).map(({ offset }) => offset)).toEqual(['0', '1']);
  });

  describe('that cannot be read', () => {
    it('are one message that says why, after all that could be read', () => {
      const good = stored('librdkafka', 'none');
      const bad = batchOf(Buffer.from('no zstd'), { codec: 4, count: 5, firstOffset: 3 });
      const messages = readBatches(Buffer.concat([good, bad, batchOf(empty(1), { firstOffset: 8 })]));
      expect(messages.map(({ offset }) => offset)).toEqual(['0', '1', '2', '7']);
      expect(messages.map(({ unreadable }) => unreadable?.firstOffset)).toEqual([undefined, undefined, undefined, '3']);
    });

    it('end before the next one, or at the end of the partition, whatever they say', () => {
      const [bad, next] = [batchOf(empty(1), { firstOffset: 3 }), batchOf(empty(1), { firstOffset: 5 })];
      bad.writeInt32BE(2 ** 24, 23);
      expect(readBatches(Buffer.concat([bad, next])).map(({ offset }) => offset)).toEqual(['4']);
      expect(readBatches(bad).map(({ offset }) => offset)).toEqual([String(END - 1n)]);
    });

    it.each(batches)('are known where a byte was changed: %s with %s', (_, __, bytes) => {
      for (const at of [21, 30, 61, Math.floor(bytes.length / 2), bytes.length - 1]) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] as number) ^ 0x10;
        expect(reasonOf(changed)).toBe('its checksum is wrong');
      }
    });

    it('are known where the length is wrong, so that nothing behind it is skipped', () => {
      for (const length of [-1, 0, 48, 2 ** 31 - 1]) {
        const bytes = Buffer.from(stored('java', 'none'));
        bytes.writeInt32BE(length, 8);
        expect(readBatches(bytes)).toMatchObject([{ offset: '9223372036854775807' }]);
      }
    });

    it.each([
      ['an old format', (bytes: Buffer) => bytes.writeInt8(1, 16), /format is 1/],
      ['a codec of the future', (bytes: Buffer) => bytes.writeInt16BE(5, 21), /unknown codec, number 5/],
      ['more messages than there are', (bytes: Buffer) => bytes.writeInt32BE(4, 57), /ends within/],
    ])('have %s', (_, spoil, reason) => {
      const bytes = Buffer.from(stored('java', 'none'));
      spoil(bytes);
      bytes.writeUInt32BE(crc32c(bytes.subarray(21)), 17);
      expect(reasonOf(bytes)).toMatch(reason);
    });

    const frame = (window: string) => `28b52ffd00${window}09000061`;
    it.each([
      ['a frame with a small window and one of 1 GiB', frame('38') + frame('a0')],
      ['what is to be skipped before a frame of 1 GiB', `502a4d180100000000${frame('a0')}`],
    ])('are more than one frame of zstd: %s', (_, hex) => {
      expect(reasonOf(batchOf(Buffer.from(hex, 'hex'), { codec: 4 }))).toMatch(/no zstd|not one frame/);
    });

    const zeros = Buffer.alloc(33 * 1024 * 1024);
    it.each([
      ['gzip', 1, () => gzipSync(zeros, { level: 1 })],
      ['Snappy', 2, () => compressSync(zeros)],
      ['a stream of Snappy', 2, () => snappyStream(compressSync(zeros.subarray(0, 1024 * 1024)), 33)],
      ['LZ4', 3, () => compressFrameSync(zeros)],
      // Window of 128 KiB; each block repeats one byte 128 Ki times.
      [
        'zstd',
        4,
        () =>
          Buffer.concat([
            Buffer.from('28b52ffd0038', 'hex'),
            repeated(Buffer.from('020010aa', 'hex'), 265),
            Buffer.from('030010aa', 'hex'),
          ]),
      ],
      ['zstd with a window of 2 GiB', 4, () => Buffer.from('28b52ffd00a8030010aa', 'hex')],
      ['zstd that says it has 4 GiB', 4, () => Buffer.from('28b52ffda0ffffffff030010aa', 'hex')],
      ['zstd with a window of 60 MiB', 4, () => Buffer.from('28b52ffd007f09000061', 'hex')],
    ])('are larger than 32 MiB: %s', (_, codec, bytes) => {
      expect(reasonOf(batchOf(bytes(), { codec }))).toMatch(/larger than|33554432/);
    });
  });
});

function snappyStream(block: Buffer, count: number): Buffer {
  const head = Buffer.from('82534e41505059000000000100000001', 'hex');
  const length = Buffer.alloc(4);
  length.writeInt32BE(block.length);
  return Buffer.concat([head, repeated(Buffer.concat([length, block]), count)]);
}

function repeated(bytes: Buffer, count: number): Buffer {
  return Buffer.concat(Array.from({ length: count }, () => bytes));
}
