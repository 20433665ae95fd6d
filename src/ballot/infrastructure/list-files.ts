import { randomUUID } from 'node:crypto';
import { FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Logger, OnApplicationShutdown } from '@nestjs/common';
import { stackOf } from '../../platform/errors/stack-of';
import { SingleFlight } from '../../platform/retry/single-flight';

/** Lines in a block: about 110 KB of text, and 3 ms of work to make. */
export const LINES_IN_BLOCK = 1_024;
/** Open files at most. The list that nobody has asked for since longest goes first. */
const MAX_FILES = 32;
/** Of all files together: nine million lines. Blocks beyond it are read from the database each time. */
const MAX_BYTES = 1_024 ** 3;
/** How long a file that could not grow is left alone. */
const RETRY_MS = 10_000;
/** How often the log says the same: a list has thousands of blocks. */
const SAID_EVERY_MS = 60_000;

/** Reads the lines of a range of a log from where they are stored, each with its line feed. All ASCII. */
export type LinesRead = (start: number, end: number) => Promise<string>;

interface ListFile {
  /** Null until it is open. */
  handle: FileHandle | null;
  /** Where each stored block ends, in bytes. */
  readonly ends: number[];
  readonly growing: SingleFlight<void>;
  /** It does not grow before then. */
  stuckUntilMs: number;
  isClosed: boolean;
  readers: number;
}

/**
 * The lists that somebody has asked for, as files: a log only grows, so each full block of it is read from the database
 * once and served from the file from then on, while the log is open, too. The files have no names, so none outlives the
 * process.
 */
export class ListFiles implements OnApplicationShutdown {
  private readonly logger = new Logger('Lists');
  private readonly files = new Map<string, ListFile>();
  /** By what the log says: when it last did. */
  private readonly saidAt = new Map<string, number>();
  private bytes = 0;

  /** @param folder where the files are, for as long as they are open */
  constructor(
    private readonly folder: string,
    private readonly retryMs = RETRY_MS,
  ) {}

  /** In the system's folder for such files (TMPDIR). */
  static temporary(): ListFiles {
    return new ListFiles(tmpdir());
  }

  /** The lines of the first `size` ballots, in pieces. Holds one piece at a time. */
  async *lines(drawId: string, size: number, read: LinesRead): AsyncIterable<string> {
    const blocks = Math.floor(size / LINES_IN_BLOCK);
    const rest = blocks * LINES_IN_BLOCK;
    if (blocks > 0) yield* this.blocks(this.fileOf(drawId, read), blocks, read);
    if (rest < size) yield await read(rest, size);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.files.keys()].map((drawId) => this.close(drawId)));
  }

  private async *blocks(file: ListFile, blocks: number, read: LinesRead): AsyncIterable<string> {
    file.readers++;
    try {
      for (let block = 0; block < blocks; block++) {
        yield (await this.storedBlock(file, block)) ?? (await readBlock(block, read));
      }
    } finally {
      file.readers--;
    }
  }

  private fileOf(drawId: string, read: LinesRead): ListFile {
    const file = this.files.get(drawId) ?? this.newFile(read);
    this.files.delete(drawId);
    this.files.set(drawId, file);
    return file;
  }

  private newFile(read: LinesRead): ListFile {
    const growing = new SingleFlight(() => this.grow(file, read));
    const file: ListFile = { handle: null, ends: [], growing, stuckUntilMs: 0, isClosed: false, readers: 0 };
    return file;
  }

  /** A block from the file, which grows until it has it. Null: it does not grow now, or has lost it. */
  private async storedBlock(file: ListFile, block: number): Promise<string | null> {
    while (file.ends.length <= block && performance.now() >= file.stuckUntilMs) await file.growing.run();
    const [start = 0, end] = [file.ends[block - 1], file.ends[block]];
    if (end === undefined || file.handle === null) return null;
    try {
      // Nothing else that this process has in memory may reach a reader.
      const { bytesRead, buffer } = await file.handle.read(Buffer.alloc(end - start), 0, end - start, start);
      return bytesRead === buffer.length ? buffer.toString('latin1') : null;
    } catch (error) {
      this.warn('The file of a list cannot be read.', error);
      return null;
    }
  }

  private async grow(file: ListFile, read: LinesRead): Promise<void> {
    this.makeRoom();
    if (file.isClosed || this.bytes >= MAX_BYTES || !(await this.isOpen(file))) {
      file.stuckUntilMs = performance.now() + this.retryMs;
      return;
    }
    const text = Buffer.from(await readBlock(file.ends.length, read), 'latin1');
    const start = file.ends.at(-1) ?? 0;
    try {
      await writeAll(file.handle as FileHandle, text, start);
    } catch (error) {
      file.stuckUntilMs = performance.now() + this.retryMs;
      this.warn('The file of a list cannot be written.', error);
      return;
    }
    if (file.isClosed) return;
    file.ends.push(start + text.length);
    this.bytes += text.length;
  }

  /** Opens the file unless it is open. */
  private async isOpen(file: ListFile): Promise<boolean> {
    if (file.handle !== null) return true;
    const path = join(this.folder, `lottery-list-${randomUUID()}`);
    try {
      file.handle = await open(path, 'wx+', 0o600);
      await unlink(path);
      return true;
    } catch (error) {
      this.warn('A list cannot be kept as a file; it is read from the database each time.', error);
      return false;
    }
  }

  /** Closes lists that nobody reads until the others fit. */
  private makeRoom(): void {
    for (const [drawId, { readers }] of this.files) {
      if (this.files.size <= MAX_FILES && this.bytes < MAX_BYTES) return;
      if (readers === 0) void this.close(drawId);
    }
  }

  private async close(drawId: string): Promise<void> {
    const file = this.files.get(drawId);
    if (!file) return;
    this.files.delete(drawId);
    file.isClosed = true;
    this.bytes -= file.ends.at(-1) ?? 0;
    await file.growing.settled();
    try {
      await file.handle?.close();
    } catch (error) {
      this.warn('The file of a list cannot be closed.', error);
    }
  }

  private warn(what: string, error: unknown): void {
    if (performance.now() - (this.saidAt.get(what) ?? -Infinity) < SAID_EVERY_MS) return;
    this.saidAt.set(what, performance.now());
    this.logger.warn(`${what} ${stackOf(error)}`);
  }
}

/** @throws Error if not all of it can be written: a write on a disk that is nearly full takes a part. */
async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    if (bytesWritten === 0) throw new Error('The disk takes no more');
    done += bytesWritten;
  }
}

function readBlock(block: number, read: LinesRead): Promise<string> {
  return read(block * LINES_IN_BLOCK, (block + 1) * LINES_IN_BLOCK);
}
