import { Injectable, Logger } from '@nestjs/common';
import { invariant } from '../../shared/domain/invariant';
import type { Span } from '../../shared/domain/merkle-proof';
import { Frontier, leafHash, SUBTREE_WIDTH } from '../../shared/domain/merkle-tree';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { Remembered } from '../../platform/retry/remembered';
import type { Place } from '../ballot.api';
import { archivedBallot, archivedCheckpoint, archivedLine, archivedPlace, ArchiveKey } from '../domain/archived-row';
import type { Ballot } from '../domain/ballot';
import { ArchiveUnavailable } from '../domain/errors';
import { unpackBlock } from './archive-block';
import { ArchiveCatalog, BlockPlace } from './archive-catalog';
import { ArchiveStore } from './archive-store';

/** How many blocks are cached, about 200 KB each. The archive never changes, so no cached block becomes wrong. */
const MAX_REMEMBERED_BLOCKS = 32;

/**
 * Reads archived ballots. Ask the database first: rows leave it in the commit from which the archive answers, so what
 * is not found there is found here. Every block is compared with its hash in the database: altered content is never
 * returned. All methods @throws ArchiveUnavailable
 */
@Injectable()
export class ArchivedBallots {
  private readonly logger = new Logger('Archive');
  private readonly catalog: ArchiveCatalog;
  private readonly blocks = new Remembered<string[]>(MAX_REMEMBERED_BLOCKS);

  constructor(
    work: TypeOrmUnitOfWork,
    private readonly store: ArchiveStore,
  ) {
    this.catalog = new ArchiveCatalog({ query: (sql, parameters) => work.reader.query(sql, parameters) });
  }

  /** Those of these places that are archived, in request order. */
  async at(places: readonly Place[]): Promise<readonly Ballot[]> {
    const rows = await this.rowsAt(
      'ballots',
      places.map(({ drawId, index }) => ({ id: drawId, number: index })),
      1,
    );
    return rows.flat().map(archivedBallot);
  }

  /** The ballots `start` to `end - 1` of an archived draw; none if the draw is not archived. */
  async between(drawId: string, start: number, end: number): Promise<readonly Ballot[]> {
    const ballots: Ballot[] = [];
    while (start + ballots.length < end) {
      const next = start + ballots.length;
      const [rows = []] = await this.rowsAt('ballots', [{ id: drawId, number: next }], end - next);
      if (rows.length === 0) break;
      for (const row of rows) ballots.push(archivedBallot(row));
    }
    return ballots;
  }

  /** The hashes of spans of level 0 and 1, each within 256 ballots; none if the draw is not archived. */
  async hashes(drawId: string, spans: readonly Span[]): Promise<readonly (readonly Buffer[])[]> {
    const leavesOf = ({ level, start, end }: Span) => {
      const width = SUBTREE_WIDTH ** level;
      return { width, first: start * width, count: (end - start) * width };
    };
    const keys = spans.map((span) => ({ id: drawId, number: leavesOf(span).first }));
    const rows = await this.rowsAt(
      'ballots',
      keys,
      spans.reduce((most, span) => Math.max(most, leavesOf(span).count), 0),
    );
    return spans.map((span, i) => {
      const { width, count } = leavesOf(span);
      const leaves = (rows[i] ?? []).slice(0, count).map((row) => leafHash(archivedLine(row)));
      return Array.from({ length: Math.floor(leaves.length / width) }, (_, subtree) =>
        Frontier.empty.append(leaves.slice(subtree * width, (subtree + 1) * width)).frontier.root(),
      );
    });
  }

  async find(ballotId: string): Promise<Ballot | null> {
    for (const place of await this.catalog.blocksOfId(ballotId)) {
      const row = (await this.load(place)).find((one) => one.startsWith(`${ballotId} `));
      if (row !== undefined) return (await this.at([archivedPlace(row)]))[0] ?? null;
    }
    return null;
  }

  /** The signed checkpoint of exactly this size; null if there is none. */
  async checkpointAt(drawId: string, size: number): Promise<string | null> {
    const [[row] = []] = await this.rowsAt('checkpoints', [{ id: drawId, number: size }], 1);
    return row === undefined ? null : archivedCheckpoint(row).note;
  }

  /** The smallest checkpoint that contains this ballot of an archived draw. */
  async checkpointOver(drawId: string, index: number): Promise<string> {
    const [place] = await this.catalog.blocksOf('checkpoints', [{ id: drawId, number: index + 1 }]);
    invariant(place, `draw ${drawId} is archived`);
    const covering = (rows: readonly string[]) =>
      rows.map(archivedCheckpoint).find((one) => one.drawId === drawId && one.size > index);
    const found = covering(await this.load(place));
    if (found) return found.note;
    // It begins the next block.
    const next = await this.catalog.blockBehind('checkpoints', { id: drawId, number: index + 1 });
    const first = next && covering(await this.load(next));
    invariant(first, `a checkpoint covers ballot ${index} of draw ${drawId}`);
    return first.note;
  }

  /**
   * For each key, the rows of the same id from it on, at most `limit` and not beyond its block; none if the key is
   * absent.
   */
  private async rowsAt(
    kind: 'ballots' | 'checkpoints',
    keys: readonly ArchiveKey[],
    atMost: number,
  ): Promise<string[][]> {
    const found: string[][] = [];
    for (const [i, place] of (await this.catalog.blocksOf(kind, keys)).entries()) {
      const { id, number } = keys[i] as ArchiveKey;
      const rows = place ? await this.load(place) : [];
      const start = rows.findIndex((row) => row.startsWith(`${id} ${number} `));
      const some = start < 0 ? [] : rows.slice(start, start + atMost);
      found.push(some.filter((row) => row.startsWith(`${id} `)));
    }
    return found;
  }

  private load(place: BlockPlace): Promise<string[]> {
    return this.blocks.get(`${place.file} ${place.position}`, () => this.read(place));
  }

  private async read({ file, position, bytes, sha256 }: BlockPlace): Promise<string[]> {
    try {
      return await unpackBlock(await this.store.get(file, position, bytes), sha256);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.logger.error(`${this.store.place}: ${file}, ${bytes} bytes from ${position} on, cannot be used: ${reason}`);
      throw new ArchiveUnavailable();
    }
  }
}
