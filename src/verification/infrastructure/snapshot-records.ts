import { APP_ROLE } from '../../platform/database/app-role';
import { LOG_TABLES } from '../domain/log-tables';
import {
  Amounts,
  ArchivedRows,
  AuditEntryRow,
  JournalEntryRow,
  LogName,
  Range,
  Records,
  Rows,
  TransferRow,
} from '../application/records';
import { Fault } from '../domain/fault';
import type { BallotRow, CheckpointRow, DrawRow, EntryRow, SubtreeRow } from '../domain/rows';
import { hexOf } from '../domain/stored-texts';
import { DrawBounds } from './draw-bounds';
import { RowsByDraw } from './rows-by-draw';
import { archived, DRAW_DAY, drawsWanted } from './draw-columns';
import type { Snapshot } from './snapshot';
import { schemaFacts } from './schema-facts';
import { STRAYS, strayFault } from './stray-rows';

/** A day `YYYY-MM-DD`, checked by the command line. */
const DAY = /^\d{4}-\d{2}-\d{2}$/;

type FlatRow = Readonly<Record<string, string | null>>;

export class SnapshotRecords extends Records {
  readonly ballots: Rows<BallotRow>;
  readonly subtrees: Rows<SubtreeRow>;
  readonly checkpoints: Rows<CheckpointRow>;
  readonly entries: Rows<EntryRow>;

  private constructor(
    private readonly snapshot: Snapshot,
    /** SQL: whether a draw of this day is wanted. */
    private readonly wanted: string,
    private readonly bounds: DrawBounds,
    rows: RowsByDraw,
  ) {
    super();
    this.ballots = rows.ballots();
    this.subtrees = rows.subtrees();
    this.checkpoints = rows.checkpoints();
    this.entries = rows.entries();
  }

  static async within(snapshot: Snapshot, { from, to }: Range, archive: ArchivedRows): Promise<SnapshotRecords> {
    const bound = (operator: string, day: string | null) =>
      day === null ? 'true' : `${DRAW_DAY} ${operator} ${quoted(day)}`;
    const wanted = `(${bound('>=', from)} and ${bound('<=', to)})`;
    const bounds = from === null && to === null ? DrawBounds.all : await DrawBounds.around(snapshot, wanted);
    return new SnapshotRecords(snapshot, wanted, bounds, await RowsByDraw.within(snapshot, bounds, archive));
  }

  async amounts(): Promise<Amounts> {
    const [row] = await this.snapshot.query<Record<keyof Amounts, string>>(`
      select draws, ballots, size as entries,
        (select count(*) from ballot_idempotency_keys where ${this.bounds.within('draw_id')}) as keys
      from journal, (
        select count(*) as draws, coalesce(sum(size), 0) as ballots from draws
        left join ballot_logs on ballot_logs.draw_id = draws.id
        left join lotteries on lotteries.draw_id = draws.id where ${this.wanted}
      ) as counted`);
    const number = (name: keyof Amounts) => Number(row?.[name] ?? 0);
    return { draws: number('draws'), ballots: number('ballots'), keys: number('keys'), entries: number('entries') };
  }

  async *draws(): AsyncIterable<readonly DrawRow[]> {
    const sql = `${drawsWanted(this.wanted)} where ${this.bounds.within('draws.id')} order by draws.id`;
    for await (const rows of this.snapshot.read<FlatRow>(sql)) yield rows.map(nested);
  }

  async salts(kind: 'users' | 'pool_players', ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const sql =
      kind === 'users'
        ? 'select id, player_salt as salt from users where id = any($1)'
        : 'select player_id as id, salt from pool_players where player_id = any($1)';
    const rows = await this.snapshot.query<{ id: string; salt: string }>(sql, [ids]);
    return new Map(rows.map(({ id, salt }) => [id, hexOf(salt)]));
  }

  async logEdge(log: LogName): Promise<{ size: string; frontier: string } | null> {
    const { edge } = LOG_TABLES[log];
    const [row] = await this.snapshot.query<{ size: string; frontier: string }>(`select size, frontier from ${edge}`);
    return row ?? null;
  }

  logCheckpoints(log: LogName): AsyncIterable<readonly { size: string; note: string }[]> {
    const { checkpoints } = LOG_TABLES[log];
    return this.snapshot.read(`select size, note from ${checkpoints} order by ${checkpoints}.size`);
  }

  logHashes(log: LogName, what: 'leaves' | 'subtrees'): AsyncIterable<readonly Omit<SubtreeRow, 'drawId'>[]> {
    const { hashes } = LOG_TABLES[log];
    return this.snapshot.read(`select level, index, hash from ${hashes}
      where level ${what === 'leaves' ? '=' : '>'} 0 order by ${hashes}.level, ${hashes}.index`);
  }

  journalEntries(): AsyncIterable<readonly JournalEntryRow[]> {
    return this.snapshot.read('select index, statement from journal_entries order by journal_entries.index');
  }

  auditEntries(): AsyncIterable<readonly AuditEntryRow[]> {
    return this.snapshot.read(`select index, id, at, actor, action, subject, details
      from audit_entries order by audit_entries.index`);
  }

  transfers(): AsyncIterable<readonly TransferRow[]> {
    return this.snapshot.read(`select index, id, kind, reason, cause_id as "causeId", debit_id as "debitId",
      credit_id as "creditId", currency, amount_minor as "amountMinor", hold_id as "holdId", at
      from wallet_transfers order by wallet_transfers.index`);
  }

  async notes(drawIds: readonly string[]): Promise<ReadonlyMap<string, readonly (string | null)[]>> {
    const rows = await this.snapshot.query<{ id: string; open: string; seal: string | null; draw: string | null }>(
      'select id, open_note as open, seal_note as seal, draw_note as draw from draws where id = any($1)',
      [drawIds],
    );
    return new Map(rows.map(({ id, open, seal, draw }) => [id, [open, seal, draw]]));
  }

  migrations(): Promise<readonly { name: string; timestamp: string }[]> {
    return this.snapshot.query('select name, timestamp from migrations order by migrations.id');
  }

  async schema(): Promise<{ facts: ReadonlyMap<string, string>; role: string }> {
    return { facts: await schemaFacts(this.snapshot), role: APP_ROLE };
  }

  async *claims(): AsyncIterable<{ read: number; fault: Fault | null }> {
    const rows = this.snapshot.read<FlatRow>(`
      select user_id, encode(key_digest, 'hex') as key_digest, ballot_id, count, exists (
        select from ballots as first
        join ballots as own on own.draw_id = first.draw_id and own.user_id = first.user_id
          and own.submitted_at = first.submitted_at
          and own.index between first.index and first.index + claims.count - 1
        where first.id = ballot_id and first.draw_id = claims.draw_id and first.user_id = claims.user_id
        having count(*) = claims.count
      ) as holds from ballot_idempotency_keys as claims
      where ${this.bounds.within('claims.draw_id')} and not ${archived('claims.draw_id')}`);
    for await (const piece of rows) {
      const wrong = piece.find(({ holds }) => holds !== 't');
      const key = { user_id: wrong?.['user_id'] ?? '', key_digest: wrong?.['key_digest'] ?? '' };
      const reason = `its user has not made ${wrong?.['count']} ballots from ${wrong?.['ballot_id']} on in its draw`;
      const row = { table: 'ballot_idempotency_keys', key };
      yield { read: piece.length, fault: wrong ? new Fault('keys', row, reason) : null };
    }
  }

  async *strays(): AsyncIterable<Fault | null> {
    for (const stray of STRAYS) {
      const [row] = await this.snapshot.query<FlatRow>(`select * from (${stray.sql}) as found limit 1`);
      yield row ? strayFault(stray, row) : null;
    }
  }
}

function quoted(day: string): string {
  if (!DAY.test(day)) throw new Error(`not a day: ${day}`);
  return `date '${day}'`;
}

/** Turns the column `log.size` into the field `size` of `log`; an object without a key is absent. */
function nested(row: FlatRow): DrawRow {
  const draw: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row)) {
    const [outer = '', inner] = name.split('.');
    if (inner === undefined) draw[outer] = value;
    else if (inner === '') draw[outer] = value === null ? null : {};
    else if (draw[outer]) (draw[outer] as Record<string, unknown>)[inner] = value;
  }
  return draw as unknown as DrawRow;
}
