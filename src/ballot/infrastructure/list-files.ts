import { randomUUID } from 'node:crypto';
import { FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger, OnApplicationShutdown } from '@nestjs/common';
import { stackOf } from '../../platform/errors/stack-of';
import { SingleFlight } from '../../platform/retry/single-flight';

/** Lines in a block: about 110 KB of text, and 3 ms of work to make. */
export const LINES_IN_BLOCK = 1_024;
/** Open files at most. The list that nobody has asked for since longest goes first. */
const MAX_FILES = 32;
/** Of all files together: nine million lines. Blocks beyond it are read from the database each time. */
const MAX_BYTES = 1_024 ** 3;

/** Reads the lines of a range of a log from where they are stored, each with its line feed. All ASCII. */
export type LinesRead = (start: number, end: number) => Promise<string>;

interface ListFile {
  /** Null if there is no place for it. */
  readonly handle: Promise<FileHandle | null>;
  /** Where each stored block ends, in bytes. */
  readonly ends: number[];
  readonly growing: SingleFlight<void>;
  isGrowing: boolean;
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
  private bytes = 0;

  /** @param folder where the files are, for as long as they are open */
  constructor(private readonly folder: string) {}

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
        yield (await storedBlock(file, block)) ?? (await readBlock(block, read));
      }
    } finally {
      file.readers--;
    }
  }

  private fileOf(drawId: string, read: LinesRead): ListFile {
    const known = this.files.get(drawId);
    this.files.delete(drawId);
    const file = known ?? this.newFile(read);
    this.files.set(drawId, file);
    if (!known) this.makeRoom();
    return file;
  }

  private newFile(read: LinesRead): ListFile {
    const file: ListFile = {
      handle: this.openFile(),
      ends: [],
      growing: new SingleFlight(() => this.grow(file, read)),
      isGrowing: true,
      readers: 0,
    };
    return file;
  }

  private async openFile(): Promise<FileHandle | null> {
    const path = join(this.folder, `lottery-list-${randomUUID()}`);
    try {
      const handle = await open(path, 'wx+', 0o600);
      await unlink(path);
      return handle;
    } catch (error) {
      this.logger.warn(`A list cannot be kept as a file; it is read from the database each time. ${stackOf(error)}`);
      return null;
    }
  }

  private async grow(file: ListFile, read: LinesRead): Promise<void> {
    const handle = await file.handle;
    this.makeRoom();
    file.isGrowing = handle !== null && this.bytes < MAX_BYTES;
    if (handle === null || !file.isGrowing) return;
    const text = await readBlock(file.ends.length, read);
    const end = file.ends.at(-1) ?? 0;
    try {
      await handle.write(text, end, 'latin1');
    } catch (error) {
      file.isGrowing = false;
      this.logger.warn(`The file of a list cannot be written. ${stackOf(error)}`);
      return;
    }
    file.ends.push(end + text.length);
    this.bytes += text.length;
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
    this.files.delete(drawId);
    this.bytes -= file?.ends.at(-1) ?? 0;
    await (await file?.handle)?.close();
  }
}

/** A block from the file, which grows until it has it. Null: it does not grow any more. */
async function storedBlock(file: ListFile, block: number): Promise<string | null> {
  while (file.isGrowing && file.ends.length <= block) await file.growing.run();
  const [start = 0, end] = [file.ends[block - 1], file.ends[block]];
  const handle = await file.handle;
  if (end === undefined || handle === null) return null;
  const { buffer } = await handle.read(Buffer.allocUnsafe(end - start), 0, end - start, start);
  return buffer.toString('latin1');
}

function readBlock(block: number, read: LinesRead): Promise<string> {
  return read(block * LINES_IN_BLOCK, (block + 1) * LINES_IN_BLOCK);
}
