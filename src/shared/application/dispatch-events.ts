import { Injectable } from '@nestjs/common';
import type { EventSubscriber } from './event-subscriber';
import { EventSubscribers } from './event-subscribers';
import { Inbox } from './inbox';
import type { StoredEvent } from './outbox';
import { UnitOfWork } from './unit-of-work';

/**
 * Lets every subscriber handle those of these events that it has not handled yet: all or nothing, in one unit of work.
 */
@Injectable()
export class DispatchEvents {
  constructor(
    private readonly work: UnitOfWork,
    private readonly inbox: Inbox,
    private readonly subscribers: EventSubscribers,
  ) {}

  /** @throws what a subscriber throws */
  execute(events: readonly StoredEvent[]): Promise<void> {
    return this.work.run(async () => {
      for (const subscriber of this.subscribers.all) await this.tell(subscriber, events);
    });
  }

  private async tell(subscriber: EventSubscriber, events: readonly StoredEvent[]): Promise<void> {
    const { name, types } = subscriber;
    const wanted = types === 'all' ? events : events.filter(({ type }) => types.includes(type));
    if (wanted.length === 0) return;
    const ids = wanted.map(({ id }) => id);
    const claimed = new Set(await this.inbox.claim(name, ids));
    const fresh = wanted.filter(({ id }) => claimed.has(id));
    if (fresh.length > 0) await subscriber.handleAll(fresh);
  }
}
