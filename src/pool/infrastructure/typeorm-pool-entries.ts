import { Injectable } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { AlreadyEntered, PoolEntries } from '../application/pool-entries';
import type { PoolEntry } from '../domain/pool-entry';

const ADD = `
  insert into pool_entries (pool_id, index, stake_minor, message_id)
  select * from unnest($1::uuid[], $2::int[], $3::bigint[], $4::text[])`;

const COLUMNS = `pool_id as "poolId", index, stake_minor as "stakeMinor", message_id as "messageId"`;

const MESSAGE_UNIQUE = 'pool_entries_message_unique';

type Row = Omit<PoolEntry, 'stakeMinor'> & { readonly stakeMinor: string };

@Injectable()
export class TypeOrmPoolEntries extends PoolEntries {
  constructor(private readonly work: TypeOrmUnitOfWork) {
    super();
  }

  async add(entries: readonly PoolEntry[]): Promise<void> {
    const added = this.work.writer.query(ADD, [
      entries.map(({ poolId }) => poolId),
      entries.map(({ index }) => index),
      entries.map(({ stakeMinor }) => stakeMinor),
      entries.map(({ messageId }) => messageId),
    ]);
    await added.catch((error: unknown) => {
      throw isTaken(error) ? new AlreadyEntered() : error;
    });
  }

  async at(poolId: string, indexes: readonly number[]): Promise<ReadonlyMap<number, PoolEntry>> {
    const rows = await this.work.reader.query<Row[]>(
      `select ${COLUMNS} from pool_entries where pool_id = $1 and index = any($2)`,
      [poolId, indexes],
    );
    return new Map(rows.map((row) => [row.index, fromRow(row)]));
  }

  async ofMessages(messageIds: readonly string[]): Promise<ReadonlyMap<string, PoolEntry>> {
    const rows = await this.work.reader.query<Row[]>(`select ${COLUMNS} from pool_entries where message_id = any($1)`, [
      messageIds,
    ]);
    return new Map(rows.map((row) => [row.messageId, fromRow(row)]));
  }
}

function isTaken(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  return (error.driverError as { constraint?: string }).constraint === MESSAGE_UNIQUE;
}

function fromRow(row: Row): PoolEntry {
  return { ...row, stakeMinor: BigInt(row.stakeMinor) };
}
