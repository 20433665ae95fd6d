const VARINT_BYTES = 10;

/** Reads values of Kafka's protocol one after the other (Kafka protocol guide, "Protocol Primitive Types"). */
export class WireReader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  /** @throws RangeError if there are fewer bytes. */
  take(length: number): Buffer {
    const end = this.at + length;
    if (length < 0 || end > this.bytes.length) throw new RangeError(`it ends before byte ${end}`);
    const taken = this.bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }

  /** Leaves bytes out. */
  skip(length: number): void {
    this.at += length;
  }

  /** How many bytes were read. */
  get position(): number {
    return this.at;
  }

  int16(): number {
    return this.take(2).readInt16BE();
  }

  int32(): number {
    return this.take(4).readInt32BE();
  }

  int64(): bigint {
    return this.take(8).readBigInt64BE();
  }

  /** A zigzag-encoded varint or varlong. Exact up to 2^53, which lengths, offsets and times do not reach. */
  varint(): number {
    let value = 0;
    for (let i = 0, scale = 1; i < VARINT_BYTES; i++, scale *= 128) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new RangeError('it ends within a number');
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    }
    throw new RangeError('it has a number without an end');
  }

  /** Null if the length is -1. */
  varintBytes(): Buffer | null {
    const length = this.varint();
    return length === -1 ? null : this.take(length);
  }

  string(): string {
    return this.take(this.int16()).toString();
  }

  /** A null array is empty. */
  array<T>(read: () => T): T[] {
    const count = this.int32();
    const items: T[] = [];
    for (let i = 0; i < count; i++) items.push(read());
    return items;
  }
}
