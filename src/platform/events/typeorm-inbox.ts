import { Injectable } from '@nestjs/common';
import { Inbox } from '../../shared/application/inbox';
import { TypeOrmUnitOfWork } from '../database/typeorm-unit-of-work';

/**
 * In the order of the ids, so that two units of work that claim the same ids wait for each other but never deadlock.
 */
const CLAIM = `
  insert into inbox_messages (consumer, message_id, handled_at)
  select distinct $1, message_id, database_time() from unnest($2::text[]) as t (message_id) order by message_id
  on conflict do nothing returning message_id as "messageId"`;

@Injectable()
export class TypeOrmInbox extends Inbox {
  constructor(private readonly work: TypeOrmUnitOfWork) {
    super();
  }

  async claim(consumer: string, messageIds: readonly string[]): Promise<readonly string[]> {
    const rows = await this.work.writer.query<{ messageId: string }[]>(CLAIM, [consumer, messageIds]);
    const claimed = new Set(rows.map(({ messageId }) => messageId));
    return messageIds.filter((id) => claimed.delete(id));
  }
}
