import { Injectable } from '@nestjs/common';
import type { Span } from '../../shared/domain/merkle-proof';
import type { Frontier } from '../../shared/domain/merkle-tree';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { TypeOrmLog } from '../../platform/transparency/typeorm-log';
import { Journal, JournalAppend, JournalEntry, MAX_ENTRIES_BYTES } from '../application/journal';

const ENTRIES = `
  insert into journal_entries (index, statement)
  select $1::bigint - cardinality($7::text[]) + place - 1, statement
  from unnest($7::text[]) with ordinality as t (statement, place)`;

/** PostgreSQL knows how long a stored text is without reading it. */
const PAGE = `
  select index, statement from (
    select index, statement, sum(octet_length(statement)) over (order by index) - octet_length(statement) as before
    from (select index, statement from journal_entries where index >= $1 order by index limit $2) as next
  ) as page
  where before < $3 order by index`;

@Injectable()
export class TypeOrmJournal extends Journal {
  private readonly log: TypeOrmLog;

  constructor(private readonly work: TypeOrmUnitOfWork) {
    super();
    this.log = new TypeOrmLog(work, 'journal');
  }

  lock(): Promise<Frontier> {
    return this.log.lock();
  }

  append({ statements, ...tree }: JournalAppend): Promise<void> {
    return this.log.append(tree, { sql: ENTRIES, parameters: [statements] });
  }

  size(): Promise<number> {
    return this.log.size();
  }

  async entries(from: number, limit: number): Promise<readonly JournalEntry[]> {
    const parameters = [from, limit, MAX_ENTRIES_BYTES];
    const rows = await this.work.reader.query<{ index: string; statement: string }[]>(PAGE, parameters);
    return rows.map(({ index, statement }) => ({ index: Number(index), statement }));
  }

  hashes(spans: readonly Span[]): Promise<ReadonlyMap<Span, readonly Buffer[]>> {
    return this.log.hashes(spans);
  }

  checkpointAt(size: number): Promise<string | null> {
    return this.log.checkpointAt(size);
  }
}
