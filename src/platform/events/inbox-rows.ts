import { Injectable } from '@nestjs/common';
import { TypeOrmUnitOfWork } from '../database/typeorm-unit-of-work';

/**
 * How long it is known which messages were handled. Longer than a topic keeps them (Kafka's default is 7 days), and than
 * anybody repeats them.
 */
const INBOX_KEPT_DAYS = 30;
const PRUNED_AT_ONCE = 10_000;

/** The inbox as it is swept. */
@Injectable()
export class InboxRows {
  constructor(private readonly work: TypeOrmUnitOfWork) {}

  /** Forgets old messages. Bounded: call it again where it gives true. In a unit of work. */
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
