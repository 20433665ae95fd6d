import { Injectable } from '@nestjs/common';
import { TypeOrmUnitOfWork } from '../database/typeorm-unit-of-work';

/**
 * How long the ids of handled messages are kept. Longer than a topic keeps messages (Kafka's default is 7 days), and
 * longer than any sender repeats them.
 */
const INBOX_KEPT_DAYS = 30;
const PRUNED_AT_ONCE = 10_000;

/** Deletes expired inbox rows. */
@Injectable()
export class InboxRows {
  constructor(private readonly work: TypeOrmUnitOfWork) {}

  /** Deletes expired rows, a bounded number: call it again if it returns true. Runs in a unit of work. */
  async prune(): Promise<boolean> {
    const [, pruned] = await this.work.writer.query<[unknown[], number]>(
      `delete from inbox_messages where ctid = any (array(
         select ctid from inbox_messages where handled_at < database_time() - interval '${INBOX_KEPT_DAYS} days'
         order by handled_at limit ${PRUNED_AT_ONCE}
       ))`,
    );
    return pruned === PRUNED_AT_ONCE;
  }
}
