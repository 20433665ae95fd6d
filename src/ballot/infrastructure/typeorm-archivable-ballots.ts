import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { QueryRunner } from 'typeorm';
import { sqlState } from '../../platform/database/sql-state';
import { ArchivableBallots, ArchiveFacts, ArchiveUnit, LogSize } from '../application/archivable-ballots';
import type { ArchiveKey, ArchiveKind } from '../domain/archived-row';
import {
  FORGET_CHECKPOINTS,
  FORGET_COUNTS,
  FORGET_KEYS,
  FORGET_SUBTREES,
  keepLeftOut,
  LOGS,
  PAGES_OF_KEYS,
  ROWS,
  STRAYS,
  SUM,
  UNITS,
} from './archivable-statements';
import type { BallotPartitionRow } from './archive.table';

/** Upper bound on how long the pending lock may block other sessions. */
const HAND_OVER_WAIT_MS = 200;
/** Six minutes. */
const MAX_HAND_OVERS = 300;
const PAUSE_BETWEEN_HAND_OVERS_MS = 1_000;
const LOCK_NOT_AVAILABLE = '55P03';
/** Rows or pages that one cleaning statement reads: some ten milliseconds. */
const TIDY_AT_ONCE = 5_000;
/** Before every user in the order of the database. */
const NO_USER = '00000000-0000-0000-0000-000000000000';

/** Works on one connection, whose time limits are the caller's. */
export class TypeOrmArchivableBallots extends ArchivableBallots {
  constructor(
    private readonly session: QueryRunner,
    private readonly maxHandOvers = MAX_HAND_OVERS,
  ) {
    super();
  }

  async units(before: Date): Promise<readonly ArchiveUnit[]> {
    const rows = (await this.session.query(UNITS, [before])) as BallotPartitionRow[];
    return rows.map(({ name, firstDraw, endDraw, folder, leftOut, archivedAt }) => {
      const isArchived = archivedAt !== null;
      return { name, firstDraw, endDraw, folder: folder ?? newFolder(name), leftOut: leftOut ?? [], isArchived };
    });
  }

  async hasStrays(): Promise<boolean> {
    const [row] = (await this.session.query(STRAYS)) as [{ strays: boolean }];
    return row.strays;
  }

  async begin({ name, folder, leftOut }: ArchiveUnit): Promise<void> {
    const fix = 'update ballot_partitions set folder = $2, left_out = $3 where name = $1 and folder is null';
    await this.session.query(fix, [name, folder, leftOut]);
  }

  async logs(unit: ArchiveUnit, afterDraw: string, limit: number): Promise<readonly LogSize[]> {
    const parameters = [unit.firstDraw, unit.endDraw, afterDraw, limit, unit.leftOut];
    const rows = (await this.session.query(LOGS, parameters)) as { drawId: string; size: string }[];
    return rows.map(({ drawId, size }) => ({ drawId, size: Number(size) }));
  }

  async count({ firstDraw, endDraw, leftOut }: ArchiveUnit, kind: ArchiveKind): Promise<number> {
    const counting =
      kind === 'checkpoints' ? 'count(*) as count from ballot_checkpoints' : 'sum(size) as count from ballot_logs';
    const [row] = (await this.session.query(
      `select ${counting} where draw_id >= $1 and draw_id < $2 and draw_id <> all($3)`,
      [firstDraw, endDraw, leftOut],
    )) as [{ count: string | null }];
    return Number(row.count ?? 0);
  }

  async rows(unit: ArchiveUnit, kind: ArchiveKind, after: ArchiveKey, limit: number): Promise<readonly string[]> {
    const parameters = [after.id, after.number, limit, unit.leftOut];
    const rows = (await this.session.query(ROWS[kind](unit), parameters)) as { row: string }[];
    return rows.map(({ row }) => row);
  }

  async handOver(unit: ArchiveUnit, facts: ArchiveFacts): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      await this.session.startTransaction();
      try {
        await this.detach(unit, facts);
        return await this.session.commitTransaction();
      } catch (error) {
        await this.session.rollbackTransaction();
        if (sqlState(error) !== LOCK_NOT_AVAILABLE) throw error;
        if (attempt === this.maxHandOvers) throw new Error(inUse(unit), { cause: error });
      }
      await pause(PAUSE_BETWEEN_HAND_OVERS_MS);
    }
  }

  async tidyUp(unit: ArchiveUnit, done: (rows: number) => void): Promise<void> {
    await this.session.query(`drop table if exists "${unit.name}"`);
    const starts = [
      [FORGET_CHECKPOINTS, [unit.firstDraw, -1]],
      [FORGET_SUBTREES, [unit.firstDraw, 0, -1]],
      [FORGET_COUNTS, [unit.firstDraw, NO_USER]],
    ] as const;
    let count = 0;
    for (const [statement, start] of starts) {
      const before = count;
      count += await this.forget(statement, start, unit, (rows) => done(before + rows));
    }
    const [{ pages }] = (await this.session.query(PAGES_OF_KEYS)) as [{ pages: string }];
    for (let page = 0; page < Number(pages); page += TIDY_AT_ONCE) {
      const range = [`(${page},0)`, `(${page + TIDY_AT_ONCE},0)`];
      const [row] = (await this.session.query(FORGET_KEYS, [...range, unit.firstDraw, unit.endDraw, unit.leftOut])) as [
        { forgotten: string },
      ];
      done((count += Number(row.forgotten)));
    }
    await this.session.query('update ballot_partitions set cleaned_at = database_time() where name = $1', [unit.name]);
  }

  /** Deletes some rows at a time, in key order. Returns their number. */
  private async forget(
    statement: string,
    start: readonly (string | number)[],
    { endDraw, leftOut }: ArchiveUnit,
    done: (rows: number) => void,
  ): Promise<number> {
    let count = 0;
    for (let after: readonly (string | number)[] | null = start; after;) {
      const [row] = (await this.session.query(statement, [...after, endDraw, TIDY_AT_ONCE, leftOut])) as [
        { last: readonly string[] | null; forgotten: string },
      ];
      after = row.last;
      done((count += Number(row.forgotten)));
    }
    return count;
  }

  /**
   * First no session may add to the partition, then its content is checked against the archive, then it is detached.
   */
  private async detach(unit: ArchiveUnit, facts: ArchiveFacts): Promise<void> {
    const { name, firstDraw, endDraw, leftOut } = unit;
    await this.session.query(`set local lock_timeout = ${HAND_OVER_WAIT_MS}`);
    await this.session.query(`lock table "${name}" in share mode`);
    const [logs] = (await this.session.query(SUM, [firstDraw, endDraw, leftOut])) as [
      { ballots: string; open: string },
    ];
    if (Number(logs.ballots) !== facts.ballots || logs.open !== '0') {
      throw new Error(`${name} has changed since it was archived: draws were opened in it. Nothing was dropped.`);
    }
    await this.session.query(`alter table ballots detach partition "${name}"`);
    if (leftOut.length > 0) await this.session.query(keepLeftOut(unit), [leftOut]);
    await this.session.query(
      `update ballot_partitions
       set archived_at = database_time(), ballots = $2, first_ballot = $3, last_ballot = $4 where name = $1`,
      [name, facts.ballots, facts.firstBallot, facts.lastBallot],
    );
  }
}

function inUse({ name }: ArchiveUnit): string {
  return `${name} was in use all the time, perhaps by verify:all or a dump. Nothing was dropped; run it again later.`;
}

/** A unique name, so that no archive overwrites another. */
function newFolder(name: string): string {
  return `${name.replace('ballots_', '').replaceAll('_', '-')}-${randomBytes(4).toString('hex')}`;
}
